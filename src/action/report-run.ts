import { reportMeasurements } from '../commands/report-measurements.ts';
import { readChangedLines } from '../github/changed-lines.ts';
import { type MeasurableEvent, reasonToWait, type WorkflowRunEvent } from '../github/event.ts';
import type { Verdict } from '../report/report.ts';
import type { ActionSettings } from '../settings/settings.ts';
import { failStep } from './action-log.ts';
import { type Check, concludingFailures, openCheck } from './check.ts';
import {
  collectMeasurements,
  findPullRequests,
  type MeasuringRun,
  measuringRunOf,
} from './collect-measurements.ts';
import type { Job } from './job.ts';
import { accept, conclude, judgementOf } from './judge.ts';
import { loadFunctionNamer } from './measure-commits.ts';
import type { Outputs } from './outputs.ts';
import { publishReport, sayProblems } from './publish-report.ts';
import { writeSummary } from './summary.ts';

/** Mode `report`: what other jobs measured is data to check, compare, judge and show; none of their code is near. */
export async function reportRun(
  event: MeasurableEvent | WorkflowRunEvent,
  settings: ActionSettings,
  job: Job,
  outputs: Outputs,
): Promise<Verdict> {
  const run = measuringRunOf(event, job);
  const wait = event.kind === 'workflow_run' ? reasonToWait(event) : null;
  if (wait !== null) {
    job.log.notice(wait);
    return 'unchanged';
  }
  const check = await openCheck(
    { kind: settings.status, name: settings.name, sha: run.sha, targetUrl: run.url, isPendingShown: false },
    job,
  );
  return concludingFailures(check, async () => {
    const { measurements, problems } = await collectMeasurements(run, job);
    if (measurements.length === 0 || problems.length > 0) {
      return endWithoutReport(
        problems,
        { isOtherRun: event.kind === 'workflow_run', run, check },
        settings,
        job,
      );
    }
    const nameFunction = await loadFunctionNamer();
    const pulls = await findPullRequests(event, job);
    if (pulls.reason !== null) job.log.notice(`No comment was written: ${pulls.reason}`);
    const { owner, repository } = event;
    const baseSha = measurements.find(({ base }) => base !== null)?.base?.sha ?? null;
    const lines =
      baseSha === null || job.client === null
        ? null
        : await readChangedLines({ client: job.client, owner, repository, baseSha, headSha: run.sha });
    const measured = new Set(measurements.map(({ name }) => name));
    const missing = [...settings.judgements.byName.keys()].filter((name) => !measured.has(name));
    const comparison = await accept(
      reportMeasurements(
        {
          measurements,
          missing,
          lines,
          judgementOf: judgementOf(settings),
          repositoryUrl: job.repositoryUrl,
        },
        nameFunction,
      ),
      settings,
      pulls,
      job,
    );
    const isOwnCommit = event.kind !== 'workflow_run';
    await publishReport(
      comparison,
      settings,
      { pulls: pulls.numbers, check, run, isOwnCommit },
      job,
      outputs,
    );
    // After another workflow's run, GitHub shows this job on the default branch, which did nothing wrong.
    return conclude(comparison.report, isOwnCommit ? failStep : job.log.warning);
  });
}

/**
 * Ends a report that has nothing sound to report: the check says so and is not green. The job fails only where it is
 * the check itself; after another workflow's run, that run is what failed.
 */
async function endWithoutReport(
  problems: readonly string[],
  { isOtherRun, run, check }: { isOtherRun: boolean; run: MeasuringRun; check: Check },
  settings: ActionSettings,
  job: Job,
): Promise<Verdict> {
  if (problems.length === 0 && run.conclusion === 'skipped') {
    const title = 'Nothing was measured: the run was skipped';
    await check.conclude({ state: 'success', conclusion: 'neutral', title, summary: title, annotations: [] });
    job.log.notice(`${title}.`);
    return 'unchanged';
  }
  const ended = run.conclusion === null ? '' : ` (the run ended with \`${run.conclusion}\`)`;
  const sentences = problems.length > 0 ? problems : [`The run has no measurement${ended}: ${run.url}`];
  const title = problems.length > 0 ? 'No sound measurement' : 'No measurement';
  const summary = sentences.map((sentence) => `- ${sentence}`).join('\n');
  const result = await check.conclude({
    state: 'error',
    conclusion: 'failure',
    title,
    summary,
    annotations: [],
  });
  sayProblems(result?.reason === undefined ? [] : [result.reason], settings, job);
  await writeSummary(`## Memory: ${title.toLowerCase()}\n\n${summary}\n`, job);
  const message = sentences.join('\n');
  if (isOtherRun) job.log.warning(message);
  else failStep(message);
  return 'failed';
}
