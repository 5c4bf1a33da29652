import { join } from 'node:path';
import { totalsWithoutFootprint } from '../diff/footprint.ts';
import { type Ownership, ownershipBySources } from '../diff/ownership.ts';
import { findRustCrates } from '../diff/rust-crates.ts';
import { CancelledError, CommandError, UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Totals } from '../profile/metric.ts';
import type { Profile } from '../profile/profile.ts';
import { representativeRun } from '../report/noise.ts';
import type { SideFailure } from '../report/report.ts';
import type { JudgementSettings, MeasurementSettings } from '../settings/settings.ts';
import type { Recorded, Tracker } from '../trackers/tracker.ts';
import type { Checkouts, Side } from '../workspace/checkouts.ts';
import { fileStatus } from '../workspace/executable.ts';
import { directoryInside } from '../workspace/path-inside.ts';
import type { RepositoryFiles } from '../workspace/repository-files.ts';
import { runScript } from '../workspace/script.ts';

export interface SideMeasurement {
  /** That of the run that is shown; null when this side could not be built or run: then `failure` says why. */
  readonly profile: Profile | null;
  /** What the program allocated in each run, in their order; empty without profile. */
  readonly runs: readonly Totals[];
  /** Whether any of the runs was seen to run threads. */
  readonly isThreaded: boolean;
  readonly ownership: Ownership | null;
  readonly failure: SideFailure | null;
  readonly notes: readonly string[];
}

export interface MeasureWorld {
  readonly checkouts: Checkouts;
  readonly tracker: Tracker;
  /** What foreign commands see of the environment: no secrets, nothing of the runner's. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Builds one side once and runs it as often as the settings say. What the side's own code does wrong is a result, not
 * an error.
 * @throws CancelledError; anything that is our bug
 */
export async function measureSide(
  side: Side,
  settings: MeasurementSettings & Pick<JudgementSettings, 'metric'>,
  files: RepositoryFiles,
  world: MeasureWorld,
): Promise<SideMeasurement> {
  const { tracker, log, signal } = world;
  let phase: SideFailure['phase'] = 'checkout';
  try {
    const checkout = await world.checkouts.place(side);
    const directory = await directoryInside(checkout, settings.workingDirectory, 'working-directory');
    const environment = tracker.buildEnvironment(world.environment);
    sayWhatWasAdded(world, environment, directory);
    const { build } = settings;
    if (build !== null) {
      phase = 'build';
      const timeLimitSeconds = settings.buildTimeLimitSeconds;
      await log.phase(`Building ${side}`, () =>
        runScript(build, { name: 'build', directory, environment, timeLimitSeconds, signal, log }),
      );
    }
    phase = 'run';
    const recordings = await recordRuns(side, settings, directory, environment, world);
    const runs = recordings.map((recorded) => totalsWithoutFootprint(recorded.profile));
    const { profile } = recordings[representativeRun(runs, settings.metric)];
    return {
      profile,
      runs,
      isThreaded: recordings.some((recorded) => recorded.profile.facts.isThreaded),
      ownership: await readOwnership(profile, files),
      failure: null,
      notes: [...new Set(recordings.flatMap((recorded) => recorded.notes))],
    };
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
    const lastLines = error instanceof CommandError ? error.failure.lastLines : [];
    return {
      profile: null,
      runs: [],
      isThreaded: false,
      ownership: null,
      failure: { phase, message: error.message, lastLines },
      notes: [],
    };
  }
}

async function recordRuns(
  side: Side,
  settings: MeasurementSettings,
  directory: string,
  environment: Readonly<Record<string, string>>,
  { tracker, log, signal }: MeasureWorld,
): Promise<readonly Recorded[]> {
  const recordings: Recorded[] = [];
  for (let run = 1; run <= settings.runs; run++) {
    const which = settings.runs === 1 ? side : `${side}, run ${run} of ${settings.runs}`;
    const recorded = await log.phase(`Running ${which}`, () =>
      tracker.record({
        script: settings.run,
        directory,
        environment,
        timeLimitSeconds: settings.runTimeLimitSeconds,
        signal,
        log,
      }),
    );
    recordings.push(recorded);
  }
  return recordings;
}

/** Cargo's variables mean nothing to other builds, so they are not worth a line there. */
function sayWhatWasAdded(
  world: MeasureWorld,
  environment: Readonly<Record<string, string>>,
  directory: string,
): void {
  const added = Object.entries(environment).filter(([name]) => world.environment[name] === undefined);
  if (added.length === 0 || !fileStatus(join(directory, 'Cargo.toml')).isFile) return;
  world.log.info(
    `Set for cargo, so that functions have names: ${added.map((entry) => entry.join('=')).join(' ')}`,
  );
}

async function readOwnership({ strings, frames }: Profile, files: RepositoryFiles): Promise<Ownership> {
  const names = [...new Set(frames.file)].map((index) => strings[index]);
  const candidates = new Map(names.map((name) => [name, files.candidatesOf(name)]));
  const hasRust = names.some((name) => name.endsWith('.rs'));
  const manifestPaths = hasRust ? [...files.paths].filter(isCargoManifest) : [];
  const paths = new Set([...candidates.values()].flatMap((found) => found.paths));
  const texts = await files.readTexts([...paths, ...manifestPaths]);
  const manifests = new Map([...texts].filter(([path]) => isCargoManifest(path)));
  return ownershipBySources({
    texts,
    isTracked: (path) => files.paths.has(path),
    candidatesOf: (file) => candidates.get(file) ?? { paths: [], isCertain: false },
    crates: findRustCrates(manifests, hasRust ? files.paths : []),
  });
}

function isCargoManifest(path: string): boolean {
  return path === 'Cargo.toml' || path.endsWith('/Cargo.toml');
}
