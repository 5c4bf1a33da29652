import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffToFolded } from '../../src/diff/diff-to-folded.ts';
import type { ProfileDiff } from '../../src/diff/profile-diff.ts';
import { buildFlameGraph } from '../../src/flamegraph/build-flame-graph.ts';
import { baseTotal, type FlameGraph, headTotal } from '../../src/flamegraph/flame-graph.ts';
import { type FlameGraphLayout, layoutFlameGraph, type Pane } from '../../src/flamegraph/layout.ts';
import { renderSvg } from '../../src/render/svg.ts';
import { foldedDiff } from '../diff/folded-diff.ts';

/*
 * What has to hold for any two profiles, from folded text to the picture.
 */

type Stacks = readonly (readonly [stack: string, cost: number])[];

const anyStacks: fc.Arbitrary<Stacks> = fc.array(
  fc.tuple(
    fc
      .array(fc.constantFrom('a', 'b', 'c', 'std::map::insert', 'std::string'), {
        minLength: 1,
        maxLength: 6,
      })
      .map((names) => ['main', ...names].join(';')),
    fc.oneof(fc.nat(1000), fc.nat(1_000_000)),
  ),
  { maxLength: 20 },
);

/** Two sides that are alike but for a little, as most pull requests are: where the axis is broken. */
const twoSides = fc.oneof(
  fc.tuple(anyStacks, anyStacks),
  fc
    .tuple(anyStacks, anyStacks)
    .map(([same, more]): [Stacks, Stacks] => [same.map(([stack, cost]) => [stack, cost * 100]), more])
    .map(([same, more]): [Stacks, Stacks] => [same, [...same, ...more]]),
);

function diffOf(base: Stacks, head: Stacks): ProfileDiff {
  const folded = (stacks: Stacks) => stacks.map(([stack, cost]) => `${stack} ${cost}`).join('\n');
  return foldedDiff(folded(base), folded(head));
}

function graphOf(base: Stacks, head: Stacks): FlameGraph {
  return buildFlameGraph(diffOf(base, head), 'allocated');
}

function sum(stacks: Stacks): number {
  return stacks.reduce((total, [, cost]) => total + cost, 0);
}

describe('for any two profiles', () => {
  it('base = kept + moved + gone and head = kept + moved + new at every node, as sums of its children', () => {
    fc.assert(
      fc.property(twoSides, ([base, head]) => {
        const graph = graphOf(base, head);
        const { self } = graph;
        const bases = Float64Array.from(self.kept, (kept, i) => kept + self.movedAway[i] + self.gone[i]);
        const heads = Float64Array.from(self.kept, (kept, i) => kept + self.movedHere[i] + self.added[i]);
        for (let node = graph.length - 1; node > 0; node--) {
          bases[graph.parent[node]] += bases[node];
          heads[graph.parent[node]] += heads[node];
        }
        for (let node = 0; node < graph.length; node++) {
          expect([baseTotal(graph, node), headTotal(graph, node)]).toEqual([bases[node], heads[node]]);
          for (const part of ['kept', 'movedAway', 'gone', 'movedHere', 'added'] as const) {
            expect(graph[part][node]).toBeGreaterThanOrEqual(0);
          }
        }
        expect(baseTotal(graph, 0) + graph.outside.base).toBe(sum(base));
        expect(headTotal(graph, 0) + graph.outside.head).toBe(sum(head));
        expect(graph.movedAway[0]).toBe(graph.movedHere[0]);
      }),
    );
  });

  it('painted widths sum to the root, and are bytes: with a broken axis, but for what is cut', () => {
    fc.assert(
      fc.property(twoSides, fc.boolean(), ([base, head], mayCutUnchanged) => {
        const graph = graphOf(base, head);
        const exact = { minimumWidth: 0, minimumRowWidth: 0, minimumRunWidth: 0, maximumBoxes: 1e6 };
        const layout = layoutFlameGraph(graph, { ...exact, mayCutUnchanged });
        for (const pane of [layout.base, layout.head]) if (pane !== null) expectPainted(graph, layout, pane);
        if (layout.cut === null) return;
        expect(mayCutUnchanged).toBe(true);
        expect(graph.gone[0] + graph.added[0]).toBeLessThan(0.15 * layout.scale);
        expect(layout.cut.toScale + layout.cut.cutCost).toBe(layout.scale);
        const cuts = [layout.base, layout.head].map((pane) => pane?.boxes.map(({ cutCost }) => cutCost));
        expect(cuts[0]?.reduce((a, b) => a + b, 0)).toBe(layout.cut.cutCost);
        expect([...(cuts[1] ?? [])].filter((cost) => cost > 0).sort()).toEqual(
          [...(cuts[0] ?? [])].filter((cost) => cost > 0).sort(),
        );
      }),
    );
  });

  it('swapping the sides swaps gone and new, moved away and moved here, base and head, and nothing else', () => {
    fc.assert(
      fc.property(twoSides, ([base, head]) => {
        const diff = diffOf(base, head);
        const graph = buildFlameGraph(diff, 'allocated');
        const mirror = buildFlameGraph(diffOf(head, base), 'allocated');
        expect({
          ...mirror,
          gone: mirror.added,
          added: mirror.gone,
          movedAway: mirror.movedHere,
          movedHere: mirror.movedAway,
          self: {
            ...mirror.self,
            gone: mirror.self.added,
            added: mirror.self.gone,
            movedAway: mirror.self.movedHere,
            movedHere: mirror.self.movedAway,
          },
          outside: { base: mirror.outside.head, head: mirror.outside.base },
        }).toEqual(graph);
        const options = { mayCutUnchanged: true };
        const layout = layoutFlameGraph(graph, options);
        const mirrored = layoutFlameGraph(mirror, options);
        const turned = JSON.stringify(mirrored.head?.boxes).replaceAll('"added"', '"gone"');
        expect(JSON.stringify(layout.base?.boxes)).toBe(turned);
        expect(layout.cut).toEqual(mirrored.cut);
      }),
    );
  });

  it('swapping the profiles moves the same bytes between the same stacks', () => {
    fc.assert(
      fc.property(twoSides, ([base, head]) => {
        expect(movedByStack(diffOf(head, base))).toEqual(movedByStack(diffOf(base, head)));
      }),
    );
  });

  it('swapping the profiles swaps both sides of every stack', () => {
    fc.assert(
      fc.property(twoSides, ([base, head]) => {
        const folded = diffToFolded(diffOf(base, head), 'allocated');
        const swapped = diffToFolded(diffOf(head, base), 'allocated');
        expect([swapped.head, swapped.base]).toEqual([folded.base, folded.head]);
      }),
    );
  });

  it('a small change in a large program breaks the axis', () => {
    const same: Stacks = [['main;load', 90_000]];
    const graph = graphOf([...same, ['main;parse', 100]], [...same, ['main;parse', 2_000]]);
    expect(layoutFlameGraph(graph, { mayCutUnchanged: true }).cut).toEqual({
      toScale: 2_000,
      cutCost: 90_000,
      frames: 1,
    });
    expect(layoutFlameGraph(graph).cut).toBeNull();
  });

  it('the same input gives the same bytes', () => {
    fc.assert(
      fc.property(twoSides, ([base, head]) => {
        const draw = () =>
          renderSvg({ name: 'any', graph: graphOf(base, head), hasBase: true, headline: '' });
        expect(draw()).toBe(draw());
      }),
      { numRuns: 5 },
    );
  });
});

