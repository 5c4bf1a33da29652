import type { FlameGraph } from '../flamegraph/flame-graph.ts';
import type { Metric, MetricId, Totals } from '../profile/metric.ts';

/*
 * The view model: every number, order and verdict that a reader will see, computed once. Renderers format and escape;
 * they never sum, sort or judge.
 */

/** `grew`: more memory, within every limit. `regressed`: over a limit. `new`: nothing to compare with. */
export type Verdict = 'improved' | 'unchanged' | 'grew' | 'regressed' | 'new' | 'failed' | 'cancelled';

/** One side of the comparison. */
export interface Revision {
  /** Full hex object id, or null (working tree, trace file). */
  readonly sha: string | null;
  /** What people call it: a branch, 'working tree', a file name. */
  readonly label: string;
}

/** A limit that a metric was held to. */
export interface LimitReport {
  /** As the user wrote it: '5% and 10 kB'. */
  readonly text: string;
  readonly kind: 'fail-on' | 'budget';
  readonly isExceeded: boolean;
}

/** What the runs of one side measured. */
export interface Range {
  readonly min: number;
  /** Of two middle ones the smaller: a number that was measured. */
  readonly median: number;
  readonly max: number;
}

/** How much a metric differs between runs of one and the same commit. */
export interface Spread {
  /** Null without base. */
  readonly base: Range | null;
  readonly head: Range;
  /** Largest less smallest, of the side that differs more. */
  readonly width: number;
  /** `width` as a share of that side's median; null when that is 0. */
  readonly share: number | null;
}

/** A row of the table of metrics. */
export interface MetricReport {
  readonly metric: Metric;
  /** Bytes or calls, integers; null when there is no base. */
  readonly base: number | null;
  readonly head: number;
  /** head − base; null without base. */
  readonly delta: number | null;
  /** delta / base; null when base is 0 or missing. */
  readonly ratio: number | null;
  readonly verdict: 'improved' | 'unchanged' | 'grew' | 'regressed' | 'new';
  /**
   * The limit that decides: an exceeded budget, which nobody can lift, then an exceeded fail-on, then fail-on, then
   * budget; without base, when a budget alone is checked, budget before fail-on.
   */
  readonly limit: LimitReport | null;
  /** Null when each side ran once. */
  readonly spread: Spread | null;
  /**
   * The number depends on the timing of threads: it is shown, but neither `fail-on` nor the benchmark's verdict goes by
   * it, unless it is the headline metric.
   */
  readonly isAdvisory: boolean;
}

/** A function whose own allocations (made directly by it, or by foreign code it called) changed. */
export interface FunctionChange {
  readonly metric: MetricId;
  readonly name: string;
  readonly shortName: string;
  /**
   * Path in the repository, and the line there at which most changed: head's, or base's when `status` is gone; null
   * when not ours, or unknown.
   */
  readonly file: string | null;
  readonly line: number | null;
  /** Whether `line` is a line of head that this pull request added or changed. */
  readonly isOnChangedLine: boolean;
  readonly base: number;
  readonly head: number;
  readonly delta: number;
  /** Allocation calls on both sides, whatever the metric. */
  readonly baseCalls: number;
  readonly headCalls: number;
  readonly status: 'gone' | 'new' | 'moved' | 'grew' | 'shrank';
}

/** The one function that explains most of the headline's change: totals, with everything it called. */
export interface Culprit {
  readonly name: string;
  readonly shortName: string;
  /** As of a FunctionChange; base's when `head` is 0. */
  readonly file: string | null;
  readonly line: number | null;
  readonly isOnChangedLine: boolean;
  readonly base: number;
  readonly head: number;
  readonly baseCalls: number;
  readonly headCalls: number;
  /** Its delta as a share of the headline's delta, 0 to 1 and above when others went the other way. */
  readonly share: number;
}

/** A line of the call tree in the comment: parents before children, largest change first. */
export interface CallTreeRow {
  readonly depth: number;
  /** Whether a later row has the same parent: decides between ├ and └. */
  readonly hasNextSibling: boolean;
  /** Short names of a chain of only children: ['Parser::default', 'ParserInfo::default']. */
  readonly names: readonly string[];
  readonly base: number;
  readonly head: number;
  readonly isMoved: boolean;
}

