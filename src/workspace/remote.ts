/** What the clone does not have, taken from where it was cloned from, into a store of our own. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError, UserError } from '../errors.ts';
import { isFullSha } from './commit-names.ts';
import { configurationEnvironment, createGit, type Git, type GitResult, readSettings } from './git.ts';
import type { Repository } from './repository.ts';
import { createStore } from './store.ts';

/** How to get at a remote that asks who we are. */
export interface RemoteAccess {
  /** Used when the workspace keeps no credentials of its own; null: none. */
  readonly token: string | null;
  /** The only server that gets the token: 'https://github.com'. */
  readonly serverUrl: string;
}

interface Remote {
  /** For messages: without user name and password. */
  readonly shownUrl: string;
  /** Address and credentials as git's configuration, in variables: never on disk, never in arguments. */
  readonly environment: Readonly<Record<string, string>>;
}

const FETCH_TIME_LIMIT_SECONDS = 600;
/** Pauses between attempts, in milliseconds; git itself gives up at the first broken connection. */
const PAUSES = [1000, 4000];
const MAX_COMPLAINT_LENGTH = 500;
/** Answers that another attempt does not change. */
const FINAL_ANSWERS =
  /not our ref|unadvertised object|no such remote ref|not found|does not appear to be a git repository|dubious ownership|could not read (?:Username|Password)|Authentication failed|Permission denied|returned error: 40[134]/i;

/**
 * Fetches one commit, without its history, into a store below `directory`. Afterwards `repository` finds it; the
 * user's `.git` is not written to.
 * @throws UserError when it cannot be had: why, and what to do
 */
export async function fetchCommit(
  repository: Repository,
  sha: string,
  directory: string,
  access: RemoteAccess,
): Promise<void> {
  const short = sha.slice(0, 12);
  const remote = await findRemote(repository, access);
  if (remote === null) {
    throw new UserError(
      `Commit ${short} is not in ${repository.directory}, which has no remote to fetch it from.`,
    );
  }
  const store = join(directory, `fetched-${short}.git`);
  // What is here already need not come again, unless this clone leaves out files: then what we have misleads git.
  const isPartial = await isPartialClone(repository.git);
  await createStore(repository, store, { isSharing: !isPartial });
  const git = createGit(repository.directory, repository.context, {
    environment: () => ({ ...remote.environment, GIT_DIR: store }),
    mayUseNetwork: true,
  });
  const flags = ['--no-tags', '--depth=1', '--no-write-fetch-head', '--no-recurse-submodules', '--quiet'];
  const quiet = ['-c', 'gc.auto=0', '-c', 'maintenance.auto=false'];
  const problem = await attempt(repository, () =>
    git.run([...quiet, 'fetch', ...flags, 'origin', sha], LIMITS),
  );
  if (problem !== null) {
    throw new UserError(
      `Commit ${short} is not in this clone and could not be fetched from ${remote.shownUrl}: ${problem}. Let actions/checkout fetch it (\`fetch-depth: 0\`), or check that the token may read the repository (\`contents: read\`).`,
    );
  }
  repository.addObjectDirectory(join(store, 'objects'));
}

/** The commit that a branch or tag of the remote names, or null. @throws UserError when the remote does not answer */
export async function resolveRemoteName(
  repository: Repository,
  name: string,
  access: RemoteAccess,
): Promise<string | null> {
  const remote = await findRemote(repository, access);
  if (remote === null) return null;
  const git = createGit(repository.directory, repository.context, {
    environment: () => remote.environment,
    mayUseNetwork: true,
  });
  const wanted = [`refs/heads/${name}`, `refs/tags/${name}^{}`, `refs/tags/${name}`];
  let listing = '';
  const problem = await attempt(repository, async () => {
    const result = await git.run(['ls-remote', '--quiet', 'origin', ...wanted], LIMITS);
    listing = new TextDecoder().decode(result.stdout);
    return result;
  });
  if (problem !== null)
    throw new UserError(`${remote.shownUrl} could not be asked for "${name}": ${problem}.`);
  const ids = new Map(listing.split('\n').map((line) => [line.split('\t')[1], line.split('\t')[0]]));
  const found = wanted.map((ref) => ids.get(ref)).find((id) => id !== undefined && isFullSha(id));
  return found ?? null;
}

