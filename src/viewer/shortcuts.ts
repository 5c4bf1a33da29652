import { useLayoutEffect, useRef } from 'preact/hooks';
import type { BenchmarkModel, DrawnTree } from './benchmark-model.ts';
import type { ViewActions } from './use-view-actions.ts';
import { PANES, type ViewState } from './view-state.ts';
import { mostChanged } from './view-steps.ts';

/** What each key does to the view, by the key's name. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/** The keys of the view; those of the page as a whole are App’s. */
export function viewShortcuts(
  model: BenchmarkModel,
  drawn: DrawnTree,
  state: ViewState,
  { update, zoom, step, changeShape }: ViewActions,
): Shortcuts {
  const { form, direction, isRecursionFolded, query, zoomed } = state;
  const metrics = model.data.metrics.map(({ metric }) => metric.id);
  return {
    ...Object.fromEntries(metrics.map((metric, i) => [String(i + 1), () => update({ metric })])),
    m: () => update((before) => ({ metric: nextOf(metrics, before.metric) })),
    b: () => update((before) => ({ panes: nextOf(PANES, before.panes) })),
    i: () => changeShape({ direction: direction === 'callees' ? 'callers' : 'callees' }),
    r: () => changeShape({ isRecursionFolded: !isRecursionFolded }),
    f: () => changeShape({ form: form === 'focus' ? 'full' : 'focus' }),
    n: () => step(1, mostChanged(drawn)),
    p: () => step(-1, mostChanged(drawn)),
    Backspace: () => zoomed > 0 && zoom(drawn.tree.parent[zoomed]),
    Escape: () => {
      if (query !== '') update({ query: '' });
      else if (zoomed > 0) zoom(0);
    },
  };
}

function nextOf<T>(values: readonly T[], value: T): T {
  return values[(values.indexOf(value) + 1) % values.length];
}

/** Listens to keys, but for those that are meant for a field or the browser. */
export function useShortcuts(isOn: boolean, shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  // At once: after the first painting, a key or two would have gone by on a busy machine.
  useLayoutEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      const target = event.target as HTMLElement;
      if (target.matches('textarea, select, input:not([type="radio"], [type="checkbox"])')) return;
      if (!Object.hasOwn(latest.current, event.key)) return;
      latest.current[event.key]();
      event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [isOn]);
}
