/** Artifacts of the run that we are a part of. What the service refuses is a reason and no error. */

import { lstat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { MeasurementError } from '../errors.ts';
import type { Measurement } from '../measurement/measurement.ts';
import { askRunnerServices, type ServiceOptions } from '../runner-services/ask-runner-services.ts';
import { makeTemporaryDirectory } from '../workspace/temporary-directory.ts';
import { MEASUREMENT_FILE, measurementArtifactName, packMeasurement } from './measurement-artifact.ts';

const TIME_LIMIT_SECONDS = 120;

export interface UploadOptions extends ServiceOptions {
  /** Plain files, at least one. */
  readonly files: readonly string[];
  /**
   * Of a zip with the files in it, each with its path in the folder that they share. Null: one file, and its bytes as
   * they are, which a browser opens from the run's page if it knows how to. It is named as the file is.
   */
  readonly name: string | null;
}

export type UploadResult =
  | { readonly ok: true; readonly id: number; readonly name: string }
  | { readonly ok: false; readonly reason: string };

/**
 * Uploads an artifact. A name can be used once in a run, whatever the attempt: see `artifactBaseName`.
 * @returns with a reason that says what to do; never throws
 */
export async function uploadFiles(options: UploadOptions): Promise<UploadResult> {
  const files = options.files.map((path) => resolve(path));
  const name = options.name ?? basename(files[0] ?? '');
  try {
    for (const path of files) {
      // A link could lead to what nobody meant to publish.
      if (!(await lstat(path)).isFile()) return refused(name, `${path} is no plain file`);
    }
    await using directory = await makeTemporaryDirectory();
    const answer = await askRunnerServices<'upload'>(
      {
        kind: 'upload',
        files,
        root: sharedFolder(files),
        artifactName: name,
        isZipped: options.name !== null,
        compressionLevel: files.every((path) => path.endsWith('.gz')) ? 0 : 6,
      },
      directory.path,
      { timeLimitSeconds: TIME_LIMIT_SECONDS, ...options },
    );
    if (!answer.isDone) return refused(name, describeRefusal(answer.message));
    return { ok: true, id: answer.result.id, name };
  } catch (error) {
    return refused(name, error instanceof Error ? error.message : String(error));
  }
}

/** The deepest folder that all files are in. They are absolute. */
function sharedFolder(files: readonly string[]): string {
  let folder = dirname(files[0] ?? '');
  while (!files.every((path) => path.startsWith(join(folder, sep)))) folder = dirname(folder);
  return folder;
}

export interface MeasurementUploadOptions extends ServiceOptions {
  /** GITHUB_RUN_ATTEMPT */
  readonly attempt: number;
}

/** Uploads a measurement as the artifact in which `fetchRunMeasurements` finds it. Never throws. */
export async function uploadMeasurement(
  measurement: Measurement,
  options: MeasurementUploadOptions,
): Promise<UploadResult> {
  const artifactName = measurementArtifactName(measurement.name, options.attempt);
  try {
    await using directory = await makeTemporaryDirectory();
    const path = join(directory.path, MEASUREMENT_FILE);
    await writeFile(path, packMeasurement(measurement), { mode: 0o600 });
    return await uploadFiles({ ...options, files: [path], name: artifactName });
  } catch (error) {
    if (!(error instanceof MeasurementError)) throw error;
    return refused(artifactName, error.message);
  }
}

function refused(name: string, why: string): UploadResult {
  return { ok: false, reason: `The artifact \`${name}\` was not uploaded: ${why.replace(/\.$/, '')}.` };
}

const MAX_MESSAGE_LENGTH = 300;

/** The client's messages are for its own logs: the common ones in other words, with what to do. */
function describeRefusal(message: string): string {
  if (/\bGHES\b/.test(message)) {
    return 'this GitHub Enterprise Server does not take artifacts of this kind. Upload the folder of the output `report-path` in a step of its own, with the version of actions/upload-artifact that the server supports';
  }
  if (/\(409\)|already exists/.test(message)) {
    return 'the run has an artifact of this name already. Give each job and each step of the workflow that uses memtrack another `name`';
  }
  if (/quota|insufficient usage/i.test(message)) {
    return 'the storage for artifacts is full. Delete old ones, or keep them for fewer days (`retention-days` in the settings of the repository)';
  }
  if (/\(40[13]\)/.test(message)) {
    return `the service does not accept this job's token (${excerpt(message)}). Run the job again`;
  }
  return excerpt(message);
}

function excerpt(message: string): string {
  const line = message
    .slice(0, 4 * MAX_MESSAGE_LENGTH)
    .replace(/[\x00-\x20\x7f]+/g, ' ')
    .trim();
  return line.length > MAX_MESSAGE_LENGTH ? `${line.slice(0, MAX_MESSAGE_LENGTH)}…` : line;
}
