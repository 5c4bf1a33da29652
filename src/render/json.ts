import type { MetricId } from '../profile/metric.ts';
import type { BenchmarkReport, FunctionChange, MetricReport, Report, Revision } from '../report/report.ts';
import { headline } from './headline.ts';

/** Of all benchmarks and metrics together: a string cannot hold those of a trace of a million functions. */
export const MAXIMUM_CHANGES = 100_000;

/**
 * `report.json`, version 1: the report for programs, as docs/report.schema.json describes it. Numbers are exact integers of bytes or calls. Names are raw:
 * whoever shows them escapes them.
 *
 * `accepted` names who let growth over a `fail-on` limit pass, and by which label: then the verdict is `grew`, and the
 * benchmarks' own remain `regressed`.
 *
 * A benchmark's `runs` is how often each side was run. From two on every metric has a `spread`, of `base` (null without
 * base) and of `head`: the `min`, `median` and `max` of the runs. What is `advisory` varies with the timing of threads
 * and decided nothing, unless it is the headline metric.
 */
export function renderJson(report: Report): string {
  const lists = report.benchmarks.reduce((sum, { metrics }) => sum + metrics.length, 0);
  const mostOfEach = Math.floor(MAXIMUM_CHANGES / Math.max(1, lists));
  const document = {
    version: 1,
    verdict: report.verdict,
    accepted: report.accepted === null ? null : { by: report.accepted.by, label: report.accepted.label },
    headline: headline(report),
    base: report.base === null ? null : revision(report.base),
    head: revision(report.head),
    tracker: report.tracker === null ? null : { name: report.tracker.name, version: report.tracker.version },
    benchmarks: report.benchmarks.map((benchmark) => benchmarkDocument(benchmark, mostOfEach)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function revision({ sha, label }: Revision) {
  return { sha, label };
}

/** @param mostOfEach how many changes of each metric are listed, the largest of them */
function benchmarkDocument(benchmark: BenchmarkReport, mostOfEach: number) {
  const changes = largestOfEachMetric(benchmark.changes, mostOfEach);
  const leftOut = benchmark.changes.length - changes.length;
  return {
    name: benchmark.name,
    verdict: benchmark.verdict,
    headline: headline(benchmark),
    runs: benchmark.runs,
    metrics: metricsDocument(benchmark.metrics),
    changes: changes.map((change) => ({
      metric: change.metric,
      function: change.name,
      file: change.file,
      line: change.line,
      onChangedLine: change.isOnChangedLine,
      base: change.base,
      head: change.head,
      delta: change.delta,
      status: change.status,
    })),
    excluded:
      benchmark.excluded === null
        ? null
        : {
            base: benchmark.excluded.base,
            head: benchmark.excluded.head,
            reason: 'allocated by the profiler itself, not by the program',
          },
    matched: benchmark.matched,
    notes: [
      ...benchmark.notes,
      ...failureNotes(benchmark),
      ...(leftOut === 0 ? [] : [`${leftOut} smaller changes are left out of this file.`]),
    ],
  };
}

/** The changes of a metric come largest first. */
function largestOfEachMetric(changes: readonly FunctionChange[], most: number): readonly FunctionChange[] {
  const listed = new Map<MetricId, number>();
  return changes.filter(({ metric }) => {
    const before = listed.get(metric) ?? 0;
    listed.set(metric, before + 1);
    return before < most;
  });
}

function metricsDocument(metrics: readonly MetricReport[]) {
  const documents: Partial<Record<MetricId, object>> = {};
  for (const { metric, base, head, delta, ratio, verdict, limit, spread, isAdvisory } of metrics) {
    documents[metric.id] = {
      base,
      head,
      delta,
      ratio,
      verdict,
      limit: limit === null ? null : { text: limit.text, kind: limit.kind, isExceeded: limit.isExceeded },
      spread: spread === null ? null : { base: spread.base, head: spread.head },
      advisory: isAdvisory,
    };
  }
  return documents;
}

function failureNotes({ baseFailure, headFailure }: BenchmarkReport): string[] {
  const failures = [
    { side: 'base', failure: baseFailure },
    { side: 'head', failure: headFailure },
  ];
  return failures.flatMap(({ side, failure }) =>
    failure === null ? [] : [`${side}, ${failure.phase}: ${failure.message}`],
  );
}
