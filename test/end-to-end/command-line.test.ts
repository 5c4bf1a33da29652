import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commitFiles, fingerprint, git, writeFiles } from '../workspace/git-repositories.ts';
import { installAction, program } from './pull-request.ts';

/** Allocates so many bytes a hundred times, in a way that no compiler may leave out. */
const LOOP = (bytes: number) =>
  program(`char* volatile kept;
int main() {
  for (int i = 0; i < 100; i++) {
    kept = new char[${bytes}];
    delete[] kept;
  }
  return 0;
}`);

/** A repository with one commit on main, and a branch of it checked out. */
function openRepository(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'command-line-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  git(directory, 'init', '--quiet');
  commitFiles(directory, LOOP(1000));
  git(directory, 'checkout', '--quiet', '-b', 'feature');
  return directory;
}

function memtrack(directory: string, ...argv: string[]) {
  const cli = join(installAction(), 'dist/cli.js');
  const environment = { ...process.env, NO_COLOR: '1', COLUMNS: '100' };
  return spawnSync(process.execPath, [cli, ...argv], { cwd: directory, encoding: 'utf8', env: environment });
}

describe('memtrack compare', () => {
  it('compares the working tree with where its branch left main, and touches nothing of the repository', () => {
    const directory = openRepository();
    writeFiles(directory, LOOP(3000));
    const before = fingerprint(join(directory, '.git'));
    const run = memtrack(
      directory,
      'compare',
      '--build',
      'make --silent',
      '--out',
      '../report',
      '--',
      './program',
    );
    onTestFinished(() => rmSync(join(directory, '../report'), { recursive: true, force: true }));
    expect(run.status, run.stderr).toBe(0);
    expect(run.stdout).toContain('allocates 100 KB → 300 KB (+200 %)');
    expect(fingerprint(join(directory, '.git'))).toEqual(before);
    expect(existsSync(join(directory, 'program'))).toBe(false);
    const report = JSON.parse(readFileSync(join(directory, '../report/report.json'), 'utf8'));
    expect(report).toMatchObject({ version: 1, verdict: 'grew', head: { sha: null, label: 'working tree' } });
    expect(readFileSync(join(directory, '../report/diff.folded'), 'utf8')).toBe('main 100000 300000\n');
  });

  it('exits with 1 over a limit and prints JSON when asked to', () => {
    const directory = openRepository();
    commitFiles(directory, LOOP(3000));
    const argv = ['--base', 'main', '--head', 'feature', '--fail-on', 'allocated: 5%', '--json'];
    const run = memtrack(directory, 'compare', '--build', 'make --silent', ...argv, '--', './program');
    expect(run.status, run.stderr).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({
      verdict: 'regressed',
      headline: '100 KB → 300 KB (+200 %)',
    });
  });

  it.each([
    [['compare', '--base', 'nowhere', '--', './program'], /nowhere/],
    [['compare', '--build', 'false', '--', './program'], /build/],
    [['diff', 'missing.zst', 'missing.zst'], /missing\.zst cannot be read/],
    [['diff', 'Makefile', 'Makefile'], /Makefile: .*accepted: heaptrack/],
  ])('exits with 2 for what its user can fix: %j', (argv, message) => {
    const run = memtrack(openRepository(), ...argv);
    expect(run.status).toBe(2);
    expect(run.stderr + run.stdout).toMatch(message);
  });
});
