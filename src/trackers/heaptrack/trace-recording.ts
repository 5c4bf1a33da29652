/** One traced program: heaptrack's raw events, through a named pipe and heaptrack_interpret, into a Profile. */

import { CommandError, UntraceableError, type UserError } from '../../errors.ts';
import type { Profile } from '../../profile/profile.ts';
import { closeDescriptor, makeFifo, openFifoEnds } from '../../workspace/fifo.ts';
import { OutputTail } from '../../workspace/output-tail.ts';
import { type ProcessEnd, type StartedProcess, startProcess } from '../../workspace/process.ts';

/** Reads an interpreted trace. */
export type ReadTrace = (bytes: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<Profile>;

export interface TraceOptions {
  /** Where to make the named pipe. */
  readonly path: string;
  /** Path of the program mkfifo. */
  readonly mkfifo: string;
  /** Path of heaptrack_interpret. */
  readonly interpreter: string;
  /**
   * Where the program starts: with a relative path in `LD_LIBRARY_PATH` the loader names a library relative to it, and
   * heaptrack_interpret opens libraries by those names.
   */
  readonly directory: string;
  /** Environment of heaptrack_interpret. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeLimitSeconds: number;
  readonly readTrace: ReadTrace;
  readonly signal: AbortSignal;
}

/** What came of a trace: a profile, nothing at all (`empty`), or a failure of the interpreter or the reader. */
export type TraceOutcome =
  | { readonly kind: 'profile'; readonly profile: Profile }
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'failure';
      readonly error: unknown;
      /** Whether it came first: then it has broken the program, and not the program it. */
      readonly isEarly: boolean;
    };

export interface TraceRecording {
  /** Lets the interpreter see the end of its input as soon as the program has closed its side. */
  finish(): void;
  /** Never rejects. */
  readonly outcome: Promise<TraceOutcome>;
}

/** Makes the named pipe and starts reading from it; a program may then write its events there. */
export async function startTraceRecording(options: TraceOptions): Promise<TraceRecording> {
  await makeFifo(options.path, options.mkfifo, options.signal);
  const { reader, writer } = openFifoEnds(options.path);
  let isOpen = true;
  const finish = () => {
    if (isOpen) closeDescriptor(writer);
    isOpen = false;
  };
  try {
    const interpreter = await startProcess(options.interpreter, [], {
      directory: options.directory,
      environment: options.environment,
      timeLimitSeconds: options.timeLimitSeconds,
      signal: options.signal,
      stdin: reader,
      isTrusted: true,
    });
    const outcome = readOutcome(interpreter, options, () => isOpen).finally(finish);
    return { finish, outcome };
  } catch (error) {
    finish();
    throw error;
  } finally {
    closeDescriptor(reader);
  }
}

async function readOutcome(
  interpreter: StartedProcess,
  options: TraceOptions,
  isProgramRunning: () => boolean,
): Promise<TraceOutcome> {
  const statistics = new OutputTail();
  interpreter.stderr.on('data', (chunk: Buffer) => statistics.add('stderr', chunk));
  const input = { hasEvents: false };
  const reading = options.readTrace(noticeEvents(interpreter.stdout, input), options.signal).then(
    (profile) => ({ profile, isEarly: false, error: null }),
    (error: unknown) => ({ profile: null, isEarly: isProgramRunning(), error }),
  );
  // A reader that gives up closes the stream, or the interpreter would wait for it for ever.
  const whenRead = reading.finally(() => interpreter.stdout.destroy());
  let isEarlyEnd = false;
  // Not when its output is read: by then the broken pipe has ended the program, too.
  interpreter.exited.then(() => {
    isEarlyEnd = isProgramRunning();
  });
  const [read, end] = await Promise.all([whenRead, interpreter.ended]);

  const hasLostReader = read.error !== null && end.signal === 'SIGPIPE';
  if (end.exitCode !== 0 && !hasLostReader) {
    const error = interpreterFailure(options, end, statistics);
    // The other program's first words broke the trace: nothing that it did later can be the cause.
    return { kind: 'failure', error, isEarly: isEarlyEnd || error instanceof UntraceableError };
  }
  if (!input.hasEvents) return { kind: 'empty' };
  if (read.profile === null) return { kind: 'failure', error: read.error, isEarly: read.isEarly };
  return read.profile.facts.events === 0 ? { kind: 'empty' } : { kind: 'profile', profile: read.profile };
}

/** A program that ended before heaptrack wrote anything leaves a trace without even the line of its version. */
async function* noticeEvents(
  bytes: AsyncIterable<Uint8Array>,
  input: { hasEvents: boolean },
): AsyncGenerator<Uint8Array> {
  const LETTER_V = 0x76;
  let isFirst = true;
  for await (const chunk of bytes) {
    if (isFirst && chunk.length > 0) {
      input.hasEvents = chunk[0] === LETTER_V;
      isFirst = false;
    }
    yield chunk;
  }
}

function interpreterFailure(options: TraceOptions, end: ProcessEnd, statistics: OutputTail): UserError {
  const lastLines = statistics.lines();
  if (lastLines.some((line) => line.includes('duplicate exe event'))) {
    return new UntraceableError(
      'The traced program replaced itself by another one (`exec`, as a shell does with its last command), and ' +
        'heaptrack cannot follow it. Put `$MEMTRACK` before that other program in the script.',
    );
  }
  const how =
    end.exitCode === null ? `was ended by signal ${end.signal}` : `failed with exit code ${end.exitCode}`;
  return new CommandError(
    `heaptrack_interpret, which turns heaptrack's recording into a trace, ${how}. ` +
      'If it happens again, try another version of heaptrack.',
    {
      command: options.interpreter,
      exitCode: end.exitCode,
      signal: end.signal,
      lastLines,
    },
  );
}
