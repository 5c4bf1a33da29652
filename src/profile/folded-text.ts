import { GrowingInt32 } from './columns.ts';
import { PairIndex } from './pair-index.ts';

/** Pieces of this size are written as fast as larger ones. */
const PIECE_BYTES = 1 << 20;

const ENCODER = new TextEncoder();

/** Self costs of one side, or of base and head: a number for each stack. */
type Columns = readonly Float64Array[];

/**
 * Writes stacks as folded text (see folded.ts): `main;parse;operator new 4096`. Lines are sorted, so that the same
 * stacks give the same text. In pieces, since the text of a large profile, where each line repeats its callers' names,
 * does not fit into one string.
 *
 * Nor are there lines to be sorted: the tree of stacks is walked in the order in which their lines come. Below one
 * caller, with callees `f`, `f(int)` and `g`, that is the order of what follows the caller's text:
 *
 *   `f 5` · `f(int) 3` · `f(int);…` · `f;…` · `g 1`
 */
export class FoldedTree {
  readonly #texts: string[] = [];
  readonly #bytes: Uint8Array[] = [];
  /** Nodes are callers and a frame's text: frames of equal text are one. */
  readonly #parent = new GrowingInt32();
  readonly #text = new GrowingInt32();
  readonly #firstChild: Int32Array;
  readonly #nextSibling: Int32Array;
  /** The stacks of each node that may have a line. */
  readonly #firstStack: Int32Array;
  readonly #nextStack: Int32Array;

  /**
   * @param prefix and `frame` are the columns of a StackTable in which no stack is twice
   * @param names of the frames
   * @param costs all columns of which one may be asked for
   */
  constructor(prefix: Int32Array, frame: Int32Array, names: readonly string[], costs: Columns) {
    const textOf = this.#internTexts(names);
    const hasLine = stacksWithCosts(prefix.length, costs);
    const isNeeded = withCallers(hasLine, prefix);
    const nodes = new PairIndex(this.#parent, this.#text);
    const nodeOf = new Int32Array(prefix.length);
    const isShared = sharedTexts(textOf);
    /** For each stack whether another one may have the same text. */
    const mayBeTwin = new Uint8Array(prefix.length);
    for (let stack = 0; stack < prefix.length; stack++) {
      if (isNeeded[stack] === 0) continue;
      const caller = prefix[stack];
      const parent = caller < 0 ? -1 : nodeOf[caller];
      const text = textOf[frame[stack]];
      if (isShared[text] === 1 || (caller >= 0 && mayBeTwin[caller] === 1)) {
        mayBeTwin[stack] = 1;
        nodeOf[stack] = nodes.intern(parent, text);
      } else {
        // Nearly all: nothing has to be looked up.
        nodeOf[stack] = this.#parent.push(parent);
        this.#text.push(text);
      }
    }
    const count = this.#parent.length;
    this.#nextStack = new Int32Array(prefix.length).fill(-1);
    this.#firstStack = new Int32Array(count).fill(-1);
    for (let stack = prefix.length - 1; stack >= 0; stack--) {
      if (hasLine[stack] === 0) continue;
      this.#nextStack[stack] = this.#firstStack[nodeOf[stack]];
      this.#firstStack[nodeOf[stack]] = stack;
    }
    // The last place is that of the roots, whose parent is -1.
    this.#firstChild = new Int32Array(count + 1).fill(-1);
    this.#nextSibling = new Int32Array(count).fill(-1);
    for (let node = count - 1; node >= 0; node--) {
      const parent = this.#parent.values[node] < 0 ? count : this.#parent.values[node];
      this.#nextSibling[node] = this.#firstChild[parent];
      this.#firstChild[parent] = node;
    }
  }

  /** A line for each stack that costs something, with a number for each of `costs`. */
  *text(costs: Columns): Generator<Uint8Array, void, void> {
    const writer = new LineWriter();
    const pending = this.#branchesBelow(-1, 0, costs).reverse();
    for (let branch = pending.pop(); branch !== undefined; branch = pending.pop()) {
      const name = this.#bytesOf(branch.node);
      if (branch.stack >= 0) {
        const full = writer.line(branch.pathLength, name, costsOf(costs, branch.stack));
        if (full !== null) yield full;
        continue;
      }
      let pathLength = writer.enter(branch.pathLength, name);
      let node = branch.node;
      for (let only = this.#onlyCalleeOf(node); only >= 0; only = this.#onlyCalleeOf(node)) {
        node = only;
        pathLength = writer.enter(pathLength, this.#bytesOf(node));
      }
      const below = this.#branchesBelow(node, pathLength, costs);
      for (let index = below.length - 1; index >= 0; index--) pending.push(below[index]);
    }
    yield writer.rest();
  }

  #internTexts(names: readonly string[]): Int32Array {
    const idOf = new Map<string, number>();
    return Int32Array.from(names, (name) => {
      const text = foldedFrame(name);
      const id = idOf.get(text) ?? this.#texts.push(text) - 1;
      idOf.set(text, id);
      return id;
    });
  }

  #bytesOf(node: number): Uint8Array {
    const text = this.#text.values[node];
    this.#bytes[text] ??= ENCODER.encode(this.#texts[text]);
    return this.#bytes[text];
  }

