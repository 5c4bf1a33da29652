import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startGitHubApiServer } from './github-api-server.ts';
import { type ResultsService, servicesEnvironment, startResultsService } from './results-service.ts';

/*
 * The clients here are GitHub's own, in this process: they read everything from the environment, and talk on stdout.
 */

const RUN = 42;
let root: string;
let file: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'results-service-'));
  file = join(root, 'report.html');
  await writeFile(file, '<!doctype html>');
});

afterAll(() => rm(root, { recursive: true }));

/** As a job of the run would use it. */
async function inJob(work: (service: ResultsService) => Promise<void>, runId = RUN): Promise<void> {
  await using service = await startResultsService();
  await asJobOf(runId, service, () => work(service));
}

async function asJobOf(runId: number, service: ResultsService, work: () => Promise<void>): Promise<void> {
  const silence = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const environment = {
    ...servicesEnvironment(service, runId),
    RUNNER_TEMP: root,
    GITHUB_WORKSPACE: root,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  try {
    await work();
  } finally {
    vi.unstubAllEnvs();
    silence.mockRestore();
  }
}

describe('artifacts', () => {
  test('are zips, or single files by their own name and type', () =>
    inJob(async (service) => {
      const { default: client } = await import('@actions/artifact');
      await client.uploadArtifact('data', [file], root);
      await client.uploadArtifact('ignored', [file], root, { skipArchive: true });
      expect(service.artifacts().map(({ name, mimeType, isZipped }) => [name, mimeType, isZipped])).toEqual([
        ['data', 'application/zip', true],
        ['report.html', 'text/html', false],
      ]);
      const { artifacts } = await client.listArtifacts();
      expect(artifacts.map(({ name, size }) => [name, size])).toEqual(
        service.artifacts().map(({ name, size }) => [name, size]),
      );
    }));

  test('come back byte for byte, in several blocks if they are large', () =>
    inJob(async (service) => {
      const { default: client } = await import('@actions/artifact');
      const large = join(root, 'large.bin');
      const content = Buffer.alloc(20 * 1024 * 1024, 'not all the same ');
      await writeFile(large, content);
      const { id = 0 } = await client.uploadArtifact('x', [large], root, { skipArchive: true });
      expect(service.requests.filter(({ method }) => method === 'PUT')).toHaveLength(4);
      const path = join(root, 'down');
      await client.downloadArtifact(id, { path, skipDecompress: true });
      expect((await readFile(join(path, 'artifact'))).equals(content)).toBe(true);
      await rm(path, { recursive: true });
    }));

  test('have a name once in a run, until they are deleted', () =>
    inJob(async (service) => {
      const { default: client } = await import('@actions/artifact');
      await client.uploadArtifact('data', [file], root);
      await expect(client.uploadArtifact('data', [file], root)).rejects.toThrow('(409)');
      await asJobOf(RUN + 1, service, async () => {
        await client.uploadArtifact('data', [file], root);
        expect((await client.listArtifacts()).artifacts).toHaveLength(1);
      });
      expect(service.artifacts(RUN + 1)).toHaveLength(1);
    }));

  test('can be deleted', () =>
    inJob(async (service) => {
      const { default: client } = await import('@actions/artifact');
      await client.uploadArtifact('data', [file], root);
      await client.deleteArtifact('data');
      expect(service.artifacts()).toEqual([]);
    }));

  test('are shown by the stand-in for the API, which leads to the blob store', () =>
    inJob(async (service) => {
      await using server = await startGitHubApiServer({ results: service });
      service.addArtifact({ runId: RUN, name: 'one', bytes: Buffer.from('PK1') });
      const old = service.addArtifact({
        runId: RUN,
        name: 'old',
        bytes: Buffer.from('PK0'),
        isExpired: true,
      });
      service.addArtifact({ runId: RUN + 1, name: 'other', bytes: Buffer.from('PK2') });
      const get = (path: string) =>
        fetch(`${server.url}/repos/octo-org/octo-repo/actions/${path}`, { redirect: 'manual' });
      const listed = async (path: string) =>
        (await (await get(path)).json()) as { artifacts: { id: number; name: string }[] };
      const list = await listed(`runs/${RUN}/artifacts`);
      expect(list.artifacts.map(({ name }) => name)).toEqual(['old', 'one']);
      const named = await listed(`runs/${RUN}/artifacts?name=one&per_page=1`);
      expect(named).toMatchObject({
        total_count: 1,
        artifacts: [{ expired: false, workflow_run: { id: RUN } }],
      });
      const id = named.artifacts[0]?.id;
      expect(await (await get(`artifacts/${id}`)).json()).toMatchObject({
        id,
        name: 'one',
        size_in_bytes: 3,
      });
      const download = await get(`artifacts/${id}/zip`);
      expect(download.status).toBe(302);
      const location = download.headers.get('location') ?? '';
      expect(new URL(location).host).not.toBe(new URL(server.url).host);
      expect(await (await fetch(location)).text()).toBe('PK1');
      expect((await get(`artifacts/${old.id}/zip`)).status).toBe(410);
      expect((await get('artifacts/1/zip')).status).toBe(404);
      expect(server.violations).toEqual([]);
    }));

  test('are hidden from a token that may not read them', () =>
    inJob(async (service) => {
      await using server = await startGitHubApiServer({ results: service, mayReadActions: false });
      const url = `${server.url}/repos/octo-org/octo-repo/actions/runs/${RUN}/artifacts`;
      expect((await fetch(url)).status).toBe(403);
      expect(server.violations).toEqual([]);
    }));
});

describe('caches', () => {
  async function withFolder(work: (paths: string[]) => Promise<void>): Promise<void> {
    const folder = join(root, 'cached');
    await mkdir(folder);
    await writeFile(join(folder, 'a'), 'content');
    await work([folder]);
    await rm(folder, { recursive: true, force: true });
  }

  test('come back by their key, or by a prefix that was asked for', () =>
    inJob(() =>
      withFolder(async (paths) => {
        const { restoreCache, saveCache } = await import('@actions/cache');
        expect(await restoreCache([...paths], 'key-1')).toBeUndefined();
        expect(await saveCache([...paths], 'key-1')).toBeGreaterThan(0);
        await rm(paths[0] ?? '', { recursive: true });
        expect(await restoreCache([...paths], 'key-1')).toBe('key-1');
        expect(await readFile(join(paths[0] ?? '', 'a'), 'utf8')).toBe('content');
        expect(await restoreCache([...paths], 'key')).toBeUndefined();
        expect(await restoreCache([...paths], 'key-2', ['key-'])).toBe('key-1');
        expect(await restoreCache([`${paths[0]}/a`], 'key-1')).toBeUndefined();
      }),
    ));

  test('are kept once, and not at all when they may only be read', () =>
    inJob((service) =>
      withFolder(async (paths) => {
        const { saveCache } = await import('@actions/cache');
        await saveCache([...paths], 'key');
        expect(await saveCache([...paths], 'key')).toBe(-1);
        service.setCacheReadOnly(true);
        expect(await saveCache([...paths], 'other')).toBe(-1);
        expect(service.caches().map(({ key }) => key)).toEqual(['key']);
      }),
    ));
});

describe('failing', () => {
  test('takes a token of this run for nothing else, and none for nothing', () =>
    inJob(async (service) => {
      const post = (headers: Record<string, string>, run: string) =>
        fetch(`${service.url}twirp/github.actions.results.api.v1.ArtifactService/ListArtifacts`, {
          method: 'POST',
          headers,
          body: JSON.stringify({ workflow_run_backend_id: run }),
        });
      const authorization = `Bearer ${process.env.ACTIONS_RUNTIME_TOKEN}`;
      expect((await post({ authorization }, String(RUN))).status).toBe(200);
      expect((await post({ authorization }, '43')).status).toBe(403);
      expect((await post({}, String(RUN))).status).toBe(401);
      expect((await fetch(`${service.url}blob/1?sig=x`)).status).toBe(403);
    }));

  test('answers what a test wants, as often as it wants', () =>
    inJob(async (service) => {
      const { default: client } = await import('@actions/artifact');
      service.injectFault({ match: /ListArtifacts/, what: { status: 403, message: 'no' }, times: 1 });
      await expect(client.listArtifacts()).rejects.toThrow('(403) Forbidden: no');
      expect((await client.listArtifacts()).artifacts).toEqual([]);
    }));
});
