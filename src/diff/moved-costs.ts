import { GrowingInt32 } from '../profile/columns.ts';
import { forEachMetric, METRIC_IDS } from '../profile/metric.ts';
import { PairIndex } from '../profile/pair-index.ts';
import type { CostColumns } from '../profile/profile.ts';
import type { DiffFrame } from './profile-diff.ts';

/*
 * Code that moved, not memory that changed: a stack that lost bytes and a stack that gained bytes belong together when
 * they are the same but for what an edit of the code does to them. Three rounds, the surest first:
 *
 *   renamed, extracted     base  main;load;string          frames whose function the other side does not have
 *   or inlined everywhere  head  main;load;fill;string     are passed over: what is left is equal
 *
 *   extracted into, or     base  main;load;string          one frame of the measured code more or less, though
 *   inlined at one place   head  main;load;copy;string     both sides have its function
 *
 *   called from elsewhere  base  main;parse;Parser;insert  the innermost frames are equal, one of them the
 *                          head  TABLES;Parser;insert      measured code's; the longest such suffix first
 *
 * All three take time proportional to the frames of the stacks that differ. Where several pairs would explain a change
 * equally well, the names decide and not the sides: with base and head in each other's place the same stacks pair.
 */

/** A pairing that shares only the leaf would join any two callers of `strdup`. */
const MIN_COMMON_FRAMES = 2;
/** Heaptrack records 64 frames and what is inlined in them; deeper stacks are recursion or made to hurt. */
const MAX_COMPARED_FRAMES = 256;

export interface StackColumns {
  readonly length: number;
  readonly prefix: Int32Array;
  readonly frame: Int32Array;
}

/** For each frame, whether stacks of that side pass through it. */
export interface FramePresence {
  readonly base: Uint8Array;
  readonly head: Uint8Array;
}

/**
 * The part of each stack's |base − head| that another stack took over or gave up, for each metric by itself.
 * @param base and `head`: self costs
 */
export function findMovedCosts(
  frames: readonly DiffFrame[],
  stacks: StackColumns,
  presence: FramePresence,
  base: CostColumns,
  head: CostColumns,
): CostColumns {
  // What does not depend on the metric is found once, for all stacks that differ in any.
  const unordered = findDiffering(base, head);
  let differing: readonly number[] | null = null;
  let hashes: ContentHashes | null = null;
  let common: CommonPaths | null = null;
  let similar: SimilarStacks | null = null;
  return forEachMetric((id) => {
    if (!hasBothKinds(base[id], head[id], unordered)) return new Float64Array(stacks.length);
    hashes ??= hashContents(frames, stacks);
    differing ??= sortByHash(unordered, hashes.ofStack);
    const leftovers = new Leftovers(base[id], head[id], differing);
    common ??= findCommonPaths(frames, stacks, presence, differing);
    pairByCommonFunctions(frames, stacks, common, leftovers);
    if (leftovers.hasBothKinds()) {
      similar ??= new SimilarStacks(frames, stacks, hashes, differing);
      pairByOneFrame(similar, leftovers);
    }
    if (leftovers.hasBothKinds()) pairBySuffix(frames, stacks, hashes, leftovers);
    return leftovers.moved;
  });
}

/** The stacks whose costs differ in any metric. */
function findDiffering(base: CostColumns, head: CostColumns): Int32Array {
  const isDiffering = new Uint8Array(base.allocated.length);
  let count = 0;
  for (const id of METRIC_IDS) {
    const [before, after] = [base[id], head[id]];
    for (let stack = 0; stack < before.length; stack++) {
      if (before[stack] === after[stack] || isDiffering[stack] === 1) continue;
      isDiffering[stack] = 1;
      count++;
    }
  }
  const differing = new Int32Array(count);
  for (let stack = 0, at = 0; at < count; stack++) if (isDiffering[stack] === 1) differing[at++] = stack;
  return differing;
}

/** Whether some stacks lost and others gained. */
function hasBothKinds(base: Float64Array, head: Float64Array, differing: Int32Array): boolean {
  let [hasGone, hasAdded] = [false, false];
  for (const stack of differing) {
    if (head[stack] < base[stack]) hasGone = true;
    else if (head[stack] > base[stack]) hasAdded = true;
    if (hasGone && hasAdded) return true;
  }
  return false;
}

/** What each stack has lost or gained and no other stack accounts for yet. */
class Leftovers {
  readonly moved: Float64Array;
  readonly #base: Float64Array;
  readonly #head: Float64Array;
  readonly #rest: Float64Array;
  readonly #differing: readonly number[];
  #gone: readonly number[];
  #added: readonly number[];

