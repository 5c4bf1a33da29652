import { readFile } from 'node:fs/promises';
import * as core from '@actions/core';
import { UserError } from '../errors.ts';
import { createGitHubClient, type GitHubClient } from '../github/client.ts';
import { type EventContext, parseEvent, parseRepositoryName } from '../github/event.ts';
import type { Log } from '../log.ts';
import { variableOf } from '../settings/action-inputs.ts';

/** The process that a step of a workflow is. */
export interface ActionWorld {
  /** The whole environment that the runner gave, secrets included. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** What the runner says about the job that this step belongs to, in its environment alone. */
export interface RunnerJob extends ActionWorld {
  readonly owner: string;
  /** The repository's name without its owner. */
  readonly repository: string;
  /** Null: the input `github-token` is empty. */
  readonly token: string | null;
  /** Null without token. */
  readonly client: GitHubClient | null;
  /** 'https://github.com' */
  readonly serverUrl: string;
  /** 'https://github.com/owner/name' */
  readonly repositoryUrl: string;
  /** The run of this workflow. Ids rise from run to run; a run that is started again keeps its id. */
  readonly run: { readonly id: number; readonly attempt: number };
  readonly runUrl: string;
  /** RUNNER_TEMP */
  readonly temporaryDirectory: string;
  /** GITHUB_WORKSPACE */
  readonly workspace: string;
}

export interface Job extends RunnerJob {
  readonly event: EventContext;
}

/** @throws UserError outside a workflow, and for an event that is not as GitHub writes it */
export async function readJob(world: ActionWorld): Promise<Job> {
  const job = readRunnerJob(world);
  return { ...job, event: await readEvent(world.environment) };
}

/**
 * What is known without the event. That is in a file, which foreign code may have written to meanwhile.
 * @throws UserError outside a workflow
 */
export function readRunnerJob(world: ActionWorld): RunnerJob {
  const { environment, log, signal } = world;
  const token = environment[variableOf('github-token')]?.trim() || null;
  if (token !== null) core.setSecret(token);
  const temporaryDirectory = environment.RUNNER_TEMP;
  const workspace = environment.GITHUB_WORKSPACE;
  if (!temporaryDirectory || !workspace) {
    throw new UserError(
      'RUNNER_TEMP and GITHUB_WORKSPACE are not set: this runs as a step of a GitHub workflow only',
    );
  }
  const { owner, repository } = parseRepositoryName(environment.GITHUB_REPOSITORY ?? '');
  const serverUrl = environment.GITHUB_SERVER_URL || 'https://github.com';
  const repositoryUrl = `${serverUrl}/${owner}/${repository}`;
  const run = { id: positive(environment.GITHUB_RUN_ID), attempt: positive(environment.GITHUB_RUN_ATTEMPT) };
  const client =
    token === null
      ? null
      : createGitHubClient({ token, apiUrl: environment.GITHUB_API_URL ?? '', log, signal });
  return {
    ...world,
    owner,
    repository,
    token,
    client,
    serverUrl,
    repositoryUrl,
    run,
    runUrl: `${repositoryUrl}/actions/runs/${run.id}`,
    temporaryDirectory,
    workspace,
  };
}

async function readEvent(environment: ActionWorld['environment']): Promise<EventContext> {
  const path = environment.GITHUB_EVENT_PATH;
  let payload: unknown = null;
  try {
    if (path) payload = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UserError(`the event at GITHUB_EVENT_PATH cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return parseEvent({
    name: environment.GITHUB_EVENT_NAME ?? '',
    payload,
    repository: environment.GITHUB_REPOSITORY ?? '',
    ref: environment.GITHUB_REF,
  });
}

function positive(text: string | undefined): number {
  return /^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : 1;
}
