import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MEASUREMENT_FILE } from '../../src/artifacts/measurement-artifact.ts';
import type { Measurement } from '../../src/measurement/measurement.ts';
import { deflatedZeros, makeZip } from '../artifacts/make-zip.ts';
import { pullRequestEvent, type WorkflowRunEventOptions, workflowRunEvent } from '../github/events.ts';
import type { GitHubApiServerOptions } from '../github/github-api-server.ts';
import type { PullRequestSeed } from '../github/repository-state.ts';
import type { StoredArtifact } from '../github/results-service.ts';
import { STAND_IN_TOKEN } from '../github/runner.ts';
import {
  artifactOf,
  type JobOptions,
  type JobRun,
  layTripwires,
  measurementIn,
  type Platform,
  readReport,
  startPlatform,
} from './jobs.ts';
import { openPullRequest, program } from './pull-request.ts';

const SMALL = `
void parse(int bytes) { char* volatile block = new char[bytes]; delete[] block; }
int main() { for (int i = 0; i < 50; i++) parse(100); }
`;
const LARGE = SMALL.replace('parse(100)', 'parse(3000)');

/** The pull request would rather be judged by no limits. */
const LIMITS_OF_THE_FORK = { '.github/memtrack.yml': 'benchmarks:\n  - name: default\n    run: ./program\n' };
const LIMITS_OF_MAIN = `
benchmarks:
  - name: default
    run: echo not here
    fail-on:
      allocated: 5%
`;

const MEASURING_RUN = 42;
const FIRST_REPORTING_RUN = 101;

/** What the measuring workflow left behind. */
interface Measured {
  readonly baseSha: string;
  readonly headSha: string;
  readonly run: JobRun;
  readonly json: ReturnType<typeof readReport>;
  readonly artifacts: readonly StoredArtifact[];
  readonly requests: number;
  readonly log: string;
}

let measured: Promise<Measured> | null = null;

/** The pull request of a fork, measured once for all tests: with no token at all. */
function measureFork(): Promise<Measured> {
  measured ??= (async () => {
    await using platform = await startPlatform({ mayWrite: [] });
    const pull = openPullRequest(program(SMALL, '-O0 -g'), {
      ...program(LARGE, '-O0 -g'),
      ...LIMITS_OF_THE_FORK,
    });
    const { baseSha, headSha, mergeSha, workspace } = pull;
    const run = await platform.runJob({
      workspace,
      event: pullRequestEvent({ number: 42, baseSha, headSha, mergeSha, fork: true }),
      runId: MEASURING_RUN,
      inputs: { mode: 'measure', 'github-token': '', build: 'make --silent', run: './program' },
    });
    return {
      ...{ baseSha, headSha, run },
      json: readReport(run),
      artifacts: platform.results.artifacts(MEASURING_RUN),
      requests: platform.github.requests.length,
      log: run.log,
    };
  })();
  return measured;
}

interface Reported extends Platform {
  readonly fork: Measured;
  /** Runs the second workflow, on a runner with nothing checked out. */
  report(event?: Partial<WorkflowRunEventOptions>, job?: Partial<JobOptions>): Promise<JobRun>;
  /** Puts an artifact where the fork's measurement would be. */
  plant(bytes: Uint8Array, seed?: { name?: string; isExpired?: boolean; runId?: number }): StoredArtifact;
  /** The measurement as the fork uploaded it. */
  readonly artifact: StoredArtifact;
}

/** The repository with the fork's pull request #42 and another one, #1. */
async function startReporting(
  given: GitHubApiServerOptions & { readonly pull?: Partial<PullRequestSeed['head']> } = {},
): Promise<Reported> {
  const fork = await measureFork();
  const { pull = {}, ...options } = given;
  const { baseSha, headSha } = fork;
  const platform = await startPlatform({
    branches: { main: { '.github/memtrack.yml': LIMITS_OF_MAIN } },
    pulls: [
      {
        number: 1,
        base: { ref: 'main', sha: baseSha },
        head: { ref: 'other', sha: '1'.repeat(40) },
      },
      {
        number: 42,
        base: { ref: 'main', sha: baseSha },
        head: { ref: 'changes', sha: headSha, in: 'fork', ...pull },
      },
    ],
    comparisons: {
      [`${baseSha}...${headSha}`]: {
        mergeBaseSha: baseSha,
        files: [{ filename: 'program.cpp', patch: '@@ -3 +3 @@\n-old\n+new' }],
      },
    },
    ...options,
  });
  const artifact = fork.artifacts.find(({ name }) => name === 'memtrack-default-a1') as StoredArtifact;
  let runId = FIRST_REPORTING_RUN;
  return {
    ...platform,
    fork,
    artifact,
    report: (event, job) =>
      platform.runJob({
        event: workflowRunEvent({ headSha, fork: true, runId: MEASURING_RUN, ...event }),
        runId: runId++,
        sha: platform.github.historyOf('main')[0],
        ...job,
        inputs: { mode: 'report', ...job?.inputs },
      }),
    plant: (bytes, seed = {}) =>
      platform.results.addArtifact({ runId: MEASURING_RUN, name: artifact.name, bytes, ...seed }),
    [Symbol.asyncDispose]: platform[Symbol.asyncDispose],
  };
}

