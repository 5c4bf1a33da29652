import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { findLeftovers } from '../../src/workspace/process-table.ts';

/** No process leads the session of this number. */
const NO_SESSION = 2 ** 30;

/** Runs a shell in a session of its own, bearing a mark of its own, until `work` is done. */
async function whileShellRuns(
  script: string,
  work: (shell: { readonly id: number; readonly mark: string }) => Promise<void>,
): Promise<void> {
  const mark = randomBytes(16).toString('hex');
  const child = spawn('bash', ['-c', script, script], {
    detached: true,
    env: { PATH: process.env.PATH, MEMTRACK_TEST_MARK: mark },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(child.stdout, 'data');
    await work({ id: child.pid!, mark });
  } finally {
    process.kill(-child.pid!, 'SIGKILL');
  }
}

describe('findLeftovers', () => {
  it('finds a process that just becomes another program, which shows no environment then', async () => {
    await whileShellRuns('echo; exec bash -c "$0" "$0"', async ({ id, mark }) => {
      for (let look = 0; look < 200; look++) {
        expect(await findLeftovers({ session: NO_SESSION, mark })).toEqual([id]);
      }
    });
  });

  it('finds who descends from a marked process, and has wiped its own environment', async () => {
    await whileShellRuns('env -i sleep 60 & echo; wait', async ({ id, mark }) => {
      const found = await findLeftovers({ session: NO_SESSION, mark });
      expect(found).toHaveLength(2);
      expect(found).toContain(id);
    });
  });

  it('finds a session without the mark, and none that bears another', async () => {
    await whileShellRuns('echo; sleep 60', async ({ id, mark }) => {
      expect(await findLeftovers({ session: id, mark: null })).toContain(id);
      expect(await findLeftovers({ session: NO_SESSION, mark: `${mark}0` })).toEqual([]);
    });
  });
});
