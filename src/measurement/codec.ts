import { MeasurementError } from '../errors.ts';
import { checkFramePaths, checkProfile, PROFILE_CAPS } from '../profile/check-profile.ts';
import type { FramePaths } from '../profile/frame-paths.ts';
import { forEachMetric } from '../profile/metric.ts';
import type { Profile } from '../profile/profile.ts';
import { ByteReader, ByteWriter, decodeTexts, encodeTexts, type TextBlock } from './bytes.ts';
import {
  cut,
  formatHeader,
  type HeaderMeasured,
  type HeaderSide,
  type ProfileSize,
  parseHeader,
} from './header.ts';
import type { Measured, MeasuredSide, Measurement } from './measurement.ts';

/*
 * A measurement as bytes:
 *
 *   8 bytes   MEMTRACK
 *   4         version
 *   4         length of the header
 *   …         header: JSON (UTF-8) of all but the columns, whose sizes it tells
 *   …         for base, then head, if it was measured:
 *               strings     lengths (int32), then UTF-8
 *               paths       the same, and the path of each frame (int32), if there are any
 *               frames      function, file, line, module (int32)
 *               stacks      prefix, frame (int32)
 *               costs       each measured metric (float64)
 *
 * Same measurement, same bytes. Most costs are 0: compressed, a measurement is a tenth as large.
 */

const MAGIC = new TextEncoder().encode('MEMTRACK');
/** Of the bytes. A reader takes its own version only. */
export const MEASUREMENT_VERSION = 1;
const PREAMBLE_BYTES = MAGIC.length + 8;

/** The largest measurement that is written or read. The caps on what is in it are in check-profile.ts and header.ts. */
export const MEASUREMENT_CAPS = {
  /** Two sides of 5 million stacks, and their names. */
  bytes: 640 * 1024 ** 2,
  headerBytes: 2 * 1024 ** 2,
  /** Of one side's names, or paths. */
  textBytes: 128 * 1024 ** 2,
} as const;

/**
 * Writes a measurement. Texts that are longer than the reader accepts are cut.
 * @throws MeasurementError for one that the reader would refuse: larger than the caps, or unsound
 */
export function encodeMeasurement(measurement: Measurement): Uint8Array<ArrayBuffer> {
  const base = measurement.base && prepareSide(measurement.base, 'base');
  const head = prepareSide(measurement.head, 'head');
  const text = formatHeader({ ...measurement, base: base?.header ?? null, head: head.header });
  parseHeader(text);
  const header = new TextEncoder().encode(text);
  const columns = [base?.columns, head.columns].filter((side) => side != null);
  const length = columns.reduce(
    (sum, { size, profile }) => sum + columnBytes(size, profile.facts.metrics.length),
    PREAMBLE_BYTES + header.length,
  );
  checkSize(length, header.length);
  const writer = new ByteWriter(length);
  writer.raw(MAGIC);
  writer.uint32(MEASUREMENT_VERSION);
  writer.uint32(header.length);
  writer.raw(header);
  for (const side of columns) writeColumns(writer, side);
  return writer.bytes;
}

/**
 * Reads a measurement from bytes that anybody may have made.
 * @throws MeasurementError for everything that `encodeMeasurement` does not write; for another version it says what to do
 */
export function decodeMeasurement(bytes: Uint8Array): Measurement {
  if (bytes.length < PREAMBLE_BYTES || MAGIC.some((byte, index) => bytes[index] !== byte)) {
    throw new MeasurementError('this is not a measurement of memtrack');
  }
  const reader = new ByteReader(bytes);
  reader.raw(MAGIC.length);
  const version = reader.uint32();
  if (version !== MEASUREMENT_VERSION) {
    throw new MeasurementError(
      `the measurement was written by version ${version} of its format, this reads version ${MEASUREMENT_VERSION}: use the same release of memtrack-action in both workflows`,
    );
  }
  const headerLength = reader.uint32();
  checkSize(bytes.length, headerLength);
  if (headerLength > bytes.length - PREAMBLE_BYTES) cutOff();
  const header = parseHeader(decodeHeader(reader.raw(headerLength)));
  const sides = [header.base, header.head].map((side) => side?.outcome);
  const expected = sides.reduce(
    (sum, side) => sum + (side?.kind === 'measured' ? columnBytes(side.size, side.facts.metrics.length) : 0),
    PREAMBLE_BYTES + headerLength,
  );
  // From here on nothing is larger than the bytes that are there.
  if (expected !== bytes.length) cutOff();
  const { name, tracker, notes } = header;
  const base = header.base && readSide(reader, header.base, 'base');
  return { name, tracker, base, head: readSide(reader, header.head, 'head'), notes };
}

function checkSize(length: number, headerLength: number): void {
  if (length > MEASUREMENT_CAPS.bytes || headerLength > MEASUREMENT_CAPS.headerBytes) {
    throw new MeasurementError(
      `the measurement has ${length} bytes, ${headerLength} of them header; the limits are ${MEASUREMENT_CAPS.bytes} and ${MEASUREMENT_CAPS.headerBytes}`,
    );
  }
}

