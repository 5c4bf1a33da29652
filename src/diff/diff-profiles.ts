import { forEachMetric, METRIC_IDS, type Totals } from '../profile/metric.ts';
import type { CostColumns, Profile } from '../profile/profile.ts';
import type { FunctionNamer } from '../symbols/normalise-function.ts';
import { findFootprint } from './footprint.ts';
import { frameIdentities } from './frame-identity.ts';
import { findMovedCosts } from './moved-costs.ts';
import type { Ownership } from './ownership.ts';
import type { DiffFrame, DiffStackTable, ProfileDiff } from './profile-diff.ts';
import { UnionTree } from './union-tree.ts';

export interface DiffOptions {
  readonly nameFunction: FunctionNamer;
  /** For each side; null where no repository is known: then the program's executable counts as own. */
  readonly baseOwnership: Ownership | null;
  readonly headOwnership: Ownership | null;
}

interface Side {
  readonly costs: CostColumns;
  readonly excluded: Totals;
  /** Union row of each of the profile's stacks. */
  readonly rows: Int32Array;
  readonly lineOfRow: Map<number, number>;
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
  const stacks = tree.build(linesOfRows(baseSide, count), linesOfRows(headSide, count));
  const moved = forEachMetric((id) => findMovedCosts(frames, stacks, baseCosts[id], headCosts[id]));
  const metrics = METRIC_IDS.filter(
    (id) => base.facts.metrics.includes(id) && head.facts.metrics.includes(id),
  );
  return {
    metrics,
    frames,
    stacks,
    base: baseCosts,
    head: headCosts,
    moved,
    excluded: { base: baseSide.excluded, head: headSide.excluded },
    matched: matchedShare(
      baseCosts[metrics[0] ?? 'allocated'],
      headCosts[metrics[0] ?? 'allocated'],
      moved[metrics[0] ?? 'allocated'],
    ),
  };
}

/** A diff with nothing on the base side: what a head without base shows. */
export function onlyHead(head: Profile, options: DiffOptions): ProfileDiff {
  const none: Profile = {
    facts: head.facts,
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

function addSide(
  tree: UnionTree,
  profile: Profile,
  nameFunction: FunctionNamer,
  ownership: Ownership | null,
): Side {
  const { stacks, frames } = profile;
  const identities = frameIdentities(profile, nameFunction, ownership);
  const unionFrame = identities.map((identity) =>
    tree.internFrame(identity.key, (known) => mergeFrames(known, identity.frame)),
  );
  const rows = new Int32Array(stacks.length);
  const lineOfRow = new Map<number, number>();
  for (let stack = 0; stack < stacks.length; stack++) {
    const frame = stacks.frame[stack];
    const { role, isUnresolved } = identities[frame];
    const prefix = stacks.prefix[stack] < 0 ? -1 : rows[stacks.prefix[stack]];
    if (role === 'entry') rows[stack] = tree.internStack(-1, unionFrame[frame]);
    else if (role === 'runtime-root') rows[stack] = -1;
    else if (role === 'runtime' && prefix < 0) rows[stack] = -1;
    else if (role === 'allocation') rows[stack] = prefix;
    else if (isUnresolved && prefix >= 0 && tree.frameOf(prefix) === unionFrame[frame]) rows[stack] = prefix;
    else rows[stack] = tree.internStack(prefix, unionFrame[frame]);
    const row = rows[stack];
    if (
      row >= 0 &&
      tree.frameOf(row) === unionFrame[frame] &&
      !lineOfRow.has(row) &&
      frames.line[frame] > 0
    ) {
      lineOfRow.set(row, frames.line[frame]);
    }
  }
  // What was allocated by the runtime itself, outside any frame that is kept, goes to the innermost frame that asked.
  const isFootprint = findFootprint(profile);
  for (let stack = 0; stack < stacks.length; stack++) {
    if (
      rows[stack] < 0 &&
      isFootprint[stack] === 0 &&
      METRIC_IDS.some((id) => profile.costs[id][stack] > 0)
    ) {
      let asker = stack;
      while (identities[stacks.frame[asker]].role === 'allocation' && stacks.prefix[asker] >= 0) {
        asker = stacks.prefix[asker];
      }
      rows[stack] = tree.internStack(-1, unionFrame[stacks.frame[asker]]);
    }
  }
  const excluded = forEachMetric((id) => sumWhere(profile.costs[id], isFootprint));
  const costs = forEachMetric((id) =>
    profile.costs[id].map((cost, stack) => (isFootprint[stack] ? 0 : cost)),
  );
  return { costs, excluded, rows, lineOfRow };
}

function mergeFrames(known: DiffFrame | null, found: DiffFrame): DiffFrame {
  if (known === null) return found;
  if ((known.file !== null || found.file === null) && (known.isOwn || !found.isOwn)) return known;
  return { ...known, file: known.file ?? found.file, isOwn: known.isOwn || found.isOwn };
}

function costsOfRows(side: Side, count: number): CostColumns {
  return forEachMetric((id) => {
    const column = new Float64Array(count);
    side.costs[id].forEach((cost, stack) => {
      if (cost !== 0) column[side.rows[stack]] += cost;
    });
    return column;
  });
}

function linesOfRows(side: Side, count: number): DiffStackTable['baseLine'] {
  const lines = new Int32Array(count);
  for (const [row, line] of side.lineOfRow) lines[row] = line;
  return lines;
}

function sumWhere(column: Float64Array, isIncluded: Uint8Array): number {
  return column.reduce((sum, cost, row) => (isIncluded[row] ? sum + cost : sum), 0);
}

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
