import { describe, expect, it } from 'vitest';
import { findExecutable } from '../../src/workspace/executable.ts';
import {
  changedFrames,
  changesOf,
  comparePrograms,
  culpritOf,
  deltasOf,
  type Files,
  fates,
} from './compare-programs.ts';

/** A crate of the standard library alone: maps, strings, closures, generics, traits, a thread that is joined at once. */
const MAIN = `use std::collections::HashMap;
use std::fmt::Display;
use std::thread;

struct Item {
    name: String,
    tags: Vec<String>,
}

trait Describe {
    fn describe(&self) -> String;
}

impl Describe for Item {
    fn describe(&self) -> String {
        format!("{} with {} tags", self.name, self.tags.len())
    }
}

fn tags_of(number: usize) -> Vec<String> {
    (0..number % 5).map(|tag| format!("tag number {tag}")).collect()
}

fn load(count: usize) -> HashMap<String, Item> {
    let mut items = HashMap::new();
    for number in 0..count {
        let name = format!("item {number}");
        items.insert(name.clone(), Item { name, tags: tags_of(number) });
    }
    items
}

fn join_all<T: Display>(values: &[T]) -> String {
    values.iter().map(|value| value.to_string()).collect::<Vec<_>>().join(";")
}

fn main() {
    let items = load(100);
    let described: Vec<String> =
        (0..100).map(|number| items[&format!("item {number}")].describe()).collect();
    let worker = thread::spawn(move || described.iter().map(|text| text.to_uppercase().len()).sum());
    let length: usize = worker.join().unwrap();
    let twice: Box<dyn Fn() -> usize> = Box::new(move || length * 2);
    println!("{} {} {}", join_all(&[1, 2, 3]), join_all(&["a", "b"]), twice());
}
`;

function crate(name: string, main: string, dependencies = ''): Files {
  return {
    '.gitignore': 'target\n',
    'Cargo.toml': `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\n${dependencies}`,
    'src/main.rs': main,
  };
}

const PROFILES = [
  { profile: 'debug', build: 'cargo build --offline --quiet' },
  { profile: 'release', build: 'cargo build --offline --quiet --release' },
];

const hasCargo = findExecutable('cargo', { searchPath: process.env.PATH ?? '', directory: '/' }) !== null;

describe.skipIf(!hasCargo).each(PROFILES)('a crate in $profile', ({ profile, build }) => {
  it('shows the function that was edited and its callers, and nothing else', async () => {
    const edited = MAIN.replace('"tag number {tag}"', '"the tag with the number {tag}"');
    const result = await comparePrograms({
      base: crate('inventory', MAIN),
      head: { 'src/main.rs': `// Says more of each tag.\n${edited}` },
      build,
      run: `./target/${profile}/inventory`,
    });
    // 200 tags of twelve bytes become ones of 25, in buffers that format! estimates from the text around.
    expect(changesOf(result)).toEqual([
      expect.stringMatching(/^grew tags_of::\{closure\} \d+ → \d+ at src\/main\.rs:22, on a changed line$/),
    ]);
    // Of the library, the one function that the edited line calls.
    expect(changedFrames(result)).toEqual([
      'all',
      'inventory::main',
      'inventory::load',
      'inventory::tags_of',
      'tags_of::{closure}',
      'fmt::format',
    ]);
    expect(culpritOf(result)).toMatch(/^tags_of::\{closure\} .* at src\/main\.rs:22, on a changed line$/);
    expect(result.diff.matched).toBe(1);
    expect(fates(result).filter((fate) => !fate.startsWith('kept '))).toEqual([
      expect.stringMatching(
        /^new inventory::main;inventory::load;inventory::tags_of;tags_of::\{closure\} \d+$/,
      ),
    ]);
  });

  it('shows nothing when nothing was edited', async () => {
    const single = MAIN.replace('thread::spawn(move ||', 'std::convert::identity(move ||')
      .replace('worker.join().unwrap()', 'worker()')
      .replace('use std::thread;\n', '');
    const result = await comparePrograms({
      base: crate('inventory', single),
      head: { 'README.md': 'Nothing.' },
      build,
      run: `./target/${profile}/inventory`,
    });
    expect(deltasOf(result)).toEqual({ allocated: 0, allocations: 0, temporary: 0, peak: 0, leaked: 0 });
    expect(result.benchmark.changes).toEqual([]);
    expect(fates(result).filter((fate) => !fate.startsWith('kept '))).toEqual([]);
    expect(result.diff.matched).toBe(1);
  });
});
