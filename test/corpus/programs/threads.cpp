// Threads that take from one queue, and free what others allocated.
#include <condition_variable>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <vector>

int main() {
  std::mutex mutex;
  std::condition_variable filled;
  std::queue<std::string *> queue;
  bool isDone = false;
  std::vector<std::thread> workers;
  for (int worker = 0; worker < 4; worker++) {
    workers.emplace_back([&] {
      for (;;) {
        std::unique_lock lock(mutex);
        filled.wait(lock, [&] { return isDone || !queue.empty(); });
        if (queue.empty()) return;
        std::string *word = queue.front();
        queue.pop();
        lock.unlock();
        const std::string doubled = *word + *word;
        if (doubled.size() % 11 != 0) delete word;
      }
    });
  }
  for (int i = 0; i < 8000; i++) {
    auto *word = new std::string(20 + i % 300, 'w');
    const std::lock_guard lock(mutex);
    queue.push(word);
    filled.notify_one();
  }
  {
    const std::lock_guard lock(mutex);
    isDone = true;
  }
  filled.notify_all();
  for (auto &worker : workers) worker.join();
}
