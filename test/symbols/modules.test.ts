import { describe, expect, it } from 'vitest';
import { isLoaderModule, isProfilerModule, isSystemModule, moduleName } from '../../src/symbols/modules.ts';

describe('moduleName', () => {
  it.each([
    ['/usr/lib/x86_64-linux-gnu/libstdc++.so.6.0.30', 'libstdc++.so'],
    ['/lib64/ld-linux-x86-64.so.2', 'ld-linux-x86-64.so'],
    ['/lib/x86_64-linux-gnu/libc-2.31.so', 'libc.so'],
    ['/lib/x86_64-linux-gnu/ld-2.31.so', 'ld.so'],
    ['linux-vdso.so.1', 'linux-vdso.so'],
    ['/home/me/target/debug/deps/parse-8d3f1a2b3c4d5e6f', 'parse'],
    ['/home/me/.rustup/lib/libstd-8d3f1a2b3c4d5e6f.so', 'libstd.so'],
    ['/home/me/build/tool-2.5', 'tool-2.5'],
    ['/usr/lib/python3/_ssl.cpython-311-x86_64-linux-gnu.so', '_ssl.cpython-311-x86_64-linux-gnu.so'],
    ['/home/me/build/server (deleted)', 'server'],
    ['-8d3f1a2b3c4d5e6f', '-8d3f1a2b3c4d5e6f'],
    ['/a/b/', ''],
    ['', ''],
  ])('of %j is %j', (path, name) => {
    expect(moduleName(path)).toBe(name);
  });
});

describe('kinds of modules', () => {
  it('knows the loader and the C library, whatever the version of glibc', () => {
    for (const path of [
      '/lib64/ld-linux-x86-64.so.2',
      '/lib/ld-2.31.so',
      '/lib/libc.so.6',
      '/lib/libc-2.31.so',
    ]) {
      expect(isSystemModule(moduleName(path)), path).toBe(true);
    }
    expect(isLoaderModule('libc.so')).toBe(false);
    expect(isSystemModule('libcurl.so')).toBe(false);
  });

  it('knows what heaptrack brings into a process', () => {
    for (const path of [
      '/usr/lib/heaptrack/libheaptrack_preload.so',
      '/lib/libstdc++.so.6',
      '/lib/libunwind.so.8',
    ]) {
      expect(isProfilerModule(moduleName(path)), path).toBe(true);
    }
    expect(isProfilerModule('libssl.so')).toBe(false);
  });
});
