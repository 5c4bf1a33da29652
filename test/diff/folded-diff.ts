import { diffProfiles } from '../../src/diff/diff-profiles.ts';
import type { ProfileDiff } from '../../src/diff/profile-diff.ts';
import type { MetricId } from '../../src/profile/metric.ts';
import type { FunctionName } from '../../src/symbols/normalise-function.ts';
import { foldedProfile } from '../profile/folded-profile.ts';

/** Names as they are written: nothing to demangle, to normalise or to shorten. */
export function nameAsWritten(name: string): FunctionName {
  return { identity: name, name, shortName: name };
}

/** Two folded texts laid over each other, without a repository. */
export function foldedDiff(base: string, head: string, metric: MetricId = 'allocated'): ProfileDiff {
  return diffProfiles(foldedProfile(base, metric), foldedProfile(head, metric), {
    nameFunction: nameAsWritten,
    baseOwnership: null,
    headOwnership: null,
  });
}
