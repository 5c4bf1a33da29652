/*
 * A demangled name cut into words, marks and bracketed groups:
 *
 *   std::vector<int>::operator<(int) const   →   std :: vector <int> :: operator< (int) const
 *
 * Every bracket that has no partner is an ordinary mark, so any text at all gives tokens.
 */

export type Bracket = '<' | '(' | '[' | '{';

/** What a name is cut into; `kind` of a group is its opening bracket. */
export type Token =
  | { readonly kind: 'word' | 'mark'; readonly text: string }
  | { readonly kind: Bracket; readonly tokens: readonly Token[] };

/** What is nested deeper stays one word, so that recursion over tokens is safe. Real names: about 15 levels. */
const MAX_DEPTH = 100;

const CLOSING: ReadonlyMap<string, Bracket> = new Map([
  ['>', '<'],
  [')', '('],
  [']', '['],
  ['}', '{'],
]);
const OPENING: ReadonlySet<string> = new Set(CLOSING.values());
const TWO_CHARACTER_MARKS: ReadonlySet<string> = new Set(['::', '&&', '||', '->']);

/** What each ASCII character is: a table, for names are long and traces have a hundred thousand of them. */
const PART_OF_WORD = 0;
const SPACE = 1;
const MARK = 2;
const CHARACTER_CLASS = new Uint8Array(128);
for (const space of ' \t\n\r\v\f') CHARACTER_CLASS[space.charCodeAt(0)] = SPACE;
for (const symbol of '<>()[]{},:*&=+;-|/^%') CHARACTER_CLASS[symbol.charCodeAt(0)] = MARK;
const QUOTE = "'".charCodeAt(0);
const COLON = ':'.charCodeAt(0);

function classAt(name: string, position: number): number {
  if (position >= name.length) return SPACE;
  const code = name.charCodeAt(position);
  return code < 128 ? CHARACTER_CLASS[code] : PART_OF_WORD;
}

const OPERATOR = 'operator';

/** Followed by the suffix's name: 'operator""_km'. */
const LITERAL_SUFFIX = '""';

/** Longest first. A conversion ('operator bool') has none of them. */
const OPERATOR_SYMBOLS = [
  ...['delete[]', 'co_await', 'delete', 'new[]', 'new'],
  ...['->*', '<=>', '<<=', '>>=', LITERAL_SUFFIX],
  ...['()', '[]', '->', '<<', '>>', '<=', '>=', '==', '!=', '&&', '||', '++', '--'],
  ...['+=', '-=', '*=', '/=', '%=', '^=', '&=', '|='],
  ...['<', '>', '+', '-', '*', '/', '%', '^', '&', '|', '~', '!', '=', ','],
];

/** Cuts a name into tokens, in time linear in its length. */
export function tokenise(name: string): readonly Token[] {
  const pieces = splitPieces(name);
  return nest(pieces, matchBrackets(pieces));
}

interface Piece {
  readonly text: string;
  readonly isWord: boolean;
}

function splitPieces(name: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let position = skipSpaces(name, 0);
  while (position < name.length) {
    const wordEnd = findWordEnd(name, position);
    const isWord = wordEnd > position;
    const end = isWord ? wordEnd : position + markLength(name, position);
    const text = name.slice(position, end);
    pieces.push({ text: isWord ? canonicalOperator(text) : text, isWord });
    position = skipSpaces(name, end);
  }
  return pieces;
}

function markLength(name: string, position: number): number {
  if (classAt(name, position + 1) !== MARK) return 1;
  return TWO_CHARACTER_MARKS.has(name.slice(position, position + 2)) ? 2 : 1;
}

