import { useLayoutEffect } from 'preact/hooks';
import type { BenchmarkModel, DrawnTree } from './benchmark-model.ts';
import type { UpdateView } from './use-view-state.ts';
import type { ViewState } from './view-state.ts';
import { isWithin, type TreeShape, toLargestNodeOf, toShape } from './view-steps.ts';

/** What a reader can do to the view, by mouse or by key. Nodes are those of the frame tree. */
export interface ViewActions {
  readonly update: UpdateView;
  readonly select: (node: number) => void;
  /** Makes a node the root of what is drawn; 0 shows all. */
  readonly zoom: (node: number) => void;
  /** Selects a node, and leaves the zoom when the node is not below it. */
  readonly show: (node: number) => void;
  /** Shows the next or previous one, in a ring, of some nodes of the graph; of none it does nothing. */
  readonly step: (direction: 1 | -1, among: readonly number[]) => void;
  readonly changeShape: (shape: Partial<TreeShape>) => void;
  readonly openFunction: (frame: number | null) => void;
  readonly showInGraph: (frame: number) => void;
}

export function useViewActions(
  model: BenchmarkModel,
  drawn: DrawnTree,
  { selected, zoomed }: ViewState,
  update: UpdateView,
): ViewActions {
  useZoomMeasure(zoomed);
  const select = (node: number) => update({ selected: node });
  const show = (node: number) => {
    if (isWithin(drawn, zoomed, node)) select(node);
    else update({ selected: node, zoomed: 0 }, 'push');
  };
  return {
    update,
    select,
    show,
    zoom: (node) => {
      performance.mark(ZOOM_STARTS);
      update({ zoomed: node, selected: node }, 'push');
    },
    step: (direction, among) => {
      if (among.length === 0) return;
      const at = among.indexOf(drawn.graphNode[selected] ?? -1);
      const first = direction === 1 ? 0 : among.length - 1;
      const next = at < 0 ? first : (at + direction + among.length) % among.length;
      show(drawn.treeNode[among[next]]);
    },
    changeShape: (shape) => update((before) => toShape(model, before, shape)),
    openFunction: (frame) => update({ openFunction: frame }),
    showInGraph: (frame) => update((before) => toLargestNodeOf(frame, model, before), 'push'),
  };
}

const ZOOM_STARTS = 'memtrack:zoom';

/** How long each zoom takes until it is drawn, as entries `memtrack:zoomed` of the page's performance. */
function useZoomMeasure(zoomed: number): void {
  useLayoutEffect(() => {
    if (performance.getEntriesByName(ZOOM_STARTS, 'mark').length === 0) return;
    performance.measure('memtrack:zoomed', ZOOM_STARTS);
    performance.clearMarks(ZOOM_STARTS);
  }, [zoomed]);
}
