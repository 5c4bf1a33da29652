import { SettingsError } from '../errors.ts';
import { type ActionInputs, usualStatus } from './action-inputs.ts';
import { type BenchmarkOptions, toBenchmark, toJudgement } from './benchmark-options.ts';
import { suggestName } from './closest-name.ts';
import type { Config } from './config-file.ts';
import { quoteValue } from './problems.ts';
import type { ActionSettings, BenchmarkSettings, JudgementSettings } from './settings.ts';

/** Where the config file is looked for when the input `config` does not say. */
export const DEFAULT_CONFIG_PATH = '.github/memtrack.yml';

/** The input `name` when it is left alone; with a config file it stands for all of its benchmarks. */
const DEFAULT_NAME = 'default';

/** So many names of a config file are shown to whoever gave one that is not there. */
const MAX_NAMES_SHOWN = 20;

export interface Plan {
  readonly settings: ActionSettings;
  /** What was given and is not used, for the log. */
  readonly notes: readonly string[];
}

/**
 * Brings inputs and config file together. The input `run` alone decides what to measure; without it the config file
 * does, and then a benchmark's own key comes before the file's top level, and that before the input of the same name.
 * @param config null when there is none
 * @throws SettingsError when nothing says what to measure, or `name` picks a benchmark that is not there
 */
export function settleSettings(inputs: ActionInputs, config: Config | null): Plan {
  const isReport = inputs.mode === 'report';
  const used = isReport || inputs.run === null ? config : null;
  const options: BenchmarkOptions = { ...inputs.options, ...used?.defaults };
  const listed = (used?.benchmarks ?? []).map(({ name, run, options: own }) =>
    toBenchmark(name, run, { ...options, ...own }),
  );
  const settings: ActionSettings = {
    mode: inputs.mode,
    name: inputs.name,
    benchmarks: isReport ? [] : benchmarksToMeasure(inputs, options, listed, used),
    judgements: {
      byName: new Map(listed.map((benchmark) => [benchmark.name, judgementOf(benchmark)])),
      otherwise: toJudgement(options),
    },
    reusePaths: used?.reusePaths ?? inputs.reusePaths,
    installTracker: inputs.installTracker,
    base: inputs.base,
    comment: inputs.comment,
    status: inputs.status ?? usualStatus(inputs.mode),
    annotations: inputs.annotations,
    images: inputs.images,
    baselineCache: inputs.baselineCache,
    upload: inputs.upload,
    acceptLabel: inputs.acceptLabel,
    failOnPostError: inputs.failOnPostError,
  };
  return { settings, notes: notesOnUnused(inputs, used === null ? config : null) };
}

function judgementOf({ metric, limits }: BenchmarkSettings): JudgementSettings {
  return { metric, limits };
}

/** From the config file all of them, or the one that `name` picks: this is how each job of a matrix takes one. */
function benchmarksToMeasure(
  { run, name }: ActionInputs,
  options: BenchmarkOptions,
  listed: readonly BenchmarkSettings[],
  config: Config | null,
): readonly BenchmarkSettings[] {
  if (run !== null) return [toBenchmark(name, run, options)];
  if (config === null) {
    throw new SettingsError([
      `what to measure is missing: give the input \`run\`, the shell script that starts the program, or list benchmarks in ${DEFAULT_CONFIG_PATH}`,
    ]);
  }
  const chosen = name === DEFAULT_NAME ? listed : listed.filter((benchmark) => benchmark.name === name);
  if (chosen.length > 0) return chosen;
  const names = listed.map((benchmark) => benchmark.name);
  const unseen = names.length - MAX_NAMES_SHOWN;
  const accepted = names.slice(0, MAX_NAMES_SHOWN).join(', ') + (unseen > 0 ? ` and ${unseen} more` : '');
  throw new SettingsError([
    `input \`name\` is ${quoteValue(name)}${suggestName(name, names)}; accepted: \`${DEFAULT_NAME}\` for all benchmarks of ${config.path}, or one of ${accepted}`,
  ]);
}

function notesOnUnused({ mode, run, status }: ActionInputs, unusedConfig: Config | null): string[] {
  const notes: string[] = [];
  if (unusedConfig !== null) {
    notes.push(`${unusedConfig.path} is not used: the input \`run\` says what to measure`);
  }
  if (mode === 'report' && run !== null)
    notes.push('mode `report` runs nothing: the input `run` is not used');
  if (mode === 'measure' && status !== null && status !== 'none') {
    notes.push('mode `measure` posts nothing: the input `status` is not used');
  }
  return notes;
}
