import { type ChildLinks, linkChildren } from '../profile/child-links.ts';
import { type CutPlan, planCuts } from './cut-unchanged.ts';
import { baseTotal, type FlameGraph, headTotal, type NodeIndex } from './flame-graph.ts';

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

export type Side = 'base' | 'head';

/** What became of a column's bytes: `gone` is found in base only, `added` in head only. */
export type ColumnStatus = 'gone' | 'added' | 'moved' | 'kept';

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

const REFERENCE_WIDTH = 868;

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
  const { drafts, columns } = placeFrames(graph, side, limits);
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

/** A box in bytes or calls from the left edge, as they are drawn: what is cut short counts as little as it is wide. */
interface BoxDraft {
  readonly nodes: NodeIndex[];
  readonly depth: number;
  readonly start: number;
  readonly end: number;
  readonly cutCost: number;
}

interface Column {
  readonly status: ColumnStatus;
  readonly start: number;
  readonly end: number;
}

/** Gives every frame that is wide enough its place. A caller comes before its callees, so one pass forward will do. */
function placeFrames(graph: FlameGraph, side: Side, { minimumWidth, scale, plan, links }: PaneLimits) {
  const { firstChild, nextSibling } = links;
  const minimumCost = minimumWidth * scale;
  const start = new Float64Array(graph.length).fill(-1);
  const draftOf = new Int32Array(graph.length).fill(-1);
  const drafts: BoxDraft[] = [];
  const columns: Column[] = [];
  start[0] = 0;

  for (let node = 0; node < graph.length; node++) {
    if (start[node] < 0) continue;
    addToDrafts(node);

    const cutCost = plan?.cutBelow[node] ?? 0;
    let cursor = start[node];
    const remainder = { changed: 0, moved: 0, kept: 0 };
    for (let child = firstChild[node]; child !== -1; child = nextSibling[child]) {
      if (cutCost > 0 && plan?.isUnchanged[child] === 1) continue;
      const cost = drawnCost(child);
      if (cost >= minimumCost && cost > 0) {
        start[child] = cursor;
        cursor += cost;
      } else {
        remainder.changed += (side === 'base' ? graph.gone : graph.added)[child];
        remainder.moved += (side === 'base' ? graph.movedAway : graph.movedHere)[child];
        remainder.kept += graph.kept[child] - (plan?.savedBelow[child] ?? 0);
      }
    }
    const { depth } = drafts[draftOf[node]];
    const remainderEnd = addColumns(cursor, remainder);
    if (remainderEnd > cursor) {
      drafts.push({ nodes: [], depth: depth + 1, start: cursor, end: remainderEnd, cutCost: 0 });
    }
    const ownEnd = addColumns(remainderEnd, {
      changed: (side === 'base' ? graph.self.gone : graph.self.added)[node],
      moved: (side === 'base' ? graph.self.movedAway : graph.self.movedHere)[node],
      kept: plan?.isOwnCut[node] === 1 ? 0 : graph.self.kept[node],
    });
    if (cutCost > 0 && plan !== null) {
      const end = addColumns(ownEnd, { changed: 0, moved: 0, kept: plan.drawnCost });
      drafts.push({ nodes: [], depth: depth + 1, start: ownEnd, end, cutCost });
    }
  }
  columns.sort((a, b) => a.start - b.start);
  return { drafts, columns };

  function drawnCost(node: NodeIndex): number {
    return totalOn(side, graph, node) - (plan?.savedBelow[node] ?? 0);
  }

  function addToDrafts(node: NodeIndex): void {
    const parent = graph.parent[node];
    if (parent !== -1 && isOnlyChild(graph, node, parent)) {
      const draft = drafts[draftOf[parent]];
      // The root stands for no frame: beside one it says nothing.
      if (draft.nodes[0] === 0) draft.nodes.pop();
      draft.nodes.push(node);
      draftOf[node] = draftOf[parent];
      return;
    }
    draftOf[node] = drafts.length;
    drafts.push({
      nodes: [node],
      depth: parent === -1 ? 0 : drafts[draftOf[parent]].depth + 1,
      start: start[node],
      end: start[node] + drawnCost(node),
      cutCost: 0,
    });
  }

  function addColumns(from: number, costs: { changed: number; moved: number; kept: number }): number {
    const changedEnd = from + costs.changed;
    const movedEnd = changedEnd + costs.moved;
    const keptEnd = movedEnd + costs.kept;
    const changed = side === 'base' ? 'gone' : 'added';
    if (costs.changed > 0) columns.push({ status: changed, start: from, end: changedEnd });
    if (costs.moved > 0) columns.push({ status: 'moved', start: changedEnd, end: movedEnd });
    if (costs.kept > 0) columns.push({ status: 'kept', start: movedEnd, end: keptEnd });
    return keptEnd;
  }
}

