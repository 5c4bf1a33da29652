import {
  chmodSync,
  chownSync,
  copyFileSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UntraceableError } from '../../../src/errors.ts';
import { inspectProgram } from '../../../src/trackers/heaptrack/inspect-program.ts';
import type { LaunchRequest } from '../../../src/trackers/heaptrack/launcher.ts';
import { ALLOCATING, makeProgramFolder } from './compile-programs.ts';

const programs = makeProgramFolder();
afterAll(() => rmSync(programs.path, { recursive: true }));

const program = programs.compile('program', ALLOCATING);

function inspect(name: string, request: Partial<LaunchRequest> = {}) {
  return inspectProgram({
    directory: programs.path,
    searchPath: '/usr/bin:/bin',
    pythonMalloc: '',
    preload: '',
    arguments: [name],
    argumentBytes: name.length + 1,
    ...request,
  });
}

/** The sound program with one byte changed. */
function patched(name: string, offset: number, value: number): string {
  const bytes = readFileSync(program);
  bytes[offset] = value;
  writeFileSync(join(programs.path, name), bytes, { mode: 0o755 });
  return `./${name}`;
}

/** A program linked with a library that has nothing but its name. */
function linkedWith(soname: string): string {
  programs.compile(soname, 'int nothing;', '-shared', '-fPIC', `-Wl,-soname,${soname}`);
  return programs.compile(`with-${soname}`, ALLOCATING, '-Wl,--no-as-needed', soname);
}

