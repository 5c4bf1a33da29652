import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { totalsWithoutFootprint } from '../../src/diff/footprint.ts';
import { heaptrackFolded } from '../../src/formats/heaptrack/heaptrack-folded.ts';
import type { HeaptrackTables } from '../../src/formats/heaptrack/heaptrack-tables.ts';
import { readTrace } from '../../src/formats/index.ts';
import { bucketOfSize, peakOf, SIZE_BUCKET_COUNT } from '../../src/profile/heap-facts.ts';
import { forEachMetric, type MetricId, type Totals } from '../../src/profile/metric.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { sumCosts } from '../../src/profile/totals.ts';
import {
  askHeaptrackPrint,
  foldedTotal,
  histogramTotal,
  type Judgement,
  PRINTED_COSTS,
  roundedBytes,
} from './heaptrack-print.ts';

export interface Compared {
  /** Lines of each folded text. */
  readonly stacks: number;
  readonly events: number;
  readonly totals: Totals;
  /** The `allocations` text, for looking into. */
  readonly folded: string;
}

/** Holds our reading of a trace to heaptrack_print's, to the byte. */
export async function compareWithHeaptrackPrint(trace: string): Promise<Compared> {
  const directory = await mkdtemp(join(tmpdir(), 'judge-'));
  try {
    const [judgement, { profile, tables }] = await Promise.all([
      askHeaptrackPrint(trace, directory),
      read(trace),
    ]);
    const totals = sumCosts(profile.costs);
    expectEqualStacks(tables, judgement);
    expectEqualTotals(totals, judgement);
    expectEqualSizes(profile, judgement);
    expectPeakInTimeline(profile);
    // The column that heaptrack_print lacks has the same stacks, and its histogram's sum.
    const allocated = foldedBytes(tables, 'allocated');
    expect(foldedTotal(allocated)).toBe(totals.allocated);
    expect(stacksOf(allocated)).toEqual(stacksOf(judgement.folded.allocations));
    const folded = judgement.folded.allocations.toString('latin1');
    return {
      stacks: folded.split('\n').length - 1,
      events: profile.facts.events,
      totals,
      folded,
    };
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function read(trace: string): Promise<{ profile: Profile; tables: HeaptrackTables }> {
  const kept: HeaptrackTables[] = [];
  const profile = await readTrace(createReadStream(trace, { highWaterMark: 1 << 20 }), {
    metric: 'allocated',
    onTables: (tables) => kept.push(tables),
  });
  return { profile, tables: kept[0] };
}

function expectEqualStacks(tables: HeaptrackTables, { folded }: Judgement): void {
  for (const cost of PRINTED_COSTS) {
    const ours = foldedBytes(tables, cost);
    // Line by line only when it pays: the bytes of a large trace are compared at once.
    if (ours.equals(folded[cost])) continue;
    const theirLines = folded[cost].toString('latin1').split('\n');
    const ourLines = ours.toString('latin1').split('\n');
    const first = theirLines.findIndex((line, index) => line !== ourLines[index]);
    expect({ cost, line: first, text: ourLines[first] }).toEqual({
      cost,
      line: first,
      text: theirLines[first],
    });
    expect(ourLines.length, `lines of ${cost}`).toBe(theirLines.length);
  }
}

function expectEqualTotals(totals: Totals, { folded, histogram, summary }: Judgement): void {
  for (const cost of PRINTED_COSTS) expect(totals[cost], cost).toBe(foldedTotal(folded[cost]));
  expect(totals.allocated, 'allocated').toBe(histogramTotal(histogram));
  expect(summary).toEqual({
    allocations: String(totals.allocations),
    temporary: String(totals.temporary),
    leaked: roundedBytes(totals.leaked),
    peak: roundedBytes(totals.peak),
  });
}

/** What the profiler itself allocated is in heaptrack's histogram and not in ours. */
function expectEqualSizes(profile: Profile, { histogram }: Judgement): void {
  const calls = new Float64Array(SIZE_BUCKET_COUNT);
  const bytes = new Float64Array(SIZE_BUCKET_COUNT);
  for (const line of histogram.trimEnd().split('\n')) {
    const [size, count] = line.split('\t').map(Number);
    calls[bucketOfSize(size)] += count;
    bytes[bucketOfSize(size)] += count * size;
  }
  const { sizes } = profile.facts;
  const missing = { calls: difference(calls, sizes?.calls), bytes: difference(bytes, sizes?.bytes) };
  const footprint = footprintOf(profile);
  expect(sum(missing.calls), 'calls by size').toBe(footprint.allocations);
  expect(sum(missing.bytes), 'bytes by size').toBe(footprint.allocated);
  expect(Math.min(...missing.calls, ...missing.bytes)).toBeGreaterThanOrEqual(0);
}

function expectPeakInTimeline(profile: Profile): void {
  const { timeline } = profile.facts;
  const footprint = footprintOf(profile);
  const own = sumCosts(profile.costs).peak - footprint.peak;
  for (const series of [timeline?.byEvents, timeline?.byTime]) {
    const peak = series && peakOf(series);
    // A trace that was cut short may have no clock.
    if (peak == null) continue;
    if (footprint.allocations === 0) expect(peak.live).toBe(own);
    else expect(peak.live).toBeGreaterThanOrEqual(own);
  }
}

function footprintOf(profile: Profile): Totals {
  const whole = sumCosts(profile.costs);
  const program = totalsWithoutFootprint(profile);
  return forEachMetric((id) => whole[id] - program[id]);
}

function difference(theirs: Float64Array, ours: Float64Array | undefined): Float64Array {
  return theirs.map((count, bucket) => count - (ours?.[bucket] ?? Number.NaN));
}

function sum(column: Float64Array): number {
  return column.reduce((total, count) => total + count, 0);
}

function foldedBytes(tables: HeaptrackTables, metric: MetricId): Buffer {
  return Buffer.concat([...heaptrackFolded(tables, metric)]);
}

function stacksOf(folded: Buffer): string[] {
  return folded
    .toString('latin1')
    .split('\n')
    .map((line) => line.slice(0, line.lastIndexOf(' ')));
}
