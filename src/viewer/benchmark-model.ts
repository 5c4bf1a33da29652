import { type OrderedFrameTree, orderFrameTree } from '../flamegraph/build-flame-graph.ts';
import { baseOf, headOf } from '../flamegraph/cost-parts.ts';
import { baseTotal, headTotal } from '../flamegraph/flame-graph.ts';
import { buildFrameTree, type FrameTree, type FrameTreeOptions } from '../flamegraph/frame-tree.ts';
import {
  type FrameTreeCosts,
  type NodeStacks,
  stacksOfNode,
  weighFrameTree,
  weighStacks,
} from '../flamegraph/weigh-frame-tree.ts';
import { type GraphLinks, linkGraph } from '../flamegraph/zoom-layout.ts';
import { type MetricId, metricById } from '../profile/metric.ts';
import type { Unit } from '../render/quantity.ts';
import type { Change } from '../report/change-status.ts';
import { buildFunctionTable, type FunctionRow } from '../report/function-table.ts';
import type { BenchmarkData } from '../viewer-data/report-data.ts';
import { Fingerprints } from './fingerprint.ts';

/** A frame tree as one metric draws it. */
export interface DrawnTree extends OrderedFrameTree {
  readonly tree: FrameTree;
  readonly costs: FrameTreeCosts;
  readonly links: GraphLinks;
  /** The graph's node of each of the tree's; -1 when it costs nothing by this metric. */
  readonly graphNode: Int32Array;
}

/** When less than this share of the whole changed, the change alone is drawn, until the reader asks for all. */
const SMALL_CHANGE = 0.15;

/** One benchmark's stacks, and everything that is computed from them, once each. */
export class BenchmarkModel {
  readonly data: BenchmarkData;
  readonly #cache = new Map<string, unknown>();
  /** Every metric of a frame is asked for in a row. */
  #lastAsked: { readonly tree: FrameTree; readonly node: number; readonly stacks: NodeStacks } | null = null;

  constructor(data: BenchmarkData) {
    this.data = data;
  }

  tree(options: FrameTreeOptions): FrameTree {
    return this.#once(`tree ${shapeKey(options)}`, () => buildFrameTree(this.data, options));
  }

  costs(options: FrameTreeOptions, metric: MetricId): FrameTreeCosts {
    return this.#once(`costs ${shapeKey(options)} ${metric}`, () =>
      weighFrameTree(this.data, this.tree(options), metric),
    );
  }

  /** Of one node, whatever metric the tree is drawn by. */
  change(
    options: FrameTreeOptions,
    metric: MetricId,
    node: number,
    which: 'self' | 'total' = 'total',
  ): Change {
    const known = this.#cache.get(`costs ${shapeKey(options)} ${metric}`) as FrameTreeCosts | undefined;
    if (known !== undefined) return changeOf(known, node, which);
    const stacks = this.#stacksOf(this.tree(options), node);
    return changeOf(weighStacks(this.data, stacks, metric), 0, which);
  }

  #stacksOf(tree: FrameTree, node: number): NodeStacks {
    if (this.#lastAsked?.tree !== tree || this.#lastAsked.node !== node) {
      this.#lastAsked = { tree, node, stacks: stacksOfNode(tree, node) };
    }
    return this.#lastAsked.stacks;
  }

  drawn(options: FrameTreeOptions, metric: MetricId): DrawnTree {
    return this.#once(`drawn ${shapeKey(options)} ${metric}`, () => {
      const tree = this.tree(options);
      const costs = this.costs(options, metric);
      const ordered = orderFrameTree(this.data, tree, costs);
      const graphNode = new Int32Array(tree.length).fill(-1);
      ordered.treeNode.forEach((node, index) => {
        graphNode[node] = index;
      });
      return { ...ordered, tree, costs, graphNode, links: linkGraph(ordered.graph) };
    });
  }

  fingerprints(options: FrameTreeOptions): Fingerprints {
    return this.#once(
      `fingerprints ${shapeKey(options)}`,
      () => new Fingerprints(this.data.frames, this.tree(options)),
    );
  }

  frameFingerprint(frame: number): string {
    return this.fingerprints({ form: 'focus', direction: 'callees' }).ofFrame(frame);
  }

  /** The frame that `frameFingerprint` calls so, or null. */
  findFrame(fingerprint: string): number | null {
    const frame = this.data.frames.findIndex((_, index) => this.frameFingerprint(index) === fingerprint);
    return frame < 0 ? null : frame;
  }

  functions(form: FrameTreeOptions['form'], metric: MetricId): readonly FunctionRow[] {
    const options = { form, direction: 'callees' } as const;
    return this.#once(`functions ${form} ${metric}`, () =>
      buildFunctionTable(
        this.data.frames,
        this.tree(options),
        this.costs(options, metric),
        this.costs(options, 'allocations'),
        this.costs(options, 'allocated'),
      ),
    );
  }

  /** Whether so little of the whole changed that it would be slivers. */
  isSmallChange(drawn: DrawnTree): boolean {
    const { graph } = drawn;
    if (!this.data.hasBase) return false;
    const changed = graph.gone[0] + graph.added[0] + graph.movedAway[0] + graph.movedHere[0];
    return changed > 0 && changed < SMALL_CHANGE * Math.max(baseTotal(graph, 0), headTotal(graph, 0));
  }

  unit(metric: MetricId): Unit {
    return metricById(metric).unit;
  }

  #once<T>(key: string, make: () => T): T {
    if (!this.#cache.has(key)) this.#cache.set(key, make());
    return this.#cache.get(key) as T;
  }
}

function shapeKey({ form, direction, isRecursionFolded = false }: FrameTreeOptions): string {
  return `${form} ${direction} ${isRecursionFolded}`;
}

/** What became of a node. */
export function changeOf(
  costs: Omit<FrameTreeCosts, 'metric'>,
  node: number,
  which: 'self' | 'total' = 'total',
): Change {
  const parts = costs[which];
  return {
    base: baseOf(parts, node),
    head: headOf(parts, node),
    gone: parts.gone[node],
    added: parts.added[node],
    moved: parts.movedAway[node] + parts.movedHere[node],
  };
}

/** The nodes from the root's child down to `node`. */
export function pathTo(tree: FrameTree, node: number): number[] {
  const path: number[] = [];
  for (let at = node; at > 0; at = tree.parent[at]) path.push(at);
  return path.reverse();
}
