import { describe, expect, it } from 'vitest';
import { frameIdentities } from '../../src/diff/frame-identity.ts';
import { isMissingLines } from '../../src/diff/missing-lines.ts';
import { type Profile, UNKNOWN_FACTS } from '../../src/profile/profile.ts';
import { ProfileBuilder } from '../../src/profile/profile-builder.ts';
import { nameAsWritten } from './folded-diff.ts';

const PROGRAM = '/checkout/program';

/** Stacks of functions as [name, file], outermost first, each of which allocates 10 bytes. */
function traceOf(
  executable: string,
  ...stacks: readonly (readonly (readonly [string, string])[])[]
): Profile {
  const builder = new ProfileBuilder();
  const leaves = stacks.map((stack) =>
    stack.reduce((prefix, [name, file]) => {
      const module = builder.string(
        name.startsWith('std::') || name === 'getline' ? '/lib/libc.so' : executable,
      );
      const frame = { function: builder.string(name), file: builder.string(file), line: 0, module };
      return builder.internStack(prefix, builder.frame(frame));
    }, -1),
  );
  const allocated = new Float64Array(builder.stackCount);
  for (const leaf of leaves) allocated[leaf] = 10;
  return builder.build({ ...UNKNOWN_FACTS, executable, metrics: ['allocated'] }, { allocated });
}

function isMissing(profile: Profile, own: boolean | null = false): boolean {
  const ofFrame = new Int32Array(profile.frames.length).fill(own === true ? 0 : -1);
  return isMissingLines(profile, own === null ? null : { paths: ['a.c'], ofFrame }, nameAsWritten);
}

describe('a program without line numbers', () => {
  const bare = [['main', ''] as const, ['parse', ''] as const, ['getline', ''] as const];

  it('names its functions, but no files', () => {
    expect(isMissing(traceOf(PROGRAM, bare))).toBe(true);
  });

  it.each([
    ['the repository has lines in the trace', traceOf(PROGRAM, bare), true],
    ['no repository is known', traceOf(PROGRAM, bare), null],
    ['nobody built it here', traceOf('/usr/bin/python3', bare), false],
    [
      'its files are none of the repository',
      traceOf(PROGRAM, [
        ['main', 'm.c'],
        ['parse', 'p.c'],
      ]),
      false,
    ],
    [
      'only libraries lack files',
      traceOf(PROGRAM, [
        ['main', 'm.c'],
        ['getline', ''],
      ]),
      false,
    ],
    [
      'it has no names either',
      traceOf(PROGRAM, [
        ['main', ''],
        ['', ''],
      ]),
      false,
    ],
  ])('is none when %s', (_why, profile, own) => {
    expect(isMissing(profile, own)).toBe(false);
  });

  it('in Rust has functions of its own, though the standard library has files', () => {
    const library = [
      '<&dyn Fn() as core::ops::function::FnOnce<()>>::call_once',
      'library/core/src/ops/function.rs',
    ] as const;
    const profile = traceOf(PROGRAM, [['main', ''], library, ['words::parse', '']]);
    expect(isMissing(profile)).toBe(true);
    const own = frameIdentities(profile, nameAsWritten, () => null).filter(({ frame }) => frame.isOwn);
    expect(own.map(({ frame }) => frame.name)).toEqual(['main', 'words::parse']);
  });
});
