/**
 * Stands in for api.github.com in tests: real HTTP on 127.0.0.1, one repository, remembered state. Every request and
 * every answer is judged by GitHub's own OpenAPI description.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, notFound, type Page, refuse } from './answers.ts';
import { type ApiDescription, type ApiOperation, loadApiDescription } from './api-description.ts';
import { ENDPOINTS, type Permission } from './endpoints.ts';
import type { FileSeed } from './git-objects.ts';
import { ACTIONS_BOT, type Account, MAINTAINER, REPOSITORY_ID } from './identities.ts';
import {
  type CommentSeed,
  type CommitStatus,
  type ComparisonSeed,
  type IssueComment,
  type PullRequest,
  type PullRequestSeed,
  RepositoryState,
  type StoredCheckRun,
} from './repository-state.ts';
import type { ResultsService } from './results-service.ts';

export interface GitHubApiServerOptions {
  /** `octo-org` by default. */
  readonly owner?: string;
  /** `octo-repo` by default. */
  readonly repository?: string;
  readonly repositoryId?: number;
  /** Who writes: the workflow's bot by default. A bot cannot read `/user`, and only a bot can make check runs. */
  readonly viewer?: Account;
  /** The one token that is accepted. By default any is, but writing without one is refused. */
  readonly token?: string;
  /** What the token may write: everything by default, `[]` for a pull request from a fork. */
  readonly mayWrite?: readonly Permission[];
  readonly pulls?: readonly PullRequestSeed[];
  /** Numbers of issues that are no pull request. */
  readonly issues?: readonly number[];
  /** By `base...head`; others are not found. */
  readonly comparisons?: Readonly<Record<string, ComparisonSeed>>;
  /** The commits that exist, for statuses and check runs. By default every 40 hexadecimal digits name one. */
  readonly commits?: readonly string[];
  /** Files of branches, each branch with a history of its own: by default `main` with a README. */
  readonly branches?: Readonly<Record<string, Readonly<Record<string, FileSeed>>>>;
  /** `main` by default. */
  readonly defaultBranch?: string;
  readonly protectedBranches?: readonly string[];
  /** Where the artifacts of runs are. By default there are none. */
  readonly results?: ResultsService;
  /** False: the token has no `actions: read`. */
  readonly mayReadActions?: boolean;
}

/** An answer given in place of the real one, or a connection cut before any. */
export interface Fault {
  /** Tested against method and decoded path, such as `POST /repos/octo-org/octo-repo/issues/1/comments`. */
  readonly match: RegExp;
  readonly status: number | 'disconnect';
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, except when a string. GitHub's form of an error by default. */
  readonly body?: unknown;
  /** How many requests it strikes: 1 by default. */
  readonly times?: number;
  /** True when the request does what it asks for, and just its answer is lost. */
  readonly afterEffect?: boolean;
}

export interface LoggedRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  /** Raw, without the question mark. */
  readonly query: string;
  readonly authorization: string | null;
  /** Parsed; undefined when there was none. */
  readonly body: unknown;
  readonly status: number | 'disconnect';
}

export interface GitHubApiServer extends AsyncDisposable {
  /** What to set GITHUB_API_URL, or Octokit's `baseUrl`, to. */
  readonly url: string;
  /** Where a request of ours, or an answer of the stand-in itself, went against the description. Expect none. */
  readonly violations: readonly string[];
  /** In the order of arrival. */
  readonly requests: readonly LoggedRequest[];
  /** Oldest first. */
  comments(issueNumber: number): readonly IssueComment[];
  /** Newest first. */
  statuses(sha: string): readonly CommitStatus[];
  /** Oldest first. */
  checkRuns(sha: string): readonly StoredCheckRun[];
  /** The files of a branch or commit as text, by path; null when there is no such thing. */
  filesAt(branchOrCommit: string): ReadonlyMap<string, string> | null;
  /** Ids of the commits of a branch, newest first, by first parents. */
  historyOf(branch: string): readonly string[];
  addComment(issueNumber: number, seed: CommentSeed): IssueComment;
  /** Adds a pull request, or replaces the one of that number. */
  addPull(seed: PullRequestSeed): PullRequest;
  /** Puts a label on a pull request, or takes it off, as `by`, a person by default. */
  changeLabel(number: number, event: 'labeled' | 'unlabeled', name: string, by?: Account): void;
  /** `basehead` is `base...head`, as the client will ask for. */
  addComparison(basehead: string, seed: ComparisonSeed): void;
  /** Faults strike in the order they were given, each until it is used up. */
  injectFault(fault: Fault): void;
}

