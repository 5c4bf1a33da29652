import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HOSTILE_LIMITS } from '../../src/formats/decompress.ts';
import { MAX_INFOS } from '../../src/formats/heaptrack/live-heap.ts';
import { MEASUREMENT_CAPS } from '../../src/measurement/codec.ts';
import { TEXT_CAPS } from '../../src/measurement/header.ts';
import { PROFILE_CAPS } from '../../src/profile/check-profile.ts';
import { MAX_MANGLED_LENGTH } from '../../src/symbols/demangle.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/limits.md'), 'utf8');
const { total, ...profileCaps } = PROFILE_CAPS;

it.each(
  Object.entries({
    ...HOSTILE_LIMITS,
    ...MEASUREMENT_CAPS,
    ...TEXT_CAPS,
    ...profileCaps,
    mangledName: MAX_MANGLED_LENGTH,
    infos: MAX_INFOS,
  }),
)('docs/limits.md tells the limit %s: %d', (_name, limit) => {
  expect(page).toMatch(new RegExp(`\\b${limit}\\b`));
});
