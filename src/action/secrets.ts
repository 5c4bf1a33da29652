import { closeSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '../workspace/environment.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Tells the process that starts anew that its environment waits at descriptor 0. */
const HANDED_OVER = 'MEMTRACK_ENVIRONMENT_AT_STDIN';

/**
 * Makes sure that no secret stands in this process's start-up environment, which every process of the same user can
 * read in /proc for as long as this one lives, whatever is deleted from process.env. So the process starts itself
 * anew in place: with a clean environment, and the whole one waiting at descriptor 0 in a file that has no name any
 * more. Returns the whole environment, in the process that was started anew.
 */
export function withoutSecretsInProc(environment: Environment): Record<string, string> {
  if (environment[HANDED_OVER] !== undefined) return takeOver();
  if (process.platform === 'linux' && process.execve !== undefined) handOver(environment);
  return definedEntries(environment);
}

function handOver(environment: Environment): never {
  const path = join(environment.RUNNER_TEMP || tmpdir(), `memtrack-${process.pid}-${Date.now()}`);
  writeFileSync(path, JSON.stringify(definedEntries(environment)), { mode: 0o600, flag: 'wx' });
  closeSync(0);
  const descriptor = openSync(path, 'r');
  unlinkSync(path);
  if (descriptor !== 0) throw new Error(`expected descriptor 0 to be free, got ${descriptor}`);
  // Node keeps descriptors 0 to 2 open across execve. It also warns that execve is experimental, which is no news
  // to the reader of a job's log.
  process.emitWarning = () => {};
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, process.argv[1]], {
    ...childEnvironment(environment, []),
    [HANDED_OVER]: '1',
  });
  throw new Error('execve returned');
}

function takeOver(): Record<string, string> {
  const environment: Record<string, string> = JSON.parse(readFileSync(0, 'utf8'));
  closeSync(0);
  openSync('/dev/null', 'r');
  delete process.env[HANDED_OVER];
  // Written here it stays in this process's memory; /proc goes on showing what the process was started with.
  Object.assign(process.env, environment);
  return environment;
}

function definedEntries(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
