import { describe, expect, it } from 'vitest';
import { SettingsError } from '../../src/errors.ts';
import { readCommandLine } from '../../src/settings/command-line.ts';

describe('the command line', () => {
  it.each([[[]], [['help']], [['--help']], [['compare', '--help']], [['diff', '-h']]])(
    'shows help for %j',
    (argv) => {
      expect(readCommandLine(argv)).toEqual({ command: 'help' });
    },
  );

  it('takes the program behind -- as it stands', () => {
    expect(readCommandLine(['compare', '--build', 'make', '--', './p', "it's", '$HOME', '-x'])).toMatchObject(
      {
        command: 'compare',
        base: null,
        head: null,
        build: 'make',
        run: `./p 'it'\\''s' '$HOME' -x`,
      },
    );
  });

  it('runs each side once unless told otherwise', () => {
    expect(readCommandLine(['compare', '--', 'a'])).toMatchObject({ runs: 1 });
    expect(readCommandLine(['compare', '--runs', '5', '--', 'a'])).toMatchObject({ runs: 5 });
  });

  it('takes limits more than once', () => {
    const settings = readCommandLine(['diff', 'a', 'b', '--fail-on', 'peak: 5%', '--fail-on', 'leaked: 0']);
    if (settings.command !== 'diff') throw new Error('not diff');
    expect(settings.limits.peak.failOn?.ratio).toBe(0.05);
    expect(settings.limits.leaked.failOn?.absolute).toBe(0);
  });

  it.each([
    [['compair'], /"compair" is not a command; accepted: diff, compare, demo/],
    [['diff', 'one'], /diff takes two traces, BASE and HEAD; 1 given/],
    [['compare'], /what to run is missing/],
    [['compare', '--run', 'a', '--', 'b'], /both --run and -- PROGRAM/],
    [['diff', 'a', 'b', '--metrics', 'peak'], /--metrics/],
    [['diff', 'a', 'b', '--folded=perl'], /--folded is "perl"; accepted: memtrack, heaptrack/],
    [['diff', 'a', 'b', '--metric', 'peek'], /--metric is "peek"; accepted: one of allocated/],
    [['compare', '--runs', '0', '--', 'a'], /--runs is "0"; accepted: a whole number from 1 to 20/],
    [['compare', '--runs', '2.5', '--', 'a'], /--runs is "2.5"/],
    [['compare', '--run-timeout', 'soon', '--', 'a'], /--run-timeout is "soon"; accepted: minutes/],
    [['compare', '--working-directory', '../..', '--', 'a'], /a path inside the repository/],
  ])('refuses %j', (argv, message) => {
    expect(() => readCommandLine(argv)).toThrow(SettingsError);
    expect(() => readCommandLine(argv)).toThrow(message);
  });
});
