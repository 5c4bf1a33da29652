import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSingleFile } from '../../src/artifacts/archive.ts';
import { MEASUREMENT_FILE, unpackMeasurement } from '../../src/artifacts/measurement-artifact.ts';
import { uploadFiles, uploadMeasurement } from '../../src/artifacts/upload.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { type ResultsService, servicesEnvironment, startResultsService } from '../github/results-service.ts';
import { EXAMPLE } from '../measurement/example-measurement.ts';

const RUN = 42;
const log = SILENT_LOG;
let directory: string;
let page: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'upload-test-'));
  page = join(directory, 'memtrack-parse-a1.html');
  await writeFile(page, '<!doctype html>');
});

afterAll(() => rm(directory, { recursive: true }));

async function withService<T>(
  work: (service: ResultsService, environment: Record<string, string>) => Promise<T>,
): Promise<T> {
  await using service = await startResultsService();
  return await work(service, servicesEnvironment(service, RUN));
}

describe('uploadFiles', () => {
  it('uploads a report as it is, under its own name, as a page that a browser opens', () =>
    withService(async (service, environment) => {
      const result = await uploadFiles({ files: [page], name: null, log, environment });
      const [stored] = service.artifacts(RUN);
      expect(result).toEqual({ ok: true, id: stored?.id, name: 'memtrack-parse-a1.html' });
      expect(stored).toMatchObject({
        name: 'memtrack-parse-a1.html',
        mimeType: 'text/html',
        isZipped: false,
      });
      expect(Buffer.from(stored?.bytes ?? []).toString()).toBe('<!doctype html>');
    }));

  it('zips several files, each with its path in the folder that they share', () =>
    withService(async (service, environment) => {
      const folder = join(directory, 'data');
      await mkdir(join(folder, 'base'), { recursive: true });
      const files = [join(folder, 'report.json'), join(folder, 'base', 'base.folded')];
      for (const file of files) await writeFile(file, 'x');
      const result = await uploadFiles({ files, name: 'memtrack-parse-a1-data', log, environment });
      expect(result).toMatchObject({ ok: true, name: 'memtrack-parse-a1-data' });
      const zip = Buffer.from(service.artifacts(RUN)[0]?.bytes ?? []).toString('latin1');
      expect(zip).toContain('base/base.folded');
      expect(zip).not.toContain('data/');
    }));

  it('says what to do when the name is taken, and has a new one for a re-run', () =>
    withService(async (service, environment) => {
      const upload = (attempt: number) => uploadMeasurement(EXAMPLE, { attempt, log, environment });
      expect(await upload(1)).toMatchObject({ ok: true });
      expect(await upload(1)).toEqual({
        ok: false,
        reason: expect.stringMatching(/`memtrack-dates-a1` was not uploaded: .* another `name`\.$/),
      });
      expect(await upload(2)).toMatchObject({ ok: true, name: 'memtrack-dates-a2' });
      expect(service.artifacts(RUN)).toHaveLength(2);
    }));

  it('T33: uploads no link, which could lead to what nobody meant to publish', () =>
    withService(async (service, environment) => {
      const link = join(directory, 'link.html');
      await symlink('/etc/passwd', link);
      const result = await uploadFiles({ files: [link], name: null, log, environment });
      expect(result).toEqual({ ok: false, reason: expect.stringContaining('no plain file') });
      expect(service.requests).toEqual([]);
    }));

  it.each([
    ['without the runner’s variables', {}, 'ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not set'],
    [
      'on a GitHub Enterprise Server',
      {
        ACTIONS_RUNTIME_TOKEN: 'x',
        ACTIONS_RESULTS_URL: 'http://127.0.0.1:9/',
        GITHUB_SERVER_URL: 'https://git.example',
      },
      'GitHub Enterprise Server does not take artifacts of this kind',
    ],
    ['when nobody answers', { ACTIONS_RESULTS_URL: 'http://127.0.0.1:9/' }, 'ECONNREFUSED'],
  ])('has a reason and no error %s', async (_when, given, reason) => {
    const token = { ...servicesEnvironment({ url: '' } as ResultsService, RUN), ACTIONS_RESULTS_URL: '' };
    const environment = 'ACTIONS_RESULTS_URL' in given ? { ...token, ...given } : {};
    const result = await uploadFiles({ files: [page], name: null, log, environment });
    expect(result).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  it.each([
    [{ status: 403 }, /does not accept this job's token \(.*\(403\)/],
    [{ status: 400, message: 'insufficient usage to create' }, /storage for artifacts is full/],
  ])('has a reason for a refusal: %j', (what, reason) =>
    withService(async (service, environment) => {
      service.injectFault({ match: /CreateArtifact/, what });
      const result = await uploadFiles({ files: [page], name: null, log, environment });
      expect(result).toEqual({ ok: false, reason: expect.stringMatching(reason) });
    }),
  );

  it('gives a service up that does not answer, or not as it should', () =>
    withService(async (service, environment) => {
      service.injectFault({ match: /CreateArtifact/, what: 'hang', times: 1 });
      service.injectFault({ match: /CreateArtifact/, what: { status: 500 } });
      const options = { files: [page], name: null, log, environment, timeLimitSeconds: 2 };
      const reason = 'The artifact `memtrack-parse-a1.html` was not uploaded: no answer within 2 s.';
      expect(await uploadFiles(options)).toEqual({ ok: false, reason });
      expect(await uploadFiles(options)).toEqual({ ok: false, reason });
    }));

  it('ends with the run', () =>
    withService(async (service, environment) => {
      service.injectFault({ match: /CreateArtifact/, what: 'hang' });
      const signal = AbortSignal.timeout(500);
      const result = await uploadFiles({ files: [page], name: null, log, environment, signal });
      expect(result).toEqual({ ok: false, reason: expect.stringContaining('cancelled') });
    }));

  it('T06: tells our log what the client says, and nothing of it the runner', () =>
    withService(async (_service, environment) => {
      const said: string[] = [];
      const write = process.stdout.write;
      const leaked: string[] = [];
      process.stdout.write = ((chunk: unknown) =>
        leaked.push(String(chunk)) > 0) as typeof process.stdout.write;
      try {
        await uploadFiles({
          files: [page],
          name: null,
          environment,
          log: { ...log, debug: (line) => void said.push(line) },
        });
      } finally {
        process.stdout.write = write;
      }
      expect(said).toContain('Finalizing artifact upload');
      expect(said.join('\n')).not.toMatch(/::add-mask|::debug|sig=/);
      expect(leaked.join('')).not.toMatch(/artifact/i);
    }));
});

describe('uploadMeasurement', () => {
  it('uploads what can be read again', () =>
    withService(async (service, environment) => {
      const result = await uploadMeasurement(EXAMPLE, { attempt: 1, log, environment });
      const [stored] = service.artifacts(RUN);
      expect(result).toEqual({ ok: true, id: stored?.id, name: 'memtrack-dates-a1' });
      expect(stored?.isZipped).toBe(true);
      const packed = await readSingleFile(stored?.bytes ?? new Uint8Array(), MEASUREMENT_FILE, 2 ** 20);
      expect(await unpackMeasurement(packed)).toEqual(EXAMPLE);
    }));
});
