import { describe, expect, it } from 'vitest';
import { renderAnnotations } from '../../src/render/annotations.ts';
import type { Report } from '../../src/report/report.ts';
import { comparePrograms } from './compare-programs.ts';

const PROGRAM = `#include <stdlib.h>
char *volatile kept;
static void make_table(int size) {
  free(kept);
  kept = malloc(size);
}
static void parse(int size) {
  make_table(size);
}
static void load(int count) {
  parse(500);
  for (int i = 0; i < count; i++)
    parse(100);
}
int main(void) {
  load(10);
  return 0;
}
`;

/** The functions with touched lines, and where the pull request is annotated. */
async function touchedBy(...edits: readonly (readonly [from: string, to: string])[]) {
  let head = PROGRAM;
  for (const [from, to] of edits) {
    expect(head).toContain(from);
    head = head.replace(from, to);
  }
  const { benchmark } = await comparePrograms({
    base: { 'src/program.c': PROGRAM },
    head: { 'src/program.c': head },
    build: 'gcc -g -o program src/program.c',
    run: './program',
  });
  const report: Report = {
    verdict: benchmark.verdict,
    base: { sha: null, label: 'base' },
    head: { sha: null, label: 'head' },
    tracker: null,
    repositoryUrl: null,
    accepted: null,
    benchmarks: [benchmark],
  };
  return {
    touched: benchmark.touched.map(
      ({ shortName, line, base, head: now, status }) => `${status} ${shortName}:${line} ${base} → ${now}`,
    ),
    annotated: renderAnnotations(report).map(({ path, line }) => `${path}:${line}`),
  };
}

describe('the lines that a pull request touches', () => {
  it('have what grew on them, and the innermost has it alone', async () => {
    const found = await touchedBy(['malloc(size)', 'malloc(size * 2)'], ['  load(10)', '  load(11)']);
    expect(found.touched).toEqual(['grew make_table:5 1500 → 3200']);
    expect(found.annotated).toEqual(['src/program.c:5']);
  });

  it('have what grew where they call, when nothing nearer was touched', async () => {
    const found = await touchedBy(['    parse(100)', '    parse(300)']);
    expect(found.touched).toEqual(['grew load:13 1000 → 3000']);
    expect(found.annotated).toEqual(['src/program.c:13']);
  });

  it('have their own share only of what grew in a function', async () => {
    const found = await touchedBy(
      ['parse(500)', 'parse(510)'],
      ['i < count; i++)\n    parse', 'i < count; i++) /* The same. */\n    parse'],
    );
    expect(found.touched).toEqual(['grew load:11 500 → 510']);
  });

  it('have nothing when a part of them became a function of its own', async () => {
    const found = await touchedBy(
      [
        'static void load(int count) {\n',
        'static void load_first(void) {\n  parse(500);\n}\nstatic void load(int count) {\n',
      ],
      ['  parse(500);\n  for', '  load_first();\n  for'],
    );
    expect(found).toEqual({ touched: [], annotated: [] });
  });

  it('have but what was added when a part of them became a function of its own', async () => {
    const found = await touchedBy(
      [
        'static void load(int count) {\n',
        'static void load_first(void) {\n  parse(500);\n  parse(7);\n}\nstatic void load(int count) {\n',
      ],
      ['  parse(500);\n  for', '  load_first();\n  for'],
    );
    expect(found.touched).toEqual(['new load_first:12 0 → 7']);
    expect(found.annotated).toEqual(['src/program.c:12']);
  });

  it('have nothing when they were merely edited', async () => {
    const found = await touchedBy(['parse(500);', 'parse(250 + 250); /* Twice. */']);
    expect(found).toEqual({ touched: [], annotated: [] });
  });

  it('shrink without an annotation', async () => {
    const found = await touchedBy(['    parse(100)', '    parse(10)']);
    expect(found).toEqual({ touched: ['shrank load:13 1000 → 100'], annotated: [] });
  });
});
