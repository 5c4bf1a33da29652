import type { HeapFacts } from '../profile/heap-facts.ts';
import type { MetricId, Totals } from '../profile/metric.ts';
import type { CostColumns } from '../profile/profile.ts';

/*
 * Two profiles laid over each other: one tree of stacks, and both sides' self costs beside it. Neither side is ever
 * subtracted from the other before it is shown. For one stack and one metric:
 *
 *   base  ├──────── kept ────────┼── moved ──┼── gone ──┤        kept = min(base, head)
 *   head  ├──────── kept ────────┤                               rest = base − kept, split into moved and gone
 *
 * or the mirror image with `new` in place of `gone` where head is larger. `moved` is what a stack of the other side
 * with the same innermost frames took over or gave up.
 */

/** A function as both commits know it. */
export interface DiffFrame {
  /** Normalised full name; equal on both sides. Raw: whoever shows it escapes it. */
  readonly name: string;
  /** The name shortened for people: 'Parser::default'. */
  readonly shortName: string;
  /** Base name of the executable or library, without version: 'libstdc++.so'. */
  readonly module: string;
  /** Path inside the repository when the frame is the repository's own; else null. */
  readonly file: string | null;
  /** Whether it is the measured code itself: the repository's, or without a repository the program's. */
  readonly isOwn: boolean;
}

/** The stacks of both sides: equal frames in equal order are one row. */
export interface DiffStackTable {
  readonly length: number;
  /** The caller's stack, or -1 at a root. Always smaller than the stack's own index. */
  readonly prefix: Int32Array;
  /** Index into `frames`. */
  readonly frame: Int32Array;
}

/**
 * One side's allocations by the lines of the measured code that they come from: its frames alone, callers first.
 *
 *   path         line  prefix  allocated          the stack main (a.c:9) → parse (b.c:4) → library → operator new
 *   src/a.c         9      -1          0
 *   src/b.c         4       0         64          64 bytes have b.c:4 as the innermost line of the measured code
 */
export interface CallSites {
  readonly length: number;
  /** The caller's site, or -1. Always smaller than the site's own index. */
  readonly prefix: Int32Array;
  /** Row of the frame's stack in the table of both sides. */
  readonly stack: Int32Array;
  /** Path in that side's repository, or null. */
  readonly path: readonly (string | null)[];
  /** Of that side's file; 0 when unknown. */
  readonly line: Int32Array;
  /** What was allocated with this site as the innermost one. */
  readonly costs: CostColumns;
}

/** What was left out of both sides because the profiler itself, not the program, caused it. */
export interface Excluded {
  readonly base: Totals;
  readonly head: Totals;
}

/** Two profiles laid over each other. */
export interface ProfileDiff {
  /** The metrics that both sides hold. */
  readonly metrics: readonly MetricId[];
  readonly frames: readonly DiffFrame[];
  readonly stacks: DiffStackTable;
  /** Self costs of each stack. */
  readonly base: CostColumns;
  readonly head: CostColumns;
  /** The part of |base − head| that moved to or from another stack; at most that difference. */
  readonly moved: CostColumns;
  readonly baseSites: CallSites;
  readonly headSites: CallSites;
  readonly excluded: Excluded;
  /** How much was live when, and how large the requests were: of each side, never laid over each other. */
  readonly heap: { readonly base: HeapFacts; readonly head: HeapFacts };
  /**
   * Share (0 to 1) of both sides' allocated bytes in stacks that the other side has too, or that moved; where bytes
   * were not measured, of the first metric that was.
   */
  readonly matched: number;
}
