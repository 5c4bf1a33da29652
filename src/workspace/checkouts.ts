/**
 * The two commits as clones of their own, which take turns at the same absolute path. All git work is done before
 * any code of theirs runs: afterwards clones are only renamed and removed.
 */
import { chmod, lstat, mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, UserError } from '../errors.ts';
import { createGit } from './git.ts';
import { restoreLargeFiles } from './large-files.ts';
import { fetchCommit, isPartialClone, type RemoteAccess } from './remote.ts';
import { openRepository, type Repository } from './repository.ts';
import { checkReusedPath, copyReusedPath } from './reused-paths.ts';
import { initArguments, shareObjects } from './store.ts';

/** Which of the two commits. */
export type Side = 'base' | 'head';

/** Of what the clones are made, and where. */
export interface CheckoutOptions {
  /** The workspace. Afterwards it finds both commits, fetched ones too. */
  readonly repository: Repository;
  /** Full commit ids; base is null when there is nothing to compare with. */
  readonly commits: { readonly base: string | null; readonly head: string };
  /** Base is made available in the workspace's history, but not checked out: nothing of it will run. */
  readonly isBaseMeasured?: boolean;
  /**
   * A directory of ours outside the workspace, absolute. It decides the path that programs are built and run at, so
   * it should be the same every time.
   */
  readonly directory: string;
  /** How missing commits may be fetched; null: not at all. */
  readonly fetch: RemoteAccess | null;
  /** Paths of the workspace, relative to its top, that both sides get a copy of. */
  readonly reusePaths?: readonly string[];
}

