import { GrowingFloat64, GrowingInt32 } from '../../profile/columns.ts';
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
 * generation begins. When a stack changes for the first time in a generation, its live bytes of just before are put
 * aside. At the end, a stack that was touched in the last generation had at the peak what was put aside, any other
 * has it still. heaptrack's rules for each number: heaptrack 1.4, src/analyze/accumulatedtracedata.cpp.
 */
export class LiveHeap {
  /** Of each distinct pair of size and trace, in the order of the file's `a` lines. */
  readonly #sizeOf = new GrowingFloat64();
  readonly #recordOf = new GrowingInt32();

  readonly #allocations = new GrowingFloat64();
  readonly #allocated = new GrowingFloat64();
  readonly #temporary = new GrowingFloat64();
  readonly #live = new GrowingFloat64();
  readonly #liveAtPeak = new GrowingFloat64();
  readonly #generationOf = new GrowingInt32();

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
    return this.#sizeOf.length;
  }

  get recordCount(): number {
    return this.#live.length;
  }

  /** A new row of costs, for a stack that allocates. */
  addRecord(): number {
    this.#allocations.push(0);
    this.#allocated.push(0);
    this.#temporary.push(0);
    this.#liveAtPeak.push(0);
    this.#generationOf.push(-1);
    return this.#live.push(0);
  }

  addInfo(size: number, record: number): void {
    this.#sizeOf.push(size);
    this.#recordOf.push(record);
  }

  allocate(info: number): void {
    const record = this.#recordOf.values[info];
    const size = this.#sizeOf.values[info];
    this.#touch(record);
    this.#events++;
    this.#allocations.values[record]++;
    this.#allocated.values[record] += size;
    this.#live.values[record] += size;
    this.#liveTotal += size;
    if (this.#liveTotal > this.#peakTotal) {
      this.#peakTotal = this.#liveTotal;
      this.#generation++;
    }
    this.#lastInfo = info;
  }

  /**
   * @param isTemporary whether it frees the allocation just made; when left out, told by heaptrack's rule
   * @returns false when the stack had less live than that, which no sound trace says
   */
  free(info: number, isTemporary: boolean = this.#lastInfo === info): boolean {
    const record = this.#recordOf.values[info];
    const size = this.#sizeOf.values[info];
    this.#touch(record);
    this.#events++;
    this.#live.values[record] -= size;
    this.#liveTotal -= size;
    if (isTemporary) this.#temporary.values[record]++;
    this.#lastInfo = 0;
    return this.#live.values[record] >= 0;
  }

  /** Forgets all costs, as when heaptrack is attached to a running program. */
  reset(): void {
    for (const column of [
      this.#allocations,
      this.#allocated,
      this.#temporary,
      this.#live,
      this.#liveAtPeak,
    ]) {
      column.values.fill(0);
    }
    this.#generationOf.values.fill(-1);
    this.#liveTotal = 0;
    this.#peakTotal = 0;
    this.#generation = 0;
    this.#lastInfo = 0;
  }

  /** The costs of every record: what is live now counts as leaked. */
  finish(): CostColumns {
    const peak = this.#live.toArray();
    for (let record = 0; record < peak.length; record++) {
      if (this.#generationOf.values[record] === this.#generation)
        peak[record] = this.#liveAtPeak.values[record];
    }
    if (this.#peakTotal === 0) peak.fill(0);
    return {
      allocated: this.#allocated.toArray(),
      allocations: this.#allocations.toArray(),
      temporary: this.#temporary.toArray(),
      leaked: this.#live.toArray(),
      peak,
    };
  }

  #touch(record: number): void {
    if (this.#generationOf.values[record] !== this.#generation) {
      this.#generationOf.values[record] = this.#generation;
      this.#liveAtPeak.values[record] = this.#live.values[record];
    }
  }
}
