import { GrowingInt32 } from '../profile/columns.ts';
import { PairIndex } from '../profile/pair-index.ts';
import type { DiffFrame, DiffStackTable } from './profile-diff.ts';

/**
 * Callees of one caller that are looked through one by one: nearly all callers have fewer, and the last one found is
 * nearly always the one that comes next. Rows beyond are found by a hash, which is slower, for it is all over memory.
 */
const LISTED_CALLEES = 8;

/** The stacks of both sides under one numbering: equal frames in equal order are one row. */
export class UnionTree {
  readonly frames: DiffFrame[] = [];
  readonly #frameIndex = new Map<string, number>();
  readonly #prefix = new GrowingInt32();
  readonly #frame = new GrowingInt32();
  /** The callees of each row, and of none at place 0, as a list of rows: the first, and of each row the next. */
  readonly #firstCallee = new GrowingInt32();
  readonly #nextCallee = new GrowingInt32();
  readonly #unlisted = new UnlistedRows();

  constructor() {
    this.#firstCallee.push(-1);
  }

  get stackCount(): number {
    return this.#prefix.length;
  }

  /**
   * @param identity what must be equal on both sides for frames to be the same
   * @param describe called when the frame is new, or again with what is known of it so far
   */
  internFrame(identity: string, describe: (known: DiffFrame | null) => DiffFrame): number {
    let index = this.#frameIndex.get(identity);
    if (index === undefined) {
      index = this.frames.push(describe(null)) - 1;
      this.#frameIndex.set(identity, index);
    } else {
      this.frames[index] = describe(this.frames[index]);
    }
    return index;
  }

  internStack(prefix: number, frame: number): number {
    let listed = 0;
    const first = this.#firstCallee.values[prefix + 1];
    for (let row = first; row >= 0; row = this.#nextCallee.values[row]) {
      if (this.#frame.values[row] === frame) return row;
      listed++;
    }
    if (listed < LISTED_CALLEES) {
      const row = this.#append(prefix, frame, first);
      this.#firstCallee.values[prefix + 1] = row;
      return row;
    }
    const known = this.#unlisted.rowOf(prefix, frame, this.stackCount);
    if (known === this.stackCount) this.#append(prefix, frame, -1);
    return known;
  }

  #append(prefix: number, frame: number, nextCallee: number): number {
    this.#prefix.push(prefix);
    this.#firstCallee.push(-1);
    this.#nextCallee.push(nextCallee);
    return this.#frame.push(frame);
  }

  frameOf(stack: number): number {
    return this.#frame.values[stack];
  }

  build(): DiffStackTable {
    return {
      length: this.#prefix.length,
      prefix: this.#prefix.toArray(),
      frame: this.#frame.toArray(),
    };
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
