/** Named pipes, by which a script that we run and this process talk to each other. */

import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { UserError } from '../errors.ts';
import { runProcess } from './process.ts';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants;

/** Longer than any line that our own scripts write. */
const MAX_LINE_BYTES = 4096;

/**
 * Makes a named pipe that only we may open.
 * @param mkfifo path of the program of that name: Node has no such call
 */
export async function makeFifo(path: string, mkfifo: string, signal: AbortSignal): Promise<void> {
  const made = await runProcess(mkfifo, ['-m', '600', path], {
    directory: '/',
    environment: {},
    timeLimitSeconds: 10,
    signal,
  });
  if (made.exitCode !== 0) {
    throw new UserError(`Cannot make the named pipe ${path}: ${made.lastLines.join(' ')}`);
  }
}

/** Both ends of a named pipe, as file descriptors. */
export interface FifoEnds {
  readonly reader: number;
  /** While it is open, the reader sees no end of file. */
  readonly writer: number;
}

/**
 * Opens a named pipe for somebody else to read from and another to write to. Once `reader` is handed over and closed
 * here, a reader that dies gives the writers a broken pipe instead of letting them wait for ever.
 */
export function openFifoEnds(path: string): FifoEnds {
  // Opening one end waits for the other, unless both are there: a third descriptor stands in for the missing one.
  const both = openSync(path, O_RDWR | O_NOFOLLOW);
  try {
    return { reader: openSync(path, O_RDONLY | O_NOFOLLOW), writer: openSync(path, O_WRONLY | O_NOFOLLOW) };
  } finally {
    closeSync(both);
  }
}

export function closeDescriptor(descriptor: number): void {
  closeSync(descriptor);
}

/** Calls `onLine` for each line that anybody writes to the named pipe, until it is disposed of. */
export function listenOnFifo(path: string, onLine: (line: string) => void): Disposable {
  // Opened for writing as well, so that it does not end when a writer leaves.
  const descriptor = openSync(path, O_RDWR | O_NONBLOCK | O_NOFOLLOW);
  const socket = new Socket({ fd: descriptor, readable: true, writable: false });
  let unfinished = '';
  socket.on('data', (chunk: Buffer) => {
    const lines = (unfinished + chunk.toString('latin1')).split('\n');
    unfinished = (lines.pop() ?? '').slice(0, MAX_LINE_BYTES);
    for (const line of lines) onLine(line);
  });
  return {
    [Symbol.dispose]() {
      socket.destroy();
    },
  };
}

/**
 * Writes one line to a named pipe, if somebody has it open for reading.
 * @returns whether anybody had
 */
export function answerOnFifo(path: string, line: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(path, O_WRONLY | O_NONBLOCK | O_NOFOLLOW);
  } catch {
    return false;
  }
  try {
    if (!fstatSync(descriptor).isFIFO()) return false;
    writeSync(descriptor, `${line}\n`);
    return true;
  } catch {
    return false;
  } finally {
    closeSync(descriptor);
  }
}
