import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { describe, expect, test } from 'vitest';
import { commitFiles, createRepository, git, writeFiles } from '../workspace/git-repositories.ts';
import { loadApiDescription } from './api-description.ts';
import { ENDPOINTS } from './endpoints.ts';
import {
  type GitHubApiServer,
  type GitHubApiServerOptions,
  startGitHubApiServer,
} from './github-api-server.ts';

const BASE_SHA = 'b'.repeat(40);
const HEAD_SHA = 'a'.repeat(40);
const REPOSITORY = { owner: 'octo-org', repo: 'octo-repo' };
const PULL = { number: 7, base: { ref: 'main', sha: BASE_SHA }, head: { ref: 'faster', sha: HEAD_SHA } };
const COMMENT = { ...REPOSITORY, issue_number: 7 };

function start(options: GitHubApiServerOptions = {}): Promise<GitHubApiServer> {
  return startGitHubApiServer({ pulls: [PULL], ...options });
}

function clientOf(server: GitHubApiServer, token = 'a-token'): Octokit {
  return new Octokit({ baseUrl: server.url, auth: token, log: SILENT });
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

describe('comments', () => {
  test('are created, found again by their marker, updated and deleted', async () => {
    await using server = await start();
    const { issues } = clientOf(server).rest;
    const created = await issues.createComment({ ...COMMENT, body: '<!-- marker -->one' });
    expect(created.status).toBe(201);
    expect(created.data.user).toMatchObject({ login: 'github-actions[bot]', id: 41898282, type: 'Bot' });
    expect(created.data.performed_via_github_app?.slug).toBe('github-actions');

    const found = (await issues.listComments(COMMENT)).data.find(({ body }) =>
      body?.startsWith('<!-- marker -->'),
    );
    await issues.updateComment({ ...REPOSITORY, comment_id: found!.id, body: '<!-- marker -->two' });
    expect(server.comments(7).map(({ body }) => body)).toEqual(['<!-- marker -->two']);

    await issues.deleteComment({ ...REPOSITORY, comment_id: found!.id });
    expect(server.comments(7)).toEqual([]);
    await expect(issues.getComment({ ...REPOSITORY, comment_id: found!.id })).rejects.toMatchObject({
      status: 404,
    });
    expect(server.violations).toEqual([]);
  });

  test('come in pages, thirty each unless asked, a hundred at most, with Link headers', async () => {
    await using server = await start();
    for (let i = 0; i < 205; i++) server.addComment(7, { body: `comment ${i}` });
    const octokit = clientOf(server);
    const first = await octokit.rest.issues.listComments(COMMENT);
    expect(first.data).toHaveLength(30);
    expect(first.headers.link).toContain(`page=2>; rel="next"`);
    expect(first.headers.link).toContain(`page=7>; rel="last"`);
    const large = await octokit.rest.issues.listComments({ ...COMMENT, per_page: 500, page: 3 });
    expect(large.data).toHaveLength(5);
    expect(large.headers.link).not.toContain('rel="next"');
    const all = await octokit.paginate(octokit.rest.issues.listComments, { ...COMMENT, per_page: 100 });
    expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 205 }, (_, i) => `comment ${i}`));
    expect(server.violations).toEqual([]);
  });

  test('longer than GitHub takes, or blank, are refused with its 422', async () => {
    await using server = await start();
    const { issues } = clientOf(server).rest;
    await issues.createComment({ ...COMMENT, body: 'x'.repeat(65536) });
    await expect(issues.createComment({ ...COMMENT, body: 'x'.repeat(65537) })).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('Body is too long (maximum is 65536 characters)'),
    });
    await expect(issues.createComment({ ...COMMENT, body: ' \n' })).rejects.toMatchObject({ status: 422 });
    expect(server.comments(7)).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });

  test('go nowhere when the pull request is unknown, locked, or out of reach of the token', async () => {
    await using server = await start({ mayWrite: [], pulls: [PULL] });
    const forked = clientOf(server).rest.issues;
    await expect(forked.createComment({ ...COMMENT, body: 'x' })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    });
    expect((await forked.listComments(COMMENT)).status).toBe(200);

    await using locked = await start({ pulls: [{ ...PULL, locked: true }] });
    const { issues } = clientOf(locked).rest;
    await expect(issues.createComment({ ...COMMENT, body: 'x' })).rejects.toMatchObject({ status: 403 });
    const elsewhere = { ...COMMENT, issue_number: 8, body: 'x' };
    await expect(issues.createComment(elsewhere)).rejects.toMatchObject({ status: 404 });
    const otherRepository = issues.createComment({ ...COMMENT, repo: 'other', body: 'x' });
    await expect(otherRepository).rejects.toMatchObject({ status: 404 });
    expect([...server.violations, ...locked.violations]).toEqual([]);
  });
});

