import { expect, test } from 'vitest';
import { parseLineChanges } from '../../src/workspace/line-changes.ts';
import { openRepository } from '../../src/workspace/repository.ts';
import { commitFiles, createRepository, git, gitContext } from './git-repositories.ts';

const lines = (...names: string[]) => names.map((name) => `${name}\n`).join('');

async function compare(base: Record<string, string>, head: Record<string, string>) {
  const directory = createRepository();
  const baseCommit = commitFiles(directory, base);
  git(directory, 'rm', '--quiet', '-r', '.');
  const headCommit = commitFiles(directory, head);
  const repository = await openRepository(directory, gitContext());
  return repository.compareLines(baseCommit, headCommit);
}

test('follows lines past insertions, deletions and changes', async () => {
  const changes = await compare(
    { f: lines('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h') },
    { f: lines('a', 'new', 'new', 'b', 'c', 'E', 'f', 'h') },
  );
  const mapped = [1, 2, 3, 4, 5, 6, 7, 8].map((line) => changes.headPosition('f', line)?.line ?? null);
  expect(mapped).toEqual([1, 4, 5, null, null, 7, null, 8]);
  const changed = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((line) => changes.isChangedLine('f', line));
  expect(changed).toEqual([2, 3, 6]);
});

test('leaves files alone that did not change', async () => {
  const changes = await compare({ f: 'x\n', g: 'y\n' }, { f: 'x\n', g: 'z\n' });
  expect(changes.headPosition('f', 1)).toEqual({ path: 'f', line: 1 });
  expect(changes.isChangedLine('f', 1)).toBe(false);
  expect([...changes.changedPaths]).toEqual(['g']);
});

test('follows a file that was renamed, with odd names on both sides', async () => {
  const text = lines('one', 'two', 'three', 'four', 'five', 'six', 'seven');
  const changes = await compare(
    { 'old "ä"\t.c': text, 'moved as it is': text.repeat(2) },
    { 'new\\ \n.c': `first\n${text}`, 'sub/moved as it is': text.repeat(2) },
  );
  expect(changes.headPosition('old "ä"\t.c', 3)).toEqual({ path: 'new\\ \n.c', line: 4 });
  expect(changes.headPosition('moved as it is', 9)).toEqual({ path: 'sub/moved as it is', line: 9 });
  expect(changes.isChangedLine('new\\ \n.c', 1)).toBe(true);
});

test('knows that a removed file is nowhere and a new one is all new', async () => {
  const changes = await compare(
    { gone: 'a\n', 'with space': 'q\n' },
    { new: 'entirely\ndifferent\n', 'with space': 'r\n' },
  );
  expect(changes.headPosition('gone', 1)).toBeNull();
  expect(changes.isChangedLine('new', 2)).toBe(true);
  expect(changes.isChangedLine('new', 3)).toBe(false);
  expect(changes.isChangedLine('with space', 1)).toBe(true);
});

test('is not misled by lines that look like the headers of a patch', async () => {
  const hostile = lines(
    '-- a/victim',
    '++ b/victim',
    '@@ -1,9 +1,9 @@',
    'diff --git a/x b/x',
    'rename to victim',
  );
  const changes = await compare({ f: 'x\n', victim: 'v\n' }, { f: `x\n${hostile}end`, victim: 'v\n' });
  expect([...changes.changedPaths]).toEqual(['f']);
  expect(changes.isChangedLine('f', 7)).toBe(true);
  expect(changes.headPosition('f', 1)).toEqual({ path: 'f', line: 1 });
});

test('heeds no setting that changes the form of a patch', async () => {
  const directory = createRepository();
  const base = commitFiles(directory, { f: lines('a', 'b', 'c', 'd') });
  const head = commitFiles(directory, { f: lines('A', 'b', 'c', 'D') });
  for (const [key, value] of [
    ['diff.noprefix', 'true'],
    ['diff.interHunkContext', '9'],
    ['diff.context', '9'],
    ['color.ui', 'always'],
  ]) {
    git(directory, 'config', key, value);
  }
  const repository = await openRepository(directory, gitContext());
  const changes = await repository.compareLines(base, head);
  expect([1, 2, 3, 4].map((line) => changes.isChangedLine('f', line))).toEqual([true, false, false, true]);
});

test('reads nothing from what is no patch', () => {
  expect(parseLineChanges('@@ -1 +1 @@\n--- a/x\n+++ b/y\n').changedPaths.size).toBe(0);
  expect(parseLineChanges('').headPosition('a', 3)).toEqual({ path: 'a', line: 3 });
});
