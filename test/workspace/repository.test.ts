import { chownSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRepository } from '../../src/workspace/repository.ts';
import { commitFiles, createRepository, git, gitContext, temporaryDirectory } from './git-repositories.ts';

test('opens the repository from a folder inside of it', async () => {
  const directory = createRepository();
  mkdirSync(join(directory, 'deep/er'), { recursive: true });
  const repository = await openRepository(join(directory, 'deep/er'), gitContext());
  expect(repository.directory).toBe(directory);
});

test('says so when there is no repository', async () => {
  const directory = temporaryDirectory();
  await expect(openRepository(directory, gitContext())).rejects.toThrow(/is not inside a git repository/);
});

test('says so when there is no commit', async () => {
  const repository = await openRepository(createRepository(), gitContext());
  await expect(repository.headCommit()).rejects.toThrow(/has no commit yet/);
});

test('resolves branches, tags and short ids, and knows what is missing', async () => {
  const directory = createRepository();
  const first = commitFiles(directory, { a: '1' });
  git(directory, 'tag', '-a', 'v1', '-m', 'one');
  const second = commitFiles(directory, { a: '2' });
  const repository = await openRepository(directory, gitContext());
  expect(await repository.resolveCommit('v1')).toBe(first);
  expect(await repository.resolveCommit('main')).toBe(second);
  expect(await repository.resolveCommit('HEAD~1')).toBe(first);
  expect(await repository.resolveCommit(first.slice(0, 10))).toBe(first);
  expect(await repository.resolveCommit('nowhere')).toBeNull();
  expect(await repository.hasCommit('f'.repeat(40))).toBe(false);
});

test('reads both parents of a merge in a clone of depth 1', async () => {
  const origin = createRepository();
  commitFiles(origin, { a: '1' });
  git(origin, 'checkout', '--quiet', '-b', 'feature');
  const head = commitFiles(origin, { b: '1' });
  git(origin, 'checkout', '--quiet', 'main');
  const base = commitFiles(origin, { c: '1' });
  git(origin, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'feature');
  const clone = join(temporaryDirectory(), 'clone');
  git(origin, 'clone', '--quiet', '--depth=1', `file://${origin}`, clone);

  const repository = await openRepository(clone, gitContext());
  expect(await repository.isShallow()).toBe(true);
  expect(await repository.parentsOf(await repository.headCommit())).toEqual([base, head]);
  expect(await repository.resolveCommit('HEAD^1')).toBeNull();
});

test('lists regular files only, whatever their names', async () => {
  const directory = createRepository();
  symlinkSync('/etc/passwd', join(directory, 'link'));
  const sha = commitFiles(directory, { 'src/ä "quoted".c': 'x', 'new\nline': 'y', __proto__x: 'z' });
  const repository = await openRepository(directory, gitContext());
  const files = await repository.listTrackedFiles(sha);
  expect([...files.keys()].sort()).toEqual(['__proto__x', 'new\nline', 'src/ä "quoted".c']);
});

test('reads a file as committed, but no link, no folder, and nothing over the cap', async () => {
  const directory = createRepository();
  symlinkSync('/etc/passwd', join(directory, 'link'));
  const sha = commitFiles(directory, { 'src/a.c': 'int a;\n', '*': 'star', big: 'x'.repeat(1000) });
  writeFileSync(join(directory, 'src/a.c'), 'changed since');
  const repository = await openRepository(directory, gitContext());
  const read = async (path: string) => {
    const bytes = await repository.readFileAt(sha, path, 999);
    return bytes === null ? null : new TextDecoder().decode(bytes);
  };
  expect(await read('src/a.c')).toBe('int a;\n');
  expect(await read('*')).toBe('star');
  for (const path of ['link', 'src', 'big', 'missing', '../etc/passwd']) expect(await read(path)).toBeNull();
});

test('reads many blobs at once', async () => {
  const directory = createRepository();
  const sha = commitFiles(directory, { a: 'one\n', b: '', c: 'thr\0ee' });
  const repository = await openRepository(directory, gitContext());
  const files = await repository.listTrackedFiles(sha);
  const blobs = await repository.readBlobs([...files.values(), 'f'.repeat(40)], 100);
  expect([...files].map(([, id]) => Buffer.from(blobs.get(id)!).toString())).toEqual([
    'one\n',
    '',
    'thr\0ee',
  ]);
});

describe('the merge base with the default branch', () => {
  test('is where a branch left main', async () => {
    const directory = createRepository();
    const base = commitFiles(directory, { a: '1' });
    git(directory, 'checkout', '--quiet', '-b', 'feature');
    commitFiles(directory, { b: '1' });
    const repository = await openRepository(directory, gitContext());
    expect(await repository.defaultBranchMergeBase()).toEqual({ sha: base, branch: 'main' });
  });

  test("goes by the remote's branch before the local one", async () => {
    const origin = createRepository();
    const base = commitFiles(origin, { a: '1' });
    git(origin, 'branch', '-m', 'trunk');
    const clone = join(temporaryDirectory(), 'clone');
    git(origin, 'clone', '--quiet', `file://${origin}`, clone);
    commitFiles(clone, { b: '1' });
    const repository = await openRepository(clone, gitContext());
    expect(await repository.defaultBranchMergeBase()).toEqual({ sha: base, branch: 'origin/trunk' });
  });

  test('is asked for when nothing says what the default branch is', async () => {
    const directory = createRepository();
    commitFiles(directory, { a: '1' });
    const repository = await openRepository(directory, gitContext());
    await expect(repository.defaultBranchMergeBase()).rejects.toThrow(
      /No default branch to compare with.*--base/,
    );
  });

  test('is asked for when histories have nothing in common', async () => {
    const directory = createRepository();
    commitFiles(directory, { a: '1' });
    git(directory, 'checkout', '--quiet', '--orphan', 'other');
    commitFiles(directory, { b: '1' });
    const repository = await openRepository(directory, gitContext());
    await expect(repository.defaultBranchMergeBase()).rejects.toThrow(/no common ancestor/);
  });
});

test('T09: runs nothing that the configuration of a repository asks for', async () => {
  const directory = createRepository();
  const base = commitFiles(directory, { 'a.c': 'one\n', '.gitattributes': '*.c filter=evil diff=evil\n' });
  const head = commitFiles(directory, { 'a.c': 'two\n' });
  const marker = join(directory, 'ran');
  writeFileSync(join(directory, 'evil.sh'), `#!/bin/sh\ntouch ${marker}\ncat\n`, { mode: 0o755 });
  const evil = join(directory, 'evil.sh');
  for (const key of [
    'core.fsmonitor',
    'core.pager',
    'diff.external',
    'diff.evil.textconv',
    'filter.evil.smudge',
    'filter.evil.clean',
    'core.sshCommand',
    'credential.helper',
  ]) {
    git(directory, 'config', key, evil);
  }
  const repository = await openRepository(directory, gitContext());
  await repository.resolveCommit('HEAD');
  await repository.compareLines(base, head);
  await repository.readFileAt(head, 'a.c', 100);
  await repository.listTrackedFiles(head);
  await repository.mergeBase(base, head);
  expect(existsSync(marker)).toBe(false);
});

test.runIf(process.getuid?.() === 0)('reads a repository of another user, as in container jobs', async () => {
  const directory = createRepository();
  const sha = commitFiles(directory, { a: '1' });
  for (const path of [directory, ...readdirSync(directory, { recursive: true, encoding: 'utf8' })]) {
    chownSync(join(directory, path.replace(directory, '')), 65534, 65534);
  }
  const repository = await openRepository(directory, gitContext());
  expect(await repository.headCommit()).toBe(sha);
});
