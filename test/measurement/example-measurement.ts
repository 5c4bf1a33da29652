import type { Measurement } from '../../src/measurement/measurement.ts';
import type { HeapFacts } from '../../src/profile/heap-facts.ts';
import { METRIC_IDS } from '../../src/profile/metric.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { foldedProfile } from '../profile/folded-profile.ts';

export function profileOf(folded: string): Profile {
  const profile = foldedProfile(folded);
  return { ...profile, facts: { ...profile.facts, ...HEAP, metrics: METRIC_IDS, command: './dates' } };
}

const HEAP: HeapFacts = {
  timeline: {
    byEvents: { at: Float64Array.of(1, 2, 5), live: Float64Array.of(2000, 2300, 900) },
    byTime: { at: Float64Array.of(20), live: Float64Array.of(2300) },
    programs: 1,
  },
  sizes: {
    calls: Float64Array.of(0, 0, 0, 0, 0, 0, 1, 0, 2),
    bytes: Float64Array.of(0, 0, 0, 0, 0, 0, 300, 0, 2000),
  },
};

export const EXAMPLE: Measurement = {
  name: 'dates',
  tracker: { name: 'heaptrack', version: '1.4.0' },
  base: {
    sha: 'a'.repeat(40),
    label: 'main',
    isFromCache: true,
    notes: [],
    outcome: {
      kind: 'failed',
      phase: 'build',
      message: 'make failed',
      lastLines: ['make: *** [all] Error 1'],
    },
  },
  head: {
    sha: null,
    label: 'working tree',
    isFromCache: false,
    notes: ['The program runs threads.'],
    outcome: {
      kind: 'measured',
      profile: profileOf('main;parse;Parser 2000\nmain;print 300'),
      ownPaths: { paths: ['src/parse.c'], ofFrame: Int32Array.of(-1, 0, 0, -1) },
      runs: [{ allocated: 2300, allocations: 3, temporary: 0, peak: 900, leaked: 0 }],
      isThreaded: true,
    },
  },
  notes: ['The base is the merge-base.'],
};
