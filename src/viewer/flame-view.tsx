import type { ComponentChildren } from 'preact';
import type { ReportData } from '../viewer-data/report-data.ts';
import type { BenchmarkModel, DrawnTree } from './benchmark-model.ts';
import { Button, Check, Choice } from './controls.tsx';
import { DetailPanel } from './detail-panel.tsx';
import { FlamePanes } from './flame-panes.tsx';
import type { Matches } from './search.ts';
import type { ViewActions } from './use-view-actions.ts';
import type { ViewState } from './view-state.ts';

interface FlameViewProps {
  readonly report: ReportData;
  readonly model: BenchmarkModel;
  readonly drawn: DrawnTree;
  readonly state: ViewState;
  readonly isChangesOnly: boolean;
  readonly matches: Matches | null;
  /** Changes with the page's colours. */
  readonly theme: string;
  readonly actions: ViewActions;
  readonly searchBox: ComponentChildren;
  readonly searchResult: ComponentChildren;
}

/** The flame graph, what it is to show, and what is known of the selected frame. */
export function FlameView(props: FlameViewProps) {
  const { report, model, drawn, state, actions } = props;
  return (
    <>
      <Toolbar {...props} />
      <div class="above-flame">
        {model.data.hasBase && <Legend />}
        {props.searchResult}
        {state.zoomed > 0 && <Button onClick={() => actions.zoom(0)}>Show all</Button>}
      </div>
      <div class="flame-layout">
        <FlamePanes
          model={model}
          drawn={drawn}
          state={state}
          isChangesOnly={props.isChangesOnly}
          matches={props.matches}
          theme={props.theme}
          actions={actions}
        />
        <DetailPanel
          report={report}
          model={model}
          drawn={drawn}
          state={state}
          link={() => location.href}
          onSelect={actions.show}
          onZoom={actions.zoom}
          onShowFunction={(frame) =>
            actions.update({ view: 'functions', openFunction: frame, query: '' }, 'push')
          }
        />
      </div>
    </>
  );
}

function Toolbar({ model, state, isChangesOnly, actions, searchBox }: FlameViewProps) {
  const { update, changeShape } = actions;
  const { hasBase } = model.data;
  return (
    <div class="toolbar">
      {searchBox}
      {hasBase && (
        <Choice
          legend="Show"
          value={state.panes}
          options={[
            { value: 'both', label: 'Base and head', hint: 'One above the other, on one scale' },
            { value: 'union', label: 'Union', hint: 'Both in one: what went and came beside what stayed' },
            { value: 'base', label: 'Base' },
            { value: 'head', label: 'Head' },
          ]}
          onChange={(panes) => update({ panes })}
        />
      )}
      <Choice
        legend="Stacks"
        value={state.form}
        options={[
          {
            value: 'focus',
            label: 'Focus',
            hint: 'The program’s own frames, and the first library frame below them',
          },
          { value: 'full', label: 'Full', hint: 'Every frame' },
        ]}
        onChange={(form) => changeShape({ form })}
      />
      <Choice
        legend="Order"
        value={state.direction}
        options={[
          { value: 'callees', label: 'Top down', hint: 'From main to what allocates' },
          { value: 'callers', label: 'Callers', hint: 'From what allocates to who called it' },
        ]}
        onChange={(direction) => changeShape({ direction })}
      />
      <Check
        label="Fold recursion"
        hint="A function that calls itself, on whatever way, is drawn once"
        isChecked={state.isRecursionFolded}
        onChange={(isRecursionFolded) => changeShape({ isRecursionFolded })}
      />
      {hasBase && (
        <Check
          label="Changes only"
          hint="Leaves out what is the same on both sides"
          isChecked={isChangesOnly}
          onChange={(isChecked) => update({ isChangesOnly: isChecked })}
        />
      )}
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
