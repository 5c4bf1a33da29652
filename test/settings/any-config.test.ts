import '../hostile/freeze-prototypes.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SettingsError } from '../../src/errors.ts';
import { readActionInputs } from '../../src/settings/action-inputs.ts';
import { OPTION_KEYS } from '../../src/settings/benchmark-options.ts';
import { MAX_CONFIG_BYTES, parseConfig } from '../../src/settings/config-file.ts';
import { settleSettings } from '../../src/settings/plan.ts';
import type { BenchmarkSettings } from '../../src/settings/settings.ts';
import { limitProcessorTime } from '../processor-time.ts';
import { actionEnvironment } from './action-environment.ts';

/** @returns null when it was refused as it should be */
function orRefused<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof SettingsError) return null;
    throw error;
  }
}

const SAMPLE = `build: &b make
fail-on: { allocated: 5% and 10 kB }
reuse-paths: [target, 'x']
benchmarks:
  - name: parse
    run: |
      ./gen
      $MEMTRACK ./bench
    fail-on: |
      peak: 1 MB
      leaked: 0
    runs: 3
  - { name: "render", run: ./bench, build: *b, build-timeout: 2.5 }
`;

const WORDS = [
  ...OPTION_KEYS,
  ...['benchmarks', 'reuse-paths', 'name', 'run', 'peak', '__proto__', 'constructor', 'toString', '<<'],
  ...[
    ': ',
    ':\n',
    '\n',
    '\n  ',
    '\n  - ',
    '- ',
    '? ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '&a ',
    '*a',
    '!!str ',
    '!x ',
  ],
  ...['|\n', '>-\n', '"', "'", '#', '%YAML 1.1\n', '---\n', '...\n', '\t', '\r', '\0', '~', '.inf', '0x1F'],
  ...['5%', '1 MB', '3', '2.5', '-1', 'true', 'null', '@', '`', '\ud800', '\u2028', '\ufeff'],
];

const anyYaml = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map((words) => words.join('')),
  // A file that is right but for one place.
  fc
    .tuple(fc.nat(SAMPLE.length), fc.nat(12), fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }))
    .map(([at, cut, words]) => SAMPLE.slice(0, at) + words.join('') + SAMPLE.slice(at + cut)),
);

