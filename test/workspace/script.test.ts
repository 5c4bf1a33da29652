import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelledError, CommandError } from '../../src/errors.ts';
import { type Log, SILENT_LOG } from '../../src/log.ts';
import { runScript, type ScriptOptions } from '../../src/workspace/script.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'script-test-'));
});
afterAll(() => rm(directory, { recursive: true }));

function run(script: string, options: Partial<ScriptOptions> = {}) {
  return runScript(script, {
    name: 'build',
    directory,
    environment: { PATH: process.env.PATH ?? '' },
    timeLimitSeconds: 30,
    signal: new AbortController().signal,
    log: SILENT_LOG,
    ...options,
  });
}

async function failureOf(running: Promise<void>): Promise<CommandError> {
  const error = await running.then(
    () => null,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(CommandError);
  return error;
}

describe('runScript', () => {
  it('runs bash in the directory, and shows its lines to those who debug', async () => {
    const lines: string[] = [];
    const log: Log = { ...SILENT_LOG, debug: (line) => lines.push(line) };
    await run('a=(one two)\necho "${a[1]}" > made\npwd; printf unfinished', { log });
    expect(existsSync(join(directory, 'made'))).toBe(true);
    expect(lines).toEqual([directory, 'unfinished']);
  });

  it('stops at the first command that fails, also inside a pipe and at an unknown variable', async () => {
    expect((await failureOf(run('false\necho not reached'))).failure).toMatchObject({
      exitCode: 1,
      lastLines: [],
    });
    expect((await failureOf(run('false | cat\necho not reached'))).failure.lastLines).toEqual([]);
    expect((await failureOf(run('echo $unknown'))).message).toMatch(/exit code 1/);
  });

  it('tells the exit code and keeps the last lines', async () => {
    const error = await failureOf(run('echo ::error::x; exit 3'));
    expect(error.message).toBe('The `build` script failed with exit code 3.');
    expect(error.failure).toEqual({
      command: 'echo ::error::x; exit 3',
      exitCode: 3,
      signal: null,
      lastLines: ['::error::x'],
    });
  });

  it('shows what a shell says with the input’s name, and without the launcher that was put in', async () => {
    const environment = { PATH: process.env.PATH ?? '', MEMTRACK: '' };
    const options = { name: 'run', shownAs: './crash', environment };
    await writeFile(join(directory, 'crash'), '#!/bin/sh\nkill -ABRT $$\n', { mode: 0o755 });
    const error = await failureOf(run('$MEMTRACK ./crash', options));
    expect(error.failure.lastLines).toEqual([
      expect.stringMatching(/^run: line 1: +\d+ Aborted +\.\/crash$/),
    ]);
  });

  it('tells which signal ended a program of the script', async () => {
    const error = await failureOf(run("sh -c 'kill -SEGV $$'"));
    expect(error.message).toBe(
      'The `build` script failed with exit code 139: a program in it was ended by SIGSEGV.',
    );
  });

  it('names the limit that the script ran over', async () => {
    const error = await failureOf(run('echo start; sleep 60', { timeLimitSeconds: 1, name: 'run' }));
    expect(error.message).toBe(
      'The `run` script ran longer than its limit of 1 second (`run-timeout`) and was stopped.',
    );
    expect(error.failure).toMatchObject({ exitCode: null, signal: 'SIGTERM', lastLines: ['start'] });
  });

  it('throws CancelledError when cancelled', async () => {
    const running = run('sleep 60', { signal: AbortSignal.timeout(200) });
    await expect(running).rejects.toBeInstanceOf(CancelledError);
  });

  it('leaves no file behind, and none in the directory', async () => {
    const lines: string[] = [];
    await run('echo "$0"', { log: { ...SILENT_LOG, debug: (line) => lines.push(line) } });
    expect(lines[0]).not.toContain(directory);
    expect(existsSync(lines[0])).toBe(false);
  });
});
