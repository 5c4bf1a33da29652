import { diffProfiles } from '../diff/diff-profiles.ts';
import type { ProfileDiff } from '../diff/profile-diff.ts';
import type { Profile } from '../profile/profile.ts';
import { sumCosts } from '../profile/totals.ts';
import { type BenchmarkFindings, buildBenchmarkReport, buildReport } from '../report/build-report.ts';
import type { JudgementSettings } from '../settings/settings.ts';
import type { FunctionNamer } from '../symbols/normalise-function.ts';
import type { Comparison } from './report-measurements.ts';

/** A trace that somebody already has. */
export interface NamedProfile {
  /** What to call it: its file name. */
  readonly label: string;
  readonly profile: Profile;
}

/** Two profiles laid over each other, and what else a report says of them. Does not hold the profiles. */
export interface TraceDiff extends Pick<BenchmarkFindings, 'runs' | 'isThreaded' | 'notes'> {
  readonly diff: ProfileDiff;
  readonly baseLabel: string;
  readonly headLabel: string;
  /** Of the heaptrack that recorded head; undefined when the trace does not say. */
  readonly version: string | undefined;
}

/** Compares two recorded profiles. */
export function diffTraces(
  base: NamedProfile,
  head: NamedProfile,
  settings: JudgementSettings,
  nameFunction: FunctionNamer,
): Comparison {
  return reportTraceDiff(layTracesOver(base, head, nameFunction), settings);
}

/** The first half of `diffTraces`, for whoever has use for the stacks while the report is made. */
export function layTracesOver(
  base: NamedProfile,
  head: NamedProfile,
  nameFunction: FunctionNamer,
): TraceDiff {
  const diff = diffProfiles(base.profile, head.profile, {
    nameFunction,
    baseOwnership: null,
    headOwnership: null,
  });
  return {
    diff,
    runs: { base: [sumCosts(diff.base)], head: [sumCosts(diff.head)] },
    isThreaded: base.profile.facts.isThreaded || head.profile.facts.isThreaded,
    notes: recorderNotes(base.profile, head.profile),
    version: head.profile.facts.recordedBy?.replace(/^heaptrack /, ''),
    baseLabel: base.label,
    headLabel: head.label,
  };
}

/** The second half. */
export function reportTraceDiff(traceDiff: TraceDiff, settings: JudgementSettings): Comparison {
  const { diff, runs, isThreaded, notes, version, baseLabel, headLabel } = traceDiff;
  const benchmark = buildBenchmarkReport({
    name: 'default',
    primary: settings.metric,
    limits: settings.limits,
    diff,
    hasBase: true,
    lines: null,
    runs,
    isThreaded,
    notes,
    baseFailure: null,
    headFailure: null,
  });
  const report = buildReport(
    {
      base: { sha: null, label: baseLabel },
      head: { sha: null, label: headLabel },
      tracker: version === undefined ? null : { name: 'heaptrack', version },
      repositoryUrl: null,
    },
    [benchmark],
  );
  return { report, sources: new Map([['default', { diff, lines: null }]]) };
}

/** Other versions of heaptrack name the same frames differently, which looks like a change of the program. */
function recorderNotes(base: Profile, head: Profile): readonly string[] {
  const [from, to] = [base.facts.recordedBy, head.facts.recordedBy];
  if (from === to) return [];
  return [
    `The traces were recorded by different versions (${from ?? 'unknown'} and ${to ?? 'unknown'}), which name functions differently: expect false differences.`,
  ];
}
