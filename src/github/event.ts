/**
 * What started the workflow, from the payload that GitHub wrote: only the fields we use, each one checked.
 * https://docs.github.com/webhooks/webhook-events-and-payloads
 */
import { UserError } from '../errors.ts';

interface InRepository {
  readonly owner: string;
  /** The repository's name without its owner. */
  readonly repository: string;
  /** GitHub's number of the repository, which outlives renames. Null when the event does not say. */
  readonly repositoryId: number | null;
  /** Null when the event does not say. */
  readonly isPrivate: boolean | null;
  /** Null when the event does not say, as that of a schedule may. */
  readonly defaultBranch: string | null;
}

/** A pull request was opened, or changed. */
export interface PullRequestEvent extends InRepository {
  readonly kind: 'pull_request';
  /** 'opened', 'synchronize', 'labeled' … */
  readonly action: string;
  readonly number: number;
  /** Tip of the base branch when the event happened: not the merge base. */
  readonly baseSha: string;
  readonly headSha: string;
  /** Branch names. */
  readonly baseRef: string;
  readonly headRef: string;
  /** Also when the fork is gone. */
  readonly isFork: boolean;
  readonly labels: readonly string[];
  readonly isDraft: boolean;
  readonly htmlUrl: string;
}

/** Commits were pushed to a branch, or a tag was. */
export interface PushEvent extends InRepository {
  readonly kind: 'push';
  /** Null for a new branch or tag. */
  readonly before: string | null;
  /** A commit, also where an annotated tag was pushed, which is an object of its own. */
  readonly after: string;
  /** 'refs/heads/main' */
  readonly ref: string;
}

/** A merge queue wants to know whether it may merge. */
export interface MergeGroupEvent extends InRepository {
  readonly kind: 'merge_group';
  readonly baseSha: string;
  readonly headSha: string;
  /** 'refs/heads/main' */
  readonly baseRef: string;
  /** Of the branch that GitHub made: 'refs/heads/gh-readonly-queue/main/pr-7-<id of the base>' */
  readonly headRef: string;
}

/** workflow_dispatch, schedule and the like: the commit is the one that is checked out. */
export interface OtherEvent extends InRepository {
  readonly kind: 'other';
  readonly name: string;
  /** 'refs/heads/main', or null when the event has none. */
  readonly ref: string | null;
}

/** A pull request was merged or given up: there is nothing to measure, but its images can go. */
export interface PullRequestClosedEvent extends InRepository {
  readonly kind: 'pull_request_closed';
  readonly number: number;
  readonly headSha: string;
  readonly isFork: boolean;
  readonly htmlUrl: string;
  /** A sentence for the log. */
  readonly reason: string;
}

/** A run of another workflow, which may have measured something: this event reports, and runs nothing. */
export interface WorkflowRunEvent extends InRepository {
  readonly kind: 'workflow_run';
  readonly repositoryId: number;
  /** 'requested', 'in_progress' or 'completed'. */
  readonly action: string;
  readonly runId: number;
  /** Counts the runs of that workflow. */
  readonly runNumber: number;
  /** 1, and more when the run was started again. */
  readonly runAttempt: number;
  readonly headSha: string;
  /** Name of the branch, chosen by whoever pushed it; null when the run had none. */
  readonly headBranch: string | null;
  /** Where that branch is; null when that repository is gone. */
  readonly headRepository: { readonly id: number; readonly owner: string } | null;
  /** What had started the run: 'pull_request', 'merge_group', 'push' … */
  readonly event: string;
  /** 'success', 'failure', 'cancelled' …; null before the run has ended. */
  readonly conclusion: string | null;
  readonly htmlUrl: string;
  /** Of the workflow's file, such as '.github/workflows/memory.yml'; null when the event does not say. */
  readonly path: string | null;
}

/** There is no commit to measure, which is nobody's mistake. */
export interface NothingToMeasure extends InRepository {
  readonly kind: 'nothing';
  /** Of the event. */
  readonly name: string;
  /** A sentence that says why. */
  readonly reason: string;
}

/** Events that name commits to build and run. */
export type MeasurableEvent = PullRequestEvent | PushEvent | MergeGroupEvent | OtherEvent;

export type EventContext = MeasurableEvent | PullRequestClosedEvent | WorkflowRunEvent | NothingToMeasure;

/** What the runner says about the event. */
export interface EventFacts {
  /** GITHUB_EVENT_NAME */
  readonly name: string;
  /** The JSON of GITHUB_EVENT_PATH. */
  readonly payload: unknown;
  /** GITHUB_REPOSITORY: 'owner/name'. */
  readonly repository: string;
  /** GITHUB_REF: 'refs/heads/main'. Used for events that name no branch themselves. */
  readonly ref?: string | undefined;
}

/** Events that give a workflow write access while somebody else's code is what it would run. */
const UNTRUSTED_EVENTS = new Map([
  ['pull_request_target', 'it runs with secrets and a token that can write, even for forks'],
  ['workflow_run', 'it runs with secrets and a token that can write, whoever started the first workflow'],
  ['issue_comment', 'anybody can start it, and it runs with secrets and a token that can write'],
]);

