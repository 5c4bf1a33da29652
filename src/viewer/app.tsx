import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { visibleText } from '../render/escape.ts';
import {
  formatBaseToHead,
  formatCount,
  formatPercent,
  formatQuantity,
  unbroken,
} from '../render/quantity.ts';
import { plainVerdictWords } from '../render/verdict.ts';
import type { MetricReport } from '../report/report.ts';
import type { ReportData } from '../viewer-data/report-data.ts';
import { BenchmarkModel, type DrawnTree } from './benchmark-model.ts';
import { Button, Check, Choice, Delta } from './controls.tsx';
import { DetailPanel } from './detail-panel.tsx';
import { FlamePanes } from './flame-view.tsx';
import { FunctionsView } from './functions-view.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { LinesView } from './lines-view.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { findMatches, type Matcher, type Matches, makeMatcher, matchFrames } from './search.ts';
import { nextTheme, readSetting, showTheme, type Theme, writeSetting } from './settings.ts';
import { SizesView } from './sizes-view.tsx';
import { TimelineView } from './timeline-view.tsx';
import { formatLink, PANES, parseLink, VIEWS, type View, type ViewState } from './view-state.ts';
import { plural } from './words.ts';

const VIEW_LABELS: Readonly<Record<View, string>> = {
  flame: 'Flame graph',
  functions: 'Functions',
  lines: 'Lines',
  timeline: 'Timeline',
  sizes: 'Sizes',
  summary: 'Summary',
};

