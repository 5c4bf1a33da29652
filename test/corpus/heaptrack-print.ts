import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The costs that heaptrack_print can write for each stack. */
export const PRINTED_COSTS = ['allocations', 'temporary', 'leaked', 'peak'] as const;
export type PrintedCost = (typeof PRINTED_COSTS)[number];

/** All that heaptrack_print says of a trace, as it wrote it. */
export interface Judgement {
  readonly folded: Readonly<Record<PrintedCost, Buffer>>;
  /** Lines of `size<TAB>count`: bytes allocated in total, which it prints nowhere else. */
  readonly histogram: string;
  /** The summary: totals that do not come from the stacks; bytes are rounded. */
  readonly summary: Readonly<Record<PrintedCost, string>>;
}

/** One process of ours for the four runs, two at a time: starting each from here would take longer than the runs. */
const PRINT_ALL = `
  trace=$1
  print() {
    cost=$1
    shift
    heaptrack_print "$trace" -F "$cost.folded" --flamegraph-cost-type "$cost" -p0 -a0 -T0 "$@" >"$cost.summary"
  }
  print allocations & print temporary; wait
  print leaked & print peak -H histogram; wait`;

/**
 * @param trace absolute path
 * @param directory for its files, which are overwritten
 */
export async function askHeaptrackPrint(trace: string, directory: string): Promise<Judgement> {
  await run('sh', ['-c', PRINT_ALL, 'sh', trace], { cwd: directory });
  const folded = (cost: PrintedCost) => readFile(join(directory, `${cost}.folded`));
  const summary = await readFile(join(directory, 'peak.summary'), 'latin1');
  const said = (pattern: RegExp) => pattern.exec(summary)?.[1] ?? `nothing like ${pattern}`;
  return {
    folded: {
      allocations: await folded('allocations'),
      temporary: await folded('temporary'),
      leaked: await folded('leaked'),
      peak: await folded('peak'),
    },
    histogram: await readFile(join(directory, 'histogram'), 'latin1'),
    summary: {
      allocations: said(/^calls to allocation functions: (\d+) /m),
      temporary: said(/^temporary memory allocations: (\d+) /m),
      leaked: said(/^total memory leaked: (\S+)$/m),
      peak: said(/^peak heap memory consumption: (\S+)$/m),
    },
  };
}

/** Bytes as the summary has them: 1000 is still `1000B`, 1001 is `1.00K`. */
export function roundedBytes(bytes: number): string {
  let rounded = bytes;
  let unit = 0;
  for (; unit < 4 && rounded > 1000; unit++) rounded /= 1000;
  return unit === 0 ? `${bytes}B` : `${rounded.toFixed(2)}${'BKMGT'[unit]}`;
}

export function histogramTotal(histogram: string): number {
  let total = 0;
  for (const line of histogram.trimEnd().split('\n')) {
    const [size, count] = line.split('\t');
    total += Number(size) * Number(count);
  }
  return total;
}

/** The sum of the numbers at the ends of the lines. */
export function foldedTotal(folded: Buffer): number {
  let total = 0;
  for (const line of folded.toString('latin1').trimEnd().split('\n')) {
    total += Number(line.slice(line.lastIndexOf(' ') + 1));
  }
  return total;
}
