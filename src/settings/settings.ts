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
  /** Paths of the workspace that are copied into each checkout before it is built. */
  readonly reusePaths: readonly string[];
  readonly installTracker: boolean;
  readonly buildTimeLimitSeconds: number;
  readonly runTimeLimitSeconds: number;
}

export interface ActionSettings extends JudgementSettings, MeasurementSettings {
  /** A commit, branch or tag; 'none' to measure head alone; null to take what the event says. */
  readonly base: string | null;
  readonly comment: CommentPolicy;
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

export interface DiffSettings extends OutputSettings {
  readonly command: 'diff';
  readonly baseTrace: string;
  readonly headTrace: string;
  /** Whose form base.folded and head.folded have: ours, or that of heaptrack_print. */
  readonly folded: 'memtrack' | 'heaptrack';
}

export interface CompareSettings extends OutputSettings, MeasurementSettings {
  readonly command: 'compare';
  /** Null: the merge-base with the remote's default branch. */
  readonly base: string | null;
  /** Null: the working tree with its uncommitted and untracked files. */
  readonly head: string | null;
}

export interface DemoSettings extends OutputSettings {
  readonly command: 'demo';
}

export interface HelpSettings {
  readonly command: 'help' | 'version';
}

export type CommandLineSettings = DiffSettings | CompareSettings | DemoSettings | HelpSettings;
