import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { heaptrackTotals, openPullRequest, program, runOnPullRequest, startGitHub } from './pull-request.ts';

/** `parse` makes a table on every call; the pull request makes it once. */
const EVERY_CALL = `
#include <map>
#include <string>
struct Table {
  std::map<int, std::string> words;
  Table() { for (int i = 0; i < 20; i++) words[i] = std::string(50, 'x'); }
};
int parse(int number) {
  const Table table;
  return table.words.count(number) + std::string(100, 'y').size();
}
int main() {
  int sum = 0;
  for (int i = 0; i < 100; i++) sum += parse(i);
  char* kept = new char[777];
  kept[0] = static_cast<char>(sum);
  return kept[0] == 1;
}
`;
const ONCE = EVERY_CALL.replace('const Table table', 'static const Table table');

const BUILD_AND_RUN = { build: 'make --silent', run: './program' };

function readJson(path: string) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

describe('the Action on a pull request', () => {
  it('writes one comment with the right numbers, and edits it when it runs again', async () => {
    await using github = await startGitHub();
    const pull = openPullRequest(program(EVERY_CALL), program(ONCE));
    const run = await runOnPullRequest(pull, github, BUILD_AND_RUN);
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('improved');
    expect(run.outputs.headline).toMatch(/^[\d.]+ KB → [\d.]+ KB \(−\d\d %\)$/);

    expect(github.comments(7)).toHaveLength(1);
    const comment = github.comments(7)[0].body ?? '';
    expect(comment).toMatch(/^<!-- memtrack-action:default -->\n/);
    expect(comment).toContain(run.outputs.headline);
    expect(comment).toContain('Table::Table');
    expect(comment).toContain(pull.headSha.slice(0, 7));
    expect(run.outputs['comment-url']).toBe(github.comments(7)[0].html_url);
    expect(run.summary).toContain(run.outputs.headline);

    // Independent of all our code: heaptrack's own script and printer, less what it says of itself.
    const report = readJson(run.outputs['json-path']);
    const { metrics, excluded } = report.benchmarks[0];
    const base = heaptrackTotals(program(EVERY_CALL));
    const head = heaptrackTotals(program(ONCE));
    for (const id of ['allocated', 'allocations', 'temporary', 'peak', 'leaked'] as const) {
      expect(metrics[id].base + excluded.base[id], `base ${id}`).toBe(base[id]);
      expect(metrics[id].head + excluded.head[id], `head ${id}`).toBe(head[id]);
    }
    expect(excluded.base).toMatchObject({ allocations: 1 });
    expect(JSON.parse(run.outputs.totals).allocated).toMatchObject({ base: metrics.allocated.base });

    const again = await runOnPullRequest(pull, github, { ...BUILD_AND_RUN, metric: 'allocations' });
    expect(again.exitCode, again.log).toBe(0);
    expect(github.comments(7)).toHaveLength(1);
    expect(github.comments(7)[0].id).toBe(Number(run.outputs['comment-url'].split('-').at(-1)));
    expect(github.comments(7)[0].body).not.toBe(comment);
    expect(github.violations).toEqual([]);
  });

  it('fails a growth over its limit and says why', async () => {
    await using github = await startGitHub();
    const pull = openPullRequest(program(ONCE), program(EVERY_CALL));
    const run = await runOnPullRequest(pull, github, { ...BUILD_AND_RUN, 'fail-on': 'allocated: 5%' });
    expect(run.exitCode).toBe(1);
    expect(run.outputs.verdict).toBe('regressed');
    expect(run.annotations).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: expect.stringMatching(/^Bytes allocated grew by [\d.]+ [KM]B \(.*\); the limit is \+5%\.$/),
      }),
    );
    expect(github.comments(7)[0].body).toMatch(/over/);
    expect(github.violations).toEqual([]);
  });

  it('says nothing of a commit that only adds a comment line at the top of the file', async () => {
    await using github = await startGitHub();
    const pull = openPullRequest(program(EVERY_CALL), program(`// A comment.\n${EVERY_CALL}`));
    const run = await runOnPullRequest(pull, github, BUILD_AND_RUN);
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('unchanged');
    const { metrics, matched } = readJson(run.outputs['json-path']).benchmarks[0];
    for (const metric of Object.values<{ delta: number }>(metrics)) expect(metric.delta).toBe(0);
    expect(matched).toBe(1);
    expect(github.comments(7)).toHaveLength(0);
    expect(run.outputs['comment-url']).toBe('');
  });

  it('shows the numbers of head alone when base does not build', async () => {
    await using github = await startGitHub();
    const pull = openPullRequest(program('int main() { return missing; }'), program(ONCE));
    const run = await runOnPullRequest(pull, github, { ...BUILD_AND_RUN, 'fail-on': 'allocated: 0' });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('new');
    expect(JSON.parse(run.outputs.totals).allocated).toMatchObject({ base: null, delta: null });
    expect(github.comments(7)[0].body).toMatch(/did not build[\s\S]*missing/);
    expect(run.log).toMatch(
      /✗ Building base[^✗]*exit code[^✗]*'missing' was not declared[^✗]*✓ Building head/,
    );
  });

  it('fails with the last lines of output when head does not build', async () => {
    await using github = await startGitHub();
    const pull = openPullRequest(program(ONCE), program('int main() { return missing; }'));
    const run = await runOnPullRequest(pull, github, BUILD_AND_RUN);
    expect(run.exitCode).toBe(1);
    expect(run.outputs.verdict).toBe('failed');
    expect(run.log.match(/'missing' was not declared/g)).toHaveLength(1);
    expect(github.comments(7)[0].body).toMatch(/'missing' was not declared|missing/);
  });

  it('fails with the exit code when head crashes', async () => {
    await using github = await startGitHub();
    const pull = openPullRequest(
      program(ONCE),
      program('#include <cstdio>\nint main() { puts("giving up"); return 42; }'),
    );
    const run = await runOnPullRequest(pull, github, BUILD_AND_RUN);
    expect(run.exitCode).toBe(1);
    expect(run.annotations.map(({ message }) => message).join('\n')).toMatch(/42/);
    expect(run.log).toContain('giving up');
  });

  it.each([
    ['a static binary', program('int main() { return *new int == 1; }', '-static'), BUILD_AND_RUN, /static/],
    [
      'a program that runs too long',
      program('#include <unistd.h>\nint main() { sleep(600); return 0; }'),
      { ...BUILD_AND_RUN, 'run-timeout': '0.03' },
      /run-timeout/,
    ],
    [
      'an argument with a newline',
      program('int main() { return 0; }'),
      { ...BUILD_AND_RUN, run: "./program $'one\\ntwo'" },
      /newline|control character/,
    ],
  ])('ends %s within its limit with a message of its own', async (_name, head, inputs, message) => {
    await using github = await startGitHub();
    const run = await runOnPullRequest(openPullRequest(program(ONCE), head), github, inputs);
    expect(run.exitCode, run.log).toBe(1);
    expect(run.seconds).toBeLessThan(60);
    expect(run.outputs.verdict).toBe('failed');
    expect(run.annotations.map((annotation) => annotation.message).join('\n')).toMatch(message);
    expect(run.orphans).toEqual([]);
  });

  it('does not wait for a child that was left in the background with stdout open', async () => {
    await using github = await startGitHub();
    const source = `
#include <cstdlib>
#include <unistd.h>
int main() {
  if (fork() == 0) { setsid(); sleep(600); }
  return *new char[1000] == 1;
}`;
    const run = await runOnPullRequest(
      openPullRequest(program(source), program(`${source}// head`)),
      github,
      BUILD_AND_RUN,
    );
    expect(run.exitCode, run.log).toBe(0);
    expect(run.seconds).toBeLessThan(60);
    expect(run.orphans).toEqual([]);
  });

  it('refuses to run code of strangers on pull_request_target', async () => {
    await using github = await startGitHub();
    const pull = openPullRequest(program(ONCE), program(EVERY_CALL));
    const run = await runOnPullRequest(pull, github, BUILD_AND_RUN, {
      environment: { GITHUB_EVENT_NAME: 'pull_request_target' },
    });
    expect(run.exitCode).toBe(1);
    expect(run.annotations[0].message).toMatch(/pull_request_target/);
    expect(run.log).not.toMatch(/Building/);
  });

  it('gives a fork whose token may not write everything but the comment', async () => {
    await using github = await startGitHub({ mayWrite: [] });
    const run = await runOnPullRequest(
      openPullRequest(program(EVERY_CALL), program(ONCE)),
      github,
      BUILD_AND_RUN,
    );
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs.verdict).toBe('improved');
    expect(run.annotations).toContainEqual(
      expect.objectContaining({ level: 'notice', message: expect.stringMatching(/pull-requests: write/) }),
    );
    expect(run.summary).toContain(run.outputs.headline);
  });

  it('leaves the workspace as it was', async () => {
    await using github = await startGitHub();
    const pull = openPullRequest(program(ONCE), program(EVERY_CALL));
    const before = readFileSync(join(pull.workspace, '.git/config'), 'utf8');
    await runOnPullRequest(pull, github, BUILD_AND_RUN);
    expect(readFileSync(join(pull.workspace, '.git/config'), 'utf8')).toBe(before);
  });
});
