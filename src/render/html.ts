import { createHash } from 'node:crypto';
import { doesFail, exceededLimits } from '../report/does-fail.ts';
import type { BenchmarkReport, Culprit, MetricReport, Report, Revision } from '../report/report.ts';
import { callTreeLines } from './call-tree.ts';
import {
  agentWords,
  alsoWorseSentences,
  culpritSentence,
  missingBaseSentence,
  unchangedSentence,
} from './culprit.ts';
import { escapeHtml, outputLines, visibleText } from './escape.ts';
import { failureWords, headline, headlinePhrase, leadingMetric, titleSuffixes } from './headline.ts';
import { hintSentences } from './hints.ts';
import { HTML_STYLE } from './html-style.ts';
import { consequenceSentence, exceededSentence, limitWords, notCheckedSentence } from './limits.ts';
import { shortSha, sourceUrl } from './links.ts';
import {
  formatBaseToHead,
  formatChange,
  formatCount,
  formatDelta,
  formatQuantity,
  type Unit,
} from './quantity.ts';
import { trustWords } from './trust.ts';
import { plainVerdictWords } from './verdict.ts';

/** Functions listed for each benchmark; report.json has them all. */
const FUNCTION_ROWS = 100;

/** The page's program, as texts to put into it. */
export interface ViewerAssets {
  readonly script: string;
  readonly style: string;
}

/** What makes the page interactive. */
export interface InteractivePart {
  readonly viewer: ViewerAssets;
  /** What the program reads: gzip in base64. */
  readonly data: string;
}

/**
 * `report.html`: one file that opens from disk, without the network. Without scripts it is complete, too: the program
 * puts its views in the place of the picture and the table of functions.
 *
 * @param svgs a picture for each benchmark, drawn for a page, in the report's order; null where there is none
 */
