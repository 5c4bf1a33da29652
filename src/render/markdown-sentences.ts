import type { BenchmarkReport, Culprit, MetricReport, Report, Revision } from '../report/report.ts';
import { culpritSentence } from './culprit.ts';
import { escapeHtml, markdownCode, markdownText, safeUrl } from './escape.ts';
import { alsoWorse, failureWords, headline, headlinePhrase, leadingMetric } from './headline.ts';
import { type ReportLinks, shortSha, sourceUrl } from './links.ts';
import { formatBaseToHead, formatBytes, formatQuantity, formatShare } from './quantity.ts';

/*
 * What the comment says in words: title, alerts, the sentence on the culprit, and what to trust the numbers for.
 */

/** The heading's words when there is one benchmark. */
export function titleOfOne(report: Report, benchmark: BenchmarkReport): string {
  if (benchmark.verdict === 'cancelled') return 'cancelled';
  if (benchmark.verdict === 'failed') {
    return `head ${revisionCode(report.head)} ${failureWords(benchmark.headFailure)}`;
  }
  if (benchmark.baseFailure !== null && report.base !== null) {
    return `no comparison, base ${revisionCode(report.base)} ${failureWords(benchmark.baseFailure)}`;
  }
  const sentence = `${subject(benchmark)} ${headlinePhrase(benchmark)}`;
  if (benchmark.verdict === 'unchanged') return `no change, ${sentence.replace(' (no change)', '')}`;
  if (benchmark.verdict === 'new') return `first result, ${sentence.replace(' (no base)', '')}`;

  const leading = leadingMetric(benchmark);
  const suffixes: string[] = [];
  if (leading?.verdict === 'regressed') {
    suffixes.push(leading.limit?.kind === 'budget' ? 'over its budget' : 'over its limit');
  }
  const worse = alsoWorse(benchmark).map(({ metric }) => metric.label.toLowerCase());
  if (worse.length > 0) {
    suffixes.push(`${leading?.verdict === 'improved' ? 'but' : 'and'} ${joinWords(worse)} grew`);
  }
  return [sentence, ...suffixes].join(', ');
}

function subject(benchmark: BenchmarkReport): string {
  return benchmark.name === 'default' ? 'the program' : markdownCode(benchmark.name);
}

function joinWords(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** Why the check fails, or why there is no comparison; empty when neither is so. */
export function alerts(report: Report, benchmark: BenchmarkReport): string {
  if (benchmark.headFailure !== null) {
    return alert('CAUTION', [`${markdownText(benchmark.headFailure.message)}`, 'This check fails.']);
  }
  if (benchmark.verdict === 'failed')
    return alert('CAUTION', ['Head could not be measured. This check fails.']);
  if (benchmark.baseFailure !== null) {
    return alert('WARNING', [
      markdownText(benchmark.baseFailure.message),
      'Head was measured, base was not: limits on growth were **not** checked.',
    ]);
  }
  const exceeded = benchmark.metrics.filter((metric) => metric.verdict === 'regressed');
  if (exceeded.length > 0) return alert('CAUTION', [...exceeded.map(exceededSentence), 'This check fails.']);
  if (benchmark.verdict !== 'new') return '';
  return report.base === null
    ? 'Only head was measured, so there is nothing to compare with.'
    : `There is no result on base ${revisionCode(report.base)} to compare with. Limits on growth do not apply yet.`;
}

export function alertsOfMany(benchmarks: readonly BenchmarkReport[]): string {
  const lines = benchmarks.flatMap((benchmark) => {
    const name = markdownCode(benchmark.name);
    if (benchmark.verdict === 'failed') return [`${name}: head ${failureWords(benchmark.headFailure)}.`];
    return benchmark.metrics
      .filter((metric) => metric.verdict === 'regressed')
      .map((metric) => `${name}: ${exceededSentence(metric)}`);
  });
  return lines.length === 0
    ? ''
    : alert('CAUTION', [...lines.flatMap((line) => [line, '']), 'This check fails.']);
}

function alert(kind: 'CAUTION' | 'WARNING', lines: readonly string[]): string {
  return [`> [!${kind}]`, ...lines.map((line) => `> ${line}`)].join('\n');
}

function exceededSentence(report: MetricReport): string {
  const { label, unit } = report.metric;
  const limit = markdownText(report.limit?.text ?? '');
  if (report.limit?.kind === 'budget' || report.delta === null) {
    return `**${label}**: ${formatQuantity(unit, report.head)}; the budget is ${limit}.`;
  }
  return `**${label}** grew by ${formatQuantity(unit, report.delta)}; the limit is ${limit}.`;
}

/** What a reader wants to know next: which function, and what else got worse. */
export function explanation(report: Report, benchmark: BenchmarkReport): string {
  const sentences: string[] = [];
  const culprit = culpritSentence(benchmark, (found) => `**${linkedCulprit(report, found)}**`);
  if (culprit !== null) sentences.push(culprit);
  for (const { metric, base, head, delta } of alsoWorse(benchmark)) {
    if (base === null || delta === null) continue;
    const change = formatBaseToHead(metric.unit, base, head);
    sentences.push(`${metric.label} grew by ${formatQuantity(metric.unit, delta)} (${change}).`);
  }
  return sentences.join('\n');
}

function linkedCulprit(report: Report, culprit: Culprit): string {
  return linkedName(report, culprit.shortName, { ...culprit, isGone: culprit.head === 0 });
}

/** A name as code, linked to its line where that is known. */
export function linkedName(
  report: Report,
  name: string,
  place: { file: string | null; line: number | null; isGone: boolean },
): string {
  const url = sourceUrl(report, place);
  return url === null ? markdownCode(name) : `[${markdownCode(name)}](${url})`;
}

export function image(benchmark: BenchmarkReport, links: ReportLinks): string {
  const source = safeUrl(links.image);
  if (source === null) return '';
  const alternative = escapeHtml(headline(benchmark));
  const tag = `<img width="100%" alt="${alternative}" src="${escapeHtml(source)}">`;
  const target = safeUrl(links.report);
  return target === null ? tag : `<a href="${escapeHtml(target)}">${tag}</a>`;
}

/** Which commits, which profiler, and what the numbers leave out. */
export function trustLine(report: Report, links: ReportLinks): string {
  const parts = [
    reportLink(links, 'Interactive report'),
    report.base === null ? null : `base ${revisionCode(report.base)}`,
    `head ${revisionCode(report.head)}`,
    report.tracker === null ? null : markdownText(`${report.tracker.name} ${report.tracker.version}`, 60),
    ...(report.benchmarks.length === 1 ? trustOfOne(report.benchmarks[0]) : []),
  ];
  return `<sub>${parts.filter((part) => part !== null).join(' · ')}</sub>`;
}

function trustOfOne(benchmark: BenchmarkReport): (string | null)[] {
  const excluded = benchmark.excluded?.head?.allocated ?? 0;
  const { matched } = benchmark;
  return [
    excluded > 0 ? `${formatBytes(excluded)} of the profiler itself left out` : null,
    matched !== null && matched < 1
      ? `${formatShare(matched)} of the bytes matched between base and head`
      : null,
  ];
}

export function reportLink(links: ReportLinks, words: string): string | null {
  const url = safeUrl(links.report);
  return url === null ? null : `[${words}](${url})`;
}

function revisionCode(revision: Revision): string {
  return markdownCode(shortSha(revision) ?? revision.label, 60);
}
