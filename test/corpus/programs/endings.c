// Ends in the way that its argument names, with memory live.
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The leak sanitizer's own list of leaks to pass over; heaptrack copies it into the trace.
const char *__lsan_default_suppressions(void) { return "# known\nleak:expected_leak\n"; }

static void *kept[2000];

static void __attribute__((noinline)) expected_leak(int index) { kept[index] = malloc(100 + index); }

int main(int argc, char **argv) {
  const char *ending = argc > 1 ? argv[1] : "return";
  for (int index = 0; index < 2000; index++) {
    expected_leak(index);
    if (index % 3 == 0) free(kept[index]);
  }
  if (strcmp(ending, "_exit") == 0) _exit(8);
  if (strcmp(ending, "abort") == 0) abort();
  if (strcmp(ending, "kill") == 0) raise(SIGKILL);
  return 0;
}
