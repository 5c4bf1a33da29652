import type { FunctionName } from '../symbols/normalise-function.ts';

/**
 * Says whether a function is the repository's own: the path of its file there, or null.
 * @param file as the debug information names it
 */
export type Ownership = (file: string, functionName: FunctionName) => string | null;

/** Names that compilers make up: no source text bears them. */
const GENERATED_NAMES = /^(_GLOBAL__sub_I_|__static_initialization_and_destruction_0)/;
/** Words of a short name that are not the function's own. */
const UNNAMED_PARTS: ReadonlySet<string> = new Set([
  'closure',
  'lambda',
  'operator',
  'new',
  'delete',
  'anonymous',
]);

/**
 * A frame is the repository's own when its path leads to a tracked file and that file's text bears the function's own
 * name. The path alone does not tell: debug information names a dependency's `src/lib.rs` as it names ours.
 * @param trackedPath a file of the debug information as a path in the repository, or null
 * @param texts of the tracked files, by path
 */
export function ownershipByText(
  trackedPath: (file: string) => string | null,
  texts: ReadonlyMap<string, string>,
): Ownership {
  const wordsOfPath = new Map<string, ReadonlySet<string>>();
  return (file, functionName) => {
    const path = trackedPath(file);
    const text = path === null ? undefined : texts.get(path);
    if (path === null || text === undefined) return null;
    if (GENERATED_NAMES.test(functionName.identity)) return path;
    let words = wordsOfPath.get(path);
    if (words === undefined) {
      words = new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
      wordsOfPath.set(path, words);
    }
    const word = ownWord(functionName.shortName);
    return word !== null && words.has(word) ? path : null;
  };
}

/** 'readClock' of 'Parser::readClock'; 'parse' of 'parse::{closure}'. */
function ownWord(shortName: string): string | null {
  const words = shortName.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
  return words.findLast((word) => !UNNAMED_PARTS.has(word)) ?? null;
}
