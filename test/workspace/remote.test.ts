import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SILENT_LOG } from '../../src/log.ts';
import { fetchCommit, resolveRemoteName } from '../../src/workspace/remote.ts';
import { openRepository } from '../../src/workspace/repository.ts';
import { startGitHttpServer } from './git-http-server.ts';
import { commitFiles, fingerprint, git, gitContext, temporaryDirectory } from './git-repositories.ts';

const TOKEN = 'ghs_0123456789abcdefghij';
const BASIC = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');

/** A server with a repository of two commits, and a workspace that has the second one only. */
async function serverAndWorkspace() {
  const root = temporaryDirectory();
  const origin = join(root, 'owner/name.git');
  mkdirSync(origin, { recursive: true });
  git(origin, 'init', '--quiet');
  const base = commitFiles(origin, { a: '1' });
  git(origin, 'tag', '-a', 'v1', '-m', 'one');
  git(origin, 'tag', 'light');
  const head = commitFiles(origin, { a: '2' });
  const workspace = join(temporaryDirectory(), 'workspace');
  git(origin, 'clone', '--quiet', '--depth=1', `file://${origin}`, workspace);
  const server = await startGitHttpServer(root, `basic ${BASIC}`);
  git(workspace, 'remote', 'set-url', 'origin', `${server.url}/owner/name.git`);
  return { server, workspace, base, head };
}

function loggedContext() {
  const lines: string[] = [];
  const log = {
    ...SILENT_LOG,
    debug: (line: string) => void lines.push(line),
    info: (line: string) => void lines.push(line),
  };
  return { context: { ...gitContext(), log }, lines };
}

function everythingBelow(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

test('fetches with a token that no argument, log line or file shows', async () => {
  const { server, workspace, base } = await serverAndWorkspace();
  const before = fingerprint(workspace);
  const { context, lines } = loggedContext();
  const own = temporaryDirectory();
  const repository = await openRepository(workspace, context);
  await fetchCommit(repository, base, own, { token: TOKEN, serverUrl: server.url });
  expect(await repository.hasCommit(base)).toBe(true);
  for (const secret of [TOKEN, BASIC]) {
    expect(lines.join('\n')).not.toContain(secret);
    expect(everythingBelow(own)).not.toContain(secret);
  }
  expect(fingerprint(workspace)).toEqual(before);
});

test('uses the credentials that the checkout left in an included file, and not the token as well', async () => {
  const { server, workspace, base } = await serverAndWorkspace();
  const credentials = join(temporaryDirectory(), 'git-credentials.config');
  git(
    workspace,
    'config',
    '--file',
    credentials,
    `http.${server.url}/.extraheader`,
    `AUTHORIZATION: basic ${BASIC}`,
  );
  git(workspace, 'config', `includeIf.gitdir:${workspace}/.git.path`, credentials);
  const repository = await openRepository(workspace, gitContext());
  await fetchCommit(repository, base, temporaryDirectory(), { token: 'another', serverUrl: server.url });
  expect(await repository.hasCommit(base)).toBe(true);
});

test('keeps the token from any other server', async () => {
  const { server, workspace, base } = await serverAndWorkspace();
  const repository = await openRepository(workspace, gitContext());
  const fetched = fetchCommit(repository, base, temporaryDirectory(), {
    token: TOKEN,
    serverUrl: 'https://github.com',
  });
  await expect(fetched).rejects.toThrow(
    /could not be fetched from http:.*could not read Username.*contents: read/,
  );
  expect(server.authorizations.every((authorization) => authorization === undefined)).toBe(true);
});

test('shows no password of an address', async () => {
  const { server, workspace, base } = await serverAndWorkspace();
  git(
    workspace,
    'remote',
    'set-url',
    'origin',
    server.url.replace('//', '//user:hunter2@') + '/owner/name.git',
  );
  const { context, lines } = loggedContext();
  const repository = await openRepository(workspace, context);
  const failure = await fetchCommit(repository, base, temporaryDirectory(), {
    token: null,
    serverUrl: 'https://github.com',
  }).catch((error: Error) => error.message);
  expect(failure).toMatch(/could not be fetched/);
  expect(`${failure}\n${lines.join('\n')}`).not.toContain('hunter2');
});

test('finds out what a branch or tag of the remote names', async () => {
  const { server, workspace, base, head } = await serverAndWorkspace();
  const repository = await openRepository(workspace, gitContext());
  const access = { token: TOKEN, serverUrl: server.url };
  expect(await resolveRemoteName(repository, 'main', access)).toBe(head);
  expect(await resolveRemoteName(repository, 'v1', access)).toBe(base);
  expect(await resolveRemoteName(repository, 'light', access)).toBe(base);
  expect(await resolveRemoteName(repository, 'nowhere', access)).toBeNull();
});
