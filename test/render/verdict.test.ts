import { expect, it } from 'vitest';
import { METRICS } from '../../src/profile/metric.ts';
import { metricVerdictWords } from '../../src/render/verdict.ts';
import { judgeMetric, type Limits } from '../../src/report/threshold.ts';

it('a limit on growth is not called kept to where there was no base to check it with', () => {
  const [metric] = METRICS;
  const ignoreBelow = { ratio: 0, absolute: 0, text: '0' };
  const failOn = { ratio: 0.05, absolute: null, text: '5%' };
  const budget = { maximum: 10, text: '10 B' };
  const words = (limits: Partial<Limits>) =>
    metricVerdictWords(judgeMetric(metric, null, 5, { ignoreBelow, failOn: null, budget: null, ...limits }));
  expect(words({})).toBe('new');
  expect(words({ failOn })).toBe('not checked');
  expect(words({ budget })).toBe('within budget');
  expect(words({ failOn, budget })).toBe('within budget');
});
