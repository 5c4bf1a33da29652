import type { MetricId } from '../profile/metric.ts';

/*
 * One metric of a ProfileDiff as a tree of frames with totals on both sides, ready to be drawn. Runs in a browser.
 * At every node: base = kept + movedAway + gone and head = kept + movedHere + added, each the sum over its leaves.
 */

export type NodeIndex = number;

export interface FlameGraph {
  readonly metric: MetricId;
  readonly length: number;
  /** Node 0 is the root ('all'), parent -1. A parent always comes before its children, siblings in drawing order. */
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  /** Short name, for boxes. */
  readonly label: readonly string[];
  /** Full name, for tooltips. */
  readonly name: readonly string[];
  readonly isRepository: Uint8Array;
  /** Totals: the node's own cost and everything below. Bytes or calls. */
  readonly kept: Float64Array;
  readonly movedAway: Float64Array;
  readonly gone: Float64Array;
  readonly movedHere: Float64Array;
  readonly added: Float64Array;
  /** The same five of the node alone, without its children. */
  readonly self: {
    readonly kept: Float64Array;
    readonly movedAway: Float64Array;
    readonly gone: Float64Array;
    readonly movedHere: Float64Array;
    readonly added: Float64Array;
  };
  /** Costs of stacks with no frame of the repository, which are left out of the tree. */
  readonly outside: { readonly base: number; readonly head: number };
}

export function baseTotal(graph: FlameGraph, node: NodeIndex): number {
  return graph.kept[node] + graph.movedAway[node] + graph.gone[node];
}

export function headTotal(graph: FlameGraph, node: NodeIndex): number {
  return graph.kept[node] + graph.movedHere[node] + graph.added[node];
}
