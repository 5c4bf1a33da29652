import { join } from 'node:path';
import { readDemanglerWasm } from '../../src/assets.ts';
import { compare } from '../../src/commands/compare.ts';
import type { Comparison } from '../../src/commands/report-measurements.ts';
import { type Log, SILENT_LOG } from '../../src/log.ts';
import type { BenchmarkSettings } from '../../src/settings/settings.ts';
import { createDemangler } from '../../src/symbols/demangle.ts';
import { createFunctionNamer } from '../../src/symbols/normalise-function.ts';
import { createTracker } from '../../src/trackers/index.ts';
import { openRepository } from '../../src/workspace/repository.ts';
import { gitContext, temporaryDirectory } from '../workspace/git-repositories.ts';

/** What of a benchmark is the same for every program of a test. */
type Programs = Omit<
  BenchmarkSettings,
  'name' | 'workingDirectory' | 'buildTimeLimitSeconds' | 'runTimeLimitSeconds'
>;

/**
 * Builds and runs two commits of a repository as the product does it, as one benchmark with the name 'program'.
 * @param home of the build and the program
 */
export async function compareCommits(
  repository: string,
  commits: { readonly base: string; readonly head: string },
  programs: Programs,
  home: string,
  log: Log = SILENT_LOG,
): Promise<Comparison> {
  const environment = { PATH: process.env.PATH ?? '', HOME: home, TMPDIR: temporaryDirectory() };
  return compare(
    {
      base: { commit: commits.base, revision: { sha: commits.base, label: 'base' } },
      head: { commit: commits.head, revision: { sha: commits.head, label: 'head' } },
      benchmarks: [
        {
          ...programs,
          name: 'program',
          workingDirectory: '.',
          buildTimeLimitSeconds: 300,
          runTimeLimitSeconds: 60,
        },
      ],
      preparation: { reusePaths: [], installTracker: false },
      repositoryUrl: null,
      notes: [],
    },
    {
      repository: await openRepository(repository, gitContext()),
      fetch: null,
      baselines: null,
      directory: join(temporaryDirectory(), 'memtrack'),
      tracker: createTracker(environment),
      environment,
      log,
      signal: new AbortController().signal,
      nameFunction: createFunctionNamer(createDemangler(await readDemanglerWasm())),
    },
  );
}
