import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { createGitHubClient } from '../../src/github/client.ts';
import { readRepositoryFile } from '../../src/github/repository-file.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { type GitHubApiServer, startGitHubApiServer } from '../github/github-api-server.ts';

const CONFIG = 'build: make\n# größer als 🦀\n';

const start = () =>
  startGitHubApiServer({
    branches: {
      main: {
        '.github/memtrack.yml': CONFIG,
        '.github/a b%2F#?.yml': 'odd',
        'link.yml': { symlinkTo: '.github/memtrack.yml' },
        outside: { symlinkTo: '/etc/passwd' },
        module: { submodule: 'c'.repeat(40) },
        'large.yml': 'x'.repeat(2000),
        'huge.yml': 'x'.repeat(1_100_000),
        latin1: Uint8Array.from([0x67, 0xf6, 0x0a]),
      },
      'v1/next': { '.github/memtrack.yml': 'other' },
    },
  });

function read(server: GitHubApiServer, path: string, ref = 'main', maxBytes = 1000) {
  const client = createGitHubClient({
    token: 'ghs_token',
    apiUrl: server.url,
    log: SILENT_LOG,
    signal: new AbortController().signal,
  });
  return readRepositoryFile({ client, owner: 'octo-org', repository: 'octo-repo', path, ref, maxBytes });
}

test('reads a file of a branch', async () => {
  await using server = await start();
  expect(await read(server, '.github/memtrack.yml')).toBe(CONFIG);
  expect(await read(server, '.github/memtrack.yml', 'v1/next')).toBe('other');
  expect(await read(server, '.github/a b%2F#?.yml')).toBe('odd');
  expect(server.requests).toHaveLength(3);
  expect(server.violations).toEqual([]);
});

test('has nothing where there is no such file', async () => {
  await using server = await start();
  expect(await read(server, '.github/other.yml')).toBeNull();
  expect(server.violations).toEqual([]);
});

test('does not take the file for missing, and its limits for none, where the commit is gone', async () => {
  await using server = await start();
  const gone = read(server, '.github/memtrack.yml', 'gone');
  await expect(gone).rejects.toThrow(
    /"\.github\/memtrack\.yml" could not be read: GitHub does not know "gone"/,
  );
  await expect(gone).rejects.toBeInstanceOf(UserError);
  expect(server.violations).toEqual([]);
});

test.each([
  ['.github', /^"\.github" at "main" is a directory: a file is needed/],
  ['module', /is a submodule/],
  ['outside', /is a symlink/],
  ['large.yml', /has 2000 bytes: at most 1000 are accepted/],
  ['huge.yml', /has 1100000 bytes: at most 1000/],
  ['latin1', /is not text in UTF-8/],
])('refuses %s', async (path, message) => {
  await using server = await start();
  await expect(read(server, path)).rejects.toThrow(message);
  await expect(read(server, path)).rejects.toBeInstanceOf(UserError);
  expect(server.violations).toEqual([]);
});

test('refuses a file that GitHub hands out without content', async () => {
  await using server = await start();
  await expect(read(server, 'huge.yml', 'main', 2_000_000)).rejects.toThrow(/no content/);
});

test('follows a link to another file of the repository, as GitHub does', async () => {
  await using server = await start();
  expect(await read(server, 'link.yml')).toBe(CONFIG);
});

test('names the permission when GitHub refuses', async () => {
  await using server = await start();
  const body = { message: 'Resource not accessible by integration' };
  server.injectFault({ match: /contents/, status: 403, body, times: 2 });
  await expect(read(server, 'x')).rejects.toThrow(/"x" could not be read: .*`contents: read`/);
});
