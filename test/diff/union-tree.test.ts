import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnionTree } from '../../src/diff/union-tree.ts';

describe('UnionTree', () => {
  it('gives equal frames in equal order one row, however many callees a caller has', () => {
    const step = fc.record({ caller: fc.nat(40), frame: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3000 }), (steps) => {
        const tree = new UnionTree();
        const known = new Map<string, number>();
        for (const { caller, frame } of steps) {
          const prefix = Math.min(caller, known.size) - 1;
          const key = `${prefix} ${frame}`;
          if (!known.has(key)) known.set(key, known.size);
          expect(tree.internStack(prefix, frame)).toBe(known.get(key));
        }
        const { prefix, frame, length } = tree.build();
        expect(Array.from({ length }, (_, row) => `${prefix[row]} ${frame[row]}`)).toEqual([...known.keys()]);
      }),
      { numRuns: 30 },
    );
  });
});
