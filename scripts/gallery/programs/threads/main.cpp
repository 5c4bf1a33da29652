#include <atomic>
#include <cstdio>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace {

using Index = std::map<std::string, std::vector<int>>;

// A large table that both commits build alike.
Index loadIndex() {
  Index index;
  for (int entry = 0; entry < 20000; ++entry) {
    std::vector<int>& pages = index["an entry of the index, number " + std::to_string(entry)];
    for (int page = 0; page < 8; ++page) pages.push_back(entry + page);
  }
  return index;
}

class Journal {
 public:
  void note(int entry) { last_ = entry; }

 private:
  int last_ = 0;
};

int lookUp(const Index& index, int entry, Journal& journal) {
  journal.note(entry);
  const auto found = index.find("an entry of the index, number " + std::to_string(entry));
  return found == index.end() ? 0 : found->second.front();
}

void serve(const Index& index, int first, std::atomic<long>& sum) {
  Journal journal;
  for (int request = 0; request < 400; ++request) sum += lookUp(index, first + request * 7, journal);
}

}  // namespace

// Four threads look things up in one index.
int main() {
  const Index index = loadIndex();
  std::atomic<long> sum = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] { serve(index, thread * 1000, sum); });
  }
  for (std::thread& thread : threads) thread.join();
  std::printf("%ld\n", sum.load());
  return 0;
}
