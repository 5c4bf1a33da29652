import { rm } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import { variableOf } from '../settings/action-inputs.ts';
import { concludeOpenCheck, readOpenCheckState } from './check.ts';
import { baselinesDirectory, historyDirectory, workDirectory } from './directories.ts';
import { type ActionWorld, readRunnerJob } from './job.ts';

/**
 * After the job, also a cancelled one: concludes a check that would otherwise be pending for ever, and removes what the
 * measuring left behind. Reports stay, for steps of the user's own. Never fails the job.
 */
export async function runPost(world: ActionWorld): Promise<void> {
  for (const work of [concludeCheck, removeLeftovers]) {
    try {
      await work(world);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      world.log.info(error instanceof UserError ? text : `Cleaning up failed: ${text}`);
    }
  }
}

async function concludeCheck(world: ActionWorld): Promise<void> {
  const state = readOpenCheckState();
  if (state === '') return;
  const name = world.environment[variableOf('name')]?.trim() || 'default';
  const result = await concludeOpenCheck(state, name, readRunnerJob(world));
  world.log.info(result?.reason ?? 'The check was concluded: the step had left it open.');
}

async function removeLeftovers(world: ActionWorld): Promise<void> {
  const temporaryDirectory = world.environment.RUNNER_TEMP;
  if (!temporaryDirectory) return;
  for (const directoryIn of [workDirectory, historyDirectory, baselinesDirectory]) {
    await rm(directoryIn({ temporaryDirectory }), { recursive: true, force: true, maxRetries: 2 });
  }
}
