import { expect, test } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { parseEvent, type WorkflowRunEvent } from '../../src/github/event.ts';
import { type FindPullRequestOptions, findPullRequest } from '../../src/github/find-pull-request.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { type WorkflowRunEventOptions, workflowRunEvent } from '../github/events.ts';
import { type GitHubApiServer, startGitHubApiServer } from '../github/github-api-server.ts';
import { FORK_ID, REPOSITORY_ID } from '../github/identities.ts';
import type { PullRequestSeed } from '../github/repository-state.ts';

const MAIN = { ref: 'main', sha: 'a'.repeat(40) };
const HEAD_SHA = 'b'.repeat(40);
const FORK = { ref: 'changes', sha: HEAD_SHA, in: 'fork' } as const;

function run(options: Partial<WorkflowRunEventOptions> = {}): WorkflowRunEvent {
  const event = workflowRunEvent({ headSha: HEAD_SHA, headBranch: 'changes', fork: true, ...options });
  return parseEvent({ ...event, repository: 'octo-org/octo-repo' }) as WorkflowRunEvent;
}

const start = (...pulls: PullRequestSeed[]) => startGitHubApiServer({ pulls });

function find(server: GitHubApiServer, options: Partial<FindPullRequestOptions> = {}) {
  return findPullRequest({
    client: createGitHubClient({
      token: 'ghs_token',
      apiUrl: server.url,
      log: SILENT_LOG,
      signal: new AbortController().signal,
    }),
    owner: 'octo-org',
    repository: 'octo-repo',
    repositoryId: REPOSITORY_ID,
    run: run(),
    ...options,
  });
}

const numbers = (found: Awaited<ReturnType<typeof find>>) => found.pulls.map(({ number }) => number);

test("C17: finds the pull request by the run's commit and fork", async () => {
  await using server = await start(
    { number: 1, base: MAIN, head: { ref: 'other', sha: 'c'.repeat(40) } },
    { number: 42, base: MAIN, head: FORK, labels: ['memory-accepted'], draft: true },
  );
  const found = await find(server);
  expect(found).toEqual({
    outcome: 'found',
    pulls: [
      {
        number: 42,
        headSha: HEAD_SHA,
        baseSha: MAIN.sha,
        baseRef: 'main',
        headRef: 'changes',
        isFork: true,
        isDraft: true,
        labels: ['memory-accepted'],
        htmlUrl: 'https://github.com/octo-org/octo-repo/pull/42',
      },
    ],
    reason: null,
  });
  expect(server.requests).toHaveLength(1);
  expect(server.violations).toEqual([]);
});

test('T17: a fork is not taken for another repository with the same branch and commit', async () => {
  await using server = await start(
    { number: 1, base: MAIN, head: { ...FORK, in: 'repository' } },
    { number: 2, base: MAIN, head: { ...FORK, repositoryId: FORK_ID + 1 } },
    { number: 3, base: MAIN, head: { ...FORK, in: 'deleted' } },
  );
  expect(await find(server)).toMatchObject({ outcome: 'stale', pulls: [] });
  expect(numbers(await find(server, { run: run({ fork: false }) }))).toEqual([1]);
  expect(server.violations).toEqual([]);
});

test('T17: what GitHub lists is looked at once more: it has to be open, and for this repository', async () => {
  await using server = await start({ number: 7, base: MAIN, head: FORK });
  const address = `${server.url}/repos/octo-org/octo-repo/pulls?state=open`;
  const [pull] = (await (await fetch(address)).json()) as { base: { repo: object } }[];
  for (const other of [
    { ...pull, state: 'closed' },
    { ...pull, base: { ...pull.base, repo: { ...pull.base.repo, id: 1 } } },
  ]) {
    server.injectFault({ match: /GET .*pulls/, status: 200, body: [other] });
    expect(await find(server)).toMatchObject({ outcome: 'stale', pulls: [] });
  }
  expect(numbers(await find(server))).toEqual([7]);
});

test('C18, T18: there is none when the head has moved on or the pull request was closed', async () => {
  await using server = await start({ number: 7, base: MAIN, head: { ...FORK, sha: 'd'.repeat(40) } });
  const stale = await find(server);
  expect(stale).toMatchObject({ outcome: 'stale', pulls: [] });
  expect(stale.reason).toMatch(/^No open pull request has bbbbbbbbbbbb as its head: it was closed, or/);
  server.addPull({ number: 7, base: MAIN, head: FORK, state: 'closed' });
  expect((await find(server)).outcome).toBe('stale');
  server.addPull({ number: 7, base: MAIN, head: FORK });
  expect(numbers(await find(server))).toEqual([7]);
  expect(server.violations).toEqual([]);
});

test('of several with the same head it is all of them', async () => {
  await using server = await start(
    { number: 4, base: MAIN, head: FORK },
    { number: 5, base: { ref: 'v1', sha: 'e'.repeat(40) }, head: FORK },
    { number: 6, base: MAIN, head: { ...FORK, ref: 'unrelated' } },
  );
  expect(numbers(await find(server)).sort()).toEqual([4, 5]);
});

test('C28: runs of a merge queue and of pushes are of no pull request, and GitHub is not asked', async () => {
  await using server = await start({ number: 4, base: MAIN, head: { ...FORK, in: 'repository' } });
  for (const event of ['merge_group', 'push'] as const) {
    const found = await find(server, { run: run({ event, fork: false }) });
    expect(found).toMatchObject({ outcome: 'no-pull-request', pulls: [] });
    expect(found.reason).toContain(`started by \`${event}\``);
  }
  const elsewhere = await find(server, { repositoryId: 5 });
  expect(elsewhere.outcome).toBe('no-pull-request');
  expect(server.requests).toEqual([]);
});

test('there is none of a fork that was deleted', async () => {
  await using server = await start({ number: 4, base: MAIN, head: { ...FORK, in: 'deleted' } });
  const found = await find(server, { run: run({ fork: { isDeleted: true } }) });
  expect(found).toMatchObject({
    outcome: 'head-repository-gone',
    reason: expect.stringContaining('deleted'),
  });
  expect(server.requests).toEqual([]);
});

test.each([
  'a";touch${IFS}pwned;"',
  '$(id)`id`',
  'a&state=closed&head=octo-org:main',
  'a#b?c=%2F+d',
  'größe/🦀',
])('C04: asks for the branch %j as it is called', async (ref) => {
  await using server = await start({ number: 9, base: MAIN, head: { ...FORK, ref } });
  expect(numbers(await find(server, { run: run({ headBranch: ref }) }))).toEqual([9]);
  const query = new URLSearchParams(server.requests[0].query);
  expect(Object.fromEntries(query)).toEqual({ state: 'open', head: `contributor:${ref}`, per_page: '100' });
  expect(server.violations).toEqual([]);
});

test('names the permission when GitHub refuses', async () => {
  await using server = await start();
  const body = { message: 'Resource not accessible by integration' };
  server.injectFault({ match: /pulls/, status: 403, body });
  const found = await find(server);
  expect(found).toMatchObject({
    outcome: 'unknown',
    reason: expect.stringContaining('`pull-requests: read`'),
  });
});
