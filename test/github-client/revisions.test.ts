import { expect, test } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { parseEvent } from '../../src/github/event.ts';
import { chooseRevisions, type LocalHistory, type RevisionOptions } from '../../src/github/revisions.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { openRepository } from '../../src/workspace/git.ts';
import {
  type GitHubEvent,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  workflowDispatchEvent,
} from '../github/events.ts';
import { startGitHubApiServer } from '../github/github-api-server.ts';
import { commitFiles, createRepository, git, gitContext } from '../workspace/git-repositories.ts';

/** main: fork point, tip; feature: head; merge: the test merge of both. */
async function historyOfPullRequest() {
  const directory = createRepository();
  const forkPoint = commitFiles(directory, { a: '1' });
  git(directory, 'checkout', '--quiet', '-b', 'feature');
  const head = commitFiles(directory, { b: '1' });
  git(directory, 'checkout', '--quiet', 'main');
  const tip = commitFiles(directory, { c: '1' });
  git(directory, 'checkout', '--quiet', '--detach');
  git(directory, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'feature');
  const merge = git(directory, 'rev-parse', 'HEAD');
  const history = await openRepository(directory, gitContext());
  const event = pullRequestEvent({
    number: 1,
    baseSha: tip,
    headSha: head,
    baseRef: 'main',
    headRef: 'feature',
  });
  return { directory, history, event, forkPoint, head, tip, merge };
}

function choose(event: GitHubEvent, history: LocalHistory, more: Partial<RevisionOptions> = {}) {
  const parsed = parseEvent({ ...event, repository: 'octo-org/octo-repo' });
  return chooseRevisions({ event: parsed, history, client: null, base: null, ...more });
}

function clientFor(url: string) {
  return createGitHubClient({
    token: 'ghs_token',
    apiUrl: url,
    log: SILENT_LOG,
    signal: new AbortController().signal,
  });
}

test('measures the test merge against its first parent, and posts to the head of the pull request', async () => {
  const { history, event, tip, merge, head } = await historyOfPullRequest();
  expect(await choose(event, history)).toEqual({
    base: { sha: tip, label: 'main' },
    head: { sha: merge, label: 'feature' },
    postSha: head,
    notes: [],
  });
});

test('measures a checked-out head against the merge base', async () => {
  const { directory, history, event, forkPoint, head } = await historyOfPullRequest();
  git(directory, 'checkout', '--quiet', 'feature');
  expect(await choose(event, history)).toEqual({
    base: { sha: forkPoint, label: 'main' },
    head: { sha: head, label: 'feature' },
    postSha: head,
    notes: [],
  });
});

test('lets GitHub say what the merge base is, since the clone may not know', async () => {
  const { directory, history, event, head, tip } = await historyOfPullRequest();
  git(directory, 'checkout', '--quiet', 'feature');
  const mergeBaseSha = 'e'.repeat(40);
  await using server = await startGitHubApiServer({
    comparisons: { [`${tip}...${head}`]: { mergeBaseSha } },
  });
  const chosen = await choose(event, history, { client: clientFor(server.url) });
  expect(chosen.base).toEqual({ sha: mergeBaseSha, label: 'main' });
  expect(server.violations).toEqual([]);
});

test('asks the clone when GitHub does not know', async () => {
  const { directory, history, event, forkPoint } = await historyOfPullRequest();
  git(directory, 'checkout', '--quiet', 'feature');
  await using server = await startGitHubApiServer();
  const chosen = await choose(event, history, { client: clientFor(server.url) });
  expect(chosen.base?.sha).toBe(forkPoint);
});

test('falls back to the tip of the base branch, and says so', async () => {
  const { directory, history, head } = await historyOfPullRequest();
  git(directory, 'checkout', '--quiet', 'feature');
  const baseSha = 'd'.repeat(40);
  const chosen = await choose(
    pullRequestEvent({ number: 1, baseSha, headSha: head, baseRef: 'main' }),
    history,
  );
  expect(chosen.base?.sha).toBe(baseSha);
  expect(chosen.notes).toEqual([expect.stringMatching(/^Where this branch left main is not known/)]);
});

