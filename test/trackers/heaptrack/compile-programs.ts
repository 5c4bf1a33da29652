import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Allocates, copies stdin to stdout, shows its arguments on stderr, and exits with the number in EXIT_CODE. */
export const ALLOCATING = `
  #include <stdio.h>
  #include <stdlib.h>
  int main(int argc, char **argv) {
    for (int i = 0; i < 200; i++) free(malloc(1000 + i));
    for (int c; (c = getchar()) != EOF; ) putchar(c);
    for (int i = 1; i < argc; i++) fprintf(stderr, "[%s]", argv[i]);
    if (argc > 1) fputc('\\n', stderr);
    const char *code = getenv("EXIT_CODE");
    return code ? atoi(code) : 0;
  }`;

/** A new folder for programs, and a compiler that puts them there. */
export function makeProgramFolder(): {
  readonly path: string;
  compile(name: string, source: string, ...flags: string[]): string;
  write(name: string, text: string, mode?: number): string;
} {
  const path = mkdtempSync(join(tmpdir(), 'programs-'));
  return {
    path,
    compile(name, source, ...flags) {
      const program = join(path, name);
      execFileSync('gcc', ['-g', '-xc', '-', '-xnone', '-o', program, ...flags], {
        input: source,
        cwd: path,
      });
      return program;
    },
    write(name, text, mode = 0o755) {
      const file = join(path, name);
      writeFileSync(file, text, { mode });
      return file;
    },
  };
}
