import type { MetricId } from '../profile/metric.ts';
import type { Limits } from '../report/threshold.ts';

/** When a comment is written. An existing one is updated whatever this says, but for 'never'. */
export type CommentPolicy = 'always' | 'changes' | 'never';

/** What the verdict is made of; every command has it. */
export interface JudgementSettings {
  /** The headline metric. */
  readonly metric: MetricId;
  readonly limits: Readonly<Record<MetricId, Limits>>;
}

/** How a program is built and run, alike for both sides. */
export interface MeasurementSettings {
  readonly name: string;
  /** Shell script that builds the program in each checkout; null when nothing needs building. */
  readonly build: string | null;
  /** Shell script that starts the program. */
  readonly run: string;
  /** How often each side is run: more than once to learn how much its numbers vary. */
  readonly runs: number;
  /** Relative to each checkout. */
  readonly workingDirectory: string;
  readonly buildTimeLimitSeconds: number;
  readonly runTimeLimitSeconds: number;
}

/** One benchmark: what to measure, and what to think of it. */
export interface BenchmarkSettings extends MeasurementSettings, JudgementSettings {}

/** What is done once for all benchmarks. */
export interface PreparationSettings {
  /** Paths of the workspace that are copied into each checkout before it is built. */
  readonly reusePaths: readonly string[];
  readonly installTracker: boolean;
}

/**
 * `compare` measures and reports in one job; `measure` hands over what it measured as an artifact; `report` reports
 * what other jobs measured.
 */
export type Mode = 'compare' | 'measure' | 'report';

/** How the result is shown beside the commit, for branch protection to ask for. */
export type StatusKind = 'commit-status' | 'check-run' | 'none';

/** All that a step of the Action is told. */
export interface ActionSettings extends PreparationSettings {
  readonly mode: Mode;
  /** Of the comment, the check and the artifacts; of the one benchmark too, when there is no file with several. */
  readonly name: string;
  /** What to build and run, in this order; empty in mode `report`. */
  readonly benchmarks: readonly BenchmarkSettings[];
  /** How to judge what other jobs measured: by the benchmark's name, or as the inputs say. */
  readonly judgements: {
    readonly byName: ReadonlyMap<string, JudgementSettings>;
    readonly otherwise: JudgementSettings;
  };
  /** A commit, branch or tag; 'none' to measure head alone; null to take what the event says. */
  readonly base: string | null;
  readonly comment: CommentPolicy;
  readonly status: StatusKind;
  readonly annotations: boolean;
  /** Whether the flame graph's SVG goes to a branch of its own, for the comment to show. */
  readonly images: 'branch' | 'none';
  readonly baselineCache: boolean;
  /** Whether the report and the data are uploaded as artifacts. */
  readonly upload: boolean;
  /** With this label a pull request passes in spite of `fail-on`; null: none does. */
  readonly acceptLabel: string | null;
  readonly failOnPostError: boolean;
}

/** What the commands of the command line share. */
export interface OutputSettings extends JudgementSettings {
  /** Where the report's files are written. */
  readonly outputDirectory: string;
  /** Print report.json instead of text for people. */
  readonly isJson: boolean;
  /** Open the report in a browser when it is written. */
  readonly isOpened: boolean;
}

/** `memtrack diff`: two traces that are there already. */
export interface DiffSettings extends OutputSettings {
  readonly command: 'diff';
  readonly baseTrace: string;
  readonly headTrace: string;
  /** Whose form base.folded and head.folded have: ours, or that of heaptrack_print. */
  readonly folded: 'memtrack' | 'heaptrack';
}

/** `memtrack compare`: two commits of a repository. */
export interface CompareSettings extends OutputSettings, MeasurementSettings, PreparationSettings {
  readonly command: 'compare';
  /** Null: the merge-base with the remote's default branch. */
  readonly base: string | null;
  /** Null: the working tree with its uncommitted and untracked files. */
  readonly head: string | null;
}

/** `memtrack demo`: the program that comes with it. */
export interface DemoSettings extends OutputSettings {
  readonly command: 'demo';
}

/** What needs nothing but the command line itself. */
export interface HelpSettings {
  readonly command: 'help' | 'version';
}

/** What one call of the command line is to do, told by `command`. */
export type CommandLineSettings = DiffSettings | CompareSettings | DemoSettings | HelpSettings;
