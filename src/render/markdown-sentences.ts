import { doesBenchmarkFail, doesFail, exceededLimits } from '../report/does-fail.ts';
import type { BenchmarkReport, Culprit, MetricReport, Report, Revision } from '../report/report.ts';
import { alsoWorseSentences, culpritSentence, missingBaseSentence, unchangedSentence } from './culprit.ts';
import { escapeHtml, markdownCode, markdownText, safeUrl } from './escape.ts';
import { failureWords, headline, headlinePhrase, headlineSuffixes, titleSuffixes } from './headline.ts';
import { hintSentences } from './hints.ts';
import { consequenceSentence, exceededSentence, notCheckedSentence } from './limits.ts';
import { type ReportLinks, shortSha, sourceUrl } from './links.ts';
import { trustWords } from './trust.ts';

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
    const failed = `base ${revisionCode(report.base)} ${failureWords(benchmark.baseFailure)}`;
    const suffixes = headlineSuffixes(benchmark).map((words) => words.replace(/^over/, 'and head is over'));
    return [`no comparison, ${failed}`, ...suffixes].join(', ');
  }
  const sentence = `${subject(benchmark)} ${headlinePhrase(benchmark)}`;
  if (benchmark.verdict === 'unchanged') return `no change, ${sentence.replace(' (no change)', '')}`;
  if (benchmark.verdict === 'new') return `first result, ${sentence.replace(' (no base)', '')}`;

  return [sentence, ...titleSuffixes(report, benchmark)].join(', ');
}

function subject(benchmark: BenchmarkReport): string {
  return benchmark.name === 'default' ? 'the program' : markdownCode(benchmark.name);
}

/** Why the check fails, or why there is no comparison; empty when neither is so. */
export function alerts(report: Report, benchmark: BenchmarkReport): string {
  if (benchmark.headFailure !== null) {
    return alert('CAUTION', [`${markdownText(benchmark.headFailure.message)}`, 'This check fails.']);
  }
  if (benchmark.verdict === 'failed')
    return alert('CAUTION', ['Head could not be measured. This check fails.']);
  const exceeded = exceededLimits(benchmark);
  const kind = doesBenchmarkFail(benchmark, report.accepted) ? 'CAUTION' : 'NOTE';
  const limits = exceeded.map(limitSentence);
  if (exceeded.length > 0) limits.push(consequence(report, exceeded));
  if (benchmark.baseFailure !== null) {
    return alert(kind === 'CAUTION' ? 'CAUTION' : 'WARNING', [
      markdownText(benchmark.baseFailure.message),
      notCheckedSentence((word) => `**${word}**`),
      ...limits,
    ]);
  }
  if (exceeded.length > 0) return alert(kind, limits);
  return missingBaseSentence(report, benchmark, revisionCode);
}

/** @param shown those that have a line each; the consequence is that of all */
export function alertsOfMany(report: Report, shown: readonly BenchmarkReport[]): string {
  const lines = shown.flatMap((benchmark) => {
    const name = markdownCode(benchmark.name);
    if (benchmark.verdict === 'failed') {
      const why = benchmark.headFailure === null ? '' : ` ${markdownText(benchmark.headFailure.message)}`;
      return [`${name}: head ${failureWords(benchmark.headFailure)}.${why}`];
    }
    return exceededLimits(benchmark).map((metric) => `${name}: ${limitSentence(metric)}`);
  });
  if (lines.length === 0) return '';
  const exceeded = report.benchmarks.flatMap(exceededLimits);
  return alert(doesFail(report) ? 'CAUTION' : 'NOTE', [
    ...lines.map((line) => `- ${line}`),
    '',
    consequence(report, exceeded),
  ]);
}

/** What being over a limit leads to: a label accepts growth, never a budget. */
function consequence(report: Report, exceeded: readonly MetricReport[]): string {
  return consequenceSentence(report, exceeded, doesFail(report), (name) => markdownCode(name, 60));
}

function alert(kind: 'NOTE' | 'CAUTION' | 'WARNING', lines: readonly string[]): string {
  return [`> [!${kind}]`, ...lines.map((line) => `> ${line}`.trimEnd())].join('\n');
}

function limitSentence(report: MetricReport): string {
  return exceededSentence(report, `**${report.metric.label}**`, markdownText(report.limit?.text ?? ''));
}

/** What a reader wants to know next: which function, and what else got worse. */
export function explanation(report: Report, benchmark: BenchmarkReport): string {
  if (benchmark.verdict === 'unchanged') return unchangedSentence(benchmark);
  const sentences: string[] = [];
  const culprit = culpritSentence(benchmark, (found) => `**${linkedCulprit(report, found)}**`);
  if (culprit !== null) sentences.push(culprit);
  sentences.push(...alsoWorseSentences(benchmark));
  return sentences.join('\n');
}

/** Each as a paragraph; of several benchmarks with the name. */
export function hintParagraphs(report: Report, benchmarks: readonly BenchmarkReport[]): string[] {
  return benchmarks.flatMap((benchmark) =>
    benchmark.hints.map((hint) => {
      const about = benchmarks.length > 1 ? ` in ${markdownCode(benchmark.name)}` : '';
      const name = linkedName(report, hint.shortName, { ...hint, isGone: false });
      return `**Hint**${about}: ${hintSentences(hint, name)}`;
    }),
  );
}

/** The words of the tables, each explained once. */
export function meaningList(benchmarks: readonly BenchmarkReport[]): string {
  if (benchmarks.every(({ verdict }) => verdict === 'unchanged')) return '';
  const metrics = new Map(
    benchmarks.flatMap((benchmark) => benchmark.metrics.map(({ metric }) => [metric.id, metric])),
  );
  const lines = [...metrics.values()].map(({ label, meaning }) => `- **${label}**: ${meaning}`);
  if (lines.length === 0) return '';
  const hasMoved = benchmarks.some(
    ({ changes, callTree }) =>
      changes.some(({ status }) => status === 'moved') || callTree?.rows.some(({ isMoved }) => isMoved),
  );
  if (hasMoved) {
    lines.push(
      '- **moved**: the same functions allocate it on both sides, but they are called from elsewhere.',
    );
  }
  if (benchmarks.some((benchmark) => benchmark.metrics.some(({ isAdvisory }) => isAdvisory))) {
    lines.push('- **advisory**: depends on the timing of threads, so it is shown but decides nothing.');
  }
  return lines.join('\n');
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

/** The picture at its address, leading to the report; empty where it has no address. */
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
    ...(report.benchmarks.length === 1 ? trustWords(report.benchmarks[0]) : []),
  ];
  return `<sub>${parts.filter((part) => part !== null).join(' · ')}</sub>`;
}

/** Null where the report has no address. */
export function reportLink(links: ReportLinks, words: string): string | null {
  const url = safeUrl(links.report);
  return url === null ? null : `[${words}](${url})`;
}

function revisionCode(revision: Revision): string {
  return markdownCode(shortSha(revision) ?? revision.label, 60);
}
