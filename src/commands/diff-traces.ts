import { diffProfiles } from '../diff/diff-profiles.ts';
import { totalsWithoutFootprint } from '../diff/footprint.ts';
import type { Profile } from '../profile/profile.ts';
import { buildBenchmarkReport, buildReport } from '../report/build-report.ts';
import type { JudgementSettings } from '../settings/settings.ts';
import type { FunctionNamer } from '../symbols/normalise-function.ts';
import type { Comparison } from './report-measurements.ts';

/** A trace that somebody already has. */
export interface NamedProfile {
  /** What to call it: its file name. */
  readonly label: string;
  readonly profile: Profile;
}

/** Compares two recorded profiles. */
export function diffTraces(
  base: NamedProfile,
  head: NamedProfile,
  settings: JudgementSettings,
  nameFunction: FunctionNamer,
): Comparison {
  const diff = diffProfiles(base.profile, head.profile, {
    nameFunction,
    baseOwnership: null,
    headOwnership: null,
  });
  const benchmark = buildBenchmarkReport({
    name: 'default',
    primary: settings.metric,
    limits: settings.limits,
    diff,
    hasBase: true,
    lines: null,
    runs: { base: [totalsWithoutFootprint(base.profile)], head: [totalsWithoutFootprint(head.profile)] },
    isThreaded: base.profile.facts.isThreaded || head.profile.facts.isThreaded,
    notes: recorderNotes(base.profile, head.profile),
    baseFailure: null,
    headFailure: null,
  });
  const version = head.profile.facts.recordedBy?.replace(/^heaptrack /, '');
  const report = buildReport(
    {
      base: { sha: null, label: base.label },
      head: { sha: null, label: head.label },
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
