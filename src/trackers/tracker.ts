import type { Log } from '../log.ts';
import type { Profile } from '../profile/profile.ts';

/** What to run, and where. Both sides of a comparison get the very same one. */
export interface Recording {
  /** Shell script of the workflow's author: the `run` input. */
  readonly script: string;
  readonly directory: string;
  /** The program's environment, complete: nothing else is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeLimitSeconds: number;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** The profiles of the programs that one run of the script traced, already merged into one. */
export interface Recorded {
  readonly profile: Profile;
  /** How many programs were traced. */
  readonly programs: number;
  /** Sentences about what weakens the numbers: a traced shell, missing symbols. */
  readonly notes: readonly string[];
}

/** A heap profiler that can run a program and read what it recorded. */
export interface Tracker {
  readonly name: string;
  /**
   * Makes the profiler ready to use, installing it when `install` says so.
   * @returns its version, such as '1.4.0'
   * @throws UserError when it is missing and cannot be installed: what to do
   */
  prepare(options: {
    readonly install: boolean;
    readonly log: Log;
    readonly signal: AbortSignal;
  }): Promise<string>;
  /**
   * Environment for the build step, such as line tables for Rust; entries that the user has set already win.
   */
  buildEnvironment(environment: Readonly<Record<string, string>>): Record<string, string>;
  /**
   * Runs the script and returns what its programs allocated.
   * @throws UntraceableError when the profiler cannot see the program; CommandError when the program fails or runs
   * out of time; TraceFormatError when what it wrote is no sound trace; CancelledError after `signal`
   */
  record(recording: Recording): Promise<Recorded>;
}
