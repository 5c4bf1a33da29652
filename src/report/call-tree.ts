import { baseTotal, type FlameGraph, headTotal } from '../flamegraph/flame-graph.ts';
import { type ChildLinks, linkChildren } from '../profile/child-links.ts';
import type { CallTree, CallTreeRow } from './report.ts';

/** What fits on a screen of a comment without scrolling. */
const MAX_ROWS = 16;
/** A frame below this share of the larger side is not worth a line. */
const MIN_SHARE = 0.01;

/** The tree of calls as text rows: callers before callees, largest change first, chains of only children in one row. */
export function buildCallTree(graph: FlameGraph): CallTree {
  const links = linkChildren(graph.parent);
  const scale = Math.max(baseTotal(graph, 0), headTotal(graph, 0));
  const rows: CallTreeRow[] = [];
  let shown = 1;
  const pending = visibleChildren(graph, links, 0, scale)
    .map((node, index, all) => ({ node, depth: 0, hasNextSibling: index < all.length - 1 }))
    .reverse();
  for (let next = pending.pop(); next !== undefined && rows.length < MAX_ROWS; next = pending.pop()) {
    const names: string[] = [];
    let node = next.node;
    for (;;) {
      names.push(graph.label[node]);
      shown++;
      const only = onlyChildOf(links, node);
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
    const below = visibleChildren(graph, links, node, scale);
    for (let index = below.length - 1; index >= 0; index--) {
      pending.push({ node: below[index], depth: next.depth + 1, hasNextSibling: index < below.length - 1 });
    }
  }
  return { rows, hiddenFrames: graph.length - shown };
}

/** -1 when there are none or several. */
function onlyChildOf({ firstChild, nextSibling }: ChildLinks, node: number): number {
  const first = firstChild[node];
  return first >= 0 && nextSibling[first] < 0 ? first : -1;
}

function visibleChildren(
  graph: FlameGraph,
  { firstChild, nextSibling }: ChildLinks,
  node: number,
  scale: number,
): number[] {
  const visible: number[] = [];
  for (let child = firstChild[node] ?? -1; child >= 0; child = nextSibling[child]) {
    if (Math.max(baseTotal(graph, child), headTotal(graph, child)) >= MIN_SHARE * scale) visible.push(child);
  }
  return visible;
}
