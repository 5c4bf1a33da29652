import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { type MeasurableEvent, parseEvent } from '../../src/github/event.ts';
import { chooseRevisions, type LocalHistory, type RevisionOptions } from '../../src/github/revisions.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { fetchCommit } from '../../src/workspace/remote.ts';
import { openRepository, type Repository } from '../../src/workspace/repository.ts';
import {
  type GitHubEvent,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  workflowDispatchEvent,
} from '../github/events.ts';
import { type GitHubApiServer, startGitHubApiServer } from '../github/github-api-server.ts';
import {
  commitFiles,
  createRepository,
  git,
  gitContext,
  temporaryDirectory,
} from '../workspace/git-repositories.ts';

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

async function shallowClone(directory: string, branch: string): Promise<Repository> {
  const clone = join(temporaryDirectory(), 'clone');
  git(directory, 'clone', '--quiet', '--depth=1', '--branch', branch, `file://${directory}`, clone);
  return openRepository(clone, gitContext());
}

async function fullClone(directory: string): Promise<Repository> {
  const clone = join(temporaryDirectory(), 'clone');
  git(directory, 'clone', '--quiet', directory, clone);
  return openRepository(clone, gitContext());
}

function inDefaultBranch({ name, payload }: GitHubEvent, defaultBranch: string): GitHubEvent {
  return { name, payload: { ...payload, repository: { default_branch: defaultBranch } } };
}

/** What GitHub says when it is asked to compare two histories that never met. */
function injectNoCommonAncestor(server: GitHubApiServer): void {
  const body = { message: 'No common ancestor between one and other.' };
  server.injectFault({ match: /compare/, status: 404, body });
}

