import { forEachMetric, type Totals } from './metric.ts';
import type { CostColumns } from './profile.ts';

/** Sums self costs into one number for each metric. Exact: all are integers below 2^53. */
export function sumCosts(costs: CostColumns): Totals {
  return forEachMetric((id) => sumColumn(costs[id]));
}

/**
 * Self costs → total costs (a stack and everything called from it), in one pass backward: a caller comes before
 * what it calls, so when a row is reached its own total is complete.
 */
export function totalCosts(self: Float64Array, prefix: Int32Array): Float64Array {
  const total = self.slice();
  for (let stack = total.length - 1; stack >= 0; stack--) {
    if (prefix[stack] >= 0) total[prefix[stack]] += total[stack];
  }
  return total;
}

/** Exact as long as the sum is below 2^53. */
export function sumColumn(column: Float64Array): number {
  let total = 0;
  for (let row = 0; row < column.length; row++) total += column[row];
  return total;
}
