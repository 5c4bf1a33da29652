import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { type Compared, compareWithHeaptrackPrint } from './compare-trace.ts';
import {
  cleanEnvironment,
  makeGitHistory,
  type RecordOptions,
  recordWithHeaptrack,
  searchPathWithoutZstd,
} from './record.ts';

const PROGRAMS = join(import.meta.dirname, 'programs');
const DEMO = join(import.meta.dirname, '../../src/demo/project');

const directory = mkdtempSync(join(tmpdir(), 'recorded-'));
let traces = 0;
const compared = { programs: 0, stacks: 0, events: 0 };

/** Records a program and holds our reading of the trace to heaptrack_print's. */
async function compare(
  options: Omit<RecordOptions, 'directory' | 'name'> & { directory?: string },
): Promise<Compared> {
  return compareTrace(await recordWithHeaptrack({ directory, name: `trace-${++traces}`, ...options }));
}

/** How many lines of folded text there are of a kind: whole texts would drown a failure's message. */
function linesWith(folded: string, pattern: RegExp): number {
  return folded.split('\n').filter((line) => pattern.test(line)).length;
}

async function compareTrace(trace: string): Promise<Compared> {
  const result = await compareWithHeaptrackPrint(trace);
  compared.programs++;
  compared.stacks += result.stacks;
  compared.events += result.events;
  return result;
}

function run(command: string, args: readonly string[], input?: string): string {
  return execFileSync(command, args, {
    cwd: directory,
    env: cleanEnvironment(directory),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(input !== undefined && { input }),
  });
}

/** Compiles a program of the folder; the same program with the same flags once. */
function compile(source: string, ...flags: string[]): string {
  const program = join(directory, [source, ...flags].join(''));
  if (!existsSync(program)) {
    run(source.endsWith('.c') ? 'gcc' : 'g++', ['-w', '-o', program, join(PROGRAMS, source), ...flags]);
  }
  return program;
}

/** A copy without debug information, or without any symbols. */
function strip(program: string, what: '--strip-debug' | '--strip-all'): string {
  run('strip', [what, '-o', `${program}${what}`, program]);
  return `${program}${what}`;
}

/** The real executable, not a script in front of it that chooses a version. */
function realExecutable(interpreter: string, ...show: string[]): string {
  return run(interpreter, show).trim();
}

afterAll(() => rmSync(directory, { recursive: true }));

