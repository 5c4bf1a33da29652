import { type ChildLinks, linkChildren } from '../profile/child-links.ts';
import type { FlameGraph, NodeIndex, Side } from './flame-graph.ts';
import type { ColumnStatus } from './status-columns.ts';

/*
 * A FlameGraph on a screen: any frame can be the root, every frame has a row of its own, and what is narrower than three
 * pixels is one remainder, until one zooms in. The order is that of layout.ts: children, remainder, own cost; inside
 * each what changed is left.
 *
 * The status of a column of pixels holds from the leaf up to the root, so there is one list of runs for a whole pane,
 * and a box shows the part of it that is above it.
 */

/** `union`: both sides in one pane; its width is what went, what came, what moved (twice) and what stayed. */
export type PaneSide = Side | 'union';

/** How the nodes of a graph hang together; made once, used for every zoom. */
export interface GraphLinks extends ChildLinks {
  /** Frames in the node's subtree, itself included. */
  readonly frames: Int32Array;
}

/** A bar on the screen. */
export interface ZoomBox {
  /** -1 for a remainder: frames that are each too narrow. */
  readonly node: NodeIndex;
  /** The frame that it is below; -1 for the root. */
  readonly parent: NodeIndex;
  /** Row below the root's, which is 0. */
  readonly depth: number;
  /** In pixels, not rounded. */
  readonly x0: number;
  readonly x1: number;
  /** Frames that a remainder stands for; else 0. */
  readonly hiddenFrames: number;
}

/** Whole pixels of one status, across the whole pane. */
export interface PixelRun {
  readonly status: ColumnStatus;
  readonly x0: number;
  readonly x1: number;
}

/** What is drawn of one side, or of both as one, below the frame that is the root. */
export interface ZoomPane {
  readonly side: PaneSide;
  /** Bytes or calls that the root's width stands for. */
  readonly shown: number;
  /** Row by row, each from left to right. */
  readonly boxes: readonly ZoomBox[];
  /** Index into `boxes` of each row's first, and at the end the number of boxes. */
  readonly rowStart: readonly number[];
  readonly runs: readonly PixelRun[];
}

/** What is looked at, and on how much room. */
export interface ZoomOptions {
  readonly root: NodeIndex;
  /** Bytes or calls of the full width. */
  readonly scale: number;
  /** The full width. */
  readonly pixels: number;
  /** Leaves out what is the same on both sides. */
  readonly isChangesOnly: boolean;
}

/** Narrower boxes join the remainder: below that neither a colour nor an edge can be told. */
const MINIMUM_PIXELS = 3;

/** Links the nodes of a graph, and counts the frames below each. */
export function linkGraph({ length, parent }: FlameGraph): GraphLinks {
  const frames = new Int32Array(length).fill(1);
  for (let node = length - 1; node > 0; node--) frames[parent[node]] += frames[node];
  return { ...linkChildren(parent), frames };
}

/** What a node's width stands for. */
export function shownCost(
  graph: FlameGraph,
  side: PaneSide,
  node: NodeIndex,
  isChangesOnly: boolean,
): number {
  let cost = isChangesOnly ? 0 : graph.kept[node];
  if (side !== 'head') cost += graph.gone[node] + graph.movedAway[node];
  if (side !== 'base') cost += graph.added[node] + graph.movedHere[node];
  return cost;
}

