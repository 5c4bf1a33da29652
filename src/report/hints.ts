import type { ProfileDiff } from '../diff/profile-diff.ts';
import { askingFrames } from './allocator-wrappers.ts';
import type { Hint, Smell } from './report.ts';
import { type ChangedLines, findPlace, sitesByFrame } from './source-lines.ts';
import { collectSuspicions, type Suspicion } from './suspicions.ts';

/*
 * Smells: patterns of allocating on head that have a known remedy. A name alone is never enough, the numbers have to
 * show it:
 *
 *   built-anew               a constructor whose stacks all allocate n times or a multiple of it, n ≥ 10, twenty times n
 *                            in all, little of it live at the peak or at exit: it does the same on every call
 *   container-filled-anew    the same of a function that fills a map or set
 *   pattern-compiled-anew    the same of compiling a regular expression
 *   thrown-away-copies       copies, nearly all of them gone again
 *   temporary-strings        strings that are freed before the next allocation
 *   growth-without-reserve   growing vectors, several times for each call, or a large one step by step
 *
 * A stack that a smell explains counts for no later one in this list.
 */

const SMELLS: readonly Smell[] = [
  'pattern-compiled-anew',
  'built-anew',
  'container-filled-anew',
  'thrown-away-copies',
  'temporary-strings',
  'growth-without-reserve',
];

/** More would be a lecture. */
const MAXIMUM_HINTS = 5;
/** Of head's bytes: less is not worth a change. */
const WORTH_A_HINT = 0.1;
/** Of head's bytes or allocations: copies are sometimes meant. */
const WORTH_A_HINT_OF_COPIES = 0.2;
/** Fewer allocations in each round are an ordinary object: what makes a hint worth while is a table, a grammar. */
const WORK_PER_ROUND = 20;
/** Some programs do everything a few times; a hundred stacks in step by chance are unheard of. */
const REPEATED_FROM = 10;
/** A stack or two are in step with anything. */
const STACKS_IN_STEP = 3;
/** Of what was allocated in total may be live at the peak, and at exit, when it is thrown away each time. */
const MAY_BE_LIVE = 0.1;
/** Fewer calls cost nothing. */
const MANY_CALLS = 100;
const MOSTLY_TEMPORARY = 0.8;
/** A vector that has grown three times has copied its first elements twice. */
const GROWTHS_PER_CALL = 3;
const GROWTHS_OF_ONE_VECTOR = { min: 8, max: 64 };
/** All buffers of a vector that doubles have twice the size of its last one, and at its peak one and a half are live. */
const ALLOCATED_PER_LIVE_OF_GROWTH = { min: 1.3, max: 4 };

interface Sums {
  readonly bytes: number;
  readonly calls: number;
  readonly temporary: number;
  readonly peak: number;
  readonly leaked: number;
  /** Greatest common divisor of the stacks' calls. */
  readonly step: number;
  readonly stacks: number;
}

/** The smells that head's numbers show, largest first. None without both bytes and calls. */
export function findHints(diff: ProfileDiff, lines: ChangedLines | null): readonly Hint[] {
  const needed = ['allocated', 'allocations', 'temporary', 'peak', 'leaked'] as const;
  if (!needed.every((id) => diff.metrics.includes(id))) return [];
  const isAsking = askingFrames(diff, lines);
  const { suspicions, otherCalls } = collectSuspicions(diff, isAsking);
  const total = sumOf(diff, diff.stacks.frame.keys());
  const isExplained = new Uint8Array(diff.stacks.length);
  const shown: { suspicion: Suspicion; sums: Sums }[] = [];
  for (const suspicion of inOrder(diff, suspicions)) {
    const stacks = suspicion.stacks.filter((stack) => isExplained[stack] === 0);
    const sums = sumOf(diff, stacks);
    if (!isBorneOut(suspicion, sums, total, otherCalls.get(suspicion.frame) ?? 0)) continue;
    for (const stack of stacks) isExplained[stack] = 1;
    shown.push({ suspicion, sums });
  }
  if (shown.length === 0) return [];
  const sites = sitesByFrame(diff, 'allocated', lines, isAsking);
  return shown
    .sort((a, b) => b.sums.bytes - a.sums.bytes)
    .slice(0, MAXIMUM_HINTS)
    .map(({ suspicion: { smell, frame }, sums: { bytes, calls } }) => {
      const { name, shortName, file } = diff.frames[frame];
      const ofHead = (sites.get(frame) ?? []).filter(({ side }) => side === 'head');
      const place = findPlace(ofHead, ({ total: cost }) => cost, false, lines);
      return {
        smell,
        name,
        shortName,
        file: place?.file ?? file,
        line: place?.line ?? null,
        language: languageOf(file),
        bytes,
        calls,
      };
    });
}

