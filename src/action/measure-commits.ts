import { mkdir } from 'node:fs/promises';
import * as core from '@actions/core';
import { readDemanglerWasm } from '../assets.ts';
import { type MeasuredBenchmarks, measure } from '../commands/measure.ts';
import type { MeasurableEvent } from '../github/event.ts';
import { type ChosenRevisions, chooseRevisions } from '../github/revisions.ts';
import { rewriteLog } from '../log.ts';
import { maskSecrets, maskText } from '../measurement/mask-secrets.ts';
import type { ActionSettings } from '../settings/settings.ts';
import { createDemangler } from '../symbols/demangle.ts';
import { createFunctionNamer, type FunctionNamer } from '../symbols/normalise-function.ts';
import { createTracker } from '../trackers/index.ts';
import { childEnvironment, secretValues } from '../workspace/environment.ts';
import { fetchCommit, type RemoteAccess, resolveRemoteName } from '../workspace/remote.ts';
import { openRepository, type Repository } from '../workspace/repository.ts';
import { snapshotRunnerFiles } from '../workspace/runner-files.ts';
import { isPrivateKeyStored, readStoredCredentials } from '../workspace/stored-credentials.ts';
import { createBaselines } from './baselines.ts';
import { historyDirectory, workDirectory } from './directories.ts';
import type { Job } from './job.ts';

/** The commits that an event is about, in the repository that the workflow checked out. */
export interface Target {
  readonly repository: Repository;
  readonly revisions: ChosenRevisions;
  readonly fetch: RemoteAccess;
  /** Secrets that the checkout stored where the measured program can read them. */
  readonly storedCredentials: readonly string[];
  /** Whether a private key is stored there, too. */
  readonly isPrivateKeyStored: boolean;
}

/** @throws UserError when nothing is checked out, or the input `base` names nothing */
export async function chooseTarget(
  { base }: ActionSettings,
  event: MeasurableEvent,
  job: Job,
): Promise<Target> {
  const { environment, log, signal, client } = job;
  const repository = await openRepository(job.workspace, { environment, log, signal });
  const fetch: RemoteAccess = { token: job.token, serverUrl: job.serverUrl };
  const revisions = await chooseRevisions({
    event,
    history: repository,
    client,
    base,
    resolveRemoteName: (name) => resolveRemoteName(repository, name, fetch),
    fetchCommit: async (sha) => {
      const directory = historyDirectory(job);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await fetchCommit(repository, sha, directory, fetch);
    },
  });
  const storedCredentials = await readStoredCredentials(repository);
  for (const credential of storedCredentials) core.setSecret(credential);
  return {
    repository,
    revisions,
    fetch,
    storedCredentials,
    isPrivateKeyStored: await isPrivateKeyStored(repository),
  };
}

/** Measures both commits; what foreign code wrote to the runner's files meanwhile is undone, whatever happens. */
export async function measureCommits(
  settings: ActionSettings,
  { repository, revisions, fetch, storedCredentials }: Target,
  nameFunction: FunctionNamer,
  job: Job,
): Promise<MeasuredBenchmarks> {
  const secrets = secretValues(job.environment, storedCredentials);
  // The runner masks the secrets of the workflow. What we find beside them, or what spans lines, it does not know.
  const log = rewriteLog(job.log, (text) => maskText(text, secrets));
  const tokens = job.token === null ? [] : [job.token];
  const environment = childEnvironment(job.environment, [...tokens, ...storedCredentials]);
  const tracker = createTracker(environment);
  const baselines = createBaselines(settings, environment, job);
  const { base, head, postSha, notes } = revisions;
  const runnerFiles = await snapshotRunnerFiles(job.environment);
  let measured: MeasuredBenchmarks;
  try {
    measured = await measure(
      {
        base: base && { commit: base.sha, revision: { sha: base.sha, label: base.label } },
        head: { commit: head.sha, revision: { sha: postSha, label: head.label } },
        benchmarks: settings.benchmarks,
        preparation: settings,
        notes,
      },
      {
        environment,
        tracker,
        nameFunction,
        repository,
        fetch,
        baselines,
        directory: workDirectory(job),
        log,
        signal: job.signal,
      },
    );
  } finally {
    const changed = await runnerFiles.restore();
    if (changed.length > 0) {
      log.warning(
        `the measured program wrote to files of the runner; that was undone: ${changed.join(', ')}`,
      );
    }
  }
  const measurements = measured.measurements.map((one) => maskSecrets(one, secrets));
  await baselines?.keep(measurements, head.sha);
  return { ...measured, measurements };
}

/** A namer that demangles, with what travels beside the code. */
export async function loadFunctionNamer(): Promise<FunctionNamer> {
  return createFunctionNamer(createDemangler(await readDemanglerWasm()));
}
