import type { ProfileDiff } from '../diff/profile-diff.ts';
import { linkChildren } from '../profile/child-links.ts';
import { GrowingInt32 } from '../profile/columns.ts';
import { METRIC_IDS, type MetricId } from '../profile/metric.ts';
import { totalCosts } from '../profile/totals.ts';

/** One function's costs, summed over stacks. */
export interface FunctionSum {
  readonly base: number;
  readonly head: number;
  /** Allocation calls, whatever the metric. */
  readonly baseCalls: number;
  readonly headCalls: number;
  /** head − base without what other stacks took over or gave up. */
  readonly change: number;
  /** Frames of the measured code outside it, where there are fewest. */
  readonly minDepth: number;
}

type GrowingSum = { -readonly [key in keyof FunctionSum]: FunctionSum[key] };

/**
 * Each stack's own cost, given to the innermost function of the measured code in it. Keys are frames.
 * @param isAsking of each frame 1 where it is the measured code and no wrapper of malloc; a wrapper that nobody of the
 * measured code called keeps its costs
 */
export function ownSums(
  diff: ProfileDiff,
  metric: MetricId,
  isAsking: Uint8Array,
): ReadonlyMap<number, FunctionSum> {
  const { frame } = diff.stacks;
  const sums = new Map<number, GrowingSum>();
  const { stacks, innermost } = allocatingStacks(diff, isAsking);
  const [base, head] = [diff.base[metric], diff.head[metric]];
  const [baseCalls, headCalls] = [diff.base.allocations, diff.head.allocations];
  for (let index = 0; index < stacks.length; index++) {
    const stack = stacks[index];
    if (base[stack] === 0 && head[stack] === 0 && baseCalls[stack] === 0 && headCalls[stack] === 0) continue;
    addTo(sums, frame[innermost[index]], diff, metric, stack, 0);
  }
  return sums;
}

/** The stacks that cost something themselves in any metric: few of all. */
interface AllocatingStacks {
  readonly stacks: Int32Array;
  /**
   * Of each of them the innermost one that ends in the measured code and no wrapper, among itself and its callers; else
   * the innermost that ends in the measured code; else itself.
   */
  readonly innermost: Int32Array;
}

/** Asked for once for each metric. */
const knownAllocating = new WeakMap<ProfileDiff, AllocatingStacks & { readonly isAsking: Uint8Array }>();

function allocatingStacks(diff: ProfileDiff, isAsking: Uint8Array): AllocatingStacks {
  const known = knownAllocating.get(diff);
  if (known !== undefined && known.isAsking === isAsking) return known;
  const found = { ...findAllocatingStacks(diff, isAsking), isAsking };
  knownAllocating.set(diff, found);
  return found;
}

function findAllocatingStacks(
  { frames, stacks: { prefix, frame, length }, base, head }: ProfileDiff,
  isAsking: Uint8Array,
): AllocatingStacks {
  const hasCosts = new Uint8Array(length);
  for (const id of METRIC_IDS) {
    const [before, after] = [base[id], head[id]];
    for (let stack = 0; stack < length; stack++) {
      if (before[stack] !== 0 || after[stack] !== 0) hasCosts[stack] = 1;
    }
  }
  const isOwn = ownFrames(frames);
  const innermostOf = new Int32Array(length);
  const askingOf = new Int32Array(length);
  const stacks = new GrowingInt32();
  const innermost = new GrowingInt32();
  for (let stack = 0; stack < length; stack++) {
    const caller = prefix[stack];
    if (isOwn[frame[stack]] === 1) innermostOf[stack] = stack;
    else innermostOf[stack] = caller < 0 ? -1 : innermostOf[caller];
    if (isAsking[frame[stack]] === 1) askingOf[stack] = stack;
    else askingOf[stack] = caller < 0 ? -1 : askingOf[caller];
    if (hasCosts[stack] === 0) continue;
    stacks.push(stack);
    const found = askingOf[stack] < 0 ? innermostOf[stack] : askingOf[stack];
    innermost.push(found < 0 ? stack : found);
  }
  return { stacks: stacks.toArray(), innermost: innermost.toArray() };
}

