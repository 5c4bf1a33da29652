import {
  formatBaseToHead,
  formatCount,
  formatDelta,
  formatPercent,
  formatQuantity,
  type Unit,
} from '../render/quantity.ts';
import { Delta } from './controls.tsx';
import type { Column } from './sorted-table.tsx';

/*
 * Columns of numbers, for any table whose rows cost something: each is told how it is headed, and how it finds its
 * numbers in a row.
 */

/** Bytes or calls of both sides. */
interface Sides {
  readonly base: number;
  readonly head: number;
}

type Heading<Row> = Omit<Column<Row>, 'value' | 'cell'>;

/** One side's cost. */
export function costColumn<Row>(
  heading: Heading<Row>,
  unit: Unit,
  costOf: (row: Row) => number,
): Column<Row> {
  return { ...heading, value: costOf, cell: (row) => formatQuantity(unit, costOf(row)) };
}

/** By how much it is more or less; the largest change either way sorts first. */
export function changeColumn<Row>(
  heading: Heading<Row>,
  unit: Unit,
  sidesOf: (row: Row) => Sides,
): Column<Row> {
  return {
    ...heading,
    value: (row) => {
      const { base, head } = sidesOf(row);
      return Math.abs(head - base);
    },
    cell: (row) => {
      const { base, head } = sidesOf(row);
      return (
        <Delta base={base} head={head}>
          {formatDelta(unit, head - base)}
        </Delta>
      );
    },
  };
}

/** The change as a share of base; what is new sorts first. */
export function percentColumn<Row>(heading: Heading<Row>, sidesOf: (row: Row) => Sides): Column<Row> {
  return {
    ...heading,
    value: (row) => {
      const { base, head } = sidesOf(row);
      return base === 0 ? Number.MAX_VALUE * Math.sign(head) : Math.abs(head / base - 1);
    },
    cell: (row) => {
      const { base, head } = sidesOf(row);
      return (
        <Delta base={base} head={head}>
          {base + head === 0 ? '–' : formatPercent(base, head)}
        </Delta>
      );
    },
  };
}

/** Calls of both sides in one cell; one number where they are the same. */
export function callsColumn<Row>(
  heading: Heading<Row>,
  hasBase: boolean,
  sidesOf: (row: Row) => Sides,
): Column<Row> {
  return {
    ...heading,
    value: (row) => {
      const { base, head } = sidesOf(row);
      return Math.max(base, head);
    },
    cell: (row) => {
      const { base, head } = sidesOf(row);
      return hasBase && base !== head ? formatBaseToHead('count', base, head) : formatCount(head);
    },
  };
}
