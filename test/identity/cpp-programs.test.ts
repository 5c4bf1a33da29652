import { describe, expect, it } from 'vitest';
import { findExecutable } from '../../src/workspace/executable.ts';
import {
  type ComparedPrograms,
  changesOf,
  comparePrograms,
  culpritOf,
  deltasOf,
  fates,
} from './compare-programs.ts';

/*
 * What edits do to real programs: each is compiled and recorded on both commits. Sizes are those that the sources ask
 * for: a string of n characters takes n + 1 bytes, and ten records with 50 integers of 4 bytes 2000.
 */

const NOTHING = { allocated: 0, allocations: 0, temporary: 0, peak: 0, leaked: 0 };

interface Edit {
  readonly base: string;
  readonly head: string;
  /** Of the compiler; in two versions, where that is what head changes. */
  readonly flags?: string | readonly [base: string, head: string];
  readonly compiler?: 'g++' | 'clang++';
}

const LOAD_INLINE = `
static Record load(int i) {
  Record record;
  record.name = std::string(99 + i, 'n');
  record.values.resize(50);
  return record;
}`;

function loadBy(name: string): string {
  return `
static void ${name}(Record& record, int i) {
  record.name = std::string(99 + i, 'n');
  record.values.resize(50);
}
static Record load(int i) {
  Record record;
  ${name}(record, i);
  return record;
}`;
}

function recordProgram(load: string, more = ''): string {
  return `
#include <string>
#include <vector>
struct Record { std::string name; std::vector<int> values; };
${load}
int main() {
  int sum = 0;
  for (int i = 0; i < 10; i++) sum += load(i).values.size();
  ${more}
  return sum == 0;
}
`;
}

const PARSER = `
#include <string>
#include <vector>
struct Parser {
  std::vector<std::string> words;
  Parser() { words.resize(20); for (auto& word : words) word = std::string(99, 'x'); }
  int look(int i) const { return words[i].size(); }
};
`;

const PARSER_PER_CALL = `${PARSER}
int parse(int number) {
  const Parser parser;
  return parser.look(number) + std::string(99, 'y').size();
}
int main() {
  int sum = 0;
  for (int i = 0; i < 10; i++) sum += parse(i);
  return sum == 0;
}
`;

const PARSER_ONCE = PARSER_PER_CALL.replace('int parse', 'static const Parser PARSER;\nint parse')
  .replace('  const Parser parser;\n', '')
  .replace('parser.look', 'PARSER.look');

function namedBy(attribute: string): string {
  return `
#include <string>
${attribute} std::string makeName(int i) { return std::string(99 + i, 'n'); }
__attribute__((noinline)) int load(int i) { return makeName(i).size(); }
int main(int argc, char**) {
  int sum = 0;
  for (int i = 0; i < 10; i++) sum += load(i * argc);
  return sum == 0;
}
`;
}

const TREE = `
struct Node { Node* left; Node* right; char data[84]; };
Node* grow(int depth) {
  if (depth == 0) return nullptr;
  Node* node = new Node();
  node->left = grow(depth - 1);
  node->right = grow(depth - 1);
  return node;
}
int main() { return grow(3) == nullptr; }
`;

function edit({ base, head, flags = '-O0 -g', compiler = 'g++' }: Edit): Promise<ComparedPrograms> {
  const [baseFlags, headFlags] = typeof flags === 'string' ? [flags, flags] : flags;
  return comparePrograms({
    base: { 'program.cpp': base, flags: baseFlags },
    head: { 'program.cpp': head, flags: headFlags },
    build: `${compiler} $(cat flags) -o program program.cpp`,
    run: './program',
  });
}

const hasClang = findExecutable('clang++', { searchPath: process.env.PATH ?? '', directory: '/' }) !== null;

