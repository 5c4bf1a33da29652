import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { heaptrackFolded } from '../../src/formats/heaptrack/heaptrack-folded.ts';
import type { HeaptrackTables } from '../../src/formats/heaptrack/heaptrack-tables.ts';
import { readTrace } from '../../src/formats/index.ts';
import type { MetricId, Totals } from '../../src/profile/metric.ts';
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

function foldedBytes(tables: HeaptrackTables, metric: MetricId): Buffer {
  return Buffer.concat([...heaptrackFolded(tables, metric)]);
}

function stacksOf(folded: Buffer): string[] {
  return folded
    .toString('latin1')
    .split('\n')
    .map((line) => line.slice(0, line.lastIndexOf(' ')));
}
