import type { ProfileDiff } from '../diff/profile-diff.ts';
import type { MetricId } from '../profile/metric.ts';
import { type FunctionSum, inclusiveSums, ownSums } from './function-sums.ts';
import type { FunctionChange } from './report.ts';
import { type ChangedLines, findPlace, type SourceSite, sitesByFrame } from './source-lines.ts';

/**
 * What changed, function by function: each stack's own cost goes to the innermost function of the measured code in
 * it, so that what `parse` makes a library allocate counts as `parse`. Largest change first, what only moved last.
 */
export function functionChanges(
  diff: ProfileDiff,
  metric: MetricId,
  lines: ChangedLines | null,
): readonly FunctionChange[] {
  return changesOf(diff, metric, ownSums(diff, metric), lines, ({ self }) => self);
}

/**
 * The functions, with everything they call, whose cost changed most on a line that the pull request touches: what an
 * author can be told about the lines in front of them. Largest change first.
 */
export function touchedFunctions(
  diff: ProfileDiff,
  metric: MetricId,
  lines: ChangedLines | null,
): readonly FunctionChange[] {
  if (lines === null) return [];
  const changes = changesOf(diff, metric, inclusiveSums(diff, metric), lines, ({ total }) => total);
  return changes.filter((change) => change.isOnChangedLine);
}

function changesOf(
  diff: ProfileDiff,
  metric: MetricId,
  sums: ReadonlyMap<number, FunctionSum>,
  lines: ChangedLines | null,
  costOf: (site: SourceSite) => number,
): readonly FunctionChange[] {
  const sites = sitesByFrame(diff, metric, lines);
  const changes: FunctionChange[] = [];
  for (const [frame, sum] of sums) {
    if (sum.base === sum.head) continue;
    const { name, shortName, file } = diff.frames[frame];
    const status = statusOf(sum);
    const place = findPlace(sites.get(frame) ?? [], costOf, status === 'gone', lines);
    changes.push({
      metric,
      name,
      shortName,
      ...(place ?? { file, line: null, isOnChangedLine: false }),
      base: sum.base,
      head: sum.head,
      delta: sum.head - sum.base,
      baseCalls: sum.baseCalls,
      headCalls: sum.headCalls,
      status,
    });
  }
  return changes.sort(changeOrder);
}

function statusOf(sum: FunctionSum): FunctionChange['status'] {
  if (sum.change === 0) return 'moved';
  if (sum.base === 0) return 'new';
  if (sum.head === 0) return 'gone';
  return sum.head > sum.base ? 'grew' : 'shrank';
}

function changeOrder(a: FunctionChange, b: FunctionChange): number {
  const byFate = Number(a.status === 'moved') - Number(b.status === 'moved');
  if (byFate !== 0) return byFate;
  const bySize = Math.abs(b.delta) - Math.abs(a.delta);
  if (bySize !== 0) return bySize;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