  /** @param differing in the order in which they are paired */
  constructor(base: Float64Array, head: Float64Array, differing: readonly number[]) {
    this.#differing = differing;
    this.moved = new Float64Array(base.length);
    this.#base = base;
    this.#head = head;
    this.#rest = new Float64Array(base.length);
    const gone: number[] = [];
    const added: number[] = [];
    for (const stack of differing) {
      if (head[stack] === base[stack]) continue;
      this.#rest[stack] = Math.abs(head[stack] - base[stack]);
      (head[stack] < base[stack] ? gone : added).push(stack);
    }
    this.#gone = gone;
    this.#added = added;
  }

  /** Stacks that lost; those that are accounted for are dropped. */
  gone(): readonly number[] {
    this.#gone = this.#gone.filter((stack) => this.#rest[stack] > 0);
    return this.#gone;
  }

  /** Stacks that gained. */
  added(): readonly number[] {
    this.#added = this.#added.filter((stack) => this.#rest[stack] > 0);
    return this.#added;
  }

  /** Both kinds together. */
  all(): readonly number[] {
    return this.#differing.filter((stack) => this.#rest[stack] > 0);
  }

  /** Whether one of them lost and the other gained. */
  areOfBothKinds(one: number, other: number): boolean {
    return this.#changeOf(one) * this.#changeOf(other) < 0;
  }

  #changeOf(stack: number): number {
    return Math.sign(this.#head[stack] - this.#base[stack]);
  }

  hasBothKinds(): boolean {
    return this.gone().length > 0 && this.added().length > 0;
  }

