/** The five numbers of a heap profile. All are additive over stacks. */

export type MetricId = 'allocated' | 'allocations' | 'temporary' | 'peak' | 'leaked';

/** One of the five, and how it is told to people. */
export interface Metric {
  readonly id: MetricId;
  /** What people read in a table. */
  readonly label: string;
  readonly unit: 'bytes' | 'count';
  /** One sentence for somebody who sees the word for the first time. */
  readonly meaning: string;
}

/** In the order in which every table shows them. */
export const METRICS: readonly Metric[] = [
  {
    id: 'allocated',
    label: 'Bytes allocated',
    unit: 'bytes',
    meaning: 'Sum of the sizes of all allocations, whether freed again or not.',
  },
  {
    id: 'allocations',
    label: 'Allocation calls',
    unit: 'count',
    meaning: 'Calls of malloc, realloc, operator new and their like.',
  },
  {
    id: 'temporary',
    label: 'Temporary allocations',
    unit: 'count',
    meaning: 'Allocations freed again before the next one was made, as heaptrack counts them.',
  },
  { id: 'peak', label: 'Peak heap', unit: 'bytes', meaning: 'Live bytes at the moment when most were live.' },
  { id: 'leaked', label: 'Live at exit', unit: 'bytes', meaning: 'Bytes not freed when the program ended.' },
];

/** In the order of METRICS. */
export const METRIC_IDS: readonly MetricId[] = METRICS.map((metric) => metric.id);

/** What is known of a metric. */
export function metricById(id: MetricId): Metric {
  return METRICS[METRIC_IDS.indexOf(id)];
}

/** One number for each metric. */
export type Totals = Readonly<Record<MetricId, number>>;

/** A value for each metric, made by `make`. */
export function forEachMetric<T>(make: (id: MetricId) => T): Record<MetricId, T> {
  return {
    allocated: make('allocated'),
    allocations: make('allocations'),
    temporary: make('temporary'),
    peak: make('peak'),
    leaked: make('leaked'),
  };
}
