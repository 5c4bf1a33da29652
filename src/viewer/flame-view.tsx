import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { shownCost, type ZoomBox } from '../flamegraph/zoom-layout.ts';
import { metricById } from '../profile/metric.ts';
import { formatBaseToHead, formatChange, formatCount, formatQuantity } from '../render/quantity.ts';
import { type BenchmarkModel, changeOf, type DrawnTree } from './benchmark-model.ts';
import {
  boxAt,
  drawPane,
  type Palette,
  type PaneDrawing,
  placeOf,
  ROW,
  readPalette,
  rowsOf,
} from './flame-canvas.ts';
import { ancestorsOf, emptyWords, layOutPanes, outsideWords, paneHeading } from './flame-panes.ts';
import type { Matches } from './search.ts';
import { useWidth } from './use-width.ts';
import type { ViewState } from './view-state.ts';
import { plural, shortNameOf, spokenBox } from './words.ts';

export interface FlameActions {
  select(node: number): void;
  zoom(node: number): void;
}

interface FlameProps {
  readonly model: BenchmarkModel;
  readonly drawn: DrawnTree;
  readonly state: ViewState;
  readonly isChangesOnly: boolean;
  readonly matches: Matches | null;
  /** Changes with the page's colours. */
  readonly theme: string;
  readonly actions: FlameActions;
}

/** The panes on their canvases, and the tree of the same frames for keys and screen readers. */
export function FlamePanes({ model, drawn, state, isChangesOnly, matches, theme, actions }: FlameProps) {
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const [hovered, setHovered] = useState<Hover | null>(null);
  const { graphNode } = drawn;
  const root = Math.max(0, graphNode[state.zoomed]);
  const unit = model.unit(state.metric);
  const panes = useMemo(
    () => layOutPanes(model, drawn, { panes: state.panes, root, isChangesOnly, width }),
    [model, drawn, state.panes, root, width, isChangesOnly],
  );
  const palette = usePalette(host, theme);
  const drawings = panes.map(
    (pane): PaneDrawing => ({
      ...pane,
      isMatch: matches?.isMatch ?? null,
      selected: graphNode[state.selected] ?? -1,
      hovered: hovered?.box.node ?? -1,
    }),
  );

  const pointAt = (drawing: PaneDrawing) => (event: PointerEvent) => {
    if (event.pointerType === 'touch') return;
    const box = boxAt(
      drawing,
      event.offsetX,
      event.offsetY + Number((event.target as HTMLElement).dataset.top),
    );
    setHovered((before) =>
      box === null
        ? null
        : before?.box === box && before.x === event.clientX
          ? before
          : { box, x: event.clientX, y: event.clientY },
    );
  };
  const click = (drawing: PaneDrawing) => (event: MouseEvent) => {
    const box = boxAt(
      drawing,
      event.offsetX,
      event.offsetY + Number((event.target as HTMLElement).dataset.top),
    );
    if (box === null) return;
    const node = drawn.treeNode[box.node < 0 ? box.parent : box.node];
    if (box.node < 0 || node === state.selected) actions.zoom(node);
    else actions.select(node);
    host.current
      ?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')
      ?.focus({ preventScroll: true });
  };

  const total = panes.map(({ pane }) => pane.boxes.reduce((sum, box) => sum + box.hiddenFrames, 0));
  const hiddenFrames = Math.max(0, ...total);
  const empty = width === 0 ? '' : emptyWords(panes, metricById(state.metric).label);
  return (
    <div class="flame-host" ref={host} onPointerLeave={() => setHovered(null)}>
      {empty !== '' && <p>{empty}</p>}
      {(empty === '' ? drawings : []).map((drawing) => (
        <section key={drawing.pane.side} class="pane">
          <h2>{paneHeading(drawing, root)}</h2>
          <PaneCanvas
            drawing={drawing}
            palette={palette}
            onPoint={pointAt(drawing)}
            onClick={click(drawing)}
            onLeave={() => setHovered(null)}
          />
        </section>
      ))}
      <FlameTree
        model={model}
        drawn={drawn}
        drawings={drawings}
        state={state}
        root={root}
        isChangesOnly={isChangesOnly}
        actions={actions}
      />
      <p class="muted small">
        {hiddenFrames > 0 &&
          `${plural(formatCount(hiddenFrames), 'frame is', 'frames are')} too narrow to be drawn: zoom in to see more. `}
        {outsideWords(drawn, unit)}
        {drawn.tree.isCut && 'Of the smaller stacks the outermost callers are left off: there are too many. '}
      </p>
      {hovered !== null && <Tooltip hover={hovered} model={model} drawn={drawn} unit={unit} />}
    </div>
  );
}

