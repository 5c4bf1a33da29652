import { describe, expect, it } from 'vitest';
import { readActionInputs } from '../../src/settings/action-inputs.ts';
import { parseConfig } from '../../src/settings/config-file.ts';
import { settleSettings } from '../../src/settings/plan.ts';
import { actionEnvironment } from './action-environment.ts';

const CONFIG = `
build: make
metric: peak
fail-on: { peak: 5%, leaked: 0 }
reuse-paths: [target]
benchmarks:
  - name: parse
    run: ./bench parse
  - name: render
    run: ./bench render
    build: make render
    metric: temporary
    fail-on:
      temporary: 100
`;

function settle(inputs: Record<string, string>, config: string | null = CONFIG) {
  return settleSettings(
    readActionInputs(actionEnvironment(inputs)),
    config === null ? null : parseConfig(config, '.github/memtrack.yml'),
  );
}

describe('inputs and config file', () => {
  it('take the input `run` for the one benchmark, when there is no file', () => {
    const { settings, notes } = settle({ run: './p', build: 'make', name: 'p', budget: 'peak: 1 MB' }, null);
    expect(settings.benchmarks).toMatchObject([
      { name: 'p', run: './p', build: 'make', limits: { peak: { budget: { maximum: 1e6 } } } },
    ]);
    expect(settings.judgements.byName.size).toBe(0);
    expect(settings.judgements.otherwise.limits).toEqual(settings.benchmarks[0].limits);
    expect(notes).toEqual([]);
  });

  it('say what is missing when neither says what to measure', () => {
    expect(() => settle({}, null)).toThrow(
      'what to measure is missing: give the input `run`, the shell script that starts the program, or list benchmarks in .github/memtrack.yml',
    );
    expect(() => settle({ mode: 'measure' }, null)).toThrow('what to measure is missing');
  });

  it("let a benchmark's key come before the top of the file, and that before the input", () => {
    const { settings } = settle({
      build: 'cmake',
      metric: 'leaked',
      'run-timeout': '2',
      'fail-on': 'allocated: 1%',
      'reuse-paths': 'build',
    });
    const [parse, render] = settings.benchmarks;
    expect(parse).toMatchObject({ name: 'parse', build: 'make', metric: 'peak', runTimeLimitSeconds: 120 });
    expect(render).toMatchObject({ name: 'render', build: 'make render', metric: 'temporary' });
    expect(settings.reusePaths).toEqual(['target']);
  });

  it('take the place of limits whole, not metric by metric', () => {
    const { settings } = settle({ 'fail-on': 'allocated: 1%' });
    const failOn = settings.benchmarks.map(({ limits }) =>
      Object.entries(limits)
        .filter(([, limit]) => limit.failOn !== null)
        .map(([id]) => id),
    );
    expect(failOn).toEqual([['peak', 'leaked'], ['temporary']]);
  });

  it('measure the one benchmark that `name` picks', () => {
    const { settings } = settle({ name: 'render' });
    expect(settings.benchmarks.map(({ name }) => name)).toEqual(['render']);
    expect(settings.name).toBe('render');
  });

  it('list the benchmarks when `name` picks none of them', () => {
    expect(() => settle({ name: 'rendr' })).toThrow(
      'input `name` is "rendr" (did you mean `render`?); accepted: `default` for all benchmarks of .github/memtrack.yml, or one of parse, render',
    );
  });

  it('leave a file aside that merely lies there when `run` is given, with its limits, and say so', () => {
    const { settings, notes } = settle({ run: './p', name: 'parse' });
    expect(settings).toEqual(settle({ run: './p', name: 'parse' }, null).settings);
    expect(notes).toEqual(['.github/memtrack.yml is not used: the input `run` says what to measure']);
  });

  it('refuse `run` beside a file that was asked for', () => {
    expect(() => settle({ run: './p', config: 'memtrack.yml' })).toThrow(
      'both inputs `run` and `config` are given; accepted: one of them',
    );
  });

  it("judge what other jobs measured by the file's limits for that name, or by those for all", () => {
    const { settings } = settle({ mode: 'report', 'ignore-below': '1%' });
    expect(settings.benchmarks).toEqual([]);
    expect([...settings.judgements.byName.keys()]).toEqual(['parse', 'render']);
    expect(settings.judgements.byName.get('render')?.metric).toBe('temporary');
    expect(settings.judgements.otherwise).toMatchObject({
      metric: 'peak',
      limits: { peak: { failOn: { ratio: 0.05 }, ignoreBelow: { ratio: 0.01 } } },
    });
  });

  it('report by the inputs alone when there is no file', () => {
    const { settings } = settle({ mode: 'report', 'fail-on': 'peak: 1 MB' }, null);
    expect(settings.judgements.byName.size).toBe(0);
    expect(settings.judgements.otherwise.limits.peak.failOn?.absolute).toBe(1e6);
  });

  it.each([
    ['compare', '', 'none'],
    ['measure', '', 'none'],
    ['report', '', 'commit-status'],
    ['report', 'none', 'none'],
    ['compare', 'check-run', 'check-run'],
  ])('in mode %s with status %j set %s', (mode, status, kind) => {
    expect(settle({ mode, status }).settings.status).toBe(kind);
  });

  it('note inputs that the mode has no use for', () => {
    expect(settle({ mode: 'report', run: './p' }, null).notes).toEqual([
      'mode `report` runs nothing: the input `run` is not used',
    ]);
    expect(settle({ mode: 'measure', status: 'check-run' }).notes).toEqual([
      'mode `measure` posts nothing: the input `status` is not used',
    ]);
  });

  it('accept no label when `accept-label` is empty', () => {
    expect(settle({ 'accept-label': '' }).settings.acceptLabel).toBeNull();
    expect(settle({ 'accept-label': ' memory: ok ' }).settings.acceptLabel).toBe('memory: ok');
    expect(() => settle({ 'accept-label': 'a\nb' })).toThrow('accepted: the name of one label, or nothing');
  });
});
