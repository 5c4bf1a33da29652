/** Which lines of the repository two commits differ in, as GitHub's comparison says: without a clone. */
import { type FileChange, type LineChanges, lineChangesOf, readHunks } from '../workspace/line-changes.ts';
import { describeApiError, isApiError } from './api-error.ts';
import type { GitHubClient } from './client.ts';
import { isSha } from './event.ts';

export interface ChangedLinesOptions {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repository: string;
  /** Full ids. */
  readonly baseSha: string;
  readonly headSha: string;
}

/** As many files as GitHub lists in a comparison. */
const MAX_FILES = 300;
const MAX_PATH_LENGTH = 4096;

/**
 * Asks once when base is an ancestor of head, else twice: GitHub compares head with what both have in common, so
 * files that base changed since then count as unchanged, as do files whose patch GitHub leaves out (large and binary
 * ones) and those after the 300th. What is left is true of head merged into base, too.
 * @returns null, with a line in the log, when GitHub does not say
 */
export async function readChangedLines(options: ChangedLinesOptions): Promise<LineChanges | null> {
  const { client, baseSha, headSha } = options;
  const giveUp = (reason: string) => {
    client.log.info(`Lines of base are not followed to head: ${reason}`);
    return null;
  };
  try {
    const { mergeBase, files } = await compare(baseSha, headSha, options);
    if (!isSha(mergeBase)) return giveUp('base and head have no commit in common.');
    const changedByBase = mergeBase === baseSha ? [] : (await compare(mergeBase, baseSha, options)).files;
    if (changedByBase.length >= MAX_FILES) {
      return giveUp(`base has changed ${MAX_FILES} files and more since head left it.`);
    }
    if (files.length >= MAX_FILES) {
      client.log.info(`GitHub lists ${MAX_FILES} changed files at most: lines of others count as unchanged.`);
    }
    const unknown = new Set(changedByBase.flatMap(pathsOf));
    const isKnown = (file: ComparedFile) => !pathsOf(file).some((path) => unknown.has(path));
    return lineChangesOf(files.slice(0, MAX_FILES).filter(hasSoundPaths).filter(isKnown).map(fileChange));
  } catch (error) {
    if (!isApiError(error)) throw error;
    return giveUp(describeApiError(error, 'contents: read'));
  }
}

/** What head changed since it left base. */
async function compare(
  baseSha: string,
  headSha: string,
  { client, owner, repository }: ChangedLinesOptions,
): Promise<{ readonly mergeBase: unknown; readonly files: readonly ComparedFile[] }> {
  const { data } = await client.rest.repos.compareCommitsWithBasehead({
    owner,
    repo: repository,
    basehead: `${baseSha}...${headSha}`,
    // Commits, which we do not need; files come with the first page, whatever its size.
    per_page: 1,
  });
  return { mergeBase: data.merge_base_commit?.sha, files: data.files ?? [] };
}

/** The fields we use of a file of a comparison. */
interface ComparedFile {
  readonly filename: string;
  /** Of a file that was renamed. */
  readonly previous_filename?: string;
  readonly status: string;
  readonly patch?: string;
}

function pathsOf({ filename, previous_filename }: ComparedFile): readonly string[] {
  return previous_filename === undefined ? [filename] : [filename, previous_filename];
}

function hasSoundPaths(file: ComparedFile): boolean {
  return pathsOf(file).every((path) => typeof path === 'string' && path.length <= MAX_PATH_LENGTH);
}

function fileChange({ filename, previous_filename, status, patch }: ComparedFile): FileChange {
  return {
    // A copy leaves the file that it was made of where it is.
    basePath: status === 'added' || status === 'copied' ? null : (previous_filename ?? filename),
    headPath: status === 'removed' ? null : filename,
    hunks: typeof patch === 'string' ? readHunks(patch) : [],
  };
}
