import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TraceFormatError } from '../../src/errors.ts';
import { HeaptrackReader } from '../../src/formats/heaptrack/heaptrack-reader.ts';
import { SeriesRecorder } from '../../src/formats/heaptrack/series-recorder.ts';
import { type HeapSeries, MAX_SERIES_POINTS, peakOf } from '../../src/profile/heap-facts.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { sumCosts } from '../../src/profile/totals.ts';

function read(text: string, chunkSize = text.length): Profile {
  const bytes = new TextEncoder().encode(text);
  const reader = new HeaptrackReader();
  for (let start = 0; start < bytes.length; start += chunkSize)
    reader.push(bytes.subarray(start, start + chunkSize));
  return reader.finish();
}

/** A trace with functions main (ip 1), parse (ip 2, called from main) and whatever `events` add. */
function trace(events: string, { trailer = '\n# strings: 4\n# ips: 2\n', format = ' 3' } = {}): string {
  const name = (text: string) => (format === ' 3' ? `s ${text.length.toString(16)} ${text}` : `s ${text}`);
  const table = [
    name('/bin/program'),
    name('main'),
    name('parse'),
    name('a.cpp'),
    'i 10 1 2 4 7',
    'i 20 1 3 4 c',
  ];
  return `v 10400${format}\nX ./program\nI 1000 100\n${table.join('\n')}\nt 1 0\nt 2 1\n${events}\n${trailer}`;
}

function stackNames({ strings, frames, stacks }: Profile): string[] {
  return Array.from({ length: stacks.length }, (_, stack) => {
    const names: string[] = [];
    for (let at = stack; at >= 0; at = stacks.prefix[at])
      names.unshift(strings[frames.function[stacks.frame[at]]]);
    return names.join(';');
  });
}

describe('HeaptrackReader', () => {
  it('counts all five metrics in one pass', () => {
    // 100 and 60 bytes live together are the peak. Freed at once are the 60 and one of the 8, and heaptrack counts
    // the 100 too: it takes number 0, freed after another free, for the allocation just made.
    const profile = read(trace('a 64 1\na 3c 2\na 8 2\n+ 0\n+ 1\n- 1\n- 0\n+ 2\n- 2\n+ 2'));
    expect(sumCosts(profile.costs)).toEqual({
      allocated: 176,
      allocations: 4,
      temporary: 3,
      peak: 160,
      leaked: 8,
    });
    expect(stackNames(profile)).toEqual(['main', 'main;parse']);
    expect([...profile.costs.peak]).toEqual([100, 60]);
  });

  it('takes the first of two equal maxima for the peak', () => {
    const profile = read(trace('a a 1\na a 2\n+ 0\n- 0\n+ 1'));
    expect([...profile.costs.peak]).toEqual([10, 0]);
  });

  it('puts inline frames in the order of their calls: outermost first', () => {
    const profile = read(
      `v 10400 3\ns 1 m\ns 5 inner\ns 5 outer\ns 1 f\ni 10 1 2 4 5 3 4 9\nt 1 0\na 1 1\n+ 0\n\n# strings: 4\n# ips: 1\n`,
    );
    expect(stackNames(profile)).toEqual(['outer', 'outer;inner']);
    expect([...profile.frames.line]).toEqual([9, 5]);
  });

  it('reads names of formats 1 and 2 to the end of the line', () => {
    const profile = read(trace('a 1 2\n+ 0', { format: ' 2' }));
    expect(stackNames(profile)).toEqual(['main', 'main;parse']);
  });

  it('leaves out of `leaked` what the C library keeps on purpose, as heaptrack does', () => {
    const profile = read(trace('a 5 2\n+ 0').replace('s 5 parse', 's e tzset_internal'));
    expect(sumCosts(profile.costs)).toMatchObject({ leaked: 0, allocated: 5, peak: 5 });
  });

  it('does not look for such names in calls of operator new, which heaptrack cuts off', () => {
    const lines = ['s 4 main', 's 1b operator new(unsigned long)', 's 12 /g_thread_self.cpp'];
    const events = ['i 10 0 1', 'i 20 0 2 3 7', 't 1 0', 't 2 1', 't 1 2', 'a 5 2', 'a 7 3', '+ 0', '+ 1'];
    const text = `v 10400 3\n${[...lines, ...events].join('\n')}\n\n# strings: 3\n# ips: 2\n`;
    expect(sumCosts(read(text).costs).leaked).toBe(12);
  });

  it('keeps a byte order mark that begins a name', () => {
    const profile = read(trace('a 5 2\n+ 0').replace('s 5 parse', 's 8 \ufeffparse'));
    expect(profile.strings).toContain('\ufeffparse');
  });

  it('gives what heaptrack could not unwind a stack without a name', () => {
    expect(stackNames(read(trace('a 5 0\n+ 0')))).toEqual(['main', 'main;parse', '']);
  });

  it('reads the same from chunks of any size', () => {
    const text = trace('a 64 1\na 3c 2\n+ 0\n+ 1\n- 1');
    for (const size of [1, 2, 3, 7, 64]) expect(read(text, size)).toEqual(read(text));
  });

  it.each([
    ['a raw trace', 'v 10400 3\nx 4 /bin\n', /raw trace: run it through heaptrack_interpret/],
    ['a newer format', 'v 20000 4\n', /file format 4 is newer/],
    ['a trace without an end', trace('a 1 1\n+ 0', { trailer: '' }), /cut off/],
    ['a trace cut within a line', trace('a 1 1\n+ 0').slice(0, -3), /cut off in the middle of a line/],
    [
      'an interpreter that gave up',
      trace('a 1 1\n+ 0', { trailer: '# strings: 4\n# ips: 2\n' }).replace('\n\n', '\n'),
      /cut off/,
    ],
    ['an unknown allocation', trace('a 1 1\n+ 1'), /allocation info 1 is not defined/],
    ['an unknown trace', trace('a 1 9\n+ 0'), /trace 9 is not defined/],
    [
      'a number that is none',
      trace('a 1 1\n+ zz'),
      /hexadecimal number was expected, not "z" \(at byte 1\d\d /,
    ],
    ['a number of 20 digits', trace('a ffffffffffffffffffff 1\n+ 0'), /more than 53 bits/],
    ['two command lines', trace('X ./b\na 1 1\n+ 0'), /newline/],
    ['a program that never allocated', trace(''), /holds no allocation/],
  ])('refuses %s and says where', (_name, text, message) => {
    expect(() => read(text)).toThrow(TraceFormatError);
    expect(() => read(text)).toThrow(message);
  });

  it('never answers garbage with anything but a typed error', () => {
    const line = fc.stringMatching(/^[vXIsita+\-cRA#xm] ?[0-9a-fg ]{0,12}$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string())), (lines) => {
        try {
          read(trace(lines.join('\n')));
        } catch (error) {
          expect(error).toBeInstanceOf(TraceFormatError);
        }
      }),
    );
  });
});

