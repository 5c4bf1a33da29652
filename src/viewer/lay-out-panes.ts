import { baseTotal, headTotal } from '../flamegraph/flame-graph.ts';
import { OUTSIDE_NAME } from '../flamegraph/frame-tree.ts';
import { layoutZoom, type PaneSide, shownCost } from '../flamegraph/zoom-layout.ts';
import {
  formatBaseToHead,
  formatChange,
  formatPercent,
  formatQuantity,
  type Unit,
} from '../render/quantity.ts';
import type { BenchmarkModel, DrawnTree } from './benchmark-model.ts';
import type { PaneDrawing } from './flame-canvas.ts';
import type { Panes } from './view-state.ts';

/** What of a pane does not change when the reader points at it. */
export type LaidOutPane = Omit<PaneDrawing, 'isMatch' | 'selected' | 'hovered'>;

export interface PanesOptions {
  readonly panes: Panes;
  /** Node of the graph. */
  readonly root: number;
  readonly isChangesOnly: boolean;
  /** In pixels. */
  readonly width: number;
}

/** The dashed width is drawn from this share of the scale on; below it there is no room for its text. */
const OUTLINED_FROM = 0.12;

/** The panes that the reader asked for, all on one scale. */
export function layOutPanes(model: BenchmarkModel, drawn: DrawnTree, options: PanesOptions): LaidOutPane[] {
  const { graph, links } = drawn;
  const { hasBase } = model.data;
  const { root, isChangesOnly, width } = options;
  const unit = model.unit(graph.metric);
  const sides: readonly PaneSide[] = !hasBase
    ? ['head']
    : options.panes === 'both'
      ? ['base', 'head']
      : [options.panes];
  const ancestors = ancestorsOf(drawn, root);
  const scale = Math.max(...sides.map((side) => shownCost(graph, side, root, isChangesOnly)));
  const panes = sides.map((side) =>
    layoutZoom(graph, links, side, { root, scale, pixels: width, isChangesOnly }),
  );
  return panes.map((pane) => {
    const other = panes.find((candidate) => candidate !== pane);
    const missing =
      other === undefined ? null : missingWidth(pane.shown, other.shown, pane.side, drawn, root, unit);
    return { pane, graph, unit, hasBase, isChangesOnly, ancestors, missing, width };
  });
}

/** 'Base 1.96 MB', and of changes alone 'Base 1.96 MB, of which 1.7 MB changed'. */
export function paneHeading({ pane, graph, unit, isChangesOnly }: LaidOutPane, root: number): string {
  const base = baseTotal(graph, root);
  const head = headTotal(graph, root);
  const drawn = pane.shown === 0 ? 'nothing' : formatQuantity(unit, pane.shown);
  const changed = isChangesOnly ? `, of which ${drawn} changed` : '';
  if (pane.side === 'union') return `Base and head together ${formatBaseToHead(unit, base, head)}${changed}`;
  return pane.side === 'base'
    ? `Base ${formatQuantity(unit, base)}${changed}`
    : `Head ${formatQuantity(unit, head)}${changed}`;
}

/** Said in the place of panes that are all empty; '' where one is not. */
export function emptyWords(panes: readonly LaidOutPane[], label: string): string {
  if (panes.some(({ pane }) => pane.boxes.length > 0)) return '';
  const [{ hasBase, isChangesOnly, pane }] = panes;
  if (isChangesOnly) return `${label}: nothing here changed. Without “Changes only” all is shown.`;
  if (!hasBase) return `${label}: none.`;
  const where = panes.length > 1 || pane.side === 'union' ? 'on either side' : `in ${pane.side}`;
  return `${label}: none ${where}.`;
}

/** What the graph leaves out; '' when that is nothing. Ends in a blank. */
export function outsideWords({ graph: { outside } }: DrawnTree, unit: Unit): string {
  if (outside.base === 0 && outside.head === 0) return '';
  const amount =
    outside.base === outside.head || outside.base === 0
      ? formatQuantity(unit, outside.head)
      : formatBaseToHead(unit, outside.base, outside.head);
  return `Not drawn: ${amount} ${OUTSIDE_NAME}. Full stacks show it. `;
}

function missingWidth(
  shown: number,
  otherShown: number,
  side: PaneSide,
  { graph }: DrawnTree,
  root: number,
  unit: Unit,
): PaneDrawing['missing'] {
  if (otherShown - shown <= OUTLINED_FROM * otherShown) return null;
  // Of the whole, the share of the headline, and not one of what is drawn.
  const outside = root === 0 ? graph.outside : { base: 0, head: 0 };
  const base = baseTotal(graph, root) + outside.base;
  const head = headTotal(graph, root) + outside.head;
  const texts = [formatChange(unit, base, head), formatPercent(base, head)];
  return { status: side === 'base' ? 'added' : 'gone', texts };
}

/** Nodes above one, outermost first. */
export function ancestorsOf({ graph }: DrawnTree, root: number): readonly number[] {
  const path: number[] = [];
  for (let at = graph.parent[root]; at >= 0; at = graph.parent[at]) path.push(at);
  return path.reverse();
}
