import { METRICS, type MetricId, type Totals } from '../../src/profile/metric.ts';
import type {
  BenchmarkReport,
  CallTree,
  FunctionChange,
  Hint,
  LimitReport,
  MetricReport,
  Report,
  SideFailure,
} from '../../src/report/report.ts';
import { flameGraphOf, type StackCosts } from '../flamegraph/flame-graph-of.ts';

/*
 * Reports as they come out of real runs, for the tests of everything that shows or posts them. The numbers are those of
 * a date parser that built its tables for each of 171 dates, until one commit made them static.
 */

export const BASE_SHA = '4d7c5dd0a8c1b6d6f3d26f8d1f0cbd0f1f6c8e11';
export const HEAD_SHA = 'ef3ea3849a7e5a9d3f2fd6f4a1ce1b40f05a7d22';

const EXCLUDED: Totals = { allocated: 72_704, allocations: 1, temporary: 0, peak: 72_704, leaked: 72_704 };

const BEFORE: Totals = {
  allocated: 1_997_960,
  allocations: 29_621,
  temporary: 3_757,
  peak: 6_840,
  leaked: 544,
};
const AFTER: Totals = {
  allocated: 300_000,
  allocations: 7_772,
  temporary: 3_604,
  peak: 6_840,
  leaked: 5_152,
};

/** One stack for each place that allocates; moved: what the static's initialiser took over from the per-call path. */
const STORY: readonly StackCosts[] = [
  story('Parser::default;ParserInfo::default;dtparse::parse_info;HashMap::insert', 1_338_930, 7_830),
  story('Parser::default;ParserInfo::default;dtparse::parse_info', 47_880, 280),
  story('Parser::default;ParserInfo::default;Box::new_uninit', 321_138, 1_878),
  ...(['HashMap::insert', '', 'Box::new_uninit'] as const).map((leaf, i): StackCosts => {
    const parent = i < 2 ? 'ParserInfo::default;dtparse::parse_info' : 'ParserInfo::default';
    const stack = `casestudy::main;dtparse::parse;DEFAULT_PARSER;Parser::default;${parent}${leaf && `;${leaf}`}`;
    const bytes = [7_830, 280, 1_878][i];
    return { stack, base: 0, head: bytes, movedHere: bytes };
  }),
  kept('dtparse::parse;Parser::parse;dtparse::tokenize;Tokenizer::next', 118_312),
  kept('dtparse::parse;Parser::parse;dtparse::tokenize;Vec::push', 61_004),
  kept('dtparse::parse;Parser::parse;str::to_lowercase', 48_600),
  kept('dtparse::parse;Parser::parse;YMD::resolve;Vec::push', 21_800),
  kept('dtparse::parse;Parser::parse;Parser::parse_numeric_token;Decimal::from_str', 26_316),
  kept('dtparse::parse;Parser::parse;Parser::build_naive', 6_800),
  kept('dtparse::parse;Parser::parse;Parser::ampm_valid', 1_210),
  kept('dtparse::parse;Parser::parse;Parser::could_be_tzname', 640),
  kept('String::from', 5_330),
];

function story(path: string, base: number, moved: number): StackCosts {
  return { stack: `casestudy::main;dtparse::parse;${path}`, base, head: 0, movedAway: moved };
}

function kept(path: string, bytes: number): StackCosts {
  return { stack: `casestudy::main;${path}`, base: bytes, head: bytes };
}

/** The same change the other way round. */
function swapped(stacks: readonly StackCosts[]): StackCosts[] {
  return stacks.map(({ stack, base, head, movedAway, movedHere }) => ({
    stack,
    base: head,
    head: base,
    movedAway: movedHere ?? 0,
    movedHere: movedAway ?? 0,
  }));
}

const STORY_CHANGES: readonly FunctionChange[] = [
  change('dtparse::parse_info', 'src/lib.rs', 163, 1_386_810, 8_110, 15_990, 94, 'shrank'),
  change('ParserInfo::default', 'src/lib.rs', 226, 321_138, 1_878, 6_001, 38, 'moved'),
];

function change(
  shortName: string,
  file: string | null,
  line: number | null,
  base: number,
  head: number,
  baseCalls: number,
  headCalls: number,
  status: FunctionChange['status'],
): FunctionChange {
  const name = `dtparse::${shortName}`;
  const delta = head - base;
  return {
    metric: 'allocated',
    name,
    shortName,
    file,
    line,
    isOnChangedLine: false,
    base,
    head,
    delta,
    baseCalls,
    headCalls,
    status,
  };
}

