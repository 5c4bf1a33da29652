import * as core from '@actions/core';
import type { Job } from './job.ts';

/** Adds to the job summary. What cannot be shown there is elsewhere too, so that is no failure. */
export async function writeSummary(
  markdown: string,
  { environment, log }: Pick<Job, 'environment' | 'log'>,
): Promise<void> {
  if (!environment.GITHUB_STEP_SUMMARY) return;
  try {
    await core.summary.addRaw(markdown, true).write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.notice(`The job summary could not be written: ${reason}`);
  }
}
