import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FoldedTree } from '../../src/profile/folded-text.ts';
import { foldedProfile } from './folded-profile.ts';

/** A stack table of these stacks; two frames of one name are two frames. */
function treeOf(stacks: readonly (readonly string[])[], costs: readonly (readonly number[])[]) {
  const prefix: number[] = [];
  const frame: number[] = [];
  const names: string[] = [];
  const rows = stacks.map((frames) => {
    let row = -1;
    for (const name of frames) {
      prefix.push(row);
      frame.push(names.push(name) - 1);
      row = frame.length - 1;
    }
    return row;
  });
  const columns = costs.map((values) => {
    const column = new Float64Array(prefix.length);
    values.forEach((value, index) => {
      column[rows[index]] = value;
    });
    return column;
  });
  return { columns, tree: new FoldedTree(Int32Array.from(prefix), Int32Array.from(frame), names, columns) };
}

function textOf(pieces: Iterable<Uint8Array>): string {
  return Buffer.concat([...pieces]).toString();
}

describe('FoldedTree', () => {
  it('writes what can be read again', () => {
    const { tree, columns } = treeOf([['main', 'parse'], ['main']], [[5, 3]]);
    const text = textOf(tree.text(columns));
    expect(text).toBe('main 3\nmain;parse 5\n');
    expect([...foldedProfile(text, 'peak').costs.peak]).toEqual([3, 5]);
  });

  it('takes stacks for one whose frames are other ones of the same names', () => {
    const frame = Int32Array.from([0, 1, 2, 2, 3]);
    const prefix = Int32Array.from([-1, 0, 0, 1, 2]);
    const names = ['main', 'parse', 'parse', 'read'];
    const costs = [Float64Array.from([0, 1, 2, 4, 8])];
    const tree = new FoldedTree(prefix, frame, names, costs);
    expect(textOf(tree.text(costs))).toBe(
      'main;parse 1\nmain;parse 2\nmain;parse;parse 4\nmain;parse;read 8\n',
    );
  });

  it('writes a chain of frames that only the last of which allocates', () => {
    const { tree, columns } = treeOf(
      [
        ['a', 'b', 'c', 'd'],
        ['a', 'b', 'c', 'd', 'e'],
        ['a', 'x'],
      ],
      [[1, 2, 3]],
    );
    expect(textOf(tree.text(columns))).toBe('a;b;c;d 1\na;b;c;d;e 2\na;x 3\n');
  });

  it('leaves out stacks that cost nothing in the columns asked for', () => {
    const { tree, columns } = treeOf(
      [['a'], ['b'], ['c']],
      [
        [1, 0, 0],
        [0, 2, 0],
      ],
    );
    expect(textOf(tree.text(columns))).toBe('a 1 0\nb 0 2\n');
    expect(textOf(tree.text([columns[0]]))).toBe('a 1\n');
    expect(textOf(tree.text([columns[1]]))).toBe('b 2\n');
  });

  it('replaces what parts frames and lines in a name', () => {
    const { tree, columns } = treeOf([['a;b', '', 'c\n1']], [[1]]);
    expect(textOf(tree.text(columns))).toBe('a:b;??;c 1 1\n');
  });

  it('sorts lines as their text is sorted, whatever the names', () => {
    const name = fc.array(fc.constantFrom('f', 'g', '(', ' ', ':', ';', '<', '5', '1', 'é'), {
      maxLength: 4,
    });
    const stack = fc.record({
      frames: fc.array(
        name.map((parts) => parts.join('')),
        { minLength: 1, maxLength: 5 },
      ),
      base: fc.integer({ min: 0, max: 30 }),
      head: fc.integer({ min: 0, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(stack, { maxLength: 25 }), (stacks) => {
        const { tree, columns } = treeOf(
          stacks.map(({ frames }) => frames),
          [stacks.map(({ base }) => base), stacks.map(({ head }) => head)],
        );
        const lines = stacks
          .filter(({ base, head }) => base + head > 0)
          .map(({ frames, base, head }) => {
            const names = frames.map((frame) => (frame === '' ? '??' : frame.replaceAll(';', ':')));
            return `${names.join(';')} ${base} ${head}\n`;
          })
          .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        expect(textOf(tree.text(columns))).toBe(lines.join(''));
      }),
    );
  });

  it('comes in pieces of a megabyte, and in larger ones for longer lines', () => {
    const long = 'x'.repeat(3 << 20);
    const { tree, columns } = treeOf(
      [[long], ...Array.from({ length: 3000 }, (_, index) => ['y'.repeat(1000), `${index}`])],
      [Array.from({ length: 3001 }, () => 1)],
    );
    const pieces = [...tree.text(columns)];
    expect(pieces.length).toBeGreaterThan(3);
    expect(textOf(pieces).length).toBe(long.length + 3 + 3000 * 1004 + 10890);
    expect(Math.max(...pieces.map(({ length }) => length))).toBe(long.length + 3);
  });
});
