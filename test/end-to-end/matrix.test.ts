import { describe, expect, it } from 'vitest';
import { pullRequestEvent } from '../github/events.ts';
import type { GitHubApiServerOptions } from '../github/github-api-server.ts';
import type { StoredArtifact } from '../github/results-service.ts';
import { temporaryDirectory, writeFiles } from '../workspace/git-repositories.ts';
import { type JobOptions, type JobRun, type Platform, readReport, startPlatform } from './jobs.ts';
import { openPullRequest, type PullRequest } from './pull-request.ts';

const LISTED: Readonly<Record<string, string>> = {
  parse: "run: ./program 1000\n    fail-on: ''",
  search: 'run: ./program 2000',
  cli: "run: ./program 3000\n    fail-on: ''\n    budget: {peak: 1 MB}",
  crash: 'run: ./program 4000',
};

function config(names: readonly string[]): string {
  const benchmarks = names.map((name) => `  - name: ${name}\n    ${LISTED[name]}\n`);
  return `build: g++ -g -o program program.cpp\nfail-on:\n  allocated: 5%\nbenchmarks:\n${benchmarks.join('')}`;
}

const BASE = `
#include <cstdlib>
char* volatile escaped;
void allocate(int bytes) { escaped = new char[bytes]; delete[] escaped; }
int main(int, char** argv) { allocate(std::atoi(argv[1])); }
`;
/** Allocates twice as much, and does not survive the argument 4000. */
const HEAD = BASE.replace('new char[bytes]', 'new char[bytes * 2]').replace(
  '{ allocate(',
  "{ if (argv[1][0] == '4') return 9; allocate(",
);

const RUN = 42;
const NAMES = ['parse', 'search', 'cli'];
const ALL_NAMES = Object.keys(LISTED);

interface Measured {
  readonly pull: PullRequest;
  /** By the benchmarks' names. */
  readonly jobs: ReadonlyMap<string, JobRun>;
  readonly artifacts: readonly StoredArtifact[];
}

let measured: Promise<Measured> | null = null;

/** The jobs of the matrix, each on a runner of its own; run once for all tests. */
function measureMatrix(): Promise<Measured> {
  measured ??= (async () => {
    await using platform = await startPlatform();
    const files = { '.github/memtrack.yml': config(ALL_NAMES) };
    const pull = openPullRequest({ 'program.cpp': BASE, ...files }, { 'program.cpp': HEAD, ...files });
    const jobs = new Map<string, JobRun>();
    for (const name of ALL_NAMES) {
      const run = await platform.runJob({
        workspace: pull.workspace,
        event: eventOf(pull),
        runId: RUN,
        inputs: { mode: 'measure', name, 'github-token': '' },
      });
      jobs.set(name, run);
    }
    expect(platform.github.requests).toEqual([]);
    return { pull, jobs, artifacts: platform.results.artifacts(RUN) };
  })();
  return measured;
}

function eventOf({ baseSha, headSha, mergeSha }: PullRequest) {
  return pullRequestEvent({ number: 7, baseSha, headSha, mergeSha });
}

interface Reported extends Platform {
  readonly pull: PullRequest;
  readonly jobs: ReadonlyMap<string, JobRun>;
  report(job?: Partial<JobOptions>): Promise<JobRun>;
}

interface ReportedBenchmarks {
  /** In the config file. */
  readonly listed?: readonly string[];
  /** Those whose jobs uploaded something. */
  readonly names?: readonly string[];
}

/** The run in which the matrix has measured. */
async function startReporting(options: GitHubApiServerOptions & ReportedBenchmarks = {}): Promise<Reported> {
  const { pull, jobs, artifacts } = await measureMatrix();
  const { names = NAMES, listed = NAMES, ...server } = options;
  const platform = await startPlatform({
    branches: { main: { '.github/memtrack.yml': config(listed) } },
    pulls: [
      {
        number: 7,
        base: { ref: 'main', sha: pull.baseSha },
        head: { ref: 'changes', sha: pull.headSha },
      },
    ],
    ...server,
  });
  for (const { name, bytes, mimeType } of artifacts) {
    const isOfOne = names.some((one) => name.startsWith(`memtrack-${one}-a1`));
    if (isOfOne) platform.results.addArtifact({ runId: RUN, name, bytes, mimeType });
  }
  return {
    ...platform,
    pull,
    jobs,
    report: (job) =>
      platform.runJob({
        event: eventOf(pull),
        runId: RUN,
        // There is no checkout. GitHub knows the test merge; here it knows this commit.
        sha: platform.github.historyOf('main')[0],
        ...job,
        inputs: { mode: 'report', status: 'commit-status', ...job?.inputs },
      }),
    [Symbol.asyncDispose]: platform[Symbol.asyncDispose],
  };
}

function verdictsOf(run: JobRun): [string, string][] {
  return readReport(run).benchmarks.map(({ name, verdict }: Record<string, string>) => [name, verdict]);
}

function errorsOf(run: JobRun): string[] {
  return run.annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
}

describe('a job that measures', () => {
  it('keeps its report and its summary when what it measured is refused', async () => {
    await using platform = await startPlatform();
    const pull = openPullRequest({ 'program.cpp': BASE }, { 'program.cpp': HEAD });
    const inputs = { mode: 'measure', build: 'g++ -g -o program program.cpp', run: './program 1000' };
    const job = { event: eventOf(pull), runId: RUN, inputs: { ...inputs, 'github-token': '' } };
    const first = await platform.runJob({ workspace: pull.workspace, ...job });
    expect(first.exitCode, first.log).toBe(0);
    // Another job of the run by the same name.
    const second = await platform.runJob({ workspace: pull.workspace, ...job });
    expect(second.exitCode).toBe(1);
    expect(errorsOf(second)).toEqual([
      expect.stringMatching(/^The artifact `memtrack-default-a1` was not uploaded: .*another `name`\.$/),
    ]);
    expect(second.outputs).toMatchObject({ verdict: 'failed', headline: first.outputs.headline });
    expect(second.summary).toContain(first.outputs.headline);
    expect(readReport(second).benchmarks).toEqual(readReport(first).benchmarks);
  });
});

