/** What went wrong with a request to GitHub, and what to do about it, in a sentence or two. */

/** What we read of Octokit's RequestError; a request that got no answer has no response. */
export interface ApiError {
  readonly status: number;
  readonly message: string;
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

/** Whether a request to GitHub failed, and not our own code. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

/** Whether no answer came, so that what was asked for may have been done. */
export function isAnswerLost(error: ApiError): boolean {
  return error.status >= 500;
}

const MAX_MESSAGE_LENGTH = 300;

/**
 * @param permission what the request needs, as a workflow writes it: 'pull-requests: write'
 */
export function describeApiError(error: unknown, permission?: string): string {
  if (!isApiError(error)) return `GitHub could not be asked: ${excerpt(error)}.`;
  const { status } = error;
  if (error.response === undefined) return `GitHub could not be reached: ${excerpt(error)}.`;
  if (isRateLimited(error)) return describeRateLimit(error);
  if (status === 401) {
    return 'GitHub does not accept the token (401). It may have expired: leave `github-token` out, or set it to `${{ github.token }}` or to a token that is valid.';
  }
  if (status === 403 && /authenticate via a GitHub App/i.test(error.message)) {
    return 'GitHub lets only apps do this, which `${{ github.token }}` counts as (403). Leave `github-token` out, or set `status: commit-status`.';
  }
  if (status === 403 && isMissingPermission(error)) {
    const needed = permission ?? acceptedPermission(error);
    const advice = needed === null ? '' : ` Add \`${needed}\` under \`permissions:\` of the job.`;
    const ofForks = needed?.endsWith(': read') ? '' : READ_ONLY_FOR_FORKS;
    return `The token may not do this (403: ${excerpt(error)}).${advice}${ofForks}`;
  }
  if (status === 404) {
    return `GitHub finds no such thing (404: ${excerpt(error)}), or does not let this token see it.`;
  }
  if (status === 422) return `GitHub refused what was sent (422: ${excerpt(error)}).`;
  if (status >= 500) return `GitHub failed (${status}: ${excerpt(error)}). Run the job again later.`;
  return `GitHub refused (${status}: ${excerpt(error)}).`;
}

const READ_ONLY_FOR_FORKS =
  ' For pull requests from forks and from Dependabot the token is read-only, whatever the workflow says: there, report from a second workflow (`mode: report`).';

function isRateLimited(error: ApiError): boolean {
  if (error.status !== 403 && error.status !== 429) return false;
  const headers = error.response?.headers ?? {};
  return (
    error.status === 429 ||
    headers['retry-after'] !== undefined ||
    String(headers['x-ratelimit-remaining']) === '0' ||
    /\brate limit\b/i.test(error.message)
  );
}

function describeRateLimit(error: ApiError): string {
  const seconds = Number(error.response?.headers['retry-after']);
  const wait = Number.isFinite(seconds)
    ? `, and asks to wait ${seconds} s: all pauses together would be too long for a job`
    : '';
  return `GitHub's rate limit is reached (${error.status})${wait}. Run the job again later.`;
}

function isMissingPermission(error: ApiError): boolean {
  return /resource not accessible|must have|permission/i.test(error.message);
}

/** 'issues=write; pull_requests=write' lists what would have done; the first is as good as any. */
function acceptedPermission(error: ApiError): string | null {
  const header = String(error.response?.headers['x-accepted-github-permissions'] ?? '');
  const match = /^([a-z_]{1,40})=([a-z]{1,10})/.exec(header);
  return match === null ? null : `${match[1].replaceAll('_', '-')}: ${match[2]}`;
}

/** GitHub's own words on one line, without the link to its documentation. */
function excerpt(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message
    .slice(0, 4 * MAX_MESSAGE_LENGTH)
    .replace(/[\x00-\x20\x7f]+/g, ' ')
    .replace(/ - https:\/\/\S*$/, '')
    .trim()
    .replace(/\.$/, '');
  return line.length > MAX_MESSAGE_LENGTH ? `${line.slice(0, MAX_MESSAGE_LENGTH)}…` : line;
}
