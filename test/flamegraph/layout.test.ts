import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseTotal, type FlameGraph, headTotal } from '../../src/flamegraph/flame-graph.ts';
import { type Box, layoutFlameGraph, type Pane } from '../../src/flamegraph/layout.ts';
import { improvement } from '../render/example-reports.ts';
import { flameGraphOf, type StackCosts } from './flame-graph-of.ts';

/** A pane as text: a row a line, each box as its names, width in hundredths, and the widths of its runs. */
function draw(graph: FlameGraph, pane: Pane | null): string[] {
  const rows: string[][] = [];
  for (const box of pane?.boxes ?? []) {
    const names = box.nodes.map((node) => graph.label[node]).join(' › ') || '…';
    const runs = box.runs.map((run) => `${run.status} ${hundredths(run.x0, run.x1)}`).join(' ');
    rows[box.depth] = [...(rows[box.depth] ?? []), `${names} [${runs}]`];
  }
  return rows.map((row) => row.join(' | '));
}

function hundredths(x0: number, x1: number): number {
  return Math.round((x1 - x0) * 100);
}

describe('layoutFlameGraph', () => {
  it('carries the status of each leaf up to the root, and leaves both sides on one scale', () => {
    const graph = flameGraphOf([
      { stack: 'main;parse;build', base: 60, head: 10, movedAway: 10 },
      { stack: 'main;print', base: 20, head: 20 },
      { stack: 'main;setup;build', base: 0, head: 10, movedHere: 10 },
      { stack: 'exit', base: 20, head: 20 },
    ]);
    const layout = layoutFlameGraph(graph);
    expect(layout.scale).toBe(100);
    expect(draw(graph, layout.base)).toEqual([
      'all [gone 40 moved 10 kept 50]',
      'main [gone 40 moved 10 kept 30] | exit [kept 20]',
      'parse › build [gone 40 moved 10 kept 10] | print [kept 20]',
    ]);
    expect(draw(graph, layout.head)).toEqual([
      'all [kept 10 moved 10 kept 40]',
      'main [kept 10 moved 10 kept 20] | exit [kept 20]',
      'parse › build [kept 10] | setup › build [moved 10] | print [kept 20]',
    ]);
  });

  it('merges an only child with the same base and head, and drops the root beside a frame', () => {
    const graph = flameGraphOf([
      { stack: 'main;run;a', base: 6, head: 3 },
      { stack: 'main;run;b', base: 4, head: 4 },
    ]);
    expect(draw(graph, layoutFlameGraph(graph).base)).toEqual([
      'main › run [gone 30 kept 70]',
      'a [gone 30 kept 30] | b [kept 40]',
    ]);
  });

  it('keeps the width of frames that are too narrow to draw, changed part first', () => {
    const graph = flameGraphOf([
      { stack: 'large', base: 900, head: 900 },
      ...Array.from({ length: 50 }, (_, i) => ({ stack: `tiny${i}`, base: 2, head: 1 })),
    ]);
    const layout = layoutFlameGraph(graph, { minimumWidth: 0.01 });
    expect(draw(graph, layout.base)[1]).toBe('large [kept 90] | … [gone 5 kept 5]');
    expect(layout.hiddenFrames).toBe(50);
  });

  it('cuts deep trees and says how many levels are missing', () => {
    const stacks = Array.from({ length: 20 }, (_, i) => ({
      stack: Array.from({ length: i + 1 }, (_, depth) => `f${depth}`).join(';'),
      base: 10,
      head: 20,
    }));
    const pane = layoutFlameGraph(flameGraphOf(stacks)).head;
    expect(pane?.rows).toBe(14);
    expect(pane?.deeperLevels).toBe(6);
  });

  it('draws one side alone', () => {
    const graph = flameGraphOf([{ stack: 'main', base: 0, head: 5 }]);
    const layout = layoutFlameGraph(graph, { sides: ['head'] });
    expect(layout.base).toBeNull();
    expect(draw(graph, layout.head)).toEqual(['main [added 100]']);
  });

  it('has nothing to draw where nothing was allocated', () => {
    const layout = layoutFlameGraph(flameGraphOf([]));
    expect(layout.base?.boxes).toEqual([]);
    expect(layout.scale).toBe(0);
  });

  it('stays within the budget of boxes by leaving out narrow frames', () => {
    const stacks = Array.from({ length: 200 }, (_, i) => ({
      stack: `a${i % 50};b${i % 100};c${i}`,
      base: 100 + (i % 7),
      head: 100 + (i % 11),
    }));
    const layout = layoutFlameGraph(flameGraphOf(stacks), { maximumBoxes: 60 });
    expect(boxesOf(layout.base).length + boxesOf(layout.head).length).toBeLessThanOrEqual(60);
    expect(layout.minimumWidth).toBeGreaterThan(3 / 868);
  });

  it('survives a recursion a hundred thousand deep', () => {
    const depth = 100_000;
    const graph = flameGraphOf([{ stack: new Array(depth).fill('f').join(';'), base: 1, head: 2 }]);
    expect(layoutFlameGraph(graph).head?.boxes[0].nodes).toHaveLength(depth);
  });
});

