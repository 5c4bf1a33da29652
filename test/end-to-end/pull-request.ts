import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { pullRequestEvent } from '../github/events.ts';
import {
  type GitHubApiServer,
  type GitHubApiServerOptions,
  startGitHubApiServer,
} from '../github/github-api-server.ts';
import { type ActionRun, type RunActionOptions, runAction } from '../github/runner.ts';
import { commitFiles, type Files, git } from '../workspace/git-repositories.ts';

export interface PullRequest {
  readonly number: number;
  readonly baseSha: string;
  readonly headSha: string;
  readonly mergeSha: string;
  /** The repository that it is in. */
  readonly remote: string;
  /** A depth-1 checkout of the test merge, as actions/checkout makes it. */
  readonly workspace: string;
  /** RUNNER_TEMP of every run. */
  readonly temp: string;
}

const PROJECT = resolve(import.meta.dirname, '../..');

function temporaryDirectory(name: string): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
  return directory;
}

/** `action.yml` and `dist/` in a folder where no node_modules is near. */
export function installAction(): string {
  const directory = temporaryDirectory('action');
  cpSync(join(PROJECT, 'action.yml'), join(directory, 'action.yml'));
  cpSync(join(PROJECT, 'dist'), join(directory, 'dist'), { recursive: true });
  return directory;
}

/** A real repository with a pull request from `base` to `head`, and its checkout. */
export function openPullRequest(base: Files, head: Files): PullRequest {
  const remote = temporaryDirectory('remote');
  git(remote, 'init', '--quiet');
  const baseSha = commitFiles(remote, base);
  git(remote, 'checkout', '--quiet', '-b', 'feature');
  const headSha = commitFiles(remote, head);
  git(remote, 'checkout', '--quiet', '--detach', 'main');
  git(remote, 'merge', '--quiet', '--no-ff', '--message', 'Test merge', 'feature');
  const mergeSha = git(remote, 'rev-parse', 'HEAD');
  git(remote, 'update-ref', 'refs/pull/7/merge', mergeSha);
  git(remote, 'checkout', '--quiet', 'main');
  const workspace = temporaryDirectory('workspace');
  git(workspace, 'init', '--quiet');
  git(workspace, 'remote', 'add', 'origin', `file://${remote}`);
  git(workspace, 'fetch', '--quiet', '--no-tags', '--depth=1', 'origin', mergeSha);
  git(workspace, 'checkout', '--quiet', '--detach', mergeSha);
  return {
    number: 7,
    baseSha,
    headSha,
    mergeSha,
    remote,
    workspace,
    temp: temporaryDirectory('runner-temp'),
  };
}

/** GitHub, as far as pull request 7 goes. */
export async function startGitHub(options: GitHubApiServerOptions = {}): Promise<GitHubApiServer> {
  return startGitHubApiServer({ issues: [7], ...options });
}

/** Runs the Action on the pull request as a workflow step would. */
export function runOnPullRequest(
  pull: PullRequest,
  github: GitHubApiServer,
  inputs: Readonly<Record<string, string>>,
  options: Partial<RunActionOptions> = {},
): Promise<ActionRun> {
  return runAction({
    actionDirectory: installAction(),
    workspace: pull.workspace,
    event: pullRequestEvent({
      number: pull.number,
      baseSha: pull.baseSha,
      headSha: pull.headSha,
      mergeSha: pull.mergeSha,
    }),
    inputs,
    apiUrl: github.url,
    temp: pull.temp,
    ...options,
  });
}

/** A C++ program with its Makefile: `make` builds ./program. */
export function program(source: string, flags = '-O1 -g'): Files {
  return {
    Makefile: `program: program.cpp\n\tg++ ${flags} -o program program.cpp\n`,
    'program.cpp': source,
  };
}

/** What an independent heaptrack says of a program: it is built, recorded and printed without any of our code. */
export interface HeaptrackTotals {
  readonly allocated: number;
  readonly allocations: number;
  readonly temporary: number;
  readonly peak: number;
  readonly leaked: number;
}

export function heaptrackTotals(files: Files): HeaptrackTotals {
  const directory = temporaryDirectory('heaptrack');
  mkdirSync(join(directory, 'p'));
  const project = join(directory, 'p');
  git(project, 'init', '--quiet');
  commitFiles(project, files);
  const run = (file: string, args: string[]) =>
    execFileSync(file, args, { cwd: project, encoding: 'utf8', stdio: 'pipe' });
  run('make', ['--silent']);
  run('heaptrack', ['--output', 'trace', './program']);
  const trace = run('sh', ['-c', 'ls trace.*']).trim();
  const columnSum = (cost: string) => {
    run('heaptrack_print', [trace, '-F', 'folded', '--flamegraph-cost-type', cost]);
    const text = run('cat', ['folded']).trimEnd();
    return text.split('\n').reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  };
  run('heaptrack_print', [trace, '-H', 'histogram']);
  const histogram = run('cat', ['histogram']).trimEnd().split('\n');
  return {
    allocated: histogram.reduce(
      (sum, line) => sum + Number(line.split('\t')[0]) * Number(line.split('\t')[1]),
      0,
    ),
    allocations: columnSum('allocations'),
    temporary: columnSum('temporary'),
    peak: columnSum('peak'),
    leaked: columnSum('leaked'),
  };
}
