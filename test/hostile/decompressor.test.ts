import './freeze-prototypes.ts';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { TraceFormatError, UserError } from '../../src/errors.ts';
import { type DecompressionLimits, decompress, HOSTILE_LIMITS } from '../../src/formats/decompress.ts';
import { limitProcessorTime } from '../processor-time.ts';

async function* chunksOf(bytes: Uint8Array, size = Math.max(1, bytes.length)) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** The decompressed bytes, or null when they were refused as they should be. */
async function undo(chunks: AsyncIterable<Uint8Array>, limits?: DecompressionLimits): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of decompress(chunks, limits)) parts.push(part);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return null;
  }
  return Buffer.concat(parts);
}

const first = Buffer.from('main;parse 10\n'.repeat(20));
const second = Buffer.from('main;write 30\n'.repeat(20));
const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2]);
const checked = { params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } };
const files = [
  { kind: 'gzip', bytes: Buffer.concat([zlib.gzipSync(first), zlib.gzipSync(second)]) },
  {
    kind: 'zstd',
    bytes: Buffer.concat([
      zlib.zstdCompressSync(first, checked),
      skippable,
      zlib.zstdCompressSync(second, checked),
    ]),
  },
];

describe.each(files)('a file of $kind', ({ bytes }) => {
  const whole = Buffer.concat([first, second]);

  it('gives the same wherever it is cut into chunks', async () => {
    for (let cut = 1; cut < bytes.length; cut++) {
      async function* twoChunks() {
        yield bytes.subarray(0, cut);
        yield bytes.subarray(cut);
      }
      expect((await undo(twoChunks()))?.equals(whole)).toBe(true);
    }
    expect((await undo(chunksOf(bytes, 1)))?.equals(whole)).toBe(true);
  });

  it('that ends too early is refused, or ends where a part of it does', async () => {
    const complete = new Set([0, first.length, whole.length]);
    for (let length = 0; length < bytes.length; length++) {
      const part = await undo(chunksOf(bytes.subarray(0, length)));
      // Up to three bytes tell nothing yet, and pass through.
      if (part !== null && length > 3) expect(complete).toContain(part.length);
    }
  });

  it('with changed bytes is refused or read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: bytes.length }),
        async (changes, size) => {
          const changed = Buffer.from(bytes);
          for (const [at, byte] of changes) changed[at] = byte;
          await undo(chunksOf(changed, size), HOSTILE_LIMITS);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('tells what went wrong where its bytes come from', async () => {
    async function* failing() {
      yield bytes.subarray(0, 20);
      throw new Error('the disk is gone');
    }
    const reading = (async () => {
      for await (const _ of decompress(failing()));
    })();
    await expect(reading).rejects.toThrow('the disk is gone');
  });
});

it('random bytes behind a known beginning are refused or read', async () => {
  const magic = fc.constantFrom(
    [0x1f, 0x8b],
    [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0],
    [0x28, 0xb5, 0x2f, 0xfd],
    [0x5a, 0x2a, 0x4d, 0x18],
    [0x28, 0xb5, 0x2f, 0xfd, 0x04],
  );
  await fc.assert(
    fc.asyncProperty(magic, fc.uint8Array({ maxLength: 200 }), async (begin, rest) => {
      await undo(chunksOf(Buffer.from([...begin, ...rest]), 50), HOSTILE_LIMITS);
    }),
    { numRuns: 500 },
  );
});

describe('T14: limits', () => {
  const zeros = zlib.gzipSync(Buffer.alloc(1 << 20));

  it('stop a file that grows beyond them', async () => {
    expect((await undo(chunksOf(zeros), { maxBytes: 1 << 20 }))?.length).toBe(1 << 20);
    expect(await undo(chunksOf(zeros), { maxBytes: (1 << 20) - 1 })).toBeNull();
    expect(await undo(chunksOf(zeros), { maxRatio: 500 })).toBeNull();
    expect((await undo(chunksOf(zeros), HOSTILE_LIMITS))?.length).toBe(1 << 20);
  });

  it('hold for what is not compressed, too', async () => {
    const reading = undo(chunksOf(Buffer.alloc(100, 'a'), 10), { maxBytes: 50 });
    expect(await reading).toBeNull();
  });

  it('of memory: a zstd window of more than 128 MiB is refused', async () => {
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, (28 - 10) << 3, 1, 0, 0]);
    const reading = (async () => {
      for await (const _ of decompress(chunksOf(frame)));
    })();
    await expect(reading).rejects.toThrow(/more than 128 MiB to be decompressed: .* without --long/);
    await expect(reading).rejects.toBeInstanceOf(TraceFormatError);
  });
});

describe('C09, T14: a bomb', () => {
  limitProcessorTime(30);

  const directory = mkdtempSync(join(tmpdir(), 'bomb-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  /** Zeros, compressed without ever being in memory. */
  async function compressZeros(mebibytes: number, encoder: zlib.Gzip | zlib.ZstdCompress): Promise<Buffer> {
    const mebibyte = Buffer.alloc(1 << 20);
    const parts: Buffer[] = [];
    await pipeline(
      (function* () {
        for (let i = 0; i < mebibytes; i++) yield mebibyte;
      })(),
      encoder,
      async (compressed) => {
        for await (const part of compressed) parts.push(part);
      },
    );
    return Buffer.concat(parts);
  }

  it.each([
    ['zstd', () => zlib.createZstdCompress(), 40_000],
    ['gzip', () => zlib.createGzip(), 300_000],
  ])('of %s stops at the limit, and takes little memory', async (kind, encoder, largest) => {
    const bytes = await compressZeros(256, encoder());
    expect(bytes.length).toBeLessThan(largest);
    const file = join(directory, kind);
    writeFileSync(file, bytes);
    const script = join(import.meta.dirname, 'read-bomb.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script, file, String(64 << 20)]);
    const { error, made, growth } = JSON.parse(stdout) as { error: string; made: number; growth: number };
    expect(error).toMatch(/^TraceFormatError: the trace has more than 67108864 bytes when decompressed/);
    expect(made).toBe(64 << 20);
    // Measured: 62 to 70 MB, most of it buffers that wait for the garbage collector. All would be 268 MB.
    expect(growth).toBeLessThan(140e6);
  });
});
