import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFunctionNamer, UNRESOLVED } from '../../src/symbols/normalise-function.ts';

const keepMangled = (mangled: string) => mangled;

/** Pieces that mean something to the normaliser, in any order. */
const fragments = fc
  .array(
    fc.constantFrom(
      ...[
        'std',
        'basic_string',
        'char',
        'allocator',
        'operator',
        'lambda',
        'closure',
        'anonymous',
        'const',
        'impl',
      ],
      ...[
        'for',
        'as',
        'dyn',
        'unsigned',
        'long',
        'int',
        'auto:4',
        'new',
        'a',
        'B',
        '5ul',
        '#1',
        '#2',
        '$_0',
        "'",
        '"',
      ],
      ...[
        '::',
        '<',
        '>',
        '(',
        ')',
        '[',
        ']',
        '{',
        '}',
        ',',
        ' ',
        '&',
        '*',
        '->',
        '=',
        '+',
        '.',
        '..',
        '~',
        '-',
      ],
      ...[
        '$LT$',
        '$u7b$',
        '$RF$',
        '_$',
        '::h0123456789abcdef',
        '.llvm.12',
        '.cold',
        ' [clone .isra.0]',
        '@GLIBC_2',
      ],
      ...[
        '(anonymous namespace)',
        '{closure#0}',
        '{{closure}}',
        '{lambda(int)#2}',
        '[abi:cxx11]',
        '__cxx11',
        '__1',
      ],
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

const anyName = fc.oneof(
  fragments,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);

describe('any text as a function name', () => {
  it('gives names that are not empty, not too long, and the same each time', () => {
    fc.assert(
      fc.property(anyName, (raw) => {
        const first = createFunctionNamer(keepMangled)(raw);
        expect(first.identity).not.toBe('');
        expect(first.name).not.toBe('');
        expect(first.shortName).not.toBe('');
        expect(first.name.length).toBeLessThanOrEqual(300);
        expect(first.shortName.length).toBeLessThanOrEqual(100);
        expect(createFunctionNamer(keepMangled)(raw)).toEqual(first);
      }),
      { numRuns: 2000 },
    );
  });

  it('has an identity that is its own identity', () => {
    const name = createFunctionNamer(keepMangled);
    fc.assert(
      fc.property(anyName, (raw) => {
        const { identity } = name(raw);
        expect(name(identity).identity).toBe(identity);
      }),
      { numRuns: 100000 },
    );
  });
});
void UNRESOLVED;