describe('pull requests', () => {
  test('are listed by head, which tells a fork from the repository', async () => {
    const fork = {
      ...PULL,
      number: 8,
      head: { ...PULL.head, in: 'fork' as const, owner: 'ada' },
      labels: ['ok'],
    };
    await using server = await start({ pulls: [PULL, fork, { ...PULL, number: 9, state: 'closed' }] });
    const { pulls } = clientOf(server).rest;
    const found = await pulls.list({ ...REPOSITORY, head: 'ada:faster', state: 'open' });
    expect(found.data.map(({ number, head }) => [number, head.repo?.full_name])).toEqual([
      [8, 'ada/octo-repo'],
    ]);
    expect(found.data[0]).not.toHaveProperty('mergeable');
    expect(found.data[0]!.head.repo!.id).not.toBe(found.data[0]!.base.repo.id);
    expect(found.data[0]!.labels.map(({ name }) => name)).toEqual(['ok']);
    expect((await pulls.list(REPOSITORY)).data.map(({ number }) => number)).toEqual([8, 7]);
    expect((await pulls.list({ ...REPOSITORY, state: 'all' })).data).toHaveLength(3);
    expect(server.violations).toEqual([]);
  });

  test('lose the repository of their head when the fork is deleted', async () => {
    await using server = await start({ pulls: [{ ...PULL, head: { ...PULL.head, in: 'deleted' } }] });
    const pull = await clientOf(server).rest.pulls.get({ ...REPOSITORY, pull_number: 7 });
    expect(pull.data.head.repo).toBeNull();
    expect(pull.data.head.sha).toBe(HEAD_SHA);
    expect(server.violations).toEqual([]);
  });
});

test('a comparison names its merge base, also between branches with slashes', async () => {
  const mergeBaseSha = 'c'.repeat(40);
  await using server = await start({
    comparisons: { 'main...ada:feature/fast': { mergeBaseSha, behindBy: 2 } },
  });
  const { repos } = clientOf(server).rest;
  const basehead = 'main...ada:feature/fast';
  const { data } = await repos.compareCommitsWithBasehead({ ...REPOSITORY, basehead });
  expect([data.merge_base_commit.sha, data.status]).toEqual([mergeBaseSha, 'diverged']);
  const unknown = repos.compareCommitsWithBasehead({ ...REPOSITORY, basehead: 'main...gone' });
  await expect(unknown).rejects.toMatchObject({ status: 404 });
  expect(server.violations).toEqual([]);
});

