import { uploadMeasurement } from '../artifacts/upload.ts';
import { UserError } from '../errors.ts';
import type { Measurement } from '../measurement/measurement.ts';
import type { Job } from './job.ts';

/**
 * Hands over what was measured, an artifact for each benchmark.
 * @throws UserError when that fails: then nobody could report it
 */
export async function uploadMeasurements(measurements: readonly Measurement[], job: Job): Promise<void> {
  const { log, signal, environment, run } = job;
  for (const measurement of measurements) {
    const uploaded = await log.phase(`Handing over ${measurement.name}`, () =>
      uploadMeasurement(measurement, { attempt: run.attempt, environment, log, signal }),
    );
    if (!uploaded.ok) throw new UserError(uploaded.reason);
  }
}
