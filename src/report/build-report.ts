import type { ProfileDiff } from '../diff/profile-diff.ts';
import { buildFlameGraph } from '../flamegraph/build-flame-graph.ts';
import { METRICS, type MetricId } from '../profile/metric.ts';
import { sumCosts } from '../profile/totals.ts';
import { buildCallTree } from './call-tree.ts';
import { findCulprit, functionChanges } from './function-changes.ts';
import type { BenchmarkReport, MetricReport, Report, SideFailure, Verdict } from './report.ts';
import { judgeMetric, type Limits } from './threshold.ts';

/** What is known of one benchmark after both sides were measured, or not. */
export interface BenchmarkFindings {
  readonly name: string;
  readonly primary: MetricId;
  readonly limits: Readonly<Record<MetricId, Limits>>;
  /** Null when head has no numbers. */
  readonly diff: ProfileDiff | null;
  /** Whether the base side of `diff` was measured. */
  readonly hasBase: boolean;
  readonly notes: readonly string[];
  readonly baseFailure: SideFailure | null;
  readonly headFailure: SideFailure | null;
}

/** Computes everything that readers will see of one benchmark. */
export function buildBenchmarkReport(findings: BenchmarkFindings): BenchmarkReport {
  const { name, primary, diff, hasBase, notes, baseFailure, headFailure } = findings;
  if (diff === null) {
    return {
      name,
      primary,
      notes,
      baseFailure,
      headFailure,
      verdict: 'failed',
      metrics: [],
      changes: [],
      culprit: null,
      callTree: null,
      flameGraph: null,
      excluded: null,
      matched: null,
    };
  }
  const base = sumCosts(diff.base);
  const head = sumCosts(diff.head);
  const metrics = METRICS.filter(({ id }) => diff.metrics.includes(id)).map((metric) =>
    judgeMetric(metric, hasBase ? base[metric.id] : null, head[metric.id], findings.limits[metric.id]),
  );
  const flameGraph = buildFlameGraph(diff, primary);
  const metricsByRank = [primary, ...diff.metrics.filter((id) => id !== primary)];
  return {
    name,
    primary,
    notes,
    baseFailure,
    headFailure,
    metrics,
    flameGraph,
    verdict: rollUp(primary, metrics),
    changes: hasBase ? metricsByRank.flatMap((id) => functionChanges(diff, id)) : [],
    culprit: hasBase ? findCulprit(diff, primary) : null,
    callTree: buildCallTree(flameGraph),
    excluded: { base: hasBase ? diff.excluded.base : null, head: diff.excluded.head },
    matched: hasBase ? diff.matched : null,
  };
}

/** The benchmark's verdict: any limit first, then the headline metric, then the others. */
function rollUp(primary: MetricId, metrics: readonly MetricReport[]): Verdict {
  const verdicts = metrics.map(({ verdict }) => verdict);
  if (verdicts.includes('regressed')) return 'regressed';
  const headline = metrics.find(({ metric }) => metric.id === primary)?.verdict;
  if (headline !== undefined && headline !== 'unchanged') return headline;
  if (verdicts.includes('grew')) return 'grew';
  return verdicts.includes('improved') ? 'improved' : 'unchanged';
}

/** Worst first: the verdict on many benchmarks is the first of these that one of them has. */
const VERDICT_ORDER: readonly Verdict[] = [
  'cancelled',
  'failed',
  'regressed',
  'grew',
  'improved',
  'new',
  'unchanged',
];

export function buildReport(
  facts: Pick<Report, 'base' | 'head' | 'tracker' | 'repositoryUrl'>,
  benchmarks: readonly BenchmarkReport[],
): Report {
  const verdict = VERDICT_ORDER.find((candidate) =>
    benchmarks.some((benchmark) => benchmark.verdict === candidate),
  );
  return { ...facts, benchmarks, verdict: verdict ?? 'failed' };
}
