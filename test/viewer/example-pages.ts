import { buildViewer } from '../../scripts/build-viewer.ts';
import { diffProfiles, onlyHead } from '../../src/diff/diff-profiles.ts';
import type { ProfileDiff } from '../../src/diff/profile-diff.ts';
import type { HeapFacts, HeapSeries } from '../../src/profile/heap-facts.ts';
import { forEachMetric, METRIC_IDS, type MetricId } from '../../src/profile/metric.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { ProfileBuilder } from '../../src/profile/profile-builder.ts';
import { renderReport } from '../../src/render/render-report.ts';
import { buildBenchmarkReport, buildReport } from '../../src/report/build-report.ts';
import type { Report } from '../../src/report/report.ts';
import type { ChangedLines } from '../../src/report/source-lines.ts';
import type { BenchmarkSource } from '../../src/viewer-data/build-report-data.ts';
import { BASE_SHA, HEAD_SHA } from '../render/example-reports.ts';

/**
 * A profile from text, a stack on each line: `name@file:line;… allocated calls temporary peak leaked`, what is missing
 * at the end of the numbers being 0. Files below `src/` are the repository's.
 */
export function profileOf(text: string): Profile {
  const builder = new ProfileBuilder();
  const costs = METRIC_IDS.map((): [stack: number, cost: number][] => []);
  for (const line of text.split('\n').filter((content) => content !== '')) {
    const [path, ...numbers] = line.trim().split(/ (?=\d+(?: |$))/);
    let stack = -1;
    for (const part of path.split(';')) {
      const [, name, file, lineNumber] = /^(.*?)(?:@([^@]+):(\d+))?$/s.exec(part) ?? [];
      const frame = builder.frame({
        function: builder.string(name),
        file: builder.string(file ?? ''),
        line: Number(lineNumber ?? 0),
        module: builder.string('/opt/program'),
      });
      stack = builder.internStack(stack, frame);
    }
    numbers.forEach((number, i) => {
      costs[i].push([stack, Number(number)]);
    });
  }
  return build(builder, costs);
}

function build(builder: ProfileBuilder, costs: readonly (readonly [number, number])[][]): Profile {
  const columns = forEachMetric((id: MetricId) => {
    const column = new Float64Array(builder.stackCount);
    for (const [stack, cost] of costs[METRIC_IDS.indexOf(id)]) column[stack] += cost;
    return column;
  });
  const facts = {
    metrics: METRIC_IDS,
    command: null,
    recordedBy: 'heaptrack 1.4.0',
    executable: '/opt/program',
    events: 1,
    isThreaded: false,
    timeline: null,
    sizes: null,
  };
  return builder.build(facts, columns);
}

const ownership = (file: string) => (file.startsWith('src/') ? file : null);
const shorten = (name: string) => name.split('::').slice(-2).join('::');
const OPTIONS = {
  nameFunction: (name: string) => ({ identity: name, name, shortName: shorten(name) }),
  baseOwnership: ownership,
  headOwnership: ownership,
};

export function diffOf(base: Profile | null, head: Profile): ProfileDiff {
  return base === null ? onlyHead(head, OPTIONS) : diffProfiles(base, head, OPTIONS);
}

const MAIN = 'dates::main@src/main.rs:9;dates::parse@src/lib.rs:20';
const TABLES = 'dates::Parser::default@src/lib.rs:41;dates::parse_info@src/lib.rs:63';

function withHeap(profile: Profile, heap: HeapFacts): Profile {
  return { ...profile, facts: { ...profile.facts, ...heap } };
}

/** A curve of so many waves, as high as the peak in the last but one. */
function series(length: number, step: number, peak: number): HeapSeries {
  const wave = (i: number) => (i % 10) / 9;
  return {
    at: Float64Array.from({ length }, (_, i) => (i + 1) * step),
    live: Float64Array.from({ length }, (_, i) =>
      i === length - 1 ? 0 : Math.round(peak * wave(i) * (i < length - 20 ? 0.8 : i < length - 10 ? 1 : 0.9)),
    ),
  };
}

function story(profile: Profile, length: number, peak: number, calls: readonly number[]): Profile {
  const bytes = calls.map((count, bucket) => count * 8 * 2 ** bucket);
  return withHeap(profile, {
    timeline: { byEvents: series(length, 600, peak), byTime: series(length, 10, peak), programs: 1 },
    sizes: { calls: Float64Array.from(calls), bytes: Float64Array.from(bytes) },
  });
}

/** A parser that makes its tables for each of 171 dates, then once. */
export const STORY = {
  base: story(
    profileOf(`
    ${MAIN};${TABLES};hashbrown::HashMap::insert;alloc::raw_vec::grow 1338930 15000 0 900 0
    ${MAIN};${TABLES} 47880 990 0 100 0
    ${MAIN};dates::Parser::default@src/lib.rs:44;alloc::Box::new_uninit 321138 6001 0 800 0
    ${MAIN};dates::Parser::parse@src/lib.rs:88;dates::tokenize@src/lib.rs:120;alloc::Vec::push 179316 4000 3000 2000 0
    ${MAIN};dates::Parser::parse@src/lib.rs:90;dates::to_lowercase@src/text.rs:7 70400 1900 757 900 0
    dates::main@src/main.rs:9;alloc::String::from 5330 12 0 544 544
    std::rt::init;std::io::stdout 2560 3 0 2560 0`),
    90,
    7804,
    [4000, 1900, 12, 3, 15_000, 6001, 990, 0, 0],
  ),
  head: story(
    profileOf(`
    ${MAIN};dates::TABLES@src/lib.rs:12;${TABLES};hashbrown::HashMap::insert;alloc::raw_vec::grow 7830 88 0 900 900
    ${MAIN};dates::TABLES@src/lib.rs:12;${TABLES} 280 6 0 100 100
    ${MAIN};dates::TABLES@src/lib.rs:12;dates::Parser::default@src/lib.rs:44;alloc::Box::new_uninit 1878 36 0 800 3608
    ${MAIN};dates::Parser::parse@src/lib.rs:89;dates::tokenize@src/lib.rs:121;alloc::Vec::push 179316 4000 3000 2000 0
    ${MAIN};dates::Parser::parse@src/lib.rs:91;dates::to_lowercase@src/text.rs:7 70400 1900 757 900 0
    dates::main@src/main.rs:9;alloc::String::from 5330 12 0 544 544
    std::rt::init;std::io::stdout 2560 3 0 2560 0`),
    40,
    6100,
    [4000, 1900, 12, 3, 88, 36, 6, 0, 0],
  ),
};

