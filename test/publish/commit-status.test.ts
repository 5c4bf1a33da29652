import { expect, test } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { type CommitStatusOptions, publishCommitStatus } from '../../src/publish/commit-status.ts';
import { type GitHubApiServer, startGitHubApiServer } from '../github/github-api-server.ts';

const SHA = 'b'.repeat(40);
const RUN = 'https://github.com/octo-org/octo-repo/actions/runs/1';

function publish(server: GitHubApiServer, options: Partial<CommitStatusOptions> = {}) {
  const client = createGitHubClient({
    token: 'ghs_token',
    apiUrl: server.url,
    log: SILENT_LOG,
    signal: new AbortController().signal,
  });
  return publishCommitStatus({
    client,
    owner: 'octo-org',
    repository: 'octo-repo',
    sha: SHA,
    context: 'memtrack / parse',
    state: 'success',
    description: '2 MB → 300 KB (−85 %)',
    targetUrl: RUN,
    ...options,
  });
}

test('says beside the commit how it went', async () => {
  await using server = await startGitHubApiServer();
  expect(await publish(server)).toEqual({ status: 'created', url: RUN });
  expect(server.statuses(SHA)).toMatchObject([
    {
      context: 'memtrack / parse',
      state: 'success',
      description: '2 MB → 300 KB (−85 %)',
      target_url: RUN,
    },
  ]);
  expect(server.violations).toEqual([]);
});

test('C27: of a name just the newest counts, however often it is set', async () => {
  await using server = await startGitHubApiServer();
  await publish(server, { state: 'pending' });
  await publish(server, { state: 'failure' });
  await publish(server, { state: 'failure' });
  const response = await fetch(`${server.url}/repos/octo-org/octo-repo/commits/${SHA}/status`);
  const combined = (await response.json()) as { state: string; statuses: unknown[] };
  expect(combined).toMatchObject({ state: 'failure', statuses: [{ state: 'failure' }] });
  expect(server.violations).toEqual([]);
});

test('fits any description, and leads only to https', async () => {
  await using server = await startGitHubApiServer();
  const description = `\u202E\u0000\n${'😀'.repeat(200)}`;
  expect(await publish(server, { description, targetUrl: 'javascript:alert(1)' })).toMatchObject({
    url: null,
  });
  const [status] = server.statuses(SHA);
  expect(status?.description?.length).toBeLessThanOrEqual(140);
  expect(status?.description).toMatch(/^\\u202E\\u0000 😀+…$/u);
  expect(status?.target_url).toBeNull();
  expect(server.violations).toEqual([]);
});

test('names the missing permission', async () => {
  await using server = await startGitHubApiServer({ mayWrite: ['pull-requests'] });
  const result = await publish(server);
  expect(result).toMatchObject({ status: 'skipped', url: null });
  expect(result.reason).toMatch(/^No status "memtrack \/ parse" on bbbbbbbbbbbb: .*`statuses: write`/);
  expect(server.violations).toEqual([]);
});

test('says why when GitHub knows no such commit', async () => {
  await using server = await startGitHubApiServer({ commits: [] });
  expect((await publish(server)).reason).toMatch(/422: No commit found/);
});
