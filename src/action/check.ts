import * as core from '@actions/core';
import { CancelledError, SettingsError, UserError } from '../errors.ts';
import { isSha } from '../github/event.ts';
import { concludeCheckRun, startCheckRun } from '../publish/check-run.ts';
import { publishCommitStatus } from '../publish/commit-status.ts';
import { type PublishResult, skipped } from '../publish/publisher.ts';
import type { RenderedAnnotation } from '../render/annotations.ts';
import type { CheckOutcome } from '../render/check-texts.ts';
import type { StatusKind } from '../settings/settings.ts';
import type { RunnerJob } from './job.ts';

/** What a commit's check says in the end. */
export interface CheckConclusion extends CheckOutcome {
  /** Markdown; shown by check runs only, like the annotations. */
  readonly summary: string;
  readonly annotations: readonly RenderedAnnotation[];
  /** Where a commit status leads to from now on; left out or null: as before. */
  readonly targetUrl?: string | null;
}

/** The check beside the commit: pending from the moment it is opened, until it is concluded. */
export interface Check {
  /** @returns null when there is no check to conclude */
  conclude(conclusion: CheckConclusion): Promise<PublishResult | null>;
}

export interface CheckOptions {
  readonly kind: StatusKind;
  /** Of the benchmark, or of all of them together: the input `name`. */
  readonly name: string;
  /** The commit that people see: never a test merge. */
  readonly sha: string;
  /** Where the status leads to. */
  readonly targetUrl: string;
  /** False: it is concluded right away, so nobody needs to see it pending. */
  readonly isPendingShown: boolean;
}

/** The state by which the post step finds a check that was left open. */
const STATE = 'open-check';

/** What `post` knows of a check that this step left open. */
type OpenCheck =
  | { readonly kind: 'check-run'; readonly id: number }
  | { readonly kind: 'commit-status'; readonly sha: string };

/**
 * Opens the check. What GitHub refuses is said when it is concluded: by then GitHub may be back, so it is asked again.
 */
export async function openCheck(options: CheckOptions, job: RunnerJob): Promise<Check> {
  const { kind, sha } = options;
  const { client, owner, repository } = job;
  if (kind === 'none') return { conclude: async () => null };
  if (client === null) {
    const reason = `No ${kind === 'check-run' ? 'check run' : 'commit status'}: the input \`github-token\` is empty.`;
    return { conclude: async () => skipped(reason) };
  }
  const where = { client, owner, repository };
  if (kind === 'commit-status') {
    const status = { ...where, sha, context: statusContext(options.name), targetUrl: options.targetUrl };
    if (options.isPendingShown) {
      const shown = await publishCommitStatus({ ...status, state: 'pending', description: 'Measuring …' });
      if (shown.status !== 'skipped') remember({ kind, sha });
    }
    return {
      async conclude({ state, title, targetUrl }) {
        const result = await publishCommitStatus({
          ...status,
          state,
          description: title,
          targetUrl: targetUrl ?? status.targetUrl,
        });
        if (result.status !== 'skipped') forget();
        return result;
      },
    };
  }
  const name = checkRunName(options.name);
  const start = async () => {
    const started = await startCheckRun({ ...where, name, headSha: sha, detailsUrl: options.targetUrl });
    if (started.ok) remember({ kind, id: started.id });
    return started;
  };
  const first = await start();
  return {
    async conclude({ conclusion, title, summary, annotations }) {
      const started = first.ok ? first : await start();
      if (!started.ok) return skipped(started.reason);
      const { id } = started;
      const result = await concludeCheckRun({ ...where, id, conclusion, title, summary, annotations });
      if (result.status !== 'skipped') forget();
      return result;
    },
  };
}

/** A check that was opened is concluded, whatever happens; but after a cancellation the post step does it. */
export async function concludingFailures<T>(check: Check, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CancelledError)) await check.conclude(failureOf(error));
    throw error;
  }
}

/** As `concludingFailures`, for work before which it is not known yet what to open: only a failure is shown. */
export async function showingFailures<T>(
  options: Omit<CheckOptions, 'isPendingShown'>,
  job: RunnerJob,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CancelledError)) {
      const check = await openCheck({ ...options, isPendingShown: false }, job);
      await check.conclude(failureOf(error));
    }
    throw error;
  }
}

function failureOf(error: unknown): CheckConclusion {
  return {
    state: 'error',
    conclusion: 'failure',
    title: failureTitle(error),
    summary: 'There is no result: see the log of the job.',
    annotations: [],
  };
}

/** One line, which commit statuses cut: what has to be seen comes first. */
function failureTitle(error: unknown): string {
  if (!(error instanceof UserError)) return 'memtrack failed: see the log of the job';
  const [first = '', ...others] =
    error instanceof SettingsError ? error.problems : error.message.split('\n', 1);
  const more = others.length === 0 ? '' : `${others.length + 1} problems, the first: `;
  return more + first.split('\n')[0];
}

/** Concludes a check that the main step left open: it was cancelled or killed, or GitHub did not take the result. */
export async function concludeOpenCheck(
  state: string,
  name: string,
  { client, owner, repository, runUrl }: RunnerJob,
): Promise<PublishResult | null> {
  const open = parseOpenCheck(state);
  if (open === null || client === null) return null;
  const where = { client, owner, repository };
  const title = 'No result: the job was cancelled, or GitHub did not take it';
  if (open.kind === 'check-run') {
    const summary = `The job ended before its result was here: [its log](${runUrl}).`;
    return concludeCheckRun({
      ...where,
      id: open.id,
      conclusion: 'cancelled',
      title,
      summary,
      annotations: [],
    });
  }
  const context = statusContext(name);
  return publishCommitStatus({
    ...where,
    sha: open.sha,
    context,
    state: 'error',
    description: title,
    targetUrl: runUrl,
  });
}

/** What the step said of its check for the time after the job; '' when it has opened none, or has concluded it. */
export function readOpenCheckState(): string {
  return core.getState(STATE);
}

function remember(open: OpenCheck): void {
  core.saveState(STATE, JSON.stringify(open));
}

function forget(): void {
  core.saveState(STATE, '');
}

/** The measured program may have written to the file of states: only what can be ours is believed. */
function parseOpenCheck(state: string): OpenCheck | null {
  if (state === '' || state.length > 200) return null;
  try {
    const { kind, id, sha } = JSON.parse(state) as { kind?: unknown; id?: unknown; sha?: unknown };
    if (kind === 'check-run' && typeof id === 'number' && Number.isSafeInteger(id) && id > 0)
      return { kind, id };
    return kind === 'commit-status' && isSha(sha) ? { kind, sha } : null;
  } catch {
    return null;
  }
}

/** Stable: branch protection asks for it by name. A status and a check run of one name would both be required. */
function statusContext(name: string): string {
  return `memtrack/${name}`;
}

function checkRunName(name: string): string {
  return `memtrack / ${name}`;
}
