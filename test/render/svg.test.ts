import { Resvg } from '@resvg/resvg-js';
import { JSDOM, type ParsedDocument, type ParsedElement } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { pictureOf } from '../../src/render/render-report.ts';
import { renderSvg } from '../../src/render/svg.ts';
import type { FlameGraphPicture } from '../../src/render/svg-words.ts';
import { flameGraphOf } from '../flamegraph/flame-graph-of.ts';
import {
  HOSTILE_NAMES,
  hostileNames,
  improvement,
  newBenchmark,
  regression,
  unchanged,
} from './example-reports.ts';

function picture(report: ReturnType<typeof improvement>): FlameGraphPicture {
  const found = pictureOf(report.benchmarks[0]);
  if (found === null) throw new Error('the example has a picture');
  return found;
}

/** Parses as XML, which fails on anything that is not well-formed. */
function parse(svg: string): ParsedDocument {
  return new JSDOM(svg, { contentType: 'image/svg+xml' }).window.document;
}

/** Every text of the picture, in order. */
function texts(svg: string): string[] {
  return [...parse(svg).querySelectorAll('text')].map((element) => element.textContent ?? '');
}

function classes(svg: string): Set<string> {
  return new Set(
    [...parse(svg).querySelectorAll('svg .row rect')].map((rect) => rect.getAttribute('class') ?? ''),
  );
}

describe('the flame graph of the improvement', () => {
  const svg = renderSvg(picture(improvement()));

  it('has both sides’ totals, the largest frames and the missing width', () => {
    const shown = texts(svg);
    expect(shown).toContain('Bytes allocated · parse');
    expect(shown).toContain('Base 2 MB');
    expect(shown).toContain('Head 300 KB');
    expect(shown).toContain('Parser::default › ParserInfo::default 1.71 MB');
    expect(shown).toContain('−1.7 MB (−85 %)');
    expect(shown).toContain('Not drawn: 2.56 KB outside the program’s own code (unchanged).');
  });

  it('paints what went away in base, and nothing as new', () => {
    expect([...classes(svg)].sort()).toEqual(['gone', 'gone-line', 'kept', 'moved']);
  });

  it('is fluid: no viewBox, full width, percentages', () => {
    const root = parse(svg).documentElement;
    expect(root.getAttribute('width')).toBe('100%');
    expect(root.hasAttribute('viewBox')).toBe(false);
  });

  it('has a name and a description, and both themes', () => {
    const document = parse(svg);
    const [title, description] = (document.documentElement.getAttribute('aria-labelledby') ?? '').split(' ');
    expect(document.getElementById(title)?.textContent).toBe(
      'Bytes allocated of parse: 2 MB → 300 KB (−85 %)',
    );
    expect(document.getElementById(description)?.textContent).toContain('base above head');
    expect(document.querySelector('style')?.textContent).toContain('prefers-color-scheme:dark');
  });

  it('is small, and the same bytes every time', () => {
    expect(Buffer.byteLength(svg)).toBeLessThan(12_000);
    expect(renderSvg(picture(improvement()))).toBe(svg);
  });
});

it('a regression is painted in head, in the other colour, with the missing width in base', () => {
  const svg = renderSvg(picture(regression()));
  expect([...classes(svg)].sort()).toEqual(['added', 'added-line', 'kept', 'moved']);
  expect(texts(svg)).toContain('+1.7 MB (+566 %)');
});

it('head alone is one neutral pane', () => {
  const svg = renderSvg(picture(newBenchmark()));
  expect([...classes(svg)]).toEqual(['kept']);
  expect(texts(svg)).toContain('Head 48.2 KB (no base)');
  expect(texts(svg).join(' ')).not.toMatch(/Base|gone/);
});

it('a change that is too narrow to be outlined is written beside head', () => {
  const graph = flameGraphOf([
    { stack: 'main;parse', base: 800, head: 0 },
    { stack: 'main;read', base: 200, head: 1010 },
  ]);
  const svg = renderSvg({ name: 'parse', graph, hasBase: true, headline: '' });
  expect(texts(svg)).toContain('Head 1.01 KB, +10 B (+1.0 %)');
});

it('shows the number after a name that is written from right to left', () => {
  const graph = flameGraphOf([
    { stack: 'main;שלום', base: 800, head: 100 },
    { stack: 'main;read', base: 200, head: 200 },
  ]);
  const shown = texts(renderSvg({ name: 'parse', graph, hasBase: true, headline: '' }));
  expect(shown).toContain('שלום\u200E 800 B');
  expect(shown).toContain('read 200 B');
});

