import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../src/settings/config-file.ts';
import { checkAgainstSchema } from '../src/settings/config-schema.ts';
import { action } from './settings/action-environment.ts';
import {
  commitFiles,
  createRepository,
  type Files,
  git,
  temporaryDirectory,
} from './workspace/git-repositories.ts';

const OUR_ACTION = 'org/memtrack-action@v1';
const EXAMPLES = 'docs/workflows';
const OUR_WORKFLOWS = '.github/workflows';
/** Lies among the example workflows, and is what .github/memtrack.yml looks like. */
const CONFIG_EXAMPLE = 'docs/workflows/memtrack.yml';

/** Inputs of the actions that our workflows use besides our own. */
const KNOWN_ACTIONS: Readonly<Record<string, { name: string; description: string; inputs: object }>> = {
  'actions/checkout': {
    name: 'Checkout',
    description: 'Checkout a Git repository at a particular version',
    inputs: Object.fromEntries(
      ['ref', 'fetch-depth', 'persist-credentials', 'submodules', 'lfs'].map((name) => [
        name,
        { description: name },
      ]),
    ),
  },
  'org/memtrack-action': action,
};

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: unknown;
  readonly permissions?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflowPaths = [EXAMPLES, OUR_WORKFLOWS]
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => path !== CONFIG_EXAMPLE);
const texts = new Map(workflowPaths.map((path) => [path, readFileSync(path, 'utf8')]));
const workflows = [...texts].map(([path, text]) => ({ path, text, workflow: parse(text) as Workflow }));
const jobs = workflows.flatMap(({ path, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ where: `${path}, job ${name}`, job })),
);
const steps = jobs.flatMap(({ where, job }) => job.steps.map((step) => ({ where, step })));

/** @returns what GitHub's validator finds wrong */
type Validator = (path: string, text: string) => Promise<readonly string[]>;
let findProblems: Validator;

beforeAll(async () => {
  // The validator imports JSON as only bundlers take it.
  registerHooks({
    load: (url, context, nextLoad) =>
      url.endsWith('.json')
        ? nextLoad(url, { ...context, importAttributes: { type: 'json' } })
        : nextLoad(url, context),
  });
  const { validate } = await import('@actions/languageservice');
  let documents = 0;
  findProblems = async (path, text) => {
    // It remembers what it read by its address.
    const document = { uri: `file:///${documents++}/${path}`, getText: () => text };
    const found = await validate(document as Parameters<typeof validate>[0], {
      actionsMetadataProvider: {
        fetchActionMetadata: async ({ owner, name }) => KNOWN_ACTIONS[`${owner}/${name}`] as never,
      },
    });
    return found.map(({ message, range }) => `${path}:${range.start.line + 1}: ${message}`);
  };
});

describe("GitHub's own validator", () => {
  it.each([...texts])('finds nothing to say about %s', async (path, text) => {
    // What stands in this repository is validated as if it were used from another one.
    expect(await findProblems(path, text.replaceAll('uses: ./', `uses: ${OUR_ACTION}`))).toEqual([]);
  });

  it('finds nothing to say about action.yml', async () => {
    expect(await findProblems('action.yml', readFileSync('action.yml', 'utf8'))).toEqual([]);
  });

  it.each([
    ['a misspelt input', 'fail-on: |', 'fail-in: |', "Invalid action input 'fail-in'"],
    ['an unknown permission', 'pull-requests: write', 'pull-request: write', 'pull-request'],
    ['an impossible permission', 'pull-requests: write', 'pull-requests: all', "Unexpected value 'all'"],
    ['an unknown event', 'merge_group:', 'merge_groups:', 'merge_groups'],
    ['an unknown context', 'github.event_name ==', 'gitub.event_name ==', 'gitub'],
    ['an action that is not known', OUR_ACTION, 'org/memtrack@v1', 'Unable to resolve action'],
    ['a key that steps do not have', 'uses: org', 'use: org', "Unexpected value 'use'"],
  ])('would find %s', async (_, right, wrong, message) => {
    const text = texts.get('docs/workflows/one-job.yml')!;
    expect(text).toContain(right);
    const problems = await findProblems('one-job.yml', text.replace(right, wrong));
    expect(problems.join('\n')).toContain(message);
  });

  it('would find a mistake in action.yml', async () => {
    const text = readFileSync('action.yml', 'utf8').replace('post-if:', 'post-iff:');
    expect((await findProblems('action.yml', text)).join('\n')).toContain('post-iff');
  });
});

