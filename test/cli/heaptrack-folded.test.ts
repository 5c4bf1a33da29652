import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../../src/cli/main.ts';

const directory = mkdtempSync(join(tmpdir(), 'folded-'));
afterAll(() => rmSync(directory, { recursive: true }));

function writeTrace(name: string, allocations: number): string {
  const path = join(directory, name);
  const table = 's 4 main\ns 6 caf\xe9()\ni 10 0 1\ni 20 0 2\nt 1 0\nt 2 1\na 64 2\na 8 0';
  const text = `v 10400 3\nX ./p\n${table}\n${'+ 0\n'.repeat(allocations)}+ 1\n\n# strings: 2\n# ips: 2\n`;
  writeFileSync(path, Buffer.from(text, 'latin1'));
  return path;
}

async function memtrack(...argv: string[]): Promise<{ exitCode: number; errors: string }> {
  let errors = '';
  const exitCode = await runCommandLine({
    argv,
    environment: {},
    directory,
    stdout: { write: () => true },
    stderr: { write: (text: string) => (errors += text) },
    signal: new AbortController().signal,
  });
  return { exitCode, errors };
}

describe('memtrack diff --folded=heaptrack', () => {
  const base = writeTrace('base', 3);
  const head = writeTrace('head', 5);

  it('writes both sides as heaptrack_print does, byte for byte', async () => {
    const out = join(directory, 'report');
    const options = ['--metric', 'leaked', '--folded=heaptrack', '--out', out];
    expect(await memtrack('diff', base, head, ...options)).toMatchObject({ exitCode: 0 });
    for (const side of ['base', 'head'] as const) {
      const printed = join(directory, `${side}.printed`);
      const trace = side === 'base' ? base : head;
      execFileSync('heaptrack_print', [trace, '-F', printed, '--flamegraph-cost-type', 'leaked']);
      expect(readFileSync(join(out, `${side}.folded`), 'latin1')).toBe(readFileSync(printed, 'latin1'));
    }
    expect(readFileSync(join(out, 'diff.folded'), 'utf8')).toContain('300 500\n');
  });

  it('says which input is not a trace of heaptrack', async () => {
    const folded = join(directory, 'folded-text');
    writeFileSync(folded, 'main;f 3\n');
    const { exitCode, errors } = await memtrack('diff', base, folded, '--folded', 'heaptrack');
    expect(exitCode).toBe(2);
    expect(errors).toContain('folded-text: is not a trace of heaptrack, which --folded=heaptrack need');
  });
});
