import { describe, expect, it } from 'vitest';
import { sumCosts } from '../../src/profile/totals.ts';
import { limitProcessorTime } from '../processor-time.ts';
import { foldedDiff } from './folded-diff.ts';

function diff(base: readonly string[], head: readonly string[]) {
  return foldedDiff(base.join('\n'), head.join('\n'));
}

/** Bytes that moved, of both sides together. */
function movedBytes(base: readonly string[], head: readonly string[]): number {
  return sumCosts(diff(base, head).moved).allocated;
}

describe('what an edit does to stacks', () => {
  it.each([
    ['a function extracted', 'main;load;std::string 10', 'main;load;fill;std::string 10'],
    ['a function inlined', 'main;load;fill;std::string 10', 'main;load;std::string 10'],
    ['a function renamed', 'main;load;std::string 10', 'main;read;std::string 10'],
    ['a function renamed that allocates itself', 'main;run;load 10', 'main;run;read 10'],
    ['two functions renamed', 'main;load;fill;std::string 10', 'main;read;set;std::string 10'],
    ['a call from elsewhere', 'main;parse;Parser;insert 10', 'TABLES;Parser;insert 10'],
    ['a library inlined', 'main;load;std::vector;std::string 10', 'main;load;std::string 10'],
  ])('is a move: %s', (_, base, head) => {
    expect(movedBytes([base], [head])).toBe(20);
  });

  it('is a move: a function extracted into one that both sides have', () => {
    const other = 'main;fill;std::string 5';
    expect(movedBytes(['main;load;std::string 10', other], ['main;load;fill;std::string 10', other])).toBe(
      20,
    );
    expect(movedBytes(['main;load;fill;std::string 10', other], ['main;load;std::string 10', other])).toBe(
      20,
    );
  });

  it.each([
    ['one frame in common', 'main;load;std::string 10', 'worker;read;std::string 10'],
    ['only main in common', 'main;load 10', 'main;read 10'],
    ['only library frames in common', 'a;b;std::vector;std::string 10', 'c;d;std::vector;std::string 10'],
    ['another container', 'main;load;std::map 10', 'main;load;std::vector 10'],
  ])('is no move: %s', (_, base, head) => {
    const others = ['main 1', 'worker 1', 'a;b 1', 'c;d 1'];
    const isLibrary = base.startsWith('a;');
    expect(movedBytes(isLibrary ? [base, ...others] : [base], isLibrary ? [head, ...others] : [head])).toBe(
      0,
    );
  });

  it('moves no more than the smaller side has', () => {
    const result = diff(['main;load;std::string 10'], ['main;load;fill;std::string 4']);
    expect([...result.moved.allocated].filter((moved) => moved > 0)).toEqual([4, 4]);
    expect(result.matched).toBeCloseTo(8 / 14, 10);
  });

  it('prefers the same callers to the same callees', () => {
    const result = diff(
      ['main;a;load;fill;string 10', 'main;b;fill;string 5'],
      ['main;a;read;fill;string 10', 'main;c;b;fill;string 5'],
    );
    expect(result.matched).toBe(1);
  });
});

describe('many stacks that differ', () => {
  // They take some seconds.
  limitProcessorTime(60);
  const count = 20_000;
  const stacksOf = (stack: (index: number) => string) => Array.from({ length: count }, (_, i) => stack(i));

  it('are paired one to one when all was renamed', () => {
    const callers = (i: number) => `main;run${i % 7};step${i % 91};more${i % 331}`;
    expect(
      movedBytes(
        stacksOf((i) => `${callers(i)};old${i};std::string;std::vector${i} 8`),
        stacksOf((i) => `${callers(i)};new${i};std::string;std::vector${i} 8`),
      ),
    ).toBe(2 * 8 * count);
  });

  it('are left alone when nothing fits', () => {
    expect(
      movedBytes(
        stacksOf((i) => `main;run;old${i} 8`),
        stacksOf((i) => `worker;run${i};new${i} 8`),
      ),
    ).toBe(0);
  });

  it('are paired though one bucket holds them all', () => {
    expect(
      movedBytes(
        stacksOf((i) => `main;run;old${i};std::string ${1 + (i % 5)}`),
        stacksOf((i) => `main;run;new${i};std::string ${1 + ((i * 3) % 5)}`),
      ),
    ).toBe(2 * 3 * count);
  });

  it('are compared by their inner frames where they are very deep', () => {
    const deep = Array.from({ length: 20_000 }, (_, i) => `walk${i % 3}`).join(';');
    const tails = Array.from({ length: 500 }, (_, i) => `f${i};g${i}`);
    expect(
      movedBytes(
        tails.map((tail) => `main;${deep};${tail} 8`),
        tails.map((tail) => `main;start;${deep};${tail} 8`),
      ),
    ).toBe(2 * 8 * 500);
  });
});
