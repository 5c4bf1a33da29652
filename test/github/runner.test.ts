import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRunning, longTime } from '../running-processes.ts';
import {
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  workflowDispatchEvent,
  workflowRunEvent,
} from './events.ts';
import { startGitHubApiServer } from './github-api-server.ts';
import { startResultsService } from './results-service.ts';
import { type ActionRun, type RunActionOptions, runAction, STAND_IN_TOKEN } from './runner.ts';

const BASE_SHA = 'b'.repeat(40);
const HEAD_SHA = 'a'.repeat(40);
const MERGE_SHA = 'c'.repeat(40);
const EVENT = pullRequestEvent({ number: 7, baseSha: BASE_SHA, headSha: HEAD_SHA, mergeSha: MERGE_SHA });

let root: string;
let workspace: string;

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'runner-test-')));
  workspace = join(root, 'octo-repo');
  await mkdir(workspace);
});

afterAll(() => rm(root, { recursive: true, force: true }));

interface TinyAction {
  readonly main: string;
  readonly post?: string;
  /** More of action.yml. */
  readonly metadata?: string;
}

/** Writes an action to a directory of its own and runs it there. */
async function run(action: TinyAction, options: Partial<RunActionOptions> = {}): Promise<ActionRun> {
  const actionDirectory = await mkdtemp(join(root, 'action-'));
  const post = action.post === undefined ? '' : '\n  post: post.mjs';
  const metadata = `name: tiny\n${action.metadata ?? ''}\nruns:\n  using: node24\n  main: main.mjs${post}\n`;
  await writeFile(join(actionDirectory, 'action.yml'), metadata);
  await writeFile(join(actionDirectory, 'main.mjs'), action.main);
  if (action.post !== undefined) await writeFile(join(actionDirectory, 'post.mjs'), action.post);
  return runAction({ actionDirectory, workspace, event: EVENT, apiUrl: 'http://127.0.0.1:1', ...options });
}

/** Runs an action that prints what `expression` gives, and returns it. */
async function valueInAction(
  expression: string,
  options: Partial<RunActionOptions> = {},
  metadata = '',
): Promise<unknown> {
  const main = `console.log('value=' + JSON.stringify(${expression}))`;
  const { rawLog } = await run({ main, metadata }, options);
  return JSON.parse(rawLog.slice(rawLog.indexOf('value=') + 'value='.length));
}

