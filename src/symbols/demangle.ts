/** Gives the readable name of a mangled one, and its input when that is not mangled or cannot be demangled. Never throws. */
export type Demangle = (mangled: string) => string;

/** Longer names are handed back as they are. The longest real one known to us has 28 KB. */
export const MAX_MANGLED_LENGTH = 65_536;

/**
 * A C++ name may refer to its own parts, so one of 250 characters can spell out gigabytes. 8 MB of memory stop that
 * after about 0.1 s, and still hold a hundred times the longest real name.
 */
const MAX_MEMORY_PAGES = 128;

/** So many names that broke the demangler are an attack, not a program: the rest stays mangled. */
const MAX_BREAKDOWNS = 16;

/** The little of WebAssembly's interface that is used here: neither TypeScript's ES library nor Node's types have it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** What gecko-profiler-demangle 0.4's WebAssembly module exports: its own JavaScript glue keeps a single instance. */
interface DemanglerExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  __wbindgen_malloc(byteLength: number, alignment: number): number;
  __wbindgen_free(address: number, byteLength: number, alignment: number): void;
  demangle_any(address: number, byteLength: number): [address: number, byteLength: number];
}

/**
 * Makes a demangler for Rust (v0 `_R…`, legacy `_ZN…17h…E`) and C++ (`_Z…`).
 * @param wasmBytes index_bg.wasm of the npm package gecko-profiler-demangle
 */
export function createDemangler(wasmBytes: ArrayBuffer | ArrayBufferView): Demangle {
  const module = new WebAssembly.Module(limitMemory(toBytes(wasmBytes), MAX_MEMORY_PAGES));
  let instance = instantiate(module);
  let breakdowns = 0;

  return (mangled) => {
    if (!looksMangled(mangled) || mangled.length > MAX_MANGLED_LENGTH || breakdowns >= MAX_BREAKDOWNS) {
      return mangled;
    }
    try {
      const name = callDemangler(instance, mangled);
      // The C++ demangler drops the first underscore of what it does not understand.
      return name === '' || name === mangled.slice(1) ? mangled : name;
    } catch {
      // Out of memory or stack, or a panic: the instance's state is lost with it.
      breakdowns += 1;
      instance = instantiate(module);
      return mangled;
    }
  };
}

function looksMangled(name: string): boolean {
  return name.startsWith('_Z') || name.startsWith('_R') || name.startsWith('__Z') || name.startsWith('__R');
}

function instantiate(module: object): DemanglerExports {
  // Sets up a table for JavaScript objects, and none cross this border.
  const glue = { __wbindgen_init_externref_table: () => {} };
  return new WebAssembly.Instance(module, { './index_bg.js': glue }).exports as DemanglerExports;
}

function callDemangler(instance: DemanglerExports, mangled: string): string {
  const input = new TextEncoder().encode(mangled);
  // The demangler takes ownership of its input and frees it.
  const inputAddress = instance.__wbindgen_malloc(input.length, 1) >>> 0;
  new Uint8Array(instance.memory.buffer).set(input, inputAddress);
  const [outputAddress, outputLength] = instance.demangle_any(inputAddress, input.length);
  const output = new Uint8Array(instance.memory.buffer, outputAddress >>> 0, outputLength >>> 0);
  const name = new TextDecoder().decode(output);
  instance.__wbindgen_free(outputAddress, outputLength, 1);
  return name;
}

function toBytes(source: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}

const MEMORY_SECTION = 5;

/**
 * Gives a WebAssembly module whose own memory may not grow beyond `maxPages` of 64 KB: such a module says so in its
 * memory section, and one that a compiler made says "no limit".
 * https://webassembly.github.io/spec/core/binary/modules.html#memory-section
 */
function limitMemory(module: Uint8Array, maxPages: number): Uint8Array<ArrayBuffer> {
  let offset = 8;
  while (offset < module.length) {
    const size = readUnsigned(module, offset + 1);
    const end = size.next + size.value;
    if (module[offset] === MEMORY_SECTION) {
      const minimum = readUnsigned(module, size.next + 2);
      const content = [1, 1, ...unsigned(minimum.value), ...unsigned(Math.max(minimum.value, maxPages))];
      const section = [MEMORY_SECTION, ...unsigned(content.length), ...content];
      const limited = new Uint8Array(module.length - (end - offset) + section.length);
      limited.set(module.subarray(0, offset));
      limited.set(section, offset);
      limited.set(module.subarray(end), offset + section.length);
      return limited;
    }
    offset = end;
  }
  return new Uint8Array(module);
}

/** Reads a LEB128 number. */
function readUnsigned(bytes: Uint8Array, offset: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let shift = 0;
  let next = offset;
  for (; next < bytes.length; shift += 7) {
    const byte = bytes[next];
    next += 1;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  return { value, next };
}

/** Writes a LEB128 number. */
function unsigned(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(Math.floor(value / 0x80))];
}
