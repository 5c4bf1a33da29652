import { describe, expect, it } from 'vitest';
import { listOwnPaths, ownershipByPaths } from '../../src/diff/own-paths.ts';
import type { Ownership } from '../../src/diff/ownership.ts';
import { type Profile, UNKNOWN_FACTS } from '../../src/profile/profile.ts';
import { ProfileBuilder } from '../../src/profile/profile-builder.ts';
import { nameAsWritten } from './folded-diff.ts';

function profileOf(...frames: readonly (readonly [name: string, file: string])[]): Profile {
  const builder = new ProfileBuilder();
  for (const [name, file] of frames) {
    builder.frame({ function: builder.string(name), file: builder.string(file), line: 1, module: 0 });
  }
  return builder.build(UNKNOWN_FACTS, {});
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
    expect(listOwnPaths(profile, ownership, nameAsWritten)).toEqual({
      paths: ['src/lib.c'],
      ofFrame: Int32Array.of(0, -1, 0, -1, -1),
    });
  });

  it('answers as the ownership that it was listed from', () => {
    const listed = ownershipByPaths(profile, listOwnPaths(profile, ownership, nameAsWritten), nameAsWritten);
    for (const name of ['parse', 'inflate', '__proto__']) {
      const asked = nameAsWritten(name);
      expect(listed('/build/src/lib.c', asked)).toBe(ownership('/build/src/lib.c', asked));
    }
    expect(listed('/other.c', nameAsWritten('parse'))).toBeNull();
    expect(listed('/build/src/lib.c', nameAsWritten('constructor'))).toBeNull();
  });
});
