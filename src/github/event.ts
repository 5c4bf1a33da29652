/**
 * What started the workflow, from the payload that GitHub wrote: only the fields we use, each one checked.
 * https://docs.github.com/webhooks/webhook-events-and-payloads
 */
import { UserError } from '../errors.ts';

interface InRepository {
  readonly owner: string;
  /** The repository's name without its owner. */
  readonly repository: string;
  readonly defaultBranch: string | null;
}

export interface PullRequestEvent extends InRepository {
  readonly kind: 'pull_request';
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

export interface PushEvent extends InRepository {
  readonly kind: 'push';
  /** Null for a new branch or tag. */
  readonly before: string | null;
  readonly after: string;
  /** 'refs/heads/main' */
  readonly ref: string;
}

export interface MergeGroupEvent extends InRepository {
  readonly kind: 'merge_group';
  readonly baseSha: string;
  readonly headSha: string;
  /** 'refs/heads/main' */
  readonly baseRef: string;
}

/** workflow_dispatch, schedule and the like: the commit is the one that is checked out. */
export interface OtherEvent extends InRepository {
  readonly kind: 'other';
  readonly name: string;
  /** 'refs/heads/main', or null when the event has none. */
  readonly ref: string | null;
}

export type EventContext = PullRequestEvent | PushEvent | MergeGroupEvent | OtherEvent;

/** What the runner says about the event. */
export interface EventFacts {
  /** GITHUB_EVENT_NAME */
  readonly name: string;
  /** The JSON of GITHUB_EVENT_PATH. */
  readonly payload: unknown;
  /** GITHUB_REPOSITORY: 'owner/name'. */
  readonly repository: string;
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
 * @throws UserError for an event on which building and running a commit would hand out the workflow's secrets
 */
export function refuseUntrustedEvent(name: string): void {
  const reason = UNTRUSTED_EVENTS.get(name);
  if (reason === undefined) return;
  throw new UserError(
    `Nothing is built or run on \`${name}\`: ${reason}. Measure on \`pull_request\`, and comment from a second workflow on \`workflow_run\` with \`mode: report\`.`,
  );
}

/**
 * Reads the event.
 * @throws UserError that names the field which is missing or odd
 */
export function parseEvent(facts: EventFacts): EventContext {
  const { name, payload } = facts;
  const [, owner, repository] = /^([\w.-]{1,100})\/([\w.-]{1,100})$/.exec(facts.repository) ?? [];
  if (owner === undefined) {
    throw new UserError(
      `GITHUB_REPOSITORY is ${JSON.stringify(facts.repository)}: "owner/name" is expected.`,
    );
  }
  const defaultBranch = valueAt(payload, 'repository.default_branch');
  const inRepository = {
    owner,
    repository,
    defaultBranch: isText(defaultBranch) ? defaultBranch : null,
  };
  const read = new PayloadReader(name, payload);
  if (name === 'pull_request') return { ...inRepository, ...parsePullRequest(read) };
  if (name === 'push') return { ...inRepository, ...parsePush(read) };
  if (name === 'merge_group') {
    return {
      ...inRepository,
      kind: 'merge_group',
      baseSha: read.sha('merge_group.base_sha'),
      headSha: read.sha('merge_group.head_sha'),
      baseRef: read.text('merge_group.base_ref'),
    };
  }
  const ref = valueAt(payload, 'ref');
  return { ...inRepository, kind: 'other', name, ref: isText(ref) ? ref : null };
}

function parsePullRequest(read: PayloadReader): Omit<PullRequestEvent, keyof InRepository> {
  const headRepository = read.value('pull_request.head.repo.id');
  return {
    kind: 'pull_request',
    number: read.positiveInteger('pull_request.number'),
    baseSha: read.sha('pull_request.base.sha'),
    headSha: read.sha('pull_request.head.sha'),
    baseRef: read.text('pull_request.base.ref'),
    headRef: read.text('pull_request.head.ref'),
    isFork: headRepository !== read.positiveInteger('pull_request.base.repo.id'),
    labels: read.names('pull_request.labels'),
    isDraft: read.value('pull_request.draft') === true,
    htmlUrl: read.webAddress('pull_request.html_url'),
  };
}

function parsePush(read: PayloadReader): Omit<PushEvent, keyof InRepository> {
  const before = read.sha('before');
  const after = read.sha('after');
  const ref = read.text('ref');
  if (isNoCommit(after)) {
    throw new UserError(
      `This push deleted ${ref}: there is nothing to measure. Skip the job for such pushes.`,
    );
  }
  return { kind: 'push', before: isNoCommit(before) ? null : before, after, ref };
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
