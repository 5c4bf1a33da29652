import { describe, expect, it } from 'vitest';
import { metricById } from '../../src/profile/metric.ts';
import { judgeMetric, type Limits, type Threshold } from '../../src/report/threshold.ts';

function threshold(ratio: number | null, absolute: number | null): Threshold {
  return { ratio, absolute, text: 'limit' };
}

const DEFAULT: Limits = { ignoreBelow: threshold(0.001, 1000), failOn: null, budget: null };
const allocated = metricById('allocated');
const allocations = metricById('allocations');

function verdict(base: number | null, head: number, limits: Partial<Limits> = {}) {
  return judgeMetric(allocated, base, head, { ...DEFAULT, ...limits }).verdict;
}

describe('judgeMetric', () => {
  it('ignores a change below the noise, in either measure', () => {
    expect(verdict(100_000, 100_999)).toBe('unchanged');
    expect(verdict(100_000_000, 100_050_000)).toBe('unchanged');
    expect(verdict(100_000, 101_000)).toBe('grew');
    expect(verdict(100_000, 99_000)).toBe('improved');
  });

  it('counts calls by their ratio alone: a size in bytes says nothing of them', () => {
    expect(judgeMetric(allocations, 100, 101, DEFAULT).verdict).toBe('grew');
    expect(judgeMetric(allocations, 10_000, 10_001, DEFAULT).verdict).toBe('unchanged');
  });

  it('fails growth over a limit, and only when every part of it is exceeded', () => {
    const failOn = threshold(0.05, 10_000);
    expect(verdict(100_000, 120_000, { failOn })).toBe('regressed');
    expect(verdict(100_000, 109_000, { failOn })).toBe('grew');
    expect(verdict(10_000_000, 10_400_000, { failOn })).toBe('grew');
    expect(verdict(120_000, 100_000, { failOn })).toBe('improved');
  });

  it('lets a change below the noise pass even a limit of 0', () => {
    expect(verdict(100_000, 100_500, { failOn: threshold(null, 0) })).toBe('unchanged');
    expect(verdict(100_000, 100_500, { failOn: threshold(null, 0), ignoreBelow: threshold(null, 0) })).toBe(
      'regressed',
    );
  });

  it('takes growth from nothing for more than any ratio', () => {
    expect(verdict(0, 5000, { failOn: threshold(1, null) })).toBe('regressed');
    expect(judgeMetric(allocated, 0, 5000, DEFAULT).ratio).toBeNull();
  });

  it('holds a budget against head, with or without a base', () => {
    const budget = { maximum: 50_000, text: '50 kB' };
    expect(verdict(60_000, 55_000, { budget })).toBe('regressed');
    expect(verdict(null, 55_000, { budget })).toBe('regressed');
    expect(verdict(null, 45_000, { budget })).toBe('new');
  });

  it('takes a change for one only when the medians differ by more than both sides do in themselves', () => {
    const range = (min: number, median: number, max: number) => ({ min, median, max });
    const judged = (base: ReturnType<typeof range>, head: ReturnType<typeof range>) => {
      const spread = { base, head, width: 0, share: null };
      return judgeMetric(allocated, base.median, head.median, DEFAULT, { spread, isAdvisory: false }).verdict;
    };
    const base = range(90_000, 100_000, 110_000);
    expect(judged(base, range(105_000, 125_000, 128_000))).toBe('unchanged');
    expect(judged(base, range(115_000, 130_000, 145_000))).toBe('unchanged');
    expect(judged(base, range(145_000, 151_000, 160_000))).toBe('grew');
    expect(judged(base, range(40_000, 50_000, 55_000))).toBe('improved');
    expect(judged(range(100_000, 100_000, 100_000), range(102_000, 102_000, 102_000))).toBe('grew');
  });

  it('fails no growth of a metric that only advises, but its budget', () => {
    const steadiness = { spread: null, isAdvisory: true };
    const limits = { ...DEFAULT, failOn: threshold(0.05, null) };
    expect(judgeMetric(allocated, 100_000, 200_000, limits, steadiness)).toMatchObject({
      verdict: 'grew',
      isAdvisory: true,
      limit: { kind: 'fail-on', isExceeded: false },
    });
    const budget = { maximum: 150_000, text: '150 kB' };
    expect(judgeMetric(allocated, 100_000, 200_000, { ...limits, budget }, steadiness).verdict).toBe(
      'regressed',
    );
  });

  it('holds a budget against the smallest run', () => {
    const limits = { ...DEFAULT, budget: { maximum: 50, text: '50 B' } };
    const of = (min: number) => {
      const spread = { base: null, head: { min, median: 60, max: 70 }, width: 70 - min, share: null };
      return judgeMetric(allocated, null, 60, limits, { spread, isAdvisory: false }).verdict;
    };
    expect(of(51)).toBe('regressed');
    expect(of(50)).toBe('new');
  });

  it('names the limit that was exceeded', () => {
    const limits = { ...DEFAULT, failOn: threshold(0.5, null), budget: { maximum: 10, text: '10 B' } };
    expect(judgeMetric(allocated, 100_000, 110_000, limits).limit).toMatchObject({
      kind: 'budget',
      isExceeded: true,
    });
    expect(judgeMetric(allocated, 5, 5, limits).limit).toMatchObject({ kind: 'fail-on', isExceeded: false });
  });

  it('names the budget when both limits were exceeded, for nobody can lift that', () => {
    const limits = { ...DEFAULT, failOn: threshold(0.05, null), budget: { maximum: 10, text: '10 B' } };
    expect(judgeMetric(allocated, 100_000, 120_000, limits).limit).toMatchObject({
      kind: 'budget',
      isExceeded: true,
    });
  });
});
