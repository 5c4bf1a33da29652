import type { Profile } from '../profile/profile.ts';
import { isProgramCode } from '../symbols/foreign-code.ts';
import { moduleName } from '../symbols/modules.ts';
import type { FunctionName, FunctionNamer } from '../symbols/normalise-function.ts';
import { type FrameRole, frameRole } from '../symbols/runtime-frames.ts';
import { staticInitialiserOf } from '../symbols/static-initialisers.ts';
import type { Ownership } from './ownership.ts';
import type { DiffFrame } from './profile-diff.ts';

/** What a frame of one side is to both. */
export interface FrameIdentity {
  /** Equal on both sides when the frames are the same function: normalised name and module, never line or address. */
  readonly key: string;
  readonly frame: DiffFrame;
  readonly role: FrameRole;
  /** It and its caller are one where they are the same: frames without a name, or of a file's initialisers. */
  readonly isOneWithSameCaller: boolean;
}

/** The identity of each row of the profile's frame table. */
export function frameIdentities(
  { strings, frames, facts }: Profile,
  nameFunction: FunctionNamer,
  ownership: Ownership | null,
): readonly FrameIdentity[] {
  const byLocation = new Map<string, FrameIdentity>();
  // Built without debug information a program names no files: then no path can tell what is its own, unless it is only
  // the host of the repository's code, as Python is of an extension.
  const isTold =
    ownership !== null &&
    (namesFiles({ strings, frames, facts }, nameFunction) ||
      ownsAny({ strings, frames }, nameFunction, ownership));
  const known = isTold ? ownership : null;
  return Array.from({ length: frames.length }, (_, index) => {
    const location = `${frames.function[index]} ${frames.file[index]} ${frames.module[index]}`;
    let identity = byLocation.get(location);
    if (identity === undefined) {
      const modulePath = strings[frames.module[index]];
      const source = {
        rawName: strings[frames.function[index]],
        file: strings[frames.file[index]],
        modulePath,
        isExecutable: modulePath !== '' && modulePath === facts.executable,
      };
      identity = source.rawName === '' ? unnamed(source) : named(source, nameFunction, known);
      byLocation.set(location, identity);
    }
    return identity;
  });
}

/** Whether code of the program does: what Rust links in of its standard library has files in any case. */
function namesFiles(
  { strings, frames, facts }: Pick<Profile, 'strings' | 'frames' | 'facts'>,
  nameFunction: FunctionNamer,
): boolean {
  const { executable } = facts;
  if (executable === null) return true;
  return frames.module.some((module, frame) => {
    const [name, file] = [strings[frames.function[frame]], strings[frames.file[frame]]];
    if (file === '' || strings[module] !== executable) return false;
    const { identity } = nameFunction(name);
    return isProgramCode({ identity, file, modulePath: executable, isExecutable: true });
  });
}

function ownsAny(
  { strings, frames }: Pick<Profile, 'strings' | 'frames'>,
  nameFunction: FunctionNamer,
  ownership: Ownership,
): boolean {
  return frames.function.some((name, frame) => {
    const file = frames.file[frame];
    return (
      strings[name] !== '' && file !== 0 && ownership(strings[file], nameFunction(strings[name])) !== null
    );
  });
}

/** What a trace says of a frame; '' where it does not know. */
interface FrameSource {
  readonly rawName: string;
  readonly file: string;
  readonly modulePath: string;
  /** Whether the module is the program's own executable. */
  readonly isExecutable: boolean;
}

function unnamed(source: FrameSource): FrameIdentity {
  const module = moduleName(source.modulePath);
  const name = `${module || 'unknown'}!??`;
  return {
    key: `${moduleIdentity(source)}\n??`,
    frame: { name, shortName: name, module, file: null, isOwn: false },
    role: frameRole('', module),
    isOneWithSameCaller: true,
  };
}

function named(source: FrameSource, nameFunction: FunctionNamer, ownership: Ownership | null): FrameIdentity {
  const { rawName, file } = source;
  const module = moduleName(source.modulePath);
  const functionName = nameFunction(rawName);
  const path = file === '' ? null : (ownership?.(file, functionName) ?? null);
  const isOwn =
    ownership === null ? isProgramCode({ ...source, identity: functionName.identity }) : path !== null;
  const isInitialiser = staticInitialiserOf(functionName.identity) !== null;
  const { identity, name, shortName } = isInitialiser ? nameInitialisers(file) : functionName;
  return {
    key: `${moduleIdentity(source)}\n${identity}`,
    frame: { name, shortName, module, file: path, isOwn },
    role: frameRole(identity, module),
    isOneWithSameCaller: isInitialiser,
  };
}

/** The executable's own name may carry a hash or change with the commit; the role is what stays. */
function moduleIdentity({ modulePath, isExecutable }: FrameSource): string {
  return isExecutable ? '' : moduleName(modulePath);
}

/** All that initialise what is static in one file are one: compilers name them after whatever comes first in it. */
function nameInitialisers(file: string): FunctionName {
  const name = `static initialisers${file === '' ? '' : ` of ${file.slice(file.lastIndexOf('/') + 1)}`}`;
  return { identity: name, name, shortName: name };
}
