/** A check run: a page of text beside a commit, which branch protection can ask for. Only apps can make one. */
import { describeApiError, isAnswerLost, isApiError } from '../github/api-error.ts';
import type { GitHubClient } from '../github/client.ts';
import type { RenderedAnnotation } from '../render/annotations.ts';
import { cutMarkdown } from '../render/cut-markdown.ts';
import { plainLine, safeUrl } from '../render/escape.ts';
import { LONGEST_CHECK_TEXT } from '../render/markdown.ts';
import { type PublishResult, skipped } from './publisher.ts';

export interface CheckRunStart {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repository: string;
  readonly name: string;
  /** Full id of the commit that people see, not of a test merge. */
  readonly headSha: string;
  /** Where "details" leads; null or no https address: to GitHub's page of the run. */
  readonly detailsUrl: string | null;
}

export interface CheckRunConclusion {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repository: string;
  readonly id: number;
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'cancelled';
  /** Plain text. */
  readonly title: string;
  /** Markdown; what is longer than GitHub takes is cut. */
  readonly summary: string;
  readonly text?: string;
  readonly annotations: readonly RenderedAnnotation[];
}

const PERMISSION = 'checks: write';
const ANNOTATIONS_PER_REQUEST = 50;
/** Ten requests; what a reader would look through is far below. */
const MOST_ANNOTATIONS = 500;
const LONGEST_TITLE = 255;
const LONGEST_ANNOTATION_TITLE = 255;
/** GitHub takes 64 KB. */
const LONGEST_MESSAGE = 16_000;

/** Starts it as `in_progress`: whoever calls this has to conclude it, whatever happens. */
export async function startCheckRun(
  start: CheckRunStart,
): Promise<{ readonly ok: true; readonly id: number } | { readonly ok: false; readonly reason: string }> {
  const externalId = crypto.randomUUID();
  try {
    return { ok: true, id: await createOnce(start, externalId) };
  } catch (error) {
    if (!isApiError(error)) throw error;
    return { ok: false, reason: `No check run "${start.name}": ${describeApiError(error, PERMISSION)}` };
  }
}

/** A request whose answer got lost may have been carried out, and nobody would conclude what it made: so we look. */
async function createOnce(start: CheckRunStart, externalId: string): Promise<number> {
  const { client, owner, repository, name, headSha } = start;
  const detailsUrl = safeUrl(start.detailsUrl);
  const create = async () => {
    const { data } = await client.rest.checks.create({
      owner,
      repo: repository,
      name,
      head_sha: headSha,
      external_id: externalId,
      status: 'in_progress',
      ...(detailsUrl === null ? {} : { details_url: detailsUrl }),
      request: { retries: 0 },
    });
    return data.id;
  };
  try {
    return await create();
  } catch (error) {
    if (!isApiError(error) || !isAnswerLost(error)) throw error;
    const { data } = await client.rest.checks.listForRef({
      owner,
      repo: repository,
      ref: headSha,
      check_name: name,
      filter: 'all',
      per_page: 100,
    });
    const made = data.check_runs.find((run) => run.external_id === externalId);
    return made?.id ?? (await create());
  }
}

/**
 * Concludes it with the first annotations, and adds the others: whatever fails then, it is concluded. When GitHub does
 * not take the texts, it is concluded with the title alone. What GitHub refuses altogether is a `skipped`.
 */
export async function concludeCheckRun(conclusion: CheckRunConclusion): Promise<PublishResult> {
  const annotations = conclusion.annotations.slice(0, MOST_ANNOTATIONS);
  const [first = [], ...others] = inRequests(annotations);
  let concluded: PublishResult;
  try {
    concluded = await conclude(conclusion, first);
  } catch (error) {
    if (!isApiError(error)) throw error;
    return skipped(`The check run was not concluded: ${describeApiError(error, PERMISSION)}`);
  }
  if (concluded.reason !== undefined) return concluded;
  let sent = first.length;
  try {
    for (const some of others) {
      await update(conclusion, some, sent);
      sent += some.length;
    }
  } catch (error) {
    if (!isApiError(error)) throw error;
    const missing = `${annotations.length - sent} of ${annotations.length} annotations are missing`;
    return { ...concluded, reason: `${missing}: ${describeApiError(error, PERMISSION)}` };
  }
  return concluded;
}

async function conclude(
  conclusion: CheckRunConclusion,
  first: readonly RenderedAnnotation[],
): Promise<PublishResult> {
  try {
    return { status: 'updated', url: await update(conclusion, first, 0) };
  } catch (error) {
    if (!isApiError(error) || error.status !== 422) throw error;
    const { text: _text, ...bare } = conclusion;
    const summary = 'GitHub did not take the text of this check. It is in the job summary.';
    const url = await update({ ...bare, summary }, [], 0);
    return { status: 'updated', url, reason: `The check run has no text: ${describeApiError(error)}` };
  }
}

/**
 * Sends all texts, which replace those that are there, and some more annotations, which are added to them: so a
 * request is not sent again before we know that it was not carried out.
 * @param before annotations that were sent before these
 * @returns the check run's address
 */
async function update(
  conclusion: CheckRunConclusion,
  annotations: readonly RenderedAnnotation[],
  before: number,
): Promise<string | null> {
  const { client, owner, repository, id, title, summary, text } = conclusion;
  const run = { owner, repo: repository, check_run_id: id };
  const send = async () => {
    const { data } = await client.rest.checks.update({
      ...run,
      status: 'completed',
      conclusion: conclusion.conclusion,
      output: {
        title: plainLine(title, LONGEST_TITLE),
        summary: cutMarkdown(summary, LONGEST_CHECK_TEXT),
        ...(text === undefined ? {} : { text: cutMarkdown(text, LONGEST_CHECK_TEXT) }),
        ...(annotations.length === 0 ? {} : { annotations: annotations.map(toRequest) }),
      },
      ...(annotations.length === 0 ? {} : { request: { retries: 0 } }),
    });
    return data.html_url;
  };
  try {
    return await send();
  } catch (error) {
    if (annotations.length === 0 || !isApiError(error) || !isAnswerLost(error)) throw error;
    const { data } = await client.rest.checks.get(run);
    const isDone = data.conclusion !== null && data.output.annotations_count >= before + annotations.length;
    return isDone ? data.html_url : send();
  }
}

function inRequests(annotations: readonly RenderedAnnotation[]): RenderedAnnotation[][] {
  return Array.from({ length: Math.ceil(annotations.length / ANNOTATIONS_PER_REQUEST) }, (_, i) =>
    annotations.slice(i * ANNOTATIONS_PER_REQUEST, (i + 1) * ANNOTATIONS_PER_REQUEST),
  );
}

function toRequest({ path, line, level, title, message }: RenderedAnnotation) {
  return {
    path,
    start_line: line,
    end_line: line,
    annotation_level: level,
    title: plainLine(title, LONGEST_ANNOTATION_TITLE),
    message: message.slice(0, LONGEST_MESSAGE).toWellFormed(),
  };
}
