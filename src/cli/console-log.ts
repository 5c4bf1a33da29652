import type { Log } from '../log.ts';
import { terminalLine } from '../render/escape.ts';

/** Beyond any message with its remedy, and short of what would flood a terminal. */
const LONGEST_LINE = 2000;

/** Where a log goes: process.stderr. */
export interface LogStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface ConsoleLogOptions {
  readonly stream: LogStream;
  readonly color: boolean;
  readonly isVerbose: boolean;
}

/**
 * Progress for people. On a terminal a phase under way shows its seconds and is then replaced by its result; elsewhere
 * each phase is one plain line when it ends.
 */
export function createConsoleLog({ stream, color, isVerbose }: ConsoleLogOptions): Log {
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const visible = (text: string) => terminalLine(text, LONGEST_LINE);
  let running: string | null = null;
  const line = (text: string) => {
    if (running !== null && stream.isTTY) stream.write('\r\u001b[K');
    stream.write(`${text}\n`);
  };
  return {
    info: (message) => line(`  ${visible(message)}`),
    notice: (message) => line(`  ${visible(message)}`),
    warning: (message) => line(`${paint(33, 'warning:')} ${visible(message)}`),
    error: (message) => line(`${paint(31, 'error:')} ${message.split('\n').map(visible).join('\n')}`),
    debug: (message) => {
      if (isVerbose) line(`  ${paint(2, visible(message))}`);
    },
    async phase(title, work) {
      const started = performance.now();
      const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
      const outer = running;
      running = title;
      const show = () => stream.write(`\r\u001b[K${paint(2, '…')} ${title} ${paint(2, seconds())}`);
      const timer = stream.isTTY ? setInterval(show, 100) : null;
      timer?.unref();
      if (stream.isTTY) show();
      try {
        const result = await work();
        line(`${paint(32, '✓')} ${title} ${paint(2, seconds())}`);
        return result;
      } catch (error) {
        line(`${paint(31, '✗')} ${title} ${paint(2, seconds())}`);
        throw error;
      } finally {
        if (timer !== null) clearInterval(timer);
        running = outer;
      }
    },
  };
}
