/* Which crates a repository holds, from its manifests. https://doc.rust-lang.org/cargo/reference/cargo-targets.html */

const MAX_CRATES = 10_000;

/**
 * The crates of a repository with the folders of their packages; '' is the repository's top.
 * @param manifests texts of its Cargo.toml files by path
 * @param paths of all its files
 */
export function findRustCrates(
  manifests: ReadonlyMap<string, string>,
  paths: Iterable<string>,
): ReadonlyMap<string, readonly string[]> {
  const crates = new Map<string, string[]>();
  const add = (name: string, folder: string) => {
    const crate = name.replaceAll('-', '_');
    const folders = crates.get(crate);
    if (folders !== undefined) folders.push(folder);
    else if (crates.size < MAX_CRATES) crates.set(crate, [folder]);
  };
  for (const [path, text] of manifests) {
    const folder = folderOf(path);
    for (const [, name] of text.matchAll(
      /^[ \t]*name[ \t]*=[ \t]*["']([A-Za-z_][A-Za-z_0-9-]{0,63})["']/gm,
    )) {
      add(name, folder);
    }
  }
  // Binaries, examples, tests and benchmarks that no manifest names bear their file's or folder's name.
  for (const path of paths) {
    const target =
      /^(.*?)\/?(?:src\/bin|examples|tests|benches)\/([A-Za-z_][A-Za-z_0-9-]{0,63})(?:\.rs|\/main\.rs)$/.exec(
        path,
      );
    if (target !== null && manifests.has(target[1] === '' ? 'Cargo.toml' : `${target[1]}/Cargo.toml`)) {
      add(target[2], target[1]);
    }
  }
  return crates;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
