/** Git LFS without git-lfs: pointers in a clone are replaced by the objects that the workspace has already. */
import { chmod, constants, copyFile, lstat, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createGit, type Git } from './git.ts';
import type { Repository } from './repository.ts';

interface Pointer {
  readonly path: string;
  /** SHA-256 of the contents, hex. */
  readonly id: string;
  readonly bytes: number;
}

/** First line of a pointer: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const POINTER_MARK = 'version https://git-lfs.github.com/spec/v1';
/** Pointers are shorter, says the specification. */
const MAX_POINTER_BYTES = 1024;

/**
 * Puts the contents of LFS files in their place, as far as `source` has them; no network, no filter.
 * @returns a sentence when pointers were left, else null
 */
export async function restoreLargeFiles(
  source: Repository,
  sha: string,
  clone: string,
): Promise<string | null> {
  const git = createGit(clone, source.context);
  const attributes = ['--', '.gitattributes', ':(glob)**/.gitattributes'];
  if ((await findFiles(git, sha, 'filter=lfs', attributes)).length === 0) return null;
  const missing: string[] = [];
  for (const path of await findFiles(git, sha, POINTER_MARK, [])) {
    const pointer = await readPointer(clone, path);
    if (pointer !== null && !(await restoreFile(source, clone, pointer))) missing.push(path);
  }
  if (missing.length === 0) return null;
  return `${missing.length} Git LFS file${missing.length === 1 ? '' : 's'} (${missing[0]}${missing.length === 1 ? '' : ', …'}) stayed pointers, because the workspace does not have their contents. Set \`lfs: true\` for actions/checkout, or run \`git lfs fetch\`.`;
}

/** Files of the commit that hold the text. */
async function findFiles(git: Git, sha: string, text: string, paths: readonly string[]): Promise<string[]> {
  const result = await git.run(['grep', '-l', '-z', '-a', '-F', '-e', text, sha, ...paths]);
  return new TextDecoder()
    .decode(result.stdout)
    .split('\0')
    .filter((name) => name.startsWith(`${sha}:`))
    .map((name) => name.slice(sha.length + 1));
}

async function readPointer(clone: string, path: string): Promise<Pointer | null> {
  const facts = await lstat(join(clone, path)).catch(() => null);
  if (facts === null || !facts.isFile() || facts.size > MAX_POINTER_BYTES) return null;
  const text = await readFile(join(clone, path), 'utf8');
  const match = /^oid sha256:([0-9a-f]{64})\nsize ([0-9]{1,15})$/m.exec(text);
  if (!text.startsWith(POINTER_MARK) || match === null) return null;
  return { path, id: match[1], bytes: Number(match[2]) };
}

async function restoreFile(source: Repository, clone: string, pointer: Pointer): Promise<boolean> {
  const { id } = pointer;
  const stored = join(source.commonDirectory, 'lfs', 'objects', id.slice(0, 2), id.slice(2, 4), id);
  const facts = await lstat(stored).catch(() => null);
  if (facts === null || !facts.isFile() || facts.size !== pointer.bytes) return false;
  const target = join(clone, pointer.path);
  const { mode } = await lstat(target);
  await rm(target);
  await copyFile(stored, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  await chmod(target, mode & 0o777);
  return true;
}
