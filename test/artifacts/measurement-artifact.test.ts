import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ArtifactFacts,
  artifactBaseName,
  benchmarkKey,
  chooseMeasurements,
  decompressMeasurement,
  measurementArtifactName,
  packMeasurement,
  unpackMeasurement,
} from '../../src/artifacts/measurement-artifact.ts';
import { MeasurementError } from '../../src/errors.ts';
import { EXAMPLE } from '../measurement/example-measurement.ts';

describe('the name of an artifact', () => {
  it('shows the benchmark’s name where that can be', () => {
    expect(measurementArtifactName('parse-dates_v1.2', 3)).toBe('memtrack-parse-dates_v1.2-a3');
    expect(artifactBaseName('größe: 50% / "x"', 1)).toBe(
      'memtrack-gr%C3%B6%C3%9Fe%3A%2050%25%20%2F%20%22x%22-a1',
    );
  });

  it('T19: is another one for each benchmark, however long or strange the names are', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom(
        'a',
        'A',
        '%61',
        'a-a1',
        'a~b',
        'x'.repeat(120),
        'x'.repeat(121),
        'ä'.repeat(20),
        'ä'.repeat(21),
      ),
    );
    fc.assert(
      fc.property(names, names, (one, other) => {
        expect(artifactBaseName(one, 1)).toMatch(/^memtrack-[A-Za-z0-9._%~-]{1,120}-a1$/);
        const isSame = one.toWellFormed() === other.toWellFormed();
        expect(benchmarkKey(one) === benchmarkKey(other)).toBe(isSame);
      }),
      { numRuns: 500 },
    );
  });
});

let lastId = 0;
function artifact(name: string, facts: Partial<ArtifactFacts> = {}): ArtifactFacts {
  lastId += 1;
  return { id: lastId, name, sizeBytes: 100, isExpired: false, ...facts };
}

describe('chooseMeasurements', () => {
  it('finds measurements among other artifacts', () => {
    const artifacts = [
      'memtrack-b-a1',
      'memtrack-b-a1.html',
      'memtrack-b-a1-data',
      'coverage',
      'memtrack-a-a1',
    ];
    const chosen = chooseMeasurements(
      artifacts.map((name) => artifact(name)),
      null,
    );
    expect(chosen.map(({ name }) => name)).toEqual(['memtrack-a-a1', 'memtrack-b-a1']);
  });

  it('T19: takes the newest attempt of each benchmark, and the later one of two with the same name', () => {
    const artifacts = [
      artifact('memtrack-a-a10'),
      artifact('memtrack-a-a9'),
      artifact('memtrack-b-a1', { id: 900 }),
      artifact('memtrack-b-a1', { id: 901 }),
      artifact('memtrack-b-a1', { id: 899 }),
    ];
    const chosen = chooseMeasurements(artifacts, null);
    expect(chosen.map(({ name, id }) => [name, id])).toEqual([
      ['memtrack-a-a10', artifacts[0]?.id],
      ['memtrack-b-a1', 901],
    ]);
    expect(chooseMeasurements(artifacts, 9)[0]?.name).toBe('memtrack-a-a9');
  });

  it('takes no name for a measurement that we would not give', () => {
    const names = [
      'memtrack-a-a0',
      'memtrack-a-a01',
      'memtrack--a1',
      'memtrack-a b-a1',
      'memtrack-a-a1\n',
      'memtrack-`-a1',
    ];
    const artifacts = names.map((name) => artifact(name));
    expect(chooseMeasurements(artifacts, null)).toEqual([]);
  });
});

describe('a packed measurement', () => {
  it('is the measurement again when it is unpacked, and the same bytes each time', async () => {
    const packed = packMeasurement(EXAMPLE);
    expect(await unpackMeasurement(packed)).toEqual(EXAMPLE);
    expect(packMeasurement(EXAMPLE)).toEqual(packed);
  });

  it('T14: is not decompressed beyond what it may have, nor beyond what a measurement would shrink to', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 ** 2));
    await expect(decompressMeasurement(bomb)).rejects.toThrow(/more than the 16777216 bytes that it may/);
    await expect(decompressMeasurement(bomb, { bytesOfAnyRatio: 2 ** 30, bytes: 1000 })).rejects.toThrow(
      /more than the 1000 bytes/,
    );
    await expect(decompressMeasurement(bomb, { packedBytes: 100 })).rejects.toThrow(/the limit is 100/);
  });

  it('T15: is refused in words of ours when it is anything else', async () => {
    const packed = packMeasurement(EXAMPLE);
    const text = Buffer.from('{"html":"<img src=x onerror=alert(1)>","peak":"12"}');
    for (const bytes of [
      text,
      gzipSync(text),
      packed.subarray(0, 40),
      gzipSync(Buffer.alloc(0)),
      Buffer.alloc(0),
    ]) {
      const error = await unpackMeasurement(bytes).catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(MeasurementError);
      expect((error as Error).message).not.toMatch(/html|img|onerror/);
    }
  });
});
