import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { UserError } from '../errors.ts';

/**
 * A directory below another one, symbolic links resolved: what a commit links to outside of it is not in it.
 * @param input the input that named it, for messages
 * @throws UserError when it is missing, no directory, or outside
 */
export async function directoryInside(
  directory: string,
  relativePath: string,
  input: string,
): Promise<string> {
  const root = await realpath(directory);
  const shown = `${input}: ${JSON.stringify(relativePath)}`;
  const path = await realpath(join(root, relativePath)).catch(() => null);
  if (path === null || !(await stat(path)).isDirectory())
    throw new UserError(`${shown} is no directory of this commit`);
  if (path !== root && !path.startsWith(root + sep))
    throw new UserError(`${shown} leads out of the checkout`);
  return path;
}