/** Starts it on a free port. Dispose it to close the port: `await using server = await startGitHubApiServer()`. */
export async function startGitHubApiServer(options: GitHubApiServerOptions = {}): Promise<GitHubApiServer> {
  const description = loadApiDescription();
  const http = createServer();
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const state = new RepositoryState(description, {
    identity: {
      owner: options.owner ?? 'octo-org',
      name: options.repository ?? 'octo-repo',
      id: options.repositoryId ?? REPOSITORY_ID,
    },
    viewer: options.viewer ?? ACTIONS_BOT,
    apiUrl: url,
    issues: options.issues ?? [],
    commits: options.commits ?? null,
    branches: options.branches ?? { main: { 'README.md': '# octo-repo\n' } },
    defaultBranch: options.defaultBranch ?? 'main',
    protectedBranches: options.protectedBranches ?? [],
    results: options.results ?? null,
  });
  for (const pull of options.pulls ?? []) state.addPull(pull);
  for (const [basehead, seed] of Object.entries(options.comparisons ?? {}))
    state.addComparison(basehead, seed);

  const violations: string[] = [];
  const requests: LoggedRequest[] = [];
  const faults: { fault: Fault; left: number }[] = [];

  function takeFault(method: string, path: string): Fault | null {
    const queued = faults.find(({ fault, left }) => left > 0 && fault.match.test(`${method} ${path}`));
    if (!queued) return null;
    queued.left -= 1;
    return queued.fault;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const { pathname, search, searchParams } = new URL(request.url ?? '/', url);
    const authorization = request.headers.authorization ?? null;
    const text = await readAll(request);
    const path = decodeURIComponent(pathname);
    const entry = { method, path, query: search.slice(1), authorization };
    const log = (body: unknown, status: LoggedRequest['status']) => requests.push({ ...entry, body, status });

    const parsed = parseJson(text);
    const judged = description.judgeRequest({
      method,
      path: pathname,
      query: searchParams,
      body: parsed.value,
    });
    const problems = [
      ...parsed.problems.map((problem) => `${method} ${path}: ${problem}`),
      ...judged.problems,
    ];
    violations.push(...problems);

    const fault = takeFault(method, path);
    const answerReally = () =>
      answerRequest(state, options, {
        operation: judged.operation,
        problems,
        call: { state, path: judged.pathParameters, query: judged.query, body: parsed.value },
        authorization,
      });
    if (fault) {
      if (fault.afterEffect) answerReally();
      log(parsed.value, fault.status);
      if (fault.status === 'disconnect') request.socket.destroy();
      else send(response, faultAnswer(fault.status, fault), requests.length);
      return;
    }
    const answer = answerReally();
    violations.push(...judgeAnswer(description, judged.operation, answer));
    log(parsed.value, answer.status);
    const link = answer.page ? linkHeader(new URL(request.url ?? '/', url), answer.page) : null;
    send(response, { ...answer, headers: { ...answer.headers, ...(link && { link }) } }, requests.length);
  }

  http.on('request', (request, response) => {
    handle(request, response).catch((error: unknown) => {
      violations.push(`The stand-in itself failed at ${request.method} ${request.url}: ${error}`);
      if (!response.headersSent) send(response, refuse(500, String(error)), requests.length);
    });
  });

  return {
    url,
    violations,
    requests,
    comments: (issueNumber) =>
      [...state.comments.values()]
        .filter((stored) => stored.issueNumber === issueNumber)
        .map(({ comment }) => comment),
    statuses: (sha) => state.statuses.get(sha) ?? [],
    checkRuns: (sha) => [...state.checkRuns.values()].filter(({ checkRun }) => checkRun.head_sha === sha),
    filesAt(branchOrCommit) {
      const commit = state.git.resolve(branchOrCommit);
      if (commit === null) return null;
      const files = [...state.git.listFiles(commit.tree)];
      return new Map(files.map(([path, content]) => [path, content.toString()]));
    },
    historyOf(branch) {
      const shas: string[] = [];
      let commit = state.git.resolve(branch);
      for (; commit !== null; commit = state.git.resolve(commit.parents[0] ?? '')) shas.push(commit.sha);
      return shas;
    },
    addComment: (issueNumber, seed) => state.addComment(issueNumber, seed),
    addPull: (seed) => state.addPull(seed),
    changeLabel: (number, event, name, by = MAINTAINER) => state.changeLabel(number, event, name, by),
    addComparison: (basehead, seed) => void state.addComparison(basehead, seed),
    injectFault: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    async [Symbol.asyncDispose]() {
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): { value: unknown; problems: readonly string[] } {
  if (text === '') return { value: undefined, problems: [] };
  try {
    return { value: JSON.parse(text), problems: [] };
  } catch (error) {
    return { value: undefined, problems: [`the body is no JSON: ${error}`] };
  }
}

interface JudgedCall {
  readonly operation: ApiOperation | null;
  readonly problems: readonly string[];
  readonly call: Parameters<(typeof ENDPOINTS)[string]['answer']>[0];
  readonly authorization: string | null;
}

/** GitHub's order: who are you, does it exist for you, is it well-formed, may you. */
function answerRequest(
  state: RepositoryState,
  options: GitHubApiServerOptions,
  { operation, problems, call, authorization }: JudgedCall,
): Answer {
  const token = authorization?.split(' ').at(-1);
  if (token !== undefined && options.token !== undefined && token !== options.token) {
    return refuse(401, 'Bad credentials');
  }
  if (operation === null) return notFound();
  if (token === undefined && operation.method !== 'GET') return refuse(401, 'Requires authentication');
  const { owner, name } = state.identity;
  if (call.path.owner !== undefined && (!isSame(call.path.owner, owner) || !isSame(call.path.repo, name))) {
    return notFound();
  }
  if (problems.length > 0) return refuse(422, `Invalid request.\n\n${problems.join('\n')}`);
  const endpoint = ENDPOINTS[operation.id];
  if (!endpoint)
    return refuse(501, `The stand-in for GitHub does not do ${operation.id} yet: see endpoints.ts.`);
  const { mayWrite } = options;
  if (endpoint.readsActions && options.mayReadActions === false) {
    return refuse(403, 'Resource not accessible by integration');
  }
  if (endpoint.writes && mayWrite && !endpoint.writes.some((permission) => mayWrite.includes(permission))) {
    return refuse(403, 'Resource not accessible by integration');
  }
  return endpoint.answer(call);
}

/** GitHub takes owners and names in any case. */
function isSame(given: string | number | undefined, name: string): boolean {
  return String(given).toLowerCase() === name.toLowerCase();
}

/** Of a deleted fork GitHub says `"repo": null`, which its description does not allow. */
const TRUER_THAN_DESCRIBED = /: body(\.\d+)?\.head\.repo must be object$/;

function judgeAnswer(
  description: ApiDescription,
  operation: ApiOperation | null,
  answer: Answer,
): readonly string[] {
  if (operation === null || answer.status === 501) return [];
  const problems = description.judgeResponse(operation, answer.status, answer.body);
  return problems.filter((problem) => !TRUER_THAN_DESCRIBED.test(problem));
}

function faultAnswer(status: number, fault: Fault): Answer {
  const answer = fault.body === undefined ? refuse(status, 'Injected fault') : { status, body: fault.body };
  return { ...answer, ...(fault.headers && { headers: fault.headers }) };
}

/** https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function linkHeader(requested: URL, { number, count }: Page): string | null {
  const link = (relation: string, page: number): string => {
    const target = new URL(requested);
    target.searchParams.set('page', String(page));
    return `<${target}>; rel="${relation}"`;
  };
  const links = [
    ...(number > 1 ? [link('prev', number - 1)] : []),
    ...(number < count ? [link('next', number + 1), link('last', count)] : []),
    ...(number > 1 ? [link('first', 1)] : []),
  ];
  return links.length > 0 ? links.join(', ') : null;
}

/** What GITHUB_TOKEN gets per hour and repository. */
const REQUESTS_PER_HOUR = 1000;

function send(response: ServerResponse, answer: Answer, requestsSoFar: number): void {
  response.writeHead(answer.status, {
    ...(answer.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': `STAND:IN:${requestsSoFar}`,
    'x-ratelimit-limit': String(REQUESTS_PER_HOUR),
    'x-ratelimit-remaining': String(Math.max(0, REQUESTS_PER_HOUR - requestsSoFar)),
    'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3600),
    'x-ratelimit-resource': 'core',
    ...answer.headers,
  });
  response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
}
