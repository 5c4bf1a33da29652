import './freeze-prototypes.ts';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffTraces } from '../../src/commands/diff-traces.ts';
import { UserError } from '../../src/errors.ts';
import { HOSTILE_LIMITS } from '../../src/formats/decompress.ts';
import { HeaptrackReader } from '../../src/formats/heaptrack/heaptrack-reader.ts';
import { readTrace } from '../../src/formats/index.ts';
import { checkProfile } from '../../src/profile/check-profile.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { sumCosts } from '../../src/profile/totals.ts';
import { parseLimits } from '../../src/settings/limits.ts';
import { Problems } from '../../src/settings/problems.ts';
import { createFunctionNamer } from '../../src/symbols/normalise-function.ts';
import { anyProfile, nastyName } from './any-profile.ts';
import { recordTrace } from './recorded-trace.ts';

/** What was read, or null when it was refused as it should be. */
function read(bytes: Uint8Array): Profile | null {
  const reader = new HeaptrackReader();
  try {
    reader.push(bytes);
    return reader.finish();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return null;
  }
}

const judgement = {
  metric: 'allocated',
  limits: parseLimits({ failOn: '', budget: '', ignoreBelow: '0' }, new Problems((name) => name)),
} as const;

/** All numbers that are made of two profiles. */
function compareAll(base: Profile, head: Profile) {
  const nameFunction = createFunctionNamer((mangled) => mangled);
  const { report, sources } = diffTraces(
    { label: 'base', profile: base },
    { label: 'head', profile: head },
    judgement,
    nameFunction,
  );
  return { report, diff: sources.get('default')?.diff ?? null };
}

function expectSound(base: Profile, head: Profile): void {
  checkProfile(head);
  const { diff } = compareAll(base, head);
  const totals = diff && sumCosts(diff.head);
  for (const id of head.facts.metrics) {
    expect((totals?.[id] ?? 0) + (diff?.excluded.head[id] ?? 0)).toBe(sumCosts(head.costs)[id]);
  }
}

const recorded = recordTrace();
const plain = recorded[0] === 0x1f ? zlib.gunzipSync(recorded) : zlib.zstdDecompressSync(recorded);
const lines = plain.toString('latin1').split('\n');
const original = read(plain);

type Mutation = (lines: string[]) => void;
const place = fc.nat(lines.length - 1);
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.nat(), fc.nat(255)).map<Mutation>(([at, column, byte]) => (all) => {
    const line = all[at] ?? '';
    const index = column % (line.length + 1);
    all[at] = line.slice(0, index) + String.fromCharCode(byte) + line.slice(index + 1);
  }),
  place.map<Mutation>((at) => (all) => void all.splice(at, 0, all[at] ?? '')),
  place.map<Mutation>((at) => (all) => void all.splice(at, 1)),
  fc.tuple(place, place).map<Mutation>(
    ([from, to]) =>
      (all) =>
        void all.splice(to, 0, ...all.splice(from, 1)),
  ),
  place.map<Mutation>((at) => (all) => void all.splice(at)),
  fc
    .tuple(place, fc.constantFrom('ffffffffffffffffffff', 'ffffffff', '7fffffff', '0', '-1', '', '1e999'))
    .map<Mutation>(([at, number]) => (all) => {
      all[at] = (all[at] ?? '').replace(/[0-9a-f]+$/, number);
    }),
  fc
    .tuple(
      place,
      fc.constantFrom('A', '+ 0', '- 0', 'v 10400 0', 'v 10400 2', 'X x', 'a 0 0', 't 1 0', 'i 0 0'),
    )
    .map<Mutation>(
      ([at, line]) =>
        (all) =>
          void all.splice(at, 0, line),
    ),
  fc.tuple(place, nastyName).map<Mutation>(([at, name]) => (all) => {
    const bytes = Buffer.from(name).toString('latin1');
    all[at] = `s ${bytes.length.toString(16)} ${bytes}`;
  }),
);

