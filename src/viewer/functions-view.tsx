import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatBaseToHead, formatCount, formatQuantity } from '../render/quantity.ts';
import { type FunctionRow, findNeighbours, type Neighbour } from '../report/function-table.ts';
import { SMALLER_FRAMES } from '../viewer-data/merge-small-stacks.ts';
import type { ReportData } from '../viewer-data/report-data.ts';
import type { BenchmarkModel } from './benchmark-model.ts';
import { Button, Choice, Delta, Name } from './controls.tsx';
import { functionColumns } from './function-columns.tsx';
import { type Matcher, matchFrames } from './search.ts';
import { SortedTable } from './sorted-table.tsx';
import type { ViewState } from './view-state.ts';
import { shortNameOf } from './words.ts';

/** The functions as a table, and of the opened one its callers and callees. */
export function FunctionsView(props: {
  readonly report: ReportData;
  readonly model: BenchmarkModel;
  readonly state: ViewState;
  readonly matcher: Matcher | null;
  readonly search: ComponentChildren;
  readonly onForm: (form: ViewState['form']) => void;
  readonly onOpen: (frame: number | null) => void;
  readonly onShowInGraph: (frame: number) => void;
}) {
  const { report, model, state, matcher } = props;
  const { data } = model;
  const all = model.functions(state.form, state.metric);
  const rows = useMemo(() => {
    if (matcher === null) return all;
    const isMatch = matchFrames(data.frames, matcher);
    return all.filter(({ frame }) => frame >= 0 && isMatch[frame] === 1);
  }, [all, matcher, data.frames]);
  const columns = useMemo(
    () => functionColumns(report, model, state, props.onOpen),
    [report, model, state.metric, state.form, state.openFunction, props.onOpen],
  );
  const hasMerged = data.frames.some(({ name }) => name === SMALLER_FRAMES);
  const opened = all.find(({ frame }) => frame === state.openFunction) ?? null;
  const { label } = data.metrics.find(({ metric }) => metric.id === state.metric)?.metric ?? { label: '' };
  return (
    <>
      <div class="toolbar">
        {props.search}
        <Choice
          legend="Functions"
          value={state.form}
          options={[
            {
              value: 'focus',
              label: 'Repository',
              hint: 'What libraries allocate counts as the function that called them',
            },
            { value: 'full', label: 'All', hint: 'Libraries too, each with what it allocates itself' },
          ]}
          onChange={props.onForm}
        />
      </div>
      {opened !== null && (
        <Sandwich
          model={model}
          state={state}
          row={opened}
          onOpen={props.onOpen}
          onShowInGraph={props.onShowInGraph}
        />
      )}
      {rows.length === 0 ? (
        <p>No function matches the search.</p>
      ) : (
        <SortedTable
          caption={`${label}: own is what the function allocates${
            state.form === 'focus' ? ', with what libraries allocate for it' : ' itself'
          }; total adds everything it calls`}
          columns={columns}
          rows={rows}
          keyOf={({ frame }) => frame}
          sortedBy={data.hasBase ? 'own-change' : 'own-head'}
          rowClass={({ frame }) => (frame === state.openFunction ? 'opened' : '')}
        />
      )}
      {hasMerged && (
        <p class="muted small">
          There are more call stacks than this page can hold. What small ones allocate is in “{SMALLER_FRAMES}
          ”, and not in the numbers of their functions.
        </p>
      )}
    </>
  );
}

/** Who calls a function and whom it calls. */
function Sandwich(props: {
  readonly model: BenchmarkModel;
  readonly state: ViewState;
  readonly row: FunctionRow;
  readonly onOpen: (frame: number | null) => void;
  readonly onShowInGraph: (frame: number) => void;
}) {
  const { model, state, row } = props;
  const options = { form: state.form, direction: 'callees' } as const;
  const { callers, callees } = useMemo(
    () => findNeighbours(model.tree(options), model.costs(options, state.metric), row.frame),
    [model, state.form, state.metric, row.frame],
  );
  const name = shortNameOf(model.data.frames, row.frame);
  return (
    <section class="sandwich" aria-label={`Callers and callees of ${name}`}>
      <NeighbourList
        heading="Called by"
        none="Nothing calls it: it is where stacks begin."
        neighbours={callers}
        {...props}
      />
      <div class="sandwich-middle">
        <code>
          <Name text={name} />
        </code>
        <div class="actions">
          <Button onClick={() => props.onShowInGraph(row.frame)}>Show in flame graph</Button>
          <Button onClick={() => props.onOpen(null)}>Close</Button>
        </div>
      </div>
      <NeighbourList
        heading="Calls"
        none="It calls nothing that allocates."
        neighbours={callees}
        {...props}
      />
    </section>
  );
}

/** Callers or callees that are listed. */
const MOST_NEIGHBOURS = 12;

function NeighbourList(props: {
  readonly heading: string;
  readonly none: string;
  readonly neighbours: readonly Neighbour[];
  readonly model: BenchmarkModel;
  readonly state: ViewState;
  readonly onOpen: (frame: number | null) => void;
}) {
  const { neighbours, model, state } = props;
  const { frames, hasBase } = model.data;
  const unit = model.unit(state.metric);
  return (
    <div>
      <h2>{props.heading}</h2>
      {neighbours.length === 0 && <p class="muted small">{props.none}</p>}
      <ul class="neighbours">
        {neighbours.slice(0, MOST_NEIGHBOURS).map(({ frame, base, head }) => (
          <li key={frame}>
            <button type="button" class="frame-button" onClick={() => props.onOpen(frame)}>
              <Name text={shortNameOf(frames, frame)} />
            </button>
            <span>
              {hasBase && base !== head ? (
                <Delta base={base} head={head}>
                  {formatBaseToHead(unit, base, head)}
                </Delta>
              ) : (
                formatQuantity(unit, head)
              )}
            </span>
          </li>
        ))}
      </ul>
      {neighbours.length > MOST_NEIGHBOURS && (
        <p class="muted small">{formatCount(neighbours.length - MOST_NEIGHBOURS)} more</p>
      )}
    </div>
  );
}
