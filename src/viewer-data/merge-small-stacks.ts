import type { DiffFrame } from '../diff/profile-diff.ts';
import { forEachMetric, METRIC_IDS } from '../profile/metric.ts';
import type { CostColumns } from '../profile/profile.ts';
import { sumColumn, totalCosts } from '../profile/totals.ts';
import type { StackData } from './report-data.ts';

/** Of a metric's total, and of all that changed in it: smaller subtrees may be merged. */
const SMALL_SHARE = 0.0001;

/** The name of what was merged. */
export const SMALLER_FRAMES = 'smaller frames';

const SMALLER_FRAME: DiffFrame = {
  name: SMALLER_FRAMES,
  shortName: SMALLER_FRAMES,
  module: '',
  file: null,
  isOwn: true,
};

/**
 * Merges small subtrees, each with its siblings under the same caller, until no more than `maximumRows` are left.
 * Every metric's totals stay what they are on both sides; inside what was merged, what went and what came cancel out.
 */
export function mergeSmallStacks(data: StackData, maximumRows: number): StackData {
  if (data.stacks.length <= maximumRows) return data;
  const weights = largestShares(data);
  const limit = limitFor(weights, maximumRows, data.stacks.prefix);
  return mergeBelow(data, weights, limit);
}

/** For each stack with all below it, the largest share that it has of any metric's total or change. */
function largestShares({ stacks, base, head }: StackData): Float64Array {
  const shares = new Float64Array(stacks.length);
  for (const id of METRIC_IDS) {
    const change = changeOf(base[id], head[id]);
    const scale = Math.max(sumColumn(base[id]), sumColumn(head[id]));
    const changeScale = sumColumn(change);
    raise(shares, totalCosts(base[id], stacks.prefix), scale);
    raise(shares, totalCosts(head[id], stacks.prefix), scale);
    raise(shares, totalCosts(change, stacks.prefix), changeScale);
  }
  return shares;
}

function changeOf(base: Float64Array, head: Float64Array): Float64Array {
  const change = new Float64Array(base.length);
  for (let stack = 0; stack < base.length; stack++) change[stack] = Math.abs(head[stack] - base[stack]);
  return change;
}

function raise(shares: Float64Array, costs: Float64Array, scale: number): void {
  if (scale === 0) return;
  for (let stack = 0; stack < shares.length; stack++) {
    const share = costs[stack] / scale;
    if (share > shares[stack]) shares[stack] = share;
  }
}

/** The share up to which stacks are merged so that few enough rows are left. */
function limitFor(shares: Float64Array, maximumRows: number, prefix: Int32Array): number {
  let limit = SMALL_SHARE;
  while (limit < 1 && rowsLeft(shares, limit, prefix) > maximumRows) limit *= 1.5;
  return limit;
}

function rowsLeft(shares: Float64Array, limit: number, prefix: Int32Array): number {
  const hasMerged = new Uint8Array(shares.length + 1);
  let rows = 0;
  for (let stack = 0; stack < shares.length; stack++) {
    if (shares[stack] > limit) rows++;
    else if (prefix[stack] < 0 || shares[prefix[stack]] > limit) hasMerged[prefix[stack] + 1] = 1;
  }
  return rows + hasMerged.reduce((count, value) => count + value, 0);
}

function mergeBelow(data: StackData, shares: Float64Array, limit: number): StackData {
  const frames = [...data.frames, SMALLER_FRAME];
  const { stacks, rowOf } = mergeRows(data, shares, limit, frames.length - 1);
  const base = sumRows(data.base, rowOf, stacks.length);
  const head = sumRows(data.head, rowOf, stacks.length);
  const moved = sumRows(data.moved, rowOf, stacks.length);
  for (const id of METRIC_IDS) {
    moved[id].forEach((cost, row) => {
      moved[id][row] = Math.min(cost, Math.abs(head[id][row] - base[id][row]));
    });
  }
  return { frames, stacks, base, head, moved };
}

/** The stacks that stay, and one row under each caller for those below it that do not; `rowOf` says where each went. */
function mergeRows(
  { stacks }: StackData,
  shares: Float64Array,
  limit: number,
  smallerFrame: number,
): { readonly stacks: StackData['stacks']; readonly rowOf: Int32Array } {
  const prefix: number[] = [];
  const frame: number[] = [];
  const baseLine: number[] = [];
  const headLine: number[] = [];
  const merged: number[] = [];
  const rowOf = new Int32Array(stacks.length);
  const mergedRowUnder = new Map<number, number>();
  for (let stack = 0; stack < stacks.length; stack++) {
    const caller = stacks.prefix[stack];
    if (shares[stack] > limit) {
      rowOf[stack] = prefix.push(caller < 0 ? -1 : rowOf[caller]) - 1;
      frame.push(stacks.frame[stack]);
      baseLine.push(stacks.baseLine[stack]);
      headLine.push(stacks.headLine[stack]);
      merged.push(stacks.merged[stack]);
      continue;
    }
    const isBelowMerged = caller >= 0 && shares[caller] <= limit;
    const under = caller < 0 ? -1 : rowOf[caller];
    let row = isBelowMerged ? under : mergedRowUnder.get(under);
    if (row === undefined) {
      row = prefix.push(under) - 1;
      frame.push(smallerFrame);
      baseLine.push(0);
      headLine.push(0);
      merged.push(0);
      mergedRowUnder.set(under, row);
    }
    merged[row]++;
    rowOf[stack] = row;
  }
  return {
    stacks: {
      length: prefix.length,
      prefix: Int32Array.from(prefix),
      frame: Int32Array.from(frame),
      baseLine: Int32Array.from(baseLine),
      headLine: Int32Array.from(headLine),
      merged: Int32Array.from(merged),
    },
    rowOf,
  };
}

function sumRows(costs: CostColumns, rowOf: Int32Array, rows: number): CostColumns {
  return forEachMetric((id) => {
    const column = new Float64Array(rows);
    const self = costs[id];
    // Most stacks allocate nothing themselves.
    for (let stack = 0; stack < rowOf.length; stack++) {
      if (self[stack] !== 0) column[rowOf[stack]] += self[stack];
    }
    return column;
  });
}