/** Equal on both sides means that the parent has no cost of its own and no other child that costs anything. */
function isOnlyChild(graph: FlameGraph, node: NodeIndex, parent: NodeIndex): boolean {
  return (
    baseTotal(graph, node) === baseTotal(graph, parent) && headTotal(graph, node) === headTotal(graph, parent)
  );
}

function countRowsWorthDrawing(drafts: readonly BoxDraft[], minimumCost: number): number {
  let rows = 1;
  for (const draft of drafts) {
    if (draft.end - draft.start >= minimumCost) rows = Math.max(rows, draft.depth + 1);
  }
  return rows;
}

function columnRuns(columns: readonly Column[], draft: BoxDraft, limits: PaneLimits): ColumnRun[] {
  const inside: Column[] = [];
  for (let i = firstColumnFrom(columns, draft.start); i < columns.length; i++) {
    if (columns[i].start >= draft.end) break;
    appendColumn(inside, columns[i]);
  }
  return joinNarrowColumns(inside, limits.minimumRunWidth * limits.scale).map((column) => ({
    status: column.status,
    x0: column.start / limits.scale,
    x1: column.end / limits.scale,
  }));
}

function firstColumnFrom(columns: readonly Column[], start: number): number {
  let low = 0;
  let high = columns.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (columns[middle].start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function appendColumn(columns: Column[], column: Column): void {
  const last = columns.at(-1);
  if (last?.status === column.status) columns[columns.length - 1] = { ...last, end: column.end };
  else columns.push(column);
}

/**
 * Narrow columns in a row become one of their commonest status; should that still be narrow, it joins the wider of its
 * neighbours.
 */
function joinNarrowColumns(columns: readonly Column[], minimumCost: number): Column[] {
  const joined: Column[] = [];
  let narrow: Column[] = [];
  for (const column of columns) {
    if (column.end - column.start < minimumCost) {
      narrow.push(column);
      if (column.end - narrow[0].start >= minimumCost) {
        appendColumn(joined, commonest(narrow));
        narrow = [];
      }
      continue;
    }
    const left = joined.at(-1);
    if (narrow.length === 0) {
      appendColumn(joined, column);
    } else if (left !== undefined && left.end - left.start > column.end - column.start) {
      joined[joined.length - 1] = { ...left, end: column.start };
      appendColumn(joined, column);
    } else {
      appendColumn(joined, { ...column, start: narrow[0].start });
    }
    narrow = [];
  }
  if (narrow.length > 0) {
    const left = joined.at(-1);
    if (left === undefined) joined.push(commonest(narrow));
    else joined[joined.length - 1] = { ...left, end: narrow[narrow.length - 1].end };
  }
  return joined;
}

function commonest(columns: readonly Column[]): Column {
  const costs = new Map<ColumnStatus, number>();
  let status = columns[0].status;
  for (const column of columns) {
    costs.set(column.status, (costs.get(column.status) ?? 0) + column.end - column.start);
    if ((costs.get(column.status) ?? 0) > (costs.get(status) ?? 0)) status = column.status;
  }
  return { status, start: columns[0].start, end: columns[columns.length - 1].end };
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

function totalOn(side: Side, graph: FlameGraph, node: NodeIndex): number {
  return side === 'base' ? baseTotal(graph, node) : headTotal(graph, node);
}