/** Of each frame 1 where it is the measured code. */
function ownFrames(frames: ProfileDiff['frames']): Uint8Array {
  return Uint8Array.from(frames, ({ isOwn }) => (isOwn ? 1 : 0));
}

/**
 * Totals of each function of the measured code over all stacks that pass through it, recursion counted once. In time
 * proportional to the stacks, not to their frames: a crafted trace has stacks of 200,000 frames.
 */
export function inclusiveSums(diff: ProfileDiff, metric: MetricId): ReadonlyMap<number, FunctionSum> {
  const { prefix, frame, length } = diff.stacks;
  const total = (self: Float64Array) => totalCosts(self, prefix);
  const base = total(diff.base[metric]);
  const head = total(diff.head[metric]);
  const baseCalls = total(diff.base.allocations);
  const headCalls = total(diff.head.allocations);
  const ownChange = new Float64Array(length);
  for (let stack = 0; stack < length; stack++) ownChange[stack] = changeOf(diff, metric, stack);
  const change = total(ownChange);
  const depth = outermostDepths(diff);
  const sums = new Map<number, GrowingSum>();
  for (let stack = 0; stack < length; stack++) {
    if (depth[stack] < 0 || base[stack] + head[stack] + baseCalls[stack] + headCalls[stack] === 0) continue;
    const sum = sumOf(sums, frame[stack], depth[stack]);
    sum.base += base[stack];
    sum.head += head[stack];
    sum.baseCalls += baseCalls[stack];
    sum.headCalls += headCalls[stack];
    sum.change += change[stack];
  }
  return sums;
}

/**
 * For each stack that ends in a frame of the measured code which is nowhere among its callers: the number of frames of
 * the measured code among those. -1 for all others.
 */
function outermostDepths({ stacks: { prefix, frame, length }, frames }: ProfileDiff): Int32Array {
  const { firstChild, nextSibling } = linkChildren(prefix);
  const pending: number[] = [];
  for (let stack = length - 1; stack >= 0; stack--) if (prefix[stack] < 0) pending.push(stack);
  const isOwn = ownFrames(frames);
  const depths = new Int32Array(length).fill(-1);
  /** How often each frame is on the way from the root to where the walk is. */
  const onTheWay = new Int32Array(frames.length);
  let depth = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    // What was pushed as its complement is left again.
    const isEntered = next >= 0;
    const stack = isEntered ? next : ~next;
    if (isOwn[frame[stack]] === 1) {
      if (isEntered && onTheWay[frame[stack]] === 0) depths[stack] = depth;
      onTheWay[frame[stack]] += isEntered ? 1 : -1;
      depth += isEntered ? 1 : -1;
    }
    if (!isEntered) continue;
    pending.push(~stack);
    for (let child = firstChild[stack]; child >= 0; child = nextSibling[child]) pending.push(child);
  }
  return depths;
}

function addTo(
  sums: Map<number, GrowingSum>,
  frame: number,
  diff: ProfileDiff,
  metric: MetricId,
  stack: number,
  depth: number,
): void {
  const sum = sumOf(sums, frame, depth);
  sum.base += diff.base[metric][stack];
  sum.head += diff.head[metric][stack];
  sum.baseCalls += diff.base.allocations[stack];
  sum.headCalls += diff.head.allocations[stack];
  sum.change += changeOf(diff, metric, stack);
}

function sumOf(sums: Map<number, GrowingSum>, frame: number, depth: number): GrowingSum {
  let sum = sums.get(frame);
  if (sum === undefined) {
    sum = { base: 0, head: 0, baseCalls: 0, headCalls: 0, change: 0, minDepth: depth };
    sums.set(frame, sum);
  }
  sum.minDepth = Math.min(sum.minDepth, depth);
  return sum;
}

/** head − base without what other stacks took over or gave up. */
function changeOf(diff: ProfileDiff, metric: MetricId, stack: number): number {
  const delta = diff.head[metric][stack] - diff.base[metric][stack];
  return delta - Math.sign(delta) * diff.moved[metric][stack];
}
