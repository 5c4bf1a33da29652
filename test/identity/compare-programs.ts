import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ProfileDiff } from '../../src/diff/profile-diff.ts';
import { baseTotal, headTotal } from '../../src/flamegraph/flame-graph.ts';
import { forEachMetric, type MetricId } from '../../src/profile/metric.ts';
import type { BenchmarkReport, Culprit, FunctionChange } from '../../src/report/report.ts';
import { compareCommits } from '../commands/compare-commits.ts';
import { commitFiles, createRepository } from '../workspace/git-repositories.ts';

export type Files = Readonly<Record<string, string>>;

export interface ProgramPair {
  readonly base: Files;
  /** Files that head has another version of. */
  readonly head: Files;
  readonly build: string;
  readonly run: string;
  readonly metric?: MetricId;
}

export interface ComparedPrograms {
  readonly diff: ProfileDiff;
  readonly benchmark: BenchmarkReport;
}

/** Builds and runs two commits of a new repository as the product does it, and lays them over each other. */
export async function comparePrograms(pair: ProgramPair): Promise<ComparedPrograms> {
  const directory = createRepository();
  const base = commitFiles(directory, pair.base);
  for (const path of Object.keys(pair.base)) rmSync(join(directory, path));
  const head = commitFiles(directory, { ...pair.base, ...pair.head });
  const { report, sources } = await compareCommits(
    directory,
    { base, head },
    {
      metric: pair.metric ?? 'allocated',
      limits: forEachMetric(() => ({
        ignoreBelow: { ratio: null, absolute: 0, text: '0' },
        failOn: null,
        budget: null,
      })),
      build: pair.build,
      run: pair.run,
      runs: 1,
    },
    process.env.HOME ?? '',
  );
  const [benchmark] = report.benchmarks;
  const diff = sources.get('program')?.diff ?? null;
  const failure = benchmark.baseFailure ?? benchmark.headFailure;
  if (diff === null || failure !== null) {
    throw new Error(`${failure?.phase}: ${failure?.message}\n${failure?.lastLines.join('\n')}`);
  }
  return { diff, benchmark };
}

/**
 * What became of the bytes of each stack, by the functions of the measured code in it: `kept main;parse 100`. Library
 * frames are left out, since they differ between compilers; `new main;parse;run 5` has a part for each fate.
 */
export function fates({ diff }: ComparedPrograms, metric: MetricId = 'allocated'): readonly string[] {
  const sums = new Map<string, number>();
  const add = (fate: string, folded: string, cost: number) => {
    if (cost > 0) sums.set(`${fate} ${folded}`, (sums.get(`${fate} ${folded}`) ?? 0) + cost);
  };
  for (let stack = 0; stack < diff.stacks.length; stack++) {
    const base = diff.base[metric][stack];
    const head = diff.head[metric][stack];
    const moved = diff.moved[metric][stack];
    const folded = ownFramesOf(diff, stack).join(';');
    if (folded === '') continue;
    add('kept', folded, Math.min(base, head));
    add(base > head ? 'moved away' : 'moved here', folded, moved);
    add(base > head ? 'gone' : 'new', folded, Math.abs(base - head) - moved);
  }
  return [...sums].map(([text, cost]) => `${text} ${cost}`).sort();
}

function ownFramesOf({ frames, stacks }: ProfileDiff, stack: number): readonly string[] {
  const names: string[] = [];
  for (let at = stack; at >= 0; at = stacks.prefix[at]) {
    const frame = frames[stacks.frame[at]];
    if (frame.isOwn) names.push(frame.shortName);
  }
  return names.reverse();
}

/** The functions whose own allocations changed: `shrank Parser::Parser 1700 → 10 at parser.cpp:12`. */
export function changesOf(
  { benchmark }: ComparedPrograms,
  metric: MetricId = 'allocated',
): readonly string[] {
  return benchmark.changes
    .filter((change) => change.metric === metric)
    .map((change) => `${change.status} ${describeChange(change)}`);
}

export function culpritOf({ benchmark: { culprit } }: ComparedPrograms): string | null {
  return culprit === null ? null : describeChange(culprit);
}

function describeChange({ shortName, base, head, ...place }: FunctionChange | Culprit): string {
  const { file, line, isOnChangedLine } = place;
  const where = file === null ? '' : ` at ${file}:${line}${isOnChangedLine ? ', on a changed line' : ''}`;
  return `${shortName} ${base} → ${head}${where}`;
}

/** head − base of each metric. */
export function deltasOf({
  benchmark,
}: ComparedPrograms): Readonly<Partial<Record<MetricId, number | null>>> {
  return Object.fromEntries(benchmark.metrics.map(({ metric, delta }) => [metric.id, delta]));
}

/** Frames of the flame graph whose totals differ, short names. */
export function changedFrames({ benchmark: { flameGraph } }: ComparedPrograms): readonly string[] {
  if (flameGraph === null) return [];
  return flameGraph.label.filter((_, node) => baseTotal(flameGraph, node) !== headTotal(flameGraph, node));
}
