import type { MetricId } from '../profile/metric.ts';
import type { BenchmarkReport, MetricReport, Report, Revision } from '../report/report.ts';
import { headline } from './headline.ts';

/**
 * `report.json`, version 1: the report for programs. Numbers are exact integers of bytes or calls. Names are raw:
 * whoever shows them escapes them.
 *
 * A benchmark's `runs` is how often each side was run. From two on every metric has a `spread`, of `base` (null without
 * base) and of `head`: the `min`, `median` and `max` of the runs. What is `advisory` varies with the timing of threads
 * and decided nothing, unless it is the headline metric.
 */
export function renderJson(report: Report): string {
  const document = {
    version: 1,
    verdict: report.verdict,
    headline: headline(report),
    base: report.base === null ? null : revision(report.base),
    head: revision(report.head),
    tracker: report.tracker === null ? null : { name: report.tracker.name, version: report.tracker.version },
    benchmarks: report.benchmarks.map(benchmarkDocument),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function revision({ sha, label }: Revision) {
  return { sha, label };
}

function benchmarkDocument(benchmark: BenchmarkReport) {
  return {
    name: benchmark.name,
    verdict: benchmark.verdict,
    headline: headline(benchmark),
    runs: benchmark.runs,
    metrics: metricsDocument(benchmark.metrics),
    changes: benchmark.changes.map((change) => ({
      metric: change.metric,
      function: change.name,
      file: change.file,
      line: change.line,
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
    notes: [...benchmark.notes, ...failureNotes(benchmark)],
  };
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
