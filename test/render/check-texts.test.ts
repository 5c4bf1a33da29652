import { describe, expect, it } from 'vitest';
import { type CheckOutcome, checkOutcome } from '../../src/render/check-texts.ts';
import { headline } from '../../src/render/headline.ts';
import { renderCheckSummary } from '../../src/render/markdown.ts';
import type { BenchmarkReport, Report } from '../../src/report/report.ts';
import {
  accepted,
  baseFailed,
  exampleBenchmark,
  exampleReport,
  HOSTILE_NAMES,
  headFailed,
  hostileNames,
  improvement,
  newBenchmark,
  overBudget,
  regression,
  severalBenchmarks,
  unchanged,
  unchangedBenchmark,
} from './example-reports.ts';

const one = (benchmark: BenchmarkReport, more: Partial<Report> = {}) =>
  exampleReport({ verdict: benchmark.verdict, benchmarks: [benchmark], ...more });

describe('the outcome of a check', () => {
  it.each<[string, Report, CheckOutcome['state'], CheckOutcome['conclusion'], string]>([
    ['an improvement', improvement(), 'success', 'success', '2 MB → 300 KB (−85 %), but live at exit grew'],
    ['no change', unchanged(), 'success', 'success', '300 KB (no change)'],
    ['growth over its limit', regression(), 'failure', 'failure', '300 KB → 2 MB (+566 %), over its limit'],
    [
      'the same, accepted',
      accepted(),
      'success',
      'success',
      '300 KB → 2 MB (+566 %), over its limit, accepted by octocat',
    ],
    [
      'an improvement over another budget',
      one(overBudget(exampleBenchmark())),
      'failure',
      'failure',
      '2 MB → 300 KB (−85 %), but peak heap over the budget and live at exit grew',
    ],
    [
      'growth that was accepted, and a budget that was not kept',
      { ...accepted(), benchmarks: accepted().benchmarks.map((benchmark) => overBudget(benchmark)) },
      'failure',
      'failure',
      '300 KB → 2 MB (+566 %), over its limit, and peak heap over the budget',
    ],
    ['no base', newBenchmark(), 'success', 'neutral', '48.2 KB (no base)'],
    ['a base that did not build', baseFailed(), 'success', 'neutral', '300 KB (base did not build)'],
    [
      'a base that did not build, and a head over its budget',
      one(overBudget(baseFailed().benchmarks[0])),
      'failure',
      'failure',
      '300 KB (base did not build), and peak heap over the budget',
    ],
    ['a head that did not run', headFailed(), 'failure', 'failure', 'head did not run to its end'],
    [
      'a head that did not run, accepted',
      { ...headFailed(), accepted: accepted().accepted },
      'failure',
      'failure',
      'head did not run to its end',
    ],
    [
      'several',
      severalBenchmarks(),
      'failure',
      'failure',
      '1 of 23 benchmarks over its limit, 1 failed, 1 improved',
    ],
    [
      'several, accepted',
      { ...accepted(), benchmarks: [...accepted().benchmarks, unchangedBenchmark('other')] },
      'success',
      'success',
      '1 of 2 benchmarks over its limit, accepted by octocat',
    ],
    [
      'a new one among several',
      exampleReport({ benchmarks: [newBenchmark().benchmarks[0], unchangedBenchmark('other')] }),
      'success',
      'success',
      '1 of 2 benchmarks new',
    ],
    ['nothing', exampleReport({ benchmarks: [] }), 'error', 'failure', 'nothing was measured'],
    ['a cancelled run', one(exampleBenchmark({ verdict: 'cancelled' })), 'error', 'failure', 'cancelled'],
  ])('of %s', (_, report, state, conclusion, title) => {
    expect(checkOutcome(report)).toEqual({ state, conclusion, title });
    if (report.benchmarks.length > 0) expect(title.startsWith(headline(report))).toBe(true);
  });

  it.each(HOSTILE_NAMES.map((name) => [name.slice(0, 40), name]))(
    'C12: is one short line of plain text with %j for a name',
    (_, name) => {
      const report = { ...hostileNames(name), accepted: { by: name, label: name } };
      const metrics = regression().benchmarks[0].metrics;
      const shown = checkOutcome({
        ...report,
        benchmarks: report.benchmarks.map((benchmark) => ({ ...benchmark, metrics })),
      });
      expect(shown.title.length).toBeLessThanOrEqual(140);
      expect(shown.title.isWellFormed()).toBe(true);
      expect(shown.title).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(shown.title).toMatch(/^300 KB → 2 MB \(\+566 %\), over its limit, accepted by /);
    },
  );
});

describe('the summary of a check run', () => {
  it('is that of the job', () => {
    expect(renderCheckSummary(improvement(), { report: null })).toMatch(/^## Memory: `parse` allocates 2 MB/);
  });

  it('C23: fits, whatever the names and however many benchmarks', () => {
    const [hostile] = hostileNames('@\u{1F600}|'.repeat(1000)).benchmarks;
    const report = exampleReport({ benchmarks: Array.from({ length: 300 }, () => hostile) });
    const summary = renderCheckSummary(report, { report: null });
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
    expect(summary).toContain('left out here for length');
    expect(summary.match(/<details>/g)?.length).toBe(summary.match(/<\/details>/g)?.length);
  });
});
