import { randomBytes } from 'node:crypto';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { TraceFormatError } from '../../src/errors.ts';
import { decompress } from '../../src/formats/decompress.ts';

async function decompressAll(bytes: Uint8Array, chunkSize = bytes.length): Promise<Buffer> {
  async function* chunks() {
    for (let start = 0; start < bytes.length; start += chunkSize)
      yield bytes.subarray(start, start + chunkSize);
  }
  const parts: Uint8Array[] = [];
  for await (const part of decompress(chunks())) parts.push(part);
  return Buffer.concat(parts);
}

const text = Buffer.from('+ 1f\n- 1f\n'.repeat(50_000));
const noise = randomBytes(3 << 20);
/** A frame that every decoder has to step over (RFC 8878 §3.1.2). */
const skippable = Buffer.concat([Buffer.from([0x52, 0x2a, 0x4d, 0x18, 5, 0, 0, 0]), Buffer.from('hello')]);

describe('decompress', () => {
  it.each([
    ['plain', text, text],
    ['gzip', zlib.gzipSync(text), text],
    [
      'gzip of two members',
      Buffer.concat([zlib.gzipSync(text), zlib.gzipSync(noise)]),
      Buffer.concat([text, noise]),
    ],
    ['zstd', zlib.zstdCompressSync(text), text],
    [
      'zstd of two frames',
      Buffer.concat([zlib.zstdCompressSync(noise), zlib.zstdCompressSync(text)]),
      Buffer.concat([noise, text]),
    ],
    ['zstd behind a skippable frame', Buffer.concat([skippable, zlib.zstdCompressSync(text)]), text],
    [
      'zstd with skippable frames around',
      Buffer.concat([zlib.zstdCompressSync(text), skippable, zlib.zstdCompressSync(noise), skippable]),
      Buffer.concat([text, noise]),
    ],
  ])('loses nothing of %s, whatever the chunks', async (_name, compressed, expected) => {
    for (const size of [compressed.length, 1 << 16, 1021]) {
      expect((await decompressAll(compressed, size)).equals(expected)).toBe(true);
    }
  });

  it.each([
    ['gzip', zlib.gzipSync(noise)],
    ['zstd', zlib.zstdCompressSync(noise)],
  ])('tells that %s is cut off', async (_name, compressed) => {
    await expect(decompressAll(compressed.subarray(0, compressed.length - 20), 1 << 16)).rejects.toThrow(
      /cut off/,
    );
  });

  it.each([
    ['gzip', Buffer.concat([zlib.gzipSync(text), Buffer.from('garbage')])],
    ['zstd', Buffer.concat([zlib.zstdCompressSync(text), Buffer.from('garbage')])],
  ])('tells that %s is followed by something else', async (_name, compressed) => {
    await expect(decompressAll(compressed)).rejects.toBeInstanceOf(TraceFormatError);
  });
});