test('statuses add up to one state per commit, the newest of each context counting', async () => {
  await using server = await start({ commits: [HEAD_SHA] });
  const { repos } = clientOf(server).rest;
  const status = { ...REPOSITORY, sha: HEAD_SHA, context: 'memtrack/parse' };
  await repos.createCommitStatus({ ...status, state: 'pending' });
  await repos.createCommitStatus({ ...status, state: 'failure', description: '+5 %' });
  const combined = await repos.getCombinedStatusForRef({ ...REPOSITORY, ref: HEAD_SHA });
  expect(combined.data).toMatchObject({
    state: 'failure',
    total_count: 1,
    statuses: [{ description: '+5 %' }],
  });
  const all = await repos.listCommitStatusesForRef({ ...REPOSITORY, ref: HEAD_SHA });
  expect(all.data.map(({ state }) => state)).toEqual(['failure', 'pending']);
  expect(server.statuses(HEAD_SHA)).toHaveLength(2);

  const unknown = repos.createCommitStatus({ ...status, sha: BASE_SHA, state: 'success' });
  await expect(unknown).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('No commit found'),
  });
  const long = repos.createCommitStatus({ ...status, state: 'success', description: 'x'.repeat(141) });
  await expect(long).rejects.toMatchObject({ status: 422 });
  expect(server.violations).toEqual([]);
});

test('a check run gathers the annotations of its updates and is found by its name', async () => {
  await using server = await start();
  const { checks } = clientOf(server).rest;
  const name = 'memtrack / parse';
  const annotation = { path: 'a.c', start_line: 1, end_line: 1, message: '+1 KB' };
  const output = {
    title: 't',
    summary: 's',
    annotations: [{ ...annotation, annotation_level: 'warning' as const }],
  };
  const { data } = await checks.create({
    ...REPOSITORY,
    name,
    head_sha: HEAD_SHA,
    status: 'in_progress',
    output,
  });
  await checks.update({ ...REPOSITORY, check_run_id: data.id, conclusion: 'failure', output });
  const listed = await checks.listForRef({ ...REPOSITORY, ref: HEAD_SHA, check_name: name });
  expect(listed.data).toMatchObject({
    total_count: 1,
    check_runs: [{ status: 'completed', conclusion: 'failure', output: { annotations_count: 2 } }],
  });
  expect(server.checkRuns(HEAD_SHA)[0]!.annotations).toHaveLength(2);
  expect((await checks.get({ ...REPOSITORY, check_run_id: data.id })).data.completed_at).not.toBeNull();
  expect(server.violations).toEqual([]);

  const annotations = Array.from({ length: 51 }, () => output.annotations[0]!);
  const tooMany = checks.update({ ...REPOSITORY, check_run_id: data.id, output: { ...output, annotations } });
  await expect(tooMany).rejects.toMatchObject({ status: 422 });
  expect(server.violations.join()).toContain('must NOT have more than 50 items');
});

test('a bot makes check runs and is no user, a person the other way round', async () => {
  await using bot = await start();
  await using person = await start({ viewer: { login: 'ada', id: 5, type: 'User' } });
  await expect(clientOf(bot).rest.users.getAuthenticated()).rejects.toMatchObject({ status: 403 });
  expect((await clientOf(person).rest.users.getAuthenticated()).data.login).toBe('ada');
  const checkRun = { ...REPOSITORY, name: 'x', head_sha: HEAD_SHA };
  await expect(clientOf(person).rest.checks.create(checkRun)).rejects.toMatchObject({ status: 403 });
  expect((await clientOf(bot).rest.repos.get(REPOSITORY)).data.full_name).toBe('octo-org/octo-repo');
  expect([...bot.violations, ...person.violations]).toEqual([]);
});

