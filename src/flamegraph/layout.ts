import { type ChildLinks, linkChildren } from '../profile/child-links.ts';
import { type CutPlan, planCuts, REFERENCE_WIDTH } from './cut-unchanged.ts';
import { type FlameGraph, type NodeIndex, type Side, totalOn } from './flame-graph.ts';
import { type BoxDraft, placeFrames } from './place-frames.ts';
import { type ColumnStatus, columnsBetween, type StatusColumn } from './status-columns.ts';

/*
 * A FlameGraph as two icicles, base and head, on one scale: 1 is the larger of the two totals. Every stack's cost is a
 * column, and the column's status holds from its leaf up to the root, so that the blue above a frame is exactly what
 * went away below it:
 *
 *   base  │ all                                   │      columns   │ gone       │ moved │ kept      │
 *         │ main                        │ cleanup │
 *         │ parse            │ print    │
 *
 * A frame's children come first, in their drawing order, then those too narrow to draw (as one remainder), then its
 * own cost. Inside each of the latter two what changed is left. Positions are summed as integers and divided once, so
 * that neighbours touch exactly.
 *
 * Where little of a large program changed, the axis can be broken: what is unchanged below a frame is cut to a narrow
 * block (cut-unchanged.ts), and everything else is on one scale.
 */

/** Neighbouring columns of one status. */
export interface ColumnRun {
  readonly status: ColumnStatus;
  readonly x0: number;
  readonly x1: number;
}

/** A bar of the picture. */
export interface Box {
  /**
   * The frame that the box stands for; more than one when each is the only child of the one before and has the same
   * base and head. Empty for a remainder: siblings that are each too narrow to draw.
   */
  readonly nodes: readonly NodeIndex[];
  /** Row, 0 on top. */
  readonly depth: number;
  /** From 0 to 1 on the scale that both panes share. */
  readonly x0: number;
  readonly x1: number;
  /** Cover the box from x0 to x1 without gap or overlap. */
  readonly runs: readonly ColumnRun[];
  /** What the box stands for, unchanged and not to scale, in bytes or calls; 0 when the box is to scale. */
  readonly cutCost: number;
}

/** One side's icicle. */
export interface Pane {
  readonly side: Side;
  /** Bytes or calls at the root. */
  readonly total: number;
  /** Of the root, from 0 to 1. */
  readonly width: number;
  /** Row by row, each from left to right. */
  readonly boxes: readonly Box[];
  readonly rows: number;
  /** Rows that were cut off because there are more than `maximumRows`. */
  readonly deeperLevels: number;
}

/** Where everything of a static picture is. */
export interface FlameGraphLayout {
  /** Bytes or calls of the larger side. */
  readonly scale: number;
  /** Set when unchanged parts are cut short: how much is to scale, and how many frames are in what is cut. */
  readonly cut: { readonly toScale: number; readonly cutCost: number; readonly frames: number } | null;
  readonly base: Pane | null;
  readonly head: Pane | null;
  /** Frames that cost something but have no box in any pane. */
  readonly hiddenFrames: number;
  /** The width below which frames were not drawn. */
  readonly minimumWidth: number;
}

/** Lengths are shares of the whole width, from 0 to 1. */
export interface LayoutOptions {
  /** Default: both. */
  readonly sides?: readonly Side[];
  /** Frames narrower than this are not drawn. Default: 3 px of 868, the width of a comment on GitHub. */
  readonly minimumWidth?: number;
  /** Rows at the bottom in which nothing reaches this width are not drawn. Default: 14 px of 868. */
  readonly minimumRowWidth?: number;
  /** Runs narrower than this join a neighbour. Default: 1 px of 868. */
  readonly minimumRunWidth?: number;
  /** Of one pane. Default: 14. */
  readonly maximumRows?: number;
  /** Of both panes; more raise `minimumWidth` until they fit. Default: 250. */
  readonly maximumBoxes?: number;
  /** Cut unchanged parts short where little changed. Default: false. */
  readonly mayCutUnchanged?: boolean;
}