describe('a pull request of a fork, measured', () => {
  it('needs no token: one measurement and a page that opens are handed over, and nothing is asked or said', async () => {
    const { run, artifacts, requests, headSha } = await measureFork();
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('grew');
    expect(artifacts.map(({ name, mimeType, isZipped }) => [name, mimeType, isZipped])).toEqual([
      ['memtrack-default-a1', 'application/zip', true],
      ['memtrack-default-a1.html', 'text/html', false],
      ['memtrack-default-a1-data', 'application/zip', true],
    ]);
    expect(Buffer.from(artifacts[1].bytes).toString()).toMatch(/^<!doctype html>/i);
    expect(run.outputs['report-url']).toMatch(/\/actions\/runs\/42\/artifacts\/\d+$/);
    expect((await measurementIn(artifacts[0].bytes)).head.sha).toBe(headSha);
    expect(requests).toBe(0);
    expect(run.annotations.map(({ message }) => message)).toEqual([
      expect.stringContaining('memtrack.yml is not used: the input `run` says what to measure'),
    ]);
    expect(run.summary).toContain(run.outputs.headline);
  });

  it('T01: is not done on events whose token can write, and they have nothing to report', async () => {
    await using world = await startReporting();
    const { headSha } = world.fork;
    const { environment, started } = layTripwires(['bash', 'git', 'heaptrack', 'make', 'sh']);
    const { payload } = pullRequestEvent({ number: 42, baseSha: headSha, headSha, fork: true });
    const events = ['pull_request_target', 'issue_comment'] as const;
    for (const mode of ['measure', 'report']) {
      const inputs = { mode, run: './program', status: 'commit-status' };
      const runs = await Promise.all([
        ...(mode === 'report' ? [] : [world.report({}, { inputs, environment })]),
        ...events.map((name) =>
          world.runJob({ event: { name, payload }, sha: headSha, inputs, environment }),
        ),
      ]);
      for (const run of runs) {
        expect(run.exitCode).toBe(1);
        expect(run.outputs.verdict).toBe('failed');
        expect(run.annotations).toEqual([
          { level: 'error', message: expect.stringMatching(/othing .* on `.*`.*: .*https:\/\/docs/) },
        ]);
      }
    }
    expect(started()).toBe('');
    expect(world.github.requests).toEqual([]);
  });
});

