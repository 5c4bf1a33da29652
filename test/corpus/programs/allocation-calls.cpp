// Every call that allocates, and how heaptrack sees it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dlfcn.h>
#include <malloc.h>
#include <memory>
#include <new>
#include <string>
#include <unistd.h>
#include <vector>

// Kept from the optimiser, which may take out pairs of allocation and release.
static void *volatile sink;

static void *keep(void *block) {
  sink = block;
  return sink;
}

struct alignas(64) Wide {
  char bytes[192];
};

static std::unique_ptr<Wide> at_start = std::make_unique<Wide>();

static void plain() {
  free(keep(malloc(100)));
  free(keep(malloc(0)));
  keep(malloc(77)); // Lost.
  free(nullptr);
  free(keep(calloc(10, 24)));
}

static void resized() {
  void *block = keep(realloc(nullptr, 10));
  for (size_t size = 20; size < 100'000; size *= 2) block = keep(realloc(block, size));
  block = keep(realloc(block, 5));
  block = keep(reallocarray(block, 30, 7));
  void *same = realloc(block, PTRDIFF_MAX); // Fails; the block stays.
  if (same == nullptr) free(block);
  sink = realloc(keep(malloc(50)), 0); // Frees, which heaptrack does not see.
}

static void aligned() {
  void *block = nullptr;
  if (posix_memalign(&block, 64, 300) == 0) free(keep(block));
  free(keep(aligned_alloc(128, 256)));
  free(keep(valloc(10)));
  free(keep(memalign(32, 40)));
  free(keep(pvalloc(10)));
}

static void within_the_library() {
  free(keep(strdup("duplicated")));
  free(keep(strndup("duplicated", 3)));
  char *line = nullptr;
  if (asprintf(&line, "%d bottles", 99) > 0) free(keep(line));
  FILE *file = tmpfile();
  if (file != nullptr) {
    fputs("one line\n", file);
    rewind(file);
    line = nullptr;
    size_t length = 0;
    if (getline(&line, &length, file) > 0) free(keep(line));
    fclose(file);
  }
  free(keep(getcwd(nullptr, 0)));
  // Both keep memory on purpose, and heaptrack leaves it out of what leaked.
  const time_t now = 0;
  localtime(&now);
  if (void *library = dlopen("libm.so.6", RTLD_NOW)) dlclose(library);
  if (void *library = dlopen("libresolv.so.2", RTLD_NOW)) keep(library);
}

static void with_new() {
  delete static_cast<int *>(keep(new int(1)));
  delete[] static_cast<char *>(keep(new char[1000]));
  delete static_cast<Wide *>(keep(new Wide));
  delete[] static_cast<Wide *>(keep(new Wide[3]));
  ::operator delete(keep(::operator new(20)));
  ::operator delete(keep(::operator new(30, std::nothrow)), std::nothrow);
  ::operator delete[](keep(::operator new[](40, std::nothrow)), std::nothrow);
  ::operator delete(keep(::operator new(50, std::align_val_t{128})), std::align_val_t{128});
  alignas(int) char room[sizeof(int)];
  sink = new (room) int(2); // Allocates nothing.
  keep(new std::string(500, 'l')); // Lost.
  std::vector<std::string> words;
  for (int i = 0; i < 200; i++) words.push_back(std::string(i, 'w'));
}

static void without_success() {
  sink = malloc(PTRDIFF_MAX);
  sink = calloc(SIZE_MAX, 2);
  sink = ::operator new(PTRDIFF_MAX / 2, std::nothrow);
  try {
    sink = ::operator new(PTRDIFF_MAX / 2);
  } catch (const std::bad_alloc &) {
  }
}

int main() {
  for (int round = 0; round < 50; round++) {
    plain();
    resized();
    aligned();
    within_the_library();
    with_new();
    without_success();
  }
}
