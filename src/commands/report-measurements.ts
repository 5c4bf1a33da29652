import { diffProfiles, onlyHead } from '../diff/diff-profiles.ts';
import { isMissingLines } from '../diff/missing-lines.ts';
import { ownershipByPaths } from '../diff/own-paths.ts';
import type { Ownership } from '../diff/ownership.ts';
import type { ProfileDiff } from '../diff/profile-diff.ts';
import type { Measured, MeasuredSide, Measurement } from '../measurement/measurement.ts';
import { buildBenchmarkReport, buildReport } from '../report/build-report.ts';
import type { BenchmarkReport, Report, SideFailure } from '../report/report.ts';
import type { ChangedLines } from '../report/source-lines.ts';
import type { JudgementSettings } from '../settings/settings.ts';
import type { FunctionNamer } from '../symbols/normalise-function.ts';

const BUILD_WITH_LINES =
  'build it with `-g` and without `-gsplit-dwarf`, Rust with `debug = "limited"` in its profile';

/** What is compared, and what it is judged by. */
export interface ReportRequest {
  /** Of one pair of commits, at least one. */
  readonly measurements: readonly Measurement[];
  /** Names of the benchmarks that should have been measured, too, and were not: each of them failed. */
  readonly missing?: readonly string[];
  /** What a benchmark is judged by. */
  readonly judgementOf: (name: string) => JudgementSettings;
  /** Between base and head; null where there is no repository, or no base. */
  readonly lines: ChangedLines | null;
  /** For links; null when it has no address. */
  readonly repositoryUrl: string | null;
}

/** A report, and what its numbers were made of. */
export interface Comparison {
  readonly report: Report;
  /** By the benchmarks' names; those whose head has no numbers are not in it. */
  readonly sources: ReadonlyMap<string, { readonly diff: ProfileDiff; readonly lines: ChangedLines | null }>;
}

/** Compares both sides of each measurement, and judges them. */
export function reportMeasurements(request: ReportRequest, nameFunction: FunctionNamer): Comparison {
  const { measurements, judgementOf, lines, repositoryUrl } = request;
  const sources = new Map<string, { diff: ProfileDiff; lines: ChangedLines | null }>();
  const benchmarks = measurements.map((measurement) => {
    const { name, notes, base, head } = measurement;
    const { metric, limits } = judgementOf(name);
    const measuredBase = base === null ? null : measuredOf(base);
    const measuredHead = measuredOf(head);
    const diff = measuredHead && diffSides(measuredBase, measuredHead, nameFunction);
    if (diff !== null) sources.set(name, { diff, lines });
    return buildBenchmarkReport({
      name,
      primary: metric,
      limits,
      diff,
      hasBase: measuredBase !== null,
      lines,
      runs: { base: measuredBase?.runs ?? [], head: measuredHead?.runs ?? [] },
      isThreaded: measuredBase?.isThreaded === true || measuredHead?.isThreaded === true,
      // What is true of both sides is said once.
      notes: [
        ...new Set([...notes, ...(base?.notes ?? []), ...head.notes]),
        ...missingLinesNotes(measuredBase, measuredHead, nameFunction),
      ],
      isBaseFromCache: base?.isFromCache === true,
      baseFailure: base && failureOf(base),
      headFailure: failureOf(head),
    });
  });
  const failed = (request.missing ?? []).map((name) => reportMissing(name, judgementOf(name)));
  const [{ tracker, head }] = measurements;
  const base = measurements.find((measurement) => measurement.base !== null)?.base ?? null;
  const report = buildReport(
    { base: base && revisionOf(base), head: revisionOf(head), tracker, repositoryUrl },
    [...benchmarks, ...failed],
  );
  return { report, sources };
}

function reportMissing(name: string, { metric, limits }: JudgementSettings): BenchmarkReport {
  return buildBenchmarkReport({
    ...{ name, primary: metric, limits, diff: null, hasBase: false, lines: null },
    ...{ runs: { base: [], head: [] }, isThreaded: false, notes: [], baseFailure: null },
    headFailure: {
      phase: 'handover',
      message:
        'No job of the run handed over a measurement of it: it failed, was cancelled, or does not exist.',
      lastLines: [],
    },
  });
}

/** Why a reader looks for lines in vain. */
function missingLinesNotes(
  base: Measured | null,
  head: Measured | null,
  nameFunction: FunctionNamer,
): readonly string[] {
  const isMissing = (side: Measured | null) =>
    side !== null && isMissingLines(side.profile, side.ownPaths, nameFunction);
  const [onBase, onHead] = [isMissing(base), isMissing(head)];
  if (!onBase && !onHead) return [];
  const where =
    (onBase || base === null) && (onHead || head === null) ? '' : onBase ? ' on base' : ' on head';
  return [`The program was built without line numbers${where}: ${BUILD_WITH_LINES}.`];
}

function measuredOf({ outcome }: MeasuredSide): Measured | null {
  return outcome.kind === 'measured' ? outcome : null;
}

function failureOf({ outcome }: MeasuredSide): SideFailure | null {
  if (outcome.kind === 'measured') return null;
  const { phase, message, lastLines } = outcome;
  return { phase, message, lastLines };
}

function revisionOf({ sha, label }: MeasuredSide) {
  return { sha, label };
}

function diffSides(base: Measured | null, head: Measured, nameFunction: FunctionNamer): ProfileDiff {
  const headOwnership = ownershipOf(head, nameFunction);
  if (base === null) {
    return onlyHead(head.profile, { nameFunction, baseOwnership: headOwnership, headOwnership });
  }
  const baseOwnership = ownershipOf(base, nameFunction);
  return diffProfiles(base.profile, head.profile, { nameFunction, baseOwnership, headOwnership });
}

function ownershipOf({ profile, ownPaths }: Measured, nameFunction: FunctionNamer): Ownership | null {
  return ownPaths && ownershipByPaths(profile, ownPaths, nameFunction);
}
