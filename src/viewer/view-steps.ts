import type { BenchmarkModel, DrawnTree } from './benchmark-model.ts';
import type { ViewState } from './view-state.ts';

/*
 * Where a reader's step leads: what of the view is another after it. Nodes are those of the frame tree, but for those
 * that `nearestDrawn` and `mostChanged` find.
 */

/** How stacks become the tree that is drawn. */
export type TreeShape = Pick<ViewState, 'form' | 'direction' | 'isRecursionFolded'>;

/** To another benchmark, by the same metric if it has that one. */
export function toBenchmark(
  models: readonly (BenchmarkModel | null)[],
  before: ViewState,
  benchmark: number,
): Partial<ViewState> {
  const data = models[benchmark]?.data;
  const has = data?.metrics.some(({ metric }) => metric.id === before.metric) ?? false;
  return {
    benchmark,
    metric: has || data === undefined ? before.metric : data.primary,
    zoomed: 0,
    selected: 0,
    openFunction: null,
    isChangesOnly: null,
  };
}

/** To a tree of another shape, with the selected frame where it is there; the zoom is left. */
export function toShape(
  model: BenchmarkModel,
  before: ViewState,
  shape: Partial<TreeShape>,
): Partial<ViewState> {
  const after = { ...before, ...shape };
  if (before.direction !== after.direction) return { ...shape, selected: 0, zoomed: 0 };
  const stack = model.tree(before).stackOfNode[before.selected];
  return { ...shape, selected: stack < 0 ? 0 : model.tree(after).nodeOfStack[stack], zoomed: 0 };
}

/** Of nodes in which as much changed, the one that costs more: what stayed weighs this much of a change. */
const WEIGHT_OF_UNCHANGED = 1e-6;

/** To the node of a function in which most changed, selected in the flame graph. */
export function toLargestNodeOf(frame: number, model: BenchmarkModel, before: ViewState): Partial<ViewState> {
  const shape = { ...before, direction: 'callees' } as const;
  const { tree, graph, treeNode } = model.drawn(shape, before.metric);
  let best = 0;
  let most = -1;
  for (let node = 1; node < graph.length; node++) {
    if (tree.frame[treeNode[node]] !== frame) continue;
    const changed = graph.gone[node] + graph.added[node];
    const unchanged = graph.kept[node] + graph.movedHere[node] + graph.movedAway[node];
    const weight = changed + WEIGHT_OF_UNCHANGED * unchanged;
    if (weight <= most) continue;
    most = weight;
    best = treeNode[node];
  }
  return { view: 'flame', direction: 'callees', selected: best, zoomed: 0 };
}

/** Whether a node is drawn when another one is zoomed into. */
export function isWithin({ tree }: DrawnTree, zoomed: number, node: number): boolean {
  let at = node;
  while (at > 0 && at !== zoomed) at = tree.parent[at];
  return at === zoomed;
}

/** The graph's node of the tree's, or of the innermost around it that costs anything by this metric. */
export function nearestDrawn({ graphNode, tree }: DrawnTree, node: number): number {
  let at = node;
  while (at > 0 && graphNode[at] < 0) at = tree.parent[at];
  return Math.max(0, graphNode[at]);
}

/** Frames that keys step through. */
const MOST_CHANGED = 50;

/** The nodes of the graph that changed most themselves, largest change first. */
export function mostChanged({ graph }: DrawnTree): readonly number[] {
  const change = (node: number) => graph.self.gone[node] + graph.self.added[node];
  const nodes: number[] = [];
  for (let node = 1; node < graph.length; node++) if (change(node) > 0) nodes.push(node);
  return nodes.sort((a, b) => change(b) - change(a)).slice(0, MOST_CHANGED);
}
