import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { CancelledError, UserError } from '../../src/errors.ts';
import { type ProcessOptions, runProcess } from '../../src/workspace/process.ts';
import { isRunning, longTime } from '../running-processes.ts';

const environment = { PATH: process.env.PATH ?? '' };

function run(script: string, options: Partial<ProcessOptions> = {}) {
  return runProcess('sh', ['-c', script], {
    directory: '/',
    environment,
    timeLimitSeconds: 30,
    signal: new AbortController().signal,
    ...options,
  });
}

describe('runProcess', () => {
  it('returns exit code, output and last lines without throwing', async () => {
    const result = await run('echo out; echo err >&2; exit 3');
    expect(result).toMatchObject({ exitCode: 3, signal: null, isTimedOut: false });
    expect(Buffer.from(result.stdout).toString()).toBe('out\n');
    expect([...result.lastLines].sort()).toEqual(['err', 'out']);
  });

  it('names the signal that ended the program', async () => {
    expect(await run('kill -SEGV $$')).toMatchObject({ exitCode: null, signal: 'SIGSEGV' });
  });

  it('T07: passes arguments as they are', async () => {
    const args = ['%s|', '', 'a b', '$(touch pwned)', '"', '\n'];
    const result = await runProcess('printf', args, {
      directory: '/',
      environment,
      timeLimitSeconds: 5,
      signal: new AbortController().signal,
    });
    expect(Buffer.from(result.stdout).toString()).toBe('|a b|$(touch pwned)|"|\n|');
  });

  it('gives the program an empty stdin, or the input', async () => {
    expect((await run('cat')).stdout).toHaveLength(0);
    expect(Buffer.from((await run('cat', { input: 'text' })).stdout).toString()).toBe('text');
  });

  it('survives a program that does not read its input', async () => {
    expect((await run('exit 0', { input: Buffer.alloc(1 << 20) })).exitCode).toBe(0);
  });

  it('hands down the environment that it got and its own mark of 32 digits, nothing else', async () => {
    const result = await run('env', { environment: { ...environment, RUNNER_TRACKING_ID: 'github_1' } });
    const lines = Buffer.from(result.stdout).toString().split('\n');
    expect(lines).toContain('RUNNER_TRACKING_ID=github_1');
    expect(lines.find((line) => line.startsWith('MEMTRACK_PROCESS_MARK='))).toMatch(/=[0-9a-f]{32}$/);
    expect(
      lines.filter(
        (line) => !/^(PATH|RUNNER_TRACKING_ID|MEMTRACK_PROCESS_MARK|PWD|_|OLDPWD|SHLVL|)=|^$/.test(line),
      ),
    ).toEqual([]);
  });

  it('keeps the last 40 lines, and the end of a line that is too long', async () => {
    const { lastLines } = await run('seq 1 100000; head -c 100000 /dev/zero | tr "\\0" x; echo end');
    expect(lastLines).toHaveLength(40);
    expect(lastLines[38]).toBe('100000');
    expect(lastLines[39]).toMatch(/^x+end$/);
    expect(lastLines[39].length).toBeLessThanOrEqual(4096);
  });

  it('says which program is missing', async () => {
    const options = {
      directory: '/',
      environment,
      timeLimitSeconds: 5,
      signal: new AbortController().signal,
    };
    await expect(runProcess('no-such-program', [], options)).rejects.toThrow(
      /`no-such-program`: there is no such/,
    );
    await expect(runProcess('no-such-program', [], options)).rejects.toBeInstanceOf(UserError);
    await expect(runProcess('true', [], { ...options, directory: '/nowhere' })).rejects.toThrow(
      /in \/nowhere/,
    );
    await expect(runProcess('/etc/passwd', [], options)).rejects.toThrow(/not executable/);
    await expect(runProcess('true', ['a\0b'], options)).rejects.toBeInstanceOf(UserError);
    await expect(runProcess('true', ['x'.repeat(1 << 20)], options)).rejects.toThrow(/too long/);
  });

  it('stops a program that writes more to stdout than it may', async () => {
    await expect(run('yes', { maxStdoutBytes: 1000 })).rejects.toThrow(/wrote more than 1000 bytes/);
    expect((await run('head -c 1000 /dev/zero', { maxStdoutBytes: 1000 })).stdout).toHaveLength(1000);
  });

  it('ends a program at its time limit, with all its children', async () => {
    const time = longTime();
    const result = await run(`sleep ${time} & sleep ${time}`, { timeLimitSeconds: 0.3 });
    expect(result).toMatchObject({ isTimedOut: true, signal: 'SIGTERM' });
    expect(result.seconds).toBeLessThan(20);
    expect(isRunning(time)).toBe(false);
  });

  it('kills 3 seconds later what does not listen to SIGTERM', async () => {
    const time = longTime();
    const result = await run(`trap "" TERM; sleep ${time}; sleep ${time}`, { timeLimitSeconds: 0.2 });
    expect(result).toMatchObject({ isTimedOut: true, signal: 'SIGKILL' });
    expect(result.seconds).toBeLessThan(20);
    expect(isRunning(time)).toBe(false);
  });

  it.each([
    ['in the background', (sleep: string) => `${sleep} & echo done`],
    ['in a session of its own', (sleep: string) => `setsid ${sleep} & echo done; sleep 0.1`],
    [
      'in a session of its own, its parent gone',
      (sleep: string) => `setsid sh -c '${sleep} & exit' ; echo done`,
    ],
    ['deaf to SIGTERM', (sleep: string) => `(trap "" TERM; ${sleep}) & echo done; sleep 0.1`],
    [
      'in a process group of its own, its environment wiped',
      (sleep: string) => `bash -c 'set -m; env -i ${sleep} & echo done'`,
    ],
  ])('neither waits for nor leaves behind a child %s that holds stdout open', async (_where, script) => {
    const time = longTime();
    const startedAt = performance.now();
    const result = await run(script(`sleep ${time}`));
    expect(result).toMatchObject({ exitCode: 0, isTimedOut: false, lastLines: ['done'] });
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    expect(isRunning(time)).toBe(false);
  });

  it('leaves the processes of a command that runs at the same time alone', async () => {
    const other = run('setsid sleep 0.8; echo late');
    await run('true');
    expect(Buffer.from((await other).stdout).toString()).toBe('late\n');
  });

  it('ends everything within 5 seconds of a cancellation, and says so', async () => {
    const time = longTime();
    const controller = new AbortController();
    const running = run(`trap "" TERM; setsid sleep ${time} & sleep ${time}`, { signal: controller.signal });
    setTimeout(() => controller.abort(), 200);
    const startedAt = performance.now();
    await expect(running).rejects.toBeInstanceOf(CancelledError);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    expect(isRunning(time)).toBe(false);
    await expect(run('true', { signal: controller.signal })).rejects.toBeInstanceOf(CancelledError);
  });

  it('keeps no timer that would hold up our own end', () => {
    const program = `
      import { runProcess } from ${JSON.stringify(new URL('../../src/workspace/process.ts', import.meta.url).href)};
      await runProcess('true', [], { directory: '/', environment: process.env, timeLimitSeconds: 600, signal: new AbortController().signal });
      console.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length);`;
    const startedAt = performance.now();
    const output = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
      encoding: 'utf8',
    });
    expect(output).toBe('0\n');
    expect(performance.now() - startedAt).toBeLessThan(60_000);
  });
});
