import { describe, expect, it } from 'vitest';
import { MeasurementError } from '../../src/errors.ts';
import { decodeMeasurement, encodeMeasurement } from '../../src/measurement/codec.ts';
import type { Measured, Measurement } from '../../src/measurement/measurement.ts';
import { EXAMPLE, profileOf } from './example-measurement.ts';

const PREAMBLE_BYTES = 16;

/** The measurement with another header in front of the same columns. */
function withHeader(change: (header: string) => string): Uint8Array {
  const bytes = Buffer.from(encodeMeasurement(EXAMPLE));
  const length = bytes.readUInt32LE(12);
  const header = bytes.toString('utf8', PREAMBLE_BYTES, PREAMBLE_BYTES + length);
  const changed = Buffer.from(change(header));
  expect(changed.toString()).not.toBe(header);
  const preamble = Buffer.from(bytes.subarray(0, PREAMBLE_BYTES));
  preamble.writeUInt32LE(changed.length, 12);
  return Buffer.concat([preamble, changed, bytes.subarray(PREAMBLE_BYTES + length)]);
}

function withHead(change: Partial<Measured>): Measurement {
  const { outcome } = EXAMPLE.head;
  if (outcome.kind === 'failed') throw new Error('the example was measured');
  return { ...EXAMPLE, head: { ...EXAMPLE.head, outcome: { ...outcome, ...change } } };
}

