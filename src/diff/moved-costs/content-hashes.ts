import type { DiffFrame, DiffStackTable } from '../profile-diff.ts';

/** Odd, as all numbers of a hash modulo 2^32 must be to lose nothing. Two hashes make 64 bits. */
export const HASH_BASES = [0x9e3779b1, 0x85ebca6b] as const;

/** 64 bits, in two columns. */
export interface Hashes {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** Hashes of what frames and stacks are, whatever their index: the same where base and head change places. */
export interface ContentHashes {
  readonly ofFrame: Hashes;
  /** Of the callers' hash × base + the frame's, so that a hash of a part can be told from those of others. */
  readonly ofStack: Hashes;
}

/** Hashes all frames, by name and module, and all stacks. */
export function hashContents(
  frames: readonly DiffFrame[],
  { length, prefix, frame }: DiffStackTable,
): ContentHashes {
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

/** An order that does not depend on which side is base. */
export function compareHashes({ first, second }: Hashes, one: number, other: number): number {
  return first[one] - first[other] || second[one] - second[other];
}

/** The stacks in the order of their hashes. Sixteen bits at a time from the lowest on, which is several times as fast as to compare. */
export function sortByHash(stacks: Int32Array, { first, second }: Hashes): readonly number[] {
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