interface Hover {
  readonly box: ZoomBox;
  readonly x: number;
  readonly y: number;
}

/** Of higher panes only what is in view is drawn: browsers refuse very large canvases, and drawing takes its time. */
const TALLEST_CANVAS = 1200;
/** Drawn above and below what is in view, so that scrolling does not show blank rows. */
const MARGIN = 480;

function PaneCanvas(props: {
  readonly drawing: PaneDrawing;
  readonly palette: Palette | null;
  readonly onPoint: (event: PointerEvent) => void;
  readonly onClick: (event: MouseEvent) => void;
  readonly onLeave: () => void;
}) {
  const { drawing, palette } = props;
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const paneHeight = rowsOf(drawing) * ROW;
  const [view, setView] = useState({ top: 0, bottom: TALLEST_CANVAS });
  const isTall = paneHeight > TALLEST_CANVAS;
  useLayoutEffect(() => {
    if (!isTall) return;
    const follow = () => {
      const place = host.current?.getBoundingClientRect().top ?? 0;
      const inPane = (y: number) => Math.max(0, Math.min(paneHeight, Math.round((y - place) / ROW) * ROW));
      const [top, bottom] = [inPane(-MARGIN), inPane(window.innerHeight + MARGIN)];
      const isNear = (a: number, b: number) => Math.abs(a - b) < MARGIN / 2;
      setView((before) =>
        isNear(before.top, top) && isNear(before.bottom, bottom) ? before : { top, bottom },
      );
    };
    follow();
    addEventListener('scroll', follow, { passive: true });
    addEventListener('resize', follow);
    return () => {
      removeEventListener('scroll', follow);
      removeEventListener('resize', follow);
    };
  }, [isTall, paneHeight]);
  const top = isTall ? Math.min(view.top, paneHeight - ROW) : 0;
  const height = isTall ? Math.max(ROW, Math.min(view.bottom, paneHeight) - top) : paneHeight;
  useLayoutEffect(() => {
    if (canvas.current === null || palette === null || drawing.width === 0) return;
    drawPane(canvas.current, drawing, palette, { top, height });
  });
  return (
    <div ref={host} class="canvas-host" style={{ height: `${paneHeight}px` }}>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus; the tree beside it does */}
      <canvas
        ref={canvas}
        aria-hidden="true"
        data-top={top}
        style={{ top: `${top}px`, width: `${drawing.width}px`, height: `${height}px` }}
        onPointerMove={props.onPoint}
        onPointerLeave={props.onLeave}
        onClick={props.onClick}
      />
    </div>
  );
}

