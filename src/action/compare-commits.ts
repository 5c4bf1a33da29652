import { reportMeasurements } from '../commands/report-measurements.ts';
import type { MeasurableEvent } from '../github/event.ts';
import type { Verdict } from '../report/report.ts';
import type { ActionSettings } from '../settings/settings.ts';
import { concludingFailures, openCheck, showingFailures } from './check.ts';
import { measuringRunOf } from './collect-measurements.ts';
import type { Job } from './job.ts';
import { accept, conclude, judgementOf } from './judge.ts';
import { chooseTarget, loadFunctionNamer, measureCommits } from './measure-commits.ts';
import type { Outputs } from './outputs.ts';
import { publishReport } from './publish-report.ts';
import { warnAboutSetup } from './warn-about-setup.ts';

/** Mode `compare`: both halves in one job. */
export async function compareCommits(
  event: MeasurableEvent,
  settings: ActionSettings,
  job: Job,
  outputs: Outputs,
): Promise<Verdict> {
  const named = { kind: settings.status, name: settings.name, targetUrl: job.runUrl };
  const target = await showingFailures({ ...named, sha: measuringRunOf(event, job).sha }, job, () =>
    chooseTarget(settings, event, job),
  );
  await warnAboutSetup(event, target, job);
  const check = await openCheck({ ...named, sha: target.revisions.postSha, isPendingShown: true }, job);
  return concludingFailures(check, async () => {
    const nameFunction = await loadFunctionNamer();
    const { measurements, lines } = await measureCommits(settings, target, nameFunction, job);
    const pulls = event.kind === 'pull_request' ? [event.number] : [];
    const comparison = await accept(
      reportMeasurements(
        { measurements, lines, judgementOf: judgementOf(settings), repositoryUrl: job.repositoryUrl },
        nameFunction,
      ),
      settings,
      { numbers: pulls, labels: null },
      job,
    );
    await publishReport(
      comparison,
      settings,
      { pulls, check, run: job.run, isOwnCommit: true },
      job,
      outputs,
    );
    return conclude(comparison.report);
  });
}
