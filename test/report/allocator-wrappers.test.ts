import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffProfiles } from '../../src/diff/diff-profiles.ts';
import type { ProfileDiff } from '../../src/diff/profile-diff.ts';
import { METRIC_IDS } from '../../src/profile/metric.ts';
import { sumColumn } from '../../src/profile/totals.ts';
import { changedWrappers, hasWrappers } from '../../src/report/allocator-wrappers.ts';
import { findCulprit } from '../../src/report/find-culprit.ts';
import { functionChanges } from '../../src/report/function-changes.ts';
import { buildLineTable } from '../../src/report/line-table.ts';
import type { ChangedLines } from '../../src/report/source-lines.ts';
import { foldedCosts, shortenName } from '../profile/folded-costs.ts';

function diffOf(base: string, head: string): ProfileDiff {
  const ownership = base.includes('@')
    ? (_file: string, { identity }: { identity: string }) =>
        identity.startsWith('std::') ? null : 'program.c'
    : null;
  return diffProfiles(foldedCosts(base), foldedCosts(head), {
    nameFunction: shortenName,
    baseOwnership: ownership,
    headOwnership: ownership,
  });
}

/** Functions that changed, then the culprit. */
function told(base: string, head: string, lines: ChangedLines | null = null): string[] {
  const diff = diffOf(base, head);
  const changes = functionChanges(diff, 'allocated', lines).map(
    ({ shortName, delta }) => `${shortName} ${delta}`,
  );
  return [...changes, `culprit: ${findCulprit(diff, 'allocated', lines)?.shortName}`];
}

/** Which lines of head a pull request changed, one for one. */
function changing(...changed: number[]): ChangedLines {
  return {
    isChangedLine: (_path, line) => changed.includes(line),
    headPosition: (path, line) => (changed.includes(line) ? null : { path, line }),
  };
}

describe('a wrapper of malloc', () => {
  const base = `
    main;run;parse;xmalloc 640 10
    main;run;add;xstrdup;xmalloc 80 20
    main;run;load;xmalloc 300 3
    main;run;std::vector::push_back 6000 10`;

  it('is not blamed for what one of its callers asks for', () => {
    const head = base.replace('640 10', '64000 10');
    expect(told(base, head)).toEqual(['parse 63360', 'culprit: parse']);
    expect(changedWrappers(diffOf(base, head), null)).toEqual(['xmalloc']);
    expect(hasWrappers(diffOf(base, head), null)).toBe(true);
  });

  it('is not blamed when all of them call it more often', () => {
    const head = base.replaceAll(/(xmalloc \d+) (\d+)$/gm, '$10 $20');
    expect(told(base, head)).toEqual(['parse 5760', 'load 2700', 'xstrdup 720', 'culprit: run']);
  });

  it('is not blamed when another one calls it in between', () => {
    const several = `${base}\n    main;run;copy;xstrdup;xmalloc 50 10`;
    expect(told(several, several.replace('80 20', '8000 2000'))).toEqual(['add 7920', 'culprit: add']);
  });

  it('is not blamed when it is the C library that makes the copy', () => {
    const copies = 'main;run;a;xstrdup;__GI___strdup 50 10\nmain;run;b;xstrdup;__GI___strdup 30 3';
    const diff = (head: string) => told(copies.replaceAll('__GI___', ''), head.replaceAll('__GI___', ''));
    expect(diff(copies.replace('50 10', '500 100'))).toEqual(['a 450', 'culprit: a']);
  });

  it('is blamed when it allocates more for all that call it: it was edited', () => {
    const head = base.replace('640 10', '800 10').replace('80 20', '400 20').replace('300 3', '348 3');
    expect(told(base, head)).toEqual(['xmalloc 528', 'culprit: xmalloc']);
    expect(hasWrappers(diffOf(base, head), null)).toBe(false);
    expect(told(head, base)).toEqual(['xmalloc -528', 'culprit: xmalloc']);
  });

  it('is blamed when nobody else is there', () => {
    expect(told('xmalloc 10 1\nmain;a;b 5 1', 'xmalloc 90 1\nmain;a;b 5 1')[0]).toBe('xmalloc 80');
  });

  it('is a template with all its instances', () => {
    const pool = `
      main;squares;std::vector<int>::push_back;Pool<int>::allocate 400 10
      main;names;std::vector<Name>::push_back;Pool<Name>::allocate 900 9`;
    expect(told(pool, pool.replace('400 10', '4000 10'))).toEqual(['squares 3600', 'culprit: squares']);
  });

  it('may keep a list of what it gave', () => {
    const arena = `
      main;a;Arena::allocate;Arena::grow 40960 10
      main;a;Arena::allocate;Arena::grow;std::vector::push_back 248 5
      main;b;Arena::allocate;Arena::grow 8192 2`;
    const head = arena.replace('40960 10', '409600 100').replace('248 5', '2040 8');
    expect(told(arena, head)).toEqual(['a 370432', 'culprit: a']);
  });
});

