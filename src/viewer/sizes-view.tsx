import { SIZE_BUCKETS, type SizeHistogram } from '../profile/heap-facts.ts';
import { formatCount, formatDelta, formatQuantity, formatShare, type Unit } from '../render/quantity.ts';
import type { BenchmarkModel } from './benchmark-model.ts';
import { Delta } from './controls.tsx';

type Side = 'base' | 'head';

/** How large the program's requests are: calls and bytes in heaptrack's buckets, both sides beside each other. */
export function SizesView({ model }: { readonly model: BenchmarkModel }) {
  const { heap } = model.data;
  const sides = (['base', 'head'] as const).flatMap((side) => {
    const { sizes } = heap[side];
    return sizes === null ? [] : [{ side, sizes }];
  });
  if (sides.length === 0) {
    return <p>There are no sizes: folded stacks do not say how large each allocation was.</p>;
  }
  return (
    <>
      {sides.length === 2 && (
        <ul class="legend small" aria-label="Bars">
          {sides.map(({ side }) => (
            <li key={side}>
              <span class={`swatch side-${side}`} /> {side}
            </li>
          ))}
        </ul>
      )}
      <div class="size-tables">
        <SizeTable
          caption="Allocation calls, by how many bytes each asked for"
          unit="count"
          column="calls"
          sides={sides}
        />
        <SizeTable
          caption="Bytes allocated, by how many each call asked for"
          unit="bytes"
          column="bytes"
          sides={sides}
        />
      </div>
      <p class="muted small">What the profiler itself allocates is left out.</p>
    </>
  );
}

/** A table that is the chart, too: the bars say nothing that its numbers do not. */
function SizeTable(props: {
  readonly caption: string;
  readonly unit: Unit;
  readonly column: keyof SizeHistogram;
  readonly sides: readonly { readonly side: Side; readonly sizes: SizeHistogram }[];
}) {
  const { unit, column, sides } = props;
  const columns = sides.map(({ side, sizes }) => ({ side, counts: sizes[column] }));
  const totals = columns.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0));
  const scale = Math.max(1, ...columns.map(({ counts }) => Math.max(...counts)));
  return (
    <table class="heap-table sizes">
      <caption>{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col">bytes</th>
          <td />
          {columns.map(({ side }) => (
            <th key={side} scope="col">
              {side}
            </th>
          ))}
          {columns.length === 2 && (
            <th scope="col" class="wide-only">
              change
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {BUCKET_NAMES.map((name, bucket) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="bars" aria-hidden="true">
              {columns.map(({ side, counts }) => (
                <span
                  key={side}
                  class={`side-${side}`}
                  style={{
                    width: counts[bucket] === 0 ? '0' : `max(2px, ${(100 * counts[bucket]) / scale}%)`,
                  }}
                />
              ))}
            </td>
            {columns.map(({ side, counts }, i) => (
              <td
                key={side}
                title={totals[i] === 0 ? '' : `${formatShare(counts[bucket] / totals[i])} of ${side}`}
              >
                {formatQuantity(unit, counts[bucket])}
              </td>
            ))}
            {columns.length === 2 && (
              <td class="wide-only">
                <Delta base={columns[0].counts[bucket]} head={columns[1].counts[bucket]}>
                  {formatDelta(unit, columns[1].counts[bucket] - columns[0].counts[bucket])}
                </Delta>
              </td>
            )}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">all</th>
          <td />
          {totals.map((total, i) => (
            <td key={columns[i].side}>{formatQuantity(unit, total)}</td>
          ))}
          {totals.length === 2 && (
            <td class="wide-only">
              <Delta base={totals[0]} head={totals[1]}>
                {formatDelta(unit, totals[1] - totals[0])}
              </Delta>
            </td>
          )}
        </tr>
      </tfoot>
    </table>
  );
}

/** '0 to 8', '9 to 16', …, 'more than 1,024'. */
const BUCKET_NAMES: readonly string[] = [
  ...SIZE_BUCKETS.map(
    (largest, i) => `${i === 0 ? 0 : formatCount(SIZE_BUCKETS[i - 1] + 1)} to ${formatCount(largest)}`,
  ),
  `more than ${formatCount(SIZE_BUCKETS[SIZE_BUCKETS.length - 1])}`,
];
