import { joinItems, type NameItem } from './name-items.ts';

/** The last two parts of a path, without arguments: 'HashMap::insert', 'parse::{closure}'; '' when there is none. */
export function shortenName(path: readonly NameItem[]): string {
  const conversion = path.findIndex((item) => item.text === 'operator');
  if (conversion >= 0 && conversion + 1 < path.length) {
    const owner = namedParts(path.slice(0, conversion))
      .slice(-1)
      .map((part) => `${part.text}::`);
    return `${owner.join('')}operator ${shortType(path.slice(conversion + 1))}`;
  }
  const parts = namedParts(path);
  const last = parts.length - 1;
  // A closure is known by its function, and a method by its type.
  const isInMethod = last >= 2 && parts[last].isUnnamed && parts[last - 2].isType;
  const isOfClosure = last >= 2 && parts[last - 1].isUnnamed;
  return parts
    .slice(isInMethod || isOfClosure ? last - 2 : Math.max(0, last - 1))
    .map((part) => part.text)
    .join('::');
}

interface NamePart {
  readonly text: string;
  readonly isType: boolean;
  /** A closure or lambda. */
  readonly isUnnamed: boolean;
}

function namedParts(path: readonly NameItem[]): readonly NamePart[] {
  const parts: NamePart[] = [];
  for (let index = 0; index < path.length; index++) {
    const item = path[index];
    const isFirst = index === 0 || path[index - 1].kind === 'mark';
    const last = parts[parts.length - 1];
    if (item.kind === 'word') {
      if (isFirst || last === undefined)
        parts.push({ text: item.text, isType: startsUpperCase(item.text), isUnnamed: false });
      else parts[parts.length - 1] = { ...last, text: `${last.text} ${item.text}` };
    } else if (item.kind === '<') {
      if (isFirst) parts.push({ text: ownerOf(item.items), isType: true, isUnnamed: false });
      else if (last !== undefined) parts[parts.length - 1] = { ...last, isType: true };
    } else if (item.kind === '{') {
      addUnnamed(parts, item.text);
    }
  }
  return parts;
}

function startsUpperCase(text: string): boolean {
  return text !== '' && text[0] !== text[0].toLowerCase();
}

/** Adds '{closure}' or '{lambda#2}'; one in another is shown as one, and what has no name at all is left out. */
function addUnnamed(parts: NamePart[], text: string): void {
  const isCode = text.startsWith('{closure') || text.startsWith('{lambda') || text.startsWith('{async');
  if (!isCode) return;
  if (parts[parts.length - 1]?.isUnnamed) parts.pop();
  const parameters = text.indexOf('(');
  const shortText = parameters < 0 ? text : text.slice(0, parameters) + text.slice(text.lastIndexOf(')') + 1);
  parts.push({ text: shortText, isType: false, isUnnamed: true });
}

/** 'Parser' of Rust's 'words::Parser as core::default::Default', 'impl Display for words::Parser' and 'impl words::Parser'. */
function ownerOf(items: readonly NameItem[]): string {
  const end = items.findIndex((item) => item.text === 'as');
  const start = items.findLastIndex((item) => item.text === 'for' || item.text === 'impl');
  return end < 0 ? shortType(items.slice(start + 1)) : shortType(items.slice(0, end));
}

const BEFORE_TYPE: ReadonlySet<string> = new Set(['&', '&&', '*', 'const', 'dyn', 'mut', 'volatile']);

function shortType(items: readonly NameItem[]): string {
  const start = items.findIndex((item) => !BEFORE_TYPE.has(item.text) && !item.text.startsWith("'"));
  if (start < 0) return joinItems(items);
  const first = items[start];
  if (first.kind === '[') return `[${shortType(first.items)}]`;
  if (first.kind === '(') return joinItems(items.slice(start));
  // Of 'Fn(i32) + Send' and 'char const*' the first path.
  const end = items.findIndex((item, index) => index > start && item.kind === 'mark' && item.text !== '::');
  const parts = namedParts(items.slice(start, end < 0 ? items.length : end));
  if (parts.length === 0) return joinItems(items);
  return parts
    .slice(parts[parts.length - 1].isUnnamed ? -2 : -1)
    .map((part) => part.text)
    .join('::');
}
