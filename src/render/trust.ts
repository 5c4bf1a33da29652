import type { BenchmarkReport } from '../report/report.ts';
import { formatBytes, formatShare } from './quantity.ts';
import { runsWords } from './runs.ts';

/** What one has to know to trust the numbers of a benchmark: runs and spread, what was left out, what was matched. */
export function trustWords(benchmark: BenchmarkReport): string[] {
  const words: string[] = [];
  const runs = runsWords(benchmark);
  if (runs !== null) words.push(runs);
  if (benchmark.isBaseFromCache) words.push('base was measured by an earlier run');
  const excluded = benchmark.excluded?.head?.allocated ?? 0;
  if (excluded > 0) words.push(`${formatBytes(excluded)} that the profiler itself allocates are left out`);
  if (benchmark.matched !== null && benchmark.matched < 1) {
    words.push(
      `${formatShare(benchmark.matched)} of the bytes are in call stacks that both sides have, or only moved`,
    );
  }
  return words;
}
