import type { CallSites, ProfileDiff } from '../diff/profile-diff.ts';
import { totalCosts } from '../profile/totals.ts';
import { hasWrappers } from '../report/allocator-wrappers.ts';
import { buildLineTable } from '../report/line-table.ts';
import type { BenchmarkReport, Report } from '../report/report.ts';
import type { ChangedLines } from '../report/source-lines.ts';
import { mergeSmallStacks } from './merge-small-stacks.ts';
import type { BenchmarkData, ReportData, StackData } from './report-data.ts';

/** What a benchmark's numbers were made of. */
export interface BenchmarkSource {
  readonly diff: ProfileDiff;
  /** Null where there is no repository, or no base. */
  readonly lines: ChangedLines | null;
}

/** By the benchmarks' names; those without numbers are not in it. */
export type BenchmarkSources = ReadonlyMap<string, BenchmarkSource>;

/** Rows of the table of lines; the smallest changes are left out. */
const MAXIMUM_LINES = 1000;

/** @param maximumStacks of all benchmarks together */
export function buildReportData(
  report: Report,
  sources: BenchmarkSources,
  maximumStacks: number,
): ReportData {
  const stacksEach = Math.floor(maximumStacks / Math.max(1, sources.size));
  return {
    base: report.base,
    head: report.head,
    repositoryUrl: report.repositoryUrl,
    benchmarks: report.benchmarks.map((benchmark) => {
      const source = sources.get(benchmark.name);
      return source === undefined ? null : benchmarkData(benchmark, source, stacksEach);
    }),
  };
}

function benchmarkData(
  benchmark: BenchmarkReport,
  { diff, lines }: BenchmarkSource,
  maximumStacks: number,
): BenchmarkData {
  const { name, verdict, primary, metrics } = benchmark;
  const lineTable = buildLineTable(diff, lines, primary);
  return {
    name,
    verdict,
    primary,
    metrics,
    hasBase: metrics.some((metric) => metric.base !== null),
    heap: diff.heap,
    ...mergeSmallStacks(stackData(diff), maximumStacks),
    lines: lineTable.slice(0, MAXIMUM_LINES),
    hasWrappers: hasWrappers(diff, lines),
    hiddenLines: Math.max(0, lineTable.length - MAXIMUM_LINES),
  };
}

function stackData({ frames, stacks, base, head, moved, baseSites, headSites }: ProfileDiff): StackData {
  const { length, prefix, frame } = stacks;
  return {
    frames,
    stacks: {
      length,
      prefix,
      frame,
      baseLine: linesOfStacks(length, baseSites),
      headLine: linesOfStacks(length, headSites),
      merged: new Int32Array(length),
    },
    base,
    head,
    moved,
  };
}

function linesOfStacks(length: number, sites: CallSites): Int32Array {
  const lines = new Int32Array(length);
  const largest = new Float64Array(length).fill(-1);
  const totals = totalCosts(sites.costs.allocated, sites.prefix);
  for (let site = 0; site < sites.length; site++) {
    const stack = sites.stack[site];
    if (sites.path[site] === null || sites.line[site] <= 0 || totals[site] <= largest[stack]) continue;
    largest[stack] = totals[site];
    lines[stack] = sites.line[site];
  }
  return lines;
}
