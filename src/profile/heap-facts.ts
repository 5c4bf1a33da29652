/*
 * What a heap profile knows beside its stacks: how much was live when, and how large the requests were. Both are of
 * the program alone, without what the profiler itself allocated.
 */

export interface HeapFacts {
  /** Null when the input does not say: folded text. */
  readonly timeline: HeapTimeline | null;
  readonly sizes: SizeHistogram | null;
}

/** Live heap along one axis. Each point stands for what was between it and the point before. */
export interface HeapSeries {
  /** Where each point is: strictly ascending, not negative. */
  readonly at: Float64Array;
  /** The most bytes that were live since the point before. */
  readonly live: Float64Array;
}

/** Points of one series. At most half of them are lost to merging, and a screen shows no more. */
export const MAX_SERIES_POINTS = 1024;

/** One run's live heap along two axes, by which it can be drawn. */
export interface HeapTimeline {
  /** By allocations and frees, counted together: the same in every run of a deterministic program. */
  readonly byEvents: HeapSeries;
  /** By milliseconds since heaptrack started, of which it notes every tenth. No points: the trace has no clock. */
  readonly byTime: HeapSeries;
  /** Programs of the run; of several, this is the one with the largest peak. */
  readonly programs: number;
}

/** The largest request of each bucket but the last, which has what is larger: those of heaptrack_gui. */
export const SIZE_BUCKETS = [8, 16, 32, 64, 128, 256, 512, 1024] as const;
export const SIZE_BUCKET_COUNT = SIZE_BUCKETS.length + 1;

/** Allocations by the bytes that were asked for; a row for each bucket. */
export interface SizeHistogram {
  readonly calls: Float64Array;
  readonly bytes: Float64Array;
}

/** Row of a SizeHistogram that requests of so many bytes fall into. */
export function bucketOfSize(size: number): number {
  let bucket = 0;
  while (bucket < SIZE_BUCKETS.length && size > SIZE_BUCKETS[bucket]) bucket++;
  return bucket;
}

/** Where most was live, for the first time; null without points. */
export function peakOf({ at, live }: HeapSeries): { readonly at: number; readonly live: number } | null {
  let peak = -1;
  for (let point = 0; point < live.length; point++) {
    if (peak < 0 || live[point] > live[peak]) peak = point;
  }
  return peak < 0 ? null : { at: at[peak], live: live[peak] };
}
