import { useLayoutEffect, useRef } from 'preact/hooks';
import { type GraphLinks, shownCost } from '../flamegraph/zoom-layout.ts';
import { type BenchmarkModel, changeOf, type DrawnTree } from './benchmark-model.ts';
import { type PaneDrawing, placeOf, ROW, rowsOf } from './flame-canvas.ts';
import { ancestorsOf } from './lay-out-panes.ts';
import type { ViewActions } from './use-view-actions.ts';
import type { ViewState } from './view-state.ts';
import { nearestDrawn } from './view-steps.ts';
import { shortNameOf, spokenBox } from './words.ts';

/** Brothers and sisters that are read out; the panes hold them all. */
const MOST_SIBLINGS = 60;

/**
 * The way to the selected frame, its siblings and what it calls, each on its box. A canvas is nothing to a screen
 * reader, and the box with the focus needs a ring.
 */
export function FlameTree(props: {
  readonly model: BenchmarkModel;
  readonly drawn: DrawnTree;
  readonly drawings: readonly PaneDrawing[];
  readonly state: ViewState;
  readonly root: number;
  readonly isChangesOnly: boolean;
  readonly actions: ViewActions;
}) {
  const { model, drawn, drawings, state, root, actions } = props;
  const { graph, links } = drawn;
  const host = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const active = nearestDrawn(drawn, state.selected) || root;
  const unit = model.unit(state.metric);
  const isShown = (node: number) =>
    drawings.some(({ pane }) => shownCost(graph, pane.side, node, props.isChangesOnly) > 0);
  const childrenOf = (node: number) => childrenIn(links, node).filter(isShown);
  const siblingsOf = (node: number) => (node === 0 ? [0] : childrenOf(graph.parent[node]));
  const ancestors = ancestorsOf(drawn, active);
  const siblings = siblingsOf(active);
  const children = childrenOf(active);
  const items: readonly TreeItem[] = [
    ...ancestors.map((node) => itemAmong(siblingsOf(node), node)),
    ...itemsNear(active, siblings, children),
  ];

  useLayoutEffect(() => {
    if (!hasFocus.current) return;
    const element = host.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (element === null || element === undefined || element === document.activeElement) return;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const move = (node: number | undefined) => {
    if (node !== undefined && node >= 0) actions.select(drawn.treeNode[node]);
  };
  const at = siblings.indexOf(active);
  const keys: Readonly<Record<string, () => void>> = {
    ArrowUp: () => move(graph.parent[active]),
    ArrowDown: () => move(children[0]),
    ArrowLeft: () => move(siblings[at - 1]),
    ArrowRight: () => move(siblings[at + 1]),
    Home: () => move(siblings[0]),
    End: () => move(siblings.at(-1)),
    Enter: () => actions.zoom(drawn.treeNode[active]),
    ' ': () => actions.zoom(drawn.treeNode[active]),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  };

  return (
    <div
      ref={host}
      role="tree"
      aria-label="Frames of the flame graph"
      class="flame-tree"
      onKeyDown={onKeyDown}
      onFocusIn={() => {
        hasFocus.current = true;
      }}
      onFocusOut={() => {
        hasFocus.current = false;
      }}
    >
      {items.map(({ node, index, of }) => {
        const isActive = node === active;
        const hasChildren = links.firstChild[node] >= 0;
        const treeNode = drawn.treeNode[node];
        const name = shortNameOf(model.data.frames, drawn.tree.frame[treeNode]);
        return (
          <div
            key={node}
            role="treeitem"
            tabIndex={isActive ? 0 : -1}
            aria-level={graph.depth[node] + 1}
            aria-setsize={of}
            aria-posinset={index + 1}
            aria-selected={isActive}
            aria-expanded={hasChildren ? isActive || ancestors.includes(node) : undefined}
            aria-label={spokenBox(name, unit, changeOf(drawn.costs, treeNode), model.data.hasBase)}
            data-place={isActive ? '' : undefined}
            style={isActive ? placeStyle(drawings, node) : undefined}
          />
        );
      })}
    </div>
  );
}

/** A frame that is read out: which one of how many siblings. */
interface TreeItem {
  /** Of the graph. */
  readonly node: number;
  readonly index: number;
  readonly of: number;
}

function itemAmong(siblings: readonly number[], node: number): TreeItem {
  return { node, index: siblings.indexOf(node), of: siblings.length };
}

/** The siblings on both sides of `active`, and right after itself what it calls. */
function itemsNear(active: number, siblings: readonly number[], children: readonly number[]): TreeItem[] {
  const at = siblings.indexOf(active);
  const from = Math.max(0, Math.min(at - MOST_SIBLINGS / 2, siblings.length - MOST_SIBLINGS));
  const near = siblings.slice(from, from + MOST_SIBLINGS);
  const below = children.slice(0, MOST_SIBLINGS).map((child) => itemAmong(children, child));
  return near.flatMap((node) => {
    const item = itemAmong(siblings, node);
    return node === active ? [item, ...below] : [item];
  });
}

function childrenIn({ firstChild, nextSibling }: GraphLinks, node: number): number[] {
  const children: number[] = [];
  for (let child = firstChild[node]; child >= 0; child = nextSibling[child]) children.push(child);
  return children;
}

/** Over the node's box in the first pane that has one; the panes are stacked, a heading above each. */
function placeStyle(drawings: readonly PaneDrawing[], node: number) {
  let top = 0;
  for (const drawing of drawings) {
    top += HEADING;
    const place = placeOf(drawing, node);
    if (place !== null) {
      return {
        top: `${top + place.row * ROW}px`,
        left: `${Math.round(place.x0)}px`,
        width: `${Math.max(3, Math.round(place.x1) - Math.round(place.x0) - 1)}px`,
        height: `${ROW - 1}px`,
      };
    }
    top += rowsOf(drawing) * ROW + PANE_GAP;
  }
  return { top: `${HEADING}px`, left: '0px', width: '3px', height: `${ROW - 1}px` };
}

/** Heights that the style sheet gives to a pane's heading and the gap below a pane. */
const HEADING = 32;
const PANE_GAP = 12;
