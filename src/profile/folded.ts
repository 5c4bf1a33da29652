import type { MetricId } from './metric.ts';
import type { Profile } from './profile.ts';
import { ProfileBuilder } from './profile-builder.ts';

/*
 * Folded text, the field's common tongue: a stack on each line, root first, frames parted by ';', then a space and
 * the self cost: `main;parse;operator new 4096`. (https://github.com/brendangregg/FlameGraph, "stackcollapse")
 */

/** A stack and its self cost on both sides, or on one. */
export interface FoldedStack {
  /** Root first. */
  readonly frames: readonly string[];
  readonly costs: readonly number[];
}

/** Writes stacks as folded text, sorted by bytes so that the same stacks give the same text. */
export function formatFolded(stacks: Iterable<FoldedStack>): string {
  const lines: string[] = [];
  for (const { frames, costs } of stacks)
    lines.push(`${frames.map(foldedFrame).join(';')} ${costs.join(' ')}`);
  lines.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** A name must not hold what parts frames or lines. */
function foldedFrame(name: string): string {
  return name === '' ? '??' : name.replaceAll(';', ':').replaceAll(/[\u0000-\u001f\u007f]+/g, ' ');
}

/** What was wrong with a line of folded text. */
export interface FoldedProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

/**
 * Reads folded text of one metric. Empty lines and lines that start with '#' are passed over; equal stacks add up.
 * @param onProblem is told of a line that is not `frame;frame… count`; throw there to stop.
 */
export function parseFolded(
  text: string,
  metric: MetricId,
  onProblem: (problem: FoldedProblem) => never,
): Profile {
  const builder = new ProfileBuilder();
  const costOf = new Map<number, number>();
  text.split('\n').forEach((line, index) => {
    const content = line.trimEnd();
    if (content === '' || content.startsWith('#')) return;
    const space = content.lastIndexOf(' ');
    const cost = Number(content.slice(space + 1));
    if (space < 1 || !/^\d+$/.test(content.slice(space + 1)) || !Number.isSafeInteger(cost)) {
      onProblem({ line: index + 1, text: content.slice(0, 120) });
    }
    let stack = -1;
    for (const name of content.slice(0, space).split(';')) {
      if (name === '') continue;
      const frame = builder.frame({ function: builder.string(name), file: 0, line: 0, module: 0 });
      stack = builder.internStack(stack, frame);
    }
    if (stack >= 0) costOf.set(stack, (costOf.get(stack) ?? 0) + cost);
  });
  const column = new Float64Array(builder.stackCount);
  for (const [stack, cost] of costOf) column[stack] = cost;
  return builder.build(
    { metrics: [metric], command: null, recordedBy: null, executable: null, events: 0, isThreaded: false },
    { [metric]: column },
  );
}
