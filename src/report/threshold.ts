import type { Metric } from '../profile/metric.ts';
import type { LimitReport, MetricReport, Spread } from './report.ts';

/** A size of change: `5%`, `1 MB`, or both, and then both must be reached. */
export interface Threshold {
  /** 0.05 for 5 %; null when not given. */
  readonly ratio: number | null;
  /** Bytes or calls; null when not given. */
  readonly absolute: number | null;
  /** As the user wrote it. */
  readonly text: string;
}

/** A ceiling on head alone. */
export interface Budget {
  readonly maximum: number;
  readonly text: string;
}

/** What one metric is held to; null where nothing was asked for. */
export interface Limits {
  readonly ignoreBelow: Threshold;
  readonly failOn: Threshold | null;
  readonly budget: Budget | null;
}

/** What is known of how much a metric differs from run to run. */
export interface Steadiness {
  readonly spread: Spread | null;
  /** Then growth does not fail: a budget, which no run may keep to, still does. */
  readonly isAdvisory: boolean;
}

const STEADY: Steadiness = { spread: null, isAdvisory: false };

/**
 * The verdict on one metric: first whether it changed at all, by more than it differs from run to run and by more than
 * is ignored, then whether the change is over a limit.
 * @param base null when there is nothing to compare with: then only the budget can be exceeded
 */
export function judgeMetric(
  metric: Metric,
  base: number | null,
  head: number,
  limits: Limits,
  { spread, isAdvisory }: Steadiness = STEADY,
): MetricReport {
  const delta = base === null ? null : head - base;
  const ratio = delta === null || base === null || base === 0 ? null : delta / base;
  const hasChanged =
    base !== null && exceedsSpread(spread) && isSignificant(metric, base, head, limits.ignoreBelow);
  const failOn: LimitReport | null = limits.failOn && {
    text: limits.failOn.text,
    kind: 'fail-on',
    isExceeded: !isAdvisory && hasChanged && base !== null && growthExceeds(base, head, limits.failOn),
  };
  const budget: LimitReport | null = limits.budget && {
    text: limits.budget.text,
    kind: 'budget',
    isExceeded: (spread?.head.min ?? head) > limits.budget.maximum,
  };
  const inForce = base === null ? (budget ?? failOn) : (failOn ?? budget);
  const limit = [budget, failOn].find((candidate) => candidate?.isExceeded) ?? inForce;
  const verdict = verdictOf(delta, hasChanged, limit);
  return { metric, base, head, delta, ratio, verdict, limit, spread, isAdvisory };
}

function verdictOf(
  delta: number | null,
  hasChanged: boolean,
  limit: LimitReport | null,
): MetricReport['verdict'] {
  if (limit?.isExceeded) return 'regressed';
  if (delta === null) return 'new';
  if (!hasChanged) return 'unchanged';
  return delta < 0 ? 'improved' : 'grew';
}

/**
 * The medians must differ by more than both sides do in themselves, together. That the runs of both sides do not
 * overlap is not enough: by chance that happens to one unchanged commit in ten, of three runs each.
 */
function exceedsSpread(spread: Spread | null): boolean {
  if (spread === null || spread.base === null) return true;
  const { base, head } = spread;
  return Math.abs(head.median - base.median) > base.max - base.min + (head.max - head.min);
}

/** A size in bytes says nothing of a number of calls, so only the ratio counts for those. */
function isSignificant({ unit }: Metric, base: number, head: number, ignoreBelow: Threshold): boolean {
  const change = Math.abs(head - base);
  const absolute = unit === 'bytes' ? (ignoreBelow.absolute ?? 0) : 0;
  return change > 0 && change >= absolute && change >= (ignoreBelow.ratio ?? 0) * base;
}

/** From nothing to something is more than any ratio. */
function growthExceeds(base: number, head: number, { ratio, absolute }: Threshold): boolean {
  const growth = head - base;
  return growth > 0 && (ratio === null || growth > ratio * base) && (absolute === null || growth > absolute);
}
