/**
 * Pictures on a branch that holds nothing else, for comments to show. Comments cannot bring pictures of their own, so
 * they have to be somewhere; the repository itself is the one place whose readers are those of the comment.
 *
 * It takes a token that may write contents, which could write anywhere: so the branch's name is a constant, no path
 * has a part that somebody else chose, and a branch that is not ours alone is left as it is.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiError, describeApiError, isApiError } from '../github/api-error.ts';
import type { GitHubClient } from '../github/client.ts';
import { type PublishResult, skipped } from './publisher.ts';

export const IMAGE_BRANCH = 'memtrack-images';

/** The file at the top of the branch that says whose it is. */
const MARKER = '.memtrack-images';
const MARKER_TEXT =
  'Pictures that comments of memtrack-action show. This branch is written by the action alone: a folder for each\n' +
  'open pull request, removed when that is closed. Without this file the action leaves the branch as it is.\n';
const PERMISSION = 'contents: write';
/** Far more than our pictures have; GitHub shows no larger ones in comments. */
const MAX_IMAGE_BYTES = 5_000_000;
const MAX_IMAGES_PER_PULL_REQUEST = 50;
/** Each of them four to six requests; jobs of a matrix end at about the same time. */
const MAX_ATTEMPTS = 5;
const PAUSE_MILLISECONDS = 300;

export interface PruneImagesOptions {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repository: string;
  /** Never written to; null: GitHub is asked which it is. */
  readonly defaultBranch: string | null;
  /** Of the pull request. */
  readonly number: number;
}

export interface PublishImageOptions extends PruneImagesOptions {
  /** GITHUB_SERVER_URL: 'https://github.com' */
  readonly serverUrl: string;
  /** The benchmark's. One image of each is kept. */
  readonly name: string;
  readonly svg: string;
}

/**
 * Puts a picture on the branch, which is created when it is missing. The result's url is one for `<img src>`: those
 * who may read the repository see it, and it stays the same while the picture does.
 */
export async function publishImage(options: PublishImageOptions): Promise<PublishResult> {
  const { number, name, svg } = options;
  const bytes = Buffer.byteLength(svg);
  if (bytes > MAX_IMAGE_BYTES) {
    return skipped(
      `No image of #${number}: it has ${bytes} bytes, and at most ${MAX_IMAGE_BYTES} are shown.`,
    );
  }
  const folder = folderOf(number);
  const benchmark = `${digest(name)}-`;
  const file = `${benchmark}${digest(svg)}.svg`;
  const path = `${folder}/${file}`;
  let isReplaced = false;

  return changeBranch(`No image of #${number}`, `Images of pull request ${number}`, options, {
    async plan(branch) {
      const image = { path, mode: '100644', type: 'blob', content: svg } as const;
      if (branch === null) return { entries: [markerEntry(), image] };
      const files = await listFolder(branch, folder, options);
      if (files.includes(file)) return 'as it is';
      const old = files.filter((other) => other.startsWith(benchmark));
      isReplaced = old.length > 0;
      if (files.length - old.length >= MAX_IMAGES_PER_PULL_REQUEST) {
        return { refusal: `the branch ${IMAGE_BRANCH} has ${files.length} images of it, and keeps no more.` };
      }
      const removed = old.map((other) => removedEntry(`${folder}/${other}`));
      return { baseTree: branch.tree, entries: [image, ...removed] };
    },
    result: (commit, isChanged) => ({
      status: !isChanged ? 'unchanged' : isReplaced ? 'updated' : 'created',
      url: imageUrl(commit, path, options),
    }),
  });
}

/** Removes the pictures of a pull request that was closed. The result has no url: 'unchanged' when there are none. */
export async function pruneImages(options: PruneImagesOptions): Promise<PublishResult> {
  const { number } = options;
  const folder = folderOf(number);
  return changeBranch(
    `The images of #${number} stay`,
    `Images of pull request ${number}, which is closed`,
    options,
    {
      async plan(branch) {
        const kept = branch?.entries.filter(({ path }) => path !== folder) ?? [];
        return kept.length === (branch?.entries.length ?? 0) ? 'as it is' : { entries: kept };
      },
      result: (_commit, isChanged) => ({ status: isChanged ? 'updated' : 'unchanged', url: null }),
    },
  );
}

function folderOf(number: number): string {
  if (!Number.isSafeInteger(number) || number <= 0) throw new Error(`${number} is no pull request.`);
  return `pull-${number}`;
}

/** Names of benchmarks are anybody's, and file names ours: 16 hexadecimal digits. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function imageUrl(commit: string, path: string, options: PublishImageOptions): string {
  const { serverUrl, owner, repository } = options;
  const address = [owner, repository, 'blob', commit, ...path.split('/')].map(encodeURIComponent).join('/');
  return `${serverUrl.replace(/\/+$/, '')}/${address}?raw=true`;
}

/** As GitHub lists and takes them. */
interface TreeEntry {
  readonly path: string;
  readonly mode: '100644' | '100755' | '040000' | '160000' | '120000';
  readonly type: 'blob' | 'tree' | 'commit';
  /** Null removes it. */
  readonly sha?: string | null;
  readonly content?: string;
}

function markerEntry(): TreeEntry {
  return { path: MARKER, mode: '100644', type: 'blob', content: MARKER_TEXT };
}

function removedEntry(path: string): TreeEntry {
  return { path, mode: '100644', type: 'blob', sha: null };
}

/** The branch as it is now. */
interface ImageBranch {
  readonly commit: string;
  readonly tree: string;
  /** At its top. */
  readonly entries: readonly TreeEntry[];
}

