import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../../src/cli/main.ts';

const directory = mkdtempSync(join(tmpdir(), 'output-'));
afterAll(() => rmSync(directory, { recursive: true }));
const file = join(directory, 'file');
const trace = join(directory, 'trace.folded');
writeFileSync(file, 'mine');
writeFileSync(trace, 'main;work 10\n');

async function diffInto(out: string, head = trace): Promise<{ exitCode: number; errors: string }> {
  let errors = '';
  const exitCode = await runCommandLine({
    argv: ['diff', trace, head, '--out', out],
    environment: {},
    directory,
    stdout: { write: () => true },
    stderr: { write: (text: string) => (errors += text) },
    signal: new AbortController().signal,
  });
  return { exitCode, errors };
}

describe('--out', () => {
  it('is refused before any work where a file is in its way', async () => {
    const { exitCode, errors } = await diffInto(file, join(directory, 'not-read'));
    expect({ exitCode, errors }).toEqual({
      exitCode: 2,
      errors: `error: --out ${file} is not a folder; accepted: a folder, or a path that is free\n`,
    });
  });

  it('that cannot be written to is the user’s to mend, and no bug', async () => {
    const { exitCode, errors } = await diffInto(join(file, 'below'));
    expect(exitCode).toBe(2);
    expect(errors).toMatch(/error: --out .*below cannot be written to: ENOTDIR/);
  });

  it('is made where it is missing', async () => {
    const out = join(directory, 'made', 'here');
    expect(await diffInto(out)).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(out, 'report.html'))).toBe(true);
  });
});