describe('a small change in a large program', () => {
  const graph = flameGraphOf([
    { stack: 'main;load;read', base: 60_000_000, head: 60_000_000 },
    { stack: 'main;load;index', base: 38_200_000, head: 38_200_000 },
    { stack: 'main;parse;tokens', base: 900_000, head: 2_200_000 },
  ]);
  const svg = renderSvg({ name: 'parse', graph, hasBase: true, headline: '' });

  it('is drawn to scale, and what is unchanged is cut short', () => {
    const shown = texts(svg);
    expect(shown).toContain('Zoomed: 2.2 MB of 100 MB shown to scale.');
    expect(shown).toContain('98.2 MB unchanged');
    expect(shown).toContain('+1.3 MB (+1.3 %)');
    expect(shown).toContain('Cut short where the bars are torn: 98.2 MB, 3 frames, unchanged.');
    expect(shown.join(' ')).not.toMatch(/too small|load|read|index/);
  });

  it('tears the bars of both sides', () => {
    expect(parse(svg).querySelectorAll('path.tear')).toHaveLength(2);
  });

  it('ends a label before the first tear through its bar', () => {
    const torn = flameGraphOf([
      { stack: 'main;load;read', base: 60_000_000, head: 60_000_000 },
      { stack: 'main;parse;index', base: 38_200_000, head: 38_200_000 },
      { stack: 'main;parse;tokens', base: 900_000, head: 2_200_000 },
    ]);
    const picture = parse(renderSvg({ name: 'parse', graph: torn, hasBase: true, headline: '' }));
    const percent = (element: ParsedElement | null | undefined, name: string) =>
      Number.parseFloat(element?.getAttribute(name) ?? 'nothing');
    const tears = [...picture.querySelectorAll('path.tear')].map(({ parentElement }) =>
      percent(parentElement, 'x'),
    );
    const label = [...picture.querySelectorAll('text.text')].find(({ textContent }) =>
      textContent?.startsWith('main'),
    );
    const end = percent(label?.parentElement, 'x') + percent(label?.parentElement, 'width');
    expect(end).toBeLessThanOrEqual(Math.min(...tears));
  });

  it('says so to those who cannot see it', () => {
    expect(parse(svg).querySelector('desc')?.textContent).toContain(
      'Zoomed: 2.2 MB of 100 MB shown to scale.',
    );
  });

  it('can be rasterised', () => {
    const fixed = renderSvg(
      { name: 'parse', graph, hasBase: true, headline: '' },
      { target: { kind: 'fixed', theme: 'light' } },
    );
    expect(fixed).not.toContain('%"');
    expect(new Resvg(fixed).render().width).toBe(900);
  });
});

it('nothing is drawn when nothing changed', () => {
  expect(pictureOf(unchanged().benchmarks[0])).toBeNull();
});

it('thousands of frames fit into 40 KB', () => {
  const stacks = Array.from({ length: 4000 }, (_, i) => ({
    stack: `module_${i % 9}::a;module_${i % 50}::b;module_${i % 90}::with_a_long_name;leaf_${i}`,
    base: 1000 + (i % 70) * 100,
    head: 1000 + (i % 90) * 100,
  }));
  const svg = renderSvg({ name: 'large', graph: flameGraphOf(stacks), hasBase: true, headline: '' });
  expect(Buffer.byteLength(svg)).toBeLessThanOrEqual(40_000);
  expect(texts(svg).join('\n')).toMatch(
    /[\d,]+ frames are too small or too deep to draw; the report has all/,
  );
});

describe('hostile names', () => {
  const elements = (svg: string) =>
    new Set([...parse(svg).querySelectorAll('*')].map((element) => element.tagName));

  it.each(HOSTILE_NAMES.map((name) => [name.slice(0, 40), name]))('%j stays text', (_, name) => {
    const svg = renderSvg(picture(hostileNames(name)));
    expect(
      [...elements(svg)].every((tag) => /^(svg|title|desc|style|rect|line|path|text|g)$/.test(tag)),
    ).toBe(true);
    const attributes = [...parse(svg).querySelectorAll('*')].flatMap((element) =>
      element.getAttributeNames(),
    );
    expect(attributes.filter((attribute) => /^on|href|src/.test(attribute))).toEqual([]);
    expect(svg).not.toMatch(/[\u0000-\u0008\u202A-\u202E\u200B]/);
  });
});

it.each(['light', 'dark'] as const)('a fixed picture in %s can be rasterised', (theme) => {
  const svg = renderSvg(picture(improvement()), { target: { kind: 'fixed', theme } });
  expect(svg).not.toContain('%"');
  const image = new Resvg(svg).render();
  expect(image.width).toBe(900);
  const card = theme === 'light' ? [255, 255, 255] : [13, 17, 23];
  const lastRow = (image.height - 2) * image.width + 450;
  expect([...image.pixels.subarray(lastRow * 4, lastRow * 4 + 3)]).toEqual(card);
});