describe('a pull request of a fork, reported by a second workflow', () => {
  it('has one comment and a status on its head, with the numbers that were measured', async () => {
    await using world = await startReporting();
    const { github, results, fork } = world;
    world.plant(world.artifact.bytes);
    const tripwires = layTripwires(['bash', 'git', 'heaptrack', 'make', 'sh', 'sudo', 'tar']);
    const run = await world.report({}, { environment: tripwires.environment });

    // The verdict is the commit's. A red job would be shown on the default branch, which did nothing.
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('regressed');
    const { headline } = run.outputs;
    expect(headline).toBe(fork.run.outputs.headline);
    expect(github.comments(42)).toHaveLength(1);
    expect(github.comments(42)[0].body).toContain(headline);
    expect(github.comments(1)).toEqual([]);
    expect(github.statuses(fork.headSha)).toEqual([
      expect.objectContaining({
        context: 'memtrack/default',
        state: 'failure',
        description: expect.stringContaining(headline),
        target_url: run.outputs['report-url'],
      }),
    ]);
    const { metrics } = readReport(run).benchmarks[0];
    const numbers = ({ base, head, delta }: Record<string, number>) => [base, head, delta];
    for (const [id, metric] of Object.entries<Record<string, number>>(metrics)) {
      expect(numbers(metric), id).toEqual(numbers(fork.json.benchmarks[0].metrics[id]));
    }
    expect(metrics.allocated).toMatchObject({ base: 5000, head: 150_000 });

    // Nothing was checked out or run, and no cache was touched.
    expect(readdirSync(run.workspace)).toEqual([]);
    expect(tripwires.started()).toBe('');
    expect(results.requests.filter(({ path }) => path.includes('CacheService'))).toEqual([]);
    expect(run.rawLog.replaceAll(`::add-mask::${STAND_IN_TOKEN}`, '')).not.toContain(STAND_IN_TOKEN);
    // A new comment is looked for again, in case that another run wrote one at the same time.
    expect(github.requests.length).toBeLessThanOrEqual(9);
    const before = github.requests.length;
    await world.report();
    expect(github.requests.length - before).toBeLessThanOrEqual(8);
    expect(github.violations).toEqual([]);
  });

  it('is judged by the limits of the reporting workflow or of the default branch, never by its own', async () => {
    const main = { 'README.md': '' };
    await using world = await startReporting({ branches: { main } });
    world.plant(world.artifact.bytes);
    const free = await world.report();
    expect(free.outputs.verdict).toBe('grew');
    expect(world.github.statuses(world.fork.headSha)[0].state).toBe('success');
    const limited = await world.report({}, { inputs: { 'fail-on': 'allocated: 5%' } });
    expect(limited.outputs.verdict).toBe('regressed');
    expect(world.github.statuses(world.fork.headSha)[0].state).toBe('failure');
    const asked = world.github.requests.filter(({ path }) => path.includes('/contents/'));
    const [sha] = world.github.historyOf('main');
    expect(new Set(asked.map(({ query }) => query))).toEqual(new Set([`ref=${sha}`]));
    expect(world.github.comments(42)).toHaveLength(1);
    expect(world.github.violations).toEqual([]);
  });

  it('C17, T17: is the one whose head the run measured, whatever the measurement says', async () => {
    await using world = await startReporting();
    const honest = await measurementIn(world.artifact.bytes);
    const liar: Measurement = {
      ...honest,
      notes: ['This is pull request #1: https://github.com/octo-org/octo-repo/pull/1'],
      head: { ...honest.head, label: 'refs/pull/1/head' },
    };
    world.plant(artifactOf(liar));
    world.plant(Buffer.from('1'), { name: 'pr' });
    world.plant(Buffer.from('1'), { name: 'memtrack-pr-1' });
    const run = await world.report();
    expect(run.exitCode, run.log).toBe(0);
    expect(world.github.comments(1)).toEqual([]);
    expect(world.github.comments(42)).toHaveLength(1);
    expect(world.github.comments(42)[0].body).not.toMatch(/[^\w`]#1\b/);
    const written = world.github.requests.filter(({ method }) => method !== 'GET');
    expect(written.map(({ path }) => path.replace('/repos/octo-org/octo-repo', ''))).toEqual([
      '/issues/42/comments',
      `/statuses/${world.fork.headSha}`,
    ]);
    expect(world.github.violations).toEqual([]);
  });

  it('C18, T18: gets no comment once its head has moved on, and the status stays with the old head', async () => {
    const newHead = '2'.repeat(40);
    await using world = await startReporting({ pull: { sha: newHead } });
    world.plant(world.artifact.bytes);
    const run = await world.report();
    expect(run.exitCode, run.log).toBe(0);
    expect(world.github.comments(42)).toEqual([]);
    expect(world.github.statuses(newHead)).toEqual([]);
    expect(world.github.statuses(world.fork.headSha)).toHaveLength(1);
    expect(run.annotations).toContainEqual(
      expect.objectContaining({ level: 'notice', message: expect.stringMatching(/a newer run will report/) }),
    );
    expect(world.github.violations).toEqual([]);
  });

  it('has only a status when the fork is gone, or when the merge queue measured', async () => {
    await using world = await startReporting();
    world.plant(world.artifact.bytes);
    const gone = await world.report({ fork: { isDeleted: true } });
    expect(gone.exitCode, gone.log).toBe(0);
    expect(gone.annotations).toContainEqual(
      expect.objectContaining({ level: 'notice', message: expect.stringMatching(/fork .* was deleted/) }),
    );
    const queued = await world.report({
      event: 'merge_group',
      fork: false,
      headBranch: 'gh-readonly-queue/main/pr-42',
    });
    expect(queued.exitCode, queued.log).toBe(0);
    expect(queued.annotations.filter(({ level }) => level === 'notice')).toEqual([]);
    expect(world.github.comments(42)).toEqual([]);
    expect(world.github.statuses(world.fork.headSha)).toHaveLength(2);
    expect(world.github.violations).toEqual([]);
  });

  it('is not accepted by a label of another pull request, but by its own', async () => {
    await using world = await startReporting();
    world.plant(world.artifact.bytes);
    world.github.changeLabel(1, 'labeled', 'memory-accepted');
    await world.report();
    expect(world.github.statuses(world.fork.headSha)[0].state).toBe('failure');
    world.github.changeLabel(42, 'labeled', 'memory-accepted');
    await world.report();
    expect(world.github.statuses(world.fork.headSha)[0].state).toBe('success');
    expect(world.github.comments(42)[0].body).toMatch(/maintainer.* accepted the growth/);
    expect(world.github.violations).toEqual([]);
  });

  it('C27: keeps the one comment of the newest run, and an older one that ends late changes nothing', async () => {
    await using world = await startReporting();
    const { github, fork } = world;
    world.plant(world.artifact.bytes);
    await world.report();
    const [first] = github.comments(42);
    const again = await world.report();
    expect(github.comments(42).map(({ id }) => id)).toEqual([first.id]);
    expect(again.outputs['comment-url']).toBe(first.html_url);

    // T19: the second attempt uploads an artifact of its own beside the first one's.
    const measurement = await measurementIn(world.artifact.bytes);
    const rerun = artifactOf({ ...measurement, notes: ['measured again'] });
    world.plant(rerun, { name: 'memtrack-default-a2' });
    await world.report({ runAttempt: 2 });
    expect(github.comments(42)).toHaveLength(1);
    const newest = github.comments(42)[0].body;
    expect(newest).toContain('measured again');

    world.plant(artifactOf({ ...measurement, notes: ['measured before'] }), { runId: 41 });
    const late = await world.report({ runId: 41 });
    expect(late.exitCode, late.log).toBe(0);
    expect(github.comments(42).map(({ body }) => body)).toEqual([newest]);
    const statuses = github.statuses(fork.headSha);
    expect(new Set(statuses.map(({ context, state }) => `${context} ${state}`))).toEqual(
      new Set(['memtrack/default failure']),
    );
    expect(github.violations).toEqual([]);
  });
});

describe('a run without a sound measurement', () => {
  const secret = 'echoed-from-the-artifact';
  const content = Buffer.from(secret);
  const zeros = deflatedZeros(1024);

  it.each<[string, () => Uint8Array]>([
    ['a path that leads upwards', () => makeZip([{ name: `../../${secret}`, content }])],
    [
      'a link',
      () => makeZip([{ name: MEASUREMENT_FILE, content: Buffer.from('/etc/passwd'), unixMode: 0o120777 }]),
    ],
    [
      'one file too many',
      () =>
        makeZip([
          { name: MEASUREMENT_FILE, content },
          { name: `${secret}.sh`, content },
        ]),
    ],
    [
      'a gigabyte of zeros',
      () =>
        makeZip([{ name: MEASUREMENT_FILE, content: Buffer.alloc(0), compressed: zeros, size: 1024 ** 3 }]),
    ],
    ['text that is no measurement', () => makeZip([{ name: MEASUREMENT_FILE, content }])],
  ])('C19, T16: is not green and repeats nothing of what was uploaded: %s', async (_name, zip) => {
    await using world = await startReporting();
    world.plant(zip());
    const run = await world.report();
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('failed');
    expect(world.github.comments(42)).toEqual([]);
    expect(world.github.statuses(world.fork.headSha)).toEqual([
      expect.objectContaining({ state: 'error', description: 'No sound measurement' }),
    ]);
    const posted = JSON.stringify(world.github.requests.map(({ body }) => body));
    for (const text of [run.rawLog, run.summary, posted]) expect(text).not.toMatch(/echoed-from|passwd/);
    const left = readdirSync(run.temp, { recursive: true }).map(String);
    expect(left.filter((path) => !/^_(tool|github_workflow|runner_file_commands)/.test(path))).toEqual([]);
    expect(readdirSync(run.workspace)).toEqual([]);
    expect(world.github.violations).toEqual([]);
  });

  it('C20: is an error with a link when measuring failed or was cancelled, and no green stays', async () => {
    await using world = await startReporting();
    world.plant(world.artifact.bytes, { runId: 41 });
    await world.report({ runId: 41 }, { inputs: { 'fail-on': '' } });
    for (const conclusion of ['failure', 'cancelled'] as const) {
      const run = await world.report({ conclusion });
      expect(run.exitCode, run.log).toBe(0);
      expect(run.outputs.verdict).toBe('failed');
      const [newest] = world.github.statuses(world.fork.headSha);
      expect(newest).toMatchObject({ state: 'error', description: 'No measurement' });
      expect(newest.target_url).toMatch(/^https:\/\/github\.com\/.*\/runs\/\d+$/);
      expect(run.summary).toContain(`\`${conclusion}\``);
    }
    // Its comment is of the run before, and says so.
    expect(world.github.comments(42)).toHaveLength(1);
    expect(world.github.violations).toEqual([]);
  });

  it('C20: lets pass what was skipped: there is nothing to require', async () => {
    await using world = await startReporting();
    const run = await world.report({ conclusion: 'skipped' });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('unchanged');
    expect(world.github.statuses(world.fork.headSha)).toEqual([
      expect.objectContaining({ state: 'success', description: expect.stringMatching(/skipped/) }),
    ]);
    expect(world.github.violations).toEqual([]);
  });

  it('says nothing yet of a run that waits for the approval of a maintainer', async () => {
    await using world = await startReporting();
    const run = await world.report({ conclusion: 'action_required' });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('unchanged');
    expect(run.annotations).toEqual([
      { level: 'notice', message: expect.stringContaining('waits for the approval of a maintainer') },
    ]);
    expect(world.github.statuses(world.fork.headSha)).toEqual([]);
    expect(world.github.violations).toEqual([]);
  });

  it('T19: refuses what is of another commit, of another run, or has expired', async () => {
    await using world = await startReporting();
    const { headSha } = world.fork;
    const measurement = await measurementIn(world.artifact.bytes);
    world.plant(artifactOf({ ...measurement, head: { ...measurement.head, sha: '3'.repeat(40) } }));
    const ofAnother = await world.report();
    expect(ofAnother.exitCode, ofAnother.log).toBe(0);
    expect(ofAnother.summary).toMatch(/of another commit than/);

    world.plant(world.artifact.bytes, { runId: 50, isExpired: true });
    const expired = await world.report({ runId: 50 });
    expect(expired.summary).toMatch(/has expired\. Run the measuring workflow again/);

    world.results.addArtifact({
      ...{ runId: 51, name: world.artifact.name, bytes: world.artifact.bytes },
      saysItIsOfRun: 52,
    });
    const ofOtherRun = await world.report({ runId: 51 });
    expect(ofOtherRun.summary).toMatch(/no measurement/);

    expect(world.github.statuses(headSha).map(({ state }) => state)).toEqual(['error', 'error', 'error']);
    expect(world.github.comments(42)).toEqual([]);
    expect(world.github.violations).toEqual([]);
  });

  it('names the permission without which nothing can be downloaded', async () => {
    await using world = await startReporting({ mayReadActions: false });
    world.plant(world.artifact.bytes);
    const run = await world.report();
    expect(run.exitCode, run.log).toBe(0);
    expect(run.annotations.map(({ message }) => message).join('\n')).toContain('`actions: read`');
    expect(world.github.statuses(world.fork.headSha)[0].state).toBe('error');
    expect(world.github.comments(42)).toEqual([]);
    expect(world.github.violations).toEqual([]);
  });

  it('is an error, too, when the limits on the default branch cannot be read', async () => {
    const main = { '.github/memtrack.yml': LIMITS_OF_MAIN.replace('fail-on', 'fail-om') };
    await using world = await startReporting({ branches: { main } });
    world.plant(world.artifact.bytes);
    const run = await world.report();
    // This time it is the default branch's fault.
    expect(run.exitCode).toBe(1);
    expect(world.github.statuses(world.fork.headSha)).toEqual([
      expect.objectContaining({
        state: 'error',
        description: expect.stringMatching(/memtrack\.yml:5:.*fail-om/),
        target_url: expect.stringMatching(/\/actions\/runs\/101$/),
      }),
    ]);
    expect(world.github.comments(42)).toEqual([]);
    expect(world.github.violations).toEqual([]);
  });

  it('asks for a token when the reporting workflow gives none', async () => {
    await using world = await startReporting();
    const run = await world.report({}, { inputs: { 'github-token': '' } });
    expect(run.annotations.map(({ message }) => message).join('\n')).toContain('`github-token`');
    expect(world.github.requests).toEqual([]);
  });
});