describe('the environment', () => {
  test('has every declared input, defaults evaluated, names as the runner forms them', async () => {
    const metadata = [
      'inputs:',
      '  fail-on: { description: x }',
      '  runs: { default: 1 }',
      '  two words: { default: "on ${{ github.event_name }}" }',
      '  github-token: { default: "${{ github.token }}" }',
      '  head: { default: "${{ github.event.pull_request.head.sha }}" }',
    ].join('\n');
    const inputs = `Object.entries(process.env).filter(([name]) => name.startsWith('INPUT_')).sort()`;
    expect(await valueInAction(inputs, { inputs: { runs: '3' } }, metadata)).toEqual([
      ['INPUT_FAIL-ON', ''],
      ['INPUT_GITHUB-TOKEN', STAND_IN_TOKEN],
      ['INPUT_HEAD', HEAD_SHA],
      ['INPUT_RUNS', '3'],
      ['INPUT_TWO_WORDS', 'on pull_request'],
    ]);
  });

  test('is the runner’s and not that of the test', async () => {
    const environment = (await valueInAction('process.env')) as Record<string, string>;
    expect(environment).toMatchObject({
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: 'http://127.0.0.1:1',
      GITHUB_BASE_REF: 'main',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_HEAD_REF: 'changes',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_REF_NAME: '7/merge',
      GITHUB_REPOSITORY: 'octo-org/octo-repo',
      GITHUB_SHA: MERGE_SHA,
      GITHUB_WORKSPACE: workspace,
      RUNNER_OS: 'Linux',
    });
    expect(environment).not.toHaveProperty('GITHUB_TOKEN');
    expect(Object.keys(environment).filter((name) => /vitest|^npm_/i.test(name))).toEqual([]);
    const claims = environment.ACTIONS_RUNTIME_TOKEN!.split('.')[1]!;
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString()).scp).toMatch(/^Actions\.Results:\d+:/);
  });

  test('has the services of the run that a test says it is, and of its attempt', async () => {
    await using results = await startResultsService();
    const list = `await fetch(process.env.ACTIONS_RESULTS_URL + 'twirp/github.actions.results.api.v1.ArtifactService/ListArtifacts', {
      method: 'POST', body: '{}', headers: { authorization: 'Bearer ' + process.env.ACTIONS_RUNTIME_TOKEN },
    }).then((answer) => answer.json())`;
    results.addArtifact({ runId: 42, name: 'of-42', bytes: new Uint8Array() });
    const seen = `[process.env.GITHUB_RUN_ID, process.env.GITHUB_RUN_ATTEMPT, (${list}).artifacts.map((one) => one.name)]`;
    const options = { resultsUrl: results.url, runId: 42, runAttempt: 3 };
    expect(await valueInAction(seen, options)).toEqual(['42', '3', ['of-42']]);
    expect(await valueInAction(seen, { ...options, runId: 43 })).toEqual(['43', '3', []]);
  });

  test('starts in the workspace, on Node 24, with the event’s payload in a file', async () => {
    const event = `JSON.parse(process.getBuiltinModule('fs').readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'))`;
    const value = await valueInAction(`[process.cwd(), process.version, ${event}.pull_request.head.sha]`);
    expect(value).toEqual([workspace, expect.stringMatching(/^v24\./), HEAD_SHA]);
  });

  test.each([
    [pushEvent({ after: HEAD_SHA, branch: 'topic/x' }), 'refs/heads/topic/x', HEAD_SHA],
    [
      mergeGroupEvent({ baseSha: BASE_SHA, headSha: HEAD_SHA, number: 3 }),
      `refs/heads/gh-readonly-queue/main/pr-3-${BASE_SHA}`,
      HEAD_SHA,
    ],
    [workflowDispatchEvent({ branch: 'next' }), 'refs/heads/next', MERGE_SHA],
    [workflowRunEvent({ headSha: HEAD_SHA, fork: true }), 'refs/heads/main', MERGE_SHA],
  ])('names ref and commit of $name', async (event, ref, sha) => {
    const options = { event, ...(sha === MERGE_SHA ? { sha } : {}) };
    expect(await valueInAction('[process.env.GITHUB_REF, process.env.GITHUB_SHA]', options)).toEqual([
      ref,
      sha,
    ]);
  });

  test('of a pull request from a fork names two repositories', () => {
    const { payload } = pullRequestEvent({ number: 7, baseSha: BASE_SHA, headSha: HEAD_SHA, fork: 'ada' });
    expect(payload).toMatchObject({
      number: 7,
      repository: { full_name: 'octo-org/octo-repo', id: 186853002 },
      pull_request: {
        url: 'https://api.github.com/repos/octo-org/octo-repo/pulls/7',
        base: {
          label: 'octo-org:main',
          sha: BASE_SHA,
          repo: { full_name: 'octo-org/octo-repo', id: 186853002 },
        },
        head: {
          label: 'ada:changes',
          sha: HEAD_SHA,
          user: { login: 'ada' },
          repo: { id: 186853261, fork: true },
        },
      },
    });
  });
});

