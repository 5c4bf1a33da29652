import { describe, expect, it } from 'vitest';
import { decodeMeasurement, encodeMeasurement } from '../../src/measurement/codec.ts';
import { maskSecrets } from '../../src/measurement/mask-secrets.ts';
import type { MeasuredSide, Measurement } from '../../src/measurement/measurement.ts';
import { sumCosts } from '../../src/profile/totals.ts';
import { EXAMPLE, profileOf } from './example-measurement.ts';

const SECRET = 'hunter2$&hunter2';
const LONGER = `${SECRET}-and-more`;

/** A measurement that has the text wherever a program can put one. */
function holding(text: string): Measurement {
  const profile = profileOf(`main;run ${text}@/home/${text}/a.c:1 2000\nmain;print 300`);
  const notes = [`A note on ${text}.`];
  const failed: MeasuredSide = {
    ...EXAMPLE.head,
    notes,
    outcome: {
      kind: 'failed',
      phase: 'run',
      message: `It said ${text}`,
      lastLines: [text, `${text} ${text}`],
    },
  };
  const measured: MeasuredSide = {
    ...EXAMPLE.head,
    notes,
    outcome: {
      kind: 'measured',
      profile: {
        ...profile,
        facts: { ...profile.facts, command: `./dates --key ${text}`, executable: `/opt/${text}/dates` },
      },
      ownPaths: null,
      runs: [],
      isThreaded: false,
    },
  };
  return { ...EXAMPLE, base: failed, head: measured, notes };
}

const textOf = (measurement: Measurement) => Buffer.from(encodeMeasurement(measurement)).toString('utf8');

describe('T33: a measurement', () => {
  it('has secrets in no text of a program, but stars in their place', () => {
    expect(textOf(holding(SECRET))).toContain(SECRET);
    const masked = maskSecrets(holding(SECRET), [SECRET]);
    expect(textOf(masked)).not.toContain(SECRET);
    expect(textOf(masked)).toBe(textOf(holding('***')));
  });

  it('has nothing left of a secret that another one is part of', () => {
    expect(textOf(maskSecrets(holding(LONGER), [LONGER, SECRET]))).toBe(textOf(holding('***')));
  });

  it('keeps its numbers, and can be handed over, though two names are one now', () => {
    const profile = profileOf('main;first-secret 2000\nmain;other-secret 300');
    const side: MeasuredSide = {
      ...EXAMPLE.head,
      outcome: { kind: 'measured', profile, ownPaths: null, runs: [], isThreaded: false },
    };
    const masked = maskSecrets({ ...EXAMPLE, base: null, head: side }, ['first-secret', 'other-secret']);
    const { outcome } = decodeMeasurement(encodeMeasurement(masked)).head;
    if (outcome.kind !== 'measured') throw new Error('it was measured');
    expect(sumCosts(outcome.profile.costs).allocated).toBe(2300);
    expect(outcome.profile.strings.filter((text) => text === '***')).toHaveLength(2);
  });

  it('is the same where there are no secrets', () => {
    expect(maskSecrets(EXAMPLE, [])).toBe(EXAMPLE);
    expect(maskSecrets(EXAMPLE, [SECRET])).toEqual(EXAMPLE);
  });
});