/** Every row lies within its pane without overlap, and what is painted of each status is as wide as it costs. */
/** What moved from or to each stack, by the stack's frames. */
function movedByStack({ frames, stacks, moved }: ProfileDiff): ReadonlyMap<string, number> {
  const names: string[] = [];
  const byStack = new Map<string, number>();
  for (let stack = 0; stack < stacks.length; stack++) {
    const callers = stacks.prefix[stack];
    names[stack] = `${callers < 0 ? '' : names[callers]};${frames[stacks.frame[stack]].name}`;
    if (moved.allocated[stack] > 0) byStack.set(names[stack], moved.allocated[stack]);
  }
  return byStack;
}

function expectPainted(graph: FlameGraph, layout: FlameGraphLayout, pane: Pane): void {
  if (pane.boxes.length === 0) {
    expect(pane.total).toBe(0);
    return;
  }
  const [root] = pane.boxes;
  expect([root.x0, root.x1]).toEqual([0, pane.width]);
  const cut = pane.boxes.filter(({ cutCost }) => cutCost > 0);
  const drawnForCuts = cut.reduce((width, { x0, x1 }) => width + x1 - x0, 0);
  const costOfWidth = (layout.cut?.toScale ?? layout.scale) / (1 - drawnForCuts);
  const painted = new Map<string, number>();
  for (const { status, x0, x1 } of root.runs) painted.set(status, (painted.get(status) ?? 0) + x1 - x0);
  const paintedCost = (status: string) => (painted.get(status) ?? 0) * costOfWidth;
  const tolerance = layout.scale * 1e-9;
  const isBase = pane.side === 'base';
  const expected = {
    gone: isBase ? graph.gone[0] : 0,
    added: isBase ? 0 : graph.added[0],
    moved: (isBase ? graph.movedAway : graph.movedHere)[0],
    kept: graph.kept[0] - (layout.cut?.cutCost ?? 0) + drawnForCuts * costOfWidth,
  };
  for (const [status, cost] of Object.entries(expected)) {
    expect(Math.abs(paintedCost(status) - cost)).toBeLessThanOrEqual(tolerance);
  }
  const ends: number[] = [];
  for (const box of pane.boxes) {
    expect(box.x0).toBeGreaterThanOrEqual(ends[box.depth] ?? 0);
    expect(box.x1).toBeLessThanOrEqual(pane.width);
    ends[box.depth] = box.x1;
    const [node] = box.nodes;
    if (node === undefined || layout.cut !== null) continue;
    const total = isBase ? baseTotal(graph, node) : headTotal(graph, node);
    expect(Math.abs((box.x1 - box.x0) * layout.scale - total)).toBeLessThanOrEqual(tolerance);
  }
}
