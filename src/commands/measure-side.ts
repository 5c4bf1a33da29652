import { join } from 'node:path';
import { type Ownership, ownershipByText } from '../diff/ownership.ts';
import { CancelledError, CommandError, UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Profile } from '../profile/profile.ts';
import type { SideFailure } from '../report/report.ts';
import type { MeasurementSettings } from '../settings/settings.ts';
import type { Tracker } from '../trackers/tracker.ts';
import type { Checkouts, Side } from '../workspace/checkouts.ts';
import { fileStatus } from '../workspace/executable.ts';
import { directoryInside } from '../workspace/path-inside.ts';
import type { RepositoryFiles } from '../workspace/repository-files.ts';
import { runScript } from '../workspace/script.ts';

export interface SideMeasurement {
  /** Null when this side could not be built or run: then `failure` says why. */
  readonly profile: Profile | null;
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
 * Builds and runs one side. What the side's own code does wrong is a result, not an error.
 * @throws CancelledError; anything that is our bug
 */
export async function measureSide(
  side: Side,
  settings: MeasurementSettings,
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
    const recorded = await log.phase(`Running ${side}`, () =>
      tracker.record({
        script: settings.run,
        directory,
        environment,
        timeLimitSeconds: settings.runTimeLimitSeconds,
        signal,
        log,
      }),
    );
    return {
      profile: recorded.profile,
      ownership: await readOwnership(recorded.profile, files),
      failure: null,
      notes: recorded.notes,
    };
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
    const lastLines = error instanceof CommandError ? error.failure.lastLines : [];
    return {
      profile: null,
      ownership: null,
      failure: { phase, message: error.message, lastLines },
      notes: [],
    };
  }
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
  const pathOfFile = new Map<string, string | null>();
  for (const index of new Set(frames.file)) pathOfFile.set(strings[index], files.trackedPath(strings[index]));
  const paths = new Set([...pathOfFile.values()].filter((path) => path !== null));
  const texts = await files.readTexts([...paths]);
  return ownershipByText((file) => pathOfFile.get(file) ?? null, texts);
}
