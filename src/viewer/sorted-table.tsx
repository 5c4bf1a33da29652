import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { formatCount } from '../render/quantity.ts';

/** A heading, and what stands below it in each row. */
export interface Column<Row> {
  readonly id: string;
  readonly heading: string;
  readonly hint?: string;
  /** What the column sorts by; largest first for numbers, A first for texts. */
  readonly value: (row: Row) => number | string;
  readonly cell: (row: Row) => ComponentChildren;
  /** `name` may wrap; `wide` goes on phones, `widest` already where not all columns have room. */
  readonly kind?: 'name' | 'wide' | 'widest';
  /** Words stand at the left, numbers at the right. */
  readonly isText?: boolean;
}

/** Rows that a table starts with, and that one press of the button adds. */
const PAGE = 100;

/** A real table whose headings are buttons that sort it. */
export function SortedTable<Row>(props: {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
  readonly sortedBy: string;
  readonly rowClass?: (row: Row) => string;
}) {
  const { columns, rows } = props;
  const [sort, setSort] = useState({ id: props.sortedBy, isReversed: false });
  const [shown, setShown] = useState(PAGE);
  const sorted = useMemo(() => {
    const column = columns.find(({ id }) => id === sort.id) ?? columns[0];
    const factor = sort.isReversed ? -1 : 1;
    return rows
      .map((row) => ({ row, value: column.value(row) }))
      .sort((a, b) => factor * compare(a.value, b.value))
      .map(({ row }) => row);
  }, [columns, rows, sort]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <section class="wide" tabIndex={0} aria-label={props.caption}>
        <table class="sorted">
          <caption>{props.caption}</caption>
          <thead>
            <tr>
              {columns.map(({ id, heading, hint, kind, isText }) => (
                <th
                  key={id}
                  scope="col"
                  class={classOf(kind, isText)}
                  aria-sort={
                    sort.id !== id ? undefined : isAscending(columns, rows, sort) ? 'ascending' : 'descending'
                  }
                >
                  <button
                    type="button"
                    title={hint}
                    onClick={() => setSort({ id, isReversed: sort.id === id && !sort.isReversed })}
                  >
                    {heading}
                    <span aria-hidden="true" class="arrow">
                      {sort.id !== id ? '' : isAscending(columns, rows, sort) ? '▲' : '▼'}
                    </span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shown).map((row) => (
              <tr key={props.keyOf(row)} class={props.rowClass?.(row) ?? ''}>
                {columns.map(({ id, cell, kind, isText }, i) =>
                  i === 0 ? (
                    <th key={id} scope="row" class={classOf(kind, isText)}>
                      {cell(row)}
                    </th>
                  ) : (
                    <td key={id} class={classOf(kind, isText)}>
                      {cell(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {sorted.length > shown && (
        <p>
          <button type="button" class="button" onClick={() => setShown(shown + PAGE)}>
            Show {formatCount(Math.min(PAGE, sorted.length - shown))} more of {formatCount(sorted.length)}
          </button>
        </p>
      )}
    </>
  );
}

function classOf(kind = '', isText = false): string {
  return isText ? `${kind} words` : kind;
}

function isAscending<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  sort: { readonly id: string; readonly isReversed: boolean },
): boolean {
  const column = columns.find(({ id }) => id === sort.id);
  const isText = rows.length > 0 && typeof column?.value(rows[0]) === 'string';
  return isText !== sort.isReversed;
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return b - a;
  return a < b ? -1 : a > b ? 1 : 0;
}
