import type { BenchmarkReport, Report } from '../report/report.ts';
import { callTreeLines } from './call-tree.ts';
import { escapeHtml, htmlCode, markdownCode, markdownFence, markdownText, outputLines } from './escape.ts';
import { headline } from './headline.ts';
import type { ReportLinks } from './links.ts';
import {
  alerts,
  alertsOfMany,
  explanation,
  hintParagraphs,
  image,
  meaningList,
  reportLink,
  titleOfOne,
  trustLine,
} from './markdown-sentences.ts';
import {
  benchmarkTable,
  functionTable,
  type IndexedBenchmark,
  metricTable,
  unchangedTable,
} from './markdown-tables.ts';
import { formatCount } from './quantity.ts';

/*
 * The pull request comment and the job summary, from one source. A text is a list of blocks; when it is too long, whole
 * blocks go, in this order: what the words mean, call trees, tables of functions, rows of unchanged benchmarks, hints,
 * notes, output of failed commands; inside a kind the last benchmark's first. Only then do tables of benchmarks get
 * shorter.
 */

/** GitHub takes 65,536 characters for a comment; we stay well below, counted in bytes of UTF-8. */
export const LONGEST_COMMENT = 60_000;
/** Of that, for the hidden line that publishing adds after the marker. */
const STATE_BYTES = 200;
/** GitHub takes 65,535 characters for each text of a check run; counted in bytes, no text is longer. */
export const LONGEST_CHECK_TEXT = 65_535;
/** GitHub takes 1 MiB for the summary of a step. */
const LONGEST_SUMMARY = 900_000;

/** The first line of a comment, by which it is found again. Two hyphens in a row would end it. */
export function commentMarker(commentName: string): string {
  const encoded = encodeURIComponent(commentName.toWellFormed().slice(0, 100).toWellFormed()).replace(
    /-(?=-)/g,
    '%2D',
  );
  return `<!-- memtrack-action:${encoded} -->`;
}

export function renderComment(report: Report, links: ReportLinks, commentName: string): string {
  const marker = commentMarker(commentName);
  const budget = LONGEST_COMMENT - STATE_BYTES - marker.length - 1;
  return `${marker}\n${fitBlocks(report, links, budget, COMMENT_EXTENT)}`;
}

/** What a check run shows below its title: the job summary, as much of it as there is room for. */
export function renderCheckSummary(report: Report, links: ReportLinks): string {
  return fitBlocks(report, links, LONGEST_CHECK_TEXT, SUMMARY_EXTENT);
}

export function renderSummary(report: Report, links: ReportLinks): string {
  return fitBlocks(report, links, LONGEST_SUMMARY, SUMMARY_EXTENT);
}

interface Block {
  readonly text: string;
  readonly kind: 'kept' | 'meanings' | 'callTree' | 'functions' | 'unchanged' | 'hints' | 'notes' | 'output';
  /** Summary (HTML) of the <details> that the block is folded into, together with its neighbours of the same one. */
  readonly foldedUnder?: string;
}

const DROPPED_FIRST: readonly Block['kind'][] = [
  'meanings',
  'callTree',
  'functions',
  'unchanged',
  'hints',
  'notes',
  'output',
];

/** How much of a report is shown. */
interface Extent {
  readonly benchmarkRows: number;
  readonly benchmarksInDetail: number;
  readonly functionRows: number;
  /** Of all benchmarks together. */
  readonly hints: number;
  readonly isCallTreeOpen: boolean;
}

const COMMENT_EXTENT: Extent = {
  benchmarkRows: 50,
  benchmarksInDetail: 5,
  functionRows: 5,
  hints: 2,
  isCallTreeOpen: false,
};
const SUMMARY_EXTENT: Extent = {
  benchmarkRows: 500,
  benchmarksInDetail: 50,
  functionRows: 20,
  hints: 10,
  isCallTreeOpen: true,
};

