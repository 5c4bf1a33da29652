import { describe, expect, it } from 'vitest';
import {
  deletingPushEvent,
  type GitHubEvent,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  scheduleEvent,
  workflowDispatchEvent,
} from '../github/events.ts';
import type { GitHubApiServerOptions } from '../github/github-api-server.ts';
import { commitFiles, createRepository, git } from '../workspace/git-repositories.ts';
import { checkOut, type JobRun, type Platform, readReport, startPlatform } from './jobs.ts';
import { program } from './pull-request.ts';

/** For tests that need no program of their own. */
const JUST_RUN = { run: 'ls', status: 'commit-status', upload: 'false', 'baseline-cache': 'false' };
const BUILD_AND_RUN = { ...JUST_RUN, build: 'make --silent', run: './program' };

/**
 *   first ─ main              the default branch
 *      └─── feature           of a pull request, merged for a test
 *   unrelated                 a history of its own
 */
interface History {
  readonly remote: string;
  readonly first: string;
  readonly main: string;
  readonly feature: string;
  readonly merge: string;
  readonly unrelated: string;
}

const GROWING = 'int main() { char* volatile p = new char[1000]; delete[] p; }\n';

function makeHistory(): History {
  const remote = createRepository();
  const first = commitFiles(remote, program(GROWING, '-O0 -g'));
  git(remote, 'checkout', '--quiet', '-b', 'feature');
  const feature = commitFiles(remote, { 'program.cpp': GROWING.replace('1000', '9000') });
  git(remote, 'checkout', '--quiet', 'main');
  const main = commitFiles(remote, { 'README.md': '# Program\n' });
  git(remote, 'checkout', '--quiet', '--detach');
  git(remote, 'merge', '--quiet', '--no-ff', '--message', 'Test merge', 'feature');
  const merge = git(remote, 'rev-parse', 'HEAD');
  git(remote, 'update-ref', 'refs/pull/7/merge', merge);
  git(remote, 'checkout', '--quiet', '--orphan', 'unrelated');
  const unrelated = commitFiles(remote, { 'unrelated.txt': '' });
  git(remote, 'checkout', '--quiet', 'main');
  return { remote, first, main, feature, merge, unrelated };
}

interface World extends Platform {
  readonly history: History;
  runAt(commit: string, event: GitHubEvent, inputs?: Readonly<Record<string, string>>): Promise<JobRun>;
}

async function startWorld(options: GitHubApiServerOptions = {}): Promise<World> {
  const history = makeHistory();
  const { main, feature } = history;
  const platform = await startPlatform({
    pulls: [{ number: 7, base: { ref: 'main', sha: main }, head: { ref: 'feature', sha: feature } }],
    comparisons: { [`main...${feature}`]: { mergeBaseSha: history.first } },
    ...options,
  });
  return {
    ...platform,
    history,
    runAt: (commit, event, inputs = JUST_RUN) =>
      platform.runJob({ event, inputs, sha: commit, workspace: checkOut(history.remote, commit) }),
    [Symbol.asyncDispose]: platform[Symbol.asyncDispose],
  };
}

/** What is beside the commit in the end, newest first. */
function statesOf({ github }: Platform, sha: string): string[] {
  return github.statuses(sha).map(({ context, state }) => `${context} ${state}`);
}

const PASSED = ['memtrack/default success', 'memtrack/default pending'];

describe('a push', () => {
  it('is compared with what the branch was before', async () => {
    await using world = await startWorld();
    const { first, main } = world.history;
    const run = await world.runAt(main, pushEvent({ before: first, after: main }));
    expect(run.exitCode, run.log).toBe(0);
    expect(readReport(run).base).toEqual({ sha: first, label: 'main before' });
    expect(statesOf(world, main)).toEqual(PASSED);
    expect(world.github.violations).toEqual([]);
  });

  it('of a new branch is compared with where it left the default branch', async () => {
    await using world = await startWorld();
    const { first, feature } = world.history;
    const run = await world.runAt(feature, pushEvent({ after: feature, branch: 'feature' }));
    expect(run.exitCode, run.log).toBe(0);
    expect(readReport(run).base).toEqual({ sha: first, label: 'main' });
    expect(statesOf(world, feature)).toEqual(PASSED);
    expect(world.github.violations).toEqual([]);
  });

  it('that rewrote what cannot be had any more is compared with that, too, and says so', async () => {
    await using world = await startWorld();
    const { first, feature } = world.history;
    const before = '4'.repeat(40);
    const event = pushEvent({ before, after: feature, branch: 'feature', forced: true });
    const run = await world.runAt(feature, event);
    expect(run.exitCode, run.log).toBe(0);
    const report = readReport(run);
    expect(report.base.sha).toBe(first);
    expect(report.benchmarks[0].notes.join('\n')).toMatch(
      /444444444444.* cannot be had any more.*compared with main/,
    );
    expect(statesOf(world, feature)).toEqual(PASSED);
    expect(world.github.violations).toEqual([]);
  });

  it('of the first commit of all has numbers, and nothing to compare them with', async () => {
    await using world = await startWorld();
    const { first } = world.history;
    const run = await world.runAt(first, pushEvent({ after: first }));
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('new');
    expect(readReport(run).benchmarks[0].notes.join('\n')).toMatch(
      /No comparison: .* is the first commit of main/,
    );
    expect(statesOf(world, first)).toEqual(PASSED);
    expect(world.github.violations).toEqual([]);
  });

  it('that deletes something measures nothing, and says so', async () => {
    await using world = await startWorld();
    const run = await world.runAt(world.history.main, deletingPushEvent());
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('unchanged');
    expect(run.annotations).toEqual([
      {
        level: 'notice',
        message: expect.stringMatching(/^This push deleted .*: there is nothing to measure\.$/),
      },
    ]);
    expect(world.github.requests).toEqual([]);
  });
});

