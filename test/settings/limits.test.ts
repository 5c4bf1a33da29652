import { describe, expect, it } from 'vitest';
import { SettingsError } from '../../src/errors.ts';
import { parseBytes, parseLimits } from '../../src/settings/limits.ts';
import { Problems } from '../../src/settings/problems.ts';

function limits(failOn: string, budget = '', ignoreBelow = '0') {
  const problems = new Problems((name) => `input \`${name}\``);
  const parsed = parseLimits({ failOn, budget, ignoreBelow }, problems);
  problems.throwIfAny();
  return parsed;
}

describe('limits', () => {
  it.each([
    ['0', 0],
    ['500', 500],
    ['500 B', 500],
    ['1 kB', 1000],
    ['1.5 MB', 1_500_000],
    ['64 MiB', 64 * 2 ** 20],
    ['2gb', 2e9],
  ])('reads %s', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it.each(['', '5 %', '-1 kB', '1e3', '1,000', '1 parsec', 'NaN', '1.5.2 MB'])(
    'does not read %j as a size',
    (text) => {
      expect(parseBytes(text)).toBeNull();
    },
  );

  it('reads a line for each metric', () => {
    const { allocated, peak, allocations, leaked } = limits(
      'allocated: 5% and 10 kB\npeak: 1 MB\nallocations: 100',
      'peak: 64 MB',
    );
    expect(allocated.failOn).toEqual({ ratio: 0.05, absolute: 10_000, text: '5% and 10 kB' });
    expect(peak.failOn).toEqual({ ratio: null, absolute: 1_000_000, text: '1 MB' });
    expect(peak.budget).toEqual({ maximum: 64_000_000, text: '64 MB' });
    expect(allocations.failOn?.absolute).toBe(100);
    expect(leaked).toMatchObject({ failOn: null, budget: null });
  });

  it.each([
    [
      'alocated: 5%',
      /input `fail-on` is "alocated: 5%"; accepted: .*allocated, allocations, temporary, peak, leaked/,
    ],
    ['allocated 5%', /accepted: `metric: limit` on each line/],
    ['peak: 5 parsecs', /accepted: a percentage such as 5%, a size such as/],
    ['allocations: 5 kB', /a number of calls such as 100/],
    ['peak: 5% and 6%', /both joined by "and"/],
    ['peak: 5%\npeak: 6%', /each metric once/],
  ])('refuses %j and lists what is accepted', (text, message) => {
    expect(() => limits(text)).toThrow(SettingsError);
    expect(() => limits(text)).toThrow(message);
  });

  it('shows every problem at once', () => {
    expect(() => limits('a: 1\nb: 2', 'peak: x', 'y')).toThrow(/4 problems/);
  });
});
