import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StackRows } from '../../src/profile/stack-rows.ts';

describe('StackRows', () => {
  it('gives equal frames in equal order one row, however many callees a caller has', () => {
    const step = fc.record({ caller: fc.nat(40), frame: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3000 }), (steps) => {
        const rows = new StackRows();
        const known = new Map<string, number>();
        for (const { caller, frame } of steps) {
          const prefix = Math.min(caller, known.size) - 1;
          const key = `${prefix} ${frame}`;
          if (!known.has(key)) known.set(key, known.size);
          expect(rows.intern(prefix, frame)).toBe(known.get(key));
        }
        const { prefix, frame, length } = rows.toTable();
        expect(Array.from({ length }, (_, row) => `${prefix[row]} ${frame[row]}`)).toEqual([...known.keys()]);
      }),
      { numRuns: 30 },
    );
  });

  it('does not find what was only appended', () => {
    const rows = new StackRows();
    expect(rows.append(-1, 7)).toBe(0);
    expect(rows.intern(-1, 7)).toBe(1);
    expect(rows.intern(-1, 7)).toBe(1);
    expect(rows.intern(0, 7)).toBe(2);
    expect(rows.frameOf(2)).toBe(7);
  });
});
