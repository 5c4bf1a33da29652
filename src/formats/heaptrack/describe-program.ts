import type { Profile } from '../../profile/profile.ts';

/**
 * heaptrack records the innermost 62 frames (1.0 to 1.5). A stack of fewer rows is whole; a longer one may begin
 * anywhere.
 */
const FRAMES_OF_A_CUT_STACK = 60;

/**
 * The program's executable, and whether it ran threads, as its stacks tell.
 * @param isEnd of each stack whether a recorded one ends there, and does not just pass through
 */
export function describeProgram(
  { strings, frames, stacks }: Profile,
  isEnd: Uint8Array,
): { executable: string | null; isThreaded: boolean } {
  let executable: string | null = null;
  let firstModule: string | null = null;
  let isThreaded = false;
  const { prefix, length } = stacks;
  const depth = new Int32Array(length);
  const isInLibrary = new Uint8Array(length);
  for (let stack = 0; stack < length; stack++) {
    if (prefix[stack] >= 0) {
      depth[stack] = depth[prefix[stack]] + 1;
      isInLibrary[stack] = isInLibrary[prefix[stack]];
    } else {
      const frame = stacks.frame[stack];
      const module = strings[frames.module[frame]];
      if (strings[frames.function[frame]] === '_start') executable ??= module;
      if (/\/lib(c|pthread)[.-][^/]*$/.test(module)) isInLibrary[stack] = 1;
      else if (module !== '' && !/\/ld[.-][^/]*$/.test(module)) firstModule ??= module;
    }
  }
  // The main thread's stacks begin in the executable or the loader, a new thread's in the C library's `clone`.
  for (let stack = 1; stack < length && !isThreaded; stack++) {
    isThreaded = isEnd[stack] === 1 && isInLibrary[stack] === 1 && depth[stack] < FRAMES_OF_A_CUT_STACK;
  }
  // A stripped executable has no `_start`.
  return { executable: executable ?? firstModule, isThreaded };
}