describe('inspectProgram', () => {
  it('finds nothing against an ordinary program, however it is named', () => {
    const fine = { isPlain: false, interpreter: null, launcherNote: null, notes: [] };
    expect(inspect('./program')).toEqual(fine);
    expect(inspect(program)).toEqual(fine);
    expect(inspect('program', { searchPath: `/nowhere:${programs.path}` })).toEqual(fine);
    symlinkSync('program', join(programs.path, 'link'));
    expect(inspect('./link')).toEqual(fine);
  });

  const ownMalloc =
    '#include <stddef.h>\nvoid *malloc(size_t n) { (void)n; return 0; }\nint main(void) { return 0; }';
  it.each<[string, () => string, RegExp]>([
    [
      'is linked statically',
      () => programs.compile('static', ALLOCATING, '-static'),
      /linked statically.*-static/,
    ],
    ['is a static PIE', () => programs.compile('static-pie', ALLOCATING, '-static-pie'), /linked statically/],
    [
      'is linked with musl',
      () => programs.compile('musl', ALLOCATING, '-Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1'),
      /musl.*-linux-gnu/,
    ],
    [
      'is written in Go',
      () => programs.compile('go', `${ALLOCATING}\n__attribute__((section(".go.buildinfo"))) int info = 1;`),
      /Go program/,
    ],
    ['is for 32 bits', () => patched('32-bit', 4, 1), /32-bit program/],
    ['is for another machine', () => patched('other', 18, 243), /RISC-V/],
    [
      'defines malloc',
      () => programs.compile('malloc', ownMalloc, '-fno-builtin'),
      /defines `malloc`.*system allocator/,
    ],
    [
      'defines malloc and is stripped',
      () => programs.compile('s', ownMalloc, '-fno-builtin', '-s'),
      /defines `malloc`/,
    ],
    [
      'has the jemalloc of Rust built in',
      () =>
        programs.compile(
          'rjem',
          'static int _rjem_malloc(void) { return 0; } int main(void) { return _rjem_malloc(); }',
        ),
      /jemalloc: `_rjem_malloc`.*global_allocator/,
    ],
    [
      'has mimalloc built in',
      () => programs.compile('mi', 'void mi_malloc(void) {} int main(void) { return 0; }'),
      /mimalloc/,
    ],
    ['is linked with jemalloc', () => linkedWith('libjemalloc.so.2'), /libjemalloc\.so\.2/],
    ['is linked with tcmalloc', () => linkedWith('libtcmalloc_minimal.so.4'), /libtcmalloc_minimal/],
    ['is linked with mimalloc', () => linkedWith('libmimalloc.so.2'), /libmimalloc/],
    [
      'is built with a sanitizer',
      () => programs.compile('asan', ALLOCATING, '-fsanitize=address'),
      /sanitizer.*-fsanitize/,
    ],
  ])('refuses a program that %s', (_what, make, message) => {
    const name = make();
    expect(() => inspect(name)).toThrow(message);
    expect(() => inspect(name)).toThrow(UntraceableError);
  });

  it.runIf(process.getuid?.() === 0)('refuses a set-uid program of another user', () => {
    const path = join(programs.path, 'set-uid');
    copyFileSync(program, path);
    chownSync(path, 1, 1);
    chmodSync(path, 0o4755);
    expect(() => inspect(path)).toThrow(/set-uid/);
    chownSync(path, 0, 0);
    chmodSync(path, 0o4755);
    expect(inspect(path).notes).toEqual([]);
  });

  it('refuses a damaged program', () => {
    programs.write('cut', '\x7fELF\x02\x01');
    expect(() => inspect('./cut')).toThrow(/cut short/);
  });

  it('says what is wrong with the name of a program', () => {
    programs.write('data', 'x', 0o644);
    expect(() => inspect('./missing')).toThrow(`There is no file \`./missing\` in ${programs.path}`);
    expect(() => inspect('missing')).toThrow(/no program `missing` in PATH/);
    expect(() => inspect('./data')).toThrow(/not an executable file.*chmod/);
    expect(() => inspect('A=1')).toThrow(/put assignments before `\$MEMTRACK`/);
    expect(() => inspect('', { arguments: [] })).toThrow(/No program stands behind/);
    expect(() => inspect('a\0b')).toThrow(UntraceableError);
  });

  it('T12: refuses control characters in arguments, but for a tab', () => {
    for (const bad of ['a\nb', '\r', '\x1b[0m', '\x7f']) {
      expect(() => inspect('./program', { arguments: ['./program', 'ok', bad] })).toThrow(/Argument 2 of/);
    }
    expect(inspect('./program', { arguments: ['./program', 'a\tb', 'é'] }).notes).toEqual([]);
  });

  it.each([
    ['bash', 'bash'],
    ['sh', 'sh'],
    ['env', 'env'],
    ['timeout', 'timeout'],
  ])('notes that %s is not the program that is meant', (name, shown) => {
    expect(inspect(name).launcherNote).toContain(`those of \`${shown}\` itself`);
    expect(inspect(name).notes).toEqual([]);
  });

  it('judges a script by what runs it', () => {
    programs.write('plain.sh', 'echo no first line\n');
    programs.write('perl.pl', '#!/usr/bin/perl -w\n');
    programs.write('by-env.pl', '#!/usr/bin/env perl\n');
    programs.write('by-static', `#!${programs.compile('static2', ALLOCATING, '-static')}\n`);
    programs.write('npm', '#!/usr/bin/perl\n');
    const plain = { isPlain: false, interpreter: null, launcherNote: null, notes: [] };
    expect(inspect('./plain.sh').launcherNote).toMatch(/^`\.\/plain\.sh` is a script, .* of `sh` itself/);
    expect(inspect('./perl.pl')).toEqual(plain);
    expect(inspect('./by-env.pl')).toEqual({ ...plain, interpreter: 'perl' });
    expect(() => inspect('./by-static')).toThrow(/linked statically/);
    expect(inspect('./npm').launcherNote).toContain('`npm`');
  });

  it('says where a script is that bears the name of a program, as those of rbenv do', () => {
    const script = programs.write('ruby', '#!/usr/bin/env bash\nexec rbenv exec ruby "$@"\n');
    const found = inspect('ruby', { searchPath: `${programs.path}:${process.env.PATH}` });
    expect(found.launcherNote).toBe(
      `\`ruby\` (${script}) is a script, heaptrack follows no child processes, and the numbers are those of \`bash\` ` +
        'itself. To measure a program that it starts, put `$MEMTRACK` before that program in the script.',
    );
  });

  it('leaves a script alone that traces programs itself', () => {
    programs.write('own.sh', '#!/bin/sh\n$MEMTRACK ./program\n');
    expect(inspect('./own.sh')).toEqual({ isPlain: true, interpreter: null, launcherNote: null, notes: [] });
  });

  it('gives up on a script that is its own interpreter', () => {
    programs.write('loop', `#!${programs.path}/loop\n`);
    expect(() => inspect('./loop')).toThrow(/never end/);
  });

  it('notes that Python hides small objects unless it is told not to', () => {
    symlinkSync(program, join(programs.path, 'python3.11'));
    expect(inspect('./python3.11').notes).toEqual([expect.stringContaining('PYTHONMALLOC=malloc')]);
    expect(inspect('./python3.11', { pythonMalloc: 'malloc' }).notes).toEqual([]);
  });

  it('notes an allocator that LD_PRELOAD brings', () => {
    const { notes } = inspect('./program', { preload: '/usr/lib/libjemalloc.so.2' });
    expect(notes).toEqual([expect.stringContaining('libjemalloc.so.2')]);
  });
});
