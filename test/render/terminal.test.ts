import { describe, expect, it } from 'vitest';
import { renderTerminal } from '../../src/render/terminal.ts';
import { textWidth } from '../../src/render/text-width.ts';
import {
  accepted,
  baseFailed,
  exampleBenchmark,
  exampleReport,
  foldedText,
  HINTS,
  HOSTILE_NAMES,
  headFailed,
  hostileNames,
  improvement,
  regression,
  severalBenchmarks,
  severalRuns,
} from './example-reports.ts';

const plain = { columns: 80, color: false };

describe('renderTerminal', () => {
  it.each([
    ['improvement', improvement()],
    ['regression', regression()],
    ['base-failed', baseFailed()],
    ['several-runs', severalRuns()],
    ['accepted', accepted()],
    ['folded-text', foldedText()],
  ])('reads well for %s', async (name, report) => {
    await expect(renderTerminal(report, plain)).toMatchFileSnapshot(`golden/terminal-${name}.txt`);
  });

  it('draws bars beside the call tree where there is room', async () => {
    const report = exampleReport({ benchmarks: [exampleBenchmark({ hints: HINTS })] });
    await expect(renderTerminal(report, { columns: 160, color: false })).toMatchFileSnapshot(
      'golden/terminal-wide.txt',
    );
    expect(renderTerminal(report, plain)).not.toMatch(/[█░▓]/);
  });

  it('has signs of one column only', () => {
    for (const report of [regression(), severalBenchmarks(3)]) {
      expect(renderTerminal(report, plain)).not.toMatch(/\p{Emoji_Presentation}/u);
    }
  });

  it('keeps to the width of the terminal', () => {
    for (const columns of [72, 80, 100, 120, 160]) {
      for (const line of renderTerminal(improvement(), { columns, color: false }).split('\n')) {
        expect(textWidth(line)).toBeLessThanOrEqual(columns);
      }
    }
  });

  it('colours only when asked to, and says the same', () => {
    const colored = renderTerminal(regression(), { columns: 80, color: true });
    expect(colored).toContain('\u001B[1m');
    expect(colored.replace(/\u001B\[[\d;]*m/g, '')).toBe(renderTerminal(regression(), plain));
  });

  it('has no more blank lines in colour, for a benchmark that failed either', () => {
    for (const report of [headFailed(), severalBenchmarks(3)]) {
      const colored = renderTerminal(report, { columns: 80, color: true });
      expect(colored.replace(/\u001B\[[\d;]*m/g, '')).toBe(renderTerminal(report, plain));
    }
  });

  it('lists benchmarks that did not change in one line each', () => {
    const lines = renderTerminal(severalBenchmarks(3), plain).split('\n');
    expect(lines[0]).toBe('Memory: 1 of 6 benchmarks over its limit, 1 failed, 1 improved');
    expect(lines.filter((line) => line.startsWith('unchanged_'))).toHaveLength(3);
  });

  it('obeys no escape sequence in a name', () => {
    for (const name of HOSTILE_NAMES) {
      expect(renderTerminal(hostileNames(name), plain)).not.toMatch(
        /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/,
      );
    }
  });
});
