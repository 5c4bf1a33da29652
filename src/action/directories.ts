import { join } from 'node:path';
import type { Job } from './job.ts';

/** Where both sides are built and run: a fixed place, since a base from the cache was measured there too. */
export function workDirectory({ temporaryDirectory }: Pick<Job, 'temporaryDirectory'>): string {
  return join(temporaryDirectory, 'memtrack');
}

/** Where commits are fetched to that are only asked about. */
export function historyDirectory({ temporaryDirectory }: Pick<Job, 'temporaryDirectory'>): string {
  return join(temporaryDirectory, 'memtrack-history');
}

/** Where the cache of baselines puts its file: the same place in every run, since the cache goes by its path. */
export function baselinesDirectory({ temporaryDirectory }: Pick<Job, 'temporaryDirectory'>): string {
  return join(temporaryDirectory, 'memtrack-baselines');
}

/** Where the report's files are left, for steps of the user's own. */
export function reportDirectory(
  { temporaryDirectory }: Pick<Job, 'temporaryDirectory'>,
  name: string,
): string {
  return join(temporaryDirectory, 'memtrack-report', encodeURIComponent(name));
}
