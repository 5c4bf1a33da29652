import { describe, expect, it } from 'vitest';
import { forEachMetric, type Totals } from '../../src/profile/metric.ts';
import { isAdvisory, measureSpread, representativeRun } from '../../src/report/noise.ts';

function totals(values: Partial<Totals>): Totals {
  return { ...forEachMetric(() => 0), ...values };
}

const peaks = (...values: number[]) => values.map((peak) => totals({ allocated: 5000, peak }));

describe('representativeRun', () => {
  it.each([
    [[7], 0],
    [[30, 10, 20], 2],
    [[30, 10, 20, 40], 2],
    [[10, 10, 10], 0],
    [[50, 10, 10, 10, 90], 1],
  ])('of %j shows the median one, at %i', (values, expected) => {
    expect(
      representativeRun(
        values.map((allocated) => totals({ allocated })),
        'allocated',
      ),
    ).toBe(expected);
  });

  it('lets peak decide between runs with the same headline', () => {
    expect(representativeRun(peaks(900, 500, 700), 'allocated')).toBe(2);
  });
});

describe('measureSpread', () => {
  it('knows nothing of a single run', () => {
    expect(measureSpread({ base: peaks(1), head: peaks(2) }, 'peak')).toBeNull();
  });

  it('tells the range of both sides, and how far the side that varies more does', () => {
    expect(measureSpread({ base: peaks(100, 120, 110), head: peaks(200, 150, 190) }, 'peak')).toEqual({
      base: { min: 100, median: 110, max: 120 },
      head: { min: 150, median: 190, max: 200 },
      width: 50,
      share: 50 / 190,
    });
  });

  it('has no share of nothing', () => {
    expect(measureSpread({ base: [], head: peaks(0, 0, 8) }, 'peak')).toEqual({
      base: null,
      head: { min: 0, median: 0, max: 8 },
      width: 8,
      share: null,
    });
  });
});

describe('isAdvisory', () => {
  const asked = { isThreaded: true, isAskedFor: true };

  it('is what depends on the timing of threads', () => {
    const facts = { ...asked, runs: 1 };
    expect(
      (['allocated', 'allocations', 'temporary', 'peak', 'leaked'] as const).map((id) =>
        isAdvisory(id, facts),
      ),
    ).toEqual([false, false, true, true, false]);
    expect(isAdvisory('peak', { ...facts, isThreaded: false })).toBe(false);
  });

  it('ends with three runs for what was asked for', () => {
    expect(isAdvisory('peak', { ...asked, runs: 2 })).toBe(true);
    expect(isAdvisory('peak', { ...asked, runs: 3 })).toBe(false);
    expect(isAdvisory('peak', { ...asked, isAskedFor: false, runs: 3 })).toBe(true);
  });
});
