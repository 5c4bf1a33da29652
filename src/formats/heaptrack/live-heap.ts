import { TraceFormatError } from '../../errors.ts';
import { GrowingFloat64, GrowingInt32 } from '../../profile/columns.ts';
import {
  bucketOfSize,
  type HeapTimeline,
  SIZE_BUCKET_COUNT,
  type SizeHistogram,
} from '../../profile/heap-facts.ts';
import { forEachMetric } from '../../profile/metric.ts';
import type { CostColumns } from '../../profile/profile.ts';
import { SeriesRecorder } from './series-recorder.ts';

/*
 * Replays allocations and frees, and knows at the end what each stack had live at the peak, in one pass and without
 * remembering events.
 *
 *   live        ╭─╮ peak: generation 2 begins
 *            ╭──╯ ╰─╮     ╭─╮
 *      ╭─────╯      ╰─────╯ ╰──
 *      generation 0, 1 …   everything after the last new maximum belongs to the last generation
 *
 * The peak is the first moment at which the sum of live bytes is at its overall maximum. At each new maximum a
 * generation begins. When an info changes for the first time in a generation, what it has live just before is put
 * aside. At the end, an info that was touched in the last generation had at the peak what was put aside, any other
 * has it still. heaptrack's rules for each number: heaptrack 1.4, src/analyze/accumulatedtracedata.cpp.
 *
 * An info is a distinct pair of size and stack. Its numbers stand side by side, so that an event touches one line of
 * the processor's cache; what they make for each stack is summed at the end.
 */
const ROW = 8;
const SIZE = 0;
/** Row of costs that the info's stack has. */
const RECORD = 1;
/** Calls so far. */
const ALLOCATIONS = 2;
const TEMPORARY = 3;
/** Blocks that are live, and what they were when the last maximum was set if `GENERATION` is the current one. */
const LIVE = 4;
const LIVE_AT_PEAK = 5;
const GENERATION = 6;
/** In `GENERATION`, of what the profiler, not the program, asked for: there are a few such events in a whole trace. */
const FOOTPRINT = -2;
/** What `GENERATION` is for all others. */
const FOOTPRINT_GENERATION = 7;

/** Of 64 bytes each. A trace with more would have more stacks than a profile takes, too. */
export const MAX_INFOS = 2 ** 24;

/** All allocations so far. Infos and records are numbered from 0, in the order in which they are added. */
export class LiveHeap {
  readonly #rows = new GrowingFloat64();
  #infoCount = 0;
  /** For each record 1 where the profiler, not the program, asked. */
  readonly #isFootprint = new GrowingInt32();

  #liveTotal = 0;
  #peakTotal = 0;
  #generation = 0;
  /** The info of the event before if that was an allocation, else 0: heaptrack does not tell 0 from none. */
  #lastInfo = 0;
  #events = 0;
  /** Of them those that `reset` made forget. */
  #forgottenEvents = 0;

  /** What of the live bytes is the profiler's. */
  #footprintLive = 0;
  /** The most that the program had live since the last point of each series; -1 without an event since. */
  #mostByEvents = -1;
  #mostByTime = -1;
  readonly #byEvents = new SeriesRecorder();
  readonly #byTime = new SeriesRecorder();

  get events(): number {
    return this.#events;
  }

  get infoCount(): number {
    return this.#infoCount;
  }

  /**
   * A new row of costs, for a stack that allocates.
   * @param isFootprint whether the profiler asked for it, not the program
   */
  addRecord(isFootprint: boolean): number {
    return this.#isFootprint.push(isFootprint ? 1 : 0);
  }

  /** @throws TraceFormatError when there are more than any sound trace has */
  addInfo(size: number, record: number): void {
    if (this.#infoCount === MAX_INFOS) {
      throw new TraceFormatError(`the trace has more than ${MAX_INFOS} distinct sizes and stacks`, null);
    }
    this.#infoCount++;
    const start = this.#rows.extend(ROW);
    this.#rows.values[start + SIZE] = size;
    this.#rows.values[start + RECORD] = record;
    this.#rows.values[start + GENERATION] = this.#isFootprint.values[record] === 1 ? FOOTPRINT : -1;
    this.#rows.values[start + FOOTPRINT_GENERATION] = -1;
  }