const MAX_TEXT_LENGTH = 1024;
const MAX_LABELS = 100;

/**
 * Call before any command is run.
 * @param isReporting nothing is run, but what another run measured is shown: `workflow_run` is there for that
 * @throws UserError for an event on which building and running a commit would hand out the workflow's secrets
 */
export function refuseUntrustedEvent(name: string, { isReporting }: { readonly isReporting: boolean }): void {
  const reason = UNTRUSTED_EVENTS.get(name);
  if (reason === undefined || (isReporting && name === 'workflow_run')) return;
  const what = isReporting
    ? `There is nothing to report on \`${name}\`, because nothing is built or run there`
    : `Nothing is built or run on \`${name}\``;
  throw new UserError(
    `${what}: ${reason}. Measure on \`pull_request\`, and comment from a second workflow on \`workflow_run\` with \`mode: report\`. See https://docs.github.com/actions/reference/security/securely-using-pull_request_target`,
  );
}

/**
 * Reads the event.
 * @throws UserError that names the field which is missing or odd
 */
export function parseEvent(facts: EventFacts): EventContext {
  const { name, payload } = facts;
  const where = { ...parseRepositoryName(facts.repository), ...readRepository(payload) };
  const read = new PayloadReader(name, payload);
  if (name === 'pull_request') return { ...where, ...parsePullRequest(read) };
  if (name === 'push') return { ...where, ...parsePush(read) };
  if (name === 'merge_group') return { ...where, ...parseMergeGroup(read) };
  if (name === 'workflow_run') return { ...where, ...parseWorkflowRun(read) };
  const ref = [valueAt(payload, 'ref'), facts.ref].find(isText);
  return { ...where, kind: 'other', name, ref: ref ?? null };
}

/** @throws UserError for what is not 'owner/name' */
export function parseRepositoryName(name: string): { readonly owner: string; readonly repository: string } {
  const [, owner, repository] = /^([\w.-]{1,100})\/([\w.-]{1,100})$/.exec(name) ?? [];
  if (owner === undefined) {
    throw new UserError(`GITHUB_REPOSITORY is ${JSON.stringify(name)}: "owner/name" is expected.`);
  }
  return { owner, repository };
}

type Unplaced<Event> = Omit<Event, keyof InRepository>;

function readRepository(payload: unknown): Omit<InRepository, 'owner' | 'repository'> {
  const id = valueAt(payload, 'repository.id');
  const isPrivate = valueAt(payload, 'repository.private');
  const defaultBranch = valueAt(payload, 'repository.default_branch');
  return {
    repositoryId: isPositiveInteger(id) ? id : null,
    isPrivate: typeof isPrivate === 'boolean' ? isPrivate : null,
    defaultBranch: isText(defaultBranch) ? defaultBranch : null,
  };
}

function parsePullRequest(
  read: PayloadReader,
): Unplaced<PullRequestEvent> | Unplaced<PullRequestClosedEvent> {
  const action = read.text('action');
  const number = read.positiveInteger('pull_request.number');
  const common = {
    number,
    headSha: read.sha('pull_request.head.sha'),
    isFork: read.value('pull_request.head.repo.id') !== read.positiveInteger('pull_request.base.repo.id'),
    htmlUrl: read.webAddress('pull_request.html_url'),
  };
  if (action === 'closed') {
    const reason = `Pull request #${number} was closed: there is nothing to measure.`;
    return { kind: 'pull_request_closed', ...common, reason };
  }
  return {
    kind: 'pull_request',
    action,
    ...common,
    baseSha: read.sha('pull_request.base.sha'),
    baseRef: read.text('pull_request.base.ref'),
    headRef: read.text('pull_request.head.ref'),
    labels: read.names('pull_request.labels'),
    isDraft: read.value('pull_request.draft') === true,
  };
}

function parsePush(read: PayloadReader): Unplaced<PushEvent> | Unplaced<NothingToMeasure> {
  const before = read.sha('before');
  const after = read.sha('after');
  const ref = read.text('ref');
  if (isNoCommit(after)) {
    return {
      kind: 'nothing',
      name: 'push',
      reason: `This push deleted ${ref}: there is nothing to measure.`,
    };
  }
  // Of an annotated tag GitHub gives the id of the tag, which no status can be set on, and the commit beside it.
  const tagged = ref.startsWith('refs/tags/') ? read.value('head_commit.id') : null;
  return {
    kind: 'push',
    before: isNoCommit(before) ? null : before,
    after: isSha(tagged) ? tagged : after,
    ref,
  };
}

