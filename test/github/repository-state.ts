/** What the stand-in for GitHub remembers of its one repository, and how its values look from outside. */
import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { ApiDescription } from './api-description.ts';
import { type FileSeed, GitObjects, type StoredCommit } from './git-objects.ts';
import { ACTIONS_APP, type Account, FORK_ID } from './identities.ts';
import type { ResultsService } from './results-service.ts';

export type IssueComment = RestEndpointMethodTypes['issues']['getComment']['response']['data'];
export type PullRequest = RestEndpointMethodTypes['pulls']['get']['response']['data'];
export type Repository = RestEndpointMethodTypes['repos']['get']['response']['data'];
export type Comparison = RestEndpointMethodTypes['repos']['compareCommitsWithBasehead']['response']['data'];
export type CommitStatus = RestEndpointMethodTypes['repos']['createCommitStatus']['response']['data'];
export type IssueEvent = RestEndpointMethodTypes['issues']['listEvents']['response']['data'][number];
export type CheckRun = RestEndpointMethodTypes['checks']['get']['response']['data'];
export type CheckRunOutput = NonNullable<RestEndpointMethodTypes['checks']['create']['parameters']['output']>;
export type CheckAnnotation = NonNullable<CheckRunOutput['annotations']>[number];
type User = NonNullable<IssueComment['user']>;

/** A check run with the annotations of all its updates, which GitHub shows at an address of their own. */
export interface StoredCheckRun {
  readonly checkRun: CheckRun;
  readonly annotations: readonly CheckAnnotation[];
}

export interface PullRequestSeed {
  readonly number: number;
  readonly base: { readonly ref: string; readonly sha: string };
  readonly head: {
    readonly ref: string;
    readonly sha: string;
    /** Where the branch is: this repository by default, `fork` for another one, `deleted` for a fork that is gone. */
    readonly in?: 'repository' | 'fork' | 'deleted';
    /** Owner of the fork. */
    readonly owner?: string;
    readonly repositoryId?: number;
  };
  readonly title?: string;
  readonly author?: string;
  readonly state?: 'open' | 'closed';
  readonly draft?: boolean;
  /** A locked conversation takes no comments from those who cannot write. */
  readonly locked?: boolean;
  readonly labels?: readonly string[];
  readonly mergeCommitSha?: string | null;
}

export interface ComparisonSeed {
  readonly mergeBaseSha: string;
  readonly baseSha?: string;
  readonly status?: 'ahead' | 'behind' | 'diverged' | 'identical';
  readonly aheadBy?: number;
  readonly behindBy?: number;
  readonly files?: readonly {
    readonly filename: string;
    readonly status?: 'added' | 'copied' | 'modified' | 'removed' | 'renamed';
    readonly previousFilename?: string;
    /** As GitHub shows it: hunks with three lines around them. It leaves out those of large and binary files. */
    readonly patch?: string;
  }[];
}

export interface CommentSeed {
  readonly body: string;
  readonly author?: Account;
  /** ISO 8601; now by default. */
  readonly createdAt?: string;
}

export interface RepositoryIdentity {
  readonly owner: string;
  readonly name: string;
  readonly id: number;
}

interface StoredComment {
  readonly issueNumber: number;
  comment: IssueComment;
}

/** Holds one repository, in the order in which things were made. Ids count up across all kinds. */
export class RepositoryState {
  readonly identity: RepositoryIdentity;
  readonly viewer: Account;
  readonly apiUrl: string;
  readonly comments = new Map<number, StoredComment>();
  readonly pulls = new Map<number, PullRequest>();
  /** Numbers of issues that are no pull request. */
  readonly issues: ReadonlySet<number>;
  /** By `base...head`, as asked for. */
  readonly comparisons = new Map<string, Comparison>();
  /** By commit, newest first. */
  readonly statuses = new Map<string, CommitStatus[]>();
  readonly checkRuns = new Map<number, StoredCheckRun>();
  /** By issue or pull request, oldest first. */
  readonly events = new Map<number, IssueEvent[]>();
  /** Null when every sha counts as a commit of the repository. */
  readonly commits: ReadonlySet<string> | null;
  readonly git = new GitObjects();
  /** Holds the artifacts; null when there are none. */
  readonly results: ResultsService | null;
  readonly defaultBranch: string;
  readonly protectedBranches: ReadonlySet<string>;
  readonly #description: ApiDescription;
  #lastId = 1000;