  /**
   * Replays events in their order.
   * @param events of each the info, or `~info` when it was freed
   * @returns the index of the first event that frees what is not live, as no sound trace does; or -1
   */
  replay(events: Int32Array, count: number): number {
    for (let start = 0; start < count; ) {
      const room = this.#byEvents.endOfBucket - (this.#events - this.#forgottenEvents);
      const end = Math.min(count, start + room);
      const unsound = this.#replayBucket(events, start, end);
      if (unsound >= 0) return unsound;
      if (end === start + room) this.#endBucket();
      start = end;
    }
    return -1;
  }

  #endBucket(): void {
    this.#byEvents.add(this.#events - this.#forgottenEvents, this.#mostByEvents);
    this.#mostByEvents = -1;
  }

  /** @returns as `replay` */
  #replayBucket(events: Int32Array, start: number, end: number): number {
    for (let index = start; index < end; ) {
      const stop = this.#replayRange(events, index, end);
      if (stop < 0) return ~stop;
      if (stop < end && !this.#replayFootprint(events[stop])) return stop;
      index = stop + 1;
    }
    return -1;
  }

  /**
   * One function of local variables, since it runs for each event of the trace: see `npm run bench`.
   * @returns the index of an event of the profiler's own, before which it stopped; `~index` of an unsound one; or `end`
   */
  #replayRange(events: Int32Array, start: number, end: number): number {
    const rows = this.#rows.values;
    let liveTotal = this.#liveTotal;
    let peakTotal = this.#peakTotal;
    let generation = this.#generation;
    let lastInfo = this.#lastInfo;
    // What is live after the first event, if that is a free: those that follow leave less.
    let mostLive = events[start] < 0 ? liveTotal - rows[~events[start] * ROW + SIZE] : -1;
    let stop = end;
    for (let index = start; index < end; index++) {
      const event = events[index];
      const info = event < 0 ? ~event : event;
      const row = info * ROW;
      if (rows[row + GENERATION] !== generation) {
        if (rows[row + GENERATION] === FOOTPRINT) {
          if (index === start) mostLive = -1;
          stop = index;
          break;
        }
        rows[row + GENERATION] = generation;
        rows[row + LIVE_AT_PEAK] = rows[row + LIVE];
      }
      if (event >= 0) {
        rows[row + ALLOCATIONS]++;
        rows[row + LIVE]++;
        liveTotal += rows[row + SIZE];
        lastInfo = info;
        // Never more than the peak, so what is not above this is not above the peak.
        if (liveTotal > mostLive) {
          mostLive = liveTotal;
          if (liveTotal > peakTotal) {
            peakTotal = liveTotal;
            generation++;
          }
        }
      } else {
        if (lastInfo === info) rows[row + TEMPORARY]++;
        lastInfo = 0;
        liveTotal -= rows[row + SIZE];
        if (--rows[row + LIVE] < 0) {
          stop = ~index;
          break;
        }
      }
    }
    this.#liveTotal = liveTotal;
    this.#peakTotal = peakTotal;
    this.#generation = generation;
    this.#lastInfo = lastInfo;
    if (mostLive >= 0) this.#see(mostLive - this.#footprintLive);
    this.#events += (stop < 0 ? ~stop : stop) - start;
    return stop;
  }

  /** What is said of all events in `replayRange`, of one of the profiler's own. @returns whether it is sound */
  #replayFootprint(event: number): boolean {
    const rows = this.#rows.values;
    const info = event < 0 ? ~event : event;
    const row = info * ROW;
    const size = rows[row + SIZE];
    if (rows[row + FOOTPRINT_GENERATION] !== this.#generation) {
      rows[row + FOOTPRINT_GENERATION] = this.#generation;
      rows[row + LIVE_AT_PEAK] = rows[row + LIVE];
    }
    if (event >= 0) {
      rows[row + ALLOCATIONS]++;
      rows[row + LIVE]++;
      this.#liveTotal += size;
      this.#footprintLive += size;
      this.#lastInfo = info;
      if (this.#liveTotal > this.#peakTotal) {
        this.#peakTotal = this.#liveTotal;
        this.#generation++;
      }
    } else {
      if (this.#lastInfo === info) rows[row + TEMPORARY]++;
      this.#lastInfo = 0;
      this.#liveTotal -= size;
      this.#footprintLive -= size;
      if (--rows[row + LIVE] < 0) return false;
    }
    this.#see(this.#liveTotal - this.#footprintLive);
    this.#events++;
    return true;
  }

  /** Takes note of what the program had live. */
  #see(live: number): void {
    if (live > this.#mostByEvents) this.#mostByEvents = live;
    if (live > this.#mostByTime) this.#mostByTime = live;
  }

  /** The clock of the trace; what goes backward is passed over, as heaptrack does. */
  tick(milliseconds: number): void {
    if (milliseconds < this.#byTime.last) return;
    this.#byTime.add(
      milliseconds,
      this.#mostByTime < 0 ? this.#liveTotal - this.#footprintLive : this.#mostByTime,
    );
    this.#mostByTime = -1;
  }

  /** An allocation of its own, for traces that tell by address what is freed. */
  allocate(info: number): void {
    this.replay(Int32Array.of(info), 1);
  }

  /**
   * @param isTemporary whether it frees the allocation just made
   * @returns whether it was live
   */
  free(info: number, isTemporary: boolean): boolean {
    this.#lastInfo = isTemporary ? info : -1;
    return this.replay(Int32Array.of(~info), 1) < 0;
  }

  /** Forgets all costs, as when heaptrack is attached to a running program. */
  reset(): void {
    const rows = this.#rows.values;
    for (let row = 0; row < this.#rows.length; row += ROW) {
      rows.fill(0, row + ALLOCATIONS, row + GENERATION);
      if (rows[row + GENERATION] !== FOOTPRINT) rows[row + GENERATION] = -1;
      rows[row + FOOTPRINT_GENERATION] = -1;
    }
    this.#liveTotal = 0;
    this.#peakTotal = 0;
    this.#generation = 0;
    this.#lastInfo = 0;
    this.#footprintLive = 0;
    this.#mostByEvents = -1;
    this.#mostByTime = -1;
    this.#byEvents.reset();
    this.#byTime.reset();
    this.#forgottenEvents = this.#events;
  }

  /** How much the program had live when. Call once, at the end. */
  timeline(): HeapTimeline {
    if (this.#mostByEvents >= 0) this.#endBucket();
    // heaptrack, too, lets a run end a millisecond after its last tick.
    if (this.#mostByTime >= 0 && this.#byTime.last > 0)
      this.tick(Math.min(Number.MAX_SAFE_INTEGER, this.#byTime.last + 1));
    return { byEvents: this.#byEvents.finish(), byTime: this.#byTime.finish(), programs: 1 };
  }

  /** The costs of every record, what is live now as leaked; and how large the program's own requests were. */
  finish(): { readonly costs: CostColumns; readonly sizes: SizeHistogram } {
    const costs = forEachMetric(() => new Float64Array(this.#isFootprint.length));
    const sizes = { calls: new Float64Array(SIZE_BUCKET_COUNT), bytes: new Float64Array(SIZE_BUCKET_COUNT) };
    const rows = this.#rows.values;
    for (let row = 0; row < this.#rows.length; row += ROW) {
      const size = rows[row + SIZE];
      const record = rows[row + RECORD];
      const allocations = rows[row + ALLOCATIONS];
      const isFootprint = rows[row + GENERATION] === FOOTPRINT;
      const isTouched = rows[row + (isFootprint ? FOOTPRINT_GENERATION : GENERATION)] === this.#generation;
      costs.allocations[record] += allocations;
      costs.allocated[record] += allocations * size;
      costs.temporary[record] += rows[row + TEMPORARY];
      costs.leaked[record] += rows[row + LIVE] * size;
      if (this.#peakTotal > 0) costs.peak[record] += rows[row + (isTouched ? LIVE_AT_PEAK : LIVE)] * size;
      if (isFootprint) continue;
      const bucket = bucketOfSize(size);
      sizes.calls[bucket] += allocations;
      sizes.bytes[bucket] += allocations * size;
    }
    return { costs, sizes };
  }
}
