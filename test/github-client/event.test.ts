import { describe, expect, test } from 'vitest';
import { parseEvent, queuedPullRequest, refuseUntrustedEvent } from '../../src/github/event.ts';
import {
  deletingPushEvent,
  type GitHubEvent,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  workflowDispatchEvent,
  workflowRunEvent,
} from '../github/events.ts';
import { FORK_ID, REPOSITORY_ID } from '../github/identities.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const parse = (event: GitHubEvent) => parseEvent({ ...event, repository: 'octo-org/octo-repo' });

describe('a pull request', () => {
  const ours = { number: 7, baseSha: A, headSha: B, baseRef: 'main', headRef: 'faster' };

  test('is read with all that decides what is measured', () => {
    expect(parse(pullRequestEvent({ ...ours, labels: ['memory-accepted'] }))).toEqual({
      kind: 'pull_request',
      owner: 'octo-org',
      repository: 'octo-repo',
      repositoryId: REPOSITORY_ID,
      isPrivate: false,
      defaultBranch: 'main',
      action: 'synchronize',
      number: 7,
      baseSha: A,
      headSha: B,
      baseRef: 'main',
      headRef: 'faster',
      isFork: false,
      labels: ['memory-accepted'],
      isDraft: false,
      htmlUrl: expect.stringContaining('https://github.com/octo-org/octo-repo/pull/7'),
    });
  });

  test('that was closed has nothing to measure, but a number whose images can go', () => {
    expect(parse(pullRequestEvent({ ...ours, action: 'closed', fork: true }))).toEqual({
      kind: 'pull_request_closed',
      owner: 'octo-org',
      repository: 'octo-repo',
      repositoryId: REPOSITORY_ID,
      isPrivate: false,
      defaultBranch: 'main',
      number: 7,
      headSha: B,
      isFork: true,
      htmlUrl: expect.stringContaining('/pull/7'),
      reason: 'Pull request #7 was closed: there is nothing to measure.',
    });
  });

  test('that got a label is measured like any other, and says what happened', () => {
    expect(parse(pullRequestEvent({ ...ours, action: 'labeled', labels: ['slow'] }))).toMatchObject({
      kind: 'pull_request',
      action: 'labeled',
      labels: ['slow'],
    });
  });

  test('C28: that is a draft is measured like any other', () => {
    const event = structuredClone(pullRequestEvent(ours));
    (event.payload as { pull_request: { draft: boolean } }).pull_request.draft = true;
    expect(parse(event)).toMatchObject({ kind: 'pull_request', isDraft: true, headSha: B });
  });

  test('is from a fork when its branch is in another repository, or in one that is gone', () => {
    const event = pullRequestEvent({ ...ours, fork: true });
    expect(parse(event)).toMatchObject({ isFork: true });
    const payload = structuredClone(event.payload) as { pull_request: { head: { repo: unknown } } };
    payload.pull_request.head.repo = null;
    expect(parse({ name: 'pull_request', payload: payload as never })).toMatchObject({ isFork: true });
  });

  test.each([
    [
      'pull_request.head.sha',
      '--upload-pack=x',
      /pull_request\.head\.sha should be a commit id.*"--upload-pack=x"/,
    ],
    ['pull_request.base.sha', undefined, /pull_request\.base\.sha should be a commit id.*but is nothing/],
    ['pull_request.number', '7', /pull_request\.number should be a positive number, but is "7"/],
    ['pull_request.number', Number.POSITIVE_INFINITY, /pull_request\.number/],
    ['pull_request.head.ref', 'a\nb', /pull_request\.head\.ref should be a text/],
    ['pull_request.html_url', 'javascript:alert(1)', /pull_request\.html_url should be an address/],
    ['pull_request', null, /is not as GitHub writes it/],
  ])('with an odd %s is refused', (path, value, message) => {
    const event = structuredClone(pullRequestEvent(ours));
    const keys = path.split('.');
    const last = keys.pop()!;
    const parent = keys.reduce<Record<string, unknown>>(
      (at, key) => at[key] as never,
      event.payload as never,
    );
    parent[last] = value;
    expect(() => parse(event)).toThrow(message);
  });

  test('C04: takes branch names that a shell would trip over as they are', () => {
    const headRef = 'a";touch${IFS}pwned;"';
    expect(parse(pullRequestEvent({ ...ours, headRef }))).toMatchObject({ headRef });
  });
});

test('a push has a commit before it, unless the branch is new', () => {
  const branch = 'main';
  expect(parse(pushEvent({ branch, before: A, after: B }))).toMatchObject({
    kind: 'push',
    before: A,
    after: B,
    ref: 'refs/heads/main',
  });
  expect(parse(pushEvent({ branch, before: '0'.repeat(40), after: B }))).toMatchObject({ before: null });
});

test('a push of an annotated tag is about the commit, and not about the tag', () => {
  const { payload } = pushEvent({ after: A });
  const tag = { ...payload, ref: 'refs/tags/v1.0', after: B };
  expect(parse({ name: 'push', payload: tag })).toMatchObject({ after: A, ref: 'refs/tags/v1.0' });
  expect(parse({ name: 'push', payload: { ...tag, head_commit: null } })).toMatchObject({ after: B });
  expect(parse({ name: 'push', payload: { ...tag, ref: 'refs/heads/main' } })).toMatchObject({ after: B });
});

