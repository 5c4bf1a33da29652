import { diffProfiles, onlyHead } from '../diff/diff-profiles.ts';
import type { ProfileDiff } from '../diff/profile-diff.ts';
import { CancelledError, UserError } from '../errors.ts';
import { buildBenchmarkReport, buildReport } from '../report/build-report.ts';
import type { Report, Revision } from '../report/report.ts';
import type { ChangedLines } from '../report/source-lines.ts';
import type { JudgementSettings, MeasurementSettings } from '../settings/settings.ts';
import type { FunctionNamer } from '../symbols/normalise-function.ts';
import { prepareCheckouts } from '../workspace/checkouts.ts';
import type { Repository } from '../workspace/git.ts';
import type { RemoteAccess } from '../workspace/remote.ts';
import { listRepositoryFiles } from '../workspace/repository-files.ts';
import { type MeasureWorld, measureSide, type SideMeasurement } from './measure-side.ts';

/** Two commits to measure. */
export interface CompareRequest {
  /** Null: head alone. */
  readonly base: { readonly commit: string; readonly revision: Revision } | null;
  readonly head: { readonly commit: string; readonly revision: Revision };
  readonly settings: MeasurementSettings & JudgementSettings;
  /** For links; null when it has no address. */
  readonly repositoryUrl: string | null;
  /** Why these two commits, where that is not plain. */
  readonly notes: readonly string[];
}

export interface CompareWorld extends Omit<MeasureWorld, 'checkouts'> {
  readonly repository: Repository;
  /** How commits that are missing here may be fetched; null: not at all. */
  readonly fetch: RemoteAccess | null;
  /** Where the checkouts take turns: a path of its own, the same for both sides. */
  readonly directory: string;
  readonly nameFunction: FunctionNamer;
}

export interface Comparison {
  readonly report: Report;
  /** Null when head has no numbers. */
  readonly diff: ProfileDiff | null;
  /** Between base and head; null where there is no repository, or no base. */
  readonly lines: ChangedLines | null;
}

/**
 * Measures two commits of a repository one after the other at the same path, and compares them.
 * @throws UserError when head cannot be checked out or the tracker is missing; CancelledError
 */
export async function compare(request: CompareRequest, world: CompareWorld): Promise<Comparison> {
  const { settings } = request;
  const { tracker, log, signal } = world;
  const version = await tracker.prepare({ install: settings.installTracker, log, signal });
  await using checkouts = await log.phase('Checking out', () =>
    prepareCheckouts({
      repository: world.repository,
      commits: { base: request.base?.commit ?? null, head: request.head.commit },
      directory: world.directory,
      fetch: world.fetch,
      reusePaths: settings.reusePaths,
    }),
  );
  const filesOf = (sha: string) =>
    listRepositoryFiles({
      repository: world.repository,
      sha,
      checkoutDirectory: checkouts.path,
      workingDirectory: settings.workingDirectory,
    });
  const headFiles = await filesOf(request.head.commit);
  const baseFiles =
    request.base !== null && checkouts.baseFailure === null ? await filesOf(request.base.commit) : headFiles;
  const lines =
    request.base === null || checkouts.baseFailure !== null
      ? null
      : await changedLines(request.base.commit, request.head.commit, world);
  // From here on foreign code runs: base first, whose numbers are in memory before head's code gets to act.
  const measureWorld: MeasureWorld = { ...world, checkouts };
  const base = request.base === null ? null : await measureSide('base', settings, baseFiles, measureWorld);
  const head = await measureSide('head', settings, headFiles, measureWorld);
  if (signal.aborted) throw new CancelledError('cancelled');
  const diff = diffSides(base, head, world.nameFunction);
  const benchmark = buildBenchmarkReport({
    name: settings.name,
    primary: settings.metric,
    limits: settings.limits,
    diff,
    hasBase: base?.profile != null,
    lines,
    runs: { base: base?.runs ?? [], head: head.runs },
    isThreaded: base?.isThreaded === true || head.isThreaded,
    notes: [...request.notes, ...checkouts.notes, ...notesOf(base, head)],
    baseFailure: base?.failure ?? null,
    headFailure: head.failure,
  });
  const report = buildReport(
    {
      base: request.base?.revision ?? null,
      head: request.head.revision,
      tracker: { name: tracker.name, version },
      repositoryUrl: request.repositoryUrl,
    },
    [benchmark],
  );
  return { report, diff, lines };
}

/** Null, with a warning, where the two commits differ in more than can be read: the numbers do not need it. */
async function changedLines(
  base: string,
  head: string,
  { repository, log }: CompareWorld,
): Promise<ChangedLines | null> {
  try {
    return await repository.compareLines(base, head);
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
    log.warning(`Lines of base are not followed to head: ${error.message}`);
    return null;
  }
}

function diffSides(
  base: SideMeasurement | null,
  head: SideMeasurement,
  nameFunction: FunctionNamer,
): ProfileDiff | null {
  if (head.profile === null) return null;
  const options = { nameFunction, baseOwnership: base?.ownership ?? null, headOwnership: head.ownership };
  if (base?.profile == null) return onlyHead(head.profile, { ...options, baseOwnership: head.ownership });
  return diffProfiles(base.profile, head.profile, options);
}

/** What is true of both sides is said once. */
function notesOf(base: SideMeasurement | null, head: SideMeasurement): readonly string[] {
  return [...new Set([...(base?.notes ?? []), ...head.notes])];
}
