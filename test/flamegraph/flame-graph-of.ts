import type { FlameGraph } from '../../src/flamegraph/flame-graph.ts';
import type { MetricId } from '../../src/profile/metric.ts';

/** Costs of one stack, written as folded text: 'main;parse' with what each side spent there and what of it moved. */
export interface StackCosts {
  readonly stack: string;
  readonly base: number;
  readonly head: number;
  /** Part of base − head that another stack took over. */
  readonly movedAway?: number;
  /** Part of head − base that came from another stack. */
  readonly movedHere?: number;
}

const COLUMNS = ['kept', 'movedAway', 'gone', 'movedHere', 'added'] as const;
type Column = (typeof COLUMNS)[number];
type Costs = Record<Column, number>;

interface Draft {
  readonly parent: number;
  readonly depth: number;
  readonly name: string;
  readonly children: Map<string, Draft>;
  readonly self: Costs;
  readonly total: Costs;
}

/** Makes a flame graph of stacks, siblings ordered as they are drawn: most changed first, then largest, then name. */
export function flameGraphOf(
  stacks: readonly StackCosts[],
  options: { metric?: MetricId; outside?: { base: number; head: number } } = {},
): FlameGraph {
  const root = draft('all', -1, 0);
  for (const costs of stacks) addStack(root, costs);

  // Breadth first, so that callers come before callees and siblings stay in order.
  const nodes: Draft[] = [];
  const parents: number[] = [];
  const queue: { node: Draft; parent: number }[] = [{ node: root, parent: -1 }];
  for (const { node, parent } of queue) {
    const index = nodes.length;
    nodes.push(node);
    parents.push(parent);
    const children = [...node.children.values()].sort(inDrawingOrder);
    for (const child of children) queue.push({ node: child, parent: index });
  }
  const column = (from: 'self' | 'total', name: Column) =>
    Float64Array.from(nodes, (node) => node[from][name]);
  const columns = (from: 'self' | 'total') => ({
    kept: column(from, 'kept'),
    movedAway: column(from, 'movedAway'),
    gone: column(from, 'gone'),
    movedHere: column(from, 'movedHere'),
    added: column(from, 'added'),
  });
  return {
    metric: options.metric ?? 'allocated',
    length: nodes.length,
    parent: Int32Array.from(parents),
    depth: Int32Array.from(nodes, (node) => node.depth),
    label: nodes.map((node) => node.name),
    name: nodes.map((node) => `example::${node.name}`),
    isRepository: Uint8Array.from(nodes, () => 1),
    ...columns('total'),
    self: columns('self'),
    outside: options.outside ?? { base: 0, head: 0 },
  };
}

function draft(name: string, parent: number, depth: number): Draft {
  const zero = () => ({ kept: 0, movedAway: 0, gone: 0, movedHere: 0, added: 0 });
  return { parent, depth, name, children: new Map(), self: zero(), total: zero() };
}

function addStack(root: Draft, { stack, base, head, movedAway = 0, movedHere = 0 }: StackCosts): void {
  const costs: Costs = {
    kept: Math.min(base, head),
    movedAway,
    gone: Math.max(base - head, 0) - movedAway,
    movedHere,
    added: Math.max(head - base, 0) - movedHere,
  };
  let node = root;
  addCosts(node.total, costs);
  for (const name of stack.split(';')) {
    const child = node.children.get(name) ?? draft(name, 0, node.depth + 1);
    node.children.set(name, child);
    node = child;
    addCosts(node.total, costs);
  }
  addCosts(node.self, costs);
}

function addCosts(to: Costs, from: Costs): void {
  for (const name of COLUMNS) to[name] += from[name];
}

function inDrawingOrder(a: Draft, b: Draft): number {
  return changed(b) - changed(a) || size(b) - size(a) || (a.name < b.name ? -1 : 1);
}

function changed({ total }: Draft): number {
  return total.gone + total.added + total.movedAway + total.movedHere;
}

function size({ total }: Draft): number {
  return Math.max(total.kept + total.movedAway + total.gone, total.kept + total.movedHere + total.added);
}
