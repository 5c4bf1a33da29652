/**
 * The cases that the gallery shows: comparisons of real recordings, made as the product makes them, and one of folded
 * text that no program would be patient enough to make.
 */

import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoDirectory, readDemanglerWasm } from '../../src/assets.ts';
import { compare } from '../../src/commands/compare.ts';
import { diffTraces } from '../../src/commands/diff-traces.ts';
import type { Comparison } from '../../src/commands/report-measurements.ts';
import type { Log } from '../../src/log.ts';
import { forEachMetric } from '../../src/profile/metric.ts';
import { buildReport } from '../../src/report/build-report.ts';
import type { BenchmarkReport, Report } from '../../src/report/report.ts';
import { readCommandLine } from '../../src/settings/command-line.ts';
import { createDemangler } from '../../src/symbols/demangle.ts';
import { createFunctionNamer } from '../../src/symbols/normalise-function.ts';
import { createTracker } from '../../src/trackers/index.ts';
import { childEnvironment } from '../../src/workspace/environment.ts';
import { createGit } from '../../src/workspace/git.ts';
import { openRepository } from '../../src/workspace/repository.ts';
import { foldedProfile } from '../../test/profile/folded-profile.ts';

/** Something to look at. */
export interface GalleryCase {
  readonly name: string;
  /** What one should see in it. */
  readonly about: string;
  readonly report: Report;
  /** What each benchmark was made of, by its name. */
  readonly sources: Comparison['sources'];
}

interface Program {
  readonly name: string;
  /** Folder with the files of base, and the patch that makes head of them. */
  readonly files: string;
  readonly patch: string;
  readonly build: string;
  readonly run: string;
}

const PROGRAMS = join(dirname(fileURLToPath(import.meta.url)), 'programs');
const ADDRESS = 'https://github.com/owner/project';

const AUTHOR = {
  GIT_AUTHOR_NAME: 'gallery',
  GIT_AUTHOR_EMAIL: 'gallery@example.org',
  GIT_AUTHOR_DATE: '2024-05-01T12:00:00Z',
  GIT_COMMITTER_NAME: 'gallery',
  GIT_COMMITTER_EMAIL: 'gallery@example.org',
  GIT_COMMITTER_DATE: '2024-05-01T12:00:00Z',
};

/** @param directory for repositories and checkouts; empty */
export async function makeCases(directory: string, log: Log): Promise<readonly GalleryCase[]> {
  const studio = await openStudio(directory, log);
  const dates = await studio.makeRepository({
    name: 'dates',
    files: join(demoDirectory(), 'project'),
    patch: join(demoDirectory(), 'make-the-parser-once.patch'),
    build: 'make --silent',
    run: './dates',
  });
  const templates = await studio.makeRepository(inCpp('templates', '-O1'));
  const threads = await studio.makeRepository(inCpp('threads', '-O1 -pthread'));
  const words = await studio.makeRepository({
    name: 'words',
    files: join(PROGRAMS, 'words'),
    patch: join(PROGRAMS, 'words.patch'),
    build: 'cargo build --quiet --release --offline',
    run: './target/release/words',
  });

  const improvement = await dates.compare(dates.base, dates.head);
  const regression = await dates.compare(dates.head, dates.base, ['--fail-on', 'allocated: 5% and 10 kB']);
  const unchanged = await dates.compare(dates.head, dates.head);
  const first = await dates.compare(null, dates.head);
  const baseFailed = await dates.compare(await dates.commit('parser.cpp', 'int parse( {\n'), dates.head);
  const headFailed = await dates.compare(
    dates.head,
    await dates.commit('main.cpp', '#include <cstdlib>\nint main() { std::abort(); }\n'),
  );
  const templated = await templates.compare(templates.base, templates.head);
  const threaded = await threads.compare(threads.base, threads.head);
  const rust = await words.compare(words.base, words.head);
  const large = studio.compareFolded();

  const accepted = { by: 'octocat', label: 'memory-accepted' };
  const many = [templated, regression, unchanged, rust, improvement, headFailed, threaded];
  return [
    one('improvement', 'The demo: a parser that was made on every call is made once.', improvement),
    one('regression', 'The demo the other way round, over its limit.', regression),
    {
      ...one('accepted', 'The same, accepted with a label.', regression),
      report: { ...regression.report, accepted },
    },
    one('templates', 'C++ templates: a purchase is taken by value.', templated),
    one('threads', 'A small change in a large program with threads: the axis is broken.', threaded),
    one('rust', 'Rust: a lookup that clones its key.', rust),
    one('large', 'Synthetic: 100,000 frames.', large),
    one('unchanged', 'The same commit twice.', unchanged),
    one('new', 'Head alone.', first),
    one('base-failed', 'Base does not build.', baseFailed),
    one('head-failed', 'Head aborts.', headFailed),
    manyOf('many', 'Several benchmarks.', many),
  ];
}

function inCpp(name: string, flags: string): Program {
  return {
    name,
    files: join(PROGRAMS, name),
    patch: join(PROGRAMS, `${name}.patch`),
    build: `g++ -std=c++17 -g ${flags} -o ${name} main.cpp`,
    run: `./${name}`,
  };
}

