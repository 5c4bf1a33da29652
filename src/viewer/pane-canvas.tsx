import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { drawPane, type Palette, type PaneDrawing, ROW, rowsOf } from './flame-canvas.ts';

/** Of higher panes only what is in view is drawn: browsers refuse very large canvases, and drawing takes its time. */
const TALLEST_CANVAS = 1200;
/** Drawn above and below what is in view, so that scrolling does not show blank rows. */
const MARGIN = 480;

/** One pane; the words to it are its heading and the tree of its frames. */
export function PaneCanvas(props: {
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
  }, [drawing, palette, top, height]);
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
