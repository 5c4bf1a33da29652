/**
 * The measurements that the jobs of a run uploaded. Anybody may have made them: they are taken from exactly that run,
 * read in memory within limits, and nothing of what is refused is repeated.
 */

import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MeasurementError } from '../errors.ts';
import { describeApiError, isApiError } from '../github/api-error.ts';
import type { GitHubClient } from '../github/client.ts';
import type { Log } from '../log.ts';
import { decodeMeasurement } from '../measurement/codec.ts';
import type { Measurement } from '../measurement/measurement.ts';
import { askRunnerServices, type Environment } from '../runner-services/ask-runner-services.ts';
import { makeTemporaryDirectory } from '../workspace/temporary-directory.ts';
import { readSingleFile } from './archive.ts';
import {
  type ArtifactFacts,
  benchmarkKey,
  chooseMeasurements,
  decompressMeasurement,
  MEASUREMENT_FILE,
  type MeasurementArtifact,
  PACKED_CAPS,
} from './measurement-artifact.ts';

export interface RunMeasurementsOptions {
  /** Null: only the run that we are a part of can be read, without GitHub's API. */
  readonly client: GitHubClient | null;
  readonly owner: string;
  readonly repository: string;
  readonly runId: number;
  /** Later attempts do not count; left out or null, all do. */
  readonly attempt?: number | null;
  readonly log: Log;
  readonly signal?: AbortSignal;
  /** What the runner gave: `process.env` when left out. */
  readonly environment?: Environment;
}

export interface RunMeasurements {
  /** One for each benchmark, in the order of their artifacts' names. */
  readonly measurements: readonly Measurement[];
  /** Sentences on each artifact that could not be used. Nothing in them comes from an artifact but its name. */
  readonly problems: readonly string[];
}

/** A workflow cannot have more jobs in a matrix. */
const MAX_MEASUREMENTS = 256;
const MAX_PAGES = 20;
/** What all measurements of a run may take together when they are decompressed. */
const MAX_TOTAL_BYTES = 1024 ** 3;
/** For each question to the runner's own service. */
const SERVICE_SECONDS = 60;
const PERMISSION = 'actions: read';

/** Of GitHub's API, or of the runner's own service. */
interface ArtifactSource {
  /** Of this run and no other. */
  list(): Promise<readonly ArtifactFacts[]>;
  /** As it was uploaded: a zip, mostly. */
  download(artifact: ArtifactFacts): Promise<Uint8Array>;
}

/** Why a source could not be used; the message says what to do. */
class SourceError extends Error {}

/** @returns what could be read, and why the rest could not; throws for cancelling and for bugs only */
export async function fetchRunMeasurements(options: RunMeasurementsOptions): Promise<RunMeasurements> {
  const problems: string[] = [];
  for (const source of sourcesOf(options)) {
    try {
      return await readMeasurements(source, options);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      problems.push(error.message);
    }
  }
  return { measurements: [], problems };
}

function sourcesOf(options: RunMeasurementsOptions): readonly ArtifactSource[] {
  const { client, runId } = options;
  const environment = options.environment ?? process.env;
  const isOwnRun = environment.GITHUB_RUN_ID === String(runId);
  const api = client === null ? [] : [apiSource(client, options)];
  return isOwnRun ? [...api, runnerSource(options)] : api;
}

async function readMeasurements(
  source: ArtifactSource,
  { attempt = null, log, runId }: RunMeasurementsOptions,
): Promise<RunMeasurements> {
  const artifacts = chooseMeasurements(await source.list(), attempt);
  const measurements: Measurement[] = [];
  const problems: string[] = [];
  if (artifacts.length > MAX_MEASUREMENTS) {
    problems.push(
      `Run ${runId} has ${artifacts.length} measurements; the first ${MAX_MEASUREMENTS} were read.`,
    );
  }
  let room = MAX_TOTAL_BYTES;
  for (const artifact of artifacts.slice(0, MAX_MEASUREMENTS)) {
    try {
      const { measurement, bytes } = await readMeasurement(source, artifact, room);
      room -= bytes;
      measurements.push(measurement);
      log.info(`Read the measurement \`${artifact.name}\`.`);
    } catch (error) {
      if (!(error instanceof MeasurementError)) throw error;
      problems.push(`\`${artifact.name}\` is no measurement that can be reported: ${error.message}.`);
    }
  }
  return { measurements, problems };
}

