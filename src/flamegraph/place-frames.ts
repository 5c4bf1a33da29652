import type { ChildLinks } from '../profile/child-links.ts';
import type { CutPlan } from './cut-unchanged.ts';
import { baseTotal, type FlameGraph, headTotal, type NodeIndex, type Side, totalOn } from './flame-graph.ts';
import type { ColumnStatus, StatusColumn } from './status-columns.ts';

/** A box in bytes or calls from the left edge, as they are drawn: what is cut short counts as little as it is wide. */
export interface BoxDraft {
  readonly nodes: NodeIndex[];
  readonly depth: number;
  readonly start: number;
  readonly end: number;
  readonly cutCost: number;
}

/** Everything of one pane, before it is decided which rows are drawn. */
export interface PlacedFrames {
  readonly drafts: readonly BoxDraft[];
  /** From left to right. */
  readonly columns: readonly StatusColumn[];
}

/**
 * Gives a box to every frame that costs `minimumCost`. A caller comes before its callees, so one pass forward will do.
 *
 * @param minimumCost in bytes or calls
 */
export function placeFrames(
  graph: FlameGraph,
  side: Side,
  minimumCost: number,
  tree: { readonly links: ChildLinks; readonly plan: CutPlan | null },
): PlacedFrames {
  const placer = new FramePlacer(graph, side, minimumCost, tree.links, tree.plan);
  for (let node = 0; node < graph.length; node++) placer.place(node);
  return { drafts: placer.drafts, columns: placer.columns.sort((a, b) => a.start - b.start) };
}

/** What lies beside each other, in bytes or calls. */
interface StatusCosts {
  changed: number;
  moved: number;
  kept: number;
}

/** A frame that has a place gives places to its children; what has none is not drawn. */
class FramePlacer {
  readonly drafts: BoxDraft[] = [];
  readonly columns: StatusColumn[] = [];
  readonly #graph: FlameGraph;
  readonly #side: Side;
  readonly #minimumCost: number;
  readonly #links: ChildLinks;
  readonly #plan: CutPlan | null;
  /** The parts of a node that this side has, beside `kept`. */
  readonly #changed: 'gone' | 'added';
  readonly #moved: 'movedAway' | 'movedHere';
  /** Of each node; -1 when it is not drawn. */
  readonly #start: Float64Array;
  readonly #draftOf: Int32Array;

  constructor(graph: FlameGraph, side: Side, minimumCost: number, links: ChildLinks, plan: CutPlan | null) {
    this.#graph = graph;
    this.#side = side;
    this.#minimumCost = minimumCost;
    this.#links = links;
    this.#plan = plan;
    this.#changed = side === 'base' ? 'gone' : 'added';
    this.#moved = side === 'base' ? 'movedAway' : 'movedHere';
    this.#start = new Float64Array(graph.length).fill(-1);
    this.#start[0] = 0;
    this.#draftOf = new Int32Array(graph.length).fill(-1);
  }

  place(node: NodeIndex): void {
    if (this.#start[node] < 0) return;
    this.#draft(node);
    const depth = this.drafts[this.#draftOf[node]].depth + 1;
    const { childrenEnd, remainder } = this.#placeChildren(node);
    const remainderEnd = this.#addColumns(childrenEnd, remainder);
    if (remainderEnd > childrenEnd) {
      this.drafts.push({ nodes: [], depth, start: childrenEnd, end: remainderEnd, cutCost: 0 });
    }
    const ownEnd = this.#addColumns(remainderEnd, this.#ownCosts(node));
    const cutCost = this.#plan?.cutBelow[node] ?? 0;
    if (cutCost > 0 && this.#plan !== null) {
      const end = this.#addColumns(ownEnd, { changed: 0, moved: 0, kept: this.#plan.drawnCost });
      this.drafts.push({ nodes: [], depth, start: ownEnd, end, cutCost });
    }
  }

  #draft(node: NodeIndex): void {
    const parent = this.#graph.parent[node];
    if (parent !== -1 && isOnlyChild(this.#graph, node, parent)) {
      const draft = this.drafts[this.#draftOf[parent]];
      // The root stands for no frame: beside one it says nothing.
      if (draft.nodes[0] === 0) draft.nodes.pop();
      draft.nodes.push(node);
      this.#draftOf[node] = this.#draftOf[parent];
      return;
    }
    this.#draftOf[node] = this.drafts.length;
    this.drafts.push({
      nodes: [node],
      depth: parent === -1 ? 0 : this.drafts[this.#draftOf[parent]].depth + 1,
      start: this.#start[node],
      end: this.#start[node] + this.#drawnCost(node),
      cutCost: 0,
    });
  }

  /** Puts the children that are wide enough side by side, and adds up the others. */
  #placeChildren(node: NodeIndex): { readonly childrenEnd: number; readonly remainder: StatusCosts } {
    const { firstChild, nextSibling } = this.#links;
    const plan = this.#plan;
    const isCut = plan !== null && plan.cutBelow[node] > 0;
    const remainder: StatusCosts = { changed: 0, moved: 0, kept: 0 };
    let childrenEnd = this.#start[node];
    for (let child = firstChild[node]; child !== -1; child = nextSibling[child]) {
      if (isCut && plan.isUnchanged[child] === 1) continue;
      const cost = this.#drawnCost(child);
      if (cost >= this.#minimumCost && cost > 0) {
        this.#start[child] = childrenEnd;
        childrenEnd += cost;
      } else {
        remainder.changed += this.#graph[this.#changed][child];
        remainder.moved += this.#graph[this.#moved][child];
        remainder.kept += this.#graph.kept[child] - (plan?.savedBelow[child] ?? 0);
      }
    }
    return { childrenEnd, remainder };
  }

  #ownCosts(node: NodeIndex): StatusCosts {
    const { self } = this.#graph;
    return {
      changed: self[this.#changed][node],
      moved: self[this.#moved][node],
      kept: this.#plan?.isOwnCut[node] === 1 ? 0 : self.kept[node],
    };
  }

  #drawnCost(node: NodeIndex): number {
    return totalOn(this.#side, this.#graph, node) - (this.#plan?.savedBelow[node] ?? 0);
  }

  /** @returns where they end */
  #addColumns(from: number, costs: StatusCosts): number {
    let end = from;
    const add = (status: ColumnStatus, cost: number) => {
      const start = end;
      end += cost;
      if (cost > 0) this.columns.push({ status, start, end });
    };
    add(this.#changed, costs.changed);
    add('moved', costs.moved);
    add('kept', costs.kept);
    return end;
  }
}

/** Equal on both sides means that the parent has no cost of its own and no other child that costs anything. */
function isOnlyChild(graph: FlameGraph, node: NodeIndex, parent: NodeIndex): boolean {
  return (
    baseTotal(graph, node) === baseTotal(graph, parent) && headTotal(graph, node) === headTotal(graph, parent)
  );
}