describe('files', () => {
  const append = `const append = (name, text) => process.getBuiltinModule('fs').appendFileSync(process.env[name], text);`;

  test('carry outputs, environment, path, state and summary, and the post process sees them', async () => {
    const { outputs, summary, environmentAdditions, pathAdditions, rawLog, postExitCode } = await run({
      main: `${append}
        append('GITHUB_OUTPUT', 'verdict=regressed\\nodd=a<<b\\njson<<EOF\\n{\\n  "a=b": 1\\n}\\nEOF\\n');
        append('GITHUB_ENV', 'CACHE=warm\\n');
        append('GITHUB_PATH', '/opt/first\\n/opt/second\\n');
        append('GITHUB_STATE', 'started=yes\\n');
        append('GITHUB_STEP_SUMMARY', '# Memory\\n');`,
      post: `${append}
        append('GITHUB_STEP_SUMMARY', 'done\\n');
        const { CACHE, STATE_started, PATH } = process.env;
        console.log(CACHE, STATE_started, PATH.split(':').slice(0, 2).join(' '));`,
    });
    expect(outputs).toEqual({ verdict: 'regressed', odd: 'a<<b', json: '{\n  "a=b": 1\n}' });
    expect(environmentAdditions).toEqual({ CACHE: 'warm' });
    expect(pathAdditions).toEqual(['/opt/first', '/opt/second']);
    expect(summary).toBe('# Memory\ndone\n');
    expect(rawLog).toBe('warm yes /opt/second /opt/first\n');
    expect(postExitCode).toBe(0);
  });

  test.each([
    ['GITHUB_OUTPUT', 'a<<EOF\\nvalue\\n', "Matching delimiter not found 'EOF'"],
    ['GITHUB_OUTPUT', 'nothing\\n', "Invalid format 'nothing'"],
    ['GITHUB_ENV', 'NODE_OPTIONS=--require=x\\n', "Can't store NODE_OPTIONS"],
  ])('that %s cannot be read from fail the step', async (file, text, message) => {
    const { exitCode, conclusion, annotations } = await run({
      main: `${append} append('${file}', '${text}')`,
    });
    expect([exitCode, conclusion]).toEqual([0, 'failure']);
    expect(annotations.map((annotation) => annotation.message).join('\n')).toContain(message);
  });

  test('hold no summary of more than a mebibyte', async () => {
    const main = `${append} append('GITHUB_STEP_SUMMARY', 'x'.repeat(1024 * 1024 + 1))`;
    const { summary, annotations, conclusion } = await run({ main });
    expect([summary, conclusion]).toEqual(['', 'success']);
    expect(annotations[0]!.message).toContain('supports content up to a size of 1024k');
  });
});

describe('commands', () => {
  test('annotate, in both notations, on both streams, and behind a lone carriage return', async () => {
    const { annotations, log } = await run({
      main: `
        console.log('  ::error file=src/a%2Cb.c,line=3,endLine=4,title=Peak::50%25 more%0Athan before');
        console.error('warming up ##[warning]old notation');
        process.stdout.write('10 %\\r::notice::hidden in a progress bar\\r');
        console.log('::nonsense::not a command');`,
    });
    expect(annotations).toHaveLength(3);
    expect(annotations).toEqual(
      expect.arrayContaining([
        {
          level: 'error',
          message: '50% more\nthan before',
          title: 'Peak',
          file: 'src/a,b.c',
          line: 3,
          endLine: 4,
        },
        { level: 'warning', message: 'old notation' },
        { level: 'notice', message: 'hidden in a progress bar' },
      ]),
    );
    expect(log).toContain('::nonsense::not a command');
  });

  test('annotate ten times a level, no more', async () => {
    const main = `for (let i = 0; i < 12; i++) { console.log('::error::e' + i); console.log('::notice::n' + i); }`;
    const { annotations, commands } = await run({ main });
    expect(
      annotations.map(({ message }) => message).filter((message) => message.startsWith('e')),
    ).toHaveLength(10);
    expect(annotations).toHaveLength(20);
    expect(commands).toHaveLength(24);
  });

  test('mask secrets from then on, also line by line, and the token from the start', async () => {
    const { log, rawLog, masks } = await run({
      main: `
        console.log('token ' + process.env.INPUT_TOKEN);
        console.log('::add-mask::first%0Asecond');
        console.log('the second one');`,
      metadata: 'inputs: { token: { default: "${{ github.token }}" } }',
    });
    expect(log).toBe('token ***\nthe *** one\n');
    expect(rawLog).toContain(`token ${STAND_IN_TOKEN}`);
    expect(masks).toEqual(expect.arrayContaining([STAND_IN_TOKEN, 'first\nsecond', 'second']));
  });

  test('are not heard between stop-commands and its token', async () => {
    const { annotations, outputs } = await run({
      main: `
        console.log('::stop-commands::Pause42');
        console.log('::error::not heard');
        console.log('::set-output name=a::not heard');
        console.log('::pause42::');
        console.log('::set-output name=a::heard');`,
    });
    expect(annotations).toEqual([]);
    expect(outputs).toEqual({ a: 'heard' });
  });

  test('that set variables by a line of output are disabled and fail the step', async () => {
    const { conclusion, environmentAdditions } = await run({ main: `console.log('::set-env name=A::b')` });
    expect([conclusion, environmentAdditions]).toEqual(['failure', {}]);
  });
});

