import { describe, expect, it } from 'vitest';
import { listOwnPaths, ownershipByPaths } from '../../src/diff/own-paths.ts';
import type { Ownership } from '../../src/diff/ownership.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { ProfileBuilder } from '../../src/profile/profile-builder.ts';

const nameFunction = (name: string) => ({ identity: name, name, shortName: name });

function profileOf(...frames: readonly (readonly [name: string, file: string])[]): Profile {
  const builder = new ProfileBuilder();
  for (const [name, file] of frames) {
    builder.frame({ function: builder.string(name), file: builder.string(file), line: 1, module: 0 });
  }
  const facts = {
    metrics: [],
    command: null,
    recordedBy: null,
    executable: null,
    events: 0,
    isThreaded: false,
    timeline: null,
    sizes: null,
  };
  return builder.build(facts, {});
}

describe('ownership as data', () => {
  const ownership: Ownership = (file, { identity }) =>
    file === '/build/src/lib.c' && identity !== 'inflate' ? 'src/lib.c' : null;
  const profile = profileOf(
    ['parse', '/build/src/lib.c'],
    ['inflate', '/build/src/lib.c'],
    ['__proto__', '/build/src/lib.c'],
    ['', ''],
    ['free', ''],
  );

  it('lists each path once', () => {
    expect(listOwnPaths(profile, ownership, nameFunction)).toEqual({
      paths: ['src/lib.c'],
      ofFrame: Int32Array.of(0, -1, 0, -1, -1),
    });
  });

  it('answers as the ownership that it was listed from', () => {
    const listed = ownershipByPaths(profile, listOwnPaths(profile, ownership, nameFunction), nameFunction);
    for (const name of ['parse', 'inflate', '__proto__']) {
      const asked = nameFunction(name);
      expect(listed('/build/src/lib.c', asked)).toBe(ownership('/build/src/lib.c', asked));
    }
    expect(listed('/other.c', nameFunction('parse'))).toBeNull();
    expect(listed('/build/src/lib.c', nameFunction('constructor'))).toBeNull();
  });
});
