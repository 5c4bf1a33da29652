import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepository } from '../../src/workspace/git.ts';
import { readStoredCredentials } from '../../src/workspace/stored-credentials.ts';
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
