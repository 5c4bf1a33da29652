import type { ProfileDiff } from '../diff/profile-diff.ts';
import type { MetricId } from '../profile/metric.ts';
import type { Culprit, FunctionChange } from './report.ts';

/**
 * What changed, function by function: each stack's own cost goes to the innermost function of the measured code in
 * it, so that what `parse` makes a library allocate counts as `parse`. Largest change first.
 */
export function functionChanges(diff: ProfileDiff, metric: MetricId): readonly FunctionChange[] {
  const sums = new Map<number, FunctionSum>();
  const innermost = innermostOwnStacks(diff);
  for (let stack = 0; stack < diff.stacks.length; stack++) {
    const own = innermost[stack];
    addTo(sums, diff.stacks.frame[own], diff, metric, stack, own);
  }
  const changes: FunctionChange[] = [];
  for (const [frame, sum] of sums) {
    if (sum.base === sum.head) continue;
    const { name, shortName, file } = diff.frames[frame];
    changes.push({
      metric,
      name,
      shortName,
      file,
      line: file === null ? null : lineOf(diff, sum, sum.head === 0),
      base: sum.base,
      head: sum.head,
      delta: sum.head - sum.base,
      baseCalls: sum.baseCalls,
      headCalls: sum.headCalls,
      status: statusOf(sum),
    });
  }
  return changes.sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta) || compareNames(a, b));
}

/** A function must explain this share of the change to be named as its cause; the second where no one reaches the first. */
const CULPRIT_SHARES = [0.9, 0.5];

/**
 * The one function that explains the change of the whole: among those whose total, with everything they called,
 * changed by nearly as much, the smallest one, and of equals the outermost. Null when nothing changed or no single
 * function explains it.
 */
export function findCulprit(diff: ProfileDiff, metric: MetricId): Culprit | null {
  const { sums, base, head } = inclusiveSums(diff, metric);
  const delta = head - base;
  if (delta === 0) return null;
  for (const share of CULPRIT_SHARES) {
    const candidates = [...sums].filter(([, sum]) => (sum.head - sum.base) / delta >= share);
    // A function that holds all there is explains nothing, unless there is no other.
    const inner = candidates.filter(([, sum]) => sum.minDepth > 0);
    const chosen = (inner.length > 0 ? inner : candidates).sort(([, a], [, b]) => {
      const [sizeA, sizeB] = [Math.max(a.base, a.head), Math.max(b.base, b.head)];
      // Within a percent two sizes are the same work seen from a caller and its callee.
      if (Math.abs(sizeA - sizeB) > 0.01 * Math.max(sizeA, sizeB)) return sizeA - sizeB;
      return a.minDepth - b.minDepth;
    })[0];
    if (chosen === undefined) continue;
    const [frame, sum] = chosen;
    const { name, shortName, file } = diff.frames[frame];
    return {
      name,
      shortName,
      file,
      line: file === null ? null : lineOf(diff, sum, sum.head === 0),
      base: sum.base,
      head: sum.head,
      baseCalls: sum.baseCalls,
      headCalls: sum.headCalls,
      share: (sum.head - sum.base) / delta,
    };
  }
  return null;
}

interface FunctionSum {
  base: number;
  head: number;
  baseCalls: number;
  headCalls: number;
  moved: number;
  minDepth: number;
  /** The stack of this function through which most changed: it gives the line. */
  largestStack: number;
  largestChange: number;
}

function addTo(
  sums: Map<number, FunctionSum>,
  frame: number,
  diff: ProfileDiff,
  metric: MetricId,
  stack: number,
  ownStack: number,
  depth = 0,
): void {
  let sum = sums.get(frame);
  if (sum === undefined) {
    sum = {
      base: 0,
      head: 0,
      baseCalls: 0,
      headCalls: 0,
      moved: 0,
      minDepth: depth,
      largestStack: ownStack,
      largestChange: -1,
    };
    sums.set(frame, sum);
  }
  const base = diff.base[metric][stack];
  const head = diff.head[metric][stack];
  sum.base += base;
  sum.head += head;
  sum.baseCalls += diff.base.allocations[stack];
  sum.headCalls += diff.head.allocations[stack];
  sum.moved += diff.moved[metric][stack];
  sum.minDepth = Math.min(sum.minDepth, depth);
  if (Math.abs(head - base) > sum.largestChange) {
    sum.largestChange = Math.abs(head - base);
    sum.largestStack = ownStack;
  }
}

/** For each stack the innermost stack on its way that is the measured code's own; itself where there is none. */
function innermostOwnStacks(diff: ProfileDiff): Int32Array {
  const { prefix, frame, length } = diff.stacks;
  const own = new Int32Array(length).fill(-1);
  for (let stack = 0; stack < length; stack++) {
    if (diff.frames[frame[stack]].isOwn) own[stack] = stack;
    else if (prefix[stack] >= 0) own[stack] = own[prefix[stack]];
  }
  return own.map((ownStack, stack) => (ownStack < 0 ? stack : ownStack));
}

/** Totals of each own function over all stacks that pass through it, recursion counted once. */
function inclusiveSums(diff: ProfileDiff, metric: MetricId) {
  const { prefix, frame, length } = diff.stacks;
  const sums = new Map<number, FunctionSum>();
  let base = 0;
  let head = 0;
  const seen = new Set<number>();
  const path: number[] = [];
  for (let stack = 0; stack < length; stack++) {
    base += diff.base[metric][stack];
    head += diff.head[metric][stack];
    const calls = diff.base.allocations[stack] + diff.head.allocations[stack];
    if (calls + diff.base[metric][stack] + diff.head[metric][stack] === 0) continue;
    seen.clear();
    path.length = 0;
    for (let at = stack; at >= 0; at = prefix[at]) if (diff.frames[frame[at]].isOwn) path.push(at);
    path.forEach((at, index) => {
      if (seen.has(frame[at])) return;
      seen.add(frame[at]);
      addTo(sums, frame[at], diff, metric, stack, at, path.length - 1 - index);
    });
  }
  return { sums, base, head };
}

function lineOf(diff: ProfileDiff, { largestStack }: FunctionSum, isGone: boolean): number | null {
  const { baseLine, headLine } = diff.stacks;
  return (isGone ? baseLine[largestStack] : headLine[largestStack]) || null;
}

function statusOf(sum: FunctionSum): FunctionChange['status'] {
  const delta = Math.abs(sum.head - sum.base);
  if (sum.moved >= delta) return 'moved';
  if (sum.base === 0) return 'new';
  if (sum.head === 0) return 'gone';
  return sum.head > sum.base ? 'grew' : 'shrank';
}

function compareNames(a: FunctionChange, b: FunctionChange): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
