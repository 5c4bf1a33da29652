import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MetricId } from '../../src/profile/metric.ts';
import type { BenchmarkReport, MetricReport } from '../../src/report/report.ts';
import { parseLimits } from '../../src/settings/limits.ts';
import { Problems } from '../../src/settings/problems.ts';
import { RACING_THREADS } from '../racing-threads.ts';
import { commitFiles, createRepository, temporaryDirectory } from '../workspace/git-repositories.ts';
import { compareCommits } from './compare-commits.ts';

/*
 * Programs that differ from run to run. Most take turns by the size of a file that `run` makes longer each time, so that
 * the noise itself is the same whenever the tests run; the others are as random as can be, and the tests ask for nothing
 * that chance could break.
 */

/** `$turn` counts from 1, over both sides. */
const TAKE_TURNS =
  'turn=$(cat "$HOME/turns" 2>/dev/null || echo 0)\necho $((turn + 1)) > "$HOME/turns"\nTURN=$((turn + 1)) $MEMTRACK ./program';

/** A thread allocates three blocks: one after the other, two at once, or all at once, as it is the turn's. */
const THREAD_TAKES_TURNS = `
#include <cstdlib>
#include <thread>
char* volatile escaped;
void work(int turn) {
  char* live[3] = {};
  for (int i = 0; i < 3; i++) {
    if (i > turn % 3) { delete[] live[i - 1]; live[i - 1] = nullptr; }
    live[i] = new char[10000];
    escaped = live[i];
  }
  for (char* block : live) delete[] block;
}
int main() {
  std::thread(work, std::atoi(std::getenv("TURN"))).join();
}
`;
/** The same, with more live all the time. */
const WITH_MORE_LIVE = THREAD_TAKES_TURNS.replace(
  'int main() {',
  'int main() {\n  char* more = new char[100000];\n  escaped = more;',
);

const RANDOM_SIZES = `
#include <cstdio>
char* volatile escaped;
int main() {
  unsigned char seed[4] = {};
  FILE* random = std::fopen("/dev/urandom", "r");
  if (random == nullptr || std::fread(seed, 1, sizeof seed, random) != sizeof seed) return 1;
  for (unsigned size : seed) {
    char* block = new char[1000 + 1000 * size];
    escaped = block;
    delete[] block;
  }
}
`;

const ONE_THREAD = `
#include <map>
int main() {
  std::map<int, int> squares;
  for (int i = 0; i < 500; i++) squares[i] = i * i;
  return squares[3] == 1;
}
`;

interface Options {
  readonly runs: number;
  readonly run?: string;
  readonly metric?: MetricId;
  readonly failOn?: string;
  readonly budget?: string;
  /** Where the file `builds` gets a line for each build. */
  readonly home?: string;
}

/** Two commits of a program, each run several times. */
async function compareRuns(base: string, head: string, options: Options): Promise<BenchmarkReport> {
  const repository = createRepository();
  const commit = (source: string) =>
    commitFiles(repository, {
      'program.cpp': source,
      'build.sh': 'g++ -O1 -g -pthread -o program program.cpp && echo >> "$HOME/builds"',
    });
  const commits = { base: commit(base), head: commit(head) };
  const problems = new Problems((name) => name);
  const limits = parseLimits(
    { failOn: options.failOn ?? '', budget: options.budget ?? '', ignoreBelow: '0.1% and 1 kB' },
    problems,
  );
  problems.throwIfAny();
  const { report } = await compareCommits(
    repository,
    commits,
    {
      metric: options.metric ?? 'allocated',
      limits,
      build: 'sh build.sh',
      run: options.run ?? './program',
      runs: options.runs,
    },
    options.home ?? temporaryDirectory(),
  );
  return report.benchmarks[0];
}

function metricOf({ metrics, headFailure }: BenchmarkReport, id: MetricId): MetricReport {
  const found = metrics.find(({ metric }) => metric.id === id);
  if (found === undefined) throw new Error(headFailure?.message ?? `no ${id}`);
  return found;
}

/** What holds of several runs whatever they measured. */
function expectSound(benchmark: BenchmarkReport): void {
  expect(benchmark.headFailure).toBeNull();
  for (const { base, head, spread, verdict } of benchmark.metrics) {
    if (spread === null || spread.base === null || base === null) throw new Error('no spread');
    for (const [shown, range] of [
      [base, spread.base],
      [head, spread.head],
    ] as const) {
      expect(shown).toBeGreaterThanOrEqual(range.min);
      expect(shown).toBeLessThanOrEqual(range.max);
    }
    const isOverlapping = spread.base.min <= spread.head.max && spread.head.min <= spread.base.max;
    if (isOverlapping) expect(verdict).toBe('unchanged');
  }
}

