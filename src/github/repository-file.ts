/** One file of the repository at a commit or branch, asked of GitHub: without a clone. */
import { UserError } from '../errors.ts';
import { describeApiError, isApiError } from './api-error.ts';
import type { GitHubClient } from './client.ts';

export interface RepositoryFileOptions {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repository: string;
  /** From the top of the repository: '.github/memtrack.yml' */
  readonly path: string;
  /** A branch, tag or commit. */
  readonly ref: string;
  /** Larger files are refused. */
  readonly maxBytes: number;
}

/**
 * The text of a file. A symbolic link to another file of the repository is followed by GitHub itself.
 * @returns null when there is no such file
 * @throws UserError for what is no file, larger than allowed or no UTF-8, and when GitHub refuses or has no such `ref`:
 * whether there is a file is not known then
 */
export async function readRepositoryFile(options: RepositoryFileOptions): Promise<string | null> {
  const { path, ref, maxBytes } = options;
  const where = `${JSON.stringify(path)} at ${JSON.stringify(ref)}`;
  const found = await askForContent(options);
  if (found === null) return null;
  if (Array.isArray(found)) throw new UserError(`${where} is a directory: a file is needed.`);
  const content = found as RepositoryContent;
  if (content.type !== 'file') {
    throw new UserError(`${where} is a ${String(content.type).slice(0, 20)}: a file is needed.`);
  }
  if (content.size > maxBytes) {
    throw new UserError(`${where} has ${content.size} bytes: at most ${maxBytes} are accepted.`);
  }
  if (content.encoding !== 'base64' || typeof content.content !== 'string') {
    throw new UserError(`${where} has no content that GitHub would hand out: a file is needed.`);
  }
  const bytes = Buffer.from(content.content, 'base64');
  if (bytes.length > maxBytes) {
    throw new UserError(`${where} has ${bytes.length} bytes: at most ${maxBytes} are accepted.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UserError(`${where} is not text in UTF-8: save it as that.`, { cause: error });
  }
}

/** The fields we use of what GitHub says is at a path. */
interface RepositoryContent {
  readonly type: string;
  readonly size: number;
  readonly encoding?: string;
  readonly content?: string;
}

async function askForContent(options: RepositoryFileOptions): Promise<unknown> {
  const { client, owner, repository, path, ref } = options;
  try {
    const { data } = await client.rest.repos.getContent({ owner, repo: repository, path, ref });
    return data;
  } catch (error) {
    if (!isApiError(error)) throw error;
    if (error.status === 404 && /\bNo commit found for the ref\b/.test(error.message)) {
      throw new UserError(
        `${JSON.stringify(path)} could not be read: GitHub does not know ${JSON.stringify(ref)} any more. Push again, or ` +
          'run the workflow on a newer commit.',
        { cause: error },
      );
    }
    if (error.status === 404) return null;
    const reason = describeApiError(error, 'contents: read');
    throw new UserError(`${JSON.stringify(path)} could not be read: ${reason}`, { cause: error });
  }
}
