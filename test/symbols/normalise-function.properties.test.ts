import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFunctionNamer } from '../../src/symbols/normalise-function.ts';

const nameFunction = createFunctionNamer((mangled) => mangled);

/** Pieces that mean something to the normaliser, in any order. */
const anyPieces = fc
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
  .map((pieces) => pieces.join(''));

const anyText = fc.oneof(
  anyPieces,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);

const word = fc.oneof(
  fc.constantFrom('parse', 'Parser', 'grow', 'geo', 'T', 'x1', '_M_run', 'operators', 'lambda_of', 'größe'),
  fc
    .stringMatching(/^[a-z_]{1,6}[0-9]{0,2}$/)
    .filter((text) => !/^(as|for|dyn|mut|int|impl|long|char|new)$/.test(text)),
);
const path = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('::'));

const { type: cppType } = fc.letrec<{ type: string }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      'int',
      'unsigned long',
      'std::string',
      'main::{lambda(int)#2}',
      '(anonymous namespace)::Hidden',
    ),
    path,
    fc
      .tuple(path, fc.array(tie('type'), { minLength: 1, maxLength: 3 }))
      .map(([name, args]) => `${name}<${args.join(', ')} >`),
    tie('type').map((type) => `${type} const&`),
    tie('type').map((type) => `${type}*`),
    tie('type').map((type) => `std::vector<${type}, std::allocator<${type} > >`),
    fc.tuple(tie('type'), tie('type')).map(([result, parameter]) => `${result} (*)(${parameter})`),
  ),
}));

const cppName = fc
  .tuple(
    path,
    fc.option(cppType),
    fc.constantFrom('', '::operator<', '::operator()', '::operator->', '::{lambda()#2}'),
  )
  .map(([name, argument, last]) => `${name}${argument === null ? '' : `<${argument}>`}${last}`);

const { type: rustType } = fc.letrec<{ type: string }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('u8', 'str', 'alloc::string::String', 'words::main::{closure#1}', '()', 'fn(u8) -> bool'),
    path,
    tie('type').map((type) => `&mut ${type}`),
    tie('type').map((type) => `[${type}; 4]`),
    fc.tuple(path, tie('type')).map(([name, argument]) => `${name}<${argument}>`),
    fc.tuple(tie('type'), tie('type')).map(([one, other]) => `(${one}, ${other})`),
    path.map((trait) => `dyn ${trait} + core::marker::Send`),
  ),
}));

const rustName = fc.oneof(
  path,
  fc.tuple(path, rustType).map(([name, argument]) => `${name}::<${argument}>`),
  fc.tuple(rustType, path, word).map(([type, trait, method]) => `<${type} as ${trait}>::${method}`),
  fc.tuple(rustType, word).map(([type, method]) => `<${type}>::${method}::{closure#0}`),
);

const mark = fc.constantFrom(
  '',
  '.cold',
  '.llvm.70194963365',
  '.constprop.0',
  '.part.0.isra.1',
  ' [clone .cold]',
);

describe('any text as a function name', () => {
  it('gives names that are not empty, not too long, and do not depend on what was named before', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const named = nameFunction(raw);
        expect(named.identity).not.toBe('');
        expect(named.name).not.toBe('');
        expect(named.shortName).not.toBe('');
        expect(named.name.length).toBeLessThanOrEqual(300);
        expect(named.shortName.length).toBeLessThanOrEqual(100);
        expect(createFunctionNamer((mangled) => mangled)(raw)).toEqual(named);
      }),
      { numRuns: 2000 },
    );
  });

  it('is named once and remembered', () => {
    let calls = 0;
    const counting = createFunctionNamer((mangled) => {
      calls += 1;
      return mangled;
    });
    expect(counting('__proto__')).toBe(counting('__proto__'));
    expect(calls).toBe(1);
  });
});

describe('names as compilers build them', () => {
  const anyName = fc.oneof(cppName, rustName);

  it('are themselves when they are read again', () => {
    fc.assert(
      fc.property(anyName, mark, (raw, end) => {
        const { identity, shortName } = nameFunction(raw + end);
        expect(nameFunction(identity)).toMatchObject({ identity, shortName });
      }),
      { numRuns: 1000 },
    );
  });

  it('are the same with and without marks of clones', () => {
    fc.assert(
      fc.property(anyName, mark, (raw, end) => {
        expect(nameFunction(raw + end)).toEqual(nameFunction(raw));
      }),
      { numRuns: 500 },
    );
  });

  it('are the same function whatever its result and parameters', () => {
    fc.assert(
      fc.property(cppName, cppType, fc.array(cppType, { maxLength: 3 }), (name, result, parameters) => {
        const { identity, shortName } = nameFunction(name);
        const signature = `${name}(${parameters.join(', ')})`;
        expect(nameFunction(signature)).toMatchObject({ identity, shortName });
        expect(nameFunction(`${result} ${signature} const`)).toMatchObject({ identity, shortName });
      }),
      { numRuns: 1000 },
    );
  });

  it("are the same function as heaptrack spells Rust's legacy mangling", () => {
    const mangle = (text: string) =>
      text
        .replaceAll('<', '$LT$')
        .replaceAll('>', '$GT$')
        .replaceAll('&', '$RF$')
        .replaceAll(',', '$C$')
        .replaceAll('(', '$LP$')
        .replaceAll(')', '$RP$')
        .replaceAll(' ', '$u20$')
        .replaceAll('::', '..');
    fc.assert(
      fc.property(path, path, word, fc.stringMatching(/^[0-9a-f]{16}$/), (type, trait, method, hash) => {
        const plain = nameFunction(`<${type}<T> as ${trait}<(A, &B)>>::${method}`);
        const escaped = `_${mangle(`<${type}<T> as ${trait}<(A, &B)>>`)}::${method}::h${hash}`;
        expect(nameFunction(escaped)).toEqual(plain);
      }),
      { numRuns: 500 },
    );
  });
});
