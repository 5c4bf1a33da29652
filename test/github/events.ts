/**
 * Payloads of the events that start workflows: GitHub's own examples, with just the numbers, commits, branches and
 * repositories of a test filled in. What is not filled in (users, dates, titles) stays as in the example.
 */
import { createRequire } from 'node:module';
import { FORK_ID, REPOSITORY_ID } from './identities.ts';

export type JsonObject = { readonly [key: string]: unknown };

/** What the runner hands a workflow: the event's name and its payload. */
export interface GitHubEvent {
  readonly name:
    | 'issue_comment'
    | 'merge_group'
    | 'pull_request'
    | 'pull_request_target'
    | 'push'
    | 'schedule'
    | 'workflow_dispatch'
    | 'workflow_run';
  readonly payload: JsonObject;
}

interface InRepository {
  /** `octo-org` by default, as the API stand-in has it. */
  readonly owner?: string;
  /** `octo-repo` by default. */
  readonly repository?: string;
}

export interface PullRequestEventOptions extends InRepository {
  readonly number: number;
  readonly baseSha: string;
  readonly headSha: string;
  readonly baseRef?: string;
  readonly headRef?: string;
  readonly action?: 'closed' | 'labeled' | 'opened' | 'reopened' | 'synchronize';
  /** Owner of the fork that the branch is in; `true` for `contributor`. In the repository itself by default. */
  readonly fork?: boolean | string;
  /** The test merge that the workflow runs on: GITHUB_SHA. */
  readonly mergeSha?: string;
  readonly labels?: readonly string[];
  readonly isDraft?: boolean;
}

/** A `pull_request` event. */
export function pullRequestEvent(options: PullRequestEventOptions): GitHubEvent {
  const { number, baseSha, headSha, action = 'synchronize', fork = false } = options;
  const example = exampleOf('pull_request', { action: action === 'synchronize' ? 'opened' : action });
  const payload = inRepository(renumber(example, number), options) as PullRequestPayload;
  const { base, head } = payload.pull_request;
  const forkOwner = fork === true ? 'contributor' : fork;
  const headOwner = forkOwner === false ? base.repo.owner.login : forkOwner;
  const pull = {
    ...payload.pull_request,
    number,
    base: branch(base, { owner: base.repo.owner.login, ref: options.baseRef ?? 'main', sha: baseSha }),
    head: branch(
      forkOwner === false ? { ...head, repo: base.repo } : inFork({ ...head, repo: base.repo }, forkOwner),
      {
        owner: headOwner,
        ref: options.headRef ?? 'changes',
        sha: headSha,
      },
    ),
    merge_commit_sha: options.mergeSha ?? null,
    draft: options.isDraft ?? false,
    labels: (options.labels ?? []).map((name, i) => ({ id: i + 1, name, color: 'ededed', default: false })),
  };
  return { name: 'pull_request', payload: { ...payload, action, number, pull_request: pull } };
}

/** Addresses in the example hold its own number. */
function renumber(example: JsonObject, number: number): JsonObject {
  const inAddress = new RegExp(`/(issues|pulls?)/${example.number}(?=["/.])`, 'g');
  return JSON.parse(JSON.stringify(example).replace(inAddress, `/$1/${number}`));
}

function branch(from: Branch, { owner, ref, sha }: { owner: string; ref: string; sha: string }): Branch {
  return { ...from, label: `${owner}:${ref}`, ref, sha, user: { ...from.user, login: owner } };
}

export interface PushEventOptions extends InRepository {
  /** All zeros, or absent, for a new branch. */
  readonly before?: string;
  readonly after: string;
  readonly branch?: string;
  readonly forced?: boolean;
}

/** A `push` event that deletes a tag: GitHub's example as it is. */
export function deletingPushEvent(): GitHubEvent {
  return { name: 'push', payload: exampleOf('push', { deleted: true }) };
}

/** A `push` event of a branch. */
export function pushEvent(options: PushEventOptions): GitHubEvent {
  const { after, branch = 'main', before = NO_COMMIT, forced = false } = options;
  const payload = inRepository(exampleOf('push', { deleted: false }), options) as { head_commit: JsonObject };
  return {
    name: 'push',
    payload: {
      ...payload,
      ...{ ref: `refs/heads/${branch}`, before, after, forced, created: before === NO_COMMIT },
      head_commit: { ...payload.head_commit, id: after },
    },
  };
}

const NO_COMMIT = '0'.repeat(40);

export interface MergeGroupEventOptions extends InRepository {
  readonly baseSha: string;
  readonly headSha: string;
  readonly baseBranch?: string;
  /** The pull request at the end of the group, which names its branch. */
  readonly number?: number;
}

/** A `merge_group` event: a merge queue asks for checks. It has no pull request. */
export function mergeGroupEvent(options: MergeGroupEventOptions): GitHubEvent {
  const { baseSha, headSha, baseBranch = 'main', number = 1 } = options;
  const payload = inRepository(exampleOf('merge_group', {}), options) as { merge_group: JsonObject };
  return {
    name: 'merge_group',
    payload: {
      ...payload,
      merge_group: {
        ...payload.merge_group,
        head_sha: headSha,
        head_ref: `refs/heads/gh-readonly-queue/${baseBranch}/pr-${number}-${baseSha}`,
        base_sha: baseSha,
        base_ref: `refs/heads/${baseBranch}`,
        head_commit: { ...(payload.merge_group.head_commit as JsonObject), id: headSha },
      },
    },
  };
}

