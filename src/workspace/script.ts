import { constants } from 'node:os';
import { CancelledError, CommandError } from '../errors.ts';
import type { Log } from '../log.ts';
import { OutputTail } from './output-tail.ts';
import { type ProcessEnd, startProcess } from './process.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

export interface ScriptOptions {
  /** The input that the script comes from, such as `build`: named in messages, as is its limit, `build-timeout`. */
  readonly name: string;
  /** What failures show as the command; the script itself when left out. */
  readonly shownAs?: string;
  readonly directory: string;
  /** The script's environment, complete. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeLimitSeconds: number;
  readonly signal: AbortSignal;
  /** Gets what the script writes, line by line, as detail for those who debug. */
  readonly log: Log;
}

/** What of a script's output goes to the log; the rest is dropped, but for the last lines. */
const MAX_LOGGED_BYTES = 4 * 1024 * 1024;

/**
 * Runs a shell script of the workflow's author: as a file, with `bash -euo pipefail`, so that nothing of it is ever
 * pasted into a command line. Its stdin is empty.
 * @throws CommandError when it fails or runs out of time; CancelledError after `signal`
 */
export async function runScript(script: string, options: ScriptOptions): Promise<void> {
  await using folder = await makeTemporaryDirectory();
  const file = await folder.writeFile('script.sh', script.endsWith('\n') ? script : `${script}\n`);

  const started = await startProcess('bash', ['-euo', 'pipefail', file], {
    directory: options.directory,
    environment: options.environment,
    timeLimitSeconds: options.timeLimitSeconds,
    signal: options.signal,
    stdin: 'ignore',
    isTrusted: false,
  });
  const tail = new OutputTail();
  let loggable = MAX_LOGGED_BYTES;
  for (const stream of ['stdout', 'stderr'] as const) {
    const lines = new LineLogger(options.log);
    started[stream].on('data', (chunk: Buffer) => {
      tail.add(stream, chunk);
      if (loggable > 0) lines.add(chunk.subarray(0, loggable));
      loggable -= chunk.length;
    });
    started[stream].once('close', () => lines.finish());
  }
  const end = await started.ended;

  if (options.signal.aborted) throw new CancelledError(`Cancelled while the \`${options.name}\` script ran.`);
  if (end.exitCode === 0 && !end.isTimedOut) return;
  throw new CommandError(`The \`${options.name}\` script ${describeEnd(end, options)}.`, {
    command: options.shownAs ?? script,
    exitCode: end.isTimedOut ? null : end.exitCode,
    signal: end.signal,
    lastLines: tail.lines().map((line) => asWritten(line, file, script, options)),
  });
}

/** A shell names the file that it reads, and the command as it stands there: people know neither. */
function asWritten(line: string, file: string, script: string, { name, shownAs }: ScriptOptions): string {
  const isOurs = shownAs !== undefined && shownAs !== script && !shownAs.includes(LAUNCHER);
  const named = line.replaceAll(file, name);
  return isOurs && named !== line ? named.replaceAll(LAUNCHER, '') : named;
}

const LAUNCHER = '$MEMTRACK ';

function describeEnd(end: ProcessEnd, options: ScriptOptions): string {
  if (end.isTimedOut) {
    const limit = describeDuration(options.timeLimitSeconds);
    return `ran longer than its limit of ${limit} (\`${options.name}-timeout\`) and was stopped`;
  }
  if (end.exitCode === null) return `was ended by signal ${end.signal}`;
  const signal = signalOfExitCode(end.exitCode);
  if (signal === null) return `failed with exit code ${end.exitCode}`;
  return `failed with exit code ${end.exitCode}: a program in it was ended by ${signal}`;
}

/** A shell reports a program that a signal ended as 128 and the signal's number. */
function signalOfExitCode(exitCode: number): string | null {
  const found = Object.entries(constants.signals).find(([, number]) => number === exitCode - 128);
  return found === undefined ? null : found[0];
}

function describeDuration(seconds: number): string {
  const [count, unit] = seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Cuts a stream of bytes into lines for the log. */
class LineLogger {
  readonly #log: Log;
  readonly #decoder = new TextDecoder();
  #unfinished = '';

  constructor(log: Log) {
    this.#log = log;
  }

  add(chunk: Uint8Array): void {
    const lines = (this.#unfinished + this.#decoder.decode(chunk, { stream: true })).split('\n');
    this.#unfinished = lines.pop() ?? '';
    for (const line of lines) this.#log.debug(line);
    if (this.#unfinished.length > 64 * 1024) this.finish();
  }

  finish(): void {
    if (this.#unfinished !== '') this.#log.debug(this.#unfinished);
    this.#unfinished = '';
  }
}
