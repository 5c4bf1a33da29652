/** Which two commits an event is about, and which one its results belong to. */
import { UserError } from '../errors.ts';
import { describeApiError, isApiError } from './api-error.ts';
import type { GitHubClient } from './client.ts';
import { type EventContext, isSha, type PullRequestEvent } from './event.ts';

/** What is known about commits in the workspace; `Repository` is one. */
export interface LocalHistory {
  /** What is checked out. */
  headCommit(): Promise<string>;
  parentsOf(sha: string): Promise<readonly string[]>;
  /** Null when none is known here. */
  mergeBase(one: string, other: string): Promise<string | null>;
  /** Null for a name that is not known here. @throws UserError for what cannot be a name */
  resolveCommit(name: string): Promise<string | null>;
}

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
  readonly event: EventContext;
  readonly history: LocalHistory;
  /** Null: GitHub is not asked. */
  readonly client: GitHubClient | null;
  /** The `base` input: a commit, branch or tag, `none`, or null when it was not given. */
  readonly base: string | null;
  /** Asks the remote for a branch or tag that the clone does not have. */
  readonly resolveRemoteName?: (name: string) => Promise<string | null>;
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

/** @throws UserError when the input `base` names nothing, or nothing is checked out */
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
      const { before } = event;
      const head = { sha: event.after, label: branchName(event.ref) };
      const findBase = async (): Promise<BaseChoice> =>
        before === null
          ? findDefaultBranchBase(head, options)
          : { base: { sha: before, label: `${head.label} before` }, notes: [] };
      return { head, postSha: head.sha, notes: [], findBase };
    }
    case 'other': {
      const label = event.ref === null ? 'HEAD' : branchName(event.ref);
      const head = { sha: await history.headCommit(), label };
      return { head, postSha: head.sha, notes: [], findBase: () => findDefaultBranchBase(head, options) };
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
  const mergeBase = await findMergeBase(baseSha, headSha, options);
  if (mergeBase !== null) return { base: { sha: mergeBase, label: baseRef }, notes: [] };
  const note = `Where this branch left ${baseRef} is not known, so it is compared with the tip of ${baseRef}: changes made there since show up too, the other way round.`;
  return { base: { sha: baseSha, label: baseRef }, notes: [note] };
}

async function findDefaultBranchBase(head: RevisionChoice, options: RevisionOptions): Promise<BaseChoice> {
  const { defaultBranch } = options.event;
  const isDefaultBranch = defaultBranch === null || head.label === defaultBranch;
  const mergeBase = isDefaultBranch ? null : await findMergeBase(defaultBranch, head.sha, options);
  if (mergeBase !== null && mergeBase !== head.sha) {
    return { base: { sha: mergeBase, label: defaultBranch ?? '' }, notes: [] };
  }
  const note = `Nothing is known that ${head.label} (${short(head.sha)}) could be compared with. The input \`base\` can name a commit.`;
  return { base: null, notes: [note] };
}

/** GitHub knows the whole history; the clone often has one commit of it. */
async function findMergeBase(base: string, head: string, options: RevisionOptions): Promise<string | null> {
  const { event, history, client } = options;
  if (client !== null) {
    try {
      const { data } = await client.rest.repos.compareCommitsWithBasehead({
        owner: event.owner,
        repo: event.repository,
        basehead: `${base}...${head}`,
        per_page: 1,
      });
      if (isSha(data.merge_base_commit?.sha)) return data.merge_base_commit.sha;
    } catch (error) {
      if (!isApiError(error)) throw error;
      client.log.info(`No merge base from GitHub: ${describeApiError(error, 'contents: read')}`);
    }
  }
  const baseSha = isSha(base) ? base : await history.resolveCommit(`origin/${base}`);
  return baseSha === null ? null : history.mergeBase(baseSha, head);
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
