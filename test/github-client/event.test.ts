import { describe, expect, test } from 'vitest';
import { parseEvent, refuseUntrustedEvent } from '../../src/github/event.ts';
import {
  type GitHubEvent,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  workflowDispatchEvent,
} from '../github/events.ts';

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
      defaultBranch: 'master',
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

  test('takes branch names that a shell would trip over as they are', () => {
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

test('a push that deletes a branch has nothing to measure', () => {
  const event = pushEvent({ branch: 'old', before: A, after: '0'.repeat(40) });
  expect(() => parse(event)).toThrow(/This push deleted refs\/heads\/old/);
});

test('a merge group has two commits and no pull request', () => {
  expect(parse(mergeGroupEvent({ baseSha: A, headSha: B }))).toMatchObject({
    kind: 'merge_group',
    baseSha: A,
    headSha: B,
    baseRef: 'refs/heads/main',
  });
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
    defaultBranch: null,
  });
});

test('names inherited by objects are no fields', () => {
  expect(() =>
    parseEvent({ name: 'push', payload: Object.create({ before: A }), repository: 'a/b' }),
  ).toThrow(/before/);
});

test.each(['', 'name', 'a/b/c', '../b/..', 'a b/c'])('refuses the repository %j', (repository) => {
  expect(() => parseEvent({ name: 'schedule', payload: {}, repository })).toThrow(/GITHUB_REPOSITORY/);
});

test('nothing is run on events that would hand out secrets', () => {
  for (const name of ['pull_request_target', 'workflow_run', 'issue_comment']) {
    expect(() => refuseUntrustedEvent(name)).toThrow(new RegExp(`Nothing is built or run on \`${name}\``));
  }
  for (const name of ['pull_request', 'push', 'merge_group', 'workflow_dispatch']) refuseUntrustedEvent(name);
});
