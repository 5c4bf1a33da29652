import type { MetricId } from '../profile/metric.ts';
import { COST_PARTS, type CostParts, noParts } from './cost-parts.ts';
import type { DiffStacks, FrameTree } from './frame-tree.ts';

/** What one metric says of each node of a tree. */
export interface FrameTreeCosts {
  readonly metric: MetricId;
  /** What each node allocated itself. */
  readonly self: CostParts;
  /** With everything below it. */
  readonly total: CostParts;
}

/** Gives each stack's costs to its node, and to all above it. */
export function weighFrameTree(diff: DiffStacks, tree: FrameTree, metric: MetricId): FrameTreeCosts {
  const self = noParts(tree.length);
  const costs = costsOfStacks(diff, metric);
  for (let stack = 0; stack < tree.nodeOfStack.length; stack++) {
    addStack(self, tree.nodeOfStack[stack], costs, stack);
  }
  const total = noParts(tree.length);
  for (const part of COST_PARTS) {
    const [own, column] = [self[part], total[part]];
    // Most of what did not change is 0 in all parts but one, and what is never written takes no memory.
    for (let node = tree.length - 1; node > 0; node--) {
      if (own[node] !== 0) column[node] += own[node];
      if (column[node] !== 0) column[tree.parent[node]] += column[node];
    }
    column[0] += own[0];
  }
  return { metric, self, total };
}

/** The stacks that make up one node's costs, by every metric. */
export interface NodeStacks {
  readonly self: Int32Array;
  /** With those of everything below it. */
  readonly total: Int32Array;
}

export function stacksOfNode(tree: FrameTree, node: number): NodeStacks {
  const isBelow = new Uint8Array(tree.length);
  isBelow[node] = 1;
  for (let at = node + 1; at < tree.length; at++) isBelow[at] = isBelow[tree.parent[at]];
  const { nodeOfStack } = tree;
  const self = new Int32Array(nodeOfStack.length);
  const total = new Int32Array(nodeOfStack.length);
  let [selfCount, totalCount] = [0, 0];
  for (let stack = 0; stack < nodeOfStack.length; stack++) {
    const at = nodeOfStack[stack];
    if (at === node) self[selfCount++] = stack;
    if (isBelow[at] === 1) total[totalCount++] = stack;
  }
  return { self: self.subarray(0, selfCount), total: total.subarray(0, totalCount) };
}

/** As `weighFrameTree`, but of one node alone, which is row 0, in a fraction of the time. */
export function weighStacks(
  diff: DiffStacks,
  stacks: NodeStacks,
  metric: MetricId,
): Omit<FrameTreeCosts, 'metric'> {
  const costs = costsOfStacks(diff, metric);
  const weigh = (which: Int32Array) => {
    const parts = noParts(1);
    for (const stack of which) addStack(parts, 0, costs, stack);
    return parts;
  };
  return { self: weigh(stacks.self), total: weigh(stacks.total) };
}

interface StackCosts {
  readonly base: Float64Array;
  readonly head: Float64Array;
  readonly moved: Float64Array;
}

function costsOfStacks(diff: DiffStacks, metric: MetricId): StackCosts {
  return { base: diff.base[metric], head: diff.head[metric], moved: diff.moved[metric] };
}

function addStack(to: CostParts, row: number, costs: StackCosts, stack: number): void {
  const base = costs.base[stack];
  const head = costs.head[stack];
  if (base === 0 && head === 0) return;
  const moved = costs.moved[stack];
  to.kept[row] += Math.min(base, head);
  if (base > head) {
    to.movedAway[row] += moved;
    to.gone[row] += base - head - moved;
  } else {
    to.movedHere[row] += moved;
    to.added[row] += head - base - moved;
  }
}
