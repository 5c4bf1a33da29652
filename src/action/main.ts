import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as core from '@actions/core';
import { readDemanglerWasm, readViewer } from '../assets.ts';
import { type Comparison, compare } from '../commands/compare.ts';
import { diffToFolded } from '../diff/diff-to-folded.ts';
import { CancelledError, CommandError, UserError } from '../errors.ts';
import { createGitHubClient } from '../github/client.ts';
import { type EventContext, parseEvent, refuseUntrustedEvent } from '../github/event.ts';
import { chooseRevisions } from '../github/revisions.ts';
import type { Log } from '../log.ts';
import { writeReportFiles } from '../publish/directory.ts';
import { publishStickyComment } from '../publish/sticky-comment.ts';
import { headline } from '../render/headline.ts';
import { commentMarker } from '../render/markdown.ts';
import { renderReport } from '../render/render-report.ts';
import type { Report, Verdict } from '../report/report.ts';
import { readActionInputs, variableOf } from '../settings/action-inputs.ts';
import type { ActionSettings } from '../settings/settings.ts';
import { createDemangler } from '../symbols/demangle.ts';
import { createFunctionNamer } from '../symbols/normalise-function.ts';
import { createTracker } from '../trackers/index.ts';
import { childEnvironment } from '../workspace/environment.ts';
import { openRepository } from '../workspace/git.ts';
import { type RemoteAccess, resolveRemoteName } from '../workspace/remote.ts';
import { snapshotRunnerFiles } from '../workspace/runner-files.ts';

