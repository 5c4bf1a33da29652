import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packMeasurement } from '../../src/artifacts/measurement-artifact.ts';
import { type BaselineCache, createBaselineCache } from '../../src/baseline/cache.ts';
import { SILENT_LOG } from '../../src/log.ts';
import type { Measurement } from '../../src/measurement/measurement.ts';
import { type ResultsService, servicesEnvironment, startResultsService } from '../github/results-service.ts';
import { EXAMPLE } from '../measurement/example-measurement.ts';

const run = promisify(execFile);
const SHA = 'b'.repeat(40);
const KEY = `memtrack-baseline-v1-${SHA}-0123456789abcdef0123456789abcdef`;
const BASELINE: Measurement = { ...EXAMPLE, base: null, head: { ...EXAMPLE.head, sha: SHA } };
const EXPECTED = { sha: SHA, name: BASELINE.name, tracker: BASELINE.tracker };

let directory: string;
let said: { info: string[]; warning: string[] };

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'baseline-test-')), 'baseline');
  said = { info: [], warning: [] };
});

afterEach(() => rm(join(directory, '..'), { recursive: true }));

async function withCache(
  work: (cache: BaselineCache, service: ResultsService) => Promise<void>,
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  await using service = await startResultsService();
  const environment = { ...servicesEnvironment(service, 42), ...variables };
  await work(cacheIn(environment), service);
  // Nothing of the cache stays on disk.
  expect(existsSync(directory) ? await readdir(directory) : []).toEqual([]);
}

function cacheIn(environment: Readonly<Record<string, string>>, timeLimitSeconds = 30): BaselineCache {
  const log = {
    ...SILENT_LOG,
    info: (line: string) => void said.info.push(line),
    warning: (line: string) => void said.warning.push(line),
  };
  return createBaselineCache({ directory, log, timeLimitSeconds, environment });
}

