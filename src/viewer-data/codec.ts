import type { DiffFrame } from '../diff/profile-diff.ts';
import type { HeapFacts, HeapSeries, HeapTimeline, SizeHistogram } from '../profile/heap-facts.ts';
import { SIZE_BUCKET_COUNT } from '../profile/heap-facts.ts';
import { forEachMetric, METRIC_IDS, type MetricId, metricById, type Totals } from '../profile/metric.ts';
import type { CostColumns } from '../profile/profile.ts';
import type { LineRow } from '../report/line-table.ts';
import type { MetricReport, Revision, Verdict } from '../report/report.ts';
import { NumberReader, NumberWriter } from './bytes.ts';
import type { BenchmarkData, ReportData } from './report-data.ts';

/*
 * ReportData as bytes: a JSON text with all words, then the numbers, column by column and as differences where
 * neighbours are alike, which packs well. Only ever read by the script of the same page.
 */

interface Header {
  readonly base: Revision | null;
  readonly head: Revision;
  readonly repositoryUrl: string | null;
  readonly benchmarks: readonly (BenchmarkHeader | null)[];
}

type MetricHeader = Omit<MetricReport, 'metric'> & { readonly metric: MetricId };

interface BenchmarkHeader {
  readonly name: string;
  readonly verdict: Verdict;
  readonly primary: MetricId;
  readonly hasBase: boolean;
  readonly metrics: readonly MetricHeader[];
  readonly stacks: number;
  /** Module and file are indexes into `strings`; file -1 for null. */
  readonly strings: readonly string[];
  readonly frames: readonly (readonly [
    name: string,
    shortName: string,
    module: number,
    file: number,
    isOwn: 0 | 1,
  ])[];
  readonly lines: readonly (readonly [
    path: number,
    line: number,
    frame: number,
    side: 0 | 1,
    isTouched: 0 | 1,
    base: readonly number[],
    head: readonly number[],
  ])[];
  readonly hasWrappers: boolean;
  readonly hiddenLines: number;
}

/** C++ templates reach tens of thousands of characters; nobody reads that far, and the page has to carry them. */
const LONGEST_NAME = 2000;

/** Names beyond 2000 characters are cut. */
export function encodeReportData(data: ReportData): Uint8Array<ArrayBuffer> {
  const writer = new NumberWriter();
  const header: Header = {
    base: data.base,
    head: data.head,
    repositoryUrl: data.repositoryUrl,
    benchmarks: data.benchmarks.map((benchmark) => benchmark && benchmarkHeader(benchmark)),
  };
  writer.writeText(JSON.stringify(header));
  for (const benchmark of data.benchmarks) if (benchmark !== null) writeColumns(writer, benchmark);
  return writer.toBytes();
}

/** @param bytes as `encodeReportData` made them */
export function decodeReportData(bytes: Uint8Array): ReportData {
  const reader = new NumberReader(bytes);
  const header = JSON.parse(reader.readText()) as Header;
  return {
    ...header,
    benchmarks: header.benchmarks.map((benchmark) => benchmark && readBenchmark(reader, benchmark)),
  };
}

function benchmarkHeader(data: BenchmarkData): BenchmarkHeader {
  const strings: string[] = [];
  const indexOf = new Map<string, number>();
  const intern = (text: string) => {
    let index = indexOf.get(text);
    if (index === undefined) {
      index = strings.push(text) - 1;
      indexOf.set(text, index);
    }
    return index;
  };
  return {
    name: data.name,
    verdict: data.verdict,
    primary: data.primary,
    hasBase: data.hasBase,
    metrics: data.metrics.map((report) => ({ ...report, metric: report.metric.id })),
    stacks: data.stacks.length,
    frames: data.frames.map(({ name, shortName, module, file, isOwn }) => [
      name.slice(0, LONGEST_NAME),
      shortName.slice(0, LONGEST_NAME),
      intern(module),
      file === null ? -1 : intern(file),
      isOwn ? 1 : 0,
    ]),
    lines: data.lines.map(({ path, line, frame, side, isTouched, base, head }) => [
      intern(path),
      line,
      frame,
      side === 'base' ? 0 : 1,
      isTouched ? 1 : 0,
      METRIC_IDS.map((id) => base[id]),
      METRIC_IDS.map((id) => head[id]),
    ]),
    strings,
    hasWrappers: data.hasWrappers,
    hiddenLines: data.hiddenLines,
  };
}

