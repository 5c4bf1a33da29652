/**
 * Measures speed and memory side by side with heaptrack_print, on large traces of real programs, and writes
 * docs/performance.md. Both sides run alternately in the same minutes, so that what else the machine does hits both;
 * the ratios count, not the seconds. Needs heaptrack, g++, python3 and, the first time, some minutes to record.
 *
 *   npm run build && npm run bench
 */

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, release, tmpdir, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { findHeaptrack } from '../src/trackers/heaptrack/find-heaptrack.ts';
import { measureInTurn, measureProcess, medianOf, type Usage } from './bench/measure-process.ts';
import {
  countContent,
  recordTraces,
  type TraceContent,
  type TracePair,
  type TraceSeries,
} from './bench/record-traces.ts';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** What heaptrack_print can make a flame graph of; it has no bytes allocated in total. */
const COST_TYPES = ['allocations', 'temporary', 'leaked', 'peak'];

interface PairResult {
  readonly pair: TracePair;
  readonly base: TraceContent;
  readonly head: TraceContent;
  readonly read: Usage;
  readonly floor: Usage;
  readonly print: Usage;
  readonly diff: Usage;
  readonly printEightTimes: Usage;
  readonly printDiff: Usage;
}

interface SeriesResult {
  readonly times: number;
  readonly content: TraceContent;
  readonly read: Usage;
}

const environment = Object.fromEntries(
  Object.entries(process.env).filter(([, value]) => value !== undefined),
);
const heaptrack = await findHeaptrack(environment as Record<string, string>, new AbortController().signal);
if (heaptrack === null) throw new Error('heaptrack is not installed: apt-get install heaptrack');
const say = (message: string) => console.error(`… ${message}`);
const cache = join(tmpdir(), `memtrack-bench-${heaptrack.version}`);
const { pairs, series } = await recordTraces(cache, heaptrack, say);
const work = await mkdtemp(join(tmpdir(), 'memtrack-bench-run-'));
try {
  const programs = await bundlePrograms(work);
  const results: PairResult[] = [];
  for (const pair of pairs) results.push(await measurePair(pair, programs));
  const report = describe(
    results,
    await measureSeries(series, programs.read),
    heaptrack.version,
    await gitHead(),
  );
  await writeFile(join(ROOT, 'docs/performance.md'), report);
  console.log(report);
} finally {
  await rm(work, { recursive: true, force: true });
}

/** The small programs beside this file as the users' code is: bundled, so that no time goes into TypeScript. */
async function bundlePrograms(folder: string): Promise<{ read: string; decompress: string }> {
  const input = {
    read: join(ROOT, 'scripts/bench/read-one-trace.ts'),
    decompress: join(ROOT, 'scripts/bench/decompress-one-trace.ts'),
  };
  const bundle = await rolldown({ cwd: ROOT, input, platform: 'node' });
  await bundle.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].mjs',
  });
  await bundle.close();
  return { read: join(folder, 'read.mjs'), decompress: join(folder, 'decompress.mjs') };
}

async function measurePair(
  pair: TracePair,
  programs: { read: string; decompress: string },
): Promise<PairResult> {
  const { base, head } = pair;
  const node = (...args: string[]) => measureProcess(process.execPath, args);
  const print = (path: string, type: string) =>
    measureProcess('heaptrack_print', [
      ...['--flamegraph-cost-type', type, '-F', join(work, `print-${type}.folded`), '-f', path],
      ...['-p', '0', '-a', '0', '-T', '0', '-l', '0'],
    ]);
  const both = [base, head];
  const measured = await alternate(pair.name, {
    floor: () => node(programs.decompress, base),
    read: () => node(programs.read, base),
    print: () => print(base, 'allocations'),
    diff: () => node(join(ROOT, 'dist/cli.js'), 'diff', '--out', join(work, 'report'), base, head),
    printEightTimes: () =>
      measureInTurn(both.flatMap((path) => COST_TYPES.map((type) => () => print(path, type)))),
    printDiff: () => measureProcess('heaptrack_print', ['-d', base, '-f', head]),
  });
  return { pair, base: await countContent(base), head: await countContent(head), ...measured };
}

async function measureSeries({ times, paths }: TraceSeries, program: string): Promise<SeriesResult[]> {
  const runs = Object.fromEntries(
    paths.map((path, index) => [`x${times[index]}`, () => measureProcess(process.execPath, [program, path])]),
  );
  const measured = await alternate('growth', runs);
  const results: SeriesResult[] = [];
  for (const [index, path] of paths.entries()) {
    const content = await countContent(path);
    results.push({ times: times[index], content, read: measured[`x${times[index]}`] });
  }
  return results;
}

/** Runs each in turn, several times, and gives the medians. The first round warms the disk's cache and is dropped. */
async function alternate<K extends string>(
  title: string,
  runs: Readonly<Record<K, () => Promise<Usage>>>,
): Promise<Record<K, Usage>> {
  const names = Object.keys(runs) as K[];
  const usages = new Map<K, Usage[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    say(`${title}, round ${round} of ${ROUNDS}`);
    for (const name of names) {
      const usage = await runs[name]();
      if (round > 0) usages.get(name)?.push(usage);
    }
  }
  return Object.fromEntries(names.map((name) => [name, medianOf(usages.get(name) ?? [])])) as Record<
    K,
    Usage
  >;
}

