/** The git side of the stand-in's repository: objects with the ids that git itself would give them, and branches. */
import { createHash } from 'node:crypto';

export interface StoredTreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
}

export interface StoredCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** ISO 8601 */
  readonly date: string;
}

/** A file's text, or what else a tree can hold. */
export type FileSeed = string | Uint8Array | { readonly symlinkTo: string } | { readonly submodule: string };

/** Null removes it. */
export type TreeChange = Omit<StoredTreeEntry, 'sha'> & { readonly sha: string | null };

type Mode = '100644' | '120000';

export class GitObjects {
  readonly blobs = new Map<string, Buffer>();
  readonly trees = new Map<string, readonly StoredTreeEntry[]>();
  readonly commits = new Map<string, StoredCommit>();
  /** By name, without `refs/heads/`. */
  readonly branches = new Map<string, string>();

  addBlob(content: Uint8Array): string {
    const sha = objectId('blob', content);
    this.blobs.set(sha, Buffer.from(content));
    return sha;
  }

  addTree(entries: readonly StoredTreeEntry[]): string {
    const sorted = [...entries].sort((a, b) => (sortName(a) < sortName(b) ? -1 : 1));
    const bytes = sorted.map(({ mode, path, sha }) =>
      Buffer.concat([Buffer.from(`${Number(mode)} ${path}\0`), Buffer.from(sha, 'hex')]),
    );
    const sha = objectId('tree', Buffer.concat(bytes));
    this.trees.set(sha, sorted);
    return sha;
  }

  addCommit(given: Omit<StoredCommit, 'sha'>): StoredCommit {
    const { tree, parents, message, date } = given;
    const lines = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`)];
    const person = `GitHub <noreply@github.com> ${Math.floor(Date.parse(date) / 1000)} +0000`;
    const text = [...lines, `author ${person}`, `committer ${person}`, '', message].join('\n');
    const commit = { ...given, sha: objectId('commit', Buffer.from(text)) };
    this.commits.set(commit.sha, commit);
    return commit;
  }

  /** A branch with one commit of these files. */
  addBranch(name: string, files: Readonly<Record<string, FileSeed>>, date: string): void {
    const changes = Object.entries(files).map(([path, seed]) => ({ path, ...this.#addSeed(seed) }));
    const tree = this.changeTree(null, changes)!;
    this.branches.set(name, this.addCommit({ tree, parents: [], message: 'Seed', date }).sha);
  }

  #addSeed(seed: FileSeed): Omit<StoredTreeEntry, 'path'> {
    const blob = (content: Uint8Array, mode: Mode) =>
      ({ mode, type: 'blob', sha: this.addBlob(content) }) as const;
    if (typeof seed === 'string') return blob(Buffer.from(seed), '100644');
    if (seed instanceof Uint8Array) return blob(seed, '100644');
    if ('symlinkTo' in seed) return blob(Buffer.from(seed.symlinkTo), '120000');
    return { mode: '160000', type: 'commit', sha: seed.submodule };
  }

  /** The tree with the changes made, or null when one of them removes what is not there. Empty folders go. */
  changeTree(base: string | null, changes: readonly TreeChange[]): string | null {
    const entries = new Map((base === null ? [] : this.trees.get(base)!).map((entry) => [entry.path, entry]));
    const below = new Map<string, TreeChange[]>();
    for (const change of changes) {
      const slash = change.path.indexOf('/');
      if (slash >= 0) {
        const folder = change.path.slice(0, slash);
        const inner = { ...change, path: change.path.slice(slash + 1) };
        below.set(folder, [...(below.get(folder) ?? []), inner]);
      } else if (change.sha !== null) {
        entries.set(change.path, { ...change, sha: change.sha });
      } else if (!entries.delete(change.path)) {
        return null;
      }
    }
    for (const [folder, inner] of below) {
      const existing = entries.get(folder);
      const sha = this.changeTree(existing?.type === 'tree' ? existing.sha : null, inner);
      if (sha === null) return null;
      if (this.trees.get(sha)!.length === 0) entries.delete(folder);
      else entries.set(folder, { path: folder, mode: '040000', type: 'tree', sha });
    }
    return this.addTree([...entries.values()]);
  }

  /** A branch's name, or the full id of a commit. */
  resolve(name: string): StoredCommit | null {
    return this.commits.get(this.branches.get(name) ?? name) ?? null;
  }

  entryAt(tree: string, path: string): StoredTreeEntry | null {
    let entry: StoredTreeEntry = { path: '', mode: '040000', type: 'tree', sha: tree };
    for (const part of path.split('/').filter((one) => one !== '')) {
      const found = this.trees.get(entry.sha)?.find((one) => one.path === part);
      if (!found) return null;
      entry = found;
    }
    return entry;
  }

  /** Every file below a tree, by its path. */
  listFiles(tree: string, prefix = ''): ReadonlyMap<string, Buffer> {
    const files = new Map<string, Buffer>();
    for (const { path, type, sha } of this.trees.get(tree) ?? []) {
      if (type === 'blob') files.set(prefix + path, this.blobs.get(sha)!);
      if (type !== 'tree') continue;
      for (const [inner, content] of this.listFiles(sha, `${prefix}${path}/`)) files.set(inner, content);
    }
    return files;
  }

  isAncestor(ancestor: string, of: string): boolean {
    const left = [of];
    for (let sha = left.pop(); sha !== undefined; sha = left.pop()) {
      if (sha === ancestor) return true;
      left.push(...(this.commits.get(sha)?.parents ?? []));
    }
    return false;
  }
}

function objectId(type: string, content: Uint8Array): string {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
}

/** Git sorts folders as if their names ended with a slash. */
function sortName({ path, type }: StoredTreeEntry): string {
  return type === 'tree' ? `${path}/` : path;
}
