import { describe, expect, it } from 'vitest';
import { culpritSentence } from '../../src/render/culprit.ts';
import { alsoWorse, headline, leadingMetric } from '../../src/render/headline.ts';
import type { BenchmarkReport, Culprit, Report } from '../../src/report/report.ts';
import {
  baseFailed,
  exampleBenchmark,
  exampleReport,
  headFailed,
  improvement,
  metricReports,
  newBenchmark,
  regression,
  severalBenchmarks,
  unchanged,
} from './example-reports.ts';

describe('headline', () => {
  it.each<[string, Report]>([
    ['2 MB → 300 KB (−85 %)', improvement()],
    ['300 KB → 2 MB (+566 %)', regression()],
    ['300 KB (no change)', unchanged()],
    ['48.2 KB (no base)', newBenchmark()],
    ['300 KB (base did not build)', baseFailed()],
    ['head did not run to its end', headFailed()],
    ['head could not be measured', headFailed('trace')],
    ['1 of 23 benchmarks over its limit, 1 failed, 1 improved', severalBenchmarks()],
    ['nothing was measured', exampleReport({ benchmarks: [] })],
  ])('%s', (words, report) => {
    expect(headline(report)).toBe(words);
  });

  it('is about another metric when the primary one did not change', () => {
    const before = { allocated: 5000, allocations: 10, temporary: 0, peak: 10_000_000, leaked: 0 };
    const metrics = metricReports(before, { ...before, peak: 20_000_000 });
    const benchmark = exampleBenchmark({ metrics, verdict: 'grew' });
    expect(headline(benchmark)).toBe('peak heap 10 MB → 20 MB (+100 %)');
  });

  it('says that nothing changed where head is over a budget as base was', () => {
    const costs = { allocated: 5000, allocations: 10, temporary: 0, peak: 10_000_000, leaked: 0 };
    const metrics = metricReports(costs, costs).map((metric) =>
      metric.metric.id === 'peak' ? { ...metric, verdict: 'regressed' as const } : metric,
    );
    const benchmark = exampleBenchmark({ metrics, verdict: 'regressed' });
    expect(headline(benchmark)).toBe('peak heap 10 MB (no change)');
  });

  it('gives the size of a change that three digits cannot show', () => {
    const before = { allocated: 50_000_000, allocations: 10, temporary: 0, peak: 0, leaked: 0 };
    const metrics = metricReports(before, { ...before, allocated: 50_050_000 });
    expect(headline(exampleBenchmark({ metrics, verdict: 'grew' }))).toBe('50 MB → 50.1 MB (+0.1 %)');
    const closer = metricReports(before, { ...before, allocated: 50_049_000 }).map((metric) => ({
      ...metric,
      verdict: 'grew' as const,
    }));
    expect(headline(exampleBenchmark({ metrics: closer, verdict: 'grew' }))).toBe('50 MB +49 KB (<0.1 %)');
  });
});

describe('what only advises', () => {
  const before = { allocated: 5000, allocations: 10, temporary: 0, peak: 10_000_000, leaked: 0 };
  const advisedPeak = (benchmark: Partial<BenchmarkReport>) =>
    exampleBenchmark({
      metrics: metricReports(before, { ...before, peak: 20_000_000 }).map((report) => ({
        ...report,
        isAdvisory: report.metric.id === 'peak',
      })),
      ...benchmark,
    });

  it('takes no headline from the metric that was asked for', () => {
    const benchmark = advisedPeak({ verdict: 'unchanged' });
    expect(leadingMetric(benchmark)?.metric.id).toBe('allocated');
    expect(alsoWorse(benchmark)).toEqual([]);
    expect(headline(benchmark)).toBe('5 KB (no change)');
  });

  it('is still a headline when it was asked for', () => {
    expect(headline(advisedPeak({ verdict: 'grew', primary: 'peak' }))).toBe('10 MB → 20 MB (+100 %)');
  });
});

describe('culpritSentence', () => {
  const sentence = (change: Partial<Culprit>) => {
    const { culprit } = exampleBenchmark();
    const benchmark = exampleBenchmark({ culprit: culprit && { ...culprit, ...change } });
    return culpritSentence(benchmark, () => 'F') ?? '';
  };

  it('says what the function did to the number, and how much of the change it is', () => {
    expect(sentence({})).toBe(
      'F, with all that it calls, went from 1.71 MB to 9.99 KB, in 130 instead of 22,110 allocations: all of the change.',
    );
    expect(sentence({ share: 0.62, baseCalls: 1, headCalls: 1 })).toBe(
      'F, with all that it calls, went from 1.71 MB to 9.99 KB: 62 % of the change.',
    );
  });

  it('says when the function is new, gone, or outdone by others', () => {
    expect(sentence({ base: 0, baseCalls: 0 })).toContain('is new with 9.99 KB');
    expect(sentence({ head: 0, headCalls: 0 })).toContain('is gone with its 1.71 MB');
    expect(sentence({ share: 1.4 })).toContain('more than the whole change');
  });

  it('is silent when the headline is about another metric than the culprit', () => {
    const before = { allocated: 5000, allocations: 10, temporary: 0, peak: 10_000_000, leaked: 0 };
    const metrics = metricReports(before, { ...before, peak: 20_000_000 });
    expect(culpritSentence(exampleBenchmark({ metrics }), () => 'F')).toBeNull();
  });
});
