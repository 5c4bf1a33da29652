import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchmarkSettings, JudgementSettings } from '../settings/settings.ts';
import { findExecutable } from '../workspace/executable.ts';
import { createGit, type GitContext } from '../workspace/git.ts';
import { installPackages } from '../workspace/install-packages.ts';
import { openRepository } from '../workspace/repository.ts';
import { compare } from './compare.ts';
import type { MeasureWorld } from './measure.ts';
import type { Comparison } from './report-measurements.ts';

/** What the demo needs beside what any measuring needs. */
export interface DemoWorld extends Omit<MeasureWorld, 'repository' | 'fetch' | 'baselines'> {
  readonly gitContext: GitContext;
  /** Holds the folder `project` and the patch. */
  readonly demoDirectory: string;
  /** Where the demo's repository is made. */
  readonly repositoryDirectory: string;
}

/** Debian's package of each program that the demo needs. */
const NEEDED_PROGRAMS: ReadonlyMap<string, string> = new Map([
  ['git', 'git'],
  ['make', 'make'],
  ['g++', 'g++'],
]);

const AUTHOR = {
  GIT_AUTHOR_NAME: 'memtrack demo',
  GIT_AUTHOR_EMAIL: 'demo@example.org',
  GIT_AUTHOR_DATE: '2024-05-01T12:00:00Z',
  GIT_COMMITTER_NAME: 'memtrack demo',
  GIT_COMMITTER_EMAIL: 'demo@example.org',
  GIT_COMMITTER_DATE: '2024-05-01T12:00:00Z',
};

/**
 * The case study that this project grew out of, retold: a date parser builds its tables on every call, and a commit
 * makes it build them once. A repository with these two commits is made, and compared like any other.
 */
export async function demo(judgement: JudgementSettings, world: DemoWorld): Promise<Comparison> {
  await provideTools(world);
  const { base, head } = await world.log.phase('Making a repository of two commits', () =>
    makeRepository(world),
  );
  const benchmark: BenchmarkSettings = {
    ...judgement,
    name: 'dates',
    build: 'make --silent',
    run: './dates',
    runs: 1,
    workingDirectory: '.',
    buildTimeLimitSeconds: 300,
    runTimeLimitSeconds: 60,
  };
  const repository = await openRepository(world.repositoryDirectory, world.gitContext);
  return compare(
    {
      base: { commit: base, revision: { sha: base, label: 'the parser made on every call' } },
      head: { commit: head, revision: { sha: head, label: 'the parser made once' } },
      benchmarks: [benchmark],
      preparation: { reusePaths: [], installTracker: true },
      repositoryUrl: null,
      notes: [],
    },
    { ...world, repository, fetch: null, baselines: null },
  );
}

async function provideTools({ environment, log, signal }: DemoWorld): Promise<void> {
  const missing: string[] = [];
  for (const [program, packageName] of NEEDED_PROGRAMS) {
    if (findExecutable(program, { searchPath: environment.PATH ?? '', directory: '/' }) === null)
      missing.push(packageName);
  }
  if (missing.length > 0) {
    await log.phase(`Installing ${missing.join(', ')}`, () =>
      installPackages(missing, { environment, log, signal }),
    );
  }
}

async function makeRepository(world: DemoWorld): Promise<{ base: string; head: string }> {
  const directory = world.repositoryDirectory;
  await mkdir(directory, { recursive: true });
  await cp(join(world.demoDirectory, 'project'), directory, { recursive: true });
  const git = createGit(directory, world.gitContext);
  const commit = async (message: string) => {
    await git.text(['add', '--all']);
    await git.text(['commit', '--quiet', '--message', message], { environment: AUTHOR });
    return (await git.text(['rev-parse', 'HEAD'])).trim();
  };
  await git.text(['init', '--quiet', '--initial-branch=main']);
  const base = await commit('Read dates as people write them');
  await git.text(['apply', join(world.demoDirectory, 'make-the-parser-once.patch')]);
  const head = await commit('Make the parser once, not on every call');
  return { base, head };
}
