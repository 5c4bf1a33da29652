import { readdir } from 'node:fs/promises';
import type { MeasurableEvent } from '../github/event.ts';
import type { Job } from './job.ts';
import type { Target } from './measure-commits.ts';

/** Says what in the job's set-up lets foreign code do more than it should, before any of it runs. */
export async function warnAboutSetup(event: MeasurableEvent, target: Target, job: Job): Promise<void> {
  const { environment, log } = job;
  const isFork = event.kind === 'pull_request' && event.isFork;
  if (isFork && environment.RUNNER_ENVIRONMENT === 'self-hosted') {
    log.warning(
      'This runner is self-hosted, and the pull request comes from a fork: its code can leave things behind that later jobs run into. Use runners that are thrown away after each job.',
    );
  }
  const isTokenStored = target.storedCredentials.length > 0 || (await hasCredentialsFile(job));
  if (isTokenStored || target.isPrivateKeyStored) {
    log.warning(
      `The ${isTokenStored ? 'token' : 'private key'} of the job is stored where the measured program can read it. Set \`persist-credentials: false\` for actions/checkout.`,
    );
  }
}

/** actions/checkout writes such a file since version 6, whether our checkout includes it or another one. */
async function hasCredentialsFile({ temporaryDirectory }: Job): Promise<boolean> {
  const files = await readdir(temporaryDirectory).catch(() => []);
  return files.some((name) => /^git-credentials-[\w-]+\.config$/.test(name));
}
