import type { BenchmarkReport, Culprit, MetricReport, Report, Revision } from '../report/report.ts';
import { alsoWorse, leadingMetric } from './headline.ts';
import { formatBaseToHead, formatCount, formatDelta, formatQuantity, formatShare } from './quantity.ts';

/**
 * One sentence on the function that explains most of the headline's change; null when there is none.
 *
 * @param showName makes the function's name safe for the output, perhaps a link
 */
export function culpritSentence(
  benchmark: BenchmarkReport,
  showName: (culprit: Culprit) => string,
): string | null {
  const { culprit } = benchmark;
  const metric = leadingMetric(benchmark);
  // The culprit is that of the primary metric, and the headline may be about another.
  if (culprit === null || metric?.metric.id !== benchmark.primary) return null;
  return sentenceOf(culprit, metric, showName(culprit));
}

function sentenceOf(culprit: Culprit, metric: MetricReport, name: string): string {
  const { unit } = metric.metric;
  const base = formatQuantity(unit, culprit.base);
  const head = formatQuantity(unit, culprit.head);
  const sentence = [`${name}, with all that it calls, ${movement(culprit, base, head)}`];
  if (base === head) sentence.push(` (${formatDelta(unit, culprit.head - culprit.base)})`);
  if (metric.metric.id !== 'allocations') sentence.push(callWords(culprit));
  return `${sentence.join('')}: ${shareWords(culprit.share)}.${touchedWords(culprit)}`;
}

/** The line is the one at which the function's total changed most. */
function touchedWords({ isOnChangedLine, line }: Culprit): string {
  return isOnChangedLine && line !== null
    ? ` It changed most on line ${line}, one of the changed lines.`
    : '';
}

/** More names would hide what the sentence says. */
const MOST_WRAPPERS = 2;

/**
 * Who allocates for the functions in the list of those that changed: 'libraries and `xmalloc`'.
 *
 * @param showName makes a function's name safe for the output
 */
export function agentWords({ wrappers }: BenchmarkReport, showName: (shortName: string) => string): string {
  const names = wrappers.slice(0, MOST_WRAPPERS).map(showName);
  const more = wrappers.length > MOST_WRAPPERS ? ['other wrappers'] : [];
  const agents = ['libraries', ...names, ...more];
  return agents.length === 1
    ? agents[0]
    : `${agents.slice(0, -1).join(', ')} and ${agents[agents.length - 1]}`;
}

/** Why a benchmark counts as unchanged. */
export function unchangedSentence({ metrics, runs }: BenchmarkReport): string {
  if (metrics.length === 0) return '';
  if (metrics.every(({ delta }) => delta === 0)) return 'Every number is the same on both sides.';
  const spread = runs > 1 ? ', or within what the runs of one side differ by' : '';
  return `What differs is below \`ignore-below\`${spread}.`;
}

/** Why head stands alone; empty where it does not, and where base failed, which has a message of its own. */
export function missingBaseSentence(
  { base }: Pick<Report, 'base'>,
  { verdict, baseFailure }: BenchmarkReport,
  showRevision: (revision: Revision) => string,
): string {
  if (verdict !== 'new' || baseFailure !== null) return '';
  return base === null
    ? 'Only head was measured, so there is nothing to compare with.'
    : `There is no result on base ${showRevision(base)} to compare with. Limits on growth do not apply yet.`;
}

/** A sentence for each metric that grew behind a better headline. What is over a limit has a sentence of its own. */
export function alsoWorseSentences(benchmark: BenchmarkReport): string[] {
  return alsoWorse(benchmark).flatMap(({ metric: { label, unit }, base, head, verdict }) =>
    base === null || verdict === 'regressed'
      ? []
      : [`${label} grew by ${formatQuantity(unit, head - base)} (${formatBaseToHead(unit, base, head)}).`],
  );
}

/** Empty where calls were not measured, or are the same. */
function callWords({ baseCalls, headCalls }: Culprit): string {
  if (baseCalls === headCalls) return '';
  if (baseCalls === 0) return `, in ${countAllocations(headCalls)}`;
  if (headCalls === 0) return `, in ${countAllocations(baseCalls)}`;
  return `, in ${formatCount(headCalls)} instead of ${countAllocations(baseCalls)}`;
}

function countAllocations(count: number): string {
  return count === 1 ? '1 allocation' : `${formatCount(count)} allocations`;
}

function movement(culprit: Culprit, base: string, head: string): string {
  if (culprit.base === 0) return `is new with ${head}`;
  if (culprit.head === 0) return `is gone with its ${base}`;
  return `went from ${base} to ${head}`;
}

function shareWords(share: number): string {
  if (share > 1.005) return 'more than the whole change, other functions went the other way';
  if (share >= 0.9995) return 'all of the change';
  return `${formatShare(share)} of the change`;
}
