import { describe, expect, it } from 'vitest';
import { MeasurementError } from '../../src/errors.ts';
import { checkFramePaths, checkProfile, PROFILE_CAPS } from '../../src/profile/check-profile.ts';
import type { HeapFacts, HeapSeries } from '../../src/profile/heap-facts.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { foldedProfile } from './folded-profile.ts';

const POINTS = { at: Float64Array.of(1, 5), live: Float64Array.of(8, 0) };
const HEAP: HeapFacts = {
  timeline: { byEvents: POINTS, byTime: { at: new Float64Array(0), live: new Float64Array(0) }, programs: 1 },
  sizes: { calls: new Float64Array(9).fill(1), bytes: new Float64Array(9) },
};

function sound(): Profile {
  const profile = foldedProfile('main;parse 5\nmain;write 3');
  return { ...profile, facts: { ...profile.facts, ...HEAP } };
}

function withSeries(change: Partial<HeapSeries>): (profile: Profile) => Profile {
  const timeline = HEAP.timeline && { ...HEAP.timeline, byEvents: { ...POINTS, ...change } };
  return (profile) => ({ ...profile, facts: { ...profile.facts, timeline } });
}

function withSizes(calls: Float64Array): (profile: Profile) => Profile {
  const sizes = { calls, bytes: new Float64Array(9) };
  return (profile) => ({ ...profile, facts: { ...profile.facts, sizes } });
}

/** A chain of calls, each the caller of the next. */
function chain(length: number): Profile {
  const profile = sound();
  return {
    ...profile,
    stacks: {
      length,
      prefix: Int32Array.from({ length }, (_, stack) => stack - 1),
      frame: new Int32Array(length),
    },
    costs: {
      allocated: new Float64Array(length).fill(1),
      allocations: new Float64Array(length),
      temporary: new Float64Array(length),
      peak: new Float64Array(length),
      leaked: new Float64Array(length),
    },
  };
}

