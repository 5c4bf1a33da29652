import { textWidth } from './text-width.ts';

/** Last parts of a name that say nothing without the type before them. */
const GENERIC_METHODS = new Set(
  'alloc as_ref build call call_once clone create default drop exec extend fmt from get init insert into iter main new next open parse poll push read resize run with_capacity write'.split(
    ' ',
  ),
);

/** Hebrew, Arabic and their neighbours: a number after them is shown before them, but for a mark between the two. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
const LEFT_TO_RIGHT_MARK = '\u200E';

/** Shorter cuts of a name tell nothing. */
const SHORTEST_CUT = 4;

/**
 * The most telling label that fits: every name of a chain and the value, then less and less; '' when nothing fits.
 *
 * @param names short names, outermost first
 * @param columns how many characters there is room for
 */
export function boxLabel(names: readonly string[], value: string, columns: number): string {
  const last = names.at(-1) ?? '';
  const chain = names.length <= 6 ? names.join(' › ') : `${names[0]} › … › ${last}`;
  const method = last.slice(last.lastIndexOf('::') + (last.includes('::') ? 2 : 0));
  const candidates = [
    `${chain}${RIGHT_TO_LEFT.test(last) ? LEFT_TO_RIGHT_MARK : ''} ${value}`,
    chain,
    `… › ${last}`,
    last,
    GENERIC_METHODS.has(method) || method.length < SHORTEST_CUT ? '' : method,
  ];
  const usable = names.length > 1 ? candidates : candidates.filter((_, i) => i !== 2);
  const fitting = usable.find((text) => text !== '' && textWidth(text) <= columns);
  return fitting ?? cutName(last, columns);
}

/** The first of the texts that fits, or ''. */
export function firstThatFits(texts: readonly string[], columns: number): string {
  return texts.find((text) => textWidth(text) <= columns) ?? '';
}

function cutName(name: string, columns: number): string {
  let cut = '';
  let width = 1;
  for (const character of name) {
    width += textWidth(character);
    if (width > columns) break;
    cut += character;
  }
  cut = cut.replace(/[:\s]+$/, '');
  return cut.length < SHORTEST_CUT ? '' : `${cut}…`;
}
