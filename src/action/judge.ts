import type { Comparison } from '../commands/report-measurements.ts';
import { findAcceptance } from '../github/acceptance.ts';
import { queuedPullRequest } from '../github/event.ts';
import { forEachMetric } from '../profile/metric.ts';
import { limitSentence } from '../render/terminal.ts';
import { acceptGrowth } from '../report/build-report.ts';
import { doesFail } from '../report/does-fail.ts';
import type { Report, Verdict } from '../report/report.ts';
import type { ActionSettings, BenchmarkSettings, JudgementSettings } from '../settings/settings.ts';
import { failStep } from './action-log.ts';
import type { PullRequests } from './collect-measurements.ts';
import type { Job } from './job.ts';

/** What each benchmark is judged by. */
export function judgementOf({ benchmarks, judgements }: ActionSettings): (name: string) => JudgementSettings {
  const byName = new Map<string, BenchmarkSettings>(
    benchmarks.map((benchmark) => [benchmark.name, benchmark]),
  );
  return (name) => byName.get(name) ?? judgements.byName.get(name) ?? judgements.otherwise;
}

/** For numbers that another job judges. */
export function withoutLimits({ metric, limits }: JudgementSettings): JudgementSettings {
  return { metric, limits: forEachMetric((id) => ({ ...limits[id], failOn: null, budget: null })) };
}

/** Asks who accepted the growth, where that would make a difference. */
export async function accept(
  comparison: Comparison,
  { acceptLabel }: ActionSettings,
  { numbers, labels }: Pick<PullRequests, 'numbers' | 'labels'>,
  { client, event, log }: Job,
): Promise<Comparison> {
  const { report } = comparison;
  const number = numbers[0] ?? queuedPullRequest(event);
  if (acceptLabel === null || client === null || number === null || report.verdict !== 'regressed')
    return comparison;
  const { owner, repository } = event;
  const accepted = await findAcceptance({
    client,
    owner,
    repository,
    number,
    label: acceptLabel,
    ...(labels && { labels }),
    log,
  });
  return accepted === null ? comparison : { ...comparison, report: acceptGrowth(report, accepted) };
}

/** The step fails when head failed or went over a limit, and says which. */
export function conclude(report: Report, fail: (message: string) => void = failStep): Verdict {
  if (!doesFail(report)) return report.verdict;
  for (const { name, headFailure, metrics } of report.benchmarks) {
    const about = report.benchmarks.length === 1 ? '' : `${name}: `;
    if (headFailure !== null) {
      fail(`${about}head ${PHASE_WORDS[headFailure.phase]}: ${headFailure.message}`);
    }
    for (const metric of metrics) {
      const { limit } = metric;
      if (!limit?.isExceeded || (report.accepted !== null && limit.kind === 'fail-on')) continue;
      fail(`${about}${limitSentence(metric)}`);
    }
  }
  return report.verdict;
}

const PHASE_WORDS = {
  checkout: 'could not be checked out',
  build: 'could not be built',
  run: 'could not be measured',
  trace: 'could not be measured',
  handover: 'has no measurement',
} as const;
