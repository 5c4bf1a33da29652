import { CancelledError, CommandError, UserError } from '../errors.ts';
import { reasonToWait, refuseUntrustedEvent } from '../github/event.ts';
import type { Log } from '../log.ts';
import { pruneImages } from '../publish/image-branch.ts';
import type { Verdict } from '../report/report.ts';
import {
  type ActionInputs,
  type AwaitedCheck,
  awaitedCheckOf,
  readActionInputs,
  readAwaitedCheck,
} from '../settings/action-inputs.ts';
import { type Plan, settleSettings } from '../settings/plan.ts';
import { failStep } from './action-log.ts';
import { showingFailures } from './check.ts';
import { measuringRunOf } from './collect-measurements.ts';
import { compareCommits } from './compare-commits.ts';
import { type ActionWorld, type Job, readJob } from './job.ts';
import { measureOnly } from './measure-only.ts';
import type { Outputs } from './outputs.ts';
import { sayProblems } from './publish-report.ts';
import { readConfig } from './read-config.ts';
import { reportRun } from './report-run.ts';

/**
 * One step of a workflow: measure, report, post. Sets every output on every path, and the exit code by the verdict.
 */
export async function runAction(world: ActionWorld, outputs: Outputs): Promise<void> {
  try {
    outputs.set('verdict', await runMode(world, outputs));
  } catch (error) {
    const isCancelled = error instanceof CancelledError || world.signal.aborted;
    outputs.set('verdict', isCancelled ? 'cancelled' : 'failed');
    if (isCancelled) failStep('cancelled');
    else failWith(error, world.log);
  } finally {
    outputs.write();
  }
}

/** Fails the step, and says what can be said of why. */
export function failWith(error: unknown, log: Log): void {
  if (!(error instanceof UserError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.info(text);
    failStep(`this is a bug of memtrack, please report it: ${text.split('\n')[0]}`);
    return;
  }
  if (error instanceof CommandError) for (const line of error.failure.lastLines) log.info(line);
  failStep(error.message);
}

async function runMode(world: ActionWorld, outputs: Outputs): Promise<Verdict> {
  const inputs = await readInputs(world);
  refuseUntrustedEvent(eventNameOf(world), { isReporting: inputs.mode === 'report' });
  const job = await readJob(world);
  const { event, log } = job;
  if (event.kind === 'nothing') return endWithoutMeasuring(event.reason, log);
  if (event.kind === 'pull_request_closed') {
    if (inputs.images === 'branch') await removeImages(event.number, inputs, job);
    return endWithoutMeasuring(event.reason, log);
  }
  const { settings, notes } = await settle(inputs, job);
  for (const note of notes) log.notice(note);
  if (settings.mode === 'report') return reportRun(event, settings, job, outputs);
  if (event.kind === 'workflow_run') throw new Error('refused above');
  return settings.mode === 'measure'
    ? measureOnly(event, settings, job, outputs)
    : compareCommits(event, settings, job, outputs);
}

function eventNameOf({ environment }: ActionWorld): string {
  return environment.GITHUB_EVENT_NAME ?? '';
}

async function readInputs(world: ActionWorld): Promise<ActionInputs> {
  try {
    return readActionInputs(world.environment);
  } catch (error) {
    const awaited = readAwaitedCheck(world.environment);
    if (awaited === null) throw error;
    refuseUntrustedEvent(eventNameOf(world), awaited);
    const job = await readJob(world).catch(() => null);
    if (job === null) throw error;
    return showingMistakes(awaited, job, async () => {
      throw error;
    });
  }
}

/** Brings inputs and config file together. */
async function settle(inputs: ActionInputs, job: Job): Promise<Plan> {
  const work = async () => settleSettings(inputs, await readConfig(inputs, job));
  return showingMistakes(awaitedCheckOf(inputs), job, work);
}

/** The commit waits for a check from this job: it is told what is wrong, or it would wait for ever. */
async function showingMistakes<T>(awaited: AwaitedCheck, job: Job, work: () => Promise<T>): Promise<T> {
  const { event } = job;
  if (event.kind === 'nothing' || event.kind === 'pull_request_closed') return work();
  if (event.kind === 'workflow_run' && reasonToWait(event) !== null) return work();
  const { sha } = measuringRunOf(event, job);
  return showingFailures({ ...awaited, sha, targetUrl: job.runUrl }, job, work);
}

function endWithoutMeasuring(reason: string, log: Log): Verdict {
  log.notice(reason);
  return 'unchanged';
}

async function removeImages(number: number, inputs: ActionInputs, job: Job): Promise<void> {
  const { client, event } = job;
  if (client === null) return;
  const { owner, repository } = event;
  const { reason } = await pruneImages({
    client,
    owner,
    repository,
    number,
    defaultBranch: event.defaultBranch,
  });
  sayProblems(reason === undefined ? [] : [reason], inputs, job);
}