describe('any config file', () => {
  limitProcessorTime(60);

  it('is understood or refused, and nothing else', () => {
    let understood = 0;
    fc.assert(
      fc.property(anyYaml, (text) => {
        const config = orRefused(() => parseConfig(text, 'memtrack.yml'));
        if (config === null) return;
        understood++;
        expect(config.benchmarks.length).toBeGreaterThan(0);
        for (const { name, run } of config.benchmarks) {
          expect(name).not.toBe('');
          expect(run).not.toBe('');
        }
      }),
      { numRuns: 1500 },
    );
    expect(understood).toBeGreaterThan(10);
  });

  const fill = (text: string) => text.repeat(Math.floor((MAX_CONFIG_BYTES - 200) / text.length));
  const laughs = ['a: &a [x,x,x,x,x,x,x,x,x]'];
  for (const [name, last] of ['ba', 'cb', 'dc', 'ed', 'fe'])
    laughs.push(`${name}: &${name} [${`*${last},`.repeat(9)}]`);

  it.each([
    ['lists in lists', fill('[')],
    ['mappings in mappings', fill('{a: ')],
    ['entries in entries', fill('- ')],
    ['one key again and again', fill('a:\n')],
    ['many keys', Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n')],
    [
      'long keys near to ours',
      Array.from({ length: 3000 }, (_, i) => `${'fail-on'.repeat(11)}${i}:`).join('\n'),
    ],
    ['many aliases', `a: &a x\nbenchmarks:\n${fill('- *a\n')}`],
    ['a list in itself', `benchmarks: &a [${fill('*a,')}]`],
    ['a billion laughs', `${laughs.join('\n')}\nbenchmarks: *f`],
    ['many benchmarks', `benchmarks:\n${fill('- {fail-on: 3, a: 7}\n')}`],
    ['a long list of limits', `fail-on: |\n${fill(' x\n')}`],
    ['an error in every character', `[${fill(',')}`],
    ['quotes', fill('"')],
    ['tags', fill('- !a b\n')],
    ['documents', fill('---\n')],
    ['a limit of many parts', `ignore-below: 1${fill(' and')}`],
    ['a number of many digits', `runs: ${fill('9')}`],
  ])('is refused in bounded time: %s', (_name, text) => {
    expect(() => parseConfig(text, 'memtrack.yml')).toThrow(SettingsError);
  });

  it.each([
    ['lists', (levels: number) => '['.repeat(levels), 101],
    ['mappings', (levels: number) => '{a: '.repeat(levels), 401],
    ['entries', (levels: number) => '- '.repeat(levels), 201],
    ['closed lists', (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`, 101],
  ])('never fills the call stack, whose end throws a SyntaxError too: %s', (_name, nest, column) => {
    for (const levels of [101, 1000, 2000, 3000, 5000, 20_000]) {
      expect(() => parseConfig(nest(levels), 'memtrack.yml')).toThrow(
        new SettingsError([`memtrack.yml:1:${column}: values are nested more than 100 deep`]),
      );
    }
    expect(() => parseConfig(nest(99), 'memtrack.yml')).not.toThrow('nested');
  });

  it('T28: has no key with a meaning of its own', () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
    for (const name of names) {
      const refused = `"${name}" is not a key here`;
      const good = '{ name: a, run: b }';
      expect(() => parseConfig(`${name}: { polluted: 1 }\nbenchmarks: [${good}]`, 'f')).toThrow(refused);
      expect(() => parseConfig(`benchmarks: [{ name: a, run: b, ${name}: 1 }]`, 'f')).toThrow(refused);
      expect(() => parseConfig(`benchmarks: [${good}]\nfail-on: { ${name}: 1 }`, 'f')).toThrow(refused);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(parseConfig('benchmarks: [{ name: constructor, run: b }]', 'f').benchmarks[0].name).toBe(
      'constructor',
    );
  });
});

const limit = fc.constantFrom('5%', '0', '1 MB', '5% and 10 kB', '100', '1.5.2', '');
const metric = fc.constantFrom('allocated', 'allocations', 'temporary', 'peak', 'leaked', 'peek');
const limitLines = fc
  .array(fc.tuple(metric, limit), { maxLength: 3 })
  .map((lines) => lines.map(([id, text]) => `${id}: ${text}`).join('\n'));
const oneOf = (...texts: string[]) => fc.oneof(fc.constantFrom(...texts), fc.string({ maxLength: 12 }));

const anyText = {
  build: oneOf('make', 'cargo build\nmake', '', 'true', '1'),
  runs: oneOf('1', '20', '3', '21', '0', '03', '1.0', '1e1'),
  'working-directory': oneOf('.', '', 'a/b', '/a', '../a', '1'),
  metric,
  'fail-on': fc.oneof(limitLines, fc.string({ maxLength: 12 })),
  budget: fc.oneof(limitLines, fc.string({ maxLength: 12 })),
  'ignore-below': fc.oneof(limit, fc.string({ maxLength: 12 })),
  'build-timeout': oneOf('30', '2.5', '0', '10000', '10001', '1e3', '007'),
  'run-timeout': oneOf('15', '0.5', '.5', '-1', '9999.999999'),
};

const anyOptions = fc.record({
  name: fc.constantFrom('a', 'default', '1.10', 'a b', '-', 'true', 'null', ' a '),
  run: fc.constantFrom('./a', 'true', '1', '', 'a\n$MEMTRACK b'),
  options: fc
    .subarray([...OPTION_KEYS], { maxLength: 3 })
    .chain((keys) => fc.tuple(...keys.map((key) => anyText[key].map((text) => [key, text] as const)))),
});

/** As plain YAML where that reads back as the same text, quoted elsewhere. */
function spell(text: string): string {
  return /^[\w.][\w. /%-]*$/.test(text) && !/^null$|\s$/i.test(text) ? text : JSON.stringify(text);
}

describe('config file and inputs', () => {
  it('spelled the same way mean the same', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyOptions, ({ name, run, options: texts }) => {
        const options = { name, run, ...Object.fromEntries(texts) };
        const fromInputs = orRefused(() => benchmarksOf(options, null));
        const lines = Object.entries(options).map(([key, text]) => `${key}: ${spell(text)}`);
        const fromFile = orRefused(() => benchmarksOf({}, `benchmarks:\n  - ${lines.join('\n    ')}\n`));
        expect(fromFile).toEqual(fromInputs);
        if (fromInputs !== null) accepted++;
      }),
      { numRuns: 1000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});

function benchmarksOf(
  inputs: Readonly<Record<string, string>>,
  file: string | null,
): readonly BenchmarkSettings[] {
  const config = file === null ? null : parseConfig(file, 'memtrack.yml');
  return settleSettings(readActionInputs(actionEnvironment(inputs)), config).settings.benchmarks;
}
