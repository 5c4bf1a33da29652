import { type FoldedStack, formatFolded } from '../profile/folded.ts';
import type { MetricId } from '../profile/metric.ts';
import type { ProfileDiff } from './profile-diff.ts';

export interface FoldedDiff {
  readonly base: string;
  readonly head: string;
  /** Two columns, base then head, as difffolded.pl writes them. */
  readonly diff: string;
}

/** One metric of a diff as folded text, with the full names under which stacks of both sides were matched. */
export function diffToFolded(diff: ProfileDiff, metric: MetricId): FoldedDiff {
  const both: FoldedStack[] = [];
  for (let stack = 0; stack < diff.stacks.length; stack++) {
    const costs = [diff.base[metric][stack], diff.head[metric][stack]];
    if (costs[0] + costs[1] > 0) both.push({ frames: framesOf(diff, stack), costs });
  }
  return {
    base: formatFolded(oneSide(both, 0)),
    head: formatFolded(oneSide(both, 1)),
    diff: formatFolded(both),
  };
}

function framesOf({ frames, stacks }: ProfileDiff, stack: number): string[] {
  const names: string[] = [];
  for (let at = stack; at >= 0; at = stacks.prefix[at]) names.push(frames[stacks.frame[at]].name);
  return names.reverse();
}

function oneSide(stacks: readonly FoldedStack[], column: number): FoldedStack[] {
  return stacks
    .filter(({ costs }) => costs[column] > 0)
    .map(({ frames, costs }) => ({ frames, costs: [costs[column]] }));
}
