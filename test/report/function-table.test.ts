import { describe, expect, it } from 'vitest';
import { buildFrameTree } from '../../src/flamegraph/frame-tree.ts';
import { weighFrameTree } from '../../src/flamegraph/weigh-frame-tree.ts';
import { changeStatus } from '../../src/report/change-status.ts';
import { functionChanges } from '../../src/report/function-changes.ts';
import { buildFunctionTable, findNeighbours } from '../../src/report/function-table.ts';
import { diffOf, profileOf, STORY } from '../viewer/example-pages.ts';

function tableOf(
  base: Parameters<typeof diffOf>[0],
  head: Parameters<typeof diffOf>[1],
  form: 'focus' | 'full',
) {
  const diff = diffOf(base, head);
  const tree = buildFrameTree(diff, { form, direction: 'callees' });
  const costs = weighFrameTree(diff, tree, 'allocated');
  const calls = weighFrameTree(diff, tree, 'allocations');
  const rows = buildFunctionTable(diff.frames, tree, costs, calls, costs);
  const row = (name: string) => rows.find(({ frame }) => frame >= 0 && diff.frames[frame].shortName === name);
  const names = (frames: readonly { readonly frame: number }[]) =>
    frames.map(({ frame }) => diff.frames[frame].shortName);
  return { diff, tree, costs, rows, row, names };
}

describe('buildFunctionTable', () => {
  it('gives what a library allocates to the function that called it, as the report’s changes do', () => {
    const { diff, rows } = tableOf(STORY.base, STORY.head, 'focus');
    for (const change of functionChanges(diff, 'allocated', null)) {
      const row = rows.find(({ frame }) => frame >= 0 && diff.frames[frame].name === change.name);
      expect(row?.own).toMatchObject({ base: change.base, head: change.head });
      expect(row).toMatchObject({ ownBaseCalls: change.baseCalls, ownHeadCalls: change.headCalls });
    }
  });

  it('counts recursion once', () => {
    const recursive = profileOf(
      'walk@src/a.c:1;walk@src/a.c:2;walk@src/a.c:2;malloc_wrapper 100 1\nwalk@src/a.c:1;malloc_wrapper 10 1',
    );
    const { row } = tableOf(recursive, recursive, 'full');
    expect(row('walk')?.total.base).toBe(110);
    expect(row('walk')?.own.base).toBe(0);
    expect(row('malloc_wrapper')?.own.base).toBe(110);
  });

  it('knows who calls a function and whom it calls', () => {
    const { tree, costs, row, names } = tableOf(STORY.base, STORY.head, 'focus');
    const { callers, callees } = findNeighbours(tree, costs, row('dates::parse_info')?.frame ?? -1);
    expect(names(callers)).toEqual(['Parser::default']);
    expect(callees).toHaveLength(1);
    expect(callees[0]).toMatchObject({ base: 1_338_930, head: 7_830 });
  });
});

describe('changeStatus', () => {
  it.each([
    ['unchanged', { base: 5, head: 5, gone: 0, added: 0, moved: 0 }],
    ['moved', { base: 5, head: 0, gone: 0, added: 0, moved: 5 }],
    ['new', { base: 0, head: 5, gone: 0, added: 5, moved: 0 }],
    ['gone', { base: 5, head: 0, gone: 4, added: 0, moved: 1 }],
    ['grew', { base: 5, head: 7, gone: 0, added: 2, moved: 0 }],
    ['shrank', { base: 7, head: 5, gone: 3, added: 1, moved: 0 }],
    ['changed inside', { base: 5, head: 5, gone: 1, added: 1, moved: 0 }],
  ])('%s', (status, change) => {
    expect(changeStatus(change)).toBe(status);
  });
});
