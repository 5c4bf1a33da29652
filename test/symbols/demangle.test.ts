import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDemangler, MAX_MANGLED_LENGTH } from '../../src/symbols/demangle.ts';
import { demanglerWasm } from './demangler-wasm.ts';

const wasm = readFileSync(demanglerWasm);

/** A C++ name of `11 × doublings` characters that spells out a type of 2^doublings parts. */
function doublingName(doublings: number): string {
  const substitution = (index: number) =>
    index === 0 ? 'S_' : `S${(index - 1).toString(36).toUpperCase()}_`;
  const pairs = Array.from({ length: doublings }, (_, index) => `S_I${substitution(index + 1).repeat(2)}E`);
  return `_Z1f1pIiiE${pairs.join('')}`;
}

describe('createDemangler', () => {
  const demangle = createDemangler(wasm);

  it.each([
    [
      '_RNvMNtCslNYArtu3iFV_5alloc6stringNtB2_6String13with_capacity',
      '<alloc::string::String>::with_capacity',
    ],
    ['_ZN5words4main17h1b5d6b32d4e6b239E', 'words::main'],
    ['_ZNK3geo4GridIdLi16EEclEi', 'geo::Grid<double, 16>::operator()(int) const'],
  ])('spells out %s', (mangled, name) => {
    expect(demangle(mangled)).toBe(name);
  });

  it.each(['', 'main', '_start', '__libc_start_main', '_M_run', '_Z', '_R', '_ZZZZ', '_RNvC', 'é', '_Zé'])(
    'hands back %j, which is not mangled',
    (name) => {
      expect(demangle(name)).toBe(name);
    },
  );

  it('takes bytes as an ArrayBuffer too', () => {
    const copy = new Uint8Array(wasm).buffer;
    expect(createDemangler(copy)('_Z1fv')).toBe('f()');
  });

  it('hands back a name that would spell out gigabytes, and goes on', () => {
    const bomb = doublingName(40);
    expect(demangle(bomb)).toBe(bomb);
    expect(demangle('_Z1fv')).toBe('f()');
  });

  it('gives up after many such names rather than spend minutes on them', () => {
    const attacked = createDemangler(wasm);
    for (let doublings = 30; doublings < 46; doublings++) attacked(doublingName(doublings));
    expect(attacked('_Z1fv')).toBe('_Z1fv');
  });

  it('hands back names that are too long or too deep', () => {
    const long = `_ZN${'1a'.repeat(MAX_MANGLED_LENGTH)}E`;
    const deep = `_Z1f${'P'.repeat(60_000)}i`;
    expect(demangle(long)).toBe(long);
    expect(demangle(deep)).toBe(deep);
    expect(demangle('_Z1fv')).toBe('f()');
  });
});
