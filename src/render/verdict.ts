import type { BenchmarkReport, MetricReport } from '../report/report.ts';

/** The verdict on a metric as a word beside a sign, never a sign or a colour alone: '▼ less'. */
export function metricVerdictWords(report: MetricReport): string {
  switch (report.verdict) {
    case 'improved':
      return `▼ less${report.isAdvisory ? ' (advisory)' : ''}`;
    case 'grew':
      return `▲ more${report.isAdvisory ? ' (advisory)' : ''}`;
    case 'regressed':
      return report.limit?.kind === 'budget' ? '❌ over budget' : '❌ over limit';
    case 'new':
      if (report.limit === null) return 'new';
      return report.limit.kind === 'budget' ? 'within budget' : 'not checked';
    case 'unchanged':
      return report.delta === 0 ? '=' : '≈ same';
  }
}

/** The same in signs that every font has. */
export function plainVerdictWords(report: MetricReport): string {
  return metricVerdictWords(report).replace('❌', '▲');
}

/** The verdict on a whole benchmark, for a row in a table of many. */
export function benchmarkVerdictWords(benchmark: BenchmarkReport): string {
  switch (benchmark.verdict) {
    case 'improved':
      return '▼ less';
    case 'grew':
      return '▲ more';
    case 'regressed':
      return '❌ over limit';
    case 'new':
      return 'new';
    case 'failed':
      return '❌ failed';
    case 'cancelled':
      return 'cancelled';
    case 'unchanged':
      return '=';
  }
}
