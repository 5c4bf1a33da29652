import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepository } from '../../src/workspace/repository.ts';
import { isPrivateKeyStored, readStoredCredentials } from '../../src/workspace/stored-credentials.ts';
import { createRepository, git, gitContext, temporaryDirectory } from './git-repositories.ts';

const TOKEN = 'ghs_0123456789abcdef';
const BASIC = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
const HEADER = `AUTHORIZATION: basic ${BASIC}`;

async function storedIn(directory: string): Promise<readonly string[]> {
  return readStoredCredentials(await openRepository(directory, gitContext()));
}

test('T04: finds the token that the checkout left in .git/config, as it stands there and plain', async () => {
  const directory = createRepository();
  expect(await storedIn(directory)).toEqual([]);
  git(directory, 'config', 'http.https://github.com/.extraheader', HEADER);
  expect(await storedIn(directory)).toEqual([BASIC, TOKEN]);
});

test('T04: finds the token in the file that .git/config includes', async () => {
  const directory = createRepository();
  const file = join(temporaryDirectory(), 'git-credentials-1.config');
  writeFileSync(file, `[http "https://github.com/"]\n\textraheader = ${HEADER}\n`);
  git(directory, 'config', `includeIf.gitdir:${directory}/.git.path`, file);
  expect(await storedIn(directory)).toEqual([BASIC, TOKEN]);
});

test('T04: takes a header that is no basic authentication as it is, and an empty one for none', async () => {
  const directory = createRepository();
  git(directory, 'config', 'http.extraheader', `Authorization: Bearer ${TOKEN}`);
  expect(await storedIn(directory)).toEqual([TOKEN]);
  git(directory, 'config', 'http.extraheader', '');
  expect(await storedIn(directory)).toEqual([]);
});

test.each([
  [`https://x-access-token:${TOKEN}@github.com/o/r`, [TOKEN]],
  [`https://ghp_${'a'.repeat(36)}@github.com/o/r`, [`ghp_${'a'.repeat(36)}`]],
  ['https://somebody@github.com/o/r', []],
  ['https://somebody:git@github.com/o/r', []],
  ['ssh://git@github.com/o/r', []],
  ['git@github.com:o/r', []],
])('T04: finds the token in the address of a remote, and takes no name for one: %s', async (url, found) => {
  const directory = createRepository();
  git(directory, 'remote', 'add', 'origin', url);
  expect(await storedIn(directory)).toEqual(found);
});

test('T04: knows that the checkout left a private key', async () => {
  const directory = createRepository();
  const isStored = async () => isPrivateKeyStored(await openRepository(directory, gitContext()));
  expect(await isStored()).toBe(false);
  git(directory, 'config', 'core.sshCommand', '"/usr/bin/ssh" -o BatchMode=yes');
  expect(await isStored()).toBe(false);
  git(directory, 'config', 'core.sshCommand', '"/usr/bin/ssh" -i "$RUNNER_TEMP/6f9f6a1e" -o CheckHostIP=no');
  expect(await isStored()).toBe(true);
});
