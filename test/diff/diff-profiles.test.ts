import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffToFolded as diffToPieces } from '../../src/diff/diff-to-folded.ts';
import type { ProfileDiff } from '../../src/diff/profile-diff.ts';
import { sumCosts } from '../../src/profile/totals.ts';
import { foldedProfile } from '../profile/folded-profile.ts';
import { foldedDiff } from './folded-diff.ts';

function diffToFolded(result: ProfileDiff, metric: 'allocated') {
  const { base, head, diff } = diffToPieces(result, metric);
  const text = (pieces: Iterable<Uint8Array>) => Buffer.concat([...pieces]).toString();
  return { base: text(base), head: text(head), diff: text(diff) };
}

/** Stack, base, head, and the part of the difference that moved. */
function lines(base: string, head: string): string[] {
  const result = foldedDiff(base, head);
  const moved = diffToFolded({ ...result, base: result.moved, head: result.moved }, 'allocated').base;
  return [
    ...diffToFolded(result, 'allocated').diff.trimEnd().split('\n'),
    ...moved
      .trimEnd()
      .split('\n')
      .map((l) => `moved ${l}`),
  ];
}

describe('diffProfiles', () => {
  it('keeps both sides of every stack', () => {
    expect(
      diffToFolded(foldedDiff('main;parse 5\nmain;read 1', 'main;parse 3\nmain;write 2'), 'allocated').diff,
    ).toBe('main;parse 5 3\nmain;read 1 0\nmain;write 0 2\n');
  });

  it('calls what only changed its caller moved, up to the smaller side', () => {
    expect(lines('main;parse;Parser;insert 78', 'main;TABLES;Parser;insert 8')).toEqual([
      'main;TABLES;Parser;insert 0 8',
      'main;parse;Parser;insert 78 0',
      'moved main;TABLES;Parser;insert 8',
      'moved main;parse;Parser;insert 8',
    ]);
  });

  it('does not pair stacks that share less than two frames', () => {
    expect(lines('main;parse;malloc_buffer 10', 'worker;write;malloc_buffer 10')).toEqual([
      'main;parse;malloc_buffer 10 0',
      'worker;write;malloc_buffer 0 10',
      'moved ',
    ]);
  });

  it('does not take a function for another one that both sides have', () => {
    const others = 'main;parse 1\nmain;write 1';
    expect(
      lines(`main;run;parse;malloc_buffer 10\n${others}`, `main;run;write;malloc_buffer 10\n${others}`),
    ).toContain('moved ');
  });

  it('does not take another container for the same memory', () => {
    const result = lines('main;load;std::map::insert 10', 'main;load;std::vector::push_back 10');
    expect(result).toContain('moved ');
  });

  it('pairs the longest common innermost frames first', () => {
    expect(lines('main;a;f;g;h 10\nmain;b;g;h 10', 'main;c;f;g;h 10')).toEqual([
      'main;a;f;g;h 10 0',
      'main;b;g;h 10 0',
      'main;c;f;g;h 0 10',
      'moved main;a;f;g;h 10',
      'moved main;c;f;g;h 10',
    ]);
  });

  it('cuts what lies outside main', () => {
    expect(
      diffToFolded(foldedDiff('_start;__libc_start_main;main;parse 5', 'main;parse 5'), 'allocated').diff,
    ).toBe('main;parse 5 5\n');
  });

  it('tells the share of bytes whose stacks are on both sides', () => {
    expect(foldedDiff('main;a 60\nmain;b 20', 'main;a 20').matched).toBe(0.8);
    expect(foldedDiff('main;a 60', 'main;a 20').matched).toBe(1);
    expect(foldedDiff('', '').matched).toBe(1);
  });

  const stacks = fc.array(
    fc.tuple(
      fc.array(fc.constantFrom('a', 'b', 'c', '__proto__'), { minLength: 1, maxLength: 6 }),
      fc.nat(1000),
    ),
    { maxLength: 25 },
  );
  const text = stacks.map((rows) => rows.map(([frames, cost]) => `${frames.join(';')} ${cost}`).join('\n'));

  it('loses no byte of either side, and never moves more than the difference', () => {
    fc.assert(
      fc.property(text, text, (base, head) => {
        const result = foldedDiff(base, head);
        expect(sumCosts(result.base).allocated).toBe(sumCosts(foldedProfile(base).costs).allocated);
        expect(sumCosts(result.head).allocated).toBe(sumCosts(foldedProfile(head).costs).allocated);
        let gained = 0;
        let given = 0;
        result.moved.allocated.forEach((moved, stack) => {
          const delta = result.head.allocated[stack] - result.base.allocated[stack];
          expect(moved).toBeGreaterThanOrEqual(0);
          expect(moved).toBeLessThanOrEqual(Math.abs(delta));
          if (delta > 0) gained += moved;
          else given += moved;
        });
        expect(gained).toBe(given);
      }),
    );
  });

  it('of a profile with itself is zero, and everything matches', () => {
    fc.assert(
      fc.property(text, (same) => {
        const result = foldedDiff(same, same);
        expect(result.base.allocated).toEqual(result.head.allocated);
        expect(result.matched).toBe(1);
      }),
    );
  });

  it('mirrors when the sides are swapped', () => {
    fc.assert(
      fc.property(text, text, (base, head) => {
        const there = diffToFolded(foldedDiff(base, head), 'allocated');
        const back = diffToFolded(foldedDiff(head, base), 'allocated');
        expect(back.base).toBe(there.head);
        expect(back.head).toBe(there.base);
      }),
    );
  });
});