describe('what GitHub would not understand', () => {
  test.each<[string, (octokit: Octokit) => Promise<unknown>, string]>([
    [
      'an unknown field of the body',
      ({ request }) =>
        request('POST /repos/octo-org/octo-repo/issues/7/comments', { body: 'x', minimized: true }),
      'body has an unknown field "minimized"',
    ],
    [
      'a field that is missing',
      ({ request }) => request('POST /repos/octo-org/octo-repo/issues/7/comments', { text: 'x' }),
      "body must have required property 'body'",
    ],
    [
      'an unknown query parameter',
      ({ request }) => request('GET /repos/octo-org/octo-repo/pulls', { author: 'ada' }),
      'query has an unknown field "author"',
    ],
    [
      'a query parameter of the wrong type',
      ({ request }) => request('GET /repos/octo-org/octo-repo/pulls', { per_page: 'many' }),
      'query.per_page must be integer',
    ],
    [
      'a number that is none in the path',
      ({ request }) => request('GET /repos/octo-org/octo-repo/pulls/seven'),
      'path.pull_number must be integer',
    ],
    [
      'a state that does not exist',
      ({ request }) => request(`POST /repos/octo-org/octo-repo/statuses/${HEAD_SHA}`, { state: 'neutral' }),
      'body.state must be one of ["error","failure","pending","success"]',
    ],
  ])('%s is refused and recorded', async (_, send, problem) => {
    await using server = await start();
    await expect(send(clientOf(server))).rejects.toMatchObject({ status: 422 });
    expect(server.violations.join('\n')).toContain(problem);
  });

  test('a path or method outside of the description is recorded', async () => {
    await using server = await start();
    const octokit = clientOf(server);
    await expect(octokit.request('GET /repos/octo-org/octo-repo/colour')).rejects.toMatchObject({
      status: 404,
    });
    await expect(octokit.request('DELETE /repos/octo-org/octo-repo/pulls/7')).rejects.toMatchObject({
      status: 404,
    });
    expect(server.violations).toHaveLength(2);
  });

  test('a body that is no JSON is recorded', async () => {
    await using server = await start();
    const url = `${server.url}/repos/octo-org/octo-repo/issues/7/comments`;
    await fetch(url, { method: 'POST', headers: { authorization: 'token x' }, body: '{"body":' });
    expect(server.violations[0]).toContain('the body is no JSON');
  });
});

describe('git', () => {
  const FILES = { 'README.md': 'Hello\n', 'a/b.txt': 'b', 'a.txt': 'a', link: { symlinkTo: 'a.txt' } };

  test('gives objects the ids that git gives them', async () => {
    await using server = await start({ branches: { main: FILES } });
    const { git: api } = clientOf(server).rest;
    const directory = createRepository();
    commitFiles(directory, { 'README.md': 'Hello\n', 'a/b.txt': 'b', 'a.txt': 'a' });
    symlinkSync('a.txt', join(directory, 'link'));
    commitFiles(directory, {});
    const { data } = await api.getTree({ ...REPOSITORY, tree_sha: 'main' });
    expect(data.sha).toBe(git(directory, 'rev-parse', 'HEAD^{tree}'));
    const blob = await api.createBlob({ ...REPOSITORY, content: 'eA==', encoding: 'base64' });
    writeFiles(directory, { x: 'x' });
    expect(blob.data.sha).toBe(git(directory, 'hash-object', 'x'));
    expect(server.violations).toEqual([]);
  });

  test('moves a branch forward only, and makes it once', async () => {
    await using server = await start();
    const { git: api } = clientOf(server).rest;
    const [tip] = server.historyOf('main');
    const tree = (
      await api.createTree({
        ...REPOSITORY,
        tree: [{ path: 'x/y', mode: '100644', type: 'blob', content: 'y' }],
      })
    ).data.sha;
    const orphan = (await api.createCommit({ ...REPOSITORY, message: 'x', tree })).data.sha;
    const move = (sha: string) => api.updateRef({ ...REPOSITORY, ref: 'heads/main', sha });
    await expect(move(orphan)).rejects.toMatchObject({
      status: 422,
      message: expect.stringMatching(/not a fast forward/),
    });
    const child = await api.createCommit({ ...REPOSITORY, message: 'x', tree, parents: [tip] });
    await move(child.data.sha);
    expect(server.historyOf('main')).toEqual([child.data.sha, tip]);
    expect(server.filesAt('main')).toEqual(new Map([['x/y', 'y']]));
    const create = () => api.createRef({ ...REPOSITORY, ref: 'refs/heads/new', sha: orphan });
    await create();
    await expect(create()).rejects.toMatchObject({
      status: 422,
      message: expect.stringMatching(/already exists/),
    });
    expect(server.violations).toEqual([]);
  });

  test('removes files from a tree, but none that is not there', async () => {
    await using server = await start({ branches: { main: FILES } });
    const { git: api } = clientOf(server).rest;
    const base_tree = (await api.getTree({ ...REPOSITORY, tree_sha: 'main' })).data.sha;
    const remove = (path: string) =>
      api.createTree({
        ...REPOSITORY,
        base_tree,
        tree: [{ path, mode: '100644', type: 'blob', sha: null }],
      });
    const { data } = await remove('a/b.txt');
    expect(data.tree.map(({ path }) => path)).toEqual(['README.md', 'a.txt', 'link']);
    await expect(remove('a/c.txt')).rejects.toMatchObject({ status: 422 });
    expect(server.violations).toEqual([]);
  });
});

