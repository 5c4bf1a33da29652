import { MeasurementError } from '../errors.ts';
import { PROFILE_CAPS } from '../profile/check-profile.ts';
import {
  type HeapSeries,
  type HeapTimeline,
  MAX_SERIES_POINTS,
  SIZE_BUCKET_COUNT,
  type SizeHistogram,
} from '../profile/heap-facts.ts';
import { forEachMetric, METRIC_IDS, type MetricId, type Totals } from '../profile/metric.ts';
import type { ProfileFacts } from '../profile/profile.ts';
import type { Measured, MeasuredSide, Measurement, NotMeasured } from './measurement.ts';

/*
 * The JSON in front of a measurement's columns: a closed schema. A key too many, one too few or a value of another
 * type is refused; nothing is converted, and nothing of what was refused is repeated in the message.
 */

/** The longest texts of the header, in UTF-16 units. The writer cuts to these, the reader insists on them. */
export const TEXT_CAPS = {
  name: 512,
  version: 64,
  label: 512,
  command: 8192,
  notes: 20,
  note: 1000,
  message: 4096,
  lastLines: 20,
  lastLine: 1000,
  runs: 1000,
} as const;

/** The header: a Measurement with the sizes of its columns instead of the columns. */
export type Header = Omit<Measurement, 'base' | 'head'> & {
  readonly base: HeaderSide | null;
  readonly head: HeaderSide;
};

export type HeaderSide = Omit<MeasuredSide, 'outcome'> & { readonly outcome: HeaderMeasured | NotMeasured };

/** A profile without its columns, which follow the header. */
export interface HeaderMeasured extends Pick<Measured, 'kind' | 'runs' | 'isThreaded'> {
  readonly facts: ProfileFacts;
  readonly size: ProfileSize;
}

/** Rows of each table; the two of texts with their bytes, too. */
export interface ProfileSize {
  readonly strings: number;
  readonly stringBytes: number;
  readonly frames: number;
  readonly stacks: number;
  /** -1: the frames have no paths. */
  readonly paths: number;
  readonly pathBytes: number;
}

/** Cuts what is too long, and fixes the order of keys: same header, same text. */
export function formatHeader({ name, tracker, base, head, notes }: Header): string {
  return JSON.stringify({
    name: cut(name, TEXT_CAPS.name),
    tracker: {
      name: cut(tracker.name, TEXT_CAPS.name),
      version: cut(tracker.version, TEXT_CAPS.version),
    },
    base: base && formatSide(base),
    head: formatSide(head),
    notes: cutNotes(notes),
  });
}

function formatSide({ sha, label, isFromCache, outcome, notes }: HeaderSide) {
  return {
    sha,
    label: cut(label, TEXT_CAPS.label),
    isFromCache,
    notes: cutNotes(notes),
    outcome: formatOutcome(outcome),
  };
}

function formatOutcome(outcome: HeaderSide['outcome']) {
  if (outcome.kind === 'failed') {
    return {
      kind: outcome.kind,
      phase: outcome.phase,
      message: cut(outcome.message, TEXT_CAPS.message),
      lastLines: outcome.lastLines
        .slice(-TEXT_CAPS.lastLines)
        .map((line) => line.slice(-TEXT_CAPS.lastLine).toWellFormed()),
    };
  }
  const { facts, size } = outcome;
  const cutFact = (text: string | null) => text && cut(text, TEXT_CAPS.command);
  return {
    kind: outcome.kind,
    runs: outcome.runs.map((totals) => forEachMetric((id) => totals[id])),
    isThreaded: outcome.isThreaded,
    facts: {
      metrics: facts.metrics,
      command: cutFact(facts.command),
      recordedBy: cutFact(facts.recordedBy),
      executable: facts.executable,
      events: facts.events,
      isThreaded: facts.isThreaded,
      timeline: facts.timeline && formatTimeline(facts.timeline),
      sizes: facts.sizes && { calls: [...facts.sizes.calls], bytes: [...facts.sizes.bytes] },
    },
    size: {
      strings: size.strings,
      stringBytes: size.stringBytes,
      frames: size.frames,
      stacks: size.stacks,
      paths: size.paths,
      pathBytes: size.pathBytes,
    },
  };
}

function formatTimeline({ byEvents, byTime, programs }: HeapTimeline) {
  const format = ({ at, live }: HeapSeries) => ({ at: [...at], live: [...live] });
  return { byEvents: format(byEvents), byTime: format(byTime), programs };
}

