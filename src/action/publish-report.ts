import { copyFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as core from '@actions/core';
import { artifactBaseName } from '../artifacts/measurement-artifact.ts';
import { uploadFiles } from '../artifacts/upload.ts';
import { readViewer } from '../assets.ts';
import type { Comparison } from '../commands/report-measurements.ts';
import { diffToFolded } from '../diff/diff-to-folded.ts';
import { type ReportFiles, writeReportFiles } from '../publish/directory.ts';
import { publishImage } from '../publish/image-branch.ts';
import { publishStickyComment } from '../publish/sticky-comment.ts';
import { renderAnnotations } from '../render/annotations.ts';
import { checkOutcome } from '../render/check-texts.ts';
import { headline } from '../render/headline.ts';
import type { ReportLinks } from '../render/links.ts';
import { commentMarker, renderCheckSummary, renderComment, renderSummary } from '../render/markdown.ts';
import { renderReport } from '../render/render-report.ts';
import type { Report } from '../report/report.ts';
import type { ActionSettings } from '../settings/settings.ts';
import { failStep } from './action-log.ts';
import type { Check } from './check.ts';
import { reportDirectory } from './directories.ts';
import type { Job } from './job.ts';
import type { Outputs } from './outputs.ts';
import { writeSummary } from './summary.ts';

/** Where a report belongs, and who may see it. */
export interface Audience {
  /** Pull requests that get the comment; none on a push, say. */
  readonly pulls: readonly number[];
  /** The run that measured: a comment of a newer one is left alone. */
  readonly run: Job['run'];
  /** Of the measured commit. */
  readonly check: Check;
  /** Whether annotations of this job's own log are shown on the measured commit. */
  readonly isOwnCommit: boolean;
}

/**
 * Shows the report everywhere it belongs. Files, outputs and summary come first, so that nothing is lost where GitHub
 * refuses the rest; what it refused is said once, at the end.
 */
export async function publishReport(
  comparison: Comparison,
  settings: ActionSettings,
  audience: Audience,
  job: Job,
  outputs: Outputs,
): Promise<void> {
  const { report } = comparison;
  const { log } = job;
  const problems: string[] = [];
  const { files, svg } = await log.phase('Drawing the report', () => writeFiles(comparison, settings, job));
  outputs.set('headline', headline(report));
  outputs.set('totals', totalsJson(report));
  outputs.set('report-path', files.html);
  outputs.set('flamegraph-path', files.svg);
  outputs.set('json-path', files.json);

  const reportUrl = settings.upload ? await upload(files, settings, job, problems) : null;
  outputs.set('report-url', reportUrl);
  const image = await publishPicture(svg, settings, audience, job, problems);
  const links: ReportLinks = { report: reportUrl, image };
  await writeSummary(renderSummary(report, links), job);
  outputs.set('comment-url', await comment(report, links, files, settings, audience, job, problems));

  const annotations = settings.annotations ? renderAnnotations(report, {}) : [];
  const summary = renderCheckSummary(report, links);
  const concluded = await audience.check.conclude({
    ...checkOutcome(report),
    summary,
    annotations,
    targetUrl: reportUrl,
  });
  if (concluded?.reason !== undefined) problems.push(concluded.reason);
  // A check run shows them itself.
  if (settings.status !== 'check-run' && audience.isOwnCommit) {
    for (const { path, line, level, title, message } of annotations) {
      const show = level === 'warning' ? core.warning : core.notice;
      show(message, { file: path, startLine: line, title });
    }
  }
  sayProblems(problems, settings, job);
  log.info(`${headline(report)} · report: ${reportUrl ?? files.html}`);
}

/** Says what could not be posted: once, and as an error only where that was asked for. */
export function sayProblems(
  problems: readonly string[],
  settings: Pick<ActionSettings, 'failOnPostError'>,
  { log }: Job,
): void {
  if (problems.length === 0) return;
  const message = [...new Set(problems)].join('\n');
  if (settings.failOnPostError) failStep(message);
  else log.notice(message);
}

async function writeFiles(
  { report, sources }: Comparison,
  settings: ActionSettings,
  job: Job,
): Promise<{ readonly files: ReportFiles; readonly svg: string | null }> {
  const rendered = await renderReport(report, {
    links: { report: null },
    commentName: settings.name,
    interactive: { viewer: await readViewer(), sources },
  });
  const folder = reportDirectory(job, settings.name);
  const [only] = report.benchmarks.length === 1 ? sources.values() : [];
  const folded = only ? diffToFolded(only.diff, report.benchmarks[0].primary) : null;
  return { files: await writeReportFiles(folder, rendered, folded), svg: rendered.svg };
}

/** The report as a page that the browser opens, and the data beside it. @returns the page's address */
async function upload(
  files: ReportFiles,
  { mode, name }: ActionSettings,
  job: Job,
  problems: string[],
): Promise<string | null> {
  const { environment, log, signal, run } = job;
  // The jobs that measured may have uploaded pages of their own in the same run.
  const shownName = mode !== 'report' ? name : name === 'default' ? 'report' : `${name} report`;
  const artifactName = artifactBaseName(shownName, run.attempt);
  const service = { environment, log, signal };
  // As it is, a page is called what its file is called.
  const file = join(dirname(files.html), `${artifactName}.html`);
  await copyFile(files.html, file);
  const page = await uploadFiles({ ...service, files: [file], name: null });
  await rm(file);
  if (!page.ok) {
    problems.push(page.reason);
    return null;
  }
  const paths = [files.json, files.svg, ...Object.values(files.folded ?? {})].filter((path) => path !== null);
  const data = await uploadFiles({ ...service, files: paths, name: `${artifactName}-data` });
  if (!data.ok) problems.push(data.reason);
  return `${job.runUrl}/artifacts/${page.id}`;
}

/** @returns the address of the flame graph for the comment, or null */
async function publishPicture(
  svg: string | null,
  settings: ActionSettings,
  { pulls }: Audience,
  job: Job,
  problems: string[],
): Promise<string | null> {
  const { client, event } = job;
  if (settings.images === 'none' || svg === null || pulls.length === 0) return null;
  if (client === null) {
    problems.push('No image in the comment: the input `github-token` is empty.');
    return null;
  }
  const { owner, repository } = event;
  const result = await publishImage({
    client,
    owner,
    repository,
    number: pulls[0],
    name: settings.name,
    svg,
    serverUrl: job.serverUrl,
    defaultBranch: event.defaultBranch,
  });
  if (result.reason !== undefined) problems.push(result.reason);
  return result.url;
}

/** @returns the address of the comment, or of the first one where the commit has several pull requests */
async function comment(
  report: Report,
  links: ReportLinks,
  files: ReportFiles,
  settings: ActionSettings,
  { pulls, run }: Audience,
  { client, event }: Job,
  problems: string[],
): Promise<string | null> {
  const body = renderComment(report, links, settings.name);
  await writeFile(files.comment, body);
  if (settings.comment === 'never' || pulls.length === 0) return null;
  if (client === null) {
    problems.push('No comment was written: the input `github-token` is empty.');
    return null;
  }
  const createWhenMissing = settings.comment === 'always' || report.verdict !== 'unchanged';
  const { owner, repository } = event;
  const marker = commentMarker(settings.name);
  let url: string | null = null;
  for (const number of pulls) {
    const result = await publishStickyComment({
      client,
      owner,
      repository,
      number,
      marker,
      body,
      createWhenMissing,
      run,
    });
    if (result.reason !== undefined && createWhenMissing) problems.push(result.reason);
    url ??= result.url;
  }
  return url;
}

/**
 * JSON of each metric's base, head and delta: `{"allocated":{"base":2000000,"head":300000,"delta":-1700000}, …}`; with
 * several benchmarks that of each by its name.
 */
function totalsJson({ benchmarks }: Report): string {
  const totals = benchmarks.map(({ name, metrics }) => [
    name,
    Object.fromEntries(metrics.map(({ metric, base, head, delta }) => [metric.id, { base, head, delta }])),
  ]);
  return JSON.stringify(totals.length === 1 ? totals[0][1] : Object.fromEntries(totals));
}
