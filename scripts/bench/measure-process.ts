import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** What a process took, its threads included. */
export interface Usage {
  readonly seconds: number;
  /** User and system time. */
  readonly cpuSeconds: number;
  /** Most memory that was resident at once. */
  readonly peakBytes: number;
}

/** Linux counts processor time in these for /proc. */
const TICKS_PER_SECOND = 100;
/** A process's numbers are gone with it: what is known is at most this old. */
const POLL_MILLISECONDS = 5;

/** Runs a program to its end. Linux only: reads its usage from /proc. */
export async function measureProcess(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Usage> {
  const start = performance.now();
  const output = openSync('/dev/null', 'w');
  const child = spawn(program, args, { stdio: ['ignore', output, 'pipe'], env: environment });
  let [peakBytes, cpuSeconds] = [0, 0];
  const poll = () => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakBytes = Math.max(peakBytes, 1024 * Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
      // Behind the name in brackets, which may hold anything.
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      cpuSeconds = Math.max(cpuSeconds, (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND);
    } catch {
      // It has ended.
    }
  };
  const timer = setInterval(poll, POLL_MILLISECONDS);
  let messages = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    messages += chunk;
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${messages}`);
  } finally {
    clearInterval(timer);
    closeSync(output);
  }
  return { seconds: (performance.now() - start) / 1000, cpuSeconds, peakBytes };
}

/** One process after the other, as one. */
export async function measureInTurn(runs: readonly (() => Promise<Usage>)[]): Promise<Usage> {
  let [seconds, cpuSeconds, peakBytes] = [0, 0, 0];
  for (const run of runs) {
    const usage = await run();
    seconds += usage.seconds;
    cpuSeconds += usage.cpuSeconds;
    peakBytes = Math.max(peakBytes, usage.peakBytes);
  }
  return { seconds, cpuSeconds, peakBytes };
}

/** The middle one of each number. */
export function medianOf(usages: readonly Usage[]): Usage {
  const middle = (of: (usage: Usage) => number) => {
    const sorted = usages.map(of).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  };
  return {
    seconds: middle(({ seconds }) => seconds),
    cpuSeconds: middle(({ cpuSeconds }) => cpuSeconds),
    peakBytes: middle(({ peakBytes }) => peakBytes),
  };
}
