import type { Demangle } from './demangle.ts';
import { joinItems, type NameItem, tidyName } from './name-items.ts';
import { stripSuffixes, undoRustEscapes } from './raw-names.ts';
import { shortenName } from './short-name.ts';

/** A function as it is compared and as it is shown. None is ever empty. Raw: whoever shows them escapes them. */
export interface FunctionName {
  /**
   * Equal on both commits: without hashes, clone suffixes, parameters, return type and other things that change
   * while the function stays. Template and generic arguments are kept.
   */
  readonly identity: string;
  /** Everything that people may want to know, in its usual spelling; at most 300 characters. */
  readonly name: string;
  /** For boxes and tables: 'Parser::default', 'HashMap::insert', 'parse::{closure}'. */
  readonly shortName: string;
}

/** Names a function by how the trace spells it. */
export type FunctionNamer = (rawFunctionName: string) => FunctionName;

/** Identity of a function whose name the trace does not know. */
export const UNRESOLVED = '??';

/** More of a name than this is neither read nor compared. The longest real ones known to us have 28 KB. */
const MAX_READ_LENGTH = 32_768;
/** Marks of different kinds on one name. */
const MAX_MARKS = 4;
const MAX_NAME_LENGTH = 300;
const MAX_SHORT_NAME_LENGTH = 100;

/** Makes a namer that remembers every name it has seen. */
export function createFunctionNamer(demangle: Demangle): FunctionNamer {
  const known = new Map<string, FunctionName>();
  return (rawFunctionName) => {
    let functionName = known.get(rawFunctionName);
    if (functionName === undefined) {
      functionName = nameFunction(rawFunctionName, demangle);
      known.set(rawFunctionName, functionName);
    }
    return functionName;
  };
}

function nameFunction(rawFunctionName: string, demangle: Demangle): FunctionName {
  const items = tidyName(readRawName(rawFunctionName, demangle).slice(0, MAX_READ_LENGTH));
  const bare = withoutSignature(items);
  const identity = joinItems(bare);
  if (identity === '' || isAddress(identity)) {
    return { identity: UNRESOLVED, name: UNRESOLVED, shortName: UNRESOLVED };
  }
  return {
    identity,
    name: cut(joinItems(items), MAX_NAME_LENGTH),
    shortName: cut(shortenName(bare) || identity, MAX_SHORT_NAME_LENGTH),
  };
}

const STATIC_INITIALISER = '_GLOBAL__sub_I_';
const THUNKS = ['non-virtual thunk to ', 'virtual thunk to ', 'covariant return thunk to '];

function readRawName(rawFunctionName: string, demangle: Demangle): string {
  const mangled = stripSuffixes(rawFunctionName.trim());
  const demangled = mangled.startsWith(`${STATIC_INITIALISER}_Z`)
    ? STATIC_INITIALISER + demangle(mangled.slice(STATIC_INITIALISER.length))
    : demangle(mangled);
  const thunk = THUNKS.find((prefix) => demangled.startsWith(prefix)) ?? '';
  return stripMarks(demangled.slice(thunk.length));
}

/** One mark may hide another: '…::h1b5d6b32d4e6b239.llvm.7019'. */
function stripMarks(name: string): string {
  let stripped = name;
  for (let round = 0; round < MAX_MARKS; round++) {
    const shorter = undoRustEscapes(stripSuffixes(stripped)).trim();
    if (shorter === stripped) break;
    stripped = shorter;
  }
  return stripped;
}

/** Some traces give an address where there is no name. */
function isAddress(name: string): boolean {
  return /^0x[0-9a-f]{1,16}$/.test(name);
}

const QUALIFIERS: ReadonlySet<string> = new Set(['const', 'volatile', 'noexcept', '&', '&&']);

/** 'std::vector<int>::size' of 'unsigned long std::vector<int>::size() const'. */
function withoutSignature(items: readonly NameItem[]): readonly NameItem[] {
  let end = items.length;
  while (end > 1 && QUALIFIERS.has(items[end - 1].text)) end -= 1;
  const isFunction = end > 1 && items[end - 1].kind === '(' && isNamePart(items[end - 2]);
  if (!isFunction) return items;
  const parameters = end - 1;
  // 'operator unsigned long': what follows is a type, not a part of the path.
  const conversion = items.findIndex((item) => item.text === 'operator');
  const start = findPathStart(items, conversion < 0 ? parameters : conversion + 1);
  return items.slice(start, parameters);
}

function isNamePart(item: NameItem): boolean {
  return item.kind !== 'mark' && item.kind !== '(';
}

/** Where the path ('a::b<c>::d') begins that ends before `end`: at a part that no '::' joins to what is before. */
function findPathStart(items: readonly NameItem[], end: number): number {
  for (let index = end - 1; index > 0; index--) {
    const { kind, text } = items[index];
    const before = items[index - 1];
    if (kind === 'mark' && text !== '::') return index + 1;
    const isArguments = kind === '<' && (before.kind === 'word' || before.kind === '{');
    const isPart = kind === 'word' || kind === '{' || (kind === '<' && !isArguments);
    if (isPart && before.text !== '::') return index;
  }
  return 0;
}

function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const kept = text.slice(0, maxLength - 1);
  return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}…`;
}