/** @param summary the part of the page that is there without this script, shown as the last view */
export function App({ report, summary }: { readonly report: ReportData; readonly summary: HTMLElement }) {
  const models = useMemo(
    () => report.benchmarks.map((data) => (data === null ? null : new BenchmarkModel(data))),
    [report],
  );
  const [state, update] = useViewState(report, models);
  const [theme, setTheme] = useState<Theme>(() => readTheme());
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isSaveOpen, setSaveOpen] = useState(false);
  const [hasShortcuts, setShortcuts] = useState(() => readSetting('shortcuts') !== 'off');
  const systemTheme = useSystemTheme();
  const search = useRef<HTMLInputElement>(null);
  const model = models[state.benchmark] as BenchmarkModel;

  useLayoutEffect(() => {
    showTheme(theme);
  }, [theme]);
  useLayoutEffect(() => {
    summary.hidden = state.view !== 'summary';
    summary.setAttribute('role', 'tabpanel');
    summary.setAttribute('aria-labelledby', 'tab-summary');
  }, [summary, state.view]);

  const { form, direction, isRecursionFolded } = state;
  const drawn = useMemo(
    () => model.drawn({ form, direction, isRecursionFolded }, state.metric),
    [model, form, direction, isRecursionFolded, state.metric],
  );
  const isChangesOnly = state.isChangesOnly ?? model.isSmallChange(drawn);
  const { matcher, problem } = useMatcher(state.query);
  const matches = useMemo(() => {
    if (matcher === null || state.view !== 'flame') return null;
    const { frames } = model.data;
    return findMatches(
      drawn.graph,
      (node) => drawn.tree.frame[drawn.treeNode[node]],
      matchFrames(frames, matcher),
    );
  }, [matcher, model, drawn, state.view]);

  const changeShape = useCallback(
    (patch: Partial<Pick<ViewState, 'form' | 'direction' | 'isRecursionFolded'>>) =>
      update((before) => ({ ...before, ...patch, ...sameFrameIn(model, before, { ...before, ...patch }) })),
    [model, update],
  );
  const zoom = useCallback(
    (node: number) => {
      performance.mark('memtrack:zoom');
      update((before) => ({ ...before, zoomed: node, selected: node }), 'push');
    },
    [update],
  );
  const select = useCallback((node: number) => update((before) => ({ ...before, selected: node })), [update]);
  useLayoutEffect(() => {
    if (performance.getEntriesByName('memtrack:zoom', 'mark').length === 0) return;
    performance.measure('memtrack:zoomed', 'memtrack:zoom');
    performance.clearMarks('memtrack:zoom');
  }, [state.zoomed]);

  const step = (direction: 1 | -1, among: readonly number[]) => {
    const at = among.indexOf(drawn.graphNode[state.selected] ?? -1);
    const next =
      at < 0 ? (direction === 1 ? 0 : among.length - 1) : (at + direction + among.length) % among.length;
    if (among.length > 0) showNode(drawn.treeNode[among[next]]);
  };
  /** Selects a node, and leaves the zoom when the node is not below it. */
  const showNode = (node: number) => {
    let at = node;
    while (at > 0 && at !== state.zoomed) at = drawn.tree.parent[at];
    if (at === state.zoomed) select(node);
    else update((before) => ({ ...before, selected: node, zoomed: 0 }), 'push');
  };

  useShortcuts(hasShortcuts && !isHelpOpen && !isSaveOpen, (key) => {
    const metrics = model.data.metrics.map(({ metric }) => metric.id);
    const number = Number(key);
    if (number >= 1 && number <= metrics.length) {
      update((before) => ({ ...before, metric: metrics[number - 1] }));
      return true;
    }
    const actions: Readonly<Record<string, () => void>> = {
      '/': () => search.current?.focus(),
      '?': () => setHelpOpen(true),
      m: () =>
        update((before) => ({
          ...before,
          metric: metrics[(metrics.indexOf(before.metric) + 1) % metrics.length],
        })),
      b: () =>
        update((before) => ({ ...before, panes: PANES[(PANES.indexOf(before.panes) + 1) % PANES.length] })),
      i: () => changeShape({ direction: direction === 'callees' ? 'callers' : 'callees' }),
      r: () => changeShape({ isRecursionFolded: !isRecursionFolded }),
      f: () => changeShape({ form: form === 'focus' ? 'full' : 'focus' }),
      n: () => step(1, mostChanged(drawn)),
      p: () => step(-1, mostChanged(drawn)),
      Backspace: () => state.zoomed > 0 && zoom(drawn.tree.parent[state.zoomed]),
      Escape: () => {
        if (state.query !== '') update((before) => ({ ...before, query: '' }));
        else if (state.zoomed > 0) zoom(0);
      },
    };
    if (!Object.hasOwn(actions, key)) return false;
    actions[key]();
    return true;
  });

  const searchBox = (
    <SearchBox
      input={search}
      query={state.query}
      problem={problem}
      found={matches === null ? null : foundWords(matches, model.unit(state.metric), model.data.hasBase)}
      onQuery={(query) => update((before) => ({ ...before, query }))}
      onStep={(direction) => matches !== null && step(direction, matches.nodes)}
    />
  );

  return (
    <>
      <div class="top">
        {report.benchmarks.length > 1 && (
          <label class="benchmark">
            Benchmark{' '}
            <select
              value={String(state.benchmark)}
              onChange={(event) => {
                const benchmark = Number(event.currentTarget.value);
                update((before) => ({ ...before, ...goTo(models, before, benchmark) }), 'push');
              }}
            >
              {models.map(
                (candidate, i) =>
                  candidate !== null && (
                    <option key={candidate.data.name} value={String(i)}>
                      {visibleText(candidate.data.name)}
                    </option>
                  ),
              )}
            </select>
          </label>
        )}
        <div class="top-actions">
          <Button hint="Folded stacks, and the flame graph as a picture" onClick={() => setSaveOpen(true)}>
            Save
          </Button>
          <Button hint="How to read this page, and its keys" onClick={() => setHelpOpen(true)}>
            Help
          </Button>
          <Button
            hint="Colours: as the system, light or dark"
            onClick={() => {
              const next = nextTheme(theme);
              setTheme(next);
              writeSetting('theme', next);
            }}
          >
            Theme: {theme}
          </Button>
        </div>
      </div>
      <MetricChoice
        metrics={model.data.metrics}
        value={state.metric}
        onChange={(metric) => update((before) => ({ ...before, metric }))}
      />
      <Tabs value={state.view} onChange={(view) => update((before) => ({ ...before, view }), 'push')} />
      {state.view !== 'summary' && (
        <div role="tabpanel" id={`panel-${state.view}`} aria-labelledby={`tab-${state.view}`}>
          {state.view === 'flame' && (
            <>
              <div class="toolbar">
                {searchBox}
                {model.data.hasBase && (
                  <Choice
                    legend="Show"
                    value={state.panes}
                    options={[
                      { value: 'both', label: 'Base and head', hint: 'One above the other, on one scale' },
                      {
                        value: 'union',
                        label: 'Union',
                        hint: 'Both in one: what went and came beside what stayed',
                      },
                      { value: 'base', label: 'Base' },
                      { value: 'head', label: 'Head' },
                    ]}
                    onChange={(panes) => update((before) => ({ ...before, panes }))}
                  />
                )}
                <Choice
                  legend="Stacks"
                  value={form}
                  options={[
                    {
                      value: 'focus',
                      label: 'Focus',
                      hint: 'The program’s own frames, and the first library frame below them',
                    },
                    { value: 'full', label: 'Full', hint: 'Every frame' },
                  ]}
                  onChange={(value) => changeShape({ form: value })}
                />
                <Choice
                  legend="Order"
                  value={direction}
                  options={[
                    { value: 'callees', label: 'Top down', hint: 'From main to what allocates' },
                    { value: 'callers', label: 'Callers', hint: 'From what allocates to who called it' },
                  ]}
                  onChange={(value) => changeShape({ direction: value })}
                />
                <Check
                  label="Fold recursion"
                  hint="A function that calls itself, on whatever way, is drawn once"
                  isChecked={isRecursionFolded}
                  onChange={(isChecked) => changeShape({ isRecursionFolded: isChecked })}
                />
                {model.data.hasBase && (
                  <Check
                    label="Changes only"
                    hint="Leaves out what is the same on both sides"
                    isChecked={isChangesOnly}
                    onChange={(isChecked) => update((before) => ({ ...before, isChangesOnly: isChecked }))}
                  />
                )}
                {state.zoomed > 0 && <Button onClick={() => zoom(0)}>Show all</Button>}
              </div>
              {model.data.hasBase && <Legend />}
              <div class="flame-layout">
                <FlamePanes
                  model={model}
                  drawn={drawn}
                  state={state}
                  isChangesOnly={isChangesOnly}
                  matches={matches}
                  theme={`${theme} ${systemTheme}`}
                  actions={{ select, zoom }}
                />
                <DetailPanel
                  report={report}
                  model={model}
                  drawn={drawn}
                  state={state}
                  link={() => location.href}
                  onSelect={showNode}
                  onZoom={zoom}
                  onShowFunction={(frame) =>
                    update(
                      (before) => ({ ...before, view: 'functions', openFunction: frame, query: '' }),
                      'push',
                    )
                  }
                />
              </div>
            </>
          )}
          {state.view === 'functions' && (
            <FunctionsView
              report={report}
              model={model}
              state={state}
              matcher={matcher}
              search={searchBox}
              onForm={(value) => changeShape({ form: value })}
              onOpen={(frame) => update((before) => ({ ...before, openFunction: frame }))}
              onShowInGraph={(frame) =>
                update((before) => ({ ...before, ...largestNodeOf(model, before, frame) }), 'push')
              }
            />
          )}
          {state.view === 'lines' && (
            <>
              <div class="toolbar">{searchBox}</div>
              <LinesView report={report} model={model} state={state} matcher={matcher} />
            </>
          )}
          {state.view === 'timeline' && (
            <TimelineView
              model={model}
              state={state}
              theme={`${theme} ${systemTheme}`}
              onAxis={(axis) => update((before) => ({ ...before, axis }))}
            />
          )}
          {state.view === 'sizes' && <SizesView model={model} />}
        </div>
      )}
      <SaveDialog
        isOpen={isSaveOpen}
        onClose={() => setSaveOpen(false)}
        model={model}
        drawn={drawn}
        state={state}
        isChangesOnly={isChangesOnly}
      />
      <HelpDialog
        isOpen={isHelpOpen}
        onClose={() => setHelpOpen(false)}
        hasShortcuts={hasShortcuts}
        onShortcuts={(isOn) => {
          setShortcuts(isOn);
          writeSetting('shortcuts', isOn ? 'on' : 'off');
        }}
      />
    </>
  );
}

