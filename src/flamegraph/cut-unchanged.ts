import { changeOf } from './cost-parts.ts';
import { baseTotal, type FlameGraph, headTotal } from './flame-graph.ts';

/*
 * The broken axis. Where little changed, what did not change hides it:
 *
 *   │ main                                                                        │
 *   │a│ b                    │ c                             │ d                  │      only a changed
 *
 * So everything unchanged directly below one changed frame becomes one narrow block, and the rest gets the width: whole
 * subtrees, and the part of the frame's own cost that both sides have, should it dwarf the change. Both sides have the
 * same blocks, since they are of what both sides have.
 *
 *   │ main                                                                │ / /   │
 *   │ a                                                                   │ / /   │      b, c and d, cut short
 */

/** Less than this share of the larger side has to have changed. */
const CUT_BELOW = 0.15;
/** A frame's own cost on both sides is cut from this many times the whole change on; less helps to judge the change. */
const DWARFS_THE_CHANGE = 3;
/** Pixels that a comment on GitHub gives to a picture: widths that are chosen in pixels are shares of it. */
export const REFERENCE_WIDTH = 868;
/** Wide enough for '98.2 MB unchanged'; used while the blocks together do not take more than the next number. */
const WIDEST_BLOCK = 152 / REFERENCE_WIDTH;
const WIDE_BLOCKS_SHARE = 0.3;
/** Wide enough to see that the axis is broken; narrower only when the blocks would take half of the width. */
const NARROW_BLOCK = 24 / REFERENCE_WIDTH;
const NARROW_BLOCKS_SHARE = 0.5;

/** Costs are bytes or calls. */
export interface CutPlan {
  /** Whether nothing below the node, itself included, changed. */
  readonly isUnchanged: Uint8Array;
  /** Whether the node is in what is cut. */
  readonly isCut: Uint8Array;
  /** Whether the part of the node's own cost that both sides have is in what is cut. */
  readonly isOwnCut: Uint8Array;
  /** What is cut directly below each node; 0: nothing. */
  readonly cutBelow: Float64Array;
  /** By how much the node is drawn narrower than it is. */
  readonly savedBelow: Float64Array;
  /** What each block is drawn as. */
  readonly drawnCost: number;
  /** All that is cut. */
  readonly cutCost: number;
  /** All that is cut, less what it is drawn as. */
  readonly saved: number;
  /** Frames in what is cut. */
  readonly frames: number;
}

/** Null where too much changed, or nothing did, or what is unchanged is narrow anyway. */
export function planCuts(graph: FlameGraph): CutPlan | null {
  if (graph.length === 0) return null;
  const scale = Math.max(baseTotal(graph, 0), headTotal(graph, 0));
  const changed = graph.gone[0] + graph.added[0];
  if (changeOf(graph, 0) === 0 || changed >= CUT_BELOW * scale) return null;

  const isUnchanged = new Uint8Array(graph.length);
  const isDwarfing = new Uint8Array(graph.length);
  for (let node = 0; node < graph.length; node++) {
    if (changeOf(graph, node) === 0) isUnchanged[node] = 1;
    if (graph.self.kept[node] >= DWARFS_THE_CHANGE * changed) isDwarfing[node] = 1;
  }
  const unchangedBelow = sumUnchanged(graph, isUnchanged, isDwarfing);
  const drawnCost = chooseBlock(unchangedBelow, scale);
  if (drawnCost === null) return null;

  const cutBelow = unchangedBelow.map((cost) => (cost > drawnCost ? cost : 0));
  const isOwnCut = isDwarfing.map((dwarfing, node) => (cutBelow[node] > 0 ? dwarfing : 0));
  const isCut = new Uint8Array(graph.length);
  let frames = 0;
  for (let node = 1; node < graph.length; node++) {
    if (isUnchanged[node] === 0) continue;
    const parent = graph.parent[node];
    isCut[node] = isUnchanged[parent] === 1 ? isCut[parent] : cutBelow[parent] > 0 ? 1 : 0;
    frames += isCut[node];
  }
  const savedBelow = cutBelow.map((cost) => (cost > 0 ? cost - drawnCost : 0));
  for (let node = graph.length - 1; node > 0; node--) savedBelow[graph.parent[node]] += savedBelow[node];
  const cutCost = cutBelow.reduce((sum, cost) => sum + cost, 0);
  const saved = savedBelow[0];
  return { isUnchanged, isCut, isOwnCut, cutBelow, savedBelow, drawnCost, cutCost, saved, frames };
}

/** For each changed frame what is unchanged directly below it. */
function sumUnchanged(graph: FlameGraph, isUnchanged: Uint8Array, isDwarfing: Uint8Array): Float64Array {
  const sums = new Float64Array(graph.length);
  for (let node = 0; node < graph.length; node++) {
    if (isUnchanged[node] === 0) sums[node] += isDwarfing[node] * graph.self.kept[node];
    else if (isUnchanged[graph.parent[node]] === 0) sums[graph.parent[node]] += graph.kept[node];
  }
  return sums;
}

/**
 * The cost that a block is drawn as: as many of the largest are cut as would otherwise be wider than a block. Null when
 * that is none.
 */
function chooseBlock(unchangedBelow: Float64Array, scale: number): number | null {
  const largestFirst = unchangedBelow.filter((cost) => cost > 0).sort((a, b) => b - a);
  let toScale = scale;
  for (let count = 0; count <= largestFirst.length; count++) {
    const block = blockWidth(count);
    const costOfBlock = (block * toScale) / (1 - count * block);
    if (count === largestFirst.length || largestFirst[count] <= costOfBlock) {
      // In 1,024ths, which sum up exactly.
      return count === 0 ? null : Math.max(1, Math.round(costOfBlock * 1024)) / 1024;
    }
    toScale -= largestFirst[count];
  }
  return null;
}

function blockWidth(count: number): number {
  const wide = Math.min(WIDEST_BLOCK, WIDE_BLOCKS_SHARE / Math.max(1, count));
  return Math.min(Math.max(NARROW_BLOCK, wide), NARROW_BLOCKS_SHARE / Math.max(1, count));
}
