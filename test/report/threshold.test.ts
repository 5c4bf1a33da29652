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

  it('names the limit that was exceeded', () => {
    const limits = { ...DEFAULT, failOn: threshold(0.5, null), budget: { maximum: 10, text: '10 B' } };
    expect(judgeMetric(allocated, 100_000, 110_000, limits).limit).toMatchObject({
      kind: 'budget',
      isExceeded: true,
    });
    expect(judgeMetric(allocated, 5, 5, limits).limit).toMatchObject({ kind: 'fail-on', isExceeded: false });
  });
});
