/**
 * What a cached baseline must have in common with the run that wants to use it: the commit, how it is built and run,
 * and what it is built and run with. Another compiler, another image of the runner or another variable of the
 * environment is another measurement.
 */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { MEASUREMENT_VERSION } from '../measurement/codec.ts';
import { runProcess } from '../workspace/process.ts';
import { makeTemporaryDirectory } from '../workspace/temporary-directory.ts';

export interface BaselineFacts {
  /** Full id of the commit that was measured, or would be. */
  readonly sha: string;
  /** The benchmark's name. */
  readonly name: string;
  readonly build: string | null;
  readonly run: string;
  readonly runs: number;
  readonly workingDirectory: string;
  readonly reusePaths: readonly string[];
  readonly tracker: { readonly name: string; readonly version: string };
  readonly machine: MachineFacts;
  /** That of the build and the program, which holds nothing of the one run: see workspace/environment.ts. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What `readMachineFacts` finds out. */
export interface MachineFacts {
  /** As Node calls them. */
  readonly architecture: string;
  readonly platform: string;
  /** The text of /etc/os-release, or null. */
  readonly operatingSystem: string | null;
  /** By what was asked, the first line that it answered: null for what is not there. */
  readonly tools: Readonly<Record<string, string | null>>;
}

const HASH_LENGTH = 32;

/** What the environment of builds and programs still holds that differs from run to run, or may. */
const PASSING_NAMES: ReadonlySet<string> = new Set([
  'RUNNER_TRACKING_ID',
  ...['_', 'SHLVL', 'PWD', 'OLDPWD', 'COLUMNS', 'LINES', 'HOSTNAME'],
  ...['SYSTEMD_EXEC_PID', 'MEMORY_PRESSURE_WATCH', 'MEMORY_PRESSURE_WRITE'],
]);

/** The key of the cache. It is used whole or not at all: a part of it says nothing. */
export function baselineKey(facts: BaselineFacts): string {
  const { sha, environment, machine, ...how } = facts;
  const lasting = Object.entries(environment).filter(([name]) => !PASSING_NAMES.has(name));
  const all = [
    ...[how.name, how.build, how.run, how.runs, how.workingDirectory, how.reusePaths],
    ...[how.tracker.name, how.tracker.version],
    ...[machine.architecture, machine.platform, machine.operatingSystem],
    sorted(Object.entries(machine.tools)),
    sorted(lasting),
  ];
  const hash = createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, HASH_LENGTH);
  return `memtrack-baseline-v${MEASUREMENT_VERSION}-${sha}-${hash}`;
}

/** By name, as the bytes are ordered and not as a language would have it. */
function sorted<Entry extends readonly [string, unknown]>(entries: readonly Entry[]): readonly Entry[] {
  return [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** What may build a program, run it, or be linked into it, each with how it is asked for its version. */
const TOOLS: readonly (readonly string[])[] = [
  ...['cc', 'c++', 'gcc', 'g++', 'clang', 'clang++', 'rustc', 'cargo', 'python3', 'ld', 'ldd'].map((name) => [
    name,
    '--version',
  ]),
  ['go', 'version'],
];

/** On a new machine a compiler is first read from the disk, all of them at once: one that is late changes the key. */
const TIME_LIMIT_SECONDS = 30;
const MAX_LINE_LENGTH = 200;
const MAX_OUTPUT_BYTES = 64 * 1024;
const MAX_OS_RELEASE_LENGTH = 16 * 1024;

/**
 * Looks at the machine. The tools run in an empty directory, so that no file of the repository can name others.
 * @param environment that of the build
 * @throws CancelledError after `signal`
 */
export async function readMachineFacts(
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<MachineFacts> {
  await using directory = await makeTemporaryDirectory();
  const chosen = ['CC', 'CXX'].flatMap((name) => {
    const words = (environment[name] ?? '').split(/\s+/).filter((word) => word !== '');
    return words.length === 0 ? [] : [[...words, '--version']];
  });
  const asked = [...chosen, ...TOOLS].map(async ([file = '', ...args]) => {
    const line = await firstLine(file, args, {
      directory: directory.path,
      environment,
      timeLimitSeconds: TIME_LIMIT_SECONDS,
      signal,
      maxStdoutBytes: MAX_OUTPUT_BYTES,
    });
    return [[file, ...args].join(' '), line] as const;
  });
  // All of them end before the directory goes.
  const answers = await Promise.allSettled(asked);
  return {
    architecture: process.arch,
    platform: process.platform,
    operatingSystem: await readFile('/etc/os-release', 'utf8').then(
      (text) => text.slice(0, MAX_OS_RELEASE_LENGTH),
      () => null,
    ),
    tools: Object.fromEntries(answers.map(fulfilled)),
  };
}

/** Of what the tool writes to stdout, or null for a tool that is not there or does not answer. */
async function firstLine(...asked: Parameters<typeof runProcess>): Promise<string | null> {
  const [, , { signal }] = asked;
  try {
    const { stdout, exitCode } = await runProcess(...asked);
    const line = new TextDecoder().decode(stdout).split('\n', 1)[0]?.trim().slice(0, MAX_LINE_LENGTH);
    return exitCode === 0 ? (line ?? null) : null;
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

function fulfilled<Value>(settled: PromiseSettledResult<Value>): Value {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