describe('a matrix of jobs that measure, and a job that reports', () => {
  it('makes one comment and one verdict of all benchmarks, each judged by limits of its own', async () => {
    await using world = await startReporting();
    const { github, pull, jobs, results } = world;
    // The limits are the reporting job's affair.
    for (const name of NAMES) expect(jobs.get(name)?.exitCode, jobs.get(name)?.log).toBe(0);
    const run = await world.report();
    expect(run.exitCode).toBe(1);
    expect(run.outputs.verdict).toBe('regressed');
    expect(verdictsOf(run)).toEqual([
      ['search', 'regressed'],
      ['cli', 'grew'],
      ['parse', 'grew'],
    ]);
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(/^search: Bytes allocated grew by .*; the limit is \+5%\.$/),
    ]);
    expect(github.comments(7)).toHaveLength(1);
    const comment = github.comments(7)[0].body ?? '';
    for (const name of NAMES) expect(comment).toContain(name);
    expect(github.statuses(pull.headSha)).toEqual([
      expect.objectContaining({ context: 'memtrack/default', state: 'failure' }),
    ]);
    const pages = results.artifacts(RUN).filter(({ mimeType }) => mimeType === 'text/html');
    expect(pages.map(({ name }) => name)).toEqual([
      ...NAMES.map((name) => `memtrack-${name}-a1.html`),
      'memtrack-report-a1.html',
    ]);
    for (const name of NAMES) {
      const [own] = readReport(jobs.get(name) as JobRun).benchmarks;
      const reported = readReport(run).benchmarks.find((one: { name: string }) => one.name === name);
      expect(reported.metrics.allocated).toMatchObject({
        base: own.metrics.allocated.base,
        head: own.metrics.allocated.head,
      });
    }
    // One for the list of artifacts, then one for each.
    expect(github.requests.length).toBeLessThanOrEqual(8 + NAMES.length);
    expect(github.violations).toEqual([]);
  });

  it('works without `actions: read`, through the runner’s own service', async () => {
    await using world = await startReporting({ mayReadActions: false });
    const run = await world.report();
    expect(run.outputs.verdict).toBe('regressed');
    expect(
      verdictsOf(run)
        .map(([name]) => name)
        .toSorted(),
    ).toEqual(NAMES.toSorted());
    expect(world.github.comments(7)).toHaveLength(1);
    expect(world.github.violations).toEqual([]);
  });

  it('works without any token, as far as files and the summary go', async () => {
    await using world = await startReporting();
    const workspace = temporaryDirectory();
    writeFiles(workspace, { '.github/memtrack.yml': config(NAMES) });
    const run = await world.report({ workspace, inputs: { 'github-token': '', status: '' } });
    expect(run.exitCode).toBe(1);
    expect(verdictsOf(run)).toHaveLength(3);
    expect(run.summary).toContain(run.outputs.headline);
    expect(world.github.requests).toEqual([]);
  });

  it('reports what was measured, and is not green when a benchmark of the config file was not', async () => {
    await using world = await startReporting({ names: ['parse', 'cli'] });
    const { github, pull } = world;
    const run = await world.report();
    expect(run.exitCode).toBe(1);
    expect(run.outputs.verdict).toBe('failed');
    expect(verdictsOf(run)).toEqual([
      ['search', 'failed'],
      ['cli', 'grew'],
      ['parse', 'grew'],
    ]);
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(/^search: head has no measurement: .*failed, was cancelled/),
    ]);
    const comment = github.comments(7)[0].body ?? '';
    expect(comment).toMatch(/`?search`?.*head has no measurement/);
    expect(comment).toMatch(/cli[\s\S]*parse/);
    expect(github.statuses(pull.headSha)[0]).toMatchObject({ state: 'failure' });
    expect(github.violations).toEqual([]);
  });

  it('says what all jobs failed to measure', async () => {
    await using world = await startReporting({ names: [] });
    const run = await world.report();
    expect(run.exitCode).toBe(1);
    expect(errorsOf(run)).toEqual([expect.stringMatching(/no measurement/)]);
    expect(world.github.comments(7)).toEqual([]);
    expect(world.github.statuses(world.pull.headSha)[0]).toMatchObject({ state: 'error' });
    expect(world.github.violations).toEqual([]);
  });

  it('reports a head that failed beside those that did not', async () => {
    await using world = await startReporting({ listed: ALL_NAMES, names: ALL_NAMES });
    expect(world.jobs.get('crash')?.exitCode).toBe(1);
    const run = await world.report();
    expect(run.exitCode).toBe(1);
    expect(run.outputs.verdict).toBe('failed');
    expect(verdictsOf(run)).toEqual([
      ['crash', 'failed'],
      ['search', 'regressed'],
      ['cli', 'grew'],
      ['parse', 'grew'],
    ]);
    expect(errorsOf(run).toSorted()).toEqual([
      expect.stringMatching(/^crash: head .*\b9\b/),
      expect.stringMatching(/^search: .*the limit is/),
    ]);
    expect(world.github.comments(7)).toHaveLength(1);
    expect(world.github.violations).toEqual([]);
  });
});
