import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ZoomBox } from '../flamegraph/zoom-layout.ts';
import { metricById } from '../profile/metric.ts';
import {
  formatBaseToHead,
  formatChange,
  formatCount,
  formatQuantity,
  type Unit,
} from '../render/quantity.ts';
import { type BenchmarkModel, changeOf, type DrawnTree } from './benchmark-model.ts';
import { boxAt, type Palette, type PaneDrawing, readPalette } from './flame-canvas.ts';
import { FlameTree } from './flame-tree.tsx';
import { emptyWords, layOutPanes, outsideWords, paneHeading } from './lay-out-panes.ts';
import { PaneCanvas } from './pane-canvas.tsx';
import type { Matches } from './search.ts';
import type { ViewActions } from './use-view-actions.ts';
import { useWidth } from './use-width.ts';
import type { ViewState } from './view-state.ts';
import { nearestDrawn } from './view-steps.ts';
import { plural, shortNameOf } from './words.ts';

interface FlameProps {
  readonly model: BenchmarkModel;
  readonly drawn: DrawnTree;
  readonly state: ViewState;
  readonly isChangesOnly: boolean;
  readonly matches: Matches | null;
  /** Changes with the page's colours. */
  readonly theme: string;
  readonly actions: ViewActions;
}

/** The panes on their canvases, and the tree of the same frames for keys and screen readers. */
export function FlamePanes({ model, drawn, state, isChangesOnly, matches, theme, actions }: FlameProps) {
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const [hovered, setHovered] = useState<Hover | null>(null);
  const { graphNode } = drawn;
  const root = nearestDrawn(drawn, state.zoomed);
  const unit = model.unit(state.metric);
  const panes = useMemo(
    () => layOutPanes(model, drawn, { panes: state.panes, root, isChangesOnly, width }),
    [model, drawn, state.panes, root, width, isChangesOnly],
  );
  const palette = usePalette(host, theme);
  const isMatch = matches?.isMatch ?? null;
  const selected = graphNode[state.selected] ?? -1;
  const pointedAt = hovered?.box.node ?? -1;
  const drawings = useMemo(
    () => panes.map((pane): PaneDrawing => ({ ...pane, isMatch, selected, hovered: pointedAt })),
    [panes, isMatch, selected, pointedAt],
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
      {empty === '' && drawn.treeNode[root] !== state.zoomed && (
        <p class="small" role="status">
          {metricById(state.metric).label}: none in{' '}
          {shortNameOf(model.data.frames, drawn.tree.frame[state.zoomed])}, so what is around it is shown.
        </p>
      )}
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

function Tooltip(props: {
  readonly hover: Hover;
  readonly model: BenchmarkModel;
  readonly drawn: DrawnTree;
  readonly unit: Unit;
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

function usePalette(host: { readonly current: HTMLElement | null }, theme: string): Palette | null {
  const [palette, setPalette] = useState<Palette | null>(null);
  // The colours are the style sheet's: they are other ones when the theme is.
  useLayoutEffect(() => {
    if (host.current !== null) setPalette(readPalette(host.current));
  }, [host, theme]);
  return palette;
}
