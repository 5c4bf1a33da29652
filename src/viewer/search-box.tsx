import type { MetricId } from '../profile/metric.ts';
import { visibleText } from '../render/escape.ts';
import { formatBaseToHead, formatCount, formatQuantity, type Unit } from '../render/quantity.ts';
import type { BenchmarkModel } from './benchmark-model.ts';
import type { Matches } from './search.ts';
import type { Search } from './use-search.ts';
import { plural } from './words.ts';

/** Where a search is typed. */
export function SearchBox(props: {
  readonly input: { current: HTMLInputElement | null };
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onStep: (direction: 1 | -1) => void;
}) {
  return (
    <search class="search">
      <label>
        <span class="visually-hidden">Search functions</span>
        <input
          ref={props.input}
          type="search"
          placeholder="Search, or /expression/"
          value={props.query}
          aria-describedby="search-result"
          onInput={(event) => props.onQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') props.onStep(event.shiftKey ? -1 : 1);
            else if (event.key === 'Escape') {
              props.onQuery('');
              event.currentTarget.blur();
            }
          }}
        />
      </label>
    </search>
  );
}

/** What the search found, or why it is none. */
export function SearchResult({
  model,
  metric,
  search,
}: {
  readonly model: BenchmarkModel;
  readonly metric: MetricId;
  readonly search: Search;
}) {
  const { problem, matches } = search;
  return (
    <output id="search-result" class="small" aria-live="polite">
      {problem !== null && `Not a regular expression: ${visibleText(problem)}`}
      {matches !== null && foundWords(matches, model.unit(metric), model.data.hasBase)}
    </output>
  );
}

/** '3 frames, 1.2 MB → 0.9 MB', of all that is below them. */
function foundWords({ nodes, base, head }: Matches, unit: Unit, hasBase: boolean): string {
  if (nodes.length === 0) return 'No frame matches';
  const amount = hasBase && base !== head ? formatBaseToHead(unit, base, head) : formatQuantity(unit, head);
  return `${plural(formatCount(nodes.length), 'frame', 'frames')}, ${amount}`;
}
