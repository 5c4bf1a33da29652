import { expect, it } from 'vitest';
import { comparePrograms } from './compare-programs.ts';

const PROGRAM = `#include <stdlib.h>
char *volatile kept;
static void parse(int size) { kept = malloc(size); free(kept); }
int main(void) {
  parse(100);
  return 0;
}
`;

it.each([
  ['-g', []],
  ['-g1', []],
  ['', ['The program was built without line numbers']],
  [
    '-g -s',
    ['program lacks symbols, so most of what it allocates comes from functions without names and lines'],
  ],
])('a program built with flags %j has lines, or the note %j', async (flags, notes) => {
  const { benchmark } = await comparePrograms({
    base: { 'program.c': PROGRAM },
    head: { 'program.c': PROGRAM.replace('parse(100)', 'parse(300)') },
    build: `gcc ${flags} -o program program.c`,
    run: './program',
  });
  expect(benchmark.notes.map((note) => note.slice(0, note.indexOf(':')))).toEqual(notes);
  expect(benchmark.changes.some(({ line }) => line !== null)).toBe(notes.length === 0);
});
