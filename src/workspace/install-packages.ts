import { setTimeout as pause } from 'node:timers/promises';
import { CommandError, UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import { findExecutable } from './executable.ts';
import { type ProcessResult, runProcess } from './process.ts';

export interface InstallOptions {
  /** Our own environment: where apt-get and sudo are looked for, and what they get. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Whether we are root; when left out, what we are. */
  readonly isRoot?: boolean;
  /** Before the first, second … repetition. */
  readonly pausesSeconds?: readonly number[];
}

/** One installation may download a compiler over a slow line. */
const INSTALL_SECONDS = 600;
const UPDATE_SECONDS = 180;
const PAUSES_SECONDS = [0, 5, 20] as const;

/** Other systems' commands, for those who have to install by hand. */
const OTHER_PACKAGE_MANAGERS = [
  ['dnf', 'sudo dnf install'],
  ['yum', 'sudo yum install'],
  ['pacman', 'sudo pacman -S'],
  ['zypper', 'sudo zypper install'],
  ['apk', 'apk add'],
] as const;

/**
 * Installs packages of Debian or Ubuntu with apt-get, through sudo when we are not root. The package lists are
 * refreshed only when it does not work without.
 * @throws UserError when this system has no apt-get, or we may not use it; CommandError when apt-get fails
 */
export async function installPackages(packages: readonly string[], options: InstallOptions): Promise<void> {
  const prefix = aptPrefix(packages, options);
  const install = [...prefix, 'install', '--yes', '--no-install-recommends', ...packages];
  let result = await runApt(install, INSTALL_SECONDS, options);
  for (const seconds of options.pausesSeconds ?? PAUSES_SECONDS) {
    if (result.exitCode === 0) break;
    options.log.info(`\`apt-get install ${packages.join(' ')}\` failed; refreshing the package lists.`);
    await pause(seconds * 1000, undefined, { signal: options.signal }).catch(() => {});
    await runApt([...prefix, 'update'], UPDATE_SECONDS, options);
    result = await runApt(install, INSTALL_SECONDS, options);
  }
  if (result.exitCode !== 0) throw installFailure(install.join(' '), result);
}

function aptPrefix(packages: readonly string[], options: InstallOptions): string[] {
  const find = (name: string) =>
    findExecutable(name, { searchPath: options.environment.PATH ?? '', directory: '/' });
  const names = packages.join(' ');
  if (find('apt-get') === null) {
    const other = OTHER_PACKAGE_MANAGERS.find(([name]) => find(name) !== null);
    throw new UserError(
      other === undefined
        ? `Cannot install ${names}: there is no apt-get here. Install by hand what this needs.`
        : `Cannot install ${names}: there is no apt-get here. Install by hand: ${other[1]} ${names}`,
    );
  }
  const apt = ['apt-get', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3'];
  if (options.isRoot ?? process.getuid?.() === 0) return apt;
  if (find('sudo') === null) {
    throw new UserError(
      `Cannot install ${names}: we are not root, and there is no sudo. Install as root: apt-get install ${names}`,
    );
  }
  // sudo drops variables, so env sets this one once more behind it.
  return ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive', ...apt];
}

async function runApt(
  command: readonly string[],
  timeLimitSeconds: number,
  options: InstallOptions,
): Promise<ProcessResult> {
  const [file, ...args] = command;
  const result = await runProcess(file, args, {
    directory: '/',
    environment: { ...options.environment, DEBIAN_FRONTEND: 'noninteractive' },
    timeLimitSeconds,
    signal: options.signal,
  });
  for (const line of result.lastLines) options.log.debug(line);
  return result;
}

function installFailure(command: string, result: ProcessResult): CommandError {
  const lines = result.lastLines.join('\n');
  const needsPassword = command.startsWith('sudo') && /^sudo: .*(password|terminal)/m.test(lines);
  const why = result.isTimedOut
    ? 'it ran longer than its limit'
    : `exit code ${result.exitCode ?? result.signal}`;
  return new CommandError(
    needsPassword
      ? `Cannot install: sudo asks for a password. Run it by hand: ${command}`
      : `\`${command}\` failed (${why}), also after the package lists were refreshed.`,
    { command, exitCode: result.exitCode, signal: result.signal, lastLines: result.lastLines },
  );
}