/** Both clones. To dispose of them removes them. */
export interface Checkouts {
  /** Where either side will be. */
  readonly path: string;
  /** Sentences about what the clones lack. */
  readonly notes: readonly string[];
  /** Why there is no base, though one was asked for. */
  readonly baseFailure: UserError | null;
  /**
   * Puts a side's clone at `path` and removes the other one, with all that was built there.
   * @throws UserError `baseFailure`, for a base that could not be had
   */
  place(side: Side): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a clone is made with. */
interface CloneContext {
  readonly side: Side;
  /** Where fetched objects go. */
  readonly storeDirectory: string;
  readonly fetch: RemoteAccess | null;
  readonly notes: string[];
}

/** Deeper nesting of submodules than anyone has. */
const MAX_SUBMODULE_DEPTH = 8;

/**
 * Makes both clones.
 * @throws UserError when head cannot be had or checked out; for base see `baseFailure`
 */
export async function prepareCheckouts(options: CheckoutOptions): Promise<Checkouts> {
  const { repository, commits, fetch } = options;
  const directory = await claimDirectory(options.directory);
  const path = join(directory, 'checkout');
  const storeDirectory = join(directory, 'stores');
  const reusePaths = (options.reusePaths ?? []).map(checkReusedPath);
  const notes: string[] = [];
  await removeEverything();
  await mkdir(storeDirectory, { mode: 0o700 });

  async function prepareSide(side: Side, sha: string): Promise<void> {
    const clone = join(directory, side);
    const context = { side, storeDirectory, fetch, notes };
    await makeAvailable(repository, sha, context);
    await createClone(repository, sha, clone, context, 0);
    for (const reused of reusePaths) {
      const note = await copyReusedPath(repository.directory, reused, clone);
      if (note !== null && !notes.includes(note)) notes.push(note);
    }
  }

  async function removeEverything(): Promise<void> {
    for (const name of ['checkout', 'base', 'head', 'removed', 'stores']) {
      await removeTree(join(directory, name));
    }
  }

  await prepareSide('head', commits.head);
  let baseFailure: UserError | null = null;
  if (commits.base !== null) {
    try {
      if (options.isBaseMeasured) {
        await makeAvailable(repository, commits.base, { side: 'base', storeDirectory, fetch, notes });
      } else await prepareSide('base', commits.base);
    } catch (error) {
      if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
      baseFailure = error;
    }
  }

  let placed: Side | null = null;

  async function place(side: Side): Promise<string> {
    if (side === 'base' && baseFailure !== null) throw baseFailure;
    if (side === placed) return path;
    const removed = join(directory, 'removed');
    // Renaming first: whatever still runs in there does not come in the way of the other side.
    if (placed !== null) await rename(path, removed);
    await rename(join(directory, side), path);
    placed = side;
    await removeTree(removed);
    return path;
  }

  return { path, notes, baseFailure, place, [Symbol.asyncDispose]: removeEverything };
}

/** Creates the directory, or makes sure that the one there is a directory and not a link to somewhere else. */
async function claimDirectory(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (!(await lstat(directory)).isDirectory()) {
    throw new UserError(
      `${directory} is not a directory of its own but a link. Remove it, or choose another one.`,
    );
  }
  return realpath(directory);
}

async function makeAvailable(repository: Repository, sha: string, context: CloneContext): Promise<void> {
  const isHere = await repository.hasCommit(sha);
  if (isHere && !(await isPartialClone(repository.git))) return;
  if (isHere && (await hasAllFiles(repository, sha))) return;
  if (context.fetch === null) {
    throw new UserError(
      `Commit ${sha.slice(0, 12)} is not in ${repository.directory}. Fetch it first: \`git fetch origin ${sha}\`.`,
    );
  }
  await fetchCommit(repository, sha, context.storeDirectory, context.fetch);
}

async function hasAllFiles(repository: Repository, sha: string): Promise<boolean> {
  const listing = await repository.git.text(['rev-list', '--objects', '--no-walk', '--missing=print', sha]);
  return !listing.split('\n').some((line) => line.startsWith('?'));
}

/** A repository of its own at `clone`, with the commit checked out and nothing of the user's configuration. */
async function createClone(
  source: Repository,
  sha: string,
  clone: string,
  context: CloneContext,
  depth: number,
): Promise<void> {
  await mkdir(clone, { recursive: true });
  const git = createGit(clone, source.context);
  await git.text([...initArguments(source), clone]);
  await shareObjects(source, join(clone, '.git'));
  await copyTags(source, clone);
  await git.text(['-c', 'advice.detachedHead=false', 'checkout', '--quiet', '--detach', sha]);
  const note = await restoreLargeFiles(source, sha, clone);
  if (note !== null) context.notes.push(`${context.side}: ${note}`);
  await createSubmodules(source, sha, clone, context, depth + 1);
}

/** Builds ask `git describe`. A shallow clone has no answer to that, with or without tags. */
async function copyTags(source: Repository, clone: string): Promise<void> {
  if (await source.isShallow()) return;
  const format = '--format=create %(refname) %(objectname)';
  const commands = await source.git.text(['for-each-ref', format, 'refs/tags']);
  if (commands !== '') {
    await createGit(clone, source.context).text(['update-ref', '--stdin'], { input: commands });
  }
}

/** Fills the submodules that the workspace has, from the workspace's own clones of them. */
async function createSubmodules(
  source: Repository,
  sha: string,
  clone: string,
  context: CloneContext,
  depth: number,
): Promise<void> {
  if (depth > MAX_SUBMODULE_DEPTH) return;
  for (const entry of await source.listTree(sha)) {
    if (entry.kind !== 'submodule') continue;
    const submodule = await openSubmodule(source, entry.path);
    const target = join(clone, entry.path);
    if (submodule === null || (await realpath(target).catch(() => null)) !== target) {
      source.context.log.info(
        `Submodule ${entry.path} is left empty, as it is in the workspace. To have it, fetch it there: ` +
          '`submodules: recursive` for actions/checkout, `git submodule update --init` at a terminal.',
      );
      continue;
    }
    try {
      await makeAvailable(submodule, entry.id, context);
      await createClone(submodule, entry.id, target, context, depth);
    } catch (error) {
      if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
      context.notes.push(`${context.side}: submodule ${entry.path} is left empty: ${error.message}`);
    }
  }
}

/** The workspace's clone of a submodule, or null when it has none there. */
async function openSubmodule(source: Repository, path: string): Promise<Repository | null> {
  const directory = join(source.directory, path);
  const isOwnClone =
    (await realpath(directory).catch(() => null)) === directory &&
    (await lstat(join(directory, '.git')).catch(() => null)) !== null;
  return isOwnClone ? openRepository(directory, source.context) : null;
}

/** Removes a directory and everything below it; builds leave read-only ones behind (Go's module cache). */
async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch {
    await makeWritable(path);
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function makeWritable(directory: string): Promise<void> {
  await chmod(directory, 0o700).catch(() => undefined);
  for (const entry of await readdir(directory, { withFileTypes: true }).catch(() => [])) {
    if (entry.isDirectory()) await makeWritable(join(directory, entry.name));
  }
}
