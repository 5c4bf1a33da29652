/**
 * What the stand-in for GitHub answers, one small function per operation. To add one: write the function, and put it
 * into ENDPOINTS under GitHub's name of the operation. Requests were judged before, so bodies are what they say.
 */
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Answer, notFound, ok, paged, refuse } from './answers.ts';
import { ARTIFACT_ENDPOINTS } from './artifact-endpoints.ts';
import { GIT_ENDPOINTS } from './git-endpoints.ts';
import { ACTIONS_APP } from './identities.ts';
import type { CheckRunOutput, CommitStatus, RepositoryState, StoredCheckRun } from './repository-state.ts';
import { timestamp } from './repository-state.ts';

/** What a token may be allowed to write, by the names of a workflow's `permissions`. */
export type Permission = 'actions' | 'checks' | 'contents' | 'issues' | 'pull-requests' | 'statuses';

export interface Call {
  readonly state: RepositoryState;
  readonly path: Readonly<Record<string, string | number>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export interface Endpoint {
  readonly answer: (call: Call) => Answer;
  /** A token needs to be allowed to write one of these. Absent: reading is enough. */
  readonly writes?: readonly Permission[];
  /** A token needs to be allowed to read the runs of workflows. */
  readonly readsActions?: boolean;
}

type ParametersOf<
  Area extends keyof RestEndpointMethodTypes,
  Method extends keyof RestEndpointMethodTypes[Area],
> = RestEndpointMethodTypes[Area][Method] extends { parameters: infer Given } ? Given : never;

/** GitHub counts characters, as UTF-16 units here; some longer bodies were accepted, so this is the strict reading. */
const LONGEST_COMMENT = 65536;
const LONGEST_STATUS_DESCRIPTION = 140;
const MOST_STATUSES_PER_CONTEXT = 1000;

const CONVERSATION: readonly Permission[] = ['issues', 'pull-requests'];

export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'users/get-authenticated': { answer: getViewer },
  'repos/get': { answer: ({ state }) => ok(state.repository()) },
  'issues/list-comments': { answer: listComments },
  'issues/create-comment': { answer: createComment, writes: CONVERSATION },
  'issues/get-comment': { answer: getComment },
  'issues/update-comment': { answer: updateComment, writes: CONVERSATION },
  'issues/delete-comment': { answer: deleteComment, writes: CONVERSATION },
  'issues/list-events': { answer: listEvents },
  'pulls/list': { answer: listPulls },
  'pulls/get': { answer: getPull },
  'repos/compare-commits-with-basehead': { answer: compare },
  ...GIT_ENDPOINTS,
  ...ARTIFACT_ENDPOINTS,
  'repos/create-commit-status': { answer: createStatus, writes: ['statuses'] },
  'repos/list-commit-statuses-for-ref': { answer: listStatuses },
  'repos/get-combined-status-for-ref': { answer: combineStatuses },
  'checks/create': { answer: createCheckRun, writes: ['checks'] },
  'checks/update': { answer: updateCheckRun, writes: ['checks'] },
  'checks/get': { answer: getCheckRun },
  'checks/list-for-ref': { answer: listCheckRuns },
};

function getViewer({ state }: Call): Answer {
  // An installation's token, such as GITHUB_TOKEN, is no user.
  if (state.viewer.type === 'Bot') return refuse(403, 'Resource not accessible by integration');
  const user = state.user(state.viewer);
  const now = timestamp();
  return ok({
    ...user,
    ...{ name: null, company: null, blog: null, location: null, email: null, hireable: null, bio: null },
    ...{ public_repos: 1, public_gists: 0, followers: 0, following: 0, created_at: now, updated_at: now },
    user_view_type: 'public',
  });
}

function listComments({ state, path, query }: Call): Answer {
  if (!state.isConversation(Number(path.issue_number))) return notFound();
  const since = typeof query.since === 'string' ? Date.parse(query.since) : Number.NEGATIVE_INFINITY;
  const comments = [...state.comments.values()]
    .filter(({ issueNumber }) => issueNumber === path.issue_number)
    .map(({ comment }) => comment)
    .filter(({ updated_at }) => Date.parse(updated_at) >= since);
  return paged(comments, query);
}

function createComment({ state, path, body }: Call): Answer {
  const issueNumber = Number(path.issue_number);
  const text = (body as ParametersOf<'issues', 'createComment'>).body;
  if (!state.isConversation(issueNumber)) return notFound();
  if (state.pulls.get(issueNumber)?.locked)
    return refuse(403, 'Unable to create comment because issue is locked.');
  const refusal = refuseCommentBody(text);
  if (refusal) return refusal;
  const comment = state.addComment(issueNumber, { body: text });
  return { status: 201, body: comment, headers: { location: comment.url } };
}

