/** Namespaces of the languages' own libraries, whose templates and generics are compiled into the program. */
const LIBRARY_NAMESPACES: readonly string[] = [
  'std::',
  '__gnu_cxx::',
  'core::',
  'alloc::',
  'hashbrown::',
  'boost::',
];

/** Where headers and library sources of the system and of toolchains lie. */
const LIBRARY_FOLDERS = ['/usr/', '/rustc/', '/build/', '/opt/'];

/** Rust's own library, as it was compiled in the folder of its sources. */
const RUST_LIBRARY_FILE = /^library\/(?:core|alloc|std|test)\/src\/.+\.rs$/;

/** What tells whether a function is the program's; '' where it is not known. */
export interface CodeOrigin {
  /** Normalised function name. */
  readonly identity: string;
  /** Source file, as the debug information names it. */
  readonly file: string;
  readonly modulePath: string;
  /** Whether the module is the program's executable. */
  readonly isExecutable: boolean;
}

/**
 * Whether code is the measured program's own as far as can be told without its repository: it is in the executable,
 * and neither its name nor its source file is of a library.
 */
export function isProgramCode({ identity, file, modulePath, isExecutable }: CodeOrigin): boolean {
  // Folded text names no modules: then every function may be the program's own.
  if (!isExecutable && modulePath !== '') return false;
  if (LIBRARY_FOLDERS.some((folder) => file.startsWith(folder)) || file.includes('/.cargo/registry/'))
    return false;
  return !RUST_LIBRARY_FILE.test(file) && !isLibraryName(identity);
}

/** Whether a function bears the name of a language's own library. */
export function isLibraryName(identity: string): boolean {
  const name = identity.startsWith('<') ? identity.slice(1) : identity;
  return (
    LIBRARY_NAMESPACES.some((namespace) => name.startsWith(namespace)) || identity.startsWith('operator new')
  );
}