function cutNotes(notes: readonly string[]): readonly string[] {
  return notes.slice(0, TEXT_CAPS.notes).map((note) => cut(note, TEXT_CAPS.note));
}

/** Cuts a text that is longer than the reader accepts, and mends what UTF-8 cannot say: halves of characters. */
export function cut(text: string, maxLength: number): string {
  return text.slice(0, maxLength).toWellFormed();
}

/** @throws MeasurementError for anything that `formatHeader` does not write */
export function parseHeader(text: string): Header {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MeasurementError('the measurement is damaged: its header is not JSON', { cause });
  }
  const header = readObject(value, 'header', ['name', 'tracker', 'base', 'head', 'notes']);
  const tracker = readObject(header.tracker, 'tracker', ['name', 'version']);
  return {
    name: readText(header.name, 'name', TEXT_CAPS.name),
    tracker: {
      name: readText(tracker.name, 'tracker.name', TEXT_CAPS.name),
      version: readText(tracker.version, 'tracker.version', TEXT_CAPS.version),
    },
    base: header.base === null ? null : readSide(header.base, 'base'),
    head: readSide(header.head, 'head'),
    notes: readTexts(header.notes, 'notes', TEXT_CAPS.notes, TEXT_CAPS.note),
  };
}

function readSide(value: unknown, where: string): HeaderSide {
  const side = readObject(value, where, ['sha', 'label', 'isFromCache', 'notes', 'outcome']);
  const { sha } = side;
  if (sha !== null && !(typeof sha === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha))) {
    refuse(`${where}.sha`, 'null or a full commit id');
  }
  return {
    sha,
    label: readText(side.label, `${where}.label`, TEXT_CAPS.label),
    isFromCache: readBoolean(side.isFromCache, `${where}.isFromCache`),
    notes: readTexts(side.notes, `${where}.notes`, TEXT_CAPS.notes, TEXT_CAPS.note),
    outcome: readOutcome(side.outcome, `${where}.outcome`),
  };
}

function readOutcome(value: unknown, where: string): HeaderSide['outcome'] {
  if (isObject(value) && Object.hasOwn(value, 'kind') && value.kind === 'failed') {
    const failed = readObject(value, where, ['kind', 'phase', 'message', 'lastLines']);
    const { phase } = failed;
    if (phase !== 'checkout' && phase !== 'build' && phase !== 'run' && phase !== 'trace') {
      refuse(`${where}.phase`, 'checkout, build, run or trace');
    }
    return {
      kind: 'failed',
      phase,
      message: readText(failed.message, `${where}.message`, TEXT_CAPS.message),
      lastLines: readTexts(failed.lastLines, `${where}.lastLines`, TEXT_CAPS.lastLines, TEXT_CAPS.lastLine),
    };
  }
  const measured = readObject(value, where, ['kind', 'runs', 'isThreaded', 'facts', 'size']);
  if (measured.kind !== 'measured') refuse(`${where}.kind`, 'measured or failed');
  return {
    kind: 'measured',
    runs: readArray(measured.runs, `${where}.runs`, TEXT_CAPS.runs).map((run, index) =>
      readTotals(run, `${where}.runs[${index}]`),
    ),
    isThreaded: readBoolean(measured.isThreaded, `${where}.isThreaded`),
    facts: readFacts(measured.facts, `${where}.facts`),
    size: readSize(measured.size, `${where}.size`),
  };
}

function readTotals(value: unknown, where: string): Totals {
  const totals = readObject(value, where, METRIC_IDS);
  return forEachMetric((id) => readCount(totals[id], `${where}.${id}`, Number.MAX_SAFE_INTEGER));
}

function readFacts(value: unknown, where: string): ProfileFacts {
  const keys = [
    'metrics',
    'command',
    'recordedBy',
    'executable',
    'events',
    'isThreaded',
    'timeline',
    'sizes',
  ];
  const facts = readObject(value, where, keys);
  const metrics = readArray(facts.metrics, `${where}.metrics`, METRIC_IDS.length);
  const readFact = (fact: unknown, name: string, maxLength: number = TEXT_CAPS.command) =>
    fact === null ? null : readText(fact, `${where}.${name}`, maxLength);
  return {
    metrics: metrics.map((id) => {
      if (!METRIC_IDS.some((known) => known === id)) refuse(`${where}.metrics`, METRIC_IDS.join(', '));
      return id as MetricId;
    }),
    command: readFact(facts.command, 'command'),
    recordedBy: readFact(facts.recordedBy, 'recordedBy'),
    executable: readFact(facts.executable, 'executable', PROFILE_CAPS.stringLength),
    events: readCount(facts.events, `${where}.events`, Number.MAX_SAFE_INTEGER),
    isThreaded: readBoolean(facts.isThreaded, `${where}.isThreaded`),
    timeline: facts.timeline === null ? null : readTimeline(facts.timeline, `${where}.timeline`),
    sizes: facts.sizes === null ? null : readHistogram(facts.sizes, `${where}.sizes`),
  };
}

