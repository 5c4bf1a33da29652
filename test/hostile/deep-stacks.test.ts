import { describe, expect, it } from 'vitest';
import { diffTraces } from '../../src/commands/diff-traces.ts';
import { MeasurementError } from '../../src/errors.ts';
import { HeaptrackReader } from '../../src/formats/heaptrack/heaptrack-reader.ts';
import { readTrace } from '../../src/formats/index.ts';
import { encodeMeasurement } from '../../src/measurement/codec.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { sumCosts } from '../../src/profile/totals.ts';
import { renderReport } from '../../src/render/render-report.ts';
import { parseLimits } from '../../src/settings/limits.ts';
import { Problems } from '../../src/settings/problems.ts';
import { createFunctionNamer } from '../../src/symbols/normalise-function.ts';
import { EXAMPLE } from '../measurement/example-measurement.ts';
import { limitProcessorTime } from '../processor-time.ts';

limitProcessorTime(240);

/*
 * heaptrack unwinds 64 frames; a crafted file may claim any number. These would overflow the stack of anything
 * recursive, or of a call with an argument for each frame, and take hours in anything quadratic.
 */

/** Writes a trace of `main` and what `add` puts below it. */
class CraftedTrace {
  readonly #lines = ['v 10400 3', 'X ./program'];
  readonly #leaves: number[] = [];
  #strings = 0;
  #ips = 0;
  #traces = 0;
  readonly main: number;

  constructor() {
    this.string('/program');
    this.main = this.call(this.function('main'), this.call(this.function('_start'), 0));
  }

  string(text: string): number {
    this.#lines.push(`s ${text.length.toString(16)} ${text}`);
    return ++this.#strings;
  }

  function(name: string): number {
    this.#lines.push(`i ${(16 + this.#ips).toString(16)} 1 ${this.string(name).toString(16)}`);
    return ++this.#ips;
  }

  call(ip: number, caller: number): number {
    this.#lines.push(`t ${ip.toString(16)} ${caller.toString(16)}`);
    return ++this.#traces;
  }

  allocates(trace: number): void {
    this.#leaves.push(trace);
  }

  /** @param size of each allocation, by its number */
  read(size: (index: number) => number): Profile {
    const infos = this.#leaves.map((trace, index) => `a ${size(index).toString(16)} ${trace.toString(16)}`);
    const events = this.#leaves.map((_, index) => `+ ${index.toString(16)}`);
    const trailer = ['', `# strings: ${this.#strings}`, `# ips: ${this.#ips}`, ''];
    const reader = new HeaptrackReader();
    reader.push(Buffer.from([...this.#lines, ...infos, ...events, ...trailer].join('\n')));
    return reader.finish();
  }
}

const judgement = {
  metric: 'allocated',
  limits: parseLimits({ failOn: '', budget: '', ignoreBelow: '0' }, new Problems((name) => name)),
} as const;

/** Compares the trace with one whose every allocation is smaller, its own unless told otherwise, and renders all there is. */
async function expectWholeWay(trace: CraftedTrace, baseTrace = trace): Promise<void> {
  const base = baseTrace.read(() => 16);
  const head = trace.read((index) => 17 + (index % 7));
  const { report, sources } = diffTraces(
    { label: 'base', profile: base },
    { label: 'head', profile: head },
    judgement,
    createFunctionNamer((mangled) => mangled),
  );
  const diff = sources.get('default')?.diff;
  expect(diff && sumCosts(diff.head).allocated).toBe(sumCosts(head.costs).allocated);
  expect(diff && sumCosts(diff.base).allocated).toBe(sumCosts(base.costs).allocated);
  const rendered = await renderReport(report, { links: { report: null }, commentName: 'default' });
  expect(rendered.commentMarkdown.length).toBeLessThan(65_536);
  expect(rendered.svg).toContain('</svg>');
}

const DEPTH = 200_000;

describe('C10, T14: a stack of 200,000 frames', () => {
  it.each([
    ['of a few functions that call each other', 3],
    ['of as many functions', DEPTH],
  ])('%s goes all the way', async (_name, functions) => {
    const trace = new CraftedTrace();
    const ips = Array.from({ length: functions }, (_, index) => trace.function(`f${index}`));
    let top = trace.main;
    for (let depth = 0; depth < DEPTH; depth++) top = trace.call(ips[depth % functions], top);
    trace.allocates(top);
    await expectWholeWay(trace);
  });

  it('that allocates in each of them goes all the way', async () => {
    const trace = new CraftedTrace();
    const ips = Array.from({ length: 20_000 }, (_, index) => trace.function(`f${index}`));
    let top = trace.main;
    for (let depth = 0; depth < DEPTH; depth++) {
      top = trace.call(ips[depth % ips.length], top);
      trace.allocates(top);
    }
    await expectWholeWay(trace);
  });

  it('is read from folded text', async () => {
    async function* text() {
      yield Buffer.from(`main${';f'.repeat(DEPTH)} 5\n`);
    }
    const profile = await readTrace(text(), { metric: 'allocated' });
    expect(profile.stacks.length).toBe(DEPTH + 1);
    expect(sumCosts(profile.costs).allocated).toBe(5);
  });

  it('does not travel: a measurement is refused where it is written', () => {
    const trace = new CraftedTrace();
    const ip = trace.function('f');
    let top = trace.main;
    for (let depth = 0; depth < DEPTH; depth++) top = trace.call(ip, top);
    trace.allocates(top);
    const outcome = {
      kind: 'measured',
      profile: trace.read(() => 1),
      ownPaths: null,
      runs: [],
      isThreaded: false,
    } as const;
    const encode = () => encodeMeasurement({ ...EXAMPLE, head: { ...EXAMPLE.head, outcome } });
    expect(encode).toThrow(MeasurementError);
    expect(encode).toThrow(/head\.profile\.stacks\[\d+\] has more than 10000 frames/);
  });
});

it('10,000 stacks of 30 frames go all the way', async () => {
  const trace = new CraftedTrace();
  const ips = Array.from({ length: 1000 }, (_, index) => trace.function(`f${index}`));
  let seed = 7;
  const random = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed >>> 8;
  };
  for (let stack = 0; stack < 10_000; stack++) {
    let top = trace.main;
    for (let depth = 0; depth < 30; depth++) top = trace.call(ips[random() % ips.length], top);
    trace.allocates(top);
  }
  await expectWholeWay(trace);
});

it('functions without a caller in common go all the way', async () => {
  const trace = new CraftedTrace();
  for (let index = 0; index < 30_000; index++) {
    trace.allocates(trace.call(trace.function(`f${index}`), trace.main));
  }
  await expectWholeWay(trace);
});

it('C10, T14: a million distinct functions go all the way', async () => {
  const trace = new CraftedTrace();
  for (let stack = 0; stack < 20_000; stack++) {
    let top = trace.main;
    for (let depth = 0; depth < 50; depth++) top = trace.call(trace.function(`f${stack}_${depth}`), top);
    trace.allocates(top);
  }
  const base = new CraftedTrace();
  base.allocates(base.call(base.function('f'), base.main));
  await expectWholeWay(trace, base);
});
