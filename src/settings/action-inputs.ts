import { type BenchmarkOptions, type OptionKey, type OptionText, parseOptions } from './benchmark-options.ts';
import { suggestName } from './closest-name.ts';
import { parseBoolean, parseChoice, parseLabel, parseName, parseRelativePath } from './fields.ts';
import { linesOf } from './limits.ts';
import { Problems } from './problems.ts';
import type { ActionSettings, Mode, StatusKind } from './settings.ts';

/** Every input of action.yml; a test holds the two together. */
export const ACTION_INPUTS = [
  'run',
  'build',
  'runs',
  'name',
  'config',
  'mode',
  'base',
  'tracker',
  'install-tracker',
  'working-directory',
  'reuse-paths',
  'metric',
  'fail-on',
  'budget',
  'ignore-below',
  'accept-label',
  'comment',
  'status',
  'annotations',
  'images',
  'baseline-cache',
  'upload',
  'build-timeout',
  'run-timeout',
  'fail-on-post-error',
  'github-token',
] as const;

export type ActionInput = (typeof ACTION_INPUTS)[number];

/** What the inputs alone say. With the config file, when there is one, they become ActionSettings: see plan.ts. */
export interface ActionInputs
  extends Omit<ActionSettings, 'benchmarks' | 'judgements' | 'status' | 'reusePaths'> {
  /** Null: not given, so the benchmarks are those of the config file. */
  readonly run: string | null;
  /** Path of the config file below the workspace; null: not given, so it is read where it lies by default, if it does. */
  readonly config: string | null;
  /** Null: not given, so the mode decides. */
  readonly status: StatusKind | null;
  readonly reusePaths: readonly string[];
  /** Of the one benchmark of `run`; beside a config file, what holds where the file says nothing. */
  readonly options: BenchmarkOptions;
}

const MODES: readonly Mode[] = ['compare', 'measure', 'report'];
const STATUS_KINDS: readonly StatusKind[] = ['commit-status', 'check-run', 'none'];

/**
 * Reads the Action's inputs.
 * @param environment the runner's: an input is `INPUT_` and its name in capitals, with spaces as `_` and `-` kept
 * @throws SettingsError that lists everything wrong at once
 */
export function readActionInputs(environment: Readonly<Record<string, string | undefined>>): ActionInputs {
  const problems = new Problems((name) => `input \`${name}\``);
  rejectUnknownInputs(environment, problems);
  const input = (name: ActionInput) => (environment[variableOf(name)] ?? '').trim();
  const flag = (name: ActionInput) => parseBoolean(name, input(name), problems);
  const run = input('run') || null;
  const config = input('config') || null;
  if (run !== null && config !== null) {
    problems.addMessage(
      'both inputs `run` and `config` are given; accepted: one of them (`run` for one benchmark, `config` for several)',
    );
  }
  parseChoice('tracker', input('tracker'), ['heaptrack'], problems);
  const status = input('status');
  const inputs: ActionInputs = {
    mode: parseChoice('mode', input('mode'), MODES, problems),
    name: parseName('name', input('name'), problems),
    run,
    config: config && parseRelativePath('config', config, problems),
    base: input('base') || null,
    installTracker: flag('install-tracker'),
    reusePaths: input('reuse-paths')
      .split('\n')
      .map((path) => path.trim())
      .filter((path) => path !== '')
      .map((path) => parseRelativePath('reuse-paths', path, problems)),
    options: parseAllOptions((key) => {
      const text = input(key);
      return { text, lines: linesOf(text, problems), problems };
    }),
    acceptLabel: parseLabel('accept-label', input('accept-label'), problems),
    comment: parseChoice('comment', input('comment'), ['changes', 'always', 'never'], problems),
    status: status === '' ? null : parseChoice('status', status, STATUS_KINDS, problems),
    annotations: flag('annotations'),
    images: parseChoice('images', input('images'), ['none', 'branch'], problems),
    baselineCache: flag('baseline-cache'),
    upload: flag('upload'),
    failOnPostError: flag('fail-on-post-error'),
  };
  problems.throwIfAny();
  return inputs;
}

/** The check that a commit waits for, as far as the inputs tell. */
export interface AwaitedCheck {
  readonly kind: StatusKind;
  readonly name: string;
  readonly isReporting: boolean;
}

/**
 * What check there will be, also where other inputs are wrong: it is told of that. Null when that cannot be said.
 */
export function readAwaitedCheck(
  environment: Readonly<Record<string, string | undefined>>,
): AwaitedCheck | null {
  const problems = new Problems((name) => name);
  const input = (name: ActionInput) => (environment[variableOf(name)] ?? '').trim();
  const mode = parseChoice('mode', input('mode'), MODES, problems);
  const name = parseName('name', input('name'), problems);
  const given = input('status');
  const status = given === '' ? null : parseChoice('status', given, STATUS_KINDS, problems);
  return problems.messages.length > 0 ? null : awaitedCheckOf({ mode, name, status });
}

/** The same of inputs that are sound. */
export function awaitedCheckOf({
  mode,
  name,
  status,
}: Pick<ActionInputs, 'mode' | 'name' | 'status'>): AwaitedCheck {
  const kind = mode === 'measure' ? 'none' : (status ?? usualStatus(mode));
  return { kind, name, isReporting: mode === 'report' };
}

/** What `status` is when it is not given. */
export function usualStatus(mode: Mode): StatusKind {
  return mode === 'report' ? 'commit-status' : 'none';
}

/** Name of the environment variable that carries an input (actions/runner, Handler.cs). */
export function variableOf(input: string): string {
  return `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`;
}

/** Every key is found, so every option is there. */
function parseAllOptions(find: (key: OptionKey) => OptionText): BenchmarkOptions {
  return parseOptions(find) as BenchmarkOptions;
}

function rejectUnknownInputs(
  environment: Readonly<Record<string, string | undefined>>,
  problems: Problems,
): void {
  const known = new Set<string>(ACTION_INPUTS.map(variableOf));
  for (const variable of Object.keys(environment)) {
    if (variable.startsWith('INPUT_') && !known.has(variable)) {
      const name = variable.slice('INPUT_'.length).toLowerCase();
      const accepted = ACTION_INPUTS.join(', ');
      problems.addMessage(
        `input \`${name}\` is not known${suggestName(name, ACTION_INPUTS)}; accepted: ${accepted}`,
      );
    }
  }
}
