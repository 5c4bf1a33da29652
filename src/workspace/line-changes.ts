/** Which lines two commits differ in, read from patches, and where a line of the one is in the other. */

/** Lines `first` to `first + count − 1` of base became lines of head; a count of 0 is a place between two lines. */
export interface Hunk {
  readonly baseFirst: number;
  readonly baseCount: number;
  readonly headFirst: number;
  readonly headCount: number;
}

/** The change of one file; a null path means that the side has no such file. */
export interface FileChange {
  readonly basePath: string | null;
  readonly headPath: string | null;
  /** In the order of the file. */
  readonly hunks: readonly Hunk[];
}

/** A line of a file, counted from 1. */
export interface LinePosition {
  readonly path: string;
  readonly line: number;
}

export interface LineChanges {
  /** Paths at head of the files that were added, changed or renamed. */
  readonly changedPaths: ReadonlySet<string>;
  /** Whether head's line was added or changed. */
  isChangedLine(path: string, line: number): boolean;
  /** Where base's line is at head, or null when it was changed or removed. */
  headPosition(path: string, line: number): LinePosition | null;
}

/**
 * Reads the patch that `git diff-tree -p -U0 -M` writes, with the prefixes `a/` and `b/`. Text that is no such patch
 * yields no changes.
 */
export function parseLineChanges(patch: string): LineChanges {
  return lineChangesOf(readFileChanges(patch));
}

/** Of each path the last change counts. */
export function lineChangesOf(changes: Iterable<FileChange>): LineChanges {
  const byBasePath = new Map<string, FileChange>();
  const byHeadPath = new Map<string, FileChange>();
  for (const change of changes) {
    if (change.basePath !== null) byBasePath.set(change.basePath, change);
    if (change.headPath !== null) byHeadPath.set(change.headPath, change);
  }
  return {
    changedPaths: new Set(byHeadPath.keys()),
    isChangedLine(path, line) {
      const hunks = byHeadPath.get(path)?.hunks ?? [];
      const hunk = hunks[lastHunkBefore(hunks, line, (candidate) => candidate.headFirst)];
      return hunk !== undefined && line < hunk.headFirst + hunk.headCount;
    },
    headPosition(path, line) {
      const change = byBasePath.get(path);
      if (change === undefined) return { path, line };
      if (change.headPath === null) return null;
      const hunk = change.hunks[lastHunkBefore(change.hunks, line, firstBaseLine)];
      if (hunk === undefined) return { path: change.headPath, line };
      if (line < firstBaseLine(hunk) + hunk.baseCount) return null;
      const moved = firstHeadLine(hunk) + hunk.headCount - (firstBaseLine(hunk) + hunk.baseCount);
      return { path: change.headPath, line: line + moved };
    },
  };
}

/** Of an empty range git names the line before it. */
function firstBaseLine(hunk: Hunk): number {
  return hunk.baseCount === 0 ? hunk.baseFirst + 1 : hunk.baseFirst;
}

function firstHeadLine(hunk: Hunk): number {
  return hunk.headCount === 0 ? hunk.headFirst + 1 : hunk.headFirst;
}

