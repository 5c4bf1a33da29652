/* What can be told of a source text without a compiler. Sources are hostile: all work is bounded. */

/** More mentions of one name are not looked at. */
const MAX_MENTIONS = 1_000;
const MAX_PARAMETERS_LENGTH = 2_000;
const MAX_QUALIFIERS = 20;

/** Whether a word stands in a text by itself. */
export function bearsWord(text: string, word: string): boolean {
  return !mentions(text, word).next().done;
}

/** Whether a text holds a C++ lambda. */
export function holdsLambda(text: string): boolean {
  return /\][ \t\n]{0,8}[({]/.test(text);
}

/**
 * Whether a text defines the function, or the type that bears its name: `parse(int n) const {`, `fn parse<T>(`,
 * `struct Parser {`. A call or a declaration does not count.
 */
export function definesFunction(text: string, word: string): boolean {
  for (const start of mentions(text, word)) {
    if (/\bfn\s{1,8}$/.test(text.slice(Math.max(0, start - 12), start))) return true;
    const end = start + word.length;
    if (isTypeDefinition(text, start, end) || isFunctionDefinition(text, end)) return true;
  }
  return false;
}

function* mentions(text: string, word: string): Generator<number> {
  if (word === '') return;
  let count = 0;
  for (let at = text.indexOf(word); at >= 0 && count < MAX_MENTIONS; at = text.indexOf(word, at + 1)) {
    count += 1;
    if (!isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + word.length])) yield at;
  }
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_]/u.test(character);
}

function isTypeDefinition(text: string, start: number, end: number): boolean {
  if (!/\b(?:struct|class|union|enum)\s{1,8}$/.test(text.slice(Math.max(0, start - 16), start))) return false;
  const next = text[skipSpace(text, end)];
  return next === '{' || next === ':' || text.startsWith('final', skipSpace(text, end));
}

/** C and C++: parameters in parentheses, qualifiers, and then a body. */
function isFunctionDefinition(text: string, nameEnd: number): boolean {
  let at = skipSpace(text, nameEnd);
  if (text[at] === '<') at = skipSpace(text, closingOf(text, at, '<', '>'));
  if (text[at] !== '(') return false;
  at = closingOf(text, at, '(', ')');
  for (let count = 0; count < MAX_QUALIFIERS && at > 0; count++) {
    at = skipSpace(text, at);
    const next = text[at];
    if (next === '{') return true;
    if (next === ':') return text[at + 1] !== ':';
    if (next === '=') return /^= *(?:default|delete)\b/.test(text.slice(at, at + 20));
    if (next === '-') return /^->[^;{}]{1,200}\{/.test(text.slice(at, at + 210));
    if (next === '&') at += 1;
    else if (next === '(') at = closingOf(text, at, '(', ')');
    else if (next === '[') at = closingOf(text, at, '[', ']');
    else {
      const word = /^[A-Za-z_][A-Za-z_0-9]{0,63}/.exec(text.slice(at, at + 64))?.[0];
      if (word === undefined || !isQualifier(word)) return false;
      at += word.length;
    }
  }
  return false;
}

const QUALIFIERS: ReadonlySet<string> = new Set([
  ...['const', 'volatile', 'noexcept', 'override', 'final', 'try', 'throw', 'mutable'],
]);

/** Names in capitals are macros. */
function isQualifier(word: string): boolean {
  return QUALIFIERS.has(word) || word.startsWith('__') || /^[A-Z_0-9]+$/.test(word);
}

/** The place after the bracket that closes the one at `open`, or −1. */
function closingOf(text: string, open: number, opening: string, closing: string): number {
  let depth = 0;
  const limit = Math.min(text.length, open + MAX_PARAMETERS_LENGTH);
  for (let at = open; at < limit; at++) {
    if (text[at] === opening) depth += 1;
    else if (text[at] === closing) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return -1;
}

/** Over white space and comments. */
function skipSpace(text: string, start: number): number {
  if (start < 0) return start;
  let at = start;
  for (;;) {
    while (at < text.length && ' \t\r\n\\'.includes(text[at])) at += 1;
    const isLineComment = text.startsWith('//', at);
    if (!isLineComment && !text.startsWith('/*', at)) return at;
    const end = text.indexOf(isLineComment ? '\n' : '*/', at + 2);
    if (end < 0) return text.length;
    at = end + (isLineComment ? 1 : 2);
  }
}