describe('several runs of each side', () => {
  it('build once, and find no spread in a program of one thread', async () => {
    const home = temporaryDirectory();
    const benchmark = await compareRuns(ONE_THREAD, `// A comment.\n${ONE_THREAD}`, { runs: 3, home });
    expect(readFileSync(join(home, 'builds'), 'utf8')).toBe('\n\n');
    expect(benchmark).toMatchObject({ verdict: 'unchanged', runs: 3, notes: [] });
    expect(benchmark.metrics.map(({ spread, delta }) => [spread?.width, delta])).toEqual(
      benchmark.metrics.map(() => [0, 0]),
    );
  });

  it('take a change within the spread for none, and show the median run', async () => {
    const unchanged = `// A comment.\n${THREAD_TAKES_TURNS}`;
    const benchmark = await compareRuns(THREAD_TAKES_TURNS, unchanged, { runs: 3, run: TAKE_TURNS });
    expectSound(benchmark);
    expect(benchmark.verdict).toBe('unchanged');
    const peak = metricOf(benchmark, 'peak');
    expect(peak).toMatchObject({ verdict: 'unchanged', delta: 0, spread: { width: 20_000 } });
    expect(peak.head).toBe(peak.spread?.head.median);
    expect(metricOf(benchmark, 'allocated').spread?.width).toBe(0);
  });

  it('let a limit on the peak of a program with threads count, from three on', async () => {
    const options = { run: TAKE_TURNS, failOn: 'peak: 5%' };
    const gated = await compareRuns(THREAD_TAKES_TURNS, WITH_MORE_LIVE, { ...options, runs: 3 });
    expectSound(gated);
    expect(metricOf(gated, 'peak')).toMatchObject({
      verdict: 'regressed',
      delta: 100_000,
      isAdvisory: false,
    });
    expect(metricOf(gated, 'temporary')).toMatchObject({ isAdvisory: true });

    const single = await compareRuns(THREAD_TAKES_TURNS, WITH_MORE_LIVE, { ...options, runs: 1 });
    expect(single.verdict).toBe('grew');
    expect(metricOf(single, 'peak')).toMatchObject({
      verdict: 'grew',
      isAdvisory: true,
      spread: null,
      limit: { isExceeded: false },
    });
    expect(single.notes.join('\n')).toMatch(/`peak` is advisory because[^\n]* Set `runs: 3` or more/);
  });

  it('fail a budget only when every run is over it', async () => {
    // Head runs on turns 3 to 5, whose peaks are 10, 20 and 30 KB and what every thread needs.
    const options = { runs: 3, run: TAKE_TURNS };
    const close = await compareRuns(ONE_THREAD, THREAD_TAKES_TURNS, { ...options, budget: 'peak: 25 kB' });
    expect(metricOf(close, 'peak')).toMatchObject({ limit: { kind: 'budget', isExceeded: false } });
    expect(close.notes.join('\n')).toMatch(/over its budget of 25 kB in some of the 3 runs/);
    const over = await compareRuns(ONE_THREAD, THREAD_TAKES_TURNS, { ...options, budget: 'peak: 9 kB' });
    expect(metricOf(over, 'peak')).toMatchObject({ verdict: 'regressed', limit: { isExceeded: true } });
  });

  it('show how much a random program varies, and claim no change where the runs overlap', async () => {
    const benchmark = await compareRuns(RANDOM_SIZES, `// A comment.\n${RANDOM_SIZES}`, { runs: 5 });
    expectSound(benchmark);
    expect(metricOf(benchmark, 'allocated').spread?.width).toBeGreaterThan(0);
    expect(metricOf(benchmark, 'allocations').spread?.width).toBe(0);
  });

  it('have no verdict from threads that race', async () => {
    const benchmark = await compareRuns(RACING_THREADS, `// A comment.\n${RACING_THREADS}`, { runs: 3 });
    expectSound(benchmark);
    expect(benchmark.verdict).toBe('unchanged');
    expect(metricOf(benchmark, 'temporary').isAdvisory).toBe(true);
    expect(metricOf(benchmark, 'allocated').spread?.width).toBe(0);
    expect(benchmark.notes.join('\n')).toMatch(/runs threads/);
  });

  it('fail head when one of them fails', async () => {
    const failing = ONE_THREAD.replace('#include', '#include <cstdlib>\n#include').replace(
      'return squares',
      'if (std::atoi(std::getenv("TURN")) == 4) std::abort();\n  return squares',
    );
    const benchmark = await compareRuns(ONE_THREAD, failing, { runs: 2, run: TAKE_TURNS });
    expect(benchmark).toMatchObject({ verdict: 'failed', headFailure: { phase: 'run' } });
  });
});
