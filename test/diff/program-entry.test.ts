import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { onlyHead } from '../../src/diff/diff-profiles.ts';
import { UNKNOWN_FACTS } from '../../src/profile/profile.ts';
import { ProfileBuilder } from '../../src/profile/profile-builder.ts';
import { createDemangler } from '../../src/symbols/demangle.ts';
import { createFunctionNamer } from '../../src/symbols/normalise-function.ts';
import { demanglerWasm } from '../symbols/demangler-wasm.ts';
import { RECORDED_STACKS } from './recorded-stacks.ts';

const nameFunction = createFunctionNamer(createDemangler(readFileSync(demanglerWasm)));

/** A frame's raw name, '' when it has none, and its module. */
type RawFrame = readonly [name: string, module: string];

/** What is left of a stack that allocates, as identities, root first. */
function keptOf(frames: readonly RawFrame[]): string[] {
  const builder = new ProfileBuilder();
  let stack = -1;
  for (const [name, module] of frames) {
    const location = { function: builder.string(name), file: 0, line: 0, module: builder.string(module) };
    stack = builder.internStack(stack, builder.frame(location));
  }
  const allocated = new Float64Array(builder.stackCount);
  allocated[stack] = 8;
  const diff = onlyHead(builder.build({ ...UNKNOWN_FACTS, metrics: ['allocated'] }, { allocated }), {
    nameFunction: (name) => ({ ...nameFunction(name), name: nameFunction(name).identity }),
    baseOwnership: null,
    headOwnership: null,
  });
  const names: string[] = [];
  for (let at = diff.head.allocated.indexOf(8); at >= 0; at = diff.stacks.prefix[at]) {
    names.unshift(diff.frames[diff.stacks.frame[at]].name);
  }
  return names;
}

function readFrames(text: string): readonly RawFrame[] {
  const lines = text.trim().split('\n');
  return lines.map((line) => {
    const [name, module] = line.split(' | ');
    return [name === '?' ? '' : name, module];
  });
}

const stack = (...names: string[]): readonly RawFrame[] => names.map((name) => [name, '']);

describe('a stack begins where the program does', () => {
  it.each(RECORDED_STACKS)('in $title with $entry', ({ frames, entry }) => {
    expect(keptOf(readFrames(frames))[0] ?? null).toBe(entry);
  });

  it('at main when the C library has no names', () => {
    const frames = [
      ['', 'server'],
      ['', 'libc.so'],
      ['__libc_start_main', 'libc.so'],
      ['main', 'server'],
      ['serve', 'server'],
    ] as const;
    expect(keptOf(frames)).toEqual(['main', 'serve']);
  });

  it('with its first frame when the outer part is missing', () => {
    expect(keptOf(stack('serve', 'read', 'operator new'))).toEqual(['serve', 'read']);
  });

  it('and keeps what looks like runtime when the program called it', () => {
    const kept = ['main', 'std::__invoke<F>', 'std::panic::catch_unwind', 'f'];
    expect(keptOf(stack('_start', ...kept))).toEqual(kept);
  });

  it("with a test of Rust's test harness, not with the harness", () => {
    const harness = ['std::sys::thread::unix::Thread::new::thread_start', 'test::run_test::{closure}'];
    const frames = stack('clone3', ...harness, 'test::__rust_begin_short_backtrace', 'words::tests::counts');
    expect(keptOf(frames)).toEqual(['words::tests::counts']);
  });

  it('with the innermost runtime frame that asked when there is no other', () => {
    expect(keptOf(stack('_start', '__libc_start_main', 'operator new'))).toEqual(['__libc_start_main']);
    expect(keptOf(stack('malloc'))).toEqual(['malloc']);
  });
});
