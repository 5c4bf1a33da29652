import type { BenchmarkReport, MetricReport, Report } from './report.ts';

/**
 * Whether the check fails: head could not be measured to its end, or is over a budget, or grew over a `fail-on` limit
 * and nobody accepted that. Everything that passes or fails, or says so, asks here.
 */
export function doesFail({ benchmarks, accepted }: Pick<Report, 'benchmarks' | 'accepted'>): boolean {
  return benchmarks.length === 0 || benchmarks.some((benchmark) => doesBenchmarkFail(benchmark, accepted));
}

/** Whether one benchmark alone makes the check fail: it was not measured, or is over a limit that nobody lifted. */
export function doesBenchmarkFail(benchmark: BenchmarkReport, accepted: Report['accepted']): boolean {
  const { verdict, headFailure } = benchmark;
  if (headFailure !== null || verdict === 'failed' || verdict === 'cancelled') return true;
  const exceeded = exceededLimits(benchmark);
  return exceeded.some(isOverBudget) || (exceeded.length > 0 && accepted === null);
}

/** The metrics that are over a limit, accepted or not. */
export function exceededLimits({ metrics }: BenchmarkReport): readonly MetricReport[] {
  return metrics.filter(({ verdict }) => verdict === 'regressed');
}

/** Of a metric that is over a limit: whether over one that nobody can lift. */
export function isOverBudget({ limit }: MetricReport): boolean {
  return limit?.kind === 'budget';
}
