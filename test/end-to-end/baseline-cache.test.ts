import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packMeasurement } from '../../src/artifacts/measurement-artifact.ts';
import {
  type GitHubEvent,
  pullRequestEvent,
  pushEvent,
  scheduleEvent,
  workflowDispatchEvent,
} from '../github/events.ts';
import { EXAMPLE } from '../measurement/example-measurement.ts';
import { type Files, temporaryDirectory } from '../workspace/git-repositories.ts';
import { checkOut, type JobRun, type Platform, readReport, startPlatform } from './jobs.ts';
import { openPullRequest, type PullRequest } from './pull-request.ts';

const SMALL = `
void parse(int bytes) { char* volatile block = new char[bytes]; delete[] block; }
int main() {
  for (int i = 0; i < 50; i++) parse(100);
}
`;
const LARGE = SMALL.replace('parse(100)', 'parse(3000)');

/** Whoever builds or runs a side leaves a mark. */
const BUILD = 'echo build >> "$MARKS"; g++ -O0 -g -o program program.cpp';
const RUN = 'echo run >> "$MARKS"\n$MEMTRACK ./program';
/** For tests that need no program of their own. */
const JUST_RUN = { upload: 'false', run: 'echo run >> "$MARKS"\n$MEMTRACK ls' };

interface World extends Platform {
  readonly pull: PullRequest;
  /** A job on a machine that is new, though its paths are those of every other one. */
  runOn(
    commit: string,
    event: GitHubEvent,
    inputs?: Readonly<Record<string, string>>,
    environment?: Readonly<Record<string, string>>,
  ): Promise<JobRun>;
  push(inputs?: Readonly<Record<string, string>>): Promise<JobRun>;
  pullRequest(
    inputs?: Readonly<Record<string, string>>,
    environment?: Readonly<Record<string, string>>,
  ): Promise<JobRun>;
  /** What was built and run since the last time. */
  takeMarks(): string[];
  cacheRequests(): string[];
}

async function startWorld(
  base: Files = { 'program.cpp': SMALL },
  head: Files = { 'program.cpp': LARGE },
): Promise<World> {
  const pull = openPullRequest(base, head);
  const { baseSha, headSha, mergeSha, remote } = pull;
  const platform = await startPlatform({
    pulls: [{ number: 7, base: { ref: 'main', sha: baseSha }, head: { ref: 'changes', sha: headSha } }],
  });
  const machine = temporaryDirectory();
  const [temp, workspace] = [join(machine, '_temp'), join(machine, 'octo-repo')];
  const marks = join(temporaryDirectory(), 'marks');
  let runId = 41;
  const runOn: World['runOn'] = (commit, event, inputs = JUST_RUN, environment = {}) => {
    for (const directory of [temp, workspace]) {
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory);
    }
    checkOut(remote, commit, workspace);
    return platform.runJob({
      ...{ event, inputs, workspace, temp, runId: runId++, sha: commit },
      environment: { MARKS: marks, ...environment },
    });
  };
  return {
    ...platform,
    ...{ pull, runOn },
    push: (inputs) => runOn(baseSha, pushEvent({ after: baseSha }), inputs),
    pullRequest: (inputs, environment) =>
      runOn(mergeSha, pullRequestEvent({ number: 7, baseSha, headSha, mergeSha }), inputs, environment),
    takeMarks() {
      const text = existsSync(marks) ? readFileSync(marks, 'utf8') : '';
      rmSync(marks, { force: true });
      return text.split('\n').filter((line) => line !== '');
    },
    cacheRequests: () =>
      platform.results.requests
        .filter(({ path }) => path.includes('CacheService'))
        .map(({ path }) => path.split('/').at(-1) ?? ''),
    [Symbol.asyncDispose]: platform[Symbol.asyncDispose],
  };
}

/** What the cache's own client would have made of a file. */
function cacheArchive(content: Uint8Array | 'zeros'): Buffer {
  const directory = temporaryDirectory();
  const file = join(directory, 'x');
  if (content === 'zeros') execFileSync('truncate', ['--size=200M', file]);
  else writeFileSync(file, content);
  const archive = join(directory, 'cache.tzst');
  execFileSync('tar', ['--zstd', '-cf', archive, '-P', '-C', dirname(file), 'x']);
  return readFileSync(archive);
}

