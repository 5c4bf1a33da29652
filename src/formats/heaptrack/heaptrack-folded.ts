import type { MetricId } from '../../profile/metric.ts';
import { ALLOCATION_FUNCTIONS } from './allocation-functions.ts';
import type { HeaptrackTables } from './heaptrack-tables.ts';

/*
 * Folded text as `heaptrack_print --print-flamegraph` writes it, for tools and eyes that are used to it, and to prove
 * our numbers against heaptrack's own. A line for each trace that allocates, in the order of the file: nothing is
 * merged, sorted or left out, a stack of cost 0 neither. Our own folded text differs in all of this.
 * (heaptrack 1.5, src/analyze/print/heaptrack_print.cpp and src/analyze/accumulatedtracedata.cpp)
 */

/** A stack's outermost frame is the first of these from the inside out; the machine's way to them is left out. */
const OUTERMOST_FUNCTIONS = ['main', '__libc_start_main', '__static_initialization_and_destruction_0'];

/** A write of its own for each line would take longer than to make it. */
const PIECE_CHARACTERS = 1 << 16;

/**
 * One metric as folded text, in bytes since names need not be UTF-8, and in pieces since the text of a large trace
 * does not fit into one string. heaptrack_print has no `allocated`; that one is ours.
 */
export function* heaptrackFolded(
  tables: HeaptrackTables,
  metric: MetricId,
): Generator<Uint8Array, void, void> {
  let piece = '';
  for (const line of foldedLines(tables, metric)) {
    piece += line;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield Buffer.from(piece, 'latin1');
    piece = '';
  }
  yield Buffer.from(piece, 'latin1');
}

function* foldedLines(tables: HeaptrackTables, metric: MetricId): Generator<string, void, void> {
  const textOfIp = ipTexts(tables);
  const isOutermost = ipsOf(OUTERMOST_FUNCTIONS, tables);
  const { ip, parent } = withoutAllocationFunctions(tables);
  const { trace: traceOfRecord, costs } = tables.records;
  for (let record = 0; record < traceOfRecord.length; record++) {
    const first = traceOfRecord[record];
    let stack = first === 0 ? '??' : '';
    for (let trace = first; ip[trace] !== 0; trace = parent[trace]) {
      stack = textOfIp[ip[trace]] + stack;
      if (isOutermost[ip[trace]] === 1) break;
    }
    yield `${stack} ${costs[metric][record]}\n`;
  }
}

/** Such as `parse (date.cpp);inner (table.hpp);`. Inlined functions come in the file's order: innermost first. */
function ipTexts({ strings, ips }: HeaptrackTables): string[] {
  const names = strings.map(shortenTemplates);
  return ips.address.map((address, ip) => {
    if (ip === 0) return '';
    const start = ips.start[ip];
    const [name, file] = [ips.triples[start], ips.triples[start + 1]];
    let text = name === 0 ? `0x${address}` : names[name];
    if (file !== 0) text += ` (${baseName(strings[file])})`;
    text += ';';
    for (let at = start + 3; at < ips.start[ip + 1]; at += 3) {
      text += `${names[ips.triples[at]]} (${baseName(strings[ips.triples[at + 1]])});`;
    }
    return text;
  });
}

/** 1 for each ip whose innermost function is one of these; of equal strings in the table, only the first counts. */
function ipsOf(functions: readonly string[], { strings, ips }: HeaptrackTables): Uint8Array {
  const numbers = new Set(functions.map((name) => strings.indexOf(name)));
  return Uint8Array.from(ips.address, (_, ip) => (ip > 0 && numbers.has(ips.triples[ips.start[ip]]) ? 1 : 0));
}

/** The traces, each that ends in an allocation function replaced by its caller. */
function withoutAllocationFunctions(tables: HeaptrackTables): HeaptrackTables['traces'] {
  const isAllocation = ipsOf(ALLOCATION_FUNCTIONS, tables);
  const ip = tables.traces.ip.slice();
  const parent = tables.traces.parent.slice();
  for (let trace = 1; trace < ip.length; trace++) {
    if (isAllocation[ip[trace]] === 0) continue;
    // The parent comes first in the file, so it is replaced already.
    [ip[trace], parent[trace]] = [ip[parent[trace]], parent[parent[trace]]];
  }
  return { ip, parent };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * `std::vector<int>::at` → `std::vector<>::at`, as heaptrack does it: the brackets of operators are kept, but an arrow
 * closes a bracket that was never open, and what follows is lost: `A::operator->()` → `A::operator-`.
 */
function shortenTemplates(name: string): string {
  let short = '';
  let depth = 0;
  for (const character of name) {
    const isBracket = character === '<' || character === '>';
    if (isBracket && isOperatorName(short, character)) {
      short += character;
      continue;
    }
    const depthBefore = depth;
    if (character === '<') depth++;
    if (character === '>') depth--;
    // Of a pair of brackets the outermost are kept.
    if (depth === 0 || (character === '<' && depthBefore === 0)) short += character;
  }
  return short;
}

/** Whether a bracket that follows this text belongs to `operator<`, `operator<<` and the like. */
function isOperatorName(text: string, bracket: string): boolean {
  return text.endsWith(text.endsWith(bracket) ? `operator${bracket}` : 'operator');
}
