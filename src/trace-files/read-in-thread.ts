import { parentPort, Worker, workerData } from 'node:worker_threads';
import { TraceFormatError, UserError } from '../errors.ts';
import { readTraceFile, type TraceFile, type TraceFileOptions } from './read-trace-file.ts';

/** What a thread is started with. */
interface Order {
  readonly path: string;
  readonly options: TraceFileOptions;
}

/** What it says when it is done. Anything but a UserError ends it without an answer. */
type Answer =
  | { readonly kind: 'file'; readonly file: TraceFile }
  | { readonly kind: 'broken'; readonly message: string; readonly offset: number | null | undefined };

/** The thread's program: beside this folder in `src/`, and beside the chunk of this folder in `dist/`. */
const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? '../trace-worker.ts' : '../trace-worker.js',
  import.meta.url,
);

/**
 * Reads a trace file in a thread of its own. The columns are handed over, not copied.
 * @param program for tests: what runs in the thread
 * @throws what `readTraceFile` throws
 */
export async function readInThread(
  path: string,
  options: TraceFileOptions,
  program: URL = PROGRAM,
): Promise<TraceFile> {
  const answer = await askThread({ path, options }, program);
  // No thread can be had (TypeScript on Node 20, too little memory), or it met a bug that shows itself here as well.
  if (answer === null) return await readTraceFile(path, options);
  if (answer.kind === 'file') return answer.file;
  throw toError(answer.message, answer.offset);
}

function askThread(order: Order, program: URL): Promise<Answer | null> {
  return new Promise((resolve) => {
    const worker = new Worker(program, { workerData: order });
    worker.once('message', (answer: Answer) => resolve(answer));
    worker.once('error', () => resolve(null));
    worker.once('exit', () => resolve(null));
  });
}

/** Runs in the thread: does what it was started for. */
export async function answerOrder(): Promise<void> {
  const { path, options } = workerData as Order;
  try {
    const file = await readTraceFile(path, options);
    const answer: Answer = { kind: 'file', file };
    parentPort?.postMessage(answer, [...columnsOf(file)]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const offset = error instanceof TraceFormatError ? error.offset : undefined;
    const answer: Answer = { kind: 'broken', message: error.message, offset };
    parentPort?.postMessage(answer);
  }
}

/** The error that was thrown in the thread: structured clones are of class Error, whatever they were. */
function toError(message: string, offset: number | null | undefined): UserError {
  if (offset === undefined) return new UserError(message);
  // Its message names the offset already.
  return Object.assign(new TraceFormatError(message, null), { offset });
}

/** The memory of all typed arrays inside. */
function columnsOf(value: object, found: Set<ArrayBuffer> = new Set()): Set<ArrayBuffer> {
  for (const part of Object.values(value)) {
    if (ArrayBuffer.isView(part)) found.add(part.buffer as ArrayBuffer);
    else if (typeof part === 'object' && part !== null && !Array.isArray(part)) columnsOf(part, found);
  }
  return found;
}