function parseMergeGroup(read: PayloadReader): Unplaced<MergeGroupEvent> | Unplaced<NothingToMeasure> {
  if (read.value('action') === 'destroyed') {
    const reason = 'This merge group was taken out of the queue: there is nothing to measure.';
    return { kind: 'nothing', name: 'merge_group', reason };
  }
  return {
    kind: 'merge_group',
    baseSha: read.sha('merge_group.base_sha'),
    headSha: read.sha('merge_group.head_sha'),
    baseRef: read.text('merge_group.base_ref'),
    headRef: read.text('merge_group.head_ref'),
  };
}

function parseWorkflowRun(
  read: PayloadReader,
): Unplaced<WorkflowRunEvent> & { readonly repositoryId: number } {
  const repositoryId = read.positiveInteger('repository.id');
  const runRepositoryId = read.positiveInteger('workflow_run.repository.id');
  if (runRepositoryId !== repositoryId) {
    throw new UserError(
      `This workflow_run event is about a run in another repository (${runRepositoryId}, this one is ${repositoryId}): nothing of it is reported.`,
    );
  }
  const isHeadRepositoryGone = read.value('workflow_run.head_repository') == null;
  return {
    kind: 'workflow_run',
    repositoryId,
    action: read.text('action'),
    runId: read.positiveInteger('workflow_run.id'),
    runNumber: read.positiveInteger('workflow_run.run_number'),
    runAttempt: read.positiveInteger('workflow_run.run_attempt'),
    headSha: read.sha('workflow_run.head_sha'),
    headBranch: read.optionalText('workflow_run.head_branch'),
    headRepository: isHeadRepositoryGone
      ? null
      : {
          id: read.positiveInteger('workflow_run.head_repository.id'),
          owner: read.text('workflow_run.head_repository.owner.login'),
        },
    event: read.text('workflow_run.event'),
    conclusion: read.optionalText('workflow_run.conclusion'),
    htmlUrl: read.webAddress('workflow_run.html_url'),
    path: read.optionalText('workflow_run.path'),
  };
}

/**
 * Why there is nothing to report of a run yet; null when it has ended. Runs that wait for a maintainer's approval, as
 * those of first-time contributors do, are `completed` for GitHub, and run all the same once they are approved.
 */
export function reasonToWait({ action, conclusion }: WorkflowRunEvent): string | null {
  if (conclusion === 'action_required') {
    return 'The run that measures waits for the approval of a maintainer: it is reported when it has ended.';
  }
  return action === 'completed'
    ? null
    : 'The run that measures has not ended yet: it is reported when it has.';
}

/** The number of the pull request that a merge queue asks about, directly or through the run of another workflow. */
export function queuedPullRequest(event: EventContext): number | null {
  const isReported = event.kind === 'workflow_run' && event.event === 'merge_group';
  const branch = event.kind === 'merge_group' ? event.headRef : isReported ? event.headBranch : null;
  const [, number] =
    /(?:^|\/)gh-readonly-queue\/.*\/pr-([1-9]\d{0,8})-[0-9a-f]{40,64}$/.exec(branch ?? '') ?? [];
  return number === undefined ? null : Number(number);
}

/** Reads fields by their path, or says which one is odd. */
class PayloadReader {
  readonly #event: string;
  readonly #payload: unknown;

  constructor(event: string, payload: unknown) {
    this.#event = event;
    this.#payload = payload;
  }

  value(path: string): unknown {
    return valueAt(this.#payload, path);
  }

  text(path: string): string {
    return this.#check(path, isText, 'a text');
  }

  /** Null when there is none. */
  optionalText(path: string): string | null {
    return this.value(path) == null ? null : this.text(path);
  }

  sha(path: string): string {
    return this.#check(path, isSha, 'a commit id of 40 hexadecimal digits');
  }

  positiveInteger(path: string): number {
    return this.#check(path, isPositiveInteger, 'a positive number');
  }

  webAddress(path: string): string {
    return this.#check(path, isWebAddress, 'an address with https://');
  }

  /** The `name` of each entry of a list. */
  names(path: string): string[] {
    const list = this.value(path);
    if (!Array.isArray(list)) return [];
    return list
      .slice(0, MAX_LABELS)
      .map((entry) => valueAt(entry, 'name'))
      .filter(isText);
  }

  #check<T>(path: string, isExpected: (value: unknown) => value is T, expected: string): T {
    const value = this.value(path);
    if (isExpected(value)) return value;
    const found = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value).slice(0, 100);
    throw new UserError(
      `The payload of this ${this.#event} event is not as GitHub writes it: ${path} should be ${expected}, but is ${found}. It is read from the file that GITHUB_EVENT_PATH names.`,
    );
  }
}

function valueAt(payload: unknown, path: string): unknown {
  let value = payload;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function isText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= MAX_TEXT_LENGTH &&
    !/[\x00-\x1f\x7f]/.test(value)
  );
}

/** Whether a value is a full object id. */
export function isSha(value: unknown): value is string {
  return typeof value === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
}

function isNoCommit(sha: string): boolean {
  return /^0+$/.test(sha);
}

function isPositiveInteger(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function isWebAddress(value: unknown): value is string {
  return isText(value) && /^https?:\/\//.test(value) && URL.canParse(value);
}
