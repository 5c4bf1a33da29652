import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { OUTSIDE } from '../flamegraph/frame-tree.ts';
import {
  formatBaseToHead,
  formatBytes,
  formatCount,
  formatDelta,
  formatPercent,
  formatQuantity,
} from '../render/quantity.ts';
import { type Change, changeStatus } from '../report/change-status.ts';
import { type FunctionRow, findNeighbours, type Neighbour } from '../report/function-table.ts';
import { SMALLER_FRAMES } from '../viewer-data/merge-small-stacks.ts';
import type { ReportData } from '../viewer-data/report-data.ts';
import type { BenchmarkModel } from './benchmark-model.ts';
import { Button, Choice, Delta, Name } from './controls.tsx';
import { SourceLink, StatusWord } from './detail-panel.tsx';
import { type Matcher, matchFrames } from './search.ts';
import { type Column, SortedTable } from './sorted-table.tsx';
import type { ViewState } from './view-state.ts';
import { fullNameOf, shortNameOf } from './words.ts';

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
    () => columnsOf(report, model, state, props.onOpen),
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

function columnsOf(
  report: ReportData,
  model: BenchmarkModel,
  state: ViewState,
  onOpen: (frame: number | null) => void,
): readonly Column<FunctionRow>[] {
  const { frames, hasBase, metrics, stacks } = model.data;
  const hasCalls = metrics.some(({ metric }) => metric.id === 'allocations');
  const hasBytes = metrics.some(({ metric }) => metric.id === 'allocated');
  const unit = model.unit(state.metric);
  const lines = linesOfFrames(model);
  const quantity = (value: number) => formatQuantity(unit, value);
  const changeCell = ({ base, head }: Change) => (
    <Delta base={base} head={head}>
      {formatDelta(unit, head - base)}
    </Delta>
  );
  const size = ({ base, head }: Change) => Math.abs(head - base);
  const columns: (Column<FunctionRow> | null)[] = [
    {
      id: 'function',
      heading: 'function',
      kind: 'name',
      value: ({ frame }) => shortNameOf(frames, frame).toLowerCase(),
      cell: ({ frame, own, total }) => {
        const file = frame >= 0 ? frames[frame].file : null;
        const isGone = hasBase && own.head + total.head === 0;
        const stack = lines.get(frame) ?? -1;
        const line = stack < 0 ? 0 : (isGone ? stacks.baseLine : stacks.headLine)[stack];
        return (
          <>
            <button
              type="button"
              class="frame-button"
              title={fullNameOf(frames, frame)}
              aria-expanded={frame === state.openFunction}
              onClick={() => onOpen(frame === state.openFunction ? null : frame)}
            >
              <Name text={shortNameOf(frames, frame)} />
            </button>
            <span class="place small">
              {file !== null ? (
                <SourceLink report={report} file={file} line={line} isGone={isGone} />
              ) : (
                <span class="muted">{frame === OUTSIDE ? '' : frames[frame]?.module}</span>
              )}
            </span>
          </>
        );
      },
    },
    hasBase
      ? {
          id: 'own-base',
          heading: 'own base',
          kind: 'wide',
          value: ({ own }) => own.base,
          cell: ({ own }) => quantity(own.base),
        }
      : null,
    {
      id: 'own-head',
      heading: hasBase ? 'own head' : 'own',
      ...(hasBase && { kind: 'wide' as const }),
      value: ({ own }) => own.head,
      cell: ({ own }) => quantity(own.head),
    },
    hasBase
      ? {
          id: 'own-change',
          heading: 'own change',
          value: ({ own }) => size(own),
          cell: ({ own }) => changeCell(own),
        }
      : null,
    hasBase
      ? {
          id: 'own-percent',
          heading: '%',
          hint: 'Change of its own, as a share of base',
          kind: 'wide',
          value: ({ own }) =>
            own.base === 0 ? Number.MAX_VALUE * Math.sign(own.head) : Math.abs(own.head / own.base - 1),
          cell: ({ own }) => (
            <Delta {...own}>{own.base + own.head === 0 ? '–' : formatPercent(own.base, own.head)}</Delta>
          ),
        }
      : null,
    hasBase
      ? {
          id: 'total-base',
          heading: 'total base',
          kind: 'widest',
          value: ({ total }) => total.base,
          cell: ({ total }) => quantity(total.base),
        }
      : null,
    {
      id: 'total-head',
      heading: hasBase ? 'total head' : 'total',
      kind: hasBase ? 'widest' : 'wide',
      value: ({ total }) => total.head,
      cell: ({ total }) => quantity(total.head),
    },
    hasBase
      ? {
          id: 'total-change',
          heading: 'total change',
          value: ({ total }) => size(total),
          cell: ({ total }) => changeCell(total),
        }
      : null,
    hasCalls
      ? {
          id: 'calls',
          heading: 'own allocations',
          hint: 'How often it allocates',
          kind: 'wide',
          value: ({ ownBaseCalls, ownHeadCalls }) => Math.max(ownBaseCalls, ownHeadCalls),
          cell: ({ ownBaseCalls, ownHeadCalls }) =>
            hasBase && ownBaseCalls !== ownHeadCalls
              ? formatBaseToHead('count', ownBaseCalls, ownHeadCalls)
              : formatCount(ownHeadCalls),
        }
      : null,
    hasCalls && hasBytes
      ? {
          id: 'per-call',
          heading: 'average size',
          hint: 'Bytes for each allocation of its own',
          kind: hasBase ? 'widest' : 'wide',
          value: (row) => Math.max(perCall(row, 'Base') ?? 0, perCall(row, 'Head') ?? 0),
          cell: (row) => {
            const words = (value: number | null) => (value === null ? '–' : formatBytes(value));
            const [base, head] = [words(perCall(row, 'Base')), words(perCall(row, 'Head'))];
            return hasBase && base !== head ? `${base} → ${head}` : head;
          },
        }
      : null,
    hasBase
      ? {
          id: 'status',
          heading: 'status',
          hint: 'What became of its total',
          kind: 'widest',
          isText: true,
          value: ({ total }) => changeStatus(total),
          cell: ({ total }) => <StatusWord change={total} />,
        }
      : null,
  ];
  return columns.filter((column) => column !== null);
}

function perCall(row: FunctionRow, side: 'Base' | 'Head'): number | null {
  const calls = row[`own${side}Calls`];
  return calls === 0 ? null : row[`own${side}Bytes`] / calls;
}

/** For each frame a stack that knows a line of it: the one whose function allocates most there. */
function linesOfFrames(model: BenchmarkModel): ReadonlyMap<number, number> {
  const { stacks } = model.data;
  const found = new Map<number, number>();
  for (let stack = 0; stack < stacks.length; stack++) {
    if (stacks.headLine[stack] === 0 && stacks.baseLine[stack] === 0) continue;
    const before = found.get(stacks.frame[stack]);
    if (before === undefined || (stacks.headLine[before] === 0 && stacks.headLine[stack] > 0)) {
      found.set(stacks.frame[stack], stack);
    }
  }
  return found;
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
