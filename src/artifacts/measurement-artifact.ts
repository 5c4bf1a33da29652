/**
 * A measurement as an artifact of a run: its name, and the bytes that travel, which are encoded, then compressed.
 */

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import { MeasurementError } from '../errors.ts';
import { decodeMeasurement, encodeMeasurement, MEASUREMENT_CAPS } from '../measurement/codec.ts';
import type { Measurement } from '../measurement/measurement.ts';

/** The one file in a measurement's artifact. */
export const MEASUREMENT_FILE = 'measurement.memtrack.gz';

export const PACKED_CAPS = {
  /** As much as the client of GitHub's API reads. */
  packedBytes: 64 * 1024 ** 2,
  bytes: MEASUREMENT_CAPS.bytes,
  /** A measurement shrinks to a tenth; columns of zeros shrink to a thousandth, but no measurement is all zeros. */
  ratio: 200,
  /** What comes out before the ratio is looked at: small measurements may be mostly zeros. */
  bytesOfAnyRatio: 16 * 1024 ** 2,
} as const;

export type PackedCaps = { readonly [cap in keyof typeof PACKED_CAPS]: number };

const CHUNK_BYTES = 1024 ** 2;

/** @throws MeasurementError for one that `unpackMeasurement` would refuse */
export function packMeasurement(measurement: Measurement): Uint8Array {
  const packed = gzipSync(encodeMeasurement(measurement), { chunkSize: CHUNK_BYTES });
  checkPackedSize(packed.length, PACKED_CAPS.packedBytes);
  return packed;
}

/**
 * Reads a measurement from bytes that anybody may have made.
 * @throws MeasurementError for all that is unsound
 */
export async function unpackMeasurement(packed: Uint8Array): Promise<Measurement> {
  return decodeMeasurement(await decompressMeasurement(packed));
}

/**
 * The first half of `unpackMeasurement`. zlib has no limit of its own for streams: what comes out is counted as it
 * comes.
 * @param lower for when several measurements share what one may take
 */
export async function decompressMeasurement(
  packed: Uint8Array,
  lower: Partial<PackedCaps> = {},
): Promise<Uint8Array> {
  const caps = { ...PACKED_CAPS, ...lower };
  checkPackedSize(packed.length, caps.packedBytes);
  const most = Math.min(caps.bytes, Math.max(caps.bytesOfAnyRatio, packed.length * caps.ratio));
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
    for await (const chunk of Readable.from([packed]).pipe(gunzip)) {
      length += chunk.length;
      if (length > most) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new MeasurementError('the measurement is damaged: it cannot be decompressed', { cause });
  }
  if (length > most) {
    throw new MeasurementError(
      `the measurement takes more than the ${most} bytes that it may, decompressed from ${packed.length}`,
    );
  }
  return Buffer.concat(chunks);
}

function checkPackedSize(length: number, most: number): void {
  if (length <= most) return;
  throw new MeasurementError(`the measurement takes ${length} bytes compressed; the limit is ${most}`);
}

/** What is known about an artifact without its content. All of it is what the uploading job says. */
export interface ArtifactFacts {
  readonly id: number;
  readonly name: string;
  readonly sizeBytes: number;
  readonly isExpired: boolean;
}

/** An artifact whose name says that it is a measurement. */
export interface MeasurementArtifact extends ArtifactFacts {
  /** The benchmark's name as it stands in artifact names: see `benchmarkKey`. */
  readonly key: string;
  readonly attempt: number;
}

/** Longer keys are cut and get a hash: an artifact's name becomes a file's name, with the attempt and an ending. */
const MAX_KEY_LENGTH = 120;
const HASH_LENGTH = 16;

/** No such name can be told from Markdown, HTML or a workflow command, so that it can be shown anywhere. */
const MEASUREMENT_NAME = /^memtrack-([A-Za-z0-9._%~-]{1,120})-a([1-9][0-9]{0,5})$/;

/**
 * What all artifacts of a benchmark, or of all that are reported together, begin with: `memtrack-<name>-a<attempt>`.
 * A name can be used once in a run, and a re-run keeps what earlier attempts uploaded: the attempt tells them apart.
 */
export function artifactBaseName(name: string, attempt: number): string {
  return `memtrack-${benchmarkKey(name)}-a${attempt}`;
}

/** Nothing is appended: by that it is told from the others. */
export function measurementArtifactName(benchmarkName: string, attempt: number): string {
  return artifactBaseName(benchmarkName, attempt);
}

/**
 * A benchmark's name in the characters that artifacts' names may have, others as `%` and two hexadecimal digits for
 * each byte. Two names never have the same key.
 */
export function benchmarkKey(name: string): string {
  const bytes = new TextEncoder().encode(name.toWellFormed());
  const key = Array.from(bytes, encodeByte).join('');
  if (key.length <= MAX_KEY_LENGTH && key !== '') return key;
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, HASH_LENGTH);
  const start = key.slice(0, MAX_KEY_LENGTH - HASH_LENGTH - 1).replace(/%[0-9A-F]?$/, '');
  // No shorter name has a tilde in its key.
  return `${start}~${hash}`;
}

function encodeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9._-]/.test(character)
    ? character
    : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/**
 * The measurements among a run's artifacts, sorted by key: of each benchmark the newest attempt, and of two with the
 * same name the one that came later.
 * @param latestAttempt null: any attempt counts
 */
export function chooseMeasurements(
  artifacts: readonly ArtifactFacts[],
  latestAttempt: number | null,
): readonly MeasurementArtifact[] {
  const newest = new Map<string, MeasurementArtifact>();
  for (const artifact of artifacts) {
    const [, key, attemptText] = MEASUREMENT_NAME.exec(artifact.name) ?? [];
    if (key === undefined) continue;
    const attempt = Number(attemptText);
    if (latestAttempt !== null && attempt > latestAttempt) continue;
    const known = newest.get(key);
    const isNewer =
      known === undefined || attempt > known.attempt || (attempt === known.attempt && artifact.id > known.id);
    if (isNewer) newest.set(key, { ...artifact, key, attempt });
  }
  return [...newest.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
}
