/** Repositories of our own, which find the objects of the user's repository through alternates. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isFullSha } from './commit-names.ts';
import { createGit } from './git.ts';
import type { Repository } from './repository.ts';

/** An empty bare repository at `path`, knowing the objects of `source` unless told otherwise. What was there before is removed. */
export async function createStore(
  source: Repository,
  path: string,
  options: { readonly isSharing: boolean } = { isSharing: true },
): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true, mode: 0o700 });
  await createGit(path, source.context).text([...initArguments(source), '--bare']);
  if (options.isSharing) await shareObjects(source, path);
}

/** A repository as bare as git makes it: no templates, so no hooks. */
export function initArguments(source: Repository): string[] {
  return [
    '-c',
    'init.defaultBranch=main',
    'init',
    '--quiet',
    '--template=',
    `--object-format=${source.objectFormat}`,
  ];
}

/** Lets the repository in `gitDirectory` find every object that `source` finds, and know where its history ends. */
export async function shareObjects(source: Repository, gitDirectory: string): Promise<void> {
  const info = join(gitDirectory, 'objects', 'info');
  await mkdir(info, { recursive: true });
  await writeFile(join(info, 'alternates'), `${source.objectDirectories().join('\n')}\n`);
  const shallow = await readShallowCommits(source);
  if (shallow.length > 0) await writeFile(join(gitDirectory, 'shallow'), `${shallow.join('\n')}\n`);
}

/** The commits whose parents were left out when they were fetched, by the user or by us. */
async function readShallowCommits(source: Repository): Promise<string[]> {
  const stores = source.objectDirectories().slice(1).map(dirname);
  const commits = new Set<string>();
  for (const directory of [source.commonDirectory, ...stores]) {
    const list = await readFile(join(directory, 'shallow'), 'utf8').catch(() => '');
    for (const line of list.split('\n')) if (isFullSha(line)) commits.add(line);
  }
  return [...commits];
}
