import { TraceFormatError } from '../../errors.ts';
import { GrowingFloat64 } from '../../profile/columns.ts';
import { forEachMetric } from '../../profile/metric.ts';
import type { CostColumns } from '../../profile/profile.ts';

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

/** Of 64 bytes each. A trace with more would have more stacks than a profile takes, too. */
export const MAX_INFOS = 2 ** 24;

export class LiveHeap {
  readonly #rows = new GrowingFloat64();
  #infoCount = 0;
  #recordCount = 0;

  #liveTotal = 0;
  #peakTotal = 0;
  #generation = 0;
  /** The info of the event before if that was an allocation, else 0: heaptrack does not tell 0 from none. */
  #lastInfo = 0;
  #events = 0;

  get events(): number {
    return this.#events;
  }

  get infoCount(): number {
    return this.#infoCount;
  }

  /** A new row of costs, for a stack that allocates. */
  addRecord(): number {
    return this.#recordCount++;
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
    this.#rows.values[start + GENERATION] = -1;
  }

  /**
   * Replays events in their order. One function of local variables, since it runs for each event of the trace: see
   * `npm run bench`.
   * @param events of each the info, or `~info` when it was freed
   * @returns the index of the first event that frees what is not live, as no sound trace does; or -1
   */
  replay(events: Int32Array, count: number): number {
    const rows = this.#rows.values;
    let liveTotal = this.#liveTotal;
    let peakTotal = this.#peakTotal;
    let generation = this.#generation;
    let lastInfo = this.#lastInfo;
    let unsound = -1;
    for (let index = 0; index < count; index++) {
      const event = events[index];
      const info = event < 0 ? ~event : event;
      const row = info * ROW;
      if (rows[row + GENERATION] !== generation) {
        rows[row + GENERATION] = generation;
        rows[row + LIVE_AT_PEAK] = rows[row + LIVE];
      }
      if (event >= 0) {
        rows[row + ALLOCATIONS]++;
        rows[row + LIVE]++;
        liveTotal += rows[row + SIZE];
        lastInfo = info;
        if (liveTotal > peakTotal) {
          peakTotal = liveTotal;
          generation++;
        }
      } else {
        if (lastInfo === info) rows[row + TEMPORARY]++;
        lastInfo = 0;
        liveTotal -= rows[row + SIZE];
        if (--rows[row + LIVE] < 0) {
          unsound = index;
          break;
        }
      }
    }
    this.#liveTotal = liveTotal;
    this.#peakTotal = peakTotal;
    this.#generation = generation;
    this.#lastInfo = lastInfo;
    this.#events += count;
    return unsound;
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
      rows[row + GENERATION] = -1;
    }
    this.#liveTotal = 0;
    this.#peakTotal = 0;
    this.#generation = 0;
    this.#lastInfo = 0;
  }

  /** The costs of every record: what is live now counts as leaked. */
  finish(): CostColumns {
    const costs = forEachMetric(() => new Float64Array(this.#recordCount));
    const rows = this.#rows.values;
    for (let row = 0; row < this.#rows.length; row += ROW) {
      const size = rows[row + SIZE];
      const record = rows[row + RECORD];
      const isTouched = rows[row + GENERATION] === this.#generation;
      costs.allocations[record] += rows[row + ALLOCATIONS];
      costs.allocated[record] += rows[row + ALLOCATIONS] * size;
      costs.temporary[record] += rows[row + TEMPORARY];
      costs.leaked[record] += rows[row + LIVE] * size;
      if (this.#peakTotal > 0) costs.peak[record] += rows[row + (isTouched ? LIVE_AT_PEAK : LIVE)] * size;
    }
    return costs;
  }
}
