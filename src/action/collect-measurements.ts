import { fetchRunMeasurements } from '../artifacts/run-measurements.ts';
import { UserError } from '../errors.ts';
import type { MeasurableEvent, WorkflowRunEvent } from '../github/event.ts';
import { type FoundPullRequest, findPullRequest } from '../github/find-pull-request.ts';
import { maskSecrets } from '../measurement/mask-secrets.ts';
import type { Measurement } from '../measurement/measurement.ts';
import { secretValues } from '../workspace/environment.ts';
import type { Job } from './job.ts';

/** The run that measured, and what it is about: all of it is GitHub's word, none that of the artifacts. */
export interface MeasuringRun {
  readonly id: number;
  readonly attempt: number;
  readonly url: string;
  /** The commit that people see. */
  readonly sha: string;
  /** 'success', 'failure', 'cancelled' …; null when it is this very run. */
  readonly conclusion: string | null;
}

/** The run whose measurements are to be reported: the one that has ended, or this one, after a matrix. */
export function measuringRunOf(event: MeasurableEvent | WorkflowRunEvent, job: Job): MeasuringRun {
  if (event.kind === 'workflow_run') {
    const { runId: id, runAttempt: attempt, htmlUrl: url, headSha: sha, conclusion } = event;
    return { id, attempt, url, sha, conclusion };
  }
  const sha = shaOf(event) ?? job.environment.GITHUB_SHA;
  if (!sha) throw new UserError('GITHUB_SHA is not set: this runs as a step of a GitHub workflow only');
  return { ...job.run, url: job.runUrl, sha, conclusion: null };
}

function shaOf(event: MeasurableEvent): string | null {
  switch (event.kind) {
    case 'pull_request':
    case 'merge_group':
      return event.headSha;
    case 'push':
      return event.after;
    case 'other':
      return null;
  }
}

/** Where a report is posted to. */
export interface PullRequests {
  readonly numbers: readonly number[];
  /** Of the first one, where GitHub has just said so; null: it is to be asked. */
  readonly labels: readonly string[] | null;
  /** Why there is none; null when that is as it should be. */
  readonly reason: string | null;
}

/** The open pull requests whose head is the measured commit. */
export async function findPullRequests(
  event: MeasurableEvent | WorkflowRunEvent,
  { client }: Job,
): Promise<PullRequests> {
  if (event.kind === 'pull_request') return { numbers: [event.number], labels: null, reason: null };
  if (event.kind !== 'workflow_run' || client === null) return { numbers: [], labels: null, reason: null };
  const { owner, repository, repositoryId } = event;
  const { pulls, reason, outcome } = await findPullRequest({
    client,
    owner,
    repository,
    repositoryId,
    run: event,
  });
  const isExpected = outcome === 'found' || outcome === 'no-pull-request';
  return {
    numbers: pulls.map(({ number }: FoundPullRequest) => number),
    labels: pulls[0]?.labels ?? null,
    reason: isExpected ? null : reason,
  };
}

export interface CollectedMeasurements {
  readonly measurements: readonly Measurement[];
  /** Sentences about what was missing or refused. */
  readonly problems: readonly string[];
}

/** Downloads what the run measured, and refuses what cannot be its own. */
export async function collectMeasurements(run: MeasuringRun, job: Job): Promise<CollectedMeasurements> {
  const { client, event, log } = job;
  const { owner, repository } = event;
  const found = await fetchRunMeasurements({
    client,
    owner,
    repository,
    runId: run.id,
    attempt: run.attempt,
    environment: job.environment,
    log,
    signal: job.signal,
  });
  const secrets = secretValues(job.environment);
  const own = found.measurements.filter(({ head }) => head.sha === run.sha);
  const foreign = found.measurements.length - own.length;
  const problems =
    foreign === 0
      ? found.problems
      : [
          ...found.problems,
          `${foreign === 1 ? 'A measurement is' : `${foreign} measurements are`} of another commit than ${run.sha.slice(0, 12)}.`,
        ];
  return { measurements: own.map((measurement) => maskSecrets(measurement, secrets)), problems };
}
