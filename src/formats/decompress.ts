import { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { TraceFormatError, UserError } from '../errors.ts';
import { peek } from './peek.ts';

/** How much a trace may grow while it is decompressed. What is left out is not limited. */
export interface DecompressionLimits {
  /** Decompressed bytes. */
  readonly maxBytes?: number;
  /** Decompressed bytes for each byte that was read. */
  readonly maxRatio?: number;
}

/**
 * For somebody's own traces. Tight loops of malloc and free compress by more than 10,000 to 1, so no ratio is too
 * large for an honest trace, and memory grows with distinct stacks, not with bytes.
 */
const NO_LIMITS: DecompressionLimits = {};

/** For bytes that anybody may have made. 8 KB of zstd can stand for 256 MiB. */
export const HOSTILE_LIMITS: DecompressionLimits = { maxBytes: 2 * 1024 ** 3, maxRatio: 2000 };

/** Chunks of 1 MiB decompress 4.6 times as fast as Node's default of 16 KiB (zstd, 1 GB of heaptrack text). */
const CHUNK_SIZE = 1 << 20;
/** The decoder of zstd keeps at most 2^27 bytes to refer back to: what `zstd -d` allows, too, unless told otherwise. */
const ZSTD_WINDOW_LOG = 27;

const GZIP_MAGIC = [0x1f, 0x8b];
const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
/** A zstd file may begin with a skippable frame: 0x184D2A50 to 0x184D2A5F, little-endian (RFC 8878 §3.1.2). */
const ZSTD_SKIPPABLE_TAIL = [0x2a, 0x4d, 0x18];

/**
 * Undoes gzip or zstd as the first bytes tell; anything else passes through. Never holds more than a few chunks of
 * 1 MiB and the window of zstd (at most 128 MiB), however large the result.
 * @throws TraceFormatError on damaged or cut input, or beyond `limits`; UserError where this Node cannot read zstd
 */
export async function* decompress(
  bytes: AsyncIterable<Uint8Array>,
  limits: DecompressionLimits = NO_LIMITS,
): AsyncGenerator<Uint8Array, void, void> {
  let read = 0;
  async function* count() {
    for await (const chunk of bytes) {
      read += chunk.length;
      yield chunk;
    }
  }
  // Counted here because Node's own `maxOutputLength` does not hold for streams.
  let made = 0;
  for await (const chunk of undo(count())) {
    made += chunk.length;
    checkLimits(limits, read, made);
    yield chunk;
  }
}

function checkLimits({ maxBytes, maxRatio }: DecompressionLimits, read: number, made: number): void {
  if (maxBytes !== undefined && made > maxBytes) {
    throw new TraceFormatError(`the trace has more than ${maxBytes} bytes when decompressed`, null);
  }
  if (maxRatio !== undefined && made > maxRatio * read) {
    throw new TraceFormatError(
      `the trace grows more than ${maxRatio} times when decompressed, which no measurement does`,
      null,
    );
  }
}

async function* undo(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const { first, all } = await peek(bytes, 4);
  if (startsWith(first, GZIP_MAGIC)) yield* gunzip(all);
  else if (startsWith(first, ZSTD_MAGIC) || isSkippableFrame(first)) yield* unzstd(all);
  else yield* all;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function isSkippableFrame(bytes: Uint8Array): boolean {
  return (bytes[0] & 0xf0) === 0x50 && startsWith(bytes.subarray(1), ZSTD_SKIPPABLE_TAIL);
}

async function* gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const decoder = zlib.createGunzip({ chunkSize: CHUNK_SIZE });
  // One chunk at a time: what is read ahead would count towards the ratio.
  const source = Readable.from(bytes, { objectMode: true, highWaterMark: 1 });
  source.on('error', (error) => decoder.destroy(error));
  try {
    yield* source.pipe(decoder);
  } catch (error) {
    throw damaged('gzip', error);
  } finally {
    source.destroy();
    decoder.destroy();
  }
}

/**
 * Node's zstd stream ends with the first frame and drops what follows in the same chunk, without a word. So it gets
 * one chunk at a time, and what it did not eat goes to a decoder of its own.
 */
async function* unzstd(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  if (zlib.createZstdDecompress === undefined) {
    throw new UserError(
      `reading zstd needs Node 22.15 or newer, this is ${process.version}; or decompress the trace first: zstd -d FILE`,
    );
  }
  const input = bytes[Symbol.asyncIterator]();
  try {
    let next = await input.next();
    while (!next.done) {
      const decoder = zlib.createZstdDecompress({
        chunkSize: CHUNK_SIZE,
        params: { [zlib.constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG },
      });
      const fed = feedOneStream(decoder, next.value, input);
      // Without this, whoever reads the decoder would wait for ever.
      fed.catch((error: Error) => decoder.destroy(error));
      try {
        yield* decoder;
      } catch (error) {
        throw damaged('zstd', error);
      }
      const leftover = await fed;
      next = leftover === null ? await input.next() : { done: false, value: leftover };
    }
  } finally {
    await input.return?.();
  }
}

/** Feeds until the decoder is at the end of its frames or there is no more input. Returns what it did not eat. */
async function feedOneStream(
  decoder: zlib.ZstdDecompress,
  first: Uint8Array,
  input: AsyncIterator<Uint8Array>,
): Promise<Uint8Array | null> {
  let chunk = first;
  for (;;) {
    const eatenBefore = decoder.bytesWritten;
    await new Promise<void>((resolve, reject) => {
      decoder.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
    const eaten = decoder.bytesWritten - eatenBefore;
    if (eaten === 0 && chunk.length > 0)
      throw new TraceFormatError('the zstd stream is damaged: an empty frame', null);
    if (eaten < chunk.length) return chunk.subarray(eaten);
    const next = await input.next();
    if (next.done) {
      decoder.end();
      return null;
    }
    chunk = next.value;
  }
}

function damaged(kind: string, error: unknown): Error {
  if (error instanceof UserError) return error;
  const cause = error as NodeJS.ErrnoException;
  if (cause.code === 'Z_BUF_ERROR') {
    return new TraceFormatError(
      `the ${kind} stream is cut off: the recording or a copy of it did not finish`,
      null,
      { cause },
    );
  }
  if (cause.code === 'ZSTD_error_frameParameter_windowTooLarge') {
    return new TraceFormatError(
      'the zstd stream needs more than 128 MiB to be decompressed: compress the trace again without --long',
      null,
      { cause },
    );
  }
  if (cause.code?.startsWith('Z_') || cause.code?.startsWith('ZSTD_')) {
    return new TraceFormatError(`the ${kind} stream is damaged (${cause.message})`, null, { cause });
  }
  return cause;
}
