import { JSDOM, type ParsedDocument } from 'jsdom';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { markdownCode, markdownText } from '../../src/render/escape.ts';
import { renderHtml } from '../../src/render/html.ts';
import { renderJson } from '../../src/render/json.ts';
import { renderCheckSummary, renderComment, renderSummary } from '../../src/render/markdown.ts';
import { pictureOf } from '../../src/render/render-report.ts';
import { renderSvg } from '../../src/render/svg.ts';
import { renderTerminal } from '../../src/render/terminal.ts';
import type { Report } from '../../src/report/report.ts';
import { HEAD_SHA, HOSTILE_NAMES, hostileNames } from './example-reports.ts';

/*
 * Names as a pull request could choose them, through every output, each read by what shows it: GitHub's markdown, an
 * HTML parser, an XML parser, a terminal. The numbers are those of the threats that the project keeps a list of.
 */

const LINKS = {
  report: 'https://github.com/owner/project/actions/runs/1/artifacts/2',
  image: 'https://raw.githubusercontent.com/owner/project/memtrack/a.svg',
};

const ATTACKS: readonly (readonly [title: string, name: string])[] = [
  [
    'C12, T21: markup, mentions, references and addresses',
    '`|</code></td></details><img src=x>@org/team #1 https://evil',
  ],
  ['C12: the end of a table, of code and of what is folded', '`` | `\n\n</details>\n</summary>\n# A heading'],
  [
    'C13: everything that GitHub makes a link of',
    `@octocat @org/team #1 GH-2 gh-3 org/repo#3 octocat@${'c0ffee'.repeat(6)}beef ${'c0ffee'.repeat(6)}beef https://e.vil www.e.vil a@e.vil`,
  ],
  ['T22: the end of a comment', '--> <!-- memtrack-action:default -->'],
  ['C14, T24: the end of text and of a label', '</text><script>alert(1)</script>\u0000" onload="alert(1)'],
  ['T24: the end of an XML element', '</title><script>alert(1)</script>'],
  ['T24: an attribute', '"onload="alert(1)'],
  ['T24: the end of CDATA, and what XML forbids', ']]>\u0000\uFFFE\uD800'],
  ['T25: the end of a script', '</script><img src=x onerror=alert(1)>'],
  ['T26: a diagram', '```mermaid\nclick A "javascript:alert(1)"'],
  ['T26: a formula and an alert', '$$x$$\n> [!CAUTION]\n> This check fails.'],
  ['T28: a property of every object', '__proto__'],
  ['T28: another', 'constructor'],
  ['T29: text that runs backwards', 'safe\u202Egnp.exe'],
  ['T29: escape sequences', '\u001B[2J\u001B]0;title\u0007\u009B31m'],
  ...HOSTILE_NAMES.map((name) => [`also ${JSON.stringify(name.slice(0, 30))}`, name] as const),
];

/** As GitHub does, but for its sanitizer: what would get to it is what we are to blame for. */
function renderGithub(markdown: string): ParsedDocument {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return new JSDOM(html).window.document;
}

/**
 * The elements of a document in order. Without code, in which prose has what could be a mention, and without links,
 * which only a sound path has: both are looked at by themselves.
 */
function structure(document: ParsedDocument): string[] {
  return [...document.querySelectorAll('body *')]
    .map(({ tagName }) => tagName)
    .filter((tag) => tag !== 'CODE' && tag !== 'A');
}

/** A mention, an issue, a commit; and text that runs backwards. Addresses are links by now, or never will be. */
const REFERENCE = /@\w|#\d|\bGH-\d|\b[0-9a-f]{40}\b|\u202E/i;

/** What GitHub would look for mentions and references in. */
function textOutsideCode(markdown: string): string {
  const document = renderGithub(markdown);
  for (const element of document.querySelectorAll('pre, code')) element.remove();
  return document.querySelector('body')?.textContent ?? '';
}

const withHints = (name: string): Report => {
  const report = hostileNames(name);
  const hint = {
    smell: 'built-anew',
    name,
    shortName: name,
    file: name,
    line: 3,
    language: null,
    bytes: 9,
    calls: 9,
  } as const;
  const [benchmark] = report.benchmarks;
  return {
    ...report,
    head: { sha: HEAD_SHA, label: name },
    accepted: { by: name, label: name },
    benchmarks: [
      {
        ...benchmark,
        hints: [hint],
        // What is left of them when nothing of the name can be shown.
        baseFailure: { phase: 'build', message: `It said: ${name}`, lastLines: [`output: ${name}`] },
      },
    ],
  };
};
/** Several, so that the other form of the comment is there as well. */
const several = (name: string): Report => {
  const report = withHints(name);
  const [benchmark] = report.benchmarks;
  return { ...report, benchmarks: [benchmark, { ...benchmark, verdict: 'unchanged' }] };
};

