import type { CallSites, ProfileDiff } from '../diff/profile-diff.ts';
import type { MetricId } from '../profile/metric.ts';
import { totalCosts } from '../profile/totals.ts';

/** What the pull request did to the repository's lines. */
export interface ChangedLines {
  /** Whether head's line was added or changed. */
  isChangedLine(path: string, line: number): boolean;
  /** Where base's line is at head, or null when it was changed or removed. */
  headPosition(path: string, line: number): { readonly path: string; readonly line: number } | null;
}

/** Where a reader finds what changed in a function. */
export interface SourcePlace {
  /** Path in the repository; null when the function is not ours. */
  readonly file: string | null;
  readonly line: number | null;
  /** Whether `line` is a line of head that this pull request added or changed. */
  readonly isOnChangedLine: boolean;
}

/** A line of the measured code, what passes through it, and who called its function. */
export interface SourceSite {
  readonly side: 'base' | 'head';
  readonly path: string | null;
  /** Of that side's file; 0 when unknown. */
  readonly line: number;
  /** Allocated with this line as the innermost of the measured code, wrappers of malloc left aside. */
  readonly self: number;
  /** Allocated by this line and all that it calls. */
  readonly total: number;
  /** Whether this line, and the line that called its function, are ones that the pull request touches. */
  readonly isTouched: boolean;
  readonly isCallTouched: boolean;
}

/**
 * The sites of each function, by its frame.
 * @param isAsking of each frame 1 where what it allocates itself is its own; of others it is their callers'
 */
export function sitesByFrame(
  diff: ProfileDiff,
  metric: MetricId,
  lines: ChangedLines | null,
  isAsking: Uint8Array,
): ReadonlyMap<number, readonly SourceSite[]> {
  const byFrame = new Map<number, SourceSite[]>();
  for (const side of ['base', 'head'] as const) {
    const sites = side === 'base' ? diff.baseSites : diff.headSites;
    // Traces without a repository have no paths.
    if (sites.path.every((path) => path === null)) continue;
    const self = sumByAskingSite(sites.costs[metric], askingSites(sites, diff, isAsking));
    const total = totalCosts(sites.costs[metric], sites.prefix);
    const isTouched = touchedSites(sites, side, lines);
    for (let site = 0; site < sites.length; site++) {
      const frame = diff.stacks.frame[sites.stack[site]];
      const caller = sites.prefix[site];
      const isRecursive = caller >= 0 && diff.stacks.frame[sites.stack[caller]] === frame;
      const found: SourceSite = {
        side,
        path: sites.path[site],
        line: sites.line[site],
        self: self[site],
        total: total[site],
        isTouched: isTouched[site] === 1,
        isCallTouched: caller >= 0 && !isRecursive && isTouched[caller] === 1,
      };
      const list = byFrame.get(frame);
      if (list === undefined) byFrame.set(frame, [found]);
      else list.push(found);
    }
  }
  return byFrame;
}

/**
 * Of each site the one that what it allocates counts for: itself, or for a wrapper of malloc the nearest caller's whose
 * line is known.
 * @param isAsking of each frame 1 where it is no wrapper
 */
export function askingSites(
  { stack, prefix, path, line, length }: CallSites,
  { stacks: { frame } }: ProfileDiff,
  isAsking: Uint8Array,
): Int32Array {
  const asking = Int32Array.from({ length }, (_, site) => site);
  for (let site = 0; site < length; site++) {
    if (isAsking[frame[stack[site]]] === 1 || prefix[site] < 0) continue;
    const caller = asking[prefix[site]];
    if (isAsking[frame[stack[caller]]] === 1 && path[caller] !== null && line[caller] > 0) {
      asking[site] = caller;
    }
  }
  return asking;
}

/** Costs of sites, each where it counts. */
export function sumByAskingSite(costs: Float64Array, asking: Int32Array): Float64Array {
  const sums = new Float64Array(costs.length);
  for (let site = 0; site < costs.length; site++) sums[asking[site]] += costs[site];
  return sums;
}

/** Whether the pull request touches a line of one side, or one that is no more than `distance` lines away. */
export function isNearChange(
  path: string,
  line: number,
  distance: number,
  side: 'base' | 'head',
  lines: ChangedLines | null,
): boolean {
  if (lines === null || line <= 0) return false;
  for (let near = Math.max(1, line - distance); near <= line + distance; near++) {
    const isTouched =
      side === 'head' ? lines.isChangedLine(path, near) : lines.headPosition(path, near) === null;
    if (isTouched) return true;
  }
  return false;
}

/** 1 for each site whose line the pull request touches: in head added or changed, in base changed or removed. */
export function touchedSites(
  sites: CallSites,
  side: 'base' | 'head',
  lines: ChangedLines | null,
): Uint8Array {
  return Uint8Array.from(sites.line, (_, site) => (isTouchedLine(sites, site, side, lines) ? 1 : 0));
}

function isTouchedLine(
  { path, line }: CallSites,
  site: number,
  side: 'base' | 'head',
  lines: ChangedLines | null,
): boolean {
  const file = path[site];
  if (lines === null || file === null || line[site] <= 0) return false;
  return side === 'head'
    ? lines.isChangedLine(file, line[site])
    : lines.headPosition(file, line[site]) === null;
}

/**
 * The line of a function at which most changed: a line of head, where base's lines are now, as long as head has the
 * function; else one of base.
 * @param costOf what counts: a site's own cost, or that of all it calls
 * @param isGone whether head has nothing of the function
 */
export function findPlace(
  sites: readonly SourceSite[],
  costOf: (site: SourceSite) => number,
  isGone: boolean,
  lines: ChangedLines | null,
): SourcePlace | null {
  const places = new Map<string, { path: string; line: number; delta: number; size: number }>();
  /** Of lines of base that were changed or removed. */
  let withoutPlace = 0;
  for (const site of sites) {
    if (site.path === null || site.line <= 0 || (isGone && site.side === 'head')) continue;
    const here = { path: site.path, line: site.line };
    const position =
      site.side === 'head' || isGone || lines === null ? here : lines.headPosition(site.path, site.line);
    if (position === null) {
      withoutPlace += costOf(site);
      continue;
    }
    const key = `${position.line} ${position.path}`;
    const place = places.get(key) ?? { ...position, delta: 0, size: 0 };
    place.delta += site.side === 'head' ? costOf(site) : -costOf(site);
    place.size += costOf(site);
    places.set(key, place);
  }
  const touched = [...places.values()].filter(
    (place) => !isGone && lines !== null && lines.isChangedLine(place.path, place.line),
  );
  // A line that was changed had a cost before, too: all such lines of base stand for all such lines of head.
  const touchedSize = touched.reduce((sum, { size }) => sum + size, 0);
  for (const place of touched) place.delta -= withoutPlace * (place.size / (touchedSize || 1));
  const direction = Math.sign(
    sites.reduce((sum, site) => sum + (site.side === 'head' ? 1 : -1) * costOf(site), 0),
  );
  const [place] = [...places.values()].sort(
    (a, b) => direction * (b.delta - a.delta) || b.size - a.size || a.line - b.line,
  );
  if (place === undefined) return null;
  return { file: place.path, line: place.line, isOnChangedLine: touched.includes(place) };
}
