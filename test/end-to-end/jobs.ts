import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSingleFile } from '../../src/artifacts/archive.ts';
import {
  MEASUREMENT_FILE,
  PACKED_CAPS,
  packMeasurement,
  unpackMeasurement,
} from '../../src/artifacts/measurement-artifact.ts';
import type { Measurement } from '../../src/measurement/measurement.ts';
import { makeZip } from '../artifacts/make-zip.ts';
import {
  type GitHubApiServer,
  type GitHubApiServerOptions,
  startGitHubApiServer,
} from '../github/github-api-server.ts';
import { type ResultsService, startResultsService } from '../github/results-service.ts';
import { type ActionRun, type RunActionOptions, runAction } from '../github/runner.ts';
import { git, temporaryDirectory } from '../workspace/git-repositories.ts';
import { installAction } from './pull-request.ts';

/** What a test says of a job; everything else is as on a new runner. */
export interface JobOptions
  extends Partial<Omit<RunActionOptions, 'event' | 'apiUrl' | 'resultsUrl' | 'actionDirectory'>>,
    Pick<RunActionOptions, 'event'> {}

/** A job's step, and the directories it had. */
export interface JobRun extends ActionRun {
  readonly temp: string;
  readonly workspace: string;
}

/** GitHub with its runners' services, which all jobs of a test share. */
export interface Platform extends AsyncDisposable {
  readonly github: GitHubApiServer;
  readonly results: ResultsService;
  /** Runs the Action as the one step of a job on a runner of its own: nothing is checked out unless `workspace` says so. */
  runJob(options: JobOptions): Promise<JobRun>;
}

export async function startPlatform(options: GitHubApiServerOptions = {}): Promise<Platform> {
  const results = await startResultsService();
  const github = await startGitHubApiServer({ results, ...options });
  return {
    github,
    results,
    async runJob(job) {
      const temp = job.temp ?? temporaryDirectory();
      const workspace = job.workspace ?? temporaryDirectory();
      const run = await runAction({
        actionDirectory: installAction(),
        apiUrl: github.url,
        resultsUrl: results.url,
        ...job,
        temp,
        workspace,
      });
      return { ...run, temp, workspace };
    },
    async [Symbol.asyncDispose]() {
      await github[Symbol.asyncDispose]();
      await results[Symbol.asyncDispose]();
    },
  };
}

/** A checkout of one commit as actions/checkout makes it: nothing of the history is there. */
export function checkOut(remote: string, sha: string, workspace: string = temporaryDirectory()): string {
  git(workspace, 'init', '--quiet');
  git(workspace, 'remote', 'add', 'origin', `file://${remote}`);
  git(workspace, 'fetch', '--quiet', '--no-tags', '--depth=1', 'origin', sha);
  git(workspace, 'checkout', '--quiet', '--detach', sha);
  return workspace;
}

export function readReport(run: ActionRun) {
  return JSON.parse(readFileSync(run.outputs['json-path'], 'utf8'));
}

/** Programs that leave a mark when anybody starts them, for jobs that must not. */
export interface Tripwires {
  readonly environment: Readonly<Record<string, string>>;
  /** Names of those that were started. */
  started(): string;
}

export function layTripwires(names: readonly string[]): Tripwires {
  const directory = temporaryDirectory();
  const marks = join(directory, 'started');
  const programs = join(directory, 'bin');
  mkdirSync(programs);
  for (const name of names) {
    writeFileSync(join(programs, name), `#!/bin/sh\necho ${name} "$@" >> ${marks}\nexit 1\n`);
    chmodSync(join(programs, name), 0o755);
  }
  return {
    environment: { PATH: `${programs}:${process.env.PATH}` },
    started: () => (existsSync(marks) ? readFileSync(marks, 'utf8') : ''),
  };
}

/** What an uploaded artifact holds. */
export async function measurementIn(artifact: Uint8Array): Promise<Measurement> {
  return unpackMeasurement(await readSingleFile(artifact, MEASUREMENT_FILE, PACKED_CAPS.packedBytes));
}

/** A measurement as an artifact: one that somebody made by hand. */
export function artifactOf(measurement: Measurement): Uint8Array {
  return makeZip([{ name: MEASUREMENT_FILE, content: packMeasurement(measurement) }]);
}
