import { FoldedTree } from '../profile/folded-text.ts';
import type { MetricId } from '../profile/metric.ts';
import type { ProfileDiff } from './profile-diff.ts';

/** Folded text, each in pieces, since it can be longer than a string; made when they are asked for, once. */
export interface FoldedDiff {
  readonly base: Iterable<Uint8Array>;
  readonly head: Iterable<Uint8Array>;
  /** Two columns, base then head, as difffolded.pl writes them. */
  readonly diff: Iterable<Uint8Array>;
}

/** What folded text is made of: plain data, which a thread can be given. */
export interface FoldedColumns {
  readonly prefix: Int32Array;
  readonly frame: Int32Array;
  /** Of the frames: the full names under which stacks of both sides were matched. */
  readonly names: readonly string[];
  /** Self costs. */
  readonly base: Float64Array;
  readonly head: Float64Array;
}

type FoldedSource = Pick<ProfileDiff, 'frames' | 'stacks' | 'base' | 'head'>;

/** What one metric's folded text is made of. */
export function foldedColumns({ frames, stacks, base, head }: FoldedSource, metric: MetricId): FoldedColumns {
  return {
    prefix: stacks.prefix,
    frame: stacks.frame,
    names: frames.map(({ name }) => name),
    base: base[metric],
    head: head[metric],
  };
}

/** The text itself, of both sides and of their difference. */
export function columnsToFolded({ prefix, frame, names, base, head }: FoldedColumns): FoldedDiff {
  const tree = new FoldedTree(prefix, frame, names, [base, head]);
  return { base: tree.text([base]), head: tree.text([head]), diff: tree.text([base, head]) };
}

/** One metric of a diff as folded text. */
export function diffToFolded(diff: FoldedSource, metric: MetricId): FoldedDiff {
  return columnsToFolded(foldedColumns(diff, metric));
}
