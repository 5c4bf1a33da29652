import { readdirSync, readFileSync } from 'node:fs';

/** A number of seconds for `sleep` that nobody else waits for: no other process has it among its arguments. */
export const longTime = () => String(100_000 + Math.floor(Math.random() * 800_000));

/** Whether any process of this machine has this word among its arguments. */
export function isRunning(word: string): boolean {
  return readdirSync('/proc').some((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0').includes(word);
    } catch {
      return false;
    }
  });
}
