import { expect, test } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { publishStickyComment, type StickyCommentOptions } from '../../src/publish/sticky-comment.ts';
import {
  type GitHubApiServer,
  type GitHubApiServerOptions,
  startGitHubApiServer,
} from '../github/github-api-server.ts';
import { ACTIONS_BOT } from '../github/identities.ts';

const MARKER = '<!-- memtrack:default -->';
const BODY = `${MARKER}\n### 2 MB → 300 KB`;
const PERSON = { login: 'mallory', id: 666, type: 'User' } as const;
const APP = { login: 'our-app[bot]', id: 777, type: 'Bot' } as const;
const COMMENTS = '/repos/octo-org/octo-repo/issues/1/comments';

function startServer(options: GitHubApiServerOptions = {}) {
  return startGitHubApiServer({
    ...options,
    pulls: [
      { number: 1, base: { ref: 'main', sha: 'a'.repeat(40) }, head: { ref: 'change', sha: 'b'.repeat(40) } },
    ],
  });
}

function publish(server: GitHubApiServer, options: Partial<StickyCommentOptions> = {}) {
  const client = createGitHubClient({
    token: 'ghs_token',
    apiUrl: server.url,
    log: SILENT_LOG,
    signal: new AbortController().signal,
  });
  const pull = { owner: 'octo-org', repository: 'octo-repo', number: 1 };
  return publishStickyComment({
    client,
    ...pull,
    marker: MARKER,
    body: BODY,
    createWhenMissing: true,
    ...options,
  });
}

const bodies = (server: GitHubApiServer) => server.comments(1).map(({ body }) => body);
const methods = (server: GitHubApiServer) => server.requests.map(({ method, path }) => `${method} ${path}`);

test('creates the comment', async () => {
  await using server = await startServer();
  const result = await publish(server);
  expect(result).toEqual({ status: 'created', url: server.comments(1)[0].html_url });
  expect(bodies(server)).toEqual([BODY]);
  expect(server.violations).toEqual([]);
});

test('finds the comment on the second page and edits it in place', async () => {
  await using server = await startServer();
  for (let i = 0; i < 120; i += 1) server.addComment(1, { body: `Comment ${i}`, author: PERSON });
  const ours = server.addComment(1, { body: `${MARKER}\nold` });
  const result = await publish(server);
  expect(result).toEqual({ status: 'updated', url: ours.html_url });
  expect(server.comments(1)).toHaveLength(121);
  expect(server.comments(1).at(-1)!.body).toBe(BODY);
  expect(server.requests.filter(({ method }) => method === 'GET')).toHaveLength(2);
  expect(server.violations).toEqual([]);
});

test('writes nothing when the body is what is there already', async () => {
  await using server = await startServer();
  server.addComment(1, { body: `${BODY.replaceAll('\n', '\r\n')}\n` });
  expect((await publish(server)).status).toBe('unchanged');
  expect(methods(server)).toEqual([`GET ${COMMENTS}`]);
});

test('creates nothing when only an existing comment was to be updated', async () => {
  await using server = await startServer();
  const result = await publish(server, { createWhenMissing: false });
  expect(result).toEqual({ status: 'skipped', url: null, reason: expect.stringContaining('no comment yet') });
  expect(server.comments(1)).toHaveLength(0);
});

test("leaves a person's look-alike alone, whether it stands alone or before ours", async () => {
  await using server = await startServer();
  const fake = `${MARKER}\nAll is well!`;
  server.addComment(1, { body: fake, author: PERSON });
  expect((await publish(server)).status).toBe('created');
  expect((await publish(server, { body: `${MARKER}\nnew` })).status).toBe('updated');
  expect(bodies(server)).toEqual([fake, `${MARKER}\nnew`]);
  expect(server.violations).toEqual([]);
});

test('leaves alone what merely quotes the marker', async () => {
  await using server = await startServer();
  server.addComment(1, { body: `> ${BODY}` });
  expect((await publish(server)).status).toBe('created');
});

