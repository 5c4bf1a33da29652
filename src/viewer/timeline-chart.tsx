import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { formatBytes } from '../render/quantity.ts';
import type { HeapCurve } from './heap-curves.ts';
import { useWidth } from './use-width.ts';

const HEIGHT = 340;
const SMALL_HEIGHT = 240;
const SMALL_BELOW = 600;
/** Room for the words over the highest peak. */
const HEADROOM = 1.16;
const DASHES: Readonly<Record<HeapCurve['side'], number[]>> = { base: [6, 3], head: [] };

/** Should both be at one place, both are seen. */
const DOT_RADIUS: Readonly<Record<HeapCurve['side'], number>> = { base: 3.5, head: 6 };

interface Colors {
  readonly card: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly font: string;
  readonly sides: Readonly<Record<HeapCurve['side'], string>>;
}

/** Both curves over one axis, with their peaks. What it shows is in the table below it, too. */
export function TimelineChart(props: {
  readonly curves: readonly HeapCurve[];
  readonly formatPlace: (place: number) => string;
  readonly label: string;
  /** Changes with the page's colours. */
  readonly theme: string;
  /** Where the reader looks. */
  readonly place: number;
  readonly onPlace: (place: number) => void;
}) {
  const { curves, formatPlace, theme } = props;
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const chart = useRef<uPlot | null>(null);
  const onPlace = useRef(props.onPlace);
  onPlace.current = props.onPlace;
  useLayoutEffect(() => {
    if (host.current === null || width === 0) return;
    const made = makeChart(host.current, curves, width, formatPlace, readColors(host.current));
    made.over.addEventListener('pointermove', ({ offsetX }) => onPlace.current(made.posToVal(offsetX, 'x')));
    chart.current = made;
    return () => {
      chart.current = null;
      made.destroy();
    };
  }, [curves, width, formatPlace, theme]);
  const { place } = props;
  useEffect(() => {
    chart.current?.setCursor({ left: chart.current.valToPos(place, 'x'), top: 0 }, false);
  });
  return <div ref={host} class="timeline-chart" role="img" aria-label={props.label} />;
}

/** The dashed line last: where both are the same, it is seen on the other. */
function inDrawingOrder(curves: readonly HeapCurve[]): readonly HeapCurve[] {
  return [...curves].reverse();
}

function makeChart(
  host: HTMLElement,
  curves: readonly HeapCurve[],
  width: number,
  formatPlace: (place: number) => string,
  colors: Colors,
): uPlot {
  const isSmall = width < SMALL_BELOW;
  const font = `12px ${colors.font}`;
  const axis = {
    stroke: colors.muted,
    font,
    grid: { stroke: colors.line, width: 1 },
    ticks: { stroke: colors.line, width: 1 },
  };
  // A point stands for what was before it.
  const paths = uPlot.paths.stepped?.({ align: -1 });
  const options: uPlot.Options = {
    width,
    height: isSmall ? SMALL_HEIGHT : HEIGHT,
    padding: [8, 32, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: false, range: [0, Math.max(1, ...curves.map(({ end }) => end))] },
      y: { range: [0, HEADROOM * Math.max(1, ...curves.map(({ peak }) => peak.live))] },
    },
    series: [
      {},
      ...inDrawingOrder(curves).map(({ side }) => ({
        stroke: colors.sides[side],
        width: 2,
        dash: DASHES[side],
        spanGaps: true,
        points: { show: false },
        ...(paths !== undefined && { paths }),
      })),
    ],
    axes: [
      { ...axis, size: 30, space: isSmall ? 70 : 90, values: (_, places) => places.map(formatPlace) },
      { ...axis, size: 64, values: (_, sizes) => sizes.map(formatBytes) },
    ],
    hooks: { draw: [(chart) => drawPeaks(chart, curves, colors)] },
  };
  const data = uPlot.join(inDrawingOrder(curves).map(({ series }) => [series.at, series.live]));
  return new uPlot(options, data, host);
}

/** A dot on each peak, and what it is. */
function drawPeaks(chart: uPlot, curves: readonly HeapCurve[], colors: Colors): void {
  const context = chart.ctx;
  const ratio = uPlot.pxRatio;
  const { left, width } = chart.bbox;
  const lineHeight = 16 * ratio;
  context.save();
  context.font = `600 ${12.5 * ratio}px ${colors.font}`;
  context.textAlign = 'center';
  context.lineJoin = 'round';
  for (const { side, peak } of inDrawingOrder(curves)) {
    context.fillStyle = colors.sides[side];
    context.strokeStyle = colors.card;
    context.lineWidth = ratio;
    context.beginPath();
    const [x, y] = [chart.valToPos(peak.at, 'x', true), chart.valToPos(peak.live, 'y', true)];
    context.arc(x, y, DOT_RADIUS[side] * ratio, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  /** Labels that are there already. */
  const taken: { readonly x: number; readonly y: number; readonly width: number }[] = [];
  for (const { side, peak } of [...curves].sort((a, b) => b.peak.live - a.peak.live)) {
    const x = chart.valToPos(peak.at, 'x', true);
    const y = chart.valToPos(peak.live, 'y', true);
    const text = `${side} ${formatBytes(peak.live)}`;
    const textWidth = context.measureText(text).width;
    const inside = (place: number) =>
      Math.min(Math.max(place, left + textWidth / 2 + 4), left + width - textWidth / 2);
    const beside = textWidth / 2 + 10 * ratio;
    const places = [
      { x: inside(x), y: y - 10 * ratio },
      { x: x + beside, y: y + 4 * ratio },
      { x: x - beside, y: y + 4 * ratio },
      { x: inside(x), y: y + lineHeight + 4 * ratio },
    ];
    // A label on the other side's dot would be taken for that one's.
    const otherDots = curves
      .map((curve) => ({
        x: chart.valToPos(curve.peak.at, 'x', true),
        y: chart.valToPos(curve.peak.live, 'y', true) + 6 * ratio,
        width: 4 * ratio,
      }))
      .filter((dot) => Math.abs(dot.x - x) > lineHeight);
    const isFree = (place: { readonly x: number; readonly y: number }) =>
      place.x === inside(place.x) &&
      [...taken, ...otherDots].every(
        (other) =>
          Math.abs(other.x - place.x) >= (other.width + textWidth) / 2 + 8 * ratio ||
          Math.abs(other.y - place.y) >= lineHeight,
      );
    const label = places.find(isFree) ?? places[0];
    taken.push({ ...label, width: textWidth });
    context.strokeStyle = colors.card;
    context.lineWidth = 4 * ratio;
    context.strokeText(text, label.x, label.y);
    context.fillStyle = colors.text;
    context.fillText(text, label.x, label.y);
  }
  context.restore();
}

function readColors(element: Element): Colors {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return {
    card: value('--card'),
    text: value('--text'),
    muted: value('--muted'),
    line: value('--line'),
    font: style.fontFamily,
    sides: { base: value('--muted'), head: value('--focus') },
  };
}