describe('a base that a push to the default branch has measured', () => {
  it('is neither built nor run again, and every number is the same', async () => {
    await using world = await startWorld();
    const inputs = { build: BUILD, run: RUN };
    const push = await world.push(inputs);
    expect(push.exitCode, push.log).toBe(0);
    expect(world.takeMarks()).toEqual(['build', 'run']);
    expect(world.results.caches().map(({ key }) => key)).toEqual([
      expect.stringMatching(new RegExp(`^memtrack-baseline-v\\d+-${world.pull.baseSha}-[0-9a-f]{32}$`)),
    ]);

    const cached = await world.pullRequest(inputs);
    expect(cached.exitCode, cached.log).toBe(0);
    expect(world.takeMarks()).toEqual(['build', 'run']);
    expect(cached.log).toMatch(/Base .* was measured before: taken from the cache/);
    expect(cached.log).not.toMatch(/Building base/);
    const [comment] = world.github.comments(7).map(({ body }) => body);
    expect(comment).toContain('base was measured by an earlier run');
    // The lines of a base that nobody checked out are known all the same.
    expect(cached.annotations).toContainEqual(expect.objectContaining({ file: 'program.cpp', line: 4 }));
    const report = readReport(cached);
    // A pull request reads, and does not write.
    expect(world.cacheRequests()).toEqual([
      ...['CreateCacheEntry', 'FinalizeCacheEntryUpload'],
      'GetCacheEntryDownloadURL',
    ]);

    const anew = await world.pullRequest({ ...inputs, 'baseline-cache': 'false' });
    expect(world.takeMarks()).toEqual(['build', 'run', 'build', 'run']);
    expect(world.cacheRequests()).toHaveLength(3);
    expect(report).toEqual(readReport(anew));
    expect(world.github.violations).toEqual([]);
  });

  it('is measured anew for another command, other flags of the compiler, and another environment', async () => {
    await using world = await startWorld();
    await world.push();
    world.takeMarks();
    await world.pullRequest();
    expect(world.takeMarks()).toEqual(['run']);
    await world.pullRequest({ ...JUST_RUN, run: `${JUST_RUN.run} -l` });
    expect(world.takeMarks()).toEqual(['run', 'run']);
    await world.pullRequest(JUST_RUN, { CXXFLAGS: '-O3' });
    expect(world.takeMarks()).toEqual(['run', 'run']);
    expect(world.github.violations).toEqual([]);
  });

  it('T20: is written by nothing else', async () => {
    await using world = await startWorld();
    const { pull, runOn } = world;
    const { baseSha, headSha } = pull;
    const runs = [
      await world.pullRequest(),
      await runOn(headSha, pushEvent({ before: baseSha, after: headSha, branch: 'changes' })),
      await runOn(baseSha, scheduleEvent()),
      await runOn(baseSha, workflowDispatchEvent({ branch: 'main' })),
    ];
    for (const run of runs) expect(run.exitCode, run.log).toBe(0);
    expect(world.cacheRequests()).not.toContain('CreateCacheEntry');
    expect(world.results.caches()).toEqual([]);
    expect(world.github.violations).toEqual([]);
  });

  it('is not missed where the run may not write caches', async () => {
    await using world = await startWorld();
    world.results.setCacheReadOnly(true);
    const run = await world.push();
    expect(run.exitCode, run.log).toBe(0);
    expect(run.log).toMatch(/The baseline was not cached: .*denied/);
    expect(run.annotations.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('T20: is measured anew, with a warning, when the cache holds something else', async () => {
    await using world = await startWorld();
    await world.push();
    world.takeMarks();
    const [{ key }] = world.results.caches();
    const otherCommit = packMeasurement({ ...EXAMPLE, name: 'default', base: null });
    const poisons: [Buffer, RegExp][] = [
      [cacheArchive(Buffer.from('<img src=x>')), /measured anew: the measurement is damaged/],
      [cacheArchive(otherCommit), /measured anew: it is of another commit/],
      [cacheArchive('zeros'), /measured anew: .*(bytes|damaged)/],
    ];
    for (const [archive, message] of poisons) {
      world.results.replaceCache(key, archive);
      const run = await world.pullRequest();
      expect(run.exitCode, run.log).toBe(0);
      expect(world.takeMarks()).toEqual(['run', 'run']);
      expect(run.annotations).toContainEqual(
        expect.objectContaining({ level: 'warning', message: expect.stringMatching(message) }),
      );
    }
    expect(world.github.violations).toEqual([]);
  });
});

describe('the bases of several benchmarks', () => {
  const list = (all: string) =>
    `benchmarks:\n${['some', 'all'].map((name) => `  - name: ${name}\n    run: |\n      echo ${name} >> "$MARKS"\n      $MEMTRACK ls ${name === 'all' ? all : ''}\n`).join('')}`;
  const files = (all: string) => ({ '.github/memtrack.yml': list(all) });

  it('are measured anew where they differ, and only there', async () => {
    await using world = await startWorld(files('-a'), files('-A'));
    await world.push({});
    expect(world.takeMarks()).toEqual(['some', 'all']);
    expect(world.results.caches()).toHaveLength(2);
    const run = await world.pullRequest({});
    expect(run.exitCode, run.log).toBe(0);
    expect(world.takeMarks()).toEqual(['all', 'some', 'all']);
    expect(run.log).toMatch(/Base of some .* taken from the cache/);
    expect(run.log).not.toMatch(/Base of all .* taken from the cache/);
    expect(world.github.violations).toEqual([]);
  });

  it('are measured anew when the service hangs, which is waited for once', async () => {
    await using world = await startWorld(files('-a'), files('-a'));
    world.results.injectFault({ match: /CacheService/, what: 'hang' });
    const run = await world.pullRequest({});
    expect(run.exitCode, run.log).toBe(0);
    expect(world.takeMarks()).toEqual(['some', 'all', 'some', 'all']);
    expect(world.cacheRequests()).toEqual(['GetCacheEntryDownloadURL']);
    expect(run.log).toMatch(/no answer within \d+ s/);
    expect(world.github.violations).toEqual([]);
  });
});
