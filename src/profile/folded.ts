import type { MetricId } from './metric.ts';
import { type Profile, UNKNOWN_FACTS } from './profile.ts';
import { ProfileBuilder } from './profile-builder.ts';

/*
 * Folded text, the field's common tongue: a stack on each line, root first, frames parted by ';', then a space and
 * the self cost: `main;parse;operator new 4096`. (https://github.com/brendangregg/FlameGraph, "stackcollapse")
 */

/** What was wrong with a line of folded text. */
export interface FoldedProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

/**
 * Reads folded text of one metric, line by line. Empty lines and lines that start with '#' are passed over; equal
 * stacks add up.
 */
export class FoldedReader {
  readonly #builder = new ProfileBuilder();
  readonly #costOf = new Map<number, number>();
  readonly #onProblem: (problem: FoldedProblem) => never;
  #line = 0;

  /** @param onProblem is told of a line that is not `frame;frame… count`; throw there to stop */
  constructor(onProblem: (problem: FoldedProblem) => never) {
    this.#onProblem = onProblem;
  }

  /** @param line without its newline */
  readLine(line: string): void {
    this.#line++;
    const content = line.trimEnd();
    if (content === '' || content.startsWith('#')) return;
    const space = content.lastIndexOf(' ');
    const cost = Number(content.slice(space + 1));
    const isCount = /^\d+$/.test(content.slice(space + 1)) && Number.isSafeInteger(cost);
    let stack = -1;
    for (const name of isCount && space > 0 ? content.slice(0, space).split(';') : []) {
      if (name !== '') stack = this.#intern(stack, name);
    }
    if (stack < 0) this.#onProblem({ line: this.#line, text: content.slice(0, 120) });
    this.#costOf.set(stack, (this.#costOf.get(stack) ?? 0) + cost);
  }

  /** @throws TraceFormatError when the costs add up to more than 2^53 */
  finish(metric: MetricId): Profile {
    const column = new Float64Array(this.#builder.stackCount);
    for (const [stack, cost] of this.#costOf) column[stack] = cost;
    return this.#builder.build({ ...UNKNOWN_FACTS, metrics: [metric] }, { [metric]: column });
  }

  #intern(prefix: number, name: string): number {
    const builder = this.#builder;
    const frame = builder.frame({ function: builder.string(name), file: 0, line: 0, module: 0 });
    return builder.internStack(prefix, frame);
  }
}
