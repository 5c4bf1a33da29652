import { describe, expect, it } from 'vitest';
import { ownershipBySources } from '../../src/diff/ownership.ts';
import { findRustCrates } from '../../src/diff/rust-crates.ts';

/** The ownership of a repository whose names in traces lead to all tracked files that end so. */
function ownershipOf(files: Readonly<Record<string, string>>) {
  const texts = new Map(Object.entries(files));
  const paths = [...texts.keys()];
  const manifests = new Map([...texts].filter(([path]) => path.endsWith('Cargo.toml')));
  const ownership = ownershipBySources({
    texts,
    isTracked: (path) => texts.has(path),
    candidatesOf: (file) => ({
      paths: paths.filter((path) => `/${path}`.endsWith(file.startsWith('/') ? file : `/${file}`)),
      isCertain: file.startsWith('/'),
    }),
    crates: findRustCrates(manifests, paths),
  });
  return (file: string, identity: string, shortName = identity) =>
    ownership(file, { identity, name: identity, shortName });
}

describe('a function in C or C++', () => {
  const own = ownershipOf({
    'src/lib.c': 'int ours(void) { return theirs(); }',
    'vendor/dep/src/lib.c': 'int theirs(void) { return 1; }\nstatic int both(void) { return 1; }',
    'vendor/other/src/lib.c': 'static int both(void) { return 2; }',
    'src/main.cpp': 'static Parser parser;\nint main() { run([] { return 1; }); }',
  });

  it('is where the text defines it, not where it is called', () => {
    expect(own('src/lib.c', 'ours')).toBe('src/lib.c');
    expect(own('src/lib.c', 'theirs')).toBe('vendor/dep/src/lib.c');
    expect(own('src/lib.c', 'elsewhere')).toBeNull();
  });

  it('is nowhere when two files may be meant', () => {
    expect(own('src/lib.c', 'both')).toBeNull();
  });

  it('is where an absolute path leads, unless it is a library’s', () => {
    expect(own('/src/main.cpp', 'MadeByMacro')).toBe('src/main.cpp');
    expect(own('/src/main.cpp', 'std::sort<int*>', 'std::sort')).toBeNull();
  });

  it('may have no name of its own', () => {
    expect(own('main.cpp', 'operator()')).toBe('src/main.cpp');
    expect(own('main.cpp', 'static initialisers')).toBeNull();
    expect(own('main.cpp', '_GLOBAL__sub_I_parser')).toBe('src/main.cpp');
    expect(own('lib.c', '__static_initialization_and_destruction_0')).toBeNull();
  });
});

describe('a function in Rust', () => {
  const own = ownershipOf({
    'Cargo.toml': '[package]\nname = "our-words"\n[workspace]\nmembers = ["crates/tables"]\n',
    'src/lib.rs': '',
    'src/bin/check.rs': '',
    'crates/tables/Cargo.toml': "[package]\nname = 'tables'\n",
    'crates/tables/src/lib.rs': '',
  });

  it('is in the folder of its crate', () => {
    expect(own('src/lib.rs', 'our_words::parse')).toBe('src/lib.rs');
    expect(own('crates/tables/src/lib.rs', 'tables::Table::new')).toBe('crates/tables/src/lib.rs');
    expect(own('src/bin/check.rs', 'check::main')).toBe('src/bin/check.rs');
    expect(own('src/lib.rs', '<our_words::Item as core::clone::Clone>::clone')).toBe('src/lib.rs');
    expect(own('src/lib.rs', '<&mut our_words::Item as core::fmt::Debug>::fmt')).toBe('src/lib.rs');
    expect(own('src/lib.rs', '<alloc::vec::Vec<u8> as our_words::Parse>::parse')).toBe('src/lib.rs');
  });

  it('is not ours when its crate is not, though its file and its arguments are named like ours', () => {
    expect(own('src/lib.rs', 'dep::parse::<our_words::Item>')).toBeNull();
    expect(own('src/lib.rs', '<dep::Word as core::clone::Clone>::clone')).toBeNull();
    expect(own('src/lib.rs', 'constructor::constructor')).toBeNull();
  });
});
