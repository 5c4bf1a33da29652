import type { MetricId } from '../profile/metric.ts';
import { baseOf, COST_PARTS, type CostParts, changeOf, forEachPart, headOf } from './cost-parts.ts';
import type { FlameGraph, NodeIndex } from './flame-graph.ts';
import {
  buildFrameTree,
  type DiffStacks,
  type FrameTree,
  OUTSIDE,
  OUTSIDE_NAME,
  ROOT,
} from './frame-tree.ts';
import { type FrameTreeCosts, weighFrameTree } from './weigh-frame-tree.ts';

/** One metric of a diff as a tree of focus stacks, for a picture. */
export function buildFlameGraph(diff: DiffStacks, metric: MetricId): FlameGraph {
  const tree = buildFrameTree(diff, { form: 'focus', direction: 'callees' });
  return orderFrameTree(diff, tree, weighFrameTree(diff, tree, metric)).graph;
}

/** A tree in drawing order, and the way back to the tree, whose nodes are the same for every metric. */
export interface OrderedFrameTree {
  readonly graph: FlameGraph;
  /** The tree's node of each of the graph's. */
  readonly treeNode: Int32Array;
}

/**
 * Puts the nodes that cost anything in drawing order. Stacks outside the measured code are left out where nothing
 * changed in them, unless there is nothing else.
 */
export function orderFrameTree(diff: DiffStacks, tree: FrameTree, costs: FrameTreeCosts): OrderedFrameTree {
  const { self, total } = costs;
  const nodes = inDrawingOrder(diff, tree, total);
  const outside = nodes.find((node) => tree.frame[node] === OUTSIDE && tree.parent[node] === 0) ?? -1;
  const isOutsideDrawn = outside >= 0 && (nodes.length === 2 || changeOf(total, outside) > 0);
  const drawn = outside < 0 || isOutsideDrawn ? nodes : nodes.filter((node) => node !== outside);
  const indexOf = new Int32Array(tree.length).fill(-1);
  for (let index = 0; index < drawn.length; index++) indexOf[drawn[index]] = index;
  const columns = (parts: CostParts) => forEachPart((part) => pick(parts[part], drawn));
  const totals = columns(total);
  if (outside >= 0 && !isOutsideDrawn) {
    for (const part of COST_PARTS) totals[part][0] -= total[part][outside];
  }
  const parent = new Int32Array(drawn.length).fill(-1);
  const depth = new Int32Array(drawn.length);
  const isRepository = new Uint8Array(drawn.length);
  for (let index = 1; index < drawn.length; index++) {
    parent[index] = indexOf[tree.parent[drawn[index]]];
    depth[index] = depth[parent[index]] + 1;
    if (isOwn(diff, tree.frame[drawn[index]])) isRepository[index] = 1;
  }
  const graph: FlameGraph = {
    metric: costs.metric,
    length: drawn.length,
    parent,
    depth,
    label: textsOf(drawn, (node) => labelOf(diff, tree.frame[node])),
    name: textsOf(drawn, (node) => nameOf(diff, tree.frame[node])),
    isRepository,
    ...totals,
    self: columns(self),
    outside:
      outside < 0 || isOutsideDrawn
        ? { base: 0, head: 0 }
        : { base: baseOf(total, outside), head: headOf(total, outside) },
  };
  return { graph, treeNode: drawn };
}

/** Nodes that cost anything, callers before callees and each followed by all that is below it. */
function inDrawingOrder(diff: DiffStacks, tree: FrameTree, total: CostParts): Int32Array {
  const firstChild = new Int32Array(tree.length).fill(-1);
  const nextSibling = new Int32Array(tree.length).fill(-1);
  /** What siblings are ordered by. */
  const change = new Float64Array(tree.length);
  const size = new Float64Array(tree.length);
  for (let node = tree.length - 1; node > 0; node--) {
    change[node] = total.gone[node] + total.added[node];
    size[node] = baseOf(total, node) + headOf(total, node);
    if (size[node] === 0) continue;
    nextSibling[node] = firstChild[tree.parent[node]];
    firstChild[tree.parent[node]] = node;
  }
  // What changed most comes first, then what is largest, then by name: the same order in every view.
  const compare = (a: NodeIndex, b: NodeIndex) =>
    change[b] - change[a] || size[b] - size[a] || compareNames(diff, tree.frame[a], tree.frame[b]);
  const order = new Int32Array(tree.length);
  let length = 0;
  const pending: NodeIndex[] = [0];
  const children: NodeIndex[] = [];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    order[length++] = node;
    children.length = 0;
    for (let child = firstChild[node]; child >= 0; child = nextSibling[child]) children.push(child);
    if (children.length > 1) children.sort(compare);
    for (let i = children.length - 1; i >= 0; i--) pending.push(children[i]);
  }
  return order.slice(0, length);
}

function compareNames(diff: DiffStacks, a: number, b: number): number {
  const [nameA, nameB] = [nameOf(diff, a), nameOf(diff, b)];
  return nameA < nameB ? -1 : nameA > nameB ? 1 : 0;
}

function pick(column: Float64Array, nodes: Int32Array): Float64Array {
  const picked = new Float64Array(nodes.length);
  for (let index = 0; index < nodes.length; index++) {
    // What is never written takes no memory.
    if (column[nodes[index]] !== 0) picked[index] = column[nodes[index]];
  }
  return picked;
}

function textsOf(nodes: Int32Array, textOf: (node: number) => string): string[] {
  const texts = new Array<string>(nodes.length);
  for (let index = 0; index < nodes.length; index++) texts[index] = textOf(nodes[index]);
  return texts;
}

function labelOf({ frames }: DiffStacks, frame: number): string {
  if (frame === ROOT) return 'all';
  return frame === OUTSIDE ? OUTSIDE_NAME : frames[frame].shortName;
}

function nameOf({ frames }: DiffStacks, frame: number): string {
  if (frame === ROOT) return 'all';
  return frame === OUTSIDE ? `stacks ${OUTSIDE_NAME}` : frames[frame].name;
}

function isOwn({ frames }: DiffStacks, frame: number): boolean {
  return frame >= 0 && frames[frame].isOwn;
}
