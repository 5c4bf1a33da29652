import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/*
 * What may go wrong on GitHub has numbers: threats from T01 to T36, checks of the whole action from C01 to C28.
 * docs/threat-model.md tells of the threats. A test that shows one says so at the start of its name, or the group that
 * it is in does: "C03, T06: …".
 */

const numbers = (letter: string, last: number) =>
  Array.from({ length: last }, (_, index) => letter + String(index + 1).padStart(2, '0'));
const ALL = [...numbers('T', 36), ...numbers('C', 28)];

/** The numbers at the start of a test's name, or of a row's that tests are named by. */
const NUMBERED = /['"`]((?:[CT]\d{2}, )*[CT]\d{2}): \S/g;

const shown = new Map<string, string[]>();
for (const path of readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })) {
  if (!path.endsWith('.test.ts')) continue;
  for (const [, list] of readFileSync(join(import.meta.dirname, path), 'utf8').matchAll(NUMBERED)) {
    for (const number of list.split(', ')) shown.set(number, [...(shown.get(number) ?? []), path]);
  }
}

describe('threats and acceptance checks', () => {
  it.each(ALL)('%s is shown by a test', (number) => {
    expect(shown.get(number)).not.toBeUndefined();
  });

  it('have no number that is not one', () => {
    expect([...shown.keys()].filter((number) => !ALL.includes(number))).toEqual([]);
  });

  it('are shown for the whole action, where they concern it, through dist/', () => {
    const throughDist = 'C01 C02 C03 C04 C05 C06 C07 C08 C11 C21 C25 C26 C28 T03 T33 T34 T35'.split(' ');
    for (const number of throughDist) {
      expect(shown.get(number), number).toContainEqual(expect.stringMatching(/^end-to-end\//));
    }
  });

  it('are those that docs/threat-model.md names', () => {
    const page = readFileSync(join(import.meta.dirname, '../docs/threat-model.md'), 'utf8');
    const named = new Set(page.match(/\bT\d{2}\b/g));
    const ranges = [...page.matchAll(/\bT(\d{2}) to T(\d{2})\b/g)].flatMap(([, from, to]) =>
      numbers('T', Number(to)).slice(Number(from) - 1),
    );
    const missing = numbers('T', 36).filter((number) => !named.has(number) && !ranges.includes(number));
    expect(missing).toEqual([]);
  });
});
