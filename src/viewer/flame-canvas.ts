import { baseTotal, type FlameGraph, headTotal } from '../flamegraph/flame-graph.ts';
import type { ColumnStatus } from '../flamegraph/status-columns.ts';
import type { PixelRun, ZoomBox, ZoomPane } from '../flamegraph/zoom-layout.ts';
import { visibleText } from '../render/escape.ts';
import { formatBaseToHead, formatQuantity, type Unit } from '../render/quantity.ts';
import { boxLabel } from '../render/svg-label.ts';

/** A row is as high as the smallest target that a finger can be asked to hit (WCAG 2.5.8), its gap included. */
export const ROW = 24;
export const BAR = 23;
/** What marks changed bytes besides their fill. */
export const FOOT = 2;
export const FONT_SIZE = 12.5;
export const PADDING = 5;
const FADED = 0.28;
/** Rows above the zoomed frame. */
const ANCESTOR = 0.55;

/** The style sheet's colours and font, as a canvas takes them. */
export interface Palette {
  readonly font: string;
  readonly card: string;
  readonly text: string;
  readonly muted: string;
  readonly focus: string;
  readonly fills: Readonly<Record<ColumnStatus, string>>;
  readonly feet: Readonly<Partial<Record<ColumnStatus, string>>>;
}

/** Everything that decides what one pane looks like. */
export interface PaneDrawing {
  readonly pane: ZoomPane;
  readonly graph: FlameGraph;
  readonly unit: Unit;
  /** False: head alone, in neutral colours. */
  readonly hasBase: boolean;
  readonly isChangesOnly: boolean;
  /** Nodes above the pane's root, outermost first. */
  readonly ancestors: readonly number[];
  /** 1 for each node that is looked for; null without a search. */
  readonly isMatch: Uint8Array | null;
  readonly selected: number;
  readonly hovered: number;
  /** What fills the width that the other side has more; null when it is small. */
  readonly missing: { readonly status: 'gone' | 'added'; readonly texts: readonly string[] } | null;
  /** The full width, in CSS pixels. */
  readonly width: number;
}

/** Rows that the pane takes, those above its root included. */
export function rowsOf({ pane, ancestors }: Pick<PaneDrawing, 'pane' | 'ancestors'>): number {
  return Math.max(1, pane.boxes.length === 0 ? 0 : ancestors.length + pane.rowStart.length - 1);
}

/** Reads the colours of the page's theme. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return {
    font: style.fontFamily,
    card: value('--card'),
    text: value('--text'),
    muted: value('--muted'),
    focus: value('--focus'),
    fills: { kept: value('--kept'), moved: value('--moved'), gone: value('--gone'), added: value('--added') },
    feet: { gone: value('--gone-line'), added: value('--added-line') },
  };
}

/**
 * Draws the rows that are in view.
 * @param top of the canvas inside the pane, in CSS pixels; `height` is the canvas's own
 */
export function drawPane(
  canvas: HTMLCanvasElement,
  drawing: PaneDrawing,
  palette: Palette,
  { top, height }: { readonly top: number; readonly height: number },
): void {
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  const { width } = drawing;
  const [pixelsWide, pixelsHigh] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting a size makes a new bitmap, even when it is the old one.
  if (canvas.width !== pixelsWide) canvas.width = pixelsWide;
  if (canvas.height !== pixelsHigh) canvas.height = pixelsHigh;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.save();
  context.scale(ratio, ratio);
  context.clearRect(0, 0, width, height);
  context.translate(0, -top);
  context.font = `${FONT_SIZE}px ${palette.font}`;
  context.textBaseline = 'middle';
  new PaneDrawer(context, drawing, palette).draw(top, top + height);
  context.restore();
}

class PaneDrawer {
  readonly #context: CanvasRenderingContext2D;
  readonly #drawing: PaneDrawing;
  readonly #palette: Palette;
  readonly #characterWidth: number;

  constructor(context: CanvasRenderingContext2D, drawing: PaneDrawing, palette: Palette) {
    this.#context = context;
    this.#drawing = drawing;
    this.#palette = palette;
    const sample = 'parse_info::HashMap<insert> 81.0 KB';
    this.#characterWidth = (context.measureText(sample).width / sample.length) * 1.04;
  }

