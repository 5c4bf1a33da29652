import type { DiffFrame, ProfileDiff } from '../diff/profile-diff.ts';
import { totalCosts } from '../profile/totals.ts';
import { type ChangedLines, isNearChange } from './source-lines.ts';

/*
 * Wrappers: functions of the measured code that hand requests for memory on, as `xmalloc` does. That more was asked
 * of them says nothing; who asked does:
 *
 *   main → parse_line → xmalloc        12 KB → 819 KB     `parse_line` asks for more
 *   main → table_add → xstrdup → xmalloc   9 KB → 9 KB    `table_add` asks for what it did before
 *
 * A function is one when
 *   - nearly all that it allocates comes from malloc and its like directly, or through other wrappers;
 *   - it is called from several functions, and at least half of those that call it on both sides get from it what they
 *     got before: so its change is theirs. What changes for all of them alike is its own doing;
 *   - the pull request did not touch it where it allocates;
 *   - and its name says that it allocates, or else it has one line that allocates, and sizes that differ from caller to
 *     caller. With such a name it is enough that allocations have the sizes that they had: all may be more.
 */

/** Of each frame 1 where it is measured code that asks for memory on its own account: all of it but wrappers. */
export function askingFrames(diff: ProfileDiff, lines: ChangedLines | null): Uint8Array {
  const known = knownAsking.get(diff);
  if (known !== undefined && known.lines === lines) return known.isAsking;
  const isAsking = Uint8Array.from(diff.frames, ({ isOwn }) => (isOwn ? 1 : 0));
  for (const frame of findWrappers(diff, lines)) isAsking[frame] = 0;
  knownAsking.set(diff, { lines, isAsking });
  return isAsking;
}

/** Whether any function of the measured code is a wrapper. */
export function hasWrappers(diff: ProfileDiff, lines: ChangedLines | null): boolean {
  const isAsking = askingFrames(diff, lines);
  return diff.frames.some(({ isOwn }, frame) => isOwn && isAsking[frame] === 0);
}

/** Short names of the wrappers through which head asks for more or less than base, the largest change first. */
export function changedWrappers(diff: ProfileDiff, lines: ChangedLines | null): readonly string[] {
  const isAsking = askingFrames(diff, lines);
  const { frame, length } = diff.stacks;
  const [base, head] = [diff.base.allocated, diff.head.allocated];
  const changes = new Map<string, number>();
  for (let stack = 0; stack < length; stack++) {
    const { isOwn, shortName } = diff.frames[frame[stack]];
    if (!isOwn || isAsking[frame[stack]] === 1 || base[stack] === head[stack]) continue;
    changes.set(shortName, (changes.get(shortName) ?? 0) + Math.abs(head[stack] - base[stack]));
  }
  return [...changes]
    .sort(([a, changeOfA], [b, changeOfB]) => changeOfB - changeOfA || (a < b ? -1 : 1))
    .map(([name]) => name);
}

/** Asked for once for each metric. */
const knownAsking = new WeakMap<
  ProfileDiff,
  { readonly lines: ChangedLines | null; readonly isAsking: Uint8Array }
>();

/** Of a wrapper's bytes may come from elsewhere, such as an arena's list of its blocks. */
const MAY_COME_FROM_ELSEWHERE = 0.1;
const SEVERAL_CALLERS = 2;
/** Of the callers on both sides. */
const CALLERS_AS_BEFORE = 0.5;
/** Lines: what was touched so near to where a wrapper allocates may be its size, and so far its number of rounds. */
const NEAR = 2;
const AROUND = 10;
/** Wrappers call wrappers, but not for ever: a crafted trace has stacks of 200,000 frames. */
const LONGEST_CHAIN = 16;

const ALLOCATOR_NAME = /alloc|(?:str|mem)n?dup|asprintf|arena|pool/i;
/** The C library's functions that hand their caller memory to free. */
const DUPLICATING = /^_{0,2}(?:GI_)?_{0,3}(?:strn?dup|wcsdup|v?asprintf)(?:_internal|_chk)?$/;

function findWrappers(diff: ProfileDiff, lines: ChangedLines | null): readonly number[] {
  if (!diff.metrics.includes('allocated') || !diff.metrics.includes('allocations')) return [];
  const roles = diff.frames.map(roleOf);
  const calls = collectCalls(diff, roles);
  // Without lines only names tell; two traces on their own have none.
  const hasLines = [diff.baseSites, diff.headSites].some(({ path }) => path.some((file) => file !== null));
  const mayBe = (role: Role) => role === 'named' || (role === 'unnamed' && hasLines);
  const isCandidate = settle(
    calls,
    Uint8Array.from(roles, (role) => (mayBe(role) ? 1 : 0)),
  );
  if (!isCandidate.includes(1)) return [];
  const groups = collectRequests(diff, roles, isCandidate);
  addLines(diff, isCandidate, groups, lines);
  const isCompared = isEither(diff.base.allocations) && isEither(diff.head.allocations);
  const isWrapper = Uint8Array.from(roles, (role, frame) => {
    const group = isCandidate[frame] === 1 ? groups.get(diff.frames[frame].shortName) : undefined;
    return group !== undefined && handsOn(group, role === 'named', isCompared) ? 1 : 0;
  });
  return [...settle(calls, isWrapper).entries()].flatMap(([frame, is]) => (is === 1 ? [frame] : []));
}

