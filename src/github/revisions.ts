/** Which two commits an event is about, and which one its results belong to. */
import { CancelledError, UserError } from '../errors.ts';
import { describeApiError, isApiError } from './api-error.ts';
import type { GitHubClient } from './client.ts';
import { isSha, type MeasurableEvent, type PullRequestEvent, type PushEvent } from './event.ts';

/** What is known about commits in the workspace; `Repository` is one. */
export interface LocalHistory {
  /** What is checked out. */
  headCommit(): Promise<string>;
  hasCommit(sha: string): Promise<boolean>;
  isShallow(): Promise<boolean>;
  parentsOf(sha: string): Promise<readonly string[]>;
  /** Null when none is known here. */
  mergeBase(one: string, other: string): Promise<string | null>;
  /** Null for a name that is not known here. @throws UserError for what cannot be a name */
  resolveCommit(name: string): Promise<string | null>;
}

/** A commit, and what people call it. */
export interface RevisionChoice {
  /** Full id of the commit to measure. */
  readonly sha: string;
  /** What people call it: a branch, mostly. */
  readonly label: string;
}

export interface ChosenRevisions {
  /** Null when there is nothing to compare with. */
  readonly base: RevisionChoice | null;
  readonly head: RevisionChoice;
  /** The commit that comments, checks and statuses are about: never the test merge, which nobody sees. */
  readonly postSha: string;
  /** Sentences about a choice that readers may not expect. */
  readonly notes: readonly string[];
}

export interface RevisionOptions {
  readonly event: MeasurableEvent;
  readonly history: LocalHistory;
  /** Null: GitHub is not asked. */
  readonly client: GitHubClient | null;
  /** The `base` input: a commit, branch or tag, `none`, or null when it was not given. */
  readonly base: string | null;
  /** Asks the remote for a branch or tag that the clone does not have. */
  readonly resolveRemoteName?: (name: string) => Promise<string | null>;
  /**
   * Brings a commit here that the clone does not have. Without it a commit that an event names is taken to exist.
   * @throws UserError when it cannot be had
   */
  readonly fetchCommit?: (sha: string) => Promise<void>;
}

/** Head, and how to find the base that the event implies: asked only when the user named none. */
interface HeadChoice {
  readonly head: RevisionChoice;
  readonly postSha: string;
  readonly notes: readonly string[];
  findBase(): Promise<BaseChoice>;
}

interface BaseChoice {
  readonly base: RevisionChoice | null;
  readonly notes: readonly string[];
}

/**
 * Every event ends in a base, or in none with a note that says why.
 * @throws UserError when the input `base` names nothing, or nothing is checked out
 */
export async function chooseRevisions(options: RevisionOptions): Promise<ChosenRevisions> {
  const { head, postSha, notes, findBase } = await chooseHead(options);
  const found = options.base === null ? await findBase() : await resolveBase(options.base, options);
  return { base: found.base, head, postSha, notes: [...notes, ...found.notes] };
}

async function chooseHead(options: RevisionOptions): Promise<HeadChoice> {
  const { event, history } = options;
  switch (event.kind) {
    case 'pull_request':
      return chooseForPullRequest(event, options);
    case 'merge_group': {
      const base = { sha: event.baseSha, label: branchName(event.baseRef) };
      const head = { sha: event.headSha, label: 'merge queue' };
      return { head, postSha: head.sha, notes: [], findBase: async () => ({ base, notes: [] }) };
    }
    case 'push': {
      const head = { sha: event.after, label: branchName(event.ref) };
      return { head, postSha: head.sha, notes: [], findBase: () => findPushBase(event, head, options) };
    }
    case 'other': {
      const { ref } = event;
      const head = { sha: await history.headCommit(), label: ref === null ? 'HEAD' : branchName(ref) };
      return { head, postSha: head.sha, notes: [], findBase: () => findEarlierBase(head, ref, options) };
    }
  }
}

async function chooseForPullRequest(event: PullRequestEvent, options: RevisionOptions): Promise<HeadChoice> {
  const { history } = options;
  const { headSha, headRef, baseRef } = event;
  const checkedOut = await history.headCommit();
  const parents = checkedOut === headSha ? [] : await history.parentsOf(checkedOut);
  if (parents.length === 2 && parents[1] === headSha) {
    // The test merge: what it adds to its first parent is just this pull request.
    const base = { sha: parents[0], label: baseRef };
    const head = { sha: checkedOut, label: headRef };
    return { head, postSha: headSha, notes: [], findBase: async () => ({ base, notes: [] }) };
  }
  const notes =
    checkedOut === headSha
      ? []
      : [
          `The workspace is at ${short(checkedOut)}, which is neither the head of this pull request nor its test merge: ${short(headSha)}, the head, was measured.`,
        ];
  const head = { sha: headSha, label: headRef };
  return { head, postSha: headSha, notes, findBase: () => findPullRequestBase(event, options) };
}

async function findPullRequestBase(event: PullRequestEvent, options: RevisionOptions): Promise<BaseChoice> {
  const { baseSha, headSha, baseRef } = event;
  const { sha, isUnrelated } = await findMergeBase(baseSha, headSha, options);
  if (sha !== null) return { base: { sha, label: baseRef }, notes: [] };
  const note = isUnrelated
    ? `This branch and ${baseRef} have no commit in common, so it is compared with the tip of ${baseRef}.`
    : `Where this branch left ${baseRef} is not known, so it is compared with the tip of ${baseRef}: changes made there since show up too, the other way round.`;
  return { base: { sha: baseSha, label: baseRef }, notes: [note] };
}