function refuseCommentBody(text: string): Answer | null {
  if (text.trim() === '') {
    return unprocessable({ resource: 'IssueComment', code: 'missing_field', field: 'body' });
  }
  if (text.length > LONGEST_COMMENT) {
    const message = `Body is too long (maximum is ${LONGEST_COMMENT} characters)`;
    return unprocessable({ resource: 'IssueComment', code: 'unprocessable', field: 'data', message });
  }
  return null;
}

function getComment({ state, path }: Call): Answer {
  const stored = state.comments.get(Number(path.comment_id));
  return stored ? ok(stored.comment) : notFound();
}

function updateComment({ state, path, body }: Call): Answer {
  const text = (body as ParametersOf<'issues', 'updateComment'>).body;
  const stored = state.comments.get(Number(path.comment_id));
  if (!stored) return notFound();
  const refusal = refuseCommentBody(text);
  if (refusal) return refusal;
  stored.comment = { ...stored.comment, body: text, updated_at: timestamp() };
  return ok(stored.comment);
}

function deleteComment({ state, path }: Call): Answer {
  return state.comments.delete(Number(path.comment_id)) ? { status: 204 } : notFound();
}

/** Oldest first, as GitHub gives them. */
function listEvents({ state, path, query }: Call): Answer {
  const issueNumber = Number(path.issue_number);
  if (!state.isConversation(issueNumber)) return notFound();
  return paged(state.events.get(issueNumber) ?? [], query);
}

/** Fields that GitHub leaves out of pull requests in a list. */
const ONLY_IN_SINGLE_PULLS = new Set([
  ...['merged', 'mergeable', 'rebaseable', 'mergeable_state', 'merged_by', 'comments', 'review_comments'],
  ...['maintainer_can_modify', 'commits', 'additions', 'deletions', 'changed_files'],
]);

function listPulls({ state, query }: Call): Answer {
  const { state: wanted = 'open', head, base, sort = 'created' } = query;
  const ascending = query.direction === 'asc' || (query.direction === undefined && sort !== 'created');
  const pulls = [...state.pulls.values()]
    .filter((pull) => wanted === 'all' || pull.state === wanted)
    // GitHub ignores a head without an owner.
    .filter((pull) => typeof head !== 'string' || !head.includes(':') || pull.head.label === head)
    .filter((pull) => base === undefined || pull.base.ref === base)
    .sort((a, b) => (ascending ? a.number - b.number : b.number - a.number))
    .map((pull) =>
      Object.fromEntries(Object.entries(pull).filter(([key]) => !ONLY_IN_SINGLE_PULLS.has(key))),
    );
  return paged(pulls, query);
}

function getPull({ state, path }: Call): Answer {
  const pull = state.pulls.get(Number(path.pull_number));
  return pull ? ok(pull) : notFound();
}

function compare({ state, path }: Call): Answer {
  const comparison = state.comparisons.get(String(path.basehead));
  return comparison ? ok(comparison) : notFound();
}

function createStatus({ state, path, body }: Call): Answer {
  const sha = String(path.sha);
  const given = body as ParametersOf<'repos', 'createCommitStatus'>;
  const context = given.context ?? 'default';
  if (!state.knowsCommit(sha)) return refuse(422, `No commit found for SHA: ${sha}`);
  if ((given.description ?? '').length > LONGEST_STATUS_DESCRIPTION) {
    const message = `description is too long (maximum is ${LONGEST_STATUS_DESCRIPTION} characters)`;
    return unprocessable({ resource: 'Status', code: 'custom', field: 'description', message });
  }
  const sameContext = (state.statuses.get(sha) ?? []).filter((status) => status.context === context);
  if (sameContext.length >= MOST_STATUSES_PER_CONTEXT) {
    const message = 'This SHA and context has reached the maximum number of statuses.';
    return unprocessable({ resource: 'Status', code: 'custom', message });
  }
  const status = state.addStatus(sha, {
    context,
    state: given.state,
    description: given.description ?? null,
    target_url: given.target_url ?? null,
  });
  return { status: 201, body: status, headers: { location: status.url } };
}

function listStatuses({ state, path, query }: Call): Answer {
  return paged(state.statuses.get(String(path.ref)) ?? [], query);
}

function combineStatuses({ state, path, query }: Call): Answer {
  const sha = String(path.ref);
  const newestOfContext = new Map<string, CommitStatus>();
  for (const status of state.statuses.get(sha) ?? []) {
    if (!newestOfContext.has(status.context)) newestOfContext.set(status.context, status);
  }
  const statuses = [...newestOfContext.values()];
  const { page, body } = paged(
    statuses.map(({ creator: _, ...status }) => status),
    query,
  );
  return {
    ...ok({
      state: combinedState(statuses.map(({ state: one }) => one)),
      statuses: body,
      sha,
      total_count: statuses.length,
      repository: state.repository(),
      commit_url: state.api(`/commits/${sha}`),
      url: state.api(`/commits/${sha}/status`),
    }),
    ...(page && { page }),
  };
}