const STORY_TREE: CallTree = {
  rows: [
    row(0, false, ['casestudy::main'], 1_997_960, 300_000),
    row(1, false, ['dtparse::parse'], 1_992_630, 294_670),
    row(2, true, ['Parser::default', 'ParserInfo::default'], 1_707_948, 9_988, true),
    row(3, true, ['dtparse::parse_info'], 1_386_810, 8_110),
    row(4, false, ['HashMap::insert'], 1_338_930, 7_830),
    row(3, false, ['Box::new_uninit'], 321_138, 1_878),
    row(2, false, ['Parser::parse'], 284_682, 284_682),
  ],
  hiddenFrames: 14,
};

function row(
  depth: number,
  hasNextSibling: boolean,
  names: string[],
  base: number,
  head: number,
  isMoved = false,
) {
  return { depth, hasNextSibling, names, base, head, isMoved };
}

const STEADY = { spread: null, isAdvisory: false };

/** The five metrics of two totals; verdicts as `ignore-below: 0.1% and 1 kB` gives them. */
export function metricReports(
  base: Totals | null,
  head: Totals,
  limits: Partial<Record<MetricId, LimitReport>> = {},
): MetricReport[] {
  return METRICS.map((metric) => {
    const before = base?.[metric.id] ?? null;
    const after = head[metric.id];
    const limit = limits[metric.id] ?? null;
    if (before === null) {
      const verdict = limit?.isExceeded ? 'regressed' : 'new';
      return { metric, base: null, head: after, delta: null, ratio: null, verdict, limit, ...STEADY };
    }
    const delta = after - before;
    const isSmall =
      delta === 0 || Math.abs(delta) < before * 0.001 || (metric.unit === 'bytes' && Math.abs(delta) < 1000);
    const verdict = limit?.isExceeded ? 'regressed' : isSmall ? 'unchanged' : delta < 0 ? 'improved' : 'grew';
    return {
      metric,
      base: before,
      head: after,
      delta,
      ratio: before === 0 ? null : delta / before,
      verdict,
      limit,
      ...STEADY,
    };
  });
}

export function exampleBenchmark(overrides: Partial<BenchmarkReport> = {}): BenchmarkReport {
  return {
    name: 'parse',
    runs: 1,
    isBaseFromCache: false,
    verdict: 'improved',
    primary: 'allocated',
    metrics: metricReports(BEFORE, AFTER),
    changes: STORY_CHANGES,
    touched: [],
    wrappers: [],
    culprit: {
      name: 'dtparse::Parser::default',
      shortName: 'Parser::default',
      file: 'src/lib.rs',
      line: 412,
      isOnChangedLine: false,
      base: 1_707_948,
      head: 9_988,
      baseCalls: 22_110,
      headCalls: 130,
      share: 1,
    },
    callTree: STORY_TREE,
    flameGraph: flameGraphOf(STORY, { outside: { base: 2_560, head: 2_560 } }),
    hints: [],
    excluded: { base: EXCLUDED, head: EXCLUDED },
    matched: 0.974,
    notes: [],
    baseFailure: null,
    headFailure: null,
    ...overrides,
  };
}

export function exampleReport(overrides: Partial<Report> = {}): Report {
  return {
    verdict: 'improved',
    base: { sha: BASE_SHA, label: 'main' },
    head: { sha: HEAD_SHA, label: 'static-parser' },
    tracker: { name: 'heaptrack', version: '1.4.0' },
    repositoryUrl: 'https://github.com/bspeice/dtparse',
    accepted: null,
    benchmarks: [exampleBenchmark()],
    ...overrides,
  };
}

/** The story: 2 MB → 300 KB (−85 %). */
export function improvement(): Report {
  return exampleReport();
}

/** The story backwards, over a limit of 10 %. */
export function regression(): Report {
  const limits: Partial<Record<MetricId, LimitReport>> = {
    allocated: { text: '10%', kind: 'fail-on', isExceeded: true },
    peak: { text: '64 MB', kind: 'budget', isExceeded: false },
  };
  const benchmark = exampleBenchmark({
    verdict: 'regressed',
    metrics: metricReports(AFTER, BEFORE, limits),
    touched: [],
    wrappers: [],
    changes: STORY_CHANGES.map((one) => ({
      ...one,
      base: one.head,
      head: one.base,
      delta: -one.delta,
      baseCalls: one.headCalls,
      headCalls: one.baseCalls,
      status: one.status === 'shrank' ? 'grew' : one.status,
    })),
    culprit: {
      name: 'dtparse::Parser::default',
      shortName: 'Parser::default',
      file: 'src/lib.rs',
      line: 412,
      isOnChangedLine: false,
      base: 9_988,
      head: 1_707_948,
      baseCalls: 130,
      headCalls: 22_110,
      share: 1,
    },
    callTree: {
      rows: STORY_TREE.rows.map((one) => ({ ...one, base: one.head, head: one.base })),
      hiddenFrames: STORY_TREE.hiddenFrames,
    },
    flameGraph: flameGraphOf(swapped(STORY), { outside: { base: 2_560, head: 2_560 } }),
  });
  return exampleReport({ verdict: 'regressed', benchmarks: [benchmark] });
}