/** Whether the numbers show the smell that the names suggest. */
function isBorneOut({ smell }: Suspicion, sums: Sums, total: Sums, otherCalls: number): boolean {
  const share = sums.bytes / total.bytes;
  switch (smell) {
    case 'pattern-compiled-anew':
    case 'built-anew':
    case 'container-filled-anew':
      return share >= WORTH_A_HINT && isRepeated(sums) && isThrownAway(sums);
    case 'thrown-away-copies':
      return (
        Math.max(share, sums.calls / total.calls) >= WORTH_A_HINT_OF_COPIES &&
        sums.calls >= MANY_CALLS &&
        isThrownAway(sums)
      );
    case 'temporary-strings':
      return (
        sums.calls >= Math.max(MANY_CALLS, WORTH_A_HINT * total.calls) &&
        sums.temporary >= MOSTLY_TEMPORARY * sums.calls
      );
    case 'growth-without-reserve': {
      const perLive = sums.bytes / sums.peak;
      const isOneLargeVector =
        share >= WORTH_A_HINT_OF_COPIES &&
        sums.calls >= GROWTHS_OF_ONE_VECTOR.min &&
        sums.calls <= GROWTHS_OF_ONE_VECTOR.max &&
        perLive >= ALLOCATED_PER_LIVE_OF_GROWTH.min &&
        perLive <= ALLOCATED_PER_LIVE_OF_GROWTH.max;
      const isOftenInEachCall =
        share >= WORTH_A_HINT &&
        sums.calls >= MANY_CALLS &&
        otherCalls > 0 &&
        sums.calls >= GROWTHS_PER_CALL * otherCalls;
      return isOneLargeVector || isOftenInEachCall;
    }
  }
}

function isRepeated({ step, stacks, calls }: Sums): boolean {
  return step >= REPEATED_FROM && stacks >= STACKS_IN_STEP && calls >= WORK_PER_ROUND * step;
}

function isThrownAway({ bytes, peak, leaked }: Sums): boolean {
  return Math.max(peak, leaked) <= MAY_BE_LIVE * bytes;
}

/** By rank of the smell; of one smell the largest first, and of two as large the outer one. */
function inOrder(diff: ProfileDiff, suspicions: readonly Suspicion[]): readonly Suspicion[] {
  const bytesOf = new Map<Suspicion, number>();
  for (const suspicion of suspicions) bytesOf.set(suspicion, sumOf(diff, suspicion.stacks).bytes);
  return [...bytesOf.keys()].sort(
    (a, b) =>
      SMELLS.indexOf(a.smell) - SMELLS.indexOf(b.smell) ||
      (bytesOf.get(b) ?? 0) - (bytesOf.get(a) ?? 0) ||
      a.depth - b.depth ||
      a.frame - b.frame,
  );
}

function sumOf({ head }: ProfileDiff, stacks: Iterable<number>): Sums {
  const sums = { bytes: 0, calls: 0, temporary: 0, peak: 0, leaked: 0, step: 0, stacks: 0 };
  for (const stack of stacks) {
    const calls = head.allocations[stack];
    if (calls === 0) continue;
    sums.bytes += head.allocated[stack];
    sums.calls += calls;
    sums.temporary += head.temporary[stack];
    sums.peak += head.peak[stack];
    sums.leaked += head.leaked[stack];
    sums.step = greatestCommonDivisor(sums.step, calls);
    sums.stacks++;
  }
  return sums;
}

function greatestCommonDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b];
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

function languageOf(file: string | null): Hint['language'] {
  if (file === null) return null;
  if (/\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|ipp)$/i.test(file)) return 'c++';
  return file.endsWith('.rs') ? 'rust' : null;
}
