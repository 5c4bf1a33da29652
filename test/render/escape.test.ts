import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeHtml,
  htmlCode,
  legalXmlText,
  markdownCode,
  markdownFence,
  markdownText,
  outputLines,
  safeUrl,
  terminalText,
  visibleText,
} from '../../src/render/escape.ts';
import { HOSTILE_NAMES } from './example-reports.ts';

/** Any text, rich in what has a meaning in some markup. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(...'`|\\<>&@#*_[]()!$~:{}"\'-./ \n\t\r', '\u202E', '\u001B', 'a', 'www.', '\uD800'),
  }),
  fc.constantFrom(...HOSTILE_NAMES),
);

describe('visibleText', () => {
  it('shows what cannot be seen', () => {
    expect(visibleText('safe\u202Egnp.exe')).toBe('safe\\u202Egnp.exe');
    expect(visibleText('a\u200Bb\u0000c\u{E0041}')).toBe('a\\u200Bb\\u0000c\\u{E0041}');
    expect(visibleText('\uD800lone')).toBe('\\uD800lone');
  });

  it('makes one line of several', () => {
    expect(visibleText(' one\r\n\ttwo\u2028three ')).toBe('one two three');
  });

  it('cuts long names, not in the middle of a character', () => {
    expect(visibleText('x'.repeat(30_000))).toHaveLength(160);
    expect(visibleText('ab🎉cd', 4)).toBe('ab…');
  });

  it('leaves no control, bidi or zero-width character and no lone surrogate in any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const visible = visibleText(text);
        expect(visible).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(visible.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('markdownCode', () => {
  it('is a code span where that holds everything as it is', () => {
    expect(markdownCode('<T as Trait>::operator[]')).toBe('`<T as Trait>::operator[]`');
  });

  it('is numeric entities where a table or a backtick would end a code span', () => {
    expect(markdownCode('a|b`c')).toBe('<code>a&#124;b&#96;c</code>');
    expect(markdownCode('')).toBe('`(no name)`');
  });

  it('holds no character that could end it, whatever the name', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const code = markdownCode(name);
        const span = /^`([^`|\\\n]+)`$/.exec(code);
        const element = /^<code>(.+)<\/code>$/.exec(code.replaceAll('<!-- -->', ''));
        expect(span !== null || element !== null).toBe(true);
        if (element !== null) expect(element[1].replace(/&#\d+;/g, '')).not.toMatch(/[^\p{L}\p{N} …]/u);
      }),
    );
  });
});

it('htmlCode reads back as the visible name', () => {
  fc.assert(
    fc.property(anyText, (name) => {
      const text = htmlCode(name)
        .replace(/^<code>|<\/code>$/g, '')
        .replaceAll('<!-- -->', '')
        .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
      expect(text).toBe(visibleText(name) || '(no name)');
    }),
  );
});

describe('markdownText', () => {
  it('keeps prose readable and code code', () => {
    expect(markdownText('Needs 2 runs (or more), or set `base: none`.')).toBe(
      'Needs 2 runs (or more), or set `base: none`.',
    );
  });

  it('makes no mention, reference, link, image, tag or table cell of any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const prose = markdownText(text)
          .replaceAll('<!-- -->', '¤')
          .replace(/<code>[^<>]*<\/code>|`[^`]+`|&#\d+;/g, '¤');
        expect(prose).not.toMatch(/[@#<>`|*_~[\]!\\$&\n]|www\.|:\/\//i);
      }),
    );
  });
});

it('a fence cannot be closed by what is in it', () => {
  fc.assert(
    fc.property(fc.array(anyText), (lines) => {
      const fenced = markdownFence(outputLines(lines)).split('\n');
      const fence = fenced[fenced.length - 1];
      expect(fenced[0]).toBe(`${fence}text`);
      expect(fence.length).toBeGreaterThanOrEqual(3);
      for (const line of fenced.slice(1, -1)) expect(line).not.toContain(fence);
    }),
  );
});

it('output loses its colours and progress bars, keeps its indentation and its last ten lines', () => {
  expect(
    outputLines([
      '\u001B[1m\u001B[91merror\u001B[0m: no',
      '  \u001B]0;title\u0007--> a.rs',
      '10%\r99%\r100%\r\n',
    ]),
  ).toEqual(['error: no', '  --> a.rs', '100%']);
  expect(outputLines(Array.from({ length: 30 }, (_, i) => `line ${i}`))).toHaveLength(10);
  expect(outputLines(Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? `line ${i}` : '')))).toHaveLength(
    10,
  );
});

it('a terminal gets no escape sequence', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(terminalText(text)).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
    }),
  );
});

it('HTML gets no tag, quote or entity of the name’s own', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(escapeHtml(text).replace(/&#\d+;/g, '')).not.toMatch(/[&<>"']/);
    }),
  );
});

it('XML gets no character that it forbids', () => {
  expect(legalXmlText('a\u0000\u001B\uFFFE\uD800b\tc🎉')).toBe('ab\tc🎉');
});

it('only plain https addresses become links', () => {
  expect(safeUrl('https://github.com/o/r/actions/runs/1?a=b#c')).not.toBeNull();
  for (const url of [
    'javascript:alert(1)',
    'http://a.example',
    'https://a.example/)<b>',
    'https://a b',
    '',
    null,
  ]) {
    expect(safeUrl(url)).toBeNull();
  }
});

// That this test ends is the test: a regular expression that backtracks would take hours.
it('a hostile name of a megabyte comes to an end', () => {
  for (const name of ['<'.repeat(1e6), '\u001B]'.repeat(5e5), '`'.repeat(1e6), 'a::'.repeat(3e5)]) {
    for (const makeSafe of [markdownCode, markdownText, htmlCode, terminalText]) makeSafe(name);
    outputLines([name]);
  }
});
