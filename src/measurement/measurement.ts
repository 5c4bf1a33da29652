import type { FramePaths } from '../profile/frame-paths.ts';
import type { Totals } from '../profile/metric.ts';
import type { Profile } from '../profile/profile.ts';

/*
 * What one job measured, as another job can report it: data, never markup. To whoever reads it, it is a claim of the
 * code that was measured: it can lie about its numbers and do nothing else. Limits, links and titles are not in it;
 * they are the reporting job's own.
 */
export interface Measurement {
  /** The benchmark's name. */
  readonly name: string;
  readonly tracker: { readonly name: string; readonly version: string };
  /** Null: head was measured alone. */
  readonly base: MeasuredSide | null;
  readonly head: MeasuredSide;
  /** Sentences that a reader needs to judge the numbers. Raw: whoever shows them escapes them. */
  readonly notes: readonly string[];
}

/** One commit, measured or not. */
export interface MeasuredSide {
  /** Full hex object id, or null for a working tree. */
  readonly sha: string | null;
  /** What people call it: a branch, 'working tree'. */
  readonly label: string;
  /** Whether an earlier run measured it. */
  readonly isFromCache: boolean;
  readonly outcome: Measured | NotMeasured;
  readonly notes: readonly string[];
}

/** A side's numbers. */
export interface Measured {
  readonly kind: 'measured';
  /** Of the run that is shown. */
  readonly profile: Profile;
  /** Null where no repository is known. */
  readonly ownPaths: FramePaths | null;
  /** What the program allocated in each run, in their order. */
  readonly runs: readonly Totals[];
  /** Whether any of the runs was seen to run threads. */
  readonly isThreaded: boolean;
}

/** Why a side has no numbers. */
export interface NotMeasured {
  readonly kind: 'failed';
  /** 'trace': the program was not started, because heaptrack cannot see it, or its trace was of no use. */
  readonly phase: 'checkout' | 'build' | 'run' | 'trace';
  readonly message: string;
  /** Last lines of the command's output, raw. */
  readonly lastLines: readonly string[];
}
