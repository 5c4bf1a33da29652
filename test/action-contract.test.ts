import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { OUTPUT_NAMES } from '../src/action/main.ts';
import { ACTION_INPUTS, readActionInputs, variableOf } from '../src/settings/action-inputs.ts';

const action = parse(readFileSync('action.yml', 'utf8'));
const defaults: Record<string, string> = Object.fromEntries(
  Object.entries<{ default?: string }>(action.inputs).map(([name, input]) => [
    variableOf(name),
    input.default ?? '',
  ]),
);

describe('action.yml', () => {
  it('declares the inputs that are read, and no other', () => {
    expect(Object.keys(action.inputs).sort()).toEqual([...ACTION_INPUTS].sort());
  });

  it('declares the outputs that are set, and no other', () => {
    expect(Object.keys(action.outputs).sort()).toEqual([...OUTPUT_NAMES].sort());
  });

  it('has defaults that are accepted', () => {
    expect(readActionInputs({ ...defaults, INPUT_RUN: './program' })).toMatchObject({
      run: './program',
      name: 'default',
      base: null,
      build: null,
      runs: 1,
      installTracker: true,
      metric: 'allocated',
      comment: 'changes',
      buildTimeLimitSeconds: 1800,
      runTimeLimitSeconds: 900,
    });
  });

  it('runs the committed bundle on Node 24', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' });
  });

  it('says every problem of the inputs at once, with the value and what is accepted', () => {
    const wrong = {
      ...defaults,
      'INPUT_FAIL-ON': 'peek: 1 MB',
      INPUT_COMMENT: 'sometimes',
      INPUT_FAIL_ON: 'peak: 1',
    };
    expect(() => readActionInputs(wrong)).toThrow(
      /4 problems:[\s\S]*`fail_on` is not known; accepted: run, build[\s\S]*`run` is missing[\s\S]*`fail-on` is "peek: 1 MB"[\s\S]*`comment` is "sometimes"; accepted: changes, always, never/,
    );
  });
});
