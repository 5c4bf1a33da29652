/** Executables and libraries by the base name of their path. */

/**
 * 'libstdc++.so' of '/lib/x86_64-linux-gnu/libstdc++.so.6.0.30' and 'libc.so' of 'libc-2.31.so': the version is not
 * what a module is, nor is the hash that cargo appends ('parse-0123456789abcdef').
 */
export function moduleName(path: string): string {
  const file = path.endsWith(' (deleted)') ? path.slice(0, -' (deleted)'.length) : path;
  const name = file.slice(file.lastIndexOf('/') + 1);
  const versioned = name.indexOf('.so.');
  const library = versioned < 0 ? name : name.slice(0, versioned + '.so'.length);
  const extension = library.endsWith('.so') ? '.so' : '';
  const stem = extension === '' ? library : library.slice(0, -extension.length);
  const suffix = stem.slice(Math.max(1, stem.lastIndexOf('-')));
  const isHash = /^-[0-9a-f]{16}$/.test(suffix);
  const isVersion = extension !== '' && /^-\d+\.[\d.]+$/.test(suffix);
  return (isHash || isVersion ? stem.slice(0, -suffix.length) : stem) + extension;
}

/** The dynamic loader, which runs the initialisers of libraries: ld-linux-x86-64.so, ld-linux-aarch64.so, ld.so. */
export function isLoaderModule(name: string): boolean {
  return name === 'ld.so' || /^ld-[a-z0-9_.-]{1,32}\.so$/.test(name);
}

const SYSTEM_MODULES: ReadonlySet<string> = new Set([
  'libc.so',
  'libm.so',
  'libdl.so',
  'libpthread.so',
  'librt.so',
  'linux-vdso.so',
]);

/** The loader and the C library: in every process, with or without a profiler. */
export function isSystemModule(name: string): boolean {
  return isLoaderModule(name) || SYSTEM_MODULES.has(name);
}

/** heaptrack's own libraries and what they are linked with. A program may be linked with them too. */
const PROFILER_MODULES: ReadonlySet<string> = new Set([
  'libheaptrack_preload.so',
  'libheaptrack_inject.so',
  'libstdc++.so',
  'libgcc_s.so',
  'libunwind.so',
  'libunwind-x86_64.so',
  'libunwind-aarch64.so',
  'libdw.so',
  'libelf.so',
  'libbz2.so',
  'liblzma.so',
  'libz.so',
  'libzstd.so',
]);

/** @param name as `moduleName` gives it */
export function isProfilerModule(name: string): boolean {
  return PROFILER_MODULES.has(name);
}