test('the real @actions/core is understood', async () => {
  const core = import.meta.resolve('@actions/core');
  const { outputs, annotations, masks, log, summary } = await run(
    {
      main: `
        import * as core from '${core}';
        core.setSecret('hunter2');
        core.setOutput('totals', { peak: 1, text: 'a\\nb' });
        core.saveState('started', 'yes');
        core.error('grew', { title: 'Memory', file: 'src/a.c', startLine: 3, endLine: 3, startColumn: 5 });
        await core.group('Build', async () => core.info('with hunter2 and ' + core.getInput('fail-on')));
        await core.summary.addHeading('Memory').write();
        core.setFailed('too much');`,
      post: `import * as core from '${core}'; core.info('post ' + core.getState('started'));`,
      metadata: 'inputs: { fail-on: { default: "peak: 1 MB" } }',
    },
    { inputs: { 'fail-on': 'allocated: 5%', failon: 'x' } },
  );
  expect(JSON.parse(outputs.totals!)).toEqual({ peak: 1, text: 'a\nb' });
  expect(annotations).toEqual([
    { level: 'warning', message: "Unexpected input(s) 'failon', valid inputs are ['fail-on']" },
    { level: 'error', message: 'grew', title: 'Memory', file: 'src/a.c', line: 3, endLine: 3, column: 5 },
    { level: 'error', message: 'too much' },
  ]);
  expect(masks).toContain('hunter2');
  expect(log).toContain('##[group]Build\nwith *** and allocated: 5%\n##[endgroup]\n');
  expect(log).toMatch(/post yes\n$/);
  expect(summary).toContain('<h1>Memory</h1>');
});

test('the real @actions/github talks to the stand-in for GitHub', async () => {
  const pull = { number: 7, base: { ref: 'main', sha: BASE_SHA }, head: { ref: 'changes', sha: HEAD_SHA } };
  await using server = await startGitHubApiServer({ token: STAND_IN_TOKEN, pulls: [pull] });
  const { conclusion } = await run(
    {
      main: `
        import { context, getOctokit } from '${import.meta.resolve('@actions/github')}';
        const { issues } = getOctokit(process.env['INPUT_GITHUB-TOKEN']).rest;
        await issues.createComment({ ...context.repo, issue_number: context.issue.number, body: 'grew' });`,
      metadata: 'inputs: { github-token: { default: "${{ github.token }}" } }',
    },
    { apiUrl: server.url },
  );
  expect(conclusion).toBe('success');
  expect(server.comments(7).map(({ body }) => body)).toEqual(['grew']);
  expect(server.violations).toEqual([]);
});