describe('on any tree', () => {
  const anyStacks = fc.array(
    fc.record({
      stack: fc
        .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 6 })
        .map((names) => names.join(';')),
      base: fc.nat(1000),
      head: fc.nat(1000),
    }),
    { maxLength: 30 },
  );

  it('runs cover each box, and boxes lie inside their row without overlap', () => {
    fc.assert(
      fc.property(anyStacks, (stacks) => {
        const layout = layoutFlameGraph(flameGraphOf(stacks), { minimumWidth: 0.02 });
        for (const pane of [layout.base, layout.head]) {
          const ends: number[] = [];
          for (const box of boxesOf(pane)) {
            expectTiled(box);
            expect(box.x0).toBeGreaterThanOrEqual(ends[box.depth] ?? 0);
            ends[box.depth] = box.x1;
          }
          if (boxesOf(pane).length > 0) expect(ends[0] * layout.scale).toBeCloseTo(pane?.total ?? 0);
        }
      }),
    );
  });

  it('swapping base and head swaps gone and added, nothing else', () => {
    fc.assert(
      fc.property(anyStacks, (stacks) => {
        const swapped = stacks.map(
          ({ stack, base, head }): StackCosts => ({ stack, base: head, head: base }),
        );
        const layout = layoutFlameGraph(flameGraphOf(stacks));
        const mirror = layoutFlameGraph(flameGraphOf(swapped));
        const mirrored = JSON.stringify(mirror.head?.boxes).replaceAll('"added"', '"gone"');
        expect(JSON.stringify(layout.base?.boxes)).toBe(mirrored);
      }),
    );
  });
});

it('the example keeps base = kept + movedAway + gone and head = kept + movedHere + added as sums of its children', () => {
  const graph = improvement().benchmarks[0].flameGraph;
  if (graph === null) throw new Error('the example has a flame graph');
  const { self } = graph;
  for (let node = 0; node < graph.length; node++) {
    let base = self.kept[node] + self.movedAway[node] + self.gone[node];
    let head = self.kept[node] + self.movedHere[node] + self.added[node];
    for (let child = node + 1; child < graph.length; child++) {
      if (graph.parent[child] !== node) continue;
      base += baseTotal(graph, child);
      head += headTotal(graph, child);
    }
    expect([baseTotal(graph, node), headTotal(graph, node)]).toEqual([base, head]);
  }
  expect([baseTotal(graph, 0), headTotal(graph, 0)]).toEqual([1_997_960, 300_000]);
});

function boxesOf(pane: Pane | null): readonly Box[] {
  return pane?.boxes ?? [];
}

function expectTiled(box: Box): void {
  expect(box.runs[0].x0).toBe(box.x0);
  expect(box.runs[box.runs.length - 1].x1).toBe(box.x1);
  for (let i = 1; i < box.runs.length; i++) expect(box.runs[i].x0).toBe(box.runs[i - 1].x1);
}
