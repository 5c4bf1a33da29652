import type { MetricId } from '../profile/metric.ts';
import type { BenchmarkReport, FunctionChange, MetricReport, Report } from '../report/report.ts';
import { agentWords } from './culprit.ts';
import { markdownCode, markdownText, safeUrl } from './escape.ts';
import { leadingMetric } from './headline.ts';
import { limitWords } from './limits.ts';
import type { ReportLinks } from './links.ts';
import { linkedName, reportLink } from './markdown-sentences.ts';
import {
  formatBaseToHead,
  formatChange,
  formatCount,
  formatDelta,
  formatQuantity,
  unbroken,
} from './quantity.ts';
import { benchmarkVerdictWords, metricVerdictWords } from './verdict.ts';

/*
 * The comment's tables: five columns at most, for phones, and 'base → head' in one cell, always in this order.
 */

/** A benchmark and its place in the report, which is what report.html calls its section by. */
export interface IndexedBenchmark {
  readonly benchmark: BenchmarkReport;
  readonly index: number;
}

/** The five metrics of one benchmark; empty when there are none. */
export function metricTable(benchmark: BenchmarkReport): string {
  if (benchmark.metrics.length === 0) return '';
  const title = benchmark.name === 'default' ? ' ' : ` ${markdownCode(benchmark.name)} `;
  const hasBase = benchmark.metrics.some((metric) => metric.base !== null);
  const hasLimit = benchmark.metrics.some((metric) => metric.limit !== null);
  const head = hasBase ? ['base → head', 'change'] : ['head'];
  const columns = [...head, ...(hasLimit ? ['limit'] : [])];
  const hasVerdict = hasBase || hasLimit;
  const leading = leadingMetric(benchmark);
  return [
    `|${title}| ${columns.join(' | ')} |${hasVerdict ? '  |' : ''}`,
    `| :-- |${columns.map(() => ' --: |').join('')}${hasVerdict ? ' :-- |' : ''}`,
    ...benchmark.metrics.map((metric) => {
      const emphasis = metric === leading ? '**' : '';
      const cells = metricCells(metric, hasBase).map((cell) => emphasis + cell + emphasis);
      if (hasLimit)
        cells.push(metric.limit === null ? 'none' : limitWords(metric, markdownText(metric.limit.text, 60)));
      if (hasVerdict) cells.push(metricVerdictWords(metric));
      return `| ${emphasis}${metric.metric.label}${emphasis} | ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

function metricCells({ metric, base, head }: MetricReport, hasBase: boolean): string[] {
  if (!hasBase) return [formatQuantity(metric.unit, head)];
  if (base === null) return [formatQuantity(metric.unit, head), 'new'];
  return [formatBaseToHead(metric.unit, base, head), formatChange(metric.unit, base, head)].map(unbroken);
}

/** Empty when nothing changed, or no function did. */
export function functionTable(report: Report, benchmark: BenchmarkReport, maximumRows: number): string {
  const leading = leadingMetric(benchmark);
  const changes = benchmark.changes.filter((change) => change.metric === leading?.metric.id);
  if (leading === null || leading.verdict === 'unchanged' || changes.length === 0) return '';
  const { unit } = leading.metric;
  // Folded text holds one metric and no calls.
  const hasCalls =
    leading.metric.id !== 'allocations' &&
    benchmark.metrics.some(({ metric }) => metric.id === 'allocations');
  const rows = changes.slice(0, maximumRows).map((change) => {
    const cells = [
      linkedName(report, change.shortName, { ...change, isGone: change.status === 'gone' }),
      unbroken(formatBaseToHead(unit, change.base, change.head)),
      unbroken(functionChangeWords(change, unit)),
    ];
    if (hasCalls) cells.push(callWords(change));
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `**Functions that changed most**, each with what ${agentWords(benchmark, (name) => markdownCode(name))} allocate for it`,
    '',
    `| function | base → head | change |${hasCalls ? ' allocations |' : ''}`,
    `| :-- | --: | --: |${hasCalls ? ' --: |' : ''}`,
    ...rows,
  ].join('\n');
}

function functionChangeWords(change: FunctionChange, unit: MetricReport['metric']['unit']): string {
  if (change.status === 'moved' && change.delta === 0) return 'moved';
  const delta = formatDelta(unit, change.delta);
  return change.status === 'grew' || change.status === 'shrank' ? delta : `${delta}, ${change.status}`;
}

function callWords({ baseCalls, headCalls }: FunctionChange): string {
  return baseCalls === headCalls ? formatCount(headCalls) : formatBaseToHead('count', baseCalls, headCalls);
}

/** A row for each benchmark that changed. */
export function benchmarkTable(
  rows: readonly IndexedBenchmark[],
  links: ReportLinks,
  maximumRows: number,
): string {
  const first = rows.map(({ benchmark }) => benchmark).find((benchmark) => leadingMetric(benchmark) !== null);
  if (rows.length === 0) return '';
  const columns = { leading: first && leadingMetric(first)?.metric.id, side: first && sideIdOf(first) };
  const label = first && leadingMetric(first)?.metric.label.toLowerCase();
  const side = columns.side === 'allocated' ? 'bytes' : 'allocations';
  const hasSide = rows.some(({ benchmark }) => sideMetric(benchmark)?.delta != null);
  const lines = [
    `| benchmark | ${label ?? ''} base → head | change |${hasSide ? ` ${side} |` : ''}  |`,
    `| :-- | --: | --: |${hasSide ? ' --: |' : ''} :-- |`,
    ...rows.slice(0, maximumRows).map((row) => benchmarkRow(row, links, hasSide, columns)),
  ];
  if (rows.length > maximumRows) {
    lines.push(
      '',
      `… ${formatCount(rows.length - maximumRows)} more in ${reportLink(links, 'the report') ?? 'the report'}`,
    );
  }
  return lines.join('\n');
}

/** The other metric of a row: how many calls beside bytes, and the other way round. */
function sideMetric(benchmark: BenchmarkReport): MetricReport | undefined {
  const sideId = sideIdOf(benchmark);
  return benchmark.metrics.find(({ metric }) => metric.id === sideId);
}

function sideIdOf(benchmark: BenchmarkReport): MetricId {
  return leadingMetric(benchmark)?.metric.id === 'allocations' ? 'allocated' : 'allocations';
}

/** The metrics that the head of the table names. A row with another one says so itself. */
interface TableColumns {
  readonly leading: MetricId | undefined;
  readonly side: MetricId | undefined;
}

function benchmarkRow(
  { benchmark, index }: IndexedBenchmark,
  links: ReportLinks,
  hasSide: boolean,
  columns: TableColumns,
): string {
  const leading = leadingMetric(benchmark);
  const name = linkedBenchmark(benchmark, index, links);
  const verdict = benchmarkVerdictWords(benchmark);
  if (leading === null) return `| ${name} |  |  |${hasSide ? '  |' : ''} ${verdict} |`;
  const cells = metricCells(leading, true);
  cells[0] = labelled(leading, columns.leading, cells[0]);
  const side = sideMetric(benchmark);
  const sideWords = side?.delta == null ? '' : formatDelta(side.metric.unit, side.delta);
  if (hasSide)
    cells.push(side === undefined || sideWords === '' ? '' : labelled(side, columns.side, sideWords));
  return `| ${[name, ...cells, verdict].join(' | ')} |`;
}

function labelled({ metric }: MetricReport, column: MetricId | undefined, words: string): string {
  return metric.id === column ? words : `${metric.label.toLowerCase()} ${words}`;
}

/** Benchmarks in which nothing changed, with one number each. */
export function unchangedTable(
  rows: readonly IndexedBenchmark[],
  links: ReportLinks,
  maximumRows: number,
): string {
  const column = leadingMetric(rows[0].benchmark)?.metric;
  const lines = rows.slice(0, maximumRows).map(({ benchmark, index }) => {
    const primary = leadingMetric(benchmark);
    const value =
      primary === null
        ? ''
        : labelled(primary, column?.id, formatQuantity(primary.metric.unit, primary.head));
    return `| ${linkedBenchmark(benchmark, index, links)} | ${value} |`;
  });
  if (rows.length > maximumRows) lines.push(`| … ${formatCount(rows.length - maximumRows)} more |  |`);
  return [`| benchmark | ${column?.label.toLowerCase() ?? ''} |`, '| :-- | --: |', ...lines].join('\n');
}

function linkedBenchmark(benchmark: BenchmarkReport, index: number, links: ReportLinks): string {
  const url = safeUrl(links.report);
  const name = markdownCode(benchmark.name, 80);
  return url === null || url.includes('#') ? name : `[${name}](${url}#benchmark-${index + 1})`;
}
