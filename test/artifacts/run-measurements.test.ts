import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  MEASUREMENT_FILE,
  measurementArtifactName,
  packMeasurement,
} from '../../src/artifacts/measurement-artifact.ts';
import { fetchRunMeasurements, type RunMeasurementsOptions } from '../../src/artifacts/run-measurements.ts';
import { uploadMeasurement } from '../../src/artifacts/upload.ts';
import { createGitHubClient } from '../../src/github/client.ts';
import { SILENT_LOG } from '../../src/log.ts';
import type { Measurement } from '../../src/measurement/measurement.ts';
import {
  type GitHubApiServer,
  type GitHubApiServerOptions,
  startGitHubApiServer,
} from '../github/github-api-server.ts';
import { type ResultsService, servicesEnvironment, startResultsService } from '../github/results-service.ts';
import { EXAMPLE } from '../measurement/example-measurement.ts';
import { deflatedZeros, makeZip } from './make-zip.ts';

const RUN = 42;
const TOKEN = 'ghs_tokenOfTheReportingJob';
const log = SILENT_LOG;

interface World {
  readonly service: ResultsService;
  readonly server: GitHubApiServer;
  fetch(options?: Partial<RunMeasurementsOptions>): ReturnType<typeof fetchRunMeasurements>;
}

/** A reporting job: another run's artifacts, GitHub's API, and a token. */
async function report(
  work: (world: World) => Promise<void>,
  options: GitHubApiServerOptions = {},
): Promise<void> {
  await using service = await startResultsService();
  await using server = await startGitHubApiServer({ results: service, token: TOKEN, ...options });
  const signal = new AbortController().signal;
  const client = createGitHubClient({ token: TOKEN, apiUrl: server.url, log, signal });
  const where = { owner: 'octo-org', repository: 'octo-repo', runId: RUN };
  const environment = servicesEnvironment(service, 77);
  await work({
    service,
    server,
    fetch: (given) => fetchRunMeasurements({ client, ...where, log, environment, ...given }),
  });
  expect(server.violations).toEqual([]);
}

function named(name: string): Measurement {
  return { ...EXAMPLE, name };
}

function zipOf(measurement: Measurement): Uint8Array {
  return makeZip([{ name: MEASUREMENT_FILE, content: packMeasurement(measurement) }]);
}

function add(
  service: ResultsService,
  measurement: Measurement,
  given: {
    attempt?: number;
    runId?: number;
    saysItIsOfRun?: number;
    isExpired?: boolean;
    size?: number;
  } = {},
): void {
  const { attempt = 1, runId = RUN, ...seed } = given;
  const name = measurementArtifactName(measurement.name, attempt);
  service.addArtifact({ runId, name, bytes: zipOf(measurement), ...seed });
}

