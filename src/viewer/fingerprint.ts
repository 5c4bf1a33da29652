import type { DiffFrame } from '../diff/profile-diff.ts';
import { type FrameTree, OUTSIDE, OUTSIDE_NAME } from '../flamegraph/frame-tree.ts';
import { sha256 } from './sha256.ts';

/*
 * What a link calls a node: the first ten hex digits of a SHA-256 over the names on the way to it, the same in every
 * run that has the path. Each step hashes the digest of the caller's path together with that of the frame's name.
 */

/** Two halves of 20 bytes make one block of SHA-256. */
const PART = 20;

export class Fingerprints {
  readonly #tree: FrameTree;
  readonly #frames: readonly DiffFrame[];
  readonly #digestOfFrame = new Map<number, Uint8Array>();

  constructor(frames: readonly DiffFrame[], tree: FrameTree) {
    this.#frames = frames;
    this.#tree = tree;
  }

  of(node: number): string {
    const path: number[] = [];
    for (let at = node; at > 0; at = this.#tree.parent[at]) path.push(at);
    let digest: Uint8Array = new Uint8Array(PART);
    for (const at of path.reverse()) digest = this.#step(digest, at);
    return toText(digest);
  }

  /** Of a function alone, wherever it is called. */
  ofFrame(frame: number): string {
    return toText(this.#digestOf(frame));
  }

  /** The node with this fingerprint, or -1. Goes over the whole tree. */
  find(fingerprint: string): number {
    const digests: Uint8Array[] = [new Uint8Array(PART)];
    for (let node = 1; node < this.#tree.length; node++) {
      digests[node] = this.#step(digests[this.#tree.parent[node]], node);
      if (toText(digests[node]) === fingerprint) return node;
    }
    return -1;
  }

  #step(parent: Uint8Array, node: number): Uint8Array {
    const both = new Uint8Array(2 * PART);
    both.set(parent.subarray(0, PART));
    both.set(this.#digestOf(this.#tree.frame[node]), PART);
    return sha256(both);
  }

  #digestOf(frame: number): Uint8Array {
    let digest = this.#digestOfFrame.get(frame);
    if (digest === undefined) {
      const name = frame === OUTSIDE ? OUTSIDE_NAME : (this.#frames[frame]?.name ?? '');
      digest = sha256(new TextEncoder().encode(name)).subarray(0, PART);
      this.#digestOfFrame.set(frame, digest);
    }
    return digest;
  }
}

function toText(digest: Uint8Array): string {
  let text = '';
  for (let i = 0; i < 5; i++) text += digest[i].toString(16).padStart(2, '0');
  return text;
}
