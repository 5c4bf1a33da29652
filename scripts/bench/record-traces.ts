import { execFile, spawn } from 'node:child_process';
import { closeSync, createReadStream, createWriteStream, existsSync, openSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Heaptrack } from '../../src/trackers/heaptrack/find-heaptrack.ts';

const run = promisify(execFile);

/** Two traces of one program, and what it is. */
export interface TracePair {
  readonly name: string;
  readonly description: string;
  readonly base: string;
  readonly head: string;
}

/** Traces of one program that does the same more and more often, so that it has ever more events of the same stacks. */
export interface TraceSeries {
  readonly times: readonly number[];
  readonly paths: readonly string[];
}

const TIMES = [1, 2, 4, 8];

/** Compiles its own standard library: text to trees and back, deep recursion, very many different stacks. */
const PYTHON_PROGRAM = `
import ast, glob, os, sys
folder = os.path.dirname(os.__file__)
files = sorted(glob.glob(folder + '/*.py'))[:int(sys.argv[1])]
for turn in range(int(sys.argv[2])):
    for file in files:
        tree = ast.parse(open(file, encoding='utf8').read(), file)
        text = ast.unparse(tree)
        ast.dump(tree)
        compile(text, file, 'exec')
`;

const CPLUSPLUS_PROGRAM = (isHead: boolean) => `
#include <bits/stdc++.h>
${isHead ? 'struct Log { std::deque<std::string> lines; void add(int n) { std::ostringstream line; line << std::setw(n) << n; lines.push_back(line.str()); } };' : ''}
using Value = std::variant<int, double, std::string, std::vector<double>, std::map<std::string, int>>;
int main(int, char **arguments) {
  std::regex expression(arguments[0]);
  std::unordered_map<std::string, std::map<int, Value>> values;
  values["a"][1] = std::vector<double>(10);
  for (auto &[name, numbers] : values)
    for (auto &[number, value] : numbers)
      std::visit([](auto &&each) { if constexpr (requires { each.size(); }) std::cout << each.size(); }, value);
  std::cout << std::regex_replace(std::string(arguments[0]), expression, "x");
  for (auto &entry : std::filesystem::recursive_directory_iterator(".")) std::cout << entry.path();
  auto lengths = values | std::views::transform([](auto &pair) { return pair.first.size(); });
  std::cout << std::ranges::distance(lengths);
  ${isHead ? 'Log log; log.add(3);' : ''}
}
`;

/** Records what is not in the folder yet, which takes some minutes. */
export async function recordTraces(
  folder: string,
  heaptrack: Heaptrack,
  say: (message: string) => void,
): Promise<{ readonly pairs: readonly TracePair[]; readonly series: TraceSeries }> {
  await mkdir(folder, { recursive: true });
  const record = async (
    name: string,
    program: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv,
  ) => {
    const path = join(folder, `${name}.zst`);
    if (!existsSync(path)) {
      say(`recording ${name}`);
      await recordTrace(path, program, args, environment, heaptrack);
    }
    return path;
  };

  const python = (await run('python3', ['-c', 'import sys; print(sys.executable)'])).stdout.trim();
  const script = join(folder, 'compile-library.py');
  await writeFile(script, PYTHON_PROGRAM);
  const recordPython = (files: number, turns: number) =>
    record(`python-${files}-${turns}`, python, [script, `${files}`, `${turns}`], {
      PYTHONMALLOC: 'malloc',
      PYTHONHASHSEED: '0',
    });

  const recordCompiler = async (name: string, isHead: boolean) => {
    const source = join(folder, `${name}.cpp`);
    await writeFile(source, CPLUSPLUS_PROGRAM(isHead));
    const [compiler, ...args] = await compilerCommand(source);
    return await record(name, compiler, args, {});
  };

  return {
    pairs: [
      {
        name: 'python3',
        description: 'CPython compiling 30, then 34 files of its library',
        base: await recordPython(30, 1),
        head: await recordPython(34, 1),
      },
      {
        name: 'cc1plus',
        description: "g++'s compiler proper on all of the C++ library, then with a class more",
        base: await recordCompiler('cc1plus-base', false),
        head: await recordCompiler('cc1plus-head', true),
      },
    ],
    series: {
      times: TIMES,
      paths: await inTurn(TIMES, (times) => recordPython(8, 4 * times)),
    },
  };
}

async function inTurn<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<readonly U[]> {
  const results: U[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

/** How g++ calls the program that does the work; without optimisation, which takes heaptrack's interpreter too long. */
async function compilerCommand(source: string): Promise<string[]> {
  const { stderr } = await run('g++', ['-###', '-std=c++20', '-O0', '-g', '-S', '-o', '/dev/null', source]);
  const line = stderr.split('\n').find((text) => text.includes('cc1plus'));
  if (line === undefined) throw new Error(`g++ -### names no cc1plus:\n${stderr}`);
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);
}

async function recordTrace(
  path: string,
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  heaptrack: Heaptrack,
): Promise<void> {
  const raw = `${path}.raw`;
  try {
    await run(program, args, {
      env: {
        ...process.env,
        ...environment,
        LD_PRELOAD: heaptrack.preloadLibrary,
        DUMP_HEAPTRACK_OUTPUT: raw,
      },
      maxBuffer: 1 << 30,
    });
    const events = openSync(raw, 'r');
    const interpreter = spawn(heaptrack.interpreter, [], { stdio: [events, 'pipe', 'inherit'] });
    closeSync(events);
    const ended = new Promise((resolve) => interpreter.once('close', resolve));
    if (interpreter.stdout === null) throw new Error('heaptrack_interpret has no output');
    const unfinished = `${path}.part`;
    await pipeline(interpreter.stdout, zlib.createZstdCompress(), createWriteStream(unfinished));
    const code = await ended;
    if (code !== 0) throw new Error(`heaptrack_interpret ended with ${code}`);
    await rename(unfinished, path);
  } finally {
    await rm(raw, { force: true });
  }
}

/** What a trace holds. */
export interface TraceContent {
  readonly events: number;
  readonly traceNodes: number;
  /** Of the trace without compression. */
  readonly bytes: number;
}

export async function countContent(path: string): Promise<TraceContent> {
  const [PLUS, MINUS, LETTER_T, NEWLINE] = [0x2b, 0x2d, 0x74, 0x0a];
  let [events, traceNodes, bytes] = [0, 0, 0];
  let isLineStart = true;
  const chunks = createReadStream(path).pipe(zlib.createZstdDecompress({ chunkSize: 1 << 20 }));
  for await (const chunk of chunks as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    for (const byte of chunk) {
      if (isLineStart && (byte === PLUS || byte === MINUS)) events++;
      if (isLineStart && byte === LETTER_T) traceNodes++;
      isLineStart = byte === NEWLINE;
    }
  }
  return { events, traceNodes, bytes };
}
