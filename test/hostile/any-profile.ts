import fc from 'fast-check';
import { type HeapSeries, SIZE_BUCKET_COUNT } from '../../src/profile/heap-facts.ts';
import { METRIC_IDS, type MetricId } from '../../src/profile/metric.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { ProfileBuilder } from '../../src/profile/profile-builder.ts';

/** Names that break who is not careful. */
export const nastyName = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', 'main'),
  fc.constantFrom(
    '',
    ' ',
    '\uFEFFbom',
    '\u0000',
    'a;b',
    '</svg><script>',
    '`|@team #1 ![x](y)',
    '\u202Eevil',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 20 }),
);

const series = fc
  .array(fc.tuple(fc.nat({ max: 1000 }), fc.nat(2 ** 40)), { maxLength: 10 })
  .map((points): HeapSeries => {
    const at = new Float64Array(points.length);
    points.forEach(([step], point) => {
      at[point] = (at[point - 1] ?? 0) + step + 1;
    });
    return { at, live: Float64Array.from(points, ([, live]) => live) };
  });

const counts = fc
  .array(fc.nat(2 ** 40), { minLength: SIZE_BUCKET_COUNT, maxLength: SIZE_BUCKET_COUNT })
  .map((numbers) => Float64Array.from(numbers));

const facts = fc.record({
  metrics: fc.subarray([...METRIC_IDS], { minLength: 1 }),
  command: fc.option(fc.string({ maxLength: 30 })),
  recordedBy: fc.option(fc.constant('heaptrack 1.4.0')),
  executable: fc.option(fc.string({ maxLength: 30 })),
  events: fc.nat(),
  isThreaded: fc.boolean(),
  timeline: fc.option(
    fc.record({ byEvents: series, byTime: series, programs: fc.integer({ min: 1, max: 9 }) }),
  ),
  sizes: fc.option(fc.record({ calls: counts, bytes: counts })),
});

const row = fc.record({
  prefix: fc.nat(),
  name: nastyName,
  file: fc.constantFrom('', '/src/a.c', '../../etc/passwd', '__proto__'),
  line: fc.nat(),
  module: fc.constantFrom('', '/bin/program', '/lib/libc.so.6'),
  costs: fc.array(fc.oneof(fc.constant(0), fc.nat(), fc.nat(2 ** 40)), {
    minLength: METRIC_IDS.length,
    maxLength: METRIC_IDS.length,
  }),
});

/** Any profile that a reader may return, of few stacks. */
export const anyProfile: fc.Arbitrary<Profile> = fc
  .tuple(facts, fc.array(row, { maxLength: 30 }))
  .map(([profileFacts, rows]) => {
    const builder = new ProfileBuilder();
    for (const { prefix, name, file, line, module } of rows) {
      const frame = builder.frame({
        function: builder.string(name.toWellFormed()),
        file: builder.string(file),
        line,
        module: builder.string(module),
      });
      builder.appendStack((prefix % (builder.stackCount + 1)) - 1, frame);
    }
    const costs: Partial<Record<MetricId, Float64Array>> = {};
    for (const id of profileFacts.metrics) {
      costs[id] = Float64Array.from(rows, (each) => each.costs[METRIC_IDS.indexOf(id)]);
    }
    return builder.build(profileFacts, costs);
  });
