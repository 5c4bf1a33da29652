import type { DiffFrame } from '../diff/profile-diff.ts';
import { baseOf, type CostParts, headOf } from '../flamegraph/cost-parts.ts';
import type { FrameTree } from '../flamegraph/frame-tree.ts';
import type { FrameTreeCosts } from '../flamegraph/weigh-frame-tree.ts';
import type { Change } from './change-status.ts';

/** What one function costs on both sides. */
export interface FunctionRow {
  /** Index into the diff's frames, or OUTSIDE. */
  readonly frame: number;
  /** What it allocates itself; in a tree of focus stacks also what foreign code allocates for it. */
  readonly own: Change;
  /** With everything that it calls, recursion counted once. */
  readonly total: Change;
  /** Allocation calls of its own. */
  readonly ownBaseCalls: number;
  readonly ownHeadCalls: number;
  /** Bytes of its own, whatever the metric. */
  readonly ownBaseBytes: number;
  readonly ownHeadBytes: number;
}

type GrowingChange = { -readonly [key in keyof Change]: Change[key] };
interface GrowingRow {
  readonly frame: number;
  readonly own: GrowingChange;
  readonly total: GrowingChange;
  ownBaseCalls: number;
  ownHeadCalls: number;
  ownBaseBytes: number;
  ownHeadBytes: number;
}

/**
 * The functions of a tree of callees; of focus stacks, those of the measured code. Largest change first.
 * @param costs of the metric that is looked at; `calls` and `bytes` those of allocations and allocated
 */
export function buildFunctionTable(
  frames: readonly DiffFrame[],
  tree: FrameTree,
  costs: FrameTreeCosts,
  calls: FrameTreeCosts,
  bytes: FrameTreeCosts,
): readonly FunctionRow[] {
  const rows = new Map<number, GrowingRow>();
  for (let node = 1; node < tree.length; node++) {
    const frame = tree.frame[node];
    if (baseOf(costs.total, node) + headOf(costs.total, node) > 0 && isOutermost(tree, node)) {
      addChange(rowOf(rows, frame).total, costs.total, node);
    }
    if (
      baseOf(calls.self, node) +
        headOf(calls.self, node) +
        baseOf(costs.self, node) +
        headOf(costs.self, node) ===
      0
    ) {
      continue;
    }
    const isForeign = tree.form === 'focus' && frame >= 0 && !frames[frame].isOwn && tree.parent[node] > 0;
    const row = rowOf(rows, isForeign ? tree.frame[tree.parent[node]] : frame);
    addChange(row.own, costs.self, node);
    row.ownBaseCalls += baseOf(calls.self, node);
    row.ownHeadCalls += headOf(calls.self, node);
    row.ownBaseBytes += baseOf(bytes.self, node);
    row.ownHeadBytes += headOf(bytes.self, node);
  }
  const isListed = ({ frame }: FunctionRow) => tree.form === 'full' || frame < 0 || frames[frame].isOwn;
  return [...rows.values()].filter(isListed).sort(largestFirst);
}

function largestFirst({ own: a, total: inA }: FunctionRow, { own: b, total: inB }: FunctionRow): number {
  const byOwn = Math.abs(b.head - b.base) - Math.abs(a.head - a.base);
  const byTotal = Math.abs(inB.head - inB.base) - Math.abs(inA.head - inA.base);
  return byOwn || byTotal || inB.base + inB.head - (inA.base + inA.head);
}

function rowOf(rows: Map<number, GrowingRow>, frame: number): GrowingRow {
  let row = rows.get(frame);
  if (row === undefined) {
    row = {
      frame,
      own: { base: 0, head: 0, gone: 0, added: 0, moved: 0 },
      total: { base: 0, head: 0, gone: 0, added: 0, moved: 0 },
      ownBaseCalls: 0,
      ownHeadCalls: 0,
      ownBaseBytes: 0,
      ownHeadBytes: 0,
    };
    rows.set(frame, row);
  }
  return row;
}

function addChange(to: GrowingChange, parts: CostParts, node: number): void {
  to.base += baseOf(parts, node);
  to.head += headOf(parts, node);
  to.gone += parts.gone[node];
  to.added += parts.added[node];
  to.moved += parts.movedAway[node] + parts.movedHere[node];
}

function isOutermost({ parent, frame }: FrameTree, node: number): boolean {
  for (let at = parent[node]; at > 0; at = parent[at]) if (frame[at] === frame[node]) return false;
  return true;
}

/** A function that calls, or is called by, the one that is looked at. */
export interface Neighbour {
  readonly frame: number;
  readonly base: number;
  readonly head: number;
}

/** The functions around one, largest change first. */
export interface Neighbours {
  readonly callers: readonly Neighbour[];
  readonly callees: readonly Neighbour[];
}

/** Who calls a function, and whom it calls, with what passes between them; recursion counted once. Largest first. */
export function findNeighbours(tree: FrameTree, costs: FrameTreeCosts, frame: number): Neighbours {
  const callers = new Map<number, { frame: number; base: number; head: number }>();
  const callees = new Map<number, { frame: number; base: number; head: number }>();
  const add = (to: typeof callers, other: number, node: number) => {
    const sum = to.get(other) ?? { frame: other, base: 0, head: 0 };
    sum.base += baseOf(costs.total, node);
    sum.head += headOf(costs.total, node);
    to.set(other, sum);
  };
  for (let node = 1; node < tree.length; node++) {
    if (tree.frame[node] === frame && tree.parent[node] > 0 && isOutermost(tree, node)) {
      add(callers, tree.frame[tree.parent[node]], node);
    }
    const parent = tree.parent[node];
    if (parent > 0 && tree.frame[parent] === frame && tree.frame[node] !== frame) {
      add(callees, tree.frame[node], node);
    }
  }
  const sorted = (map: typeof callers) =>
    [...map.values()]
      .filter(({ base, head }) => base + head > 0)
      .sort(
        (a, b) => Math.abs(b.head - b.base) - Math.abs(a.head - a.base) || b.base + b.head - a.base - a.head,
      );
  return { callers: sorted(callers), callees: sorted(callees) };
}
