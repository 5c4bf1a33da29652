/** The one comment on a pull request that is ours, edited from run to run. */
import { type ApiError, describeApiError, isAnswerLost, isApiError } from '../github/api-error.ts';
import type { GitHubClient } from '../github/client.ts';
import { commentBody, isNewerRun, type RunNumber, readState, visibleBody } from './comment-state.ts';
import { type PublishResult, skipped } from './publisher.ts';

export interface StickyCommentOptions {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repository: string;
  /** Of the pull request. */
  readonly number: number;
  /** Invisible text that tells our comment from all others; `body` starts with it. */
  readonly marker: string;
  readonly body: string;
  /** Whose result `body` is: what a newer run wrote stays. */
  readonly run: RunNumber;
  /** False: only a comment that is there already is brought up to date. */
  readonly createWhenMissing: boolean;
}

/** The fields we use of a comment. */
interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly html_url: string;
  readonly user: { readonly login: string; readonly type: string } | null;
}

/** Who writes with the token that every workflow has. */
const WORKFLOW_BOT = 'github-actions[bot]';
const PERMISSION = 'pull-requests: write';
/** 10,000 comments. */
const MAX_PAGES = 100;

/**
 * Creates or updates the comment; `unchanged` when people see what they saw before. What GitHub refuses is a `skipped`
 * with the reason, and so is the result of a run that is older than the one whose result is there.
 */
export async function publishStickyComment(options: StickyCommentOptions): Promise<PublishResult> {
  if (!options.body.startsWith(options.marker)) throw new Error('A sticky comment starts with its marker.');
  try {
    const existing = await findComment(options);
    if (existing !== null) return await bringUpToDate(existing, options);
    if (options.createWhenMissing) return await createComment(options);
    return skipped('There is no comment yet, and nothing to say that would ask for one.');
  } catch (error) {
    if (!isApiError(error)) throw error;
    const reason = isLocked(error)
      ? 'its conversation is locked, so GitHub takes no comment from a workflow. Unlock it, or read the result in the job summary.'
      : describeApiError(error, PERMISSION);
    return skipped(`No comment on #${options.number}: ${reason}`);
  }
}

/** "Unable to create comment because issue is locked." */
function isLocked({ status, message }: ApiError): boolean {
  return (status === 403 || status === 422) && /\blocked\b/i.test(message.slice(0, 1000));
}

/**
 * The oldest comment that starts with the marker and is ours. Anybody can write the marker, so the author decides;
 * who we are is asked only when it is not plain.
 */
async function findComment(options: StickyCommentOptions): Promise<Comment | null> {
  const { client, owner, repository, number, marker } = options;
  const parameters = { owner, repo: repository, issue_number: number, per_page: 100 };
  const byOthers: Comment[] = [];
  let pages = 0;
  for await (const page of client.paginate.iterator(client.rest.issues.listComments, parameters)) {
    for (const comment of page.data as readonly Comment[]) {
      if (!comment.body?.startsWith(marker) || !comment.user) continue;
      if (comment.user.type === 'Bot' && comment.user.login === WORKFLOW_BOT) return comment;
      byOthers.push(comment);
    }
    pages += 1;
    if (pages === MAX_PAGES) break;
  }
  const users = byOthers.filter((comment) => comment.user?.type !== 'Bot');
  const user = users.length > 0 ? await askUserName(client) : null;
  const bots = byOthers.filter((comment) => comment.user?.type === 'Bot');
  const bot = bots.length > 0 && user === null ? await askBotName(client) : null;
  const isOurs = (comment: Comment) =>
    comment.user?.type === 'Bot' ? comment.user.login === bot : comment.user?.login === user;
  return byOthers.find(isOurs) ?? null;
}

/** Whose token this is, or null when it belongs to no person. */
async function askUserName(client: GitHubClient): Promise<string | null> {
  try {
    return (await client.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    if (!isApiError(error)) throw error;
    return null;
  }
}

/** The bot of the app that this token belongs to. The REST API does not tell apps who they are. */
async function askBotName(client: GitHubClient): Promise<string | null> {
  try {
    const { viewer } = await client.graphql<{ viewer: { login: string } }>('{ viewer { login } }');
    return viewer.login.endsWith('[bot]') ? viewer.login : `${viewer.login}[bot]`;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return null;
  }
}

async function bringUpToDate(existing: Comment, options: StickyCommentOptions): Promise<PublishResult> {
  const { client, owner, repository, marker, run } = options;
  const found = existing.body ?? '';
  const state = readState(found, marker);
  if (state !== null && isNewerRun(state, run)) {
    const newer = `run ${state.id}, attempt ${state.attempt}`;
    return skipped(`The comment on #${options.number} has the result of a newer run (${newer}) already.`);
  }
  const isSame = visibleBody(found, marker) === visibleBody(options.body, marker);
  // Also of the same text the run is noted, so that one between the two does not take its place.
  if (isSame && state !== null && !isNewerRun(run, state)) {
    return { status: 'unchanged', url: existing.html_url };
  }
  try {
    const { data } = await client.rest.issues.updateComment({
      owner,
      repo: repository,
      comment_id: existing.id,
      body: commentBody(options),
    });
    return { status: isSame ? 'unchanged' : 'updated', url: data.html_url };
  } catch (error) {
    // Somebody deleted it since we looked.
    if (isApiError(error) && error.status === 404 && options.createWhenMissing) return createComment(options);
    throw error;
  }
}

async function createComment(options: StickyCommentOptions): Promise<PublishResult> {
  const created = await createOnce(options);
  // Another run may have done the same at the same time. The older comment stays.
  const oldest = await findComment(options);
  const isOldest = oldest === null || oldest.id >= created.id;
  if (isOldest && isSameText(created.body ?? '', commentBody(options))) {
    return { status: 'created', url: created.html_url };
  }
  try {
    const result = await bringUpToDate(oldest ?? created, { ...options, createWhenMissing: false });
    if (!isOldest) await deleteComment(created, options);
    return result;
  } catch (error) {
    // The older one is gone by now, and ours is there.
    if (isApiError(error) && error.status === 404) return { status: 'created', url: created.html_url };
    throw error;
  }
}

/** Two comments are a blemish: no reason to say that nothing was written. */
async function deleteComment({ id }: Comment, { client, owner, repository }: StickyCommentOptions) {
  try {
    await client.rest.issues.deleteComment({ owner, repo: repository, comment_id: id });
  } catch (error) {
    if (!isApiError(error)) throw error;
    client.log.warn(`Comment ${id} could not be deleted: ${describeApiError(error, PERMISSION)}`);
  }
}

/**
 * A request whose answer got lost may have been carried out: before asking again we look.
 * @returns the new comment, or another one of ours that appeared meanwhile
 */
async function createOnce(options: StickyCommentOptions): Promise<Comment> {
  try {
    return await postComment(options);
  } catch (error) {
    if (!isApiError(error) || !isAnswerLost(error)) throw error;
    return (await findComment(options)) ?? (await postComment(options));
  }
}

async function postComment(options: StickyCommentOptions): Promise<Comment> {
  const { client, owner, repository, number } = options;
  const { data } = await client.rest.issues.createComment({
    owner,
    repo: repository,
    issue_number: number,
    body: commentBody(options),
    request: { retries: 0 },
  });
  return data as Comment;
}

/** GitHub may hand back other ends of lines, or none at the end. */
function isSameText(one: string, other: string): boolean {
  return one.replaceAll('\r\n', '\n').trimEnd() === other.replaceAll('\r\n', '\n').trimEnd();
}
