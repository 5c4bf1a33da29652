import type { ProfileDiff } from '../diff/profile-diff.ts';
import { buildFlameGraph } from '../flamegraph/build-flame-graph.ts';
import { METRICS, type MetricId } from '../profile/metric.ts';
import { sumCosts } from '../profile/totals.ts';
import { changedWrappers } from './allocator-wrappers.ts';
import { buildCallTree } from './call-tree.ts';
import { doesFail } from './does-fail.ts';
import { findCulprit } from './find-culprit.ts';
import { functionChanges } from './function-changes.ts';
import { findHints } from './hints.ts';
import { isAdvisory, measureSpread, noiseNotes, type Runs } from './noise.ts';
import type { BenchmarkReport, MetricReport, Report, SideFailure, Verdict } from './report.ts';
import type { ChangedLines } from './source-lines.ts';
import { judgeMetric, type Limits } from './threshold.ts';
import { touchedFunctions } from './touched-functions.ts';

/** What is known of one benchmark after both sides were measured, or not. */
export interface BenchmarkFindings {
  readonly name: string;
  readonly primary: MetricId;
  readonly limits: Readonly<Record<MetricId, Limits>>;
  /** Null when head has no numbers. */
  readonly diff: ProfileDiff | null;
  /** Whether the base side of `diff` was measured. */
  readonly hasBase: boolean;
  /** Whether an earlier run measured base; left out: no. */
  readonly isBaseFromCache?: boolean;
  /** Between base and head; null where there is no repository, or no base. */
  readonly lines: ChangedLines | null;
  /** Of each run that was made; `diff` is of one of them on each side. */
  readonly runs: Runs;
  readonly isThreaded: boolean;
  readonly notes: readonly string[];
  readonly baseFailure: SideFailure | null;
  readonly headFailure: SideFailure | null;
}

/** Computes everything that readers will see of one benchmark. */
export function buildBenchmarkReport(findings: BenchmarkFindings): BenchmarkReport {
  const { name, primary, diff, hasBase, lines, notes, baseFailure, headFailure } = findings;
  if (diff === null) {
    return {
      name,
      primary,
      notes,
      baseFailure,
      headFailure,
      runs: 0,
      isBaseFromCache: false,
      verdict: 'failed',
      metrics: [],
      changes: [],
      touched: [],
      culprit: null,
      wrappers: [],
      callTree: null,
      flameGraph: null,
      hints: [],
      excluded: null,
      matched: null,
    };
  }
  const base = sumCosts(diff.base);
  const head = sumCosts(diff.head);
  const noise = { isThreaded: findings.isThreaded, runs: findings.runs.head.length };
  const metrics = METRICS.filter(({ id }) => diff.metrics.includes(id)).map((metric) => {
    const limits = findings.limits[metric.id];
    const isAskedFor = metric.id === primary || limits.failOn !== null;
    return judgeMetric(metric, hasBase ? base[metric.id] : null, head[metric.id], limits, {
      spread: measureSpread(findings.runs, metric.id),
      isAdvisory: isAdvisory(metric.id, { ...noise, isAskedFor }),
    });
  });
  const flameGraph = buildFlameGraph(diff, primary);
  const verdict = rollUp(primary, metrics);
  const metricsByRank = [primary, ...diff.metrics.filter((id) => id !== primary)];
  return {
    name,
    primary,
    baseFailure,
    headFailure,
    metrics,
    flameGraph,
    runs: noise.runs,
    isBaseFromCache: findings.isBaseFromCache === true,
    notes: [...notes, ...noiseNotes(metrics, findings.limits, noise)],
    verdict,
    changes: hasBase ? metricsByRank.flatMap((id) => functionChanges(diff, id, lines)) : [],
    touched: hasBase ? touchedFunctions(diff, primary, lines) : [],
    culprit: hasBase && hasChanged(metrics, primary) ? findCulprit(diff, primary, lines) : null,
    wrappers: hasBase ? changedWrappers(diff, lines) : [],
    callTree: buildCallTree(flameGraph),
    hints: verdict === 'unchanged' ? [] : findHints(diff, lines),
    excluded: { base: hasBase ? diff.excluded.base : null, head: diff.excluded.head },
    matched: hasBase ? diff.matched : null,
  };
}

/** Where the change of the whole is noise, no function explains it. */
function hasChanged(metrics: readonly MetricReport[], primary: MetricId): boolean {
  return metrics.some(({ metric, verdict }) => metric.id === primary && verdict !== 'unchanged');
}

/** The benchmark's verdict: any limit first, then the headline metric, then the others but for mere advice. */
function rollUp(primary: MetricId, metrics: readonly MetricReport[]): Verdict {
  if (metrics.some(({ verdict }) => verdict === 'regressed')) return 'regressed';
  const headline = metrics.find(({ metric }) => metric.id === primary)?.verdict;
  if (headline !== undefined && headline !== 'unchanged') return headline;
  const others = metrics.filter((metric) => !metric.isAdvisory).map(({ verdict }) => verdict);
  if (others.includes('grew')) return 'grew';
  return others.includes('improved') ? 'improved' : 'unchanged';
}

/** Worst first, for the order of benchmarks too: the verdict on many is the first of these that one of them has. */
const VERDICT_ORDER: readonly Verdict[] = [
  'cancelled',
  'failed',
  'regressed',
  'grew',
  'improved',
  'new',
  'unchanged',
];

/** Benchmarks come worst first, and of one verdict those that changed most. What was accepted is not `regressed`. */
export function buildReport(
  facts: Pick<Report, 'base' | 'head' | 'tracker' | 'repositoryUrl'> & Partial<Pick<Report, 'accepted'>>,
  benchmarks: readonly BenchmarkReport[],
): Report {
  const sorted = [...benchmarks].sort(
    (a, b) =>
      VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict) || changeOf(b) - changeOf(a),
  );
  return acceptGrowth({ ...facts, benchmarks: sorted, verdict: 'failed' }, facts.accepted ?? null);
}

/**
 * The report when somebody accepted growth over a limit, or nobody: as a whole it then merely grew, unless it fails for
 * another reason. Each benchmark still says that it is over its limit.
 */
export function acceptGrowth(report: Omit<Report, 'accepted'>, accepted: Report['accepted']): Report {
  const worst = report.benchmarks[0]?.verdict ?? 'failed';
  const isAccepted = worst === 'regressed' && !doesFail({ ...report, accepted });
  return { ...report, accepted, verdict: isAccepted ? 'grew' : worst };
}

function changeOf({ metrics, primary }: BenchmarkReport): number {
  return Math.abs(metrics.find(({ metric }) => metric.id === primary)?.delta ?? 0);
}
