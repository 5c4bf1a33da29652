import type { Profile } from '../profile/profile.ts';
import { isOwnFile } from '../symbols/foreign-code.ts';
import { moduleName } from '../symbols/modules.ts';
import type { FunctionNamer } from '../symbols/normalise-function.ts';
import { type FrameRole, frameRole } from '../symbols/runtime-frames.ts';
import type { Ownership } from './ownership.ts';
import type { DiffFrame } from './profile-diff.ts';

export interface FrameIdentity {
  /** Equal on both sides when the frames are the same function: normalised name and module, never line or address. */
  readonly key: string;
  readonly frame: DiffFrame;
  readonly role: FrameRole;
  /** The trace has no name for it: all such frames of a module are one. */
  readonly isUnresolved: boolean;
}

/** The identity of each row of the profile's frame table. */
export function frameIdentities(
  { strings, frames, facts }: Profile,
  nameFunction: FunctionNamer,
  ownership: Ownership | null,
): readonly FrameIdentity[] {
  const byLocation = new Map<string, FrameIdentity>();
  return Array.from({ length: frames.length }, (_, index) => {
    const location = `${frames.function[index]} ${frames.file[index]} ${frames.module[index]}`;
    let identity = byLocation.get(location);
    if (identity === undefined) {
      const modulePath = strings[frames.module[index]];
      identity = identify(
        strings[frames.function[index]],
        strings[frames.file[index]],
        modulePath,
        modulePath !== '' && modulePath === facts.executable,
        nameFunction,
        ownership,
      );
      byLocation.set(location, identity);
    }
    return identity;
  });
}

function identify(
  rawName: string,
  file: string,
  modulePath: string,
  isExecutable: boolean,
  nameFunction: FunctionNamer,
  ownership: Ownership | null,
): FrameIdentity {
  // The executable's own name may carry a hash or change with the commit; the role is what stays.
  const module = isExecutable ? '' : moduleName(modulePath);
  if (rawName === '') {
    const name = `${module === '' && modulePath !== '' ? moduleName(modulePath) : module || 'unknown'}!??`;
    return {
      key: `${module}\n??`,
      frame: { name, shortName: name, module: moduleName(modulePath), file: null, isOwn: false },
      role: frameRole('', moduleName(modulePath)),
      isUnresolved: true,
    };
  }
  const functionName = nameFunction(rawName);
  const { identity, name, shortName } = functionName;
  const path = file === '' ? null : (ownership?.(file, functionName) ?? null);
  return {
    key: `${module}\n${identity}`,
    frame: {
      name,
      shortName,
      module: moduleName(modulePath),
      file: path,
      isOwn: ownership === null ? isOwnFile(identity, file, isExecutable, modulePath) : path !== null,
    },
    role: frameRole(identity, moduleName(modulePath)),
    isUnresolved: false,
  };
}