function one(name: string, about: string, comparison: Comparison): GalleryCase {
  const { report } = comparison;
  return { name, about, report, sources: comparison.sources };
}

function manyOf(name: string, about: string, comparisons: readonly Comparison[]): GalleryCase {
  const ofBenchmark = new Map<BenchmarkReport, Comparison>(
    comparisons.map((comparison, i) => {
      const [benchmark] = comparison.report.benchmarks;
      return [{ ...benchmark, name: `${benchmark.name}_${i + 1}` }, comparison] as const;
    }),
  );
  const report = buildReport(comparisons[0].report, [...ofBenchmark.keys()]);
  const sources = new Map(
    [...ofBenchmark].flatMap(([benchmark, comparison]) =>
      [...comparison.sources.values()].map((source) => [benchmark.name, source] as const),
    ),
  );
  return { name, about, report, sources };
}

/** What all cases need to be measured. */
async function openStudio(directory: string, log: Log) {
  const context = { environment: process.env, log, signal: new AbortController().signal };
  const environment = childEnvironment(process.env, []);
  // Cargo keeps the toolchain and its settings there.
  for (const name of ['CARGO_HOME', 'RUSTUP_HOME'] as const) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  const nameFunction = createFunctionNamer(createDemangler(await readDemanglerWasm()));
  let repositories = 0;

  async function makeRepository(program: Program) {
    const path = join(directory, `${++repositories}-${program.name}`);
    await mkdir(path, { recursive: true });
    await cp(program.files, path, { recursive: true });
    const git = createGit(path, context);
    const commitAll = async (message: string) => {
      await git.text(['add', '--all']);
      await git.text(['commit', '--quiet', '--message', message], { environment: AUTHOR });
      return (await git.text(['rev-parse', 'HEAD'])).trim();
    };
    await git.text(['init', '--quiet', '--initial-branch=main']);
    const base = await commitAll('Base');
    await git.text(['apply', program.patch]);
    const head = await commitAll('Head');
    return {
      base,
      head,
      /** A commit like head but for the text of one file. */
      commit: async (file: string, text: string) => {
        await git.text(['checkout', '--quiet', head, '--', '.']);
        await writeFile(join(path, file), text);
        return await commitAll(`Change ${file}`);
      },
      compare: async (from: string | null, to: string, flags: readonly string[] = []): Promise<Comparison> =>
        await compare(
          {
            base: from === null ? null : { commit: from, revision: { sha: from, label: 'main' } },
            head: { commit: to, revision: { sha: to, label: 'change' } },
            benchmarks: [
              {
                ...judgement(flags),
                name: program.name,
                build: program.build,
                run: program.run,
                runs: 1,
                workingDirectory: '.',
                buildTimeLimitSeconds: 300,
                runTimeLimitSeconds: 60,
              },
            ],
            preparation: { reusePaths: [], installTracker: false },
            repositoryUrl: ADDRESS,
            notes: [],
          },
          {
            repository: await openRepository(path, context),
            fetch: null,
            baselines: null,
            directory: join(directory, 'checkout'),
            tracker: createTracker(environment),
            environment,
            log,
            signal: context.signal,
            nameFunction,
          },
        ),
    };
  }

  function compareFolded(): Comparison {
    const side = (label: string, seed: number) => ({
      label,
      profile: foldedProfile(syntheticStacks(seed)),
    });
    return diffTraces(side('base.folded', 0), side('head.folded', 1), judgement([]), nameFunction);
  }

  return { makeRepository, compareFolded };
}

/** Limits as the command line reads them. */
function judgement(flags: readonly string[]) {
  const settings = readCommandLine(['diff', ...flags, 'base', 'head']);
  if (!('limits' in settings)) throw new Error('diff has limits');
  return {
    metric: settings.metric,
    limits: forEachMetric((id) => settings.limits[id]),
  };
}

const LEVELS = [
  'app',
  'request',
  'query',
  'plan',
  'table',
  'index',
  'page',
  'row',
  'cell',
  'text',
  'mark',
  'bit',
];
const VERBS = ['answer', 'prepare', 'combine', 'lookUp', 'decode', 'sort', 'fold'];

/** Some 100,000 frames in 25,000 stacks; head has a tenth of them changed. */
function syntheticStacks(seed: number): string {
  const random = randomNumbers(7);
  const lines: string[] = [];
  for (let stack = 0; stack < 25_000; stack++) {
    const frames = ['main'];
    const depth = 3 + Math.floor(random() * 9);
    for (let level = 0; level < depth; level++) {
      const which = Math.floor(random() ** 2 * (level < 2 ? 4 : 30));
      frames.push(
        `${LEVELS[level % LEVELS.length]}::Stage${which}::${VERBS[(which + level) % VERBS.length]}`,
      );
    }
    frames.push(`std::vector<module::Item${stack % 50}>::push_back`);
    const cost = Math.floor(16 + random() ** 6 * 500_000);
    const change = random();
    if (seed === 1 && change < 0.02) continue;
    lines.push(`${frames.join(';')} ${seed === 1 && change > 0.92 ? Math.floor(cost * 2.5) : cost}`);
  }
  return lines.join('\n');
}

/** The same numbers from 0 to 1 every time (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