export function renderHtml(
  report: Report,
  svgs: readonly (string | null)[],
  interactive: InteractivePart | null = null,
): string {
  const isSingle = report.benchmarks.length === 1;
  const sections = report.benchmarks.map((benchmark, i) => {
    const details = benchmarkDetails(report, benchmark, svgs[i] ?? null);
    return `<section id="benchmark-${i + 1}">\n${isSingle ? `<h2 class="visually-hidden">The numbers</h2>\n${details}` : section(report, benchmark, details)}\n</section>`;
  });
  const styles = [HTML_STYLE, ...(interactive === null ? [] : [interactive.viewer.style])];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(styles, interactive)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Memory: ${escapeHtml(headline(report))}</title>
${styles.map((style) => `<style>${style}</style>`).join('\n')}
</head>
<body>
<main>
${isSingle ? `<h1>${title(report, report.benchmarks[0])}</h1>\n${lead(report, report.benchmarks[0])}` : `<h1>Memory: ${escapeHtml(headline(report))}</h1>`}
${interactive === null ? '' : '<div id="viewer" hidden></div>\n'}<div id="summary">
${sections.join('\n')}
${howItWasMeasured(report)}
</div>
</main>
${interactive === null ? '' : program(interactive)}</body>
</html>
`;
}

/** Nothing is loaded from anywhere, and of what is in the page only that which has one of these hashes counts. */
function contentPolicy(styles: readonly string[], interactive: InteractivePart | null): string {
  const hashes = (texts: readonly string[]) =>
    texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
  const script = interactive === null ? '' : ` script-src ${hashes([interactive.viewer.script])};`;
  return `default-src 'none';${script} style-src ${hashes(styles)}; img-src data:; base-uri 'none'; form-action 'none'`;
}

function program({ viewer, data }: InteractivePart): string {
  return `<script id="report-data" type="application/octet-stream">${data}</script>\n<script>${viewer.script}</script>\n`;
}

/** Among several, a benchmark that did not change is folded away. */
function section(report: Report, benchmark: BenchmarkReport, details: string): string {
  const content = `<div class="lead">${lead(report, benchmark)}</div>\n${details}`;
  if (benchmark.verdict !== 'unchanged') return `<h2>${title(report, benchmark)}</h2>\n${content}`;
  return `<details><summary>${title(report, benchmark)}</summary>\n${content}\n</details>`;
}

/** What is said before any table. */
function lead(report: Report, benchmark: BenchmarkReport): string {
  return [alert(report, benchmark), ...explanation(report, benchmark).map((sentence) => `<p>${sentence}</p>`)]
    .filter((part) => part !== '')
    .join('\n');
}

/** What the program has views of is marked, and goes when it starts. */
function benchmarkDetails(report: Report, benchmark: BenchmarkReport, svg: string | null): string {
  const functions = functionTable(report, benchmark);
  const parts = [
    metricTable(benchmark),
    svg === null ? '' : `<div class="flame-frame replaced">${svg}</div>`,
    functions === '' ? '' : `<div class="replaced">${functions}</div>`,
    callTree(benchmark),
    notes(benchmark),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function title(report: Report, benchmark: BenchmarkReport): string {
  const name = benchmark.name === 'default' ? 'The program' : code(benchmark.name);
  const phrase = benchmark.metrics.length > 0 ? ` ${headlinePhrase(benchmark)}` : `: ${headline(benchmark)}`;
  const words = [phrase, ...titleSuffixes(report, benchmark)].join(', ');
  // A number stays with its unit where a phone breaks the line.
  return name + escapeHtml(words).replace(/(?<=\d) (?=[KMGTPE]?B\b|%)/g, '\u00A0');
}

function code(name: string): string {
  return `<code>${escapeHtml(visibleText(name) || '(no name)')}</code>`;
}

function alert(report: Report, benchmark: BenchmarkReport): string {
  const lines: string[] = [];
  const failures = [
    { side: 'Head', failure: benchmark.headFailure },
    { side: 'Base', failure: benchmark.baseFailure },
  ];
  let output = '';
  for (const { side, failure } of failures) {
    if (failure === null) continue;
    lines.push(
      `${side} ${failureWords(failure)}. ${withCode(escapeHtml(visibleText(failure.message, 2000)))}`,
    );
    const shown = outputLines(failure.lastLines);
    if (shown.length > 0) output += `\n<pre>${shown.map(escapeHtml).join('\n')}</pre>`;
  }
  if (benchmark.baseFailure !== null && benchmark.metrics.length > 0) lines.push(notCheckedSentence());
  const exceeded = exceededLimits(benchmark);
  lines.push(...exceeded.map(limitSentence));
  if (exceeded.length > 0) lines.push(consequenceSentence(report, exceeded, doesFail(report), code));
  if (benchmark.headFailure !== null) lines.push('This check fails.');
  if (lines.length === 0) return '';
  return `<div class="alert">${lines.map((line) => `<p>${line}</p>`).join('')}</div>${output}`;
}

/** What our own sentences have between backticks. */
function withCode(html: string): string {
  return html.replaceAll(/`([^`<>]+)`/g, '<code>$1</code>');
}

function limitSentence(report: MetricReport): string {
  return exceededSentence(report, report.metric.label, limitText(report));
}

function limitText({ limit }: MetricReport): string {
  return escapeHtml(visibleText(limit?.text ?? '', 60));
}

function explanation(report: Report, benchmark: BenchmarkReport): string[] {
  const missing = missingBaseSentence(report, benchmark, (base) => code(shortSha(base) ?? base.label));
  const sentences = missing === '' ? [] : [missing];
  if (benchmark.verdict === 'unchanged') sentences.push(withCode(unchangedSentence(benchmark)));
  const culprit = culpritSentence(benchmark, (found) => culpritName(report, found));
  if (culprit !== null) sentences.push(culprit);
  sentences.push(...alsoWorseSentences(benchmark));
  for (const hint of benchmark.hints) {
    const url = sourceUrl(report, { ...hint, isGone: false });
    const name = link(url, code(hint.shortName));
    sentences.push(`Hint: ${withCode(hintSentences(hint, name, escapeHtml))}`);
  }
  return sentences;
}

function culpritName(report: Report, culprit: Culprit): string {
  const url = sourceUrl(report, { ...culprit, isGone: culprit.head === 0 });
  return `<strong>${link(url, code(culprit.shortName))}</strong>`;
}

function link(url: string | null, content: string): string {
  return url === null ? content : `<a href="${escapeHtml(url)}" rel="noopener noreferrer">${content}</a>`;
}

function metricTable(benchmark: BenchmarkReport): string {
  if (benchmark.metrics.length === 0) return '';
  const hasBase = benchmark.metrics.some((metric) => metric.base !== null);
  const hasLimit = benchmark.metrics.some((metric) => metric.limit !== null);
  const hasVerdict = hasBase || hasLimit;
  const leading = leadingMetric(benchmark);
  const headings = [
    'metric',
    ...(hasBase ? ['base', 'head', 'change'] : ['head']),
    ...(hasLimit ? ['limit'] : []),
  ].map((text) => `<th scope="col">${text}</th>`);
  const rows = benchmark.metrics.map((report) => {
    const { metric, base, head, limit } = report;
    const cells = [
      ...(hasBase ? [base === null ? '' : formatQuantity(metric.unit, base)] : []),
      formatQuantity(metric.unit, head),
      ...(hasBase ? [base === null ? 'new' : changeCell(metric.unit, base, head)] : []),
      ...(hasLimit ? [limit === null ? 'none' : limitWords(report, limitText(report))] : []),
    ];
    return [
      `<tr${report === leading ? ' class="leading"' : ''}>`,
      `<th scope="row" title="${escapeHtml(metric.meaning)}">${metric.label}</th>`,
      ...cells.map((cell) =>
        cell.includes('<span>') ? `<td class="change">${cell}</td>` : `<td>${cell}</td>`,
      ),
      hasVerdict ? `<td class="words ${direction(report)}">${plainVerdictWords(report)}</td>` : '',
      '</tr>',
    ].join('');
  });
  return table([...headings, hasVerdict ? '<td></td>' : ''].join(''), rows);
}

/** The two halves may stand under each other, but neither breaks. */
function changeCell(unit: Unit, base: number, head: number): string {
  return formatChange(unit, base, head).replace(/^(.+) (\(.+\))$/, '<span>$1</span> <span>$2</span>');
}

function direction(report: MetricReport): string {
  if (report.isAdvisory && report.verdict !== 'regressed') return '';
  if (report.verdict === 'improved') return 'less';
  return report.verdict === 'grew' || report.verdict === 'regressed' ? 'more' : '';
}

function table(headings: string, rows: readonly string[], caption = ''): string {
  return `<div class="wide" tabindex="0"><table>${caption}<thead><tr>${headings}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

function functionTable(report: Report, benchmark: BenchmarkReport): string {
  const leading = leadingMetric(benchmark);
  const changes = benchmark.changes.filter((change) => change.metric === leading?.metric.id);
  if (leading === null || changes.length === 0) return '';
  const { unit } = leading.metric;
  // Folded text holds one metric and no calls.
  const hasCalls = benchmark.metrics.some(({ metric }) => metric.id === 'allocations');
  const rows = changes.slice(0, FUNCTION_ROWS).map((change) => {
    const url = sourceUrl(report, { ...change, isGone: change.status === 'gone' });
    const less = change.delta < 0 ? 'less' : change.delta > 0 ? 'more' : '';
    const cells = [
      `<td class="name" title="${escapeHtml(visibleText(change.name, 1000))}">${link(url, code(change.shortName))}</td>`,
      `<td>${formatQuantity(unit, change.base)}</td>`,
      `<td>${formatQuantity(unit, change.head)}</td>`,
      `<td class="${less}">${formatDelta(unit, change.delta)}</td>`,
      ...(hasCalls ? [`<td>${formatBaseToHead('count', change.baseCalls, change.headCalls)}</td>`] : []),
      `<td class="words">${change.status}</td>`,
    ];
    return `<tr>${cells.join('')}</tr>`;
  });
  const hidden = changes.length - rows.length;
  const caption = `<caption>${leading.metric.label} by each, with what ${agentWords(benchmark, code)} allocate for it${
    hidden > 0 ? `; ${formatCount(hidden)} more are in report.json` : ''
  }</caption>`;
  const headings = ['function', 'base', 'head', 'change', ...(hasCalls ? ['allocations'] : []), 'status'].map(
    (text) => `<th scope="col"${text === 'status' ? ' class="words"' : ''}>${text}</th>`,
  );
  return `<h3>Functions that changed most</h3>\n${table(headings.join(''), rows, caption)}`;
}

function callTree(benchmark: BenchmarkReport): string {
  const primary = benchmark.metrics.find(({ metric }) => metric.id === benchmark.primary)?.metric;
  if (benchmark.callTree === null || benchmark.callTree.rows.length === 0 || primary === undefined) return '';
  const hasBase = benchmark.metrics.some(({ base }) => base !== null);
  const lines = callTreeLines(benchmark.callTree, primary.unit, 110, hasBase).map((line) =>
    line.direction === 'same' || !hasBase
      ? escapeHtml(line.text)
      : `<span class="${line.direction}">${escapeHtml(line.text)}</span>`,
  );
  const hidden = benchmark.callTree.hiddenFrames;
  if (hidden > 0) lines.push(`… ${formatCount(hidden)} ${hidden === 1 ? 'frame' : 'frames'} not shown`);
  return `<h3>Call tree, ${primary.label.toLowerCase()}</h3>\n<pre tabindex="0">${lines.join('\n')}</pre>`;
}

function notes(benchmark: BenchmarkReport): string {
  const items = benchmark.notes.map((note) => `<li>${escapeHtml(visibleText(note, 2000))}</li>`);
  for (const words of trustWords(benchmark))
    items.push(`<li>${words[0].toUpperCase()}${words.slice(1)}.</li>`);
  return items.length === 0 ? '' : `<h3>Notes</h3>\n<ul>${items.join('')}</ul>`;
}

function howItWasMeasured(report: Report): string {
  const facts: (readonly [term: string, description: string])[] = [];
  if (report.base !== null) facts.push(['Base', revision(report.base)]);
  facts.push(['Head', revision(report.head)]);
  if (report.tracker !== null) {
    facts.push(['Recorded by', escapeHtml(visibleText(`${report.tracker.name} ${report.tracker.version}`))]);
  }
  for (const { label, meaning } of report.benchmarks[0]?.metrics.map(({ metric }) => metric) ?? []) {
    facts.push([label, escapeHtml(meaning)]);
  }
  const list = facts.map(([term, description]) => `<dt>${term}</dt><dd>${description}</dd>`);
  return `<section>\n<h2>How it was measured</h2>\n<dl>${list.join('')}</dl>\n</section>`;
}

function revision({ sha, label }: Revision): string {
  const name = escapeHtml(visibleText(label));
  return sha === null ? name : `${code(sha)} ${name}`;
}