function readTheme(): Theme {
  const stored = readSetting('theme');
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

type Update = (change: (before: ViewState) => ViewState, history?: 'push') => void;

/** The state of the view, the address that tells it, and the browser's history of both. */
function useViewState(
  report: ReportData,
  models: readonly (BenchmarkModel | null)[],
): readonly [ViewState, Update] {
  const [state, setState] = useState(() => resolveLink(location.hash, report, models));
  const current = useRef(state);
  const show = useCallback((next: ViewState) => {
    current.current = next;
    setState(next);
  }, []);
  const update = useCallback<Update>(
    (change, mode) => {
      const next = change(current.current);
      const address = linkTo(next, report, models);
      if (mode === 'push') history.pushState(null, '', address);
      else history.replaceState(null, '', address);
      show(next);
    },
    [report, models, show],
  );
  useEffect(() => {
    const follow = () => show(resolveLink(location.hash, report, models));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, [report, models, show]);
  return [state, update];
}

function resolveLink(
  hash: string,
  report: ReportData,
  models: readonly (BenchmarkModel | null)[],
): ViewState {
  const link = parseLink(hash, report.benchmarks);
  const model = models[link.benchmark];
  const find = (fingerprint: string | null) =>
    model === null || fingerprint === null ? 0 : Math.max(0, model.fingerprints(link).find(fingerprint));
  const zoomed = find(link.zoomed);
  return {
    ...link,
    zoomed,
    selected: link.selected === link.zoomed ? zoomed : find(link.selected),
    openFunction: link.openFunction === null ? null : (model?.findFrame(link.openFunction) ?? null),
  };
}

function linkTo(state: ViewState, report: ReportData, models: readonly (BenchmarkModel | null)[]): string {
  const model = models[state.benchmark];
  const fingerprint = (node: number) =>
    node === 0 || model === null ? null : model.fingerprints(state).of(node);
  return formatLink(
    {
      ...state,
      zoomed: fingerprint(state.zoomed),
      selected: fingerprint(state.selected),
      openFunction:
        state.openFunction === null || model === null ? null : model.frameFingerprint(state.openFunction),
    },
    report.benchmarks,
  );
}

function goTo(
  models: readonly (BenchmarkModel | null)[],
  before: ViewState,
  benchmark: number,
): Partial<ViewState> {
  const data = models[benchmark]?.data;
  const has = data?.metrics.some(({ metric }) => metric.id === before.metric) ?? false;
  return {
    benchmark,
    metric: has || data === undefined ? before.metric : data.primary,
    zoomed: 0,
    selected: 0,
    openFunction: null,
    isChangesOnly: null,
  };
}

/** Where the selected frame is in a tree of another shape; the zoom is left. */
function sameFrameIn(
  model: BenchmarkModel,
  before: ViewState,
  after: ViewState,
): Pick<ViewState, 'selected' | 'zoomed'> {
  if (before.direction !== after.direction) return { selected: 0, zoomed: 0 };
  const stack = model.tree(before).stackOfNode[before.selected];
  return { selected: stack < 0 ? 0 : model.tree(after).nodeOfStack[stack], zoomed: 0 };
}

/** The node of a function in which most changed, selected in the flame graph. */
function largestNodeOf(model: BenchmarkModel, before: ViewState, frame: number): Partial<ViewState> {
  const shape = { ...before, direction: 'callees' } as const;
  const { tree, graph, treeNode } = model.drawn(shape, before.metric);
  let best = 0;
  let most = -1;
  for (let node = 1; node < graph.length; node++) {
    if (tree.frame[treeNode[node]] !== frame) continue;
    const weight =
      graph.gone[node] +
      graph.added[node] +
      1e-6 * (graph.kept[node] + graph.movedHere[node] + graph.movedAway[node]);
    if (weight <= most) continue;
    most = weight;
    best = treeNode[node];
  }
  return { view: 'flame', direction: 'callees', selected: best, zoomed: 0 };
}

/** Frames that keys step through: those that changed most themselves. */
const MOST_CHANGED = 50;

function mostChanged({ graph }: DrawnTree): readonly number[] {
  const change = (node: number) => graph.self.gone[node] + graph.self.added[node];
  const nodes: number[] = [];
  for (let node = 1; node < graph.length; node++) if (change(node) > 0) nodes.push(node);
  return nodes.sort((a, b) => change(b) - change(a)).slice(0, MOST_CHANGED);
}

function useMatcher(query: string): { readonly matcher: Matcher | null; readonly problem: string | null } {
  return useMemo(() => {
    const made = makeMatcher(query);
    if (made === null || typeof made === 'function') return { matcher: made, problem: null };
    return { matcher: null, problem: made.problem };
  }, [query]);
}

function foundWords({ nodes, base, head }: Matches, unit: 'bytes' | 'count', hasBase: boolean): string {
  if (nodes.length === 0) return 'No frame matches';
  const amount = hasBase ? formatBaseToHead(unit, base, head) : formatQuantity(unit, head);
  return `${plural(formatCount(nodes.length), 'frame', 'frames')}, ${amount}`;
}

function SearchBox(props: {
  readonly input: { current: HTMLInputElement | null };
  readonly query: string;
  readonly problem: string | null;
  readonly found: string | null;
  readonly onQuery: (query: string) => void;
  readonly onStep: (direction: 1 | -1) => void;
}) {
  return (
    <search class="search">
      <label>
        <span class="visually-hidden">Search functions</span>
        <input
          ref={props.input}
          type="search"
          placeholder="Search functions, or /expression/"
          value={props.query}
          aria-describedby="search-result"
          onInput={(event) => props.onQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') props.onStep(event.shiftKey ? -1 : 1);
            else if (event.key === 'Escape') {
              props.onQuery('');
              event.currentTarget.blur();
            }
          }}
        />
      </label>
      <output id="search-result" class="small" aria-live="polite">
        {props.problem !== null ? `Not a regular expression: ${visibleText(props.problem)}` : props.found}
      </output>
    </search>
  );
}

/** The metrics of the benchmark, each with its numbers: a table and a switch in one. */
function MetricChoice(props: {
  readonly metrics: readonly MetricReport[];
  readonly value: MetricReport['metric']['id'];
  readonly onChange: (id: MetricReport['metric']['id']) => void;
}) {
  const chosen = props.metrics.find(({ metric }) => metric.id === props.value);
  return (
    <fieldset class="metrics">
      <legend class="visually-hidden">Metric</legend>
      <div class="metric-cards">
        {props.metrics.map((report, i) => {
          const { metric, base, head } = report;
          return (
            <label key={metric.id} class="metric-card" title={`${metric.meaning} Key ${i + 1}`}>
              <input
                type="radio"
                name="metric"
                checked={metric.id === props.value}
                onChange={() => props.onChange(metric.id)}
              />
              <span class="metric-name">{metric.label}</span>
              <span class="metric-values">
                {base === null || base === head
                  ? formatQuantity(metric.unit, head)
                  : unbroken(formatBaseToHead(metric.unit, base, head))}
              </span>
              <span class="metric-change">
                {base === null ? (
                  'no base'
                ) : base === head ? (
                  'no change'
                ) : (
                  <Delta base={report.isAdvisory || report.verdict === 'unchanged' ? head : base} head={head}>
                    {formatPercent(base, head)} {plainVerdictWords(report)}
                  </Delta>
                )}
              </span>
            </label>
          );
        })}
      </div>
      <p class="muted small metric-meaning">
        {chosen?.metric.meaning}
        {chosen?.metric.id === 'peak' && chosen.base !== null && ' Base and head have moments of their own.'}
      </p>
    </fieldset>
  );
}

function Tabs(props: { readonly value: View; readonly onChange: (view: View) => void }) {
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

function Legend() {
  return (
    <ul class="legend small muted" aria-label="Colours">
      <li>
        <span class="swatch swatch-gone" /> gone: less memory
      </li>
      <li>
        <span class="swatch swatch-added" /> new: more memory
      </li>
      <li>
        <span class="swatch swatch-moved" /> moved
      </li>
      <li>
        <span class="swatch swatch-kept" /> unchanged
      </li>
    </ul>
  );
}

/** @param act returns whether the key meant something */
function useShortcuts(isOn: boolean, act: (key: string) => boolean): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      const target = event.target as HTMLElement;
      if (target.matches('textarea, select, input:not([type="radio"], [type="checkbox"])')) return;
      if (latest.current(event.key)) event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [isOn]);
}

function useSystemTheme(): string {
  const [isDark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return isDark ? 'dark' : 'light';
}
