import {
  parseBoolean,
  parseChoice,
  parseMinutes,
  parseName,
  parseRelativePath,
  parseRuns,
} from './fields.ts';
import { parseLimits, parseMetric } from './limits.ts';
import { Problems } from './problems.ts';
import type { ActionSettings } from './settings.ts';

/** Every input of action.yml; a test holds the two together. */
export const ACTION_INPUTS = [
  'run',
  'build',
  'runs',
  'name',
  'base',
  'tracker',
  'install-tracker',
  'working-directory',
  'reuse-paths',
  'metric',
  'fail-on',
  'budget',
  'ignore-below',
  'comment',
  'build-timeout',
  'run-timeout',
  'fail-on-post-error',
  'github-token',
] as const;

export type ActionInput = (typeof ACTION_INPUTS)[number];

/**
 * The Action's inputs as settings.
 * @param environment the runner's: an input is `INPUT_` and its name in capitals, with spaces as `_` and `-` kept
 * @throws SettingsError that lists everything wrong at once
 */
export function readActionInputs(environment: Readonly<Record<string, string | undefined>>): ActionSettings {
  const problems = new Problems((name) => `input \`${name}\``);
  rejectUnknownInputs(environment, problems);
  const input = (name: ActionInput) => (environment[variableOf(name)] ?? '').trim();
  const run = input('run');
  if (run === '')
    problems.addMessage('input `run` is missing: the shell command that starts the program to measure');
  parseChoice('tracker', input('tracker'), ['heaptrack'], problems);
  const settings: ActionSettings = {
    run,
    build: input('build') || null,
    runs: parseRuns('runs', input('runs'), problems),
    name: parseName('name', input('name'), problems),
    base: input('base') || null,
    installTracker: parseBoolean('install-tracker', input('install-tracker'), problems),
    workingDirectory: parseRelativePath('working-directory', input('working-directory'), problems),
    reusePaths: input('reuse-paths')
      .split('\n')
      .map((path) => path.trim())
      .filter((path) => path !== '')
      .map((path) => parseRelativePath('reuse-paths', path, problems)),
    metric: parseMetric('metric', input('metric'), problems),
    limits: parseLimits(
      { failOn: input('fail-on'), budget: input('budget'), ignoreBelow: input('ignore-below') },
      problems,
    ),
    comment: parseChoice('comment', input('comment'), ['changes', 'always', 'never'], problems),
    buildTimeLimitSeconds: parseMinutes('build-timeout', input('build-timeout'), problems),
    runTimeLimitSeconds: parseMinutes('run-timeout', input('run-timeout'), problems),
    failOnPostError: parseBoolean('fail-on-post-error', input('fail-on-post-error'), problems),
  };
  problems.throwIfAny();
  return settings;
}

/** Name of the environment variable that carries an input (actions/runner, Handler.cs). */
export function variableOf(input: string): string {
  return `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`;
}

function rejectUnknownInputs(
  environment: Readonly<Record<string, string | undefined>>,
  problems: Problems,
): void {
  const known = new Set<string>(ACTION_INPUTS.map(variableOf));
  for (const variable of Object.keys(environment)) {
    if (variable.startsWith('INPUT_') && !known.has(variable)) {
      const name = variable.slice('INPUT_'.length).toLowerCase();
      problems.addMessage(`input \`${name}\` is not known; accepted: ${ACTION_INPUTS.join(', ')}`);
    }
  }
}