export interface ActionWorld {
  /** The whole environment that the runner gave, secrets included. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * One step of a workflow: measure, report, post. Sets every output on every path, and the exit code by the verdict.
 */
export async function runAction(world: ActionWorld): Promise<void> {
  const outputs = new Map<string, string>(OUTPUT_NAMES.map((name) => [name, '']));
  try {
    const settings = readActionInputs(world.environment);
    const verdict = await measureAndPublish(settings, world, outputs);
    outputs.set('verdict', verdict);
  } catch (error) {
    outputs.set('verdict', error instanceof CancelledError ? 'cancelled' : 'failed');
    failWith(error, world.log);
  } finally {
    for (const [name, value] of outputs) core.setOutput(name, value);
  }
}

/** Every output of action.yml; a test holds the two together. */
export const OUTPUT_NAMES = [
  'verdict',
  'headline',
  'totals',
  'report-path',
  'flamegraph-path',
  'json-path',
  'comment-url',
] as const;

function failWith(error: unknown, log: Log): void {
  if (!(error instanceof UserError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.info(text);
    core.setFailed(`this is a bug of memtrack, please report it: ${text.split('\n')[0]}`);
    return;
  }
  if (error instanceof CommandError) for (const line of error.failure.lastLines) log.info(line);
  core.setFailed(error.message);
}

async function measureAndPublish(
  settings: ActionSettings,
  world: ActionWorld,
  outputs: Map<string, string>,
): Promise<Verdict> {
  const { environment, log, signal } = world;
  const token = environment[variableOf('github-token')]?.trim() || null;
  if (token !== null) core.setSecret(token);
  refuseUntrustedEvent(environment.GITHUB_EVENT_NAME ?? '');
  const event = await readEvent(environment);
  const temporary = environment.RUNNER_TEMP;
  const workspace = environment.GITHUB_WORKSPACE;
  if (!temporary || !workspace) {
    throw new UserError(
      'RUNNER_TEMP and GITHUB_WORKSPACE are not set: this runs as a step of a GitHub workflow only',
    );
  }
  const repository = await openRepository(workspace, { environment, log, signal });
  const client =
    token === null
      ? null
      : createGitHubClient({ token, apiUrl: environment.GITHUB_API_URL ?? '', log, signal });
  const fetch: RemoteAccess = { token, serverUrl: environment.GITHUB_SERVER_URL ?? 'https://github.com' };
  const revisions = await chooseRevisions({
    event,
    history: repository,
    client,
    base: settings.base,
    resolveRemoteName: (name) => resolveRemoteName(repository, name, fetch),
  });
  const runnerFiles = await snapshotRunnerFiles(environment);
  const secrets = token === null ? [] : [token];
  const childrensEnvironment = childEnvironment(environment, secrets);
  const comparison = await compare(
    {
      base: revisions.base && {
        commit: revisions.base.sha,
        revision: { sha: revisions.base.sha, label: revisions.base.label },
      },
      head: {
        commit: revisions.head.sha,
        revision: { sha: revisions.postSha, label: revisions.head.label },
      },
      settings,
      repositoryUrl: repositoryUrl(environment),
      notes: revisions.notes,
    },
    {
      environment: childrensEnvironment,
      tracker: createTracker(childrensEnvironment),
      nameFunction: createFunctionNamer(createDemangler(await readDemanglerWasm())),
      repository,
      fetch,
      directory: join(temporary, 'memtrack'),
      log,
      signal,
    },
  );
  for (const name of await runnerFiles.restore()) {
    log.warning(`the measured program wrote to the runner's file ${name}; that was undone`);
  }
  await publish(comparison, settings, { ...world, event, client, temporary, outputs });
  conclude(comparison.report, log);
  return comparison.report.verdict;
}

async function readEvent(environment: ActionWorld['environment']): Promise<EventContext> {
  const path = environment.GITHUB_EVENT_PATH;
  let payload: unknown = null;
  try {
    if (path) payload = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UserError(`the event at GITHUB_EVENT_PATH cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return parseEvent({
    name: environment.GITHUB_EVENT_NAME ?? '',
    payload,
    repository: environment.GITHUB_REPOSITORY ?? '',
  });
}

function repositoryUrl(environment: ActionWorld['environment']): string | null {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = environment;
  return server && name ? `${server}/${name}` : null;
}

interface PublishWorld extends ActionWorld {
  readonly event: EventContext;
  readonly client: ReturnType<typeof createGitHubClient> | null;
  readonly temporary: string;
  readonly outputs: Map<string, string>;
}

/** Files and summary first: a comment that cannot be posted loses nothing. */
async function publish(
  { report, diff, lines }: Comparison,
  settings: ActionSettings,
  world: PublishWorld,
): Promise<void> {
  const { environment, log, outputs } = world;
  const sources = new Map(diff === null ? [] : [[settings.name, { diff, lines }]]);
  const rendered = await renderReport(report, {
    links: { report: null },
    commentName: settings.name,
    interactive: { viewer: await readViewer(), sources },
  });
  const folder = join(world.temporary, 'memtrack-report', encodeURIComponent(settings.name));
  const files = await writeReportFiles(folder, rendered, diff && diffToFolded(diff, settings.metric));
  outputs.set('headline', headline(report));
  outputs.set('totals', totalsJson(report));
  outputs.set('report-path', files.html);
  outputs.set('flamegraph-path', files.svg ?? '');
  outputs.set('json-path', files.json);
  if (environment.GITHUB_STEP_SUMMARY) await core.summary.addRaw(rendered.summaryMarkdown, true).write();
  await postComment(report, rendered.commentMarkdown, settings, world);
  log.info(`${headline(report)} · report: ${files.html}`);
}

async function postComment(
  report: Report,
  body: string,
  settings: ActionSettings,
  { event, client, log, outputs }: PublishWorld,
): Promise<void> {
  if (event.kind !== 'pull_request' || settings.comment === 'never') return;
  if (client === null) {
    log.notice('no comment was written: the input `github-token` is empty');
    return;
  }
  const createWhenMissing = settings.comment === 'always' || report.verdict !== 'unchanged';
  const result = await publishStickyComment({
    client,
    owner: event.owner,
    repository: event.repository,
    number: event.number,
    marker: commentMarker(settings.name),
    body,
    createWhenMissing,
  });
  outputs.set('comment-url', result.url ?? '');
  if (result.reason === undefined || !createWhenMissing) return;
  const message = `no comment was written: ${result.reason}`;
  if (settings.failOnPostError) core.setFailed(message);
  else log.notice(message);
}

/** JSON of each metric's base, head and delta: `{"allocated":{"base":2000000,"head":300000,"delta":-1700000}, …}` */
function totalsJson(report: Report): string {
  const metrics = report.benchmarks[0]?.metrics ?? [];
  return JSON.stringify(
    Object.fromEntries(metrics.map(({ metric, base, head, delta }) => [metric.id, { base, head, delta }])),
  );
}

/** The step fails when head failed or went over a limit, and says which. */
function conclude(report: Report, log: Log): void {
  for (const { headFailure, metrics } of report.benchmarks) {
    if (headFailure !== null) {
      for (const line of headFailure.lastLines) log.info(line);
      core.setFailed(`head ${PHASE_WORDS[headFailure.phase]}: ${headFailure.message}`);
    }
    for (const { metric, limit } of metrics) {
      if (limit?.isExceeded) {
        core.setFailed(`${headline(report)}: ${metric.id} is over its limit, ${limit.kind}: ${limit.text}`);
      }
    }
  }
}

const PHASE_WORDS = {
  checkout: 'could not be checked out',
  build: 'could not be built',
  run: 'could not be measured',
} as const;