function isEither(column: Float64Array): boolean {
  return column.some((value) => value > 0);
}

/** `named`: of the measured code, and its name says that it allocates. */
type Role = 'named' | 'unnamed' | 'duplicating' | 'foreign';

function roleOf({ isOwn, shortName, name }: DiffFrame): Role {
  if (isOwn) return ALLOCATOR_NAME.test(shortName) ? 'named' : 'unnamed';
  return DUPLICATING.test(name) ? 'duplicating' : 'foreign';
}

/** Bytes of both sides that pass through each frame, and what of them passes on to where. */
interface Calls {
  readonly bytes: Float64Array;
  /** Neither from malloc directly nor through a function that may be a wrapper; or for no caller that is known. */
  readonly elsewhere: Float64Array;
  /** For each function that may be a wrapper, who calls it, and for how many bytes. */
  readonly callers: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

function collectCalls(diff: ProfileDiff, roles: readonly Role[]): Calls {
  const { prefix, frame, length } = diff.stacks;
  const total = totalCosts(
    diff.base.allocated.map((bytes, stack) => bytes + diff.head.allocated[stack]),
    prefix,
  );
  const bytes = new Float64Array(diff.frames.length);
  const elsewhere = new Float64Array(diff.frames.length);
  const callers = new Map<number, Map<number, number>>();
  for (let stack = 0; stack < length; stack++) {
    if (total[stack] === 0) continue;
    const callee = frame[stack];
    bytes[callee] += total[stack];
    if (prefix[stack] < 0) {
      elsewhere[callee] += total[stack];
      continue;
    }
    const caller = frame[prefix[stack]];
    const role = roles[callee];
    if (role === 'duplicating') continue;
    // What merely calls a wrapper is called one only where its name says so, too: else nearly all would be.
    if (roles[caller] !== 'named' || role === 'foreign' || caller === callee) {
      elsewhere[caller] += total[stack];
      continue;
    }
    const ofCallee = callers.get(callee) ?? new Map<number, number>();
    ofCallee.set(caller, (ofCallee.get(caller) ?? 0) + total[stack]);
    callers.set(callee, ofCallee);
  }
  return { bytes, elsewhere, callers };
}

/** Of the frames given those that pass nearly all on, to malloc or to one another. */
function settle({ bytes, elsewhere, callers }: Calls, given: Uint8Array): Uint8Array {
  const isIn = given.slice();
  const others = elsewhere.slice();
  const isTooMuch = (frame: number) =>
    bytes[frame] === 0 || others[frame] > MAY_COME_FROM_ELSEWHERE * bytes[frame];
  const pending: number[] = [];
  for (let frame = 0; frame < isIn.length; frame++) {
    if (isIn[frame] === 1 && isTooMuch(frame)) isIn[frame] = 0;
    if (isIn[frame] === 0) pending.push(frame);
  }
  for (let out = pending.pop(); out !== undefined; out = pending.pop()) {
    for (const [caller, passed] of callers.get(out) ?? []) {
      others[caller] += passed;
      if (isIn[caller] === 0 || !isTooMuch(caller)) continue;
      isIn[caller] = 0;
      pending.push(caller);
    }
  }
  return isIn;
}

interface Request {
  baseBytes: number;
  baseCalls: number;
  headBytes: number;
  headCalls: number;
}

/** A row for each stack of the nearest frame outside that is no candidate itself. There may be very many. */
interface Requests {
  readonly rowOf: Map<number, number>;
  /** The frame of that stack. */
  readonly caller: number[];
  readonly baseBytes: number[];
  readonly baseCalls: number[];
  readonly headBytes: number[];
  readonly headCalls: number[];
}

/** All instances of a template, which have one short name. */
interface Group {
  readonly requests: Requests;
  /** Lines that allocate, on each side. */
  readonly lines: { readonly base: Set<string>; readonly head: Set<string> };
  isTouchedNear: boolean;
  isTouchedAround: boolean;
}

function collectRequests(
  { frames, stacks: { prefix, frame, length }, base, head }: ProfileDiff,
  roles: readonly Role[],
  isCandidate: Uint8Array,
): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (let stack = 0; stack < length; stack++) {
    if (base.allocations[stack] === 0 && head.allocations[stack] === 0) continue;
    if (isCandidate[frame[stack]] === 0 && roles[frame[stack]] !== 'duplicating') continue;
    const chain = new Set<string>();
    let at = stack;
    for (let steps = 0; at >= 0 && steps < LONGEST_CHAIN; steps++, at = prefix[at]) {
      if (isCandidate[frame[at]] === 1) chain.add(frames[frame[at]].shortName);
      else if (roles[frame[at]] !== 'duplicating') break;
    }
    if (at < 0 || isCandidate[frame[at]] === 1) continue;
    for (const name of chain) {
      const group = groups.get(name) ?? newGroup();
      groups.set(name, group);
      const { requests } = group;
      const row = requests.rowOf.get(at) ?? addRow(requests, at, frame[at]);
      requests.baseBytes[row] += base.allocated[stack];
      requests.baseCalls[row] += base.allocations[stack];
      requests.headBytes[row] += head.allocated[stack];
      requests.headCalls[row] += head.allocations[stack];
    }
  }
  return groups;
}

