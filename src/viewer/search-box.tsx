import { visibleText } from '../render/escape.ts';
import { formatBaseToHead, formatCount, formatQuantity, type Unit } from '../render/quantity.ts';
import type { Matches } from './search.ts';
import { plural } from './words.ts';

/** Where a search is typed, and what it found. */
export function SearchBox(props: {
  readonly input: { current: HTMLInputElement | null };
  readonly query: string;
  readonly problem: string | null;
  readonly found: string | null;
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
          placeholder="Search functions, or /expression/"
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
      <output id="search-result" class="small" aria-live="polite">
        {props.problem !== null ? `Not a regular expression: ${visibleText(props.problem)}` : props.found}
      </output>
    </search>
  );
}

/** '3 frames, 1.2 MB → 0.9 MB', of all that is below them. */
export function foundWords({ nodes, base, head }: Matches, unit: Unit, hasBase: boolean): string {
  if (nodes.length === 0) return 'No frame matches';
  const amount = hasBase ? formatBaseToHead(unit, base, head) : formatQuantity(unit, head);
  return `${plural(formatCount(nodes.length), 'frame', 'frames')}, ${amount}`;
}
