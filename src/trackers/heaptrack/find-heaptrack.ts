import { dirname, join } from 'node:path';
import { UserError } from '../../errors.ts';
import { fileStatus, findExecutable, namesIn, withoutLinks } from '../../workspace/executable.ts';
import { runProcess } from '../../workspace/process.ts';

/** An installation whose parts are all there. */
export interface Heaptrack {
  /** Such as '1.4.0'. */
  readonly version: string;
  /** Path of libheaptrack_preload.so, which records the allocations of the program that it is loaded into. */
  readonly preloadLibrary: string;
  /** Path of heaptrack_interpret, which turns addresses into names. */
  readonly interpreter: string;
}

const VERSION_SECONDS = 10;

/**
 * Finds heaptrack in PATH, and its parts in the places where systems put them.
 * @returns null when there is none
 * @throws UserError when there is one that lacks a part or does not tell its version
 */
export async function findHeaptrack(
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Heaptrack | null> {
  const found = findExecutable('heaptrack', { searchPath: environment.PATH ?? '', directory: '/' });
  if (found === null) return null;
  const executable = withoutLinks(found);
  const folders = libraryFolders(executable);
  const preloadLibrary = firstFile(folders.map((folder) => join(folder, 'libheaptrack_preload.so')));
  const interpreter = firstFile(
    folders.flatMap((folder) => [
      join(folder, 'libexec', 'heaptrack_interpret'),
      join(folder, 'heaptrack_interpret'),
    ]),
  );
  if (preloadLibrary === null || interpreter === null) {
    const missing = preloadLibrary === null ? 'libheaptrack_preload.so' : 'heaptrack_interpret';
    throw new UserError(
      `${executable} is there, but its part ${missing} is in none of ${folders.join(', ')}. Install heaptrack anew.`,
    );
  }
  return { version: await readVersion(executable, environment, signal), preloadLibrary, interpreter };
}

/** Folders where heaptrack's parts may be, those beside its executable first. */
function libraryFolders(executable: string): string[] {
  const prefixes = new Set([dirname(dirname(executable)), '/usr', '/usr/local']);
  return [...prefixes].flatMap((prefix) => {
    const multiarch = namesIn(join(prefix, 'lib')).filter((name) => /-linux-gnu/.test(name));
    const libraries = ['lib', 'lib64', ...multiarch.map((name) => join('lib', name)), 'libexec'];
    return libraries.map((library) => join(prefix, library, 'heaptrack'));
  });
}

function firstFile(paths: readonly string[]): string | null {
  const found = paths.find((path) => fileStatus(path).isFile);
  return found === undefined ? null : withoutLinks(found);
}

async function readVersion(
  executable: string,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const result = await runProcess(executable, ['--version'], {
    directory: '/',
    environment,
    timeLimitSeconds: VERSION_SECONDS,
    signal,
  });
  const version = /\b\d{1,4}\.\d{1,4}(\.\d{1,4})?/.exec(result.lastLines.join('\n'));
  if (result.exitCode !== 0 || version === null) {
    throw new UserError(
      `\`${executable} --version\` does not tell its version (exit code ${result.exitCode ?? result.signal}): ${result.lastLines.join(' ')}`,
    );
  }
  return version[0];
}
