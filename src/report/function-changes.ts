import type { ProfileDiff } from '../diff/profile-diff.ts';
import type { MetricId } from '../profile/metric.ts';
import { askingFrames } from './allocator-wrappers.ts';
import { type FunctionSum, ownSums } from './function-sums.ts';
import type { FunctionChange } from './report.ts';
import { type ChangedLines, findPlace, sitesByFrame } from './source-lines.ts';

/**
 * What changed, function by function: each stack's own cost goes to the innermost function of the measured code in
 * it, so that what `parse` makes a library allocate counts as `parse`, and through a wrapper of malloc, too. Largest change first, what only moved last.
 */
export function functionChanges(
  diff: ProfileDiff,
  metric: MetricId,
  lines: ChangedLines | null,
): readonly FunctionChange[] {
  const isAsking = askingFrames(diff, lines);
  const sites = sitesByFrame(diff, metric, lines, isAsking);
  const changes: FunctionChange[] = [];
  for (const [frame, sum] of ownSums(diff, metric, isAsking)) {
    if (sum.base === sum.head) continue;
    const { name, shortName, file } = diff.frames[frame];
    const status = statusOf(sum);
    const place = findPlace(sites.get(frame) ?? [], ({ self }) => self, status === 'gone', lines);
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
  return distinguish(changes.sort(changeOrder));
}

/** Instances of one template have one short name: there the full one has to tell them apart. */
function distinguish(changes: readonly FunctionChange[]): readonly FunctionChange[] {
  const namesOf = new Map<string, Set<string>>();
  for (const { name, shortName } of changes) {
    const names = namesOf.get(shortName);
    if (names === undefined) namesOf.set(shortName, new Set([name]));
    else names.add(name);
  }
  return changes.map((change) => {
    const isAmbiguous = (namesOf.get(change.shortName)?.size ?? 1) > 1;
    return isAmbiguous ? { ...change, shortName: change.name } : change;
  });
}

function statusOf(sum: FunctionSum): FunctionChange['status'] {
  if (sum.change === 0) return 'moved';
  if (sum.base === 0) return 'new';
  if (sum.head === 0) return 'gone';
  return sum.head > sum.base ? 'grew' : 'shrank';
}

/** Largest change first, what only moved last. */
export function changeOrder(a: FunctionChange, b: FunctionChange): number {
  const byFate = Number(a.status === 'moved') - Number(b.status === 'moved');
  if (byFate !== 0) return byFate;
  const bySize = Math.abs(b.delta) - Math.abs(a.delta);
  if (bySize !== 0) return bySize;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
