import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingInt32 } from '../../src/profile/columns.ts';
import { PairIndex } from '../../src/profile/pair-index.ts';

function makeIndex() {
  const first = new GrowingInt32();
  const second = new GrowingInt32();
  return { first, second, index: new PairIndex(first, second) };
}

/** Pairs whose hash is the same in all bits that choose a slot: (x, 0) and (0, x × 1st constant ÷ 2nd), and so on. */
function collidingPairs(count: number): [number, number][] {
  // The inverse of an odd number modulo 2^32 is found by Newton's iteration.
  let inverse = 0x85ebca6b;
  for (let round = 0; round < 5; round++) inverse = Math.imul(inverse, 2 - Math.imul(0x85ebca6b, inverse));
  return Array.from({ length: count }, (_, first) => [
    first,
    Math.imul(Math.imul(first, 0x9e3779b1) ^ 0x1234567, inverse),
  ]);
}

describe('PairIndex', () => {
  it('gives each distinct pair one row, in the order in which they came', () => {
    const number = fc.oneof(
      fc.integer({ min: -1, max: 5 }),
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { maxLength: 3000 }), (pairs) => {
        const { first, second, index } = makeIndex();
        const expected = new Map<string, number>();
        for (const [a, b] of pairs) {
          const key = `${a} ${b}`;
          expect(index.find(a, b)).toBe(expected.get(key) ?? -1);
          if (!expected.has(key)) expected.set(key, expected.size);
          expect(index.intern(a, b)).toBe(expected.get(key));
        }
        expect(first.length).toBe(expected.size);
        for (const [key, row] of expected) expect(`${first.values[row]} ${second.values[row]}`).toBe(key);
      }),
      { numRuns: 30 },
    );
  });

  it('finds every pair of a large table again', () => {
    const { index } = makeIndex();
    const count = 100_000;
    const rows = Array.from({ length: count }, (_, row) => row);
    expect(rows.map((row) => index.intern(row >> 3, row & 7))).toEqual(rows);
    expect(rows.map((row) => index.find(row >> 3, row & 7))).toEqual(rows);
    expect(index.find(0, 8)).toBe(-1);
  });

  it('leaves alone rows that were added to the columns without it', () => {
    const { first, second, index } = makeIndex();
    first.push(1);
    second.push(2);
    expect(index.find(1, 2)).toBe(-1);
    expect(index.intern(1, 2)).toBe(1);
    expect(index.find(1, 2)).toBe(1);
  });

  it('stays fast and right with pairs that were made to collide', () => {
    const { index } = makeIndex();
    const pairs = collidingPairs(100_000);
    expect(pairs.map(([a, b]) => index.intern(a, b))).toEqual([...pairs.keys()]);
    expect(pairs.map(([a, b]) => index.find(a, b))).toEqual([...pairs.keys()]);
    expect(index.find(pairs.length, -1)).toBe(-1);
  });
});
