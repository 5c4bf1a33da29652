import type { ProfileDiff } from '../diff/profile-diff.ts';
import { GrowingInt32 } from '../profile/columns.ts';
import type { MetricId } from '../profile/metric.ts';
import { PairIndex } from '../profile/pair-index.ts';

/*
 * The stacks of a diff as one tree of frames, for all metrics at once: which frame each node is, and which node each
 * stack's own cost belongs to. What a metric makes of it is in weigh-frame-tree.ts.
 *
 *   stacks                          focus                    full                     focus, callers
 *   main;parse;map::insert;_Alloc   main                     main                     map::insert
 *   main;parse;string::append         parse                    parse                    parse
 *                                       map::insert              map::insert              main
 *                                       string::append             _Alloc               string::append …
 */

/** What a tree is made of. */
export type DiffStacks = Pick<ProfileDiff, 'frames' | 'stacks' | 'base' | 'head' | 'moved'>;

export interface FrameTreeOptions {
  /**
   * `focus`: the frames of the measured code, and below the innermost of them the first foreign frame, by which one
   * knows what it called. `full`: every frame.
   */
  readonly form: 'focus' | 'full';
  /** `callees`: from main downwards. `callers`: what allocated first, below it who called it. */
  readonly direction: 'callees' | 'callers';
}

/** Stands for no frame: the node that everything belongs to. */
export const ROOT = -1;
/** Stands for every stack without a frame of the measured code. */
export const OUTSIDE = -2;

export interface FrameTree {
  readonly form: FrameTreeOptions['form'];
  readonly length: number;
  /** Node 0 is the root, parent -1. A parent always comes before its children. */
  readonly parent: Int32Array;
  /** Index into the diff's frames, or ROOT or OUTSIDE. */
  readonly frame: Int32Array;
  /** The node that each stack's own cost belongs to. */
  readonly nodeOfStack: Int32Array;
  /** For each node a stack that ends in its frame; -1 for the root. */
  readonly stackOfNode: Int32Array;
  /** Whether callers further out were left off because there are too many. */
  readonly isCut: boolean;
}

/** Nodes of a tree of callers: each stack adds its whole length, so 100,000 stacks could make millions. */
const MAXIMUM_INVERTED_NODES = 300_000;

export function buildFrameTree(diff: DiffStacks, { form, direction }: FrameTreeOptions): FrameTree {
  const tree = form === 'full' ? fullTree(diff) : focusTree(diff);
  return direction === 'callees' ? tree : invertTree(diff, tree);
}

/** The table of stacks is this tree already, one root short. */
function fullTree({ stacks }: DiffStacks): FrameTree {
  const parent = new Int32Array(stacks.length + 1);
  const frame = new Int32Array(stacks.length + 1);
  const stackOfNode = new Int32Array(stacks.length + 1);
  parent[0] = -1;
  frame[0] = ROOT;
  stackOfNode[0] = -1;
  for (let stack = 0; stack < stacks.length; stack++) {
    parent[stack + 1] = stacks.prefix[stack] + 1;
    frame[stack + 1] = stacks.frame[stack];
    stackOfNode[stack + 1] = stack;
  }
  const nodeOfStack = Int32Array.from({ length: stacks.length }, (_, stack) => stack + 1);
  return { form: 'full', length: parent.length, parent, frame, nodeOfStack, stackOfNode, isCut: false };
}

/** Callers come first, so each stack builds on its prefix. */
function focusTree({ frames, stacks }: DiffStacks): FrameTree {
  const tree = new TreeBuilder('focus');
  const nodeOfStack = new Int32Array(stacks.length);
  /** The innermost own node on the way to each stack. */
  const ownNodeOf = new Int32Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const caller = stacks.prefix[stack];
    const frame = stacks.frame[stack];
    const ownCaller = caller < 0 ? 0 : ownNodeOf[caller];
    if (frames[frame].isOwn) {
      nodeOfStack[stack] = tree.childOf(ownCaller, frame, stack);
      ownNodeOf[stack] = nodeOfStack[stack];
      continue;
    }
    ownNodeOf[stack] = ownCaller;
    if (ownCaller === 0) nodeOfStack[stack] = tree.childOf(0, OUTSIDE, stack);
    else if (nodeOfStack[caller] !== ownCaller) nodeOfStack[stack] = nodeOfStack[caller];
    else nodeOfStack[stack] = tree.childOf(ownCaller, frame, stack);
  }
  return tree.build(nodeOfStack, false);
}

