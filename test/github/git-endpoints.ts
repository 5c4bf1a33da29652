/** What the stand-in answers about branches, files and git's objects. */
import { type Answer, notFound, ok, refuse } from './answers.ts';
import type { Call, Endpoint } from './endpoints.ts';
import type { StoredCommit, StoredTreeEntry, TreeChange } from './git-objects.ts';
import type { RepositoryState } from './repository-state.ts';
import { timestamp } from './repository-state.ts';

const CONTENTS = ['contents'] as const;

export const GIT_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'repos/get-branch': { answer: getBranch },
  'repos/get-content': { answer: getContent },
  'git/create-blob': { answer: whenNotEmpty(createBlob), writes: CONTENTS },
  'git/get-blob': { answer: getBlob },
  'git/create-tree': { answer: whenNotEmpty(createTree), writes: CONTENTS },
  'git/get-tree': { answer: getTree },
  'git/create-commit': { answer: whenNotEmpty(createCommit), writes: CONTENTS },
  'git/get-commit': { answer: getCommit },
  'git/create-ref': { answer: whenNotEmpty(createRef), writes: CONTENTS },
  'git/get-ref': { answer: getRef },
  'git/update-ref': { answer: whenNotEmpty(updateRef), writes: CONTENTS },
};

function whenNotEmpty(answer: Endpoint['answer']): Endpoint['answer'] {
  return (call) =>
    call.state.git.commits.size === 0 ? refuse(409, 'Git Repository is empty.') : answer(call);
}

function created(body: unknown): Answer {
  return { status: 201, body };
}

function getBranch({ state, path }: Call): Answer {
  const name = String(path.branch);
  const sha = state.git.branches.get(name);
  if (sha === undefined) return refuse(404, 'Branch not found');
  const url = state.api(`/branches/${encodeURIComponent(name)}`);
  const isProtected = state.protectedBranches.has(name);
  return ok({
    name,
    commit: state.commit(state.git.commits.get(sha)!),
    _links: { self: url, html: state.web(`/tree/${name}`) },
    protected: isProtected,
    protection: { enabled: isProtected },
    protection_url: `${url}/protection`,
  });
}

/** https://docs.github.com/rest/repos/contents#get-repository-content */
function getContent({ state, path, query }: Call): Answer {
  const filePath = String(path.path);
  const commit = state.git.resolve(String(query.ref ?? state.defaultBranch));
  if (!commit) return refuse(404, `No commit found for the ref ${query.ref}`);
  const entry = state.git.entryAt(commit.tree, filePath);
  if (!entry) return notFound();
  if (entry.type === 'tree') {
    const inner = state.git.trees.get(entry.sha)!;
    return ok(inner.map((one) => withoutContent(contentOf(state, `${filePath}/${one.path}`, one))));
  }
  return ok(contentOf(state, filePath, followLink(state, commit.tree, filePath, entry)));
}

/** GitHub gives the file that a link in the repository leads to, as if it were there. */
function followLink(
  { git }: RepositoryState,
  tree: string,
  path: string,
  entry: StoredTreeEntry,
): StoredTreeEntry {
  if (entry.mode !== '120000') return entry;
  const target = new URL(git.blobs.get(entry.sha)!.toString(), `file:///${path}`).pathname;
  const found = git.entryAt(tree, target);
  return found?.type === 'blob' && found.mode !== '120000' ? found : entry;
}

/** Above this GitHub gives no content in JSON. */
const LARGEST_CONTENT = 1_000_000;

function contentOf(state: RepositoryState, path: string, entry: StoredTreeEntry): Record<string, unknown> {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const self = state.api(`/contents/${encoded}`);
  const git = state.api(`/git/blobs/${entry.sha}`);
  const html = state.web(`/blob/${state.defaultBranch}/${encoded}`);
  const blob = state.git.blobs.get(entry.sha) ?? Buffer.alloc(0);
  const common = {
    ...{ name: path.split('/').at(-1), path, sha: entry.sha, size: blob.length },
    ...{ url: self, html_url: html, git_url: git, download_url: html, _links: { self, git, html } },
  };
  if (entry.type === 'tree') return { ...common, type: 'dir' };
  if (entry.type === 'commit') {
    return { ...common, type: 'submodule', submodule_git_url: 'https://github.com/octo-org/other.git' };
  }
  if (entry.mode === '120000') return { ...common, type: 'symlink', target: blob.toString() };
  const isLarge = blob.length > LARGEST_CONTENT;
  return {
    ...common,
    type: 'file',
    encoding: isLarge ? 'none' : 'base64',
    content: isLarge ? '' : blob.toString('base64').replace(/.{60}/g, '$&\n'),
  };
}

function withoutContent({ content: _, encoding: __, ...rest }: Record<string, unknown>): unknown {
  return rest;
}