test('operations that it does not do yet are judged, then answered 501', async () => {
  await using server = await start();
  const { git } = clientOf(server).rest;
  await expect(git.deleteRef({ ...REPOSITORY, ref: 'heads/old' })).rejects.toMatchObject({
    status: 501,
    message: expect.stringContaining('git/delete-ref'),
  });
  expect(server.violations).toEqual([]);
});

test('tokens are told apart, and writing asks for one', async () => {
  await using server = await start({ token: 'right' });
  const wrong = clientOf(server, 'wrong').rest.issues.listComments(COMMENT);
  await expect(wrong).rejects.toMatchObject({
    status: 401,
    message: expect.stringContaining('Bad credentials'),
  });
  const anonymous = new Octokit({ baseUrl: server.url, log: SILENT }).rest.issues;
  expect((await anonymous.listComments(COMMENT)).status).toBe(200);
  await expect(anonymous.createComment({ ...COMMENT, body: 'x' })).rejects.toMatchObject({ status: 401 });
  await clientOf(server, 'right').rest.issues.createComment({ ...COMMENT, body: 'x' });
  expect(server.requests.at(-1)).toEqual({
    method: 'POST',
    path: '/repos/octo-org/octo-repo/issues/7/comments',
    query: '',
    authorization: 'token right',
    body: { body: 'x' },
    status: 201,
  });
});

test('faults strike as often as they were asked to, before or after the effect', async () => {
  await using server = await start();
  const { issues } = clientOf(server).rest;
  const match = /^POST .*\/comments$/;
  server.injectFault({ match, status: 403, headers: { 'retry-after': '1' }, body: { message: 'slow down' } });
  server.injectFault({ match, status: 502, body: '<html>', times: 2 });
  server.injectFault({ match, status: 'disconnect', afterEffect: true });
  const create = () => issues.createComment({ ...COMMENT, body: 'x' });
  await expect(create()).rejects.toMatchObject({
    status: 403,
    response: { headers: { 'retry-after': '1' } },
  });
  await expect(create()).rejects.toMatchObject({ status: 502 });
  await expect(create()).rejects.toMatchObject({ status: 502 });
  expect(server.comments(7)).toHaveLength(0);
  await expect(create()).rejects.toThrow();
  expect(server.comments(7)).toHaveLength(1);
  await create();
  expect(server.comments(7)).toHaveLength(2);
  expect(server.requests.map(({ status }) => status)).toEqual([403, 502, 502, 'disconnect', 201]);
});

test('every endpoint is an operation of the description', () => {
  const ids = new Set(loadApiDescription().operations.map(({ id }) => id));
  expect(Object.keys(ENDPOINTS).filter((id) => !ids.has(id))).toEqual([]);
});

test('GitHub’s own examples fit its description, but for the two gaps that the stand-in fills', () => {
  const { exampleNames, example, judgeValue } = loadApiDescription();
  expect(exampleNames.flatMap((name) => judgeValue(name, example(name)))).toEqual([
    "body must have required property 'has_discussions'",
    "body.requested_teams.0 must have required property 'type'",
  ]);
});
