/** Finding programs as the system would, and looking into them. */

import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { isAbsolute, resolve } from 'node:path';

export interface ExecutableSearch {
  /** Folders with colons between them, as in PATH. */
  readonly searchPath: string;
  /** What relative names and folders count from. */
  readonly directory: string;
}

/**
 * The file that the system would start for `name`, an absolute path that may still be a symbolic link; null when
 * there is none.
 */
export function findExecutable(name: string, { searchPath, directory }: ExecutableSearch): string | null {
  if (name === '' || name.includes('\0')) return null;
  const folders = name.includes('/') ? [''] : searchPath.split(':').map((folder) => folder || '.');
  for (const folder of folders) {
    const path = resolve(directory, folder, name);
    if (isExecutableFile(path)) return path;
  }
  return null;
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** `path` without symbolic links; `path` itself when there is no such file. */
export function withoutLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Names in a folder, sorted; none when it cannot be read. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Whether an absolute path is that of a folder which a program can be started in. */
export function isFolder(path: string): boolean {
  if (!isAbsolute(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** What a file is to those who run it. */
export interface FileStatus {
  readonly exists: boolean;
  readonly isFile: boolean;
  /** Bits of permission, such as 0o4755. */
  readonly mode: number;
  readonly owner: number;
  readonly group: number;
}

export function fileStatus(path: string): FileStatus {
  const stat = statSync(path, { throwIfNoEntry: false });
  return {
    exists: stat !== undefined,
    isFile: stat?.isFile() ?? false,
    mode: (stat?.mode ?? 0) & 0o7777,
    owner: stat?.uid ?? -1,
    group: stat?.gid ?? -1,
  };
}

/** A file that is read in pieces, wherever they are wanted. */
export interface OpenFile extends Disposable {
  readonly size: number;
  /** Bytes from `offset` on: `length` of them, or fewer where the file ends. */
  read(offset: number, length: number): Uint8Array;
}

/** @throws the system's error when the file cannot be opened */
export function openFile(path: string): OpenFile {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const { size } = fstatSync(descriptor);
  return {
    size,
    read(offset, length) {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      let filled = 0;
      while (filled < bytes.length) {
        const count = readSync(descriptor, bytes, filled, bytes.length - filled, offset + filled);
        if (count === 0) break;
        filled += count;
      }
      return bytes.subarray(0, filled);
    },
    [Symbol.dispose]() {
      closeSync(descriptor);
    },
  };
}