/** The same, over its limit, but accepted. */
export function accepted(): Report {
  return { ...regression(), accepted: { by: 'octocat', label: 'memory-accepted' } };
}

/** The same benchmark with one metric over a budget of 1 kB. */
export function overBudget(benchmark: BenchmarkReport, id: MetricId = 'peak'): BenchmarkReport {
  const limit: LimitReport = { text: '1 kB', kind: 'budget', isExceeded: true };
  const metrics = benchmark.metrics.map((metric) =>
    metric.metric.id === id ? { ...metric, verdict: 'regressed' as const, limit } : metric,
  );
  return { ...benchmark, verdict: 'regressed', metrics };
}

/** Two folded texts: one metric, no calls, no profiler. */
export function foldedText(): Report {
  const benchmark = exampleBenchmark({
    name: 'default',
    metrics: metricReports(BEFORE, AFTER).slice(0, 1),
    changes: STORY_CHANGES.map((one) => ({ ...one, baseCalls: 0, headCalls: 0, file: null, line: null })),
    excluded: null,
    matched: 1,
  });
  const culprit = benchmark.culprit && {
    ...benchmark.culprit,
    baseCalls: 0,
    headCalls: 0,
    file: null,
    line: null,
  };
  return exampleReport({
    base: { sha: null, label: 'base.folded' },
    head: { sha: null, label: 'head.folded' },
    tracker: null,
    repositoryUrl: null,
    benchmarks: [{ ...benchmark, culprit }],
  });
}

/** Hints as head of the regression gives them. */
export const HINTS: readonly Hint[] = [
  hint('built-anew', 'Parser::default', 412, 1_707_948, 22_110),
  hint('growth-without-reserve', 'dtparse::tokenize', 300, 61_004, 1_210),
  hint('temporary-strings', 'Parser::parse', 500, 48_600, 1_900),
];

function hint(smell: Hint['smell'], shortName: string, line: number, bytes: number, calls: number): Hint {
  return {
    smell,
    name: `dtparse::${shortName}`,
    shortName,
    file: 'src/lib.rs',
    line,
    language: 'rust',
    bytes,
    calls,
  };
}

/** Base and head measured the same to the byte. */
export function unchanged(): Report {
  return exampleReport({ verdict: 'unchanged', benchmarks: [unchangedBenchmark('parse')] });
}

export function unchangedBenchmark(name: string): BenchmarkReport {
  const same = STORY.filter((stack) => stack.base === stack.head);
  return exampleBenchmark({
    name,
    verdict: 'unchanged',
    metrics: metricReports(AFTER, AFTER),
    changes: [],
    touched: [],
    wrappers: [],
    culprit: null,
    callTree: { rows: [], hiddenFrames: 21 },
    flameGraph: flameGraphOf(same),
    matched: 1,
  });
}

/** A benchmark that base does not have. */
export function newBenchmark(): Report {
  const totals: Totals = { allocated: 48_200, allocations: 412, temporary: 31, peak: 9_100, leaked: 0 };
  const benchmark = exampleBenchmark({
    name: 'parse_tz',
    verdict: 'new',
    metrics: metricReports(null, totals),
    changes: [],
    touched: [],
    wrappers: [],
    culprit: null,
    callTree: null,
    flameGraph: flameGraphOf([
      { stack: 'bench::main;dtparse::tokenize;Vec::push', base: 0, head: 21_000 },
      { stack: 'bench::main;TzInfo::load;String::from', base: 0, head: 17_200 },
      { stack: 'bench::main;TzInfo::load;Vec::with_capacity', base: 0, head: 10_000 },
    ]),
    excluded: { base: null, head: EXCLUDED },
    matched: null,
  });
  return exampleReport({ verdict: 'new', benchmarks: [benchmark] });
}

const BUILD_FAILURE: SideFailure = {
  phase: 'build',
  message:
    'The build of base ended with exit code 101. Keep the benchmark buildable on base, or set `base: none`.',
  lastLines: [
    '\u001B[1m\u001B[91merror[E0599]\u001B[0m: no method named `parse_with` found for struct `Parser`',
    '  --> examples/parse.rs:14:22',
    '```',
    "error: could not compile `dtparse` (example 'parse') due to 1 previous error",
  ],
};

