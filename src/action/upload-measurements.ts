import { uploadMeasurement } from '../artifacts/upload.ts';
import { CancelledError } from '../errors.ts';
import type { Measurement } from '../measurement/measurement.ts';
import type { Job } from './job.ts';

/**
 * Hands over what was measured, an artifact for each benchmark.
 * @returns a sentence for each that the service refused: nobody will report it
 * @throws CancelledError
 */
export async function uploadMeasurements(
  measurements: readonly Measurement[],
  job: Job,
): Promise<readonly string[]> {
  const { log, signal, environment, run } = job;
  const problems: string[] = [];
  for (const measurement of measurements) {
    const uploaded = await log.phase(`Handing over ${measurement.name}`, () =>
      uploadMeasurement(measurement, { attempt: run.attempt, environment, log, signal }),
    );
    if (signal.aborted) throw new CancelledError('Cancelled while measurements were handed over.');
    if (!uploaded.ok) problems.push(uploaded.reason);
  }
  return problems;
}
