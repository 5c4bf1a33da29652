import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseOf, headOf } from '../../src/flamegraph/cost-parts.ts';
import {
  buildFrameTree,
  type DiffStacks,
  type FrameTree,
  type FrameTreeOptions,
} from '../../src/flamegraph/frame-tree.ts';
import { stacksOfNode, weighFrameTree, weighStacks } from '../../src/flamegraph/weigh-frame-tree.ts';
import { foldedDiff } from '../diff/folded-diff.ts';
import { limitProcessorTime } from '../processor-time.ts';

/** Each node with its own cost on head: 'main;parse 5'. */
function nodesOf(diff: DiffStacks, options: FrameTreeOptions): string[] {
  const tree = buildFrameTree(diff, options);
  const { self } = weighFrameTree(diff, tree, 'allocated');
  const path = (node: number): string =>
    node === 0 ? '' : `${path(tree.parent[node])};${diff.frames[tree.frame[node]].name}`;
  const nodes = Array.from({ length: tree.length - 1 }, (_, i) => i + 1);
  return nodes.map((node) => `${path(node).slice(1)} ${headOf(self, node)}`).sort();
}

function totals(diff: DiffStacks, tree: FrameTree): number[] {
  const { total } = weighFrameTree(diff, tree, 'allocated');
  return [baseOf(total, 0), headOf(total, 0)];
}

const anyFolded = fc
  .array(
    fc.tuple(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 9 }),
      fc.integer({ min: 1, max: 999 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((stacks) => stacks.map(([names, cost]) => `main;${names.join(';')} ${cost}`).join('\n'));

const anyShape: fc.Arbitrary<FrameTreeOptions> = fc.record({
  form: fc.constantFrom('focus', 'full'),
  direction: fc.constantFrom('callees', 'callers'),
  isRecursionFolded: fc.boolean(),
});

describe('a frame tree with recursion folded', () => {
  const shape = { form: 'full', direction: 'callees', isRecursionFolded: true } as const;

  it('draws a function that calls itself once, with all that it calls', () => {
    const folded = 'main;walk 1\nmain;walk;walk 2\nmain;walk;walk;walk;push 4';
    expect(nodesOf(foldedDiff(folded, folded), shape)).toEqual(['main 0', 'main;walk 3', 'main;walk;push 4']);
  });

  it('draws functions that call each other once each', () => {
    const folded = 'main;parse;list;parse;list;push 8\nmain;parse;list;parse;word 5\nmain;parse;list 1';
    expect(nodesOf(foldedDiff(folded, folded), shape)).toEqual([
      'main 0',
      'main;parse 0',
      'main;parse;list 1',
      'main;parse;list;push 8',
      'main;parse;word 5',
    ]);
  });

  it('leaves a function that is called in two places alone', () => {
    const folded = 'main;a;push 1\nmain;b;push 2';
    expect(nodesOf(foldedDiff(folded, folded), shape)).toEqual(
      nodesOf(foldedDiff(folded, folded), { ...shape, isRecursionFolded: false }),
    );
  });

  it('has no frame twice on a way from the root, and every byte, in every shape', () => {
    fc.assert(
      fc.property(anyFolded, anyFolded, anyShape, (base, head, options) => {
        const diff = foldedDiff(base, head);
        const tree = buildFrameTree(diff, options);
        expect(totals(diff, tree)).toEqual(
          totals(diff, buildFrameTree(diff, { form: 'full', direction: 'callees' })),
        );
        if (!options.isRecursionFolded) return;
        for (let node = 1; node < tree.length; node++) {
          const seen = new Set<number>();
          for (let at = node; at > 0; at = tree.parent[at]) {
            expect(seen.has(tree.frame[at])).toBe(false);
            seen.add(tree.frame[at]);
          }
        }
      }),
    );
  });
});

describe('weighStacks', () => {
  it('says of a node what weighing all nodes says', () => {
    fc.assert(
      fc.property(anyFolded, anyFolded, anyShape, (base, head, options) => {
        const diff = foldedDiff(base, head);
        const tree = buildFrameTree(diff, options);
        const all = weighFrameTree(diff, tree, 'allocated');
        for (let node = 0; node < tree.length; node++) {
          const one = weighStacks(diff, stacksOfNode(tree, node), 'allocated');
          for (const which of ['self', 'total'] as const) {
            expect([baseOf(one[which], 0), headOf(one[which], 0)]).toEqual([
              baseOf(all[which], node),
              headOf(all[which], node),
            ]);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a tree of callers of very many stacks', () => {
  limitProcessorTime(30);

  const stacks = (count: number) =>
    Array.from({ length: count }, (_, i) => {
      const way = Array.from(
        { length: 20 },
        (_, depth) => `f${(i * 31 + depth * 17 + ((i * depth) % 13)) % 4999}`,
      );
      return `main;${way.join(';')};leaf${i} ${i === 7 ? 1_000_000 : 1 + (i % 5)}`;
    }).join('\n');

  it('leaves off the outermost callers of small stacks, and says so; the large ones are whole', () => {
    const folded = stacks(20_000);
    const diff = foldedDiff(folded, folded);
    const tree = buildFrameTree(diff, { form: 'full', direction: 'callers' });
    expect(tree.isCut).toBe(true);
    expect(tree.length).toBeLessThanOrEqual(130_000);
    expect(totals(diff, tree)).toEqual(
      totals(diff, buildFrameTree(diff, { form: 'full', direction: 'callees' })),
    );
    const { self } = weighFrameTree(diff, tree, 'allocated');
    const outermost = Array.from({ length: tree.length }, (_, node) => node).find(
      (node) => headOf(self, node) >= 1_000_000,
    );
    expect(diff.frames[tree.frame[outermost ?? 0]].name).toBe('main');
  });
});
