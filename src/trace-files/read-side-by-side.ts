import { stat } from 'node:fs/promises';
import { readInThread } from './read-in-thread.ts';
import { readTraceFile } from './read-trace-file.ts';

/** Below this a thread takes longer to start than the file to read. Measured; see docs/performance.md. */
const WORTH_A_THREAD_BYTES = 2_000_000;

/**
 * Reads two trace files at the same time: base in a thread of its own, head here. Of two that fail, base's error is
 * thrown.
 * @param read for each side; told the path and how
 */
export async function readSideBySide<T>(
  basePath: string,
  headPath: string,
  read: (path: string, how: typeof readTraceFile) => Promise<T>,
): Promise<readonly [base: T, head: T]> {
  const sizes = await Promise.all([sizeOf(basePath), sizeOf(headPath)]);
  if (Math.min(...sizes) < WORTH_A_THREAD_BYTES) {
    return [await read(basePath, readTraceFile), await read(headPath, readTraceFile)];
  }
  const [base, head] = await Promise.allSettled([
    read(basePath, (path, options) => readInThread(path, options)),
    read(headPath, readTraceFile),
  ]);
  if (base.status === 'rejected') throw base.reason;
  if (head.status === 'rejected') throw head.reason;
  return [base.value, head.value];
}

/** 0 for what has no size: a pipe, or nothing at all, which whoever reads it finds out. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}