describe('checkProfile', () => {
  it('accepts what a reader made', () => {
    expect(() => checkProfile(sound())).not.toThrow();
  });

  it.each<[string, (profile: Profile) => Profile, RegExp]>([
    [
      'a caller that comes after its stack',
      (p) => ({ ...p, stacks: { ...p.stacks, prefix: Int32Array.of(-1, 2, 0) } }),
      /profile\.stacks\.prefix\[1\] must come before its stack/,
    ],
    [
      'a stack that is its own caller',
      (p) => ({ ...p, stacks: { ...p.stacks, prefix: Int32Array.of(0, 0, 0) } }),
      /profile\.stacks\.prefix\[0\]/,
    ],
    [
      'a prefix below -1',
      (p) => ({ ...p, stacks: { ...p.stacks, prefix: Int32Array.of(-2, 0, 0) } }),
      /profile\.stacks\.prefix\[0\] must be from -1 to 2, not -2/,
    ],
    [
      'a frame that is not there',
      (p) => ({ ...p, stacks: { ...p.stacks, frame: Int32Array.of(0, 1, 3) } }),
      /profile\.stacks\.frame\[2\] must be from 0 to 2, not 3/,
    ],
    [
      'a column of another length',
      (p) => ({ ...p, stacks: { ...p.stacks, frame: Int32Array.of(0) } }),
      /profile\.stacks\.frame must be a column of 3 numbers/,
    ],
    [
      'a string that is not there',
      (p) => ({ ...p, frames: { ...p.frames, file: Int32Array.of(0, 0, 9) } }),
      /profile\.frames\.file\[2\] must be from 0 to 3, not 9/,
    ],
    [
      'a line below 0',
      (p) => ({ ...p, frames: { ...p.frames, line: Int32Array.of(0, 0, -1) } }),
      /profile\.frames\.line\[2\]/,
    ],
    [
      'strings that do not begin with the empty one',
      (p) => ({ ...p, strings: ['x', ...p.strings.slice(1)] }),
      /profile\.strings\[0\] must be empty/,
    ],
    [
      'a string that is none',
      (p) => ({ ...p, strings: ['', 'a', 'b', 7 as unknown as string] }),
      /profile\.strings\[3\] must be text/,
    ],
    [
      'a name of 100 KB',
      (p) => ({ ...p, strings: ['', 'a', 'b', 'c'.repeat(100_000)] }),
      /profile\.strings\[3\] must be text of at most 32768/,
    ],
    [
      'a cost that is no number',
      (p) => ({ ...p, costs: { ...p.costs, allocated: Float64Array.of(0, Number.NaN, 0) } }),
      /profile\.costs\.allocated\[1\] must be a whole number/,
    ],
    [
      'an endless cost',
      (p) => ({ ...p, costs: { ...p.costs, allocated: Float64Array.of(0, Number.POSITIVE_INFINITY, 0) } }),
      /profile\.costs\.allocated\[1\]/,
    ],
    [
      'a cost below 0',
      (p) => ({ ...p, costs: { ...p.costs, allocated: Float64Array.of(0, -1, 0) } }),
      /profile\.costs\.allocated\[1\]/,
    ],
    [
      'half a byte',
      (p) => ({ ...p, costs: { ...p.costs, allocated: Float64Array.of(0, 0.5, 0) } }),
      /profile\.costs\.allocated\[1\]/,
    ],
    [
      'costs that no sum can hold',
      (p) => ({ ...p, costs: { ...p.costs, allocated: new Float64Array(3).fill(2 ** 52) } }),
      /profile\.costs\.allocated adds up to more/,
    ],
    [
      'costs of a metric that was not measured',
      (p) => ({ ...p, costs: { ...p.costs, peak: Float64Array.of(0, 0, 1) } }),
      /profile\.costs\.peak\[2\] must be 0/,
    ],
    [
      'a metric twice',
      (p) => ({ ...p, facts: { ...p.facts, metrics: ['peak', 'peak'] } }),
      /profile\.facts\.metrics must be different ones/,
    ],
    ['no metric at all', (p) => ({ ...p, facts: { ...p.facts, metrics: [] } }), /profile\.facts\.metrics/],
    [
      'a made-up number of events',
      (p) => ({ ...p, facts: { ...p.facts, events: -1 } }),
      /profile\.facts\.events/,
    ],
    [
      'a moment that is none',
      withSeries({ at: Float64Array.of(1, Number.NaN) }),
      /timeline\.byEvents\.at\[1\] must be a whole/,
    ],
    ['a moment below 0', withSeries({ at: Float64Array.of(-1, 5) }), /timeline\.byEvents\.at\[0\]/],
    ['a live heap below 0', withSeries({ live: Float64Array.of(8, -8) }), /timeline\.byEvents\.live\[1\]/],
    ['an endless heap', withSeries({ live: Float64Array.of(8, Infinity) }), /byEvents\.live\[1\]/],
    [
      'time that goes backward',
      withSeries({ at: Float64Array.of(5, 1) }),
      /timeline\.byEvents\.at\[1\] must come after the point before it/,
    ],
    ['a moment twice', withSeries({ at: Float64Array.of(5, 5) }), /at\[1\] must come after/],
    [
      'a moment without a heap',
      withSeries({ live: Float64Array.of(1) }),
      /live must be a column of 2 numbers/,
    ],
    [
      'too many moments',
      withSeries({ at: new Float64Array(1025), live: new Float64Array(1025) }),
      /timeline\.byEvents has 1025 entries; accepted are at most 1024/,
    ],
    [
      'a run of no program',
      (p) => ({ ...p, facts: { ...p.facts, timeline: HEAP.timeline && { ...HEAP.timeline, programs: 0 } } }),
      /timeline\.programs must be a whole number from 1/,
    ],
    ['another number of sizes', withSizes(new Float64Array(8)), /sizes\.calls must be a column of 9 numbers/],
    ['a number of calls below 0', withSizes(new Float64Array(9).fill(-1)), /sizes\.calls\[0\]/],
    ['calls that no sum can hold', withSizes(new Float64Array(9).fill(2 ** 52)), /sizes adds up to more/],
  ])('refuses %s and says where', (_name, spoil, message) => {
    expect(() => checkProfile(spoil(sound()))).toThrow(MeasurementError);
    expect(() => checkProfile(spoil(sound()))).toThrow(message);
  });

  it('refuses a stack that is deeper than any recording', () => {
    expect(() => checkProfile(chain(PROFILE_CAPS.stackDepth))).not.toThrow();
    expect(() => checkProfile(chain(PROFILE_CAPS.stackDepth + 1))).toThrow(/has more than 10000 frames/);
  });
});

describe('checkFramePaths', () => {
  const ofFrame = Int32Array.of(0, -1, -1);

  it.each(['src/main.c', 'a', 'back\\slash', 'ünï/ code'])('accepts %j', (path) => {
    expect(() => checkFramePaths({ paths: [path], ofFrame }, sound())).not.toThrow();
  });

  it.each([
    '',
    '/etc/passwd',
    '../secret',
    'a/../b',
    'a//b',
    './a',
    'a/',
    'a\nb',
    'a\u0000',
    'x'.repeat(5000),
  ])('refuses %j', (path) => {
    expect(() => checkFramePaths({ paths: [path], ofFrame }, sound())).toThrow(/paths\[0\] is not a path/);
  });

  it('refuses a path that is not there', () => {
    expect(() => checkFramePaths({ paths: ['a'], ofFrame: Int32Array.of(1, 0, 0) }, sound())).toThrow(
      /paths\.ofFrame\[0\]/,
    );
  });
});
