import { useMemo } from 'preact/hooks';
import { visibleText } from '../render/escape.ts';
import { formatCount, formatDelta, type Unit } from '../render/quantity.ts';
import type { LineRow } from '../report/line-table.ts';
import type { ReportData } from '../viewer-data/report-data.ts';
import type { BenchmarkModel } from './benchmark-model.ts';
import { Name } from './controls.tsx';
import { callsColumn, changeColumn, costColumn, percentColumn } from './cost-columns.tsx';
import type { Matcher } from './search.ts';
import { type Column, SortedTable } from './sorted-table.tsx';
import { SourceLink } from './source-link.tsx';
import type { ViewState } from './view-state.ts';
import { plural, shortNameOf } from './words.ts';

/** Costs by the innermost line of the repository, and files with how much came and went in each. */
export function LinesView(props: {
  readonly report: ReportData;
  readonly model: BenchmarkModel;
  readonly state: ViewState;
  readonly matcher: Matcher | null;
}) {
  const { report, model, state, matcher } = props;
  const { lines, hasWrappers, hiddenLines, frames, hasBase } = model.data;
  const { metric } = state;
  const rows = useMemo(
    () =>
      lines.filter(
        (row) =>
          row.base[metric] + row.head[metric] > 0 &&
          (matcher === null || matcher(row.path) || matcher(frames[row.frame]?.name ?? '')),
      ),
    [lines, metric, matcher, frames],
  );
  const columns = useMemo(() => columnsOf(report, model, metric), [report, model, metric]);
  if (lines.length === 0) {
    return (
      <p>
        No line of the repository is known. Lines need a repository, which two traces compared on their own
        lack, and a program built with <code>-g</code>, or in Rust with <code>debug = "limited"</code>.
      </p>
    );
  }
  const isAnyTouched = rows.some(({ isTouched }) => isTouched);
  return (
    <>
      {hasBase && <FileStrips rows={rows} metric={metric} unit={model.unit(metric)} />}
      {rows.length === 0 ? (
        <p>No line matches.</p>
      ) : (
        <SortedTable
          caption={[
            'Each allocation counts for the innermost line of the repository that led to it',
            hasWrappers ? ', wrappers of malloc left aside' : '',
            isAnyTouched ? '; ● marks lines that this pull request touches' : '',
          ].join('')}
          columns={columns}
          rows={rows}
          keyOf={({ path, line, side, frame }) => `${side} ${line} ${frame} ${path}`}
          sortedBy={hasBase ? 'change' : 'head'}
        />
      )}
      {hiddenLines > 0 && (
        <p class="muted small">
          {plural(formatCount(hiddenLines), 'line', 'lines')} with the smallest changes{' '}
          {hiddenLines === 1 ? 'is' : 'are'} not in this page.
        </p>
      )}
    </>
  );
}

function columnsOf(
  report: ReportData,
  model: BenchmarkModel,
  metric: ViewState['metric'],
): readonly Column<LineRow>[] {
  const { hasBase, metrics } = model.data;
  const unit = model.unit(metric);
  const sides = ({ base, head }: LineRow) => ({ base: base[metric], head: head[metric] });
  const calls = ({ base, head }: LineRow) => ({ base: base.allocations, head: head.allocations });
  const base = costColumn<LineRow>({ id: 'base', heading: 'base' }, unit, ({ base }) => base[metric]);
  const head = costColumn<LineRow>({ id: 'head', heading: 'head' }, unit, ({ head }) => head[metric]);
  const change = changeColumn({ id: 'change', heading: 'change' }, unit, sides);
  const percent = percentColumn({ id: 'percent', heading: '%', kind: 'wide' }, sides);
  const hasCalls = metrics.some((one) => one.metric.id === 'allocations');
  return [
    placeColumn(report, model),
    ...(hasBase ? [base, head, change, percent] : [head]),
    ...(hasCalls ? [callsColumn({ id: 'calls', heading: 'allocations', kind: 'wide' }, hasBase, calls)] : []),
  ];
}

/** The line, with a link to it, and the function that it is in. */
function placeColumn(report: ReportData, { data: { frames } }: BenchmarkModel): Column<LineRow> {
  return {
    id: 'line',
    heading: 'line',
    kind: 'name',
    value: ({ path, line }) => `${path}:${String(line).padStart(8, '0')}`,
    cell: ({ path, line, side, isTouched, frame }) => (
      <>
        {isTouched && (
          <span class="touched" title="On a line that this pull request touches">
            <span aria-hidden="true">● </span>
            <span class="visually-hidden">touched by this pull request: </span>
          </span>
        )}
        <SourceLink report={report} file={path} line={line} isGone={side === 'base'} />
        <span class="place small muted">
          <Name text={shortNameOf(frames, frame)} />
        </span>
      </>
    ),
  };
}

/** Files that a strip is drawn for. */
const MOST_FILES = 8;

/** A bar for each file: to the left what went, to the right what came, all on one scale. */
function FileStrips(props: {
  readonly rows: readonly LineRow[];
  readonly metric: ViewState['metric'];
  readonly unit: Unit;
}) {
  const { rows, metric, unit } = props;
  const files = useMemo(() => {
    const sums = new Map<string, { path: string; less: number; more: number }>();
    for (const { path, base, head } of rows) {
      const sum = sums.get(path) ?? { path, less: 0, more: 0 };
      const delta = head[metric] - base[metric];
      if (delta < 0) sum.less -= delta;
      else sum.more += delta;
      sums.set(path, sum);
    }
    return [...sums.values()]
      .filter(({ less, more }) => less + more > 0)
      .sort((a, b) => b.less + b.more - (a.less + a.more));
  }, [rows, metric]);
  if (files.length === 0) return null;
  const scale = Math.max(...files.map(({ less, more }) => Math.max(less, more)));
  const bar = (amount: number) => ({ width: `${(100 * amount) / scale}%` });
  return (
    <section>
      <h2 class="strips-heading">Files</h2>
      <ul class="strips">
        {files.slice(0, MOST_FILES).map(({ path, less, more }) => (
          <li key={path}>
            <span class="strip-name">{visibleText(path, 300)}</span>
            <span class="strip" aria-hidden="true">
              <span class="strip-less">
                <span style={bar(less)} />
              </span>
              <span class="strip-more">
                <span style={bar(more)} />
              </span>
            </span>
            <span class="strip-words">
              {less > 0 && <span class="less">{formatDelta(unit, -less)} </span>}
              {more > 0 && <span class="more">{formatDelta(unit, more)}</span>}
            </span>
          </li>
        ))}
      </ul>
      {files.length > MOST_FILES && (
        <p class="muted small">{formatCount(files.length - MOST_FILES)} more files with smaller changes</p>
      )}
    </section>
  );
}