/** Lays one pane out. What is too narrow to be drawn is not gone into. */
export function layoutZoom(
  graph: FlameGraph,
  links: GraphLinks,
  side: PaneSide,
  options: ZoomOptions,
): ZoomPane {
  const { root, scale, pixels, isChangesOnly } = options;
  const shown = shownCost(graph, side, root, isChangesOnly);
  if (shown <= 0 || scale <= 0) return { side, shown: 0, boxes: [], rowStart: [0], runs: [] };
  const perCost = pixels / scale;
  const minimumCost = MINIMUM_PIXELS / perCost;
  const coverage = new PixelCoverage(Math.ceil(shown * perCost));
  const boxes: ZoomBox[] = [
    { node: root, parent: -1, depth: 0, x0: 0, x1: shown * perCost, hiddenFrames: 0 },
  ];
  const starts = [0];
  const rowStart = [0];
  for (let index = 0; index < boxes.length; index++) {
    const { node, depth } = boxes[index];
    if (depth >= rowStart.length) rowStart.push(index);
    if (node < 0) continue;
    let cursor = starts[index];
    const rest = noParts();
    let hiddenFrames = 0;
    for (let child = links.firstChild[node]; child >= 0; child = links.nextSibling[child]) {
      const cost = shownCost(graph, side, child, isChangesOnly);
      if (cost <= 0) continue;
      if (cost < minimumCost) {
        addParts(rest, graph, child);
        hiddenFrames += links.frames[child];
        continue;
      }
      addBox(child, node, depth + 1, cursor, cursor + cost, 0);
      cursor += cost;
    }
    const restEnd = cover(rest, cursor);
    if (restEnd > cursor) addBox(-1, node, depth + 1, cursor, restEnd, hiddenFrames);
    const own = noParts();
    addParts(own, graph.self, node);
    cover(own, restEnd);
  }
  rowStart.push(boxes.length);
  return { side, shown, boxes, rowStart, runs: coverage.runs() };

  function addBox(
    node: NodeIndex,
    parent: NodeIndex,
    depth: number,
    start: number,
    end: number,
    hidden: number,
  ): void {
    boxes.push({ node, parent, depth, x0: start * perCost, x1: end * perCost, hiddenFrames: hidden });
    starts.push(start);
  }

  /** @returns where the parts end, in bytes or calls */
  function cover(parts: Parts, start: number): number {
    let cursor = start;
    const add = (status: ColumnStatus, cost: number) => {
      if (cost <= 0) return;
      coverage.add(status, cursor * perCost, (cursor + cost) * perCost);
      cursor += cost;
    };
    if (side !== 'head') add('gone', parts.gone);
    if (side !== 'base') add('added', parts.added);
    add('moved', (side === 'head' ? 0 : parts.movedAway) + (side === 'base' ? 0 : parts.movedHere));
    if (!isChangesOnly) add('kept', parts.kept);
    return cursor;
  }
}

interface Parts {
  gone: number;
  added: number;
  movedAway: number;
  movedHere: number;
  kept: number;
}

function noParts(): Parts {
  return { gone: 0, added: 0, movedAway: 0, movedHere: 0, kept: 0 };
}

function addParts(to: Parts, from: FlameGraph['self'], node: NodeIndex): void {
  to.gone += from.gone[node];
  to.added += from.added[node];
  to.movedAway += from.movedAway[node];
  to.movedHere += from.movedHere[node];
  to.kept += from.kept[node];
}

const STATUSES: readonly ColumnStatus[] = ['gone', 'added', 'moved', 'kept'];

/** How much of each pixel every status covers; the one that covers most gives the pixel its colour. */
class PixelCoverage {
  readonly #pixels: number;
  readonly #shares: Float64Array;

  constructor(pixels: number) {
    this.#pixels = pixels;
    this.#shares = new Float64Array(pixels * STATUSES.length);
  }

  add(status: ColumnStatus, x0: number, x1: number): void {
    const which = STATUSES.indexOf(status);
    const last = Math.min(this.#pixels - 1, Math.ceil(x1) - 1);
    for (let pixel = Math.floor(x0); pixel <= last; pixel++) {
      const share = Math.min(x1, pixel + 1) - Math.max(x0, pixel);
      this.#shares[pixel * STATUSES.length + which] += share;
    }
  }

  runs(): PixelRun[] {
    const runs: PixelRun[] = [];
    for (let pixel = 0; pixel < this.#pixels; pixel++) {
      const status = this.#statusAt(pixel);
      const last = runs.at(-1);
      if (last?.status === status) runs[runs.length - 1] = { ...last, x1: pixel + 1 };
      else runs.push({ status, x0: pixel, x1: pixel + 1 });
    }
    return runs;
  }

  #statusAt(pixel: number): ColumnStatus {
    let most = 0;
    for (let which = 1; which < STATUSES.length; which++) {
      if (this.#shares[pixel * STATUSES.length + which] > this.#shares[pixel * STATUSES.length + most])
        most = which;
    }
    return STATUSES[most];
  }
}
