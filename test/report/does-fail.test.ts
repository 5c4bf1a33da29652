import { describe, expect, it } from 'vitest';
import { renderComment } from '../../src/render/markdown.ts';
import { acceptGrowth, buildReport } from '../../src/report/build-report.ts';
import { doesBenchmarkFail, doesFail } from '../../src/report/does-fail.ts';
import type { BenchmarkReport } from '../../src/report/report.ts';
import {
  baseFailed,
  exampleBenchmark,
  exampleReport,
  headFailed,
  overBudget,
  regression,
  unchangedBenchmark,
} from '../render/example-reports.ts';

const ACCEPTED = { by: 'octocat', label: 'memory-accepted' };
const FACTS = {
  base: { sha: null, label: 'base' },
  head: { sha: null, label: 'head' },
  tracker: null,
  repositoryUrl: null,
};
const [REGRESSED] = regression().benchmarks;
const [FAILED] = headFailed().benchmarks;

describe('a check fails', () => {
  it.each<[string, BenchmarkReport, boolean, boolean]>([
    ['growth over a limit', REGRESSED, true, false],
    ['a budget', overBudget(exampleBenchmark()), true, true],
    ['growth over a limit and a budget', overBudget(REGRESSED), true, true],
    ['a budget without base', overBudget(baseFailed().benchmarks[0]), true, true],
    ['a head that failed', FAILED, true, true],
    ['a head that was cancelled', exampleBenchmark({ verdict: 'cancelled' }), true, true],
    ['a base that failed', baseFailed().benchmarks[0], false, false],
    ['an improvement', exampleBenchmark(), false, false],
    ['growth within limits', exampleBenchmark({ verdict: 'grew' }), false, false],
  ])('for %s', (_, benchmark, fails, failsAccepted) => {
    expect(doesBenchmarkFail(benchmark, null)).toBe(fails);
    expect(doesBenchmarkFail(benchmark, ACCEPTED)).toBe(failsAccepted);
    const benchmarks = [unchangedBenchmark('other'), benchmark];
    expect(doesFail({ benchmarks, accepted: null })).toBe(fails);
    expect(doesFail({ benchmarks, accepted: ACCEPTED })).toBe(failsAccepted);
  });

  it('when nothing was measured', () => {
    expect(doesFail({ benchmarks: [], accepted: null })).toBe(true);
  });
});

describe('accepted growth', () => {
  const verdict = (benchmarks: readonly BenchmarkReport[]) =>
    buildReport({ ...FACTS, accepted: ACCEPTED }, benchmarks).verdict;

  it('has grown as a whole, though each benchmark is still over its limit', () => {
    const report = buildReport({ ...FACTS, accepted: ACCEPTED }, [unchangedBenchmark('a'), REGRESSED]);
    expect(report.verdict).toBe('grew');
    expect(report.benchmarks[0].verdict).toBe('regressed');
    expect(buildReport(FACTS, [REGRESSED]).verdict).toBe('regressed');
  });

  it('lifts no budget and no failure', () => {
    expect(verdict([overBudget(REGRESSED)])).toBe('regressed');
    expect(verdict([REGRESSED, overBudget(exampleBenchmark())])).toBe('regressed');
    expect(verdict([REGRESSED, FAILED])).toBe('failed');
    expect(verdict([])).toBe('failed');
  });

  it('leaves every other verdict alone', () => {
    expect(verdict([exampleBenchmark()])).toBe('improved');
    expect(verdict([unchangedBenchmark('a')])).toBe('unchanged');
  });

  it('can be found out, and taken back, after the report was built', () => {
    const report = buildReport(FACTS, [REGRESSED]);
    const accepted = acceptGrowth(report, ACCEPTED);
    expect(accepted).toEqual(buildReport({ ...FACTS, accepted: ACCEPTED }, [REGRESSED]));
    expect(acceptGrowth(accepted, null)).toEqual(report);
  });
});

describe('the comment on several benchmarks', () => {
  const comment = (benchmarks: readonly BenchmarkReport[]) =>
    renderComment(
      { ...exampleReport(), ...buildReport({ ...FACTS, accepted: ACCEPTED }, benchmarks) },
      { report: null },
      'default',
    );
  const named = (benchmark: BenchmarkReport, name: string) => ({ ...benchmark, name });

  it('says who accepted', () => {
    const text = comment([named(REGRESSED, 'a'), named(REGRESSED, 'b')]);
    expect(text).toContain('> [!NOTE]');
    expect(text).toContain(
      '`octocat` accepted the growth with the label `memory-accepted`, so this check passes.',
    );
  });

  it('says that it fails for a budget all the same, be it of one that has no line of its own', () => {
    const grown = [1, 2, 3, 4, 5].map((i) => named(REGRESSED, `grown ${i}`));
    const text = comment([
      ...grown,
      named(
        overBudget(
          exampleBenchmark({
            metrics: exampleBenchmark().metrics.map((metric) => ({ ...metric, delta: 0 })),
          }),
        ),
        'last',
      ),
    ]);
    expect(text).toContain('> [!CAUTION]');
    expect(text).toContain('but a budget holds all the same. This check fails.');
    expect(text).not.toContain('so this check passes');
  });

  it('says that it fails when one could not be measured', () => {
    const text = comment([named(REGRESSED, 'a'), named(FAILED, 'b')]);
    expect(text).toContain('> [!CAUTION]');
    expect(text).toContain('> This check fails.');
    expect(text).not.toContain('accepted the growth');
  });
});

it('no comment says that something grew which merely is over its budget', () => {
  const report = exampleReport({ verdict: 'regressed', benchmarks: [overBudget(exampleBenchmark())] });
  const text = renderComment(report, { report: null }, 'default');
  expect(text).toContain('2 MB → 300 KB (−85 %), but peak heap over the budget');
  expect(text).not.toContain('Peak heap grew');
});
