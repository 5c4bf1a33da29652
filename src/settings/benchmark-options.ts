import type { MetricId } from '../profile/metric.ts';
import type { Budget, Threshold } from '../report/threshold.ts';
import { parseMinutes, parseRelativePath, parseRuns } from './fields.ts';
import {
  limitsByMetric,
  parseBudgets,
  parseFailOn,
  parseIgnoreBelow,
  parseMetric,
  type TextLine,
} from './limits.ts';
import type { Problems } from './problems.ts';
import type { BenchmarkSettings, JudgementSettings } from './settings.ts';

/** What the inputs, the top of the config file, and each of its benchmarks may say alike; see plan.ts for who wins. */
export interface BenchmarkOptions {
  readonly build: string | null;
  readonly runs: number;
  readonly workingDirectory: string;
  readonly buildTimeLimitSeconds: number;
  readonly runTimeLimitSeconds: number;
  readonly metric: MetricId;
  readonly failOn: ReadonlyMap<MetricId, Threshold>;
  readonly budget: ReadonlyMap<MetricId, Budget>;
  readonly ignoreBelow: Threshold;
}

/** An option as it was written, trimmed. */
export interface OptionText {
  readonly text: string;
  /** The same by lines, for those options that have one entry a line. */
  readonly lines: readonly TextLine[];
  readonly problems: Problems;
}

const READERS = {
  build: ({ text }) => ({ build: text || null }),
  runs: ({ text, problems }) => ({ runs: parseRuns('runs', text, problems) }),
  'working-directory': ({ text, problems }) => ({
    workingDirectory: parseRelativePath('working-directory', text, problems),
  }),
  'build-timeout': ({ text, problems }) => ({
    buildTimeLimitSeconds: parseMinutes('build-timeout', text, problems),
  }),
  'run-timeout': ({ text, problems }) => ({
    runTimeLimitSeconds: parseMinutes('run-timeout', text, problems),
  }),
  metric: ({ text, problems }) => ({ metric: parseMetric('metric', text, problems) }),
  'fail-on': ({ lines }) => ({ failOn: parseFailOn(lines) }),
  budget: ({ lines }) => ({ budget: parseBudgets(lines) }),
  'ignore-below': ({ text, problems }) => ({ ignoreBelow: parseIgnoreBelow(text, problems) }),
} as const satisfies Readonly<Record<string, (option: OptionText) => Partial<BenchmarkOptions>>>;

export type OptionKey = keyof typeof READERS;

export const OPTION_KEYS = Object.keys(READERS) as readonly OptionKey[];

/** @param find what is written for a key; null where nothing is */
export function parseOptions(find: (key: OptionKey) => OptionText | null): Partial<BenchmarkOptions> {
  let options: Partial<BenchmarkOptions> = {};
  for (const key of OPTION_KEYS) {
    const option = find(key);
    if (option !== null) options = { ...options, ...READERS[key](option) };
  }
  return options;
}

/** A benchmark with every option settled. */
export function toBenchmark(name: string, run: string, options: BenchmarkOptions): BenchmarkSettings {
  const { build, runs, workingDirectory, buildTimeLimitSeconds, runTimeLimitSeconds } = options;
  return {
    name,
    run,
    build,
    runs,
    workingDirectory,
    buildTimeLimitSeconds,
    runTimeLimitSeconds,
    ...toJudgement(options),
  };
}

/** Of the options those that say when growth is too much. */
export function toJudgement(options: BenchmarkOptions): JudgementSettings {
  return { metric: options.metric, limits: limitsByMetric(options) };
}
