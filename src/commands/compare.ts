import type { BenchmarkSettings } from '../settings/settings.ts';
import { type MeasureRequest, type MeasureWorld, measure } from './measure.ts';
import { type Comparison, type ReportRequest, reportMeasurements } from './report-measurements.ts';

/** What to measure, and what its benchmarks are judged by. */
export interface CompareRequest
  extends Omit<MeasureRequest, 'benchmarks'>,
    Pick<ReportRequest, 'repositoryUrl'> {
  /** With names of their own, at least one. */
  readonly benchmarks: readonly BenchmarkSettings[];
}

/**
 * Measures two commits of a repository and reports the difference.
 * @throws UserError when head cannot be checked out or the tracker is missing; CancelledError
 */
export async function compare(request: CompareRequest, world: MeasureWorld): Promise<Comparison> {
  const { benchmarks, repositoryUrl } = request;
  const { measurements, lines } = await measure(request, world);
  const judgementOf = (name: string) => {
    const settings = benchmarks.find((benchmark) => benchmark.name === name);
    if (settings === undefined) throw new Error(`nobody asked for ${name}`);
    return settings;
  };
  return reportMeasurements({ measurements, judgementOf, lines, repositoryUrl }, world.nameFunction);
}
