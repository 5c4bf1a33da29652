import { gzipSync } from 'node:zlib';
import type { Report } from '../report/report.ts';
import { type BenchmarkSources, buildReportData } from '../viewer-data/build-report-data.ts';
import { encodeReportData } from '../viewer-data/codec.ts';

/** Stacks in one page; what is more is merged, the smallest first. */
const MAXIMUM_STACKS = 100_000;
/** Of the data in base64. With program and pictures the file stays below 2 MB. */
const MAXIMUM_LENGTH = 1_600_000;

/** What the program of report.html reads: gzip in base64, which holds nothing that HTML could take for markup. */
export function packReportData(report: Report, sources: BenchmarkSources): string {
  let maximumStacks = MAXIMUM_STACKS;
  for (;;) {
    const { data, stacks } = pack(report, sources, maximumStacks);
    if (data.length <= MAXIMUM_LENGTH || stacks < 1000) return data;
    maximumStacks = Math.floor(
      Math.min(stacks, maximumStacks) * Math.min(0.8, (0.9 * MAXIMUM_LENGTH) / data.length),
    );
  }
}

function pack(report: Report, sources: BenchmarkSources, maximumStacks: number) {
  const content = buildReportData(report, sources, maximumStacks);
  const data = gzipSync(encodeReportData(content)).toString('base64');
  const stacks = content.benchmarks.reduce((sum, benchmark) => sum + (benchmark?.stacks.length ?? 0), 0);
  return { data, stacks };
}
