import { FoldedTree } from '../profile/folded-text.ts';
import type { MetricId } from '../profile/metric.ts';
import type { ProfileDiff } from './profile-diff.ts';

/** Folded text, each in pieces that are made when they are asked for, once. */
export interface FoldedDiff {
  readonly base: Iterable<Uint8Array>;
  readonly head: Iterable<Uint8Array>;
  /** Two columns, base then head, as difffolded.pl writes them. */
  readonly diff: Iterable<Uint8Array>;
}

/** One metric of a diff as folded text, with the full names under which stacks of both sides were matched. */
export function diffToFolded(
  { frames, stacks, base, head }: Pick<ProfileDiff, 'frames' | 'stacks' | 'base' | 'head'>,
  metric: MetricId,
): FoldedDiff {
  const names = frames.map(({ name }) => name);
  const [before, after] = [base[metric], head[metric]];
  const tree = new FoldedTree(stacks.prefix, stacks.frame, names, [before, after]);
  return { base: tree.text([before]), head: tree.text([after]), diff: tree.text([before, after]) };
}
