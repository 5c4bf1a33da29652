import {
  Composer,
  type CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  type Scalar,
} from 'yaml';
import { PlacedProblems } from './placed-problems.ts';

/*
 * A YAML file as a tree of plain values that know where they are written. Anchors and aliases are followed; tags,
 * repeated keys and keys that are not text are errors.
 */
export type YamlValue = YamlText | YamlList | YamlMap;

export interface YamlText {
  readonly kind: 'text';
  readonly offset: number;
  /** As YAML understands it. */
  readonly value: string | number | boolean | null;
  /** As it is written, without quotes: `1.10` stays `1.10`. */
  readonly text: string;
  /** Where a line of `text` stands: in a literal block (`|`) its own line, elsewhere where the value begins. */
  readonly lineOffset: (line: number) => number;
}

export interface YamlList {
  readonly kind: 'list';
  readonly offset: number;
  readonly items: readonly YamlValue[];
}

export interface YamlMap {
  readonly kind: 'map';
  readonly offset: number;
  readonly entries: ReadonlyMap<string, YamlEntry>;
}

/** Offsets are characters from the start of the file. */
export interface YamlEntry {
  readonly keyOffset: number;
  readonly value: YamlValue;
}

/** Three times what 256 benchmarks with every key have; what aliases repeat counts each time. */
export const MAX_YAML_VALUES = 20_000;

/** Deeper values are left out, for whoever checks the shape to find something missing there. */
const MAX_DEPTH = 8;

/** Values in values. The parser calls itself for each, and what a full call stack throws is not always a RangeError. */
export const MAX_YAML_NESTING = 100;

/**
 * @returns the file's value, with problems for whoever reads it further
 * @throws SettingsError when it is not YAML
 */
export function parseYaml(
  source: string,
  path: string,
): { readonly root: YamlValue; readonly problems: PlacedProblems } {
  const lineCounter = new LineCounter();
  const problems = new PlacedProblems((offset) => {
    const { line, col } = lineCounter.linePos(offset);
    return `${path}:${line}:${col}`;
  });
  const [document, second] = compose(source, lineCounter, problems);
  for (const { pos, message } of [...(document?.errors ?? []), ...(document?.warnings ?? [])]) {
    problems.add(pos[0], `this YAML is not understood: ${message.slice(0, 200)}`);
  }
  if (second !== undefined) {
    problems.add(second.range[0], 'this YAML is not understood: there is a second document');
  }
  problems.throwIfAny();
  const root = new TreeBuilder(source, lineCounter, problems).build(document?.contents, 0);
  problems.throwIfAny();
  return { root, problems };
}

/** Its documents, of which there should be one. */
function compose(source: string, lineCounter: LineCounter, problems: PlacedProblems) {
  // Keys are checked for repetition here and not by the parser, whose way of doing it takes the square of their number.
  const composer = new Composer({ uniqueKeys: false, logLevel: 'error', schema: 'core' });
  const tokens = parseTokens(source, lineCounter, problems);
  return composer.compose(tokens, true, source.length);
}

/** @throws SettingsError where nesting gets too deep */
function* parseTokens(
  source: string,
  lineCounter: LineCounter,
  problems: PlacedProblems,
): Generator<CST.Token> {
  lineCounter.addNewLine(0);
  const parser = new Parser(lineCounter.addNewLine);
  for (const lexeme of new Lexer().lex(source)) {
    const { offset } = parser;
    yield* parser.next(lexeme);
    // The outermost is the document.
    if (parser.stack.length - 1 > MAX_YAML_NESTING) {
      problems.add(offset, `values are nested more than ${MAX_YAML_NESTING} deep`);
      problems.throwIfAny();
    }
  }
  yield* parser.end();
}

class TreeBuilder {
  readonly #source: string;
  readonly #lines: LineCounter;
  readonly #problems: PlacedProblems;
  readonly #anchors = new Map<string, Node>();
  #valuesLeft = MAX_YAML_VALUES;