test('edits the oldest of several', async () => {
  await using server = await startServer();
  server.addComment(1, { body: `${MARKER}\nfirst` });
  server.addComment(1, { body: `${MARKER}\nsecond` });
  await publish(server);
  expect(bodies(server)).toEqual([BODY, `${MARKER}\nsecond`]);
});

test("knows a person's own comment when the token is that person's", async () => {
  await using server = await startServer({ viewer: PERSON });
  server.addComment(1, { body: `${MARKER}\nold` });
  server.addComment(1, { body: `${MARKER}\nfake`, author: { login: 'other', id: 5, type: 'User' } });
  expect((await publish(server)).status).toBe('updated');
  expect(bodies(server)[0]).toBe(BODY);
  expect(server.violations).toEqual([]);
});

test("knows an app's own comment", async () => {
  await using server = await startServer({ viewer: APP });
  server.addComment(1, { body: `${MARKER}\nfake`, author: { login: 'evil[bot]', id: 5, type: 'Bot' } });
  server.addComment(1, { body: `${MARKER}\nold` });
  server.injectFault({
    match: /POST \/graphql/,
    status: 200,
    body: { data: { viewer: { login: 'our-app[bot]' } } },
  });
  expect((await publish(server)).status).toBe('updated');
  expect(bodies(server)).toEqual([`${MARKER}\nfake`, BODY]);
});

test('creates the comment anew when somebody deletes it between looking and writing', async () => {
  await using server = await startServer();
  const deleted = server.addComment(1, { body: `${MARKER}\nold`, author: ACTIONS_BOT });
  await fetch(deleted.url, { method: 'DELETE', headers: { authorization: 'token ghs_token' } });
  server.injectFault({ match: /GET .*comments/, status: 200, body: [deleted] });
  expect((await publish(server)).status).toBe('created');
  expect(bodies(server)).toEqual([BODY]);
});

test('names the missing permission', async () => {
  await using server = await startServer({ mayWrite: [] });
  const result = await publish(server);
  expect(result.status).toBe('skipped');
  expect(result.reason).toMatch(/^No comment on #1: .*403.*`pull-requests: write`/);
});

test('says why a body is refused, and that a pull request is unknown', async () => {
  await using server = await startServer();
  expect((await publish(server, { body: MARKER + 'x'.repeat(70_000) })).reason).toMatch(/422.*too long/);
  expect((await publish(server, { number: 99 })).reason).toMatch(/No comment on #99: .*404/);
});

test('posts once after short waits for the rate limit, and gives up before a long one', async () => {
  await using server = await startServer();
  const body = { message: 'You have exceeded a secondary rate limit' };
  server.injectFault({ match: /POST/, status: 403, headers: { 'retry-after': '2' }, body });
  expect((await publish(server)).status).toBe('created');
  expect(server.comments(1)).toHaveLength(1);

  const startedAt = performance.now();
  server.injectFault({ match: /PATCH/, status: 403, headers: { 'retry-after': '3600' }, body, times: 9 });
  const result = await publish(server, { body: `${MARKER}\nnew` });
  expect(result.reason).toMatch(/asks to wait 3600 s/);
  expect(performance.now() - startedAt).toBeLessThan(30_000);
}, 15_000);

test('does not post twice when the answer to the first time is lost', async () => {
  await using server = await startServer();
  server.injectFault({ match: /POST/, status: 502, afterEffect: true });
  expect((await publish(server)).status).toBe('created');
  expect(server.comments(1)).toHaveLength(1);
});

test('takes its own comment back when another run was quicker', async () => {
  await using server = await startServer();
  const slow = publish(server, { body: `${MARKER}\nslow` });
  const results = await Promise.all([slow, publish(server, { body: `${MARKER}\nquick` })]);
  expect(server.comments(1)).toHaveLength(1);
  expect(results.map(({ status }) => status).sort()).toEqual(['created', 'updated']);
}, 15_000);
