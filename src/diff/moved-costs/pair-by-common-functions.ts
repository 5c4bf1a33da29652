import { GrowingInt32 } from '../../profile/columns.ts';
import { PairIndex } from '../../profile/pair-index.ts';
import type { DiffFrame, DiffStackTable } from '../profile-diff.ts';
import { MIN_COMMON_FRAMES } from './compared-frames.ts';
import type { Leftovers } from './leftovers.ts';

/** For each frame, whether stacks of that side pass through it. */
export interface FramePresence {
  readonly base: Uint8Array;
  readonly head: Uint8Array;
}

/** Sequences of frames, told apart by a number; 0 is the empty one. */
class Paths {
  readonly #parent = new GrowingInt32();
  readonly #frame = new GrowingInt32();
  readonly #depth = new GrowingInt32();
  readonly #child = new PairIndex(this.#parent, this.#frame);

  constructor() {
    this.#parent.push(-1);
    this.#frame.push(-1);
    this.#depth.push(0);
  }

  depthOf(path: number): number {
    return this.#depth.values[path];
  }

  append(path: number, frame: number): number {
    const next = this.#child.intern(path, frame);
    if (next === this.#depth.length) this.#depth.push(this.#depth.values[path] + 1);
    return next;
  }
}

/** The stacks without the functions that only one side has. */
export interface CommonPaths {
  /** Of each frame. */
  readonly isCommon: readonly boolean[];
  readonly paths: Paths;
  /** Of each stack that was asked for, and of its callers. */
  readonly pathTo: Int32Array;
}

/** @param asked the stacks that will be paired */
export function findCommonPaths(
  frames: readonly DiffFrame[],
  { prefix, frame }: DiffStackTable,
  presence: FramePresence,
  asked: readonly number[],
): CommonPaths {
  const isCommon = frames.map((_, index) => presence.base[index] === 1 && presence.head[index] === 1);
  const isNeeded = new Uint8Array(prefix.length);
  for (const stack of asked) {
    for (let at = stack; at >= 0 && isNeeded[at] === 0; at = prefix[at]) isNeeded[at] = 1;
  }
  const paths = new Paths();
  const pathTo = new Int32Array(prefix.length);
  for (let stack = 0; stack < prefix.length; stack++) {
    if (isNeeded[stack] === 0) continue;
    const callers = prefix[stack] < 0 ? 0 : pathTo[prefix[stack]];
    pathTo[stack] = isCommon[frame[stack]] ? paths.append(callers, frame[stack]) : callers;
  }
  return { isCommon, paths, pathTo };
}

/**
 * Pairs stacks that are equal but for functions that only one side has. A library's function may be missing in the
 * middle, where a compiler inlined it, but not at the leaf: another container is another way to use memory.
 */
export function pairByCommonFunctions(
  frames: readonly DiffFrame[],
  { frame }: DiffStackTable,
  { isCommon, paths, pathTo }: CommonPaths,
  leftovers: Leftovers,
): void {
  const byPath = (candidates: readonly number[]) => {
    const comparable = candidates.filter((stack) => {
      const isLeafKnown = isCommon[frame[stack]] || frames[frame[stack]].isOwn;
      return isLeafKnown && paths.depthOf(pathTo[stack]) >= MIN_COMMON_FRAMES;
    });
    return groupBy(comparable, (stack) => pathTo[stack]);
  };
  const added = byPath(leftovers.added());
  for (const [path, gone] of byPath(leftovers.gone())) leftovers.moveAll(gone, added.get(path));
}

function groupBy(stacks: readonly number[], keyOf: (stack: number) => number): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const stack of stacks) {
    const key = keyOf(stack);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [stack]);
    else group.push(stack);
  }
  return groups;
}
