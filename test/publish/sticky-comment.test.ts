import { expect, test } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { commentBody, readState } from '../../src/publish/comment-state.ts';
import { publishStickyComment, type StickyCommentOptions } from '../../src/publish/sticky-comment.ts';
import { commentMarker, renderComment } from '../../src/render/markdown.ts';
import {
  type GitHubApiServer,
  type GitHubApiServerOptions,
  startGitHubApiServer,
} from '../github/github-api-server.ts';
import { ACTIONS_BOT } from '../github/identities.ts';
import { exampleBenchmark, exampleReport } from '../render/example-reports.ts';

const MARKER = '<!-- memtrack:default -->';
const BODY = `${MARKER}\n### 2 MB → 300 KB`;
const RUN = { id: 100, attempt: 1 };
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
    run: RUN,
    createWhenMissing: true,
    ...options,
  });
}

/** What stands in the comments but for the line of the state. */
const bodies = (server: GitHubApiServer) =>
  server.comments(1).map(({ body }) => body?.replace(/\n<!-- memtrack-state:.* -->/, ''));
const withState = (run: { id: number; attempt: number }, body = BODY) =>
  commentBody({ marker: MARKER, body, run });
/** A second line that holds `state`. */
const stateLine = (state: string) =>
  `${MARKER}\n<!-- memtrack-state:${Buffer.from(state).toString('base64url')} -->\nold`;
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
  expect(server.comments(1).at(-1)!.body).toBe(withState(RUN));
  expect(server.requests.filter(({ method }) => method === 'GET')).toHaveLength(2);
  expect(server.violations).toEqual([]);
});

test('writes nothing when the body is what is there already', async () => {
  await using server = await startServer();
  server.addComment(1, { body: `${withState(RUN).replaceAll('\n', '\r\n')}\n` });
  expect((await publish(server)).status).toBe('unchanged');
  expect(methods(server)).toEqual([`GET ${COMMENTS}`]);
});

test('creates nothing when only an existing comment was to be updated', async () => {
  await using server = await startServer();
  const result = await publish(server, { createWhenMissing: false });
  expect(result).toEqual({ status: 'skipped', url: null, reason: expect.stringContaining('no comment yet') });
  expect(server.comments(1)).toHaveLength(0);
});

