import type { CallTree } from '../report/report.ts';
import { visibleText } from './escape.ts';
import { formatPercent, formatQuantity, type Unit } from './quantity.ts';
import { fitText, padEnd, padStart, textWidth } from './text-width.ts';

/** Deeper rows are drawn at this depth: a tree must not push its own numbers off the screen. */
const DEEPEST = 12;

/** One row of the tree as text in a fixed-width font. */
export interface CallTreeLine {
  readonly text: string;
  readonly direction: 'less' | 'more' | 'same';
}

/**
 * The call tree in aligned columns: names with box characters, base, head, change. Names are visible text, one line
 * each, but not escaped for any markup.
 *
 * @param columns of the whole table; names are cut to fit
 * @param hasBase false: head alone
 */
export function callTreeLines(tree: CallTree, unit: Unit, columns: number, hasBase = true): CallTreeLine[] {
  const rows = tree.rows.map(
    (row) =>
      ({
        base: hasBase ? formatQuantity(unit, row.base) : '',
        head: formatQuantity(unit, row.head),
        change: hasBase ? changeWords(row.base, row.head, row.isMoved) : '',
        direction: row.head < row.base ? 'less' : row.head > row.base ? 'more' : 'same',
      }) as const,
  );
  const titles = hasBase ? ['base', 'head', 'change'] : ['', 'head', ''];
  const baseWidth = widest([titles[0], ...rows.map((row) => row.base)]);
  const headWidth = widest([titles[1], ...rows.map((row) => row.head)]);
  const changeWidth = widest([titles[2], ...rows.map((row) => row.change)]);
  const room = Math.max(16, columns - baseWidth - headWidth - changeWidth - 6);

  const branches = treeBranches(tree);
  const labels = tree.rows.map((row, i) => nameInTree(branches[i], row.names, room));
  const nameWidth = Math.min(room, widest(labels));
  const line = (name: string, base: string, head: string, change: string) =>
    [
      padEnd(name, nameWidth),
      ...(hasBase ? [padStart(base, baseWidth)] : []),
      padStart(head, headWidth),
      change,
    ]
      .join('  ')
      .trimEnd();

  const lines: CallTreeLine[] = [{ text: line('', titles[0], titles[1], titles[2]), direction: 'same' }];
  for (const [i, row] of rows.entries()) {
    lines.push({ text: line(labels[i], row.base, row.head, row.change), direction: row.direction });
  }
  return lines;
}

/** The '│  ├─ ' in front of each row. */
function treeBranches(tree: CallTree): string[] {
  const hasNextSibling: boolean[] = [];
  return tree.rows.map((row) => {
    const depth = Math.min(row.depth, DEEPEST);
    hasNextSibling[depth] = row.hasNextSibling;
    if (depth === 0) return '';
    const trunks = hasNextSibling.slice(1, depth).map((hasNext) => (hasNext ? '│  ' : '   '));
    return `${trunks.join('')}${row.hasNextSibling ? '├─ ' : '└─ '}`;
  });
}

function nameInTree(branch: string, names: readonly string[], room: number): string {
  const visible = names.map((name) => visibleText(name, 100) || '(no name)');
  const full = visible.join(' › ');
  const columns = Math.max(8, room - textWidth(branch));
  if (textWidth(full) <= columns || visible.length === 1) return branch + fitText(full, columns);
  return branch + fitText(`… › ${visible[visible.length - 1]}`, columns);
}

function changeWords(base: number, head: number, isMoved: boolean): string {
  if (base === head) return isMoved ? '=  moved' : '=';
  const sign = head < base ? '▼' : '▲';
  return `${sign} ${formatPercent(base, head)}${isMoved ? '  moved' : ''}`;
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(textWidth));
}
