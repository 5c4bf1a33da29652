import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readDemanglerWasm } from '../../src/assets.ts';
import { diffProfiles } from '../../src/diff/diff-profiles.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { METRIC_IDS } from '../../src/profile/metric.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { createDemangler } from '../../src/symbols/demangle.ts';
import { createFunctionNamer } from '../../src/symbols/normalise-function.ts';
import { createTracker } from '../../src/trackers/index.ts';
import { cleanEnvironment, makeGitHistory } from './record.ts';

const directory = realpathSync(mkdtempSync(join(tmpdir(), 'unchanged-')));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const environment = {
  ...cleanEnvironment(directory),
  TMPDIR: directory,
  // Seeds of hash tables are the one thing that differs from run to run in these programs.
  PYTHONHASHSEED: '0',
  PYTHONMALLOC: 'malloc',
  PERL_HASH_SEED: '0',
  PERL_PERTURB_KEYS: '0',
};
const tracker = createTracker(environment);
const signal = new AbortController().signal;

async function record(script: string): Promise<Profile> {
  await tracker.prepare({ install: false, log: SILENT_LOG, signal });
  const recorded = await tracker.record({
    script,
    directory,
    environment,
    timeLimitSeconds: 120,
    signal,
    log: SILENT_LOG,
  });
  return recorded.profile;
}

writeFileSync(
  join(directory, 'source.cpp'),
  '#include <map>\n#include <string>\nint main() { return std::map<int, std::string>{{1, "a"}}.size() == 2; }\n',
);

describe('two runs of an unchanged program', () => {
  const run = (file: string, ...args: string[]) =>
    execFileSync(file, args, { cwd: directory, encoding: 'utf8' }).trim();
  const compiler = run('g++', '-print-prog-name=cc1plus');
  run('g++', '-E', '-o', 'source.ii', 'source.cpp');
  // A version manager may have put a shell script of that name in the way.
  const python = run('python3', '-c', 'import os, sys; print(os.path.realpath(sys.executable))');

  it.each([
    ['git log -p', 'git -C history --no-pager log -p > log.txt'],
    [
      'python3',
      `${python} -c 'import json; print(len(json.dumps([json.loads("[1, 2, 3]") for _ in range(500)])))'`,
    ],
    ['perl', `perl -e 'my %seen; $seen{$_ % 97} .= "x$_" for 1..5000; print scalar(keys %seen)'`],
    ["g++'s compiler proper", `${compiler} -quiet -fpreprocessed -O1 source.ii -o /dev/null`],
  ])('differ in nothing: %s', async (name, script) => {
    if (name === 'git log -p') makeGitHistory(directory, { commits: 40, files: 20 });
    const nameFunction = createFunctionNamer(createDemangler(await readDemanglerWasm()));
    const [base, head] = [await record(script), await record(script)];
    expect(base.facts.events).toBeGreaterThan(1000);
    expect(head.facts.isThreaded).toBe(false);
    const diff = diffProfiles(base, head, { nameFunction, baseOwnership: null, headOwnership: null });
    for (const id of METRIC_IDS) {
      const changed = diff.base[id].findIndex((cost, stack) => cost !== diff.head[id][stack]);
      expect(changed, `a stack whose ${id} differ`).toBe(-1);
    }
    expect(diff.matched).toBe(1);
  });
});
