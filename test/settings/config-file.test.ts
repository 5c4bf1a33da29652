import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import schema from '../../docs/memtrack.schema.json' with { type: 'json' };
import { SettingsError } from '../../src/errors.ts';
import { METRIC_IDS } from '../../src/profile/metric.ts';
import { ACTION_INPUTS } from '../../src/settings/action-inputs.ts';
import { OPTION_KEYS } from '../../src/settings/benchmark-options.ts';
import { MAX_CONFIG_BYTES, parseConfig } from '../../src/settings/config-file.ts';
import { action } from './action-environment.ts';

function parse(text: string) {
  return parseConfig(text, 'memtrack.yml');
}

function problemsOf(text: string): readonly string[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

/** A file with one benchmark that has these lines. */
function withBenchmark(...lines: readonly string[]): string {
  return ['benchmarks:', '  - name: a', '    run: ./a', ...lines.map((line) => `    ${line}`)].join('\n');
}

describe('the config file', () => {
  it('lists benchmarks, with defaults for all of them at the top', () => {
    const config = parse(`
build: make
reuse-paths: |
  target
  build
runs: 3
benchmarks:
  - name: parse
    run: ./bench parse
    build-timeout: 2.5
    working-directory: crates/parse
    fail-on: { allocated: 5% and 10 kB, leaked: 0 }
    budget:
      peak: 64 MB
    ignore-below: 1%
  - { name: render, run: ./bench render, build: '' }
`);
    expect(config.reusePaths).toEqual(['target', 'build']);
    expect(config.defaults).toEqual({ build: 'make', runs: 3 });
    expect(config.benchmarks).toEqual([
      {
        name: 'parse',
        run: './bench parse',
        options: {
          buildTimeLimitSeconds: 150,
          workingDirectory: 'crates/parse',
          failOn: new Map([
            ['allocated', { ratio: 0.05, absolute: 10_000, text: '5% and 10 kB' }],
            ['leaked', { ratio: null, absolute: 0, text: '0' }],
          ]),
          budget: new Map([['peak', { maximum: 64e6, text: '64 MB' }]]),
          ignoreBelow: { ratio: 0.01, absolute: null, text: '1%' },
        },
      },
      { name: 'render', run: './bench render', options: { build: null } },
    ]);
  });

  it.each([
    ['fail-on: { allocated: 5%, peak: 1 MB }'],
    ['fail-on: {"peak":"1 MB","allocated":"5%"}'],
    ['fail-on: "allocated: 5%\\npeak: 1 MB"'],
    ['fail-on: |', '  allocated: 5%', '', '  peak: 1 MB'],
    ['fail-on:', '  allocated: 5%', '  peak: 1 MB'],
  ])('takes limits as text and as a mapping: %s', (...lines) => {
    expect(parse(withBenchmark(...lines)).benchmarks[0].options.failOn).toEqual(
      new Map([
        ['allocated', { ratio: 0.05, absolute: null, text: '5%' }],
        ['peak', { ratio: null, absolute: 1e6, text: '1 MB' }],
      ]),
    );
  });

  it('takes numbers and booleans as they are written where text is due', () => {
    const [benchmark] = parse('benchmarks: [{ name: 1.10, run: true, runs: "3" }]').benchmarks;
    expect(benchmark).toEqual({ name: '1.10', run: 'true', options: { runs: 3 } });
  });

  it('follows aliases to what they stand for', () => {
    const config = parse(`
fail-on: &limits { peak: 5% }
benchmarks:
  - { name: a, run: ./a, fail-on: *limits }
`);
    expect(config.benchmarks[0].options.failOn).toEqual(config.defaults.failOn);
  });

  it('shows every mistake at once, each with its line and column', () => {
    expect(
      problemsOf(`build: make
runs: 50
comment: always
fial-on: x
reuse-paths: [a, ../b]
run-timeout:
benchmarks:
  - name: parse
    run: ./bench parse
    fail-on: |

      allocated: 5%
      peek: 7
    budget: { peak: 5 parsecs, leakd: 4, leaked: 0 }
  - name: Parse
    runs: [1]
    metric: peaks
  - foo
`),
    ).toEqual([
      'memtrack.yml:2:7: `runs` is "50"; accepted: a whole number from 1 to 20',
      'memtrack.yml:3:1: "comment" is not a key here (as an input of the Action it belongs into the workflow); accepted: build, reuse-paths, runs, working-directory, metric, fail-on, budget, ignore-below, build-timeout, run-timeout, benchmarks',
      'memtrack.yml:4:1: "fial-on" is not a key here (did you mean `fail-on`?); accepted: build, reuse-paths, runs, working-directory, metric, fail-on, budget, ignore-below, build-timeout, run-timeout, benchmarks',
      'memtrack.yml:5:18: `reuse-paths` is "../b"; accepted: a path inside the repository, relative to its root',
      'memtrack.yml:6:13: `run-timeout` has no value; give one, or leave the key out',
      'memtrack.yml:13:7: `fail-on` is "peek: 7"; accepted: `metric: limit` on each line, with one of the metrics allocated, allocations, temporary, peak, leaked',
      'memtrack.yml:14:21: `budget` is "peak: 5 parsecs"; accepted: a size such as 500 B, 10 kB, 1.5 MB or 64 MiB',
      'memtrack.yml:14:32: "leakd" is not a key here (did you mean `leaked`?); accepted: allocated, allocations, temporary, peak, leaked',
      'memtrack.yml:15:5: `run` is missing; the file has a list `benchmarks`, and each benchmark a `name` and a `run`',
      'memtrack.yml:15:11: the name "Parse" is "parse" but for its capitals; accepted: another name for each benchmark',
      'memtrack.yml:16:11: `runs` is "[1]"; accepted: a whole number',
      'memtrack.yml:17:13: `metric` is "peaks"; accepted: one of allocated, allocations, temporary, peak, leaked',
      'memtrack.yml:18:5: `benchmarks` is "foo"; accepted: a mapping with name and run',
    ]);
  });

  it.each([
    [
      'an empty file',
      '',
      'memtrack.yml:1:1: the file has no value; give one: the file has a list `benchmarks`',
    ],
    ['a list', '- a', 'memtrack.yml:1:1: the file is "[\\"a\\"]"; accepted: a mapping with benchmarks'],
    ['no benchmarks', 'build: make', 'memtrack.yml:1:1: `benchmarks` is missing'],
    [
      'an empty list of benchmarks',
      'benchmarks: []',
      'memtrack.yml:1:13: `benchmarks` has 0 entries; accepted: 1 to 256',
    ],
    [
      'too many benchmarks',
      `benchmarks:\n${Array.from({ length: 257 }, (_, index) => `- { name: b${index}, run: b }`).join('\n')}`,
      'memtrack.yml:2:1: `benchmarks` has 257 entries; accepted: 1 to 256',
    ],
    [
      'a list where text is due',
      withBenchmark('build: [make]'),
      'memtrack.yml:4:12: `build` is "[\\"make\\"]"; accepted: text',
    ],
    [
      'a list of limits',
      withBenchmark('fail-on: [allocated]'),
      'memtrack.yml:4:14: `fail-on` is "[\\"allocated\\"]"; accepted: text or a mapping',
    ],
    [
      'a list where one of several is due',
      withBenchmark('metric: [peak]'),
      '4:13: `metric` is "[\\"peak\\"]"; accepted: allocated, allocations,',
    ],
    [
      'a limit that is not there',
      withBenchmark('fail-on: { peak: }'),
      'memtrack.yml:4:22: `peak` has no value; give one, or',
    ],
    [
      'a key of the file in a benchmark',
      withBenchmark('reuse-paths: [a]'),
      'memtrack.yml:4:5: "reuse-paths" is not a key here (as an input',
    ],
    [
      'nothing to run',
      'benchmarks: [{ name: a, run: "" }]',
      '1:30: `run` is ""; accepted: the shell script that starts',
    ],
    [
      'a name that starts with a sign',
      'benchmarks: [{ name: -a, run: b }]',
      '1:22: `name` is "-a"; accepted: up to 80 letters',
    ],
    [
      'a name twice',
      'benchmarks: [{ name: a, run: b }, { name: " a", run: b }]',
      '1:43: the name "a" is there already; accepted: another name for each benchmark',
    ],
    ['a key twice', 'runs: 1\nruns: 2\n', 'memtrack.yml:2:1: the key "runs" is there already'],
    [
      'a tag',
      'benchmarks: !mine []',
      'memtrack.yml:1:13: this YAML is not understood: Unresolved tag: !mine',
    ],
    [
      'a second document',
      'a: 1\n---\nb: 2',
      'memtrack.yml:2:1: this YAML is not understood: there is a second document',
    ],
    ['what is not YAML', 'a: "b', 'memtrack.yml:1:6: this YAML is not understood: Missing closing "quote'],
    ['an alias of nothing', 'a: *b', 'memtrack.yml:1:4: the alias "b" has no anchor above it'],
    ['a key that is not text', '[a]: b', 'memtrack.yml:1:1: a key is not text'],
    ['a merge key', '<<: { runs: 3 }', 'memtrack.yml:1:1: "<<" is not a key here'],
    [
      'a file that is too large',
      'x'.repeat(MAX_CONFIG_BYTES + 1),
      'memtrack.yml has 262145 characters; accepted: up to 262144',
    ],
  ])('refuses %s', (_what, text, message) => {
    expect(problemsOf(text).join('\n')).toContain(message);
  });

  it('shows so many problems as somebody reads', () => {
    const problems = problemsOf(Array.from({ length: 500 }, (_, index) => `key${index}: 1`).join('\n'));
    expect(problems).toHaveLength(21);
    expect(problems[20]).toBe('and 481 more');
  });
});

describe('the published schema', () => {
  const { benchmark, ...keys } = schema.definitions;

  it('is draft-07, with a description for every key', () => {
    expect(new Ajv({ allowUnionTypes: true }).validateSchema(schema)).toBe(true);
    const described = [...Object.values(schema.properties), ...Object.values(benchmark.properties)].map(
      (property) => ('$ref' in property ? property.$ref.slice('#/definitions/'.length) : property),
    );
    for (const entry of described) {
      const definition = typeof entry === 'string' ? keys[entry as keyof typeof keys] : entry;
      expect(definition).toHaveProperty('description');
    }
  });

  it('has the keys that are read, and each is an input', () => {
    expect(Object.keys(benchmark.properties)).toEqual(
      expect.arrayContaining(['name', 'run', ...OPTION_KEYS]),
    );
    expect(Object.keys(benchmark.properties)).toHaveLength(OPTION_KEYS.length + 2);
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(['benchmarks', 'reuse-paths', ...OPTION_KEYS]),
    );
    expect(Object.keys(schema.properties)).toHaveLength(OPTION_KEYS.length + 2);
    for (const key of Object.keys(benchmark.properties)) expect(ACTION_INPUTS).toContain(key);
  });

  it('has the metrics, and the defaults of action.yml', () => {
    expect(keys.metric.enum).toEqual(METRIC_IDS);
    expect(Object.keys(keys['fail-on'].properties)).toEqual(METRIC_IDS);
    expect(Object.keys(keys.budget.properties)).toEqual(METRIC_IDS);
    for (const [key, definition] of Object.entries(keys)) {
      if ('default' in definition) expect(String(definition.default)).toBe(action.inputs[key].default);
    }
  });
});
