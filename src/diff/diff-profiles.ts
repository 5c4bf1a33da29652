import type { HeapFacts } from '../profile/heap-facts.ts';
import { forEachMetric, METRIC_IDS, type Totals } from '../profile/metric.ts';
import type { CostColumns, Profile } from '../profile/profile.ts';
import type { FunctionNamer } from '../symbols/normalise-function.ts';
import { findCallSites, type MappedProfile } from './call-sites.ts';
import { findFootprint } from './footprint.ts';
import { frameIdentities } from './frame-identity.ts';
import { findMovedCosts } from './moved-costs/find-moved-costs.ts';
import type { Ownership } from './ownership.ts';
import type { DiffFrame, DiffStackTable, ProfileDiff } from './profile-diff.ts';
import { UnionTree } from './union-tree.ts';

/** What two profiles are compared by. */
export interface DiffOptions {
  readonly nameFunction: FunctionNamer;
  /** For each side; null where no repository is known: then the program's executable counts as own. */
  readonly baseOwnership: Ownership | null;
  readonly headOwnership: Ownership | null;
}

interface Side extends MappedProfile {
  readonly excluded: Totals;
}

/**
 * Lays two profiles over each other. Every byte of both sides is in the result: in a stack's cost, or in `excluded`.
 */
export function diffProfiles(base: Profile, head: Profile, options: DiffOptions): ProfileDiff {
  const tree = new UnionTree();
  // Head first: where the sides tell different things of one function, head is what the reader has before them.
  const headSide = addSide(tree, head, options.nameFunction, options.headOwnership);
  const baseSide = addSide(tree, base, options.nameFunction, options.baseOwnership);
  const count = tree.stackCount;
  const baseCosts = costsOfRows(baseSide, count);
  const headCosts = costsOfRows(headSide, count);
  const frames = tree.frames;
  const stacks = tree.build();
  const presence = {
    base: framesWithCosts(frames.length, stacks, baseCosts),
    head: framesWithCosts(frames.length, stacks, headCosts),
  };
  const moved = findMovedCosts(frames, stacks, presence, baseCosts, headCosts);
  const metrics = METRIC_IDS.filter(
    (id) => base.facts.metrics.includes(id) && head.facts.metrics.includes(id),
  );
  const first = metrics[0] ?? 'allocated';
  return {
    metrics,
    frames,
    stacks,
    base: baseCosts,
    head: headCosts,
    moved,
    baseSites: findCallSites(base, baseSide, frames),
    headSites: findCallSites(head, headSide, frames),
    excluded: { base: baseSide.excluded, head: headSide.excluded },
    heap: { base: heapFacts(base), head: heapFacts(head) },
    matched: matchedShare(baseCosts[first], headCosts[first], moved[first]),
  };
}

/** A diff with nothing on the base side: what a head without base shows. */
export function onlyHead(head: Profile, options: DiffOptions): ProfileDiff {
  const none: Profile = {
    facts: { ...head.facts, timeline: null, sizes: null },
    strings: [''],
    frames: {
      length: 0,
      function: new Int32Array(0),
      file: new Int32Array(0),
      line: new Int32Array(0),
      module: new Int32Array(0),
    },
    stacks: { length: 0, prefix: new Int32Array(0), frame: new Int32Array(0) },
    costs: forEachMetric(() => new Float64Array(0)),
  };
  return diffProfiles(none, head, options);
}

function heapFacts({ facts: { timeline, sizes } }: Profile): HeapFacts {
  return { timeline, sizes };
}