describe('the cache of baselines', () => {
  it('gives back what was written under the very same key', () =>
    withCache(async (cache, service) => {
      expect(await cache.read(KEY, EXPECTED)).toBeNull();
      await cache.write(KEY, BASELINE);
      expect(service.caches().map(({ key }) => key)).toEqual([KEY]);
      expect(await cache.read(KEY, EXPECTED)).toEqual(BASELINE);
      expect(said).toEqual({
        info: [
          `There is no baseline in the cache for ${EXPECTED.name}.`,
          'The baseline is in the cache now.',
        ],
        warning: [],
      });
    }));

  it('says of which benchmark there is none, unless there is but one without a name', () =>
    withCache(async (cache) => {
      for (const name of ['parse', 'default']) await cache.read(KEY, { ...EXPECTED, name });
      expect(said.info).toEqual([
        'There is no baseline in the cache for parse.',
        'There is no baseline in the cache.',
      ]);
    }));

  it('T20: uses no cache whose key only begins like it, or ends otherwise', () =>
    withCache(async (cache) => {
      await cache.write(`${KEY}0`, BASELINE);
      await cache.write(KEY.replace(/.$/, '0'), BASELINE);
      expect(await cache.read(KEY, EXPECTED)).toBeNull();
    }));

  it('keeps several, and says when one is there already', () =>
    withCache(async (cache, service) => {
      const other = { ...BASELINE, name: 'times' };
      await Promise.all([cache.write(KEY, BASELINE), cache.write(`${KEY}f`, other)]);
      await cache.write(KEY, BASELINE);
      expect(service.caches()).toHaveLength(2);
      expect(said.info.at(-1)).toBe('The baseline is in the cache already.');
      const [one, two] = await Promise.all([
        cache.read(KEY, EXPECTED),
        cache.read(`${KEY}f`, { ...EXPECTED, name: 'times' }),
      ]);
      expect([one?.name, two?.name]).toEqual(['dates', 'times']);
    }));

  it('does not keep a comparison, nor a failure', () =>
    withCache(async (cache, service) => {
      await cache.write(KEY, EXAMPLE);
      const failed = { kind: 'failed', phase: 'build', message: 'make failed', lastLines: [] } as const;
      await cache.write(KEY, { ...BASELINE, head: { ...BASELINE.head, outcome: failed } });
      expect(service.requests).toEqual([]);
    }));

  it.each<readonly [string, Measurement]>([
    ['another commit', { ...BASELINE, head: { ...BASELINE.head, sha: 'c'.repeat(40) } }],
    ['another benchmark', { ...BASELINE, name: 'times' }],
    ['another version of the tracker', { ...BASELINE, tracker: { name: 'heaptrack', version: '1.5.0' } }],
  ])('T20: does not use %s', (what, poisoned) =>
    withCache(async (cache) => {
      await cache.write(KEY, poisoned);
      expect(await cache.read(KEY, EXPECTED)).toBeNull();
      expect(said.warning).toEqual([expect.stringContaining(what)]);
    }),
  );

  it('T20: does not use a comparison, nor what is no measurement', () =>
    withCache(async (cache, service) => {
      await cache.write(KEY, BASELINE);
      const file = join(directory, 'x');
      const contents = [packMeasurement({ ...EXAMPLE, head: BASELINE.head }), Buffer.from('<img src=x>')];
      await mkdir(directory, { recursive: true });
      for (const content of contents) {
        await writeFile(file, content);
        service.replaceCache(KEY, await archiveOf(file));
        expect(await cache.read(KEY, EXPECTED)).toBeNull();
      }
      await rm(file);
      expect(said.warning).toEqual([
        expect.stringContaining('a comparison'),
        expect.stringContaining('damaged'),
      ]);
      expect(said.warning.join()).not.toContain('img');
    }));

  it('T20: writes no file to where a poisoned archive says, follows no link, and keeps no more than it may', () =>
    withCache(async (cache, service) => {
      await cache.write(KEY, BASELINE);
      const home = join(directory, '..', 'home');
      await mkdir(home);
      const victim = join(home, '.bashrc');
      await writeFile(victim, 'evil');
      await run('ln', ['-s', '/etc', join(home, 'link')]);
      await run('mkfifo', [join(home, 'pipe')]);
      const archive = await archiveOf(home);
      await rm(home, { recursive: true });
      await mkdir(home);
      await writeFile(victim, 'precious');
      service.replaceCache(KEY, archive);
      expect(await cache.read(KEY, EXPECTED)).toBeNull();
      expect(await readdir(home)).toEqual(['.bashrc']);
      expect(await readFile(victim, 'utf8')).toBe('precious');
      expect(said.warning).toHaveLength(1);
    }));

  it.each([
    ['read', 'The baseline was not cached: Cache save skipped: '],
    ['none', 'The baseline was not cached: Cache save skipped: '],
  ])('T20: keeps to a mode in which caches are not written: %s', (mode, line) =>
    withCache(
      async (cache, service) => {
        await cache.write(KEY, BASELINE);
        expect(service.caches()).toEqual([]);
        expect(said).toEqual({ info: [expect.stringContaining(line)], warning: [] });
      },
      { ACTIONS_CACHE_MODE: mode },
    ),
  );

  it('T20: says in one line that the service lets this run only read', () =>
    withCache(async (cache, service) => {
      service.setCacheReadOnly(true);
      await cache.write(KEY, BASELINE);
      expect(said).toEqual({ info: [expect.stringContaining('cache write denied')], warning: [] });
    }));

  it.each([
    [{ status: 403 }, /cannot be read|no baseline/],
    ['hang', /cannot be read: no answer within 2 s/],
  ] as const)('measures anew when the cache does not work: %j', (what, line) =>
    withCache(async (_cache, service) => {
      const cache = cacheIn(servicesEnvironment(service, 42), 2);
      service.injectFault({ match: /CacheService/, what });
      expect(await cache.read(KEY, EXPECTED)).toBeNull();
      await cache.write(KEY, BASELINE);
      expect(said.warning).toEqual([]);
      expect(said.info).toEqual([
        expect.stringMatching(line),
        expect.stringMatching(/^The baseline was not cached: |in the cache already/),
      ]);
    }),
  );

  it('is not there without the runner’s services', async () => {
    const cache = cacheIn({});
    expect(await cache.read(KEY, EXPECTED)).toBeNull();
    await cache.write(KEY, BASELINE);
    expect(said.warning).toEqual([]);
    expect(said.info).toHaveLength(2);
  });
});

/** As the real client makes it, paths and all. */
async function archiveOf(path: string): Promise<Buffer> {
  const archive = join(directory, '..', 'archive.tzst');
  await run('tar', ['--posix', '-cf', archive, '-P', '--use-compress-program', 'zstdmt', path]);
  const bytes = await readFile(archive);
  await rm(archive);
  return bytes;
}
