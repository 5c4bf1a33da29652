import type { Measurement } from '../../src/measurement/measurement.ts';
import { parseFolded } from '../../src/profile/folded.ts';
import { METRIC_IDS } from '../../src/profile/metric.ts';
import type { Profile } from '../../src/profile/profile.ts';

export function profileOf(folded: string): Profile {
  const profile = parseFolded(folded, 'allocated', ({ text }) => {
    throw new Error(text);
  });
  return { ...profile, facts: { ...profile.facts, metrics: METRIC_IDS, command: './dates' } };
}

export const EXAMPLE: Measurement = {
  name: 'dates',
  tracker: { name: 'heaptrack', version: '1.4.0' },
  base: {
    sha: 'a'.repeat(40),
    label: 'main',
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