function fitBlocks(report: Report, links: ReportLinks, budget: number, extent: Extent): string {
  let blocks = composeBlocks(report, links, extent);
  let excess = Buffer.byteLength(joinBlocks(blocks, 0, links)) - budget;
  let dropped = 0;
  while (excess > 0) {
    const next = nextToDrop(blocks);
    if (next === -1) break;
    excess -= Buffer.byteLength(blocks[next].text);
    // The first one dropped is what brings in the line that says so.
    if (dropped === 0) excess += NOTICE_BYTES;
    blocks = blocks.toSpliced(next, 1);
    dropped++;
  }
  if (excess <= 0) return joinBlocks(blocks, dropped, links);
  if (extent.benchmarkRows > 1) {
    const benchmarkRows = Math.floor(extent.benchmarkRows / 2);
    const benchmarksInDetail = Math.min(extent.benchmarksInDetail, 1);
    return fitBlocks(report, links, budget, { ...extent, benchmarkRows, benchmarksInDetail });
  }
  return `## Memory: ${headline(report)}\n\nThe rest does not fit here. It is in the report.\n`;
}

/** More than the line about dropped parts takes, with the longest address. */
const NOTICE_BYTES = 2200;

function nextToDrop(blocks: readonly Block[]): number {
  for (const kind of DROPPED_FIRST) {
    const last = blocks.findLastIndex((block) => block.kind === kind);
    if (last !== -1) return last;
  }
  return -1;
}

function joinBlocks(blocks: readonly Block[], dropped: number, links: ReportLinks): string {
  const texts: string[] = [];
  for (const [i, { text, foldedUnder }] of blocks.entries()) {
    if (text === '') continue;
    const isFirst = blocks[i - 1]?.foldedUnder !== foldedUnder;
    const isLast = blocks[i + 1]?.foldedUnder !== foldedUnder;
    if (foldedUnder !== undefined && isFirst) texts.push(`<details><summary>${foldedUnder}</summary>`);
    texts.push(text);
    if (foldedUnder !== undefined && isLast) texts.push('</details>');
  }
  if (dropped > 0) {
    const where = reportLink(links, 'the report') ?? 'the report';
    const parts = dropped === 1 ? '1 part' : `${formatCount(dropped)} parts`;
    texts.splice(-1, 0, `${parts} left out here for length: see ${where}.`);
  }
  return `${texts.join('\n\n')}\n`;
}

function composeBlocks(report: Report, links: ReportLinks, extent: Extent): Block[] {
  const body =
    report.benchmarks.length === 1
      ? composeOne(report, report.benchmarks[0], links, extent)
      : composeMany(report, links, extent);
  return [...body, kept(trustLine(report, links))];
}

function composeOne(report: Report, benchmark: BenchmarkReport, links: ReportLinks, extent: Extent): Block[] {
  return [
    kept(`## Memory: ${titleOfOne(report, benchmark)}`),
    kept(alerts(report, benchmark)),
    failureOutput(benchmark),
    kept(explanation(report, benchmark)),
    kept(benchmark.verdict === 'unchanged' ? '' : image(benchmark, links)),
    benchmark.verdict === 'unchanged' && !extent.isCallTreeOpen
      ? { text: metricTable(benchmark), kind: 'kept', foldedUnder: 'All metrics' }
      : kept(metricTable(benchmark)),
    ...hints(report, [benchmark], extent),
    { text: functionTable(report, benchmark, extent.functionRows), kind: 'functions' },
    foldedCallTree(benchmark, extent),
    notes([benchmark]),
    meanings([benchmark]),
  ];
}

function composeMany(report: Report, links: ReportLinks, extent: Extent): Block[] {
  const indexed = report.benchmarks.map((benchmark, index) => ({ benchmark, index }));
  const changed = indexed.filter(({ benchmark }) => benchmark.verdict !== 'unchanged');
  const unchanged = indexed.filter(({ benchmark }) => benchmark.verdict === 'unchanged');
  const inDetail = changed.slice(0, extent.benchmarksInDetail).map(({ benchmark }) => benchmark);
  // The one picture that has an address is of the first benchmark that has a picture.
  const pictured = changed.find(({ benchmark }) => benchmark.flameGraph !== null)?.benchmark;
  return [
    kept(`## Memory: ${headline(report)}`),
    kept(alertsOfMany(report, inDetail)),
    kept(benchmarkTable(changed, links, extent.benchmarkRows)),
    ...inDetail.flatMap((benchmark) => [
      ...detail(report, benchmark, extent),
      kept(benchmark === pictured ? image(benchmark, links) : ''),
    ]),
    ...hints(report, inDetail, extent),
    unchangedBenchmarks(unchanged, links, extent),
    notes(report.benchmarks),
    meanings(report.benchmarks),
  ];
}

