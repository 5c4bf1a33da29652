import type { CostColumns } from '../../profile/profile.ts';

/**
 * A trace's own tables, for those who need what a Profile does not hold: addresses, and stacks as heaptrack numbers
 * them. Strings, ips and traces count from 1; row 0 stands for "none".
 */
export interface HeaptrackTables {
  /** As bytes, one for each character (latin1): names need not be UTF-8. */
  readonly strings: readonly string[];
  readonly ips: {
    /** Lower-case hex digits without prefix, as the trace has them. */
    readonly address: readonly string[];
    /** String number of the module's path. */
    readonly module: Int32Array;
    /** Row n's triples are [start[n], start[n + 1]) of `triples`, counted in numbers, three each. */
    readonly start: Int32Array;
    /** function, file (string numbers), line; the innermost inlined function first, the real function last. */
    readonly triples: Int32Array;
  };
  readonly traces: {
    readonly ip: Int32Array;
    /** The caller's trace; 0 at a root. */
    readonly parent: Int32Array;
  };
  /** A row for each trace that allocates, in the order in which the trace file names them first. */
  readonly records: {
    readonly trace: Int32Array;
    /** Self costs; `leaked` is what is left after suppression. */
    readonly costs: CostColumns;
  };
}
