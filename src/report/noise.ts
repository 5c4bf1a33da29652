/**
 * What differs from run to run of one and the same program, and what follows for the numbers: which run is shown, how
 * far the runs are apart, and which metrics only advise.
 */

import { METRIC_IDS, type MetricId, type Totals } from '../profile/metric.ts';
import type { MetricReport, Range, Spread } from './report.ts';
import type { Limits } from './threshold.ts';

/** The totals of every run, in the order in which they ran. */
export interface Runs {
  /** Empty without base. */
  readonly base: readonly Totals[];
  readonly head: readonly Totals[];
}

/** Metrics that depend on which thread allocates first. */
const TIMED_METRICS: ReadonlySet<MetricId> = new Set(['peak', 'temporary']);
/** With two runs on each side even a change by more than the spread is chance too often: about one time in seven. */
const ENOUGH_RUNS = 3;

/**
 * The run whose numbers and stacks are shown: the median one by the headline metric, of two middle ones the smaller.
 * Where that metric is alike in several runs peak decides between them, then the others, then which ran first.
 * @returns its index
 */
export function representativeRun(runs: readonly Totals[], primary: MetricId): number {
  const ranks: readonly MetricId[] = [primary, 'peak', ...METRIC_IDS];
  const order = runs.map((_, run) => run);
  order.sort((a, b) => {
    const decisive = ranks.find((id) => runs[a][id] !== runs[b][id]);
    return decisive === undefined ? a - b : runs[a][decisive] - runs[b][decisive];
  });
  const median = runs[order[(order.length - 1) >> 1]];
  return runs.findIndex((totals) => METRIC_IDS.every((id) => totals[id] === median[id]));
}

/** @returns null when each side ran once: nothing is known of its spread */
export function measureSpread(runs: Runs, metric: MetricId): Spread | null {
  if (runs.head.length < 2) return null;
  const head = rangeOf(runs.head.map((totals) => totals[metric]));
  const base = runs.base.length === 0 ? null : rangeOf(runs.base.map((totals) => totals[metric]));
  const wider = base !== null && widthOf(base) > widthOf(head) ? base : head;
  const width = widthOf(wider);
  return { base, head, width, share: wider.median === 0 ? null : width / wider.median };
}

function rangeOf(values: readonly number[]): Range {
  const sorted = values.toSorted((a, b) => a - b);
  return { min: sorted[0], median: sorted[(sorted.length - 1) >> 1], max: sorted[sorted.length - 1] };
}

function widthOf({ min, max }: Range): number {
  return max - min;
}

/**
 * Whether a metric is shown, but decides nothing. Those that depend on timing do that in a program with threads, until
 * somebody asks for one, by a limit or as the headline, and there are enough runs to tell a change from chance.
 */
export function isAdvisory(
  metric: MetricId,
  facts: { readonly isThreaded: boolean; readonly isAskedFor: boolean; readonly runs: number },
): boolean {
  return facts.isThreaded && TIMED_METRICS.has(metric) && !(facts.isAskedFor && facts.runs >= ENOUGH_RUNS);
}

/** Sentences on what the noise does to the verdict. */
export function noiseNotes(
  metrics: readonly MetricReport[],
  limits: Readonly<Record<MetricId, Limits>>,
  facts: { readonly isThreaded: boolean; readonly runs: number },
): string[] {
  const notes: string[] = [];
  const timed = metrics.filter(({ metric }) => TIMED_METRICS.has(metric.id));
  if (facts.isThreaded && timed.length > 0) {
    notes.push(
      'The program runs threads: its peak and its temporary allocations depend on their timing and vary from run to run.',
    );
  }
  for (const { metric, isAdvisory: isOnlyAdvice } of timed) {
    if (!isOnlyAdvice || limits[metric.id].failOn === null) continue;
    notes.push(
      `\`${metric.id}\` is advisory because the program runs threads: \`fail-on\` does not count for it. ` +
        `Set \`runs: ${ENOUGH_RUNS}\` or more to gate on it.`,
    );
  }
  for (const { metric, spread } of metrics) {
    const { budget } = limits[metric.id];
    if (budget === null || spread === null) continue;
    if (spread.head.min > budget.maximum || spread.head.max <= budget.maximum) continue;
    notes.push(
      `\`${metric.id}\` was over its budget of ${budget.text} in some of the ${facts.runs} runs, but not in all: ` +
        'it fails when every run is over it.',
    );
  }
  return notes;
}
