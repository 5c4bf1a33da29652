import { heaptrackFormat } from '../formats/heaptrack/heaptrack-format.ts';
import { mergeProfiles } from '../profile/merge-profiles.ts';
import { heaptrackTracker } from './heaptrack/heaptrack-tracker.ts';
import type { Tracker } from './tracker.ts';

/**
 * The one profiler that there is so far; a second one gets its entry here.
 * @param environment in which it is looked for and installed; its `RUNNER_TEMP` or `TMPDIR` takes private files
 */
export function createTracker(environment: Readonly<Record<string, string>>): Tracker {
  return heaptrackTracker({
    readTrace: (bytes) => heaptrackFormat.read(bytes, { metric: 'allocated' }),
    mergeProfiles,
    environment,
    temporaryDirectory: environment.RUNNER_TEMP || environment.TMPDIR || '/tmp',
  });
}
