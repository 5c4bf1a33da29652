import { describe, expect, it } from 'vitest';
import { renderAnnotations } from '../../src/render/annotations.ts';
import type { BenchmarkReport, FunctionChange, Report } from '../../src/report/report.ts';
import {
  accepted,
  exampleBenchmark,
  exampleReport,
  HOSTILE_NAMES,
  improvement,
  newBenchmark,
  regression,
  unchanged,
} from './example-reports.ts';

function touched(line: number | null, delta: number, more: Partial<FunctionChange> = {}): FunctionChange {
  return {
    metric: 'allocated',
    name: 'dtparse::parse',
    shortName: 'parse',
    file: 'src/lib.rs',
    line,
    isOnChangedLine: true,
    base: 10_000,
    head: 10_000 + delta,
    delta,
    baseCalls: 130,
    headCalls: 22_110,
    status: delta > 0 ? 'grew' : 'shrank',
    ...more,
  };
}

function grown(benchmark: Partial<BenchmarkReport>, report: Report = regression()): Report {
  return { ...report, benchmarks: [{ ...report.benchmarks[0], ...benchmark }] };
}

describe('annotations', () => {
  it('say what grew through the lines that the pull request touches, the largest first', () => {
    const lines = [
      touched(412, 1_700_000),
      touched(20, 90_000, { shortName: 'tokenize', baseCalls: 5, headCalls: 5 }),
    ];
    expect(renderAnnotations(grown({ touched: lines }))).toEqual([
      {
        path: 'src/lib.rs',
        line: 412,
        level: 'warning',
        title: 'parse: Bytes allocated +1.7 MB (×171)',
        message:
          'Bytes allocated through the changed lines of parse: 10 KB → 1.71 MB, in 130 → 22,110 allocations.',
      },
      {
        path: 'src/lib.rs',
        line: 20,
        level: 'warning',
        title: 'parse: Bytes allocated +90 KB (×10)',
        message: 'Bytes allocated through the changed lines of tokenize: 10 KB → 100 KB.',
      },
    ]);
  });

  it('warn only where the check fails', () => {
    const lines = { touched: [touched(412, 1_700_000)] };
    const [benchmark] = regression().benchmarks;
    const metrics = benchmark.metrics.map((metric) => ({ ...metric, verdict: 'grew' as const, limit: null }));
    const levels = (report: Report) => renderAnnotations(report).map(({ level }) => level);
    expect(levels(grown(lines))).toEqual(['warning']);
    expect(levels(grown(lines, accepted()))).toEqual(['notice']);
    expect(levels(grown({ ...lines, metrics, verdict: 'grew' }))).toEqual(['notice']);
  });

  it('are none where nothing grew, or there is no base', () => {
    expect(renderAnnotations(exampleReport({ benchmarks: [] }))).toEqual([]);
    for (const report of [improvement(), unchanged(), newBenchmark()]) {
      expect(renderAnnotations(grown({ touched: [touched(412, 5000)] }, report))).toEqual([]);
    }
    expect(renderAnnotations(grown({ touched: [touched(412, -5000)] }))).toEqual([]);
  });

  it('fall back to functions that changed most on a changed line, then to the culprit', () => {
    const moved = touched(7, 5000, { status: 'moved' });
    const elsewhere = touched(8, 9000, { isOnChangedLine: false });
    const changes = [elsewhere, touched(9, 4000), moved, touched(10, 3000, { metric: 'peak' })];
    expect(renderAnnotations(grown({ changes }))).toMatchObject([
      { line: 9, message: expect.stringMatching(/^Bytes allocated by parse: 10 KB → 14 KB/) },
    ]);
    const { culprit } = regression().benchmarks[0];
    const onChangedLine = culprit && { ...culprit, isOnChangedLine: true };
    expect(renderAnnotations(grown({ changes: [], culprit: onChangedLine }))).toMatchObject([
      {
        line: 412,
        message: expect.stringContaining('by all that is called from Parser::default: 9.99 KB →'),
      },
    ]);
    expect(renderAnnotations(grown({ changes: [] }))).toEqual([]);
  });

  it('T30: are the ten best of a thousand, and say how many more there are', () => {
    const lines = Array.from({ length: 1000 }, (_, i) => touched(i + 1, 5000 + i));
    const shown = renderAnnotations(grown({ touched: lines }));
    expect(shown.map(({ line }) => line)).toEqual([1000, 999, 998, 997, 996, 995, 994, 993, 992, 991]);
    expect(shown.at(-1)?.message).toMatch(
      /\n990 more changed lines allocate more than before: the report has them\.$/,
    );
    expect(shown.slice(0, -1).some(({ message }) => message.includes('more changed'))).toBe(false);
    expect(renderAnnotations(grown({ touched: lines }), { limit: 20 })).toHaveLength(20);
    expect(renderAnnotations(grown({ touched: lines }), { limit: 0 })).toEqual([]);
  });

  it('leave out what is small beside the largest', () => {
    const lines = [touched(1, 1_000_000), touched(2, 9999), touched(3, 10_000)];
    expect(renderAnnotations(grown({ touched: lines })).map(({ line }) => line)).toEqual([1, 3]);
  });

  it('are one for each line, of the benchmark in which it grew most, the failing ones first', () => {
    const [benchmark] = regression().benchmarks;
    const metrics = benchmark.metrics.map((metric) => ({ ...metric, verdict: 'grew' as const, limit: null }));
    const report = exampleReport({
      benchmarks: [
        { ...benchmark, name: 'a', touched: [touched(1, 5000), touched(2, 1000)] },
        { ...benchmark, name: 'b', touched: [touched(1, 7000)] },
        exampleBenchmark({ name: 'c', verdict: 'grew', metrics, touched: [touched(3, 900_000)] }),
      ],
    });
    expect(renderAnnotations(report).map(({ line, title }) => `${line} ${title}`)).toEqual([
      '1 b: Bytes allocated +7 KB (+70 %)',
      '2 a: Bytes allocated +1 KB (+10 %)',
      '3 c: Bytes allocated +900 KB (×91)',
    ]);
  });

  it.each([
    '../../.ssh/id_rsa',
    '/etc/passwd',
    'a/../b.c',
    './a.c',
    'a//b.c',
    'a\\b.c',
    'C:/a.c',
    'a\n.c',
    'a\u0000.c',
    '\uD800.c',
    '',
    `${'d/'.repeat(600)}a.c`,
    null,
  ])('T13: are none at the path %j', (file) => {
    expect(renderAnnotations(grown({ touched: [touched(1, 5000, { file })] }))).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 31, null])('T30: are none at the line %j', (line) => {
    expect(renderAnnotations(grown({ touched: [touched(line, 5000)] }))).toEqual([]);
  });

  it.each(HOSTILE_NAMES.map((name) => [name.slice(0, 40), name]))(
    'T30: are short, on one line and without anything invisible for %j',
    (_, name) => {
      const [{ title, message }] = renderAnnotations(
        grown({ name, touched: [touched(1, 5000, { name, shortName: name })] }),
      );
      for (const text of [title, message]) {
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(text.length).toBeLessThan(2000);
      }
    },
  );
});
