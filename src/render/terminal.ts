import type { BenchmarkReport, CallTreeRow, MetricReport, Report, Revision } from '../report/report.ts';
import { callTreeLines } from './call-tree.ts';
import { alsoWorseSentences, culpritSentence, missingBaseSentence, unchangedSentence } from './culprit.ts';
import { outputLines, terminalText } from './escape.ts';
import { headline, headlinePhrase, leadingMetric, titleSuffixes } from './headline.ts';
import { hintSentences } from './hints.ts';
import { exceededSentence, notCheckedSentence } from './limits.ts';
import { shortSha } from './links.ts';
import { formatChange, formatCount, formatQuantity } from './quantity.ts';
import { fitText, padEnd, padStart, textWidth } from './text-width.ts';
import { trustWords } from './trust.ts';
import { plainVerdictWords } from './verdict.ts';

export interface TerminalOptions {
  /** Width of the terminal in characters. Names and trees are cut to it, numbers are not. */
  readonly columns: number;
  readonly color: boolean;
}

/** The same facts as the comment's, for a person at a terminal. Ends with a line break. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const paint = options.color ? paintAnsi : paintNothing;
  const sections: string[] = [];
  if (report.benchmarks.length !== 1) sections.push(paint('bold', `Memory: ${headline(report)}`));
  const isListed = (benchmark: BenchmarkReport) =>
    report.benchmarks.length > 1 && benchmark.verdict === 'unchanged';
  for (const benchmark of report.benchmarks) {
    if (!isListed(benchmark)) sections.push(...benchmarkSections(report, benchmark, options.columns, paint));
  }
  sections.push(
    report.benchmarks
      .filter(isListed)
      .map((benchmark) => title(report, benchmark))
      .join('\n'),
  );
  sections.push(paint('dim', trustLine(report)));
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

const MAXIMUM_HINTS = 2;
/** From this width on there is room for bars beside the call tree. */
const BARS_FROM = 110;
/** As long as their legend. */
const SHORTEST_BAR = 28;
const LONGEST_BAR = 40;

type Style = 'bold' | 'dim' | 'less' | 'more';
type Paint = (style: Style, text: string) => string;

/**
 * Blue and orange as in the pictures: red and green would say good and bad, and not to everybody. Of the 256 colours
 * those that can be read on black and on white.
 */
const ANSI: Readonly<Record<Style, readonly [on: string, off: string]>> = {
  bold: ['\u001B[1m', '\u001B[22m'],
  dim: ['\u001B[2m', '\u001B[22m'],
  less: ['\u001B[38;5;33m', '\u001B[39m'],
  more: ['\u001B[38;5;166m', '\u001B[39m'],
};

function paintAnsi(style: Style, text: string): string {
  return text === '' ? '' : ANSI[style][0] + text + ANSI[style][1];
}

function paintNothing(_style: Style, text: string): string {
  return text;
}

