/** No name of ours is longer, and the work grows with the square. */
const MAX_LENGTH = 80;

/** The name that `word` is most likely a slip of, with case, `_` and `-` aside; null when none is near. */
export function closestName(word: string, names: readonly string[]): string | null {
  if (word.length > MAX_LENGTH) return null;
  const wanted = plain(word);
  let closest: string | null = null;
  let fewest = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const edits = editsBetween(wanted, plain(name));
    if (edits < fewest) [closest, fewest] = [name, edits];
  }
  return closest;
}

/** ` (did you mean …?)`, or nothing: to stand between what is wrong and what is accepted. */
export function suggestName(word: string, names: readonly string[]): string {
  const name = closestName(word, names);
  return name === null ? '' : ` (did you mean \`${name}\`?)`;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

/** Insertions, deletions, replacements and swaps of neighbours that make one word the other. */
function editsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      current[column] = Math.min(
        last[column] + 1,
        current[column - 1] + 1,
        last[column - 1] + (isSame ? 0 : 1),
      );
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) current[column] = Math.min(current[column], beforeLast[column - 2] + 1);
    }
    [beforeLast, last] = [last, current];
  }
  return last[b.length];
}
