import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  appendFile,
  link,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { snapshotRunnerFiles } from '../../src/workspace/runner-files.ts';

let folder: string;
let environment: Record<string, string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runner-files-test-'));
  environment = { GITHUB_ENV: join(folder, 'set_env'), GITHUB_OUTPUT: join(folder, 'set_output') };
  await writeFile(environment.GITHUB_ENV, 'A=1\n');
  await writeFile(environment.GITHUB_OUTPUT, '');
});
afterEach(() => rm(folder, { recursive: true }));

describe('T05: snapshotRunnerFiles', () => {
  it('finds nothing changed when nothing was', async () => {
    const files = await snapshotRunnerFiles(environment);
    expect(await files.restore()).toEqual([]);
  });

  it('undoes what was appended, and names the variables', async () => {
    const files = await snapshotRunnerFiles(environment);
    await appendFile(environment.GITHUB_ENV, 'LD_PRELOAD=/tmp/x.so\n');
    await appendFile(environment.GITHUB_OUTPUT, 'result=pass\n');
    expect(await files.restore()).toEqual(['GITHUB_ENV', 'GITHUB_OUTPUT']);
    expect(await readFile(environment.GITHUB_ENV, 'utf8')).toBe('A=1\n');
    expect(await readFile(environment.GITHUB_OUTPUT, 'utf8')).toBe('');
    expect(await files.restore()).toEqual([]);
  });

  it.each<[string, (path: string) => Promise<void>]>([
    ['cut', (path) => truncate(path, 0)],
    ['rewritten to the same length', (path) => writeFile(path, 'B=2\n')],
    ['deleted', (path) => rm(path)],
    ['made a huge file', (path) => truncate(path, 2 ** 40)],
    ['replaced by a folder', (path) => rm(path).then(() => mkdir(path))],
    ['replaced by a named pipe', (path) => rm(path).then(() => void execFileSync('mkfifo', [path]))],
  ])('puts back a file that was %s', async (_what, change) => {
    const files = await snapshotRunnerFiles(environment);
    await change(environment.GITHUB_ENV);
    expect(await files.restore()).toEqual(['GITHUB_ENV']);
    expect(await readFile(environment.GITHUB_ENV, 'utf8')).toBe('A=1\n');
  });

  it('does not write through a link that was put in the place of the file', async () => {
    const victim = join(folder, 'victim');
    await writeFile(victim, 'mine');
    const files = await snapshotRunnerFiles(environment);
    await rm(environment.GITHUB_ENV);
    await symlink(victim, environment.GITHUB_ENV);
    await rm(environment.GITHUB_OUTPUT);
    await link(victim, environment.GITHUB_OUTPUT);
    expect(await files.restore()).toEqual(['GITHUB_ENV', 'GITHUB_OUTPUT']);
    expect(await readFile(victim, 'utf8')).toBe('mine');
  });

  it('removes a file that was not there before, and leaves a terminal or pipe alone', async () => {
    const files = await snapshotRunnerFiles({
      GITHUB_STATE: join(folder, 'state'),
      GITHUB_OUTPUT: '/dev/null',
    });
    await writeFile(join(folder, 'state'), 'x=1');
    expect(await files.restore()).toEqual(['GITHUB_STATE']);
    expect(existsSync(join(folder, 'state'))).toBe(false);
    expect(existsSync('/dev/null')).toBe(true);
  });

  it('has nothing to do outside a workflow', async () => {
    expect(await (await snapshotRunnerFiles({ GITHUB_ENV: '' })).restore()).toEqual([]);
  });
});
