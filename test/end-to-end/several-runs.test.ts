import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RACING_THREADS } from '../racing-threads.ts';
import { openPullRequest, program, runOnPullRequest, startGitHub } from './pull-request.ts';

const INPUTS = { build: 'make --silent', run: './program', runs: '3' };
const FLAGS = '-O1 -g -pthread';

describe('the Action with several runs', () => {
  it('posts nothing of an unchanged program with threads', async () => {
    await using github = await startGitHub();
    const head = program(`// A comment.\n${RACING_THREADS}`, FLAGS);
    const pull = openPullRequest(program(RACING_THREADS, FLAGS), head);
    const run = await runOnPullRequest(pull, github, INPUTS);
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('unchanged');
    expect(github.comments(7)).toEqual([]);
    const [benchmark] = JSON.parse(readFileSync(run.outputs['json-path'], 'utf8')).benchmarks;
    expect(benchmark.runs).toBe(3);
    expect(benchmark.metrics.allocated).toMatchObject({ advisory: false, delta: 0 });
    expect(benchmark.metrics.temporary.advisory).toBe(true);
    expect(benchmark.notes.join('\n')).toMatch(/runs threads/);
  });

  it('says how many runs a change was found in', async () => {
    await using github = await startGitHub();
    const grown = RACING_THREADS.replace('int main() {', 'int main() {\n  std::vector<char> more(1000000);');
    const pull = openPullRequest(program(RACING_THREADS, FLAGS), program(grown, FLAGS));
    const run = await runOnPullRequest(pull, github, { ...INPUTS, 'fail-on': 'peak: 5%' });
    expect(run.exitCode, run.log).toBe(1);
    expect(run.outputs.verdict).toBe('regressed');
    expect(github.comments(7)[0].body).toMatch(/<sub>.*3 runs[;,]/);
    expect(run.log).toMatch(/Running head, run 3 of 3/);
  });
});
