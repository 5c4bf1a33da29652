import { describe, expect, it } from 'vitest';
import { TraceFormatError } from '../../src/errors.ts';
import { readTrace } from '../../src/formats/index.ts';
import type { Profile } from '../../src/profile/profile.ts';

function read(text: string, chunkSize = text.length): Promise<Profile> {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let start = 0; start < bytes.length; start += chunkSize)
      yield bytes.subarray(start, start + chunkSize);
  }
  return readTrace(chunks(), { metric: 'allocated' });
}

describe('folded text', () => {
  it('is the same from chunks of any size', async () => {
    const text = '# a comment\n\nmain;größe 5\r\nmain;größe 3\nmain;__proto__ 1';
    const whole = await read(text);
    expect(whole.strings).toEqual(['', 'main', 'größe', '__proto__']);
    expect([...whole.costs.allocated]).toEqual([0, 8, 1]);
    for (const size of [1, 2, 3, 7, 30]) expect(await read(text, size)).toEqual(whole);
  });

  it.each([
    ['a b', /line 2 of the folded text is not "frame;frame… count": "a b"/],
    ['a 1.5', /line 2 /],
    ['a -1', /line 2 /],
    ['a 99999999999999999999', /line 2 /],
    ['a 1e999', /line 2 /],
    ['a NaN', /line 2 /],
    [' 7', /line 2 /],
    [';;; 7', /line 2 /],
    ['a 9007199254740991', /the trace's allocated add up to more than 2\^53/],
  ])('with the line %j is refused', async (line, message) => {
    const reading = read(`main 1\n${line}\n`);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toBeInstanceOf(TraceFormatError);
  });

  it('with a line that never ends is refused', async () => {
    const reading = read(`main;f 1\n${'x'.repeat(17 * 1024 * 1024)}`, 1 << 16);
    await expect(reading).rejects.toThrow(/a line of the folded text has more than 16 MiB/);
  });
});