describe('a function that is not called after what it does', () => {
  const base =
    'main@9;run@8;a@7;copy@30 640 10\nmain@9;run@8;b@6;copy@30 300 3\nmain@9;run@8;b@6;copy@30 0 0';
  const head = base.replace('640 10', '64000 10');

  it('is a wrapper when one line allocates what each caller asks for', () => {
    expect(told(base, head, changing(7))).toEqual(['a 63360', 'culprit: a']);
    const [row] = buildLineTable(diffOf(base, head), changing(7), 'allocated');
    expect(row).toMatchObject({ line: 7, isTouched: true });
  });

  it.each([
    ['no line of it is known', base.replaceAll(/@\d+/g, ''), head.replaceAll(/@\d+/g, ''), null],
    ['the pull request touched it', base, head, changing(29)],
    ['it has several lines that allocate', base.replace('copy@30', 'copy@31'), head, null],
    [
      'it allocates the same for everybody',
      base.replace('300 3', '192 3'),
      head.replace(/\d+ 10\n/, '6400 100\n').replace('300 3', '192 3'),
      null,
    ],
    ['all of its callers changed', base, head.replace('300 3', '9000 30'), null],
    ['it has one caller', base.replaceAll('b@6', 'a@7'), head.replaceAll('b@6', 'a@7'), null],
    [
      'it works with a library',
      base.replaceAll('copy@30', 'copy@30;std::vector::push_back'),
      head.replaceAll('copy@30', 'copy@30;std::vector::push_back'),
      null,
    ],
  ])('is none when %s', (_why, before, after, lines) => {
    expect(told(before, after, lines)[0]).toMatch(/^copy /);
  });
});

describe('wrappers', () => {
  const names = ['parse', 'load', 'xmalloc', 'xstrdup', 'copy', 'std::vector::push_back'];
  const text = fc
    .array(
      fc.tuple(fc.array(fc.constantFrom(...names), { maxLength: 4 }), fc.nat({ max: 3 }), fc.nat({ max: 3 })),
      { minLength: 1, maxLength: 12 },
    )
    .map((rows) =>
      rows
        .map(([path, size, calls]) => `${['main', ...path].join(';')} ${size * calls * 8} ${calls}`)
        .join('\n'),
    );

  it('lose nothing, and do the same with both sides swapped', () => {
    fc.assert(
      fc.property(text, text, (base, head) => {
        const [there, back] = [diffOf(base, head), diffOf(head, base)];
        for (const metric of METRIC_IDS) {
          const forth = functionChanges(there, metric, null);
          const delta = sumColumn(there.head[metric]) - sumColumn(there.base[metric]);
          expect(forth.reduce((sum, change) => sum + change.delta, 0)).toBe(delta);
          const swapped = functionChanges(back, metric, null).map(
            ({ name, base: b, head: h }) => `${name} ${h} ${b}`,
          );
          expect(forth.map(({ name, base: b, head: h }) => `${name} ${b} ${h}`).sort()).toEqual(
            swapped.sort(),
          );
        }
        expect(changedWrappers(there, null)).toEqual(changedWrappers(back, null));
      }),
    );
  });
});
