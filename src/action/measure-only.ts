import { reportMeasurements } from '../commands/report-measurements.ts';
import { UserError } from '../errors.ts';
import type { MeasurableEvent } from '../github/event.ts';
import type { Verdict } from '../report/report.ts';
import type { ActionSettings } from '../settings/settings.ts';
import type { Check } from './check.ts';
import type { Job } from './job.ts';
import { conclude, judgementOf, withoutLimits } from './judge.ts';
import { chooseTarget, loadFunctionNamer, measureCommits } from './measure-commits.ts';
import type { Outputs } from './outputs.ts';
import { publishReport } from './publish-report.ts';
import { uploadMeasurements } from './upload-measurements.ts';
import { warnAboutSetup } from './warn-about-setup.ts';

/**
 * Mode `measure`: nothing is judged, nothing is posted; another job reports.
 * @throws UserError when what was measured could not be handed over, once everything else is done
 */
export async function measureOnly(
  event: MeasurableEvent,
  settings: ActionSettings,
  job: Job,
  outputs: Outputs,
): Promise<Verdict> {
  const target = await chooseTarget(settings, event, job);
  await warnAboutSetup(event, target, job);
  const nameFunction = await loadFunctionNamer();
  const { measurements, lines } = await measureCommits(settings, target, nameFunction, job);
  const judge = judgementOf(settings);
  const comparison = reportMeasurements(
    {
      measurements,
      lines,
      judgementOf: (name) => withoutLimits(judge(name)),
      repositoryUrl: job.repositoryUrl,
    },
    nameFunction,
  );
  const problems = await uploadMeasurements(measurements, job);
  const check: Check = { conclude: async () => null };
  const quiet: ActionSettings = { ...settings, annotations: false, images: 'none' };
  await publishReport(comparison, quiet, { pulls: [], check, run: job.run, isOwnCommit: true }, job, outputs);
  if (problems.length > 0) throw new UserError(problems.join('\n'));
  return conclude(comparison.report);
}
