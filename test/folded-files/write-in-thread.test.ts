import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FoldedColumns } from '../../src/diff/diff-to-folded.ts';
import { foldedFilesIn } from '../../src/folded-files/write-folded-files.ts';
import { startFoldedFiles } from '../../src/folded-files/write-in-thread.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'memtrack-test-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

/** `main` calls all others. */
function columnsOf(stacks: number): FoldedColumns {
  const names = Array.from({ length: stacks }, (_, index) => (index === 0 ? 'main' : `callee${index}`));
  return {
    names,
    prefix: Int32Array.from(names, (_, index) => (index === 0 ? -1 : 0)),
    frame: Int32Array.from(names, (_, index) => index),
    base: Float64Array.from(names, (_, index) => index),
    head: Float64Array.from(names, (_, index) => (index === 1 ? 0 : 2 * index)),
  };
}

async function textsIn(folder: string) {
  const files = foldedFilesIn(folder);
  const read = (path: string) => readFile(path, 'utf8');
  return { base: await read(files.base), head: await read(files.head), diff: await read(files.diff) };
}

describe('folded files', () => {
  it('of a few stacks are written when they are waited for', async () => {
    const folder = join(directory, 'not', 'there', 'yet');
    const writing = startFoldedFiles(folder, columnsOf(3));
    expect(await readdir(directory)).toEqual([]);
    await writing.finish();
    expect(await textsIn(folder)).toEqual({
      base: 'main;callee1 1\nmain;callee2 2\n',
      head: 'main;callee2 4\n',
      diff: 'main;callee1 1 0\nmain;callee2 2 4\n',
    });
  });

  it('of many stacks are the same with a thread and without one', async () => {
    const columns = columnsOf(50_000);
    const nothing = pathToFileURL(join(directory, 'no-such-program.js'));
    const quits = join(directory, 'quits.mjs');
    await writeFile(quits, 'process.exit(1)');
    const texts = [];
    for (const program of [undefined, nothing, pathToFileURL(quits)]) {
      const folder = await mkdtemp(join(directory, 'report-'));
      await startFoldedFiles(folder, columns, program).finish();
      texts.push(await textsIn(folder));
    }
    expect(texts[0].diff.split('\n')).toHaveLength(50_000);
    expect(texts[1]).toEqual(texts[0]);
    expect(texts[2]).toEqual(texts[0]);
  });

  it.each([3, 50_000])('of %i stacks that cannot be written are the system’s error', async (stacks) => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    const writing = startFoldedFiles(join(file, 'report'), columnsOf(stacks));
    await expect(writing.finish()).rejects.toThrow('ENOTDIR');
  });
});
