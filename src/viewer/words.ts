import type { DiffFrame } from '../diff/profile-diff.ts';
import { OUTSIDE, OUTSIDE_NAME, ROOT } from '../flamegraph/frame-tree.ts';
import { visibleText } from '../render/escape.ts';
import type { Unit } from '../render/quantity.ts';
import { formatPercent, formatQuantity } from '../render/quantity.ts';
import { type Change, changeStatus } from '../report/change-status.ts';

/** For boxes and tables. Never empty. */
export function shortNameOf(frames: readonly DiffFrame[], frame: number): string {
  if (frame === ROOT) return 'all';
  if (frame === OUTSIDE) return OUTSIDE_NAME;
  return visibleText(frames[frame]?.shortName ?? '') || '(no name)';
}

/** Everything that is known of a name. Never empty. */
export function fullNameOf(frames: readonly DiffFrame[], frame: number): string {
  if (frame === ROOT) return 'everything';
  if (frame === OUTSIDE) return `stacks ${OUTSIDE_NAME}`;
  return visibleText(frames[frame]?.name ?? '', 2000) || '(no name)';
}

/** 'down 90 %', 'up 4.1 %', 'new', 'gone', 'no change'. */
function changeWords(base: number, head: number): string {
  if (base === head) return 'no change';
  if (base === 0) return 'new';
  if (head === 0) return 'gone';
  return `${head < base ? 'down' : 'up'} ${formatPercent(base, head).replace(/^[+\u2212]/, '')}`;
}

/** What a screen reader says of a box: 'Parser::default, 99.9 KB to 10.1 KB, down 90 %, moved'. */
export function spokenBox(name: string, unit: Unit, change: Change, hasBase: boolean): string {
  const { base, head } = change;
  if (!hasBase) return `${name}, ${formatQuantity(unit, head)}`;
  const amount =
    base === head
      ? formatQuantity(unit, head)
      : `${formatQuantity(unit, base)} to ${formatQuantity(unit, head)}`;
  const parts = [name, amount, changeWords(base, head)];
  const status = changeStatus(change);
  if (status === 'moved' || status === 'changed inside') parts.push(status);
  return parts.join(', ');
}

/** '1 frame', '2 frames'. */
export function plural(count: string, one: string, many: string): string {
  return `${count} ${count === '1' ? one : many}`;
}