describe('the timeline', () => {
  const timelineOf = (events: string) => read(trace(`a 64 1\na 3c 2\na 8 2\n${events}`)).facts.timeline;
  const points = ({ at, live }: HeapSeries) => Array.from(at, (place, point) => [place, live[point]]);

  it('has what was live after each allocation and free', () => {
    const timeline = timelineOf('+ 0\n+ 1\n- 0\n- 1\n+ 2');
    expect(timeline && points(timeline.byEvents)).toEqual([
      [1, 100],
      [2, 160],
      [3, 60],
      [4, 0],
      [5, 8],
    ]);
    expect(timeline?.byTime.at).toHaveLength(0);
  });

  it('has the most that was live until each tick, what came before it included', () => {
    const timeline = timelineOf('c a\n+ 0\n+ 1\n- 0\nc 14\nc 1e\n- 1\nc 28\n+ 2');
    expect(timeline && points(timeline.byTime)).toEqual([
      [10, 0],
      [20, 160],
      [30, 60],
      [40, 0],
      // After the last tick.
      [41, 8],
    ]);
  });

  it('passes over a clock that goes backward, and loses nothing', () => {
    const timeline = timelineOf('c 14\n+ 0\nc a\n- 0\nc 1e');
    expect(timeline && points(timeline.byTime)).toEqual([
      [20, 0],
      [30, 100],
    ]);
  });

  it('begins anew where heaptrack was attached', () => {
    const timeline = timelineOf('+ 0\nc a\n+ 1\nA\n+ 2\n- 2\nc 14');
    expect(timeline && points(timeline.byEvents)).toEqual([
      [1, 8],
      [2, 0],
    ]);
    expect(timeline && points(timeline.byTime)).toEqual([[20, 8]]);
  });

  it('keeps its size and its peak however long the trace is', () => {
    const pairs = Array.from({ length: 30_000 }, (_, i) =>
      i === 23_456 ? '+ 0\n+ 1\n- 1\n- 0' : '+ 2\n- 2',
    );
    const timeline = timelineOf(pairs.join('\n'));
    expect(timeline?.byEvents.at.length).toBeLessThanOrEqual(MAX_SERIES_POINTS);
    expect(timeline?.byEvents.at.at(-1)).toBe(60_002);
    const peak = timeline && peakOf(timeline.byEvents);
    expect(peak?.live).toBe(160);
    expect(Math.abs((peak?.at ?? 0) - 46_914)).toBeLessThan(100);
  });

  it('is the program’s alone: the pool of the profiler’s own library is left out, of the sizes too', () => {
    const modules = ['/lib/ld-linux-x86-64.so.2', '/lib/libstdc++.so.6', '/bin/p'];
    const names = modules.map((module) => `s ${module.length.toString(16)} ${module}`);
    const stacks = 'i 10 1\ni 20 2\ni 30 3\nt 1 0\nt 2 1\nt 3 0\nt 2 3';
    const events = 'a 11c00 2\na 8 3\na 400 4\n+ 0\n+ 1\n+ 2\n- 0';
    const text = `v 10400 3\n${names.join('\n')}\n${stacks}\n${events}\n\n# strings: 3\n# ips: 3\n`;
    const { costs, facts } = read(text);
    expect(sumCosts(costs).allocated).toBe(72_704 + 8 + 1024);
    expect(facts.timeline && [...facts.timeline.byEvents.live]).toEqual([0, 8, 1032, 1032]);
    expect(facts.sizes && [...facts.sizes.calls]).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0]);
    expect(facts.sizes && [...facts.sizes.bytes]).toEqual([8, 0, 0, 0, 0, 0, 0, 1024, 0]);
  });
});

