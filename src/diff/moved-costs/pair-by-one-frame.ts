import { GrowingInt32 } from '../../profile/columns.ts';
import { PairIndex } from '../../profile/pair-index.ts';
import type { DiffFrame, DiffStackTable } from '../profile-diff.ts';
import { MAX_COMPARED_FRAMES } from './compared-frames.ts';
import { type ContentHashes, HASH_BASES } from './content-hashes.ts';
import type { Leftovers } from './leftovers.ts';

/**
 * Pairs stacks of which one has a frame of the measured code more than the other. Each stack is looked up among those of
 * the other kind as what it would be without one of its frames, for each of them in turn. It is known by a hash; what a
 * hash finds is compared.
 */
export function pairByOneFrame(similar: SimilarStacks, leftovers: Leftovers): void {
  for (const longer of leftovers.all()) {
    for (const shorter of similar.withoutOneFrame(longer)) {
      if (leftovers.areOfBothKinds(longer, shorter)) leftovers.move(longer, shorter);
    }
  }
}

const NONE: readonly number[] = [];

/** Finds, among some stacks, those that are like another but for one frame. */
export class SimilarStacks {
  readonly #frames: readonly DiffFrame[];
  readonly #stacks: DiffStackTable;
  readonly #hashes: ContentHashes;
  readonly #known = new Map<number, readonly number[]>();
  readonly #first = new GrowingInt32();
  readonly #second = new GrowingInt32();
  readonly #index = new PairIndex(this.#first, this.#second);
  readonly #stack: number[] = [];
  readonly #way = new Int32Array(MAX_COMPARED_FRAMES);

  constructor(
    frames: readonly DiffFrame[],
    stacks: DiffStackTable,
    hashes: ContentHashes,
    members: readonly number[],
  ) {
    this.#frames = frames;
    this.#stacks = stacks;
    this.#hashes = hashes;
    const { first, second } = hashes.ofStack;
    for (const stack of members) {
      // A root is nothing without its frame; a stack that is too deep is not compared.
      if (stacks.prefix[stack] < 0 || this.#depthOf(stack) < 0) continue;
      this.#stack[this.#index.intern(first[stack], second[stack])] = stack;
    }
  }

  /** The members that are this stack without one frame of the measured code: without the innermost first. */
  withoutOneFrame(stack: number): readonly number[] {
    let found = this.#known.get(stack);
    if (found === undefined) {
      found = this.#findWithoutOneFrame(stack);
      this.#known.set(stack, found);
    }
    return found;
  }

  #findWithoutOneFrame(stack: number): readonly number[] {
    const found: number[] = [];
    const frames = this.#frames;
    const { prefix, frame } = this.#stacks;
    const { ofStack, ofFrame } = this.#hashes;
    const depth = this.#depthOf(stack);
    // Hashes of the frames that follow the one left out, and the powers of their number.
    let [suffixFirst, suffixSecond, powerFirst, powerSecond] = [0, 0, 1, 1];
    for (let index = 0; index < depth; index++) {
      const at = this.#way[index];
      const callers = prefix[at];
      if (callers >= 0 && frames[frame[at]].isOwn) {
        const row = this.#index.find(
          (Math.imul(ofStack.first[callers], powerFirst) + suffixFirst) | 0,
          (Math.imul(ofStack.second[callers], powerSecond) + suffixSecond) | 0,
        );
        if (row >= 0 && this.#isWithout(stack, at, this.#stack[row])) found.push(this.#stack[row]);
      }
      suffixFirst = (suffixFirst + Math.imul(ofFrame.first[frame[at]], powerFirst)) | 0;
      suffixSecond = (suffixSecond + Math.imul(ofFrame.second[frame[at]], powerSecond)) | 0;
      powerFirst = Math.imul(powerFirst, HASH_BASES[0]);
      powerSecond = Math.imul(powerSecond, HASH_BASES[1]);
    }
    return found.length === 0 ? NONE : found;
  }

  /** Puts the way to the root into #way. Returns the number of frames; -1 where there are too many. */
  #depthOf(stack: number): number {
    let depth = 0;
    for (let at = stack; at >= 0; at = this.#stacks.prefix[at]) {
      if (depth === MAX_COMPARED_FRAMES) return -1;
      this.#way[depth++] = at;
    }
    return depth;
  }

  /** Whether `member` is `stack` without the frame in which the stack `left` ends. */
  #isWithout(stack: number, left: number, member: number): boolean {
    const { prefix, frame } = this.#stacks;
    let other = member;
    for (let at = stack; at !== left; at = prefix[at]) {
      if (other < 0 || frame[other] !== frame[at]) return false;
      other = prefix[other];
    }
    return other === prefix[left];
  }
}
