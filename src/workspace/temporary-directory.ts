import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that only we may enter, and that is removed with all in it when it is disposed of. */
export interface TemporaryDirectory extends AsyncDisposable {
  readonly path: string;
  /** Writes a file of ours into it and returns its path. */
  writeFile(name: string, text: string, options?: { readonly isExecutable?: boolean }): Promise<string>;
  /** Removes a file if it is there. */
  removeFile(name: string): Promise<void>;
}

/** A new folder with a name of its own, of the same length each time. */
export async function makeTemporaryDirectory(parent: string = tmpdir()): Promise<TemporaryDirectory> {
  return ownedDirectory(await mkdtemp(join(parent, 'memtrack-')));
}

/**
 * A new folder of a given name, for when two sides of a comparison must see the same path.
 * @throws an error with code EEXIST when something of that name is there
 */
export async function claimTemporaryDirectory(path: string): Promise<TemporaryDirectory> {
  await mkdir(path, { mode: 0o700 });
  return ownedDirectory(path);
}

function ownedDirectory(path: string): TemporaryDirectory {
  return {
    path,
    async writeFile(name, text, options = {}) {
      const file = join(path, name);
      await writeFile(file, text, { flag: 'wx', mode: options.isExecutable ? 0o700 : 0o600 });
      return file;
    },
    async removeFile(name) {
      await rm(join(path, name), { force: true });
    },
    async [Symbol.asyncDispose]() {
      // Garbage in a temporary folder is no reason to lose a measurement.
      await rm(path, { recursive: true, force: true, maxRetries: 2 }).catch(() => {});
    },
  };
}