async function readMeasurement(
  source: ArtifactSource,
  artifact: MeasurementArtifact,
  room: number,
): Promise<{ readonly measurement: Measurement; readonly bytes: number }> {
  if (artifact.isExpired) {
    throw new MeasurementError('the artifact has expired. Run the measuring workflow again');
  }
  if (artifact.sizeBytes > PACKED_CAPS.packedBytes) {
    const most = PACKED_CAPS.packedBytes;
    throw new MeasurementError(`the artifact has ${artifact.sizeBytes} bytes; the limit is ${most}`);
  }
  const uploaded = await source.download(artifact);
  const packed = await readSingleFile(uploaded, MEASUREMENT_FILE, PACKED_CAPS.packedBytes);
  const bytes = await decompressMeasurement(packed, { bytes: Math.min(room, PACKED_CAPS.bytes) });
  const measurement = decodeMeasurement(bytes);
  if (benchmarkKey(measurement.name) !== artifact.key) {
    throw new MeasurementError('it is named as the measurement of another benchmark');
  }
  return { measurement, bytes: bytes.length };
}

/** Asks with the token: any run's artifacts, with the permission to read them. */
function apiSource(client: GitHubClient, options: RunMeasurementsOptions): ArtifactSource {
  const { owner, repository: repo, runId } = options;
  return {
    async list() {
      const parameters = { owner, repo, run_id: runId, per_page: 100 };
      const found: ArtifactFacts[] = [];
      let pages = 0;
      try {
        const iterator = client.paginate.iterator(client.rest.actions.listWorkflowRunArtifacts, parameters);
        for await (const { data } of iterator) {
          for (const { id, name, size_in_bytes: sizeBytes, expired: isExpired, workflow_run } of data) {
            // The list is that of the run; an artifact that says otherwise is not touched.
            if (workflow_run?.id === runId) found.push({ id, name, sizeBytes, isExpired });
          }
          pages += 1;
          if (pages === MAX_PAGES) break;
        }
      } catch (error) {
        if (!isApiError(error)) throw error;
        throw new SourceError(
          `The artifacts of run ${runId} could not be listed: ${describeReadError(error)}`,
          { cause: error },
        );
      }
      return found;
    },
    async download({ id }) {
      try {
        const { data } = await client.rest.actions.downloadArtifact({
          owner,
          repo,
          artifact_id: id,
          archive_format: 'zip',
          // As bytes, whatever the store says they are.
          request: { parseSuccessResponseBody: false },
        });
        return new Uint8Array(await new Response(data as ReadableStream<Uint8Array>).arrayBuffer());
      } catch (error) {
        if (!isApiError(error)) throw error;
        if (error.status === 401 || error.status === 403) {
          throw new SourceError(
            `The artifacts of run ${runId} could not be downloaded: ${describeReadError(error)}`,
            { cause: error },
          );
        }
        throw new MeasurementError(`it could not be downloaded: ${describeReadError(error)}`, {
          cause: error,
        });
      }
    },
  };
}

function describeReadError(error: unknown): string {
  const text = describeApiError(error, PERMISSION);
  return isApiError(error) && error.status === 404 ? `${text} It needs \`${PERMISSION}\`.` : text;
}

/** Asks the runner's own service, which knows the artifacts of our run and needs no permission. */
function runnerSource(options: RunMeasurementsOptions): ArtifactSource {
  const { log, signal, environment } = options;
  const service = {
    log,
    timeLimitSeconds: SERVICE_SECONDS,
    ...(signal && { signal }),
    ...(environment && { environment }),
  };
  return {
    async list() {
      await using directory = await makeTemporaryDirectory();
      const answer = await askRunnerServices<'list'>({ kind: 'list' }, directory.path, service);
      if (!answer.isDone) {
        throw new SourceError(`The runner's own service did not list the artifacts: ${answer.message}.`);
      }
      return answer.result.map(({ id, name, size }) => ({ id, name, sizeBytes: size, isExpired: false }));
    },
    async download({ id, name }) {
      await using directory = await makeTemporaryDirectory();
      const order = { kind: 'download', id, directory: directory.path } as const;
      const answer = await askRunnerServices<'download'>(order, directory.path, service);
      if (!answer.isDone) {
        // To wait for each of them would add up.
        throw new SourceError(
          `The runner's own service did not hand out \`${name}\`: ${answer.message}. The others were not asked for.`,
        );
      }
      return readOnlyFile(directory.path);
    },
  };
}

/** The client names the file as the service tells it to. */
async function readOnlyFile(directory: string): Promise<Uint8Array> {
  const [name, ...others] = await readdir(directory);
  if (name === undefined || others.length > 0) throw new MeasurementError('it was not downloaded whole');
  const file = await open(join(directory, name));
  try {
    const { size } = await file.stat();
    const most = PACKED_CAPS.packedBytes;
    if (size > most) throw new MeasurementError(`the artifact has ${size} bytes; the limit is ${most}`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
