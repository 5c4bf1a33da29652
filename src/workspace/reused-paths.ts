/** Build caches of the workspace, copied into a clone. */
import { constants, cp, lstat, mkdir, realpath } from 'node:fs/promises';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { UserError } from '../errors.ts';

/**
 * Copies one path of the workspace to the same place in the clone, times of files included, so that build tools take
 * the copy for their own work. Files that the clone has already stay: those are the commit's.
 * @returns a sentence when nothing was copied, else null
 * @param path as `checkReusedPath` returns it
 * @throws UserError for a path that leads out of the workspace, or into what the commit uses otherwise
 */
export async function copyReusedPath(workspace: string, path: string, clone: string): Promise<string | null> {
  const source = join(workspace, path);
  const resolved = await realpath(source).catch(() => null);
  if (resolved === null) return `reuse-paths: "${path}" is not in the workspace; built without it.`;
  if (!isWithin(workspace, resolved)) {
    throw new UserError(
      `reuse-paths: "${path}" is a link to ${resolved}, outside of the workspace. Only what is inside of it is copied.`,
    );
  }
  const target = join(clone, path);
  await mkdir(dirname(target), { recursive: true });
  if ((await realpath(dirname(target))) !== dirname(target) || (await isSymbolicLink(target))) {
    throw new UserError(
      `reuse-paths: "${path}" is a symbolic link in the commit, so nothing is copied there.`,
    );
  }
  try {
    await cp(resolved, target, {
      recursive: true,
      force: false,
      preserveTimestamps: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
      filter: isCopyable,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`reuse-paths: "${path}" could not be copied: ${reason}`, { cause });
  }
  return null;
}

/**
 * A `reuse-paths` entry in its shortest form.
 * @throws UserError for what is no path below the top of the workspace
 */
export function checkReusedPath(path: string): string {
  const normal = normalize(path).replace(/\/+$/, '');
  const parts = normal.split(sep);
  const isSound =
    path !== '' &&
    normal !== '.' &&
    !normal.startsWith(sep) &&
    !parts.includes('..') &&
    !parts.includes('.git');
  if (!isSound || path.includes('\0')) {
    throw new UserError(
      `reuse-paths: ${JSON.stringify(path)} is not accepted. Give paths below the top of the workspace, such as \`target\` or \`build/deps\`.`,
    );
  }
  return normal;
}

/** Sockets, pipes and devices cannot be copied, and no build needs them. */
async function isCopyable(path: string): Promise<boolean> {
  const facts = await lstat(path);
  return facts.isFile() || facts.isDirectory() || facts.isSymbolicLink();
}

async function isSymbolicLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isSymbolicLink() ?? false;
}

function isWithin(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}