function createBlob({ state, body }: Call): Answer {
  const { content, encoding } = body as { content: string; encoding?: string };
  const sha = state.git.addBlob(Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'));
  return created({ sha, url: state.api(`/git/blobs/${sha}`) });
}

function getBlob({ state, path }: Call): Answer {
  const sha = String(path.file_sha);
  const blob = state.git.blobs.get(sha);
  if (!blob) return notFound();
  const content = blob.toString('base64');
  const url = state.api(`/git/blobs/${sha}`);
  return ok({ sha, node_id: `B_${sha}`, size: blob.length, url, content, encoding: 'base64' });
}

interface GivenTree {
  readonly base_tree?: string;
  readonly tree: readonly (Omit<TreeChange, 'sha'> & {
    readonly sha?: string | null;
    readonly content?: string;
  })[];
}

function createTree({ state, body }: Call): Answer {
  const { base_tree: base, tree } = body as GivenTree;
  const { git } = state;
  if (base !== undefined && !git.trees.has(base)) return refuse(422, 'base_tree is not a valid tree oid');
  const changes = tree.map(({ content, sha = null, ...entry }) => ({
    ...entry,
    sha: content === undefined ? sha : git.addBlob(Buffer.from(content)),
  }));
  for (const { sha, type, path } of changes) {
    if (/(^|\/)(\.|\.\.|\.git|)(\/|$)/i.test(path)) {
      return refuse(422, 'tree.path contains a malformed path component');
    }
    const known = type === 'blob' ? git.blobs : type === 'tree' ? git.trees : git.commits;
    if (sha !== null && !known.has(sha)) return refuse(422, `tree.sha ${sha} is not a valid ${type}`);
  }
  const sha = git.changeTree(base ?? null, changes);
  return sha === null ? refuse(422, 'GitRPC::BadObjectState') : created(treeOf(state, sha));
}

function getTree({ state, path, query }: Call): Answer {
  const name = String(path.tree_sha);
  const sha = state.git.resolve(name)?.tree ?? name;
  if (query.recursive !== undefined) return refuse(501, 'The stand-in lists one level of a tree.');
  return state.git.trees.has(sha) ? ok(treeOf(state, sha)) : notFound();
}

function treeOf(state: RepositoryState, sha: string): unknown {
  const tree = state.git.trees.get(sha)!.map((entry) => ({
    ...entry,
    ...(entry.type === 'blob' ? { size: state.git.blobs.get(entry.sha)!.length } : {}),
    url: state.api(`/git/${entry.type}s/${entry.sha}`),
  }));
  return { sha, url: state.api(`/git/trees/${sha}`), tree, truncated: false };
}

function createCommit({ state, body }: Call): Answer {
  const { message, tree, parents = [] } = body as { message: string; tree: string; parents?: string[] };
  const { git } = state;
  if (!git.trees.has(tree)) return refuse(422, 'Tree SHA does not exist');
  if (!parents.every((parent) => git.commits.has(parent))) {
    return refuse(422, 'Parent SHA does not exist or is not a commit object');
  }
  return created(gitCommit(state, git.addCommit({ message, tree, parents, date: timestamp() })));
}

function getCommit({ state, path }: Call): Answer {
  const commit = state.git.commits.get(String(path.commit_sha));
  return commit ? ok(gitCommit(state, commit)) : notFound();
}

function gitCommit(state: RepositoryState, { sha, tree, parents, message, date }: StoredCommit): unknown {
  const person = { name: state.viewer.login, email: 'noreply@github.com', date };
  const linked = (kind: 'commits' | 'trees', id: string) => ({
    sha: id,
    url: state.api(`/git/${kind}/${id}`),
  });
  return {
    ...linked('commits', sha),
    node_id: `C_${sha}`,
    html_url: state.web(`/commit/${sha}`),
    author: person,
    committer: person,
    message,
    tree: linked('trees', tree),
    parents: parents.map((id) => ({ ...linked('commits', id), html_url: state.web(`/commit/${id}`) })),
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}

const BRANCH_REF = /^(?:refs\/)?heads\/(.+)$/;

function createRef({ state, body }: Call): Answer {
  const { ref, sha } = body as { ref: string; sha: string };
  const name = BRANCH_REF.exec(ref)?.[1];
  if (name === undefined || !ref.startsWith('refs/')) return refuse(422, 'Reference name is not valid');
  if (state.git.branches.has(name)) return refuse(422, 'Reference already exists');
  return setBranch(state, name, sha, 201);
}

function getRef({ state, path }: Call): Answer {
  const name = BRANCH_REF.exec(String(path.ref))?.[1] ?? '';
  const sha = state.git.branches.get(name);
  return sha === undefined ? notFound() : ok(refOf(state, name, sha));
}

function updateRef({ state, path, body }: Call): Answer {
  const { sha, force = false } = body as { sha: string; force?: boolean };
  const name = BRANCH_REF.exec(String(path.ref))?.[1] ?? '';
  const old = state.git.branches.get(name);
  if (old === undefined) return refuse(422, 'Reference does not exist');
  if (state.protectedBranches.has(name)) return refuse(422, 'Repository rule violations found');
  if (!force && state.git.commits.has(sha) && !state.git.isAncestor(old, sha)) {
    return refuse(422, 'Update is not a fast forward');
  }
  return setBranch(state, name, sha, 200);
}

function setBranch(state: RepositoryState, name: string, sha: string, status: number): Answer {
  if (!state.git.commits.has(sha)) return refuse(422, 'Object does not exist');
  state.git.branches.set(name, sha);
  return { status, body: refOf(state, name, sha) };
}

function refOf(state: RepositoryState, name: string, sha: string): unknown {
  return {
    ref: `refs/heads/${name}`,
    node_id: `REF_${name}`,
    url: state.api(`/git/refs/heads/${name}`),
    object: { type: 'commit', sha, url: state.api(`/git/commits/${sha}`) },
  };
}