function readTimeline(value: unknown, where: string): HeapTimeline {
  const timeline = readObject(value, where, ['byEvents', 'byTime', 'programs']);
  return {
    byEvents: readSeries(timeline.byEvents, `${where}.byEvents`),
    byTime: readSeries(timeline.byTime, `${where}.byTime`),
    programs: readCount(timeline.programs, `${where}.programs`, PROFILE_CAPS.programs, 1),
  };
}

function readSeries(value: unknown, where: string): HeapSeries {
  const series = readObject(value, where, ['at', 'live']);
  return {
    at: readCounts(series.at, `${where}.at`, MAX_SERIES_POINTS),
    live: readCounts(series.live, `${where}.live`, MAX_SERIES_POINTS),
  };
}

function readHistogram(value: unknown, where: string): SizeHistogram {
  const sizes = readObject(value, where, ['calls', 'bytes']);
  return {
    calls: readCounts(sizes.calls, `${where}.calls`, SIZE_BUCKET_COUNT),
    bytes: readCounts(sizes.bytes, `${where}.bytes`, SIZE_BUCKET_COUNT),
  };
}

function readSize(value: unknown, where: string): ProfileSize {
  const keys = ['strings', 'stringBytes', 'frames', 'stacks', 'paths', 'pathBytes'];
  const size = readObject(value, where, keys);
  const count = (key: string, cap: number, least = 0) => readCount(size[key], `${where}.${key}`, cap, least);
  return {
    strings: count('strings', PROFILE_CAPS.strings),
    stringBytes: count('stringBytes', 2 ** 31),
    frames: count('frames', PROFILE_CAPS.frames),
    stacks: count('stacks', PROFILE_CAPS.stacks),
    paths: count('paths', PROFILE_CAPS.paths, -1),
    pathBytes: count('pathBytes', 2 ** 31),
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON.parse makes `__proto__` a key like any other, so it is refused like any other. */
function readObject(value: unknown, where: string, keys: readonly string[]): JsonObject {
  if (!isObject(value)) refuse(where, 'an object');
  const found = Object.keys(value);
  if (found.length !== keys.length || !keys.every((key) => Object.hasOwn(value, key))) {
    refuse(where, `an object of ${keys.join(', ')} and nothing else`);
  }
  return value;
}

function readArray(value: unknown, where: string, maxLength: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > maxLength) refuse(where, `a list of at most ${maxLength}`);
  return value;
}

function readCounts(value: unknown, where: string, maxLength: number): Float64Array {
  return Float64Array.from(readArray(value, where, maxLength), (count, index) =>
    readCount(count, `${where}[${index}]`, Number.MAX_SAFE_INTEGER),
  );
}

function readTexts(value: unknown, where: string, maxLength: number, maxTextLength: number): string[] {
  return readArray(value, where, maxLength).map((text, index) =>
    readText(text, `${where}[${index}]`, maxTextLength),
  );
}

function readText(value: unknown, where: string, maxLength: number): string {
  if (typeof value !== 'string' || value.length > maxLength) {
    refuse(where, `text of at most ${maxLength} characters`);
  }
  return value;
}

function readCount(value: unknown, where: string, most: number, least = 0): number {
  if (!Number.isSafeInteger(value)) refuse(where, `a whole number from ${least} to ${most}`);
  const count = value as number;
  if (count < least || count > most) refuse(where, `a whole number from ${least} to ${most}`);
  // JSON knows a negative zero, which is printed as one.
  return count === 0 ? 0 : count;
}

function readBoolean(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') refuse(where, 'true or false');
  return value;
}

function refuse(where: string, accepted: string): never {
  throw new MeasurementError(`the measurement cannot be used: ${where} must be ${accepted}`);
}