function choose(event: GitHubEvent, history: LocalHistory, more: Partial<RevisionOptions> = {}) {
  const parsed = parseEvent({ ...event, repository: 'octo-org/octo-repo' }) as MeasurableEvent;
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

test('compares a head that has nothing in common with its base branch with the tip of that', async () => {
  const { directory, history, head } = await historyOfPullRequest();
  git(directory, 'checkout', '--quiet', '--orphan', 'alien');
  const baseSha = commitFiles(directory, { z: '1' });
  git(directory, 'checkout', '--quiet', 'feature');
  const event = pullRequestEvent({ number: 1, baseSha, headSha: head, baseRef: 'alien' });
  const expected = {
    base: { sha: baseSha, label: 'alien' },
    notes: [expect.stringMatching(/^This branch and alien have no commit in common/)],
  };
  expect(await choose(event, history)).toMatchObject(expected);
  await using server = await startGitHubApiServer();
  injectNoCommonAncestor(server);
  expect(await choose(event, history, { client: clientFor(server.url) })).toMatchObject(expected);
  expect(server.violations).toEqual([]);
});

test('does without the API when it refuses', async () => {
  const { directory, history, event, forkPoint } = await historyOfPullRequest();
  git(directory, 'checkout', '--quiet', 'feature');
  await using server = await startGitHubApiServer();
  server.injectFault({ match: /compare/, status: 403, body: { message: 'Resource not accessible' } });
  const chosen = await choose(event, history, { client: clientFor(server.url) });
  expect(chosen.base?.sha).toBe(forkPoint);
});

test('a checkout of depth 1 is enough for the test merge, and for a head whose merge base GitHub knows', async () => {
  const { directory, event, forkPoint, head, tip, merge } = await historyOfPullRequest();
  git(directory, 'branch', 'pull', merge);
  const ofMerge = await choose(event, await shallowClone(directory, 'pull'));
  expect([ofMerge.base?.sha, ofMerge.head.sha, ofMerge.postSha]).toEqual([tip, merge, head]);

  const shallow = await shallowClone(directory, 'feature');
  const comparisons = { [`${tip}...${head}`]: { mergeBaseSha: forkPoint } };
  await using server = await startGitHubApiServer({ comparisons });
  const ofHead = await choose(event, shallow, { client: clientFor(server.url) });
  expect([ofHead.base?.sha, ofHead.head.sha]).toEqual([forkPoint, head]);
  expect((await choose(event, shallow)).notes).toEqual([expect.stringMatching(/left main is not known/)]);
  expect(server.violations).toEqual([]);
});

test('measures the commits of the event when it is run again, though the pull request has moved on', async () => {
  const { directory, event, history, head, forkPoint } = await historyOfPullRequest();
  git(directory, 'checkout', '--quiet', 'feature');
  commitFiles(directory, { newer: '1' });
  const chosen = await choose(event, history);
  expect([chosen.base?.sha, chosen.head.sha, chosen.postSha]).toEqual([forkPoint, head, head]);
});

test('C28: takes both commits of a push and of a merge group from the event', async () => {
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

test('compares what is on the default branch already with its first parent', async () => {
  const { directory, forkPoint, tip, merge } = await historyOfPullRequest();
  const main = await shallowClone(directory, 'main');
  for (const event of [
    inDefaultBranch(workflowDispatchEvent({ branch: 'main' }), 'main'),
    // GitHub may leave the repository out of what it says about a schedule.
    { name: 'schedule', payload: { schedule: '0 0 * * *' } } as unknown as GitHubEvent,
    inDefaultBranch(pushEvent({ branch: 'main', after: tip }), 'main'),
  ]) {
    const chosen = await choose(event, main);
    expect([chosen.base?.sha, chosen.head.sha, chosen.notes]).toEqual([forkPoint, tip, []]);
    expect(chosen.base?.label).toMatch(/~1$/);
  }
  git(directory, 'branch', '--force', 'main', merge);
  git(directory, 'checkout', '--quiet', merge);
  const history = await openRepository(directory, gitContext());
  const afterMerge = await choose(
    inDefaultBranch(workflowDispatchEvent({ branch: 'main' }), 'main'),
    history,
  );
  expect(afterMerge.base).toEqual({ sha: tip, label: 'main~1' });
});

test('a tag of a commit on the default branch is compared with the commit before', async () => {
  const { directory, forkPoint, tip } = await historyOfPullRequest();
  const clone = await fullClone(directory);
  const event = inDefaultBranch(pushEvent({ after: tip }), 'main');
  const tagged = { ...event, payload: { ...event.payload, ref: 'refs/tags/main' } };
  expect((await choose(tagged, clone)).base).toEqual({ sha: forkPoint, label: 'main~1' });
});

describe('has no base, and says why,', () => {
  test('for the first commit of a repository', async () => {
    const directory = createRepository();
    const first = commitFiles(directory, { a: '1' });
    const history = await openRepository(directory, gitContext());
    const event = inDefaultBranch(pushEvent({ branch: 'main', after: first }), 'main');
    expect(await choose(event, history)).toMatchObject({
      base: null,
      head: { sha: first },
      notes: [
        `No comparison: ${first.slice(0, 12)} is the first commit of main. The input \`base\` can name a commit to compare with.`,
      ],
    });
  });

  test('for a branch that has nothing in common with the default branch', async () => {
    const { directory } = await historyOfPullRequest();
    git(directory, 'checkout', '--quiet', '--orphan', 'alien');
    const after = commitFiles(directory, { z: '1' });
    const event = inDefaultBranch(pushEvent({ branch: 'alien', after }), 'main');
    const note = /^No comparison: alien and main have no commit in common\. The input/;
    const clone = await fullClone(directory);
    expect(await choose(event, clone)).toMatchObject({ base: null, notes: [expect.stringMatching(note)] });

    await using server = await startGitHubApiServer();
    injectNoCommonAncestor(server);
    const client = clientFor(server.url);
    const asked = await choose(event, await shallowClone(directory, 'alien'), { client });
    expect(asked).toMatchObject({ base: null, notes: [expect.stringMatching(note)] });
  });

  test('for a new branch when neither GitHub nor the clone knows where it came from', async () => {
    const { directory, head } = await historyOfPullRequest();
    const event = inDefaultBranch(pushEvent({ branch: 'feature', after: head }), 'main');
    const chosen = await choose(event, await shallowClone(directory, 'feature'));
    expect(chosen).toMatchObject({
      base: null,
      notes: [
        expect.stringMatching(/^No comparison: where feature left main is not known: .*fetch-depth: 0/),
      ],
    });
  });

  test('T08: for a default branch whose name git would take for an option', async () => {
    const { directory, history, head } = await historyOfPullRequest();
    git(directory, 'checkout', '--quiet', 'feature');
    for (const name of ['--upload-pack=touch pwned', 'x'.repeat(900), 'a b']) {
      const event = inDefaultBranch(pushEvent({ branch: 'feature', after: head }), name);
      expect(await choose(event, history)).toMatchObject({ base: null, notes: [expect.any(String)] });
    }
  });
});

describe('after a force push', () => {
  /** The remote has main with `tip`; `gone` was pushed away and collected. */
  async function forcePushed() {
    const { directory, forkPoint, tip, head } = await historyOfPullRequest();
    const remote = join(temporaryDirectory(), 'remote.git');
    git(directory, 'clone', '--quiet', '--bare', `file://${directory}`, remote);
    const clone = await shallowClone(remote, 'main');
    const store = temporaryDirectory();
    const access = { token: null, serverUrl: 'https://github.com' };
    const fetch = (sha: string) => fetchCommit(clone, sha, store, access);
    return { clone, forkPoint, tip, head, fetch };
  }

  test('what the branch was before is fetched, as long as the remote has it', async () => {
    const { clone, tip, head, fetch } = await forcePushed();
    const event = inDefaultBranch(
      pushEvent({ branch: 'main', before: head, after: tip, forced: true }),
      'main',
    );
    const chosen = await choose(event, clone, { fetchCommit: fetch });
    expect(chosen).toMatchObject({ base: { sha: head, label: 'main before' }, notes: [] });
    expect(await clone.hasCommit(head)).toBe(true);
  });

  test('the next best commit is taken when it is gone', async () => {
    const { clone, tip, forkPoint, fetch } = await forcePushed();
    const before = 'd'.repeat(40);
    const onMain = inDefaultBranch(pushEvent({ branch: 'main', before, after: tip, forced: true }), 'main');
    expect(await choose(onMain, clone, { fetchCommit: fetch })).toMatchObject({
      base: { sha: forkPoint, label: 'main~1' },
      notes: [
        'dddddddddddd, which main was at before this push, cannot be had any more, as happens after a force push: it is compared with main~1 instead.',
      ],
    });

    await using server = await startGitHubApiServer({
      comparisons: { [`trunk...${tip}`]: { mergeBaseSha: forkPoint } },
    });
    const onBranch = inDefaultBranch(pushEvent({ branch: 'main', before, after: tip }), 'trunk');
    const client = clientFor(server.url);
    expect((await choose(onBranch, clone, { client, fetchCommit: fetch })).base).toEqual({
      sha: forkPoint,
      label: 'trunk',
    });
    expect(server.violations).toEqual([]);
  });

  test('there is no comparison, and a reason, when nothing else is known', async () => {
    const { clone, tip, fetch } = await forcePushed();
    const event = inDefaultBranch(pushEvent({ branch: 'main', before: 'd'.repeat(40), after: tip }), 'trunk');
    expect(await choose(event, clone, { fetchCommit: fetch })).toMatchObject({
      base: null,
      notes: [
        expect.stringMatching(/^dddddddddddd, which main was at .* force push\.$/),
        expect.stringMatching(/^No comparison: where main left trunk is not known/),
      ],
    });
  });
});

test('T08: a base that git would take for an option is refused before git sees it', async () => {
  const { directory, event } = await historyOfPullRequest();
  const calls: string[] = [];
  const log = { ...SILENT_LOG, debug: (line: string) => void calls.push(line) };
  const history = await openRepository(directory, { ...gitContext(), log });
  for (const base of ['--upload-pack=touch${IFS}x', '-c', 'ext::sh -c x', 'a..b', '$(touch x)']) {
    await expect(choose(event, history, { base })).rejects.toThrow(/^base: ".*is not the name of a commit/);
  }
  expect(calls.length).toBeGreaterThan(0);
  expect(calls.join('\n')).not.toMatch(/upload-pack|ext::|touch|a\.\.b/);
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
});
