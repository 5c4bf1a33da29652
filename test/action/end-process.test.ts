import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';

const MODULE = join(import.meta.dirname, '../../src/action/end-process.ts');

it('the last line of a flood reaches a runner that reads slowly, though a timer is left', async () => {
  const script = `
import { endProcess } from ${JSON.stringify(MODULE)};
setInterval(() => {}, 60_000);
for (let line = 0; line < 50_000; line++) process.stdout.write('::debug::' + 'x'.repeat(100) + '\\n');
process.stdout.write('::error::the last line\\n');
process.exitCode = 3;
await endProcess();
`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await sleep(500);
  const closed = once(child, 'close');
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-100);
  });
  expect((await closed)[0]).toBe(3);
  expect(text).toMatch(/::error::the last line\n$/);
});