function benchmarkSections(
  report: Report,
  benchmark: BenchmarkReport,
  columns: number,
  paint: Paint,
): string[] {
  // Lines of prose longer than this are hard to read, however wide the terminal is.
  const measure = Math.min(columns, 100);
  const hints = benchmark.hints.slice(0, MAXIMUM_HINTS).map((hint) => {
    const sentences = hintSentences(hint, terminalText(hint.shortName) || '(no name)');
    return wrap(`hint: ${sentences.replaceAll('`', '')}`, measure);
  });
  const notes = benchmark.notes.map((note) => wrap(`note: ${terminalText(note, 1000)}`, measure));
  return [
    paint('bold', wrap(title(report, benchmark), measure)),
    failure(benchmark, measure),
    wrap(explanation(report, benchmark), measure),
    metricTable(benchmark, paint),
    hints.join('\n'),
    functionTable(benchmark, columns),
    tree(benchmark, columns, paint),
    notes.join('\n'),
    paint('dim', wrap(trustWords(benchmark).join(' · '), measure)),
  ];
}

function title(report: Report, benchmark: BenchmarkReport): string {
  const name = benchmark.name === 'default' ? 'The program' : terminalText(benchmark.name) || '(no name)';
  const isMeasured = benchmark.metrics.length > 0;
  const phrase = isMeasured ? `${name} ${headlinePhrase(benchmark)}` : `${name}: ${headline(benchmark)}`;
  return [phrase, ...titleSuffixes(report, benchmark)].join(', ');
}

function failure(benchmark: BenchmarkReport, columns: number): string {
  const failed = benchmark.headFailure ?? benchmark.baseFailure;
  if (failed === null) return '';
  const lines = outputLines(failed.lastLines).map((line) => `  ${line}`);
  return [wrap(terminalText(failed.message, 1000), columns), ...lines].join('\n');
}

function explanation(report: Report, benchmark: BenchmarkReport): string {
  if (benchmark.verdict === 'unchanged') return unchangedSentence(benchmark).replaceAll('`', '');
  const missing = missingBaseSentence(report, benchmark, revisionText);
  const sentences = missing === '' ? [] : [missing];
  if (benchmark.baseFailure !== null && benchmark.metrics.length > 0) sentences.push(notCheckedSentence());
  const exceeded = benchmark.metrics.filter(({ verdict }) => verdict === 'regressed');
  sentences.push(...exceeded.map(limitSentence));
  if (report.accepted !== null && exceeded.length > 0) {
    const [by, label] = [report.accepted.by, report.accepted.label].map((name) => terminalText(name, 60));
    sentences.push(`${by} accepted the growth with the label ${label}.`);
  }
  const culprit = culpritSentence(benchmark, ({ shortName }) => terminalText(shortName) || '(no name)');
  if (culprit !== null) sentences.push(culprit);
  return [...sentences, ...alsoWorseSentences(benchmark)].join(' ');
}

/** One metric and the limit that it is over, as plain text. */
export function limitSentence(report: MetricReport): string {
  return exceededSentence(report, report.metric.label, terminalText(report.limit?.text ?? '', 60));
}

function metricTable(benchmark: BenchmarkReport, paint: Paint): string {
  if (benchmark.metrics.length === 0) return '';
  const rows = benchmark.metrics.map(({ metric, base, head }) =>
    base === null
      ? [metric.label, '', formatQuantity(metric.unit, head), '']
      : [
          metric.label,
          formatQuantity(metric.unit, base),
          formatQuantity(metric.unit, head),
          formatChange(metric.unit, base, head),
        ],
  );
  const hasBase = benchmark.metrics.some((metric) => metric.base !== null);
  const lines = alignColumns([['', hasBase ? 'base' : '', 'head', hasBase ? 'change' : ''], ...rows]);
  return lines
    .map((line, i) => {
      if (i === 0) return line.trimEnd();
      const report = benchmark.metrics[i - 1];
      const words = hasBase || report.limit !== null ? plainVerdictWords(report) : '';
      const text = `${line}  ${words}`.trimEnd();
      if (report.isAdvisory && report.verdict !== 'regressed') return text;
      if (report.verdict === 'improved') return paint('less', text);
      return report.verdict === 'grew' || report.verdict === 'regressed' ? paint('more', text) : text;
    })
    .join('\n');
}

function functionTable(benchmark: BenchmarkReport, columns: number): string {
  const leading = leadingMetric(benchmark);
  const changes = benchmark.changes.filter((change) => change.metric === leading?.metric.id).slice(0, 5);
  if (leading === null || leading.verdict === 'unchanged' || changes.length === 0) return '';
  const { unit } = leading.metric;
  const rows = changes.map((change) => [
    fitText(terminalText(change.shortName) || '(no name)', Math.max(20, columns - 46)),
    formatQuantity(unit, change.base),
    formatQuantity(unit, change.head),
    change.status === 'moved' && change.delta === 0 ? 'moved' : formatChange(unit, change.base, change.head),
  ]);
  return alignColumns([['functions that changed most', 'base', 'head', 'change'], ...rows])
    .map((line) => line.trimEnd())
    .join('\n');
}

function tree(benchmark: BenchmarkReport, columns: number, paint: Paint): string {
  const primary = benchmark.metrics.find(({ metric }) => metric.id === benchmark.primary)?.metric;
  if (benchmark.callTree === null || primary === undefined || benchmark.verdict === 'unchanged') return '';
  if (benchmark.callTree.rows.length === 0) return '';
  const hasBase = benchmark.metrics.some(({ base }) => base !== null);
  const barColumns = columns >= BARS_FROM ? Math.min(LONGEST_BAR, SHORTEST_BAR + columns - BARS_FROM) : 0;
  const rows = benchmark.callTree.rows;
  const scale = Math.max(...rows.map((row) => Math.max(row.base, row.head)));
  const table = callTreeLines(
    benchmark.callTree,
    primary.unit,
    barColumns === 0 ? columns : columns - barColumns - 2,
    hasBase,
  );
  const width = Math.max(...table.map(({ text }) => textWidth(text)));
  const lines = table.map(({ text, direction }, i) => {
    const isPlain = direction === 'same' || !hasBase;
    const painted = isPlain ? text : paint(direction, text);
    if (barColumns === 0) return painted;
    const gap = ' '.repeat(width - textWidth(text) + 2);
    if (i === 0)
      return `${text}${gap}${paint('dim', hasBase ? '█ both sides  ░ gone  ▓ new' : '')}`.trimEnd();
    return `${painted}${gap}${bar(rows[i - 1], scale, barColumns, hasBase, paint)}`.trimEnd();
  });
  const hidden = benchmark.callTree.hiddenFrames;
  if (hidden > 0)
    lines.push(paint('dim', `… ${formatCount(hidden)} ${hidden === 1 ? 'frame' : 'frames'} not shown`));
  return lines.join('\n');
}

/** The flame graph's gist: what both sides have, then what went or came, on the scale of the outermost frame. */
function bar(row: CallTreeRow, scale: number, columns: number, hasBase: boolean, paint: Paint): string {
  const length = (cost: number) => Math.round((cost / scale) * columns);
  if (!hasBase) return '█'.repeat(length(row.head));
  const both = length(Math.min(row.base, row.head));
  const change = length(Math.max(row.base, row.head)) - both;
  const [style, sign] = row.head < row.base ? (['less', '░'] as const) : (['more', '▓'] as const);
  return '█'.repeat(both) + (change === 0 ? '' : paint(style, sign.repeat(change)));
}

function trustLine(report: Report): string {
  const parts = [`head ${revisionText(report.head)}`];
  if (report.base !== null) parts.unshift(`base ${revisionText(report.base)}`);
  if (report.tracker !== null)
    parts.push(terminalText(`${report.tracker.name} ${report.tracker.version}`, 60));
  return parts.join(' · ');
}

function revisionText(revision: Revision): string {
  return shortSha(revision) ?? terminalText(revision.label, 60);
}

/** The first column to the left, the others to the right. */
function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => textWidth(row[column]))));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? padEnd(cell, widths[0]) : padStart(cell, widths[column])))
      .filter((_, column) => widths[column] > 0)
      .join('  '),
  );
}

/** A number stays with its unit. */
function wrap(text: string, columns: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ (?![KMGTPE]?B\b|%)/)) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
