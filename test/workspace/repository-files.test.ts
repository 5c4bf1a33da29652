import { expect, test } from 'vitest';
import { openRepository } from '../../src/workspace/repository.ts';
import { listRepositoryFiles } from '../../src/workspace/repository-files.ts';
import { commitFiles, createRepository, gitContext } from './git-repositories.ts';

async function filesOf(paths: readonly string[]) {
  const directory = createRepository();
  const sha = commitFiles(directory, Object.fromEntries(paths.map((path) => [path, path])));
  return listRepositoryFiles({
    repository: await openRepository(directory, gitContext()),
    sha,
    checkoutDirectory: '/runner/checkout',
    workingDirectory: 'app',
  });
}

test('T13: an absolute name leads to one file for certain, or to none', async () => {
  const files = await filesOf(['src/a.c', 'app/src/a.c']);
  expect(files.candidatesOf('/runner/checkout/src/a.c')).toEqual({ paths: ['src/a.c'], isCertain: true });
  expect(files.candidatesOf('/runner/checkout/app/../src/a.c').paths).toEqual(['src/a.c']);
  for (const name of ['/usr/src/a.c', '/runner/checkout/b.c', '/src/a.c', '/runner/checkout']) {
    expect(files.candidatesOf(name)).toEqual({ paths: [], isCertain: false });
  }
});

test('a relative name may lead to every file whose path ends so, the likeliest first', async () => {
  const files = await filesOf(['app/src/a.c', 'vendor/dep/src/a.c', 'src/a.c', 'other/data.c']);
  expect(files.candidatesOf('src/a.c')).toEqual({
    paths: ['src/a.c', 'app/src/a.c', 'vendor/dep/src/a.c'],
    isCertain: false,
  });
  expect(files.candidatesOf('../src/a.c').paths[0]).toBe('src/a.c');
  expect(files.candidatesOf('../../dep/src/a.c').paths).toEqual(['vendor/dep/src/a.c']);
  expect(files.candidatesOf('a.c').paths).toHaveLength(3);
});

test('a name that fits very many files leads only where it is direct', async () => {
  const many = Array.from({ length: 20 }, (_, index) => `module${index}/main.c`);
  const files = await filesOf([...many, 'main.c']);
  expect(files.candidatesOf('main.c').paths).toEqual(['main.c']);
  expect(files.candidatesOf('module3/main.c').paths).toEqual(['module3/main.c']);
});
