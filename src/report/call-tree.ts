import { baseTotal, type FlameGraph, headTotal } from '../flamegraph/flame-graph.ts';
import type { CallTree, CallTreeRow } from './report.ts';

/** What fits on a screen of a comment without scrolling. */
const MAX_ROWS = 16;
/** A frame below this share of the larger side is not worth a line. */
const MIN_SHARE = 0.01;

/** The tree of calls as text rows: callers before callees, largest change first, chains of only children in one row. */
export function buildCallTree(graph: FlameGraph): CallTree {
  const children = new Children(graph);
  const scale = Math.max(baseTotal(graph, 0), headTotal(graph, 0));
  const rows: CallTreeRow[] = [];
  let shown = 1;
  const pending = visibleChildren(graph, children.of(0), scale)
    .map((node, index, all) => ({ node, depth: 0, hasNextSibling: index < all.length - 1 }))
    .reverse();
  for (let next = pending.pop(); next !== undefined && rows.length < MAX_ROWS; next = pending.pop()) {
    const names: string[] = [];
    let node = next.node;
    for (;;) {
      names.push(graph.label[node]);
      shown++;
      const only = children.onlyOneOf(node);
      if (only < 0 || baseTotal(graph, only) !== baseTotal(graph, node)) break;
      if (headTotal(graph, only) !== headTotal(graph, node)) break;
      node = only;
    }
    rows.push({
      depth: next.depth,
      hasNextSibling: next.hasNextSibling,
      names,
      base: baseTotal(graph, node),
      head: headTotal(graph, node),
      isMoved:
        graph.movedAway[node] + graph.movedHere[node] > 0 && graph.gone[node] + graph.added[node] === 0,
    });
    const below = visibleChildren(graph, children.of(node), scale);
    for (let index = below.length - 1; index >= 0; index--) {
      pending.push({ node: below[index], depth: next.depth + 1, hasNextSibling: index < below.length - 1 });
    }
  }
  return { rows, hiddenFrames: graph.length - shown };
}

/** The children of few of many nodes, in their order. */
class Children {
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  constructor({ length, parent }: FlameGraph) {
    this.#first = new Int32Array(length).fill(-1);
    this.#next = new Int32Array(length).fill(-1);
    for (let node = length - 1; node > 0; node--) {
      this.#next[node] = this.#first[parent[node]];
      this.#first[parent[node]] = node;
    }
  }

  of(node: number): readonly number[] {
    const children: number[] = [];
    for (let child = this.#first[node] ?? -1; child >= 0; child = this.#next[child]) children.push(child);
    return children;
  }

  /** -1 when there are none or several. */
  onlyOneOf(node: number): number {
    const first = this.#first[node];
    return first >= 0 && this.#next[first] < 0 ? first : -1;
  }
}

function visibleChildren(graph: FlameGraph, children: readonly number[], scale: number): number[] {
  return children.filter(
    (node) => Math.max(baseTotal(graph, node), headTotal(graph, node)) >= MIN_SHARE * scale,
  );
}
