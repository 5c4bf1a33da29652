import { expect, test } from 'vitest';
import { findAcceptance } from '../../src/github/acceptance.ts';
import { createGitHubClient } from '../../src/github/client.ts';
import { type Log, SILENT_LOG } from '../../src/log.ts';
import { type GitHubApiServer, startGitHubApiServer } from '../github/github-api-server.ts';
import type { Account } from '../github/identities.ts';

const ADA: Account = { login: 'ada', id: 1, type: 'User' };
const BOB: Account = { login: 'bob', id: 2, type: 'User' };
const RENOVATE: Account = { login: 'renovate[bot]', id: 3, type: 'Bot' };

const startServer = () =>
  startGitHubApiServer({
    pulls: [
      { number: 7, base: { ref: 'main', sha: 'a'.repeat(40) }, head: { ref: 'change', sha: 'b'.repeat(40) } },
    ],
  });

async function ask(server: GitHubApiServer, label = 'memory-accepted', number = 7) {
  const notices: string[] = [];
  const log: Log = { ...SILENT_LOG, notice: (message) => void notices.push(message) };
  const client = createGitHubClient({
    token: 'ghs_token',
    apiUrl: server.url,
    log,
    signal: new AbortController().signal,
  });
  const acceptance = await findAcceptance({
    client,
    owner: 'octo-org',
    repository: 'octo-repo',
    number,
    label,
    log,
  });
  return { acceptance, notices };
}

test('nobody accepted where the label is not there, or no longer', async () => {
  await using server = await startServer();
  server.changeLabel(7, 'labeled', 'memory-accepted-not', ADA);
  expect((await ask(server)).acceptance).toBeNull();
  server.changeLabel(7, 'labeled', 'memory-accepted', ADA);
  server.changeLabel(7, 'unlabeled', 'memory-accepted', BOB);
  const { acceptance, notices } = await ask(server);
  expect(acceptance).toBeNull();
  expect(notices).toEqual([]);
  expect(server.requests.every(({ path }) => path.endsWith('/pulls/7'))).toBe(true);
  expect(server.violations).toEqual([]);
});

test('the last one to add the label accepted, in whatever case it is written', async () => {
  await using server = await startServer();
  server.changeLabel(7, 'labeled', 'Memory-Accepted', ADA);
  server.changeLabel(7, 'unlabeled', 'Memory-Accepted', ADA);
  server.changeLabel(7, 'labeled', 'Memory-Accepted', BOB);
  server.changeLabel(7, 'labeled', 'other', ADA);
  expect((await ask(server, ' memory-ACCEPTED ')).acceptance).toEqual({
    by: 'bob',
    label: 'Memory-Accepted',
  });
  expect(server.violations).toEqual([]);
});

test('finds who it was behind two hundred other events', async () => {
  await using server = await startServer();
  for (let i = 0; i < 210; i += 1) server.changeLabel(7, i % 2 ? 'unlabeled' : 'labeled', 'busy', ADA);
  server.changeLabel(7, 'labeled', 'memory-accepted', RENOVATE);
  expect((await ask(server)).acceptance).toEqual({ by: 'renovate[bot]', label: 'memory-accepted' });
  expect(server.requests).toHaveLength(4);
  expect(server.violations).toEqual([]);
});

test('calls a deleted account what GitHub calls it', async () => {
  await using server = await startServer();
  server.changeLabel(7, 'labeled', 'memory-accepted', ADA);
  const event = { event: 'labeled', actor: null, label: { name: 'memory-accepted', color: '0' } };
  server.injectFault({ match: /GET .*events/, status: 200, body: [event] });
  expect((await ask(server)).acceptance).toEqual({ by: 'ghost', label: 'memory-accepted' });
});

test('counts a label that had another name when it was added', async () => {
  await using server = await startServer();
  server.changeLabel(7, 'labeled', 'memory-accepted', ADA);
  server.injectFault({ match: /GET .*events/, status: 200, body: [] });
  expect((await ask(server)).acceptance).toEqual({ by: 'somebody', label: 'memory-accepted' });
});

const REFUSED = { status: 403, body: { message: 'Resource not accessible by integration' } };

test('labels that GitHub does not tell accept nothing, and a notice names the permission', async () => {
  await using server = await startServer();
  server.changeLabel(7, 'labeled', 'memory-accepted', ADA);
  server.injectFault({ match: /GET .*pulls/, ...REFUSED });
  const { acceptance, notices } = await ask(server);
  expect(acceptance).toBeNull();
  expect(notices).toEqual([expect.stringMatching(/^whether #7 has the label .*`pull-requests: read`/)]);
});

test('a label counts when GitHub does not tell who added it, and a notice names the permission', async () => {
  await using server = await startServer();
  server.changeLabel(7, 'labeled', 'memory-accepted', ADA);
  server.injectFault({ match: /GET .*events/, ...REFUSED });
  const { acceptance, notices } = await ask(server);
  expect(acceptance).toEqual({ by: 'somebody', label: 'memory-accepted' });
  expect(notices).toEqual([expect.stringMatching(/^who added the label .*`issues: read`/)]);
});

test('an unknown pull request accepts nothing', async () => {
  await using server = await startServer();
  const { acceptance, notices } = await ask(server, 'memory-accepted', 99);
  expect(acceptance).toBeNull();
  expect(notices).toEqual([expect.stringContaining('404')]);
});
