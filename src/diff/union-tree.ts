import { GrowingInt32 } from '../profile/columns.ts';
import type { DiffFrame, DiffStackTable } from './profile-diff.ts';

/** The stacks of both sides under one numbering: equal frames in equal order are one row. */
export class UnionTree {
  readonly frames: DiffFrame[] = [];
  readonly #frameIndex = new Map<string, number>();
  readonly #prefix = new GrowingInt32();
  readonly #frame = new GrowingInt32();
  readonly #stackIndex = new Map<number, number>();

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
    const key = (prefix + 1) * 2 ** 26 + frame;
    let index = this.#stackIndex.get(key);
    if (index === undefined) {
      this.#prefix.push(prefix);
      index = this.#frame.push(frame);
      this.#stackIndex.set(key, index);
    }
    return index;
  }

  frameOf(stack: number): number {
    return this.#frame.values[stack];
  }

  build(baseLine: Int32Array, headLine: Int32Array): DiffStackTable {
    return {
      length: this.#prefix.length,
      prefix: this.#prefix.toArray(),
      frame: this.#frame.toArray(),
      baseLine,
      headLine,
    };
  }
}
