import { readFileSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { type ByteSource, readElf } from '../../../src/trackers/heaptrack/elf.ts';
import { ALLOCATING, makeProgramFolder } from './compile-programs.ts';

const programs = makeProgramFolder();
afterAll(() => rmSync(programs.path, { recursive: true }));

const source = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
});
const read = (path: string) => readElf(source(readFileSync(path)));

const dynamic = programs.compile('dynamic', ALLOCATING);
const OWN_FUNCTIONS =
  'void *malloc(unsigned long n) { (void)n; return 0; } static void my_malloc(void) {} ' +
  'void calloc_like(void) { my_malloc(); } int main(void) { calloc_like(); return 0; }';

describe('readElf', () => {
  it('reads machine, loader, libraries and sections of a program', () => {
    const elf = read(dynamic);
    expect(elf).toMatchObject({ bits: 64, isLittleEndian: true, libraries: ['libc.so.6'] });
    expect(elf.loader).toMatch(/^\/lib.*\/ld-linux-/);
    expect(elf.sections).toContain('.text');
  });

  it('finds no loader in programs that are linked statically', () => {
    expect(read(programs.compile('static', ALLOCATING, '-static')).loader).toBeNull();
    expect(read(programs.compile('static-pie', ALLOCATING, '-static-pie')).loader).toBeNull();
  });

  it('tells functions that a program defines from those that it uses, and global from local ones', () => {
    const elf = read(programs.compile('own', OWN_FUNCTIONS, '-fno-builtin'));
    expect(elf.definedFunctions(['malloc', 'my_malloc', 'alloc_like', 'free'])).toEqual(
      new Map([
        ['malloc', 'global'],
        ['my_malloc', 'local'],
      ]),
    );
    expect(read(dynamic).definedFunctions(['malloc', 'free', 'main'])).toEqual(new Map([['main', 'global']]));
  });

  it('still finds in a stripped program what its libraries share', () => {
    const elf = read(programs.compile('stripped', OWN_FUNCTIONS, '-fno-builtin', '-s'));
    expect(elf.definedFunctions(['malloc', 'my_malloc'])).toEqual(new Map([['malloc', 'global']]));
  });

  it('gives a result or a UserError for any bytes, and takes no long time for it', () => {
    const soundBytes = readFileSync(dynamic);
    const corrupted = fc
      .tuple(
        fc.array(fc.tuple(fc.nat(soundBytes.length - 1), fc.nat(255)), { maxLength: 30 }),
        fc.array(fc.tuple(fc.nat(63), fc.nat(255)), { maxLength: 5 }),
        fc.oneof(fc.constant(soundBytes.length), fc.nat(soundBytes.length)),
      )
      .map(([anywhere, inHeader, length]) => {
        const bytes = Uint8Array.from(soundBytes);
        for (const [offset, value] of [...anywhere, ...inHeader]) bytes[offset] = value;
        return bytes.subarray(0, length);
      });
    const headed = fc
      .uint8Array({ maxLength: 400 })
      .map((tail) => Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, ...tail));
    fc.assert(
      fc.property(fc.oneof(corrupted, headed, fc.uint8Array()), (bytes) => {
        try {
          const elf = readElf(source(bytes));
          expect(elf.definedFunctions(['malloc', '']).size).toBeLessThanOrEqual(2);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
