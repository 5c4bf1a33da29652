/**
 * Measurements of base commits in the cache of GitHub Actions. Who may write it is decided elsewhere: runs of trusted
 * events only. What is read is looked at as hostile all the same.
 */

import { constants } from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKED_CAPS, packMeasurement, unpackMeasurement } from '../artifacts/measurement-artifact.ts';
import { UserError } from '../errors.ts';
import type { Measurement } from '../measurement/measurement.ts';
import { askRunnerServices, type ServiceOptions } from '../runner-services/ask-runner-services.ts';
import { makeTemporaryDirectory } from '../workspace/temporary-directory.ts';
import type { BaselineFacts } from './key.ts';

const TIME_LIMIT_SECONDS = 20;

export interface BaselineCacheOptions extends ServiceOptions {
  /** Of ours. The same in every run: the cache goes by the path of what is in it, too. */
  readonly directory: string;
}

/** What a cached measurement must be of, whatever its key says. */
export type ExpectedBaseline = Pick<BaselineFacts, 'sha' | 'name' | 'tracker'>;

/** Does not throw, and does not wait for longer than its time limit in all: a baseline can always be measured. */
export interface BaselineCache {
  /** Null when there is none, or none that can be used. Its `head` is the baseline. */
  read(key: string, expected: ExpectedBaseline): Promise<Measurement | null>;
  /** @param measurement with the baseline as its `head`, measured alone */
  write(key: string, measurement: Measurement): Promise<void>;
}

/** Baselines as entries of the runner's cache, each a packed measurement under its key. */
export function createBaselineCache(options: BaselineCacheOptions): BaselineCache {
  const { directory, log } = options;
  /** Why the service was given up: with many benchmarks, to wait for each of them would add up. */
  let failure: string | null = null;
  const fileOf = (key: string) => join(directory, `${key}.gz`);

  async function restore(key: string, name: string): Promise<Uint8Array | null> {
    const path = fileOf(key);
    // One byte more than is accepted, so that what was cut is too large.
    const maxBytes = PACKED_CAPS.packedBytes + 1;
    const answer = await ask<'restore'>({ kind: 'restore', key, path, maxBytes });
    if (!answer.isDone) {
      log.info(`The cache of baselines cannot be read: ${answer.message}.`);
      return null;
    }
    // The service also finds longer keys.
    if (answer.result === key) return readPlainFile(path);
    const which = name === 'default' ? '' : ` for ${name}`;
    const why = answer.complaint === null ? '' : `: ${answer.complaint}`;
    log.info(`There is no baseline in the cache${which}${why}.`);
    return null;
  }

  async function save(key: string, measurement: Measurement): Promise<void> {
    const path = fileOf(key);
    await writeFile(path, packMeasurement(measurement), { mode: 0o600, flag: 'wx' });
    const answer = await ask<'save'>({ kind: 'save', key, path });
    log.info(answer.isDone ? describeSaving(answer) : `The baseline was not cached: ${answer.message}.`);
  }

  async function ask<Kind extends 'restore' | 'save'>(
    order: Parameters<typeof askRunnerServices<Kind>>[0],
  ): Promise<Awaited<ReturnType<typeof askRunnerServices<Kind>>>> {
    if (failure !== null) return { isDone: false, message: failure };
    await using temporary = await makeTemporaryDirectory(directory);
    const answer = await askRunnerServices<Kind>(order, temporary.path, {
      timeLimitSeconds: TIME_LIMIT_SECONDS,
      ...options,
    });
    if (!answer.isDone) failure = answer.message;
    return answer;
  }

  /** Nothing is in the way before, and nothing is left. */
  async function withoutFile<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await rm(fileOf(key), { recursive: true, force: true });
    try {
      return await work();
    } finally {
      await rm(fileOf(key), { recursive: true, force: true });
    }
  }

  return {
    async read(key, expected) {
      try {
        return await withoutFile(key, async () => {
          const packed = await restore(key, expected.name);
          if (packed === null) return null;
          const measurement = await unpackMeasurement(packed);
          const difference = differenceFrom(expected, measurement);
          if (difference !== null) throw new UserError(difference);
          return measurement;
        });
      } catch (error) {
        log.warning(`The baseline in the cache is not used, and measured anew: ${messageOf(error)}.`);
        return null;
      }
    },
    async write(key, measurement) {
      try {
        if (measurement.base !== null || measurement.head.outcome.kind !== 'measured') return;
        await withoutFile(key, () => save(key, measurement));
      } catch (error) {
        log.info(`The baseline was not cached: ${messageOf(error)}.`);
      }
    },
  };
}

function describeSaving(answer: { readonly result: boolean; readonly complaint: string | null }): string {
  if (answer.result) return 'The baseline is in the cache now.';
  const complaint = (answer.complaint ?? 'the service did not say why').replace(/\.$/, '');
  if (/another job may be creating/.test(complaint)) return 'The baseline is in the cache already.';
  return `The baseline was not cached: ${complaint}.`;
}

function differenceFrom({ sha, name, tracker }: ExpectedBaseline, measurement: Measurement): string | null {
  const { base, head } = measurement;
  if (base !== null) return 'it is a comparison, and no measurement of one commit';
  if (head.sha !== sha) return 'it is of another commit';
  if (measurement.name !== name) return 'it is of another benchmark';
  if (measurement.tracker.name !== tracker.name || measurement.tracker.version !== tracker.version) {
    return 'it was measured by another version of the tracker';
  }
  return head.outcome.kind === 'measured' ? null : 'it has no numbers';
}

/** @throws an error for a link or a pipe, or when there is nothing */
async function readPlainFile(path: string): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw new UserError('it is no plain file');
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}
