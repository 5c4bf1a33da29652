import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type CheckConclusion, concludeOpenCheck, openCheck } from '../../src/action/check.ts';
import type { RunnerJob } from '../../src/action/job.ts';
import { createGitHubClient } from '../../src/github/client.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { type GitHubApiServer, startGitHubApiServer } from '../github/github-api-server.ts';

const SHA = 'b'.repeat(40);
const PASSED: CheckConclusion = {
  state: 'success',
  conclusion: 'success',
  title: '2 MB → 300 KB',
  summary: '',
  annotations: [],
};

let folder: string;
let stateFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
  stateFile = join(folder, 'state');
  writeFileSync(stateFile, '');
  vi.stubEnv('GITHUB_STATE', stateFile);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** As much of a job as a check needs. */
function jobWith(server: GitHubApiServer): RunnerJob {
  const signal = new AbortController().signal;
  const client = createGitHubClient({ token: 'ghs_token', apiUrl: server.url, log: SILENT_LOG, signal });
  return { client, owner: 'octo-org', repository: 'octo-repo' } as RunnerJob;
}

const OPTIONS = { name: 'default', sha: SHA, targetUrl: 'https://github.com', isPendingShown: true } as const;

/** What the post step would find. */
function rememberedState(): string | undefined {
  return [...readFileSync(stateFile, 'utf8').matchAll(/^open-check<<(.*)\n(.*)\n\1$/gm)].at(-1)?.[2];
}

const FAULTS = [
  ['is not there for a moment', { status: 502, times: 3 }],
  ['asks to wait for an hour', { status: 403, headers: { 'retry-after': '3600' }, times: 1 }],
] as const;

test.each(FAULTS)('a commit status is set in the end though GitHub %s in the beginning', async (_, fault) => {
  await using server = await startGitHubApiServer();
  const body = { message: 'You have exceeded a secondary rate limit' };
  server.injectFault({ match: /POST .*statuses/, body, ...fault });
  const check = await openCheck({ ...OPTIONS, kind: 'commit-status' }, jobWith(server));
  expect(server.statuses(SHA)).toEqual([]);
  expect(await check.conclude(PASSED)).toMatchObject({ status: 'created' });
  expect(server.statuses(SHA).map(({ state }) => state)).toEqual(['success']);
  expect(rememberedState()).toBe('');
});

test('a check run is made in the end when GitHub did not make it in the beginning', async () => {
  await using server = await startGitHubApiServer();
  server.injectFault({ match: /POST .*check-runs/, status: 502, times: 2 });
  const check = await openCheck({ ...OPTIONS, kind: 'check-run' }, jobWith(server));
  expect(server.checkRuns(SHA)).toEqual([]);
  expect(await check.conclude(PASSED)).toMatchObject({ status: 'updated' });
  expect(server.checkRuns(SHA).map(({ checkRun }) => [checkRun.status, checkRun.conclusion])).toEqual([
    ['completed', 'success'],
  ]);
  expect(rememberedState()).toBe('');
});

test('a check that GitHub refuses to conclude is left to the post step', async () => {
  await using server = await startGitHubApiServer();
  const check = await openCheck({ ...OPTIONS, kind: 'commit-status' }, jobWith(server));
  expect(rememberedState()).toBe(JSON.stringify({ kind: 'commit-status', sha: SHA }));
  server.injectFault({ match: /POST .*statuses/, status: 502, times: 3 });
  expect(await check.conclude(PASSED)).toMatchObject({ status: 'skipped' });
  expect(rememberedState()).toBe(JSON.stringify({ kind: 'commit-status', sha: SHA }));
});

test('the post step concludes what was left open, and never as passed', async () => {
  await using server = await startGitHubApiServer();
  const job = jobWith(server);
  await openCheck({ ...OPTIONS, kind: 'commit-status' }, job);
  await concludeOpenCheck(rememberedState() ?? '', 'default', job);
  expect(server.statuses(SHA).map(({ context, state }) => `${context} ${state}`)).toEqual([
    'memtrack/default error',
    'memtrack/default pending',
  ]);
  await openCheck({ ...OPTIONS, kind: 'check-run' }, job);
  await concludeOpenCheck(rememberedState() ?? '', 'default', job);
  expect(server.checkRuns(SHA).map(({ checkRun }) => checkRun.conclusion)).toEqual(['cancelled']);
  expect(server.violations).toEqual([]);
});

test.each([
  ['another kind', { kind: 'comment', id: 1 }],
  ['a path for an id', { kind: 'check-run', id: '1/../../statuses' }],
  ['a number that is none', { kind: 'check-run', id: -1 }],
  ['a branch for a commit', { kind: 'commit-status', sha: 'main' }],
  ['a state of its own', { kind: 'commit-status', state: 'success' }],
  ['a text that is too long', { kind: 'commit-status', sha: SHA, more: 'x'.repeat(200) }],
  ['no object', null],
])('T05: the post step asks GitHub for nothing where the state that it finds has %s', async (_, state) => {
  await using server = await startGitHubApiServer();
  expect(await concludeOpenCheck(JSON.stringify(state), 'default', jobWith(server))).toBeNull();
  expect(server.requests).toEqual([]);
});