describe('a measurement', () => {
  it('is the same when it is read again', () => {
    expect(decodeMeasurement(encodeMeasurement(EXAMPLE))).toEqual(EXAMPLE);
  });

  it('is read from any part of a larger buffer', () => {
    const bytes = encodeMeasurement(EXAMPLE);
    const larger = Buffer.concat([Buffer.alloc(3), bytes, Buffer.alloc(3)]);
    expect(decodeMeasurement(larger.subarray(3, 3 + bytes.length))).toEqual(EXAMPLE);
  });

  it('has the same bytes every time', () => {
    const again = decodeMeasurement(encodeMeasurement(EXAMPLE));
    expect(encodeMeasurement(again)).toEqual(encodeMeasurement(EXAMPLE));
  });

  it('has its long texts cut instead of being refused', () => {
    const long = 'x'.repeat(100_000);
    const { head } = decodeMeasurement(
      encodeMeasurement({
        ...withHead({ profile: profileOf(`main;${long};a 5\nb;c 3`), ownPaths: null }),
        notes: Array.from({ length: 30 }, () => long),
      }),
    );
    expect(head.outcome.kind === 'measured' && head.outcome.profile.strings[2].length).toBe(32_768);
  });

  it('has halves of characters mended, which UTF-8 cannot say', () => {
    const { notes } = decodeMeasurement(encodeMeasurement({ ...EXAMPLE, notes: ['\uD800'] }));
    expect(notes).toEqual(['\uFFFD']);
  });

  it('of another version says what to do', () => {
    const bytes = encodeMeasurement(EXAMPLE);
    bytes[8] = 7;
    expect(() => decodeMeasurement(bytes)).toThrow(
      'the measurement was written by version 7 of its format, this reads version 1: use the same release of memtrack-action in both workflows',
    );
  });

  it.each<[string, Measurement, RegExp]>([
    [
      'an unsound profile',
      withHead({ profile: { ...profileOf('main 5'), strings: [] } }),
      /head\.profile\.strings\[0\] must be empty/,
    ],
    [
      'half a commit id',
      { ...EXAMPLE, head: { ...EXAMPLE.head, sha: 'abc' } },
      /head\.sha must be null or a full/,
    ],
    [
      'a number that is none',
      withHead({ runs: [{ allocated: Number.NaN, allocations: 0, temporary: 0, peak: 0, leaked: 0 }] }),
      /head\.outcome\.runs\[0\]\.allocated must be a whole number/,
    ],
    [
      'a path out of the repository',
      withHead({ ownPaths: { paths: ['../x'], ofFrame: Int32Array.of(0, 0, 0, 0) } }),
      /head\.ownPaths\[0\] is not a path/,
    ],
  ])('with %s is not written', (_name, measurement, message) => {
    expect(() => encodeMeasurement(measurement)).toThrow(MeasurementError);
    expect(() => encodeMeasurement(measurement)).toThrow(message);
  });

  it('is refused at every length but its own', () => {
    const bytes = encodeMeasurement(EXAMPLE);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeMeasurement(bytes.subarray(0, length))).toThrow(MeasurementError);
    }
    expect(() => decodeMeasurement(Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow(/shorter or longer/);
  });

  it.each<[string, (header: string) => string, RegExp]>([
    ['an unknown key', (h) => h.replace('{', '{"html":"<img src=x>",'), /header must be an object of name, /],
    ['the key __proto__', (h) => h.replace('{', '{"__proto__":{"polluted":true},'), /header must be/],
    [
      'the key __proto__ further inside',
      (h) => h.replace('"facts":{', '"facts":{"__proto__":{},'),
      /head\.outcome\.facts must be an object/,
    ],
    [
      'a key too few',
      (h) => h.replace('"notes":["The base is the merge-base."]', '"notes ":[]'),
      /header must be/,
    ],
    [
      'a number as text',
      (h) => h.replace('"peak":900', '"peak":"12"'),
      /runs\[0\]\.peak must be a whole number/,
    ],
    ['1e999', (h) => h.replace('"peak":900', '"peak":1e999'), /runs\[0\]\.peak/],
    [
      'a number of 20 digits',
      (h) => h.replace('"peak":900', '"peak":99999999999999999999'),
      /runs\[0\]\.peak/,
    ],
    ['a number below 0', (h) => h.replace('"peak":900', '"peak":-1'), /runs\[0\]\.peak/],
    [
      'a timeline without points',
      (h) => h.replace(/"byTime":\{.*?\}/, '"byTime":null'),
      /facts\.timeline\.byTime must be an object/,
    ],
    [
      'a moment as text',
      (h) => h.replace('"at":[20]', '"at":["20"]'),
      /timeline\.byTime\.at\[0\] must be a whole number/,
    ],
    ['a heap below 0', (h) => h.replace('"live":[2300]', '"live":[-2300]'), /timeline\.byTime\.live\[0\]/],
    ['a moment that is none', (h) => h.replace('"at":[20]', '"at":[null]'), /byTime\.at\[0\]/],
    [
      'time that goes backward',
      (h) => h.replace('"at":[1,2,5]', '"at":[2,1,5]'),
      /must come after the point/,
    ],
    [
      'more moments than a timeline has',
      (h) => h.replace('"at":[20]', `"at":[${Array.from({ length: 1025 }, (_, i) => i)}]`),
      /timeline\.byTime\.at must be a list of at most 1024/,
    ],
    [
      'a size too many',
      (h) => h.replace('"calls":[0', '"calls":[0,0'),
      /sizes\.calls must be a list of at most 9/,
    ],
    ['a size too few', (h) => h.replace('"calls":[0,', '"calls":['), /sizes\.calls must be a column of 9/],
    ['null for text', (h) => h.replace('"name":"dates"', '"name":null'), /name must be text/],
    [
      'a list for an object',
      (h) => h.replace(/"tracker":\{.*?\}/, '"tracker":[]'),
      /tracker must be an object/,
    ],
    [
      'lists in lists',
      (h) => h.replace('"The base is the merge-base."', '['.repeat(100_000) + ']'.repeat(100_000)),
      /notes\[0\] must be text/,
    ],
    ['lists without an end', () => '['.repeat(1_000_000), /its header is not JSON/],
    ['a long name', (h) => h.replace('"dates"', `"${'x'.repeat(513)}"`), /name must be text of at most 512/],
    ['a huge table', (h) => h.replace(/"stacks":\d+/, '"stacks":5000000'), /shorter or longer/],
    ['a table beyond the cap', (h) => h.replace(/"stacks":\d+/, '"stacks":5000001'), /size\.stacks must be/],
    [
      'an unknown metric',
      (h) => h.replace('"metrics":["allocated"', '"metrics":["html"'),
      /facts\.metrics must be/,
    ],
    [
      'an unknown outcome',
      (h) => h.replace('"kind":"measured"', '"kind":"constructor"'),
      /head\.outcome\.kind/,
    ],
    ['no head', (h) => h.replace(/"head":.*,"notes"/, '"head":null,"notes"'), /head must be an object/],
    ['nothing', () => '', /its header is not JSON/],
    ['null', () => 'null', /header must be an object/],
  ])('with %s in its header is refused, and nothing of it is repeated', (_name, change, message) => {
    let error: unknown;
    try {
      decodeMeasurement(withHeader(change));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(MeasurementError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toMatch(/<img|polluted|xxx|html/);
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
  });

  it('with a header that is no UTF-8 is refused', () => {
    const bytes = encodeMeasurement(EXAMPLE);
    bytes[PREAMBLE_BYTES + 10] = 0xff;
    expect(() => decodeMeasurement(bytes)).toThrow(/no UTF-8/);
  });

  it('that claims a header of 4 GiB is refused before anything is read', () => {
    const bytes = Buffer.from(encodeMeasurement(EXAMPLE));
    bytes.writeUInt32LE(0xffffffff, 12);
    expect(() => decodeMeasurement(bytes)).toThrow(/4294967295 of them header; the limits are/);
  });
});
