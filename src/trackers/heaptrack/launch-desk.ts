import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { findExecutable, isFolder, openFile } from '../../workspace/executable.ts';
import { answerOnFifo, listenOnFifo, makeFifo } from '../../workspace/fifo.ts';
import { isProcessAlive, processArguments } from '../../workspace/process-table.ts';
import type { TemporaryDirectory } from '../../workspace/temporary-directory.ts';
import type { Heaptrack } from './find-heaptrack.ts';
import { inspectProgram } from './inspect-program.ts';
import {
  type LauncherTools,
  type LaunchRequest,
  launcherScript,
  parseLaunchRequest,
  REPLY_PREFIX,
  REQUEST_PREFIX,
  REQUESTS_NAME,
} from './launcher.ts';
import {
  type ReadTrace,
  startTraceRecording,
  type TraceOutcome,
  type TraceRecording,
} from './trace-recording.ts';

export interface LaunchDeskOptions {
  readonly folder: TemporaryDirectory;
  readonly heaptrack: Heaptrack;
  readonly tools: LauncherTools;
  readonly readTrace: ReadTrace;
  /** Environment of heaptrack_interpret. */
  readonly environment: Readonly<Record<string, string>>;
  /** How long the script may run. */
  readonly timeLimitSeconds: number;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Called when going on with the script has become useless. */
  readonly onFailure: () => void;
}

const LAUNCHER_NAME = 'memtrack-launch';
/** Each holds an interpreter while it runs and a profile afterwards. */
const MAX_PROGRAMS = 1000;
const MAX_REQUEST_BYTES = 8 * 1024 * 1024;
const LONGEST_COMMAND_SHOWN = 200;
const LOOK_FOR_ENDED_PROGRAMS_MILLISECONDS = 100;
/** A full pipe is read in no time, but reading the debug information that its last events ask for is not. */
const FINISH_SECONDS = 120;
const INTERPRETER_ENVIRONMENT_NAMES = ['PATH', 'LANG', 'LC_ALL'];

interface TracedProgram {
  /** Null when the process id that the launcher told is not one that we can see: a container's own. */
  readonly id: number | null;
  readonly recording: TraceRecording;
  readonly launcherNote: string | null;
}

/** What came of a program, in the order in which they were started. */
export interface LaunchedProgram extends Pick<TracedProgram, 'launcherNote'> {
  readonly outcome: TraceOutcome;
}

/** Where launchers ask what to do: looks at each program, and records those that heaptrack can see. */
export class LaunchDesk implements AsyncDisposable {
  /** Sentences about what weakens the numbers, but for those of launchers. */
  readonly notes = new Set<string>();
  /** What `$MEMTRACK` is. */
  readonly launcher: string;
  readonly #options: LaunchDeskOptions;
  readonly #programs: TracedProgram[] = [];
  readonly #answering = new Set<Promise<void>>();
  readonly #abandon = new AbortController();
  readonly #listener: Disposable;
  readonly #watch: NodeJS.Timeout;
  #failure: unknown = null;
  #startedCount = 0;

  static async open(options: LaunchDeskOptions): Promise<LaunchDesk> {
    const { folder, heaptrack, tools, signal } = options;
    const text = launcherScript(folder.path, heaptrack.preloadLibrary, tools);
    const launcher = await folder.writeFile(LAUNCHER_NAME, text, { isExecutable: true });
    await makeFifo(`${folder.path}/${REQUESTS_NAME}`, tools.mkfifo, signal);
    return new LaunchDesk(options, launcher);
  }