/** The change put a line in front of line 80 of src/lib.rs, and rewrote line 7 of src/text.rs. */
export const STORY_LINES: ChangedLines = {
  isChangedLine: (path, line) => path === 'src/text.rs' && line === 7,
  headPosition: (path, line) => {
    if (path === 'src/text.rs') return line === 7 ? null : { path, line };
    return { path, line: line < 80 ? line : line + 1 };
  },
};

/** Of the large program. */
const FUNCTIONS = 12_000;

/**
 * Stacks of a large program, the same ones every time: each row calls one of the last few, so that stacks get deep, and
 * costs are spread over several powers of ten. One row in ten differs between the sides.
 */
export function largeDiff(rows: number): ProfileDiff {
  const random = randomNumbers(7);
  const sides = [new ProfileBuilder(), new ProfileBuilder()];
  const costs = sides.map(() => METRIC_IDS.map((): [number, number][] => []));
  const depths: number[] = [];
  const stacks: number[] = [];
  for (let row = 0; stacks.length < rows; row++) {
    const reach = Math.min(stacks.length, random() < 0.7 ? 40 : stacks.length);
    const parent = stacks.length === 0 ? -1 : stacks.length - 1 - Math.floor(random() * reach);
    if (parent >= 0 && depths[parent] > 60) continue;
    const which = Math.floor(FUNCTIONS * random() ** 2);
    const name = `app::module_${which % 97}::Type${which % 311}::method_${which}`;
    const isOwn = which % 5 < 2;
    const before = stacks.length;
    const stack = sides.map((builder) =>
      builder.internStack(
        parent < 0 ? -1 : stacks[parent],
        builder.frame({
          function: builder.string(name),
          file: builder.string(isOwn ? `src/module_${which % 97}.rs` : ''),
          line: isOwn ? 1 + (row % 500) : 0,
          module: builder.string('/opt/program'),
        }),
      ),
    )[0];
    if (stack < before) continue;
    stacks.push(stack);
    depths.push(parent < 0 ? 0 : depths[parent] + 1);
    if (random() < 0.4) continue;
    const bytes = Math.ceil(16 * 10 ** (5 * random() ** 2));
    const numbers = [
      bytes,
      Math.ceil(bytes / 64),
      Math.floor(bytes / 512),
      Math.floor(bytes / 8),
      Math.floor(bytes / 99),
    ];
    const factor = random() < 0.1 ? [1, 1.6 * random()] : [1, 1];
    sides.forEach((_, side) => {
      numbers.forEach((number, i) => {
        costs[side][i].push([stack, Math.round(number * factor[side])]);
      });
    });
  }
  return diffOf(build(sides[0], costs[0]), build(sides[1], costs[1]));
}

/** https://en.wikipedia.org/wiki/Linear_congruential_generator */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface NamedSource extends Omit<BenchmarkSource, 'diff'> {
  readonly name: string;
  /** Null: head failed. */
  readonly diff: ProfileDiff | null;
  readonly hasBase?: boolean;
}

export function reportOf(sources: readonly NamedSource[]): Report {
  const limits = forEachMetric(() => ({
    ignoreBelow: { ratio: 0.001, absolute: 1000, text: '0.1% and 1 kB' },
    failOn: null,
    budget: null,
  }));
  const benchmarks = sources.map(({ name, diff, lines, hasBase = true }) =>
    buildBenchmarkReport({
      name,
      primary: 'allocated',
      limits,
      diff,
      hasBase,
      lines,
      runs: { base: [], head: [] },
      isThreaded: false,
      notes: [],
      baseFailure: null,
      headFailure:
        diff === null ? { phase: 'run', message: 'The program was ended by SIGABRT.', lastLines: [] } : null,
    }),
  );
  return buildReport(
    {
      base: { sha: BASE_SHA, label: 'main' },
      head: { sha: HEAD_SHA, label: 'static-tables' },
      tracker: { name: 'heaptrack', version: '1.4.0' },
      repositoryUrl: 'https://github.com/bspeice/dtparse',
      accepted: null,
    },
    benchmarks,
  );
}

let viewer: ReturnType<typeof buildViewer> | undefined;

/** `report.html` with the program as it is in the source now. */
export async function pageOf(named: readonly NamedSource[]): Promise<string> {
  viewer ??= buildViewer();
  const sources = new Map<string, BenchmarkSource>();
  for (const { name, diff, lines } of named) if (diff !== null) sources.set(name, { diff, lines });
  const rendered = await renderReport(reportOf(named), {
    links: { report: null },
    commentName: 'default',
    interactive: { viewer: await viewer, sources },
  });
  return rendered.html;
}
