import { createBaselineCache } from '../baseline/cache.ts';
import { type BaselineFacts, baselineKey, type MachineFacts, readMachineFacts } from '../baseline/key.ts';
import type { Baselines } from '../commands/measure.ts';
import type { MeasuredBenchmark } from '../commands/measure-side.ts';
import type { Measurement } from '../measurement/measurement.ts';
import type { ActionSettings } from '../settings/settings.ts';
import { baselinesDirectory } from './directories.ts';
import type { Job } from './job.ts';

/** Baselines in the runner's cache, as far as this run may use and keep them. */
export interface JobBaselines extends Baselines {
  /**
   * Keeps what was measured on head as baselines of later runs. Only a push to the default branch is trusted to do
   * that: anything else could plant numbers that the default branch is then compared with.
   */
  keep(measurements: readonly Measurement[], commit: string): Promise<void>;
}

/**
 * @param environment that of the build and the program
 * @returns null where baselines are not wanted
 */
export function createBaselines(
  settings: ActionSettings,
  environment: Readonly<Record<string, string>>,
  job: Job,
): JobBaselines | null {
  if (!settings.baselineCache) return null;
  const { log, signal, event } = job;
  const cache = createBaselineCache({
    directory: baselinesDirectory(job),
    environment: job.environment,
    log,
    signal,
  });
  let machine: Promise<MachineFacts> | null = null;

  async function factsOf(
    benchmark: MeasuredBenchmark,
    sha: string,
    tracker: BaselineFacts['tracker'],
  ): Promise<BaselineFacts> {
    const { name, build, run, runs, workingDirectory } = benchmark;
    machine ??= readMachineFacts(environment, signal);
    const { reusePaths } = settings;
    return {
      sha,
      name,
      build,
      run,
      runs,
      workingDirectory,
      reusePaths,
      tracker,
      environment,
      machine: await machine,
    };
  }

  return {
    async find(benchmark, sha, tracker) {
      const facts = await factsOf(benchmark, sha, tracker);
      const found = await cache.read(baselineKey(facts), facts);
      return found?.head ?? null;
    },
    async keep(measurements, commit) {
      const isTrusted = event.kind === 'push' && event.ref === `refs/heads/${event.defaultBranch}`;
      if (!isTrusted) return;
      for (const measurement of measurements) {
        const benchmark = settings.benchmarks.find(({ name }) => name === measurement.name);
        if (benchmark === undefined || measurement.head.outcome.kind === 'failed') continue;
        const facts = await factsOf(benchmark, commit, measurement.tracker);
        await cache.write(baselineKey(facts), { ...measurement, base: null });
      }
    },
  };
}