function writeColumns(writer: NumberWriter, { stacks, base, head, moved, heap }: BenchmarkData): void {
  writeHeapFacts(writer, heap.base);
  writeHeapFacts(writer, heap.head);
  for (let stack = 0; stack < stacks.length; stack++) writer.write(stack - stacks.prefix[stack]);
  for (let stack = 0; stack < stacks.length; stack++) writer.write(stacks.frame[stack]);
  for (let stack = 0; stack < stacks.length; stack++) writer.write(stacks.headLine[stack]);
  for (let stack = 0; stack < stacks.length; stack++)
    writer.writeSigned(stacks.baseLine[stack] - stacks.headLine[stack]);
  for (let stack = 0; stack < stacks.length; stack++) writer.write(stacks.merged[stack]);
  for (const id of METRIC_IDS) {
    for (let stack = 0; stack < stacks.length; stack++) writer.write(base[id][stack]);
    for (let stack = 0; stack < stacks.length; stack++) writer.writeSigned(head[id][stack] - base[id][stack]);
    for (let stack = 0; stack < stacks.length; stack++) writer.write(moved[id][stack]);
  }
}

/** Each part follows a number that is 0 when there is none; a timeline's is that of its programs. */
function writeHeapFacts(writer: NumberWriter, { timeline, sizes }: HeapFacts): void {
  writer.write(timeline?.programs ?? 0);
  if (timeline !== null) {
    writeSeries(writer, timeline.byEvents);
    writeSeries(writer, timeline.byTime);
  }
  writer.write(sizes === null ? 0 : 1);
  for (const count of sizes === null ? [] : [...sizes.calls, ...sizes.bytes]) writer.write(count);
}

function writeSeries(writer: NumberWriter, { at, live }: HeapSeries): void {
  writer.write(at.length);
  for (let point = 0; point < at.length; point++) writer.write(at[point] - (at[point - 1] ?? 0));
  for (let point = 0; point < at.length; point++) writer.writeSigned(live[point] - (live[point - 1] ?? 0));
}

function readHeapFacts(reader: NumberReader): HeapFacts {
  const programs = reader.read();
  const timeline: HeapTimeline | null =
    programs === 0 ? null : { byEvents: readSeries(reader), byTime: readSeries(reader), programs };
  const column = () => new Float64Array(SIZE_BUCKET_COUNT).map(() => reader.read());
  const sizes: SizeHistogram | null = reader.read() === 0 ? null : { calls: column(), bytes: column() };
  return { timeline, sizes };
}

function readSeries(reader: NumberReader): HeapSeries {
  const length = reader.read();
  const at = new Float64Array(length);
  const live = new Float64Array(length);
  for (let point = 0; point < length; point++) at[point] = (at[point - 1] ?? 0) + reader.read();
  for (let point = 0; point < length; point++) live[point] = (live[point - 1] ?? 0) + reader.readSigned();
  return { at, live };
}

function readBenchmark(reader: NumberReader, header: BenchmarkHeader): BenchmarkData {
  const { name, verdict, primary, hasBase, strings, hasWrappers, hiddenLines } = header;
  const heap = { base: readHeapFacts(reader), head: readHeapFacts(reader) };
  const length = header.stacks;
  const column = () => new Int32Array(length);
  const stacks = {
    length,
    prefix: column(),
    frame: column(),
    baseLine: column(),
    headLine: column(),
    merged: column(),
  };
  for (let stack = 0; stack < length; stack++) stacks.prefix[stack] = stack - reader.read();
  for (let stack = 0; stack < length; stack++) stacks.frame[stack] = reader.read();
  for (let stack = 0; stack < length; stack++) stacks.headLine[stack] = reader.read();
  for (let stack = 0; stack < length; stack++)
    stacks.baseLine[stack] = stacks.headLine[stack] + reader.readSigned();
  for (let stack = 0; stack < length; stack++) stacks.merged[stack] = reader.read();
  const costs = (): CostColumns => forEachMetric(() => new Float64Array(length));
  const [base, head, moved] = [costs(), costs(), costs()];
  for (const id of METRIC_IDS) {
    for (let stack = 0; stack < length; stack++) base[id][stack] = reader.read();
    for (let stack = 0; stack < length; stack++) head[id][stack] = base[id][stack] + reader.readSigned();
    for (let stack = 0; stack < length; stack++) moved[id][stack] = reader.read();
  }
  return {
    name,
    verdict,
    primary,
    hasBase,
    heap,
    metrics: header.metrics.map((report) => ({ ...report, metric: metricById(report.metric) })),
    frames: header.frames.map(
      ([name, shortName, module, file, isOwn]): DiffFrame => ({
        name,
        shortName,
        module: strings[module],
        file: file < 0 ? null : strings[file],
        isOwn: isOwn === 1,
      }),
    ),
    stacks,
    base,
    head,
    moved,
    lines: header.lines.map(
      ([path, line, frame, side, isTouched, base, head]): LineRow => ({
        path: strings[path],
        line,
        frame,
        side: side === 0 ? 'base' : 'head',
        isTouched: isTouched === 1,
        base: totalsOf(base),
        head: totalsOf(head),
      }),
    ),
    hasWrappers,
    hiddenLines,
  };
}

function totalsOf(numbers: readonly number[]): Totals {
  return forEachMetric((id) => numbers[METRIC_IDS.indexOf(id)]);
}
