import { type HeapFacts, type HeapSeries, peakOf } from '../profile/heap-facts.ts';
import type { Axis } from './view-state.ts';

/** One side's live heap, ready to be drawn: it begins with nothing at 0. */
export interface HeapCurve {
  readonly side: 'base' | 'head';
  readonly series: HeapSeries;
  readonly peak: { readonly at: number; readonly live: number };
  /** Where the program ended. */
  readonly end: number;
  readonly programs: number;
}

type Sides = { readonly base: HeapFacts; readonly head: HeapFacts };

/** Fewer points of time say less than the order of events does: heaptrack notes the time every 10 ms. */
const ENOUGH_TIMES = 20;

/** The sides whose trace has the axis. */
export function curvesOf(heap: Sides, axis: Axis): readonly HeapCurve[] {
  const curves: HeapCurve[] = [];
  for (const side of ['base', 'head'] as const) {
    const { timeline } = heap[side];
    const series = axis === 'time' ? timeline?.byTime : timeline?.byEvents;
    const peak = series && peakOf(series);
    if (timeline === null || series === undefined || peak == null) continue;
    curves.push({
      side,
      series: series.at[0] === 0 ? series : { at: withZero(series.at), live: withZero(series.live) },
      peak,
      end: series.at[series.at.length - 1],
      programs: timeline.programs,
    });
  }
  return curves;
}

/** What a reader sees who has not chosen. */
export function firstAxis(heap: Sides): Axis {
  const times = curvesOf(heap, 'time').map(({ series }) => series.at.length);
  return times.length > 0 && Math.min(...times) >= ENOUGH_TIMES ? 'time' : 'events';
}

function withZero(column: Float64Array): Float64Array {
  const longer = new Float64Array(column.length + 1);
  longer.set(column, 1);
  return longer;
}

/** The most that was live between the point before `at` and the one after; null after the end. */
export function liveAt({ series: { at, live } }: HeapCurve, place: number): number | null {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle] < place) low = middle + 1;
    else high = middle;
  }
  return low < live.length ? live[low] : null;
}

/** The most that was live from one place to another; null after the end. */
export function mostLiveWithin(curve: HeapCurve, from: number, to: number): number | null {
  const { at, live } = curve.series;
  let most = liveAt(curve, to) ?? liveAt(curve, Math.min(to, curve.end));
  if (from >= curve.end && curve.end > 0) return null;
  for (let point = 0; point < at.length; point++) {
    if (at[point] > from && at[point] <= to && live[point] > (most ?? -1)) most = live[point];
  }
  return most;
}
