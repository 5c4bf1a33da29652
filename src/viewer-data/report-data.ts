import type { DiffFrame } from '../diff/profile-diff.ts';
import type { HeapFacts } from '../profile/heap-facts.ts';
import type { MetricId } from '../profile/metric.ts';
import type { CostColumns } from '../profile/profile.ts';
import type { LineRow } from '../report/line-table.ts';
import type { MetricReport, Revision, Verdict } from '../report/report.ts';

/*
 * What the page of the report needs beyond the words and tables that are in it already: the stacks of both sides, with
 * every metric. Made where the report is made, written into the page, read by its script.
 */

/** A diff's stacks, as many as a page can hold. */
export interface StackData {
  readonly frames: readonly DiffFrame[];
  readonly stacks: {
    readonly length: number;
    /** The caller's stack, or -1 at a root. Always smaller than the stack's own index. */
    readonly prefix: Int32Array;
    /** Index into `frames`. */
    readonly frame: Int32Array;
    /** Line of the frame's file at which most passes through it, on each side; 0 when unknown. */
    readonly baseLine: Int32Array;
    readonly headLine: Int32Array;
    /** How many frames a row stands for that were merged because they are small; else 0. */
    readonly merged: Int32Array;
  };
  /** Self costs. */
  readonly base: CostColumns;
  readonly head: CostColumns;
  readonly moved: CostColumns;
}

/** What the page knows of one benchmark. */
export interface BenchmarkData extends StackData {
  readonly name: string;
  readonly verdict: Verdict;
  /** The headline metric. */
  readonly primary: MetricId;
  /** Whether base was measured. */
  readonly hasBase: boolean;
  readonly metrics: readonly MetricReport[];
  readonly heap: { readonly base: HeapFacts; readonly head: HeapFacts };
  /** Those with the largest changes. */
  readonly lines: readonly LineRow[];
  /** Whether `lines` passes over functions that wrap malloc. */
  readonly hasWrappers: boolean;
  /** Lines that are not in `lines`. */
  readonly hiddenLines: number;
}

/** What the program of the page reads, beside the words that are in the page already. */
export interface ReportData {
  readonly base: Revision | null;
  readonly head: Revision;
  readonly repositoryUrl: string | null;
  /** In the report's order; null where there is nothing to draw. */
  readonly benchmarks: readonly (BenchmarkData | null)[];
}
