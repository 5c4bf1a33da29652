import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** What files were like at one moment. */
export type FileSeal = ReadonlyMap<string, string | null>;

/** Remembers files before foreign code can change them; files that cannot be read are remembered as such. */
export async function sealFiles(paths: readonly string[]): Promise<FileSeal> {
  const entries = await Promise.all(paths.map(async (path) => [path, await hashOf(path)] as const));
  return new Map(entries);
}

/** @returns the paths whose files are not what they were */
export async function findChangedFiles(seal: FileSeal): Promise<readonly string[]> {
  const now = await sealFiles([...seal.keys()]);
  return [...seal.keys()].filter((path) => now.get(path) !== seal.get(path));
}

async function hashOf(path: string): Promise<string | null> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  } catch {
    return null;
  }
}
