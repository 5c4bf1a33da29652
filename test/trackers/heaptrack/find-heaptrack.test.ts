import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findHeaptrack } from '../../../src/trackers/heaptrack/find-heaptrack.ts';
import { makeProgramFolder } from './compile-programs.ts';

const folder = makeProgramFolder();
afterAll(() => rmSync(folder.path, { recursive: true }));

const find = (path: string) => findHeaptrack({ PATH: path }, new AbortController().signal);

function makeInstallation(name: string, version: string, library: string, interpreter: string): string {
  for (const part of ['bin', library, interpreter])
    mkdirSync(join(folder.path, name, part), { recursive: true });
  folder.write(`${name}/bin/heaptrack`, `#!/bin/sh\n${version}\n`);
  folder.write(`${name}/${library}/libheaptrack_preload.so`, '', 0o644);
  folder.write(`${name}/${interpreter}/heaptrack_interpret`, '');
  return join(folder.path, name);
}

describe('findHeaptrack', () => {
  it('finds the parts that belong to the executable in PATH, through a link to it as well', async () => {
    const root = makeInstallation('a', 'echo heaptrack 1.6.2', 'lib/heaptrack', 'lib/heaptrack/libexec');
    const expected = {
      version: '1.6.2',
      preloadLibrary: join(root, 'lib/heaptrack/libheaptrack_preload.so'),
      interpreter: join(root, 'lib/heaptrack/libexec/heaptrack_interpret'),
    };
    expect(await find(`${root}/bin:/bin`)).toEqual(expected);
    mkdirSync(join(folder.path, 'links'));
    symlinkSync(join(root, 'bin/heaptrack'), join(folder.path, 'links/heaptrack'));
    expect(await find(`${folder.path}/links:/bin`)).toEqual(expected);
  });

  it('looks into the library folder of the architecture', async () => {
    const library = 'lib/aarch64-linux-gnu/heaptrack';
    const root = makeInstallation('b', 'echo heaptrack 1.5.0', library, `${library}/libexec`);
    expect(await find(`${root}/bin:/bin`)).toMatchObject({
      preloadLibrary: join(root, library, 'libheaptrack_preload.so'),
    });
  });

  it('returns null when there is none', async () => {
    expect(await find('/nowhere')).toBeNull();
  });

  it('complains of one that does not tell its version', async () => {
    const root = makeInstallation(
      'c',
      'echo broken >&2; exit 3',
      'lib64/heaptrack',
      'lib64/heaptrack/libexec',
    );
    await expect(find(`${root}/bin:/bin`)).rejects.toThrow(
      /does not tell its version \(exit code 3\): broken/,
    );
  });
});
