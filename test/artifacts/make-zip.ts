/** Writes zips byte by byte: sound ones, and each kind of unsound one. */
import { crc32, deflateRawSync } from 'node:zlib';

/** Fields of an entry's two headers; the table's (`central`) and its own (`local`) may lie. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array;
  /** 0 stored, 8 deflated (by default). */
  readonly method?: number;
  /** Already compressed content, in place of `content` deflated. */
  readonly compressed?: Uint8Array;
  readonly size?: number;
  readonly flags?: number;
  /** Upper half of the external attributes: type and permissions of a Unix file. */
  readonly unixMode?: number;
  /** Bytes that follow the content, where the header's sizes are zero then. */
  readonly descriptor?: Uint8Array;
  readonly localName?: string;
  readonly localSize?: number;
  readonly extra?: Uint8Array;
}

export interface ZipLies {
  /** How many entries the end of the zip speaks of. */
  readonly entryCount?: number;
  readonly comment?: string;
  /** Bytes in front of everything. */
  readonly prefix?: Uint8Array;
  /** Bytes between the table and the end. */
  readonly gap?: Uint8Array;
}

const PLAIN_FILE = 0o100644;
const DEFLATED = 8;

export function makeZip(entries: readonly ZipEntry[], lies: ZipLies = {}): Buffer {
  const parts: Uint8Array[] = [lies.prefix ?? new Uint8Array()];
  const table: Uint8Array[] = [];
  let offset = parts[0]?.length ?? 0;
  for (const entry of entries) {
    const { content, method = DEFLATED, flags = 0, extra = new Uint8Array() } = entry;
    const compressed = entry.compressed ?? (method === DEFLATED ? deflateRawSync(content) : content);
    const sizes = [crc32(content), compressed.length, entry.size ?? content.length];
    const hasDescriptor = entry.descriptor !== undefined;
    const localSizes = hasDescriptor ? [0, 0, 0] : [sizes[0], sizes[1], entry.localSize ?? sizes[2]];
    const name = Buffer.from(entry.name);
    const localName = Buffer.from(entry.localName ?? entry.name);
    const common = (values: readonly number[], nameLength: number) =>
      Buffer.concat([u16(20, flags, method, 0, 0), u32(...values), u16(nameLength, extra.length)]);
    const local = Buffer.concat([
      u32(0x04034b50),
      common(localSizes as number[], localName.length),
      localName,
      extra,
    ]);
    const followed = Buffer.concat([local, compressed, entry.descriptor ?? new Uint8Array()]);
    table.push(
      Buffer.concat([
        u32(0x02014b50),
        u16((3 << 8) | 20),
        common(sizes as number[], name.length),
        u16(0, 0, 0),
        u32(((entry.unixMode ?? PLAIN_FILE) << 16) >>> 0, offset),
        name,
        extra,
      ]),
    );
    parts.push(followed);
    offset += followed.length;
  }
  const tableBytes = Buffer.concat(table);
  const count = lies.entryCount ?? entries.length;
  const comment = Buffer.from(lies.comment ?? '');
  const end = Buffer.concat([
    u32(0x06054b50),
    u16(0, 0, count, count),
    u32(tableBytes.length, offset),
    u16(comment.length),
    comment,
  ]);
  return Buffer.concat([...parts, tableBytes, lies.gap ?? new Uint8Array(), end]);
}

/** What follows an entry whose sizes were not known when it was begun. */
export function descriptorOf(content: Uint8Array, size = content.length): Buffer {
  return u32(0x08074b50, crc32(content), deflateRawSync(content).length, size);
}

/** A gigabyte of zeros in a megabyte, as a deflate stream. */
export function deflatedZeros(megabytes: number): Buffer {
  const zeros = Buffer.alloc(1024 * 1024);
  // Z_FULL_FLUSH ends on a byte and forgets what was before, so that it can be repeated.
  const block = deflateRawSync(zeros, { finishFlush: 3 });
  return Buffer.concat([...Array.from({ length: megabytes - 1 }, () => block), deflateRawSync(zeros)]);
}

function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => {
    bytes.writeUInt16LE(value, 2 * i);
  });
  return bytes;
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => {
    bytes.writeUInt32LE(value, 4 * i);
  });
  return bytes;
}
