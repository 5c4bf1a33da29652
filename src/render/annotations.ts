import type { MetricId } from '../profile/metric.ts';
import { doesBenchmarkFail } from '../report/does-fail.ts';
import type { BenchmarkReport, MetricReport, Report } from '../report/report.ts';
import { terminalText } from './escape.ts';
import { formatBaseToHead, formatCount, formatDelta, formatPercent } from './quantity.ts';

/** A note beside a line of the pull request. All texts are plain, names in them without anything invisible. */
export interface RenderedAnnotation {
  /** Path in the repository, with slashes. */
  readonly path: string;
  /** A line of head, from 1. */
  readonly line: number;
  /** `warning` where the check fails for it. */
  readonly level: 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

export interface AnnotationOptions {
  /** 10 when left out. */
  readonly limit?: number;
}

/** A runner shows ten annotations of a kind for each step. */
const DEFAULT_LIMIT = 10;
/** Of the largest growth in a benchmark: what is smaller is no news. */
const SMALLEST_SHARE = 0.01;
const LONGEST_PATH = 1000;
const LARGEST_LINE = 2 ** 31 - 1;

/**
 * Where more is allocated than before, on lines that the pull request touches: the largest growth first, what fails the
 * check before all else, one annotation for each line. The last one says how many there are beyond the limit.
 */
export function renderAnnotations(
  report: Report,
  { limit = DEFAULT_LIMIT }: AnnotationOptions = {},
): RenderedAnnotation[] {
  const growths = onePerLine(report.benchmarks.flatMap((benchmark) => growthsOf(report, benchmark)));
  const shown = growths.slice(0, Math.max(0, limit)).map(render);
  const hidden = growths.length - shown.length;
  const last = shown.at(-1);
  if (last === undefined || hidden === 0) return shown;
  const more = `${formatCount(hidden)} more changed ${hidden === 1 ? 'line allocates' : 'lines allocate'} more than before: the report has them.`;
  return [...shown.slice(0, -1), { ...last, message: `${last.message}\n${more}` }];
}

interface Growth {
  readonly benchmark: BenchmarkReport;
  readonly metric: MetricReport;
  readonly level: RenderedAnnotation['level'];
  readonly path: string;
  readonly line: number;
  readonly name: string;
  /** Whether the numbers are the line's; else they are the function's, with all that it calls or without. */
  readonly scope: 'line' | 'function' | 'function with calls';
  readonly base: number;
  readonly head: number;
  readonly baseCalls: number;
  readonly headCalls: number;
}

/** Empty where the headline metric did not grow. */
function growthsOf(report: Report, benchmark: BenchmarkReport): Growth[] {
  const metric = benchmark.metrics.find((one) => one.metric.id === benchmark.primary);
  if (metric?.verdict !== 'grew' && metric?.verdict !== 'regressed') return [];
  const level = doesBenchmarkFail(benchmark, report.accepted) ? 'warning' : 'notice';
  const growths = placesOf(benchmark).flatMap(({ shortName, file, line, ...numbers }) =>
    isSoundPath(file) && isSoundLine(line) && numbers.head > numbers.base && numbers.isOnChangedLine
      ? [{ ...numbers, benchmark, metric, level, path: file, line, name: shortName } as const]
      : [],
  );
  const largest = growths.reduce((most, growth) => Math.max(most, sizeOf(growth)), 0);
  return growths.filter((growth) => sizeOf(growth) >= largest * SMALLEST_SHARE);
}

/** The touched lines; where none explains the growth, the functions that do and changed most on one. */
function placesOf({ touched, changes, culprit, primary }: BenchmarkReport) {
  const lines = touched.filter(({ delta }) => delta > 0).map((one) => ({ ...one, scope: 'line' as const }));
  if (lines.length > 0) return lines;
  const functions = changes
    .filter(({ metric, status, delta }) => metric === primary && status !== 'moved' && delta > 0)
    .filter(({ isOnChangedLine }) => isOnChangedLine)
    .map((one) => ({ ...one, scope: 'function' as const }));
  if (functions.length > 0) return functions;
  return culprit === null ? [] : [{ ...culprit, scope: 'function with calls' as const }];
}

function sizeOf({ base, head }: Pick<Growth, 'base' | 'head'>): number {
  return head - base;
}

/** The largest first; of several at one line, such as of several benchmarks, the largest alone. */
function onePerLine(growths: readonly Growth[]): Growth[] {
  const places = new Set<string>();
  return [...growths].sort(growthOrder).filter(({ path, line }) => {
    const place = `${line} ${path}`;
    if (places.has(place)) return false;
    places.add(place);
    return true;
  });
}

function growthOrder(a: Growth, b: Growth): number {
  return (
    Number(b.level === 'warning') - Number(a.level === 'warning') ||
    sizeOf(b) - sizeOf(a) ||
    (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
    a.line - b.line
  );
}

function render(growth: Growth): RenderedAnnotation {
  const { benchmark, metric, path, line, level, base, head } = growth;
  const { label, unit } = metric.metric;
  const about = benchmark.name === 'default' ? '' : `${terminalText(benchmark.name, 60)}: `;
  const share = base === 0 ? '' : ` (${formatPercent(base, head)})`;
  return {
    path,
    line,
    level,
    title: `${about}${label} ${formatDelta(unit, head - base)}${share}`,
    message: `${label} ${SCOPE_WORDS[growth.scope]} ${terminalText(growth.name) || '(no name)'}: ${formatBaseToHead(unit, base, head)}${callWords(growth, metric.metric.id)}.`,
  };
}

const SCOPE_WORDS: Readonly<Record<Growth['scope'], string>> = {
  line: 'through the changed lines of',
  function: 'by',
  'function with calls': 'by all that is called from',
};

/** Empty where calls were not measured, or are the same. */
function callWords({ baseCalls, headCalls }: Growth, metric: MetricId): string {
  if (baseCalls === headCalls || metric === 'allocations') return '';
  return `, in ${formatBaseToHead('count', baseCalls, headCalls)} allocations`;
}

/** Whether it is a plain path inside a repository: relative, normalised, on one line. */
function isSoundPath(path: string | null): path is string {
  if (path === null || path.length > LONGEST_PATH || !path.isWellFormed()) return false;
  if (/[\x00-\x1f\x7f\\]/.test(path) || /^[A-Za-z]:/.test(path)) return false;
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

function isSoundLine(line: number | null): line is number {
  return line !== null && Number.isSafeInteger(line) && line >= 1 && line <= LARGEST_LINE;
}
