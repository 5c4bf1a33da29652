import { expect, test } from 'vitest';
import { readChangedLines } from '../../src/github/changed-lines.ts';
import { createGitHubClient } from '../../src/github/client.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { openRepository } from '../../src/workspace/repository.ts';
import { type GitHubApiServer, startGitHubApiServer } from '../github/github-api-server.ts';
import type { ComparisonSeed } from '../github/repository-state.ts';
import { commitFiles, createRepository, git, gitContext } from '../workspace/git-repositories.ts';

const BASE = 'a'.repeat(40);
const HEAD = 'b'.repeat(40);

function start(files: NonNullable<ComparisonSeed['files']>, mergeBaseSha = BASE) {
  return startGitHubApiServer({ comparisons: { [`${BASE}...${HEAD}`]: { mergeBaseSha, files } } });
}

function read(server: GitHubApiServer, lines: string[] = []) {
  const log = { ...SILENT_LOG, debug: (line: string) => void lines.push(line) };
  const { signal } = new AbortController();
  const client = createGitHubClient({ token: 'ghs_token', apiUrl: server.url, log, signal });
  const options = { owner: 'octo-org', repository: 'octo-repo', baseSha: BASE, headSha: HEAD };
  return readChangedLines({ client, ...options });
}

/** What GitHub lists of two commits: git's own patches, three lines around each change, without their headers. */
function filesBetween(directory: string, base: string, head: string): NonNullable<ComparisonSeed['files']> {
  const patch = git(directory, '-c', 'core.quotePath=false', 'diff', '-M', base, head);
  return `${patch}\n`
    .split(/^diff --git /m)
    .slice(1)
    .map((text) => {
      const header = text.slice(0, text.search(/^@@ |$(?![\s\S])/m));
      const found = (pattern: RegExp) => pattern.exec(header)?.[1];
      const from = found(/^rename from (.*)$/m);
      const to = found(/^rename to (.*)$/m) ?? found(/^\+\+\+ b\/(.*?)\t?$/m) ?? found(/^--- a\/(.*?)\t?$/m)!;
      const status = from ? 'renamed' : /^new file/m.test(header) ? 'added' : 'modified';
      return {
        filename: to,
        status: /^deleted file/m.test(header) ? 'removed' : status,
        ...(from === undefined ? {} : { previousFilename: from }),
        patch: text.slice(header.length),
      };
    });
}

test('says the same as git, whatever changed', async () => {
  const directory = createRepository();
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const original = Array.from({ length: 120 }, (_, i) => `line ${i}`);
  const edited = original.flatMap((line) => {
    const choice = random(12);
    if (choice === 0) return [];
    if (choice === 1) return [line.toUpperCase()];
    return choice === 2 ? [line, '@@ -1,9 +1,9 @@', '-- a/f', '++ b/f'] : [line];
  });
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  const kept = text(Array.from({ length: 40 }, (_, i) => `kept ${i}`));
  const base = commitFiles(directory, {
    f: text(original),
    'old name': `${kept}end`,
    gone: 'a\nb\n',
    same: 'x\n',
  });
  git(directory, 'rm', '--quiet', 'gone', 'old name');
  const head = commitFiles(directory, { f: text(edited), 'new name': `first\n${kept}End\n`, new: 'n\n' });
  const expected = await (await openRepository(directory, gitContext())).compareLines(base, head);

  const files = filesBetween(directory, base, head);
  expect(files.map(({ status }) => status).sort()).toEqual(['added', 'modified', 'removed', 'renamed']);
  await using server = await start(files);
  const lines = (await read(server))!;
  expect([...lines.changedPaths].sort()).toEqual([...expected.changedPaths].sort());
  for (const path of ['f', 'old name', 'new name', 'gone', 'new', 'same']) {
    for (let line = 1; line <= 170; line++) {
      expect([path, line, lines.headPosition(path, line)]).toEqual([
        path,
        line,
        expected.headPosition(path, line),
      ]);
      expect([path, line, lines.isChangedLine(path, line)]).toEqual([
        path,
        line,
        expected.isChangedLine(path, line),
      ]);
    }
  }
  expect(server.requests).toHaveLength(1);
  expect(server.violations).toEqual([]);
});

test('takes no line for changed in files whose patch GitHub leaves out', async () => {
  await using server = await start([
    { filename: 'large.c' },
    { filename: 'new.bin', status: 'added' },
    { filename: 'moved.c', previousFilename: 'was.c', status: 'renamed' },
    { filename: 'gone.c', status: 'removed' },
    { filename: 'copy.c', previousFilename: 'original.c', status: 'copied' },
  ]);
  const lines = (await read(server))!;
  for (const path of ['large.c', 'new.bin', 'moved.c']) expect(lines.isChangedLine(path, 3)).toBe(false);
  expect(lines.headPosition('large.c', 3)).toEqual({ path: 'large.c', line: 3 });
  expect(lines.headPosition('was.c', 3)).toEqual({ path: 'moved.c', line: 3 });
  expect(lines.headPosition('gone.c', 3)).toBeNull();
  expect(lines.headPosition('original.c', 3)).toEqual({ path: 'original.c', line: 3 });
});

