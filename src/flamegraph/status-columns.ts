/*
 * The width of a pane, from left to right, as columns: each of one status, which holds from the leaf that has the
 * costs up to the root.
 */

/** What became of a column's bytes: `gone` is found in base only, `added` in head only. */
export type ColumnStatus = 'gone' | 'added' | 'moved' | 'kept';

/** In bytes or calls from the left edge. */
export interface StatusColumn {
  readonly status: ColumnStatus;
  readonly start: number;
  readonly end: number;
}

/**
 * Those of some columns, in order, that lie between two places, neighbours of one status as one. Those narrower than
 * `minimumCost` join others.
 */
export function columnsBetween(
  columns: readonly StatusColumn[],
  start: number,
  end: number,
  minimumCost: number,
): StatusColumn[] {
  const inside: StatusColumn[] = [];
  for (let i = firstColumnFrom(columns, start); i < columns.length; i++) {
    if (columns[i].start >= end) break;
    appendColumn(inside, columns[i]);
  }
  return joinNarrowColumns(inside, minimumCost);
}

function firstColumnFrom(columns: readonly StatusColumn[], start: number): number {
  let low = 0;
  let high = columns.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (columns[middle].start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function appendColumn(columns: StatusColumn[], column: StatusColumn): void {
  const last = columns.at(-1);
  if (last?.status === column.status) columns[columns.length - 1] = { ...last, end: column.end };
  else columns.push(column);
}

/**
 * Narrow columns in a row become one of their commonest status; should that still be narrow, it joins the wider of its
 * neighbours.
 */
function joinNarrowColumns(columns: readonly StatusColumn[], minimumCost: number): StatusColumn[] {
  const joined: StatusColumn[] = [];
  let narrow: StatusColumn[] = [];
  for (const column of columns) {
    if (column.end - column.start < minimumCost) {
      narrow.push(column);
      if (column.end - narrow[0].start >= minimumCost) {
        appendColumn(joined, commonest(narrow));
        narrow = [];
      }
      continue;
    }
    const left = joined.at(-1);
    if (narrow.length === 0) {
      appendColumn(joined, column);
    } else if (left !== undefined && left.end - left.start > column.end - column.start) {
      joined[joined.length - 1] = { ...left, end: column.start };
      appendColumn(joined, column);
    } else {
      appendColumn(joined, { ...column, start: narrow[0].start });
    }
    narrow = [];
  }
  if (narrow.length > 0) {
    const left = joined.at(-1);
    if (left === undefined) joined.push(commonest(narrow));
    else joined[joined.length - 1] = { ...left, end: narrow[narrow.length - 1].end };
  }
  return joined;
}

function commonest(columns: readonly StatusColumn[]): StatusColumn {
  const costs = new Map<ColumnStatus, number>();
  let status = columns[0].status;
  for (const column of columns) {
    costs.set(column.status, (costs.get(column.status) ?? 0) + column.end - column.start);
    if ((costs.get(column.status) ?? 0) > (costs.get(status) ?? 0)) status = column.status;
  }
  return { status, start: columns[0].start, end: columns[columns.length - 1].end };
}
