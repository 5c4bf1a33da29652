import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findHeaptrack } from '../../src/trackers/heaptrack/find-heaptrack.ts';
import { pullRequestEvent } from '../github/events.ts';
import type { GitHubApiServer } from '../github/github-api-server.ts';
import { type ResultsService, runtimeTokenOf, startResultsService } from '../github/results-service.ts';
import type { ActionRun, RunActionOptions } from '../github/runner.ts';
import { type Files, fingerprint, git, temporaryDirectory } from '../workspace/git-repositories.ts';
import { type Published, placesOf, publishedBy } from './published.ts';
import { openPullRequest, type PullRequest, runOnPullRequest, startGitHub } from './pull-request.ts';

/*
 * What a build and a program may try, since a pull request wrote them. The numbers are those of the threats and of the
 * acceptance checks that the project keeps a list of.
 */

const BUILD = { build: 'sh ./hostile.sh build && cc -g -O0 -o program program.c' };
const INPUTS = { ...BUILD, run: './program' };

/** A program that allocates so many bytes and then runs the script, as the build did before. */
function project(script: string, bytes: number, more: Files = {}): Files {
  return {
    'hostile.sh': script,
    'program.c': `
#include <stdlib.h>
void *volatile kept;
void allocate_here(void) { kept = malloc(${bytes}); }
int main(void) { allocate_here(); return system("sh ./hostile.sh run") != 0; }
`,
    ...more,
  };
}

/** A pull request whose code leaves what it found in a folder, which RUNNER_TEMP leads it to. */
function openHostile(base: Files, head: Files): PullRequest & { evidence(name: string): string } {
  const pull = openPullRequest(base, head);
  const folder = join(pull.temp, 'evidence');
  mkdirSync(folder);
  return { ...pull, evidence: (name) => readFileSync(join(folder, name), 'utf8') };
}

/** Values that no other test of this machine has: its processes can be seen, too. */
function secretOf(prefix: string): string {
  return prefix + randomBytes(18).toString('hex');
}

/** An annotation's message, wherever it starts with these words. */
function messagesAbout(run: { annotations: readonly { message: string }[] }, words: RegExp): string[] {
  return run.annotations.map(({ message }) => message).filter((message) => words.test(message));
}

function readReport(run: { outputs: Readonly<Record<string, string>> }) {
  return JSON.parse(readFileSync(run.outputs['json-path'], 'utf8'));
}

/** GitHub and the runner's services, which one test has for itself. */
interface World extends AsyncDisposable {
  readonly github: GitHubApiServer;
  readonly results: ResultsService;
  run(
    pull: PullRequest,
    inputs?: Readonly<Record<string, string>>,
    options?: Partial<RunActionOptions>,
  ): Promise<ActionRun>;
}

async function startWorld(): Promise<World> {
  const results = await startResultsService();
  const github = await startGitHub({ results });
  return {
    github,
    results,
    run: (pull, inputs = INPUTS, options = {}) =>
      runOnPullRequest(pull, github, inputs, { resultsUrl: results.url, ...options }),
    async [Symbol.asyncDispose]() {
      await github[Symbol.asyncDispose]();
      await results[Symbol.asyncDispose]();
    },
  };
}

