import { describe, expect, it } from 'vitest';
import { SILENT_LOG } from '../../src/log.ts';
import { parseLimits } from '../../src/settings/limits.ts';
import { Problems } from '../../src/settings/problems.ts';
import { commitFiles, createRepository, temporaryDirectory } from '../workspace/git-repositories.ts';
import { compareCommits } from './compare-commits.ts';

const ALLOCATING = '#include <stdlib.h>\nint main(void) { free(malloc(5000)); }';
const SILENT = 'int main(void) { return 0; }';

/** A C program of two commits, as one benchmark's report, and the warnings in the log. */
async function comparePrograms(base: string, head: string, headFlags = '') {
  const repository = createRepository();
  const commit = (source: string, flags: string) =>
    commitFiles(repository, {
      'program.c': source,
      'build.sh': `gcc -O0 -g ${flags} -o program program.c\n`,
    });
  const commits = { base: commit(base, ''), head: commit(head, headFlags) };
  const warnings: string[] = [];
  const log = { ...SILENT_LOG, warning: (message: string) => void warnings.push(message) };
  const limits = parseLimits({ failOn: '', budget: '', ignoreBelow: '0.1%' }, new Problems((name) => name));
  const { report } = await compareCommits(
    repository,
    commits,
    { metric: 'allocated', limits, build: 'sh build.sh', run: './program', runs: 1 },
    temporaryDirectory(),
    log,
  );
  return { benchmark: report.benchmarks[0], warnings };
}

describe('a program of which heaptrack sees nothing', () => {
  it('did not fail when it is refused before it runs', async () => {
    const { benchmark } = await comparePrograms(ALLOCATING, ALLOCATING, '-static');
    expect(benchmark).toMatchObject({ verdict: 'failed', headFailure: { phase: 'trace' } });
    expect(benchmark.headFailure?.message).toMatch(/linked statically/);
  });

  it('is warned of when it allocates nothing, because then nothing ever changes', async () => {
    const { benchmark, warnings } = await comparePrograms(SILENT, `${SILENT}\n`);
    expect(benchmark.verdict).toBe('unchanged');
    expect(benchmark.notes).toEqual([expect.stringMatching(/^The program itself allocated nothing\./)]);
    expect(warnings).toEqual(benchmark.notes);
    expect((await comparePrograms(SILENT, ALLOCATING)).warnings).toEqual([]);
  });
});
