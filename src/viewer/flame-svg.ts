import type { ZoomBox, ZoomPane } from '../flamegraph/zoom-layout.ts';
import { legalXmlText } from '../render/escape.ts';
import { firstThatFits } from '../render/svg-label.ts';
import { BAR, boxText, FONT_SIZE, FOOT, PADDING, type Palette, ROW, rowsOf } from './flame-canvas.ts';
import { type LaidOutPane, paneHeading } from './lay-out-panes.ts';

/*
 * The flame graph that is on the screen as a picture of its own, to keep or to put into a document: all rows, in the
 * colours of the page's theme, without a script.
 */

const NAMESPACE = 'http://www.w3.org/2000/svg';
const MARGIN = 16;
const TITLE = 34;
const LEGEND = 24;
const SWATCH = 12;
const HEADING = 28;
const GAP = 12;
/** What a character takes on average in the widest of the common fonts. */
const CHARACTER_WIDTH = 7.1;

/** @param root node of the graph that the panes begin with */
export function flameSvg(
  title: string,
  panes: readonly LaidOutPane[],
  root: number,
  palette: Palette,
): string {
  const heights = panes.map((pane) => HEADING + rowsOf(pane) * ROW + GAP);
  const width = 2 * MARGIN + Math.max(0, ...panes.map((pane) => pane.width));
  const hasBase = panes.some((pane) => pane.hasBase);
  const top = TITLE + (hasBase ? LEGEND : 0);
  const height = top + heights.reduce((sum, each) => sum + each, 0) + MARGIN - GAP;
  const svg = element('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'font-size': FONT_SIZE });
  svg.setAttribute('font-family', palette.font);
  svg.append(text('title', {}, title), element('rect', { width, height, fill: palette.card }));
  svg.append(
    text('text', { x: MARGIN, y: 26, fill: palette.text, 'font-size': 15, 'font-weight': 600 }, title),
  );
  if (hasBase) svg.append(legend(palette));
  let y = top;
  panes.forEach((pane, i) => {
    const group = element('g', { transform: `translate(${MARGIN} ${y})` });
    const heading = paneHeading(pane, root);
    group.append(text('text', { y: HEADING - 9, fill: palette.text, 'font-weight': 600 }, heading));
    const rows = element('g', { transform: `translate(0 ${HEADING})` });
    drawRows(rows, pane, palette);
    drawMissing(rows, pane, palette);
    group.append(rows);
    svg.append(group);
    y += heights[i];
  });
  return `${new XMLSerializer().serializeToString(svg)}\n`;
}

const LEGEND_WORDS = [
  ['gone', 'gone: less memory'],
  ['added', 'new: more memory'],
  ['moved', 'moved'],
  ['kept', 'unchanged'],
] as const;

function legend(palette: Palette): Element {
  const group = element('g', { transform: `translate(${MARGIN} ${TITLE})` });
  let x = 0;
  for (const [status, words] of LEGEND_WORDS) {
    group.append(
      element('rect', { x, y: 4, width: SWATCH, height: SWATCH, fill: palette.fills[status] }),
      text('text', { x: x + SWATCH + 5, y: 14, fill: palette.muted }, words),
    );
    x += SWATCH + 24 + words.length * CHARACTER_WIDTH;
  }
  return group;
}

/** The width that the other side has more, with what it is. */
function drawMissing(rows: Element, { pane, missing, width }: LaidOutPane, palette: Palette): void {
  if (missing === null) return;
  const x = Math.round(pane.boxes[0]?.x1 ?? 0) + 0.5;
  const stroke = palette.feet[missing.status] ?? palette.text;
  const box = { x, y: 0.5, width: width - x - 0.5, height: BAR - 1, rx: 3 };
  rows.append(element('rect', { ...box, fill: 'none', stroke, 'stroke-dasharray': '4 3' }));
  const columns = Math.floor((width - x - 2 * PADDING) / CHARACTER_WIDTH);
  const words = firstThatFits(missing.texts, columns);
  const middle = { x: (x + width) / 2, y: 16, 'text-anchor': 'middle', 'font-weight': 600 };
  if (words !== '') rows.append(text('text', { ...middle, fill: palette.text }, words));
}

function drawRows(rows: Element, drawing: LaidOutPane, palette: Palette): void {
  const { pane, ancestors } = drawing;
  if (pane.boxes.length === 0) return;
  const { x1 } = pane.boxes[0];
  ancestors.forEach((node, row) => {
    const box = { node, parent: -1, depth: 0, x0: 0, x1, hiddenFrames: 0 };
    drawRow(rows, drawing, [box], row * ROW, palette);
  });
  for (let depth = 0; depth + 1 < pane.rowStart.length; depth++) {
    const boxes = pane.boxes.slice(pane.rowStart[depth], pane.rowStart[depth + 1]);
    drawRow(rows, drawing, boxes, (depth + ancestors.length) * ROW, palette);
  }
}

function drawRow(
  rows: Element,
  drawing: LaidOutPane,
  boxes: readonly ZoomBox[],
  y: number,
  palette: Palette,
): void {
  for (const { x0, x1, status } of piecesOf(drawing.pane, boxes)) {
    const shown = drawing.hasBase ? status : 'kept';
    rows.append(element('rect', { x: x0, y, width: x1 - x0, height: BAR, fill: palette.fills[shown] }));
    const foot = palette.feet[shown];
    if (foot !== undefined) {
      rows.append(element('rect', { x: x0, y: y + BAR - FOOT, width: x1 - x0, height: FOOT, fill: foot }));
    }
  }
  for (const box of boxes) {
    const [x0, x1] = [Math.round(box.x0), Math.round(box.x1)];
    rows.append(
      element('rect', { x: Math.max(x0 + 1, x1) - 1, y, width: 1, height: BAR, fill: palette.card }),
    );
    const columns = Math.floor((x1 - x0 - 2 * PADDING) / CHARACTER_WIDTH);
    const label = columns < 3 ? '' : boxText(drawing, box, columns);
    if (label === '') continue;
    const fill = box.node < 0 ? palette.muted : palette.text;
    rows.append(text('text', { x: x0 + PADDING, y: y + 16, fill }, label));
  }
}

/** The pane's colours where the row has boxes. */
function piecesOf(
  { runs }: ZoomPane,
  boxes: readonly ZoomBox[],
): { x0: number; x1: number; status: ZoomPane['runs'][number]['status'] }[] {
  const pieces: ReturnType<typeof piecesOf> = [];
  let run = 0;
  for (const box of boxes) {
    const end = Math.max(Math.round(box.x0) + 1, Math.round(box.x1));
    for (let x = Math.round(box.x0); x < end; ) {
      while (run + 1 < runs.length && runs[run].x1 <= x) run++;
      const to = run + 1 < runs.length ? Math.min(end, runs[run].x1) : end;
      const last = pieces.at(-1);
      if (last?.status === runs[run].status && last.x1 === x) last.x1 = to;
      else pieces.push({ x0: x, x1: to, status: runs[run].status });
      x = to;
    }
  }
  return pieces;
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): Element {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function text(name: string, attributes: Readonly<Record<string, string | number>>, content: string): Element {
  const made = element(name, attributes);
  made.textContent = legalXmlText(content);
  return made;
}