const LIMITS = { timeLimitSeconds: FETCH_TIME_LIMIT_SECONDS };

/** Whether the clone leaves out files until somebody wants them (`filter` of actions/checkout). */
export async function isPartialClone(git: Git): Promise<boolean> {
  return (await readSettings(git, '^(remote\\..*\\.promisor|extensions\\.partialclone)$')).length > 0;
}

/** Null when a call succeeds, else what the last one complained of. */
async function attempt(repository: Repository, call: () => ReturnType<Git['run']>): Promise<string | null> {
  for (let failures = 0; ; failures += 1) {
    const result = await call();
    if (result.exitCode === 0) return null;
    const complaint = complaintOf(result);
    if (failures === PAUSES.length || FINAL_ANSWERS.test(complaint)) return complaint;
    repository.context.log.info(`The remote failed, trying again: ${complaint}`);
    await sleep(PAUSES[failures], undefined, { signal: repository.context.signal }).catch(() => {
      throw new CancelledError('Stopped while waiting for the remote.');
    });
  }
}

async function findRemote(repository: Repository, access: RemoteAccess): Promise<Remote | null> {
  const { git } = repository;
  const names = (await git.text(['remote'])).split('\n').filter((name) => name !== '');
  const name = names.includes('origin') ? 'origin' : names[0];
  if (name === undefined) return null;
  const configured = (await git.text(['remote', 'get-url', name])).trimEnd();
  const server = new URL(access.serverUrl);
  const url = access.token === null ? configured : toHttps(configured, server);
  const headers = (await readSettings(git, '^http\\..*\\.extraheader$')).filter(([key]) =>
    url.startsWith(key.slice('http.'.length, -'.extraheader'.length)),
  );
  const settings: [string, string][] = [['remote.origin.url', url], ...headers];
  if (headers.length === 0 && access.token !== null && isOnServer(url, server)) {
    const basic = Buffer.from(`x-access-token:${access.token}`).toString('base64');
    settings.push([`http.${server.origin}/.extraheader`, `AUTHORIZATION: basic ${basic}`]);
  }
  const [sshCommand] = await readSettings(git, '^core\\.sshcommand$');
  return {
    shownUrl: hideCredentials(url),
    environment: {
      ...configurationEnvironment(settings),
      GIT_SSH_COMMAND: sshCommand?.[1] ?? 'ssh -o BatchMode=yes',
    },
  };
}

/** `git@github.com:owner/name.git` and `ssh://…` of the server as an address that takes the token. */
function toHttps(url: string, server: URL): string {
  const match = /^(?:ssh:\/\/)?git@([^:/]+)(?::[0-9]+\/|[:/])(.+)$/.exec(url);
  return match !== null && match[1] === server.hostname ? `${server.origin}/${match[2]}` : url;
}

function isOnServer(url: string, server: URL): boolean {
  return URL.canParse(url) && new URL(url).origin === server.origin;
}

/** What git and the server say went wrong, without the advice around it. */
function complaintOf(result: GitResult): string {
  const telling = result.lastLines.filter((line) => /^(?:fatal|error|remote|ERROR):/.test(line));
  const lines = telling.length > 0 ? telling : result.lastLines;
  const text = hideCredentials(lines.join(' ')).slice(-MAX_COMPLAINT_LENGTH).trimEnd().replace(/\.$/, '');
  return text === '' ? `exit code ${result.exitCode}` : text;
}

function hideCredentials(text: string): string {
  return text.replace(/\/\/[^/@\s]{1,500}@/g, '//');
}
