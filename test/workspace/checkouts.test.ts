import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { type CheckoutOptions, type Checkouts, prepareCheckouts } from '../../src/workspace/checkouts.ts';
import { openRepository } from '../../src/workspace/repository.ts';
import { listRepositoryFiles } from '../../src/workspace/repository-files.ts';
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

const ANONYMOUS = { token: null, serverUrl: 'https://github.com' };

/** An origin with a test merge of a feature into main, as GitHub makes one, and a clone of depth 1 of it. */
function cloneOfTestMerge() {
  const origin = createRepository();
  commitFiles(origin, { program: 'old', old: 'o' });
  git(origin, 'checkout', '--quiet', '-b', 'feature');
  const featureHead = commitFiles(origin, { program: 'new' });
  git(origin, 'checkout', '--quiet', 'main');
  const base = commitFiles(origin, { unrelated: 'u' });
  git(origin, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'feature');
  const merge = git(origin, 'rev-parse', 'HEAD');
  const clone = join(temporaryDirectory(), 'workspace');
  git(origin, 'clone', '--quiet', '--depth=1', `file://${origin}`, clone);
  return { origin, clone, base, merge, featureHead };
}

/** A repository with two commits, the second one checked out. */
function twoCommits(base: Record<string, string>, head: Record<string, string>) {
  const directory = createRepository();
  return { directory, base: commitFiles(directory, base), head: commitFiles(directory, head) };
}

/** Checkouts of a workspace's commits, in a directory of their own and without a remote unless something else is said. */
async function checkOut(
  workspace: string,
  commits: CheckoutOptions['commits'],
  more: Partial<CheckoutOptions> = {},
): Promise<Checkouts> {
  const repository = await openRepository(workspace, gitContext());
  return prepareCheckouts({ repository, commits, directory: temporaryDirectory(), fetch: null, ...more });
}

const read = (...path: string[]) => readFileSync(join(...path), 'utf8');

test('puts both sides of a test merge at the same path, from a clone of depth 1', async () => {
  const { clone, base, merge } = cloneOfTestMerge();
  const before = fingerprint(clone);
  const directory = temporaryDirectory();
  const repository = await openRepository(clone, gitContext());
  const checkouts = await prepareCheckouts({
    repository,
    commits: { base, head: merge },
    directory,
    fetch: ANONYMOUS,
  });
  expect(checkouts.baseFailure).toBeNull();

  const basePath = await checkouts.place('base');
  expect(basePath).toBe(join(directory, 'checkout'));
  expect(read(basePath, 'program')).toBe('old');
  expect(git(basePath, 'rev-parse', 'HEAD')).toBe(base);
  expect(git(basePath, 'status', '--porcelain')).toBe('');

  expect(await checkouts.place('head')).toBe(basePath);
  expect(read(basePath, 'program')).toBe('new');
  expect(git(basePath, 'rev-parse', 'HEAD')).toBe(merge);
  expect(git(basePath, 'fsck', '--no-dangling')).toBe('');

  expect((await repository.compareLines(base, merge)).isChangedLine('program', 1)).toBe(true);
  expect(fingerprint(clone)).toEqual(before);
  await checkouts[Symbol.asyncDispose]();
  expect(readdirSync(directory)).toEqual([]);
});

test('takes the working tree for head', async () => {
  const { directory, head } = twoCommits({ a: '1' }, { a: '2' });
  writeFiles(directory, { a: '3', b: 'untracked' });
  const own = temporaryDirectory();
  const repository = await openRepository(directory, gitContext());
  const commit = await commitWorkingTree(repository, own, 'memtrack-report');
  const checkouts = await prepareCheckouts({
    repository,
    commits: { base: head, head: commit.sha },
    directory: own,
    fetch: null,
  });
  const path = await checkouts.place('base');
  expect([read(path, 'a'), existsSync(join(path, 'b'))]).toEqual(['2', false]);
  await checkouts.place('head');
  expect([read(path, 'a'), read(path, 'b')]).toEqual(['3', 'untracked']);
});

test('carries tags, so that builds can describe themselves', async () => {
  const directory = createRepository();
  const base = commitFiles(directory, { a: '1' });
  git(directory, 'tag', '-a', 'v1.0', '-m', 'one');
  const head = commitFiles(directory, { a: '2' });
  const checkouts = await checkOut(directory, { base, head });
  expect(git(await checkouts.place('base'), 'describe')).toBe('v1.0');
  expect(git(await checkouts.place('head'), 'describe')).toMatch(/^v1\.0-1-g/);
});

