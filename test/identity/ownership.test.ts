import { describe, expect, it } from 'vitest';
import { findExecutable } from '../../src/workspace/executable.ts';
import { temporaryDirectory, writeFiles } from '../workspace/git-repositories.ts';
import { type ComparedPrograms, comparePrograms, culpritOf } from './compare-programs.ts';

/** Calls a function of a library whose file is named like its own. */
const OUR_LIB = `#include <stdlib.h>
char *their_make(int size);
static char *fill(int size) { return calloc(size, 1); }
char *our_make(int size) {
  free(their_make(size * 2));
  return fill(size);
}
`;
const OUR_MAIN = `#include <stdlib.h>
char *our_make(int size);
int main(void) {
  for (int i = 0; i < 10; i++) free(our_make(100));
  return 0;
}
`;
const THEIR_LIB = `#include <stdlib.h>
static char *their_fill(int size) { return calloc(size, 1); }
char *their_make(int size) { return their_fill(size); }
`;

function filesOf({ diff }: ComparedPrograms): Readonly<Record<string, string | null>> {
  const named = diff.frames.filter(({ shortName }) =>
    /^(?:.*::)?(?:main|load|clone)$|make|fill/.test(shortName),
  );
  return Object.fromEntries(named.map(({ shortName, file }) => [shortName, file]));
}

describe('a frame is ours', () => {
  it('not by the path of a library outside the repository, though ours has such a file and calls it', async () => {
    const outside = temporaryDirectory();
    writeFiles(outside, { 'src/lib.c': THEIR_LIB });
    const result = await comparePrograms({
      base: { 'src/lib.c': OUR_LIB, 'src/main.c': OUR_MAIN },
      head: { 'src/lib.c': OUR_LIB.replace('return fill(size)', 'return fill(size + 1)') },
      build: `(cd ${outside} && gcc -g -c src/lib.c) && gcc -g -o program src/lib.c src/main.c ${outside}/lib.o`,
      run: './program',
    });
    expect(filesOf(result)).toEqual({
      main: 'src/main.c',
      our_make: 'src/lib.c',
      fill: 'src/lib.c',
      their_make: null,
      their_fill: null,
    });
    expect(culpritOf(result)).toBe('fill 1000 → 1010 at src/lib.c:3');
    expect(result.benchmark.touched).toEqual([
      expect.objectContaining({ shortName: 'our_make', file: 'src/lib.c', line: 6, base: 1000, head: 1010 }),
    ]);
  });

  it('by the one file that defines it, where a vendored library in the repository is built in its own folder', async () => {
    const result = await comparePrograms({
      base: { 'src/lib.c': OUR_LIB, 'src/main.c': OUR_MAIN, 'vendor/theirs/src/lib.c': THEIR_LIB },
      head: { 'src/lib.c': `/* Ours. */\n${OUR_LIB}` },
      build:
        '(cd vendor/theirs && gcc -g -c src/lib.c) && (cd src && gcc -g -o ../program lib.c main.c ../vendor/theirs/lib.o)',
      run: './program',
    });
    expect(filesOf(result)).toEqual({
      main: 'src/main.c',
      our_make: 'src/lib.c',
      fill: 'src/lib.c',
      their_make: 'vendor/theirs/src/lib.c',
      their_fill: 'vendor/theirs/src/lib.c',
    });
  });

  it('by an absolute path, whatever macros made its name', async () => {
    const result = await comparePrograms({
      base: {
        'src/main.c': `#include <stdlib.h>
#define MAKER(name) static char *name##_make(int size) { return malloc(size); }
MAKER(first)
int main(void) { free(first_make(100)); return 0; }
`,
      },
      head: { 'README.md': '' },
      build: 'gcc -g -o program "$PWD/src/main.c"',
      run: './program',
    });
    expect(filesOf(result)).toEqual({ main: 'src/main.c', first_make: 'src/main.c' });
  });

  const hasCargo = findExecutable('cargo', { searchPath: process.env.PATH ?? '', directory: '/' }) !== null;
  it.skipIf(!hasCargo)(
    'by its crate, with functions of the same names in a dependency outside the repository',
    async () => {
      const outside = temporaryDirectory();
      const manifest = '[package]\nname = "dep"\nversion = "0.1.0"\nedition = "2021"\n';
      writeFiles(outside, { 'Cargo.toml': manifest });
      writeFiles(outside, {
        'src/lib.rs': `#[derive(Clone)]
pub struct Word { pub text: String }
#[inline(never)]
pub fn load(size: usize) -> Vec<u8> { vec![1; size] }
`,
      });
      const ours = `#[derive(Clone)]
pub struct Item { pub text: String }
#[inline(never)]
pub fn load(size: usize) -> Vec<u8> { let mut bytes = dep::load(size); bytes.reserve(1000); bytes }
`;
      const result = await comparePrograms({
        base: {
          '.gitignore': 'target\n',
          'Cargo.toml': `[package]\nname = "our-words"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\ndep = { path = "${outside}" }\n`,
          'src/lib.rs': ours,
          'src/main.rs': `fn main() {
    let bytes = our_words::load(100);
    let item = our_words::Item { text: "x".repeat(bytes.len()) }.clone();
    let word = dep::Word { text: item.text }.clone();
    println!("{}", word.text.len());
}
`,
        },
        head: { 'src/lib.rs': ours.replace('reserve(1000)', 'reserve(2000)') },
        build: 'cargo build --offline --quiet',
        run: './target/debug/our-words',
      });
      expect(filesOf(result)).toMatchObject({
        'our_words::main': 'src/main.rs',
        'our_words::load': 'src/lib.rs',
        'dep::load': null,
        'Item::clone': 'src/lib.rs',
        'Word::clone': null,
        'String::clone': null,
      });
      expect(culpritOf(result)).toBe('our_words::load 1200 → 2200 at src/lib.rs:4, on a changed line');
    },
  );

  it('in a library with debug information of a program without, as an extension of Python is', async () => {
    const result = await comparePrograms({
      base: { 'lib.c': OUR_LIB, 'theirs.c': THEIR_LIB, 'main.c': OUR_MAIN },
      head: { 'lib.c': OUR_LIB.replace('return fill(size)', 'return fill(size + 1)') },
      build: 'gcc -g -shared -fPIC -o libours.so lib.c theirs.c && gcc -o program main.c $PWD/libours.so',
      run: './program',
    });
    expect(filesOf(result)).toMatchObject({ main: null, our_make: 'lib.c', fill: 'lib.c' });
    expect(culpritOf(result)).toBe('fill 1000 → 1010 at lib.c:3');
  });

  it('where nothing names a file, by being in the program', async () => {
    const result = await comparePrograms({
      base: { 'lib.c': OUR_LIB, 'main.c': OUR_MAIN, 'theirs.c': THEIR_LIB },
      head: { 'lib.c': OUR_LIB.replace('return fill(size)', 'return fill(size + 1)') },
      build: 'gcc -O0 -o program lib.c main.c theirs.c',
      run: './program',
    });
    expect(result.benchmark.flameGraph?.label).toContain('our_make');
    expect(culpritOf(result)).toBe('fill 1000 → 1010');
  });
});
