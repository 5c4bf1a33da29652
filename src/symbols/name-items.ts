import { type Bracket, type Token, tokenise } from './name-tokens.ts';

/*
 * A name's parts in the one spelling that we use for what compilers, debug information and demanglers spell in many:
 *
 *   std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >   std::string
 *   foo(int)::<lambda(long int)>, foo(int)::{lambda(long)#1}::operator()              foo::{lambda(long)}
 *   words::main::{{closure}}, words[1a2b3c]::main::{closure#0}                        words::main::{closure}
 *   <alloc::vec::Vec<u8>>::extend::<u8>                                               alloc::vec::Vec<u8>::extend<u8>
 */

/** A word, a mark (`::`, `*`, `,`) or a bracket with what is in it. */
export interface NameItem {
  readonly kind: 'word' | 'mark' | Bracket;
  /** With its brackets. */
  readonly text: string;
  /** What is between the brackets. */
  readonly items: readonly NameItem[];
}

/** A demangled name in our spelling; any text gives items. */
export function tidyName(name: string): readonly NameItem[] {
  return tidy(tokenise(name));
}

/** The items written out with the usual spaces. */
export function joinItems(items: readonly NameItem[]): string {
  let text = '';
  items.forEach((item, index) => {
    text += (index > 0 && needsSpace(items, index) ? ' ' : '') + item.text;
  });
  return text;
}

function tidy(tokens: readonly Token[]): readonly NameItem[] {
  const items = new ItemList();
  let index = 0;
  while (index < tokens.length) index += tidyNext(tokens, index, items);
  return items.items;
}

/** The items so far, and the path ('std::map<int>::insert') that the last of them belongs to. */
class ItemList {
  readonly items: NameItem[] = [];
  #pathStart = 0;
  #alias: { readonly name: string; readonly short: string } | null = null;

  get last(): NameItem | undefined {
    return this.items[this.items.length - 1];
  }

  /** Whether the next item would be a part of a path, after '::' or as its first. */
  get isAtPart(): boolean {
    return this.last === undefined || this.last.kind === 'mark' || KEYWORDS.has(this.last.text);
  }

