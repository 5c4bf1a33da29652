import type { DiffFrame, DiffStackTable } from '../profile-diff.ts';
import { MAX_COMPARED_FRAMES, MIN_COMMON_FRAMES } from './compared-frames.ts';
import { type ContentHashes, compareHashes, type Hashes } from './content-hashes.ts';
import type { Leftovers } from './leftovers.ts';

/**
 * Pairs stacks that end in the same frames, one of them the measured code's, the longest such suffix first. Stacks are
 * parted by their frames from the leaf on, as long as there are both kinds of them; what is parted is paired before
 * what it was parted from.
 */
export function pairBySuffix(
  frames: readonly DiffFrame[],
  stacks: DiffStackTable,
  { ofFrame }: ContentHashes,
  leftovers: Leftovers,
): void {
  const suffixes = new Suffixes(frames, stacks, ofFrame);
  const all: SuffixGroup = {
    parent: null,
    depth: 0,
    isAnchored: false,
    gone: [...leftovers.gone()],
    added: [...leftovers.added()],
    isParted: false,
  };
  const pending = [all];
  for (let group = pending.at(-1); group !== undefined; group = pending.at(-1)) {
    const hasBothKinds = group.gone.length > 0 && group.added.length > 0;
    if (!group.isParted && hasBothKinds && group.depth < MAX_COMPARED_FRAMES) {
      group.isParted = true;
      for (const smaller of suffixes.part(group)) pending.push(smaller);
      continue;
    }
    pending.pop();
    if (group.isAnchored && group.depth >= MIN_COMMON_FRAMES) leftovers.moveAll(group.gone, group.added);
    if (group.parent === null || group.parent.depth < MIN_COMMON_FRAMES) continue;
    group.parent.gone = joined(group.parent.gone, group.gone);
    group.parent.added = joined(group.parent.added, group.added);
  }
}

/** Stacks that have their innermost frames in common, `depth` of them. */
interface SuffixGroup {
  readonly parent: SuffixGroup | null;
  readonly depth: number;
  /** Whether one of those frames is the measured code's. */
  readonly isAnchored: boolean;
  gone: number[];
  added: number[];
  isParted: boolean;
}

/** Reads stacks from the leaf on, a frame at a time, and parts them where their frames differ. */
class Suffixes {
  readonly #frames: readonly DiffFrame[];
  readonly #stacks: DiffStackTable;
  readonly #ofFrame: Hashes;
  /** How far up each stack has been read. */
  readonly #cursor: Int32Array;
  /** Used while a group is parted. */
  readonly #partOfFrame: Int32Array;

  constructor(frames: readonly DiffFrame[], stacks: DiffStackTable, ofFrame: Hashes) {
    this.#frames = frames;
    this.#stacks = stacks;
    this.#ofFrame = ofFrame;
    this.#cursor = new Int32Array(stacks.length);
    this.#partOfFrame = new Int32Array(frames.length).fill(-1);
  }

  /** Takes from a group its stacks that have another frame further out, grouped by that. What has none stays. */
  part(group: SuffixGroup): readonly SuffixGroup[] {
    const shared = this.#sharedNext(group);
    return shared < 0 ? this.#partByFrame(group) : [this.#passOn(group, shared)];
  }

  /** The frame that comes next in all stacks of a group, or -1: most groups need no parting for many frames. */
  #sharedNext({ gone, added, depth }: SuffixGroup): number {
    const { frame } = this.#stacks;
    const first = this.#nextOf(gone[0], depth);
    if (first < 0) return -1;
    for (const stacks of [gone, added]) {
      for (const stack of stacks) {
        const next = this.#nextOf(stack, depth);
        if (next < 0 || frame[next] !== frame[first]) return -1;
      }
    }
    return frame[first];
  }

  #passOn(group: SuffixGroup, shared: number): SuffixGroup {
    const { gone, added, depth } = group;
    for (const stacks of [gone, added]) {
      for (const stack of stacks) this.#cursor[stack] = this.#nextOf(stack, depth);
    }
    group.gone = [];
    group.added = [];
    const isAnchored = group.isAnchored || this.#frames[shared].isOwn;
    return { parent: group, depth: depth + 1, isAnchored, gone, added, isParted: false };
  }

  #partByFrame(group: SuffixGroup): readonly SuffixGroup[] {
    const parts: SuffixGroup[] = [];
    const frameOfPart: number[] = [];
    for (const kind of ['gone', 'added'] as const) {
      const staying: number[] = [];
      for (const stack of group[kind]) {
        const next = this.#nextOf(stack, group.depth);
        if (next < 0) {
          staying.push(stack);
          continue;
        }
        this.#cursor[stack] = next;
        const frame = this.#stacks.frame[next];
        if (this.#partOfFrame[frame] < 0) {
          const isAnchored = group.isAnchored || this.#frames[frame].isOwn;
          const depth = group.depth + 1;
          this.#partOfFrame[frame] = parts.length;
          frameOfPart.push(frame);
          parts.push({ parent: group, depth, isAnchored, gone: [], added: [], isParted: false });
        }
        parts[this.#partOfFrame[frame]][kind].push(stack);
      }
      group[kind] = staying;
    }
    for (const frame of frameOfPart) this.#partOfFrame[frame] = -1;
    if (parts.length < 2) return parts;
    // Their order decides the order of what is left of them.
    const order = parts.map((_, index) => index);
    order.sort((one, other) => compareHashes(this.#ofFrame, frameOfPart[one], frameOfPart[other]));
    return order.map((index) => parts[index]);
  }

  /** The stack that ends in the frame after the `depth` that were read, or -1. */
  #nextOf(stack: number, depth: number): number {
    return depth === 0 ? stack : this.#stacks.prefix[this.#cursor[stack]];
  }
}

/** The shorter list is copied into the longer, so that no stack is copied more than log₂(stacks) times. */
function joined(one: number[], other: number[]): number[] {
  const [longer, shorter] = one.length < other.length ? [other, one] : [one, other];
  for (const stack of shorter) longer.push(stack);
  return longer;
}
