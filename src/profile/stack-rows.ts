import { GrowingInt32 } from './columns.ts';
import { PairIndex } from './pair-index.ts';
import type { FrameIndex, StackIndex, StackTable } from './profile.ts';

/**
 * Callees of one caller that are looked through one by one: nearly all callers have fewer, and the last one found is
 * nearly always the one that comes next. Rows beyond are found by a hash, which is slower, for it is all over memory.
 */
const LISTED_CALLEES = 8;

/** A table of stacks that grows; equal frames in equal order can be one row. */
export class StackRows {
  readonly #prefix = new GrowingInt32();
  readonly #frame = new GrowingInt32();
  /** The callees of each row, and of none at place 0, as a list of rows: the first, and of each row the next. */
  readonly #firstCallee = new GrowingInt32();
  readonly #nextCallee = new GrowingInt32();
  readonly #unlisted = new UnlistedRows();

  constructor() {
    this.#firstCallee.push(-1);
  }

  get length(): number {
    return this.#prefix.length;
  }

  frameOf(stack: StackIndex): FrameIndex {
    return this.#frame.values[stack];
  }

  prefixOf(stack: StackIndex): StackIndex | -1 {
    return this.#prefix.values[stack];
  }

  /** The row with this prefix, which is there, and this frame; added when missing. */
  intern(prefix: StackIndex | -1, frame: FrameIndex): StackIndex {
    let listed = 0;
    const first = this.#firstCallee.values[prefix + 1];
    for (let row = first; row >= 0; row = this.#nextCallee.values[row]) {
      if (this.#frame.values[row] === frame) return row;
      listed++;
    }
    if (listed < LISTED_CALLEES) {
      const row = this.#push(prefix, frame, first);
      this.#firstCallee.values[prefix + 1] = row;
      return row;
    }
    const known = this.#unlisted.rowOf(prefix, frame, this.length);
    if (known === this.length) this.#push(prefix, frame, -1);
    return known;
  }

  /** Adds a row that `intern` will not find. */
  append(prefix: StackIndex | -1, frame: FrameIndex): StackIndex {
    return this.#push(prefix, frame, -1);
  }

  toTable(): StackTable {
    return { length: this.length, prefix: this.#prefix.toArray(), frame: this.#frame.toArray() };
  }

  #push(prefix: number, frame: number, nextCallee: number): number {
    this.#prefix.push(prefix);
    this.#firstCallee.push(-1);
    this.#nextCallee.push(nextCallee);
    return this.#frame.push(frame);
  }
}

class UnlistedRows {
  readonly #prefix = new GrowingInt32();
  readonly #frame = new GrowingInt32();
  readonly #row = new GrowingInt32();
  readonly #index = new PairIndex(this.#prefix, this.#frame);

  /** @param newRow the row that it is to be, should it not be known */
  rowOf(prefix: number, frame: number, newRow: number): number {
    const index = this.#index.intern(prefix, frame);
    if (index === this.#row.length) this.#row.push(newRow);
    return this.#row.values[index];
  }
}
