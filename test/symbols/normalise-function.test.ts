import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDemangler } from '../../src/symbols/demangle.ts';
import { createFunctionNamer } from '../../src/symbols/normalise-function.ts';
import { demanglerWasm } from './demangler-wasm.ts';
import * as realSymbols from './real-symbols.ts';

const nameFunction = createFunctionNamer(createDemangler(readFileSync(demanglerWasm)));

function identityOf(raw: string): string {
  return nameFunction(raw).identity;
}

describe.each(Object.entries(realSymbols))('names of %s', (_, symbols) => {
  it.each(symbols)('$raw', ({ raw, identity, name, shortName }) => {
    expect(nameFunction(raw)).toEqual({ identity, name, shortName });
  });

  it('are themselves when they are read again, as from a folded file', () => {
    for (const { identity, shortName } of symbols) {
      expect(nameFunction(identity)).toMatchObject({ identity, shortName });
    }
  });
});

describe('the identity of a function', () => {
  it.each([
    ['another hash', 'dtparse::parse::h1b5d6b32d4e6b239', 'dtparse::parse::hc0441d47fe26be4b'],
    ['the other mangling of Rust', 'words::main::h1b5d6b32d4e6b239', '_RNvCsbAMGNdGAV0r_5words4main'],
    ['another version of the crate', '_RNvCsbAMGNdGAV0r_5words4main', '_RNvCsaaaaaaaaaaa_5words4main'],
    ['one closure more before it', 'words::main::{closure#0}', 'words::main::{{closure}}'],
    ['inlining of a static function', 'build', 'build(int)'],
    ['a clone of it', 'parse(char const*)', 'parse(char const*) [clone .constprop.0] [clone .cold]'],
    ['a parameter more', 'parse(char const*)', 'parse(char const*, Options const&)'],
    ['another type of result', 'int lex<Token>(char const*)', 'Result<int> lex<Token>(char const*)'],
    ['debug information', 'main()::<lambda(int)>', 'main::{lambda(int)#1}::operator()(int) const'],
    ['debug information of integers', 'grow<long unsigned int, 5>', 'grow<unsigned long, 5ul>'],
    ['GCC in place of clang', '(anonymous namespace)::lex(int)', '{anonymous}::lex(int)'],
    ['another lambda in the file', 'main::$_3::operator()(int) const', 'main::$_4::operator()(int) const'],
    ['a lambda that moved', 'run<(lambda at a.cpp:7:3)>()', 'run<(lambda at /src/a.cpp:9:3)>()'],
  ])('stays the same in spite of %s', (_, base, head) => {
    expect(identityOf(head)).toBe(identityOf(base));
  });

  it.each([
    ['template arguments', 'grow<int>(int)', 'grow<long>(int)'],
    ['generic arguments', 'words::grow::<u8>', 'words::grow::<u16>'],
    [
      'the type it is implemented for',
      '<a::A as core::fmt::Display>::fmt',
      '<a::B as core::fmt::Display>::fmt',
    ],
    ['the second lambda of a function', 'f()::{lambda(int)#1}', 'f()::{lambda(int)#2}'],
    ['the function around a lambda', 'f()::{lambda()#1}', 'g()::{lambda()#1}'],
    ["an allocator of the program's own", 'std::vector<int, Pool<int>>::grow()', 'std::vector<int>::grow()'],
    ['an operator', 'A::operator<(A const&)', 'A::operator<<(A const&)'],
  ])('tells apart %s', (_, one, other) => {
    expect(identityOf(other)).not.toBe(identityOf(one));
  });
});

