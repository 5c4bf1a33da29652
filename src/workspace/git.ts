/**
 * git as we call it: nothing from the user's or the system's configuration, no hooks, no questions. A repository that
 * somebody else's code could have written to must not make git run a command.
 */
import { CommandError } from '../errors.ts';
import type { Log } from '../log.ts';
import { runProcess } from './process.ts';

/** What every call to git needs from outside. */
export interface GitContext {
  /** The environment of this process; git gets only the few entries of it that it needs. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Of one call. */
export interface GitOptions {
  /** Added to git's environment: GIT_DIR, configuration with a secret in it. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly maxStdoutBytes?: number;
  readonly timeLimitSeconds?: number;
}

/** How one call ended. */
export interface GitResult {
  readonly exitCode: number | null;
  readonly stdout: Uint8Array;
  /** The last lines of stdout and stderr, raw. */
  readonly lastLines: readonly string[];
}

/** Runs git in one directory. */
export interface Git {
  /** Whatever the exit code. @throws UserError when git is missing or too slow; CancelledError after the signal */
  run(args: readonly string[], options?: GitOptions): Promise<GitResult>;
  /** What git writes to stdout. @throws CommandError when it fails */
  text(args: readonly string[], options?: GitOptions): Promise<string>;
}

/** Time limit of a call that needs no network; a tree of a million files takes git about a minute. */
const LOCAL_TIME_LIMIT_SECONDS = 300;
const MAX_STDOUT_BYTES = 256 * 1024 * 1024;

/** What git may see of our environment: where programs and certificates are, and the way to the network. */
const PASSED_VARIABLES = [
  'PATH',
  'HOME',
  'TMPDIR',
  'SYSTEMROOT',
  'SSH_AUTH_SOCK',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'all_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
];

const HARDENED_ENVIRONMENT = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_LFS_SKIP_SMUDGE: '1',
  // Without it, `git status` of a submodule would rewrite the submodule's index.
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_NO_LAZY_FETCH: '1',
  LC_ALL: 'C',
};

const HARDENED_OPTIONS = [
  '--no-pager',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'protocol.ext.allow=never',
  '-c',
  'core.quotePath=false',
];

/** Git in `directory`, trusted there whoever owns it: workspaces of container jobs belong to another user. */
export function createGit(
  directory: string,
  context: GitContext,
  options: {
    readonly environment?: () => Readonly<Record<string, string>>;
    /** Unless true, git reaches no remote: a clone that leaves out files would fetch what it is asked about. */
    readonly mayUseNetwork?: boolean;
  } = {},
): Git {
  const trust = ['-c', `safe.directory=${directory}`];
  const network = options.mayUseNetwork === true ? [] : ['-c', 'protocol.allow=never'];
  const inherited: Record<string, string> = {};
  for (const name of PASSED_VARIABLES) {
    const value = context.environment[name];
    if (value !== undefined) inherited[name] = value;
  }

  async function run(args: readonly string[], call: GitOptions = {}): Promise<GitResult> {
    const timeLimitSeconds = call.timeLimitSeconds ?? LOCAL_TIME_LIMIT_SECONDS;
    const maxStdoutBytes = call.maxStdoutBytes ?? MAX_STDOUT_BYTES;
    context.log.debug(`git ${args.join(' ')} (in ${directory})`);
    const result = await runProcess('git', [...HARDENED_OPTIONS, ...trust, ...network, ...args], {
      directory,
      environment: { ...inherited, ...HARDENED_ENVIRONMENT, ...options.environment?.(), ...call.environment },
      timeLimitSeconds,
      signal: context.signal,
      maxStdoutBytes,
      ...(call.input === undefined ? {} : { input: call.input }),
    });
    if (result.isTimedOut) {
      throw new CommandError(`git ${args[0]} took longer than ${timeLimitSeconds} s in ${directory}.`, {
        command: `git ${args.join(' ')}`,
        exitCode: null,
        signal: result.signal,
        lastLines: result.lastLines,
      });
    }
    return result;
  }

  async function text(args: readonly string[], call?: GitOptions): Promise<string> {
    const result = await run(args, call);
    if (result.exitCode !== 0) throw gitFailure(args, directory, result);
    return textOf(result.stdout);
  }

  return { run, text };
}

/** Configuration for one call of git, in variables instead of arguments, which every user of the machine can read. */
export function configurationEnvironment(
  settings: readonly (readonly [key: string, value: string])[],
): Record<string, string> {
  const environment: Record<string, string> = { GIT_CONFIG_COUNT: String(settings.length) };
  settings.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return environment;
}

/** Entries of `git config -z --get-regexp`: key, newline, value; those without a value are left out. */
export async function readSettings(git: Git, keyPattern: string): Promise<readonly [string, string][]> {
  const result = await git.run(['config', '-z', '--get-regexp', keyPattern]);
  return textOf(result.stdout)
    .split('\0')
    .filter((entry) => entry.includes('\n'))
    .map((entry) => [entry.slice(0, entry.indexOf('\n')), entry.slice(entry.indexOf('\n') + 1)]);
}

function gitFailure(args: readonly string[], directory: string, result: GitResult): CommandError {
  const said = result.lastLines.at(-1) ?? `exit code ${result.exitCode}`;
  const remedy = result.lastLines.some((line) => line.includes('dubious ownership'))
    ? ` This version of git trusts only directories of its own user: run \`git config --system --add safe.directory ${directory}\` first, or use git 2.38 or later.`
    : '';
  return new CommandError(`git ${args[0]} failed in ${directory}: ${said}.${remedy}`, {
    command: `git ${args.join(' ')}`,
    exitCode: result.exitCode,
    signal: null,
    lastLines: result.lastLines,
  });
}

/** What git wrote, as text. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
