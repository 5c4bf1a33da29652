/* What compilers, linkers and heaptrack's own demangler leave on a name, undone before its structure is read. */

/** Last words of the names of clones: 'parse.constprop.0', 'parse.cold', '_RNv….llvm.123'. */
const CLONE_SUFFIXES: ReadonlySet<string> = new Set([
  ...['__part', '__uniq', 'clone', 'cold', 'constprop', 'content', 'isra', 'llvm', 'localalias', 'lto_priv'],
  ...['part', 'resolver', 'simdclone', 'specialized', 'split', 'unlikely', 'warm'],
]);

/** Takes off what marks a copy of a function, its version in a library, or a number that keeps names apart. */
export function stripSuffixes(name: string): string {
  let end = findVersionStart(name);
  for (;;) {
    const shorter = findSuffixStart(name, end);
    if (shorter === end) return name.slice(0, end);
    end = shorter;
  }
}

/** Of '@GLIBC_2.34', '@@GLIBCXX_3.4' and '@plt'. */
function findVersionStart(name: string): number {
  const at = name.indexOf('@');
  if (at <= 0) return name.length;
  for (let index = at; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (!isWordCharacter(code) && code !== AT && code !== DOT) return name.length;
  }
  return at;
}

function findSuffixStart(name: string, end: number): number {
  const last = name[end - 1];
  if (last === ' ') return end - 1;
  // GCC's ' [clone .cold]' and LLVM's ' (.cold)'.
  if (last === ']' || last === ')') {
    const open = name.lastIndexOf(last === ']' ? '[' : '(', end - 1);
    const opening = last === ']' ? ' [clone ' : ' (.';
    return open > 1 && name.startsWith(opening, open - 1) ? open - 1 : end;
  }
  let start = end;
  while (start > 0 && isWordCharacter(name.charCodeAt(start - 1))) start -= 1;
  const word = name.slice(start, end);
  const isSuffix = isDecimal(word) || CLONE_SUFFIXES.has(word);
  return isSuffix && start > 1 && name[start - 1] === '.' && name[start - 2] !== '.' ? start - 1 : end;
}

const AT = 64;
const DOT = 46;

function isWordCharacter(code: number): boolean {
  const isDigit = code >= 48 && code <= 57;
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isDigit || isLetter || code === 95;
}

function isDecimal(text: string): boolean {
  return text !== '' && [...text].every((digit) => digit >= '0' && digit <= '9');
}

/** Rust's legacy mangling spells punctuation so. https://github.com/rust-lang/rustc-demangle (legacy.rs) */
const RUST_ESCAPES: ReadonlyMap<string, string> = new Map([
  ...([
    ['SP', '@'],
    ['BP', '*'],
    ['RF', '&'],
    ['LT', '<'],
    ['GT', '>'],
    ['LP', '('],
    ['RP', ')'],
  ] as const),
  ['C', ','],
]);

const HASH_LENGTH = '::h0123456789abcdef'.length;

/**
 * Finishes what heaptrack began: it hands Rust's legacy names to the C++ demangler, which leaves the escapes
 * ('_$LT$words..Parser$u20$as$u20$Default$GT$::default') and the hash ('::h1b5d6b32d4e6b239').
 */
export function undoRustEscapes(name: string): string {
  const hasHash = endsInRustHash(name);
  const escaped = hasHash ? name.slice(0, -HASH_LENGTH) : name;
  let text = '';
  let done = 0;
  for (
    let dollar = escaped.indexOf('$');
    dollar >= 0;
    dollar = escaped.indexOf('$', Math.max(done, dollar + 1))
  ) {
    const found = readRustEscape(escaped, dollar);
    if (found === null) continue;
    // An element that would begin with an escape has an underscore before it.
    const hasUnderscore = escaped[dollar - 1] === '_' && (dollar === 1 || escaped[dollar - 2] === ':');
    text += escaped.slice(done, hasUnderscore ? dollar - 1 : dollar) + found.text;
    done = found.end;
  }
  // C++ has dots too: 'print(char const*, ...)'.
  return done > 0 || hasHash ? (text + escaped.slice(done)).replaceAll('..', '::') : name;
}

function endsInRustHash(name: string): boolean {
  const start = name.length - HASH_LENGTH;
  if (start <= 0 || !name.startsWith('::h', start)) return false;
  return [...name.slice(start + 3)].every((digit) => '0123456789abcdef'.includes(digit));
}

function readRustEscape(
  name: string,
  dollar: number,
): { readonly text: string; readonly end: number } | null {
  // '$u10ffff$' is the longest.
  const close = name.slice(dollar + 1, dollar + 9).indexOf('$');
  if (close < 0) return null;
  const code = name.slice(dollar + 1, dollar + 1 + close);
  const text = RUST_ESCAPES.get(code) ?? readCodePoint(code);
  return text === null ? null : { text, end: dollar + close + 2 };
}

/** '{' of 'u7b'. */
function readCodePoint(code: string): string | null {
  if (!/^u[0-9a-f]{1,6}$/.test(code)) return null;
  const codePoint = Number.parseInt(code.slice(1), 16);
  const isText = codePoint >= 0x20 && codePoint !== 0x7f && codePoint <= 0x10ffff;
  return isText ? String.fromCodePoint(codePoint) : null;
}
