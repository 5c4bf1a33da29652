import { GrowingInt32 } from '../profile/columns.ts';
import { forEachMetric, METRIC_IDS } from '../profile/metric.ts';
import { PairIndex } from '../profile/pair-index.ts';
import type { CostColumns, Profile } from '../profile/profile.ts';
import type { FrameIdentity } from './frame-identity.ts';
import type { CallSites, DiffFrame } from './profile-diff.ts';

/** A profile as the tables of both sides have it. */
export interface MappedProfile {
  readonly costs: CostColumns;
  /** Row in the stacks of both sides of each of the profile's stacks; -1 for what is left out. */
  readonly rows: Int32Array;
  /** Of each of the profile's frames. */
  readonly identities: readonly FrameIdentity[];
  /** Row in the frames of both sides of each of the profile's frames. */
  readonly unionFrames: readonly number[];
}

/** Gives each stack's costs to the innermost line of the measured code in it. None where no file is known. */
export function findCallSites(
  { stacks, frames }: Profile,
  { costs, rows, identities, unionFrames }: MappedProfile,
  diffFrames: readonly DiffFrame[],
): CallSites {
  if (identities.every(({ frame }) => frame.file === null)) return noCallSites();
  const prefixes = new GrowingInt32();
  const siteRows = new GrowingInt32();
  const lines = new GrowingInt32();
  const paths: (string | null)[] = [];
  // A site is known by its caller, its row and its line: the first two are a number of their own.
  const [callers, calledRows, calls] = [new GrowingInt32(), new GrowingInt32(), new GrowingInt32()];
  const callIndex = new PairIndex(callers, calledRows);
  const siteIndex = new PairIndex(calls, lines);
  const siteOf = new Int32Array(stacks.length).fill(-1);
  for (let stack = 0; stack < stacks.length; stack++) {
    if (rows[stack] < 0) continue;
    const frame = stacks.frame[stack];
    const prefix = stacks.prefix[stack];
    const isOutermost = prefix < 0 || rows[prefix] < 0 || identities[frame].role === 'entry';
    const caller = isOutermost ? -1 : siteOf[prefix];
    siteOf[stack] = caller;
    if (!diffFrames[unionFrames[frame]].isOwn) continue;
    // A function of the repository may have a line of a library's file, where that was inlined into it.
    const path = identities[frame].frame.file;
    const line = path === null ? 0 : frames.line[frame];
    const site = siteIndex.intern(callIndex.intern(caller, rows[stack]), line);
    if (site === paths.length) {
      prefixes.push(caller);
      siteRows.push(rows[stack]);
      paths.push(path);
    }
    siteOf[stack] = site;
  }
  const sums = forEachMetric(() => new Float64Array(paths.length));
  for (const id of METRIC_IDS) {
    const [column, sum] = [costs[id], sums[id]];
    for (let stack = 0; stack < column.length; stack++) {
      if (column[stack] !== 0 && siteOf[stack] >= 0) sum[siteOf[stack]] += column[stack];
    }
  }
  return {
    length: paths.length,
    prefix: prefixes.toArray(),
    stack: siteRows.toArray(),
    path: paths,
    line: lines.toArray(),
    costs: sums,
  };
}

function noCallSites(): CallSites {
  const none = new Int32Array(0);
  return {
    length: 0,
    prefix: none,
    stack: none,
    path: [],
    line: none,
    costs: forEachMetric(() => new Float64Array(0)),
  };
}