describe('the short name of a function', () => {
  it.each([
    ['<dtparse::Parser as core::default::Default>::default', 'Parser::default'],
    ['std::collections::HashMap<alloc::string::String, u32>::insert', 'HashMap::insert'],
    ['dtparse::parse::{{closure}}', 'parse::{closure}'],
    ['dtparse::Parser::parse::{{closure}}', 'Parser::parse::{closure}'],
    ['<dtparse::parse::{closure#0} as core::ops::FnOnce<()>>::call_once', 'parse::{closure}::call_once'],
    ['<[u8] as alloc::borrow::ToOwned>::to_owned', '[u8]::to_owned'],
    ['<(A, B) as Pair>::left', '(A, B)::left'],
    ['<dyn core::fmt::Display>::fmt', 'Display::fmt'],
    ['bool operator< <int>(Box<int> const&, Box<int> const&)', 'operator<'],
    ['operator new[](unsigned long)', 'operator new[]'],
    ['Op::operator->() const', 'Op::operator->'],
    ['Op::operator->*(int)', 'Op::operator->*'],
    ['Op::operator<=>(Op const&) const', 'Op::operator<=>'],
    ['Op::operator unsigned char*() const', 'Op::operator unsigned char'],
    ["split::<'<'>", 'split'],
    ['main', 'main'],
    ['void f<a::b>()', 'f'],
  ])('of %s is %s', (raw, shortName) => {
    expect(nameFunction(raw).shortName).toBe(shortName);
  });
});

describe('T27: hostile names', () => {
  it('are cut for display, and never in the middle of a character', () => {
    const { name, shortName } = nameFunction(`a::${'😀'.repeat(400)}`);
    expect(name).toHaveLength(300 - (name.length % 2));
    expect(name.endsWith('😀…')).toBe(true);
    expect(shortName.length).toBeLessThanOrEqual(100);
    expect(shortName.isWellFormed()).toBe(true);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'std::__proto__', '{__proto__}'])(
    'mean nothing to us: %s',
    (name) => {
      expect(nameFunction(name)).toMatchObject({ identity: name, name });
    },
  );

  it.each([
    '<<<<',
    '>>>>',
    '((((',
    ')(',
    '<(>)',
    '[{(<',
    'operator',
    'operator operator',
    '::',
    ',',
    "'",
    '$',
    '@',
    '.',
  ])('are names all the same: %s', (name) => {
    const named = nameFunction(name);
    expect(named.identity).not.toBe('');
    expect(named.shortName).not.toBe('');
  });

  const repeated = [
    ...[
      'a::',
      '<',
      '(',
      '>',
      '<(>)',
      'a<',
      'a<b>::',
      'f()::',
      'operator<',
      'operator ',
      '$LT$',
      '$u7b$',
      '$',
      '.1',
    ],
    ...[
      ' [clone x]',
      "'",
      '&',
      'a*',
      '(int)',
      'long int ',
      'é::ñ<',
      '{{',
      '[abi:x]',
      '{lambda()#1}::',
      '_Z',
      '@',
    ],
    ...[
      'std::m<int,std::allocator<int>>,',
      'std::m<std::less<',
      'a::h0123456789abcdef::',
      '(anonymous namespace)::',
    ],
  ];
  it.each(repeated)('of 100 KB are read in time that grows with their length: %j', (part) => {
    const millisecondsOf = (length: number) => {
      const name = part.repeat(Math.ceil(length / part.length));
      const start = process.cpuUsage();
      nameFunction(name);
      return process.cpuUsage(start).user / 1000;
    };
    // A hundred times what is usual: a machine may be busy, and quadratic time takes minutes.
    expect(millisecondsOf(100_000)).toBeLessThan(20_000);
  });

  it('of deep templates do not overflow the stack', () => {
    const depth = 30_000;
    const { identity } = nameFunction(`${'a<'.repeat(depth)}int${'>'.repeat(depth)}`);
    expect(identity.startsWith('a<a<a<')).toBe(true);
  });

  it('of 28 KB are kept whole in the identity', () => {
    const parts = Array.from({ length: 1400 }, (_, index) => `std::type_${index}<int>`);
    const raw = `void visit<${parts.join(', ')}>(int)`;
    expect(raw.length).toBeGreaterThan(28_000);
    expect(identityOf(raw)).toBe(`visit<${parts.join(', ')}>`);
    expect(nameFunction(raw).name).toHaveLength(300);
  });
});
