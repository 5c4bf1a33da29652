/** Which processes run, and which of them a command of ours left behind: read from /proc. */

import { readdirSync, readFileSync } from 'node:fs';

interface ProcessEntry {
  readonly id: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
}

export interface LeftoverSearch {
  /** Id of the process that led the session, which may be gone. */
  readonly session: number;
  /** An entry `NAME=value` that only our own children have in their environment; null to look at the session alone. */
  readonly mark: string | null;
}

/**
 * Ids of the living processes of a session, those that bear the mark although they left it with `setsid`, and all
 * that descend from either. One that left the session, wiped its environment and whose parent has ended is not found.
 */
export function findLeftovers(search: LeftoverSearch): number[] {
  const entries = livingProcesses();
  const found = new Set<number>();
  for (const entry of entries) {
    const isOfSession = entry.session === search.session || entry.group === search.session;
    if (isOfSession || (search.mark !== null && hasEnvironmentEntry(entry.id, search.mark)))
      found.add(entry.id);
  }
  if (found.size > 0) addDescendants(entries, found);
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

function livingProcesses(): ProcessEntry[] {
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^[0-9]+$/.test(name)) continue;
    const entry = parseStat(Number(name), readProcessFile(Number(name), 'stat')?.toString('latin1') ?? '');
    if (entry !== null) entries.push(entry);
  }
  return entries;
}

/** proc(5): `id (name) state parent group session …`, where the name may hold blanks and parentheses itself. */
function parseStat(id: number, stat: string): ProcessEntry | null {
  const [state, parent, group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (session === undefined || state === 'Z' || state === 'X') return null;
  return { id, parent: Number(parent), group: Number(group), session: Number(session) };
}

function hasEnvironmentEntry(id: number, entry: string): boolean {
  return readProcessFile(id, 'environ')?.includes(entry) ?? false;
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
