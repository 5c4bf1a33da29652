import { StackRows } from '../profile/stack-rows.ts';
import type { DiffFrame, DiffStackTable } from './profile-diff.ts';

/** The stacks of both sides under one numbering: equal frames in equal order are one row. */
export class UnionTree {
  readonly frames: DiffFrame[] = [];
  readonly #frameIndex = new Map<string, number>();
  readonly #stacks = new StackRows();

  get stackCount(): number {
    return this.#stacks.length;
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
    return this.#stacks.intern(prefix, frame);
  }

  frameOf(stack: number): number {
    return this.#stacks.frameOf(stack);
  }

  build(): DiffStackTable {
    return this.#stacks.toTable();
  }
}
