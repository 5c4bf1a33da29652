import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bearsWord, definesFunction, holdsLambda } from '../../src/diff/source-text.ts';
import { limitProcessorTime } from '../processor-time.ts';

limitProcessorTime(60);

describe('a text defines a function', () => {
  it.each([
    'int parse(int number) {',
    'char *\nparse (char *text, int (*next)(void))\n{',
    'bool Reader::parse() const noexcept override {',
    'Reader::parse(int n) : n(n) {}',
    'auto parse(int n) -> std::vector<int> {',
    'template <> void parse<int>(int n) {',
    'void parse() __attribute__((noinline)) {',
    'void parse() LOCKS_EXCLUDED(mutex) /* why */ {',
    'parse() = default;',
    'struct parse {',
    'class parse final : public Base {',
    'pub fn parse<T: Read>(source: T) -> u8 {',
    'async unsafe fn parse() {',
  ])('%j', (text) => {
    expect(definesFunction(text, 'parse')).toBe(true);
  });

  it.each([
    'int parse(int number);',
    'int n = parse(1);',
    'if (parse(1)) {',
    'while (parse(1) && more()) {',
    'for (auto word : parse(1)) {',
    'return parse(1) + 1;',
    'Reader() : n(parse(1)) {',
    'struct parse *next;',
    'struct parse;',
    'int parser(int n) { reparse(n); }',
    '// parse',
    'parse(',
    'parse',
  ])('not by %j', (text) => {
    expect(definesFunction(text, 'parse')).toBe(false);
  });

  it('takes time in proportion to the text, whatever is in it', () => {
    for (const hostile of ['parse(', 'parse()->', 'parse() A', 'parse<', 'parse/*', 'parse()[']) {
      expect(definesFunction(hostile.repeat(100_000), 'parse')).toBe(false);
    }
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (text, word) => {
        expect(typeof definesFunction(text + word + text, word)).toBe('boolean');
      }),
    );
  });
});

it('bears a word only as a whole', () => {
  expect(bearsWord('int parse = 1;', 'parse')).toBe(true);
  expect(bearsWord('int parser = reparse;', 'parse')).toBe(false);
  expect(bearsWord('', '')).toBe(false);
});

it('knows a lambda from an element of an array', () => {
  expect(holdsLambda('run([&](int n) { return n; })')).toBe(true);
  expect(holdsLambda('values[1] = 2;')).toBe(false);
});