describe('programs recorded by heaptrack, read as heaptrack_print reads them', () => {
  it('the demo', async () => {
    const project = join(directory, 'demo');
    cpSync(DEMO, project, { recursive: true });
    run('make', ['--silent', '--directory', project]);
    const { folded } = await compare({ command: [join(project, 'dates')] });
    expect(linesWith(folded, /^main \(main\.cpp\);.*\bparse\b/)).toBeGreaterThan(10);
  });

  describe('a program that calls all that allocates', () => {
    it.each([
      ['without optimisation', () => compile('allocation-calls.cpp', '-g', '-O0')],
      ['optimised', () => compile('allocation-calls.cpp', '-g', '-O2')],
      ['stripped', () => strip(compile('allocation-calls.cpp', '-g', '-O2'), '--strip-all')],
      [
        'without debug information',
        () => strip(compile('allocation-calls.cpp', '-g', '-O2'), '--strip-debug'),
      ],
    ])('%s', async (_, build) => {
      const program = build();
      const { totals } = await compare({ command: [program] });
      // malloc(77) and a string of 500 characters lost in each of 50 rounds, at least.
      expect(totals.leaked).toBeGreaterThan(50 * (77 + 500));
    });
  });

  describe('a program of templates, inlined functions and deep recursion', () => {
    it('without optimisation', async () => {
      const { folded } = await compare({ command: [compile('names.cpp', '-g', '-O0')] });
      // heaptrack keeps the innermost 62 frames.
      expect(linesWith(folded, /^recursive\b/)).toBeGreaterThan(0);
      expect(linesWith(folded, /^main /)).toBeGreaterThan(0);
    });

    it('with inlined functions', async () => {
      const { folded } = await compare({ command: [compile('names.cpp', '-g', '-O2')] });
      // Innermost first, the order of heaptrack_print.
      expect(
        linesWith(folded, /;[^;]*innermost[^;]*;[^;]*inner\b[^;]*;[^;]*outer[^;]*;[^;]*caller/),
      ).not.toBe(0);
    });

    it.each([
      ['stripped', () => strip(compile('names.cpp', '-g', '-O2'), '--strip-all')],
      ['without debug information', () => strip(compile('names.cpp', '-g', '-O2'), '--strip-debug')],
      ['optimised at link time', () => compile('names.cpp', '-g', '-O2', '-flto')],
      [
        'optimised at link time, without debug information',
        () => strip(compile('names.cpp', '-g', '-O2', '-flto'), '--strip-debug'),
      ],
    ])('%s', async (_, build) => {
      await compare({ command: [build()] });
    });
  });

  it('a source whose name is not UTF-8', async () => {
    run('sh', [
      '-c',
      'cp "$0" "$(printf "caf\\351.c")" && gcc -w -g -o latin1 caf*.c',
      join(PROGRAMS, 'endings.c'),
    ]);
    const { folded } = await compare({ command: [join(directory, 'latin1')] });
    expect(linesWith(folded, /expected_leak \(caf\xe9\.c\);/)).toBe(1);
  });

  it.each(['return', '_exit', 'abort', 'kill'])('a program that ends by %s', async (ending) => {
    const program = compile('endings.c', '-g');
    const { totals } = await compare({ command: [program, ending] });
    expect(totals.leaked).toBeGreaterThan(1_000_000);
  });

  it('threads that take from one queue', async () => {
    const program = compile('threads.cpp', '-g', '-O1', '-pthread');
    const { events } = await compare({ command: [program] });
    expect(events).toBeGreaterThan(30_000);
  });

  it('sort --parallel', async () => {
    const lines = Array.from({ length: 60_000 }, (_, line) => `${(line * 7919) % 60_013} line`);
    writeFileSync(join(directory, 'lines'), `${lines.join('\n')}\n`);
    await compare({ command: ['sort', '--parallel=4', '--buffer-size=1M', 'lines'] });
  });

  describe('git', () => {
    const repository = makeGitHistory(directory, { commits: 300, files: 150 });

    it('log -p', async () => {
      const { events } = await compare({
        directory: repository,
        command: ['git', '--no-pager', 'log', '-p', '--stat', 'main'],
      });
      expect(events).toBeGreaterThan(10_000);
    });

    it('grep with threads', async () => {
      await compare({
        directory: repository,
        command: ['git', '--no-pager', 'grep', '--threads=4', '-n', 'changed in [0-9]*7'],
      });
    });
  });

  it('perl', async () => {
    const perl = realExecutable('perl', '-e', 'print $^X');
    await compare({ command: [perl, join(PROGRAMS, 'words.pl')] });
  });

  it('python with every object on the heap', async () => {
    const python = realExecutable('python3', '-c', 'import os, sys; print(os.path.realpath(sys.executable))');
    const { events } = await compare({
      command: [python, '-S', join(PROGRAMS, 'words.py')],
      environment: { PYTHONMALLOC: 'malloc' },
    });
    expect(events).toBeGreaterThan(50_000);
  });

  it('the compiler itself', async () => {
    const compiler = run('g++', ['-print-prog-name=cc1plus']).trim();
    run('g++', ['-E', '-o', join(directory, 'parser.ii'), join(DEMO, 'parser.cpp')]);
    const { stacks } = await compare({
      command: [compiler, '-quiet', '-fpreprocessed', 'parser.ii', '-o', '/dev/null'],
    });
    expect(stacks).toBeGreaterThan(3000);
  });

  it('a trace that heaptrack compressed with gzip, since zstd was missing', async () => {
    const program = compile('names.cpp', '-g', '-O2');
    const trace = await recordWithHeaptrack({
      directory,
      name: 'gzip',
      command: [program],
      environment: { PATH: searchPathWithoutZstd(directory) },
    });
    expect(trace).toMatch(/\.gz$/);
    await compareTrace(trace);
  });

  it('a trace that was decompressed, in a folder with a space', async () => {
    const program = compile('endings.c', '-g');
    const trace = await recordWithHeaptrack({ directory, name: 'plain', command: [program] });
    expect(trace).toMatch(/\.zst$/);
    const folder = join(directory, 'a folder');
    mkdirSync(folder);
    writeFileSync(join(folder, 'plain trace'), zstdDecompressSync(readFileSync(trace)));
    await compareTrace(join(folder, 'plain trace'));
  });

  it('are enough of them', () => {
    const { programs, stacks, events } = compared;
    console.log(`${programs} recorded programs, ${stacks} stacks, ${events} events equal heaptrack_print's`);
    expect(programs).toBeGreaterThanOrEqual(24);
    expect(stacks).toBeGreaterThan(10_000);
    expect(events).toBeGreaterThan(400_000);
  });
});
