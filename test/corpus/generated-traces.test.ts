import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { compareWithHeaptrackPrint } from './compare-trace.ts';
import { type TraceStep, traceOf } from './generate-trace.ts';

/** The same files every time; another seed is another corpus. */
const SEED = 20_240_229;
const FILES_OF_EACH_FORMAT = 18;

const step: fc.Arbitrary<TraceStep> = fc.record({
  kind: fc.nat({ max: 99 }),
  numbers: fc.array(fc.nat({ max: 0x7fffffff }), { minLength: 10, maxLength: 10 }),
});
const steps = fc.array(step, { minLength: 100, maxLength: 2500, size: 'max' });

describe('generated traces, read as heaptrack_print reads them', () => {
  const directory = mkdtempSync(join(tmpdir(), 'generated-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([0, 1, 2, 3] as const)('of format %i', async (format) => {
    const compared = { files: 0, stacks: 0, events: 0 };
    // Not a property: shrinking would run heaptrack_print thousands of times.
    for (const file of fc.sample(steps, { seed: SEED + format, numRuns: FILES_OF_EACH_FORMAT })) {
      const path = join(directory, `format-${format}-file-${compared.files}`);
      writeFileSync(path, traceOf(file, format));
      const { stacks, events } = await compareWithHeaptrackPrint(path);
      compared.files++;
      compared.stacks += stacks;
      compared.events += events;
    }
    console.log(
      `format ${format}: ${compared.files} generated files, ${compared.stacks} stacks, ${compared.events} events equal heaptrack_print's`,
    );
    expect(compared.files).toBe(FILES_OF_EACH_FORMAT);
    expect(compared.stacks).toBeGreaterThan(400);
    expect(compared.events).toBeGreaterThan(5000);
  });
});
