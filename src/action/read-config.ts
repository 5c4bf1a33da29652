import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { UserError } from '../errors.ts';
import { readRepositoryFile } from '../github/repository-file.ts';
import { type Config, MAX_CONFIG_BYTES, parseConfig } from '../settings/config-file.ts';
import { DEFAULT_CONFIG_PATH } from '../settings/plan.ts';
import type { Job } from './job.ts';

/**
 * Reads the file that describes the benchmarks, or null when there is none and none was asked for. A job that only
 * reports has no checkout: there the file comes from the commit that its workflow runs at, which is the default
 * branch's on `workflow_run`, so that a pull request cannot change the limits it is judged by.
 * @throws UserError for one that cannot be read; SettingsError for what is wrong in it
 */
export async function readConfig(
  { config, mode }: { readonly config: string | null; readonly mode: string },
  job: Job,
): Promise<Config | null> {
  const path = config ?? DEFAULT_CONFIG_PATH;
  const text =
    (await readFromWorkspace(job.workspace, path)) ??
    (mode === 'report' ? await readFromGitHub(path, job) : null);
  if (text !== null) return parseConfig(text, path);
  if (config === null) return null;
  throw new UserError(
    `input \`config\` is ${JSON.stringify(config)}, and there is no such file. It is looked for in the checkout${mode === 'report' ? ', and then at the commit of the workflow' : ''}.`,
  );
}

async function readFromWorkspace(workspace: string, path: string): Promise<string | null> {
  const top = await realpath(workspace).catch(() => workspace);
  const folder = await realpath(dirname(join(top, path))).catch(() => null);
  if (folder === null) return null;
  if (folder !== top && !folder.startsWith(join(top, sep))) {
    throw new UserError(`${path} leads out of the checkout`);
  }
  const file = join(folder, basename(path));
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw new UserError(
        `${path} cannot be read: ${error.code === 'ELOOP' ? 'it is a symbolic link' : error.message}`,
        {
          cause: error,
        },
      );
    },
  );
  if (handle === null) return null;
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new UserError(`${path} is no regular file`);
    if (stat.size > MAX_CONFIG_BYTES) {
      throw new UserError(`${path} has ${stat.size} bytes; accepted are at most ${MAX_CONFIG_BYTES}`);
    }
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

async function readFromGitHub(path: string, { client, event, environment }: Job): Promise<string | null> {
  const ref = environment.GITHUB_SHA;
  if (client === null || !ref) return null;
  const { owner, repository } = event;
  return readRepositoryFile({ client, owner, repository, path, ref, maxBytes: MAX_CONFIG_BYTES });
}
