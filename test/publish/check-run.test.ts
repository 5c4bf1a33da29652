import { expect, test } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { type CheckRunConclusion, concludeCheckRun, startCheckRun } from '../../src/publish/check-run.ts';
import type { RenderedAnnotation } from '../../src/render/annotations.ts';
import { type GitHubApiServer, startGitHubApiServer } from '../github/github-api-server.ts';

const SHA = 'b'.repeat(40);
const RUN = 'https://github.com/octo-org/octo-repo/actions/runs/1';

function clientOf(server: GitHubApiServer) {
  const client = createGitHubClient({
    token: 'ghs_token',
    apiUrl: server.url,
    log: SILENT_LOG,
    signal: new AbortController().signal,
  });
  return { client, owner: 'octo-org', repository: 'octo-repo' };
}

const start = (server: GitHubApiServer) =>
  startCheckRun({ ...clientOf(server), name: 'memtrack / parse', headSha: SHA, detailsUrl: RUN });

async function startedId(server: GitHubApiServer): Promise<number> {
  const started = await start(server);
  if (!started.ok) throw new Error(started.reason);
  return started.id;
}

function conclude(server: GitHubApiServer, id: number, more: Partial<CheckRunConclusion> = {}) {
  return concludeCheckRun({
    ...clientOf(server),
    id,
    conclusion: 'failure',
    title: '300 KB → 2 MB (+566 %), over its limit',
    summary: '## Memory\n\nIt grew.',
    annotations: [],
    ...more,
  });
}

function annotations(count: number): RenderedAnnotation[] {
  return Array.from({ length: count }, (_, i) => ({
    path: 'src/lib.rs',
    line: i + 1,
    level: 'warning',
    title: `Bytes allocated +${i} B`,
    message: 'More than before.',
  }));
}

const patches = (server: GitHubApiServer) => server.requests.filter(({ method }) => method === 'PATCH');
const checkRun = (server: GitHubApiServer) => server.checkRuns(SHA)[0];

test('is in progress first, and concluded with title, texts and annotations', async () => {
  await using server = await startGitHubApiServer();
  const id = await startedId(server);
  expect(checkRun(server).checkRun).toMatchObject({
    id,
    name: 'memtrack / parse',
    status: 'in_progress',
    details_url: RUN,
  });
  const result = await conclude(server, id, { text: 'All of it.', annotations: annotations(2) });
  expect(result).toEqual({ status: 'updated', url: checkRun(server).checkRun.html_url });
  expect(checkRun(server)).toMatchObject({
    checkRun: {
      status: 'completed',
      conclusion: 'failure',
      output: {
        title: '300 KB → 2 MB (+566 %), over its limit',
        summary: '## Memory\n\nIt grew.',
        text: 'All of it.',
      },
    },
    annotations: [
      {
        path: 'src/lib.rs',
        start_line: 1,
        end_line: 1,
        annotation_level: 'warning',
        title: 'Bytes allocated +0 B',
      },
      { start_line: 2 },
    ],
  });
  expect(server.violations).toEqual([]);
});

test('C23: 130 annotations go in three requests, and 200 KB of text are cut between blocks', async () => {
  await using server = await startGitHubApiServer();
  const id = await startedId(server);
  const paragraph = `${'Wörter '.repeat(50)}\n\n`;
  const text = `<details><summary>All</summary>\n\n${paragraph.repeat(200_000 / paragraph.length)}</details>\n`;
  const result = await conclude(server, id, { text, summary: text, annotations: annotations(130) });
  expect(result.status).toBe('updated');
  expect(result.reason).toBeUndefined();
  expect(patches(server)).toHaveLength(3);
  expect(checkRun(server).annotations).toHaveLength(130);
  const { status, conclusion, output } = checkRun(server).checkRun;
  expect({ status, conclusion }).toEqual({ status: 'completed', conclusion: 'failure' });
  for (const shown of [output.summary, output.text]) {
    expect(Buffer.byteLength(shown ?? '')).toBeLessThanOrEqual(65_535);
    expect(Buffer.byteLength(shown ?? '')).toBeGreaterThan(60_000);
    expect(shown).toMatch(/Wörter \n\n<\/details>\n\nThe rest does not fit here\. It is in the report\.\n$/);
  }
  expect(server.violations).toEqual([]);
});

test('is concluded by the first request, whatever becomes of those after it', async () => {
  await using server = await startGitHubApiServer();
  const id = await startedId(server);
  const body = checkRun(server).checkRun;
  server.injectFault({ match: /PATCH/, status: 200, body, afterEffect: true });
  server.injectFault({ match: /PATCH/, status: 422, body: { message: 'Validation Failed' } });
  const result = await conclude(server, id, { annotations: annotations(60) });
  expect(result).toMatchObject({ status: 'updated', url: expect.stringContaining('github.com') });
  expect(result.reason).toMatch(/^10 of 60 annotations are missing: .*422/);
  expect(checkRun(server).checkRun).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(checkRun(server).annotations).toHaveLength(50);
  expect(server.violations).toEqual([]);
});

test('is concluded with its title when GitHub does not take the rest', async () => {
  await using server = await startGitHubApiServer();
  const id = await startedId(server);
  server.injectFault({ match: /PATCH/, status: 422, body: { message: 'Invalid annotation' } });
  const result = await conclude(server, id, { text: 'text', annotations: annotations(60) });
  expect(result).toMatchObject({ status: 'updated', reason: expect.stringContaining('Invalid annotation') });
  expect(checkRun(server).checkRun).toMatchObject({
    conclusion: 'failure',
    output: { title: '300 KB → 2 MB (+566 %), over its limit', annotations_count: 0 },
  });
  expect(server.violations).toEqual([]);
});

test('no annotation is there twice when an answer is lost', async () => {
  await using server = await startGitHubApiServer();
  const id = await startedId(server);
  server.injectFault({ match: /PATCH/, status: 502, afterEffect: true });
  server.injectFault({ match: /PATCH/, status: 'disconnect' });
  const result = await conclude(server, id, { annotations: annotations(70) });
  expect(result.reason).toBeUndefined();
  expect(checkRun(server).annotations).toHaveLength(70);
  expect(server.violations).toEqual([]);
});

test('none is left behind in progress when the answer to the start is lost', async () => {
  await using server = await startGitHubApiServer();
  server.injectFault({ match: /POST/, status: 502, afterEffect: true });
  const id = await startedId(server);
  expect(server.checkRuns(SHA).map(({ checkRun: run }) => run.id)).toEqual([id]);
  expect(server.violations).toEqual([]);
});

test('names the missing permission', async () => {
  await using server = await startGitHubApiServer({ mayWrite: ['statuses'] });
  expect(await start(server)).toEqual({
    ok: false,
    reason: expect.stringMatching(/^No check run "memtrack \/ parse": .*403.*`checks: write`/),
  });
  const result = await conclude(server, 1);
  expect(result.status).toBe('skipped');
  expect(result.reason).toMatch(/^The check run was not concluded: .*403.*`checks: write`/);
  expect(server.violations).toEqual([]);
});

test('says so when the token is no app’s', async () => {
  await using server = await startGitHubApiServer({ viewer: { login: 'mallory', id: 6, type: 'User' } });
  expect(await start(server)).toMatchObject({ ok: false, reason: expect.stringContaining('only apps') });
});
