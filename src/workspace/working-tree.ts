/** The working tree as a commit, uncommitted and untracked files included, made without touching the repository. */
import { copyFile, mkdir, readdir, realpath, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { configurationEnvironment, createGit, type Git, readSettings } from './git.ts';
import type { Repository } from './repository.ts';
import { createStore } from './store.ts';

export interface WorkingTreeCommit {
  /** The new commit, or HEAD itself when nothing was changed. */
  readonly sha: string;
  readonly hasChanges: boolean;
}

/** Settings of the repository that decide what the files of a working tree mean to git. None of them runs anything. */
const WORKING_TREE_SETTINGS =
  '^core\\.(filemode|symlinks|ignorecase|precomposeunicode|autocrlf|eol|checkstat|trustctime|excludesfile|attributesfile)$';

/**
 * Commits what the working tree holds, ignored files left out, with HEAD as the parent. All that is written goes to a
 * bare repository of ours below `directory`: it has a copy of the index and finds the other objects through
 * alternates. The user's repository, index, stash and object store stay as they are, and no filter of theirs runs.
 * Afterwards `repository` finds the commit.
 * @param reports folder for reports: what lies in it untracked is ours and not the user's
 * @throws UserError when there is no commit yet, or a file cannot be read
 */
export async function commitWorkingTree(
  repository: Repository,
  directory: string,
  reports: string,
): Promise<WorkingTreeCommit> {
  const head = await repository.headCommit();
  const store = join(directory, 'working-tree.git');
  await createStore(repository, store);
  const index = await copyIndex(repository, store);
  const settings = await readSettings(repository.git, WORKING_TREE_SETTINGS);
  const git = createGit(repository.directory, repository.context, {
    environment: () => ({
      ...configurationEnvironment(settings),
      GIT_DIR: store,
      GIT_WORK_TREE: repository.directory,
      GIT_INDEX_FILE: index,
      GIT_AUTHOR_NAME: 'memtrack',
      GIT_AUTHOR_EMAIL: 'memtrack@localhost',
      GIT_COMMITTER_NAME: 'memtrack',
      GIT_COMMITTER_EMAIL: 'memtrack@localhost',
      // The same files make the same commit, whenever it is made.
      GIT_AUTHOR_DATE: '@0 +0000',
      GIT_COMMITTER_DATE: '@0 +0000',
    }),
  });
  await git.text(['add', '--update', '--', '.']);
  await addUntrackedFiles(git, await prefixInside(repository.directory, reports));
  const tree = (await git.text(['write-tree'])).trim();
  if (tree === (await git.text(['rev-parse', `${head}^{tree}`])).trim()) {
    return { sha: head, hasChanges: false };
  }
  const sha = (await git.text(['commit-tree', tree, '-p', head, '-m', 'Working tree'])).trim();
  repository.addObjectDirectory(join(store, 'objects'));
  return { sha, hasChanges: true };
}

/**
 * The copy must be no younger than the index: git takes an entry for unchanged without looking only when its file is
 * older than the index.
 */
async function copyIndex(repository: Repository, store: string): Promise<string> {
  const paths = await repository.git.text(['rev-parse', '--git-path', 'index', '--git-path', 'info/exclude']);
  const [index, exclude] = paths
    .trimEnd()
    .split('\n')
    .map((path) => resolve(repository.directory, path));
  const copy = join(store, 'index');
  const facts = await stat(index).catch(() => null);
  if (facts !== null) {
    await copyFile(index, copy);
    const seconds = Math.floor(facts.mtimeMs / 1000);
    await utimes(copy, seconds, seconds);
  }
  // The rest of an index that core.splitIndex has split.
  for (const name of await readdir(dirname(index))) {
    if (name.startsWith('sharedindex.'))
      await copyFile(join(dirname(index), name), join(store, basename(name)));
  }
  await mkdir(join(store, 'info'), { recursive: true });
  await copyFile(exclude, join(store, 'info', 'exclude')).catch(() => undefined);
  return copy;
}

/** What paths of the repository begin with inside `folder`; null where it is not there, outside, or all of it. */
async function prefixInside(repositoryDirectory: string, folder: string): Promise<string | null> {
  const path = await realpath(folder).catch(() => null);
  const inside = path === null ? '' : relative(await realpath(repositoryDirectory), path);
  return inside === '' || inside.split('/')[0] === '..' ? null : `${inside}/`;
}

async function addUntrackedFiles(git: Git, exceptPrefix: string | null): Promise<void> {
  const listing = await git.text(['ls-files', '--others', '--exclude-standard', '-z']);
  // A directory in this list is another repository: its files are not ours to commit.
  const files = listing
    .split('\0')
    .filter((path) => path !== '' && !path.endsWith('/'))
    .filter((path) => exceptPrefix === null || !path.startsWith(exceptPrefix));
  if (files.length > 0) {
    await git.text(['update-index', '--add', '-z', '--stdin'], { input: `${files.join('\0')}\0` });
  }
}