test("T23: leaves a person's look-alike alone, whether it stands alone or before ours", async () => {
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

test('C25: waits twice for the secondary limit and posts once; an hour is not waited', async () => {
  await using server = await startServer();
  const body = { message: 'You have exceeded a secondary rate limit' };
  server.injectFault({ match: /POST/, status: 403, headers: { 'retry-after': '2' }, body, times: 2 });
  expect((await publish(server)).status).toBe('created');
  expect(server.requests.filter(({ method }) => method === 'POST').map(({ status }) => status)).toEqual([
    403, 403, 201,
  ]);
  expect(server.comments(1)).toHaveLength(1);

  server.injectFault({ match: /PATCH/, status: 403, headers: { 'retry-after': '3600' }, body, times: 9 });
  const result = await publish(server, { body: `${MARKER}\nnew` });
  expect(result).toMatchObject({ status: 'skipped', url: null });
  expect(result.reason).toMatch(/asks to wait 3600 s/);
  expect(server.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  expect(server.violations).toEqual([]);
});

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
});

test('C27: one comment, whatever order the runs end in, and what it shows is the newest one’s', async () => {
  await using server = await startServer();
  const text = (words: string) => ({ body: `${MARKER}\n${words}` });
  expect((await publish(server, text('run 100'))).status).toBe('created');
  expect((await publish(server, text('run 100'))).status).toBe('unchanged');
  const again = await publish(server, { ...text('run 100, again'), run: { id: 100, attempt: 2 } });
  expect(again.status).toBe('updated');
  expect((await publish(server, { ...text('run 101'), run: { id: 101, attempt: 1 } })).status).toBe(
    'updated',
  );

  const late = await publish(server, { ...text('run 99, late'), run: { id: 99, attempt: 1 } });
  expect(late).toEqual({
    status: 'skipped',
    url: null,
    reason: 'The comment on #1 has the result of a newer run (run 101, attempt 1) already.',
  });
  const old = await publish(server, { ...text('run 100, third time'), run: { id: 100, attempt: 3 } });
  expect(old.status).toBe('skipped');
  expect(bodies(server)).toEqual([`${MARKER}\nrun 101`]);
  expect(server.violations).toEqual([]);
});

test('notes the newer run where its text is the same, so that one between the two does not overwrite it', async () => {
  await using server = await startServer();
  await publish(server);
  expect((await publish(server, { run: { id: 102, attempt: 1 } })).status).toBe('unchanged');
  expect((await publish(server, { body: `${MARKER}\nlate`, run: { id: 101, attempt: 1 } })).status).toBe(
    'skipped',
  );
  expect(bodies(server)).toEqual([BODY]);
  expect(server.violations).toEqual([]);
});

test.each([
  ['a prototype', stateLine('{"__proto__":{"run":999,"attempt":9}}')],
  ['no object', stateLine('999')],
  ['no numbers', stateLine('{"run":"999","attempt":9}')],
  ['numbers that are none', stateLine('{"run":1e999,"attempt":-1}')],
  ['no JSON', stateLine('\u0000{')],
  ['no base64', `${MARKER}\n<!-- memtrack-state:{"run":999} -->\nold`],
  ['a megabyte', stateLine(`{"run":999,"attempt":9,"more":"${'x'.repeat(40_000)}"}`)],
  ['another line', `${MARKER}\nold\n<!-- memtrack-state:eyJydW4iOjk5OSwiYXR0ZW1wdCI6OX0 -->`],
])('T22: a state with %s is ignored, and the comment written anew', async (_, forged) => {
  await using server = await startServer();
  server.addComment(1, { body: forged, author: ACTIONS_BOT });
  expect((await publish(server)).status).toBe('updated');
  expect(server.comments(1).map(({ body }) => body)).toEqual([withState(RUN)]);
  expect(({} as { run?: number }).run).toBeUndefined();
  expect(server.violations).toEqual([]);
});

test('T22: a state of a megabyte is not even read', () => {
  const body = stateLine(`{"run":999,"attempt":9,"more":"${'x'.repeat(1_000_000)}"}`);
  expect(readState(body, MARKER)).toBeNull();
  expect(readState(withState(RUN), MARKER)).toEqual(RUN);
  expect(readState(withState(RUN).replaceAll('\n', '\r\n'), MARKER)).toEqual(RUN);
});

test('C22: the longest comment stays below the limit with its state', () => {
  const name = '\u{1F600}'.repeat(5000);
  const benchmarks = Array.from({ length: 700 }, () => exampleBenchmark({ name, notes: [name] }));
  const body = renderComment(exampleReport({ benchmarks }), { report: null }, 'default');
  const most = Number.MAX_SAFE_INTEGER;
  const marker = commentMarker('default');
  const posted = commentBody({ marker, body, run: { id: most, attempt: most } });
  expect(Buffer.byteLength(posted)).toBeGreaterThan(20_000);
  expect(Buffer.byteLength(posted)).toBeLessThan(60_000);
  expect(posted.split('\n')[0]).toBe(marker);
  expect(posted.match(/<details>/g)?.length ?? 0).toBe(posted.match(/<\/details>/g)?.length ?? 0);
});

test('says that the conversation is locked', async () => {
  await using server = await startGitHubApiServer({
    pulls: [
      {
        ...{ number: 1, locked: true },
        ...{ base: { ref: 'main', sha: 'a'.repeat(40) }, head: { ref: 'change', sha: 'b'.repeat(40) } },
      },
    ],
  });
  const { status, reason } = await publish(server);
  expect(status).toBe('skipped');
  expect(reason).toMatch(/^No comment on #1: its conversation is locked/);
  expect(server.violations).toEqual([]);
});

test('asks no second time for a comment that GitHub lists but no longer has', async () => {
  await using server = await startServer();
  const ghost = server.addComment(1, { body: `${MARKER}\nold`, author: ACTIONS_BOT });
  await fetch(ghost.url, { method: 'DELETE', headers: { authorization: 'token ghs_token' } });
  server.injectFault({ match: /GET .*comments/, status: 200, body: [ghost], times: 99 });
  expect((await publish(server)).status).toBe('created');
  expect(bodies(server)).toEqual([BODY]);
  expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('brings what another run made meanwhile up to date when the answer to its own is lost', async () => {
  await using server = await startServer();
  server.injectFault({ match: /GET .*comments/, status: 200, body: [] });
  server.injectFault({ match: /POST/, status: 502 });
  server.addComment(1, { body: withState({ id: 90, attempt: 1 }, `${MARKER}\nold`), author: ACTIONS_BOT });
  expect((await publish(server)).status).toBe('updated');
  expect(bodies(server)).toEqual([BODY]);
});
