import './freeze-prototypes.ts';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownCode, terminalText } from '../../src/render/escape.ts';
import { createDemangler } from '../../src/symbols/demangle.ts';
import { moduleName } from '../../src/symbols/modules.ts';
import { createFunctionNamer } from '../../src/symbols/normalise-function.ts';
import { frameRole } from '../../src/symbols/runtime-frames.ts';
import { limitProcessorTime } from '../processor-time.ts';
import { demanglerWasm } from '../symbols/demangler-wasm.ts';
import { CLANG, GCC_DEBUG, GCC_STRIPPED, RUST_LEGACY, RUST_V0 } from '../symbols/real-symbols.ts';
import { nastyName } from './any-profile.ts';

limitProcessorTime(240);

const wasm = readFileSync(demanglerWasm);

const nameFunction = createFunctionNamer(createDemangler(wasm));

function expectName(raw: string): void {
  const { identity, name, shortName } = nameFunction(raw);
  for (const text of [identity, name, shortName]) expect(text).not.toBe('');
  expect(name.length).toBeLessThanOrEqual(300);
  expect(shortName.length).toBeLessThanOrEqual(100);
  frameRole(identity, moduleName(raw));
}

describe('a name', () => {
  const symbol = fc.constantFrom(
    ...[RUST_LEGACY, RUST_V0, GCC_DEBUG, GCC_STRIPPED, CLANG].flat().map(({ raw }) => raw),
  );

  it("of a compiler's with a few characters changed is still named", () => {
    fc.assert(
      fc.property(symbol, fc.array(fc.tuple(fc.nat(), nastyName), { maxLength: 3 }), (raw, changes) => {
        let changed = raw;
        for (const [place, text] of changes) {
          const at = place % (changed.length + 1);
          changed = changed.slice(0, at) + text + changed.slice(at + (place % 3));
        }
        expectName(changed);
      }),
      { numRuns: 500 },
    );
  });

  it('behind the beginning of mangled ones is still named', () => {
    const mangled = fc.stringMatching(/^[0-9a-zA-Z_.$]{0,60}$/);
    fc.assert(
      fc.property(
        fc.constantFrom('_Z', '_ZN', '_R', '_RNv', '_ZTv0_', '_GLOBAL__sub_I__Z'),
        mangled,
        (begin, rest) => expectName(begin + rest),
      ),
      { numRuns: 500 },
    );
  });

  it('C16, T27: of up to 100 KB is named and shown, whatever it is: ten thousand of them', () => {
    const part = fc.oneof(
      fc.constantFrom(
        ...'<>(){}[]:,*&~$@` \n',
        '::',
        'operator',
        '{lambda',
        '_Z',
        '_R',
        'std::',
        '[clone .',
        '$LT$',
      ),
      fc.constantFrom(
        'a',
        '\u{1F600}',
        '\u202E',
        '\uD800',
        '.llvm.1',
        'h0123456789abcdef',
        '17h',
        'anonymous',
      ),
      symbol,
    );
    const name = fc
      .tuple(
        fc.array(part, { minLength: 1, maxLength: 12 }),
        fc.oneof({ weight: 19, arbitrary: fc.nat(1000) }, { weight: 1, arbitrary: fc.nat(100_000) }),
      )
      .map(([parts, length]) => {
        const once = parts.join('');
        return once.repeat(Math.ceil(length / once.length)).slice(0, length) || once;
      });
    fc.assert(
      fc.property(name, (raw) => {
        const started = performance.now();
        expectName(raw);
        expect(markdownCode(raw).length).toBeLessThan(3000);
        expect(terminalText(raw).length).toBeLessThan(3000);
        // A hundred times what it takes: what backtracks would take hours.
        expect(performance.now() - started).toBeLessThan(10_000);
      }),
      { numRuns: 10_000 },
    );
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'])(
    'C11, T28: of %s is itself',
    (raw) => {
      expect(nameFunction(raw)).toEqual({ identity: raw, name: raw, shortName: raw });
    },
  );
});
