import { describe, expect, it } from 'vitest';
import { comparePrograms, culpritOf } from './compare-programs.ts';

/** A chain of functions in which only the last one allocates: all of them have the same totals. */
const CHAIN = `#include <pthread.h>
#include <stdlib.h>
char *volatile kept;
static void make_table(int size) { free(kept); kept = malloc(size); }
static void parse(int size) {
  make_table(size);
}
static void parse_all(int count) {
  for (int i = 0; i < count; i++) parse(100);
}
static void run(int count) {
  parse_all(count);
}
static void export_all(void) {
  make_table(5000);
}
static void *work(void *nothing) {
  kept = malloc(700);
  return nothing;
}
int main(int argc, char **argv) {
  pthread_t thread;
  pthread_create(&thread, NULL, work, NULL);
  pthread_join(thread, NULL);
  kept = malloc(2000);
  run(10);
  if (argc > 1) export_all();
  return argv == NULL;
}
`;

/** What the reader of the pull request is told. */
async function culpritOfEdit(from: string, to: string): Promise<string | null> {
  expect(CHAIN).toContain(from);
  const result = await comparePrograms({
    base: { 'program.c': CHAIN },
    head: { 'program.c': CHAIN.replace(from, to) },
    build: 'gcc -g -o program program.c -lpthread',
    run: './program',
  });
  return culpritOf(result);
}

describe('the culprit', () => {
  it.each([
    [
      'the function whose own allocation was edited',
      'malloc(size)',
      'malloc(size * 3)',
      'make_table 1000 → 3000',
    ],
    [
      'the function that is called with more',
      '  make_table(size)',
      '  make_table(size * 3)',
      'make_table 1000 → 3000',
    ],
    ['the function that is called more often', 'parse(100)', 'parse(100), parse(200)', 'parse 1000 → 3000'],
    ['what an edited call starts', 'run(10)', 'run(30)', 'run 1000 → 3000'],
    ['a new call', 'if (argc > 1) export_all', 'export_all', 'export_all 0 → 5000'],
    [
      'the function that was edited, where several that it calls share the change',
      'static void parse(int size) {\n  make_table(size);',
      'static void make_row(int size) { free(kept); kept = malloc(size); }\n' +
        'static void parse(int size) {\n  make_table(size * 2);\n  make_row(size);',
      'parse 1000 → 3000',
    ],
    ['a thread’s function', 'malloc(700)', 'malloc(7000)', 'work 700 → 7000'],
    ['main, where nobody else did it', 'malloc(2000)', 'malloc(3000)', 'main '],
  ])('is %s', async (_, from, to, expected) => {
    expect(await culpritOfEdit(from, to)).toContain(expected);
  });
});

/** A wrapper of malloc in a file of its own. */
const WRAPPER = `#include <stdlib.h>
#include <string.h>
void *xmalloc(size_t size) {
  void *given = malloc(size);
  if (given == NULL) abort();
  return given;
}
char *xstrdup(const char *text) {
  return strcpy(xmalloc(strlen(text) + 1), text);
}
`;
const WORDS = `#include <stdlib.h>
void *xmalloc(size_t size);
char *xstrdup(const char *text);
static void keep(void) { free(xstrdup("a word")); }
static void load(void) { free(xmalloc(300)); }
static void parse(void) {
  free(xstrdup("a line that is parsed"));
  free(xmalloc(64));
}
int main(void) {
  keep();
  for (int i = 0; i < 10; i++) {
    load();
    parse();
  }
  return 0;
}
`;

describe('a wrapper of malloc', () => {
  it.each([
    ['who calls it with more', 'words.c', 'xmalloc(64)', 'xmalloc(4096)', 'parse:8 860 → 41180', ['parse:8']],
    [
      'it when it gives more',
      'wrapper.c',
      'malloc(size)',
      'malloc(size + 8)',
      'xmalloc:4 3867 → 4115',
      ['xmalloc:4'],
    ],
  ])('is passed over: the culprit is %s', async (_what, file, from, to, culprit, changes) => {
    const base = { 'wrapper.c': WRAPPER, 'words.c': WORDS };
    const { benchmark } = await comparePrograms({
      base,
      head: { [file]: base[file as keyof typeof base].replace(from, to) },
      build: 'gcc -g -o program wrapper.c words.c',
      run: './program',
    });
    const found = benchmark.culprit;
    expect(`${found?.shortName}:${found?.line} ${found?.base} → ${found?.head}`).toBe(culprit);
    const ofBytes = benchmark.changes.filter(({ metric }) => metric === 'allocated');
    expect(ofBytes.map(({ shortName, line }) => `${shortName}:${line}`)).toEqual(changes);
  });
});