/** Lays the sides out on one scale. */
export function layoutFlameGraph(graph: FlameGraph, options: LayoutOptions = {}): FlameGraphLayout {
  const sides = options.sides ?? ['base', 'head'];
  const maximumBoxes = options.maximumBoxes ?? 250;
  let minimumWidth = options.minimumWidth ?? 3 / REFERENCE_WIDTH;
  const scale = Math.max(0, ...sides.map((side) => (graph.length === 0 ? 0 : totalOn(side, graph, 0))));
  const plan = options.mayCutUnchanged === true && sides.length === 2 ? planCuts(graph) : null;
  const links = linkChildren(graph.parent);
  for (;;) {
    const limits: PaneLimits = {
      scale: scale - (plan?.saved ?? 0),
      minimumWidth,
      minimumRowWidth: options.minimumRowWidth ?? 14 / REFERENCE_WIDTH,
      minimumRunWidth: options.minimumRunWidth ?? 1 / REFERENCE_WIDTH,
      maximumRows: options.maximumRows ?? 14,
      plan,
      links,
    };
    const base = sides.includes('base') ? layoutPane(graph, 'base', limits) : null;
    const head = sides.includes('head') ? layoutPane(graph, 'head', limits) : null;
    const boxes = (base?.boxes.length ?? 0) + (head?.boxes.length ?? 0);
    if (boxes <= maximumBoxes || minimumWidth > 1) {
      const hiddenFrames = countHiddenFrames(graph, base, head, plan);
      return { scale, cut: cutOf(plan, scale), base, head, hiddenFrames, minimumWidth };
    }
    minimumWidth *= 1.5;
  }
}

function cutOf(plan: CutPlan | null, scale: number): FlameGraphLayout['cut'] {
  if (plan === null) return null;
  return { toScale: scale - plan.cutCost, cutCost: plan.cutCost, frames: plan.frames };
}

interface PaneLimits {
  /** Bytes or calls of the width 1. */
  readonly scale: number;
  readonly minimumWidth: number;
  readonly minimumRowWidth: number;
  readonly minimumRunWidth: number;
  readonly maximumRows: number;
  readonly plan: CutPlan | null;
  readonly links: ChildLinks;
}

function layoutPane(graph: FlameGraph, side: Side, limits: PaneLimits): Pane {
  const total = graph.length === 0 ? 0 : totalOn(side, graph, 0);
  if (total <= 0 || limits.scale <= 0) {
    return { side, total: 0, width: 0, boxes: [], rows: 0, deeperLevels: 0 };
  }
  const { drafts, columns } = placeFrames(graph, side, limits.minimumWidth * limits.scale, limits);
  const rows = countRowsWorthDrawing(drafts, limits.minimumRowWidth * limits.scale);
  const drawnRows = Math.min(rows, limits.maximumRows);
  const boxes = drafts
    .filter((draft) => draft.depth < drawnRows)
    .sort((a, b) => a.depth - b.depth || a.start - b.start)
    .map((draft) => ({
      nodes: draft.nodes,
      depth: draft.depth,
      x0: draft.start / limits.scale,
      x1: draft.end / limits.scale,
      runs: columnRuns(columns, draft, limits),
      cutCost: draft.cutCost,
    }));
  const width = (total - (limits.plan?.saved ?? 0)) / limits.scale;
  return { side, total, width, boxes, rows: drawnRows, deeperLevels: rows - drawnRows };
}

function countRowsWorthDrawing(drafts: readonly BoxDraft[], minimumCost: number): number {
  let rows = 1;
  for (const draft of drafts) {
    if (draft.end - draft.start >= minimumCost) rows = Math.max(rows, draft.depth + 1);
  }
  return rows;
}

/** The draft's columns as they are drawn. */
function columnRuns(
  columns: readonly StatusColumn[],
  { start, end }: BoxDraft,
  { scale, minimumRunWidth }: PaneLimits,
): ColumnRun[] {
  return columnsBetween(columns, start, end, minimumRunWidth * scale).map((column) => ({
    status: column.status,
    x0: column.start / scale,
    x1: column.end / scale,
  }));
}

function countHiddenFrames(
  graph: FlameGraph,
  base: Pane | null,
  head: Pane | null,
  plan: CutPlan | null,
): number {
  const isDrawn = new Uint8Array(graph.length);
  for (const pane of [base, head]) {
    for (const box of pane?.boxes ?? []) {
      for (const node of box.nodes) isDrawn[node] = 1;
    }
  }
  let hidden = 0;
  for (let node = 1; node < graph.length; node++) {
    const cost =
      (base === null ? 0 : totalOn('base', graph, node)) + (head === null ? 0 : totalOn('head', graph, node));
    if (cost > 0 && isDrawn[node] === 0 && plan?.isCut[node] !== 1) hidden++;
  }
  return hidden;
}