  draw(top: number, bottom: number): void {
    const { pane, ancestors } = this.#drawing;
    if (pane.boxes.length > 0) {
      const end = pane.boxes[0].x1;
      ancestors.forEach((node, row) => {
        const box = { node, parent: -1, depth: 0, x0: 0, x1: end, hiddenFrames: 0 };
        if (isInside(row, top, bottom)) this.#drawRow([box], row, ANCESTOR);
      });
      for (let depth = 0; depth + 1 < pane.rowStart.length; depth++) {
        const row = depth + ancestors.length;
        if (!isInside(row, top, bottom)) continue;
        this.#drawRow(pane.boxes.slice(pane.rowStart[depth], pane.rowStart[depth + 1]), row, 1);
      }
    }
    this.#drawMissing();
    this.#drawOutlines();
  }

  /** Neighbours are one piece in the colours of the pane, cut by lines: a large graph has ten thousand boxes. */
  #drawRow(boxes: readonly ZoomBox[], row: number, strength: number): void {
    const y = row * ROW;
    let first = 0;
    for (let i = 0; i < boxes.length; i++) {
      const [box, next] = [boxes[i], boxes[i + 1]];
      const isJoined =
        next !== undefined && next.x0 - box.x1 < 0.01 && this.#isFaded(next) === this.#isFaded(box);
      if (isJoined) continue;
      this.#drawPiece(boxes[first].x0, box.x1, y, this.#isFaded(box) ? FADED : strength);
      first = i + 1;
    }
    this.#context.fillStyle = this.#palette.card;
    for (const { x0, x1 } of boxes) {
      this.#context.fillRect(Math.max(Math.round(x0) + 1, Math.round(x1)) - 1, y, 1, BAR);
    }
    for (const box of boxes) this.#drawLabel(box, y);
  }

  #drawPiece(from: number, to: number, y: number, strength: number): void {
    const { pane, hasBase } = this.#drawing;
    const { fills, feet } = this.#palette;
    const context = this.#context;
    const start = Math.round(from);
    const end = Math.max(start + 1, Math.round(to));
    context.globalAlpha = strength;
    for (let i = runAt(pane.runs, start); i < pane.runs.length && pane.runs[i].x0 < end; i++) {
      const run = pane.runs[i];
      const [x0, x1] = [Math.max(start, run.x0), Math.min(end, run.x1)];
      const status = hasBase ? run.status : 'kept';
      context.fillStyle = fills[status];
      context.fillRect(x0, y, x1 - x0, BAR);
      const foot = feet[status];
      if (foot === undefined) continue;
      context.fillStyle = foot;
      context.fillRect(x0, y + BAR - FOOT, x1 - x0, FOOT);
    }
    context.globalAlpha = 1;
  }

  #isFaded({ node }: ZoomBox): boolean {
    const { isMatch } = this.#drawing;
    return isMatch !== null && (node < 0 || isMatch[node] === 0);
  }

  #drawLabel(box: ZoomBox, y: number): void {
    const [x0, x1] = [Math.round(box.x0), Math.round(box.x1)];
    const room = x1 - x0 - 2 * PADDING;
    const columns = Math.floor(room / this.#characterWidth);
    if (columns < 3) return;
    const context = this.#context;
    const label = boxText(this.#drawing, box, columns);
    if (label === '') return;
    context.fillStyle = box.node < 0 || this.#isFaded(box) ? this.#palette.muted : this.#palette.text;
    // Wide letters are pressed together. To clip each box takes several times as long.
    context.fillText(label, x0 + PADDING, y + BAR / 2 + 0.5, x1 - x0 - PADDING - 2);
  }

  #drawMissing(): void {
    const { missing, pane, width } = this.#drawing;
    if (missing === null) return;
    const context = this.#context;
    const x0 = Math.round(pane.boxes[0]?.x1 ?? 0) + 0.5;
    context.save();
    context.strokeStyle = this.#palette.feet[missing.status] ?? this.#palette.text;
    context.setLineDash([4, 3]);
    context.beginPath();
    context.roundRect(x0, 0.5, width - x0 - 0.5, BAR - 1, 3);
    context.stroke();
    context.font = `600 ${FONT_SIZE}px ${this.#palette.font}`;
    const room = width - x0 - 2 * PADDING;
    const text = missing.texts.find((candidate) => context.measureText(candidate).width <= room);
    context.fillStyle = this.#palette.text;
    context.textAlign = 'center';
    if (text !== undefined) context.fillText(text, (x0 + width) / 2, BAR / 2 + 0.5);
    context.restore();
  }

  #drawOutlines(): void {
    const { selected, hovered } = this.#drawing;
    if (hovered > 0 && hovered !== selected) this.#outline(hovered, 1);
    if (selected > 0) this.#outline(selected, 2);
  }

  #outline(node: number, lineWidth: number): void {
    const place = placeOf(this.#drawing, node);
    if (place === null) return;
    const context = this.#context;
    context.strokeStyle = this.#palette.text;
    context.lineWidth = lineWidth;
    const inset = lineWidth / 2;
    context.strokeRect(
      Math.round(place.x0) + inset,
      place.row * ROW + inset,
      Math.max(2, Math.round(place.x1) - Math.round(place.x0) - 1) - 2 * inset,
      BAR - 2 * inset,
    );
  }
}