/** Threads, three runs of each side: peak is within its spread, temporary advises only, and allocated is as ever. */
export function severalRuns(): Report {
  const metrics = metricReports(BEFORE, { ...AFTER, temporary: 5_120, peak: 7_300 }).map(
    (report): MetricReport => {
      const steady = {
        base: rangeAround(report.base ?? 0, 0),
        head: rangeAround(report.head, 0),
        width: 0,
        share: 0,
      };
      if (report.metric.id === 'peak') {
        const spread = {
          base: rangeAround(6_840, 700),
          head: rangeAround(7_300, 600),
          width: 1_400,
          share: 0.205,
        };
        return { ...report, verdict: 'unchanged', spread, isAdvisory: true };
      }
      if (report.metric.id !== 'temporary') return { ...report, spread: steady };
      const spread = {
        base: rangeAround(3_757, 90),
        head: rangeAround(5_120, 110),
        width: 220,
        share: 0.043,
      };
      return { ...report, spread, isAdvisory: true };
    },
  );
  const notes = ['The program runs threads: its peak and its temporary allocations depend on their timing.'];
  return exampleReport({ benchmarks: [exampleBenchmark({ runs: 3, metrics, notes })] });
}

function rangeAround(median: number, distance: number) {
  return { min: median - distance, median, max: median + distance };
}

/** Base did not build: head's numbers alone. */
export function baseFailed(): Report {
  const benchmark = exampleBenchmark({
    verdict: 'new',
    metrics: metricReports(null, AFTER),
    changes: [],
    touched: [],
    wrappers: [],
    culprit: null,
    callTree: null,
    flameGraph: null,
    excluded: { base: null, head: EXCLUDED },
    matched: null,
    baseFailure: BUILD_FAILURE,
  });
  return exampleReport({ verdict: 'new', benchmarks: [benchmark] });
}

/** Head did not run: no numbers at all. */
export function headFailed(phase: 'run' | 'trace' = 'run'): Report {
  const benchmark = exampleBenchmark({
    runs: 0,
    verdict: 'failed',
    metrics: [],
    changes: [],
    touched: [],
    wrappers: [],
    culprit: null,
    callTree: null,
    flameGraph: null,
    excluded: null,
    matched: null,
    headFailure: {
      phase,
      message: 'The program ended with exit code 134 on head. Run it locally to see why.',
      lastLines: ["thread 'main' panicked at src/lib.rs:9:5:", 'index out of bounds'],
    },
  });
  return exampleReport({ verdict: 'failed', benchmarks: [benchmark] });
}

/** One over its limit, one improved, one that could not be measured, and the rest unchanged. */
export function severalBenchmarks(unchangedCount = 20): Report {
  const regressed = { ...regression().benchmarks[0], name: 'tz_lookup' };
  const failed = { ...headFailed().benchmarks[0], name: 'decimal' };
  const rest = Array.from({ length: unchangedCount }, (_, i) => unchangedBenchmark(`unchanged_${i + 1}`));
  return exampleReport({ verdict: 'failed', benchmarks: [regressed, failed, exampleBenchmark(), ...rest] });
}

/** What a pull request could put into names, to break out of whatever shows them. */
export const HOSTILE_NAMES: readonly string[] = [
  '`|</code></td></details><img src=x onerror=alert(1)>@org/team #1 https://evil.example www.evil.example a@b.example',
  '</title><script>alert(1)</script>',
  '"onload="alert(1)',
  ']]>',
  '-->',
  'safe\u202Egnp.exe\u200B\u0000\u001B[31m\u009B2J',
  'operator<',
  'foo<a|b>::operator()',
  '[x](javascript:alert(1)) ![y](z) **bold** _it_ ~~no~~ $x$ {{ }} \\',
  '``` \n```mermaid\nclick A "javascript:alert(1)"',
  'a\\|b',
  '\uD800lone',
  '\u{E0041}\uFFFE',
  '',
  '__proto__',
  'constructor',
  '数据\u0301解析🎉',
  'x'.repeat(30_000),
];

/** The story with every name hostile. */
export function hostileNames(name: string): Report {
  const story = exampleBenchmark();
  const graph = flameGraphOf(STORY);
  const benchmark: BenchmarkReport = {
    ...story,
    name,
    metrics: metricReports(BEFORE, AFTER, { allocated: { text: name, kind: 'fail-on', isExceeded: true } }),
    verdict: 'regressed',
    changes: story.changes.map((one) => ({ ...one, name, shortName: name, file: name })),
    culprit: story.culprit && { ...story.culprit, name, shortName: name, file: name },
    callTree: { rows: STORY_TREE.rows.map((one) => ({ ...one, names: [name, name] })), hiddenFrames: 3 },
    flameGraph: { ...graph, label: graph.label.map(() => name), name: graph.name.map(() => name) },
    notes: [name],
    baseFailure: { phase: 'build', message: name, lastLines: [name] },
  };
  return exampleReport({
    verdict: 'regressed',
    head: { sha: null, label: name },
    tracker: { name: 'heaptrack', version: name },
    benchmarks: [benchmark],
  });
}
