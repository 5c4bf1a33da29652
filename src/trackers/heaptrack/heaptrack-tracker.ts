/**
 * Records with heaptrack, but without its wrapper script: that hangs on programs that cannot be traced and hides exit
 * codes in old versions. Its library is preloaded, and what it writes goes through a pipe to be read at once: no trace
 * ever lies on a disk.
 */

import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { CancelledError, UntraceableError, UserError } from '../../errors.ts';
import type { Profile } from '../../profile/profile.ts';
import { findExecutable } from '../../workspace/executable.ts';
import { type FileSeal, findChangedFiles, sealFiles } from '../../workspace/file-seal.ts';
import { installPackages } from '../../workspace/install-packages.ts';
import { runProcess } from '../../workspace/process.ts';
import { runScript } from '../../workspace/script.ts';
import { claimTemporaryDirectory } from '../../workspace/temporary-directory.ts';
import type { Recorded, Recording, Tracker } from '../tracker.ts';
import { findHeaptrack, type Heaptrack } from './find-heaptrack.ts';
import { LaunchDesk, type LaunchedProgram } from './launch-desk.ts';
import type { LauncherTools } from './launcher.ts';
import { isMissingSymbols } from './missing-symbols.ts';
import { prepareRunScript, type RunScript } from './run-script.ts';
import type { ReadTrace } from './trace-recording.ts';

export interface HeaptrackTrackerOptions {
  /** Reads what heaptrack_interpret writes: an interpreted trace, not compressed. */
  readonly readTrace: ReadTrace;
  /** Makes one profile of those of several programs; gets at least one. */
  readonly mergeProfiles: (profiles: readonly Profile[]) => Profile;
  /** The environment in which heaptrack is looked for and installed. */
  readonly environment: Readonly<Record<string, string>>;
  /** An existing folder outside of every checkout, for private files. */
  readonly temporaryDirectory: string;
}

interface Preparation {
  readonly heaptrack: Heaptrack;
  readonly tools: LauncherTools;
  /** What heaptrack's files were like before any foreign code ran. */
  readonly seal: FileSeal;
  /** Files of which it was said that they changed. */
  readonly reported: Set<string>;
  /** Notes on the traced programs that the log has shown: other runs and the other side have the same. */
  readonly warned: Set<string>;
}

/** A path that needs no quoting anywhere: not in a shell, not in LD_PRELOAD, not in a setting of cargo's. */
const PLAIN_PATH = /^[A-Za-z0-9_.+/-]+$/;
const PROBE_SECONDS = 10;
/** rustup may first have to download the toolchain that a repository asks for. */
const RUSTC_SECONDS = 300;

const RANDOM_ADDRESSES =
  'Address randomization could not be switched off here (`setarch -R`): what a program allocates by its addresses, ' +
  'such as a hash table of pointers, varies from run to run.';

/**
 * Names of functions and lines for what cargo builds with optimization; other build tools have no such variables.
 * `line-tables-only` would do for lines, but gives inlined functions their bare names: `push`, `{closure#0}`.
 */
const BUILD_ENVIRONMENT = {
  CARGO_PROFILE_RELEASE_DEBUG: 'limited',
  CARGO_PROFILE_RELEASE_STRIP: 'none',
  CARGO_PROFILE_BENCH_DEBUG: 'limited',
  CARGO_PROFILE_BENCH_STRIP: 'none',
} as const;

/** The tracker that records with the heaptrack of the system, or with one that apt-get installs when asked to. */
export function heaptrackTracker(options: HeaptrackTrackerOptions): Tracker {
  // One name for all recordings: the launcher's path is part of the program's environment.
  const parent = PLAIN_PATH.test(options.temporaryDirectory) ? options.temporaryDirectory : '/tmp';
  const folderPath = `${parent}/memtrack-${randomBytes(6).toString('hex')}`;
  let preparation: Preparation | null = null;
  return {
    name: 'heaptrack',
    async prepare(request) {
      const heaptrack = await findOrInstall(options.environment, request);
      const tools = await findTools(options.environment, request.signal);
      refuseOddPaths([heaptrack.preloadLibrary, tools.mkfifo, tools.env, tools.setarch ?? '/']);
      const seal = await sealFiles([heaptrack.preloadLibrary, heaptrack.interpreter]);
      preparation = { heaptrack, tools, seal, reported: new Set(), warned: new Set() };
      request.log.debug(`heaptrack: ${JSON.stringify({ heaptrack, tools })}`);
      return heaptrack.version;
    },
    buildEnvironment: (environment) => ({ ...BUILD_ENVIRONMENT, ...environment }),
    async record(recording) {
      if (preparation === null) throw new Error('The tracker was not prepared before record() was called.');
      return await record(recording, preparation, folderPath, options);
    },
  };
}

