import { TraceFormatError } from '../errors.ts';
import { GrowingInt32 } from './columns.ts';
import { forEachMetric, type MetricId } from './metric.ts';
import type { FrameIndex, FrameTable, Profile, ProfileFacts, StackIndex, StringIndex } from './profile.ts';
import { StackRows } from './stack-rows.ts';
import { sumCosts } from './totals.ts';

/** Where a frame is; what is unknown is '' or 0. */
export interface FrameLocation {
  readonly function: StringIndex;
  readonly file: StringIndex;
  readonly line: number;
  readonly module: StringIndex;
}

/**
 * Rows of each table of a profile. A Map holds 2^24 entries, and two profiles that are laid over each other go into one.
 */
const MAX_ROWS = 2 ** 23;

/**
 * The only way to make a Profile from a trace: interns strings and frames, and keeps the rule that callers come first.
 * @throws TraceFormatError from any method for a trace of more than 8 million rows
 */
export class ProfileBuilder {
  readonly #strings: string[] = [''];
  readonly #stringIndex = new Map<string, StringIndex>([['', 0]]);
  readonly #function = new GrowingInt32();
  readonly #file = new GrowingInt32();
  readonly #line = new GrowingInt32();
  readonly #module = new GrowingInt32();
  readonly #frameIndex = new Map<string, FrameIndex>();
  readonly #stacks = new StackRows();
  #tracedStacks = 0;

  get stackCount(): number {
    return this.#stacks.length;
  }

  string(text: string): StringIndex {
    let index = this.#stringIndex.get(text);
    if (index === undefined) {
      checkRoom(this.#strings.length, 'strings');
      index = this.#strings.push(text) - 1;
      this.#stringIndex.set(text, index);
    }
    return index;
  }

  /** What `string` gave this index for. */
  textOf(index: StringIndex): string {
    return this.#strings[index];
  }

  frame({ function: name, file, line, module }: FrameLocation): FrameIndex {
    const key = `${name} ${file} ${line} ${module}`;
    let index = this.#frameIndex.get(key);
    if (index === undefined) {
      checkRoom(this.#function.length, 'frames');
      index = this.#function.push(name);
      this.#file.push(file);
      this.#line.push(line);
      this.#module.push(module);
      this.#frameIndex.set(key, index);
    }
    return index;
  }

  /** Adds a row even when the same frames are there already. */
  appendStack(prefix: StackIndex | -1, frame: FrameIndex): StackIndex {
    if (prefix >= this.#stacks.length) throw new RangeError(`stack ${prefix} is not there yet`);
    checkRoom(this.#stacks.length, 'stacks');
    return this.#stacks.append(prefix, frame);
  }

  /** The row with this prefix and frame, added when missing. */
  internStack(prefix: StackIndex | -1, frame: FrameIndex): StackIndex {
    if (prefix >= this.#stacks.length) throw new RangeError(`stack ${prefix} is not there yet`);
    const stack = this.#stacks.intern(prefix, frame);
    checkRoom(stack, 'stacks');
    return stack;
  }

  /**
   * As `internStack`, but every call counts as a row, even of stacks that are there: a few lines of a forged trace can
   * stand for a billion of them.
   */
  internTracedStack(prefix: StackIndex | -1, frame: FrameIndex): StackIndex {
    checkRoom(this.#tracedStacks++, 'stacks');
    return this.internStack(prefix, frame);
  }

  /**
   * @param costs a column for each metric that `facts.metrics` names, as long as `stackCount`; self costs
   * @throws TraceFormatError when a metric adds up to more than can be counted exactly
   */
  build(facts: ProfileFacts, costs: Partial<Readonly<Record<MetricId, Float64Array>>>): Profile {
    const stacks = this.#stacks.toTable();
    const frames: FrameTable = {
      length: this.#function.length,
      function: this.#function.toArray(),
      file: this.#file.toArray(),
      line: this.#line.toArray(),
      module: this.#module.toArray(),
    };
    const columns = forEachMetric((id) => costs[id] ?? new Float64Array(stacks.length));
    const totals = sumCosts(columns);
    for (const id of facts.metrics) {
      if (totals[id] > Number.MAX_SAFE_INTEGER) {
        throw new TraceFormatError(`the trace's ${id} add up to more than 2^53: it is damaged`, null);
      }
    }
    return { facts, strings: this.#strings, frames, stacks, costs: columns };
  }
}

function checkRoom(rows: number, table: string): void {
  if (rows >= MAX_ROWS) {
    throw new TraceFormatError(`the trace has more than ${MAX_ROWS} distinct ${table}`, null);
  }
}
