/** Which files of debug information are the repository's own, and what they say. */
import { posix } from 'node:path';
import type { Repository } from './git.ts';

export interface RepositoryFiles {
  /**
   * The tracked regular file that a file name of a trace stands for, as a path in the repository; null for all
   * others. Names are hostile: only ones that lead to an entry of the commit's tree are accepted.
   */
  trackedPath(fileName: string): string | null;
  /**
   * Texts of tracked files as committed, whatever was done to the clone since; files over 1 MiB and binary ones are
   * left out.
   */
  readTexts(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

const MAX_FILE_NAME_LENGTH = 4096;
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

  function trackedPath(fileName: string): string | null {
    if (fileName === '' || fileName.length > MAX_FILE_NAME_LENGTH || /[\x00-\x1f]/.test(fileName))
      return null;
    const candidates = posix.isAbsolute(fileName)
      ? [posix.relative(checkoutDirectory, posix.normalize(fileName))]
      : directories.map((directory) => posix.normalize(posix.join(directory, fileName)));
    return candidates.find((candidate) => blobs.has(candidate)) ?? null;
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

  return { trackedPath, readTexts };
}