async function findOrInstall(
  environment: Readonly<Record<string, string>>,
  { install, log, signal }: Parameters<Tracker['prepare']>[0],
): Promise<Heaptrack> {
  const found = await findHeaptrack(environment, signal);
  if (found !== null) return found;
  const remedy =
    'Packages: apt-get install heaptrack, dnf install heaptrack, pacman -S heaptrack, zypper install heaptrack; source: https://github.com/KDE/heaptrack';
  if (!install) throw new UserError(`heaptrack is not in PATH. ${remedy}`);
  await log.phase('Install heaptrack', () => installPackages(['heaptrack'], { environment, log, signal }));
  const installed = await findHeaptrack(environment, signal);
  if (installed === null) throw new UserError(`heaptrack was installed, but is not in PATH. ${remedy}`);
  return installed;
}

async function findTools(
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<LauncherTools> {
  const find = (name: string) => findExecutable(name, { searchPath: environment.PATH ?? '', directory: '/' });
  const need = (name: string) => {
    const path = find(name);
    if (path === null) throw new UserError(`\`${name}\` is not in PATH. It is a part of GNU coreutils.`);
    return path;
  };
  const setarch = find('setarch');
  const isAllowed = setarch !== null && (await mayFixAddresses(setarch, environment, signal));
  return { mkfifo: need('mkfifo'), env: need('env'), setarch: isAllowed ? setarch : null };
}

function refuseOddPaths(paths: readonly string[]): void {
  const odd = paths.find((path) => !PLAIN_PATH.test(path));
  if (odd === undefined) return;
  throw new UserError(
    `${odd} cannot be used: its path holds a character that LD_PRELOAD or a shell would misread. Install it in ` +
      'a folder whose name has only letters, digits and ._+-.',
  );
}

/** Containers may forbid it. */
async function mayFixAddresses(
  setarch: string,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<boolean> {
  const options = { directory: '/', environment, timeLimitSeconds: PROBE_SECONDS, signal };
  return (await runProcess(setarch, ['-R', 'true'], options)).exitCode === 0;
}

/** Records, and looks afterwards, also after a failure, whether the profiler is still what it was. */
async function record(
  recording: Recording,
  preparation: Preparation,
  folderPath: string,
  options: HeaptrackTrackerOptions,
): Promise<Recorded> {
  let tampering: readonly string[] = [];
  let recorded: Recorded;
  try {
    recorded = await recordScript(recording, preparation, folderPath, options);
  } finally {
    tampering = await tamperingNotes(preparation, recording);
  }
  return { ...recorded, notes: [...recorded.notes, ...tampering] };
}

async function recordScript(
  recording: Recording,
  { heaptrack, tools, warned }: Preparation,
  folderPath: string,
  options: HeaptrackTrackerOptions,
): Promise<Recorded> {
  const run = prepareRunScript(recording.script);
  const useless = new AbortController();
  await using folder = await claimTemporaryDirectory(folderPath);
  await using desk = await LaunchDesk.open({
    ...recording,
    folder,
    heaptrack,
    tools,
    readTrace: options.readTrace,
    onFailure: () => useless.abort(),
  });
  const scriptFailure = await failureOf(async () =>
    runScript(run.script, {
      ...recording,
      name: 'run',
      shownAs: recording.script,
      environment: await runEnvironment(recording, run, desk.launcher),
      signal: AbortSignal.any([recording.signal, useless.signal]),
    }),
  );
  if (recording.signal.aborted) throw new CancelledError('Cancelled while the `run` script was recorded.');
  if (desk.failure !== null) throw desk.failure;
  const programs = measuredPrograms(await desk.finish(), run);
  if (recording.signal.aborted) throw new CancelledError('Cancelled while the trace was read.');
  // A trace that broke while its program ran has broken the program as well, and so the script.
  if (desk.failure !== null) throw desk.failure;
  if (scriptFailure !== null) throw scriptFailure;
  const notes = new Set(desk.notes);
  for (const { launcherNote } of programs) if (launcherNote !== null) notes.add(launcherNote);
  const recorded = recordedFrom(programs, notes, run, options);
  // Where nothing seems to have changed nobody reads a comment.
  for (const note of notes) if (!warned.has(note)) recording.log.warning(note);
  for (const note of notes) warned.add(note);
  return tools.setarch === null ? { ...recorded, notes: [...recorded.notes, RANDOM_ADDRESSES] } : recorded;
}

/** Code that is measured may be able to change the profiler; what it measures from then on is worth nothing. */
async function tamperingNotes(
  { seal, reported }: Preparation,
  { log }: Recording,
): Promise<readonly string[]> {
  const changed = await findChangedFiles(seal);
  if (changed.length === 0) return [];
  const note = `The profiler was changed while this job ran, so that numbers measured since then cannot be trusted: ${changed.join(', ')}`;
  if (changed.some((path) => !reported.has(path))) log.warning(note);
  for (const path of changed) reported.add(path);
  return [note];
}

async function failureOf(work: () => Promise<void>): Promise<unknown> {
  try {
    await work();
    return null;
  } catch (error) {
    return error;
  }
}

async function runEnvironment(
  recording: Recording,
  run: RunScript,
  launcher: string,
): Promise<Record<string, string>> {
  const environment = { ...BUILD_ENVIRONMENT, ...recording.environment, MEMTRACK: launcher };
  if (!run.isTracedThroughCargo) return environment;
  const triple = (await hostTriple(recording)).toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
  return { ...environment, [`CARGO_TARGET_${triple}_RUNNER`]: launcher };
}

/** What rustc calls this machine, in the toolchain that the checkout asks for. */
async function hostTriple({ directory, environment, signal }: Recording): Promise<string> {
  const usual = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-unknown-linux-gnu`;
  const search = { searchPath: environment.PATH ?? '', directory };
  if (findExecutable('rustc', search) === null) return usual;
  const options = { directory, environment, timeLimitSeconds: RUSTC_SECONDS, signal };
  const { stdout } = await runProcess('rustc', ['-vV'], options);
  return /^host: ([A-Za-z0-9_.-]{1,100})$/m.exec(Buffer.from(stdout).toString())?.[1] ?? usual;
}

/** A `make run` whose recipe says `$(MEMTRACK) ./program` means that program. */
function measuredPrograms(
  programs: readonly LaunchedProgram[],
  { isCommandChosen }: RunScript,
): readonly LaunchedProgram[] {
  const [first, ...others] = programs;
  return isCommandChosen && others.length > 0 && first.launcherNote !== null ? others : programs;
}

function recordedFrom(
  programs: readonly LaunchedProgram[],
  programNotes: ReadonlySet<string>,
  run: RunScript,
  options: HeaptrackTrackerOptions,
): Recorded {
  if (programs.length === 0) throw nothingTraced(run);
  const profiles: Profile[] = [];
  for (const { outcome } of programs) {
    if (outcome.kind === 'failure') throw outcome.error;
    if (outcome.kind === 'profile') profiles.push(outcome.profile);
  }
  if (profiles.length === 0) throw nothingRecorded(programNotes);
  const notes = new Set(programNotes);
  if (profiles.length < programs.length) {
    notes.add(
      `${programs.length - profiles.length} of ${programs.length} traced programs allocated nothing.`,
    );
  }
  for (const profile of profiles) {
    if (isMissingSymbols(profile)) {
      notes.add(
        `${basename(profile.facts.executable ?? '')} lacks symbols, so most of what it allocates comes from functions ` +
          'without names and lines: build it with `-g`, Rust with `debug = "limited"` in its profile, and do not strip it.',
      );
    }
  }
  return { profile: options.mergeProfiles(profiles), programs: profiles.length, notes: [...notes] };
}

function nothingTraced(run: RunScript): UserError {
  return new UserError(
    run.isTracedThroughCargo
      ? '`run` was done without error, but cargo started no program to measure through its `runner` setting. ' +
          'Programs for another target than this machine, doc tests and build scripts are not seen; put `$MEMTRACK` ' +
          'before the program to measure, as in `$MEMTRACK target/release/program`.'
      : '`run` was done without error, but nothing in it was started through `$MEMTRACK`, so nothing was measured. ' +
          'Put `$MEMTRACK` before a command that is reached.',
  );
}

function nothingRecorded(notes: ReadonlySet<string>): UntraceableError {
  return new UntraceableError(
    [
      'The program ran without error, but heaptrack recorded no allocation. Likely causes: it ended through _exit ' +
        'before it had allocated much, it starts another program that does the work or becomes one (exec), it has an allocator of its own, ' +
        'or it was stopped together with the script while it still ran in the background.',
      ...notes,
    ].join(' '),
  );
}