export interface WorkflowDispatchEventOptions extends InRepository {
  readonly branch?: string;
  /** The workflow's own inputs. */
  readonly inputs?: Readonly<Record<string, string>>;
}

/** A `workflow_dispatch` event. It names no commit: GITHUB_SHA does. */
export function workflowDispatchEvent(options: WorkflowDispatchEventOptions = {}): GitHubEvent {
  const payload = inRepository(exampleOf('workflow_dispatch', {}), options);
  const ref = `refs/heads/${options.branch ?? 'main'}`;
  return { name: 'workflow_dispatch', payload: { ...payload, ref, inputs: options.inputs ?? {} } };
}

/** A `schedule` event, of which GitHub publishes no example: the repository and when. GITHUB_SHA names the commit. */
export function scheduleEvent(): GitHubEvent {
  const { repository, sender } = inRepository(exampleOf('workflow_dispatch', {}), {});
  const workflow = '.github/workflows/memory.yml';
  return { name: 'schedule', payload: { repository, sender, schedule: '30 4 * * 1', workflow } };
}

export interface WorkflowRunEventOptions extends InRepository {
  readonly headSha: string;
  readonly headBranch?: string;
  /** What had started the run that is reported on. */
  readonly event?: 'merge_group' | 'pull_request' | 'push';
  readonly conclusion?: 'action_required' | 'cancelled' | 'failure' | 'skipped' | 'success';
  readonly runId?: number;
  readonly runAttempt?: number;
  /** As in a `pull_request` event, or gone by now. GitHub names no pull requests of a fork's run; neither does this. */
  readonly fork?: boolean | string | { readonly isDeleted: true };
}

/** A `workflow_run` event: another workflow's run has completed. */
export function workflowRunEvent(options: WorkflowRunEventOptions): GitHubEvent {
  const { headSha, headBranch = 'changes', fork = false, runId = 30433642 } = options;
  const payload = inRepository(
    exampleOf('workflow_run', { action: 'completed' }),
    options,
  ) as WorkflowRunPayload;
  const ours = { repo: payload.repository };
  const forkOwner = typeof fork === 'string' ? fork : 'contributor';
  const head = fork === false ? ours : inFork(ours, forkOwner);
  return {
    name: 'workflow_run',
    payload: {
      ...payload,
      workflow_run: {
        ...payload.workflow_run,
        id: runId,
        path: '.github/workflows/memory.yml',
        run_attempt: options.runAttempt ?? 1,
        event: options.event ?? 'pull_request',
        status: 'completed',
        conclusion: options.conclusion ?? 'success',
        head_sha: headSha,
        head_branch: headBranch,
        head_repository: typeof fork === 'object' ? null : head.repo,
        repository: payload.repository,
        pull_requests: [],
      },
    },
  };
}

interface RepositoryValue extends JsonObject {
  readonly full_name: string;
  readonly name: string;
  readonly owner: JsonObject & { readonly login: string };
}

interface Branch extends JsonObject {
  readonly repo: RepositoryValue;
  readonly user: JsonObject;
}

interface PullRequestPayload extends JsonObject {
  readonly pull_request: JsonObject & { readonly base: Branch; readonly head: Branch };
}

interface WorkflowRunPayload extends JsonObject {
  readonly repository: RepositoryValue;
  readonly workflow_run: JsonObject;
}

interface EventExamples {
  readonly name: string;
  readonly examples: readonly JsonObject[];
}

const DEFAULT_OWNER = 'octo-org';
const DEFAULT_REPOSITORY = 'octo-repo';

let examples: readonly EventExamples[] | undefined;

/** The first of GitHub's examples of an event that has these values, as a copy. */
function exampleOf(event: string, values: JsonObject): JsonObject {
  examples ??= createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly EventExamples[];
  const example = examples
    .find(({ name }) => name === event)
    ?.examples.find((one) => Object.entries(values).every(([key, value]) => one[key] === value));
  if (!example) throw new Error(`@octokit/webhooks-examples has no ${event} with ${JSON.stringify(values)}`);
  return structuredClone(example);
}

/** Moves a payload with everything in it from the example's repository to the test's. */
function inRepository(payload: JsonObject, { owner, repository }: InRepository): JsonObject {
  const old = payload.repository as RepositoryValue;
  const id = REPOSITORY_ID;
  return moveRepository(payload, old, {
    owner: owner ?? DEFAULT_OWNER,
    name: repository ?? DEFAULT_REPOSITORY,
    id,
  });
}

function inFork<Value extends { readonly repo: RepositoryValue }>(value: Value, owner: string): Value {
  const { name } = value.repo;
  const moved = moveRepository(value, value.repo, { owner, name, id: FORK_ID });
  return { ...moved, repo: { ...moved.repo, fork: true } };
}

function moveRepository<Value extends object>(
  value: Value,
  old: RepositoryValue,
  { owner, name, id }: { owner: string; name: string; id: number },
): Value {
  const renamed = JSON.stringify(value).replaceAll(old.full_name, `${owner}/${name}`);
  return JSON.parse(renamed, (_, inner: unknown) =>
    isObject(inner) && inner.full_name === `${owner}/${name}`
      ? {
          ...inner,
          id,
          name,
          default_branch: 'main',
          owner: { ...(inner.owner as JsonObject), login: owner },
        }
      : inner,
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
