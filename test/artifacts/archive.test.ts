import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readSingleFile } from '../../src/artifacts/archive.ts';
import { MeasurementError } from '../../src/errors.ts';
import { deflatedZeros, descriptorOf, makeZip, type ZipEntry, type ZipLies } from './make-zip.ts';

const NAME = 'measurement.memtrack.gz';
const CONTENT = Buffer.from('one measurement, and nothing else');
const ENTRY: ZipEntry = { name: NAME, content: CONTENT };
const MEGABYTE = 1024 * 1024;

function read(zip: Uint8Array, maxBytes = MEGABYTE): Promise<Uint8Array> {
  return readSingleFile(zip, NAME, maxBytes);
}

describe('readSingleFile', () => {
  it('reads the one file of a zip, deflated or stored', async () => {
    expect(Buffer.from(await read(makeZip([ENTRY])))).toEqual(CONTENT);
    expect(Buffer.from(await read(makeZip([{ ...ENTRY, method: 0 }])))).toEqual(CONTENT);
  });

  it('reads one whose sizes follow the content, as archives that are written in one go have it', async () => {
    const descriptor = descriptorOf(CONTENT);
    expect(Buffer.from(await read(makeZip([{ ...ENTRY, flags: 8, descriptor }])))).toEqual(CONTENT);
    const unsigned = descriptor.subarray(4);
    expect(Buffer.from(await read(makeZip([{ ...ENTRY, flags: 8, descriptor: unsigned }])))).toEqual(CONTENT);
  });

  it('reads what zip(1) writes', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'zip-'));
    try {
      await writeFile(join(directory, NAME), CONTENT);
      await promisify(execFile)('zip', ['-q', '-X', 'a.zip', NAME], { cwd: directory });
      expect(Buffer.from(await read(await readFile(join(directory, 'a.zip'))))).toEqual(CONTENT);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('takes gzip for an artifact that was not zipped', async () => {
    const packed = gzipSync(CONTENT);
    expect(await read(packed)).toEqual(packed);
    await expect(read(packed, packed.length - 1)).rejects.toThrow(`more than ${packed.length - 1} bytes`);
  });

  const hostile: [what: string, entries: readonly ZipEntry[], lies?: ZipLies][] = [
    ['a path upwards', [{ ...ENTRY, name: `../../${NAME}` }]],
    ['an absolute path', [{ ...ENTRY, name: `/etc/cron.d/${NAME}` }]],
    ['another name', [{ ...ENTRY, name: 'evil' }]],
    ['a name with a zero in it', [{ ...ENTRY, name: `${NAME}\0.html` }]],
    ['a symbolic link', [{ ...ENTRY, unixMode: 0o120777 }]],
    ['a directory', [{ ...ENTRY, unixMode: 0o040755 }]],
    ['a device', [{ ...ENTRY, unixMode: 0o060644 }]],
    ['the same name twice', [ENTRY, ENTRY]],
    ['one more entry', [ENTRY, { ...ENTRY, name: 'more' }]],
    ['one more entry than it admits', [ENTRY, { ...ENTRY, name: 'more' }], { entryCount: 1 }],
    ['no entry', []],
    ['no entry, though it speaks of one', [], { entryCount: 1 }],
    ['ten thousand entries', Array.from({ length: 10_000 }, (_, i) => ({ ...ENTRY, name: `${i}` }))],
    ['encryption', [{ ...ENTRY, flags: 1 }]],
    ['strong encryption', [{ ...ENTRY, flags: 0x41 }]],
    ['an unknown method', [{ ...ENTRY, method: 12 }]],
    ['another name in its own header', [{ ...ENTRY, localName: '../../.bashrc' }]],
    ['another size in its own header', [{ ...ENTRY, localSize: 1 }]],
    ['a size that is too small', [{ ...ENTRY, size: CONTENT.length - 1 }]],
    ['a size that is too large', [{ ...ENTRY, size: CONTENT.length + 1 }]],
    [
      'another size after the content',
      [{ ...ENTRY, flags: 8, descriptor: descriptorOf(CONTENT, CONTENT.length + 1) }],
    ],
    ['a second name', [{ ...ENTRY, extra: Buffer.from('75700500016162636465', 'hex').subarray(0, 9) }]],
    ['an extra field that does not end', [{ ...ENTRY, extra: Buffer.from('7570ffff01', 'hex') }]],
    ['zip64', [{ ...ENTRY, extra: Buffer.from('01000000', 'hex') }]],
    ['a comment', [ENTRY], { comment: 'PK' }],
    ['something between its table and its end', [ENTRY], { gap: Buffer.from('MZ') }],
    ['something in front', [ENTRY], { prefix: Buffer.from('MZ') }],
    ['a wrong checksum', [{ ...ENTRY, compressed: Buffer.from(CONTENT).reverse(), method: 0 }]],
  ];
  it.each(hostile.map(([what, ...zip]) => ({ what, zip })))(
    'T16, C19: refuses $what',
    async ({ zip: [entries, lies] }) => {
      const failure = await read(makeZip(entries, lies)).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(MeasurementError);
      // Names of the archive are not repeated.
      expect((failure as Error).message).not.toMatch(/bashrc|cron|evil|\.\.\//);
    },
  );

  it('T16, C19: refuses a gigabyte of zeros by what it says, and by what comes out', async () => {
    const compressed = deflatedZeros(1024);
    expect(compressed.length).toBeLessThan(2 * MEGABYTE);
    const honest = makeZip([{ ...ENTRY, compressed, size: 1024 * MEGABYTE }]);
    await expect(read(honest)).rejects.toThrow('more than 1048576 bytes');
    const before = process.memoryUsage().rss;
    const lying = makeZip([{ ...ENTRY, compressed }]);
    await expect(read(lying)).rejects.toThrow(MeasurementError);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * MEGABYTE);
  });

  it('T16: refuses every cut and every flipped byte of the headers without another kind of error', async () => {
    const zip = makeZip([ENTRY]);
    const readable: string[] = [];
    for (let at = 0; at < zip.length; at++) {
      const flipped = Buffer.from(zip);
      flipped[at] = (flipped[at] ?? 0) ^ 0xff;
      for (const bytes of [zip.subarray(0, at), flipped]) {
        const result = await read(bytes).then(
          (content) => Buffer.from(content).toString(),
          (error: unknown) => {
            if (!(error instanceof MeasurementError)) throw error;
            return null;
          },
        );
        if (result !== null) readable.push(result);
      }
    }
    // What is left are dates and permissions, which nobody looks at.
    expect(new Set(readable)).toEqual(new Set([CONTENT.toString()]));
  });
});
