import type { ProfileDiff } from '../diff/profile-diff.ts';
import { GrowingInt32 } from '../profile/columns.ts';
import { METRIC_IDS } from '../profile/metric.ts';
import { StackRows } from '../profile/stack-rows.ts';

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

/** How stacks become a tree. */
export interface FrameTreeOptions {
  /**
   * `focus`: the frames of the measured code, and below the innermost of them the first foreign frame, by which one
   * knows what it called. `full`: every frame.
   */
  readonly form: 'focus' | 'full';
  /** `callees`: from main downwards. `callers`: what allocated first, below it who called it. */
  readonly direction: 'callees' | 'callers';
  /** Whether a frame that is there already on the way from the root is taken for its first occurrence. */
  readonly isRecursionFolded?: boolean;
}

/** Stands for no frame: the node that everything belongs to. */
export const ROOT = -1;
/** Stands for every stack without a frame of the measured code. */
export const OUTSIDE = -2;
/** The measured code is the repository's, or without a repository the program's executable: see `DiffFrame.isOwn`. */
export const OUTSIDE_NAME = 'outside the program’s own code';

/** The nodes, in columns. */
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
  /** Whether the outermost callers of the smaller stacks were left off because there are too many. */
  readonly isCut: boolean;
}

/** The tree of a diff's stacks, of all metrics at once. */
export function buildFrameTree(diff: DiffStacks, options: FrameTreeOptions): FrameTree {
  const whole = options.form === 'full' ? fullTree(diff) : focusTree(diff);
  const tree = options.isRecursionFolded ? foldRecursion(whole) : whole;
  return options.direction === 'callees' ? tree : invertTree(diff, tree);
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

/**
 * Direct and mutual recursion alike: what a repeated frame calls is what its first occurrence calls.
 *
 *   main;parse;list;parse;list;push 8     main;parse;list;push 8
 *   main;parse;list;parse;word 5          main;parse;word 5
 */
function foldRecursion(whole: FrameTree): FrameTree {
  const tree = new TreeBuilder(whole.form);
  const folded = new Int32Array(whole.length);
  for (let node = 1; node < whole.length; node++) {
    const frame = whole.frame[node];
    const caller = folded[whole.parent[node]];
    const first = tree.occurrenceAbove(caller, frame);
    folded[node] = first < 0 ? tree.childOf(caller, frame, whole.stackOfNode[node]) : first;
  }
  return tree.build(
    whole.nodeOfStack.map((node) => folded[node]),
    whole.isCut,
  );
}

/** Nodes of a tree of callers: each stack adds its whole length, so 100,000 stacks could make millions. */
const MAXIMUM_INVERTED_NODES = 90_000;
/** What allocated, and who called it: of every stack, however many there are. */
const LEVELS_OF_ALL = 2;
/** From then on each level may fill this share of the room that is left, the largest stacks first: they get to main. */
const SHARE_OF_ROOM = 1 / 16;

/** Level by level from what allocates. */
function invertTree(diff: DiffStacks, callees: FrameTree): FrameTree {
  const tree = new TreeBuilder(callees.form);
  const inverted = new Int32Array(callees.length);
  const at = Int32Array.from({ length: callees.length }, (_, node) => node);
  const weights = ownWeights(diff, callees);
  let active: number[] = [];
  for (let node = 1; node < callees.length; node++) if (weights[node] > 0) active.push(node);
  let isCut = false;
  for (let level = 0; active.length > 0; level++) {
    const room = Math.max(0, MAXIMUM_INVERTED_NODES - tree.length);
    const most = Math.floor(room * SHARE_OF_ROOM);
    if (level >= LEVELS_OF_ALL && room < MAXIMUM_INVERTED_NODES / 2 && active.length > most) {
      active = heaviest(active, weights, most);
      isCut = true;
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

/** For each node the largest share that its own cost, or change, has in any metric; 0 for those without a cost. */
function ownWeights({ base, head }: DiffStacks, { length, nodeOfStack }: FrameTree): Float64Array {
  const weights = new Float64Array(length);
  const cost = new Float64Array(length);
  const change = new Float64Array(length);
  for (const id of METRIC_IDS) {
    const [ofBase, ofHead] = [base[id], head[id]];
    cost.fill(0);
    change.fill(0);
    let wholeCost = 0;
    let wholeChange = 0;
    for (let stack = 0; stack < nodeOfStack.length; stack++) {
      const sum = ofBase[stack] + ofHead[stack];
      if (sum === 0) continue;
      const node = nodeOfStack[stack];
      const difference = Math.abs(ofBase[stack] - ofHead[stack]);
      cost[node] += sum;
      change[node] += difference;
      wholeCost += sum;
      wholeChange += difference;
    }
    for (let node = 1; node < length; node++) {
      if (cost[node] === 0) continue;
      let share = cost[node] / wholeCost;
      if (wholeChange > 0 && change[node] > share * wholeChange) share = change[node] / wholeChange;
      if (share > weights[node]) weights[node] = share;
    }
  }
  return weights;
}

/** At most `count` of the nodes, in their order. */
function heaviest(nodes: readonly number[], weights: Float64Array, count: number): number[] {
  if (count === 0) return [];
  const sorted = Float64Array.from(nodes, (node) => weights[node]).sort();
  const limit = sorted[Math.max(0, sorted.length - count)];
  return nodes.filter((node) => weights[node] >= limit).slice(0, count);
}

/** Keeps one node for each frame under each parent. */
class TreeBuilder {
  readonly #form: FrameTree['form'];
  readonly #nodes = new StackRows();
  readonly #stack = new GrowingInt32();

  constructor(form: FrameTree['form']) {
    this.#form = form;
    this.#nodes.append(-1, ROOT);
    this.#stack.push(-1);
  }

  get length(): number {
    return this.#nodes.length;
  }

  childOf(parent: number, frame: number, stack: number): number {
    const child = this.#nodes.intern(parent, frame);
    if (child === this.#stack.length) this.#stack.push(stack);
    return child;
  }

  /** The node itself or the one above it that is this frame's, or -1. */
  occurrenceAbove(node: number, frame: number): number {
    let at = node;
    while (at >= 0 && this.#nodes.frameOf(at) !== frame) at = this.#nodes.prefixOf(at);
    return at;
  }

  build(nodeOfStack: Int32Array, isCut: boolean): FrameTree {
    const { length, prefix: parent, frame } = this.#nodes.toTable();
    return {
      form: this.#form,
      length,
      parent,
      frame,
      stackOfNode: this.#stack.toArray(),
      nodeOfStack,
      isCut,
    };
  }
}
