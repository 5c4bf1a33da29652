import { doesFail, exceededLimits } from '../report/does-fail.ts';
import type { Report } from '../report/report.ts';
import { plainLine } from './escape.ts';
import { headline, headlineSuffixes } from './headline.ts';

/** What a required check says beside the commit, by a commit status or by a check run. */
export interface CheckOutcome {
  /** Of a commit status; `error` when nothing was measured. */
  readonly state: 'success' | 'failure' | 'error';
  /** Of a check run; `neutral`, which lets pass, when there was nothing to compare with. Statuses have no such thing. */
  readonly conclusion: 'success' | 'failure' | 'neutral';
  /** Plain text on one line, at most 140 UTF-16 units: '2 MB → 300 KB (−85 %)'. */
  readonly title: string;
}

/** GitHub takes no longer description of a commit status. */
export const LONGEST_TITLE = 140;

/** Of all benchmarks together; one that was cancelled is an error only when nothing else was measured. */
export function checkOutcome(report: Report): CheckOutcome {
  const { benchmarks } = report;
  const title = titleOf(report);
  if (doesFail(report)) {
    const isMeasured = benchmarks.some(({ verdict }) => verdict !== 'cancelled');
    return { state: isMeasured ? 'failure' : 'error', conclusion: 'failure', title };
  }
  const isCompared = benchmarks.some(({ verdict }) => verdict !== 'new');
  return { state: 'success', conclusion: isCompared ? 'success' : 'neutral', title };
}

function titleOf(report: Report): string {
  const { benchmarks, accepted } = report;
  const suffixes = benchmarks.length === 1 ? headlineSuffixes(benchmarks[0]) : [];
  const hasExceeded = benchmarks.some((benchmark) => exceededLimits(benchmark).length > 0);
  const acceptance =
    accepted !== null && hasExceeded && !doesFail(report)
      ? [`accepted by ${plainLine(accepted.by, 50)}`]
      : [];
  // Who accepted is said whatever else has to go.
  const end = acceptance.map((words) => `, ${words}`).join('');
  return plainLine([headline(report), ...suffixes].join(', '), LONGEST_TITLE - end.length) + end;
}
