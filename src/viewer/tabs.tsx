import { VIEWS, type View } from './view-state.ts';

const VIEW_LABELS: Readonly<Record<View, string>> = {
  flame: 'Flame graph',
  functions: 'Functions',
  lines: 'Lines',
  timeline: 'Timeline',
  sizes: 'Sizes',
  summary: 'Summary',
};

/** The views, of which one is shown: arrow keys go from one to the next. */
export function Tabs(props: { readonly value: View; readonly onChange: (view: View) => void }) {
  const move = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = VIEWS[(VIEWS.indexOf(props.value) + by + VIEWS.length) % VIEWS.length];
    props.onChange(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div role="tablist" aria-label="Views" class="tabs" onKeyDown={move}>
      {VIEWS.map((view) => (
        <button
          key={view}
          type="button"
          role="tab"
          id={`tab-${view}`}
          aria-selected={view === props.value}
          aria-controls={
            view === props.value ? (view === 'summary' ? 'summary' : `panel-${view}`) : undefined
          }
          tabIndex={view === props.value ? 0 : -1}
          onClick={() => props.onChange(view)}
        >
          {VIEW_LABELS[view]}
        </button>
      ))}
    </div>
  );
}
