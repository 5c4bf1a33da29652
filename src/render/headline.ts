import type { MetricId } from '../profile/metric.ts';
import { doesBenchmarkFail, exceededLimits, isOverBudget } from '../report/does-fail.ts';
import type { BenchmarkReport, MetricReport, Report, SideFailure, Verdict } from '../report/report.ts';
import { formatBaseToHead, formatCount, formatDelta, formatPercent, formatQuantity } from './quantity.ts';

/**
 * The result in one line, the same words in every output: '2 MB → 300 KB (−85 %)'. Holds no names, so it needs no
 * escaping.
 */
export function headline(subject: Report | BenchmarkReport): string {
  if (!('benchmarks' in subject)) return benchmarkHeadline(subject);
  return subject.benchmarks.length === 1 ? benchmarkHeadline(subject.benchmarks[0]) : countVerdicts(subject);
}

/** The metric that the headline is about: the primary one, unless that is unchanged and another is surely not. */
export function leadingMetric(benchmark: BenchmarkReport): MetricReport | null {
  const primary = benchmark.metrics.find(({ metric }) => metric.id === benchmark.primary) ?? null;
  if (primary === null || primary.verdict !== 'unchanged') return primary;
  for (const verdict of ['regressed', 'grew', 'improved'] as const) {
    const changed = benchmark.metrics.find(
      (metric) => metric.verdict === verdict && (verdict === 'regressed' || !metric.isAdvisory),
    );
    if (changed !== undefined) return changed;
  }
  return primary;
}

/**
 * What the headline would hide, in table order: other metrics that surely got worse. When the headline itself is bad
 * news, only those that are over a limit.
 */
export function alsoWorse(benchmark: BenchmarkReport): MetricReport[] {
  const leading = leadingMetric(benchmark);
  const isBadNews = leading?.verdict === 'grew' || leading?.verdict === 'regressed';
  return benchmark.metrics.filter(
    (metric) =>
      metric !== leading &&
      (metric.verdict === 'regressed' || (metric.verdict === 'grew' && !metric.isAdvisory && !isBadNews)),
  );
}

/** What the headline leaves out, to stand behind it: 'over its limit', 'but peak heap over the budget'. Holds no names. */
export function headlineSuffixes(benchmark: BenchmarkReport): string[] {
  if (benchmark.verdict === 'cancelled' || benchmark.verdict === 'failed') return [];
  const leading = leadingMetric(benchmark);
  const suffixes = leading?.verdict === 'regressed' ? [`over its ${limitWord(leading)}`] : [];
  const worse = alsoWorse(benchmark);
  const over = worse.filter(({ verdict }) => verdict === 'regressed');
  const parts = [
    ...(['budget', 'limit'] as const).map((word) => ({
      metrics: over.filter((metric) => limitWord(metric) === word),
      words: `over the ${word}`,
    })),
    { metrics: worse.filter(({ verdict }) => verdict === 'grew'), words: 'grew' },
  ].filter(({ metrics }) => metrics.length > 0);
  const worseWords = parts.map(
    ({ metrics, words }) => `${joinWords(metrics.map(({ metric }) => metric.label.toLowerCase()))} ${words}`,
  );
  if (worseWords.length > 0) {
    suffixes.push(`${leading?.verdict === 'improved' ? 'but' : 'and'} ${joinWords(worseWords)}`);
  }
  return suffixes;
}

/** The suffixes of a heading, which also says that somebody accepted the growth. */
export function titleSuffixes({ accepted }: Pick<Report, 'accepted'>, benchmark: BenchmarkReport): string[] {
  const isAccepted = exceededLimits(benchmark).length > 0 && !doesBenchmarkFail(benchmark, accepted);
  return [...headlineSuffixes(benchmark), ...(isAccepted ? ['accepted'] : [])];
}

function limitWord(metric: MetricReport): 'budget' | 'limit' {
  return isOverBudget(metric) ? 'budget' : 'limit';
}

function joinWords(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** What the program does with the headline's quantity, to stand after its name: 'allocates 2 MB → 300 KB (−85 %)'. */
export function headlinePhrase(benchmark: BenchmarkReport): string {
  const leading = leadingMetric(benchmark);
  if (leading === null) return headline(benchmark);
  return PHRASES[leading.metric.id].replace('#', metricChange(leading, benchmark.baseFailure));
}

const PHRASES: Readonly<Record<MetricId, string>> = {
  allocated: 'allocates #',
  allocations: 'makes # allocations',
  temporary: 'makes # temporary allocations',
  peak: 'has a peak heap of #',
  leaked: 'leaves live at exit #',
};

function benchmarkHeadline(benchmark: BenchmarkReport): string {
  if (benchmark.verdict === 'cancelled') return 'cancelled';
  const leading = leadingMetric(benchmark);
  if (benchmark.verdict === 'failed' || leading === null)
    return `head ${failureWords(benchmark.headFailure)}`;
  const change = metricChange(leading, benchmark.baseFailure);
  return leading.metric.id === benchmark.primary ? change : `${leading.metric.label.toLowerCase()} ${change}`;
}

function metricChange(report: MetricReport, baseFailure: SideFailure | null): string {
  const { base, head, delta } = report;
  const { unit } = report.metric;
  if (base === null || delta === null) {
    const reason = baseFailure === null ? 'no base' : `base ${failureWords(baseFailure)}`;
    return `${formatQuantity(unit, head)} (${reason})`;
  }
  if (report.verdict === 'unchanged' || delta === 0) return `${formatQuantity(unit, head)} (no change)`;
  // Where three digits cannot show the change, its size has to.
  const numbers =
    formatQuantity(unit, base) === formatQuantity(unit, head)
      ? `${formatQuantity(unit, base)} ${formatDelta(unit, delta)}`
      : formatBaseToHead(unit, base, head);
  return `${numbers} (${formatPercent(base, head)})`;
}

/** 'did not build', to stand after 'base' or 'head'. */
export function failureWords(failure: SideFailure | null): string {
  switch (failure?.phase) {
    case 'checkout':
      return 'could not be checked out';
    case 'build':
      return 'did not build';
    case 'run':
      return 'did not run to its end';
    case 'handover':
      return 'has no measurement';
    default:
      return 'could not be measured';
  }
}

const COUNTED: readonly (readonly [verdict: Verdict, words: (count: number) => string])[] = [
  ['regressed', (count) => (count === 1 ? 'over its limit' : 'over their limits')],
  ['failed', () => 'failed'],
  ['cancelled', () => 'cancelled'],
  ['grew', () => 'grew'],
  ['improved', () => 'improved'],
  ['new', () => 'new'],
];

function countVerdicts(report: Report): string {
  const total = report.benchmarks.length;
  if (total === 0) return 'nothing was measured';
  const parts: string[] = [];
  for (const [verdict, words] of COUNTED) {
    const count = report.benchmarks.filter((benchmark) => benchmark.verdict === verdict).length;
    if (count === 0) continue;
    const of = parts.length === 0 ? ` of ${formatCount(total)} benchmarks` : '';
    parts.push(`${formatCount(count)}${of} ${words(count)}`);
  }
  return parts.length === 0 ? `no change in ${formatCount(total)} benchmarks` : parts.join(', ');
}