  constructor(
    description: ApiDescription,
    given: {
      readonly identity: RepositoryIdentity;
      readonly viewer: Account;
      readonly apiUrl: string;
      readonly issues: readonly number[];
      readonly commits: readonly string[] | null;
      readonly branches: Readonly<Record<string, Readonly<Record<string, FileSeed>>>>;
      readonly defaultBranch: string;
      readonly protectedBranches: readonly string[];
      readonly results: ResultsService | null;
    },
  ) {
    this.#description = description;
    this.identity = given.identity;
    this.viewer = given.viewer;
    this.apiUrl = given.apiUrl;
    this.issues = new Set(given.issues);
    this.commits = given.commits && new Set(given.commits);
    this.defaultBranch = given.defaultBranch;
    this.protectedBranches = new Set(given.protectedBranches);
    this.results = given.results;
    for (const [name, files] of Object.entries(given.branches)) this.git.addBranch(name, files, timestamp());
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  isConversation(number: number): boolean {
    return this.pulls.has(number) || this.issues.has(number);
  }

  knowsCommit(sha: string): boolean {
    return /^[0-9a-f]{40}$/.test(sha) && (this.commits === null || this.commits.has(sha));
  }

  /** Address of something of the repository, such as `/pulls/1`, in the API. */
  api(path: string): string {
    return `${this.apiUrl}/repos/${this.identity.owner}/${this.identity.name}${path}`;
  }

  /** The same for people. */
  web(path: string): string {
    return `https://github.com/${this.identity.owner}/${this.identity.name}${path}`;
  }

  user(account: Account): User {
    const user = { ...(this.#example('issue-comment') as IssueComment).user! };
    const slug = encodeURIComponent(account.login);
    for (const [key, value] of Object.entries(user)) {
      if (typeof value !== 'string') continue;
      Object.assign(user, {
        [key]: value
          .replace('https://api.github.com/users/octocat', `${this.apiUrl}/users/${slug}`)
          .replace('https://github.com/octocat', `https://github.com/${slug}`),
      });
    }
    return { ...user, login: account.login, id: account.id, type: account.type };
  }

  repository(identity: RepositoryIdentity = this.identity): Repository {
    const fullName = `${identity.owner}/${identity.name}`;
    const example = JSON.stringify(this.#example('full-repository'))
      .replaceAll('https://api.github.com', this.apiUrl)
      .replaceAll('octocat/Hello-World', fullName);
    const repository = JSON.parse(example) as Repository;
    return {
      ...repository,
      id: identity.id,
      name: identity.name,
      full_name: fullName,
      owner: this.user({ login: identity.owner, id: 21031067, type: 'Organization' }),
      private: false,
      fork: identity.id !== this.identity.id,
      default_branch: this.defaultBranch,
      // Required since discussions exist; the example is older.
      has_discussions: false,
    };
  }

  /** The app that writes, when the viewer is one. */
  app(): NonNullable<CheckRun['app']> | null {
    if (this.viewer.type !== 'Bot') return null;
    return {
      ...(this.#example('check-run') as CheckRun).app!,
      ...ACTIONS_APP,
      html_url: `https://github.com/apps/${ACTIONS_APP.slug}`,
    };
  }

  addComment(issueNumber: number, seed: CommentSeed): IssueComment {
    const id = this.nextId();
    const createdAt = seed.createdAt ?? timestamp();
    const author = seed.author ?? this.viewer;
    const comment: IssueComment = {
      ...(this.#example('issue-comment') as IssueComment),
      id,
      node_id: `IC_${id}`,
      url: this.api(`/issues/comments/${id}`),
      html_url: this.web(
        `/${this.pulls.has(issueNumber) ? 'pull' : 'issues'}/${issueNumber}#issuecomment-${id}`,
      ),
      issue_url: this.api(`/issues/${issueNumber}`),
      body: seed.body,
      user: this.user(author),
      author_association: author.type === 'Bot' ? 'NONE' : 'CONTRIBUTOR',
      created_at: createdAt,
      updated_at: createdAt,
      performed_via_github_app: author.login === this.viewer.login ? this.app() : null,
    };
    this.comments.set(id, { issueNumber, comment });
    return comment;
  }

  addPull(seed: PullRequestSeed): PullRequest {
    const { number, base, head } = seed;
    const baseRepository = this.repository();
    const headIdentity =
      head.in === 'fork' || head.in === 'deleted'
        ? { owner: head.owner ?? 'contributor', name: this.identity.name, id: head.repositoryId ?? FORK_ID }
        : this.identity;
    const headRepository = head.in === 'deleted' ? null : this.repository(headIdentity);
    const author = this.user({ login: seed.author ?? headIdentity.owner, id: 21031068, type: 'User' });
    const example = JSON.stringify(this.#example('pull-request'))
      .replaceAll('https://api.github.com/repos/octocat/Hello-World', this.api(''))
      .replaceAll('https://github.com/octocat/Hello-World', this.web(''))
      .replaceAll('/1347', `/${number}`);
    const pull = {
      ...(JSON.parse(example) as PullRequest),
      id: this.nextId(),
      number,
      title: seed.title ?? `Change ${number}`,
      body: null,
      user: author,
      state: seed.state ?? 'open',
      draft: seed.draft ?? false,
      locked: seed.locked ?? false,
      active_lock_reason: null,
      labels: (seed.labels ?? []).map((name) => this.#label(name)),
      assignee: null,
      assignees: [],
      requested_reviewers: [],
      requested_teams: [],
      milestone: null,
      merged: false,
      merged_at: null,
      merged_by: null,
      closed_at: seed.state === 'closed' ? timestamp() : null,
      merge_commit_sha: seed.mergeCommitSha ?? null,
      base: {
        label: `${this.identity.owner}:${base.ref}`,
        ref: base.ref,
        sha: base.sha,
        user: baseRepository.owner,
        repo: baseRepository,
      },
      head: {
        label: `${headIdentity.owner}:${head.ref}`,
        ref: head.ref,
        sha: head.sha,
        user: this.user({ login: headIdentity.owner, id: 21031068, type: 'User' }),
        repo: headRepository,
      },
    } as PullRequest;
    this.pulls.set(number, pull);
    return pull;
  }

  /** Puts a label on a pull request, or takes it off, and notes who did. GitHub tells labels apart by letters alone. */
  changeLabel(number: number, event: 'labeled' | 'unlabeled', name: string, by: Account): void {
    const pull = this.pulls.get(number);
    if (pull === undefined) throw new Error(`There is no pull request #${number}.`);
    const others = pull.labels.filter((label) => label.name.toLowerCase() !== name.toLowerCase());
    const labels = event === 'labeled' ? [...others, this.#label(name)] : others;
    this.pulls.set(number, { ...pull, labels });
    const id = this.nextId();
    const added: IssueEvent = {
      id,
      node_id: `LE_${id}`,
      url: this.api(`/issues/events/${id}`),
      actor: this.user(by),
      event,
      commit_id: null,
      commit_url: null,
      created_at: timestamp(),
      performed_via_github_app: null,
      label: { name, color: 'ededed' },
    };
    this.events.set(number, [...(this.events.get(number) ?? []), added]);
  }

  #label(name: string): PullRequest['labels'][number] {
    return {
      id: this.nextId(),
      node_id: `LA_${name}`,
      url: this.api(`/labels/${encodeURIComponent(name)}`),
      name,
      description: '',
      color: 'ededed',
      default: false,
    };
  }

  /** `basehead` as in the address: `base...head`. */
  addComparison(basehead: string, seed: ComparisonSeed): Comparison {
    const example = JSON.stringify(this.#example('commit-comparison'))
      .replaceAll('https://api.github.com/repos/octocat/Hello-World', this.api(''))
      .replaceAll('https://github.com/octocat/Hello-World', this.web(''))
      .replaceAll('master...topic', encodeURIComponent(basehead));
    const comparison = JSON.parse(example) as Comparison;
    const aheadBy = seed.aheadBy ?? 1;
    const behindBy = seed.behindBy ?? 0;
    const [base = ''] = basehead.split('...');
    const stored: Comparison = {
      ...comparison,
      base_commit: withSha(comparison.base_commit, seed.baseSha ?? base),
      merge_base_commit: withSha(comparison.merge_base_commit, seed.mergeBaseSha),
      status: seed.status ?? statusOf(aheadBy, behindBy),
      ahead_by: aheadBy,
      behind_by: behindBy,
      total_commits: aheadBy,
      commits: [],
      files: (seed.files ?? []).map((file) => ({
        ...withoutPatch(comparison.files![0]!),
        filename: file.filename,
        status: file.status ?? 'modified',
        ...(file.previousFilename === undefined ? {} : { previous_filename: file.previousFilename }),
        ...(file.patch === undefined ? {} : { patch: file.patch }),
      })),
    };
    this.comparisons.set(basehead, stored);
    return stored;
  }

  /** A commit as the API of repositories shows it, which is more than that of git does. */
  commit({ sha, tree, parents, message }: StoredCommit): Comparison['base_commit'] {
    const example = (this.#example('commit-comparison') as Comparison).base_commit;
    const commit = withSha(example, sha);
    return {
      ...commit,
      commit: {
        ...commit.commit,
        message,
        tree: { sha: tree, url: this.api(`/git/trees/${tree}`) },
      },
      parents: parents.map((parent) => ({ sha: parent, url: this.api(`/commits/${parent}`) })),
    };
  }

  addStatus(
    sha: string,
    given: Pick<CommitStatus, 'context' | 'description' | 'state' | 'target_url'>,
  ): CommitStatus {
    const id = this.nextId();
    const now = timestamp();
    const creator = this.user(this.viewer);
    const status: CommitStatus = {
      ...given,
      id,
      node_id: `SC_${id}`,
      url: this.api(`/statuses/${sha}`),
      avatar_url: creator.avatar_url,
      creator,
      created_at: now,
      updated_at: now,
    };
    this.statuses.set(sha, [status, ...(this.statuses.get(sha) ?? [])]);
    return status;
  }

  #example(name: string): unknown {
    return this.#description.example(name);
  }
}

function withoutPatch({ patch: _, ...file }: NonNullable<Comparison['files']>[number]) {
  return file;
}

/** Now, as GitHub writes it: UTC, whole seconds. */
export function timestamp(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}

function statusOf(aheadBy: number, behindBy: number): Comparison['status'] {
  if (aheadBy > 0) return behindBy > 0 ? 'diverged' : 'ahead';
  return behindBy > 0 ? 'behind' : 'identical';
}

function withSha<Commit extends { sha: string }>(commit: Commit, sha: string): Commit {
  return JSON.parse(JSON.stringify(commit).replaceAll(commit.sha, sha)) as Commit;
}
