import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = `
  #include <cstdlib>
  #include <map>
  #include <string>
  struct __attribute__((noinline)) Parser {
    std::map<int, std::string> names;
    Parser() { for (int i = 0; i < 20; i++) names[i] = std::string(40 + i, 'x'); }
  };
  __attribute__((noinline)) int parse(int depth) {
    free(malloc(depth * 8));
    return depth == 0 ? (int)Parser().names.size() : parse(depth - 1);
  }
  int main() {
    volatile void *leak = malloc(1234);
    (void)leak;
    return parse(12) - 20;
  }`;

/** Compiles and records a small program. The trace is as heaptrack writes it: interpreted and compressed. */
export function recordTrace(): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'hostile-'));
  try {
    const run = (command: string, args: readonly string[], input?: string) =>
      execFileSync(command, args, { cwd: directory, input, stdio: ['pipe', 'ignore', 'ignore'] });
    run('g++', ['-g', '-O1', '-xc++', '-', '-o', 'program'], PROGRAM);
    run('heaptrack', ['--output', join(directory, 'trace'), './program']);
    const name = readdirSync(directory).find((file) => file.startsWith('trace'));
    if (name === undefined) throw new Error('heaptrack wrote no trace');
    return readFileSync(join(directory, name));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