function cutOff(): never {
  throw new MeasurementError('the measurement is damaged: it is shorter or longer than it says');
}

function decodeHeader(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new MeasurementError('the measurement is damaged: its header is no UTF-8', { cause });
  }
}

/** Bytes of one side's columns. */
function columnBytes(size: ProfileSize, metrics: number): number {
  const texts = 4 * size.strings + size.stringBytes;
  const paths = size.paths < 0 ? 0 : 4 * size.paths + size.pathBytes + 4 * size.frames;
  return texts + paths + 16 * size.frames + (8 + 8 * metrics) * size.stacks;
}

interface SideColumns {
  readonly size: ProfileSize;
  readonly strings: TextBlock;
  readonly paths: (TextBlock & Pick<FramePaths, 'ofFrame'>) | null;
  readonly profile: Profile;
}

function prepareSide(side: MeasuredSide, where: string): { header: HeaderSide; columns: SideColumns | null } {
  const { outcome } = side;
  if (outcome.kind === 'failed') return { header: { ...side, outcome }, columns: null };
  const { kind, runs, isThreaded, ownPaths } = outcome;
  const profile = cutStrings(outcome.profile);
  checkProfile(profile, `${where}.profile`);
  if (ownPaths !== null) checkFramePaths(ownPaths, profile, `${where}.ownPaths`);
  const strings = encodeTexts(profile.strings, MEASUREMENT_CAPS.textBytes, `${where}: names`);
  const paths = ownPaths && {
    ...encodeTexts(ownPaths.paths, MEASUREMENT_CAPS.textBytes, `${where}: paths`),
    ofFrame: ownPaths.ofFrame,
  };
  const size: ProfileSize = {
    strings: profile.strings.length,
    stringBytes: strings.bytes.length,
    frames: profile.frames.length,
    stacks: profile.stacks.length,
    paths: ownPaths?.paths.length ?? -1,
    pathBytes: paths?.bytes.length ?? 0,
  };
  const measured: HeaderMeasured = { kind, runs, isThreaded, facts: profile.facts, size };
  return { header: { ...side, outcome: measured }, columns: { size, strings, paths, profile } };
}

/** What tells the executable from other modules is that both are the same text, so both are cut alike. */
function cutStrings(profile: Profile): Profile {
  const { executable } = profile.facts;
  return {
    ...profile,
    facts: { ...profile.facts, executable: executable && cut(executable, PROFILE_CAPS.stringLength) },
    strings: profile.strings.map((text) => cut(text, PROFILE_CAPS.stringLength)),
  };
}

function writeColumns(writer: ByteWriter, { strings, paths, profile }: SideColumns): void {
  const { frames, stacks, costs, facts } = profile;
  writer.int32Column(strings.lengths);
  writer.raw(strings.bytes);
  if (paths !== null) {
    writer.int32Column(paths.lengths);
    writer.raw(paths.bytes);
    writer.int32Column(paths.ofFrame);
  }
  for (const column of [frames.function, frames.file, frames.line, frames.module]) writer.int32Column(column);
  for (const column of [stacks.prefix, stacks.frame]) writer.int32Column(column);
  for (const id of facts.metrics) writer.float64Column(costs[id]);
}

function readSide(reader: ByteReader, side: HeaderSide, where: string): MeasuredSide {
  const { outcome } = side;
  return { ...side, outcome: outcome.kind === 'failed' ? outcome : readMeasured(reader, outcome, where) };
}

function readMeasured(reader: ByteReader, header: HeaderMeasured, where: string): Measured {
  const { kind, runs, isThreaded, facts, size } = header;
  const strings = readTexts(reader, size.strings, size.stringBytes, `${where}: names`);
  const ownPaths =
    size.paths < 0
      ? null
      : {
          paths: readTexts(reader, size.paths, size.pathBytes, `${where}: paths`),
          ofFrame: reader.int32Column(size.frames),
        };
  const frames = {
    length: size.frames,
    function: reader.int32Column(size.frames),
    file: reader.int32Column(size.frames),
    line: reader.int32Column(size.frames),
    module: reader.int32Column(size.frames),
  };
  const stacks = {
    length: size.stacks,
    prefix: reader.int32Column(size.stacks),
    frame: reader.int32Column(size.stacks),
  };
  const costs = forEachMetric<Float64Array>(() => new Float64Array(size.stacks));
  for (const id of facts.metrics) costs[id] = reader.float64Column(size.stacks);
  const profile: Profile = { facts, strings, frames, stacks, costs };
  checkProfile(profile, `${where}.profile`);
  if (ownPaths !== null) checkFramePaths(ownPaths, profile, `${where}.ownPaths`);
  return { kind, profile, ownPaths, runs, isThreaded };
}

function readTexts(reader: ByteReader, count: number, byteLength: number, where: string): string[] {
  const lengths = reader.int32Column(count);
  return decodeTexts({ lengths, bytes: reader.raw(byteLength) }, where);
}