test('measures the head of the pull request when something else is checked out, and says so', async () => {
  const { directory, history, event, head, forkPoint } = await historyOfPullRequest();
  git(directory, 'checkout', '--quiet', 'main');
  const chosen = await choose(event, history);
  expect([chosen.base?.sha, chosen.head.sha, chosen.postSha]).toEqual([forkPoint, head, head]);
  expect(chosen.notes).toEqual([
    expect.stringMatching(/neither the head of this pull request nor its test merge/),
  ]);
});

test('takes both commits of a push and of a merge group from the event', async () => {
  const { history, tip, forkPoint } = await historyOfPullRequest();
  const push = await choose(pushEvent({ branch: 'main', before: forkPoint, after: tip }), history);
  expect([push.base?.sha, push.head, push.postSha]).toEqual([forkPoint, { sha: tip, label: 'main' }, tip]);
  const group = await choose(mergeGroupEvent({ baseSha: forkPoint, headSha: tip }), history);
  expect([group.base, group.head.sha, group.postSha]).toEqual([{ sha: forkPoint, label: 'main' }, tip, tip]);
});

test('compares a new branch, and a run by hand, with where it left the default branch', async () => {
  const { directory, history, head } = await historyOfPullRequest();
  git(directory, 'checkout', '--quiet', 'feature');
  const mergeBaseSha = 'e'.repeat(40);
  await using server = await startGitHubApiServer({ comparisons: { [`trunk...${head}`]: { mergeBaseSha } } });
  const client = clientFor(server.url);
  for (const { name, payload } of [
    pushEvent({ branch: 'feature', before: '0'.repeat(40), after: head }),
    workflowDispatchEvent({ branch: 'feature' }),
  ]) {
    const event = { name, payload: { ...payload, repository: { default_branch: 'trunk' } } } as GitHubEvent;
    expect((await choose(event, history, { client })).base).toEqual({ sha: mergeBaseSha, label: 'trunk' });
  }
});

test('has no base on the default branch itself, unless one is named', async () => {
  const { directory, history, tip, forkPoint } = await historyOfPullRequest();
  git(directory, 'checkout', '--quiet', 'main');
  const { name, payload } = workflowDispatchEvent({ branch: 'trunk' });
  const event = { name, payload: { ...payload, repository: { default_branch: 'trunk' } } } as GitHubEvent;
  const chosen = await choose(event, history);
  expect([chosen.base, chosen.head.sha]).toEqual([null, tip]);
  expect(chosen.notes[0]).toMatch(/The input `base` can name a commit/);
  expect((await choose(event, history, { base: 'HEAD~1' })).base).toEqual({
    sha: forkPoint,
    label: 'HEAD~1',
  });
});

test('a base that the user names wins', async () => {
  const { history, event, forkPoint, merge } = await historyOfPullRequest();
  const base = async (name: string, more: Partial<RevisionOptions> = {}) =>
    (await choose(event, history, { base: name, ...more })).base;
  expect(await base('none')).toBeNull();
  expect(await base('main~1')).toEqual({ sha: forkPoint, label: 'main~1' });
  expect(await base('f'.repeat(40))).toEqual({ sha: 'f'.repeat(40), label: 'ffffffffffff' });
  const resolveRemoteName = async (name: string) => (name === 'v1' ? merge : null);
  expect(await base('v1', { resolveRemoteName })).toEqual({ sha: merge, label: 'v1' });
  await expect(base('v2', { resolveRemoteName })).rejects.toThrow(/^base: "v2" is no commit, branch or tag/);
  await expect(base('--upload-pack=touch${IFS}x')).rejects.toThrow(/^base: "--upload-pack=.*is not the name/);
});
