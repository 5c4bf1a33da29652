import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OUTPUT_NAMES } from '../../src/action/outputs.ts';
import { mergeGroupEvent, pullRequestEvent } from '../github/events.ts';
import type { GitHubApiServer } from '../github/github-api-server.ts';
import { startResultsService } from '../github/results-service.ts';
import { openPullRequest, type PullRequest, program, runOnPullRequest, startGitHub } from './pull-request.ts';

const SMALL = `
#include <vector>
std::size_t parse(int count) {
  std::size_t sum = 0;
  for (int i = 0; i < count; i++) {
    std::vector<char> block(100);
    sum += block.size();
  }
  return sum;
}
int main() { return parse(50) < 5000; }
`;
const LARGE = SMALL.replace('block(100)', 'block(3000)');
const BUILD_AND_RUN = { build: 'make --silent', run: './program' };
const LIMITED = { ...BUILD_AND_RUN, 'fail-on': 'allocated: 5%' };

/** heaptrack 1.4 takes lines of inlined code for lines of the function around it. */
const unoptimised = (source: string) => program(source, '-O0 -g');

/** GitHub, knowing the pull request itself and not only its number. */
function startGitHubWith(pull: PullRequest, labels: readonly string[] = []): Promise<GitHubApiServer> {
  return startGitHub({
    pulls: [
      {
        number: pull.number,
        base: { ref: 'main', sha: pull.baseSha },
        head: { ref: 'feature', sha: pull.headSha },
        labels,
      },
    ],
    issues: [],
  });
}

