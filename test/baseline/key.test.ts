import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BaselineFacts, baselineKey, readMachineFacts } from '../../src/baseline/key.ts';
import { childEnvironment } from '../../src/workspace/environment.ts';

const FACTS: BaselineFacts = {
  sha: 'a'.repeat(40),
  name: 'dates',
  build: 'make',
  run: './dates',
  runs: 1,
  workingDirectory: '.',
  reusePaths: ['target'],
  tracker: { name: 'heaptrack', version: '1.5.0' },
  machine: {
    architecture: 'x64',
    platform: 'linux',
    operatingSystem: 'ID=ubuntu\nVERSION_ID="24.04"\n',
    tools: { 'cc --version': 'cc 13.2.0', 'rustc --version': null },
  },
  environment: {
    PATH: '/usr/bin',
    ImageOS: 'ubuntu24',
    ImageVersion: '20261101.1.0',
    CFLAGS: '-O2',
  },
};

function inEnvironment(given: Readonly<Record<string, string>>): BaselineFacts {
  return { ...FACTS, environment: { ...FACTS.environment, ...given } };
}

function onMachine(given: Partial<BaselineFacts['machine']>): BaselineFacts {
  return { ...FACTS, machine: { ...FACTS.machine, ...given } };
}

describe('baselineKey', () => {
  it('names the version of what is cached and the whole commit', () => {
    expect(baselineKey(FACTS)).toMatch(/^memtrack-baseline-v\d+-a{40}-[0-9a-f]{32}$/);
  });

  it.each<readonly [string, BaselineFacts]>([
    ['commit', { ...FACTS, sha: 'b'.repeat(40) }],
    ['benchmark', { ...FACTS, name: 'times' }],
    ['build', { ...FACTS, build: 'make -O0' }],
    ['lack of a build', { ...FACTS, build: null }],
    ['command', { ...FACTS, run: './dates 2' }],
    ['number of runs', { ...FACTS, runs: 2 }],
    ['folder', { ...FACTS, workingDirectory: 'rust' }],
    ['reused path', { ...FACTS, reusePaths: ['target', 'build'] }],
    ['tracker', { ...FACTS, tracker: { name: 'dhat', version: '1.5.0' } }],
    ['version of the tracker', { ...FACTS, tracker: { name: 'heaptrack', version: '1.4.0' } }],
    ['architecture', onMachine({ architecture: 'arm64' })],
    ['system', onMachine({ operatingSystem: 'ID=debian\n' })],
    ['compiler', onMachine({ tools: { ...FACTS.machine.tools, 'cc --version': 'cc 14.1.0' } })],
    ['new compiler', onMachine({ tools: { ...FACTS.machine.tools, 'rustc --version': 'rustc 1.95.0' } })],
    ['image of the runner', inEnvironment({ ImageVersion: '20261108.1.0' })],
    ['variable', inEnvironment({ CFLAGS: '-O3' })],
    ['more variables', inEnvironment({ RUSTFLAGS: '-g' })],
    ['place of the checkout', inEnvironment({ GITHUB_WORKSPACE: '/github/workspace' })],
  ])('T20: is another one for another %s', (_what, other) => {
    expect(baselineKey(other)).not.toBe(baselineKey(FACTS));
  });

  it('is the same in the next run, on a pull request as on the branch', () => {
    const shared = { ...FACTS.environment, GITHUB_WORKSPACE: '/home/runner/builds/a', RUNNER_OS: 'Linux' };
    const push = {
      ...shared,
      GITHUB_RUN_ID: '1',
      GITHUB_REF: 'refs/heads/main',
      RUNNER_NAME: 'GitHub Actions 1',
      RUNNER_TRACKING_ID: 'github_1',
      INVOCATION_ID: 'abc',
      SYSTEMD_EXEC_PID: '99',
    };
    const pullRequest = {
      ...shared,
      GITHUB_RUN_ID: '10',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_HEAD_REF: 'changes',
      RUNNER_NAME: 'GitHub Actions 2',
      RUNNER_TRACKING_ID: 'github_2',
      INVOCATION_ID: 'def',
      SYSTEMD_EXEC_PID: '100',
      SHLVL: '1',
    };
    const [one, other] = [push, pullRequest].map((given) =>
      baselineKey({ ...FACTS, environment: childEnvironment(given, []) }),
    );
    expect(other).toBe(one);
  });

  it('does not depend on the order in which things were found', () => {
    const environment = Object.fromEntries(Object.entries(FACTS.environment).reverse());
    const tools = Object.fromEntries(Object.entries(FACTS.machine.tools).reverse());
    expect(baselineKey({ ...onMachine({ tools }), environment })).toBe(baselineKey(FACTS));
  });
});

describe('readMachineFacts', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'machine-test-'));
    await mkdir(join(directory, 'bin'));
    await tool('cc', 'echo "fake cc 1.2.3"; echo more');
    await tool('gcc', 'echo no version >&2; exit 1');
    await tool('ccache', 'echo "$@ in $(ls | wc -l) files, ${SECRET:-clean}"');
  });

  afterAll(() => rm(directory, { recursive: true }));

  async function tool(name: string, script: string): Promise<void> {
    const path = join(directory, 'bin', name);
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
  }

  it('knows the first line that each tool answers, asked in an empty folder with the given environment only', async () => {
    process.env.SECRET = 'of ours';
    const environment = { PATH: `${join(directory, 'bin')}:/usr/bin:/bin`, CC: 'ccache  gcc -m64' };
    const facts = await readMachineFacts(environment, new AbortController().signal);
    delete process.env.SECRET;
    expect(facts).toMatchObject({ architecture: process.arch, platform: process.platform });
    expect(facts.operatingSystem).toContain('ID=');
    expect(facts.tools).toMatchObject({
      'cc --version': 'fake cc 1.2.3',
      'gcc --version': null,
      'rustc --version': null,
      'ccache gcc -m64 --version': 'gcc -m64 --version in 0 files, clean',
      'ldd --version': expect.stringContaining('ldd'),
    });
    expect(facts.tools).toHaveProperty('go version');
  });

  it('waits for a compiler that takes long to start, so that the key is the same each time', async () => {
    const slow = join(directory, 'slow');
    await mkdir(slow);
    await writeFile(join(slow, 'clang'), '#!/bin/sh\nsleep 6\necho fake clang 9\n', { mode: 0o755 });
    const environment = { PATH: `${slow}:${join(directory, 'bin')}:/usr/bin:/bin` };
    const facts = await readMachineFacts(environment, new AbortController().signal);
    expect(facts.tools['clang --version']).toBe('fake clang 9');
  });

  it('stops when the run is cancelled', async () => {
    await expect(readMachineFacts({ PATH: '/usr/bin' }, AbortSignal.abort())).rejects.toThrow('Cancelled');
  });
});