describe('edits of programs by g++', () => {
  it('sees an extracted function as moved', async () => {
    const result = await edit({ base: recordProgram(LOAD_INLINE), head: recordProgram(loadBy('fill')) });
    expect(fates(result)).toEqual(['moved away main;load 3045', 'moved here main;load;fill 3045']);
    expect(changesOf(result).map((change) => change.split(' ')[0])).toEqual(['moved', 'moved']);
    expect(culpritOf(result)).toBeNull();
    expect(result.diff.matched).toBe(1);
  });

  it('sees what an existing function took over as moved', async () => {
    const fill = 'static void fill(Record& record) { record.values.resize(10); }';
    const base = recordProgram(
      `${fill}\nstatic Record load(int) { Record record; record.values.resize(10); return record; }`,
      'Record other; fill(other);',
    );
    const head = recordProgram(
      `${fill}\nstatic Record load(int) { Record record; fill(record); return record; }`,
      'Record other; fill(other);',
    );
    const result = await edit({ base, head });
    expect(fates(result)).toEqual([
      'kept main;fill 40',
      'moved away main;load 400',
      'moved here main;load;fill 400',
    ]);
    expect(result.diff.matched).toBe(1);
  });

  it('sees a renamed function as moved', async () => {
    const result = await edit({
      base: recordProgram(loadBy('fill')),
      head: recordProgram(loadBy('fillRecord')),
    });
    expect(fates(result)).toEqual(['moved away main;load;fill 3045', 'moved here main;load;fillRecord 3045']);
    expect(result.diff.matched).toBe(1);
  });

  it('sees a renamed function that also changed as moved and gone', async () => {
    const result = await edit({
      base: recordProgram(loadBy('fill')),
      head: recordProgram(loadBy('fillRecord').replace('resize(50)', 'resize(20)')),
    });
    expect(fates(result)).toEqual([
      'gone main;load;fill 1200',
      'moved away main;load;fill 1845',
      'moved here main;load;fillRecord 1845',
    ]);
    expect(culpritOf(result)).toBe('load 3045 → 1845 at program.cpp:12, on a changed line');
  });

  it('sees a call that became a static initialiser, the case study', async () => {
    const result = await edit({ base: PARSER_PER_CALL, head: PARSER_ONCE });
    expect(fates(result)).toEqual([
      'gone main;parse;Parser::Parser 23760',
      'kept main;parse 1000',
      'moved away main;parse;Parser::Parser 2640',
      'moved here static initialisers of program.cpp;Parser::Parser 2640',
    ]);
    expect(changesOf(result)).toEqual(['shrank Parser::Parser 26400 → 2640 at program.cpp:6']);
    expect(culpritOf(result)).toBe('Parser::Parser 26400 → 2640 at program.cpp:6');
    // What the initialiser allocates merely moved there, so it grew nowhere.
    expect(result.benchmark.touched).toEqual([
      expect.objectContaining({ shortName: 'parse', line: 12, delta: -23_760, head: 1000, status: 'shrank' }),
    ]);
  });

  it('finds the call that grew on the line that the pull request changed', async () => {
    const result = await edit({ base: PARSER_ONCE, head: PARSER_PER_CALL });
    expect(culpritOf(result)).toBe('Parser::Parser 2640 → 26400 at program.cpp:6');
    expect(result.benchmark.touched).toEqual([
      expect.objectContaining({ shortName: 'parse', line: 11, base: 3640, head: 27_400, status: 'grew' }),
    ]);
  });

  it('keeps everything when a comment moves all lines', async () => {
    const result = await edit({ base: PARSER_PER_CALL, head: `// A comment.\n${PARSER_PER_CALL}` });
    expect(fates(result)).toEqual(['kept main;parse 1000', 'kept main;parse;Parser::Parser 26400']);
    expect(deltasOf(result)).toEqual(NOTHING);
    expect(result.benchmark.changes).toEqual([]);
    expect(result.diff.matched).toBe(1);
  });

  it('gives lines of head, wherever they were before', async () => {
    const shorter = PARSER_PER_CALL.replace('resize(20)', 'resize(10)');
    const result = await edit({ base: PARSER_PER_CALL, head: `// One.\n// Two.\n${shorter}` });
    expect(changesOf(result)).toEqual([
      'shrank Parser::Parser 26400 → 13200 at program.cpp:8, on a changed line',
    ]);
  });

  it('gives the line of base for a function that is gone', async () => {
    const result = await edit({
      base: PARSER_PER_CALL,
      head: `// One.\n${PARSER_PER_CALL.replace('const Parser parser', 'Parser* parser = nullptr').replace('parser.look(number)', 'number')}`,
    });
    expect(changesOf(result)).toEqual(['gone Parser::Parser 26400 → 0 at program.cpp:6']);
  });

  it.each(['-O0 -g', '-O2 -g'])('keeps everything when a function is inlined, with %s', async (flags) => {
    const result = await edit({
      base: namedBy('__attribute__((noinline))'),
      head: namedBy('__attribute__((always_inline)) inline'),
      flags,
    });
    expect(fates(result)).toEqual(['kept main;load;makeName 1045']);
    expect(result.diff.matched).toBe(1);
  });

  it('keeps everything when the optimiser is switched on', async () => {
    const program = namedBy('static');
    const result = await edit({ base: program, head: program, flags: ['-O0 -g', '-O2 -g'] });
    expect(fates(result)).toEqual(['kept main;load;makeName 1045']);
    expect(result.diff.matched).toBe(1);
  });

  it('sees as moved what was inlined without debug information', async () => {
    const result = await edit({
      base: namedBy('__attribute__((noinline))'),
      head: namedBy('__attribute__((always_inline)) inline'),
      flags: '-O2',
    });
    expect(fates(result)).toEqual(['moved away main;load;makeName 1045', 'moved here main;load 1045']);
    expect(result.diff.matched).toBe(1);
  });

  it('leaves recursion as it is', async () => {
    const result = await edit({ base: TREE, head: TREE.replace('grow(3)', 'grow(4)') });
    expect(fates(result)).toEqual([
      'kept main;grow 104',
      'kept main;grow;grow 208',
      'kept main;grow;grow;grow 416',
      'new main;grow;grow;grow;grow 832',
    ]);
    expect(culpritOf(result)).toMatch(/^grow 728 → 1560 /);
    expect(result.diff.matched).toBeCloseTo(1456 / 2288, 10);
  });

  it('tells instances of one template apart by their full names, and names others short', async () => {
    const program = (count: number) => `#include <cstdlib>
template <typename T> struct Column { static void fill(int count) { std::free(std::malloc(count * sizeof(T))); } };
struct Row { static void fill(int count) { std::free(std::malloc(count)); } };
int main() { Column<char>::fill(${count}); Column<double>::fill(${count}); Row::fill(${count}); }
`;
    const { benchmark } = await edit({ base: program(100), head: program(200) });
    expect(
      benchmark.changes.filter(({ metric }) => metric === 'allocated').map(({ shortName }) => shortName),
    ).toEqual(['Column<double>::fill(int)', 'Column<char>::fill(int)', 'Row::fill']);
  });
});

describe.skipIf(!hasClang)('edits of programs by clang++', () => {
  it('sees an extracted function as moved', async () => {
    const result = await edit({
      compiler: 'clang++',
      base: recordProgram(LOAD_INLINE),
      head: recordProgram(loadBy('fill')),
    });
    expect(fates(result)).toEqual(['moved away main;load 3045', 'moved here main;load;fill 3045']);
    expect(result.diff.matched).toBe(1);
  });

  it('sees a call that became a static initialiser', async () => {
    const result = await edit({ compiler: 'clang++', base: PARSER_PER_CALL, head: PARSER_ONCE });
    expect(fates(result)).toContain('moved here static initialisers of program.cpp;Parser::Parser 2640');
    expect(culpritOf(result)).toBe('Parser::Parser 26400 → 2640 at program.cpp:6');
  });

  it('loses nothing when the optimiser is switched on', async () => {
    const program = namedBy('static');
    const result = await edit({
      compiler: 'clang++',
      base: program,
      head: program,
      flags: ['-O0 -g', '-O2 -g'],
    });
    expect(result.benchmark.changes).toEqual([]);
    expect(result.diff.matched).toBe(1);
  });
});