describe.each([
  ['the comment', (report: Report) => renderComment(report, LINKS, 'default')],
  ['the job summary', (report: Report) => renderSummary(report, LINKS)],
  ['the text of a check', (report: Report) => renderCheckSummary(report, LINKS)],
])('%s, as GitHub renders it', (_, render) => {
  describe.each([
    ['of one benchmark', withHints],
    ['of several', several],
  ])('%s', (__, report) => {
    const benign = structure(renderGithub(render(report('harmless name'))));

    it('has tables, code and folds to break out of', () => {
      expect(benign).toEqual(expect.arrayContaining(['TABLE', 'TD', 'DETAILS', 'SUMMARY', 'BLOCKQUOTE']));
    });

    it.each(ATTACKS)('%s', (___, name) => {
      const markdown = render(report(name));
      const document = renderGithub(markdown);
      expect(structure(document)).toEqual(benign);
      expect(textOutsideCode(markdown)).not.toMatch(REFERENCE);
      for (const element of document.querySelectorAll('a, img')) {
        const target = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
        expect(new URL(target).protocol).toBe('https:');
        expect(['github.com', 'raw.githubusercontent.com']).toContain(new URL(target).host);
      }
    });
  });
});

const BREAKING_OUT = 'a `|</code></td></details><img src=x>@org/team #1 https://evil.example';

it('C12, C13, T21: without escaping the test would see what is wrong', () => {
  const document = renderGithub(BREAKING_OUT);
  expect(document.querySelector('img')).not.toBeNull();
  expect(document.querySelector('a')).not.toBeNull();
  expect(textOutsideCode(BREAKING_OUT)).toContain('@org/team');
});

it.each(ATTACKS)('a name is one element of code whose text is the name made visible: %s', (_, name) => {
  for (const markdown of [`x ${markdownCode(name)} y`, `| a |\n| - |\n| ${markdownCode(name)} |`]) {
    const document = renderGithub(markdown);
    expect(document.querySelectorAll('code')).toHaveLength(1);
    expect(document.querySelectorAll('code *, a, img, script, details')).toHaveLength(0);
  }
});

it.each(ATTACKS)('prose of others stays prose: %s', (_, name) => {
  const markdown = `x ${markdownText(`It said: ${name}`)} y`;
  const tags = [...renderGithub(markdown).querySelectorAll('body :not(code)')].map(({ tagName }) => tagName);
  expect(tags).toEqual(['P']);
  expect(textOutsideCode(markdown)).not.toMatch(REFERENCE);
});

describe('C14, T24, T29: the picture', () => {
  const draw = (name: string) => {
    const picture = pictureOf(hostileNames(name).benchmarks[0]);
    if (picture === null) throw new Error('the example has a picture');
    const svg = renderSvg(picture);
    return { svg, document: new JSDOM(svg, { contentType: 'image/svg+xml' }).window.document };
  };
  const shapes = (document: ParsedSvg) =>
    ['svg', 'rect', 'line', 'path', 'style', 'title', 'desc', 'script', 'a', 'image', 'foreignObject'].map(
      (tag) => `${tag} ${document.querySelectorAll(tag).length}`,
    );
  type ParsedSvg = ReturnType<typeof draw>['document'];

  const benignShapes = new Map<number, string[]>();

  // Labels come and go with the length of the name; nothing else may.
  it.each(ATTACKS)('%s', (_, name) => {
    const { svg, document } = draw(name);
    const length = Math.min(name.length, 160);
    const benign = benignShapes.get(length) ?? shapes(draw('x'.repeat(length)).document);
    benignShapes.set(length, benign);
    const counted = shapes(document).filter((count) => !count.startsWith('svg '));
    expect(counted).toEqual(benign.filter((count) => !count.startsWith('svg ')));
    expect(svg).not.toMatch(/<script|[\u0000-\u0008\u202A-\u202E]/);
    for (const element of document.querySelectorAll('*')) {
      for (const attribute of element.getAttributeNames()) expect(attribute).not.toMatch(/^on|href|^src/);
    }
  });
});

it.each(ATTACKS)('T29: the terminal gets nothing to obey: %s', (_, name) => {
  for (const columns of [80, 160]) {
    const text = renderTerminal(withHints(name), { columns, color: false });
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
    expect(text.isWellFormed()).toBe(true);
  }
});

it.each(ATTACKS)('T25: the page without a script has no element more: %s', (_, name) => {
  const elements = (html: string) =>
    [...new JSDOM(html).window.document.querySelectorAll('script, img, iframe, object, embed, base, form')]
      .length;
  expect(elements(renderHtml(hostileNames(name), [null], null))).toBe(
    elements(renderHtml(hostileNames('harmless'), [null], null)),
  );
});

it('C11, T28: names that every object has are names like others, and nothing is polluted', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
    const report = withHints(name);
    expect(JSON.parse(renderJson(report)).benchmarks[0].name).toBe(name);
    expect(renderComment(report, LINKS, name)).toContain(`\`${name}\``);
    expect(renderTerminal(report, { columns: 80, color: false })).toContain(name);
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

// That this test ends is the test: each of these has made some regular expression take minutes.
it.each([
  ['angle brackets', '<'.repeat(1_000_000)],
  ['paths', 'a::'.repeat(300_000)],
  ['backticks', '`'.repeat(1_000_000)],
  ['operating system commands', '\u001B]'.repeat(500_000)],
  ['marks', 'a\u0301'.repeat(500_000)],
])('T27: a megabyte of %s comes to an end', (_, name) => {
  const report = withHints(name);
  renderComment(report, LINKS, name);
  renderTerminal(report, { columns: 80, color: true });
  renderJson(report);
});