/** The first run that ends right of `x`. */
function runAt(runs: readonly PixelRun[], x: number): number {
  let [first, last] = [0, runs.length];
  while (first < last) {
    const middle = (first + last) >> 1;
    if (runs[middle].x1 > x) last = middle;
    else first = middle + 1;
  }
  return first;
}

/** What fits into a box of this many characters; '' when nothing does. */
export function boxText(
  drawing: Pick<PaneDrawing, 'graph' | 'unit' | 'pane' | 'isChangesOnly'>,
  box: ZoomBox,
  columns: number,
): string {
  if (box.node < 0) {
    const texts = [`${box.hiddenFrames} smaller frames`, `${box.hiddenFrames} smaller`];
    return box.hiddenFrames < 2 ? '' : (texts.find((text) => text.length <= columns) ?? '');
  }
  const name = visibleText(drawing.graph.label[box.node]) || '(no name)';
  return boxLabel([name], boxValue(drawing, box), columns);
}

function boxValue(
  { graph, unit, pane, isChangesOnly }: Pick<PaneDrawing, 'graph' | 'unit' | 'pane' | 'isChangesOnly'>,
  { node }: ZoomBox,
): string {
  const base = baseTotal(graph, node);
  const head = headTotal(graph, node);
  if (pane.side === 'union' || isChangesOnly) {
    return base === head ? formatQuantity(unit, head) : formatBaseToHead(unit, base, head);
  }
  return formatQuantity(unit, pane.side === 'base' ? base : head);
}

function isInside(row: number, top: number, bottom: number): boolean {
  return (row + 1) * ROW > top && row * ROW < bottom;
}

/** A node's place in a pane; null when it is too narrow to have one, or not below the root. */
export function placeOf(
  { pane, ancestors }: Pick<PaneDrawing, 'pane' | 'ancestors'>,
  node: number,
): { readonly row: number; readonly x0: number; readonly x1: number } | null {
  if (pane.boxes.length === 0) return null;
  const above = ancestors.indexOf(node);
  if (above >= 0) return { row: above, x0: 0, x1: pane.boxes[0].x1 };
  const box = pane.boxes.find((candidate) => candidate.node === node);
  return box === undefined ? null : { row: box.depth + ancestors.length, x0: box.x0, x1: box.x1 };
}

/** The box at a point of the pane, or null. */
export function boxAt(
  { pane, ancestors }: Pick<PaneDrawing, 'pane' | 'ancestors'>,
  x: number,
  y: number,
): ZoomBox | null {
  const row = Math.floor(y / ROW);
  if (pane.boxes.length === 0 || row < 0) return null;
  if (row < ancestors.length) {
    const { x1 } = pane.boxes[0];
    return x <= x1 ? { node: ancestors[row], parent: -1, depth: 0, x0: 0, x1, hiddenFrames: 0 } : null;
  }
  const depth = row - ancestors.length;
  if (depth + 1 >= pane.rowStart.length) return null;
  for (let i = pane.rowStart[depth]; i < pane.rowStart[depth + 1]; i++) {
    const box = pane.boxes[i];
    if (x >= box.x0 && x < box.x1) return box;
  }
  return null;
}