  private constructor(options: LaunchDeskOptions, launcher: string) {
    this.#options = options;
    this.launcher = launcher;
    this.#listener = listenOnFifo(`${options.folder.path}/${REQUESTS_NAME}`, (line) => {
      const answer = this.#answer(line).catch((error) => this.#fail(error));
      this.#answering.add(answer);
      answer.finally(() => this.#answering.delete(answer));
    });
    this.#watch = setInterval(() => this.#finishEndedPrograms(), LOOK_FOR_ENDED_PROGRAMS_MILLISECONDS);
  }

  /** The first reason for which the measurement is of no use: a program refused, a trace broken. Null if none. */
  get failure(): unknown {
    return this.#failure;
  }

  /**
   * Takes no more requests and waits until all that was recorded is read. To be called when the script has ended.
   * @throws UserError when a program does not let go of its trace
   */
  async finish(): Promise<readonly LaunchedProgram[]> {
    await this.#close();
    for (const { recording } of this.#programs) recording.finish();
    let isTooLate = false;
    const timer = setTimeout(() => {
      isTooLate = true;
      this.#abandon.abort();
    }, FINISH_SECONDS * 1000);
    const programs = await Promise.all(
      this.#programs.map(async ({ recording, launcherNote }) => ({
        launcherNote,
        outcome: await recording.outcome,
      })),
    );
    clearTimeout(timer);
    if (isTooLate) {
      throw new UserError(
        `The trace was not complete ${FINISH_SECONDS} seconds after the script ended: a process that it left behind ` +
          'keeps it open. End such processes in the script.',
      );
    }
    return programs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#abandon.abort();
    await this.#close();
    await Promise.all(this.#programs.map(({ recording }) => recording.outcome));
  }

  async #close(): Promise<void> {
    this.#listener[Symbol.dispose]();
    clearInterval(this.#watch);
    await Promise.all(this.#answering);
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#options.onFailure();
  }

  async #answer(line: string): Promise<void> {
    const { folder } = this.#options;
    // Anybody who finds the pipe can write to it.
    if (!/^[1-9][0-9]{0,9}$/.test(line)) return;
    const request = readRequest(`${folder.path}/${REQUEST_PREFIX}${line}`);
    if (request === null) return;
    const reply = REPLY_PREFIX + line;
    try {
      answerOnFifo(`${folder.path}/${reply}`, await this.#decide(Number(line), request));
    } catch (error) {
      // The launcher gets no answer: it waits until it is ended together with the script.
      this.#fail(error);
    }
    await folder.removeFile(REQUEST_PREFIX + line);
    await folder.removeFile(reply);
  }

  async #decide(id: number, request: LaunchRequest): Promise<string> {
    // Traced are the programs that cargo starts, through its runner setting.
    if (/(^|\/)cargo$/.test(request.arguments[0] ?? '')) return 'plain';
    const { isPlain, interpreter, launcherNote, notes } = inspectProgram(request);
    if (isPlain) return 'plain';
    for (const note of notes) this.notes.add(note);
    if (this.#startedCount >= MAX_PROGRAMS) {
      throw new UserError(
        `The script traces more than ${MAX_PROGRAMS} programs. Measure fewer of them at once.`,
      );
    }
    const path = `${this.#options.folder.path}/trace-${String(this.#startedCount++).padStart(4, '0')}`;
    await this.#record(id, path, request.directory, launcherNote);
    this.#options.log.info(`heaptrack records ${shownCommand(request)}`);
    if (interpreter === null) return `go ${path}`;
    const [name] = request.arguments;
    const script = name.includes('/') ? name : findExecutable(name, request);
    return `go ${path} ${interpreter} ${script}`;
  }

  async #record(id: number, path: string, directory: string, launcherNote: string | null): Promise<void> {
    const { heaptrack, tools, readTrace, environment, timeLimitSeconds, signal } = this.#options;
    // Found out now: once the program has taken the launcher's place, its arguments are its own.
    const isVisible = processArguments(id).includes(this.launcher);
    const recording = await startTraceRecording({
      path,
      mkfifo: tools.mkfifo,
      interpreter: heaptrack.interpreter,
      directory: isFolder(directory) ? directory : '/',
      environment: Object.fromEntries(
        Object.entries(environment).filter(([name]) => INTERPRETER_ENVIRONMENT_NAMES.includes(name)),
      ),
      timeLimitSeconds: timeLimitSeconds + 2 * FINISH_SECONDS,
      readTrace,
      signal: AbortSignal.any([signal, this.#abandon.signal]),
    });
    this.#programs.push({ id: isVisible ? id : null, recording, launcherNote });
    recording.outcome.then((outcome) => {
      if (outcome.kind === 'failure' && outcome.isEarly) this.#fail(outcome.error);
    });
  }

  /** Each interpreter holds the debug information of its program: let it go as soon as it can. */
  #finishEndedPrograms(): void {
    for (const { id, recording } of this.#programs) {
      if (id !== null && !isProcessAlive(id)) recording.finish();
    }
  }
}

function readRequest(path: string): LaunchRequest | null {
  try {
    using file = openFile(path);
    return file.size > MAX_REQUEST_BYTES ? null : parseLaunchRequest(file.read(0, file.size));
  } catch {
    return null;
  }
}

function shownCommand({ arguments: args }: LaunchRequest): string {
  const command = args.join(' ');
  return command.length <= LONGEST_COMMAND_SHOWN ? command : `${command.slice(0, LONGEST_COMMAND_SHOWN)}…`;
}