/** What the branch was before; where it came from, when it is new or when what it was is gone. */
async function findPushBase(
  { before, ref }: PushEvent,
  head: RevisionChoice,
  options: RevisionOptions,
): Promise<BaseChoice> {
  if (before !== null && (await isAvailable(before, options))) {
    return { base: { sha: before, label: `${head.label} before` }, notes: [] };
  }
  const found = await findEarlierBase(head, ref, options);
  if (before === null) return found;
  const instead = found.base === null ? '' : `: it is compared with ${found.base.label} instead`;
  const note = `${short(before)}, which ${head.label} was at before this push, cannot be had any more, as happens after a force push${instead}.`;
  return { base: found.base, notes: [note, ...found.notes] };
}

/**
 * Where a branch left the default branch. What is on the default branch already has its own first parent as base.
 * @param ref of head, in full; null when it is not known
 */
async function findEarlierBase(
  head: RevisionChoice,
  ref: string | null,
  options: RevisionOptions,
): Promise<BaseChoice> {
  const { defaultBranch } = options.event;
  if (defaultBranch === null || ref === `refs/heads/${defaultBranch}`) return findParent(head, options);
  const { sha, isUnrelated } = await findMergeBase(defaultBranch, head.sha, options);
  if (sha === head.sha) return findParent(head, options);
  if (sha !== null) return { base: { sha, label: defaultBranch }, notes: [] };
  return noBase(
    isUnrelated
      ? `${head.label} and ${defaultBranch} have no commit in common`
      : `where ${head.label} left ${defaultBranch} is not known: GitHub did not say, and this clone lacks the history (\`fetch-depth: 0\` of actions/checkout brings it)`,
  );
}

async function findParent(head: RevisionChoice, options: RevisionOptions): Promise<BaseChoice> {
  const { history } = options;
  if (!(await isAvailable(head.sha, options)) || !(await history.hasCommit(head.sha))) {
    return noBase(`commit ${short(head.sha)} cannot be had`);
  }
  const [parent] = await history.parentsOf(head.sha);
  if (parent === undefined) return noBase(`${short(head.sha)} is the first commit of ${head.label}`);
  return { base: { sha: parent, label: `${head.label}~1` }, notes: [] };
}

function noBase(reason: string): BaseChoice {
  const note = `No comparison: ${reason}. The input \`base\` can name a commit to compare with.`;
  return { base: null, notes: [note] };
}

async function isAvailable(sha: string, { history, fetchCommit }: RevisionOptions): Promise<boolean> {
  if (fetchCommit === undefined || (await history.hasCommit(sha))) return true;
  try {
    await fetchCommit(sha);
    return true;
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
    return false;
  }
}

/** GitHub knows the whole history; the clone often has one commit of it. */
async function findMergeBase(base: string, head: string, options: RevisionOptions): Promise<CommonAncestor> {
  const { event, history, client } = options;
  if (client !== null) {
    try {
      const { data } = await client.rest.repos.compareCommitsWithBasehead({
        owner: event.owner,
        repo: event.repository,
        basehead: `${base}...${head}`,
        per_page: 1,
      });
      if (isSha(data.merge_base_commit?.sha)) {
        return { sha: data.merge_base_commit.sha, isUnrelated: false };
      }
    } catch (error) {
      if (!isApiError(error)) throw error;
      if (error.status === 404 && /no common ancestor/i.test(error.message)) {
        return { sha: null, isUnrelated: true };
      }
      client.log.info(`No merge base from GitHub: ${describeApiError(error, 'contents: read')}`);
    }
  }
  const baseSha = isSha(base) ? base : await findRemoteBranch(base, history);
  if (baseSha === null) return { sha: null, isUnrelated: false };
  const sha = await history.mergeBase(baseSha, head);
  const isUnrelated = sha === null && (await hasWholeHistory([baseSha, head], history));
  return { sha, isUnrelated };
}

interface CommonAncestor {
  /** The best one; null when none is known. */
  readonly sha: string | null;
  /** Whether it is certain that there is none. */
  readonly isUnrelated: boolean;
}

async function hasWholeHistory(shas: readonly string[], history: LocalHistory): Promise<boolean> {
  for (const sha of shas) if (!(await history.hasCommit(sha))) return false;
  return !(await history.isShallow());
}

/** Null too for a name that git would not take, which a branch of a server may have. */
async function findRemoteBranch(branch: string, history: LocalHistory): Promise<string | null> {
  try {
    return await history.resolveCommit(`origin/${branch}`);
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
    return null;
  }
}

async function resolveBase(name: string, options: RevisionOptions): Promise<BaseChoice> {
  if (name === 'none') return { base: null, notes: [] };
  if (isSha(name)) return { base: { sha: name, label: short(name) }, notes: [] };
  const sha = await resolveName(name, options).catch((cause: unknown) => {
    throw cause instanceof UserError ? new UserError(`base: ${cause.message}`, { cause }) : cause;
  });
  if (sha !== null) return { base: { sha, label: name }, notes: [] };
  throw new UserError(
    `base: ${JSON.stringify(name)} is no commit, branch or tag of this repository. Accepted are those, a full commit id, and \`none\`.`,
  );
}

async function resolveName(name: string, options: RevisionOptions): Promise<string | null> {
  const { history } = options;
  const here = (await history.resolveCommit(name)) ?? (await history.resolveCommit(`origin/${name}`));
  return here ?? (await options.resolveRemoteName?.(name)) ?? null;
}

function branchName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, '');
}

function short(sha: string): string {
  return sha.slice(0, 12);
}
