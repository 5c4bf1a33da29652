// Names that heaptrack shortens, mutilates or shows in an order of its own, and functions inlined into each other.
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#define ALWAYS inline __attribute__((always_inline))
#define NEVER __attribute__((noinline))

namespace {
struct Value {
  std::vector<int> numbers;
};
} // namespace

template <typename T> struct Smart {
  T value;
  NEVER T *operator->() {
    value.numbers.resize(value.numbers.size() + 50);
    return &value;
  }
};

template <typename T> NEVER auto make(T number) -> std::vector<decltype(number + 1)> {
  return std::vector<decltype(number + 1)>(number);
}

template <typename T> NEVER bool operator<(const std::vector<T> &left, const Value &right) {
  return std::vector<T>(left).size() < right.numbers.size();
}

template <typename T> NEVER std::ostream &operator<<(std::ostream &out, const Smart<T> &smart) {
  return out << std::string(100 + smart.value.numbers.size() % 7, 's');
}

static std::vector<std::vector<char> *> kept;

static ALWAYS void innermost(int size) { kept.push_back(new std::vector<char>(size)); }
static ALWAYS void inner(int size) {
  innermost(size);
  innermost(size + 1);
}
static ALWAYS void outer(int size) {
  inner(size);
  inner(2 * size);
}
static NEVER void caller(int size) { outer(size); }

// Deeper than heaptrack unwinds: 62 frames.
static NEVER int recursive(int depth) {
  const std::vector<char> block(depth + 1);
  return depth == 0 ? block.size() : recursive(depth - 1) + block.size();
}

struct Registry {
  std::map<std::string, std::function<int(int)>> handlers;
  Registry() {
    for (int i = 0; i < 20; i++) {
      std::string word(30 + i, 'h');
      handlers[word] = [word](int number) { return number + static_cast<int>((word + word).size()); };
    }
  }
};

static const Registry registry;

int main() {
  int sum = 0;
  std::ostringstream text;
  Smart<Value> smart;
  for (int round = 0; round < 40; round++) {
    outer(round);
    caller(round);
    for (const auto &[word, handler] : registry.handlers) sum += handler(static_cast<int>(word.size()));
    smart->numbers.push_back(round);
    sum += make(round + 1).size();
    sum += make(static_cast<unsigned short>(round)).size() + (make(long{round}) < smart.value);
    text << smart;
    sum += recursive(30);
  }
  for (int depth : {61, 62, 63, 64, 100, 300}) sum += recursive(depth);
  for (size_t index = 0; index < kept.size(); index += 2) delete kept[index];
  std::cout << sum + text.str().size() << '\n';
}