describe('the workflows of this repository and its documentation', () => {
  it('T31: pin every action of others to a commit, and say its version', () => {
    const uses = workflows.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line) => (/^\s*(?:- )?uses:/.test(line) ? [{ path, line: line.trim() }] : [])),
    );
    expect(uses.length).toBeGreaterThan(10);
    for (const { path, line } of uses) {
      if (/uses: (?:\.\/|org\/memtrack-action@v1)(?: #.*)?$/.test(line)) continue;
      expect(line, path).toMatch(/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it('pin an action to the same commit everywhere', () => {
    const pins = new Set([...texts.values()].flatMap((text) => text.match(/actions\/checkout@.*/g) ?? []));
    expect([...pins]).toHaveLength(1);
  });

  it('give no permission to the workflow, and each job its own', () => {
    for (const { path, workflow } of workflows) expect(workflow.permissions, path).toEqual({});
    for (const { where, job } of jobs) {
      expect(job.permissions, where).toBeTypeOf('object');
      expect(job['timeout-minutes'], where).toBeGreaterThan(0);
    }
  });

  it('T04: leave no credentials behind where they check out', () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(5);
    for (const { where, step } of checkouts) expect(step.with?.['persist-credentials'], where).toBe(false);
  });

  it('T07: put nothing that an event says into a script', () => {
    const scripts = steps.flatMap(({ where, step }) =>
      [step.run, step.with?.run, step.with?.build].flatMap((script) =>
        typeof script === 'string' ? [{ where, script }] : [],
      ),
    );
    expect(scripts.length).toBeGreaterThan(10);
    for (const { where, script } of scripts) expect(script, where).not.toContain('${{');
  });

  it('T01: build and run nothing on events that have more rights than the code', () => {
    for (const { path, workflow } of workflows) {
      const events = typeof workflow.on === 'string' ? [workflow.on] : Object.keys(workflow.on as object);
      expect(events, path).not.toContain('pull_request_target');
      if (!events.includes('workflow_run')) continue;
      for (const { uses, run, with: inputs } of Object.values(workflow.jobs).flatMap((job) => job.steps)) {
        expect([uses, run, inputs?.mode], path).toEqual([OUR_ACTION, undefined, 'report']);
      }
    }
  });

  it('C28: have no filter of paths, with which a required check would be pending for ever', () => {
    for (const { path, workflow } of workflows) {
      expect(JSON.stringify(workflow.on), path).not.toMatch(/"paths(?:-ignore)?"/);
    }
  });

  it('C28: skip the measurement only where nothing changed below the paths that are looked at', () => {
    const { changes, memory } = parse(texts.get('docs/workflows/paths.yml')!).jobs;
    expect(memory.if).toBe("${{ !cancelled() && needs.changes.outputs.memory != 'no' }}");
    const { run: script } = changes.steps.find((step: { id?: string }) => step.id === 'changes');
    const repository = createRepository();
    const output = join(temporaryDirectory(), 'output');
    /** What the step says of a pull request that writes these files, checked out as its test merge. */
    const outputOf = (files: Files) => {
      git(repository, 'checkout', '--quiet', '-B', 'feature', 'main');
      commitFiles(repository, files);
      git(repository, 'checkout', '--quiet', '--detach', 'main');
      git(repository, 'merge', '--quiet', '--no-ff', '--message', 'Test merge', 'feature');
      return outputHere();
    };
    const outputHere = () => {
      writeFileSync(output, '');
      const environment = { PATH: process.env.PATH, GITHUB_OUTPUT: output };
      execFileSync('bash', ['-e', '-c', script], { cwd: repository, env: environment, stdio: 'pipe' });
      return readFileSync(output, 'utf8');
    };
    commitFiles(repository, { 'parser/a.cpp': '1', 'docs/a.md': '1' });
    expect(outputHere()).toBe(''); // no test merge: what changed is not known
    expect(outputOf({ 'docs/a.md': '2' })).toBe('memory=no\n');
    expect(outputOf({ 'docs/a.md': '2', 'parser/a.cpp': '2' })).toBe('');
    expect(outputOf({ '.github/memtrack.yml': 'benchmarks: []' })).toBe('');
  });

  it('T36: let no code of a pull request run with a token that may write to the repository', () => {
    for (const { where, job } of jobs) {
      if (job.permissions?.contents !== 'write') continue;
      const modes = job.steps.map((step) => step.with?.mode);
      expect(modes, where).toEqual(['report']);
    }
  });
});

describe('docs/workflows/memtrack.yml', () => {
  const text = readFileSync(CONFIG_EXAMPLE, 'utf8');

  it('is accepted as .github/memtrack.yml', () => {
    expect(parseConfig(text, CONFIG_EXAMPLE).benchmarks.length).toBeGreaterThan(2);
  });

  it('is valid by the schema that it names', () => {
    expect(text).toMatch(/^# yaml-language-server: \$schema=https:\S+\/docs\/memtrack\.schema\.json\n/);
    expect(checkAgainstSchema(parse(text))).toEqual([]);
  });

  it('has the benchmarks that the example of a matrix measures', () => {
    const { matrix } = parse(texts.get('docs/workflows/matrix.yml')!).jobs.measure.strategy;
    expect(parseConfig(text, CONFIG_EXAMPLE).benchmarks.map(({ name }) => name)).toEqual(matrix.benchmark);
  });
});
