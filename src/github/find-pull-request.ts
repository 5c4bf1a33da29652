/**
 * Which pull request a finished run of a workflow is about. Only what GitHub itself says decides: the run's head
 * commit and the repository it is in. What the run measured, a fork may have made up.
 */
import { describeApiError, isApiError } from './api-error.ts';
import type { GitHubClient } from './client.ts';
import type { WorkflowRunEvent } from './event.ts';

export interface FindPullRequestOptions {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repository: string;
  /** GitHub's number of this repository. */
  readonly repositoryId: number;
  readonly run: WorkflowRunEvent;
}

/** An open pull request whose head is the run's commit, in the run's head repository. */
export interface FoundPullRequest {
  readonly number: number;
  readonly headSha: string;
  /** Tip of the base branch now. */
  readonly baseSha: string;
  /** Branch names. */
  readonly baseRef: string;
  readonly headRef: string;
  readonly isFork: boolean;
  readonly isDraft: boolean;
  /** Names. */
  readonly labels: readonly string[];
  readonly htmlUrl: string;
}

/** What GitHub knows of the pull requests of a run. */
export interface FoundPullRequests {
  /**
   * - 'found': `pulls` has at least one.
   * - 'no-pull-request': the run was started by something else, such as a merge queue or a push.
   * - 'head-repository-gone': the fork was deleted.
   * - 'stale': its head moved on since, or it was closed.
   * - 'unknown': GitHub did not answer.
   */
  readonly outcome: 'found' | 'no-pull-request' | 'head-repository-gone' | 'stale' | 'unknown';
  readonly pulls: readonly FoundPullRequest[];
  /** A sentence that says why there is none; null when found. */
  readonly reason: string | null;
}

const MAX_LABELS = 100;

/** One request at most; what GitHub refuses is an outcome. */
export async function findPullRequest(options: FindPullRequestOptions): Promise<FoundPullRequests> {
  const { run, repositoryId } = options;
  if (run.event !== 'pull_request' || run.repositoryId !== repositoryId) {
    return none(
      'no-pull-request',
      `The run was started by \`${run.event}\`, not by a pull request of this repository.`,
    );
  }
  const { headRepository, headBranch, headSha } = run;
  if (headRepository === null) {
    return none('head-repository-gone', 'The fork that the pull request came from was deleted.');
  }
  const gone = `No open pull request has ${headSha.slice(0, 12)} as its head: it was closed, or its branch has moved on and a newer run will report.`;
  if (headBranch === null) return none('stale', gone);
  let candidates: readonly Candidate[];
  try {
    candidates = await listCandidates(`${headRepository.owner}:${headBranch}`, options);
  } catch (error) {
    if (!isApiError(error)) throw error;
    return none('unknown', describeApiError(error, 'pull-requests: read'));
  }
  const pulls = candidates
    .filter(
      ({ head, base, state }) =>
        state === 'open' &&
        head.sha === headSha &&
        head.repo?.id === headRepository.id &&
        base.repo.id === repositoryId,
    )
    .map((pull) => describePull(pull, repositoryId));
  return pulls.length === 0 ? none('stale', gone) : { outcome: 'found', pulls, reason: null };
}

/** The fields we use of a pull request in a list. */
interface Candidate {
  readonly number: number;
  readonly state: string;
  readonly html_url: string;
  readonly draft?: boolean;
  readonly labels: readonly { readonly name?: string }[];
  readonly base: {
    readonly ref: string;
    readonly sha: string;
    readonly repo: { readonly id: number };
  };
  readonly head: {
    readonly ref: string;
    readonly sha: string;
    /** Null when the fork is gone, though GitHub's description says otherwise. */
    readonly repo: { readonly id: number } | null;
  };
}

/** @param head 'owner:branch'; a branch may be called nearly anything */
async function listCandidates(head: string, options: FindPullRequestOptions): Promise<readonly Candidate[]> {
  const { client, owner, repository } = options;
  const { data } = await client.rest.pulls.list({
    owner,
    repo: repository,
    state: 'open',
    head,
    per_page: 100,
  });
  return data;
}

function describePull(pull: Candidate, repositoryId: number): FoundPullRequest {
  const { number, html_url, draft, labels, base, head } = pull;
  return {
    number,
    headSha: head.sha,
    baseSha: base.sha,
    baseRef: base.ref,
    headRef: head.ref,
    isFork: head.repo?.id !== repositoryId,
    isDraft: draft === true,
    labels: labels.slice(0, MAX_LABELS).flatMap(({ name }) => (name === undefined ? [] : [name])),
    htmlUrl: html_url,
  };
}

function none(outcome: FoundPullRequests['outcome'], reason: string): FoundPullRequests {
  return { outcome, pulls: [], reason };
}
