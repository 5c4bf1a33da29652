import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TraceFormatError, UserError } from '../../src/errors.ts';
import { readInThread } from '../../src/trace-files/read-in-thread.ts';
import { readSideBySide } from '../../src/trace-files/read-side-by-side.ts';
import { readTraceFile, type TraceFileOptions } from '../../src/trace-files/read-trace-file.ts';

const OPTIONS: TraceFileOptions = { metric: 'allocated', keepsTables: true };

const TRACE = `v 10400 3
X ./program
s c /bin/program
s 4 main
s 5 parse
s 5 a.cpp
i 10 1 2 4 7
i 20 1 3 4 c
t 1 0
t 2 1
a 64 1
a 3c 2
+ 0
+ 1
- 1

# strings: 4
# ips: 2
`;

let directory: string;
let sound: string;
let broken: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'memtrack-test-'));
  const write = async (name: string, text: string) => {
    await writeFile(join(directory, name), text);
    return join(directory, name);
  };
  sound = await write('sound', TRACE);
  broken = await write('broken', TRACE.replace('- 1', '- 2'));
  await write('unknown', '\u0000 nothing known');
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('readInThread', () => {
  it('reads what would be read without a thread', async () => {
    expect(await readInThread(sound, OPTIONS)).toEqual(await readTraceFile(sound, OPTIONS));
    const withoutTables = { ...OPTIONS, keepsTables: false };
    expect(await readInThread(sound, withoutTables)).toEqual(await readTraceFile(sound, withoutTables));
  });

  it.each(['broken', 'unknown', 'missing'])(
    'throws what would be thrown without a thread: %s',
    async (name) => {
      const path = join(directory, name);
      const error = await readTraceFile(path, OPTIONS).catch((thrown: unknown) => thrown);
      const inThread = await readInThread(path, OPTIONS).catch((thrown: unknown) => thrown);
      expect(inThread).toEqual(error);
      expect(Object.getPrototypeOf(inThread)).toBe(Object.getPrototypeOf(error));
      expect((inThread as Error).message).toBe((error as Error).message);
    },
  );

  it('keeps the type and the offset of an error', async () => {
    const error = await readInThread(broken, OPTIONS).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TraceFormatError);
    expect(error).toMatchObject({ name: 'TraceFormatError', offset: TRACE.indexOf('- 1') + 3 });
    expect((error as Error).message.match(/at byte/g)).toHaveLength(1);
  });

  it('reads without a thread where none can be had', async () => {
    const nothing = pathToFileURL(join(directory, 'no-such-program.js'));
    expect(await readInThread(sound, OPTIONS, nothing)).toEqual(await readTraceFile(sound, OPTIONS));
    const quits = join(directory, 'quits.mjs');
    await writeFile(quits, 'process.exit(1)');
    expect(await readInThread(sound, OPTIONS, pathToFileURL(quits))).toEqual(
      await readTraceFile(sound, OPTIONS),
    );
  });
});

describe('readSideBySide', () => {
  const readers: string[] = [];
  const read = async (path: string, readFile: typeof readTraceFile) => {
    readers.push(readFile === readTraceFile ? 'here' : 'thread');
    return (await readFile(path, OPTIONS)).profile.facts.command;
  };

  it('reads small files one after the other, and base of large ones in a thread', async () => {
    expect(await readSideBySide(sound, sound, read)).toEqual(['./program', './program']);
    expect(readers.splice(0)).toEqual(['here', 'here']);
    const large = join(directory, 'large');
    // Blank lines say nothing.
    await writeFile(large, TRACE.replace('\n\n', `\n${'\n'.repeat(2_000_000)}`));
    expect(await readSideBySide(large, large, read)).toEqual(['./program', './program']);
    expect(readers.splice(0)).toEqual(['thread', 'here']);
  });

  it('throws the error of base when both fail', async () => {
    const base = join(directory, 'cut-base');
    const head = join(directory, 'cut-head');
    await writeFile(base, `${TRACE}+ 77\n`);
    await writeFile(head, 'v 10400 4\n');
    for (const path of [base, head]) await truncate(path, 2_500_000);
    await expect(readSideBySide(base, head, read)).rejects.toThrow('allocation info 119 is not defined');
    await expect(readSideBySide(head, base, read)).rejects.toThrow('newer than the newest');
  });

  it('finds out about a missing file by reading it', async () => {
    await expect(readSideBySide(join(directory, 'missing'), sound, read)).rejects.toThrow('ENOENT');
    await expect(readSideBySide(sound, join(directory, 'unknown'), read)).rejects.toThrow(UserError);
  });
});
