import { join } from 'node:path';
import { totalsWithoutFootprint } from '../diff/footprint.ts';
import { listOwnPaths } from '../diff/own-paths.ts';
import { type Ownership, ownershipBySources } from '../diff/ownership.ts';
import { findRustCrates } from '../diff/rust-crates.ts';
import { CancelledError, CommandError, UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Measured, MeasuredSide, NotMeasured } from '../measurement/measurement.ts';
import type { Profile } from '../profile/profile.ts';
import { representativeRun } from '../report/noise.ts';
import type { Revision } from '../report/report.ts';
import type { JudgementSettings, MeasurementSettings } from '../settings/settings.ts';
import type { FunctionNamer } from '../symbols/normalise-function.ts';
import type { Recorded, Tracker } from '../trackers/tracker.ts';
import type { Checkouts, Side } from '../workspace/checkouts.ts';
import { fileStatus } from '../workspace/executable.ts';
import { directoryInside } from '../workspace/path-inside.ts';
import type { RepositoryFiles } from '../workspace/repository-files.ts';
import { runScript } from '../workspace/script.ts';

/** How to measure one benchmark. Of several runs the metric decides which one is shown. */
export type MeasuredBenchmark = MeasurementSettings & Pick<JudgementSettings, 'metric'>;

export interface SideWorld {
  readonly checkouts: Checkouts;
  readonly tracker: Tracker;
  /** What foreign commands see of the environment: no secrets, nothing of the runner's. */
  readonly environment: Readonly<Record<string, string>>;
  readonly nameFunction: FunctionNamer;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export interface SideRequest {
  readonly side: Side;
  readonly revision: Revision;
  /** The commit's files, as each working directory of the benchmarks sees them. */
  readonly files: ReadonlyMap<string, RepositoryFiles>;
  readonly benchmarks: readonly MeasuredBenchmark[];
}

/** Mostly a benchmark that goes on to pass for ever. */
const NOTHING_ALLOCATED =
  'The program itself allocated nothing. If it should, it starts another one that does the work, or has an allocator ' +
  'of its own: put `$MEMTRACK` before the program that works.';

/**
 * Builds one side, each build script once, and runs every benchmark as often as its settings say. What the side's own
 * code does wrong is a result of the benchmarks that need it, not an error.
 * @returns what each benchmark measured, by its name
 * @throws CancelledError; anything that is our bug
 */
export async function measureSide(
  request: SideRequest,
  world: SideWorld,
): Promise<ReadonlyMap<string, MeasuredSide>> {
  const { side, revision, benchmarks } = request;
  const { checkouts, tracker, log } = world;
  const environment = tracker.buildEnvironment(world.environment);
  const builds = new Map<string, UserError | null>();
  /** Benchmarks that share a build share its failure. */
  const explained = new Set<UserError>();

  async function build(benchmark: MeasuredBenchmark, directory: string): Promise<void> {
    if (benchmark.build === null) return;
    const script = benchmark.build;
    const key = JSON.stringify([benchmark.workingDirectory, script]);
    if (!builds.has(key)) {
      const isShared = benchmarks.every((other) => other.build === script);
      const title = isShared ? `Building ${side}` : `Building ${side} for ${benchmark.name}`;
      const { signal } = world;
      const timeLimitSeconds = benchmark.buildTimeLimitSeconds;
      const failure = await failureOf(() =>
        log.phase(title, () =>
          runScript(script, { name: 'build', directory, environment, timeLimitSeconds, signal, log }),
        ),
      );
      builds.set(key, failure);
    }
    const failure = builds.get(key);
    if (failure) throw failure;
  }

  async function measureBenchmark(benchmark: MeasuredBenchmark): Promise<MeasuredSide> {
    let phase: NotMeasured['phase'] = 'checkout';
    try {
      const checkout = await checkouts.place(side);
      const directory = await directoryInside(checkout, benchmark.workingDirectory, 'working-directory');
      if (benchmark === benchmarks[0]) sayWhatWasAdded(world, environment, directory);
      phase = 'build';
      await build(benchmark, directory);
      phase = 'run';
      const title = benchmarks.length === 1 ? side : `${side}: ${benchmark.name}`;
      const recordings = await recordRuns(title, benchmark, directory, environment, world);
      const notes = new Set(recordings.flatMap((recorded) => recorded.notes));
      const outcome = await outcomeOf(recordings, benchmark, request, world);
      if (outcome.runs.every(({ allocations }) => allocations === 0)) {
        notes.add(NOTHING_ALLOCATED);
        if (side === 'head') log.warning(NOTHING_ALLOCATED);
      }
      return { ...revision, isFromCache: false, notes: [...notes], outcome };
    } catch (error) {
      if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
      const lastLines = error instanceof CommandError ? error.failure.lastLines : [];
      // Here, since comments and terminals show but the last few of these lines, and of base often none.
      if (!explained.has(error)) for (const line of [error.message, ...lastLines]) log.info(line);
      explained.add(error);
      return {
        ...revision,
        isFromCache: false,
        notes: [],
        outcome: { kind: 'failed', phase: phaseOf(error, phase), message: error.message, lastLines },
      };
    }
  }

  const measured = new Map<string, MeasuredSide>();
  for (const benchmark of benchmarks) measured.set(benchmark.name, await measureBenchmark(benchmark));
  return measured;
}

/** A program that is refused did not fail. */
function phaseOf(error: UserError, phase: NotMeasured['phase']): NotMeasured['phase'] {
  return phase === 'run' && !(error instanceof CommandError) ? 'trace' : phase;
}

async function failureOf(work: () => Promise<unknown>): Promise<UserError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
    return error;
  }
}

async function recordRuns(
  what: string,
  benchmark: MeasuredBenchmark,
  directory: string,
  environment: Readonly<Record<string, string>>,
  { tracker, log, signal }: SideWorld,
): Promise<readonly Recorded[]> {
  const recordings: Recorded[] = [];
  for (let run = 1; run <= benchmark.runs; run++) {
    const which = benchmark.runs === 1 ? what : `${what}, run ${run} of ${benchmark.runs}`;
    const recorded = await log.phase(`Running ${which}`, () =>
      tracker.record({
        script: benchmark.run,
        directory,
        environment,
        timeLimitSeconds: benchmark.runTimeLimitSeconds,
        signal,
        log,
      }),
    );
    recordings.push(recorded);
  }
  return recordings;
}

async function outcomeOf(
  recordings: readonly Recorded[],
  { metric, workingDirectory }: MeasuredBenchmark,
  { files: filesByDirectory }: SideRequest,
  { nameFunction }: SideWorld,
): Promise<Measured> {
  const runs = recordings.map((recorded) => totalsWithoutFootprint(recorded.profile));
  const { profile } = recordings[representativeRun(runs, metric)];
  const files = filesByDirectory.get(workingDirectory);
  const ownership = files && (await readOwnership(profile, files));
  return {
    kind: 'measured',
    profile,
    ownPaths: ownership ? listOwnPaths(profile, ownership, nameFunction) : null,
    runs,
    isThreaded: recordings.some((recorded) => recorded.profile.facts.isThreaded),
  };
}

/** Cargo's variables mean nothing to other builds, so they are not worth a line there. */
function sayWhatWasAdded(
  world: SideWorld,
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
