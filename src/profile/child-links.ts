/** The first child of each node of a tree, and the next one of the same parent, in ascending order; -1 for none. */
export interface ChildLinks {
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
}

/** @param parent of each node a smaller one, or -1 at a root */
export function linkChildren(parent: Int32Array): ChildLinks {
  const firstChild = new Int32Array(parent.length).fill(-1);
  const nextSibling = new Int32Array(parent.length).fill(-1);
  for (let node = parent.length - 1; node >= 0; node--) {
    if (parent[node] < 0) continue;
    nextSibling[node] = firstChild[parent[node]];
    firstChild[parent[node]] = node;
  }
  return { firstChild, nextSibling };
}
