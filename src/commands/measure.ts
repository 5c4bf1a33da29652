import { CancelledError, UserError } from '../errors.ts';
import type { MeasuredSide, Measurement } from '../measurement/measurement.ts';
import type { Revision } from '../report/report.ts';
import type { ChangedLines } from '../report/source-lines.ts';
import type { PreparationSettings } from '../settings/settings.ts';
import { type Checkouts, prepareCheckouts } from '../workspace/checkouts.ts';
import type { RemoteAccess } from '../workspace/remote.ts';
import type { Repository } from '../workspace/repository.ts';
import { listRepositoryFiles, type RepositoryFiles } from '../workspace/repository-files.ts';
import { type MeasuredBenchmark, measureSide, type SideWorld } from './measure-side.ts';

/** A commit to measure, and what readers know it by. */
export interface CommitToMeasure {
  readonly commit: string;
  readonly revision: Revision;
}

export interface MeasureRequest {
  /** Null: head alone. */
  readonly base: CommitToMeasure | null;
  readonly head: CommitToMeasure;
  /** With names of their own. */
  readonly benchmarks: readonly MeasuredBenchmark[];
  readonly preparation: PreparationSettings;
  /** Why these two commits, where that is not plain. */
  readonly notes: readonly string[];
}

/** What earlier runs measured. */
export interface Baselines {
  /** What a trusted run measured of this commit in the very same way, or null. */
  find(
    benchmark: MeasuredBenchmark,
    sha: string,
    tracker: Measurement['tracker'],
  ): Promise<MeasuredSide | null>;
}

export interface MeasureWorld extends Omit<SideWorld, 'checkouts'> {
  readonly repository: Repository;
  /** How commits that are missing here may be fetched; null: not at all. */
  readonly fetch: RemoteAccess | null;
  /** Where the checkouts take turns: a path of its own, the same for both sides. */
  readonly directory: string;
  /** Null: base is always measured anew. */
  readonly baselines: Baselines | null;
}

/** What was measured, ready to be reported or carried to another job. */
export interface MeasuredBenchmarks {
  /** One for each benchmark, in their order. */
  readonly measurements: readonly Measurement[];
  /** Between base and head; null where there is no base. */
  readonly lines: ChangedLines | null;
}

/**
 * Measures two commits of a repository one after the other at the same path: first all benchmarks on base, whose
 * numbers are in memory before head's code gets to act, then all on head.
 * @throws UserError when head cannot be checked out or the tracker is missing; CancelledError
 */
export async function measure(request: MeasureRequest, world: MeasureWorld): Promise<MeasuredBenchmarks> {
  const { benchmarks, preparation, base, head } = request;
  const { tracker, log, signal } = world;
  const version = await tracker.prepare({ install: preparation.installTracker, log, signal });
  const found = base === null ? new Map() : await findBaselines(base, version, request, world);
  const missing = benchmarks.filter(({ name }) => !found.has(name));
  await using checkouts = await log.phase('Checking out', () =>
    prepareCheckouts({
      repository: world.repository,
      commits: { base: base?.commit ?? null, head: head.commit },
      isBaseMeasured: missing.length === 0,
      directory: world.directory,
      fetch: world.fetch,
      reusePaths: preparation.reusePaths,
    }),
  );
  const headFiles = await listFiles(head, request, checkouts, world);
  const hasBase = base !== null && checkouts.baseFailure === null;
  const baseFiles =
    hasBase && missing.length > 0 ? await listFiles(base, request, checkouts, world) : headFiles;
  const lines = hasBase ? await changedLines(base.commit, head.commit, world) : null;
  // From here on foreign code runs.
  const sideWorld: SideWorld = { ...world, checkouts };
  const measuredBase =
    base === null || missing.length === 0
      ? new Map<string, MeasuredSide>()
      : await measureSide(
          { side: 'base', revision: base.revision, files: baseFiles, benchmarks: missing },
          sideWorld,
        );
  const measuredHead = await measureSide(
    { side: 'head', revision: head.revision, files: headFiles, benchmarks },
    sideWorld,
  );
  if (signal.aborted) throw new CancelledError('cancelled');
  const measurements = benchmarks.map(({ name }): Measurement => {
    const headSide = measuredHead.get(name);
    if (headSide === undefined) throw new Error(`no measurement of ${name}`);
    return {
      name,
      tracker: { name: tracker.name, version },
      base: found.get(name) ?? measuredBase.get(name) ?? null,
      head: headSide,
      notes: [...request.notes, ...checkouts.notes],
    };
  });
  return { measurements, lines };
}

async function findBaselines(
  { commit, revision }: CommitToMeasure,
  version: string,
  { benchmarks }: MeasureRequest,
  { baselines, log, tracker }: MeasureWorld,
): Promise<ReadonlyMap<string, MeasuredSide>> {
  const found = new Map<string, MeasuredSide>();
  if (baselines === null) return found;
  for (const benchmark of benchmarks) {
    const side = await baselines.find(benchmark, commit, { name: tracker.name, version });
    if (side === null) continue;
    found.set(benchmark.name, { ...side, ...revision, isFromCache: true });
    log.info(`Base of ${benchmark.name} (${commit.slice(0, 12)}) was measured before: taken from the cache`);
  }
  return found;
}

async function listFiles(
  { commit }: CommitToMeasure,
  { benchmarks }: MeasureRequest,
  checkouts: Checkouts,
  { repository }: MeasureWorld,
): Promise<ReadonlyMap<string, RepositoryFiles>> {
  const files = new Map<string, RepositoryFiles>();
  for (const { workingDirectory } of benchmarks) {
    if (files.has(workingDirectory)) continue;
    const listed = await listRepositoryFiles({
      repository,
      sha: commit,
      checkoutDirectory: checkouts.path,
      workingDirectory,
    });
    files.set(workingDirectory, listed);
  }
  return files;
}

/** Null, with a warning, where the two commits differ in more than can be read: the numbers do not need it. */
async function changedLines(
  base: string,
  head: string,
  { repository, log }: MeasureWorld,
): Promise<ChangedLines | null> {
  try {
    return await repository.compareLines(base, head);
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
    log.warning(`Lines of base are not followed to head: ${error.message}`);
    return null;
  }
}
