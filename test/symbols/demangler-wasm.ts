import { createRequire } from 'node:module';

/** Path of the demangler's WebAssembly. */
export const demanglerWasm = createRequire(import.meta.url).resolve('gecko-profiler-demangle/index_bg.wasm');
