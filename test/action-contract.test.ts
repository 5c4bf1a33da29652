import { describe, expect, it } from 'vitest';
import { OUTPUT_NAMES } from '../src/action/outputs.ts';
import { ACTION_INPUTS, readActionInputs } from '../src/settings/action-inputs.ts';
import { settleSettings } from '../src/settings/plan.ts';
import { action, actionEnvironment } from './settings/action-environment.ts';

describe('action.yml', () => {
  it('declares the inputs that are read, and no other', () => {
    expect(Object.keys(action.inputs).sort()).toEqual([...ACTION_INPUTS].sort());
  });

  it('declares the outputs that are set, and no other', () => {
    expect(Object.keys(action.outputs).sort()).toEqual([...OUTPUT_NAMES].sort());
  });

  it('has defaults that are accepted', () => {
    const { settings, notes } = settleSettings(
      readActionInputs(actionEnvironment({ run: './program' })),
      null,
    );
    expect(notes).toEqual([]);
    expect(settings).toMatchObject({
      mode: 'compare',
      name: 'default',
      base: null,
      reusePaths: [],
      installTracker: true,
      comment: 'changes',
      status: 'none',
      annotations: true,
      images: 'none',
      baselineCache: true,
      upload: true,
      acceptLabel: 'memory-accepted',
      failOnPostError: false,
    });
    expect(settings.benchmarks).toMatchObject([
      {
        name: 'default',
        run: './program',
        build: null,
        runs: 1,
        workingDirectory: '.',
        metric: 'allocated',
        buildTimeLimitSeconds: 1800,
        runTimeLimitSeconds: 900,
        limits: {
          allocated: { ignoreBelow: { ratio: 0.001, absolute: 1000 }, failOn: null, budget: null },
        },
      },
    ]);
  });

  it('runs the committed bundle on Node 24, and cleans up whatever happens', () => {
    expect(action.runs).toEqual({
      using: 'node24',
      main: 'dist/action.js',
      post: 'dist/action-post.js',
      'post-if': 'always()',
    });
  });

  it('says every problem of the inputs at once, with the value and what is accepted', () => {
    const wrong = actionEnvironment({
      run: './program',
      config: '../elsewhere.yml',
      mode: 'both',
      'fail-on': 'peek: 1 MB',
      comment: 'sometimes',
      status: 'green',
      upload: 'maybe',
    });
    wrong.INPUT_FAIL_ON = 'peak: 1';
    expect(() => readActionInputs(wrong)).toThrow(
      new RegExp(
        [
          '8 problems:',
          '`fail_on` is not known \\(did you mean `fail-on`\\?\\); accepted: run, build',
          'both inputs `run` and `config` are given; accepted: one of them',
          '`mode` is "both"; accepted: compare, measure, report',
          '`config` is "../elsewhere.yml"; accepted: a path inside the repository',
          '`fail-on` is "peek: 1 MB"',
          '`comment` is "sometimes"; accepted: changes, always, never',
          '`status` is "green"; accepted: commit-status, check-run, none',
          '`upload` is "maybe"; accepted: true, false',
        ].join('[\\s\\S]*'),
      ),
    );
  });
});