function Tooltip(props: {
  readonly hover: Hover;
  readonly model: BenchmarkModel;
  readonly drawn: DrawnTree;
  readonly unit: 'bytes' | 'count';
}) {
  const { box, x, y } = props.hover;
  const { drawn, model, unit } = props;
  const isRight = x > window.innerWidth / 2;
  const style = {
    top: `${Math.min(y + 16, window.innerHeight - 90)}px`,
    ...(isRight ? { right: `${window.innerWidth - x + 8}px` } : { left: `${x + 12}px` }),
  };
  if (box.node < 0) {
    return (
      <div class="tooltip" style={style} aria-hidden="true">
        {plural(formatCount(box.hiddenFrames), 'frame', 'frames')} too narrow to be drawn here. Click to zoom
        into their caller.
      </div>
    );
  }
  const change = changeOf(drawn.costs, drawn.treeNode[box.node]);
  const numbers = model.data.hasBase
    ? `${formatBaseToHead(unit, change.base, change.head)}${change.base === change.head ? '' : `, ${formatChange(unit, change.base, change.head)}`}`
    : formatQuantity(unit, change.head);
  return (
    <div class="tooltip" style={style} aria-hidden="true">
      <strong>{shortNameOf(model.data.frames, drawn.tree.frame[drawn.treeNode[box.node]])}</strong>
      <br />
      {numbers}
    </div>
  );
}

/** Brothers and sisters that are read out; the panes hold them all. */
const MOST_SIBLINGS = 60;

/**
 * The way to the selected frame, its siblings and what it calls, each on its box. A canvas is nothing to a screen
 * reader, and the box with the focus needs a ring.
 */
function FlameTree(props: {
  readonly model: BenchmarkModel;
  readonly drawn: DrawnTree;
  readonly drawings: readonly PaneDrawing[];
  readonly state: ViewState;
  readonly root: number;
  readonly isChangesOnly: boolean;
  readonly actions: FlameActions;
}) {
  const { model, drawn, drawings, state, root, actions } = props;
  const { graph, links } = drawn;
  const host = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const active = drawn.graphNode[state.selected] > 0 ? drawn.graphNode[state.selected] : root;
  const unit = model.unit(state.metric);
  const isShown = useCallback(
    (node: number) => drawings.some(({ pane }) => shownCost(graph, pane.side, node, props.isChangesOnly) > 0),
    [graph, drawings, props.isChangesOnly],
  );
  const childrenOf = (node: number): number[] => {
    const children: number[] = [];
    for (let child = links.firstChild[node]; child >= 0; child = links.nextSibling[child]) {
      if (isShown(child)) children.push(child);
    }
    return children;
  };

  interface Item {
    readonly node: number;
    readonly index: number;
    readonly of: number;
  }
  const items: Item[] = [];
  const path = [...ancestorsOf(drawn, active)];
  for (const node of path) {
    const siblings = node === 0 ? [0] : childrenOf(graph.parent[node]);
    items.push({ node, index: siblings.indexOf(node), of: siblings.length });
  }
  const siblings = active === 0 ? [0] : childrenOf(graph.parent[active]);
  const at = siblings.indexOf(active);
  const from = Math.max(0, Math.min(at - MOST_SIBLINGS / 2, siblings.length - MOST_SIBLINGS));
  const near = siblings.slice(from, from + MOST_SIBLINGS);
  const children = childrenOf(active);
  near.forEach((node, i) => {
    items.push({ node, index: from + i, of: siblings.length });
    if (node !== active) return;
    children.slice(0, MOST_SIBLINGS).forEach((child, index) => {
      items.push({ node: child, index, of: children.length });
    });
  });

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
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
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
            aria-expanded={hasChildren ? isActive || path.includes(node) : undefined}
            aria-label={spokenBox(name, unit, changeOf(drawn.costs, treeNode), model.data.hasBase)}
            data-place={isActive ? '' : undefined}
            style={isActive ? placeStyle(drawings, node) : undefined}
          />
        );
      })}
    </div>
  );
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

function usePalette(host: { readonly current: HTMLElement | null }, theme: string): Palette | null {
  const [palette, setPalette] = useState<Palette | null>(null);
  // The colours are the style sheet's: they are other ones when the theme is.
  useLayoutEffect(() => {
    if (host.current !== null) setPalette(readPalette(host.current));
  }, [host, theme]);
  return palette;
}
