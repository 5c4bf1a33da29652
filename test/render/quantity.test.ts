import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatChange,
  formatCount,
  formatDelta,
  formatPercent,
  formatQuantity,
  formatShare,
} from '../../src/render/quantity.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [544, '544 B'],
    [999, '999 B'],
    [1000, '1 KB'],
    [1005, '1.01 KB'],
    [9_988, '9.99 KB'],
    [9_995, '10 KB'],
    [72_704, '72.7 KB'],
    [300_000, '300 KB'],
    [999_499, '999 KB'],
    [999_500, '1 MB'],
    [999_600, '1 MB'],
    [1_707_948, '1.71 MB'],
    [1_997_960, '2 MB'],
    [2_000_000, '2 MB'],
    [1_234_567_890, '1.23 GB'],
    [-4_608, '−4.61 KB'],
    [Number.MAX_SAFE_INTEGER, '9.01 PB'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('never writes more than three significant digits, nor a trailing zero after the point', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        expect(formatBytes(bytes)).toMatch(/^(\d{1,3}|\d\.\d?[1-9]|\d\d\.[1-9]) (B|KB|MB|GB|TB|PB)$/);
      }),
    );
  });
});

describe('formatCount, formatDelta and formatQuantity', () => {
  it('groups thousands', () => {
    expect([0, 999, 7_772, 29_621, 1_234_567].map(formatCount)).toEqual([
      '0',
      '999',
      '7,772',
      '29,621',
      '1,234,567',
    ]);
  });

  it('writes the sign of a change, with a real minus', () => {
    expect(formatDelta('bytes', 4_608)).toBe('+4.61 KB');
    expect(formatDelta('count', -21_849)).toBe('\u221221,849');
    expect(formatDelta('bytes', 0)).toBe('0');
  });

  it('follows the unit of the metric', () => {
    expect(formatQuantity('bytes', 2_000_000)).toBe('2 MB');
    expect(formatQuantity('count', 2_000_000)).toBe('2,000,000');
  });

  it('joins a change and its share', () => {
    expect(formatChange('bytes', 1_997_960, 300_000)).toBe('−1.7 MB (−85 %)');
    expect(formatChange('bytes', 0, 300_000)).toBe('+300 KB (new)');
    expect(formatChange('bytes', 5, 5)).toBe('0');
  });
});

describe('formatPercent', () => {
  it.each([
    [1_997_960, 300_000, '−85 %'],
    [300_000, 1_997_960, '+566 %'],
    [3_757, 3_604, '−4.1 %'],
    [1000, 1100, '+10 %'],
    [1000, 1099.6, '+10 %'],
    [100_000, 100_096, '<0.1 %'],
    [100_000, 99_904, '<0.1 %'],
    [1000, 1001, '+0.1 %'],
    [100_000, 1, '−99.9 %'],
    [1000, 5, '−99.5 %'],
    [1000, 6, '−99 %'],
    [1000, 0, '−100 %'],
    [1000, 1999, '+100 %'],
    [10, 99, '+890 %'],
    [10, 100, '×10'],
    [1000, 12_540, '×12.5'],
    [107, 24_396, '×228'],
    [10, 170_000, '×17,000'],
    [0, 5, 'new'],
    [0, 0, '0 %'],
    [7, 7, '0 %'],
  ])('writes %d → %d as %s', (base, head, text) => {
    expect(formatPercent(base, head)).toBe(text);
  });

  it('never denies a change, never claims that all is gone, and never breaks the line', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (base, head) => {
        fc.pre(base !== head);
        const text = formatPercent(base, head);
        expect(text).toMatch(/^(new|<0\.1 %|×\d\d(\.\d)?|×[\d,]{3,}|[+−][\d,]+(\.\d)? %)$/);
        expect(text).not.toMatch(/^[+−]?0(\.0)? %$/);
        if (head !== 0) expect(text).not.toMatch(/^−100/);
      }),
    );
  });
});

it('writes a share as 100 % only when nothing is missing', () => {
  expect([1, 0.9999, 0.974, 0.05, 0.0004, 0].map(formatShare)).toEqual([
    '100 %',
    '99.9 %',
    '97 %',
    '5.0 %',
    '<0.1 %',
    '0 %',
  ]);
});

it('never writes NaN or Infinity', () => {
  fc.assert(
    fc.property(fc.double(), fc.double(), (a, b) => {
      const texts = [
        formatBytes(a),
        formatCount(a),
        formatShare(a),
        formatPercent(a, b),
        formatDelta('bytes', a),
        formatDelta('count', a),
      ];
      expect(texts.join(' ')).not.toMatch(/NaN|Infinity/);
    }),
  );
});
