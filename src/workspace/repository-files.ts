/** Which files of debug information are the repository's own, and what they say. */
import { posix } from 'node:path';
import type { Repository } from './repository.ts';

/** One commit's files, by path. */
export interface RepositoryFiles {
  /** Paths of the commit's regular files. */
  readonly paths: ReadonlySet<string>;
  /**
   * The tracked files that a file name of a trace may stand for. An absolute name stands for one or none, for certain.
   * A relative one may be relative to any folder that a compiler was started in: those in the checkout's and the
   * working directory come first, then all whose paths end so, unless those are many. Names are hostile: only entries
   * of the commit's tree are found.
   */
  candidatesOf(fileName: string): { readonly paths: readonly string[]; readonly isCertain: boolean };
  /**
   * Texts of tracked files as committed, whatever was done to the clone since; files over 1 MiB and binary ones are
   * left out.
   */
  readTexts(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

const MAX_FILE_NAME_LENGTH = 4096;
/** A name that fits more files says nothing. */
const MAX_CANDIDATES = 16;
/** Longer sources are generated ones. */
const MAX_TEXT_BYTES = 1024 * 1024;

/**
 * Lists the files of a commit, once: ask before code of the commit runs.
 * @param checkoutDirectory absolute path that the commit is built at
 * @param workingDirectory relative to the checkout: where its build runs, for names relative to that
 */
export async function listRepositoryFiles(options: {
  readonly repository: Repository;
  readonly sha: string;
  readonly checkoutDirectory: string;
  readonly workingDirectory: string;
}): Promise<RepositoryFiles> {
  const { repository, checkoutDirectory, workingDirectory } = options;
  const blobs = await repository.listTrackedFiles(options.sha);
  const directories = ['.', workingDirectory];

  const paths = new Set(blobs.keys());
  const pathsByBaseName = new Map<string, string[]>();
  for (const path of paths) {
    const sameName = pathsByBaseName.get(posix.basename(path));
    if (sameName === undefined) pathsByBaseName.set(posix.basename(path), [path]);
    else sameName.push(path);
  }

  function candidatesOf(fileName: string): { paths: readonly string[]; isCertain: boolean } {
    if (fileName === '' || fileName.length > MAX_FILE_NAME_LENGTH || /[\x00-\x1f]/.test(fileName))
      return { paths: [], isCertain: false };
    if (posix.isAbsolute(fileName)) {
      const path = posix.relative(checkoutDirectory, posix.normalize(fileName));
      return paths.has(path) ? { paths: [path], isCertain: true } : { paths: [], isCertain: false };
    }
    const direct = directories
      .map((directory) => posix.normalize(posix.join(directory, fileName)))
      .filter((path) => paths.has(path));
    const end = `/${posix.normalize(fileName).replace(/^(?:\.\.\/)+/, '')}`;
    const sameEnd = (pathsByBaseName.get(posix.basename(fileName)) ?? []).filter((path) =>
      `/${path}`.endsWith(end),
    );
    const all = new Set(sameEnd.length > MAX_CANDIDATES ? direct : [...direct, ...sameEnd]);
    return { paths: [...all], isCertain: false };
  }

  async function readTexts(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const ids = paths.flatMap((path) => blobs.get(path) ?? []);
    const contents = await repository.readBlobs(ids, MAX_TEXT_BYTES);
    const texts = new Map<string, string>();
    for (const path of paths) {
      const bytes = contents.get(blobs.get(path) ?? '');
      if (bytes !== undefined && !bytes.includes(0)) texts.set(path, new TextDecoder().decode(bytes));
    }
    return texts;
  }

  return { paths, candidatesOf, readTexts };
}
