const NEWLINE = 10;
const MAX_LINES = 40;
const MAX_BYTES = 64 * 1024;
/** Of a longer line its end is kept: the reason of a failure stands last more often than first. */
const MAX_LINE_BYTES = 4 * 1024;

export type OutputStream = 'stdout' | 'stderr';

interface Piece {
  readonly stream: OutputStream;
  readonly bytes: Buffer;
}

/**
 * Keeps the last lines of a process's two output streams, in the order in which they arrived. Only the last bytes are
 * held, and cut into lines when somebody asks, so that a flood of output costs next to nothing.
 */
export class OutputTail {
  #pieces: Piece[] = [];
  #bytes = 0;

  add(stream: OutputStream, bytes: Buffer): void {
    this.#pieces.push({ stream, bytes });
    this.#bytes += bytes.length;
    if (this.#bytes > 4 * MAX_BYTES) this.#dropOldest();
  }

  /** At most 40 lines of together at most 64 KiB, without their newlines, decoded as UTF-8, else raw. */
  lines(): string[] {
    const lines: Buffer[] = [];
    const unfinished = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
    for (const { stream, bytes } of this.#pieces) {
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
        lines.push(endOfLine(unfinished[stream], bytes.subarray(start, end)));
        unfinished[stream] = Buffer.alloc(0);
        start = end + 1;
      }
      unfinished[stream] = endOfLine(unfinished[stream], bytes.subarray(start));
    }
    lines.push(...[unfinished.stdout, unfinished.stderr].filter((line) => line.length > 0));
    return lastOf(lines).map((line) => line.toString('utf8'));
  }

  /** Twice what can be shown stays, since the two streams' lines may be mixed. */
  #dropOldest(): void {
    let first = this.#pieces.length;
    this.#bytes = 0;
    while (this.#bytes < 2 * MAX_BYTES) this.#bytes += this.#pieces[--first].bytes.length;
    this.#pieces = this.#pieces.slice(first);
  }
}

function lastOf(lines: readonly Buffer[]): readonly Buffer[] {
  let first = lines.length;
  let bytes = 0;
  while (first > 0 && lines.length - first < MAX_LINES) {
    bytes += lines[first - 1].length;
    if (bytes > MAX_BYTES) break;
    first--;
  }
  return lines.slice(first);
}

function endOfLine(pending: Buffer, rest: Buffer): Buffer<ArrayBuffer> {
  const line = Buffer.concat([pending, rest.subarray(Math.max(0, rest.length - MAX_LINE_BYTES))]);
  return line.subarray(Math.max(0, line.length - MAX_LINE_BYTES));
}
