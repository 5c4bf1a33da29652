import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { SILENT_LOG } from '../../src/log.ts';
import type { GitContext } from '../../src/workspace/git.ts';

/** A directory that goes when the test has ended. */
export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'memtrack-git-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The context of calls that nobody interrupts. */
export function gitContext(): GitContext {
  return { environment: process.env, log: SILENT_LOG, signal: new AbortController().signal };
}

/** git as a user would call it, with this machine's settings kept out. */
export function git(directory: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
  const forTests = ['-c', 'protocol.file.allow=always', '-c', 'init.defaultBranch=main'];
  // From 2.47 on, git goes on in the background after a commit or a fetch, with a lock in the repository meanwhile.
  const atOnce = ['-c', 'maintenance.auto=false', '-c', 'gc.auto=0'];
  return execFileSync('git', [...identity, ...forTests, ...atOnce, ...args], {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  }).trimEnd();
}

/** A repository with a branch main and no commit. */
export function createRepository(): string {
  const directory = temporaryDirectory();
  git(directory, 'init', '--quiet');
  return directory;
}

/** Texts of files by their paths, and where symbolic links lead. */
export type Files = Readonly<Record<string, string | { readonly linkTo: string }>>;

export function writeFiles(directory: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    if (typeof content === 'string') writeFileSync(join(directory, path), content);
    else symlinkSync(content.linkTo, join(directory, path));
  }
}

/** Writes the files, commits everything, and returns the commit's id. */
export function commitFiles(directory: string, files: Files): string {
  writeFiles(directory, files);
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--allow-empty', '--message', 'Change');
  return git(directory, 'rev-parse', 'HEAD');
}

/** Every file below the directory with a digest of its contents. */
export function fingerprint(directory: string): Map<string, string> {
  const digests = new Map<string, string>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const digest = entry.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'other';
    digests.set(path, digest);
  }
  return digests;
}
