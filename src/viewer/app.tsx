import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { visibleText } from '../render/escape.ts';
import type { ReportData } from '../viewer-data/report-data.ts';
import { BenchmarkLead } from './benchmark-lead.tsx';
import { BenchmarkModel } from './benchmark-model.ts';
import { Button } from './controls.tsx';
import { FlameView } from './flame-view.tsx';
import { FunctionsView } from './functions-view.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { LinesView } from './lines-view.tsx';
import { MetricChoice } from './metric-choice.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { SearchBox, SearchResult } from './search-box.tsx';
import { readSetting, writeSetting } from './settings.ts';
import { useShortcuts, viewShortcuts } from './shortcuts.ts';
import { SizesView } from './sizes-view.tsx';
import { Tabs } from './tabs.tsx';
import { TimelineView } from './timeline-view.tsx';
import { useSearch } from './use-search.ts';
import { useTheme } from './use-theme.ts';
import { useViewActions } from './use-view-actions.ts';
import { useViewState } from './use-view-state.ts';
import { toBenchmark } from './view-steps.ts';

/** @param summary the part of the page that is there without this script, shown as the last view */
export function App({ report, summary }: { readonly report: ReportData; readonly summary: HTMLElement }) {
  const models = useMemo(
    () => report.benchmarks.map((data) => (data === null ? null : new BenchmarkModel(data))),
    [report],
  );
  const { state, isLinkLost, update } = useViewState(report, models);
  const { theme, shownTheme, showNextTheme } = useTheme();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isSaveOpen, setSaveOpen] = useState(false);
  const [hasShortcuts, setShortcuts] = useState(() => readSetting('shortcuts') !== 'off');
  const searchInput = useRef<HTMLInputElement>(null);
  useSummaryAsView(summary, state.view === 'summary');

  const model = models[state.benchmark] as BenchmarkModel;
  const drawn = model.drawn(state, state.metric);
  const isChangesOnly = state.isChangesOnly ?? model.isSmallChange(drawn);
  const search = useSearch(model, drawn, state);
  const { matcher, matches } = search;
  const actions = useViewActions(model, drawn, state, update);
  useShortcuts(hasShortcuts && !isHelpOpen && !isSaveOpen, {
    ...viewShortcuts(model, drawn, state, actions),
    '/': () => searchInput.current?.focus(),
    '?': () => setHelpOpen(true),
  });

  const searchBox = (
    <SearchBox
      input={searchInput}
      query={state.query}
      onQuery={(query) => update({ query })}
      onStep={(direction) => matches !== null && actions.step(direction, matches.nodes)}
    />
  );
  const searchResult = <SearchResult model={model} metric={state.metric} search={search} />;
  return (
    <>
      <div class="top">
        <BenchmarkChoice
          models={models}
          value={state.benchmark}
          onChange={(benchmark) => update((before) => toBenchmark(models, before, benchmark), 'push')}
        />
        <div class="top-actions">
          <Button hint="Folded stacks, and the flame graph as a picture" onClick={() => setSaveOpen(true)}>
            Save
          </Button>
          <Button hint="How to read this page, and its keys" onClick={() => setHelpOpen(true)}>
            Help
          </Button>
          <Button hint="Colours: as the system, light or dark" onClick={showNextTheme}>
            Theme: {theme}
          </Button>
        </div>
      </div>
      {models.length > 1 && state.view !== 'summary' && (
        <BenchmarkLead summary={summary} benchmark={state.benchmark} />
      )}
      <MetricChoice
        metrics={model.data.metrics}
        value={state.metric}
        onChange={(metric) => update({ metric })}
      />
      <Tabs value={state.view} onChange={(view) => update({ view }, 'push')} />
      {state.view !== 'summary' && (
        <div role="tabpanel" id={`panel-${state.view}`} aria-labelledby={`tab-${state.view}`}>
          {isLinkLost && <p role="status">What this link is about is not in this report.</p>}
          {state.view === 'flame' && (
            <FlameView
              report={report}
              model={model}
              drawn={drawn}
              state={state}
              isChangesOnly={isChangesOnly}
              matches={matches}
              theme={shownTheme}
              actions={actions}
              searchBox={searchBox}
              searchResult={searchResult}
            />
          )}
          {state.view === 'functions' && (
            <FunctionsView
              report={report}
              model={model}
              state={state}
              matcher={matcher}
              search={
                <>
                  {searchBox}
                  {searchResult}
                </>
              }
              onForm={(form) => actions.changeShape({ form })}
              onOpen={actions.openFunction}
              onShowInGraph={actions.showInGraph}
            />
          )}
          {state.view === 'lines' && (
            <>
              <div class="toolbar">
                {searchBox}
                {searchResult}
              </div>
              <LinesView report={report} model={model} state={state} matcher={matcher} />
            </>
          )}
          {state.view === 'timeline' && (
            <TimelineView
              model={model}
              state={state}
              theme={shownTheme}
              onAxis={(axis) => update({ axis })}
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

/** The summary is beside this program in the page: it is told when it is the view. */
function useSummaryAsView(summary: HTMLElement, isShown: boolean): void {
  useLayoutEffect(() => {
    summary.hidden = !isShown;
    summary.setAttribute('role', 'tabpanel');
    summary.setAttribute('aria-labelledby', 'tab-summary');
    // A link to one of several benchmarks is a link to its part of the summary.
    if (isShown) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [summary, isShown]);
}

/** Nothing where there is one benchmark only; those that could not be compared have no view. */
function BenchmarkChoice(props: {
  readonly models: readonly (BenchmarkModel | null)[];
  readonly value: number;
  readonly onChange: (benchmark: number) => void;
}) {
  if (props.models.length < 2) return null;
  return (
    <label class="benchmark">
      Benchmark{' '}
      <select
        value={String(props.value)}
        onChange={(event) => props.onChange(Number(event.currentTarget.value))}
      >
        {props.models.map(
          (model, i) =>
            model !== null && (
              <option key={model.data.name} value={String(i)}>
                {visibleText(model.data.name)}
              </option>
            ),
        )}
      </select>
    </label>
  );
}
