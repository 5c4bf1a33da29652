import { METRIC_IDS, type MetricId } from '../profile/metric.ts';
import type { BenchmarkData } from '../viewer-data/report-data.ts';

/** Everything that a link to the page can say. */
export interface ViewState {
  /** Index into the report's benchmarks. */
  readonly benchmark: number;
  readonly view: View;
  readonly metric: MetricId;
  readonly panes: Panes;
  readonly form: 'focus' | 'full';
  readonly direction: 'callees' | 'callers';
  readonly isRecursionFolded: boolean;
  /** Null: when little of much changed. */
  readonly isChangesOnly: boolean | null;
  /** What the timeline counts along its axis; null: time, where the traces have enough of it. */
  readonly axis: Axis | null;
  readonly query: string;
  /** Nodes of the frame tree; 0 is its root. */
  readonly zoomed: number;
  readonly selected: number;
  /** The function that the table has open, an index into the frames; null for none. */
  readonly openFunction: number | null;
}

export const VIEWS = ['flame', 'functions', 'lines', 'timeline', 'sizes', 'summary'] as const;
export type View = (typeof VIEWS)[number];
export const PANES = ['both', 'union', 'base', 'head'] as const;
export type Panes = (typeof PANES)[number];

const AXES = ['time', 'events'] as const;
export type Axis = (typeof AXES)[number];

/** What a link says, with fingerprints in place of nodes. */
export interface LinkState extends Omit<ViewState, 'zoomed' | 'selected' | 'openFunction'> {
  readonly zoomed: string | null;
  readonly selected: string | null;
  readonly openFunction: string | null;
}

/** Longer searches are not worth a link. */
const LONGEST_QUERY = 200;

/** What a page shows that was opened without a link. */
export function firstState(benchmarks: readonly (BenchmarkData | null)[]): LinkState {
  const benchmark = Math.max(
    0,
    benchmarks.findIndex((candidate) => candidate !== null),
  );
  return {
    benchmark,
    view: 'flame',
    metric: benchmarks[benchmark]?.primary ?? 'allocated',
    panes: 'both',
    form: 'focus',
    direction: 'callees',
    isRecursionFolded: false,
    isChangesOnly: null,
    axis: null,
    query: '',
    zoomed: null,
    selected: null,
    openFunction: null,
  };
}

/**
 * Reads `#b=parse&m=allocated&v=flame&f=9c41d0e2b7`, or `#benchmark-2`, which works without the script, too. What is
 * unknown is left at its default. A benchmark without stacks is in the summary alone.
 */
export function parseLink(hash: string, benchmarks: readonly (BenchmarkData | null)[]): LinkState {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const position = Number(/^#benchmark-(\d{1,6})$/.exec(hash)?.[1] ?? 0) - 1;
  const first = firstState(benchmarks);
  const named = benchmarks.findIndex(
    (benchmark, i) => benchmark !== null && (benchmark.name === fields.get('b') || i === position),
  );
  const benchmark = named < 0 ? first.benchmark : named;
  const data = benchmarks[benchmark];
  const changes = fields.get('c');
  return {
    benchmark,
    view: benchmarks[position] === null ? 'summary' : (oneOf(VIEWS, fields.get('v')) ?? first.view),
    metric:
      oneOf(data?.metrics.map(({ metric }) => metric.id) ?? METRIC_IDS, fields.get('m')) ??
      data?.primary ??
      first.metric,
    panes: oneOf(PANES, fields.get('p')) ?? first.panes,
    form: fields.get('s') === 'full' ? 'full' : 'focus',
    direction: fields.get('d') === 'callers' ? 'callers' : 'callees',
    isRecursionFolded: fields.get('r') === '1',
    isChangesOnly: changes === '1' ? true : changes === '0' ? false : null,
    axis: oneOf(AXES, fields.get('x')),
    query: (fields.get('q') ?? '').slice(0, LONGEST_QUERY),
    zoomed: fingerprint(fields.get('z')),
    selected: fingerprint(fields.get('f')),
    openFunction: fingerprint(fields.get('fn')),
  };
}

/** The opposite of `parseLink`. What is at its default is left out, but for the benchmark, the metric and the view. */
export function formatLink(state: LinkState, benchmarks: readonly (BenchmarkData | null)[]): string {
  const fields = new URLSearchParams();
  if (benchmarks.length > 1) fields.set('b', benchmarks[state.benchmark]?.name ?? '');
  fields.set('v', state.view);
  fields.set('m', state.metric);
  if (state.panes !== 'both') fields.set('p', state.panes);
  if (state.form !== 'focus') fields.set('s', state.form);
  if (state.direction !== 'callees') fields.set('d', state.direction);
  if (state.isRecursionFolded) fields.set('r', '1');
  if (state.isChangesOnly !== null) fields.set('c', state.isChangesOnly ? '1' : '0');
  if (state.axis !== null) fields.set('x', state.axis);
  if (state.query !== '') fields.set('q', state.query.slice(0, LONGEST_QUERY));
  if (state.zoomed !== null) fields.set('z', state.zoomed);
  if (state.selected !== null) fields.set('f', state.selected);
  if (state.openFunction !== null) fields.set('fn', state.openFunction);
  return `#${fields}`;
}

function oneOf<T extends string>(values: readonly T[], text: string | null): T | null {
  return values.find((value) => value === text) ?? null;
}

function fingerprint(text: string | null): string | null {
  return text !== null && /^[0-9a-f]{10}$/.test(text) ? text : null;
}
