import type { Profile } from '../../profile/profile.ts';

/** What the innermost frame of the program's own executable tells about a stack. */
const OUTSIDE = 0;
const NAMED = 1;
const UNNAMED = 2;

/**
 * Whether most of what a program allocated through its own executable's code comes from functions without a name:
 * a stripped executable.
 */
export function isMissingSymbols({ facts, strings, frames, stacks, costs }: Profile): boolean {
  if (facts.executable === null) return false;
  const executable = strings.indexOf(facts.executable);
  const kind = new Uint8Array(stacks.length);
  const bytes = [0, 0, 0];
  for (let stack = 0; stack < stacks.length; stack++) {
    const frame = stacks.frame[stack];
    const prefix = stacks.prefix[stack];
    const isOwn = frames.module[frame] === executable;
    const ownKind = strings[frames.function[frame]] === '' ? UNNAMED : NAMED;
    kind[stack] = isOwn ? ownKind : prefix < 0 ? OUTSIDE : kind[prefix];
    bytes[kind[stack]] += costs.allocated[stack];
  }
  return bytes[UNNAMED] > bytes[NAMED];
}
