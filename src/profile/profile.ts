import type { HeapFacts } from './heap-facts.ts';
import type { MetricId } from './metric.ts';

/*
 * A heap profile is columns that point at each other by index, the shape that heaptrack itself writes:
 *
 *   stacks   prefix  frame        frames  function  file  line  module        strings
 *     0        -1      0            0        1        2     7      3             0  ''
 *     1         0      1   ───▶     1        4        2    12      3    ───▶     1  'main'
 *     2         0      2            …                                            …
 *
 * Stack 1 reads "frame 1, called from stack 0". A stack's prefix always comes before it, so one pass forward can
 * build on the callers and one pass backward can sum self costs into totals.
 */

/** Rows of the three tables. */
export type StringIndex = number;
export type FrameIndex = number;
export type StackIndex = number;

/** A function where it was called or inlined, in each row. `function`, `file` and `module` index `strings`. */
export interface FrameTable {
  readonly length: number;
  /** Function name as the trace gives it; '' when it could not be resolved. */
  readonly function: Int32Array;
  /** Source file as the debug information gives it; '' when unknown. */
  readonly file: Int32Array;
  /** Line of the call or allocation in `file`; 0 when unknown. */
  readonly line: Int32Array;
  /** Path of the executable or library that holds the code; '' when unknown. */
  readonly module: Int32Array;
}

/** Each row is a frame and, through `prefix`, all its callers. */
export interface StackTable {
  readonly length: number;
  /** The caller's stack, or -1 at a root. Always smaller than the stack's own index. */
  readonly prefix: Int32Array;
  readonly frame: Int32Array;
}

/** What an input says of the run as a whole. */
export interface ProfileFacts extends HeapFacts {
  /** The metrics that the input holds: all five in a trace, one in folded text. The other columns are all 0. */
  readonly metrics: readonly MetricId[];
  /** Command line of the measured program as the trace records it, or null. */
  readonly command: string | null;
  /** Such as "heaptrack 1.4.0"; null when the input does not say. */
  readonly recordedBy: string | null;
  /** The program's own executable as a module path, or null when unknown. */
  readonly executable: string | null;
  /** Allocations and frees that were read. */
  readonly events: number;
  /** Whether stacks of more than one thread were seen. */
  readonly isThreaded: boolean;
}

/** Of an input that tells nothing but stacks and costs. */
export const UNKNOWN_FACTS: ProfileFacts = {
  metrics: [],
  command: null,
  recordedBy: null,
  executable: null,
  events: 0,
  isThreaded: false,
  timeline: null,
  sizes: null,
};

/** A number for each metric and stack: bytes or calls, integers. */
export type CostColumns = Readonly<Record<MetricId, Float64Array>>;

/** What one run of one program did to its heap. Immutable once built. */
export interface Profile {
  readonly facts: ProfileFacts;
  /** Index 0 is ''. */
  readonly strings: readonly string[];
  readonly frames: FrameTable;
  readonly stacks: StackTable;
  /** Self costs: what was allocated with exactly this stack. */
  readonly costs: CostColumns;
}
