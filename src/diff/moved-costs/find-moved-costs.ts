import { forEachMetric, METRIC_IDS } from '../../profile/metric.ts';
import type { CostColumns } from '../../profile/profile.ts';
import type { DiffFrame, DiffStackTable } from '../profile-diff.ts';
import { type ContentHashes, hashContents, sortByHash } from './content-hashes.ts';
import { Leftovers } from './leftovers.ts';
import {
  type CommonPaths,
  type FramePresence,
  findCommonPaths,
  pairByCommonFunctions,
} from './pair-by-common-functions.ts';
import { pairByOneFrame, SimilarStacks } from './pair-by-one-frame.ts';
import { pairBySuffix } from './pair-by-suffix.ts';

/*
 * Code that moved, not memory that changed: a stack that lost bytes and a stack that gained bytes belong together when
 * they are the same but for what an edit of the code does to them. Three rounds, the surest first:
 *
 *   renamed, extracted     base  main;load;string          frames whose function the other side does not have
 *   or inlined everywhere  head  main;load;fill;string     are passed over: what is left is equal
 *
 *   extracted into, or     base  main;load;string          one frame of the measured code more or less, though
 *   inlined at one place   head  main;load;copy;string     both sides have its function
 *
 *   called from elsewhere  base  main;parse;Parser;insert  the innermost frames are equal, one of them the
 *                          head  TABLES;Parser;insert      measured code's; the longest such suffix first
 *
 * All three take time proportional to the frames of the stacks that differ. Where several pairs would explain a change
 * equally well, the names decide and not the sides: with base and head in each other's place the same stacks pair.
 */

/**
 * The part of each stack's |base − head| that another stack took over or gave up, for each metric by itself.
 * @param base and `head` are self costs
 */
export function findMovedCosts(
  frames: readonly DiffFrame[],
  stacks: DiffStackTable,
  presence: FramePresence,
  base: CostColumns,
  head: CostColumns,
): CostColumns {
  // What does not depend on the metric is found once, for all stacks that differ in any.
  const unordered = findDiffering(base, head);
  let differing: readonly number[] | null = null;
  let hashes: ContentHashes | null = null;
  let common: CommonPaths | null = null;
  let similar: SimilarStacks | null = null;
  return forEachMetric((id) => {
    if (!hasBothKinds(base[id], head[id], unordered)) return new Float64Array(stacks.length);
    hashes ??= hashContents(frames, stacks);
    differing ??= sortByHash(unordered, hashes.ofStack);
    const leftovers = new Leftovers(base[id], head[id], differing);
    common ??= findCommonPaths(frames, stacks, presence, differing);
    pairByCommonFunctions(frames, stacks, common, leftovers);
    if (leftovers.hasBothKinds()) {
      similar ??= new SimilarStacks(frames, stacks, hashes, differing);
      pairByOneFrame(similar, leftovers);
    }
    if (leftovers.hasBothKinds()) pairBySuffix(frames, stacks, hashes, leftovers);
    return leftovers.moved;
  });
}

/** The stacks whose costs differ in any metric. */
function findDiffering(base: CostColumns, head: CostColumns): Int32Array {
  const isDiffering = new Uint8Array(base.allocated.length);
  let count = 0;
  for (const id of METRIC_IDS) {
    const [before, after] = [base[id], head[id]];
    for (let stack = 0; stack < before.length; stack++) {
      if (before[stack] === after[stack] || isDiffering[stack] === 1) continue;
      isDiffering[stack] = 1;
      count++;
    }
  }
  const differing = new Int32Array(count);
  for (let stack = 0, at = 0; at < count; stack++) if (isDiffering[stack] === 1) differing[at++] = stack;
  return differing;
}

/** Whether some stacks lost and others gained. */
function hasBothKinds(base: Float64Array, head: Float64Array, differing: Int32Array): boolean {
  let [hasGone, hasAdded] = [false, false];
  for (const stack of differing) {
    if (head[stack] < base[stack]) hasGone = true;
    else if (head[stack] > base[stack]) hasAdded = true;
    if (hasGone && hasAdded) return true;
  }
  return false;
}