describe('what the code of a pull request finds', () => {
  const token = secretOf('ghs_');
  const cloudKey = secretOf('cloud-');
  const idToken = secretOf('eyJ');
  const runId = 1_000_000_000 + randomBytes(3).readUIntBE(0, 3);
  const secrets = [token, cloudKey, idToken, runtimeTokenOf(runId)];
  const options: Partial<RunActionOptions> = {
    token,
    runId,
    environment: {
      GITHUB_TOKEN: token,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: idToken,
      AWS_SECRET_ACCESS_KEY: cloudKey,
      FOO: token,
      REMOTE: `https://x-access-token:${token}@github.com/octo-org/octo-repo`,
      CC: 'cc',
    },
  };

  it('C01, T02: is an environment with the tools and without the secrets', async () => {
    await using world = await startWorld();
    const script = 'env -0 > "$RUNNER_TEMP/evidence/$1"\n';
    const pull = openHostile(project(script, 1000), project(script, 3000));
    const run = await world.run(pull, INPUTS, options);
    expect(run.exitCode, run.log).toBe(0);
    for (const when of ['build', 'run']) {
      const entries = pull.evidence(when).split('\0').filter(Boolean);
      for (const secret of secrets) expect(entries.filter((entry) => entry.includes(secret))).toEqual([]);
      const names = entries.map((entry) => entry.slice(0, entry.indexOf('=')));
      expect(
        names.filter((name) => /^(?:INPUT_|STATE_|ACTIONS_)|TOKEN|SECRET|^FOO$|^REMOTE$/.test(name)),
      ).toEqual([]);
      expect(names.filter((name) => /^GITHUB_(?:ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$/.test(name))).toEqual(
        [],
      );
      expect(names).toEqual(
        expect.arrayContaining(['PATH', 'CC', 'HOME', 'RUNNER_TRACKING_ID', 'RUNNER_TEMP']),
      );
    }
  });

  it('T03: is no secret in what /proc shows of any process, nor in what those above it hold open', async () => {
    await using world = await startWorld();
    const script = `
cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null > "$RUNNER_TEMP/evidence/$1"
process=$$
while [ "$process" -gt 1 ]; do
  cat /proc/$process/maps >> "$RUNNER_TEMP/evidence/$1-above" 2>/dev/null
  for file in /proc/$process/fd/*; do
    [ -f "$file" ] && head -c 100000 "$file" >> "$RUNNER_TEMP/evidence/$1-above"
  done
  process=$(sed -n 's/^PPid:[[:space:]]*//p' /proc/$process/status)
done
true
`;
    const pull = openHostile(project(script, 1000), project(script, 3000));
    const run = await world.run(pull, INPUTS, options);
    expect(run.exitCode, run.log).toBe(0);
    for (const when of ['build', 'run']) {
      // It has seen the very process that knows them.
      expect(pull.evidence(when)).toContain('dist/action.js');
      for (const secret of secrets) {
        expect(pull.evidence(when).includes(secret)).toBe(false);
        expect(pull.evidence(`${when}-above`).includes(secret)).toBe(false);
      }
    }
  });
});

describe('what it tells the runner', () => {
  it('C02, T05: by the runner’s files is undone and said once', async () => {
    await using world = await startWorld();
    const forgedState = JSON.stringify({ kind: 'commit-status', sha: 'SHA' });
    const script = `
[ "$1" = build ] || for file in "$RUNNER_TEMP"/_runner_file_commands/*; do
  case $file in
    *save_state*) sed 's/SHA/'"$(git rev-parse HEAD)"'/' forged-state >> "$file" ;;
    *add_path*) echo /tmp/evil >> "$file" ;;
    *summary*) echo 'All is well' >> "$file" ;;
    *) printf 'LD_PRELOAD=/tmp/evil.so\\nverdict=improved\\nforged<<END\\nyes\\n' >> "$file" ;;
  esac
  echo x >> "$RUNNER_TEMP/evidence/written"
done
`;
    const more = { 'forged-state': `open-check=${forgedState}\n` };
    const pull = openHostile(project(script, 1000, more), project(script, 3000, more));
    const run = await world.run(pull);
    expect(run.exitCode, run.log).toBe(0);
    expect(pull.evidence('written')).toBe('x\n'.repeat(10));
    expect(messagesAbout(run, /undone/)).toEqual([
      expect.stringMatching(/wrote to files of the runner; that was undone: .*GITHUB_ENV.*GITHUB_STATE/),
    ]);
    expect(run.environmentAdditions).toEqual({});
    expect(run.pathAdditions).toEqual([]);
    expect(run.outputs.verdict).toBe('grew');
    expect(Object.keys(run.outputs)).not.toContain('forged');
    expect(run.summary).not.toContain('All is well');
    // The post step was not told of a check that it should conclude.
    expect(run.postExitCode).toBe(0);
    expect(world.github.requests.filter(({ path }) => path.includes('/statuses/'))).toEqual([]);
  });

  it('C03, T06: by commands in its output is text, and not much of it', async () => {
    await using world = await startWorld();
    const commands = [
      '::error file=a.c,line=1::forged',
      '  ::add-mask::e',
      '::set-output name=verdict::forged',
      '::save-state name=open-check::forged',
      '::stop-commands::forged',
      '::add-matcher::forged.json',
      'progress\\r::error::forged',
      'text ##[error]forged',
      '##[add-mask]e',
      '##[set-output name=verdict;]forged',
    ];
    const lines = Array.from(
      { length: 200 },
      (_, index) => `${commands[index % commands.length]} ${index}\\n`,
    );
    const script = `
[ "$1" = run ] || exit 0
yes 'a line of the flood' | head -c 12000000
printf '${lines.join('')}'
printf '${lines.slice(0, 20).join('')}' >&2
[ ! -e fails ]
`;
    const pull = openHostile(project(script, 1000), project(script, 1000, { fails: '' }));
    const run = await world.run(pull, INPUTS, { environment: { RUNNER_DEBUG: '1' } });
    expect(run.exitCode).toBe(1);
    expect(run.outputs.verdict).toBe('failed');
    expect(run.annotations).toEqual([
      {
        level: 'error',
        message: expect.stringMatching(/^head could not be measured: The `run` script failed/),
      },
    ]);
    const obeyed = new Set(run.commands.map(({ name }) => name));
    expect([...obeyed].sort()).toEqual(['add-mask', 'debug', 'error']);
    expect(run.masks).not.toContain('e');
    expect(run.log).toContain('forged 199');
    // Twice the 4 MiB that are logged of one script, and what is around the lines.
    expect(run.rawLog.length).toBeLessThan(2 * 6 * 1024 * 1024);
  });
});

describe('what it is called', () => {
  it('C04, T07: is run by nobody, and shown as what it is', async () => {
    await using world = await startWorld();
    const pull = openPullRequest(project('true', 1000), project('true', 3000));
    const mark = join(pull.temp, 'pwned');
    const touch = `touch\${IFS}${mark}`;
    const name = `--upload-pack=${touch};a";${touch};"'\`${touch}\`$(${touch})<img/src=x>`;
    const given = { number: 7, baseSha: pull.baseSha, headSha: pull.headSha, mergeSha: pull.mergeSha };
    const { payload } = pullRequestEvent({ ...given, headRef: name, fork: true });
    const title = `$(${touch})\n::error::${touch}`;
    const event = {
      name: 'pull_request' as const,
      payload: {
        ...payload,
        pull_request: { ...(payload.pull_request as object), title, body: title },
        sender: { login: `x;${touch}`, id: 5 },
      },
    };
    const run = await world.run(pull, INPUTS, { event });
    const published = publishedBy(run, pull, world);
    expect(run.exitCode, run.log).toBe(0);
    expect(existsSync(mark)).toBe(false);
    expect(readReport(run).head.label).toBe(name);
    expect(messagesAbout(run, /touch/)).toEqual([]);
    expect(readFileSync(run.outputs['report-path'], 'utf8')).not.toContain('<img/src');
    for (const where of ['summary', 'file comment.md', 'file flamegraph.svg', 'log']) {
      expect(published.get(where), where).not.toContain('<img/src');
    }
  });
});

describe('what it leaves behind', () => {
  it('C05, T09: hooks, filters and settings of git are never run', async () => {
    await using world = await startWorld();
    const script = `
mark="touch $RUNNER_TEMP/evidence/pwned"
for repository in "$PWD" "$GITHUB_WORKSPACE"; do
  mkdir -p "$repository/.git/hooks" "$repository/.git/info"
  for hook in post-checkout post-commit post-index-change pre-auto-gc reference-transaction; do
    printf '#!/bin/sh\\n%s\\n' "$mark" > "$repository/.git/hooks/$hook"
    chmod +x "$repository/.git/hooks/$hook"
  done
  echo '* filter=evil diff=evil' > "$repository/.git/info/attributes"
done
for file in "$PWD/.git/config" "$GITHUB_WORKSPACE/.git/config" "$HOME/.gitconfig"; do
  set_to() { git config --file "$file" "$1" "$2"; }
  set_to core.fsmonitor "$mark"
  set_to filter.evil.smudge "$mark; cat"
  set_to filter.evil.clean "$mark; cat"
  set_to diff.evil.textconv "$mark; cat"
  set_to diff.external "$mark"
  set_to core.sshCommand "$mark"
  set_to core.pager "$mark"
  set_to core.alternateRefsCommand "$mark"
  set_to credential.helper "!$mark"
done
echo planted >> "$RUNNER_TEMP/evidence/planted"
`;
    const pull = openHostile(project(script, 1000), project(script, 3000));
    const home = join(pull.temp, 'home');
    mkdirSync(home);
    const run = await world.run(pull, INPUTS, { environment: { HOME: home } });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('grew');
    expect(pull.evidence('planted')).toBe('planted\n'.repeat(4));
    const mark = join(pull.temp, 'evidence', 'pwned');
    expect(existsSync(mark)).toBe(false);
    // They work: any other git runs them.
    git(pull.workspace, 'status');
    expect(existsSync(mark)).toBe(true);
  });

  it('C06, T10, T13: links and paths lead nobody out of the tree', async () => {
    const outside = temporaryDirectory();
    const key = secretOf('the private key ');
    writeFileSync(join(outside, 'key'), `void allocate_here(void) { ${key} }\n`.repeat(9));
    const source = (bytes: number) => `
#include <stdlib.h>
void *volatile kept;
#line 1 "x.c"
void allocate_here(void) { kept = malloc(${bytes}); }
#line 2 "${outside}/key"
void allocate_there(void) { kept = malloc(${bytes}); }
#line 3 "../../../../../../..${outside}/key"
void allocate_above(void) { kept = malloc(${bytes}); }
#line 30 "main.c"
int main(void) { allocate_here(); allocate_there(); allocate_above(); }
`;
    const tree = (bytes: number): Files => ({
      'program.c': source(bytes),
      'hostile.sh': 'true',
      out: { linkTo: '/' },
      evidence: { linkTo: outside },
      'memtrack-report': { linkTo: outside },
      'x.c': { linkTo: join(outside, 'key') },
    });
    const pull = openPullRequest({ 'program.c': source(1000), 'hostile.sh': 'true' }, tree(3000));
    const state = () => [
      readdirSync(outside),
      git(pull.workspace, 'status', '--porcelain', '--ignored'),
      fingerprint(join(pull.workspace, '.git')),
    ];
    const before = state();
    await using world = await startWorld();
    const run = await world.run(pull);
    const published = publishedBy(run, pull, world);
    expect(run.exitCode, run.log).toBe(0);
    expect(readReport(run).benchmarks[0].metrics.allocated).toMatchObject({ base: 3000, head: 9000 });
    expect(state()).toEqual(before);
    expect(placesOf(key, published)).toEqual([]);
    expect(run.annotations.filter(({ file }) => file !== undefined)).toEqual([]);
    for (const where of ['file comment.md', 'summary', 'file report.html']) {
      expect(published.get(where), where).not.toMatch(/(?:\]\(|href=")[^)"\s]*(?:key|x\.c)/);
    }
  });

  it('C08, T11: a changed profiler changes no number of base, and everybody is told', async () => {
    await using world = await startWorld();
    const heaptrack = await findHeaptrack({ PATH: process.env.PATH ?? '' }, new AbortController().signal);
    if (heaptrack === null) throw new Error('no heaptrack here');
    const prefix = temporaryDirectory();
    const executable = join(prefix, 'bin', 'heaptrack');
    mkdirSync(join(prefix, 'bin'));
    mkdirSync(join(prefix, 'lib', 'heaptrack', 'libexec'), { recursive: true });
    writeFileSync(executable, `#!/bin/sh\necho heaptrack ${heaptrack.version}\n`);
    chmodSync(executable, 0o755);
    copyFileSync(heaptrack.preloadLibrary, join(prefix, 'lib', 'heaptrack', 'libheaptrack_preload.so'));
    copyFileSync(heaptrack.interpreter, join(prefix, 'lib', 'heaptrack', 'libexec', 'heaptrack_interpret'));

    const script = `
if [ -e attacks ]; then
  find "$RUNNER_TEMP" -name '*trace*' -type f -exec sh -c 'echo 0 > "$1"' sh {} ';'
  tools=$(dirname "$(dirname "$(command -v heaptrack)")")
  printf '#!/bin/sh\\nexit 1\\n' > "$tools/bin/heaptrack"
  for file in "$tools"/lib/heaptrack/*.so "$tools"/lib/heaptrack/libexec/*; do
    cp "$file" copy && printf 'changed' >> copy && mv copy "$file"
  done
fi
`;
    const pull = openPullRequest(project(script, 12_345), project(script, 23_456, { attacks: '' }));
    const run = await world.run(pull, INPUTS, {
      environment: { PATH: `${join(prefix, 'bin')}:${process.env.PATH}` },
    });
    expect(run.exitCode, run.log).toBe(0);
    const [{ metrics, notes }] = readReport(run).benchmarks;
    expect(metrics.allocated).toMatchObject({ base: 12_345, head: 23_456 });
    const said =
      /^The profiler was changed while this job ran, .*libheaptrack_preload\.so, .*heaptrack_interpret$/;
    expect(messagesAbout(run, /profiler/)).toEqual([expect.stringMatching(said)]);
    expect(notes.join('\n')).toMatch(/The profiler was changed/);
    expect(world.github.comments(7)[0].body).toMatch(/The profiler was changed/);
  });
});

describe('secrets that it was given all the same', () => {
  it('C07, T04: a token that the checkout stored is warned of once, and shown nowhere', async () => {
    await using world = await startWorld();
    const token = secretOf('ghp_');
    const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
    const script = `
[ "$1" = build ] && exit 0
env; cat "$RUNNER_TEMP"/git-credentials-*; echo ${token}
[ ! -e fails ]
`;
    const pull = openPullRequest(project(script, 1000), project(script, 1000, { fails: '' }));
    const file = join(pull.temp, 'git-credentials-6f9f6a1e-0d3b-4a39-8f6f-1c4ef1a5a8d4.config');
    writeFileSync(file, `[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic ${basic}\n`);
    git(pull.workspace, 'config', `includeIf.gitdir:${pull.workspace}/.git.path`, file);
    const run = await world.run(pull, INPUTS, { environment: { FOO: basic, BAR: token } });
    const published = publishedBy(run, pull, world);
    expect(run.exitCode).toBe(1);
    expect(run.outputs.verdict).toBe('failed');
    expect(published.get('summary')).toContain('extraheader = AUTHORIZATION: basic ***');
    expect(messagesAbout(run, /persist-credentials: false/)).toHaveLength(1);
    expect(run.annotations.filter(({ level }) => level === 'warning')).toHaveLength(1);
    expect(world.results.artifacts().length).toBeGreaterThan(0);
    for (const secret of [token, basic]) expect(placesOf(secret, published)).toEqual([]);
  });

  const password = secretOf('hunter2 & <b>"');
  const key = `-----BEGIN KEY-----\n${secretOf('line1-')}\n${secretOf('line2-')}`;
  const environment = { DEPLOY_PASSWORD: password, SIGNING_PRIVATE_KEY: key };
  /** A program that says how it was started, and a file of the workflow's author that holds a key. */
  const talkative = (bytes: number, exitCode: number): Files => ({
    'hostile.sh': 'true',
    'program.c': `
#include <stdio.h>
#include <stdlib.h>
void *volatile kept;
void allocate_here(void) { kept = malloc(${bytes}); }
int main(int count, char **arguments) {
  allocate_here();
  for (int i = 0; i < count; i++) printf("argument %s\\n", arguments[i]);
  return ${exitCode};
}
`,
  });
  const quoted = `'${key.split('\n').join("' '")}'`;
  const withSecrets = { ...BUILD, run: `./program --password '${password}' ${quoted}` };

  /** The log says which command is recorded; there the runner masks what it knows to be a secret. */
  function expectNoSecrets(published: Published): void {
    for (const part of [password, ...key.split('\n')]) {
      expect(placesOf(part, published).filter((where) => where !== 'log')).toEqual([]);
    }
  }

  it('T33: an argument that a failing program prints is shown nowhere', async () => {
    await using world = await startWorld();
    const pull = openPullRequest(talkative(1000, 0), talkative(3000, 3));
    const run = await world.run(pull, withSecrets, { environment });
    const published = publishedBy(run, pull, world);
    expect(run.outputs.verdict).toBe('failed');
    expect(published.get('summary')).toContain('argument ***');
    expect(placesOf('argument ***', published).length).toBeGreaterThan(3);
    expectNoSecrets(published);
  });

  it('T33: a command line is in no report, measurement, artifact or cache with them', async () => {
    await using world = await startWorld();
    const pull = openPullRequest(talkative(1000, 0), talkative(3000, 0));
    const run = await world.run(pull, { ...withSecrets, mode: 'measure' }, { environment });
    const published = publishedBy(run, pull, world);
    expect(run.exitCode, run.log).toBe(0);
    expect(world.results.artifacts()).toHaveLength(3);
    for (const { name } of world.results.artifacts()) {
      expect(published.get(`artifact ${name}`), name).toContain('allocate_here');
    }
    expect(published.get('artifact memtrack-default-a1')).toContain('--password ***');
    expectNoSecrets(published);
  });
});

describe('names of functions', () => {
  it('C11, T28: that every object has are counted to the byte', async () => {
    await using world = await startWorld();
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];
    const sizeOf = (index: number) => 1000 + 100 * index;
    const source = (factor: number) => `
#include <stdlib.h>
void *volatile kept;
${names.map((name, index) => `void ${name}(void) { kept = malloc(${factor * sizeOf(index)}); }`).join('\n')}
int main(void) { ${names.map((name) => `${name}();`).join(' ')} }
`;
    const tree = (factor: number) => ({ 'hostile.sh': 'true', 'program.c': source(factor) });
    const run = await world.run(openPullRequest(tree(1), tree(3)));
    expect(run.exitCode, run.log).toBe(0);
    const changes: { metric: string; function: string; base: number; head: number }[] =
      readReport(run).benchmarks[0].changes;
    const found = changes.filter(({ metric }) => metric === 'allocated');
    expect(new Map(found.map(({ function: name, base, head }) => [name, [base, head]]))).toEqual(
      new Map(names.map((name, index) => [name, [sizeOf(index), 3 * sizeOf(index)]])),
    );
  });
});

it('T35: a fork on a runner that is not thrown away is warned of, once', async () => {
  await using world = await startWorld();
  const pull = openPullRequest(project('true', 1000), project('true', 1000));
  const given = { number: 7, baseSha: pull.baseSha, headSha: pull.headSha, mergeSha: pull.mergeSha };
  const environment = { RUNNER_ENVIRONMENT: 'self-hosted' };
  const fromFork = await world.run(pull, INPUTS, {
    environment,
    event: pullRequestEvent({ ...given, fork: true }),
  });
  expect(fromFork.annotations).toEqual([
    { level: 'warning', message: expect.stringMatching(/^This runner is self-hosted, .* comes from a fork/) },
  ]);
  const ownBranch = await world.run(pull, INPUTS, { environment, runId: 2 });
  expect(ownBranch.annotations).toEqual([]);
  // What was checked out and built is gone.
  expect(readdirSync(pull.temp).filter((name) => /^memtrack(?!-report)/.test(name))).toEqual([]);
});
