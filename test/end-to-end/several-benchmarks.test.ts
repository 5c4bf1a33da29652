import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPullRequest, runOnPullRequest, startGitHub } from './pull-request.ts';

/** Allocates as many bytes as its argument says. */
const SOURCE = `
#include <cstdlib>
char* volatile escaped;
void allocate(int bytes) { escaped = new char[bytes * SCALE]; delete[] escaped; }
int main(int, char** argv) { allocate(std::atoi(argv[1])); }
`;

/** Every build leaves a mark in a file that both sides share. */
function project(scale: number, config: string, path = '.github/memtrack.yml') {
  return {
    'program.cpp': SOURCE.replace('SCALE', String(scale)),
    'build.sh': 'g++ -g -o program program.cpp\necho "$1" >> "$HOME_OF_TEST/builds"\n',
    [path]: config,
  };
}

const CONFIG = `
build: sh build.sh all
fail-on:
  allocated: 5%
benchmarks:
  - name: small
    run: ./program 1000
    fail-on: ''
  - name: large
    run: ./program 500000
  - name: own build
    build: sh build.sh own
    run: ./program 2000
    budget:
      peak: 1 MB
    fail-on: ''
`;

describe('several benchmarks', () => {
  it('are measured in one job, each build once on each side, judged by limits of their own, and make one comment', async () => {
    await using github = await startGitHub();
    const pull = openPullRequest(project(1, CONFIG), project(2, CONFIG));
    const run = await runOnPullRequest(pull, github, {}, { environment: { HOME_OF_TEST: pull.temp } });
    expect(run.exitCode, run.log).toBe(1);
    expect(run.outputs.verdict).toBe('regressed');
    expect(readFileSync(`${pull.temp}/builds`, 'utf8')).toBe('all\nown\nall\nown\n');
    const report = JSON.parse(readFileSync(run.outputs['json-path'], 'utf8'));
    expect(
      report.benchmarks.map(({ name, verdict }: { name: string; verdict: string }) => [name, verdict]),
    ).toEqual([
      ['large', 'regressed'],
      ['own build', 'grew'],
      ['small', 'grew'],
    ]);
    expect(Object.keys(JSON.parse(run.outputs.totals))).toEqual(['large', 'own build', 'small']);
    expect(github.comments(7)).toHaveLength(1);
    for (const name of ['small', 'large', 'own build']) expect(github.comments(7)[0].body).toContain(name);
    const failures = run.annotations.filter(({ level }) => level === 'error');
    expect(failures.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^large: Bytes allocated grew by .*; the limit is \+5%\.$/),
    ]);
    expect(github.violations).toEqual([]);
  });

  it('can be measured one by one, as in the jobs of a matrix', async () => {
    await using github = await startGitHub();
    const pull = openPullRequest(project(1, CONFIG), project(2, CONFIG));
    const environment = { HOME_OF_TEST: pull.temp };
    const run = await runOnPullRequest(pull, github, { name: 'small' }, { environment });
    expect(run.exitCode, run.log).toBe(0);
    expect(github.comments(7)[0].body).toMatch(/^<!-- memtrack-action:small -->/);
    const wrong = await runOnPullRequest(pull, github, { name: 'smal' }, { environment });
    expect(wrong.exitCode).toBe(1);
    expect(wrong.annotations[0].message).toContain('small, large, own build');
  });

  it('stand in a file whose mistakes are shown with their lines', async () => {
    await using github = await startGitHub();
    const broken = CONFIG.replace('peak: 1 MB', 'peek: 1 MB').replace('name: large', 'nmae: large');
    const pull = openPullRequest(project(1, CONFIG), project(2, broken));
    const run = await runOnPullRequest(pull, github, {}, { environment: { HOME_OF_TEST: pull.temp } });
    expect(run.exitCode).toBe(1);
    expect(run.annotations[0].message).toMatch(/\.github\/memtrack\.yml:9:\d+: .*nmae/s);
    expect(run.annotations[0].message).toMatch(/\.github\/memtrack\.yml:15:\d+: .*peek/s);
    expect(run.outputs.verdict).toBe('failed');
  });

  it('T10: stand in a file of the checkout, and not where a link or a path leads out of it', async () => {
    await using github = await startGitHub();
    const pull = openPullRequest(project(1, CONFIG), project(2, CONFIG));
    const upwards = await runOnPullRequest(pull, github, { config: '../secret.yml' });
    expect(upwards.exitCode).toBe(1);
    writeFileSync(join(pull.temp, 'memtrack.yml'), 'secret: 1');
    rmSync(join(pull.workspace, '.github'), { recursive: true });
    symlinkSync(pull.temp, join(pull.workspace, '.github'));
    const linked = await runOnPullRequest(pull, github, {});
    expect(linked.exitCode).toBe(1);
    expect(linked.annotations[0].message).toContain('.github/memtrack.yml leads out of the checkout');
    expect(linked.log).not.toContain('secret');
  });
});
