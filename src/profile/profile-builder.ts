import { GrowingInt32 } from './columns.ts';
import { forEachMetric, type MetricId } from './metric.ts';
import type {
  FrameIndex,
  FrameTable,
  Profile,
  ProfileFacts,
  StackIndex,
  StackTable,
  StringIndex,
} from './profile.ts';

/** Where a frame is; what is unknown is '' or 0. */
export interface FrameLocation {
  readonly function: StringIndex;
  readonly file: StringIndex;
  readonly line: number;
  readonly module: StringIndex;
}

/** The only way to make a Profile: interns strings and frames, and keeps the rule that callers come first. */
export class ProfileBuilder {
  readonly #strings: string[] = [''];
  readonly #stringIndex = new Map<string, StringIndex>([['', 0]]);
  readonly #function = new GrowingInt32();
  readonly #file = new GrowingInt32();
  readonly #line = new GrowingInt32();
  readonly #module = new GrowingInt32();
  readonly #frameIndex = new Map<string, FrameIndex>();
  readonly #prefix = new GrowingInt32();
  readonly #frame = new GrowingInt32();
  readonly #stackIndex = new Map<number, StackIndex>();

  get stackCount(): number {
    return this.#prefix.length;
  }

  string(text: string): StringIndex {
    let index = this.#stringIndex.get(text);
    if (index === undefined) {
      index = this.#strings.push(text) - 1;
      this.#stringIndex.set(text, index);
    }
    return index;
  }

  frame({ function: name, file, line, module }: FrameLocation): FrameIndex {
    const key = `${name} ${file} ${line} ${module}`;
    let index = this.#frameIndex.get(key);
    if (index === undefined) {
      index = this.#function.push(name);
      this.#file.push(file);
      this.#line.push(line);
      this.#module.push(module);
      this.#frameIndex.set(key, index);
    }
    return index;
  }

  /** Adds a row even when the same frames are there already, as heaptrack does for two call sites of one line. */
  appendStack(prefix: StackIndex | -1, frame: FrameIndex): StackIndex {
    if (prefix >= this.#prefix.length) throw new RangeError(`stack ${prefix} is not there yet`);
    this.#prefix.push(prefix);
    return this.#frame.push(frame);
  }

  /** The row with this prefix and frame, added when missing. */
  internStack(prefix: StackIndex | -1, frame: FrameIndex): StackIndex {
    const key = (prefix + 1) * 2 ** 26 + frame;
    let index = this.#stackIndex.get(key);
    if (index === undefined) {
      index = this.appendStack(prefix, frame);
      this.#stackIndex.set(key, index);
    }
    return index;
  }

  /** @param costs a column for each metric that `facts.metrics` names, as long as `stackCount`; self costs. */
  build(facts: ProfileFacts, costs: Partial<Readonly<Record<MetricId, Float64Array>>>): Profile {
    const stacks: StackTable = {
      length: this.#prefix.length,
      prefix: this.#prefix.toArray(),
      frame: this.#frame.toArray(),
    };
    const frames: FrameTable = {
      length: this.#function.length,
      function: this.#function.toArray(),
      file: this.#file.toArray(),
      line: this.#line.toArray(),
      module: this.#module.toArray(),
    };
    return {
      facts,
      strings: this.#strings,
      frames,
      stacks,
      costs: forEachMetric((id) => costs[id] ?? new Float64Array(stacks.length)),
    };
  }
}
