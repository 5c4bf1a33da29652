/*
 * Names, paths and messages come out of binaries and pull requests: anybody may have written them. Each function here
 * makes them safe for one kind of output. `visibleText` comes first everywhere: one line, nothing that cannot be seen.
 */

/** Long enough for any name that a person would read; C++ templates reach tens of thousands. */
const LONGEST_NAME = 160;

/** Controls, format characters (bidi, zero-width, tags), lone surrogates, and what fonts draw as nothing. */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * One line of what can be seen: line breaks and tabs become a space, other invisible characters their `\uXXXX`.
 * Longer text ends in '…'. Not yet safe in any markup.
 */
export function visibleText(text: string, longest: number = LONGEST_NAME): string {
  return showInvisible(cutText(text, longest)).trim();
}

function showInvisible(text: string): string {
  return text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ').replace(INVISIBLE, escapeCodePoint);
}

function escapeCodePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}

function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const isSurrogatePair = /[\uD800-\uDBFF]/.test(text[longest - 2] ?? '');
  return `${text.slice(0, longest - (isSurrogatePair ? 2 : 1))}…`;
}

/**
 * A name as inline code of GitHub's markdown, for paragraphs, headings, links and table cells. Inside code nothing is
 * a mention, a reference or a link.
 */
export function markdownCode(name: string, longest?: number): string {
  const visible = nameText(name, longest);
  // In a code span all of these are plain characters, and it reads better where the markdown is read raw.
  return /^[^`|\\]+$/.test(visible) ? `\`${visible}\`` : htmlCode(name, longest);
}

/** A name as `<code>`: for HTML blocks in markdown, such as `<summary>`, where code spans are not read. */
export function htmlCode(name: string, longest?: number): string {
  const encoded = nameText(name, longest).replace(/[^\p{L}\p{N} …]/gu, numericEntity);
  // cmark looks for mail addresses after decoding entities, in code too, but not across an empty comment.
  return `<code>${encoded.replaceAll('&#64;', '<!-- -->&#64;')}</code>`;
}

/**
 * Prose that is not ours, in markdown: `between backticks` becomes code, and no other mark-up, link, mention or
 * reference can come out of it.
 */
export function markdownText(text: string, longest = 2000): string {
  const parts = visibleText(text, longest).split('`');
  if (parts.length % 2 === 0) return escapeProse(parts.join('`'));
  return parts
    .map((part, i) => {
      if (i % 2 === 0) return escapeProse(part);
      return part.trim() === '' ? escapeProse(`\`${part}\``) : markdownCode(part, longest);
    })
    .join('');
}

/** Mentions, references to issues (`#1`, `GH-1`) and commits, addresses, lists, and all that markdown knows. */
const PROSE_MARKUP = /[@#]|\bGH(?=-\d)|\b[0-9a-f]{40,64}\b|www\.|^[-+=]|^\d+[.)]|[&<>`|*_~[\]!\\${}:]/gi;

function escapeProse(text: string): string {
  return text.replace(PROSE_MARKUP, (found) => {
    if (/^(?:[@#]|GH|[0-9a-f]{40,})$/i.test(found)) return `<code>${found}</code>`;
    return found.slice(0, -1) + numericEntity(found.slice(-1));
  });
}

/**
 * Lines as a fenced block that they cannot close. `language` is a word of ours.
 */
export function markdownFence(lines: readonly string[], language = 'text'): string {
  let longestRun = 2;
  for (const run of lines.join('\n').matchAll(/`+/g)) longestRun = Math.max(longestRun, run[0].length);
  const fence = '`'.repeat(longestRun + 1);
  return [fence + language, ...lines, fence].join('\n');
}

/** Text for HTML, as content or between quotes of an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, numericEntity);
}

/** Text without what XML 1.0 forbids even as an entity. A DOM or `escapeHtml` still has to encode mark-up. */
export function legalXmlText(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
}

/** A name as one line for a terminal: escape sequences are shown, not obeyed. */
export function terminalText(text: string, longest?: number): string {
  return visibleText(text, longest);
}

/** A line of output, indented as it was: compilers point at a place in the line above. */
export function terminalLine(line: string, longest: number): string {
  return showInvisible(cutText(line, longest)).trimEnd();
}

/**
 * Text as one line for what shows plain text and counts its length: `longest` UTF-16 units at most, what cannot be seen
 * as `\uXXXX`, and never half a character.
 */
export function plainLine(text: string, longest: number): string {
  return cutText(visibleText(text, longest), longest);
}

/** The last lines of a command's output that say something, without colours and cursor movements, safe for a fence or a terminal. */
export function outputLines(lines: readonly string[], maximumLines = 10): string[] {
  return lines
    .map((line) => {
      const shown = stripEscapeSequences(line.slice(-4000)).replace(/[\r\n]+$/, '');
      return showInvisible(cutText(shown.slice(shown.lastIndexOf('\r') + 1), 300)).trimEnd();
    })
    .filter((line) => line !== '')
    .slice(-maximumLines);
}

/** Removes CSI and OSC sequences, and other two-character ones. */
function stripEscapeSequences(text: string): string {
  return text.replace(
    /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|\u001B\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|\u001B[ -/]*[0-Z\\^-~]/g,
    '',
  );
}

/** An address for a link, or null when it is not plain https. */
export function safeUrl(url: string | null | undefined): string | null {
  return url != null && /^https:\/\/[\w.~:/?#@!$&+,;=%-]{1,2000}$/.test(url) ? url : null;
}

function nameText(name: string, longest?: number): string {
  return visibleText(name, longest) || '(no name)';
}

function numericEntity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}
