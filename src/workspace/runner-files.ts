/**
 * The files by which a step of a workflow speaks to the runner. A measured program can find and write them, and so set
 * variables and outputs of later steps; what it wrote is undone.
 */

import type { Stats } from 'node:fs';
import { lstat, readFile, rm, writeFile } from 'node:fs/promises';
import { UserError } from '../errors.ts';

const RUNNER_FILE_NAMES = [
  'GITHUB_ENV',
  'GITHUB_OUTPUT',
  'GITHUB_PATH',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
] as const;

export interface RunnerFiles {
  /**
   * Makes the files what they were, and returns the variables' names of those that had changed. Ours may be written
   * only afterwards.
   * @throws UserError when one cannot be put back
   */
  restore(): Promise<readonly string[]>;
}

interface RunnerFile {
  readonly name: string;
  readonly path: string;
  /** Null when there was no such file. */
  readonly content: Buffer | null;
}

/** Remembers the runner's files that `environment` names, before any foreign code runs. */
export async function snapshotRunnerFiles(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<RunnerFiles> {
  const files: RunnerFile[] = [];
  for (const name of RUNNER_FILE_NAMES) {
    const path = environment[name];
    if (!path) continue;
    const stat = await statOf(path);
    // Outside a workflow these may name a terminal or a pipe: nothing that can be put back.
    if (stat === null || stat.isFile()) {
      files.push({ name, path, content: stat === null ? null : await readFile(path) });
    }
  }
  return {
    async restore() {
      const changed: string[] = [];
      for (const file of files) {
        if (await isUnchanged(file)) continue;
        await putBack(file);
        changed.push(file.name);
      }
      return changed;
    },
  };
}

async function isUnchanged({ path, content }: RunnerFile): Promise<boolean> {
  const stat = await statOf(path);
  if (stat === null || content === null) return stat === null && content === null;
  // The size first: what the program wrote may be larger than our memory. A pipe would never end.
  if (!stat.isFile() || stat.size !== content.length) return false;
  return content.equals(await readFile(path));
}

/** Makes a new file instead of truncating: whoever still has the old one open writes to nothing. */
async function putBack({ name, path, content }: RunnerFile): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
    if (content !== null) await writeFile(path, content, { flag: 'wx' });
  } catch (cause) {
    throw new UserError(
      `The measured program changed the runner's file ${path} (${name}), and it cannot be put back.`,
      { cause },
    );
  }
}

/** What stands at `path` itself, not where a symbolic link leads; null when nothing does. */
async function statOf(path: string): Promise<Stats | null> {
  return await lstat(path).catch(() => null);
}