describe('the end', () => {
  test('is a failure when the exit code says so, and post runs all the same', async () => {
    const { exitCode, postExitCode, conclusion } = await run({ main: 'process.exitCode = 3', post: '' });
    expect([exitCode, postExitCode, conclusion]).toEqual([3, 0, 'failure']);
  });

  test('comes to the whole process tree when the time is up', async () => {
    const { conclusion, exitCode, orphans, seconds } = await run(
      {
        main: `
          const { spawn } = process.getBuiltinModule('child_process');
          spawn('sleep', ['600'], { stdio: 'inherit' });
          spawn('sleep', ['601'], { stdio: 'inherit', detached: true });
          setInterval(() => {}, 1000);`,
        post: 'console.log("not reached")',
      },
      { limitSeconds: 0.7 },
    );
    expect([conclusion, exitCode, orphans]).toEqual(['timed_out', null, []]);
    expect(seconds).toBeLessThan(60);
  });

  test('comes to processes that are started while others are killed', async () => {
    const time = longTime();
    const { conclusion, orphans } = await run(
      {
        main: `
          const { spawn } = process.getBuiltinModule('child_process');
          const again = () => spawn('sleep', ['${time}'], { stdio: 'ignore', detached: true }).once('spawn', again);
          for (let i = 0; i < 3; i++) again();`,
      },
      { limitSeconds: 1 },
    );
    expect([conclusion, orphans]).toEqual(['timed_out', []]);
    expect(isRunning(time)).toBe(false);
  });

  test('names also what just becomes another program', async () => {
    const script = 'exec bash -c "$0" "$0"';
    const { orphans } = await run({
      main: `
        const { spawn } = process.getBuiltinModule('child_process');
        for (let i = 0; i < 20; i++)
          spawn('bash', ['-c', '${script}', '${script}'], { stdio: 'ignore', detached: true }).unref();`,
    });
    expect(orphans).toHaveLength(20);
  });

  test('names and ends what the action left running', async () => {
    const { orphans, conclusion } = await run({
      main: `
        const { spawn } = process.getBuiltinModule('child_process');
        spawn('sleep', ['602'], { stdio: 'ignore', detached: true }).unref();`,
    });
    expect([orphans, conclusion]).toEqual([['sleep'], 'success']);
  });

  test('comes gently when the workflow is cancelled, and post still runs', async () => {
    const { conclusion, exitCode, rawLog } = await run(
      {
        main: `
          process.on('SIGINT', () => { console.log('stopping'); process.exit(130); });
          setInterval(() => {}, 1000);
          console.log('ready');`,
        post: 'console.log("cleaned up")',
      },
      { signalAfter: { line: /^ready$/ } },
    );
    expect([conclusion, exitCode]).toEqual(['cancelled', 130]);
    expect(rawLog).toBe('ready\nstopping\ncleaned up\n');
  });

  test('leaves no RUNNER_TEMP but one that was given', async () => {
    const main = `process.getBuiltinModule('fs').writeFileSync(process.env.RUNNER_TEMP + '/left', '');`;
    const temp = await mkdtemp(join(root, 'temp-'));
    await run({ main }, { temp });
    expect(existsSync(join(temp, 'left'))).toBe(true);
    expect(existsSync(String(await valueInAction('process.env.RUNNER_TEMP')))).toBe(false);
  });
});

test.each([
  ['runs: { using: composite }', 'runs.using is composite'],
  ['runs: { using: node24, main: gone.mjs }', 'there is no gone.mjs'],
  ['runs: { using: node24, pre: x.mjs, main: main.mjs }', 'runs.pre is x.mjs'],
])('action.yml with "%s" is refused', async (metadata, message) => {
  const actionDirectory = await mkdtemp(join(root, 'action-'));
  await writeFile(join(actionDirectory, 'action.yml'), metadata);
  const options = { actionDirectory, workspace, event: EVENT, apiUrl: 'http://127.0.0.1:1' };
  await expect(runAction(options)).rejects.toThrow(message);
});