describe('a merge queue', () => {
  it('C28: gets its check on the commit that it asks about', async () => {
    await using world = await startWorld();
    const { main, merge } = world.history;
    const event = mergeGroupEvent({ baseSha: main, headSha: merge, number: 7 });
    const asStatus = await world.runAt(merge, event);
    expect(asStatus.exitCode, asStatus.log).toBe(0);
    expect(statesOf(world, merge)).toEqual(PASSED);
    const asCheckRun = await world.runAt(merge, event, { ...JUST_RUN, status: 'check-run' });
    expect(asCheckRun.exitCode, asCheckRun.log).toBe(0);
    expect(world.github.checkRuns(merge).map(({ checkRun }) => checkRun)).toEqual([
      expect.objectContaining({ name: 'memtrack / default', status: 'completed', conclusion: 'success' }),
    ]);
    expect(readReport(asStatus).base).toEqual({ sha: main, label: 'main' });
    expect(world.github.comments(7)).toEqual([]);
    expect(world.github.violations).toEqual([]);
  });

  it('accepts the growth that the pull request’s label accepts', async () => {
    await using world = await startWorld();
    const { main, merge } = world.history;
    const event = mergeGroupEvent({ baseSha: main, headSha: merge, number: 7 });
    const limited = { ...BUILD_AND_RUN, 'fail-on': 'allocated: 5%' };
    const refused = await world.runAt(merge, event, limited);
    expect(refused.exitCode).toBe(1);
    world.github.changeLabel(7, 'labeled', 'memory-accepted');
    const accepted = await world.runAt(merge, event, limited);
    expect(accepted.exitCode, accepted.log).toBe(0);
    expect(accepted.outputs.verdict).toBe('grew');
    expect(accepted.summary).toMatch(/accepted the growth/);
    expect(statesOf(world, merge)).toEqual([
      ...PASSED,
      'memtrack/default failure',
      'memtrack/default pending',
    ]);
    expect(world.github.comments(7)).toEqual([]);
    expect(world.github.violations).toEqual([]);
  });
});

describe('a run by hand or on a schedule', () => {
  it.each<[string, GitHubEvent]>([
    ['workflow_dispatch', workflowDispatchEvent({ branch: 'main' })],
    ['schedule', scheduleEvent()],
  ])('compares the newest commit with the one before: %s', async (_name, event) => {
    await using world = await startWorld();
    const { first, main } = world.history;
    const run = await world.runAt(main, event);
    expect(run.exitCode, run.log).toBe(0);
    expect(readReport(run)).toMatchObject({ base: { sha: first }, head: { sha: main, label: 'main' } });
    expect(statesOf(world, main)).toEqual(PASSED);
    expect(world.github.violations).toEqual([]);
  });
});

describe('a pull request', () => {
  it('C28: has a check that is concluded when it is a draft in which nothing changes that is measured', async () => {
    await using world = await startWorld();
    const { first, main, remote } = world.history;
    git(remote, 'checkout', '--quiet', '-b', 'docs', first);
    const headSha = commitFiles(remote, { 'docs.md': 'Words.\n' });
    const event = pullRequestEvent({ number: 7, baseSha: main, headSha, isDraft: true });
    const run = await world.runAt(headSha, event, BUILD_AND_RUN);
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('unchanged');
    expect(statesOf(world, headSha)).toEqual(PASSED);
    expect(world.github.comments(7)).toEqual([]);
    expect(world.github.violations).toEqual([]);
  });

  it('of an unrelated history is compared with the tip of the branch that it is for, and says so', async () => {
    await using world = await startWorld();
    const { main, unrelated } = world.history;
    world.github.injectFault({
      match: /compare/,
      status: 404,
      body: { message: `No common ancestor between ${main} and ${unrelated}.` },
    });
    const run = await world.runAt(
      unrelated,
      pullRequestEvent({ number: 7, baseSha: main, headSha: unrelated }),
    );
    expect(run.exitCode, run.log).toBe(0);
    const report = readReport(run);
    expect(report.base.sha).toBe(main);
    expect(report.benchmarks[0].notes.join('\n')).toMatch(/have no commit in common/);
    expect(statesOf(world, unrelated)).toEqual(PASSED);
    expect(world.github.violations).toEqual([]);
  });

  it('takes its picture with it when it is closed', async () => {
    await using world = await startWorld();
    const { github } = world;
    const { main, feature, merge } = world.history;
    const commits = { number: 7, baseSha: main, headSha: feature, mergeSha: merge };
    const inputs = { ...BUILD_AND_RUN, images: 'branch' };
    const open = await world.runAt(merge, pullRequestEvent(commits), inputs);
    expect(open.exitCode, open.log).toBe(0);
    const pictures = () =>
      [...(github.filesAt('memtrack-images')?.keys() ?? [])].filter((path) => path.endsWith('.svg'));
    expect(pictures()).toHaveLength(1);
    // Neither a checkout nor a program is needed.
    const closing = pullRequestEvent({ ...commits, action: 'closed' });
    const before = github.statuses(feature).length;
    const closed = await world.runJob({ event: closing, inputs: { images: 'branch' }, sha: merge });
    expect(closed.exitCode, closed.log).toBe(0);
    expect(pictures()).toEqual([]);
    expect(closed.annotations).toEqual([
      { level: 'notice', message: 'Pull request #7 was closed: there is nothing to measure.' },
    ]);
    const again = await world.runJob({ event: closing, inputs, sha: merge });
    expect(again.exitCode, again.log).toBe(0);
    expect(github.statuses(feature)).toHaveLength(before);
    expect(github.violations).toEqual([]);
  });
});