/** Level by level from the leaves, so that a tree that grows too large lacks the outermost callers of all stacks. */
function invertTree(diff: DiffStacks, callees: FrameTree): FrameTree {
  const tree = new TreeBuilder(callees.form);
  const inverted = new Int32Array(callees.length);
  const at = Int32Array.from({ length: callees.length }, (_, node) => node);
  let active = nodesWithOwnCost(diff, callees);
  let isCut = false;
  while (active.length > 0) {
    if (tree.length > MAXIMUM_INVERTED_NODES) {
      isCut = true;
      break;
    }
    for (const node of active) {
      inverted[node] = tree.childOf(inverted[node], callees.frame[at[node]], callees.stackOfNode[at[node]]);
      at[node] = callees.parent[at[node]];
    }
    active = active.filter((node) => at[node] > 0);
  }
  return tree.build(
    callees.nodeOfStack.map((node) => inverted[node]),
    isCut,
  );
}

function nodesWithOwnCost({ base, head }: DiffStacks, { length, nodeOfStack }: FrameTree): number[] {
  const hasCost = new Uint8Array(length);
  for (const column of [...Object.values(base), ...Object.values(head)]) {
    for (let stack = 0; stack < column.length; stack++)
      if (column[stack] > 0) hasCost[nodeOfStack[stack]] = 1;
  }
  const nodes: number[] = [];
  for (let node = 1; node < length; node++) if (hasCost[node]) nodes.push(node);
  return nodes;
}

/** Keeps one node for each frame under each parent. */
class TreeBuilder {
  readonly #form: FrameTree['form'];
  readonly #parent = new GrowingInt32();
  readonly #frame = new GrowingInt32();
  readonly #stack = new GrowingInt32();
  readonly #child = new PairIndex(this.#parent, this.#frame);

  constructor(form: FrameTree['form']) {
    this.#form = form;
    this.#parent.push(-1);
    this.#frame.push(ROOT);
    this.#stack.push(-1);
  }

  get length(): number {
    return this.#parent.length;
  }

  childOf(parent: number, frame: number, stack: number): number {
    const child = this.#child.intern(parent, frame);
    if (child === this.#stack.length) this.#stack.push(stack);
    return child;
  }

  build(nodeOfStack: Int32Array, isCut: boolean): FrameTree {
    return {
      form: this.#form,
      length: this.#parent.length,
      parent: this.#parent.toArray(),
      frame: this.#frame.toArray(),
      stackOfNode: this.#stack.toArray(),
      nodeOfStack,
      isCut,
    };
  }
}

/** Costs of a tree's nodes, split by what became of them. */
export interface CostParts {
  readonly kept: Float64Array;
  readonly movedAway: Float64Array;
  readonly gone: Float64Array;
  readonly movedHere: Float64Array;
  readonly added: Float64Array;
}

export interface FrameTreeCosts {
  readonly metric: MetricId;
  /** What each node allocated itself. */
  readonly self: CostParts;
  /** With everything below it. */
  readonly total: CostParts;
}

const PARTS = ['kept', 'movedAway', 'gone', 'movedHere', 'added'] as const;

/** What one metric says of each node. */
export function weighFrameTree(diff: DiffStacks, tree: FrameTree, metric: MetricId): FrameTreeCosts {
  const self = noCosts(tree.length);
  const base = diff.base[metric];
  const head = diff.head[metric];
  const moved = diff.moved[metric];
  for (let stack = 0; stack < tree.nodeOfStack.length; stack++) {
    if (base[stack] === 0 && head[stack] === 0) continue;
    const node = tree.nodeOfStack[stack];
    self.kept[node] += Math.min(base[stack], head[stack]);
    if (base[stack] > head[stack]) {
      self.movedAway[node] += moved[stack];
      self.gone[node] += base[stack] - head[stack] - moved[stack];
    } else {
      self.movedHere[node] += moved[stack];
      self.added[node] += head[stack] - base[stack] - moved[stack];
    }
  }
  const total = noCosts(tree.length);
  for (const part of PARTS) {
    const column = total[part];
    column.set(self[part]);
    for (let node = tree.length - 1; node > 0; node--) column[tree.parent[node]] += column[node];
  }
  return { metric, self, total };
}

function noCosts(length: number): CostParts {
  return {
    kept: new Float64Array(length),
    movedAway: new Float64Array(length),
    gone: new Float64Array(length),
    movedHere: new Float64Array(length),
    added: new Float64Array(length),
  };
}

export function baseOf(parts: CostParts, node: number): number {
  return parts.kept[node] + parts.movedAway[node] + parts.gone[node];
}

export function headOf(parts: CostParts, node: number): number {
  return parts.kept[node] + parts.movedHere[node] + parts.added[node];
}
