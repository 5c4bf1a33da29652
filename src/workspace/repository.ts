import { realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { checkRevisionName, isFullSha, requireSha } from './commit-names.ts';
import { createGit, type Git, type GitContext, textOf } from './git.ts';
import { type LineChanges, parseLineChanges } from './line-changes.ts';

/** A tracked regular file or submodule of a commit. */
export interface TreeEntry {
  readonly path: string;
  readonly kind: 'file' | 'symlink' | 'submodule';
  /** Object id: a blob, or the submodule's commit. */
  readonly id: string;
}

/** A repository with a working tree, read without ever writing to it. */
export interface Repository {
  /** Absolute path of the top of the working tree, symbolic links resolved. */
  readonly directory: string;
  readonly git: Git;
  readonly context: GitContext;
  /** 'sha1' or 'sha256'. */
  readonly objectFormat: string;
  /** The git directory that this working tree shares with others: `.git`, mostly. */
  readonly commonDirectory: string;
  /** Where objects are found: the repository's own first, then those made known by `addObjectDirectory`. */
  objectDirectories(): readonly string[];
  /** Lets all later calls find the objects of a store of ours; nothing of that is written to the repository. */
  addObjectDirectory(directory: string): void;
  /** Full id of the commit that a branch, tag or id names, or null. @throws UserError for what is no such name */
  resolveCommit(name: string): Promise<string | null>;
  /** @throws UserError when there is no commit yet */
  headCommit(): Promise<string>;
  hasCommit(sha: string): Promise<boolean>;
  /** As the commit itself says, whether the parents are here or, in a shallow clone, not. First parent first. */
  parentsOf(sha: string): Promise<readonly string[]>;
  /** Best common ancestor, or null when none is known here. */
  mergeBase(one: string, other: string): Promise<string | null>;
  isShallow(): Promise<boolean>;
  /** Everything in the commit's tree. */
  listTree(sha: string): Promise<readonly TreeEntry[]>;
  /** Path to blob id of the commit's regular files: no symbolic links, no submodules. */
  listTrackedFiles(sha: string): Promise<ReadonlyMap<string, string>>;
  /** Contents of blobs, by id; those missing or larger than `maxBytes` are left out. */
  readBlobs(ids: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Contents of a regular file at a commit, or null when there is no such file or it is larger than `maxBytes`. */
  readFileAt(sha: string, path: string, maxBytes: number): Promise<Uint8Array | null>;
  /** Which lines differ between two commits, renames followed. */
  compareLines(base: string, head: string): Promise<LineChanges>;
  /**
   * Where this commit left the remote's default branch: origin/HEAD, else origin/main or origin/master, else main
   * or master when HEAD is not on it.
   * @throws UserError when there is no such branch, or no common ancestor
   */
  defaultBranchMergeBase(): Promise<{ readonly sha: string; readonly branch: string }>;
}

const MAX_COMMIT_BYTES = 1024 * 1024;

/**
 * Opens the repository whose working tree `directory` is in.
 * @throws UserError when it is in none
 */
export async function openRepository(directory: string, context: GitContext): Promise<Repository> {
  const top = await findWorkingTree(directory);
  const addedObjectDirectories: string[] = [];
  const git = createGit(top, context, {
    environment: (): Record<string, string> =>
      addedObjectDirectories.length === 0
        ? {}
        : { GIT_ALTERNATE_OBJECT_DIRECTORIES: addedObjectDirectories.map(quoteAlternate).join(':') },
  });
  const facts = await git.text([
    'rev-parse',
    '--show-object-format',
    '--git-common-dir',
    '--git-path',
    'objects',
  ]);
  const [objectFormat, commonDirectory, objectDirectory] = facts.trimEnd().split('\n');
  const ownObjectDirectory = resolve(top, objectDirectory);

  async function resolveCommit(name: string): Promise<string | null> {
    checkRevisionName(name);
    const result = await git.run(['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
    const sha = textOf(result.stdout).trim();
    return result.exitCode === 0 && isFullSha(sha) ? sha : null;
  }

  async function headCommit(): Promise<string> {
    const sha = await resolveCommit('HEAD');
    if (sha === null) throw new UserError(`${top} has no commit yet: commit something first.`);
    return sha;
  }

  async function hasCommit(sha: string): Promise<boolean> {
    return isFullSha(sha) && (await git.run(['cat-file', '-e', `${sha}^{commit}`])).exitCode === 0;
  }

  async function parentsOf(sha: string): Promise<readonly string[]> {
    const commit = await git.text(['cat-file', 'commit', requireSha(sha)], {
      maxStdoutBytes: MAX_COMMIT_BYTES,
    });
    const header = commit.slice(0, commit.indexOf('\n\n'));
    return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1]);
  }

  async function mergeBase(one: string, other: string): Promise<string | null> {
    const result = await git.run(['merge-base', requireSha(one), requireSha(other)]);
    const sha = textOf(result.stdout).trim();
    return result.exitCode === 0 && isFullSha(sha) ? sha : null;
  }

  async function isShallow(): Promise<boolean> {
    return (await git.text(['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  }

  async function listTree(sha: string): Promise<readonly TreeEntry[]> {
    return parseTree(await git.text(['ls-tree', '-r', '-z', '--full-tree', requireSha(sha)]));
  }

  async function listTrackedFiles(sha: string): Promise<ReadonlyMap<string, string>> {
    const files = new Map<string, string>();
    for (const entry of await listTree(sha)) if (entry.kind === 'file') files.set(entry.path, entry.id);
    return files;
  }

  async function readBlobs(
    ids: readonly string[],
    maxBytes: number,
  ): Promise<ReadonlyMap<string, Uint8Array>> {
    if (ids.length === 0) return new Map();
    const input = `${[...new Set(ids.map(requireSha))].join('\n')}\n`;
    const sizes = await git.text(['cat-file', '--batch-check'], { input });
    const wanted = sizes.split('\n').flatMap((line) => {
      const [id, kind, size] = line.split(' ');
      return kind === 'blob' && Number(size) <= maxBytes ? [id] : [];
    });
    if (wanted.length === 0) return new Map();
    const batch = await git.run(['cat-file', '--batch'], { input: `${wanted.join('\n')}\n` });
    return parseBatch(batch.stdout);
  }

  async function readFileAt(sha: string, path: string, maxBytes: number): Promise<Uint8Array | null> {
    // Git refuses a path that leads out of the repository: no such file.
    const listing = await git.run(['ls-tree', '-z', '--full-tree', requireSha(sha), '--', path], {
      environment: { GIT_LITERAL_PATHSPECS: '1' },
    });
    const entry = parseTree(textOf(listing.stdout)).find(
      (found) => found.path === path && found.kind === 'file',
    );
    return entry === undefined ? null : ((await readBlobs([entry.id], maxBytes)).get(entry.id) ?? null);
  }

  async function compareLines(base: string, head: string): Promise<LineChanges> {
    // diff-tree heeds none of the diff.* settings that would change this format (noprefix, interHunkContext).
    const options = [
      '-r',
      '-p',
      '-U0',
      '-M',
      '--no-ext-diff',
      '--no-textconv',
      '--no-color',
      '--no-indent-heuristic',
    ];
    const prefixes = ['--src-prefix=a/', '--dst-prefix=b/', '--ignore-submodules=all'];
    const args = ['diff-tree', ...options, ...prefixes, requireSha(base), requireSha(head)];
    return parseLineChanges(await git.text(args));
  }

  async function defaultBranchMergeBase(): Promise<{ readonly sha: string; readonly branch: string }> {
    const head = await headCommit();
    const branch = await findDefaultBranch(git);
    if (branch === null) {
      throw new UserError(
        `No default branch to compare with: ${top} has no origin/HEAD, origin/main or origin/master, and no other branch main or master. Name the base, such as \`--base HEAD~1\`.`,
      );
    }
    const tip = await resolveCommit(branch);
    const sha = tip === null ? null : await mergeBase(head, tip);
    if (sha !== null) return { sha, branch };
    const remedy = (await isShallow())
      ? 'This clone is shallow: run `git fetch --unshallow`, or name the base with `--base`.'
      : 'Name the base with `--base`.';
    throw new UserError(`HEAD and ${branch} have no common ancestor in ${top}. ${remedy}`);
  }

  return {
    directory: top,
    git,
    context,
    objectFormat,
    commonDirectory: resolve(top, commonDirectory),
    objectDirectories: () => [ownObjectDirectory, ...addedObjectDirectories],
    addObjectDirectory(added) {
      if (!addedObjectDirectories.includes(added)) addedObjectDirectories.push(added);
    },
    resolveCommit,
    headCommit,
    hasCommit,
    parentsOf,
    mergeBase,
    isShallow,
    listTree,
    listTrackedFiles,
    readBlobs,
    readFileAt,
    compareLines,
    defaultBranchMergeBase,
  };
}

/** Git must be told which working tree to trust before it may be asked where that is. */
async function findWorkingTree(directory: string): Promise<string> {
  const start = await realpath(directory).catch(() => null);
  if (start === null) throw new UserError(`${directory} does not exist.`);
  for (let candidate = start; ; candidate = dirname(candidate)) {
    if ((await stat(join(candidate, '.git')).catch(() => null)) !== null) return candidate;
    if (candidate === dirname(candidate)) {
      throw new UserError(
        `${start} is not inside a git repository. Run this in one; in a workflow, let actions/checkout come first.`,
      );
    }
  }
}

/** The branch that others start from, as a name that resolveCommit takes, or null. */
async function findDefaultBranch(git: Git): Promise<string | null> {
  const remotes = (await git.text(['remote'])).split('\n').filter((name) => name !== '');
  const remote = remotes.includes('origin') ? 'origin' : remotes[0];
  const current = await git.run(['symbolic-ref', '--quiet', '--short', 'HEAD']);
  const currentBranch = textOf(current.stdout).trim();
  if (remote !== undefined) {
    const pointed = await git.run(['symbolic-ref', '--quiet', '--short', `refs/remotes/${remote}/HEAD`]);
    const candidates = [textOf(pointed.stdout).trim(), `${remote}/main`, `${remote}/master`];
    for (const name of candidates)
      if (name !== '' && (await hasRef(git, `refs/remotes/${name}`))) return name;
  }
  for (const name of ['main', 'master']) {
    if (name !== currentBranch && (await hasRef(git, `refs/heads/${name}`))) return name;
  }
  return null;
}

async function hasRef(git: Git, ref: string): Promise<boolean> {
  return (await git.run(['show-ref', '--verify', '--quiet', ref])).exitCode === 0;
}

/** Entries of `git ls-tree -z`: `<mode> <type> <id>\t<path>\0`. */
function parseTree(listing: string): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (const record of listing.split('\0')) {
    const tab = record.indexOf('\t');
    if (tab < 0) continue;
    const [mode, , id] = record.slice(0, tab).split(' ');
    const kind = kindOfMode(mode);
    if (kind !== null) entries.push({ path: record.slice(tab + 1), kind, id });
  }
  return entries;
}

function kindOfMode(mode: string): TreeEntry['kind'] | null {
  if (mode.startsWith('100')) return 'file';
  if (mode === '120000') return 'symlink';
  return mode === '160000' ? 'submodule' : null;
}

/** Answers of `git cat-file --batch`: `<id> <type> <size>\n<contents>\n`, one after the other. */
function parseBatch(bytes: Uint8Array): Map<string, Uint8Array> {
  const blobs = new Map<string, Uint8Array>();
  let position = 0;
  while (position < bytes.length) {
    const lineEnd = bytes.indexOf(10, position);
    if (lineEnd < 0) break;
    const [id, kind, size] = textOf(bytes.subarray(position, lineEnd)).split(' ');
    position = lineEnd + 1;
    if (kind !== 'blob') continue;
    const end = position + Number(size);
    if (end > bytes.length) break;
    blobs.set(id, bytes.slice(position, end));
    position = end + 1;
  }
  return blobs;
}

/** A path for GIT_ALTERNATE_OBJECT_DIRECTORIES, where colons separate and quotes protect. */
function quoteAlternate(path: string): string {
  return /[":\\]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&')}"` : path;
}