test('T09: brings along no hook, filter or setting of the workspace', async () => {
  const { directory, base, head } = twoCommits(
    { 'a.bin': '1', '.gitattributes': '*.bin filter=evil\n' },
    { 'a.bin': '2' },
  );
  const outside = temporaryDirectory();
  const marker = join(outside, 'ran');
  const evil = join(outside, 'evil.sh');
  writeFileSync(evil, `#!/bin/sh\ntouch ${marker}\ncat\n`, { mode: 0o755 });
  for (const key of [
    'filter.evil.smudge',
    'filter.evil.process',
    'core.fsmonitor',
    'core.alternateRefsCommand',
  ]) {
    git(directory, 'config', key, evil);
  }
  mkdirSync(join(directory, '.git/hooks'), { recursive: true });
  for (const hook of ['post-checkout', 'post-index-change', 'reference-transaction']) {
    writeFileSync(join(directory, '.git/hooks', hook), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
  }
  const checkouts = await checkOut(directory, { base, head });
  const path = await checkouts.place('base');
  expect(existsSync(join(path, '.git/hooks'))).toBe(false);
  expect(git(path, 'config', '--list', '--local')).not.toContain('evil');

  // What the base's build plants in its clone is gone with it.
  mkdirSync(join(path, '.git/hooks'));
  writeFileSync(join(path, '.git/hooks/post-checkout'), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
  git(path, 'config', 'core.fsmonitor', evil);
  await checkouts.place('head');
  expect(git(path, 'config', '--list', '--local')).not.toContain('evil');
  expect(existsSync(join(path, '.git/hooks'))).toBe(false);
  expect(existsSync(marker)).toBe(false);
});

test('removes what a build made unwritable', async () => {
  const { directory, base, head } = twoCommits({ a: '1' }, { a: '2' });
  const own = temporaryDirectory();
  const checkouts = await checkOut(directory, { base, head }, { directory: own });
  const path = await checkouts.place('base');
  writeFiles(path, { 'cache/deep/file': 'x' });
  chmodSync(join(path, 'cache/deep'), 0o500);
  chmodSync(join(path, 'cache'), 0o500);
  await checkouts.place('head');
  expect(readdirSync(own).sort()).toEqual(['checkout', 'stores']);
});

test('starts afresh where an earlier run left something behind', async () => {
  const { directory, head } = twoCommits({ a: '1' }, { a: '2' });
  const own = temporaryDirectory();
  writeFiles(own, { 'checkout/stale': 's', 'head/stale': 's' });
  const target = temporaryDirectory();
  writeFiles(target, { precious: 'p' });
  symlinkSync(target, join(own, 'base'));
  const checkouts = await checkOut(directory, { base: null, head }, { directory: own });
  const path = await checkouts.place('head');
  expect(readdirSync(path).sort()).toEqual(['.git', 'a']);
  expect(read(target, 'precious')).toBe('p');
});

test('T10: refuses a directory that is a link to another place', async () => {
  const { directory, head } = twoCommits({ a: '1' }, { a: '2' });
  const link = join(temporaryDirectory(), 'link');
  symlinkSync(temporaryDirectory(), link);
  const prepared = checkOut(directory, { base: null, head }, { directory: link });
  await expect(prepared).rejects.toThrow(/is not a directory of its own but a link/);
});

describe('a commit that cannot be had', () => {
  test('fails the base alone, and says what to do', async () => {
    const { clone, merge } = cloneOfTestMerge();
    const checkouts = await checkOut(clone, { base: 'd'.repeat(40), head: merge }, { fetch: ANONYMOUS });
    expect(checkouts.baseFailure).toBeInstanceOf(UserError);
    expect(checkouts.baseFailure!.message).toMatch(
      /dddddddddddd .*could not be fetched from file:.*fetch-depth: 0/,
    );
    await expect(checkouts.place('base')).rejects.toBe(checkouts.baseFailure);
    expect(read(await checkouts.place('head'), 'program')).toBe('new');
  });

  test('fails everything when it is head', async () => {
    const { directory, base } = twoCommits({ a: '1' }, { a: '2' });
    const repository = await openRepository(directory, gitContext());
    const own = temporaryDirectory();
    const prepared = (fetch: typeof ANONYMOUS | null) =>
      prepareCheckouts({ repository, commits: { base, head: 'd'.repeat(40) }, directory: own, fetch });
    await expect(prepared(ANONYMOUS)).rejects.toThrow(/has no remote to fetch it from/);
    await expect(prepared(null)).rejects.toThrow(/Fetch it first: `git fetch origin dddd/);
  });
});

test('fetches whole commits for a clone that leaves out files', async () => {
  const { origin, base, merge } = cloneOfTestMerge();
  git(origin, 'config', 'uploadpack.allowFilter', 'true');
  const clone = join(temporaryDirectory(), 'partial');
  git(origin, 'clone', '--quiet', '--filter=blob:none', `file://${origin}`, clone);
  const before = fingerprint(clone);
  const checkouts = await checkOut(clone, { base, head: merge }, { fetch: ANONYMOUS });
  expect(read(await checkouts.place('base'), 'program')).toBe('old');
  expect(read(await checkouts.place('head'), 'program')).toBe('new');
  expect(fingerprint(clone)).toEqual(before);
});

describe('T10: links in a commit', () => {
  test('stay links, and lead nobody out when files are read', async () => {
    const directory = createRepository();
    symlinkSync('/etc/passwd', join(directory, 'x.c'));
    symlinkSync('/', join(directory, 'out'));
    const head = commitFiles(directory, { 'main.c': 'int main() {}\n' });
    const repository = await openRepository(directory, gitContext());
    const own = temporaryDirectory();
    const checkouts = await prepareCheckouts({
      repository,
      commits: { base: null, head },
      directory: own,
      fetch: null,
    });
    const path = await checkouts.place('head');
    expect(lstatSync(join(path, 'out')).isSymbolicLink()).toBe(true);
    const files = await listRepositoryFiles({
      repository,
      sha: head,
      checkoutDirectory: checkouts.path,
      workingDirectory: '.',
    });
    expect(files.candidatesOf(join(path, 'main.c'))).toEqual({ paths: ['main.c'], isCertain: true });
    for (const name of ['x.c', 'out/etc/passwd', '/etc/passwd', 'out/main.c', 'main.c\0', '', '/main.c']) {
      expect(files.candidatesOf(name).paths).toEqual([]);
    }
    expect([...(await files.readTexts(['main.c', 'x.c']))]).toEqual([['main.c', 'int main() {}\n']]);
  });

  test('lead to no repository that another commit has a submodule for', async () => {
    const outside = temporaryDirectory();
    const secret = join(outside, 'lib');
    mkdirSync(secret);
    git(secret, 'init', '--quiet');
    const secretCommit = commitFiles(secret, { secret: 'of another project' });
    const directory = createRepository();
    commitFiles(directory, { a: '1' });
    git(directory, 'update-index', '--add', '--cacheinfo', `160000,${secretCommit},deps/lib`);
    git(directory, 'commit', '--quiet', '--message', 'Submodule');
    const base = git(directory, 'rev-parse', 'HEAD');
    git(directory, 'rm', '--quiet', '--cached', 'deps/lib');
    const head = commitFiles(directory, { deps: { linkTo: outside } });
    const repository = await openRepository(directory, gitContext());
    const commits = { base, head };
    const own = temporaryDirectory();
    const checkouts = await prepareCheckouts({ repository, commits, directory: own, fetch: null });
    expect(existsSync(join(await checkouts.place('base'), 'deps', 'lib', 'secret'))).toBe(false);
  });

  test('are not written through by what is reused', async () => {
    const { directory, head } = twoCommits({ a: '1' }, { a: '2' });
    const outside = temporaryDirectory();
    symlinkSync(outside, join(directory, 'target'));
    const linked = commitFiles(directory, {});
    git(directory, 'checkout', '--quiet', head);
    writeFiles(directory, { 'target/cache': 'c' });
    const checkouts = await checkOut(directory, { base: linked, head }, { reusePaths: ['target'] });
    expect(checkouts.baseFailure?.message).toMatch(/"target" is a symbolic link in the commit/);
    expect(readdirSync(outside)).toEqual([]);
    expect(read(await checkouts.place('head'), 'target/cache')).toBe('c');
  });
});

describe('reused paths', () => {
  test('reach both sides with their times, next to the files of the commit', async () => {
    const { directory, base, head } = twoCommits({ 'build/Makefile': 'old' }, { 'build/Makefile': 'new' });
    writeFiles(directory, { 'build/deps/lib.o': 'object' });
    symlinkSync('lib.o', join(directory, 'build/deps/link.o'));
    utimesSync(join(directory, 'build/deps/lib.o'), 1e9, 1e9);
    const checkouts = await checkOut(directory, { base, head }, { reusePaths: ['build/', 'node_modules'] });
    expect(checkouts.notes).toEqual([
      'reuse-paths: "node_modules" is not in the workspace; built without it.',
    ]);
    for (const [side, makefile] of [['base', 'old'] as const, ['head', 'new'] as const]) {
      const path = await checkouts.place(side);
      expect(read(path, 'build/Makefile')).toBe(makefile);
      expect(read(path, 'build/deps/link.o')).toBe('object');
      expect(statSync(join(path, 'build/deps/lib.o')).mtimeMs).toBe(1e12);
      writeFiles(path, { 'build/deps/lib.o': 'rebuilt' });
    }
    expect(read(directory, 'build/deps/lib.o')).toBe('object');
  });

  test('are refused when they lead elsewhere', async () => {
    const { directory, head } = twoCommits({ a: '1' }, { a: '2' });
    const repository = await openRepository(directory, gitContext());
    const own = temporaryDirectory();
    for (const path of ['../other', '/etc', '.', '', '.git', 'a/../..', 'a\0b', 'sub/.git/hooks']) {
      const options = {
        repository,
        commits: { base: null, head },
        directory: own,
        fetch: null,
        reusePaths: [path],
      };
      await expect(prepareCheckouts(options)).rejects.toThrow(/^reuse-paths: .* is not accepted/);
    }
  });

  test('are not taken from outside of the workspace', async () => {
    const { directory, head } = twoCommits({ a: '1' }, { a: '2' });
    symlinkSync('/etc', join(directory, 'target'));
    const repository = await openRepository(directory, gitContext());
    const own = temporaryDirectory();
    const options = {
      repository,
      commits: { base: null, head },
      directory: own,
      fetch: null,
      reusePaths: ['target'],
    };
    await expect(prepareCheckouts(options)).rejects.toThrow(/is a link to \/etc, outside of the workspace/);
  });
});

describe('submodules', () => {
  function withSubmodule() {
    const library = createRepository();
    const old = commitFiles(library, { 'lib.c': 'old' });
    const directory = createRepository();
    git(directory, 'submodule', '--quiet', 'add', `file://${library}`, 'vendor/lib');
    const base = commitFiles(directory, { a: '1' });
    commitFiles(library, { 'lib.c': 'new' });
    git(join(directory, 'vendor/lib'), 'pull', '--quiet');
    const head = commitFiles(directory, { a: '2' });
    return { library, directory, base, head, old };
  }

  test('are filled from the clones that the workspace has of them', async () => {
    const { library, directory, base, head } = withSubmodule();
    git(library, 'update-ref', '-d', 'refs/heads/main');
    const checkouts = await checkOut(directory, { base, head });
    expect(checkouts.notes).toEqual([]);
    expect(read(await checkouts.place('base'), 'vendor/lib/lib.c')).toBe('old');
    const path = await checkouts.place('head');
    expect(read(path, 'vendor/lib/lib.c')).toBe('new');
    expect(git(path, 'status', '--porcelain')).toBe('');
  });

  test('are fetched when the workspace has another commit of them, else left empty with a note', async () => {
    const { directory, base, head } = withSubmodule();
    const workspace = join(temporaryDirectory(), 'workspace');
    git(directory, 'clone', '--quiet', `file://${directory}`, workspace);
    git(workspace, 'submodule', '--quiet', 'update', '--init', '--depth=1');
    const prepare = async (fetch: typeof ANONYMOUS | null) =>
      prepareCheckouts({
        repository: await openRepository(workspace, gitContext()),
        commits: { base, head },
        directory: temporaryDirectory(),
        fetch,
      });
    const fetched = await prepare(ANONYMOUS);
    expect(read(await fetched.place('base'), 'vendor/lib/lib.c')).toBe('old');
    const local = await prepare(null);
    expect(local.notes).toEqual([
      expect.stringMatching(/^base: submodule vendor\/lib is left empty: Commit /),
    ]);
    expect(readdirSync(join(await local.place('base'), 'vendor/lib'))).toEqual([]);
  });

  test('stay empty when they are empty in the workspace', async () => {
    const { directory, base, head } = withSubmodule();
    const workspace = join(temporaryDirectory(), 'workspace');
    git(directory, 'clone', '--quiet', `file://${directory}`, workspace);
    const checkouts = await prepareCheckouts({
      repository: await openRepository(workspace, gitContext()),
      commits: { base, head },
      directory: temporaryDirectory(),
      fetch: null,
    });
    expect(readdirSync(join(await checkouts.place('head'), 'vendor/lib'))).toEqual([]);
    expect(checkouts.notes).toEqual([]);
  });
});

test('fills in LFS files that the workspace has, and counts those it has not', async () => {
  const pointer = (text: string) =>
    `version https://git-lfs.github.com/spec/v1\noid sha256:${digest(text)}\nsize ${text.length}\n`;
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  const attributes = '*.bin filter=lfs diff=lfs merge=lfs -text\n';
  const { directory, base, head } = twoCommits(
    { 'data/.gitattributes': attributes, 'data/a.bin': pointer('old contents') },
    { 'data/a.bin': pointer('new contents') },
  );
  const id = digest('new contents');
  writeFiles(directory, { [`.git/lfs/objects/${id.slice(0, 2)}/${id.slice(2, 4)}/${id}`]: 'new contents' });
  const checkouts = await checkOut(directory, { base, head });
  expect(checkouts.notes).toEqual([
    expect.stringMatching(/^base: 1 Git LFS file \(data\/a\.bin\) stayed pointers/),
  ]);
  expect(read(await checkouts.place('base'), 'data/a.bin')).toContain('git-lfs.github.com/spec');
  expect(read(await checkouts.place('head'), 'data/a.bin')).toBe('new contents');
});
