import { OUTSIDE } from '../flamegraph/frame-tree.ts';
import { formatBytes } from '../render/quantity.ts';
import { changeStatus } from '../report/change-status.ts';
import type { FunctionRow } from '../report/function-table.ts';
import type { ReportData } from '../viewer-data/report-data.ts';
import type { BenchmarkModel } from './benchmark-model.ts';
import { Name, StatusWord } from './controls.tsx';
import { callsColumn, changeColumn, costColumn, percentColumn } from './cost-columns.tsx';
import type { Column } from './sorted-table.tsx';
import { SourceLink } from './source-link.tsx';
import type { ViewState } from './view-state.ts';
import { fullNameOf, shortNameOf } from './words.ts';

/** The columns of the table of functions; those of base and of change only where there is a base. */
export function functionColumns(
  report: ReportData,
  model: BenchmarkModel,
  state: ViewState,
  onOpen: (frame: number | null) => void,
): readonly Column<FunctionRow>[] {
  const { hasBase, metrics } = model.data;
  const hasCalls = metrics.some(({ metric }) => metric.id === 'allocations');
  const hasBytes = metrics.some(({ metric }) => metric.id === 'allocated');
  const unit = model.unit(state.metric);
  const own = ({ own }: FunctionRow) => own;
  const total = ({ total }: FunctionRow) => total;
  const ownCalls = (row: FunctionRow) => ({ base: row.ownBaseCalls, head: row.ownHeadCalls });
  const withBase: readonly Column<FunctionRow>[] = [
    costColumn({ id: 'own-base', heading: 'own base', kind: 'wide' }, unit, ({ own }) => own.base),
    costColumn({ id: 'own-head', heading: 'own head', kind: 'wide' }, unit, ({ own }) => own.head),
    changeColumn({ id: 'own-change', heading: 'own change' }, unit, own),
    percentColumn(
      { id: 'own-percent', heading: '%', hint: 'Change of its own, as a share of base', kind: 'wide' },
      own,
    ),
    costColumn({ id: 'total-base', heading: 'total base', kind: 'widest' }, unit, ({ total }) => total.base),
    costColumn({ id: 'total-head', heading: 'total head', kind: 'widest' }, unit, ({ total }) => total.head),
    changeColumn({ id: 'total-change', heading: 'total change' }, unit, total),
  ];
  const withoutBase: readonly Column<FunctionRow>[] = [
    costColumn({ id: 'own-head', heading: 'own' }, unit, ({ own }) => own.head),
    costColumn({ id: 'total-head', heading: 'total', kind: 'wide' }, unit, ({ total }) => total.head),
  ];
  const calls = callsColumn(
    { id: 'calls', heading: 'own allocations', hint: 'How often it allocates', kind: 'wide' },
    hasBase,
    ownCalls,
  );
  return [
    nameColumn(report, model, state.openFunction, onOpen),
    ...(hasBase ? withBase : withoutBase),
    ...(hasCalls ? [calls] : []),
    ...(hasCalls && hasBytes ? [averageColumn(hasBase)] : []),
    ...(hasBase ? [STATUS_COLUMN] : []),
  ];
}

/** The function, a button that shows its callers and callees, and where it is. */
function nameColumn(
  report: ReportData,
  model: BenchmarkModel,
  opened: number | null,
  onOpen: (frame: number | null) => void,
): Column<FunctionRow> {
  const { frames, hasBase, stacks } = model.data;
  const lines = linesOfFrames(model);
  return {
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
            aria-expanded={frame === opened}
            onClick={() => onOpen(frame === opened ? null : frame)}
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
  };
}

/** For each frame a stack that knows a line of it, on head if there is one that does. */
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

/** Bytes for each allocation of its own. */
function averageColumn(hasBase: boolean): Column<FunctionRow> {
  const words = (average: number | null) => (average === null ? '–' : formatBytes(average));
  return {
    id: 'per-call',
    heading: 'average size',
    hint: 'Bytes for each allocation of its own',
    kind: hasBase ? 'widest' : 'wide',
    value: (row) => Math.max(perCall(row, 'Base') ?? 0, perCall(row, 'Head') ?? 0),
    cell: (row) => {
      const [base, head] = [words(perCall(row, 'Base')), words(perCall(row, 'Head'))];
      return hasBase && base !== head ? `${base} → ${head}` : head;
    },
  };
}

function perCall(row: FunctionRow, side: 'Base' | 'Head'): number | null {
  const calls = row[`own${side}Calls`];
  return calls === 0 ? null : row[`own${side}Bytes`] / calls;
}

const STATUS_COLUMN: Column<FunctionRow> = {
  id: 'status',
  heading: 'status',
  hint: 'What became of its total',
  kind: 'widest',
  isText: true,
  value: ({ total }) => changeStatus(total),
  cell: ({ total }) => <StatusWord change={total} />,
};