describe('fetchRunMeasurements', () => {
  it('reads what the real client uploaded, in the order of the names', () =>
    report(async ({ service, fetch }) => {
      const environment = servicesEnvironment(service, RUN);
      for (const name of ['parse', 'dates: all', 'dates']) {
        await uploadMeasurement(named(name), { attempt: 1, log, environment });
      }
      const { measurements, problems } = await fetch();
      expect(problems).toEqual([]);
      expect(measurements).toEqual([named('dates'), named('dates: all'), named('parse')]);
    }));

  it('finds nothing in a run that has nothing', () =>
    report(async ({ fetch }) => {
      expect(await fetch()).toEqual({ measurements: [], problems: [] });
    }));

  it('reads an artifact that was not zipped, whatever type the store says it has', () =>
    report(async ({ service, fetch }) => {
      const bytes = packMeasurement(EXAMPLE);
      service.addArtifact({ runId: RUN, name: 'memtrack-dates-a1', bytes, mimeType: 'application/json' });
      expect((await fetch()).measurements).toEqual([EXAMPLE]);
    }));

  it('finds measurements on every page of the list', () =>
    report(async ({ service, server, fetch }) => {
      add(service, named('first'));
      const bytes = new Uint8Array(1);
      for (let i = 0; i < 230; i++) service.addArtifact({ runId: RUN, name: `log-${i}`, bytes });
      add(service, named('last'));
      expect((await fetch()).measurements.map(({ name }) => name)).toEqual(['first', 'last']);
      expect(server.requests).toHaveLength(5);
    }));

  it('T19: takes the newest attempt, and of a re-run of one job the others’ older ones', () =>
    report(async ({ service, fetch }) => {
      const second = { ...named('parse'), notes: ['second'] };
      add(service, named('parse'));
      add(service, named('dates'));
      add(service, second, { attempt: 2 });
      expect((await fetch()).measurements).toEqual([named('dates'), second]);
      expect((await fetch({ attempt: 1 })).measurements).toEqual([named('dates'), named('parse')]);
    }));

  it('T19: does not touch an artifact that is of another run', () =>
    report(async ({ service, server, fetch }) => {
      add(service, named('parse'), { runId: RUN + 1 });
      add(service, named('dates'), { saysItIsOfRun: RUN + 1 });
      expect(await fetch()).toEqual({ measurements: [], problems: [] });
      expect(server.requests.filter(({ path }) => path.endsWith('/zip'))).toEqual([]);
    }));

  it('T19: refuses a measurement under the name of another benchmark', () =>
    report(async ({ service, fetch }) => {
      add(service, named('dates'));
      service.addArtifact({ runId: RUN, name: 'memtrack-parse-a1', bytes: zipOf(named('dates')) });
      const { measurements, problems } = await fetch();
      expect(measurements).toEqual([named('dates')]);
      expect(problems).toEqual([expect.stringMatching(/^`memtrack-parse-a1` .*another benchmark\.$/)]);
    }));

  it('says that an artifact has expired, and reads the others', () =>
    report(async ({ service, fetch }) => {
      add(service, named('dates'), { isExpired: true });
      add(service, named('parse'));
      const { measurements, problems } = await fetch();
      expect(measurements).toEqual([named('parse')]);
      expect(problems).toEqual([
        expect.stringMatching(/`memtrack-dates-a1` .*has expired\. Run the measuring/),
      ]);
    }));

  it('T16: does not download what says that it is too large', () =>
    report(async ({ service, server, fetch }) => {
      add(service, EXAMPLE, { size: 64 * 1024 ** 2 + 1 });
      const { measurements, problems } = await fetch();
      expect(measurements).toEqual([]);
      expect(problems).toEqual([expect.stringContaining('67108865 bytes; the limit is 67108864')]);
      expect(server.requests).toHaveLength(1);
    }));

  it('T16: stops downloading what is larger than it says', () =>
    report(async ({ service, fetch }) => {
      const bytes = Buffer.alloc(64 * 1024 ** 2 + 1);
      service.addArtifact({ runId: RUN, name: 'memtrack-dates-a1', bytes, size: 10 });
      const { problems } = await fetch();
      expect(problems).toEqual([expect.stringContaining('could not be downloaded')]);
    }));

  const name = MEASUREMENT_FILE;
  const content = packMeasurement(EXAMPLE);
  it.each([
    ['no zip', Buffer.from('<img src=x onerror=alert(1)>')],
    ['a zip of something else', makeZip([{ name: '<img src=x>', content }])],
    [
      'a zip of two',
      makeZip([
        { name, content },
        { name: '../evil', content },
      ]),
    ],
    ['a link', makeZip([{ name, content: Buffer.from('/etc/passwd'), unixMode: 0o120777, method: 0 }])],
    ['zeros', makeZip([{ name, content, compressed: deflatedZeros(100), size: 100 * 1024 ** 2 }])],
    [
      'JSON',
      makeZip([{ name, content: gzipSync('{"html":"<img src=x>","__proto__":{"x":1},"peak":1e999}') }]),
    ],
    ['half a measurement', makeZip([{ name, content: content.subarray(0, content.length / 2) }])],
  ])('T15, C19: has one sentence for %s, and repeats nothing of it', async (_what, bytes) => {
    await report(async ({ service, fetch }) => {
      service.addArtifact({ runId: RUN, name: 'memtrack-dates-a1', bytes });
      const { measurements, problems } = await fetch();
      expect(measurements).toEqual([]);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(/^`memtrack-dates-a1` is no measurement that can be reported: .*\.$/);
      expect(problems[0]).not.toMatch(/img|html|evil|passwd|proto/);
    });
  });

  it('T32: sends no token to where the download leads', () =>
    report(async ({ service, server, fetch }) => {
      add(service, EXAMPLE);
      expect((await fetch()).measurements).toHaveLength(1);
      expect(server.requests.map(({ authorization }) => authorization)).toEqual(
        server.requests.map(() => `token ${TOKEN}`),
      );
      expect(service.requests).toEqual([
        { method: 'GET', path: expect.stringMatching(/^\/blob\//), authorization: null },
      ]);
    }));

  it('names the permission that it lacks', () =>
    report(
      async ({ service, fetch }) => {
        add(service, EXAMPLE);
        const { measurements, problems } = await fetch();
        expect(measurements).toEqual([]);
        expect(problems).toEqual([
          expect.stringMatching(/artifacts of run 42 could not be listed: .*`actions: read`/),
        ]);
      },
      { mayReadActions: false },
    ));

  it('asks the runner’s own service where it may not ask GitHub, for its own run', () =>
    report(
      async ({ service, fetch }) => {
        add(service, named('parse'));
        add(service, named('dates'), { runId: RUN + 1 });
        const environment = servicesEnvironment(service, RUN);
        expect(await fetch({ environment })).toEqual({ measurements: [named('parse')], problems: [] });
        expect(await fetch({ environment, client: null })).toMatchObject({ measurements: [named('parse')] });
      },
      { mayReadActions: false },
    ));

  it('asks the runner’s own service for no other artifact once it has failed, as it may have hung', () =>
    report(async ({ service, fetch }) => {
      for (const one of ['dates', 'parse', 'search']) add(service, named(one));
      service.injectFault({ match: /GetSignedArtifactURL/, what: { status: 403 }, times: 99 });
      const environment = servicesEnvironment(service, RUN);
      const { measurements, problems } = await fetch({ environment, client: null });
      expect(measurements).toEqual([]);
      expect(problems).toEqual([expect.stringMatching(/did not hand out `memtrack-dates-a1`: .*\(403\)/)]);
      const asked = service.requests.filter(({ path }) => path.includes('GetSignedArtifactURL'));
      expect(asked).toHaveLength(1);
    }));

  it('says both reasons when neither can be asked', () =>
    report(
      async ({ service, fetch }) => {
        service.injectFault({ match: /ListArtifacts/, what: { status: 403 } });
        const { problems } = await fetch({ environment: servicesEnvironment(service, RUN) });
        expect(problems).toEqual([
          expect.stringContaining('`actions: read`'),
          expect.stringMatching(/own service did not list the artifacts: .*\(403\)/),
        ]);
      },
      { mayReadActions: false },
    ));

  it('T14: reads at most 256 measurements', () =>
    report(async ({ service, fetch }) => {
      const names = Array.from({ length: 258 }, (_, i) => `b${String(i).padStart(3, '0')}`);
      for (const one of names) add(service, named(one), { isExpired: true });
      const { problems } = await fetch();
      expect(problems[0]).toBe('Run 42 has 258 measurements; the first 256 were read.');
      expect(problems).toHaveLength(257);
    }));
});