describe('SeriesRecorder', () => {
  const steps = fc.array(fc.tuple(fc.nat({ max: 50 }), fc.nat()), {
    minLength: 1,
    maxLength: 5000,
    size: 'max',
  });

  it('keeps order, end and maximum in bounded room', () => {
    fc.assert(
      fc.property(steps, (pairs) => {
        const recorder = new SeriesRecorder();
        let at = 0;
        for (const [step, live] of pairs) {
          at += step;
          recorder.add(at, live);
        }
        const series = recorder.finish();
        expect(series.at.length).toBeLessThanOrEqual(MAX_SERIES_POINTS);
        expect(series.at.at(-1)).toBe(at);
        for (let i = 1; i < series.at.length; i++) expect(series.at[i]).toBeGreaterThan(series.at[i - 1]);
        expect(Math.max(...series.live)).toBe(Math.max(...pairs.map(([, live]) => live)));
      }),
      { numRuns: 30 },
    );
  });

  it('takes the largest place that there is', () => {
    const recorder = new SeriesRecorder();
    for (let i = 0; i < 2 * MAX_SERIES_POINTS; i++) recorder.add(i, i);
    recorder.add(Number.MAX_SAFE_INTEGER, 5);
    expect(recorder.finish().at.at(-1)).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('threads', () => {
  const libc = (stack: string) =>
    `v 10400 3\ns 9 /bin/prog\ns 9 /lib/libc.so.6\n`.replace('s 9 /lib/libc.so.6', 's e /lib/libc.so.6') +
    `i 10 1\ni 20 2\n${stack}a 8 ${(stack.match(/^t /gm)?.length ?? 0).toString(16)}\n+ 0\n\n# strings: 2\n# ips: 2\n`;

  it('are seen by stacks that begin in the C library', () => {
    expect(read(libc('t 2 0\nt 1 1\n')).facts.isThreaded).toBe(true);
    expect(read(libc('t 1 0\nt 2 1\nt 1 2\n')).facts.isThreaded).toBe(false);
  });

  it('are not seen where a deep stack of the main thread was cut off in the C library', () => {
    const deep = Array.from({ length: 62 }, (_, at) => `t ${at === 0 ? 2 : 1} ${at.toString(16)}\n`).join('');
    expect(read(libc(deep)).facts.isThreaded).toBe(false);
  });

  it('are seen by a stack that ends where an equal one goes on', () => {
    // 60 frames more are a stack that may have been cut off.
    const deeper = Array.from({ length: 60 }, (_, at) => `t 1 ${(at + 3).toString(16)}\n`).join('');
    expect(read(libc(`t 1 0\nt 2 0\nt 2 0\n${deeper}`)).facts.isThreaded).toBe(true);
    expect(read(libc(`t 1 0\nt 1 0\nt 2 0\n${deeper}`)).facts.isThreaded).toBe(false);
  });

  it('have stacks of their own only where frames differ', () => {
    const { stacks, costs } = read(libc('t 1 0\nt 1 0\n'));
    expect(stacks.length).toBe(1);
    expect([...costs.allocated]).toEqual([8]);
  });

  it('do not hide which file is the executable, even when it is stripped', () => {
    expect(read(libc('t 1 0\n')).facts.executable).toBe('/bin/prog');
  });
});
