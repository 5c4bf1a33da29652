import { rm } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import { variableOf } from '../settings/action-inputs.ts';
import { concludeOpenCheck, readOpenCheckState } from './check.ts';
import { baselinesDirectory, historyDirectory, workDirectory } from './directories.ts';
import { type ActionWorld, readJob } from './job.ts';

/**
 * After the job, also a cancelled one: concludes a check that would otherwise be pending for ever, and removes what the
 * measuring left behind. Reports stay, for steps of the user's own. Never fails the job.
 */
export async function runPost(world: ActionWorld): Promise<void> {
  const { environment, log } = world;
  try {
    const state = readOpenCheckState();
    const job = await readJob(world);
    if (state !== '') {
      const name = environment[variableOf('name')]?.trim() || 'default';
      const result = await concludeOpenCheck(state, name, job);
      log.info(result?.reason ?? 'The check was concluded: the step had left it open.');
    }
    const leftovers = [workDirectory(job), historyDirectory(job), baselinesDirectory(job)];
    for (const path of leftovers) await rm(path, { recursive: true, force: true, maxRetries: 2 });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    log.info(error instanceof UserError ? text : `Cleaning up failed: ${text}`);
  }
}
