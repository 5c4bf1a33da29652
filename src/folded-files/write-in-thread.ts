import { parentPort, Worker, workerData } from 'node:worker_threads';
import { columnsToFolded, type FoldedColumns } from '../diff/diff-to-folded.ts';
import { writeFoldedFiles } from './write-folded-files.ts';

/** What a thread is started with. */
interface Order {
  readonly directory: string;
  readonly columns: FoldedColumns;
}

/** Files that may be being written. */
export interface FoldedWriting {
  /** Resolves when they are there; throws why they are not. */
  finish(): Promise<void>;
}

/** Below this a thread takes longer to start than the text to write. Measured; see docs/performance.md. */
const WORTH_A_THREAD_STACKS = 30_000;

/** What the thread says when all is written. Anything else ends it without a word. */
const DONE = 'done';

/** The thread's program: beside this folder in `src/`, and beside the chunk of this folder in `dist/`. */
const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? '../folded-worker.ts' : '../folded-worker.js',
  import.meta.url,
);

/**
 * Writes the folded files of a comparison, large ones in a thread that begins now, small ones when they are waited for.
 * @param program for tests: what runs in the thread
 */
export function startFoldedFiles(
  directory: string,
  columns: FoldedColumns,
  program: URL = PROGRAM,
): FoldedWriting {
  const order = { directory, columns };
  const isWritten = columns.prefix.length < WORTH_A_THREAD_STACKS ? false : askThread(order, program);
  return {
    async finish() {
      // No thread could be had (TypeScript on Node 20, too little memory), or it met an error that shows itself here.
      if (!(await isWritten)) writeFoldedFiles(directory, columnsToFolded(columns));
    },
  };
}

function askThread(order: Order, program: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const worker = new Worker(program, { workerData: order });
    worker.once('message', (message) => resolve(message === DONE));
    worker.once('error', () => resolve(false));
    worker.once('exit', () => resolve(false));
  });
}

/** Runs in the thread: does what it was started for. */
export function carryOutOrder(): void {
  const { directory, columns } = workerData as Order;
  writeFoldedFiles(directory, columnsToFolded(columns));
  parentPort?.postMessage(DONE);
}