  /** The only node below one, if that has no line of its own but is itself a caller; else -1. */
  #onlyCalleeOf(node: number): number {
    const callee = this.#firstChild[node];
    if (callee < 0 || this.#nextSibling[callee] >= 0 || this.#firstStack[callee] >= 0) return -1;
    return this.#firstChild[callee] < 0 ? -1 : callee;
  }

  /** In the order of their lines. @param parent -1 for the roots */
  #branchesBelow(parent: number, pathLength: number, costs: Columns): Branch[] {
    const branches: Branch[] = [];
    const first = this.#firstChild[parent < 0 ? this.#firstChild.length - 1 : parent];
    for (let node = first; node >= 0; node = this.#nextSibling[node]) {
      for (let stack = this.#firstStack[node]; stack >= 0; stack = this.#nextStack[stack]) {
        if (costs.some((column) => column[stack] > 0)) branches.push({ node, stack, pathLength });
      }
      if (this.#firstChild[node] >= 0) branches.push({ node, stack: -1, pathLength });
    }
    // A frame's own line comes before those of what it called as it is: ' ' is before ';'.
    const isOneFrame =
      branches.length === 2 && branches[0].node === branches[1].node && branches[1].stack < 0;
    return branches.length < 2 || isOneFrame ? branches : this.#sort(branches, costs);
  }

  #sort(branches: readonly Branch[], costs: Columns): Branch[] {
    const keyed = branches.map((branch) => {
      const name = this.#texts[this.#text.values[branch.node]];
      return { branch, key: branch.stack < 0 ? `${name};` : `${name} ${costsOf(costs, branch.stack)}` };
    });
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    return keyed.map(({ branch }) => branch);
  }
}

/** What follows a caller's text: the line of a stack, or without one (-1) the lines of everything that it called. */
interface Branch {
  readonly node: number;
  readonly stack: number;
  /** Bytes of the caller's text, its ';' included. */
  readonly pathLength: number;
}

/** Puts lines together: a path that callers share is written once and copied for each line. */
class LineWriter {
  #path = new Uint8Array(4096);
  #piece = new Uint8Array(PIECE_BYTES);
  #length = 0;

  /** Makes the path longer by a frame. Returns its length. */
  enter(pathLength: number, name: Uint8Array): number {
    const length = pathLength + name.length + 1;
    if (length > this.#path.length) {
      const longer = new Uint8Array(length * 2);
      longer.set(this.#path.subarray(0, pathLength));
      this.#path = longer;
    }
    this.#path.set(name, pathLength);
    this.#path[length - 1] = 0x3b; // ;
    return length;
  }

  /** Adds a line. Returns the piece that was full before it, or null. */
  line(pathLength: number, name: Uint8Array, costs: string): Uint8Array | null {
    const length = pathLength + name.length + costs.length + 2;
    let full: Uint8Array | null = null;
    if (this.#length + length > this.#piece.length) {
      full = this.rest();
      this.#piece = new Uint8Array(Math.max(PIECE_BYTES, length));
      this.#length = 0;
    }
    this.#piece.set(this.#path.subarray(0, pathLength), this.#length);
    this.#piece.set(name, this.#length + pathLength);
    let at = this.#length + pathLength + name.length;
    this.#piece[at++] = 0x20; // space
    for (let i = 0; i < costs.length; i++) this.#piece[at++] = costs.charCodeAt(i);
    this.#piece[at] = 0x0a; // newline
    this.#length += length;
    return full;
  }

  rest(): Uint8Array {
    return this.#piece.subarray(0, this.#length);
  }
}

/** A name must not hold what parts frames or lines. */
function foldedFrame(name: string): string {
  return name === '' ? '??' : name.replaceAll(';', ':').replaceAll(/[\u0000-\u001f\u007f]+/g, ' ');
}

function costsOf(costs: Columns, stack: number): string {
  return costs.length === 1 ? `${costs[0][stack]}` : costs.map((column) => column[stack]).join(' ');
}

/** Of each text whether more than one frame has it. */
function sharedTexts(textOf: Int32Array): Uint8Array {
  const isKnown = new Uint8Array(textOf.length);
  const isShared = new Uint8Array(textOf.length);
  for (const text of textOf) {
    if (isKnown[text] === 1) isShared[text] = 1;
    isKnown[text] = 1;
  }
  return isShared;
}

function stacksWithCosts(length: number, costs: Columns): Uint8Array {
  const hasCosts = new Uint8Array(length);
  for (const column of costs) {
    for (let stack = 0; stack < column.length; stack++) if (column[stack] > 0) hasCosts[stack] = 1;
  }
  return hasCosts;
}

function withCallers(isMarked: Uint8Array, prefix: Int32Array): Uint8Array {
  const isNeeded = isMarked.slice();
  for (let stack = prefix.length - 1; stack >= 0; stack--) {
    if (isNeeded[stack] === 1 && prefix[stack] >= 0) isNeeded[prefix[stack]] = 1;
  }
  return isNeeded;
}
