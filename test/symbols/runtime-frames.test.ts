import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDemangler } from '../../src/symbols/demangle.ts';
import { createFunctionNamer } from '../../src/symbols/normalise-function.ts';
import { frameRole } from '../../src/symbols/runtime-frames.ts';
import { demanglerWasm } from './demangler-wasm.ts';

const nameFunction = createFunctionNamer(createDemangler(readFileSync(demanglerWasm)));

describe('a function that only hands the request on', () => {
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
  ])('is %s', (raw) => {
    expect(frameRole(nameFunction(raw).identity, '')).toBe('allocation');
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
  ])('is not %s', (raw) => {
    expect(frameRole(nameFunction(raw).identity, '')).not.toBe('allocation');
  });
});

describe('frameRole', () => {
  it("takes a program's own function for code, though the C library has one of that name", () => {
    expect(frameRole('server::start_thread', 'server')).toBe('code');
    expect(frameRole('Shape::clone', 'server')).toBe('code');
  });

  it('takes frames without a name for runtime where only the runtime has such', () => {
    expect(frameRole('', 'libc.so')).toBe('runtime');
    expect(frameRole('??', 'libstdc++.so')).toBe('runtime');
    expect(frameRole('', 'server')).toBe('code');
    expect(frameRole('', '')).toBe('code');
  });
});
