import type { FlameGraph } from '../flamegraph/flame-graph.ts';
import { OUTSIDE_NAME } from '../flamegraph/frame-tree.ts';
import type { FlameGraphLayout, Pane } from '../flamegraph/layout.ts';
import { type Metric, metricById } from '../profile/metric.ts';
import { visibleText } from './escape.ts';
import { formatBaseToHead, formatChange, formatCount, formatQuantity } from './quantity.ts';

/*
 * What the static flame graph says besides the names in its boxes. Where there may be no room for all of it, there are
 * several wordings, the longest first.
 */

/** What is drawn. */
export interface FlameGraphPicture {
  /** Of the benchmark; raw. */
  readonly name: string;
  readonly graph: FlameGraph;
  /** False: head alone is drawn, in neutral colours. */
  readonly hasBase: boolean;
  /** For screen readers: '2 MB → 300 KB (−85 %)'. */
  readonly headline: string;
}

/** The missing width gets its outline from this share of the scale on; below it there is no room for a label. */
export const OUTLINED_FROM = 0.12;

/** 'Bytes allocated of parse: 2 MB → 300 KB (−85 %)', for those who do not see it. */
export function titleWords(picture: FlameGraphPicture): string {
  const name = benchmarkName(picture);
  return `${metricOf(picture).label}${name === '' ? '' : ` of ${name}`}: ${picture.headline}`;
}

/** How the picture is read, for those who do not see it. */
export function descriptionWords(picture: FlameGraphPicture, layout: FlameGraphLayout): string {
  const what = picture.hasBase
    ? 'Two icicle graphs on one scale, base above head. Blue is found in base only, orange in head only.'
    : 'An icicle graph of head.';
  return [what, zoomWords(picture, layout), 'The tables of the report hold the same numbers.']
    .filter((words) => words !== '')
    .join(' ');
}

/** Wordings of the title. */
export function shownTitles(picture: FlameGraphPicture): readonly string[] {
  const { label } = metricOf(picture);
  const name = benchmarkName(picture, 80);
  return name === '' ? [label] : [`${label} · ${name}`, name, label];
}

/** Empty where everything is to scale. */
export function zoomWords(picture: FlameGraphPicture, { cut, scale }: FlameGraphLayout): string {
  if (cut === null) return '';
  const [shown, all] = [cut.toScale, scale].map((cost) => formatQuantity(metricOf(picture).unit, cost));
  return `Zoomed: ${shown} of ${all} shown to scale.`;
}

/** 'Base 2 MB', 'Head 1.9 MB, −100 KB (−5 %)': the change is said here unless it has an outline that says it. */
export function paneHeading(picture: FlameGraphPicture, layout: FlameGraphLayout, pane: Pane): string {
  const { unit } = metricOf(picture);
  const total = formatQuantity(unit, pane.total);
  if (pane.side === 'base') return `Base ${total}`;
  if (!picture.hasBase) return `Head ${total} (no base)`;
  const base = layout.base?.total ?? 0;
  const isOutlined = Math.abs(pane.width - (layout.base?.width ?? 0)) > OUTLINED_FROM;
  if (isOutlined) return `Head ${total}`;
  return `Head ${total}, ${base === pane.total ? 'as much as base' : formatChange(unit, base, pane.total)}`;
}

/** Wordings of each line below the panes: what is not drawn, or not to scale. */
export function footerLines(
  picture: FlameGraphPicture,
  { hiddenFrames, cut }: FlameGraphLayout,
): readonly (readonly string[])[] {
  const lines = [outsideLine(picture)];
  if (cut !== null) {
    const cost = formatQuantity(metricOf(picture).unit, cut.cutCost);
    const frames = cut.frames === 0 ? '' : `, ${countFrames(cut.frames)}`;
    lines.push([
      `Cut short where the bars are torn: ${cost}${frames}, unchanged.`,
      `Torn bars are cut short: ${cost} unchanged.`,
    ]);
  }
  if (hiddenFrames > 0) {
    const are = hiddenFrames === 1 ? 'is' : 'are';
    lines.push([
      `${countFrames(hiddenFrames)} ${are} too small or too deep to draw; the report has all.`,
      `${countFrames(hiddenFrames)} ${are} not drawn; the report has all.`,
    ]);
  }
  return lines.filter((wordings) => wordings.length > 0);
}

function outsideLine({ graph: { metric, outside }, hasBase }: FlameGraphPicture): readonly string[] {
  const { unit } = metricById(metric);
  if (hasBase && outside.base !== outside.head) {
    const change = formatBaseToHead(unit, outside.base, outside.head);
    return [`Not drawn: ${change} ${OUTSIDE_NAME}.`, `Not drawn: ${change} of other code.`];
  }
  if (outside.head === 0) return [];
  const cost = formatQuantity(unit, outside.head);
  return [
    `Not drawn: ${cost} ${OUTSIDE_NAME}${hasBase ? ' (unchanged)' : ''}.`,
    `Not drawn: ${cost} ${OUTSIDE_NAME}.`,
    `Not drawn: ${cost} of other code.`,
  ];
}

function metricOf({ graph }: FlameGraphPicture): Metric {
  return metricById(graph.metric);
}

/** Empty where the benchmark was not given one. */
function benchmarkName({ name }: FlameGraphPicture, longest?: number): string {
  return name === 'default' ? '' : visibleText(name, longest);
}

function countFrames(count: number): string {
  return count === 1 ? '1 frame' : `${formatCount(count)} frames`;
}