function combinedState(states: readonly string[]): string {
  if (states.some((state) => state === 'error' || state === 'failure')) return 'failure';
  return states.length === 0 || states.includes('pending') ? 'pending' : 'success';
}

/** GitHub's create and update take the same fields, bar those that create asks for. */
interface CheckRunFields {
  readonly name?: string;
  readonly head_sha?: string;
  readonly details_url?: string;
  readonly external_id?: string;
  readonly status?: 'queued' | 'in_progress' | 'completed';
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly conclusion?: NonNullable<StoredCheckRun['checkRun']['conclusion']>;
  readonly output?: CheckRunOutput;
}

function createCheckRun({ state, body }: Call): Answer {
  const given = body as CheckRunFields;
  const sha = given.head_sha ?? '';
  const app = state.app();
  if (!app) return refuse(403, 'You must authenticate via a GitHub App.');
  if (!state.knowsCommit(sha)) return refuse(422, `No commit found for SHA: ${sha}`);
  if (isUnconcluded(given)) return refuse(422, 'A completed check run needs a conclusion.');
  const id = state.nextId();
  const url = state.api(`/check-runs/${id}`);
  const stored = mergeCheckRun(given, {
    annotations: [],
    checkRun: {
      id,
      node_id: `CR_${id}`,
      name: '',
      head_sha: sha,
      external_id: '',
      url,
      html_url: state.web(`/runs/${id}`),
      details_url: state.web(`/runs/${id}`),
      status: 'queued',
      conclusion: null,
      started_at: timestamp(),
      completed_at: null,
      output: {
        title: null,
        summary: null,
        text: null,
        annotations_count: 0,
        annotations_url: `${url}/annotations`,
      },
      check_suite: { id: 5 },
      app,
      pull_requests: [],
    },
  });
  state.checkRuns.set(id, stored);
  return { status: 201, body: stored.checkRun, headers: { location: url } };
}

function updateCheckRun({ state, path, body }: Call): Answer {
  const given = body as CheckRunFields;
  const stored = state.checkRuns.get(Number(path.check_run_id));
  if (!state.app()) return refuse(403, 'You must authenticate via a GitHub App.');
  if (!stored) return notFound();
  if (isUnconcluded(given)) return refuse(422, 'A completed check run needs a conclusion.');
  const merged = mergeCheckRun(given, stored);
  state.checkRuns.set(merged.checkRun.id, merged);
  return ok(merged.checkRun);
}

function isUnconcluded(given: CheckRunFields): boolean {
  return given.conclusion === undefined && (given.status === 'completed' || given.completed_at !== undefined);
}

/** Fields that are given replace the old ones; annotations are added to them. */
function mergeCheckRun(given: CheckRunFields, old: StoredCheckRun): StoredCheckRun {
  const { name, details_url, external_id, started_at, status, output } = given;
  const replaced = { name, details_url, external_id, started_at, status };
  const annotations = [...old.annotations, ...(output?.annotations ?? [])];
  const { images: _images, annotations: _annotations, ...texts } = output ?? {};
  const completion = given.conclusion && {
    status: 'completed' as const,
    conclusion: given.conclusion,
    completed_at: given.completed_at ?? timestamp(),
  };
  return {
    annotations,
    checkRun: {
      ...old.checkRun,
      ...Object.fromEntries(Object.entries(replaced).filter(([, value]) => value !== undefined)),
      ...completion,
      output: { ...old.checkRun.output, ...texts, annotations_count: annotations.length },
    },
  };
}

function getCheckRun({ state, path }: Call): Answer {
  const stored = state.checkRuns.get(Number(path.check_run_id));
  return stored ? ok(stored.checkRun) : notFound();
}

function listCheckRuns({ state, path, query }: Call): Answer {
  const newestFirst = [...state.checkRuns.values()].map(({ checkRun }) => checkRun).reverse();
  const named = newestFirst
    .filter((run) => run.head_sha === path.ref)
    .filter((run) => query.check_name === undefined || run.name === query.check_name)
    .filter((run) => query.status === undefined || run.status === query.status)
    .filter(() => query.app_id === undefined || query.app_id === ACTIONS_APP.id);
  const wanted =
    query.filter === 'all'
      ? named
      : named.filter((run, i) => named.findIndex(({ name }) => name === run.name) === i);
  const { page, body } = paged(wanted, query);
  return { ...ok({ total_count: wanted.length, check_runs: body }), ...(page && { page }) };
}

interface ValidationProblem {
  readonly resource: string;
  readonly code: string;
  readonly field?: string;
  readonly message?: string;
}

function unprocessable(problem: ValidationProblem): Answer {
  const { status, body } = refuse(422, 'Validation Failed');
  return { status, body: { ...(body as object), errors: [problem] } };
}
