/**
 * Reads the one file of an artifact's zip, in memory: nothing is written to disk, and no name in the archive is used
 * for anything but to be compared. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */

import { crc32 } from 'node:zlib';
import type { Entry } from 'yauzl';
import { MeasurementError } from '../errors.ts';

const STORED = 0;
const DEFLATED = 8;
/** Bits of the general purpose flag. */
const ENCRYPTED = 0x0001;
const HAS_DATA_DESCRIPTOR = 0x0008;
const HAS_UTF8_NAMES = 0x0800;
/** The two bits by which a compressor says how hard it tried. */
const DEFLATE_EFFORT = 0x0006;
/** What archives of an artifact may say; encryption is refused by name. */
const KNOWN_FLAGS = DEFLATE_EFFORT | HAS_DATA_DESCRIPTOR | HAS_UTF8_NAMES;

const DATA_DESCRIPTOR_SIGNATURE = 0x08074b50;
const END_OF_TABLE_SIGNATURE = 0x06054b50;
const END_OF_TABLE_BYTES = 22;
/** Of an entry in the table, without its name and what follows. */
const ENTRY_BYTES = 46;
/** Who made the archive, and so what its attributes mean. */
const UNIX = 3;
/** Of a file's type in the upper half of external attributes, when a Unix made the archive. */
const FILE_TYPE_MASK = 0o170000;
const PLAIN_FILE = 0o100000;
const DOS_DIRECTORY = 0x10;
/** Zip64: sizes of more than 4 GiB, or said so. */
const ZIP64_EXTRA_FIELD = 0x0001;
const UNICODE_PATH_EXTRA_FIELD = 0x7075;

/**
 * The content of a zip's only entry. Bytes that are gzip themselves, those of an artifact that was not zipped, are
 * returned as they are.
 * @param expectedName what the entry must be called, to the letter
 * @param maxBytes of the content
 * @throws MeasurementError for everything else that can be made of a zip
 */
export async function readSingleFile(
  zip: Uint8Array,
  expectedName: string,
  maxBytes: number,
): Promise<Uint8Array> {
  if (zip[0] === 0x1f && zip[1] === 0x8b) {
    if (zip.length > maxBytes) tooLarge(maxBytes);
    return zip;
  }
  try {
    return await readEntry(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), expectedName, maxBytes);
  } catch (cause) {
    if (cause instanceof MeasurementError) throw cause;
    // Messages of the zip reader repeat names from the archive: they are the cause, and not shown.
    throw new MeasurementError('the artifact is damaged: it is no zip that can be read', { cause });
  }
}

async function readEntry(zip: Buffer, expectedName: string, maxBytes: number): Promise<Uint8Array> {
  const table = readEndOfTable(zip);
  if (table.entries !== 1) refuse(`it holds ${table.entries} files, and not 1`);
  const { fromBufferPromise } = await import('yauzl');
  const archive = await fromBufferPromise(zip, { decodeStrings: false });
  const { value: entry } = await archive.eachEntry().next();
  const name = Buffer.from(expectedName);
  if (!name.equals(entry.fileNameRaw)) refuse(`its file is not called ${expectedName}`);
  checkEntry(entry);
  if (entry.uncompressedSize > maxBytes) tooLarge(maxBytes);

  // A zip says everything twice, and readers differ in whom they believe: so nothing may be between the parts.
  const local = await archive.readLocalFileHeaderPromise(entry);
  const { crc32: sum, compressedSize, uncompressedSize, generalPurposeBitFlag: flags } = entry;
  const hasDescriptor = (flags & HAS_DATA_DESCRIPTOR) !== 0;
  const sizes = [sum, compressedSize, uncompressedSize];
  const localSizes = [local.crc32, local.compressedSize, local.uncompressedSize];
  const descriptor = zip.subarray(local.fileDataStart + compressedSize, table.start);
  const isSound =
    entry.relativeOffsetOfLocalHeader === 0 &&
    name.equals(local.fileName) &&
    local.generalPurposeBitFlag === flags &&
    local.compressionMethod === entry.compressionMethod &&
    localSizes.every((size, i) => size === (hasDescriptor ? 0 : sizes[i])) &&
    (hasDescriptor ? isDescriptor(descriptor, sizes) : descriptor.length === 0) &&
    local.fileDataStart + compressedSize <= table.start &&
    entryLength(entry) === table.length &&
    table.start + table.length + END_OF_TABLE_BYTES === zip.length;
  if (!isSound) refuse('its two tables of contents do not agree, or do not cover it');

  const content = await readAll(await archive.openReadStreamPromise(entry), maxBytes);
  if (crc32(content) !== sum) refuse('its file is not what its checksum says');
  return content;
}

/** The last bytes of a zip without a comment, which no artifact has. */
function readEndOfTable(zip: Buffer): { entries: number; start: number; length: number } {
  const end = zip.subarray(Math.max(0, zip.length - END_OF_TABLE_BYTES));
  if (end.length < END_OF_TABLE_BYTES || end.readUInt32LE(0) !== END_OF_TABLE_SIGNATURE) {
    refuse('it is no zip, or one with a comment');
  }
  return { entries: end.readUInt16LE(10), length: end.readUInt32LE(12), start: end.readUInt32LE(16) };
}

/** What the entry takes in the table. */
function entryLength({ fileNameLength, extraFieldLength, fileCommentLength }: Entry): number {
  return ENTRY_BYTES + fileNameLength + extraFieldLength + fileCommentLength;
}

function checkEntry(entry: Entry): void {
  const { generalPurposeBitFlag: flags, compressionMethod, versionMadeBy, externalFileAttributes } = entry;
  if ((flags & ENCRYPTED) !== 0) refuse('its file is encrypted');
  if ((flags & ~KNOWN_FLAGS) !== 0) refuse('its file has flags that are not known');
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    refuse('its file is compressed by an unknown method');
  }
  const isOddlyExtended = entry.extraFields.some(
    ({ id }) => id === ZIP64_EXTRA_FIELD || id === UNICODE_PATH_EXTRA_FIELD,
  );
  if (isOddlyExtended) refuse('its file has a second name or size');
  const type = (externalFileAttributes >>> 16) & FILE_TYPE_MASK;
  const isUnix = versionMadeBy >>> 8 === UNIX;
  const isPlain = type === 0 || (isUnix && type === PLAIN_FILE);
  if (!isPlain || (externalFileAttributes & DOS_DIRECTORY) !== 0) {
    refuse('it holds something else than a plain file');
  }
}

/** What follows the content when its sizes were not known before: with a signature or without. */
function isDescriptor(bytes: Buffer, expected: readonly number[]): boolean {
  const isSigned = bytes.length === 16 && bytes.readUInt32LE(0) === DATA_DESCRIPTOR_SIGNATURE;
  const numbers = isSigned ? bytes.subarray(4) : bytes;
  return numbers.length === 12 && expected.every((size, i) => numbers.readUInt32LE(4 * i) === size);
}

async function readAll(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > maxBytes) tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refuse(what: string): never {
  throw new MeasurementError(`the artifact cannot be used: ${what}`);
}

function tooLarge(maxBytes: number): never {
  throw new MeasurementError(`the artifact cannot be used: its file has more than ${maxBytes} bytes`);
}
