import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepository, type Repository } from '../../src/workspace/repository.ts';
import { commitWorkingTree } from '../../src/workspace/working-tree.ts';
import {
  commitFiles,
  createRepository,
  fingerprint,
  git,
  gitContext,
  temporaryDirectory,
  writeFiles,
} from './git-repositories.ts';

/** Where no report was written. */
const REPORTS = 'no-such-folder/memtrack-report';

async function filesOf(repository: Repository, sha: string): Promise<Record<string, string>> {
  const files = await repository.listTrackedFiles(sha);
  const blobs = await repository.readBlobs([...files.values()], 1000);
  return Object.fromEntries([...files].map(([path, id]) => [path, Buffer.from(blobs.get(id)!).toString()]));
}

test('commits staged, unstaged, untracked and removed files, but no ignored ones', async () => {
  const directory = createRepository();
  const head = commitFiles(directory, {
    kept: '1',
    changed: '1',
    removed: '1',
    staged: '1',
    '.gitignore': 'built\n',
  });
  writeFiles(directory, { changed: '2', staged: '2', 'new/file': 'n', built: 'b' });
  git(directory, 'add', 'staged');
  git(directory, 'rm', '--quiet', 'removed');
  writeFiles(directory, { '.git/info/exclude': 'private\n', private: 'p' });

  const repository = await openRepository(directory, gitContext());
  const commit = await commitWorkingTree(repository, temporaryDirectory(), REPORTS);
  expect(commit.hasChanges).toBe(true);
  expect(await repository.parentsOf(commit.sha)).toEqual([head]);
  expect(await filesOf(repository, commit.sha)).toEqual({
    '.gitignore': 'built\n',
    changed: '2',
    kept: '1',
    'new/file': 'n',
    staged: '2',
  });
});

test('leaves out the report of the run before, but not what is tracked beside it', async () => {
  const directory = createRepository();
  commitFiles(directory, { a: '1', 'out/kept': '1' });
  writeFiles(directory, { a: '2', 'out/kept': '2', 'out/report.html': '<p>', 'output/new': 'n' });
  const repository = await openRepository(directory, gitContext());
  const commit = await commitWorkingTree(repository, temporaryDirectory(), join(directory, 'out'));
  expect(await filesOf(repository, commit.sha)).toEqual({ a: '2', 'out/kept': '2', 'output/new': 'n' });
});

test.each(['.', '..', 'not-there'])('takes every file where reports are written to %s', async (reports) => {
  const directory = createRepository();
  commitFiles(directory, { a: '1' });
  writeFiles(directory, { 'b/c': '2' });
  const repository = await openRepository(directory, gitContext());
  const commit = await commitWorkingTree(repository, temporaryDirectory(), join(directory, reports));
  expect(await filesOf(repository, commit.sha)).toEqual({ a: '1', 'b/c': '2' });
});

test('leaves every byte of the repository as it was', async () => {
  const directory = createRepository();
  commitFiles(directory, { a: '1', b: '1' });
  git(directory, 'update-index', '--split-index');
  writeFiles(directory, { stashed: 's' });
  git(directory, 'stash', '--include-untracked');
  writeFiles(directory, { a: '2', c: 'untracked' });
  git(directory, 'add', 'c');
  writeFiles(directory, { c: 'changed since staged' });
  const status = git(directory, 'status', '--porcelain');
  const before = fingerprint(directory);
  const indexTime = statSync(join(directory, '.git/index')).mtimeMs;

  const repository = await openRepository(directory, gitContext());
  await commitWorkingTree(repository, temporaryDirectory(), REPORTS);
  expect(fingerprint(directory)).toEqual(before);
  expect(statSync(join(directory, '.git/index')).mtimeMs).toBe(indexTime);
  expect(git(directory, 'status', '--porcelain')).toBe(status);
  expect(git(directory, 'stash', 'list')).toContain('stash@{0}');
  expect(git(directory, 'fsck', '--strict')).toBe('');
});

test('is HEAD itself when nothing was changed', async () => {
  const directory = createRepository();
  const head = commitFiles(directory, { a: '1' });
  const repository = await openRepository(directory, gitContext());
  expect(await commitWorkingTree(repository, temporaryDirectory(), REPORTS)).toEqual({
    sha: head,
    hasChanges: false,
  });
});

test('gives the same commit for the same files', async () => {
  const directory = createRepository();
  commitFiles(directory, { a: '1' });
  writeFiles(directory, { a: '2' });
  const repository = await openRepository(directory, gitContext());
  const first = await commitWorkingTree(repository, temporaryDirectory(), REPORTS);
  expect((await commitWorkingTree(repository, temporaryDirectory(), REPORTS)).sha).toBe(first.sha);
});

test('sees a change of the same size in the very moment of the last commit', async () => {
  const directory = createRepository();
  commitFiles(directory, { a: '1' });
  const { atime, mtime } = statSync(join(directory, 'a'));
  writeFileSync(join(directory, 'a'), '2');
  utimesSync(join(directory, 'a'), atime, mtime);
  utimesSync(join(directory, '.git/index'), atime, mtime);
  const repository = await openRepository(directory, gitContext());
  const commit = await commitWorkingTree(repository, temporaryDirectory(), REPORTS);
  expect(await filesOf(repository, commit.sha)).toEqual({ a: '2' });
});

test('T09: runs no filter, hook or monitor of the repository', async () => {
  const directory = createRepository();
  commitFiles(directory, { 'a.bin': '1', '.gitattributes': '*.bin filter=evil\n' });
  const outside = temporaryDirectory();
  const marker = join(outside, 'ran');
  const evil = join(outside, 'evil.sh');
  writeFileSync(evil, `#!/bin/sh\ntouch ${marker}\ncat\n`, { mode: 0o755 });
  for (const key of ['filter.evil.clean', 'filter.evil.process', 'core.fsmonitor'])
    git(directory, 'config', key, evil);
  mkdirSync(join(directory, '.git/hooks'), { recursive: true });
  for (const hook of ['pre-commit', 'post-commit', 'post-index-change', 'reference-transaction']) {
    writeFileSync(join(directory, '.git/hooks', hook), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
  }
  writeFiles(directory, { 'a.bin': '2', 'b.bin': '3' });
  const repository = await openRepository(directory, gitContext());
  const commit = await commitWorkingTree(repository, temporaryDirectory(), REPORTS);
  expect(commit.hasChanges).toBe(true);
  expect(existsSync(marker)).toBe(false);
});

test('leaves out another repository that lies in the working tree', async () => {
  const directory = createRepository();
  commitFiles(directory, { a: '1' });
  git(directory, 'init', '--quiet', 'nested');
  writeFiles(directory, { 'nested/inner': 'x', outer: 'y' });
  const repository = await openRepository(directory, gitContext());
  const commit = await commitWorkingTree(repository, temporaryDirectory(), REPORTS);
  expect(await filesOf(repository, commit.sha)).toEqual({ a: '1', outer: 'y' });
});

test('works from a linked worktree', async () => {
  const directory = createRepository();
  commitFiles(directory, { a: '1' });
  const linked = join(temporaryDirectory(), 'linked');
  git(directory, 'worktree', 'add', '--quiet', '-b', 'other', linked);
  writeFiles(linked, { b: '2' });
  const repository = await openRepository(linked, gitContext());
  const commit = await commitWorkingTree(repository, temporaryDirectory(), REPORTS);
  expect(await filesOf(repository, commit.sha)).toEqual({ a: '1', b: '2' });
});
