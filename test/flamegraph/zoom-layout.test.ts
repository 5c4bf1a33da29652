import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFlameGraph, orderFrameTree } from '../../src/flamegraph/build-flame-graph.ts';
import { baseTotal, type FlameGraph, headTotal } from '../../src/flamegraph/flame-graph.ts';
import { buildFrameTree, type DiffStacks, type FrameTreeOptions } from '../../src/flamegraph/frame-tree.ts';
import { layoutFlameGraph } from '../../src/flamegraph/layout.ts';
import { weighFrameTree } from '../../src/flamegraph/weigh-frame-tree.ts';
import { layoutZoom, linkGraph, shownCost, type ZoomPane } from '../../src/flamegraph/zoom-layout.ts';
import { sumCosts } from '../../src/profile/totals.ts';
import { diffOf, largeDiff, STORY } from '../viewer/example-pages.ts';

const story = diffOf(STORY.base, STORY.head);
const large = largeDiff(2000);

const SHAPES: readonly FrameTreeOptions[] = (['focus', 'full'] as const).flatMap((form) =>
  (['callees', 'callers'] as const).map((direction) => ({ form, direction })),
);

function draw(diff: DiffStacks, shape: FrameTreeOptions): FlameGraph {
  const tree = buildFrameTree(diff, shape);
  return orderFrameTree(diff, tree, weighFrameTree(diff, tree, 'allocated')).graph;
}

function pane(graph: FlameGraph, side: 'base' | 'head' | 'union', root = 0, isChangesOnly = false): ZoomPane {
  const scale = Math.max(
    ...(['base', 'head', 'union'] as const).map((other) => shownCost(graph, other, root, isChangesOnly)),
  );
  return layoutZoom(graph, linkGraph(graph), side, { root, scale, pixels: 1000, isChangesOnly });
}

function path(graph: FlameGraph, node: number): string {
  const names: string[] = [];
  for (let at = node; at > 0; at = graph.parent[at]) names.push(graph.label[at]);
  return names.reverse().join(' › ');
}

describe.each(SHAPES)('a tree of $form stacks, $direction', (shape) => {
  it.each([
    ['story', story],
    ['large', large],
  ])('keeps all costs of both sides: %s', (_, diff) => {
    const graph = draw(diff, shape);
    expect(baseTotal(graph, 0) + graph.outside.base).toBe(sumCosts(diff.base).allocated);
    expect(headTotal(graph, 0) + graph.outside.head).toBe(sumCosts(diff.head).allocated);
  });

  it('has children that add up to their caller, with its own cost', () => {
    const graph = draw(large, shape);
    const sums = Float64Array.from(graph.self.gone);
    for (let node = graph.length - 1; node > 0; node--) sums[graph.parent[node]] += sums[node];
    for (let node = 1; node < graph.length; node++) {
      expect(graph.parent[node]).toBeLessThan(node);
      expect(sums[node]).toBe(graph.gone[node]);
    }
  });
});

describe('a tree of callers', () => {
  it('has what allocates first and main last', () => {
    const graph = draw(story, { form: 'focus', direction: 'callers' });
    const paths = Array.from({ length: graph.length }, (_, node) => path(graph, node));
    expect(paths).toContain(
      'HashMap::insert › dates::parse_info › Parser::default › dates::parse › dates::main',
    );
  });
});

describe('layoutZoom', () => {
  it('places what the static picture draws where the picture has it', () => {
    const graph = buildFlameGraph(story, 'allocated');
    const picture = layoutFlameGraph(graph, { minimumWidth: 3 / 1000 });
    const links = linkGraph(graph);
    for (const side of ['base', 'head'] as const) {
      const zoom = layoutZoom(graph, links, side, {
        root: 0,
        scale: picture.scale,
        pixels: 1000,
        isChangesOnly: false,
      });
      const boxes = new Map(zoom.boxes.map((box) => [box.node, box]));
      for (const box of picture[side]?.boxes ?? []) {
        for (const node of box.nodes) {
          expect((boxes.get(node)?.x0 ?? -1) / 1000).toBeCloseTo(box.x0, 9);
          expect((boxes.get(node)?.x1 ?? -1) / 1000).toBeCloseTo(box.x1, 9);
        }
      }
    }
  });

  it('keeps boxes inside their callers, apart from each other, and covers the root with runs', () => {
    const graph = draw(large, { form: 'full', direction: 'callees' });
    const nodes = fc.integer({ min: 0, max: graph.length - 1 });
    fc.assert(
      fc.property(
        nodes,
        fc.constantFrom('base', 'head', 'union'),
        fc.boolean(),
        (root, side, isChangesOnly) => {
          const { boxes, rowStart, runs, shown } = pane(graph, side, root, isChangesOnly);
          expect(shown).toBe(shownCost(graph, side, root, isChangesOnly));
          if (shown === 0) return;
          const places = new Map(boxes.filter(({ node }) => node >= 0).map((box) => [box.node, box]));
          for (let row = 0; row + 1 < rowStart.length; row++) {
            for (let i = rowStart[row]; i < rowStart[row + 1]; i++) {
              expect(boxes[i].depth).toBe(row);
              if (i > rowStart[row]) expect(boxes[i].x0).toBeGreaterThanOrEqual(boxes[i - 1].x1 - 1e-6);
              const caller = places.get(boxes[i].parent);
              if (caller === undefined) continue;
              expect(boxes[i].x0).toBeGreaterThanOrEqual(caller.x0 - 1e-6);
              expect(boxes[i].x1).toBeLessThanOrEqual(caller.x1 + 1e-6);
            }
          }
          expect(runs[0].x0).toBe(0);
          expect(runs.at(-1)?.x1).toBe(Math.ceil(boxes[0].x1));
          runs.forEach((run, i) => {
            if (i > 0) expect(run.x0).toBe(runs[i - 1].x1);
          });
        },
      ),
    );
  });

  it('mirrors when base and head change places', () => {
    const forth = draw(story, { form: 'focus', direction: 'callees' });
    const back = draw(diffOf(STORY.head, STORY.base), { form: 'focus', direction: 'callees' });
    const swap = { gone: 'added', added: 'gone', moved: 'moved', kept: 'kept' } as const;
    const runs = (graph: FlameGraph, side: 'base' | 'head') => pane(graph, side).runs;
    expect(runs(back, 'head')).toEqual(
      runs(forth, 'base').map((run) => ({ ...run, status: swap[run.status] })),
    );
    expect(runs(back, 'base')).toEqual(
      runs(forth, 'head').map((run) => ({ ...run, status: swap[run.status] })),
    );
  });

  it('leaves out what stayed when only changes are asked for', () => {
    const graph = draw(story, { form: 'focus', direction: 'callees' });
    const labels = pane(graph, 'base', 0, true).boxes.map(({ node }) => graph.label[node]);
    expect(labels).toContain('HashMap::insert');
    expect(labels).not.toContain('Parser::parse');
    expect(pane(graph, 'base', 0, true).runs.map(({ status }) => status)).not.toContain('kept');
  });
});
