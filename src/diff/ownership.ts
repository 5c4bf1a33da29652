import { isLibraryName } from '../symbols/foreign-code.ts';
import type { FunctionName } from '../symbols/normalise-function.ts';
import { staticInitialiserOf } from '../symbols/static-initialisers.ts';
import { bearsWord, definesFunction, holdsLambda } from './source-text.ts';

/*
 * Ours or not. Compilers name files as they were told on their command line. An absolute path inside the checkout is
 * certain. A relative one is not: `src/lib.c` may be the repository's, that of a library in a folder of the repository
 * which has its own build, or of one outside it. Which of them it is, the function itself tells:
 *
 *   Rust   words::Parser::parse in src/lib.rs    the crate `words` is one of the repository's, and there is its folder
 *   C++    parse(int) in src/lib.c               the one tracked file of that name whose text defines `parse`
 */

/**
 * Says whether a function is the repository's own: the path of its file there, or null.
 * @param file as the debug information names it
 */
export type Ownership = (file: string, functionName: FunctionName) => string | null;

/** What is known of a commit's files. */
export interface RepositorySources {
  /** Whether the commit has a regular file at the path. */
  isTracked(path: string): boolean;
  /** The tracked files that a file name of a trace may stand for. */
  candidatesOf(file: string): Candidates;
  /** Texts of all candidates, but for binary and very large ones. */
  readonly texts: ReadonlyMap<string, string>;
  /** The repository's Rust crates with their folders. */
  readonly crates: ReadonlyMap<string, readonly string[]>;
}

/** Tracked files that one file name of a trace may stand for. */
export interface Candidates {
  /** Paths in the repository. */
  readonly paths: readonly string[];
  /** Whether the first of them is meant, whatever is in it. */
  readonly isCertain: boolean;
}

/** Decides by path and by the function's own name. */
export function ownershipBySources(sources: RepositorySources): Ownership {
  const known = new Map<string, string | null>();
  return (file, functionName) => {
    const key = `${file}\n${functionName.identity}`;
    let path = known.get(key);
    if (path === undefined) {
      path = findOwnPath(file, functionName, sources);
      known.set(key, path);
    }
    return path;
  };
}

function findOwnPath(file: string, functionName: FunctionName, sources: RepositorySources): string | null {
  const { paths, isCertain } = sources.candidatesOf(file);
  if (isCertain) {
    // What a library's template calls may be inlined into it: then its file is ours, but not the function.
    return isLibraryName(functionName.identity) && !isTold(paths[0], functionName, sources) ? null : paths[0];
  }
  const crates = file.endsWith('.rs') && sources.crates.size > 0 ? cratesOf(functionName.identity) : [];
  if (crates.length > 0) return findInCrates(file, crates, paths, sources);
  const own = paths.filter((path) => isTold(path, functionName, sources, paths.length));
  return own.length === 1 ? own[0] : null;
}

/** 'words' of 'words::parse', and both of '<words::Parser as core::default::Default>::default'. */
function cratesOf(identity: string): readonly string[] {
  const first = /^[<&*[( ]*(?:(?:mut|dyn|const|impl) )*([A-Za-z_][A-Za-z_0-9]{0,63})::/.exec(identity);
  const trait = identity.startsWith('<') ? / as ([A-Za-z_][A-Za-z_0-9]{0,63})::/.exec(identity) : null;
  return [first, trait].flatMap((match) => match?.[1] ?? []);
}

function findInCrates(
  file: string,
  crates: readonly string[],
  paths: readonly string[],
  { crates: foldersOf, isTracked }: RepositorySources,
): string | null {
  const folders = crates.flatMap((crate) => foldersOf.get(crate) ?? []);
  const inFolders = folders.map((folder) => (folder === '' ? file : `${folder}/${file}`)).filter(isTracked);
  const below = paths.filter((path) =>
    folders.some((folder) => folder === '' || path.startsWith(`${folder}/`)),
  );
  const found = new Set(inFolders.length > 0 ? inFolders : below);
  return found.size === 1 ? [...found][0] : null;
}

const C_FILE = /\.(?:c|cc|cp|cpp|cxx|c\+\+|cu|cuh|h|hh|hpp|hxx|h\+\+|inc|inl|ipp|m|mm|tcc|tpp|txx)$/i;

/** Whether a file's text says that the function is in it. */
function isTold(
  path: string,
  { identity, shortName }: FunctionName,
  { texts }: RepositorySources,
  candidateCount = 1,
): boolean {
  const text = texts.get(path);
  if (text === undefined) return false;
  const initialised = staticInitialiserOf(identity);
  if (initialised !== null) return initialised === '' ? candidateCount === 1 : bearsWord(text, initialised);
  const word = ownWord(shortName);
  if (word === null) return candidateCount === 1 && C_FILE.test(path) && holdsLambda(text);
  // A call of a library's function bears its name too.
  return C_FILE.test(path) || path.endsWith('.rs') ? definesFunction(text, word) : bearsWord(text, word);
}

/** Words of a short name that are not the function's own. */
const UNNAMED_PARTS: ReadonlySet<string> = new Set([
  'closure',
  'lambda',
  'operator',
  'new',
  'delete',
  'anonymous',
]);

/** 'readClock' of 'Parser::readClock'; 'parse' of 'parse::{closure}'. */
function ownWord(shortName: string): string | null {
  const words = shortName.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
  return words.findLast((word) => !UNNAMED_PARTS.has(word)) ?? null;
}
