import { describe, expect, it } from 'vitest';
import type { HeapFacts, HeapSeries } from '../../src/profile/heap-facts.ts';
import { mergeProfiles } from '../../src/profile/merge-profiles.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { foldedProfile } from './folded-profile.ts';

function profileWith(peak: number, heap: Partial<HeapFacts>): Profile {
  const profile = foldedProfile(`main;parse ${peak}`, 'peak');
  return { ...profile, facts: { ...profile.facts, ...heap } };
}

function program(peak: number, calls: number): Profile {
  const series: HeapSeries = { at: Float64Array.of(1), live: Float64Array.of(peak) };
  const sizes = { calls: new Float64Array(9).fill(calls), bytes: new Float64Array(9).fill(calls * 4) };
  return profileWith(peak, { timeline: { byEvents: series, byTime: series, programs: 1 }, sizes });
}

describe('mergeProfiles', () => {
  it('has the timeline of the program with the largest peak, as it has its peak', () => {
    const { facts } = mergeProfiles([program(5, 1), program(90, 1), program(7, 1)]);
    expect(facts.timeline?.byTime.live).toEqual(Float64Array.of(90));
    expect(facts.timeline?.programs).toBe(3);
  });

  it('adds the sizes up', () => {
    const { facts } = mergeProfiles([program(5, 1), program(90, 20)]);
    expect(facts.sizes).toEqual({ calls: new Float64Array(9).fill(21), bytes: new Float64Array(9).fill(84) });
  });

  it('has no sizes when those of one program are not known', () => {
    expect(mergeProfiles([program(5, 1), profileWith(9, {})]).facts).toMatchObject({
      sizes: null,
      timeline: null,
    });
  });
});