function addSide(
  tree: UnionTree,
  profile: Profile,
  nameFunction: FunctionNamer,
  ownership: Ownership | null,
): Side {
  const { stacks } = profile;
  const identities = frameIdentities(profile, nameFunction, ownership);
  const unionFrames = identities.map((identity) =>
    tree.internFrame(identity.key, (known) => mergeFrames(known, identity.frame)),
  );
  const { prefix: callerOf, frame: frameOf, length } = stacks;
  const isPlain = Uint8Array.from(identities, ({ role, isOneWithSameCaller }) =>
    role === 'code' && !isOneWithSameCaller ? 1 : 0,
  );
  const rows = new Int32Array(length);
  for (let stack = 0; stack < length; stack++) {
    const frame = frameOf[stack];
    const prefix = callerOf[stack] < 0 ? -1 : rows[callerOf[stack]];
    // Nearly all frames are the measured code's or a library's own.
    if (isPlain[frame] === 1) {
      rows[stack] = tree.internStack(prefix, unionFrames[frame]);
      continue;
    }
    const { role, isOneWithSameCaller } = identities[frame];
    if (role === 'entry') rows[stack] = tree.internStack(-1, unionFrames[frame]);
    else if (role === 'runtime-root') rows[stack] = -1;
    else if (role === 'runtime' && prefix < 0) rows[stack] = -1;
    else if (role === 'allocation') rows[stack] = prefix;
    else if (isOneWithSameCaller && prefix >= 0 && tree.frameOf(prefix) === unionFrames[frame])
      rows[stack] = prefix;
    else rows[stack] = tree.internStack(prefix, unionFrames[frame]);
  }
  // What was allocated by the runtime itself, outside any frame that is kept, goes to the innermost frame that asked.
  const isFootprint = findFootprint(profile);
  for (let stack = 0; stack < stacks.length; stack++) {
    if (rows[stack] >= 0 || isFootprint[stack] === 1) continue;
    if (METRIC_IDS.some((id) => profile.costs[id][stack] > 0)) {
      let asker = stack;
      while (identities[stacks.frame[asker]].role === 'allocation' && stacks.prefix[asker] >= 0) {
        asker = stacks.prefix[asker];
      }
      rows[stack] = tree.internStack(-1, unionFrames[stacks.frame[asker]]);
    }
  }
  const excluded = forEachMetric((id) => sumWhere(profile.costs[id], isFootprint));
  for (let stack = 0; stack < length; stack++) if (isFootprint[stack] === 1) rows[stack] = -1;
  return { costs: profile.costs, excluded, rows, identities, unionFrames };
}

function mergeFrames(known: DiffFrame | null, found: DiffFrame): DiffFrame {
  if (known === null) return found;
  if ((known.file !== null || found.file === null) && (known.isOwn || !found.isOwn)) return known;
  return { ...known, file: known.file ?? found.file, isOwn: known.isOwn || found.isOwn };
}

function costsOfRows(side: Side, count: number): CostColumns {
  return forEachMetric((id) => {
    const column = new Float64Array(count);
    const { costs, rows } = side;
    const ofProfile = costs[id];
    for (let stack = 0; stack < ofProfile.length; stack++) {
      if (ofProfile[stack] !== 0 && rows[stack] >= 0) column[rows[stack]] += ofProfile[stack];
    }
    return column;
  });
}

/** Marks the frames that stacks with costs pass through. */
function framesWithCosts(
  frameCount: number,
  { prefix, frame, length }: DiffStackTable,
  costs: CostColumns,
): Uint8Array {
  const hasCosts = new Uint8Array(length);
  for (const column of Object.values(costs)) {
    for (let stack = 0; stack < length; stack++) if (column[stack] > 0) hasCosts[stack] = 1;
  }
  const isThere = new Uint8Array(frameCount);
  for (let stack = length - 1; stack >= 0; stack--) {
    if (hasCosts[stack] === 0) continue;
    isThere[frame[stack]] = 1;
    if (prefix[stack] >= 0) hasCosts[prefix[stack]] = 1;
  }
  return isThere;
}

function sumWhere(column: Float64Array, isIncluded: Uint8Array): number {
  let sum = 0;
  for (let row = 0; row < column.length; row++) if (isIncluded[row] === 1) sum += column[row];
  return sum;
}

/** Share (0 to 1) of both sides' costs in stacks that the other side has too, or that moved. */
function matchedShare(base: Float64Array, head: Float64Array, moved: Float64Array): number {
  let all = 0;
  let matched = 0;
  for (let stack = 0; stack < base.length; stack++) {
    const cost = base[stack] + head[stack];
    all += cost;
    matched += base[stack] > 0 && head[stack] > 0 ? cost : moved[stack];
  }
  return all === 0 ? 1 : matched / all;
}