/** `start` itself when no word begins there. */
function findWordEnd(name: string, start: number): number {
  const afterOperator = start + OPERATOR.length;
  const operatorEnd = name.startsWith(OPERATOR, start) ? findOperatorEnd(name, afterOperator) : 0;
  if (operatorEnd > afterOperator) return operatorEnd;
  let end = start;
  for (;;) {
    if (name.charCodeAt(end) === QUOTE) end = findQuoteEnd(name, end);
    else if (classAt(name, end) === PART_OF_WORD) end += 1;
    // 'auto:49', 'abi:cxx11' and 'shim:vtable' are one word.
    else if (end > start && name.charCodeAt(end) === COLON && classAt(name, end + 1) === PART_OF_WORD)
      end += 1;
    else return end;
  }
}

/** A quoted character may be a bracket: Rust's `split::<'<'>`. A lifetime has no second quote. */
function findQuoteEnd(name: string, quote: number): number {
  if (name[quote + 1] === '\\') {
    const close = name.slice(quote + 3, quote + 13).indexOf("'");
    return close < 0 ? quote + 1 : quote + 4 + close;
  }
  return name[quote + 2] === "'" ? quote + 3 : quote + 1;
}

/** `end` itself, the end of the word 'operator', when no symbol follows. */
function findOperatorEnd(name: string, end: number): number {
  const start = skipSpaces(name, end);
  const symbol = OPERATOR_SYMBOLS.find((candidate) => name.startsWith(candidate, start));
  if (symbol === undefined) return end;
  const symbolEnd = start + symbol.length;
  if (symbol === LITERAL_SUFFIX) return skipWord(name, skipSpaces(name, symbolEnd));
  const isWordLike = isLetter(symbol[0]);
  return isWordLike && (start === end || skipWord(name, symbolEnd) > symbolEnd) ? end : symbolEnd;
}

function isLetter(character: string): boolean {
  return character >= 'a' && character <= 'z';
}

function skipSpaces(name: string, start: number): number {
  let end = start;
  while (end < name.length && classAt(name, end) === SPACE) end += 1;
  return end;
}

function skipWord(name: string, start: number): number {
  let end = start;
  while (classAt(name, end) === PART_OF_WORD) end += 1;
  return end;
}

/** 'operator <' is 'operator<'; 'operator new' keeps its space. */
function canonicalOperator(word: string): string {
  // No other word holds spaces.
  if (!word.includes(' ')) return word;
  const symbol = word.slice(skipSpaces(word, OPERATOR.length));
  return isLetter(symbol[0]) ? `operator ${symbol}` : `operator${symbol.replaceAll(' ', '')}`;
}

/** For each piece the index of its closing partner, or -1. */
function matchBrackets(pieces: readonly Piece[]): Int32Array {
  const partners = new Int32Array(pieces.length).fill(-1);
  const open: number[] = [];
  pieces.forEach(({ text, isWord }, index) => {
    if (isWord) return;
    if (OPENING.has(text)) open.push(index);
    const bracket = CLOSING.get(text);
    if (bracket === undefined) return;
    // A '<' that is still open when its surrounding bracket closes was a comparison.
    while (bracket !== '<' && open.length > 0 && pieces[open[open.length - 1]].text === '<') open.pop();
    if (open.length > 0 && pieces[open[open.length - 1]].text === bracket)
      partners[open.pop() as number] = index;
  });
  return partners;
}

function nest(pieces: readonly Piece[], partners: Int32Array): readonly Token[] {
  const root: Token[] = [];
  const levels: { readonly tokens: Token[]; readonly end: number }[] = [{ tokens: root, end: pieces.length }];
  for (let index = 0; index < pieces.length; index++) {
    const { text, isWord } = pieces[index];
    const level = levels[levels.length - 1];
    if (index === level.end) {
      levels.pop();
    } else if (partners[index] < 0) {
      level.tokens.push({ kind: isWord ? 'word' : 'mark', text });
    } else if (levels.length > MAX_DEPTH) {
      const inside = pieces.slice(index, partners[index] + 1);
      level.tokens.push({ kind: 'word', text: inside.map((piece) => piece.text).join('') });
      index = partners[index];
    } else {
      const tokens: Token[] = [];
      level.tokens.push({ kind: text as Bracket, tokens });
      levels.push({ tokens, end: partners[index] });
    }
  }
  return root;
}
