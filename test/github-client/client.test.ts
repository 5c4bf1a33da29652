import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { describeApiError } from '../../src/github/api-error.ts';
import { createGitHubClient } from '../../src/github/client.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { startGitHubApiServer } from '../github/github-api-server.ts';

const TOKEN = 'ghs_0123456789abcdefghij';
const IN_REPOSITORY = { owner: 'octo-org', repo: 'octo-repo' };
const SECONDARY = { message: 'You have exceeded a secondary rate limit.' };

function clientFor(apiUrl: string, signal = new AbortController().signal) {
  return createGitHubClient({ token: TOKEN, apiUrl, log: SILENT_LOG, signal });
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('C25: waits as long as GitHub asks, when that is short', async () => {
  await using server = await startGitHubApiServer();
  const headers = { 'retry-after': '1' };
  server.injectFault({ match: /GET \/repos/, status: 403, headers, body: SECONDARY, times: 2 });
  const startedAt = performance.now();
  await clientFor(server.url).rest.repos.get(IN_REPOSITORY);
  expect(performance.now() - startedAt).toBeGreaterThan(1900);
  expect(server.requests.map(({ status }) => status)).toEqual([403, 403, 200]);
});

test('C25: gives up at once when GitHub asks to wait for an hour', async () => {
  await using server = await startGitHubApiServer();
  const headers = { 'retry-after': '3600' };
  server.injectFault({ match: /GET/, status: 403, headers, body: SECONDARY, times: 9 });
  const error = await failureOf(clientFor(server.url).rest.repos.get(IN_REPOSITORY));
  expect(describeApiError(error)).toMatch(/rate limit is reached \(403\), and asks to wait 3600 s/);
  expect(server.requests).toHaveLength(1);
});

test('gives up at once when the hourly limit is used up for long', async () => {
  await using server = await startGitHubApiServer();
  const reset = String(Math.ceil(Date.now() / 1000) + 1800);
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
  server.injectFault({
    match: /GET/,
    status: 429,
    headers,
    body: { message: 'API rate limit exceeded' },
    times: 9,
  });
  const error = await failureOf(clientFor(server.url).rest.repos.get(IN_REPOSITORY));
  expect(describeApiError(error)).toMatch(/rate limit is reached \(429\)\. Run the job again later/);
  expect(server.requests).toHaveLength(1);
});

test('tries again after a failure of GitHub and a broken connection', async () => {
  await using server = await startGitHubApiServer();
  server.injectFault({ match: /GET/, status: 'disconnect' });
  await clientFor(server.url).rest.repos.get(IN_REPOSITORY);
  expect(server.requests.map(({ status }) => status)).toEqual(['disconnect', 200]);
});

test('C25: waits no longer in all than it may, however short the waits are that GitHub asks for', async () => {
  await using server = await startGitHubApiServer();
  const client = createGitHubClient({
    token: TOKEN,
    apiUrl: server.url,
    log: SILENT_LOG,
    signal: new AbortController().signal,
    timeLimits: { requestSeconds: 30, totalSeconds: 30, pauseSeconds: 2 },
  });
  const headers = { 'retry-after': '1' };
  server.injectFault({ match: /GET/, status: 403, headers, body: SECONDARY, times: 9 });
  await failureOf(client.rest.repos.get(IN_REPOSITORY));
  expect(server.requests).toHaveLength(3);
  await failureOf(client.rest.repos.get(IN_REPOSITORY));
  expect(server.requests).toHaveLength(4);
});

test('pauses for so long in all and no longer, however many requests GitHub fails', async () => {
  await using server = await startGitHubApiServer();
  const client = createGitHubClient({
    token: TOKEN,
    apiUrl: server.url,
    log: SILENT_LOG,
    signal: new AbortController().signal,
    timeLimits: { requestSeconds: 30, totalSeconds: 30, pauseSeconds: 6 },
  });
  const ask = async () => {
    const before = server.requests.length;
    const { status } = await client.rest.repos.get(IN_REPOSITORY).catch((error) => error);
    return [status, server.requests.length - before];
  };
  server.injectFault({ match: /GET/, status: 502 });
  expect(await ask()).toEqual([200, 2]);
  server.injectFault({ match: /GET/, status: 502, times: 9 });
  expect(await ask()).toEqual([502, 3]);
  expect(await ask()).toEqual([502, 1]);
  expect(await ask()).toEqual([502, 1]);
});

test('T32: sends the token to GitHub, and not on to where GitHub redirects', async () => {
  const seen: (string | undefined)[] = [];
  const elsewhere = await listen((request, response) => {
    seen.push(request.headers.authorization);
    response.setHeader('content-type', 'application/json').end('{"id":1}');
  });
  // Another port is another host to a browser, and to fetch.
  const api = await listen((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(302, { location: `${elsewhere}/blob` }).end();
  });
  const { data, url } = await clientFor(api).rest.repos.get(IN_REPOSITORY);
  expect(data.id).toBe(1);
  expect(url).toBe(`${elsewhere}/blob`);
  expect(seen).toEqual([`token ${TOKEN}`, undefined]);
});

test('stops when the run is cancelled', async () => {
  const api = await listen(() => {});
  const controller = new AbortController();
  const error = failureOf(clientFor(api, controller.signal).rest.repos.get(IN_REPOSITORY));
  setTimeout(() => controller.abort(), 50);
  expect(describeApiError(await error)).toBe('GitHub could not be reached: the run was cancelled.');
});

test.each([
  ['one answer', { requestSeconds: 2, totalSeconds: 600 }, 'no answer within 2 s.', [3]],
  [
    'many slow ones',
    { requestSeconds: 2, totalSeconds: 2 },
    'it took more than 2 s for its answers.',
    [1, 2],
  ],
])('waits not for ever for %s', async (_what, limits, reason, asked) => {
  let requests = 0;
  const api = await listen(() => {
    requests += 1;
  });
  const client = createGitHubClient({
    token: TOKEN,
    apiUrl: api,
    log: SILENT_LOG,
    signal: new AbortController().signal,
    timeLimits: { ...limits, pauseSeconds: 0 },
  });
  const ask = async () => describeApiError(await failureOf(client.rest.repos.get(IN_REPOSITORY)));
  expect(await ask()).toBe('GitHub could not be reached: no answer within 2 s.');
  await ask();
  expect(await ask()).toBe(`GitHub could not be reached: ${reason}`);
  // The clock of timers may be a little early: then what was left of the time was too short for an answer.
  expect(asked).toContain(requests);
});

test.each(['http://evil.example', 'ftp://api.github.com', 'api.github.com', ''])(
  'T32: refuses the address %j',
  (url) => {
    expect(() => clientFor(url)).toThrow(/GITHUB_API_URL is .*https:/);
  },
);

describe('what went wrong', () => {
  async function describeFault(status: number, body: unknown, headers: Record<string, string> = {}) {
    await using server = await startGitHubApiServer();
    server.injectFault({ match: /GET/, status, body, headers, times: 9 });
    const error = await failureOf(
      clientFor(server.url).rest.repos.get({ ...IN_REPOSITORY, request: { retries: 0 } }),
    );
    const description = describeApiError(error, 'pull-requests: write');
    expect(description).not.toContain(TOKEN);
    return description;
  }

  test('is told with what to do', async () => {
    expect(await describeFault(401, { message: 'Bad credentials' })).toMatch(
      /does not accept the token \(401\)/,
    );
    expect(await describeFault(403, { message: 'Resource not accessible by integration' })).toMatch(
      /Add `pull-requests: write` under `permissions:`.*forks.*read-only.*mode: report/,
    );
    expect(await describeFault(403, { message: 'Unable to create comment because issue is locked.' })).toBe(
      'GitHub refused (403: Unable to create comment because issue is locked).',
    );
    expect(await describeFault(404, { message: 'Not Found' })).toMatch(
      /finds no such thing \(404: Not Found\)/,
    );
    expect(await describeFault(403, { message: 'You must authenticate via a GitHub App.' })).toMatch(
      /only apps .*Leave `github-token` out, or set `status: commit-status`/,
    );
    expect(await describeFault(422, { message: 'Body is too long' })).toMatch(
      /refused what was sent \(422: Body/,
    );
    expect(await describeFault(502, 'Bad\u0000 gateway\r\n::error::x')).toBe(
      'GitHub failed (502: Bad gateway ::error::x). Run the job again later.',
    );
  });

  const refusal = (message: string, accepted?: string) =>
    Object.assign(new Error(message), {
      status: 403,
      response: { headers: { 'x-accepted-github-permissions': accepted } },
    });

  test.each([
    ['contents: read', 'contents=read'],
    ['contents: write', 'contents=write'],
    ['pull-requests: read', 'pull_requests=read'],
    ['pull-requests: write', 'pull_requests=write; issues=write'],
    ['statuses: write', 'statuses=write'],
    ['checks: write', 'checks=write'],
    ['actions: read', 'actions=read'],
  ])('names the permission %s, whether we say that it is needed or GitHub does', (permission, accepted) => {
    for (const message of [
      'Resource not accessible by integration',
      'Resource not accessible by personal access token',
      'Must have admin rights to Repository.',
    ]) {
      const advice = `Add \`${permission}\` under \`permissions:\` of the job.`;
      expect(describeApiError(refusal(message), permission)).toContain(advice);
      const told = describeApiError(refusal(message, accepted));
      expect(told).toContain(advice);
      // Reading is what tokens of forks may do.
      expect(told.includes('forks')).toBe(permission.endsWith('write'));
    }
  });

  test('is told in one short line, however long the answer', async () => {
    expect((await describeFault(500, 'x'.repeat(1e6))).length).toBeLessThan(400);
  });
});