/** A block each, so that the first stay when there is no room for all. */
function hints(report: Report, benchmarks: readonly BenchmarkReport[], extent: Extent): Block[] {
  return hintParagraphs(report, benchmarks)
    .slice(0, extent.hints)
    .map((text) => ({ text, kind: 'hints' }));
}

function meanings(benchmarks: readonly BenchmarkReport[]): Block {
  return { text: meaningList(benchmarks), kind: 'meanings', foldedUnder: 'What the words mean' };
}

function kept(text: string): Block {
  return { text, kind: 'kept' };
}

/** What there is to say of one benchmark among several: a sentence, and the rest folded away. */
function detail(report: Report, benchmark: BenchmarkReport, extent: Extent): Block[] {
  const sentences = explanation(report, benchmark);
  const foldedUnder = `${htmlCode(benchmark.name)} ${escapeHtml(headline(benchmark))}`;
  return [
    kept(sentences === '' ? '' : `${markdownCode(benchmark.name)}: ${sentences}`),
    { ...failureOutput(benchmark), foldedUnder },
    { text: functionTable(report, benchmark, extent.functionRows), kind: 'functions', foldedUnder },
    { text: callTree(benchmark), kind: 'callTree', foldedUnder },
  ].filter((block): block is Block => block.text !== '');
}

function foldedCallTree(benchmark: BenchmarkReport, extent: Extent): Block {
  const text = callTree(benchmark);
  if (text === '' || extent.isCallTreeOpen) return { text, kind: 'callTree' };
  return { text, kind: 'callTree', foldedUnder: 'Call tree' };
}

/** In characters. */
const CALL_TREE_COLUMNS = 90;

function callTree({ callTree: tree, metrics, primary, verdict }: BenchmarkReport): string {
  const metric = metrics.find((report) => report.metric.id === primary)?.metric;
  if (tree === null || tree.rows.length === 0 || metric === undefined || verdict === 'unchanged') return '';
  const hasBase = metrics.some(({ base }) => base !== null);
  const lines = callTreeLines(tree, metric.unit, CALL_TREE_COLUMNS, hasBase).map((line) => line.text);
  if (tree.hiddenFrames > 0) {
    lines.push(
      `… ${formatCount(tree.hiddenFrames)} ${tree.hiddenFrames === 1 ? 'frame' : 'frames'} not shown`,
    );
  }
  return `${metric.label}, with all that each function calls:\n\n${markdownFence(lines)}`;
}

function failureOutput({ baseFailure, headFailure }: BenchmarkReport): Block {
  const lines = outputLines((headFailure ?? baseFailure)?.lastLines ?? []);
  return { text: lines.length === 0 ? '' : markdownFence(lines), kind: 'output' };
}

function unchangedBenchmarks(rows: readonly IndexedBenchmark[], links: ReportLinks, extent: Extent): Block {
  if (rows.length === 0) return { text: '', kind: 'unchanged' };
  return {
    text: unchangedTable(rows, links, extent.benchmarkRows),
    kind: 'unchanged',
    foldedUnder: `${rows.length === 1 ? '1 benchmark' : `${formatCount(rows.length)} benchmarks`} without change`,
  };
}

const MOST_NOTES = 20;
const MOST_NOTES_OF_ONE_BENCHMARK = 10;

function notes(benchmarks: readonly BenchmarkReport[]): Block {
  const lines = benchmarks.flatMap((benchmark) =>
    benchmark.notes.slice(0, MOST_NOTES_OF_ONE_BENCHMARK).map((note) => {
      const about = benchmarks.length > 1 ? `${markdownCode(benchmark.name)}: ` : '';
      return `- ${about}${markdownText(note, 500)}`;
    }),
  );
  return { text: lines.slice(0, MOST_NOTES).join('\n'), kind: 'notes' };
}
