import type { FramePaths } from '../profile/frame-paths.ts';
import type { Profile } from '../profile/profile.ts';
import { isProgramCode } from '../symbols/foreign-code.ts';
import type { FunctionNamer } from '../symbols/normalise-function.ts';

/** Programs that nobody built for this measurement, such as Python. */
const SYSTEM_FOLDERS = ['/usr/', '/bin/', '/opt/'];

/** What the innermost frame of the program's own code tells about a stack. */
const OUTSIDE = 0;
const WITH_FILE = 1;
const WITHOUT_FILE = 2;
const WITHOUT_NAME = 3;

/**
 * Whether a program was built without debug information, as far as its trace tells: its own functions have names, but
 * nearly none has a file. Libraries need none, the Rust standard library has some in any case, and where any file of
 * the repository was found there are lines to show.
 *
 * @param ownPaths the repository's frames; null where no repository is known: then there are no lines anyway
 */
export function isMissingLines(
  { facts, strings, frames, stacks, costs }: Profile,
  ownPaths: FramePaths | null,
  nameFunction: FunctionNamer,
): boolean {
  const { executable } = facts;
  if (executable === null || SYSTEM_FOLDERS.some((folder) => executable.startsWith(folder))) return false;
  if (ownPaths === null || ownPaths.ofFrame.some((path) => path >= 0)) return false;
  const kindOf = Uint8Array.from({ length: frames.length }, (_, frame) => {
    const [name, file] = [strings[frames.function[frame]], strings[frames.file[frame]]];
    if (strings[frames.module[frame]] !== executable) return OUTSIDE;
    if (name === '') return WITHOUT_NAME;
    const { identity } = nameFunction(name);
    if (!isProgramCode({ identity, file, modulePath: executable, isExecutable: true })) return OUTSIDE;
    return file === '' ? WITHOUT_FILE : WITH_FILE;
  });
  const kind = new Uint8Array(stacks.length);
  const bytes = [0, 0, 0, 0];
  for (let stack = 0; stack < stacks.length; stack++) {
    const prefix = stacks.prefix[stack];
    const found = kindOf[stacks.frame[stack]];
    kind[stack] = found === OUTSIDE && prefix >= 0 ? kind[prefix] : found;
    bytes[kind[stack]] += costs.allocated[stack];
  }
  return bytes[WITHOUT_FILE] > bytes[WITH_FILE] && bytes[WITHOUT_FILE] >= bytes[WITHOUT_NAME];
}