  move(one: number, other: number): void {
    const amount = Math.min(this.#rest[one], this.#rest[other]);
    for (const stack of [one, other]) {
      this.#rest[stack] -= amount;
      this.moved[stack] += amount;
    }
  }

  /** Consumes both lists from their ends, as much as the smaller side has. */
  moveAll(gone: number[] | undefined, added: number[] | undefined): void {
    while (gone?.length && added?.length) {
      const from = gone[gone.length - 1];
      const to = added[added.length - 1];
      this.move(from, to);
      if (this.#rest[from] === 0) gone.pop();
      if (this.#rest[to] === 0) added.pop();
    }
  }
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
interface CommonPaths {
  /** Of each frame. */
  readonly isCommon: readonly boolean[];
  readonly paths: Paths;
  /** Of each stack that was asked for, and of its callers. */
  readonly pathTo: Int32Array;
}

function findCommonPaths(
  frames: readonly DiffFrame[],
  { prefix, frame }: StackColumns,
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
function pairByCommonFunctions(
  frames: readonly DiffFrame[],
  { frame }: StackColumns,
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

/**
 * Pairs stacks of which one has a frame of the measured code more than the other. Each stack is looked up among those of
 * the other kind as what it would be without one of its frames, for each of them in turn. It is known by a hash; what a
 * hash finds is compared.
 */
function pairByOneFrame(similar: SimilarStacks, leftovers: Leftovers): void {
  for (const longer of leftovers.all()) {
    for (const shorter of similar.withoutOneFrame(longer)) {
      if (leftovers.areOfBothKinds(longer, shorter)) leftovers.move(longer, shorter);
    }
  }
}

/** Odd, as all numbers of a hash modulo 2^32 must be to lose nothing. Two hashes make 64 bits. */
const HASH_BASES = [0x9e3779b1, 0x85ebca6b] as const;

/** 64 bits, in two columns. */
interface Hashes {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** Hashes of what frames and stacks are, whatever their index: the same where base and head change places. */
interface ContentHashes {
  readonly ofFrame: Hashes;
  /** Of the callers' hash × base + the frame's, so that a hash of a part can be told from those of others. */
  readonly ofStack: Hashes;
}

function hashContents(frames: readonly DiffFrame[], { length, prefix, frame }: StackColumns): ContentHashes {
  const ofFrame = { first: new Int32Array(frames.length), second: new Int32Array(frames.length) };
  for (let index = 0; index < frames.length; index++) {
    const { name, module } = frames[index];
    const text = `${module}\n${name}`;
    let [first, second]: readonly number[] = HASH_BASES;
    for (let at = 0; at < text.length; at++) {
      first = Math.imul(first ^ text.charCodeAt(at), HASH_BASES[1]);
      second = Math.imul(second ^ text.charCodeAt(at), HASH_BASES[0]);
    }
    ofFrame.first[index] = first;
    ofFrame.second[index] = second;
  }
  const ofStack = { first: new Int32Array(length), second: new Int32Array(length) };
  for (let stack = 0; stack < length; stack++) {
    const callers = prefix[stack];
    const { first, second } = ofStack;
    first[stack] = Math.imul(callers < 0 ? 1 : first[callers], HASH_BASES[0]) + ofFrame.first[frame[stack]];
    second[stack] =
      Math.imul(callers < 0 ? 1 : second[callers], HASH_BASES[1]) + ofFrame.second[frame[stack]];
  }
  return { ofFrame, ofStack };
}

function compareHashes({ first, second }: Hashes, one: number, other: number): number {
  return first[one] - first[other] || second[one] - second[other];
}

/** Sixteen bits at a time from the lowest on, which is several times as fast as to compare. */
function sortByHash(stacks: Int32Array, { first, second }: Hashes): readonly number[] {
  let from: Int32Array = stacks;
  let to: Int32Array = new Int32Array(stacks.length);
  for (const hash of [second, first]) {
    for (const shift of [0, 16]) {
      const start = new Int32Array(65_537);
      for (const stack of from) start[((hash[stack] >>> shift) & 0xffff) + 1]++;
      for (let digit = 0; digit < 65_536; digit++) start[digit + 1] += start[digit];
      for (const stack of from) to[start[(hash[stack] >>> shift) & 0xffff]++] = stack;
      [from, to] = [to, from === stacks ? new Int32Array(stacks.length) : from];
    }
  }
  return [...from];
}

const NONE: readonly number[] = [];

/** Finds, among some stacks, those that are like another but for one frame. */
class SimilarStacks {
  readonly #frames: readonly DiffFrame[];
  readonly #stacks: StackColumns;
  readonly #hashes: ContentHashes;
  readonly #known = new Map<number, readonly number[]>();
  readonly #first = new GrowingInt32();
  readonly #second = new GrowingInt32();
  readonly #index = new PairIndex(this.#first, this.#second);
  readonly #stack: number[] = [];
  readonly #way = new Int32Array(MAX_COMPARED_FRAMES);

  constructor(
    frames: readonly DiffFrame[],
    stacks: StackColumns,
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

/**
 * Pairs stacks that end in the same frames, one of them the measured code's, the longest such suffix first. Stacks are
 * parted by their frames from the leaf on, as long as there are both kinds of them; what is parted is paired before
 * what it was parted from.
 */
function pairBySuffix(
  frames: readonly DiffFrame[],
  { prefix, frame, length }: StackColumns,
  { ofFrame }: ContentHashes,
  leftovers: Leftovers,
): void {
  /** How far up each stack has been read. */
  const cursor = new Int32Array(length);
  /** Used while a group is parted. */
  const partOfFrame = new Int32Array(frames.length).fill(-1);
  const nextOf = (stack: number, depth: number) => (depth === 0 ? stack : prefix[cursor[stack]]);
  /** The frame that comes next in all stacks of a group, or -1: most groups need no parting for many frames. */
  const sharedNext = ({ gone, added, depth }: SuffixGroup): number => {
    const first = nextOf(gone[0], depth);
    if (first < 0) return -1;
    for (const stacks of [gone, added]) {
      for (const stack of stacks) {
        const next = nextOf(stack, depth);
        if (next < 0 || frame[next] !== frame[first]) return -1;
      }
    }
    return frame[first];
  };
  const part = (group: SuffixGroup): SuffixGroup[] => {
    const shared = sharedNext(group);
    if (shared >= 0) {
      const { gone, added, depth } = group;
      for (const stacks of [gone, added]) {
        for (const stack of stacks) cursor[stack] = nextOf(stack, depth);
      }
      group.gone = [];
      group.added = [];
      const isAnchored = group.isAnchored || frames[shared].isOwn;
      return [{ parent: group, depth: depth + 1, isAnchored, gone, added, isParted: false }];
    }
    const parts: SuffixGroup[] = [];
    const frameOfPart: number[] = [];
    for (const kind of ['gone', 'added'] as const) {
      const staying: number[] = [];
      for (const stack of group[kind]) {
        const next = nextOf(stack, group.depth);
        if (next < 0) {
          staying.push(stack);
          continue;
        }
        cursor[stack] = next;
        if (partOfFrame[frame[next]] < 0) {
          const isAnchored = group.isAnchored || frames[frame[next]].isOwn;
          const depth = group.depth + 1;
          partOfFrame[frame[next]] = parts.length;
          frameOfPart.push(frame[next]);
          parts.push({ parent: group, depth, isAnchored, gone: [], added: [], isParted: false });
        }
        parts[partOfFrame[frame[next]]][kind].push(stack);
      }
      group[kind] = staying;
    }
    for (const each of frameOfPart) partOfFrame[each] = -1;
    if (parts.length < 2) return parts;
    // Their order decides the order of what is left of them.
    const order = parts.map((_, index) => index);
    order.sort((one, other) => compareHashes(ofFrame, frameOfPart[one], frameOfPart[other]));
    return order.map((index) => parts[index]);
  };
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
      for (const smaller of part(group)) pending.push(smaller);
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

/** The shorter list is copied into the longer, so that no stack is copied more than log₂(stacks) times. */
function joined(one: number[], other: number[]): number[] {
  const [longer, shorter] = one.length < other.length ? [other, one] : [one, other];
  for (const stack of shorter) longer.push(stack);
  return longer;
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
