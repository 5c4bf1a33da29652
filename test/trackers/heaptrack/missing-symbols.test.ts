import { describe, expect, it } from 'vitest';
import { forEachMetric } from '../../../src/profile/metric.ts';
import { type Profile, UNKNOWN_FACTS } from '../../../src/profile/profile.ts';
import { isMissingSymbols } from '../../../src/trackers/heaptrack/missing-symbols.ts';

const STRINGS = ['', '/bin/program', '/lib/libc.so.6', 'main', 'strdup'];
/** Frames: main of the program, an unnamed one of it, strdup of the C library. */
function profileOf(
  stacks: { prefix: number; frame: 0 | 1 | 2; bytes: number }[],
  executable: string | null,
): Profile {
  return {
    facts: { ...UNKNOWN_FACTS, metrics: ['allocated'], executable },
    strings: STRINGS,
    frames: {
      length: 3,
      function: Int32Array.of(3, 0, 4),
      file: new Int32Array(3),
      line: new Int32Array(3),
      module: Int32Array.of(1, 1, 2),
    },
    stacks: {
      length: stacks.length,
      prefix: Int32Array.from(stacks, (stack) => stack.prefix),
      frame: Int32Array.from(stacks, (stack) => stack.frame),
    },
    costs: forEachMetric((id) =>
      Float64Array.from(stacks, (stack) => (id === 'allocated' ? stack.bytes : 0)),
    ),
  };
}

describe('isMissingSymbols', () => {
  const named = { prefix: -1, frame: 0, bytes: 10 } as const;
  const unnamed = { prefix: -1, frame: 1, bytes: 0 } as const;
  const libraryBelow = (prefix: number, bytes: number) => ({ prefix, frame: 2, bytes }) as const;

  it('weighs the bytes of stacks by the innermost frame of the executable', () => {
    expect(isMissingSymbols(profileOf([named, unnamed, libraryBelow(1, 9)], '/bin/program'))).toBe(false);
    expect(isMissingSymbols(profileOf([named, unnamed, libraryBelow(1, 11)], '/bin/program'))).toBe(true);
  });

  it('leaves stacks out that never were in the executable', () => {
    expect(isMissingSymbols(profileOf([libraryBelow(-1, 99)], '/bin/program'))).toBe(false);
  });

  it('says nothing when the executable is not known', () => {
    expect(isMissingSymbols(profileOf([{ ...unnamed, bytes: 5 }], null))).toBe(false);
  });
});