  get isInStandardLibrary(): boolean {
    return STANDARD_NAMESPACES.has(this.items[this.#pathStart].text);
  }

  push(item: NameItem): void {
    const isPart = item.kind === 'word' || item.kind === '{' || (item.kind === '<' && this.isAtPart);
    if (isPart && this.last?.text !== '::') {
      this.#pathStart = this.items.length;
      this.#alias = null;
    }
    this.items.push(item);
  }

  pop(): void {
    this.items.pop();
  }

  /** 'string' of 'std::basic_string'. */
  shortenLast(short: string): void {
    this.#alias = { name: this.items[this.items.length - 1].text, short };
    this.items[this.items.length - 1] = word(short);
  }

  /** A class's constructor and destructor follow its own change of name. */
  followAlias(name: string): string {
    if (this.#alias === null || this.last?.text !== '::') return name;
    return name.replace(this.#alias.name, this.#alias.short);
  }

  /** Whether the last item is the second part of a path in std. */
  get isStandardName(): boolean {
    return this.#pathStart === this.items.length - 3 && this.items[this.#pathStart].text === 'std';
  }
}

const STANDARD_NAMESPACES: ReadonlySet<string> = new Set(['std', '__gnu_cxx']);
/** Versions of the library's binary interface: libstdc++'s, libc++'s. */
const INLINE_NAMESPACES: ReadonlySet<string> = new Set(['__cxx11', '__1', '__2', '__ndk1', '_V2']);
/** Words that are no part of a path, of Rust's and of C++'s types. */
const KEYWORDS: ReadonlySet<string> = new Set([
  'as',
  'const',
  'dyn',
  'extern',
  'for',
  'impl',
  'mut',
  'unsafe',
]);
const QUALIFIERS: ReadonlySet<string> = new Set(['const', 'volatile', '&', '&&']);
const INTEGER_WORDS: ReadonlySet<string> = new Set(['char', 'int', 'long', 'short', 'signed', 'unsigned']);

/** Adds what the token at `index` says to `items` and gives the number of tokens that were used up. */
function tidyNext(tokens: readonly Token[], index: number, items: ItemList): number {
  const token = tokens[index];
  switch (token.kind) {
    case 'word':
      return tidyWord(token.text, tokens, index, items);
    case 'mark':
      return tidyMark(token.text, tokens, index, items);
    case '<':
      return tidyAngles(token.tokens, tokens, index, items);
    case '(':
      return tidyParentheses(token.tokens, tokens, index, items);
    case '[':
      if (!isVersionTag(token.tokens, tokens[index + 1])) items.push(group('[', tidy(token.tokens)));
      return 1;
    case '{':
      tidyBraces(token.tokens, items);
      return 1;
  }
}

function tidyWord(text: string, tokens: readonly Token[], index: number, items: ItemList): number {
  const isAfterScope = items.last?.text === '::';
  if (isAfterScope && INLINE_NAMESPACES.has(text) && textOf(tokens[index + 1]) === '::') {
    if (items.isInStandardLibrary) return 2;
  }
  if (INTEGER_WORDS.has(text) && !isAfterScope) {
    let end = index;
    const words: string[] = [];
    for (; INTEGER_WORDS.has(textOf(tokens[end])); end++) words.push(textOf(tokens[end]));
    items.push(word(integerType(words)));
    return end - index;
  }
  const lambda = readLambdaWord(text);
  if (lambda !== null) {
    const parameters = tokens[index + 1];
    const hasParameters = text.startsWith("'") && parameters?.kind === '(';
    items.push(lambdaItem(hasParameters ? parameters.tokens : null, lambda));
    return hasParameters ? 2 : 1;
  }
  items.push(word(items.followAlias(text.startsWith('auto:') ? 'auto' : withoutLiteralSuffix(text))));
  return 1;
}

/** 'unsigned long' of 'long unsigned int', as debug information has it. */
function integerType(words: readonly string[]): string {
  const sign = words.includes('unsigned') ? 'unsigned ' : '';
  if (words.includes('char')) return `${sign || (words.includes('signed') ? 'signed ' : '')}char`;
  if (words.includes('short')) return `${sign}short`;
  const longs = words.filter((part) => part === 'long').length;
  if (longs > 0) return `${sign}${longs > 1 ? 'long long' : 'long'}`;
  return `${sign}int`;
}

/** '2' of '2ul'. */
function withoutLiteralSuffix(text: string): string {
  return text[0] <= '9' && /^\d+[uUlL]{1,3}$/.test(text) ? text.slice(0, text.search(/[uUlL]/)) : text;
}

/** The number of LLVM's "'lambda'" (the first), "'lambda0'" (the second) and clang's '$_7'; null of other words. */
function readLambdaWord(text: string): number | null {
  if (text[0] !== '$' && text[0] !== "'") return null;
  // Clang counts through a whole source file: one lambda more would rename all that follow.
  if (/^\$_\d{1,9}$/.test(text)) return 1;
  const llvm = /^'lambda(\d{0,9})'$/.exec(text);
  if (llvm === null) return null;
  return llvm[1] === '' ? 1 : Number(llvm[1]) + 2;
}

function tidyMark(text: string, tokens: readonly Token[], index: number, items: ItemList): number {
  const next = tokens[index + 1];
  if (text === '::' && next !== undefined && !items.isAtPart) {
    // Rust's 'collect::<Vec<u8>>'.
    if (next.kind === '<' && !isUnnamedThing(next.tokens) && textOf(next.tokens[0]) !== 'impl') return 1;
    // What is called of a lambda is always its operator().
    if (textOf(next) === 'operator()' && items.last?.text.startsWith('{lambda')) return 2;
  }
  items.push(mark(text));
  return 1;
}

function tidyAngles(
  inside: readonly Token[],
  tokens: readonly Token[],
  index: number,
  items: ItemList,
): number {
  const isPart = items.isAtPart;
  if (isPart && isUnnamedThing(inside)) {
    pushUnnamedThing(inside, items);
  } else if (
    isPart &&
    items.last?.text !== '::' &&
    textOf(tokens[index + 1]) === '::' &&
    isPlainPath(inside)
  ) {
    // Rust's '<Vec<u8>>::push'.
    for (const item of tidy(inside)) items.push(item);
  } else if (isPart) {
    items.push(group('<', tidy(inside)));
  } else {
    pushTemplateArguments(tidy(inside), items);
  }
  return 1;
}

const UNNAMED_WORDS: ReadonlySet<string> = new Set(['lambda', 'anonymous', 'unnamed']);

/** Whether what is between brackets stands for a lambda, or a namespace or type without a name. */
function isUnnamedThing(inside: readonly Token[]): boolean {
  return UNNAMED_WORDS.has(textOf(inside[0]));
}

function pushUnnamedThing(inside: readonly Token[], items: ItemList): void {
  if (textOf(inside[0]) !== 'lambda') {
    items.push(group('{', [word('anonymous')]));
    return;
  }
  // GCC: '<lambda(int)>', '{lambda(int)#2}'. Clang's '(lambda at a.cpp:3:7)' says a place, which moves.
  const parameters = inside[1]?.kind === '(' ? inside[1].tokens : null;
  const number = /^#(\d{1,9})$/.exec(textOf(inside[inside.length - 1]));
  items.push(lambdaItem(parameters, number === null ? 1 : Number(number[1])));
}

function lambdaItem(parameters: readonly Token[] | null, number: number): NameItem {
  const signature = parameters === null ? '' : group('(', tidy(parameters)).text;
  return { kind: '{', text: `{lambda${signature}${number > 1 ? `#${number}` : ''}}`, items: [] };
}

function isPlainPath(inside: readonly Token[]): boolean {
  if (inside[0]?.kind !== 'word' || KEYWORDS.has(inside[0].text)) return false;
  return inside.every((token, index) => {
    if (token.kind === 'mark') return token.text === '::' && index + 1 < inside.length;
    if (token.kind === 'word') return index === 0 || textOf(inside[index - 1]) === '::';
    return token.kind === '<' || (token.kind === '[' && isVersionTag(token.tokens, inside[index + 1]));
  });
}

/** Leaves out what the C++ standard library fills in by itself. */
function pushTemplateArguments(inside: readonly NameItem[], items: ItemList): void {
  const [first, ...rest] = splitAtCommas(inside).map(joinItems);
  if (items.isInStandardLibrary) {
    while (rest.length > 0 && isDefaultArgument(rest[rest.length - 1], first)) rest.pop();
  }
  const alias =
    rest.length === 0 && items.isStandardName ? characterAlias(items.last?.text ?? '', first) : null;
  if (alias !== null) items.shortenLast(alias);
  else items.push({ kind: '<', text: `<${[first, ...rest].join(', ')}>`, items: inside });
}

function splitAtCommas(items: readonly NameItem[]): readonly (readonly NameItem[])[] {
  const parts: NameItem[][] = [[]];
  for (const item of items) {
    if (item.kind === 'mark' && item.text === ',') parts.push([]);
    else parts[parts.length - 1].push(item);
  }
  return parts;
}

const DEFAULTS_OF_FIRST = ['char_traits', 'default_delete', 'equal_to', 'hash', 'less'];

function isDefaultArgument(argument: string, first: string): boolean {
  if (argument.startsWith('std::allocator<') || argument === '(__gnu_cxx::_Lock_policy)2') return true;
  // By length first: equal texts are rare, and long ones are compared at every level of nesting.
  const template = DEFAULTS_OF_FIRST.find(
    (name) => argument.length === `std::${name}<>`.length + first.length,
  );
  return template !== undefined && DEFAULTS_OF_FIRST.some((name) => argument === `std::${name}<${first}>`);
}

/** Class templates over a character type that have names of their own for char and wchar_t. */
const CHARACTER_TEMPLATES: ReadonlySet<string> = new Set(
  ['string', 'string_view', 'ios', 'istream', 'ostream', 'iostream', 'streambuf', 'filebuf', 'stringbuf']
    .concat(['ifstream', 'ofstream', 'fstream', 'istringstream', 'ostringstream', 'stringstream', 'regex'])
    .map((name) => `basic_${name}`),
);

/** 'string' of 'basic_string' and 'char'. */
function characterAlias(name: string, character: string): string | null {
  if (!CHARACTER_TEMPLATES.has(name)) return null;
  if (character === 'char') return name.slice('basic_'.length);
  return character === 'wchar_t' ? `w${name.slice('basic_'.length)}` : null;
}

function tidyParentheses(
  inside: readonly Token[],
  tokens: readonly Token[],
  index: number,
  items: ItemList,
): number {
  if (items.isAtPart && isUnnamedThing(inside)) {
    pushUnnamedThing(inside, items);
    return 1;
  }
  // '(unsigned long)5'.
  if (isIntegerCast(inside, tokens[index + 1])) return 1;
  // The parameters of a function around a lambda or local class: 'parse(int) const::{lambda()#1}'.
  if (!items.isAtPart && items.last?.kind !== '(' && items.last?.text !== 'decltype') {
    let next = index + 1;
    while (QUALIFIERS.has(textOf(tokens[next]))) next += 1;
    if (textOf(tokens[next]) === '::') return next - index;
  }
  items.push(group('(', tidy(inside)));
  return 1;
}

function isIntegerCast(inside: readonly Token[], next: Token | undefined): boolean {
  const isValue = textOf(next) === '-' || /^\d/.test(textOf(next));
  return isValue && inside.length > 0 && inside.every((token) => INTEGER_WORDS.has(textOf(token)));
}

/** 'name[abi:cxx11]', and a crate's 'words[1a2b3c4d5e6f7081]::main'. */
function isVersionTag(inside: readonly Token[], next: Token | undefined): boolean {
  if (inside.length !== 1) return false;
  const tag = textOf(inside[0]);
  return tag.startsWith('abi:') || (textOf(next) === '::' && /^[0-9a-f]{1,16}$/.test(tag));
}

/** Marks of a function that the compiler makes to call another through a table. */
const SHIMS: ReadonlySet<string> = new Set(['vtable.shim', 'shim:vtable', 'shim:reify', 'reify.shim']);

function tidyBraces(inside: readonly Token[], items: ItemList): void {
  let content = inside;
  // Rust's legacy '{{closure}}'.
  while (content.length === 1 && content[0].kind === '{') content = content[0].tokens;
  if (isUnnamedThing(content) && textOf(content[1]) !== 'type') {
    pushUnnamedThing(content, items);
    return;
  }
  const only = content.length === 1 ? textOf(content[0]) : '';
  if (/^lambda#\d{1,9}$/.test(only)) {
    items.push(lambdaItem(null, Number(only.slice('lambda#'.length))));
    return;
  }
  // Rust numbers closures through a function: one more would rename all that follow.
  const name = /#\d{1,9}$/.test(only) ? only.slice(0, only.lastIndexOf('#')) : only;
  if (SHIMS.has(name)) {
    if (items.last?.text === '::') items.pop();
  } else {
    items.push(group('{', name === '' ? tidy(content) : [word(name)]));
  }
}

function textOf(token: Token | undefined): string {
  return token?.kind === 'word' || token?.kind === 'mark' ? token.text : '';
}

function word(text: string): NameItem {
  return { kind: 'word', text, items: [] };
}

function mark(text: string): NameItem {
  return { kind: 'mark', text, items: [] };
}

const CLOSING = { '<': '>', '(': ')', '[': ']', '{': '}' } as const;

function group(kind: Bracket, items: readonly NameItem[]): NameItem {
  return { kind, text: kind + joinItems(items) + CLOSING[kind], items };
}

const SPACED_MARKS: ReadonlySet<string> = new Set(['=', '+', '->']);
const POINTER_MARKS: ReadonlySet<string> = new Set(['*', '&', '&&']);

function needsSpace(items: readonly NameItem[], index: number): boolean {
  const before = items[index - 1];
  const item = items[index];
  if (before.kind === 'mark') {
    if (before.text === ',' || before.text === ';' || SPACED_MARKS.has(before.text)) return true;
    // 'char* const', but '&mut str'.
    return POINTER_MARKS.has(before.text) && item.kind === 'word' && isPostfix(items, index - 1);
  }
  if (item.kind === 'mark') {
    return SPACED_MARKS.has(item.text) || (POINTER_MARKS.has(item.text) && isRustKeyword(before));
  }
  // '(Policy)2'.
  if (item.kind === 'word') return before.kind !== '(' || !/^\d/.test(item.text);
  if (item.kind === '<') return KEYWORDS.has(before.text) || before.text.endsWith('<');
  return KEYWORDS.has(before.text) && item.kind !== '{';
}

/** Whether a '*' or '&' belongs to the type before it, as in C++, or to the one behind it, as in Rust. */
function isPostfix(items: readonly NameItem[], index: number): boolean {
  let first = index;
  while (first > 0 && POINTER_MARKS.has(items[first].text)) first -= 1;
  return items[first].kind !== 'mark' && !isRustKeyword(items[first]);
}

function isRustKeyword(item: NameItem): boolean {
  return item.text !== 'const' && KEYWORDS.has(item.text);
}
