import type { GrowingInt32 } from './columns.ts';

/**
 * Slots that are looked at for one pair. At most half of the slots are taken, so pairs that nobody chose need a few;
 * more are an input made to collide.
 */
const MAX_PROBES = 64;

/**
 * Finds rows by the two numbers that they hold, such as a stack by its caller and its frame. A Map would need one key
 * for both: a number beyond 2^31, which it boxes, or a string, which it has to hash; both take five times as long.
 * The rows live in two columns of the caller's. Not every row of them need be in the index, but what is there stays
 * as it is.
 */
export class PairIndex {
  readonly #first: GrowingInt32;
  readonly #second: GrowingInt32;
  /**
   * Two numbers for each slot: the row plus 1, or 0 where it is free, and the pair's hash. With that most pairs are
   * told apart without a look at the columns, and a larger table is filled without one. Slots are a power of 2.
   */
  #slots = new Int32Array(2 * 2048);
  #size = 0;
  /** Rows that found no slot. Strings, which V8 hashes with a seed of its own: nobody can make those collide, too. */
  readonly #crowded = new Map<string, number>();

  constructor(first: GrowingInt32, second: GrowingInt32) {
    this.#first = first;
    this.#second = second;
  }

  /** The row that holds the pair, or -1. */
  find(first: number, second: number): number {
    const slot = this.#slotOf(first, second, hash(first, second));
    if (slot < 0) return this.#crowded.get(crowdedKey(first, second)) ?? -1;
    return this.#slots[slot] - 1;
  }

  /** The row that holds the pair; appended to both columns when there is none. */
  intern(first: number, second: number): number {
    const hashed = hash(first, second);
    const slot = this.#slotOf(first, second, hashed);
    const known = slot < 0 ? (this.#crowded.get(crowdedKey(first, second)) ?? -1) : this.#slots[slot] - 1;
    if (known >= 0) return known;
    this.#first.push(first);
    const row = this.#second.push(second);
    if (slot < 0) this.#crowded.set(crowdedKey(first, second), row);
    else this.#put(slot, row, hashed);
    // Half of the slots are two numbers for each row.
    if (++this.#size * 4 > this.#slots.length) this.#grow();
    return row;
  }

  /** Where the slot is that holds the pair, or should; -1 when all that it may have are taken by others. */
  #slotOf(first: number, second: number, hashed: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hashed << 1) & mask;
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const row = slots[slot] - 1;
      if (row < 0) return slot;
      if (
        slots[slot + 1] === hashed &&
        this.#first.values[row] === first &&
        this.#second.values[row] === second
      ) {
        return slot;
      }
      slot = (slot + 2) & mask;
    }
    return -1;
  }

  #put(slot: number, row: number, hashed: number): void {
    this.#slots[slot] = row + 1;
    this.#slots[slot + 1] = hashed;
  }

  #grow(): void {
    const old = this.#slots;
    const crowded = [...this.#crowded.values()];
    this.#slots = new Int32Array(old.length * 2);
    this.#crowded.clear();
    for (let slot = 0; slot < old.length; slot += 2) {
      if (old[slot] > 0) this.#putAgain(old[slot] - 1, old[slot + 1]);
    }
    for (const row of crowded) {
      this.#putAgain(row, hash(this.#first.values[row], this.#second.values[row]));
    }
  }

  /** Puts a row into the first free slot: all rows are distinct. */
  #putAgain(row: number, hashed: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hashed << 1) & mask;
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      if (slots[slot] === 0) {
        this.#put(slot, row, hashed);
        return;
      }
      slot = (slot + 2) & mask;
    }
    this.#crowded.set(crowdedKey(this.#first.values[row], this.#second.values[row]), row);
  }
}

/** Multiplies by odd constants and mixes the upper bits, which differ most, into the lower ones, which choose the slot. */
function hash(first: number, second: number): number {
  let mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

function crowdedKey(first: number, second: number): string {
  return `${first} ${second}`;
}
