import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFrameTree } from '../../src/flamegraph/frame-tree.ts';
import { Fingerprints } from '../../src/viewer/fingerprint.ts';
import { makeMatcher } from '../../src/viewer/search.ts';
import { sha256 } from '../../src/viewer/sha256.ts';
import { firstState, formatLink, parseLink } from '../../src/viewer/view-state.ts';
import { buildReportData } from '../../src/viewer-data/build-report-data.ts';
import { diffOf, reportOf, STORY } from './example-pages.ts';

const diff = diffOf(STORY.base, STORY.head);
const sources = ['parse', 'parse & print #2'].map((name) => ({ name, diff, lines: null }));
const { benchmarks } = buildReportData(
  reportOf(sources),
  new Map(sources.map((source) => [source.name, source])),
  1e6,
);

describe('links', () => {
  it('come back as what they were made of', () => {
    const states = fc.record({
      benchmark: fc.constantFrom(0, 1),
      view: fc.constantFrom('flame', 'functions', 'lines', 'timeline', 'sizes', 'summary'),
      metric: fc.constantFrom('allocated', 'allocations', 'temporary', 'peak', 'leaked'),
      panes: fc.constantFrom('both', 'union', 'base', 'head'),
      form: fc.constantFrom('focus', 'full'),
      direction: fc.constantFrom('callees', 'callers'),
      isRecursionFolded: fc.boolean(),
      axis: fc.constantFrom('time', 'events', null),
      isChangesOnly: fc.constantFrom(true, false, null),
      query: fc.string({ maxLength: 100 }),
      zoomed: fc.constantFrom('0123456789', null),
      selected: fc.constantFrom('abcdef0123', null),
      openFunction: fc.constantFrom('abcdef0123', null),
    });
    fc.assert(
      fc.property(states, (state) => {
        expect(parseLink(formatLink(state, benchmarks), benchmarks)).toEqual(state);
      }),
    );
  });

  it('are left at the defaults where they say what is not', () => {
    const link = '#b=none&v=../../etc&m=__proto__&p=x&f=<img>&z=123&c=2&r=yes&x=money';
    expect(parseLink(link, benchmarks)).toEqual(firstState(benchmarks));
  });

  it('may name a benchmark by its place, as the comment does', () => {
    expect(parseLink('#benchmark-2', benchmarks).benchmark).toBe(1);
  });
});

describe('fingerprints', () => {
  const tree = buildFrameTree(diff, { form: 'full', direction: 'callees' });
  const fingerprints = new Fingerprints(diff.frames, tree);

  it('tell every node of a tree apart, and lead back to it', () => {
    for (let node = 1; node < tree.length; node++) {
      const text = fingerprints.of(node);
      expect(text).toMatch(/^[0-9a-f]{10}$/);
      expect(fingerprints.find(text)).toBe(node);
    }
    expect(fingerprints.find('0000000000')).toBe(-1);
  });

  it('are the same when base and head change places', () => {
    const back = diffOf(STORY.head, STORY.base);
    const backTree = buildFrameTree(back, { form: 'full', direction: 'callees' });
    const all = (of: Fingerprints, length: number) =>
      Array.from({ length: length - 1 }, (_, i) => of.of(i + 1)).sort();
    expect(all(new Fingerprints(back.frames, backTree), backTree.length)).toEqual(
      all(fingerprints, tree.length),
    );
  });

  it('are made of SHA-256', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(Buffer.from(sha256(bytes)).toString('hex')).toBe(
          createHash('sha256').update(bytes).digest('hex'),
        );
      }),
    );
  });
});

describe('makeMatcher', () => {
  const matches = (query: string, text: string) => {
    const matcher = makeMatcher(query);
    return typeof matcher === 'function' && matcher(text);
  };

  it('takes a part of a name in any case', () => {
    expect(matches('HASHMAP', 'hashbrown::HashMap::insert')).toBe(true);
    expect(matches('operator()', 'less::operator()')).toBe(true);
    expect(makeMatcher('  ')).toBeNull();
  });

  it('takes a regular expression between slashes, and says when it is none', () => {
    expect(matches('/insert$/', 'HashMap::insert')).toBe(true);
    expect(matches('/insert$/', 'HashMap::insert_all')).toBe(false);
    expect(makeMatcher('/(/')).toHaveProperty('problem');
  });
});
