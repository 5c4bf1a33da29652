/**
 * Reads of an ELF file (System V ABI, "Object Files") what decides whether a preloaded library can see its
 * allocations. The file may be anything: nothing it says is used before it is checked against the file's size.
 */

import { UserError } from '../../errors.ts';

/** Where the bytes come from. `read` gives fewer than asked for where the file ends. */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
}

/** What the headers and tables of an executable or library say. */
export interface ElfFile {
  readonly bits: 32 | 64;
  readonly isLittleEndian: boolean;
  /** e_machine: 62 is x86-64, 183 AArch64. */
  readonly machine: number;
  /** Path of the dynamic loader that the file asks for; null when it is linked statically. */
  readonly loader: string | null;
  /** Names of the libraries that it asks for by itself (DT_NEEDED). */
  readonly libraries: readonly string[];
  /** Names of its sections; none when it has no section table. */
  readonly sections: ReadonlySet<string>;
  /**
   * Which of `names` are functions that the file itself defines, by either symbol table: `local` ones are private to
   * a part of it, `global` ones others refer to as well. A stripped file has only names that its libraries share.
   */
  definedFunctions(names: readonly string[]): ReadonlyMap<string, SymbolScope>;
}

export type SymbolScope = 'local' | 'global';

interface Section {
  readonly name: string;
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

/** A DataView whose reads know the file's word size and byte order, and give 0 beyond its end. */
interface Words {
  readonly length: number;
  half(offset: number): number;
  word(offset: number): number;
  /** An address, offset or size: 4 bytes in 32-bit files. */
  long(offset: number): number;
}

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const SHT_SYMTAB = 2;
const SHT_DYNSYM = 11;
const DT_NEEDED = 1;
const DT_STRTAB = 5;
const STB_LOCAL = 0;
const STT_NOTYPE = 0;
const STT_FUNC = 2;
const STT_GNU_IFUNC = 10;

const MAX_NAME_BYTES = 4096;
const MAX_SECTIONS = 65_536;
const MAX_SEGMENTS = 1024;
const MAX_DYNAMIC_BYTES = 1024 * 1024;
/** Far above a browser's; a table said to be larger is not searched. */
const MAX_TABLE_BYTES = 512 * 1024 * 1024;
const SYMBOLS_AT_ONCE = 65_536;

/** Whether the first bytes of a file are those of ELF. */
export function isElf(firstBytes: Uint8Array): boolean {
  return firstBytes[0] === 0x7f && firstBytes[1] === 0x45 && firstBytes[2] === 0x4c && firstBytes[3] === 0x46;
}

/** @throws UserError when the file is not ELF, or cut within its header */
export function readElf(source: ByteSource): ElfFile {
  const start = source.read(0, 64);
  const bits = start[4] === 1 ? 32 : 64;
  const isLittleEndian = start[5] !== 2;
  if (!isElf(start) || start.length < (bits === 32 ? 52 : 64)) {
    throw new UserError('This is no ELF file, or it is cut short within its header.');
  }
  const format = { bits, isLittleEndian } as const;
  const header = wordsOf(start, format);
  const segments = readSegments(source, header, format);
  const sections = readSections(source, header, format);
  const interpreter = segments.find((segment) => segment.type === PT_INTERP);
  return {
    ...format,
    machine: header.half(18),
    loader: interpreter === undefined ? null : readName(source, interpreter.offset),
    libraries: readLibraries(source, segments, format),
    sections: new Set(sections.map((section) => section.name)),
    definedFunctions: (names) => findDefinedFunctions(source, sections, format, names),
  };
}

type Format = Pick<ElfFile, 'bits' | 'isLittleEndian'>;

function wordsOf(bytes: Uint8Array, { bits, isLittleEndian }: Format): Words {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (offset: number, length: number) => offset >= 0 && offset + length <= view.byteLength;
  const word = (offset: number) => (has(offset, 4) ? view.getUint32(offset, isLittleEndian) : 0);
  return {
    length: view.byteLength,
    half: (offset) => (has(offset, 2) ? view.getUint16(offset, isLittleEndian) : 0),
    word,
    long(offset) {
      if (bits === 32) return word(offset);
      return has(offset, 8) ? Number(view.getBigUint64(offset, isLittleEndian)) : 0;
    },
  };
}

function readSegments(source: ByteSource, header: Words, format: Format): Segment[] {
  const is64 = format.bits === 64;
  const offset = header.long(is64 ? 32 : 28);
  const entrySize = header.half(is64 ? 54 : 42);
  const count = Math.min(header.half(is64 ? 56 : 44), MAX_SEGMENTS);
  const table = wordsOf(readRange(source, offset, entrySize * count), format);
  const segments: Segment[] = [];
  for (let at = 0; entrySize >= (is64 ? 56 : 32) && at + entrySize <= table.length; at += entrySize) {
    segments.push({
      type: table.word(at),
      offset: table.long(at + (is64 ? 8 : 4)),
      address: table.long(at + (is64 ? 16 : 8)),
      size: table.long(at + (is64 ? 32 : 16)),
    });
  }
  return segments;
}

function readSections(source: ByteSource, header: Words, format: Format): Section[] {
  const is64 = format.bits === 64;
  const offset = header.long(is64 ? 40 : 32);
  const entrySize = header.half(is64 ? 58 : 46);
  if (offset === 0 || entrySize < (is64 ? 64 : 40)) return [];
  const sizeField = is64 ? 32 : 20;
  const linkField = is64 ? 40 : 24;
  const first = wordsOf(readRange(source, offset, entrySize), format);
  // With too many sections for 16 bits, both numbers stand in the first section.
  const count = Math.min(header.half(is64 ? 60 : 48) || first.long(sizeField), MAX_SECTIONS);
  const statedNames = header.half(is64 ? 62 : 50);
  const namesIndex = statedNames === 0xffff ? first.word(linkField) : statedNames;

  const table = wordsOf(readRange(source, offset, entrySize * count), format);
  const namesOffset = table.long(namesIndex * entrySize + (is64 ? 24 : 16));
  const sections: Section[] = [];
  for (let at = 0; at + entrySize <= table.length; at += entrySize) {
    sections.push({
      name: readName(source, namesOffset + table.word(at)),
      type: table.word(at + 4),
      offset: table.long(at + (is64 ? 24 : 16)),
      size: table.long(at + sizeField),
      link: table.word(at + linkField),
    });
  }
  return sections;
}

function readLibraries(source: ByteSource, segments: readonly Segment[], format: Format): string[] {
  const dynamic = segments.find((segment) => segment.type === PT_DYNAMIC);
  if (dynamic === undefined) return [];
  const table = wordsOf(readRange(source, dynamic.offset, Math.min(dynamic.size, MAX_DYNAMIC_BYTES)), format);
  const step = format.bits / 8;
  const nameOffsets: number[] = [];
  let stringsAddress = 0;
  for (let at = 0; at + 2 * step <= table.length; at += 2 * step) {
    const tag = table.long(at);
    if (tag === DT_NEEDED) nameOffsets.push(table.long(at + step));
    if (tag === DT_STRTAB) stringsAddress = table.long(at + step);
    if (tag === 0) break;
  }
  const home = segments.find(
    ({ type, address, size }) =>
      type === PT_LOAD && stringsAddress >= address && stringsAddress < address + size,
  );
  if (home === undefined) return [];
  const strings = stringsAddress - home.address + home.offset;
  return nameOffsets.map((offset) => readName(source, strings + offset));
}

function findDefinedFunctions(
  source: ByteSource,
  sections: readonly Section[],
  format: Format,
  names: readonly string[],
): ReadonlyMap<string, SymbolScope> {
  const found = new Map<string, SymbolScope>();
  for (const table of sections) {
    const strings = sections[table.link];
    if ((table.type !== SHT_SYMTAB && table.type !== SHT_DYNSYM) || strings === undefined) continue;
    const wanted = findNames(readRange(source, strings.offset, strings.size), names);
    if (wanted.size === 0) continue;
    for (const [nameOffset, scope] of definedFunctionNames(source, table, format)) {
      const name = wanted.get(nameOffset);
      if (name !== undefined && found.get(name) !== 'global') found.set(name, scope);
    }
  }
  return found;
}

/** Where in a string table each name stands, be it as the end of a longer one: linkers share these. */
function findNames(strings: Uint8Array, names: readonly string[]): Map<number, string> {
  const bytes = Buffer.from(strings.buffer, strings.byteOffset, strings.byteLength);
  const places = new Map<number, string>();
  for (const name of names) {
    const text = `${name}\0`;
    for (let at = bytes.indexOf(text, 0, 'latin1'); at !== -1; at = bytes.indexOf(text, at + 1, 'latin1')) {
      places.set(at, name);
    }
  }
  return places;
}

/** Where the names of a symbol table's functions that are defined in this file stand. */
function* definedFunctionNames(
  source: ByteSource,
  table: Section,
  format: Format,
): Generator<readonly [nameOffset: number, scope: SymbolScope]> {
  const is64 = format.bits === 64;
  const entrySize = is64 ? 24 : 16;
  const infoField = is64 ? 4 : 12;
  const sectionField = is64 ? 6 : 14;
  const size = Math.min(table.size, source.size, MAX_TABLE_BYTES);
  const pieceSize = SYMBOLS_AT_ONCE * entrySize;
  for (let start = 0; start < size; start += pieceSize) {
    const piece = readRange(source, table.offset + start, Math.min(pieceSize, size - start));
    const symbols = wordsOf(piece, format);
    for (let at = 0; at + entrySize <= symbols.length; at += entrySize) {
      const info = piece[at + infoField];
      const type = info & 0xf;
      const isFunction = type === STT_FUNC || type === STT_GNU_IFUNC || type === STT_NOTYPE;
      const isDefined = symbols.half(at + sectionField) !== 0;
      if (isFunction && isDefined) yield [symbols.word(at), info >> 4 === STB_LOCAL ? 'local' : 'global'];
    }
  }
}

/** The bytes of a range as far as the file has them, and nothing of one that cannot be. */
function readRange(source: ByteSource, offset: number, length: number): Uint8Array {
  const isPossible = Number.isSafeInteger(offset) && offset >= 0 && offset < source.size && length > 0;
  if (!isPossible || length > MAX_TABLE_BYTES) return new Uint8Array();
  return source.read(offset, Math.min(length, source.size - offset));
}

/** Text up to a NUL. */
function readName(source: ByteSource, offset: number): string {
  const bytes = readRange(source, offset, MAX_NAME_BYTES);
  const end = bytes.indexOf(0);
  return Buffer.from(bytes.subarray(0, end === -1 ? bytes.length : end)).toString('latin1');
}
