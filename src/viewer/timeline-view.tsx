import { useMemo, useState } from 'preact/hooks';
import { formatBytes, formatCount } from '../render/quantity.ts';
import type { BenchmarkModel } from './benchmark-model.ts';
import { Choice } from './controls.tsx';
import { curvesOf, firstAxis, type HeapCurve, liveAt, mostLiveWithin } from './heap-curves.ts';
import { TimelineChart } from './timeline-chart.tsx';
import type { Axis, ViewState } from './view-state.ts';

/** Rows of the table that says what the chart shows. */
const TABLE_ROWS = 16;
const SLIDER_STEPS = 400;
/** Ends that differ by less than this share are one. */
const SAME_END = 0.05;

/** How much was live when, on both sides. */
export function TimelineView(props: {
  readonly model: BenchmarkModel;
  readonly state: ViewState;
  readonly theme: string;
  readonly onAxis: (axis: Axis) => void;
}) {
  const { model, state, theme } = props;
  const { heap } = model.data;
  const hasTime = curvesOf(heap, 'time').length > 0;
  const axis = hasTime ? (state.axis ?? firstAxis(heap)) : 'events';
  const curves = useMemo(() => curvesOf(heap, axis), [heap, axis]);
  const [chosen, setPlace] = useState<number | null>(null);
  if (curves.length === 0) {
    return <p>There is no timeline: folded stacks do not say when memory was allocated.</p>;
  }
  const formatPlace = axis === 'time' ? formatSeconds : formatCount;
  const end = Math.max(1, ...curves.map((curve) => curve.end));
  const highest = curves.reduce((best, curve) => (curve.peak.live > best.peak.live ? curve : best));
  const place = chosen ?? highest.peak.at;
  return (
    <>
      <div class="toolbar">
        <Choice
          legend="Along"
          value={axis}
          options={[
            ...(hasTime
              ? [{ value: 'time' as const, label: 'Time', hint: 'Seconds since heaptrack started' }]
              : []),
            {
              value: 'events',
              label: 'Allocations and frees',
              hint: 'Counted together: the same in every run of a program without threads',
            },
          ]}
          onChange={(value) => {
            setPlace(null);
            props.onAxis(value);
          }}
        />
        <SideLegend curves={curves} axis={axis} />
      </div>
      <TimelineChart
        curves={curves}
        formatPlace={formatPlace}
        label={chartWords(curves, axis)}
        theme={theme}
        place={place}
        onPlace={(at) => setPlace(Math.max(0, Math.min(end, at)))}
      />
      <p class="axis-name muted small">
        {axis === 'time' ? 'seconds since heaptrack started' : 'allocations and frees so far'}
      </p>
      <label class="moment">
        <span>Look at</span>
        <input
          type="range"
          min={0}
          max={SLIDER_STEPS}
          value={Math.round((place / end) * SLIDER_STEPS)}
          aria-valuetext={momentWords(curves, place, axis)}
          onInput={(event) => setPlace((Number(event.currentTarget.value) / SLIDER_STEPS) * end)}
        />
        <span class="moment-words">{momentWords(curves, place, axis)}</span>
      </label>
      <Notes curves={curves} axis={axis} />
      <details class="as-table">
        <summary>The same as a table</summary>
        <CurveTable curves={curves} axis={axis} end={end} />
      </details>
    </>
  );
}

/** Which line is which side, for the timeline and the sizes. */
function SideLegend({ curves, axis }: { readonly curves: readonly HeapCurve[]; readonly axis: Axis }) {
  return (
    <ul class="legend small" aria-label="Lines">
      {curves.map(({ side, peak }) => (
        <li key={side}>
          <span class={`line-swatch line-${side}`} /> {side}: peak <strong>{formatBytes(peak.live)}</strong>{' '}
          at {axis === 'time' ? formatSeconds(peak.at) : formatCount(peak.at)}
        </li>
      ))}
    </ul>
  );
}

function Notes({ curves, axis }: { readonly curves: readonly HeapCurve[]; readonly axis: Axis }) {
  const [base, head] = curves;
  const notes: string[] = [];
  if (curves.length === 2 && Math.abs(base.end - head.end) > SAME_END * Math.max(base.end, head.end)) {
    notes.push(
      axis === 'time'
        ? `Base ran for ${formatSeconds(base.end)}, head for ${formatSeconds(head.end)}, both slowed down by heaptrack: speed is not what is measured here.`
        : `Base has ${formatCount(base.end)} allocations and frees, head ${formatCount(head.end)}: the same place is not the same moment of the program.`,
    );
  }
  const programs = Math.max(...curves.map((curve) => curve.programs));
  if (programs > 1) {
    notes.push(
      `The run had ${formatCount(programs)} programs, which were not live together: this is the one with the largest peak.`,
    );
  }
  notes.push('What the profiler itself allocates is left out.');
  return (
    <>
      {notes.map((note) => (
        <p key={note} class="muted small">
          {note}
        </p>
      ))}
    </>
  );
}

function CurveTable(props: {
  readonly curves: readonly HeapCurve[];
  readonly axis: Axis;
  readonly end: number;
}) {
  const { curves, axis, end } = props;
  const rows = Array.from({ length: TABLE_ROWS }, (_, row) => ({
    from: (end * row) / TABLE_ROWS,
    to: (end * (row + 1)) / TABLE_ROWS,
  }));
  return (
    <table class="heap-table">
      <caption>The most that was live in each part of the run</caption>
      <thead>
        <tr>
          <th scope="col">until</th>
          {curves.map(({ side }) => (
            <th key={side} scope="col">
              {side}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ from, to }) => (
          <tr key={to}>
            <th scope="row">{axis === 'time' ? formatSeconds(to) : formatCount(to)}</th>
            {curves.map((curve) => {
              const live = mostLiveWithin(curve, from, to);
              return <td key={curve.side}>{live === null ? 'ended' : formatBytes(live)}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function chartWords(curves: readonly HeapCurve[], axis: Axis): string {
  const sides = curves.map(
    ({ side, peak, end }) =>
      `${side} peaks at ${formatBytes(peak.live)} ${placeWords(peak.at, axis)} of ${axis === 'time' ? formatSeconds(end) : formatCount(end)}`,
  );
  return `Live heap: ${sides.join('; ')}`;
}

function momentWords(curves: readonly HeapCurve[], place: number, axis: Axis): string {
  const sides = curves.map((curve) => {
    const live = liveAt(curve, place);
    return `${curve.side} ${live === null ? 'has ended' : formatBytes(live)}`;
  });
  return `${placeWords(place, axis)}: ${sides.join(', ')}`;
}

function placeWords(place: number, axis: Axis): string {
  return axis === 'time' ? `at ${formatSeconds(place)}` : `after ${formatCount(place)} allocations and frees`;
}

/** '0.42 s', '12 s', of milliseconds. */
function formatSeconds(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds >= 100) return `${formatCount(seconds)} s`;
  return `${Number(seconds.toFixed(seconds >= 10 ? 1 : seconds >= 1 ? 2 : 3))} s`;
}
