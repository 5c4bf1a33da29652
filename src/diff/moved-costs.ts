import type { DiffFrame } from './profile-diff.ts';

/*
 * Code that moved, not memory that changed: a stack that lost bytes and a stack that gained bytes belong together
 * when they end in the same frames. `Parser::default` called from a static initialiser instead of from `parse`:
 *
 *   base   main;parse;Parser::default;HashMap::insert      78 KB  gone
 *   head   main;DEFAULT_PARSER;Parser::default;HashMap::insert  8 KB  new      →  8 KB moved, 70 KB gone
 *
 * All stacks with a difference go into a trie from the leaf towards the root. Going over its nodes from the deepest
 * to the shallowest pairs what shares the longest suffix first, in time proportional to the frames of those stacks.
 */

/** A pairing that shares only the leaf would join any two callers of `malloc`. */
const MIN_COMMON_FRAMES = 2;

interface Trie {
  readonly parent: number[];
  readonly depth: number[];
  /** Whether the suffix holds a frame of the measured code, not of libraries alone. */
  readonly isAnchored: boolean[];
}

/**
 * The part of each stack's |base − head| that another stack took over or gave up.
 * @param prefix and `frame` are the columns of the stack table; costs are self costs of one metric
 */
export function findMovedCosts(
  frames: readonly DiffFrame[],
  stacks: { readonly prefix: Int32Array; readonly frame: Int32Array },
  base: Float64Array,
  head: Float64Array,
): Float64Array {
  const moved = new Float64Array(base.length);
  const trie: Trie = { parent: [-1], depth: [0], isAnchored: [false] };
  const child = new Map<number, number>();
  const gone: number[][] = [];
  const added: number[][] = [];
  for (let stack = 0; stack < base.length; stack++) {
    const delta = head[stack] - base[stack];
    if (delta === 0) continue;
    const node = insertSuffixes(trie, child, frames, stacks, stack);
    const lists = delta < 0 ? gone : added;
    lists[node] ??= [];
    lists[node].push(stack);
  }
  const rest = Float64Array.from(base, (cost, stack) => Math.abs(head[stack] - cost));
  for (let node = trie.parent.length - 1; node > 0; node--) {
    if (trie.depth[node] < MIN_COMMON_FRAMES) continue;
    if (trie.isAnchored[node]) pair(gone[node], added[node], rest, moved);
    handToParent(gone, node, trie.parent[node]);
    handToParent(added, node, trie.parent[node]);
  }
  return moved;
}

function insertSuffixes(
  trie: Trie,
  child: Map<number, number>,
  frames: readonly DiffFrame[],
  { prefix, frame }: { readonly prefix: Int32Array; readonly frame: Int32Array },
  stack: number,
): number {
  let node = 0;
  for (let at = stack; at >= 0; at = prefix[at]) {
    const key = node * 2 ** 26 + frame[at];
    let next = child.get(key);
    if (next === undefined) {
      next = trie.parent.push(node) - 1;
      trie.depth.push(trie.depth[node] + 1);
      trie.isAnchored.push(trie.isAnchored[node] || frames[frame[at]].isOwn);
      child.set(key, next);
    }
    node = next;
  }
  return node;
}

/** Consumes both lists from their ends, as much as the smaller side has. */
function pair(
  gone: number[] | undefined,
  added: number[] | undefined,
  rest: Float64Array,
  moved: Float64Array,
): void {
  while (gone?.length && added?.length) {
    const from = gone[gone.length - 1];
    const to = added[added.length - 1];
    const amount = Math.min(rest[from], rest[to]);
    for (const stack of [from, to]) {
      rest[stack] -= amount;
      moved[stack] += amount;
    }
    if (rest[from] === 0) gone.pop();
    if (rest[to] === 0) added.pop();
  }
}

/** The shorter list is copied into the longer, so that no stack is copied more than log₂(stacks) times. */
function handToParent(lists: number[][], node: number, parent: number): void {
  const own = lists[node];
  if (own === undefined) return;
  const theirs = lists[parent];
  if (theirs === undefined) lists[parent] = own;
  else if (theirs.length >= own.length) for (const stack of own) theirs.push(stack);
  else {
    for (const stack of theirs) own.push(stack);
    lists[parent] = own;
  }
  delete lists[node];
}
