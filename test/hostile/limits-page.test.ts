import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PACKED_CAPS } from '../../src/artifacts/measurement-artifact.ts';
import { HOSTILE_LIMITS } from '../../src/formats/decompress.ts';
import { MAX_INFOS } from '../../src/formats/heaptrack/live-heap.ts';
import { MEASUREMENT_CAPS } from '../../src/measurement/codec.ts';
import { TEXT_CAPS } from '../../src/measurement/header.ts';
import { PROFILE_CAPS } from '../../src/profile/check-profile.ts';
import { MAXIMUM_CHANGES } from '../../src/render/json.ts';
import { MAX_CONFIG_BYTES } from '../../src/settings/config-file.ts';
import { MAX_YAML_NESTING, MAX_YAML_VALUES } from '../../src/settings/yaml-tree.ts';
import { MAX_MANGLED_LENGTH } from '../../src/symbols/demangle.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/limits.md'), 'utf8');
const { total, ...profileCaps } = PROFILE_CAPS;

it.each(
  Object.entries({
    ...HOSTILE_LIMITS,
    ...MEASUREMENT_CAPS,
    ...PACKED_CAPS,
    ...TEXT_CAPS,
    ...profileCaps,
    mangledName: MAX_MANGLED_LENGTH,
    infos: MAX_INFOS,
    configBytes: MAX_CONFIG_BYTES,
    yamlValues: MAX_YAML_VALUES,
    yamlNesting: MAX_YAML_NESTING,
    changes: MAXIMUM_CHANGES,
  }),
)('docs/limits.md tells the limit %s: %d', (_name, limit) => {
  expect(page).toMatch(new RegExp(`\\b${limit}\\b`));
});