test('a push that deletes something has nothing to measure, which is no error', () => {
  expect(parse(deletingPushEvent())).toMatchObject({
    kind: 'nothing',
    name: 'push',
    reason: 'This push deleted refs/tags/simple-tag: there is nothing to measure.',
  });
});

describe("another workflow's run", () => {
  test('is read with all that tells which pull request it is of', () => {
    const event = workflowRunEvent({ headSha: B, headBranch: 'faster', fork: true, runAttempt: 2 });
    expect(parse(event)).toEqual({
      kind: 'workflow_run',
      owner: 'octo-org',
      repository: 'octo-repo',
      repositoryId: REPOSITORY_ID,
      isPrivate: true,
      defaultBranch: 'main',
      action: 'completed',
      runId: 30433642,
      runNumber: expect.any(Number),
      runAttempt: 2,
      headSha: B,
      headBranch: 'faster',
      headRepository: { id: FORK_ID, owner: 'contributor' },
      event: 'pull_request',
      conclusion: 'success',
      htmlUrl: expect.stringContaining('https://github.com/octo-org/octo-repo/actions/runs/'),
      path: '.github/workflows/memory.yml',
    });
  });

  test('has no head repository when the fork is gone', () => {
    const event = workflowRunEvent({ headSha: B, fork: { isDeleted: true } });
    expect(parse(event)).toMatchObject({ headRepository: null, headSha: B });
  });

  test.each([
    ['id', '1', /workflow_run\.id should be a positive number/],
    ['head_sha', 'main', /workflow_run\.head_sha should be a commit id/],
    ['head_repository', { id: 1 }, /head_repository\.owner\.login should be a text/],
    ['run_attempt', undefined, /workflow_run\.run_attempt/],
    ['html_url', 'javascript:alert(1)', /html_url should be an address/],
    ['repository', { id: 5 }, /about a run in another repository \(5, this one is/],
  ])('with an odd %s is refused', (key, value, message) => {
    const event = structuredClone(workflowRunEvent({ headSha: B }));
    (event.payload as { workflow_run: Record<string, unknown> }).workflow_run[key] = value;
    expect(() => parse(event)).toThrow(message);
  });
});

test('C28: a merge group has two commits and no pull request', () => {
  expect(parse(mergeGroupEvent({ baseSha: A, headSha: B }))).toMatchObject({
    kind: 'merge_group',
    baseSha: A,
    headSha: B,
    baseRef: 'refs/heads/main',
  });
});

test('the branch of a merge queue says which pull request it is about, wherever it is named', () => {
  const queued = parse(mergeGroupEvent({ baseSha: A, headSha: B, number: 7 }));
  expect(queuedPullRequest(queued)).toBe(7);
  const headBranch = `gh-readonly-queue/release/pr-2/pr-31-${A}`;
  const reported = workflowRunEvent({ headSha: B, headBranch, event: 'merge_group' });
  expect(queuedPullRequest(parse(reported))).toBe(31);
  const lookalike = workflowRunEvent({ headSha: B, headBranch, event: 'pull_request', fork: true });
  expect(queuedPullRequest(parse(lookalike))).toBeNull();
  expect(queuedPullRequest(parse(pushEvent({ after: A, branch: headBranch })))).toBeNull();
});

test('other events have a name, and a branch at best', () => {
  expect(parse(workflowDispatchEvent({ branch: 'try' }))).toMatchObject({
    kind: 'other',
    name: 'workflow_dispatch',
    ref: 'refs/heads/try',
  });
  expect(parseEvent({ name: 'schedule', payload: { schedule: '0 0 * * *' }, repository: 'a/b' })).toEqual({
    kind: 'other',
    name: 'schedule',
    ref: null,
    owner: 'a',
    repository: 'b',
    repositoryId: null,
    isPrivate: null,
    defaultBranch: null,
  });
  const ref = 'refs/heads/main';
  expect(parseEvent({ name: 'schedule', payload: {}, repository: 'a/b', ref })).toMatchObject({ ref });
});

test('names inherited by objects are no fields', () => {
  expect(() =>
    parseEvent({ name: 'push', payload: Object.create({ before: A }), repository: 'a/b' }),
  ).toThrow(/before/);
});

test.each(['', 'name', 'a/b/c', '../b/..', 'a b/c'])('refuses the repository %j', (repository) => {
  expect(() => parseEvent({ name: 'schedule', payload: {}, repository })).toThrow(/GITHUB_REPOSITORY/);
});

test('T01: nothing is run on events that would hand out secrets', () => {
  for (const name of ['pull_request_target', 'workflow_run', 'issue_comment']) {
    expect(() => refuseUntrustedEvent(name, { isReporting: false })).toThrow(
      new RegExp(`Nothing is built or run on \`${name}\`.*https://docs`),
    );
  }
  for (const name of ['pull_request', 'push', 'merge_group', 'workflow_dispatch']) {
    for (const isReporting of [true, false]) refuseUntrustedEvent(name, { isReporting });
  }
});

test('nothing is reported where nothing can have been measured, but on workflow_run', () => {
  refuseUntrustedEvent('workflow_run', { isReporting: true });
  for (const name of ['pull_request_target', 'issue_comment']) {
    expect(() => refuseUntrustedEvent(name, { isReporting: true })).toThrow(
      new RegExp(`There is nothing to report on \`${name}\`.*https://docs`),
    );
  }
});
