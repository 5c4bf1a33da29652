import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

export interface RecordOptions {
  readonly directory: string;
  /** Of the trace, without its ending. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly environment?: Readonly<Record<string, string>>;
}

/** One program may take this long under heaptrack, on a slow machine. */
const TIME_LIMIT_SECONDS = 120;

/**
 * Records a program with heaptrack's own script, which shares nothing with our recorder. However the program ends is
 * fine: a trace is there.
 * @returns the trace's path, `.zst` or `.gz`
 */
export async function recordWithHeaptrack(options: RecordOptions): Promise<string> {
  const { directory, name, command, environment = {} } = options;
  const recorder = spawn('heaptrack', ['--output', join(directory, name), ...command], {
    cwd: directory,
    env: { ...cleanEnvironment(directory), ...environment },
    stdio: 'ignore',
  });
  const timer = setTimeout(() => recorder.kill(), TIME_LIMIT_SECONDS * 1000);
  await new Promise((resolve, reject) => recorder.on('close', resolve).on('error', reject));
  clearTimeout(timer);
  const trace = ['zst', 'gz'].map((ending) => join(directory, `${name}.${ending}`)).find(existsSync);
  if (trace === undefined) throw new Error(`heaptrack left no trace of ${command.join(' ')}`);
  return trace;
}

/** The same for everyone, without a display on which heaptrack would show its result. */
export function cleanEnvironment(directory: string): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: directory, LANG: 'C.UTF-8', GIT_CONFIG_NOSYSTEM: '1' };
}

/** A search path of everything but zstd, where heaptrack falls back on gzip. */
export function searchPathWithoutZstd(directory: string): string {
  const links = join(directory, 'all-but-zstd');
  mkdirSync(links);
  const seen = new Set(['zstd']);
  for (const folder of ['/usr/local/bin', '/usr/bin', '/bin'].filter(existsSync)) {
    for (const program of readdirSync(folder)) {
      if (!seen.has(program)) symlinkSync(join(folder, program), join(links, program));
      seen.add(program);
    }
  }
  return links;
}

/** A repository with a history of small changes to many files; the same each time. */
export function makeGitHistory(
  directory: string,
  { commits, files }: { commits: number; files: number },
): string {
  const repository = join(directory, 'history');
  mkdirSync(repository);
  const git = (args: string[], input = '') =>
    execFileSync('git', args, { cwd: repository, input, env: cleanEnvironment(directory), stdio: 'pipe' });
  const lineOf = Array.from({ length: files }, (_, file) =>
    Array.from({ length: 120 }, (_, line) => `${line} of file ${file}: ${'word '.repeat(line % 9)}`),
  );
  let stream = '';
  for (let commit = 1; commit <= commits; commit++) {
    const message = `Change ${commit}`;
    stream += `commit refs/heads/main\nmark :${commit}\ncommitter A Person <person@example.org> ${1_700_000_000 + commit} +0000\n`;
    stream += `data ${message.length}\n${message}\n`;
    const isFirst = commit === 1;
    for (let file = 0; file < files; file++) {
      if (!isFirst && (file * 7 + commit) % 37 > 1) continue;
      lineOf[file][(commit * 31 + file) % 120] = `changed in ${commit}`;
      const text = `${lineOf[file].join('\n')}\n`;
      stream += `M 100644 inline folder-${file % 9}/file-${file}.txt\ndata ${text.length}\n${text}\n`;
    }
  }
  git(['init', '--quiet', '--initial-branch=main']);
  git(['fast-import', '--quiet'], stream);
  git(['reset', '--quiet', '--hard', 'main']);
  return repository;
}
