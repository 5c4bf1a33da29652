import type { FramePaths } from '../profile/frame-paths.ts';
import type { Profile } from '../profile/profile.ts';
import type { FunctionNamer } from '../symbols/normalise-function.ts';
import type { Ownership } from './ownership.ts';

/*
 * Ownership is a question that needs the repository's files. As the answer for each frame it can go where those are
 * not, and be asked again there.
 */

/** The answers for all frames of a profile. */
export function listOwnPaths(
  { strings, frames }: Profile,
  ownership: Ownership,
  nameFunction: FunctionNamer,
): FramePaths {
  const paths: string[] = [];
  const indexOfPath = new Map<string, number>();
  const ofFrame = new Int32Array(frames.length).fill(-1);
  for (let frame = 0; frame < frames.length; frame++) {
    const name = strings[frames.function[frame]];
    const file = strings[frames.file[frame]];
    const path = name === '' || file === '' ? null : ownership(file, nameFunction(name));
    if (path === null) continue;
    let index = indexOfPath.get(path);
    if (index === undefined) {
      index = paths.push(path) - 1;
      indexOfPath.set(path, index);
    }
    ofFrame[frame] = index;
  }
  return { paths, ofFrame };
}

/** Answers from what was listed; all that was not is foreign. */
export function ownershipByPaths(
  { strings, frames }: Profile,
  { paths, ofFrame }: FramePaths,
  nameFunction: FunctionNamer,
): Ownership {
  const pathOf = new Map<string, string>();
  for (let frame = 0; frame < frames.length; frame++) {
    if (ofFrame[frame] < 0) continue;
    const { identity } = nameFunction(strings[frames.function[frame]]);
    pathOf.set(`${strings[frames.file[frame]]}\n${identity}`, paths[ofFrame[frame]]);
  }
  return (file, { identity }) => pathOf.get(`${file}\n${identity}`) ?? null;
}