async function gitHead(): Promise<string> {
  const { stdout } = await promisify(execFile)('git', ['-C', ROOT, 'log', '-1', '--format=%cs']);
  return stdout.trim();
}

function describe(
  results: readonly PairResult[],
  growth: readonly SeriesResult[],
  heaptrackVersion: string,
  date: string,
): string {
  const machine = `${cpus()[0].model}, ${cpus().length} cores, ${Math.round(totalmem() / 1e9)} GB, Linux ${release().split('-')[0]}`;
  return `# Performance

Written by \`npm run bench\`, which runs both sides alternately, ${ROUNDS} times each; numbers are medians. Ratios are what
to compare: seconds change with the machine and with what else it does.

Measured on ${machine}; Node ${process.versions.node}, heaptrack ${heaptrackVersion}; code as of ${date}.

## The traces

| trace | events | trace nodes | decompressed |
| --- | ---: | ---: | ---: |
${results.flatMap(({ pair, base, head }) => [contentRow(`${pair.name}, base`, base), contentRow(`${pair.name}, head`, head)]).join('\n')}

${results.map(({ pair }) => `\`${pair.name}\`: ${pair.description}.`).join(' ')}

## Reading, all five metrics

Against one \`heaptrack_print -F\`, which gives one metric. The bar is a third of its time. The floor is decompressing
alone, in the same language.

| trace | ours | heaptrack_print | time, ratio | processor time, ratio | memory | floor |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${results.map(({ pair, read, print, floor }) => `| ${pair.name} | ${seconds(read)} | ${seconds(print)} | ${ratio(read, print, 1 / 3)} | ${share(read.cpuSeconds / print.cpuSeconds)} | ${megabytes(read)} : ${megabytes(print)} | ${seconds(floor)} |`).join('\n')}

## Two traces to every output

\`memtrack diff\` (report page, picture, comment, JSON, three folded files) against \`heaptrack_print -F\` for four metrics
of both sides, eight runs. The bar is an eighth of their time together.

| pair | ours | eight runs | time, ratio | processor time, ratio |
| --- | ---: | ---: | ---: | ---: |
${results.map(({ pair, diff, printEightTimes }) => `| ${pair.name} | ${seconds(diff)} | ${seconds(printEightTimes)} | ${ratio(diff, printEightTimes, 1 / 8)} | ${share(diff.cpuSeconds / printEightTimes.cpuSeconds)} |`).join('\n')}

Against \`heaptrack_print -d\`, which writes the difference as text:

| pair | time | time, ratio | memory, ours | its memory | memory, ratio |
| --- | ---: | ---: | ---: | ---: | ---: |
${results.map(({ pair, diff, printDiff }) => `| ${pair.name} | ${seconds(printDiff)} | ${share(diff.seconds / printDiff.seconds)} | ${megabytes(diff)} | ${megabytes(printDiff)} | ${share(diff.peakBytes / printDiff.peakBytes)} |`).join('\n')}

## Growth

One program that does the same more and more often: more events, the same stacks. Off the line says how far the time is
from the straight line that fits all four best; the bar is 15 %. Memory should not grow.

| work | events | trace nodes | time | off the line | memory |
| ---: | ---: | ---: | ---: | ---: | ---: |
${growthRows(growth).join('\n')}
`;
}

function contentRow(name: string, { events, traceNodes, bytes }: TraceContent): string {
  return `| ${name} | ${events.toLocaleString('en')} | ${traceNodes.toLocaleString('en')} | ${Math.round(bytes / 1e6)} MB |`;
}

function growthRows(growth: readonly SeriesResult[]): string[] {
  const line = fitLine(
    growth.map(({ content }) => content.events),
    growth.map(({ read }) => read.seconds),
  );
  return growth.map(({ times, content, read }) => {
    const off = read.seconds / line(content.events) - 1;
    const cells = [
      `${times}×`,
      content.events.toLocaleString('en'),
      content.traceNodes.toLocaleString('en'),
      seconds(read),
      `${off < 0 ? '−' : '+'}${Math.abs(off * 100).toFixed(1)} %${Math.abs(off) <= 0.15 ? '' : ' ✗'}`,
      megabytes(read),
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

/** Least squares. */
function fitLine(xs: readonly number[], ys: readonly number[]): (x: number) => number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const slope = mean(xs.map((x, i) => (x - meanX) * (ys[i] - meanY))) / mean(xs.map((x) => (x - meanX) ** 2));
  return (x) => meanY + slope * (x - meanX);
}

function ratio(ours: Usage, theirs: Usage, bar: number): string {
  const value = ours.seconds / theirs.seconds;
  return `**${share(value)}** ${value <= bar ? '✓' : '✗'}`;
}

function share(value: number): string {
  return value < 1 ? value.toFixed(3) : value.toFixed(2);
}

function seconds(usage: Usage): string {
  return `${usage.seconds.toFixed(2)} s`;
}

function megabytes({ peakBytes }: Usage): string {
  return `${Math.round(peakBytes / 1e6)} MB`;
}
