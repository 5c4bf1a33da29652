import type { CallSites, ProfileDiff } from '../diff/profile-diff.ts';
import { GrowingInt32 } from '../profile/columns.ts';
import type { MetricId } from '../profile/metric.ts';
import { PairIndex } from '../profile/pair-index.ts';
import { changeOrder } from './function-changes.ts';
import type { FunctionChange } from './report.ts';
import { type ChangedLines, touchedSites } from './source-lines.ts';

/**
 * What an author can be told about the lines in front of them: each cost goes to the innermost line on its stack that
 * the pull request touches, be it the one that allocates or the nearest caller. Summed by function, since lines of base
 * that were changed have no counterpart one by one; the line of an entry is that with most in head. What merely moved
 * is on both sides of the sum. Largest change first.
 */
export function touchedFunctions(
  diff: ProfileDiff,
  metric: MetricId,
  lines: ChangedLines | null,
): readonly FunctionChange[] {
  if (lines === null) return [];
  const nearest = {
    base: nearestTouched(diff.baseSites, 'base', lines),
    head: nearestTouched(diff.headSites, 'head', lines),
  };
  if (nearest.head.every((site) => site < 0)) return [];
  const sums = sumByTouchedFunction(diff, metric, nearest);
  const calls = metric === 'allocations' ? sums : sumByTouchedFunction(diff, 'allocations', nearest);
  const places = placesOf(diff, metric, nearest.head);
  const changes: FunctionChange[] = [];
  for (const [frame, { base, head }] of sums) {
    const place = places.get(frame);
    if (base === head || place === undefined) continue;
    const { name, shortName } = diff.frames[frame];
    const called = calls.get(frame);
    changes.push({
      metric,
      name,
      shortName,
      file: place.path,
      line: place.line,
      isOnChangedLine: true,
      base,
      head,
      delta: head - base,
      baseCalls: called?.base ?? 0,
      headCalls: called?.head ?? 0,
      status: base === 0 ? 'new' : head > base ? 'grew' : 'shrank',
    });
  }
  return changes.sort(changeOrder);
}

/** For each site the innermost one on a touched line, among itself and its callers; -1 where there is none. */
function nearestTouched(sites: CallSites, side: 'base' | 'head', lines: ChangedLines): Int32Array {
  const isTouched = touchedSites(sites, side, lines);
  const nearest = new Int32Array(sites.length);
  for (let site = 0; site < sites.length; site++) {
    const caller = sites.prefix[site];
    nearest[site] = isTouched[site] === 1 ? site : caller < 0 ? -1 : nearest[caller];
  }
  return nearest;
}

interface NearestSites {
  readonly base: Int32Array;
  readonly head: Int32Array;
}

/** What one stack costs through the touched lines of one function, or (`frame` −1) through none. */
interface Part {
  readonly frame: number;
  base: number;
  head: number;
}

interface Sum {
  base: number;
  head: number;
}

/** Keys are frames. */
function sumByTouchedFunction(
  diff: ProfileDiff,
  metric: MetricId,
  nearest: NearestSites,
): ReadonlyMap<number, Sum> {
  const sums = new Map<number, Sum>();
  const moves = movesByStack(diff, metric);
  for (const [stack, parts] of partsByStack(diff, metric, nearest)) {
    settleMoves(parts, moves.here[stack], moves.away[stack]);
    for (const { frame, base, head } of parts) {
      if (frame < 0) continue;
      const sum = sums.get(frame) ?? { base: 0, head: 0 };
      sum.base += base;
      sum.head += head;
      sums.set(frame, sum);
    }
  }
  return sums;
}

function partsByStack(
  diff: ProfileDiff,
  metric: MetricId,
  nearest: NearestSites,
): ReadonlyMap<number, readonly Part[]> {
  const [stacks, frames] = [new GrowingInt32(), new GrowingInt32()];
  const index = new PairIndex(stacks, frames);
  const parts: Part[] = [];
  const byStack = new Map<number, Part[]>();
  for (const side of ['base', 'head'] as const) {
    const sites = side === 'base' ? diff.baseSites : diff.headSites;
    const costs = sites.costs[metric];
    for (let site = 0; site < sites.length; site++) {
      if (costs[site] === 0) continue;
      const touched = nearest[side][site];
      const frame = touched < 0 ? -1 : diff.stacks.frame[sites.stack[touched]];
      const stack = sites.stack[site];
      const row = index.intern(stack, frame);
      if (row === parts.length) {
        const part = { frame, base: 0, head: 0 };
        parts.push(part);
        const ofStack = byStack.get(stack);
        if (ofStack === undefined) byStack.set(stack, [part]);
        else ofStack.push(part);
      }
      parts[row][side] += costs[site];
    }
  }
  return byStack;
}

/** What moved here from other stacks and away to others, summed for each stack that ends in the measured code. */
function movesByStack(diff: ProfileDiff, metric: MetricId) {
  const { prefix, frame, length } = diff.stacks;
  const here = new Float64Array(length);
  const away = new Float64Array(length);
  const innermost = new Int32Array(length).fill(-1);
  for (let stack = 0; stack < length; stack++) {
    if (diff.frames[frame[stack]].isOwn) innermost[stack] = stack;
    else if (prefix[stack] >= 0) innermost[stack] = innermost[prefix[stack]];
    const moved = diff.moved[metric][stack];
    if (moved === 0 || innermost[stack] < 0) continue;
    const sums = diff.head[metric][stack] > diff.base[metric][stack] ? here : away;
    sums[innermost[stack]] += moved;
  }
  return { here, away };
}

/**
 * Takes out of each part's change what is none of the stack's: what only went from one part to another, and what
 * moved here or away. Touched lines come first, so that in doubt they are not blamed.
 */
function settleMoves(parts: readonly Part[], movedHere: number, movedAway: number): void {
  let grown = 0;
  let shrunk = 0;
  for (const { base, head } of parts) {
    if (head > base) grown += head - base;
    else shrunk += base - head;
  }
  const inside = Math.min(grown, shrunk);
  let fromElsewhere = inside + movedHere;
  let toElsewhere = inside + movedAway;
  for (const part of [...parts].sort((a, b) => Number(a.frame < 0) - Number(b.frame < 0))) {
    const delta = part.head - part.base;
    const settled = delta > 0 ? Math.min(delta, fromElsewhere) : -Math.min(-delta, toElsewhere);
    if (delta > 0) fromElsewhere -= settled;
    else toElsewhere += settled;
    part.base += settled;
  }
}

/** The line of head, of those that count for a function, through which most passes. */
function placesOf(
  { headSites: sites, stacks }: ProfileDiff,
  metric: MetricId,
  nearest: Int32Array,
): ReadonlyMap<number, { readonly path: string; readonly line: number }> {
  const costs = sites.costs[metric];
  const byFrame = new Map<number, Map<string, { path: string; line: number; cost: number }>>();
  for (let site = 0; site < sites.length; site++) {
    const touched = nearest[site];
    const path = touched < 0 ? null : sites.path[touched];
    if (path === null || costs[site] === 0) continue;
    const frame = stacks.frame[sites.stack[touched]];
    const places = byFrame.get(frame) ?? new Map();
    const key = `${sites.line[touched]} ${path}`;
    const place = places.get(key) ?? { path, line: sites.line[touched], cost: 0 };
    place.cost += costs[site];
    places.set(key, place);
    byFrame.set(frame, places);
  }
  return new Map(
    [...byFrame].map(([frame, places]) => {
      const [most] = [...places.values()].sort((a, b) => b.cost - a.cost || a.line - b.line);
      return [frame, most];
    }),
  );
}
