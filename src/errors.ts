/**
 * Errors that someone outside this code can mend. Their message states the fact, where it was found, and what to
 * do; the two shells show it without a stack trace. Anything else that is thrown is a bug of ours.
 */
export class UserError extends Error {
  override name = 'UserError';
}

/** Bad inputs or flags. Holds every problem found, so that one run shows them all. */
export class SettingsError extends UserError {
  override name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      problems.length === 1
        ? problems[0]
        : `${problems.length} problems:\n${problems.map((p) => `- ${p}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** How a foreign command failed. */
export interface CommandFailure {
  /** What was run, as the user wrote it. */
  readonly command: string;
  /** Exit code, or null when a signal or our time limit ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines that it wrote to stdout and stderr, raw: whoever shows them escapes them. */
  readonly lastLines: readonly string[];
}

/** The build, the program or the profiler failed, was refused, or ran out of time. */
export class CommandError extends UserError {
  override name = 'CommandError';
  readonly failure: CommandFailure;

  constructor(message: string, failure: CommandFailure, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

/** A program that heaptrack cannot see (static, musl, Go, an allocator of its own …): refused before it runs. */
export class UntraceableError extends UserError {
  override name = 'UntraceableError';
}

/** A trace that is not what it says: cut, corrupt, raw, or of another format. */
export class TraceFormatError extends UserError {
  override name = 'TraceFormatError';
  /** Byte offset in the decompressed trace, or null where none can be named. */
  readonly offset: number | null;

  constructor(message: string, offset: number | null, options?: ErrorOptions) {
    super(offset === null ? message : `${message} (at byte ${offset} of the decompressed trace)`, options);
    this.offset = offset;
  }
}

/** A measurement from elsewhere (an artifact, a cache) that is damaged, forged, too large or of another version. */
export class MeasurementError extends UserError {
  override name = 'MeasurementError';
}

/** Somebody asked us to stop: SIGINT, SIGTERM, a cancelled workflow. */
export class CancelledError extends UserError {
  override name = 'CancelledError';
}