function newGroup(): Group {
  return {
    requests: { rowOf: new Map(), caller: [], baseBytes: [], baseCalls: [], headBytes: [], headCalls: [] },
    lines: { base: new Set(), head: new Set() },
    isTouchedNear: false,
    isTouchedAround: false,
  };
}

function addRow(requests: Requests, stack: number, caller: number): number {
  const row = requests.caller.push(caller) - 1;
  requests.rowOf.set(stack, row);
  for (const id of ['baseBytes', 'baseCalls', 'headBytes', 'headCalls'] as const) requests[id][row] = 0;
  return row;
}

function addLines(
  diff: ProfileDiff,
  isCandidate: Uint8Array,
  groups: ReadonlyMap<string, Group>,
  lines: ChangedLines | null,
): void {
  for (const side of ['base', 'head'] as const) {
    const { stack, path, line, length, costs } = side === 'base' ? diff.baseSites : diff.headSites;
    const seen = new Set<string>();
    for (let site = 0; site < length; site++) {
      const frame = diff.stacks.frame[stack[site]];
      const { shortName } = diff.frames[frame];
      const group = isCandidate[frame] === 1 ? groups.get(shortName) : undefined;
      const file = path[site];
      if (group === undefined || file === null) continue;
      const place = `${line[site]} ${file}`;
      if (costs.allocations[site] > 0) group.lines[side].add(place);
      if (seen.has(`${place} ${shortName}`)) continue;
      seen.add(`${place} ${shortName}`);
      group.isTouchedNear ||= isNearChange(file, line[site], NEAR, side, lines);
      group.isTouchedAround ||= isNearChange(file, line[site], AROUND, side, lines);
    }
  }
}

/** What one function asks of a group. */
interface Caller extends Request {
  isOnBoth: boolean;
  hasSameSizes: boolean;
  hasSameCalls: boolean;
}

/** Whether callers tell what a group's functions allocate. */
function handsOn(group: Group, isNamed: boolean, isCompared: boolean): boolean {
  const { lines, isTouchedNear, isTouchedAround } = group;
  const callers = [...sumByCaller(group).values()];
  if (isTouchedNear || callers.length < SEVERAL_CALLERS) return false;
  const hasOneLine = lines.base.size <= 1 && lines.head.size <= 1 && lines.base.size + lines.head.size > 0;
  if (!isNamed && !(hasOneLine && haveDifferentSizes(callers))) return false;
  if (!isCompared) return true;
  const needed = CALLERS_AS_BEFORE * callers.filter(({ isOnBoth }) => isOnBoth).length;
  if (needed === 0) return false;
  if (callers.filter(({ hasSameCalls }) => hasSameCalls).length >= needed) return true;
  const isMereNumber = callers.filter(({ hasSameSizes }) => hasSameSizes).length >= needed;
  return isNamed && !isTouchedAround && isMereNumber;
}

function sumByCaller({ requests }: Group): ReadonlyMap<number, Caller> {
  const callers = new Map<number, Caller>();
  for (let row = 0; row < requests.caller.length; row++) {
    const [baseBytes, baseCalls] = [requests.baseBytes[row], requests.baseCalls[row]];
    const [headBytes, headCalls] = [requests.headBytes[row], requests.headCalls[row]];
    const caller = callers.get(requests.caller[row]) ?? {
      ...{ baseBytes: 0, baseCalls: 0, headBytes: 0, headCalls: 0 },
      ...{ isOnBoth: false, hasSameSizes: false, hasSameCalls: false },
    };
    callers.set(requests.caller[row], caller);
    caller.baseBytes += baseBytes;
    caller.baseCalls += baseCalls;
    caller.headBytes += headBytes;
    caller.headCalls += headCalls;
    if (baseCalls === 0 || headCalls === 0) continue;
    // One way of calling it is enough: on others the caller may have asked for something else.
    const hasSameSizes = baseBytes * headCalls === headBytes * baseCalls;
    caller.isOnBoth = true;
    caller.hasSameSizes ||= hasSameSizes;
    caller.hasSameCalls ||= hasSameSizes && baseCalls === headCalls;
  }
  return callers;
}

/** On one side or the other. */
function haveDifferentSizes(requests: Iterable<Request>): boolean {
  const [base, head] = [new Set<number>(), new Set<number>()];
  for (const { baseBytes, baseCalls, headBytes, headCalls } of requests) {
    if (baseCalls > 0) base.add(baseBytes / baseCalls);
    if (headCalls > 0) head.add(headBytes / headCalls);
  }
  return base.size > 1 || head.size > 1;
}
