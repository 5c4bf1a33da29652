import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { MAXIMUM_CHANGES, renderJson } from '../../src/render/json.ts';
import * as examples from './example-reports.ts';

const schema = JSON.parse(readFileSync('docs/report.schema.json', 'utf8'));
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

/** The same schema, with every key that it does not name refused. */
const validateKeys = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(closed(schema));

function closed(value: unknown): Record<string, unknown> {
  const close = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(close);
    if (typeof part !== 'object' || part === null) return part;
    const object = Object.fromEntries(Object.entries(part).map(([key, one]) => [key, close(one)]));
    return 'required' in object && !('additionalProperties' in object)
      ? { ...object, additionalProperties: false }
      : object;
  };
  return close(value) as Record<string, unknown>;
}

const REPORTS = {
  improvement: examples.improvement(),
  regression: examples.regression(),
  accepted: examples.accepted(),
  'folded text': examples.foldedText(),
  unchanged: examples.unchanged(),
  'a new benchmark': examples.newBenchmark(),
  'several runs': examples.severalRuns(),
  'base failed': examples.baseFailed(),
  'head failed': examples.headFailed(),
  'several benchmarks': examples.severalBenchmarks(),
  'hostile names': examples.hostileNames('"},"__proto__":{"x":1},"a\u0000\u2028'),
};

describe('report.json', () => {
  it.each(Object.entries(REPORTS))(
    'is what its schema says, and has no key that the schema lacks: %s',
    (_, report) => {
      const document: unknown = JSON.parse(renderJson(report));
      validate(document);
      expect(validate.errors).toBeNull();
      validateKeys(document);
      expect(validateKeys.errors).toBeNull();
    },
  );

  it('C10: has the largest changes of a million, and says how many there are more', () => {
    const [benchmark] = examples.regression().benchmarks;
    const [change] = benchmark.changes;
    const changes = (['allocated', 'peak'] as const).flatMap((metric) =>
      Array.from({ length: 500_000 }, (_, index) => ({ ...change, metric, delta: 500_000 - index })),
    );
    const document = JSON.parse(
      renderJson({ ...examples.regression(), benchmarks: [{ ...benchmark, changes }] }),
    );
    validate(document);
    expect(validate.errors).toBeNull();
    const [shown] = document.benchmarks;
    const mostOfEach = MAXIMUM_CHANGES / benchmark.metrics.length;
    expect(shown.changes).toHaveLength(2 * mostOfEach);
    for (const { delta } of shown.changes) expect(delta).toBeGreaterThan(500_000 - mostOfEach);
    expect(shown.notes).toContain(`${1_000_000 - 2 * mostOfEach} smaller changes are left out of this file.`);
  });

  it('is not what its schema says when a number is a text', () => {
    const document = JSON.parse(renderJson(examples.improvement()));
    document.benchmarks[0].metrics.peak.head = '12';
    expect(validate(document)).toBe(false);
  });
});