describe('the check beside the commit', () => {
  it('C28: is a commit status on the head that people see: pending first, then the headline', async () => {
    const pull = openPullRequest(unoptimised(LARGE), unoptimised(SMALL));
    await using github = await startGitHubWith(pull);
    const run = await runOnPullRequest(pull, github, { ...LIMITED, status: 'commit-status' });
    expect(run.exitCode, run.log).toBe(0);
    expect(
      github
        .statuses(pull.headSha)
        .map(({ state, context }) => [context, state])
        .toReversed(),
    ).toEqual([
      ['memtrack/default', 'pending'],
      ['memtrack/default', 'success'],
    ]);
    expect(github.statuses(pull.headSha)[0].description).toContain(run.outputs.headline);
    expect(github.statuses(pull.mergeSha)).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('T34: takes at most eight requests in a run that writes a comment and a status', async () => {
    const pull = openPullRequest(unoptimised(SMALL), unoptimised(LARGE));
    await using github = await startGitHubWith(pull);
    for (let run = 1; run <= 2; run += 1) {
      const before = github.requests.length;
      await runOnPullRequest(pull, github, { ...LIMITED, status: 'commit-status' });
      expect(github.comments(7)).toHaveLength(1);
      expect(github.requests.length - before, `run ${run}`).toBeLessThanOrEqual(8);
    }
    expect(github.violations).toEqual([]);
  });

  it('is a check run that shows growth on the lines of the pull request', async () => {
    const pull = openPullRequest(unoptimised(SMALL), unoptimised(LARGE));
    await using github = await startGitHubWith(pull);
    const run = await runOnPullRequest(pull, github, { ...LIMITED, status: 'check-run' });
    expect(run.exitCode).toBe(1);
    const [{ checkRun, annotations }] = github.checkRuns(pull.headSha);
    expect(checkRun).toMatchObject({
      name: 'memtrack / default',
      status: 'completed',
      conclusion: 'failure',
    });
    expect(checkRun.output.title).toContain(run.outputs.headline);
    expect(annotations).toEqual([
      expect.objectContaining({ path: 'program.cpp', start_line: 6, annotation_level: 'warning' }),
    ]);
    expect(run.annotations.filter(({ file }) => file !== undefined)).toEqual([]);
    const first = github.requests.find(({ path }) => path.endsWith('/check-runs'));
    expect(first?.body).toMatchObject({ status: 'in_progress', head_sha: pull.headSha });
    expect(github.violations).toEqual([]);
  });

  it('shows growth on the lines of the pull request without a check run, too, unless it may not', async () => {
    const pull = openPullRequest(unoptimised(SMALL), unoptimised(LARGE));
    await using github = await startGitHubWith(pull);
    const run = await runOnPullRequest(pull, github, BUILD_AND_RUN);
    expect(run.annotations).toContainEqual(expect.objectContaining({ file: 'program.cpp', line: 6 }));
    const silent = await runOnPullRequest(pull, github, { ...BUILD_AND_RUN, annotations: 'false' });
    expect(silent.annotations.filter(({ file }) => file !== undefined)).toEqual([]);
  });

  it('C28: is on the merge group’s own commit, and there is no comment', async () => {
    const pull = openPullRequest(unoptimised(LARGE), unoptimised(SMALL));
    await using github = await startGitHubWith(pull);
    const event = mergeGroupEvent({ baseSha: pull.baseSha, headSha: pull.mergeSha, number: 7 });
    const run = await runOnPullRequest(pull, github, { ...LIMITED, status: 'check-run' }, { event });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('improved');
    expect(github.checkRuns(pull.headSha)).toEqual([]);
    expect(
      github.checkRuns(pull.mergeSha).map(({ checkRun }) => [checkRun.status, checkRun.conclusion]),
    ).toEqual([['completed', 'success']]);
    expect(github.comments(7)).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('C28: is concluded for a draft that changes nothing that is measured, without a comment', async () => {
    const base = unoptimised(SMALL);
    const pull = openPullRequest(base, { ...base, 'README.md': 'About this' });
    await using github = await startGitHubWith(pull);
    const { number, baseSha, headSha, mergeSha } = pull;
    const { name, payload } = pullRequestEvent({ number, baseSha, headSha, mergeSha });
    const draft = { ...(payload.pull_request as object), draft: true };
    const event = { name, payload: { ...payload, pull_request: draft } };
    const run = await runOnPullRequest(pull, github, { ...LIMITED, status: 'check-run' }, { event });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('unchanged');
    expect(github.checkRuns(headSha)[0].checkRun).toMatchObject({
      status: 'completed',
      conclusion: 'success',
    });
    expect(github.comments(7)).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('C25: is concluded, with one notice, though GitHub asks to wait an hour for the comment', async () => {
    const pull = openPullRequest(unoptimised(LARGE), unoptimised(SMALL));
    await using github = await startGitHubWith(pull);
    const body = { message: 'You have exceeded a secondary rate limit' };
    const headers = { 'retry-after': '3600' };
    github.injectFault({ match: /POST .*comments/, status: 403, headers, body, times: 9 });
    const run = await runOnPullRequest(pull, github, {
      ...LIMITED,
      status: 'commit-status',
      upload: 'false',
    });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('improved');
    expect(
      github.requests.filter(({ path, method }) => /comments/.test(path) && method === 'POST'),
    ).toHaveLength(1);
    expect(github.statuses(pull.headSha)[0].state).toBe('success');
    expect(run.annotations).toEqual([
      { level: 'notice', message: expect.stringContaining('asks to wait 3600 s') },
    ]);
    expect(github.violations).toEqual([]);
  });

  it('C21: names the permission that is missing, once, and goes by the verdict', async () => {
    const pull = openPullRequest(unoptimised(LARGE), unoptimised(SMALL));
    await using results = await startResultsService();
    await using github = await startGitHub({ mayWrite: [], results });
    const { number, baseSha, headSha, mergeSha } = pull;
    const event = pullRequestEvent({ number, baseSha, headSha, mergeSha, fork: true });
    const inputs = { ...BUILD_AND_RUN, status: 'commit-status' };
    const run = await runOnPullRequest(pull, github, inputs, { event, resultsUrl: results.url });
    expect(results.artifacts().map(({ name }) => name)).toEqual([
      'memtrack-default-a1.html',
      'memtrack-default-a1-data',
    ]);
    expect(run.outputs['report-url']).toContain(`/artifacts/${results.artifacts()[0].id}`);
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('improved');
    expect(run.summary).toContain(run.outputs.headline);
    const notices = run.annotations.filter(({ level }) => level === 'notice');
    expect(notices).toHaveLength(1);
    expect(notices[0].message).toContain('statuses: write');
    expect(notices[0].message).toContain('pull-requests: write');
  });

  it('concludes as failed when head cannot be measured', async () => {
    const pull = openPullRequest(unoptimised(SMALL), unoptimised('int main( {'));
    await using github = await startGitHubWith(pull);
    const run = await runOnPullRequest(pull, github, { ...BUILD_AND_RUN, status: 'check-run' });
    expect(run.exitCode).toBe(1);
    expect(github.checkRuns(pull.headSha)[0].checkRun).toMatchObject({
      status: 'completed',
      conclusion: 'failure',
    });
  });
});

describe('a mistake in the workflow', () => {
  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['two inputs', { metric: 'size', run: 'ls', runs: 'x' }, /^2 problems, the first: .*`(runs|metric)` is/],
    ['the base', { base: 'nowhere', run: 'ls' }, /^base: "nowhere" is no commit, branch or tag/],
    ['the config file', { config: 'there.yml' }, /^input `config` is "there\.yml".*no such file/],
  ])('is told to the commit that waits for a check: %s', async (_name, inputs, title) => {
    const pull = openPullRequest({ 'README.md': 'one' }, { 'README.md': 'two' });
    await using github = await startGitHubWith(pull);
    for (const status of ['commit-status', 'check-run']) {
      const run = await runOnPullRequest(pull, github, { ...inputs, status });
      expect(run.exitCode).toBe(1);
      expect(run.outputs.verdict).toBe('failed');
    }
    expect(github.statuses(pull.headSha)).toEqual([
      expect.objectContaining({ state: 'error', description: expect.stringMatching(title) }),
    ]);
    expect(github.checkRuns(pull.headSha).map(({ checkRun }) => checkRun)).toEqual([
      expect.objectContaining({
        ...{ status: 'completed', conclusion: 'failure' },
        output: expect.objectContaining({ title: expect.stringMatching(title) }),
      }),
    ]);
    expect(github.statuses(pull.mergeSha)).toEqual([]);
    expect(github.violations).toEqual([]);
  });
});

describe('a runner that is not as it should be', () => {
  it('gets all outputs and one error where nothing can be written', async () => {
    const pull = openPullRequest({ 'README.md': 'one' }, { 'README.md': 'two' });
    await using github = await startGitHubWith(pull);
    const environment = { RUNNER_TEMP: join(pull.temp, 'nowhere') };
    const run = await runOnPullRequest(pull, github, { run: 'ls' }, { environment });
    expect(run.exitCode).toBe(1);
    expect(Object.keys(run.outputs).toSorted()).toEqual([...OUTPUT_NAMES].toSorted());
    expect(run.outputs.verdict).toBe('failed');
    expect(run.annotations).toEqual([{ level: 'error', message: expect.stringContaining('nowhere') }]);
  });

  it('gets its verdict and its check, though there is no job summary to write to', async () => {
    const pull = openPullRequest({ 'README.md': 'one' }, { 'README.md': 'two' });
    await using github = await startGitHubWith(pull);
    const inputs = { run: 'ls', status: 'commit-status', upload: 'false' };
    const environment = { GITHUB_STEP_SUMMARY: join(pull.temp, 'nowhere', 'summary') };
    const run = await runOnPullRequest(pull, github, inputs, { environment });
    expect(run.exitCode, run.log).toBe(0);
    expect(github.statuses(pull.headSha)[0].state).toBe('success');
    expect(run.annotations).toEqual([
      { level: 'notice', message: expect.stringMatching(/^The job summary could not be written: /) },
    ]);
  });
});

describe('growth that somebody accepts', () => {
  it('passes with the label, and everybody sees who put it there', async () => {
    const pull = openPullRequest(unoptimised(SMALL), unoptimised(LARGE));
    await using github = await startGitHubWith(pull);
    github.changeLabel(7, 'labeled', 'memory-accepted');
    const run = await runOnPullRequest(pull, github, { ...LIMITED, status: 'commit-status' });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('grew');
    const comment = github.comments(7)[0].body ?? '';
    expect(comment).toMatch(/accepted the growth with the label/);
    expect(comment).toContain('memory-accepted');
    expect(github.statuses(pull.headSha)[0]).toMatchObject({ state: 'success' });
    expect(github.violations).toEqual([]);
  });

  it('does not pass over a budget', async () => {
    const pull = openPullRequest(unoptimised(SMALL), unoptimised(LARGE));
    await using github = await startGitHubWith(pull);
    github.changeLabel(7, 'labeled', 'memory-accepted');
    const run = await runOnPullRequest(pull, github, { ...LIMITED, budget: 'allocated: 10 kB' });
    expect(run.exitCode).toBe(1);
    expect(run.outputs.verdict).toBe('regressed');
    expect(github.comments(7)[0].body).toContain('a budget holds all the same');
  });

  it('does not pass once the label is gone, whatever the event said', async () => {
    const pull = openPullRequest(unoptimised(SMALL), unoptimised(LARGE));
    await using github = await startGitHubWith(pull);
    github.changeLabel(7, 'labeled', 'memory-accepted');
    github.changeLabel(7, 'unlabeled', 'memory-accepted');
    const run = await runOnPullRequest(pull, github, LIMITED);
    expect(run.exitCode).toBe(1);
  });
});

describe('cancelling', () => {
  const THREE_LEVELS = `bash -c 'setsid bash -c "echo deep; sleep 300" & sleep 300; true'`;
  /** The post step finds no event any more. */
  const NO_EVENT = 'echo "{" > "$RUNNER_TEMP/_github_workflow/event.json"';

  it('C26: ends everything within six seconds, and the post step concludes the check', async () => {
    const pull = openPullRequest(unoptimised(SMALL), unoptimised(LARGE));
    await using github = await startGitHubWith(pull);
    const run = await runOnPullRequest(
      pull,
      github,
      { ...BUILD_AND_RUN, build: `${NO_EVENT}\n${THREE_LEVELS}`, status: 'check-run' },
      { signalAfter: { line: /deep$/ }, environment: { RUNNER_DEBUG: '1' } },
    );
    expect(run.conclusion).toBe('cancelled');
    expect(run.exitCode).not.toBe(0);
    expect(run.outputs.verdict).toBe('cancelled');
    expect(run.orphans).toEqual([]);
    expect(run.postExitCode).toBe(0);
    expect(github.checkRuns(pull.headSha)[0].checkRun).toMatchObject({
      status: 'completed',
      conclusion: 'cancelled',
    });
    expect(existsSync(join(pull.temp, 'memtrack'))).toBe(false);
    expect(readdirSync(pull.temp).filter((name) => name.startsWith('memtrack'))).toEqual([]);
    expect(github.violations).toEqual([]);
  });
});
