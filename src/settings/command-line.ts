import { parseArgs } from 'node:util';
import { parseChoice, parseMinutes, parseName, parseRelativePath, parseRuns } from './fields.ts';
import { parseLimits, parseMetric } from './limits.ts';
import { Problems } from './problems.ts';
import type { CommandLineSettings, OutputSettings } from './settings.ts';

const JUDGEMENT_FLAGS = {
  out: { type: 'string', default: 'memtrack-report' },
  metric: { type: 'string', default: 'allocated' },
  'fail-on': { type: 'string', multiple: true },
  budget: { type: 'string', multiple: true },
  'ignore-below': { type: 'string', default: '0.1% and 1 kB' },
  json: { type: 'boolean', default: false },
  open: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const COMPARE_FLAGS = {
  ...JUDGEMENT_FLAGS,
  base: { type: 'string' },
  head: { type: 'string' },
  build: { type: 'string' },
  run: { type: 'string' },
  runs: { type: 'string', default: '1' },
  name: { type: 'string', default: 'default' },
  'working-directory': { type: 'string', default: '.' },
  'reuse-paths': { type: 'string', multiple: true },
  'install-tracker': { type: 'boolean', default: false },
  'build-timeout': { type: 'string', default: '30' },
  'run-timeout': { type: 'string', default: '15' },
} as const;

const DIFF_FLAGS = {
  ...JUDGEMENT_FLAGS,
  folded: { type: 'string', default: 'memtrack' },
} as const;

/** What `memtrack --help` prints. */
export const HELP = `memtrack: what a change did to a program's heap memory

  memtrack diff BASE HEAD            two traces of heaptrack (.zst, .gz, plain) or folded text
  memtrack compare [-- PROGRAM ARG…] two commits of this repository, built and run here
  memtrack demo                      a date parser that got its tables once instead of on every call

diff:
  --folded=heaptrack      base.folded and head.folded as heaptrack_print -F writes them, line for line

compare:
  --base REF              default: where this branch left the remote's default branch
  --head REF              default: the working tree, uncommitted and untracked files included
  --build SCRIPT          shell script that builds the program in each checkout
  --run SCRIPT            shell script that runs it, instead of -- PROGRAM ARG…
  --runs N                runs of each side; a change within their spread is no change (1)
  --name NAME             the benchmark's name in the report
  --working-directory DIR inside each checkout
  --reuse-paths PATH      copied from here into each checkout before the build; may be repeated
  --build-timeout MIN, --run-timeout MIN
  --install-tracker       apt-get install heaptrack when it is missing

all:
  --out DIR               where the report is written (memtrack-report)
  --metric METRIC         allocated, allocations, temporary, peak or leaked (allocated)
  --fail-on 'METRIC: LIMIT'  growth that fails, such as 'allocated: 5% and 10 kB'; may be repeated
  --budget 'METRIC: SIZE'    ceiling that fails, such as 'peak: 64 MB'; may be repeated
  --ignore-below LIMIT    smaller changes are no change ('0.1% and 1 kB')
  --json                  print report.json instead of text
  --open                  open the report in a browser

Exit status: 0 fine, 1 over a limit, 2 something you can fix, 3 a bug of ours.
`;

/**
 * The command line as settings.
 * @param argv without the interpreter and the script
 * @throws SettingsError that lists everything wrong at once
 */
export function readCommandLine(argv: readonly string[]): CommandLineSettings {
  const [command, ...rest] = argv;
  if (command === undefined || command === 'help' || command === '--help' || command === '-h')
    return { command: 'help' };
  if (command === 'version' || command === '--version') return { command: 'version' };
  const problems = new Problems((name) => `--${name}`);
  const settings = readCommand(command, rest, problems);
  problems.throwIfAny();
  return settings;
}

function readCommand(command: string, argv: readonly string[], problems: Problems): CommandLineSettings {
  if (command === 'diff') return readDiff(argv, problems);
  if (command === 'compare') return readCompare(argv, problems);
  if (command === 'demo') return readDemo(argv, problems);
  problems.addMessage(
    `${JSON.stringify(command)} is not a command; accepted: diff, compare, demo, help, version`,
  );
  return { command: 'help' };
}

function readDiff(argv: readonly string[], problems: Problems): CommandLineSettings {
  const { values, positionals } = parse(
    () => parseArgs({ args: [...argv], options: DIFF_FLAGS, allowPositionals: true }),
    problems,
  );
  if (values.help) return { command: 'help' };
  if (positionals.length !== 2)
    problems.addMessage(`diff takes two traces, BASE and HEAD; ${positionals.length} given`);
  const [baseTrace = '', headTrace = ''] = positionals;
  return {
    command: 'diff',
    baseTrace,
    headTrace,
    folded: parseChoice('folded', values.folded ?? 'memtrack', ['memtrack', 'heaptrack'], problems),
    ...readOutput(values, problems),
  };
}

function readDemo(argv: readonly string[], problems: Problems): CommandLineSettings {
  const { values } = parse(() => parseArgs({ args: [...argv], options: JUDGEMENT_FLAGS }), problems);
  return values.help ? { command: 'help' } : { command: 'demo', ...readOutput(values, problems) };
}

function readCompare(argv: readonly string[], problems: Problems): CommandLineSettings {
  const { values, positionals } = parse(
    () => parseArgs({ args: [...argv], options: COMPARE_FLAGS, allowPositionals: true }),
    problems,
  );
  if (values.help) return { command: 'help' };
  if (positionals.length > 0 && values.run !== undefined) {
    problems.addMessage('both --run and -- PROGRAM are given; accepted: one of them');
  }
  if (positionals.length === 0 && !values.run) {
    problems.addMessage('what to run is missing: memtrack compare -- PROGRAM ARG…, or --run SCRIPT');
  }
  return {
    command: 'compare',
    base: values.base ?? null,
    head: values.head ?? null,
    build: values.build ?? null,
    run: values.run ?? positionals.map(quoteForShell).join(' '),
    runs: parseRuns('runs', values.runs ?? '1', problems),
    name: parseName('name', values.name ?? 'default', problems),
    workingDirectory: parseRelativePath('working-directory', values['working-directory'] ?? '.', problems),
    reusePaths: (values['reuse-paths'] ?? []).map((path) => parseRelativePath('reuse-paths', path, problems)),
    installTracker: values['install-tracker'] ?? false,
    buildTimeLimitSeconds: parseMinutes('build-timeout', values['build-timeout'] ?? '30', problems),
    runTimeLimitSeconds: parseMinutes('run-timeout', values['run-timeout'] ?? '15', problems),
    ...readOutput(values, problems),
  };
}

interface OutputFlags {
  readonly out?: string | undefined;
  readonly metric?: string | undefined;
  readonly 'fail-on'?: readonly string[] | undefined;
  readonly budget?: readonly string[] | undefined;
  readonly 'ignore-below'?: string | undefined;
  readonly json?: boolean | undefined;
  readonly open?: boolean | undefined;
}

function readOutput(values: OutputFlags, problems: Problems): OutputSettings {
  return {
    outputDirectory: values.out ?? 'memtrack-report',
    metric: parseMetric('metric', values.metric ?? 'allocated', problems),
    limits: parseLimits(
      {
        failOn: (values['fail-on'] ?? []).join('\n'),
        budget: (values.budget ?? []).join('\n'),
        ignoreBelow: values['ignore-below'] ?? '0.1% and 1 kB',
      },
      problems,
    ),
    isJson: values.json ?? false,
    isOpened: values.open ?? false,
  };
}

/** Node's own messages name the flag; they only lack that all problems are shown together. */
function parse<T extends { values: object; positionals: string[] }>(read: () => T, problems: Problems): T {
  try {
    return read();
  } catch (error) {
    problems.addMessage(`${(error as Error).message.split('. ')[0]}. See memtrack --help.`);
    problems.throwIfAny();
    throw error;
  }
}

function quoteForShell(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
