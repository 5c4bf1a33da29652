import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDemangler } from '../../src/symbols/demangle.ts';
import { moduleName } from '../../src/symbols/modules.ts';
import { createFunctionNamer } from '../../src/symbols/normalise-function.ts';
import {
  type EntryFrame,
  findProgramEntry,
  frameRole,
  isAllocationFunction,
  isStartFrame,
} from '../../src/symbols/runtime-frames.ts';
import { demanglerWasm } from './demangler-wasm.ts';
import { RECORDED_STACKS } from './recorded-stacks.ts';

const nameFunction = createFunctionNamer(createDemangler(readFileSync(demanglerWasm)));

function readFrames(text: string): readonly EntryFrame[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [name, module] = line.split(' | ');
      return { identity: nameFunction(name === '?' ? '' : name).identity, module: moduleName(module) };
    });
}

const stack = (...identities: string[]): readonly EntryFrame[] =>
  identities.map((identity) => ({ identity, module: '' }));

describe('findProgramEntry', () => {
  it.each(RECORDED_STACKS)('of a stack of $title is $entry', ({ frames, entry }) => {
    const read = readFrames(frames);
    expect(read[findProgramEntry(read)].identity).toBe(entry);
  });

  it('starts at main when the C library has no names', () => {
    const frames = [
      { identity: '', module: 'server' },
      { identity: '', module: 'libc.so' },
      { identity: '__libc_start_main', module: 'libc.so' },
      { identity: 'main', module: 'server' },
      { identity: 'serve', module: 'server' },
    ];
    expect(findProgramEntry(frames)).toBe(3);
  });

  it('cuts nothing off a stack whose outer part is missing', () => {
    expect(findProgramEntry(stack('serve', 'read', 'operator new'))).toBe(0);
  });

  it('keeps what looks like runtime when the program called it', () => {
    expect(
      findProgramEntry(stack('_start', 'main', 'std::__invoke<F>', 'std::panic::catch_unwind', 'f')),
    ).toBe(1);
  });

  it("keeps a test of Rust's test harness, not the harness", () => {
    const harness = ['std::sys::thread::unix::Thread::new::thread_start', 'test::run_test::{closure}'];
    const frames = stack('clone3', ...harness, 'test::__rust_begin_short_backtrace', 'words::tests::counts');
    expect(findProgramEntry(frames)).toBe(4);
  });

  it('keeps one frame of a stack that is all runtime', () => {
    expect(findProgramEntry(stack('_start', '__libc_start_main', 'operator new'))).toBe(1);
    expect(findProgramEntry(stack('malloc'))).toBe(0);
    expect(findProgramEntry([])).toBe(0);
  });
});

describe('isAllocationFunction', () => {
  it.each([
    ...['malloc', 'calloc', '__libc_realloc', 'posix_memalign', 'operator new(unsigned long)'],
    ...['operator new[](unsigned long, std::nothrow_t const&)', '_ZnwmSt11align_val_t'],
    ...['std::allocator_traits<std::allocator<char> >::allocate(std::allocator<char>&, unsigned long)'],
    ...[
      'std::__new_allocator<int>::allocate(unsigned long, void const*)',
      '__gnu_cxx::new_allocator<int>::allocate(int)',
    ],
    ...[
      '__rust_alloc',
      '_RNvCsbAMGNdGAV0r_7___rustc12___rust_alloc',
      '__rdl_alloc',
      'alloc::alloc::alloc::h0123456789abcdef',
    ],
    ...[
      '_RNvNtCslNYArtu3iFV_5alloc5alloc5alloc',
      '_RNvMNtCslNYArtu3iFV_5alloc5allocNtB2_6Global10alloc_impl',
    ],
    ...['_$LT$alloc..alloc..Global$u20$as$u20$core..alloc..Allocator$GT$::allocate::h56ded1ee8bd17a1a'],
  ])('is true of %s', (raw) => {
    expect(isAllocationFunction(nameFunction(raw).identity)).toBe(true);
  });

  it.each([
    ...[
      'geo::Node::operator new(unsigned long)',
      'strdup',
      'my_malloc',
      'pool::allocate(int)',
      'operator delete(void*)',
    ],
    ...['std::vector<int>::push_back(int const&)', 'arena::Arena<T>::allocate'],
  ])('is false of %s', (raw) => {
    expect(isAllocationFunction(nameFunction(raw).identity)).toBe(false);
  });
});

describe('frameRole', () => {
  it("takes a program's own function for code, though the C library has one of that name", () => {
    expect(frameRole('server::start_thread', 'server')).toBe('code');
    expect(frameRole('Shape::clone', 'server')).toBe('code');
  });

  it('takes frames without a name for runtime where only the runtime has such', () => {
    expect(isStartFrame('', 'libc.so')).toBe(true);
    expect(isStartFrame('??', 'libstdc++.so')).toBe(true);
    expect(isStartFrame('', 'server')).toBe(false);
    expect(isStartFrame('', '')).toBe(false);
  });
});
