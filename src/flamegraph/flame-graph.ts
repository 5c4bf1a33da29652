import type { MetricId } from '../profile/metric.ts';
import { baseOf, type CostParts, headOf } from './cost-parts.ts';

/*
 * One metric of a ProfileDiff as a tree of frames with totals on both sides, ready to be drawn. Runs in a browser.
 */

export type NodeIndex = number;

export type Side = 'base' | 'head';

/** Its own parts are totals: of each node and everything below it, in bytes or calls. */
export interface FlameGraph extends CostParts {
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
  /** The parts of the node alone, without its children. */
  readonly self: CostParts;
  /** Costs of stacks with no frame of the repository, which are left out of the tree. */
  readonly outside: { readonly base: number; readonly head: number };
}

/** What base has of a node and everything below it. */
export function baseTotal(graph: FlameGraph, node: NodeIndex): number {
  return baseOf(graph, node);
}

/** What head has of a node and everything below it. */
export function headTotal(graph: FlameGraph, node: NodeIndex): number {
  return headOf(graph, node);
}

/** What one side has of a node and everything below it. */
export function totalOn(side: Side, graph: FlameGraph, node: NodeIndex): number {
  return side === 'base' ? baseTotal(graph, node) : headTotal(graph, node);
}
