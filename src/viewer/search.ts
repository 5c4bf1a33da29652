import type { DiffFrame } from '../diff/profile-diff.ts';
import { baseTotal, type FlameGraph, headTotal } from '../flamegraph/flame-graph.ts';

/** What a search found in a graph. */
export interface Matches {
  /** 1 for each node whose name matches. */
  readonly isMatch: Uint8Array;
  /** Nodes that match, in drawing order. */
  readonly nodes: readonly number[];
  /** Bytes or calls below the matches; of matches inside each other only the outer one counts. */
  readonly base: number;
  readonly head: number;
}

export type Matcher = (text: string) => boolean;

/** Names are read no further: a pattern with many ways to match would take too long on a C++ template. */
const LONGEST_TEXT = 400;

/**
 * A part of a name, in any case, or a regular expression between slashes.
 * @returns null for an empty search, and the reason when the expression is none
 */
export function makeMatcher(query: string): Matcher | null | { readonly problem: string } {
  const pattern = /^\/(.+)\/$/.exec(query)?.[1];
  if (pattern !== undefined) {
    try {
      const expression = new RegExp(pattern, 'iu');
      return (text) => expression.test(text.slice(0, LONGEST_TEXT));
    } catch (error) {
      // Browsers say first that it is an expression, and repeat it.
      return { problem: (error as Error).message.replace(/^Invalid regular expression: .*: /s, '') };
    }
  }
  const wanted = query.trim().toLowerCase();
  return wanted === '' ? null : (text) => text.toLowerCase().includes(wanted);
}

/** Whether each frame matches, by its full or its short name. */
export function matchFrames(frames: readonly DiffFrame[], matches: Matcher): Uint8Array {
  return Uint8Array.from(frames, ({ name, shortName }) => (matches(name) || matches(shortName) ? 1 : 0));
}

/** @param frameOf the frame of each node of the graph, negative for none */
export function findMatches(
  graph: FlameGraph,
  frameOf: (node: number) => number,
  isFrameMatch: Uint8Array,
): Matches {
  const isMatch = new Uint8Array(graph.length);
  const isInside = new Uint8Array(graph.length);
  const nodes: number[] = [];
  let base = 0;
  let head = 0;
  for (let node = 1; node < graph.length; node++) {
    const parent = graph.parent[node];
    isInside[node] = isInside[parent] | isMatch[parent];
    const frame = frameOf(node);
    if (frame < 0 || isFrameMatch[frame] === 0) continue;
    isMatch[node] = 1;
    nodes.push(node);
    if (isInside[node]) continue;
    base += baseTotal(graph, node);
    head += headTotal(graph, node);
  }
  return { isMatch, nodes, base, head };
}
