import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MeasurementError } from '../../src/errors.ts';
import { decodeMeasurement, encodeMeasurement } from '../../src/measurement/codec.ts';
import type { MeasuredSide, Measurement } from '../../src/measurement/measurement.ts';
import { checkFramePaths, checkProfile } from '../../src/profile/check-profile.ts';
import { METRIC_IDS, type Totals } from '../../src/profile/metric.ts';
import { anyProfile } from './any-profile.ts';
import { JSON_TEXTS } from './freeze-prototypes.ts';

const text = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('__proto__', '</script>', '\uFEFF'));
const count = fc.nat(Number.MAX_SAFE_INTEGER);
const totals: fc.Arbitrary<Totals> = fc
  .array(count, { minLength: METRIC_IDS.length, maxLength: METRIC_IDS.length })
  .map(([allocated, allocations, temporary, peak, leaked]) => ({
    allocated,
    allocations,
    temporary,
    peak,
    leaked,
  }));

const measured = fc
  .tuple(anyProfile, fc.array(totals, { maxLength: 3 }), fc.boolean(), fc.option(fc.array(fc.nat(3))))
  .map(([profile, runs, isThreaded, paths]) => ({
    kind: 'measured' as const,
    profile,
    runs,
    isThreaded,
    ownPaths: paths && {
      paths: ['src/a.c', '__proto__', 'ü/b c.rs'],
      ofFrame: Int32Array.from({ length: profile.frames.length }, (_, frame) => (paths[frame] ?? 0) - 1),
    },
  }));
const failed = fc.record({
  kind: fc.constant('failed' as const),
  phase: fc.constantFrom('checkout' as const, 'build' as const, 'run' as const, 'trace' as const),
  message: text,
  lastLines: fc.array(text, { maxLength: 4 }),
});
const side: fc.Arbitrary<MeasuredSide> = fc.record({
  sha: fc.option(fc.stringMatching(/^[0-9a-f]{40}$/)),
  label: text,
  isFromCache: fc.boolean(),
  notes: fc.array(text, { maxLength: 3 }),
  outcome: fc.oneof(measured, failed),
});
const anyMeasurement: fc.Arbitrary<Measurement> = fc.record({
  name: text,
  tracker: fc.record({ name: text, version: text }),
  base: fc.option(side),
  head: side,
  notes: fc.array(text, { maxLength: 3 }),
});

/** What was decoded, or null when it was refused as it should be. What is decoded is sound. */
function decode(bytes: Uint8Array): Measurement | null {
  let measurement: Measurement;
  try {
    measurement = decodeMeasurement(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(MeasurementError);
    return null;
  }
  for (const { outcome } of [measurement.head, ...(measurement.base ? [measurement.base] : [])]) {
    if (outcome.kind === 'failed') continue;
    checkProfile(outcome.profile);
    if (outcome.ownPaths) checkFramePaths(outcome.ownPaths, outcome.profile);
  }
  return measurement;
}

describe('T15: any measurement', () => {
  it('is the same when it is read again, and has the same bytes', () => {
    fc.assert(
      fc.property(anyMeasurement, (measurement) => {
        const bytes = encodeMeasurement(measurement);
        const again = decodeMeasurement(bytes);
        expect(again).toEqual(measurement);
        expect(Buffer.compare(encodeMeasurement(again), bytes)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('with changed bytes is refused, or sound', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        anyMeasurement,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (measurement, changes) => {
          const bytes = encodeMeasurement(measurement);
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          const again = decode(bytes);
          if (again === null) return;
          accepted++;
          // What was accepted can be written.
          encodeMeasurement(again);
        },
      ),
      { numRuns: 1000 },
    );
    expect(accepted).toBeGreaterThan(10);
  });

  it('with a part missing, twice or moved is refused, or sound', () => {
    fc.assert(
      fc.property(anyMeasurement, fc.nat(), fc.nat(), fc.nat(), (measurement, a, b, c) => {
        const bytes = Buffer.from(encodeMeasurement(measurement));
        const [from, to] = [a % bytes.length, b % bytes.length].sort((x, y) => x - y);
        const without = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
        const at = c % (without.length + 1);
        decode(without);
        decode(Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]));
        decode(Buffer.concat([without.subarray(0, at), bytes.subarray(from, to), without.subarray(at)]));
      }),
      { numRuns: 500 },
    );
  });

  it('with another JSON in front is refused, or sound', () => {
    fc.assert(
      fc.property(anyMeasurement, fc.constantFrom(...JSON_TEXTS), (measurement, json) => {
        const bytes = Buffer.from(encodeMeasurement(measurement));
        const header = Buffer.from(json);
        const preamble = Buffer.from(bytes.subarray(0, 16));
        preamble.writeUInt32LE(header.length, 12);
        expect(
          decode(Buffer.concat([preamble, header, bytes.subarray(16 + bytes.readUInt32LE(12))])),
        ).toBeNull();
      }),
    );
  });
});

it('random bytes behind the right beginning are refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (rest) => {
      expect(decode(Buffer.concat([Buffer.from('MEMTRACK\u0001\0\0\0'), rest]))).toBeNull();
      expect(decode(rest)).toBeNull();
    }),
    { numRuns: 500 },
  );
});
