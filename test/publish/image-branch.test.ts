import { Octokit } from '@octokit/rest';
import { expect, test } from 'vitest';
import { createGitHubClient, type GitHubClient } from '../../src/github/client.ts';
import { SILENT_LOG } from '../../src/log.ts';
import {
  IMAGE_BRANCH,
  type PublishImageOptions,
  pruneImages,
  publishImage,
} from '../../src/publish/image-branch.ts';
import {
  type GitHubApiServer,
  type GitHubApiServerOptions,
  startGitHubApiServer,
} from '../github/github-api-server.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>größer</text></svg>';
const start = (options?: GitHubApiServerOptions) => startGitHubApiServer(options);

/** One that does not pause for a second between writes, as ours does. */
function hastyClient(baseUrl: string): GitHubClient {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return new Octokit({ baseUrl, auth: 'ghs_token', log }) as unknown as GitHubClient;
}

function optionsFor(server: GitHubApiServer, more: Partial<PublishImageOptions> = {}): PublishImageOptions {
  return {
    client: hastyClient(server.url),
    owner: 'octo-org',
    repository: 'octo-repo',
    serverUrl: 'https://github.com',
    defaultBranch: 'main',
    number: 12,
    name: 'parse',
    svg: SVG,
    ...more,
  };
}

const publish = (server: GitHubApiServer, more?: Partial<PublishImageOptions>) =>
  publishImage(optionsFor(server, more));
const prune = (server: GitHubApiServer, number: number) => pruneImages(optionsFor(server, { number }));
const paths = (server: GitHubApiServer) => [...server.filesAt(IMAGE_BRANCH)!.keys()];
const writes = (server: GitHubApiServer) => server.requests.filter(({ method }) => method !== 'GET');

test('makes an orphan branch with a marker, and an address that stays', async () => {
  await using server = await start();
  const { signal } = new AbortController();
  const client = createGitHubClient({ token: 'ghs_token', apiUrl: server.url, log: SILENT_LOG, signal });
  const result = await publish(server, { client });
  const history = server.historyOf(IMAGE_BRANCH);
  expect(history).toHaveLength(1);
  const [marker, path] = paths(server);
  expect(marker).toBe('.memtrack-images');
  expect(path).toMatch(/^pull-12\/[0-9a-f]{16}-[0-9a-f]{16}\.svg$/);
  expect(server.filesAt(IMAGE_BRANCH)!.get(path)).toBe(SVG);
  expect(result).toEqual({
    status: 'created',
    url: `https://github.com/octo-org/octo-repo/blob/${history[0]}/${path}?raw=true`,
  });
  expect(server.historyOf('main')).toHaveLength(1);
  expect(server.requests).toHaveLength(4);
  expect(server.violations).toEqual([]);
});

test('writes nothing when the same picture is there', async () => {
  await using server = await start();
  const first = await publish(server);
  const before = writes(server).length;
  expect(await publish(server)).toEqual({ status: 'unchanged', url: first.url });
  expect(writes(server)).toHaveLength(before);
});

test("replaces the benchmark's old picture, and leaves those of others", async () => {
  await using server = await start();
  await publish(server);
  await publish(server, { name: 'print' });
  await publish(server, { number: 13 });
  const result = await publish(server, { svg: '<svg/>' });
  expect(result.status).toBe('updated');
  const texts = [...server.filesAt(IMAGE_BRANCH)!].map(([path, text]) => [path.split('/')[0], text]);
  expect(texts).toHaveLength(4);
  expect(texts.filter(([folder]) => folder === 'pull-12').map(([, text]) => text)).toEqual(
    expect.arrayContaining([SVG, '<svg/>']),
  );
  expect(server.historyOf(IMAGE_BRANCH)).toHaveLength(4);
  const last = server.requests.slice(-6).map(({ method, path }) => `${method} ${path.split('/').at(4)}`);
  expect(last).toEqual(['GET branches', 'GET git', 'GET git', 'POST git', 'POST git', 'PATCH git']);
  expect(server.violations).toEqual([]);
});

test('prunes the folder of a closed pull request only', async () => {
  await using server = await start();
  expect(await prune(server, 12)).toEqual({ status: 'unchanged', url: null });
  expect(server.filesAt(IMAGE_BRANCH)).toBeNull();
  await publish(server);
  await publish(server, { number: 1 });
  await publish(server, { number: 123 });
  expect(await prune(server, 12)).toEqual({ status: 'updated', url: null });
  expect(paths(server).map((path) => path.split('/')[0])).toEqual(['.memtrack-images', 'pull-1', 'pull-123']);
  expect(await prune(server, 12)).toEqual({ status: 'unchanged', url: null });
  expect(server.historyOf(IMAGE_BRANCH)).toHaveLength(4);
  expect(server.violations).toEqual([]);
});