test('survives patches that are none', async () => {
  const patches = [
    '',
    '@@',
    '@@ -1 +1 @@',
    '@@ -0,0 +1,999999999 @@\n+x',
    '@@ -9,3 +2,1 @@\n-a\n@@ -1,1 +1,1 @@\n-x\n+y',
    '@@ -99999999999 +1 @@\n+x\n',
    '\0'.repeat(9),
    '\\ No newline\n'.repeat(5),
  ];
  await using server = await start(
    [...patches.entries()].map(([i, patch]) => ({ filename: `__proto__/${i}`, patch })),
  );
  const lines = (await read(server))!;
  for (const [i] of patches.entries()) {
    for (const line of [0, 1, 2, 9, 1e9]) {
      expect(typeof lines.isChangedLine(`__proto__/${i}`, line)).toBe('boolean');
      lines.headPosition(`__proto__/${i}`, line);
    }
  }
  expect(lines.isChangedLine('__proto__/3', 1)).toBe(true);
  expect(lines.isChangedLine('__proto__/3', 2)).toBe(false);
});

test('says of a test merge what is true of it, and nothing of files that both sides changed', async () => {
  const directory = createRepository();
  const text = (...changed: number[]) =>
    Array.from({ length: 30 }, (_, i) => `${changed.includes(i + 1) ? 'CHANGED' : 'line'} ${i}\n`).join('');
  const forkPoint = commitFiles(directory, { both: text(), theirs: text(), ours: text(), moved: text(1) });
  git(directory, 'checkout', '--quiet', '-b', 'feature');
  git(directory, 'mv', 'moved', 'renamed');
  const head = commitFiles(directory, { both: text(20), ours: text(20) });
  git(directory, 'checkout', '--quiet', 'main');
  const tip = commitFiles(directory, { both: `new\n${text()}`, theirs: text(9), moved: text(1, 2) });
  git(directory, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'feature');
  const merge = git(directory, 'rev-parse', 'HEAD');
  const expected = await (await openRepository(directory, gitContext())).compareLines(tip, merge);

  await using server = await startGitHubApiServer({
    comparisons: {
      [`${BASE}...${HEAD}`]: { mergeBaseSha: forkPoint, files: filesBetween(directory, forkPoint, head) },
      [`${forkPoint}...${BASE}`]: {
        mergeBaseSha: forkPoint,
        files: filesBetween(directory, forkPoint, tip),
      },
    },
  });
  const lines = (await read(server))!;
  expect([...lines.changedPaths]).toEqual(['ours']);
  for (const path of ['ours', 'theirs']) {
    for (let line = 1; line <= 31; line++) {
      expect(lines.isChangedLine(path, line)).toBe(expected.isChangedLine(path, line));
      expect(lines.headPosition(path, line)).toEqual(expected.headPosition(path, line));
    }
  }
  expect([expected.isChangedLine('both', 21), lines.isChangedLine('both', 21)]).toEqual([true, false]);
  expect(server.requests).toHaveLength(2);
  expect(server.violations).toEqual([]);
});

test('is null, with a line in the log, when GitHub refuses or base has gone too far', async () => {
  const log: string[] = [];
  const mergeBaseSha = 'c'.repeat(40);
  await using server = await start([], mergeBaseSha);
  server.addComparison(`${mergeBaseSha}...${BASE}`, {
    mergeBaseSha,
    files: Array.from({ length: 300 }, (_, i) => ({ filename: `f${i}` })),
  });
  expect(await read(server, log)).toBeNull();
  expect(log.join('\n')).toMatch(/Lines of base are not followed to head: base has changed 300 files/);
  server.injectFault({
    match: /compare/,
    status: 403,
    body: { message: 'Resource not accessible by integration' },
  });
  expect(await read(server, log)).toBeNull();
  expect(log.join('\n')).toContain('`contents: read`');
  expect(server.violations).toEqual([]);
});

test('says when there are more files than GitHub lists', async () => {
  const log: string[] = [];
  await using server = await start(Array.from({ length: 300 }, (_, i) => ({ filename: `f${i}` })));
  expect((await read(server, log))!.changedPaths.size).toBe(300);
  expect(log.join('\n')).toContain('300 changed files at most');
});
