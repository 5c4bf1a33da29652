/**
 * Runs foreign programs so that nothing of them stays behind: each gets a process group and a session of its own,
 * and whatever is left of those when the program itself has ended is ended too.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { CancelledError, UserError } from '../errors.ts';
import { OutputTail } from './output-tail.ts';
import { findLeftovers, sendSignal } from './process-table.ts';

export interface ProcessOptions {
  readonly directory: string;
  /** The program's environment, complete but for our own mark. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeLimitSeconds: number;
  readonly signal: AbortSignal;
  /** What the program reads from stdin; nothing when left out. */
  readonly input?: string | Uint8Array;
  /** 64 MiB when left out. A program that writes more is stopped, and that is a UserError. */
  readonly maxStdoutBytes?: number;
}

export interface ProcessEnd {
  /** Null when a signal ended the program. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly isTimedOut: boolean;
  readonly seconds: number;
}

export interface ProcessResult extends ProcessEnd {
  readonly stdout: Uint8Array;
  /** The last of stdout and stderr, as they arrived: at most 40 lines and 64 KiB, raw. */
  readonly lastLines: readonly string[];
}

export interface StartOptions extends Omit<ProcessOptions, 'input' | 'maxStdoutBytes'> {
  /** `ignore` is /dev/null; a number is a file descriptor of ours that the child gets a copy of. */
  readonly stdin: 'ignore' | 'pipe' | number;
  /**
   * Whether the program is of our own choosing, starts no others, and may write until its output has been read to
   * the end. Anything else is swept up after, and its pipes are closed a second after it ended.
   */
  readonly isTrusted: boolean;
}

export interface StartedProcess {
  readonly stdin: Writable | null;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when the program itself is gone, however much of its output is still to be read. Never rejects. */
  readonly exited: Promise<void>;
  /** Settles when the program and all that it left behind are gone. Never rejects. */
  readonly ended: Promise<ProcessEnd>;
}

const DEFAULT_MAX_STDOUT_BYTES = 64 * 1024 * 1024;

/** Between SIGTERM and SIGKILL. With the limits below, and a last look at /proc, the whole way takes 5.2 seconds at most. */
const TERMINATION_MILLISECONDS = 3000;
/** How long a killed program may take to vanish (one of another user never does) before we go on without it. */
const KILL_MILLISECONDS = 500;
/** What processes left behind get to end by themselves. */
const LEFTOVER_MILLISECONDS = 500;
const LOOK_AGAIN_MILLISECONDS = 20;
const DRAIN_MILLISECONDS = 1000;
/** The longest that setTimeout can wait. */
const MAX_TIMER_MILLISECONDS = 2 ** 31 - 1;

/** The same for all our children, so that each side of a comparison sees an environment of the same size. */
const MARK_VALUE = randomBytes(16).toString('hex');

/** Running programs that are swept up after. The mark does not tell whose a process is, so the last one sweeps. */
let untrustedRunning = 0;

/**
 * Runs a program to its end and returns how it ended, whatever its exit code. No shell is involved.
 * @throws UserError when it cannot be started or writes too much; CancelledError after `signal`
 */