  constructor(source: string, lines: LineCounter, problems: PlacedProblems) {
    this.#source = source;
    this.#lines = lines;
    this.#problems = problems;
  }

  build(node: unknown, offset: number, depth = 0): YamlValue {
    if (this.#valuesLeft-- === 0) {
      this.#problems.add(offset, `more than ${MAX_YAML_VALUES} values`);
      this.#problems.throwIfAny();
    }
    if (depth > MAX_DEPTH) return nothingAt(offset);
    if (isAlias(node)) return this.#buildAlias(node.source, startOf(node, offset), depth);
    if (isScalar(node)) {
      this.#remember(node);
      return this.#buildText(node, startOf(node, offset));
    }
    if (isSeq(node)) {
      this.#remember(node);
      const start = startOf(node, offset);
      return {
        kind: 'list',
        offset: start,
        items: node.items.map((item) => this.build(item, start, depth + 1)),
      };
    }
    if (isMap(node)) {
      this.#remember(node);
      return this.#buildMap(node.items, startOf(node, offset), depth);
    }
    return nothingAt(offset);
  }

  /** The value is the anchor's; it stands where the alias does, its parts where they are written. */
  #buildAlias(name: string, offset: number, depth: number): YamlValue {
    const node = this.#anchors.get(name);
    if (node !== undefined) return { ...this.build(node, offset, depth + 1), offset };
    this.#problems.add(offset, `the alias ${JSON.stringify(name.slice(0, 80))} has no anchor above it`);
    return nothingAt(offset);
  }

  #buildText(node: Scalar, offset: number): YamlText {
    const { value } = node;
    const written = typeof value === 'string' ? value : (node.source ?? '');
    const text = written.trim();
    const isPlain = value === null || typeof value === 'number' || typeof value === 'boolean';
    return {
      kind: 'text',
      offset,
      value: isPlain ? value : text,
      text,
      lineOffset: node.type === 'BLOCK_LITERAL' ? this.#linesOfBlock(offset, written) : () => offset,
    };
  }

  /** The lines of a literal block are those below its `|`; blank ones before the text are not part of it. */
  #linesOfBlock(headerOffset: number, written: string): YamlText['lineOffset'] {
    const blank = written.slice(0, written.length - written.trimStart().length);
    const firstLine = this.#lines.linePos(headerOffset).line + blank.split('\n').length;
    return (line) => {
      let offset = this.#lines.lineStarts[firstLine - 1 + line] ?? headerOffset;
      while (this.#source[offset] === ' ') offset++;
      return offset;
    };
  }

  #buildMap(
    pairs: readonly { readonly key: unknown; readonly value: unknown }[],
    offset: number,
    depth: number,
  ): YamlMap {
    const entries = new Map<string, YamlEntry>();
    for (const { key, value } of pairs) {
      const keyOffset = startOf(key, offset);
      const built = this.build(value, keyOffset, depth + 1);
      if (!isScalar(key)) {
        this.#problems.add(keyOffset, 'a key is not text');
        continue;
      }
      const name = typeof key.value === 'string' ? key.value : (key.source ?? '');
      if (entries.has(name)) {
        this.#problems.add(keyOffset, `the key ${JSON.stringify(name.slice(0, 80))} is there already`);
      } else entries.set(name, { keyOffset, value: built });
    }
    return { kind: 'map', offset, entries };
  }

  #remember(node: Node & { readonly anchor?: string }): void {
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
  }
}

function startOf(node: unknown, otherwise: number): number {
  const range = (node as { readonly range?: readonly number[] | null } | null)?.range;
  return range?.[0] ?? otherwise;
}

function nothingAt(offset: number): YamlText {
  return { kind: 'text', offset, value: null, text: '', lineOffset: () => offset };
}

/** The tree as plain data; no name in it has a meaning of its own. */
export function toData(value: YamlValue): unknown {
  if (value.kind === 'text') return value.value;
  if (value.kind === 'list') return value.items.map(toData);
  const data: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of value.entries) data[key] = toData(entry.value);
  return data;
}