/** Index of the last hunk that starts at or before the line, or −1. */
function lastHunkBefore(hunks: readonly Hunk[], line: number, firstLine: (hunk: Hunk) => number): number {
  let low = 0;
  let high = hunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (firstLine(hunks[middle]) <= line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function* readFileChanges(patch: string): Generator<FileChange> {
  let current: { basePath: string | null; headPath: string | null; hunks: Hunk[] } | null = null;
  let position = 0;
  while (position < patch.length) {
    const lineEnd = endOfLine(patch, position);
    const line = patch.slice(position, lineEnd);
    position = lineEnd + 1;
    if (line.startsWith('diff --git ')) {
      if (current !== null) yield current;
      current = { basePath: null, headPath: null, hunks: [] };
    } else if (current !== null) {
      const range = line.startsWith('@@ ') ? readHunkHeader(line) : null;
      if (range !== null) position = readHunkLines(patch, position, range, current.hunks);
      else if (line.startsWith('--- ')) current.basePath = readPath(line.slice(4), 'a/');
      else if (line.startsWith('+++ ')) current.headPath = readPath(line.slice(4), 'b/');
      else if (line.startsWith('rename from ')) current.basePath = readPath(line.slice(12), '');
      else if (line.startsWith('rename to ')) current.headPath = readPath(line.slice(10), '');
    }
  }
  if (current !== null) yield current;
}

function endOfLine(text: string, position: number): number {
  const end = text.indexOf('\n', position);
  return end < 0 ? text.length : end;
}

/** The hunks of one file's patch that has no headers but `@@`, in the form without unchanged lines. */
export function readHunks(patch: string): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let position = 0;
  while (position < patch.length) {
    const lineEnd = endOfLine(patch, position);
    const range = patch.startsWith('@@ ', position) ? readHunkHeader(patch.slice(position, lineEnd)) : null;
    position = range === null ? lineEnd + 1 : readHunkLines(patch, lineEnd + 1, range, hunks);
  }
  return hunks;
}

/**
 * Reads the lines of a hunk that start at `start`: as many as its header says, whatever they look like. Unchanged
 * lines part it into several.
 * @returns the position after it
 */
function readHunkLines(patch: string, start: number, range: Hunk, hunks: Hunk[]): number {
  let position = start;
  let base = firstBaseLine(range);
  let head = firstHeadLine(range);
  const baseEnd = base + range.baseCount;
  const headEnd = head + range.headCount;
  let removed = 0;
  let added = 0;
  const endChange = () => {
    if (removed + added > 0) hunks.push(hunkBefore(base, removed, head, added));
    removed = 0;
    added = 0;
  };
  while (position < patch.length && (base < baseEnd || head < headEnd)) {
    const mark = patch[position];
    position = endOfLine(patch, position) + 1;
    if (mark === '-') {
      base += 1;
      removed += 1;
    } else if (mark === '+') {
      head += 1;
      added += 1;
    } else if (mark !== '\\') {
      // '\ No newline at end of file' is no line of either side; whatever else is there, both have.
      endChange();
      base += 1;
      head += 1;
    }
  }
  endChange();
  return position;
}

/** The hunk whose lines end before these. */
function hunkBefore(base: number, baseCount: number, head: number, headCount: number): Hunk {
  return {
    baseFirst: baseCount === 0 ? base - 1 : base - baseCount,
    baseCount,
    headFirst: headCount === 0 ? head - 1 : head - headCount,
    headCount,
  };
}

/** `@@ -12,3 +12 @@ …`: a count that is left out is 1. */
function readHunkHeader(line: string): Hunk | null {
  const match = /^@@ -([0-9]{1,9})(?:,([0-9]{1,9}))? \+([0-9]{1,9})(?:,([0-9]{1,9}))? @@/.exec(line);
  if (match === null) return null;
  return {
    baseFirst: Number(match[1]),
    baseCount: Number(match[2] ?? 1),
    headFirst: Number(match[3]),
    headCount: Number(match[4] ?? 1),
  };
}

/** A path as a patch names it: prefixed, quoted when it holds odd characters, /dev/null for none. */
function readPath(text: string, prefix: string): string | null {
  // Git ends an unquoted name that has spaces with a tab.
  const name = text.startsWith('"') ? unquote(text) : text.replace(/\t$/, '');
  if (name === '/dev/null') return null;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

const ESCAPES = new Map([
  ['a', 7],
  ['b', 8],
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
  ['"', 34],
  ['\\', 92],
]);

/** Undoes git's quoting of names: C escapes, bytes in octal. */
function unquote(quoted: string): string {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  const pieces = quoted.slice(1, quoted.lastIndexOf('"')).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/g);
  for (const [, octal, escaped, plain] of pieces) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 255);
    else if (escaped !== undefined) bytes.push(ESCAPES.get(escaped) ?? escaped.charCodeAt(0));
    else for (const byte of encoder.encode(plain)) bytes.push(byte);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