export async function runProcess(
  file: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<ProcessResult> {
  const tooMuch = new AbortController();
  const started = await startProcess(file, args, {
    ...options,
    signal: AbortSignal.any([options.signal, tooMuch.signal]),
    stdin: options.input === undefined ? 'ignore' : 'pipe',
    isTrusted: false,
  });
  const tail = new OutputTail();
  const kept: Buffer[] = [];
  const limit = options.maxStdoutBytes ?? DEFAULT_MAX_STDOUT_BYTES;
  let room = limit;
  started.stdout.on('data', (chunk: Buffer) => {
    tail.add('stdout', chunk);
    if (room > 0) kept.push(chunk.subarray(0, room));
    if (chunk.length > room) tooMuch.abort();
    room = Math.max(0, room - chunk.length);
  });
  started.stderr.on('data', (chunk: Buffer) => tail.add('stderr', chunk));
  started.stdin?.end(options.input);

  const end = await started.ended;
  if (options.signal.aborted) throw new CancelledError(`Cancelled while \`${file}\` was running.`);
  if (tooMuch.signal.aborted) {
    throw new UserError(`\`${[file, ...args].join(' ')}\` wrote more than ${limit} bytes to its stdout.`);
  }
  return { ...end, stdout: Buffer.concat(kept), lastLines: tail.lines() };
}

/**
 * Starts a program and sees to its end.
 * @throws UserError when it cannot be started; CancelledError when `signal` came before it could be
 */
export async function startProcess(
  file: string,
  args: readonly string[],
  options: StartOptions,
): Promise<StartedProcess> {
  if (options.signal.aborted) throw new CancelledError(`Cancelled before \`${file}\` was started.`);
  // Counted before it runs, so that nobody takes its processes for left-over ones.
  if (!options.isTrusted) untrustedRunning++;
  const child = await spawnChild(file, args, options).catch((error) => {
    if (!options.isTrusted) untrustedRunning--;
    throw error;
  });
  const { stdout, stderr } = child as { stdout: Readable; stderr: Readable };
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ended = superviseProcess(child, exited, [stdout, stderr], options);
  // The program may end without having read its input, or be killed while we read its output.
  for (const stream of [child.stdin, stdout, stderr]) stream?.on('error', () => {});
  return { stdin: child.stdin, stdout, stderr, exited, ended };
}

async function spawnChild(
  file: string,
  args: readonly string[],
  options: StartOptions,
): Promise<ChildProcess> {
  try {
    const child = spawn(file, args, {
      cwd: options.directory,
      env: options.isTrusted
        ? options.environment
        : { ...options.environment, MEMTRACK_PROCESS_MARK: MARK_VALUE },
      detached: true,
      stdio: [options.stdin, 'pipe', 'pipe'],
    });
    await once(child, 'spawn');
    child.on('error', () => {});
    return child;
  } catch (cause) {
    throw new UserError(startFailure(file, options.directory, cause), { cause });
  }
}

function startFailure(file: string, directory: string, cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code;
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return `Cannot run \`${file}\` in ${directory}: there is no such directory.`;
  }
  if (code === 'ENOENT') {
    return `Cannot run \`${file}\`: there is no such program. Install it, or add its folder to PATH.`;
  }
  if (code === 'EACCES') return `Cannot run \`${file}\`: it is not executable.`;
  if (code === 'E2BIG') return `Cannot run \`${file}\`: its arguments and environment are too long.`;
  return `Cannot run \`${file}\`: ${cause instanceof Error ? cause.message : String(cause)}`;
}

async function superviseProcess(
  child: ChildProcess,
  exited: Promise<void>,
  pipes: readonly Readable[],
  options: StartOptions,
): Promise<ProcessEnd> {
  const startedAt = performance.now();
  const id = child.pid!;
  const drained = Promise.all(
    pipes.map((pipe) => new Promise<void>((resolve) => pipe.once('close', resolve))),
  );

  let isTimedOut = false;
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const timer = setTimeout(
    () => {
      isTimedOut = true;
      stop();
    },
    Math.min(options.timeLimitSeconds * 1000, MAX_TIMER_MILLISECONDS),
  );
  options.signal.addEventListener('abort', stop, { once: true });
  if (options.signal.aborted) stop();

  await Promise.race([exited, stopped]);
  clearTimeout(timer);
  options.signal.removeEventListener('abort', stop);
  const isStopped = child.exitCode === null && child.signalCode === null;
  if (isStopped) await stopProcess(id, exited);
  const seconds = (performance.now() - startedAt) / 1000;

  if (!options.isTrusted) {
    await endLeftovers(id, isStopped ? 0 : LEFTOVER_MILLISECONDS);
    untrustedRunning--;
  }
  if (options.isTrusted && !isStopped) await drained;
  else await settlesWithin(drained, DRAIN_MILLISECONDS);
  for (const pipe of pipes) pipe.destroy();
  child.unref();
  return { exitCode: child.exitCode, signal: child.signalCode, isTimedOut: isStopped && isTimedOut, seconds };
}

async function stopProcess(id: number, exited: Promise<void>): Promise<void> {
  sendSignal(-id, 'SIGTERM');
  if (await settlesWithin(exited, TERMINATION_MILLISECONDS)) return;
  sendSignal(-id, 'SIGKILL');
  await settlesWithin(exited, KILL_MILLISECONDS);
}

/** Ends what is left of a session: SIGTERM and `graceMilliseconds` first, then SIGKILL until nothing is found. */
async function endLeftovers(session: number, graceMilliseconds: number): Promise<void> {
  const startedAt = performance.now();
  const isBefore = (milliseconds: number) => performance.now() - startedAt < milliseconds;
  const find = () => findLeftovers({ session, mark: untrustedRunning === 1 ? MARK_VALUE : null });
  let found = await find();
  if (graceMilliseconds > 0) for (const id of found) sendSignal(id, 'SIGTERM');
  while (found.length > 0 && isBefore(graceMilliseconds)) {
    await pause(LOOK_AGAIN_MILLISECONDS);
    found = await find();
  }
  while (found.length > 0 && isBefore(graceMilliseconds + KILL_MILLISECONDS)) {
    for (const id of found) sendSignal(id, 'SIGKILL');
    await pause(LOOK_AGAIN_MILLISECONDS);
    found = await find();
  }
}

/** Whether `promise` settled before the time was up. */
async function settlesWithin(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([promise.then(() => true), timeIsUp]);
  } finally {
    clearTimeout(timer);
  }
}
