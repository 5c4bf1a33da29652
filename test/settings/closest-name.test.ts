import { describe, expect, it } from 'vitest';
import { closestName } from '../../src/settings/closest-name.ts';

const NAMES = ['run', 'runs', 'fail-on', 'budget', 'working-directory', 'ignore-below'];

describe('the closest name', () => {
  it.each([
    ['fial-on', 'fail-on'],
    ['fail_on', 'fail-on'],
    ['failOn', 'fail-on'],
    ['budgets', 'budget'],
    ['RUN', 'run'],
    ['runns', 'runs'],
    ['working-dir', null],
    ['workingdirectory', 'working-directory'],
    ['colour', null],
    ['', null],
    ['x'.repeat(100_000), null],
  ])('of %j is %j', (word, name) => {
    expect(closestName(word, NAMES)).toBe(name);
  });
});