describe('T12: a real trace with a few lines changed', () => {
  it('was recorded', () => {
    expect(original).not.toBeNull();
    if (original !== null) expectSound(original, original);
  });

  it('gives sound numbers or a typed error', () => {
    let readable = 0;
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const changed = [...lines];
        for (const mutate of mutations) mutate(changed);
        const profile = read(Buffer.from(changed.join('\n'), 'latin1'));
        if (profile === null || original === null) return;
        readable++;
        expectSound(original, profile);
      }),
      { numRuns: 400 },
    );
    expect(readable).toBeGreaterThan(20);
  });

  it('is refused when it is cut anywhere', () => {
    for (let length = 0; length < plain.length - 1; length += 37) {
      expect(read(plain.subarray(0, length))).toBeNull();
    }
  });

  it('is read or refused when bytes of the compressed file are changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(recorded.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, difference) => {
          const changed = Buffer.from(recorded);
          changed[at] ^= difference;
          try {
            checkProfile(await readTrace(once(changed), { metric: 'allocated' }, HOSTILE_LIMITS));
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

async function* once(bytes: Uint8Array) {
  yield bytes;
}

describe('T12: records in any order', () => {
  const small = fc.nat(6).map((number) => number.toString(16));
  const record = fc.oneof(
    nastyName.map((name) => `s ${Buffer.byteLength(name).toString(16)} ${name}`),
    fc.tuple(small, small, small, small, small).map((fields) => `i ${fields.join(' ')}`),
    fc.tuple(small, small).map((fields) => `t ${fields.join(' ')}`),
    fc.tuple(fc.oneof(small, fc.constant('1fffffffffffff')), small).map((fields) => `a ${fields.join(' ')}`),
    small.map((info) => `+ ${info}`),
    small.map((info) => `- ${info}`),
    fc.constantFrom('A', 'X ./program', 'c 10', 'R 20', '# x', ''),
  );

  it('give sound numbers or a typed error', () => {
    let readable = 0;
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 60 }),
        fc.constantFrom('1', '2', '3', ''),
        (records, format) => {
          const head = ['v 10400', format].join(' ').trimEnd();
          const tables = ['s 1 m', 's 4 main', 's 1 f', 'i 10 1 2 3 7', 't 1 0', 'a 10 1', '+ 0'];
          const body = [...tables, ...records];
          const strings = body.filter((line) => line.startsWith('s ')).length;
          const ips = body.filter((line) => line.startsWith('i ')).length;
          const text = [head, ...body, '', `# strings: ${strings}`, `# ips: ${ips}`, ''].join('\n');
          const profile = read(Buffer.from(text));
          if (profile === null) return;
          readable++;
          expectSound(profile, profile);
        },
      ),
      { numRuns: 1000 },
    );
    expect(readable).toBeGreaterThan(20);
  });
});

it('T14: a megabyte that stands for a billion stacks is refused', () => {
  // 170,000 functions inlined at one address, which 6,000 lines of 6 bytes call.
  const inlined = `i 1 1${' 2 0 1'.repeat(170_000)}`;
  const calls = Array.from({ length: 6000 }, () => 't 1 0');
  const text = ['v 10400 3', 's 1 m', 's 1 f', inlined, ...calls, 'a 1 1', '+ 0', ''].join('\n');
  expect(() => new HeaptrackReader().push(Buffer.from(text))).toThrow(/more than 8388608 distinct stacks/);
});

describe('any two profiles', () => {
  it('can be compared without losing a byte', () => {
    fc.assert(
      fc.property(anyProfile, anyProfile, (base, head) => {
        const { diff, report } = compareAll(base, head);
        if (diff === null) return;
        for (const id of diff.metrics) {
          const total = sumCosts(diff.head)[id] + diff.excluded.head[id];
          expect(total).toBe(sumCosts(head.costs)[id]);
        }
        expect(diff.matched).toBeGreaterThanOrEqual(0);
        expect(diff.matched).toBeLessThanOrEqual(1);
        expect(JSON.stringify(report)).not.toMatch(/NaN|Infinity/);
      }),
      { numRuns: 300 },
    );
  });
});
