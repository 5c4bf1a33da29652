/**
 * A program whose three threads wait for each other before one allocates, and then race: how many of their allocations
 * are temporary is chance.
 */
export const RACING_THREADS = `
#include <atomic>
#include <thread>
#include <vector>
std::atomic<int> waiting{3};
void race() {
  waiting--;
  while (waiting > 0) std::this_thread::yield();
  for (int i = 0; i < 2000; i++) {
    std::vector<char> block(100 + i);
    if (i % 3 == 0) { std::vector<char> inner(50); inner[0] = block[0]; }
  }
}
int main() {
  std::thread a(race), b(race), c(race);
  a.join(); b.join(); c.join();
}
`;
