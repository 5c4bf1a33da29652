import type { CallSites, ProfileDiff } from '../diff/profile-diff.ts';
import { forEachMetric, METRIC_IDS, type MetricId, type Totals } from '../profile/metric.ts';
import { askingFrames } from './allocator-wrappers.ts';
import { askingSites, type ChangedLines, sumByAskingSite } from './source-lines.ts';

/** What the measured code's functions allocate at one line, or have foreign code or a wrapper allocate for them. */
export interface LineRow {
  /** Path in the repository. */
  readonly path: string;
  readonly line: number;
  /** Index into the diff's frames: the function in which the line is. */
  readonly frame: number;
  /** `head`: a line of head, where base's line is now. `base`: one that head does not have. */
  readonly side: 'base' | 'head';
  /** Whether the pull request added, changed or removed the line. */
  readonly isTouched: boolean;
  readonly base: Totals;
  readonly head: Totals;
}

type GrowingRow = LineRow & {
  readonly base: Record<MetricId, number>;
  readonly head: Record<MetricId, number>;
};

/**
 * Costs by the innermost line of the measured code, wrappers of malloc left aside, base's lines where the change put
 * them. Largest change first, by the given metric.
 */
export function buildLineTable(
  diff: ProfileDiff,
  lines: ChangedLines | null,
  primary: MetricId,
): readonly LineRow[] {
  const rows = new Map<string, GrowingRow>();
  addSites(rows, diff, diff.baseSites, 'base', lines);
  addSites(rows, diff, diff.headSites, 'head', lines);
  const changeOf = (row: LineRow) => Math.abs(row.head[primary] - row.base[primary]);
  const sizeOf = (row: LineRow) => row.head[primary] + row.base[primary];
  return [...rows.values()].sort(
    (a, b) =>
      changeOf(b) - changeOf(a) ||
      sizeOf(b) - sizeOf(a) ||
      (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line),
  );
}

function addSites(
  rows: Map<string, GrowingRow>,
  diff: ProfileDiff,
  sites: CallSites,
  side: 'base' | 'head',
  lines: ChangedLines | null,
): void {
  const asking = askingSites(sites, diff, askingFrames(diff, lines));
  const costs = forEachMetric((id) => sumByAskingSite(sites.costs[id], asking));
  for (let site = 0; site < sites.length; site++) {
    const path = sites.path[site];
    const line = sites.line[site];
    if (path === null || line <= 0 || METRIC_IDS.every((id) => costs[id][site] === 0)) continue;
    const position = side === 'head' || lines === null ? { path, line } : lines.headPosition(path, line);
    const at = position ?? { path, line };
    const frame = diff.stacks.frame[sites.stack[site]];
    const rowSide = position === null ? 'base' : 'head';
    const key = `${rowSide} ${frame} ${at.line} ${at.path}`;
    let row = rows.get(key);
    if (row === undefined) {
      row = {
        path: at.path,
        line: at.line,
        frame,
        side: rowSide,
        isTouched: position === null || (lines?.isChangedLine(at.path, at.line) ?? false),
        base: forEachMetric(() => 0),
        head: forEachMetric(() => 0),
      };
      rows.set(key, row);
    }
    for (const id of METRIC_IDS) row[side][id] += costs[id][site];
  }
}