test('T36: a branch of that name without the marker is left as it is', async () => {
  await using server = await start({
    branches: { main: { a: 'a' }, [IMAGE_BRANCH]: { 'precious.txt': 'x', 'pull-12/old.svg': 'x' } },
  });
  const before = server.filesAt(IMAGE_BRANCH);
  const result = await publish(server);
  expect(result).toMatchObject({ status: 'skipped', url: null });
  expect(result.reason).toMatch(
    /^No image of #12: there is a branch memtrack-images that is not this action's/,
  );
  expect((await prune(server, 12)).reason).toMatch(/^The images of #12 stay: .*not this action's/);
  expect(server.filesAt(IMAGE_BRANCH)).toEqual(before);
  expect(writes(server)).toEqual([]);
});

test('T36: the default branch and protected branches are never written to', async () => {
  const branches = { [IMAGE_BRANCH]: { '.memtrack-images': 'x' } };
  await using asDefault = await start({ branches, defaultBranch: IMAGE_BRANCH });
  for (const defaultBranch of [IMAGE_BRANCH, null]) {
    expect((await publish(asDefault, { defaultBranch })).reason).toMatch(/is the default branch/);
  }
  await using asProtected = await start({
    branches: { main: { a: 'a' }, ...branches },
    protectedBranches: [IMAGE_BRANCH],
  });
  expect((await publish(asProtected)).reason).toMatch(/is protected/);
  expect((await prune(asProtected, 12)).reason).toMatch(/is protected/);
  expect([...writes(asDefault), ...writes(asProtected)]).toEqual([]);
  expect([...asDefault.violations, ...asProtected.violations]).toEqual([]);
});

test('T36: no name that somebody chose is part of a path, a ref or a message', async () => {
  await using server = await start();
  const name = '../../heads/main"; $(touch x) #1 @octocat\n';
  await publish(server, { name });
  expect(paths(server)[1]).toMatch(/^pull-12\/[0-9a-f]{16}-[0-9a-f]{16}\.svg$/);
  const sent = writes(server).map(({ body }) => JSON.stringify(body));
  expect(sent.join('\n')).not.toMatch(/octocat|touch|heads\/main|"message":"[^"]*[#@]/);
  expect(writes(server).map(({ body }) => (body as { ref?: string }).ref ?? '')).toContain(
    `refs/heads/${IMAGE_BRANCH}`,
  );
  await expect(publish(server, { number: Number('../x') })).rejects.toThrow(/no pull request/);
});

test('T36: moves the branch forward only, and tries again when another job was quicker', async () => {
  await using server = await start();
  const jobs = ['one', 'two', 'three'].map((name) => publish(server, { name }));
  const results = await Promise.all(jobs);
  expect(results.map(({ status }) => status)).toEqual(['created', 'created', 'created']);
  expect(paths(server)).toHaveLength(4);
  expect(server.historyOf(IMAGE_BRANCH)).toHaveLength(3);
  for (const { url } of results) {
    const [, commit, path] = /blob\/([0-9a-f]{40})\/(.*)\?raw=true$/.exec(url!)!;
    expect(server.filesAt(commit)!.get(path)).toBe(SVG);
  }
  const moves = server.requests.filter(({ method }) => method === 'PATCH');
  expect(moves.every(({ body }) => (body as { force: boolean }).force === false)).toBe(true);
  expect(moves.some(({ status }) => status === 422) || moves.length === 2).toBe(true);
  expect(server.violations).toEqual([]);
});

test('gives up after some lost races', async () => {
  await using server = await start();
  await publish(server);
  const body = { message: 'Update is not a fast forward' };
  server.injectFault({ match: /PATCH/, status: 422, body, times: 9 });
  const result = await publish(server, { svg: '<svg/>' });
  expect(result.reason).toMatch(/other runs kept changing the branch memtrack-images/);
  expect(server.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(5);
});

test('names the permission that is missing', async () => {
  await using server = await start({ mayWrite: [] });
  const result = await publish(server);
  expect(result.reason).toMatch(/^No image of #12: .*403.*`contents: write`/);
});

test('says what else GitHub refuses', async () => {
  await using server = await start({ branches: {} });
  expect((await publish(server)).reason).toMatch(/409: Git Repository is empty/);
  expect((await publish(server, { svg: 'x'.repeat(5_000_001) })).reason).toMatch(/has 5000001 bytes/);
});

test('keeps a bounded number of pictures of one pull request', async () => {
  const old = Array.from({ length: 50 }, (_, i) => [
    `pull-12/${String(i).padStart(16, '0')}-a.svg`,
    String(i),
  ]);
  await using server = await start({
    branches: { main: { a: 'a' }, [IMAGE_BRANCH]: { '.memtrack-images': '', ...Object.fromEntries(old) } },
  });
  expect((await publish(server)).reason).toMatch(/has 50 images of it, and keeps no more/);
  expect((await publish(server, { number: 13 })).status).toBe('created');
});

test('a server of a company has its own address', async () => {
  await using server = await start();
  const { url } = await publish(server, { serverUrl: 'https://git.example.org/' });
  expect(url).toMatch(/^https:\/\/git\.example\.org\/octo-org\/octo-repo\/blob\//);
});