/** What the comment shows of the tree of calls. */
export interface CallTree {
  readonly rows: readonly CallTreeRow[];
  /** Frames that were left out because nothing changed in them or they are small. */
  readonly hiddenFrames: number;
}

/** Why a side has no numbers. */
export interface SideFailure {
  /**
   * 'trace': the program was not started, because heaptrack cannot see it, or its trace was of no use. 'handover': a job
   * should have measured it, and handed over nothing.
   */
  readonly phase: 'checkout' | 'build' | 'run' | 'trace' | 'handover';
  /** One or two sentences: the fact and what to do. */
  readonly message: string;
  /** Last lines of the command's output, raw. */
  readonly lastLines: readonly string[];
}

/** A pattern of allocating that has a known remedy; src/report/hints.ts says when the numbers show it. */
export type Smell =
  | 'built-anew'
  | 'container-filled-anew'
  | 'pattern-compiled-anew'
  | 'growth-without-reserve'
  | 'temporary-strings'
  | 'thrown-away-copies';

/** A function of the measured code in which head shows a smell. */
export interface Hint {
  readonly smell: Smell;
  readonly name: string;
  readonly shortName: string;
  /** As of a FunctionChange. */
  readonly file: string | null;
  readonly line: number | null;
  /** The remedy's language: what the function is written in, as far as its file or name tells. */
  readonly language: 'c++' | 'rust' | null;
  /** What head allocates in this way, and in how many calls. */
  readonly bytes: number;
  readonly calls: number;
}

/** One program on both sides: its own verdict, and all that tells why. */
export interface BenchmarkReport {
  readonly name: string;
  /** Runs of each side; the numbers are those of one of them. */
  readonly runs: number;
  /** Whether base was not measured in this run but by an earlier one on the same commit. */
  readonly isBaseFromCache: boolean;
  readonly verdict: Verdict;
  /** The headline metric. */
  readonly primary: MetricId;
  /** Those that were measured (all five, but for folded text), in the order of METRICS; empty when head failed. */
  readonly metrics: readonly MetricReport[];
  /** Of every metric, those of the headline metric first, each largest change first, what only moved last. */
  readonly changes: readonly FunctionChange[];
  /**
   * The functions through whose lines that this pull request touches more or less is allocated than before: the
   * numbers are those lines', with all that they call. What passes through several counts for the innermost, so that
   * the numbers add up. Of the headline metric, largest change first.
   */
  readonly touched: readonly FunctionChange[];
  readonly culprit: Culprit | null;
  /** Short names of wrappers of malloc whose numbers `changes` gives to their callers; largest change first. */
  readonly wrappers: readonly string[];
  /** Of the headline metric; null without head. */
  readonly callTree: CallTree | null;
  readonly flameGraph: FlameGraph | null;
  /** Largest first; empty when nothing changed. */
  readonly hints: readonly Hint[];
  readonly excluded: { readonly base: Totals | null; readonly head: Totals } | null;
  /** Share (0 to 1) of bytes whose stacks were found on both sides; null without both sides. */
  readonly matched: number | null;
  /** Sentences that a reader needs to judge the numbers. */
  readonly notes: readonly string[];
  readonly baseFailure: SideFailure | null;
  readonly headFailure: SideFailure | null;
}

/** All that a reader will see. */
export interface Report {
  readonly verdict: Verdict;
  /** Null when only head was asked for. */
  readonly base: Revision | null;
  readonly head: Revision;
  readonly tracker: { readonly name: string; readonly version: string } | null;
  /** Web address of the repository ('https://github.com/owner/name') for links to lines; null when unknown. */
  readonly repositoryUrl: string | null;
  /** Who accepted growth over a `fail-on` limit, and with which label; null when nobody did. */
  readonly accepted: { readonly by: string; readonly label: string } | null;
  readonly benchmarks: readonly BenchmarkReport[];
}
