/** A commit status: one line beside a commit, which branch protection can ask for. */
import { describeApiError, isApiError } from '../github/api-error.ts';
import type { GitHubClient } from '../github/client.ts';
import { LONGEST_TITLE } from '../render/check-texts.ts';
import { plainLine, safeUrl } from '../render/escape.ts';
import { type PublishResult, skipped } from './publisher.ts';

export interface CommitStatusOptions {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repository: string;
  /** Full id of the commit that people see, not of a test merge. */
  readonly sha: string;
  /** The status's name: the newest one of a name counts. */
  readonly context: string;
  readonly state: 'pending' | 'success' | 'failure' | 'error';
  readonly description: string;
  /** Where the name leads; null or no https address: nowhere. */
  readonly targetUrl: string | null;
}

/** Sets the status. Doing it twice is harmless. What GitHub refuses is a `skipped` with the reason. */
export async function publishCommitStatus(options: CommitStatusOptions): Promise<PublishResult> {
  const { client, owner, repository, sha, context, state } = options;
  const targetUrl = safeUrl(options.targetUrl);
  try {
    await client.rest.repos.createCommitStatus({
      owner,
      repo: repository,
      sha,
      context,
      state,
      description: plainLine(options.description, LONGEST_TITLE),
      ...(targetUrl === null ? {} : { target_url: targetUrl }),
    });
    return { status: 'created', url: targetUrl };
  } catch (error) {
    if (!isApiError(error)) throw error;
    const reason = describeApiError(error, 'statuses: write');
    return skipped(`No status "${context}" on ${sha.slice(0, 12)}: ${reason}`);
  }
}
