import { UserError } from '../errors.ts';
import type { CompareSettings } from '../settings/settings.ts';
import type { Repository } from '../workspace/repository.ts';
import { commitWorkingTree } from '../workspace/working-tree.ts';
import type { CommitToMeasure } from './measure.ts';

/** What is compared at a terminal. */
export interface LocalRevisions {
  /** Null: head alone. */
  readonly base: CommitToMeasure | null;
  readonly head: CommitToMeasure;
}

/**
 * Which two commits of a repository to compare before pushing: by default the working tree, uncommitted and untracked
 * files included, with the commit where this branch left the remote's default branch.
 * @param directory of ours, kept until the comparison is over, for the commit of the working tree: the user's repository is never written to
 * @throws UserError for a name that is no commit
 */
export async function chooseLocalRevisions(
  repository: Repository,
  settings: Pick<CompareSettings, 'base' | 'head' | 'outputDirectory'>,
  directory: string,
): Promise<LocalRevisions> {
  const base = settings.base === 'none' ? null : await chooseBase(repository, settings.base);
  if (settings.head !== null) {
    const commit = await resolve(repository, '--head', settings.head);
    return { base, head: { commit, revision: { sha: commit, label: settings.head } } };
  }
  const { sha } = await commitWorkingTree(repository, directory, settings.outputDirectory);
  return { base, head: { commit: sha, revision: { sha: null, label: 'working tree' } } };
}

async function chooseBase(repository: Repository, name: string | null): Promise<CommitToMeasure> {
  if (name !== null) {
    const commit = await resolve(repository, '--base', name);
    return { commit, revision: { sha: commit, label: name } };
  }
  const { sha, branch } = await repository.defaultBranchMergeBase();
  return { commit: sha, revision: { sha, label: branch } };
}

async function resolve(repository: Repository, flag: string, name: string): Promise<string> {
  const commit = await repository.resolveCommit(name);
  if (commit === null) {
    throw new UserError(
      `${flag} ${JSON.stringify(name)} is no commit here; accepted: a branch, a tag or a commit of ${repository.directory}`,
    );
  }
  return commit;
}
