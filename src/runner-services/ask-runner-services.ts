/**
 * The runner's services of artifacts and caches, asked through GitHub's own clients. Those talk on stdout, read
 * everything from the environment, start `tar` and may wait for minutes: so they run in a thread with an environment
 * of its own, which is ended when its time is up.
 */

import { Worker } from 'node:worker_threads';
import type { Log } from '../log.ts';
import type { Answer, OrderKind, Orders } from './order.ts';

export interface ServiceOptions {
  readonly log: Log;
  /** For each thing that is asked; whoever asks has a default. */
  readonly timeLimitSeconds?: number;
  /** Ends the wait, like the time limit. */
  readonly signal?: AbortSignal;
  /** What the runner gave: `process.env` when left out. */
  readonly environment?: Environment;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export type ServiceAnswer<Result> =
  | {
      readonly isDone: true;
      readonly result: Result;
      /** The last line that complains, or null. */
      readonly complaint: string | null;
    }
  | { readonly isDone: false; readonly message: string };

/** The thread's program: beside this folder in `src/`, and beside the chunk of this folder in `dist/`. */
const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? '../runner-services-worker.ts' : '../runner-services-worker.js',
  import.meta.url,
);

/** All that the clients need to know. Inputs and tokens of other services stay out: `tar` would inherit them. */
const PASSED_VARIABLES = [
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_RESULTS_URL',
  'ACTIONS_CACHE_URL',
  'ACTIONS_CACHE_SERVICE_V2',
  'ACTIONS_CACHE_MODE',
  'GITHUB_SERVER_URL',
  'GITHUB_RETENTION_DAYS',
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
];

/** Where `tar` and `zstd` are, and what the measured program cannot write to without being root. */
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * @param directory of ours, for what the clients write
 * @returns never throws
 */
export async function askRunnerServices<Kind extends OrderKind>(
  order: Orders[Kind]['order'],
  directory: string,
  options: ServiceOptions & { readonly timeLimitSeconds: number },
): Promise<ServiceAnswer<Orders[Kind]['result']>> {
  const environment = options.environment ?? process.env;
  const missing = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL'].filter((name) => !environment[name]);
  if (missing.length > 0) {
    const message = `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not set: GitHub's runner gives them to a step that \`uses:\` an action, and to no other`;
    return { isDone: false, message };
  }
  const answer = await askThread(order, threadEnvironment(environment, directory), options);
  if (typeof answer === 'string') return { isDone: false, message: answer };
  for (const line of answer.said) options.log.debug(line);
  if (!answer.isDone) return { isDone: false, message: answer.message };
  return {
    isDone: true,
    result: answer.result as Orders[Kind]['result'],
    complaint: lastComplaint(answer.said),
  };
}

function threadEnvironment(environment: Environment, directory: string): Record<string, string> {
  const passed = PASSED_VARIABLES.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passed),
    PATH: SYSTEM_PATH,
    HOME: directory,
    TMPDIR: directory,
    RUNNER_TEMP: directory,
    GITHUB_WORKSPACE: directory,
  };
}

function askThread(
  order: Orders[OrderKind]['order'],
  env: Record<string, string>,
  { timeLimitSeconds, signal }: ServiceOptions & { readonly timeLimitSeconds: number },
): Promise<Answer | string> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve('the run was cancelled');
    const worker = new Worker(PROGRAM, { workerData: order, env });
    let ending: Answer | string | null = null;
    const timer = setTimeout(() => end(`no answer within ${timeLimitSeconds} s`), timeLimitSeconds * 1000);
    const cancel = () => end('the run was cancelled');

    /** Sockets and timers of the clients would keep the thread alive. */
    function end(answer: Answer | string): void {
      ending ??= answer;
      void worker.terminate();
    }

    signal?.addEventListener('abort', cancel, { once: true });
    worker.once('message', end);
    worker.once('error', (error: Error) => end(error.message));
    worker.once('exit', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      resolve(ending ?? 'the client ended without an answer');
    });
  });
}

function lastComplaint(said: readonly string[]): string | null {
  const line = said.findLast((one) =>
    /^::(?:warning|error)|^Failed to save|^Cache (?:save|restore) skipped/.test(one),
  );
  return line?.replace(/^::[^:]*::/, '') ?? null;
}
