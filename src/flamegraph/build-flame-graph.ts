import type { ProfileDiff } from '../diff/profile-diff.ts';
import type { MetricId } from '../profile/metric.ts';
import type { FlameGraph } from './flame-graph.ts';

/** Costs of one node, split by what became of them: columns of a FlameGraph before it is ordered. */
interface Parts {
  kept: number;
  movedAway: number;
  gone: number;
  movedHere: number;
  added: number;
}

interface FocusNode {
  readonly label: string;
  readonly name: string;
  readonly isRepository: boolean;
  readonly children: Map<number, FocusNode>;
  readonly self: Parts;
  total: Parts;
}

/** Stands for every stack without a frame of the measured code. */
const OUTSIDE = -1;

/**
 * One metric of a diff as a tree of focus stacks: the frames of the measured code, and below the innermost of them
 * the first foreign frame, by which one knows what it called. Library frames in between say how the library works
 * inside, which is not what a reader of the pull request asks.
 *
 *   main;parse;std::map::operator[];_M_emplace;_M_get_node   →   main;parse;std::map::operator[]
 */
export function buildFlameGraph(diff: ProfileDiff, metric: MetricId): FlameGraph {
  const root = makeNode('all', 'all', false);
  const outside = makeNode('outside the repository', 'stacks without a frame of the repository', false);
  const focusNodes = focusNodesOfStacks(diff, root, outside);
  for (let stack = 0; stack < diff.stacks.length; stack++) {
    const self = focusNodes[stack].self;
    const base = diff.base[metric][stack];
    const head = diff.head[metric][stack];
    const moved = diff.moved[metric][stack];
    self.kept += Math.min(base, head);
    if (base > head) {
      self.movedAway += moved;
      self.gone += base - head - moved;
    } else {
      self.movedHere += moved;
      self.added += head - base - moved;
    }
  }
  const outsideBase = baseOf(outside.self);
  const outsideHead = headOf(outside.self);
  const isOutsideDrawn = root.children.size === 0 || changeOf(outside.self) > 0;
  if (isOutsideDrawn) root.children.set(OUTSIDE, outside);
  sumTotals(root);
  return flatten(
    root,
    metric,
    isOutsideDrawn ? { base: 0, head: 0 } : { base: outsideBase, head: outsideHead },
  );
}

/** The node that each stack's self cost belongs to. Callers come first, so each stack builds on its prefix. */
function focusNodesOfStacks(diff: ProfileDiff, root: FocusNode, outside: FocusNode): readonly FocusNode[] {
  const { prefix, frame, length } = diff.stacks;
  const nodes: FocusNode[] = [];
  /** The innermost own node on the way to each stack. */
  const ownNodes: FocusNode[] = [];
  for (let stack = 0; stack < length; stack++) {
    const caller = prefix[stack];
    const ownCaller = caller < 0 ? root : ownNodes[caller];
    const { isOwn, shortName, name } = diff.frames[frame[stack]];
    if (isOwn) {
      nodes[stack] = childOf(ownCaller, frame[stack], shortName, name, true);
      ownNodes[stack] = nodes[stack];
      continue;
    }
    ownNodes[stack] = ownCaller;
    if (ownCaller === root) nodes[stack] = outside;
    else if (caller >= 0 && nodes[caller] !== ownCaller) nodes[stack] = nodes[caller];
    else nodes[stack] = childOf(ownCaller, frame[stack], shortName, name, false);
  }
  return nodes;
}

function childOf(
  parent: FocusNode,
  key: number,
  label: string,
  name: string,
  isRepository: boolean,
): FocusNode {
  let child = parent.children.get(key);
  if (child === undefined) {
    child = makeNode(label, name, isRepository);
    parent.children.set(key, child);
  }
  return child;
}

function makeNode(label: string, name: string, isRepository: boolean): FocusNode {
  return { label, name, isRepository, children: new Map(), self: noParts(), total: noParts() };
}

function noParts(): Parts {
  return { kept: 0, movedAway: 0, gone: 0, movedHere: 0, added: 0 };
}

function baseOf(parts: Parts): number {
  return parts.kept + parts.movedAway + parts.gone;
}

function headOf(parts: Parts): number {
  return parts.kept + parts.movedHere + parts.added;
}

function changeOf(parts: Parts): number {
  return parts.gone + parts.added + parts.movedAway + parts.movedHere;
}

/** Nodes with callers before callees, each node's children together. Loops, since stacks may be deep. */
function inOrder(root: FocusNode): FocusNode[] {
  const nodes = [root];
  for (let at = 0; at < nodes.length; at++)
    for (const child of nodes[at].children.values()) nodes.push(child);
  return nodes;
}

function sumTotals(root: FocusNode): void {
  const nodes = inOrder(root);
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at];
    const total = { ...node.self };
    for (const { total: below } of node.children.values()) {
      total.kept += below.kept;
      total.movedAway += below.movedAway;
      total.gone += below.gone;
      total.movedHere += below.movedHere;
      total.added += below.added;
    }
    node.total = total;
  }
}

/** What changed most comes first, then what is largest, then by name: the same order in both panes. */
function drawingOrder(a: FocusNode, b: FocusNode): number {
  const byChange = b.total.gone + b.total.added - (a.total.gone + a.total.added);
  if (byChange !== 0) return byChange;
  const bySize = baseOf(b.total) + headOf(b.total) - (baseOf(a.total) + headOf(a.total));
  if (bySize !== 0) return bySize;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function flatten(root: FocusNode, metric: MetricId, outside: FlameGraph['outside']): FlameGraph {
  const nodes: FocusNode[] = [];
  const parents: number[] = [];
  const depths: number[] = [];
  const stack: { node: FocusNode; parent: number; depth: number }[] = [{ node: root, parent: -1, depth: 0 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, parent, depth } = next;
    const index = nodes.push(node) - 1;
    parents.push(parent);
    depths.push(depth);
    const children = [...node.children.values()].filter(({ total }) => baseOf(total) + headOf(total) > 0);
    children.sort(drawingOrder);
    for (const child of children.reverse()) stack.push({ node: child, parent: index, depth: depth + 1 });
  }
  const column = (value: (node: FocusNode) => number) => Float64Array.from(nodes, value);
  return {
    metric,
    length: nodes.length,
    parent: Int32Array.from(parents),
    depth: Int32Array.from(depths),
    label: nodes.map(({ label }) => label),
    name: nodes.map(({ name }) => name),
    isRepository: Uint8Array.from(nodes, ({ isRepository }) => (isRepository ? 1 : 0)),
    kept: column(({ total }) => total.kept),
    movedAway: column(({ total }) => total.movedAway),
    gone: column(({ total }) => total.gone),
    movedHere: column(({ total }) => total.movedHere),
    added: column(({ total }) => total.added),
    self: {
      kept: column(({ self }) => self.kept),
      movedAway: column(({ self }) => self.movedAway),
      gone: column(({ self }) => self.gone),
      movedHere: column(({ self }) => self.movedHere),
      added: column(({ self }) => self.added),
    },
    outside,
  };
}
