import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METRIC_IDS } from '../../src/profile/metric.ts';
import { sumCosts } from '../../src/profile/totals.ts';
import { packReportData } from '../../src/render/html-data.ts';
import { buildReportData } from '../../src/viewer-data/build-report-data.ts';
import { NumberReader, NumberWriter } from '../../src/viewer-data/bytes.ts';
import { decodeReportData, encodeReportData } from '../../src/viewer-data/codec.ts';
import { mergeSmallStacks, SMALLER_FRAMES } from '../../src/viewer-data/merge-small-stacks.ts';
import type { BenchmarkData } from '../../src/viewer-data/report-data.ts';
import { diffOf, largeDiff, reportOf, STORY, STORY_LINES } from '../viewer/example-pages.ts';

const story = { name: 'parse', diff: diffOf(STORY.base, STORY.head), lines: STORY_LINES };
const large = largeDiff(3000);

function dataOf(
  source: { name: string; diff: typeof large; lines: typeof STORY_LINES | null },
  maximum = 1e6,
) {
  return buildReportData(reportOf([source]), new Map([[source.name, source]]), maximum);
}

describe('numbers as bytes', () => {
  it('come back, in any mixture with texts', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.maxSafeNat(), fc.maxSafeInteger(), fc.string())), (values) => {
        const writer = new NumberWriter();
        for (const value of values) {
          if (typeof value === 'string') writer.writeText(value);
          else writer.writeSigned(Math.trunc(value / 4));
        }
        const reader = new NumberReader(writer.toBytes());
        for (const value of values) {
          if (typeof value === 'string') expect(reader.readText()).toBe(value.toWellFormed());
          else expect(reader.readSigned()).toBe(Math.trunc(value / 4) + 0);
        }
      }),
    );
  });

  it('end with an error, not with made-up zeros', () => {
    expect(() => new NumberReader(new Uint8Array([0x80])).read()).toThrow('end too early');
  });
});

describe('the data of a page', () => {
  it('come back as they were', () => {
    const data = dataOf(story);
    expect(decodeReportData(encodeReportData(data))).toEqual(data);
  });

  it('come back with the names of a hostile program', () => {
    const data = dataOf(story);
    const [benchmark] = data.benchmarks as [BenchmarkData];
    const names = ['__proto__', 'constructor', '</script>', '\u202e', '\ud800', '\0'];
    const frames = benchmark.frames.map((frame, i) => ({ ...frame, name: names[i] ?? frame.name }));
    const hostile = { ...data, benchmarks: [{ ...benchmark, frames }] };
    expect(decodeReportData(encodeReportData(hostile))).toEqual(hostile);
  });

  it('hold base’s lines where the pull request put them, and say which it touches', () => {
    const [benchmark] = dataOf(story).benchmarks as [BenchmarkData];
    const lines = benchmark.lines.map(
      ({ path, line, side, isTouched }) => `${path}:${line} ${side} ${isTouched}`,
    );
    expect(lines).toContain('src/lib.rs:121 head false');
    expect(lines).toContain('src/text.rs:7 base true');
    expect(lines).toContain('src/text.rs:7 head true');
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('are base64 of gzip', () => {
    const packed = packReportData(reportOf([story]), new Map([['parse', story]]));
    expect(packed).toMatch(/^[A-Za-z0-9+/]+=*$/);
    const bytes = gunzipSync(Buffer.from(packed, 'base64'));
    expect(decodeReportData(bytes)).toEqual(dataOf(story));
  });
});

describe('mergeSmallStacks', () => {
  const [data] = dataOf({ name: 'large', diff: large, lines: null }).benchmarks as [BenchmarkData];

  it.each([2000, 500, 50])('keeps every sum of both sides when only %d stacks may stay', (maximum) => {
    const merged = mergeSmallStacks(data, maximum);
    expect(merged.stacks.length).toBeLessThanOrEqual(maximum);
    expect(sumCosts(merged.base)).toEqual(sumCosts(data.base));
    expect(sumCosts(merged.head)).toEqual(sumCosts(data.head));
    for (let stack = 0; stack < merged.stacks.length; stack++) {
      expect(merged.stacks.prefix[stack]).toBeLessThan(stack);
      for (const id of METRIC_IDS) {
        const change = Math.abs(merged.base[id][stack] - merged.head[id][stack]);
        expect(merged.moved[id][stack]).toBeLessThanOrEqual(change);
      }
    }
  });

  it('says how many frames each merged one stands for', () => {
    const merged = mergeSmallStacks(data, 500);
    const counts = merged.stacks.merged;
    const gone = data.stacks.length - merged.stacks.length;
    const rows = counts.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
    expect(counts.reduce((sum, value) => sum + value, 0)).toBe(gone + rows);
    for (let stack = 0; stack < counts.length; stack++) {
      expect(merged.frames[merged.stacks.frame[stack]].name === SMALLER_FRAMES).toBe(counts[stack] > 0);
    }
  });

  it('leaves alone what fits', () => {
    expect(mergeSmallStacks(data, data.stacks.length)).toBe(data);
  });
});