interface Refusal {
  /** Ends a sentence. */
  readonly refusal: string;
}

interface NewTree {
  /** What the entries are changes of; absent: the entries are all there is. */
  readonly baseTree?: string;
  readonly entries: readonly TreeEntry[];
}

interface BranchChange {
  /** @param branch null when there is none yet */
  plan(branch: ImageBranch | null): Promise<NewTree | Refusal | 'as it is'>;
  /** @param commit '' when there is no branch, and none was wanted */
  result(commit: string, isChanged: boolean): PublishResult;
}

/** Commits a change on top of the branch; when another run was quicker, looks again and does it once more. */
async function changeBranch(
  failure: string,
  message: string,
  options: PruneImagesOptions,
  change: BranchChange,
): Promise<PublishResult> {
  try {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      if (attempt > 1) await sleep(PAUSE_MILLISECONDS * attempt);
      const branch = await readBranch(options);
      if (branch !== null && 'refusal' in branch) return skipped(`${failure}: ${branch.refusal}`);
      const planned = await change.plan(branch);
      if (planned === 'as it is') return change.result(branch?.commit ?? '', false);
      if ('refusal' in planned) return skipped(`${failure}: ${planned.refusal}`);
      const commit = await createCommit(branch, planned, message, options);
      if (await moveBranch(branch, commit, options)) return change.result(commit, true);
    }
    return skipped(`${failure}: other runs kept changing the branch ${IMAGE_BRANCH}. Run the job again.`);
  } catch (error) {
    if (!isApiError(error)) throw error;
    return skipped(`${failure}: ${describeApiError(error, PERMISSION)}`);
  }
}

/** Null when there is no such branch. */
async function readBranch(options: PruneImagesOptions): Promise<ImageBranch | Refusal | null> {
  const { client, owner, repository } = options;
  const isDefault = (await askDefaultBranch(options)) === IMAGE_BRANCH;
  if (isDefault) return { refusal: `${IMAGE_BRANCH} is the default branch, which only people write to.` };
  const found = await client.rest.repos
    .getBranch({ owner, repo: repository, branch: IMAGE_BRANCH })
    .catch(nullWhenMissing);
  // GitHub leads on from a branch that was renamed.
  if (found === null || found.data.name !== IMAGE_BRANCH) return null;
  if (found.data.protected) {
    return {
      refusal: `the branch ${IMAGE_BRANCH} is protected. Take it out of the rules that protect branches.`,
    };
  }
  const { data } = await client.rest.git.getTree({
    owner,
    repo: repository,
    tree_sha: found.data.commit.commit.tree.sha,
  });
  const entries = data.tree as readonly TreeEntry[];
  if (!entries.some(({ path, type }) => path === MARKER && type === 'blob')) {
    return {
      refusal: `there is a branch ${IMAGE_BRANCH} that is not this action's: it has no file ${MARKER}. Rename that branch, or set \`images: none\`.`,
    };
  }
  if (data.truncated) return { refusal: `the branch ${IMAGE_BRANCH} is too large. Delete it to start anew.` };
  return { commit: found.data.commit.sha, tree: data.sha, entries };
}

async function askDefaultBranch(options: PruneImagesOptions): Promise<string> {
  const { client, owner, repository, defaultBranch } = options;
  return defaultBranch ?? (await client.rest.repos.get({ owner, repo: repository })).data.default_branch;
}

function nullWhenMissing(error: unknown): null {
  if (isApiError(error) && error.status === 404) return null;
  throw error;
}

/** Names of the files in a folder at the top. */
async function listFolder(
  { entries }: ImageBranch,
  folder: string,
  { client, owner, repository }: PruneImagesOptions,
): Promise<readonly string[]> {
  const entry = entries.find(({ path, type }) => path === folder && type === 'tree');
  if (!entry?.sha) return [];
  const { data } = await client.rest.git.getTree({ owner, repo: repository, tree_sha: entry.sha });
  return data.tree.map(({ path }) => path);
}

async function createCommit(
  branch: ImageBranch | null,
  { baseTree, entries }: NewTree,
  message: string,
  { client, owner, repository }: PruneImagesOptions,
): Promise<string> {
  const inRepository = { owner, repo: repository };
  const tree = await client.rest.git.createTree({
    ...inRepository,
    ...(baseTree === undefined ? {} : { base_tree: baseTree }),
    tree: entries.map(({ path, mode, type, sha, content }) => ({
      ...{ path, mode, type },
      ...(content === undefined ? { sha: sha ?? null } : { content }),
    })),
  });
  const commit = await client.rest.git.createCommit({
    ...inRepository,
    message,
    tree: tree.data.sha,
    parents: branch === null ? [] : [branch.commit],
  });
  return commit.data.sha;
}

/** False when the branch is not where it was. */
async function moveBranch(
  branch: ImageBranch | null,
  sha: string,
  { client, owner, repository }: PruneImagesOptions,
): Promise<boolean> {
  const inRepository = { owner, repo: repository, sha };
  try {
    if (branch === null) {
      await client.rest.git.createRef({ ...inRepository, ref: `refs/heads/${IMAGE_BRANCH}` });
    } else {
      await client.rest.git.updateRef({ ...inRepository, ref: `heads/${IMAGE_BRANCH}`, force: false });
    }
    return true;
  } catch (error) {
    if (isApiError(error) && isLostRace(error)) return false;
    throw error;
  }
}

function isLostRace({ status, message }: ApiError): boolean {
  if (status === 409) return true;
  return status === 422 && /not a fast.?forward|already exists|does not exist|cannot lock/i.test(message);
}
