/** Which processes run, and which of them a command of ours left behind: read from /proc. */

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

interface ProcessEntry {
  readonly id: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Whether it has an environment or is just getting one; a thread of the kernel has none, nor has `env -i`. */
  readonly hasEnvironment: boolean;
}

export interface LeftoverSearch {
  /** Id of the process that led the session, which may be gone. */
  readonly session: number;
  /**
   * A value that only our own children have in their environment, whatever the name before it: bash takes the `=`
   * away for a moment when it starts. Null to look at the session alone.
   */
  readonly mark: string | null;
}

/** Together a fifth of a second: on a busy machine, a process may take that long to become another program. */
const MAX_LOOKS = 40;
const LOOK_AGAIN_MILLISECONDS = 5;

/**
 * Ids of the living processes of a session, those that bear the mark although they left it with `setsid`, and all
 * that descend from either. One that left the session, wiped its environment and whose parent has ended is not found.
 *
 * /proc is no snapshot: it is listed again until nobody in it is new, and one that shows no environment because it is
 * just becoming another program (execve) is looked at again.
 */
export async function findLeftovers({ session, mark }: LeftoverSearch): Promise<number[]> {
  const looked = new Map<number, ProcessEntry | null>();
  const found = new Set<number>();
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    const fresh = processIds().filter((id) => !looked.has(id));
    if (fresh.length === 0) break;
    let isAnyChanging = false;
    for (const id of fresh) {
      const environment = mark === null ? null : readProcessFile(id, 'environ');
      const entry = readEntry(id);
      const isOfSession = entry?.session === session || entry?.group === session;
      if (entry?.hasEnvironment && environment?.length === 0 && !isOfSession) {
        isAnyChanging = true;
        continue;
      }
      looked.set(id, entry);
      if (entry !== null && (isOfSession || environment?.includes(mark ?? ''))) found.add(id);
    }
    if (isAnyChanging) await pause(LOOK_AGAIN_MILLISECONDS);
  }
  const living = [...looked.values()].filter((entry) => entry !== null);
  if (found.size > 0) addDescendants(living, found);
  found.delete(process.pid);
  return [...found];
}

/** Sends a signal; a process that is gone already, or is another user's, is left as it is. */
export function sendSignal(id: number, signal: NodeJS.Signals): void {
  try {
    process.kill(id, signal);
  } catch (error) {
    if (!isGoneOrForbidden(error)) throw error;
  }
}

/** Whether a process of this id exists, even one that has ended and that its parent has not yet asked about. */
export function isProcessAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The argument list that a process was started with; empty when it cannot be read. */
export function processArguments(id: number): readonly string[] {
  return (readProcessFile(id, 'cmdline')?.toString('utf8') ?? '').split('\0').slice(0, -1);
}

function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .map(Number);
}

/**
 * proc(5): `id (name) state parent group session …`, where the name may hold blanks and parentheses itself. Null for a
 * process that has ended.
 */
function readEntry(id: number): ProcessEntry | null {
  const stat = readProcessFile(id, 'stat')?.toString('latin1') ?? '';
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parent, group, session] = fields;
  if (session === undefined || state === 'Z' || state === 'X') return null;
  // Numbered as in proc(5). The address of the code is 0 until a new program is in place.
  const field = (number: number) => Number(fields[number - 3]);
  const [memoryBytes, code, environmentStart, environmentEnd] = [field(23), field(26), field(50), field(51)];
  return {
    id,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    hasEnvironment: memoryBytes > 0 && (code === 0 || environmentEnd > environmentStart),
  };
}

function addDescendants(entries: readonly ProcessEntry[], found: Set<number>): void {
  let before = 0;
  while (found.size > before) {
    before = found.size;
    for (const entry of entries) if (found.has(entry.parent)) found.add(entry.id);
  }
}

/** Null for a process that has just ended or belongs to somebody else. */
function readProcessFile(id: number, name: 'stat' | 'environ' | 'cmdline'): Buffer | null {
  try {
    return readFileSync(`/proc/${id}/${name}`);
  } catch {
    return null;
  }
}

function isGoneOrForbidden(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ESRCH' || code === 'EPERM';
}
