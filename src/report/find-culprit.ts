import type { ProfileDiff } from '../diff/profile-diff.ts';
import type { MetricId } from '../profile/metric.ts';
import { askingFrames } from './allocator-wrappers.ts';
import { type FunctionSum, inclusiveSums, ownSums } from './function-sums.ts';
import type { Culprit } from './report.ts';
import { type ChangedLines, findPlace, type SourceSite, sitesByFrame } from './source-lines.ts';

/** A function must explain this share of the change to be named as its cause; the second where none reaches the first. */
const CULPRIT_SHARES = [0.9, 0.5];
/** Within a percent two sizes are the same work seen from a caller and its callee. */
const SAME_SIZE = 1.01;
/** So much larger than the smallest candidate may be one that the pull request's lines point at. */
const POINTED_AT_SIZE = 1 / CULPRIT_SHARES[0];

interface Candidate {
  readonly frame: number;
  readonly sum: FunctionSum;
}

/**
 * The one function that explains the change of the whole, code that only moved left out of account: among those whose
 * total, with everything they called, changed by nearly as much, the smallest one. Of several that are about as
 * small, one that is called from a line that the pull request touches, or allocates on one, or calls from such lines
 * several that share the change; else the outermost. Never a wrapper of malloc. Null when nothing changed or no single
 * function explains it.
 */
export function findCulprit(diff: ProfileDiff, metric: MetricId, lines: ChangedLines | null): Culprit | null {
  const isAsking = askingFrames(diff, lines);
  const sums = inclusiveSums(diff, metric);
  const delta = sum(diff.head[metric]) - sum(diff.base[metric]);
  if (delta === 0) return null;
  const sites = sitesByFrame(diff, metric, lines, isAsking);
  const explaining = (functions: ReadonlyMap<number, FunctionSum>, share: number) =>
    [...functions]
      .filter(([frame, found]) => found.change / delta >= share && isAsking[frame] === 1)
      .map(([frame]) => frame);
  for (const share of CULPRIT_SHARES) {
    // That all of the change is in main, or in a thread's function, explains nothing.
    const candidates = toCandidates(sums, explaining(sums, share)).filter((found) => found.sum.minDepth > 0);
    // A function that was renamed as well shows more than it explains.
    const honest = candidates.filter(({ sum: { base: before, head: after, change } }) => {
      return Math.abs(after - before - change) <= (1 - CULPRIT_SHARES[0]) * Math.abs(change);
    });
    const preferred = honest.length > 0 ? honest : candidates;
    if (preferred.length > 0) return describe(diff, choose(preferred, sites), sites, delta, lines);
  }
  const outermost = explaining(ownSums(diff, metric, isAsking), CULPRIT_SHARES[1]);
  const [only] = toCandidates(sums, outermost);
  return only === undefined ? null : describe(diff, only, sites, delta, lines);
}

function toCandidates(
  sums: ReadonlyMap<number, FunctionSum>,
  frames: readonly number[],
): readonly Candidate[] {
  return frames.flatMap((frame) => {
    const found = sums.get(frame);
    return found === undefined ? [] : [{ frame, sum: found }];
  });
}

function choose(
  candidates: readonly Candidate[],
  sites: ReadonlyMap<number, readonly SourceSite[]>,
): Candidate {
  const smallest = candidates.reduce(
    (least, found) => Math.min(least, sizeOf(found)),
    Number.POSITIVE_INFINITY,
  );
  const outermostFirst = [...candidates].sort((a, b) => a.sum.minDepth - b.sum.minDepth);
  const isMostly = (candidate: Candidate, costOf: (site: SourceSite) => number) => {
    const signed = (site: SourceSite) => (site.side === 'head' ? costOf(site) : -costOf(site));
    const touched = sum((sites.get(candidate.frame) ?? []).map(signed));
    return touched / (candidate.sum.head - candidate.sum.base) >= CULPRIT_SHARES[1];
  };
  const near = outermostFirst.filter((candidate) => sizeOf(candidate) <= smallest * POINTED_AT_SIZE);
  return (
    near.find((candidate) => isMostly(candidate, (site) => (site.isCallTouched ? site.total : 0))) ??
    near.findLast((candidate) => isMostly(candidate, (site) => (site.isTouched ? site.self : 0))) ??
    near.findLast((candidate) => isMostly(candidate, (site) => (site.isTouched ? site.total : 0))) ??
    outermostFirst.find((candidate) => sizeOf(candidate) <= smallest * SAME_SIZE) ??
    candidates[0]
  );
}

function sizeOf({ sum: { base, head } }: Candidate): number {
  return Math.max(base, head);
}

function describe(
  diff: ProfileDiff,
  { frame, sum: found }: Candidate,
  sites: ReadonlyMap<number, readonly SourceSite[]>,
  delta: number,
  lines: ChangedLines | null,
): Culprit {
  const { name, shortName, file } = diff.frames[frame];
  const place = findPlace(sites.get(frame) ?? [], ({ total }) => total, found.head === 0, lines);
  return {
    name,
    shortName,
    ...(place ?? { file, line: null, isOnChangedLine: false }),
    base: found.base,
    head: found.head,
    baseCalls: found.baseCalls,
    headCalls: found.headCalls,
    share: (found.head - found.base) / delta,
  };
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index];
  return total;
}
