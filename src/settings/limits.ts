import { forEachMetric, METRIC_IDS, type MetricId, metricById } from '../profile/metric.ts';
import type { Budget, Limits, Threshold } from '../report/threshold.ts';
import type { Problems } from './problems.ts';

const BYTES_OF_UNIT: ReadonlyMap<string, number> = new Map([
  ['b', 1],
  ['kb', 1e3],
  ['mb', 1e6],
  ['gb', 1e9],
  ['tb', 1e12],
  ['kib', 2 ** 10],
  ['mib', 2 ** 20],
  ['gib', 2 ** 30],
  ['tib', 2 ** 40],
]);

const ACCEPTED_BYTES = 'a size such as 500 B, 10 kB, 1.5 MB or 64 MiB';
const ACCEPTED_METRICS = METRIC_IDS.join(', ');

/** A line of text, and where to say what is wrong with it. */
export interface TextLine {
  readonly text: string;
  readonly problems: Problems;
}

/** Reads `fail-on`, `budget` and `ignore-below` into what every metric is judged by. */
export function parseLimits(
  inputs: { readonly failOn: string; readonly budget: string; readonly ignoreBelow: string },
  problems: Problems,
): Record<MetricId, Limits> {
  return limitsByMetric({
    failOn: parseFailOn(linesOf(inputs.failOn, problems)),
    budget: parseBudgets(linesOf(inputs.budget, problems)),
    ignoreBelow: parseIgnoreBelow(inputs.ignoreBelow, problems),
  });
}

/** @param limits metrics that are not in the maps have no such limit */
export function limitsByMetric(limits: {
  readonly failOn: ReadonlyMap<MetricId, Threshold>;
  readonly budget: ReadonlyMap<MetricId, Budget>;
  readonly ignoreBelow: Threshold;
}): Record<MetricId, Limits> {
  return forEachMetric((id) => ({
    ignoreBelow: limits.ignoreBelow,
    failOn: limits.failOn.get(id) ?? null,
    budget: limits.budget.get(id) ?? null,
  }));
}

/** The lines of an input: what is wrong with one is a problem of the input. */
export function linesOf(text: string, problems: Problems): TextLine[] {
  return text.split('\n').map((line) => ({ text: line, problems }));
}

/** `fail-on`, one `metric: limit` a line. */
export function parseFailOn(lines: readonly TextLine[]): Map<MetricId, Threshold> {
  return parseMetricLines('fail-on', lines, parseThreshold);
}

/** `budget`, one `metric: size` a line. */
export function parseBudgets(lines: readonly TextLine[]): Map<MetricId, Budget> {
  return parseMetricLines('budget', lines, parseBudget);
}

/** `ignore-below`, a threshold such as '1 kB' or '0.5%'; what is none is noted, and nothing is ignored. */
export function parseIgnoreBelow(text: string, problems: Problems): Threshold {
  const parsed = parseThreshold(text.trim(), 'allocated');
  if (typeof parsed !== 'string') return parsed;
  problems.add('ignore-below', text, parsed);
  return { ratio: null, absolute: null, text };
}

/** @throws SettingsError through `problems` when it is none of the metrics. */
export function parseMetric(name: string, text: string, problems: Problems): MetricId {
  const id = METRIC_IDS.find((candidate) => candidate === text);
  if (id === undefined) problems.add(name, text, `one of ${ACCEPTED_METRICS}`);
  return id ?? 'allocated';
}

function parseMetricLines<T>(
  name: string,
  lines: readonly TextLine[],
  parse: (text: string, id: MetricId) => T | string,
): Map<MetricId, T> {
  const found = new Map<MetricId, T>();
  for (const { text, problems } of lines) {
    const line = text.trim();
    if (line === '') continue;
    const colon = line.indexOf(':');
    const metric = line.slice(0, Math.max(colon, 0)).trim();
    const id = METRIC_IDS.find((candidate) => candidate === metric);
    if (colon < 0 || id === undefined) {
      problems.add(name, line, `\`metric: limit\` on each line, with one of the metrics ${ACCEPTED_METRICS}`);
      continue;
    }
    if (found.has(id)) {
      problems.add(name, line, `each metric once; ${id} is there already`);
      continue;
    }
    const parsed = parse(line.slice(colon + 1).trim(), id);
    if (typeof parsed === 'string') problems.add(name, line, parsed);
    else found.set(id, parsed);
  }
  return found;
}

/** @returns the threshold, or what is accepted instead */
function parseThreshold(text: string, id: MetricId): Threshold | string {
  const isBytes = metricById(id).unit === 'bytes';
  const accepted = `a percentage such as 5%, ${isBytes ? ACCEPTED_BYTES : 'a number of calls such as 100'}, or both joined by "and"`;
  let ratio: number | null = null;
  let absolute: number | null = null;
  for (const part of text.split(/\band\b/i).map((piece) => piece.trim())) {
    const percent = /^(\d{1,9}(?:\.\d{1,9})?)\s?%$/.exec(part);
    if (percent && ratio === null) ratio = Number(percent[1]) / 100;
    else if (absolute === null && !percent) {
      absolute = isBytes ? parseBytes(part) : parseCount(part);
      if (absolute === null) return accepted;
    } else return accepted;
  }
  return { ratio, absolute, text };
}

function parseBudget(text: string, id: MetricId): Budget | string {
  const isBytes = metricById(id).unit === 'bytes';
  const maximum = isBytes ? parseBytes(text) : parseCount(text);
  if (maximum === null) return isBytes ? ACCEPTED_BYTES : 'a number of calls such as 20000';
  return { maximum, text };
}

/** Bytes of '1.5 MB', '64 MiB', '500' or '0'; null when it is none of these. */
export function parseBytes(text: string): number | null {
  const match = /^(\d{1,15}(?:\.\d{1,9})?)\s?([kmgt]?i?b)?$/i.exec(text.trim());
  if (!match) return null;
  const unit = BYTES_OF_UNIT.get((match[2] ?? 'b').toLowerCase());
  const bytes = unit === undefined ? Number.NaN : Math.round(Number(match[1]) * unit);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

function parseCount(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}
