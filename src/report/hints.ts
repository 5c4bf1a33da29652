import type { DiffFrame, ProfileDiff } from '../diff/profile-diff.ts';
import type { Hint, Smell } from './report.ts';
import { type ChangedLines, findPlace, sitesByFrame } from './source-lines.ts';

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

const CONSTRUCTOR =
  /^(?:default|new|build|builder|create|make|init|initialize|setup|load|compile|with_[a-z_]+|make_[a-z_]+|make[A-Z]\w*|create[A-Z]\w*|build[A-Z]\w*)$/;
const FILLING = /(?:[Mm]ap|[Ss]et)::(?:insert|emplace|try_emplace|operator\[\]|extend|from_iter|from)$/;
const COMPILING_PATTERN =
  /^(?:basic_regex::(?:basic_regex|_M_compile)|_Compiler::_Compiler|Regex::new|RegexBuilder::build|RegexSet::new|regcomp|pcre2?_compile\w*|RE2::RE2)$/;
const GROWING =
  /(?:^|::)(?:_M_realloc_insert|_M_realloc_append|_M_default_append|grow_one|grow_amortized|finish_grow|reserve_for_push|do_reserve_and_handle)$/;
const MAKING_STRING =
  /^(?:String::from|str::to_owned|str::to_lowercase|str::to_uppercase|str::replace|string::string|string::substr|string::append|basic_string::basic_string|basic_string::substr|std::operator\+|operator\+|fmt::format|format::format_inner|ToString::to_string|to_string|\w+::to_string)$/;
const CLONING = /(?:^|::)(?:clone|to_vec|cloned)$/;

/** What one function does in one way, on head. */
interface Finding {
  readonly smell: Smell;
  readonly frame: number;
  /** Frames of the measured code outside it. */
  readonly depth: number;
  readonly stacks: number[];
}

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
  const { findings, otherCalls } = collectFindings(diff);
  const total = sumOf(diff, diff.stacks.frame.keys());
  const isExplained = new Uint8Array(diff.stacks.length);
  const accepted: { finding: Finding; sums: Sums }[] = [];
  for (const finding of inOrder(diff, findings)) {
    const stacks = finding.stacks.filter((stack) => isExplained[stack] === 0);
    const sums = sumOf(diff, stacks);
    if (!isShown(finding, sums, total, otherCalls.get(finding.frame) ?? 0)) continue;
    for (const stack of stacks) isExplained[stack] = 1;
    accepted.push({ finding, sums });
  }
  if (accepted.length === 0) return [];
  const sites = sitesByFrame(diff, 'allocated', lines);
  return accepted
    .sort((a, b) => b.sums.bytes - a.sums.bytes)
    .slice(0, MAXIMUM_HINTS)
    .map(({ finding: { smell, frame }, sums: { bytes, calls } }) => {
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
function isShown({ smell }: Finding, sums: Sums, total: Sums, otherCalls: number): boolean {
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

/** Of a stack, from its leaf: what lies further out is not why something is allocated here. */
const MAXIMUM_FRAMES = 256;

/** Goes by names alone; also counts, for each function, the most calls of a stack of its own that grows nothing. */
function collectFindings(diff: ProfileDiff): {
  findings: Iterable<Finding>;
  otherCalls: Map<number, number>;
} {
  const { frames, stacks, head } = diff;
  const { prefix, frame: leafOf } = stacks;
  const traits = frames.map(traitsOf);
  const isOwn = Uint8Array.from(frames, (frame) => (frame.isOwn ? 1 : 0));
  const findings = new Map<string, Finding>();
  const otherCalls = new Map<number, number>();
  const isTelling = Uint8Array.from(traits, (trait) => (Object.values(trait).includes(true) ? 1 : 0));
  /** For each stack whether any of its frames tells anything, and the frame of the innermost own one, or -1. */
  const hasTellingFrame = new Uint8Array(stacks.length);
  const innermostOwn = new Int32Array(stacks.length);
  const path: number[] = [];
  for (let stack = 0; stack < stacks.length; stack++) {
    const caller = prefix[stack];
    const leaf = leafOf[stack];
    hasTellingFrame[stack] = isTelling[leaf] | (caller < 0 ? 0 : hasTellingFrame[caller]);
    innermostOwn[stack] = isOwn[leaf] === 1 ? leaf : caller < 0 ? -1 : innermostOwn[caller];
    if (head.allocations[stack] === 0) continue;
    if (hasTellingFrame[stack] === 0) {
      const frame = innermostOwn[stack];
      if (frame >= 0) otherCalls.set(frame, Math.max(otherCalls.get(frame) ?? 0, head.allocations[stack]));
      continue;
    }
    path.length = 0;
    for (let at = stack; at >= 0 && path.length < MAXIMUM_FRAMES; at = stacks.prefix[at]) {
      path.push(stacks.frame[at]);
    }
    path.reverse();
    const innermost = path.findLastIndex((frame) => frames[frame].isOwn);
    if (innermost < 0) continue;
    const own = path[innermost];
    const depth = innermost;
    const tail = path.slice(innermost + 1).map((frame) => traits[frame]);
    const isGrowth = tail.some(({ isGrowing }) => isGrowing);
    if (!isGrowth) {
      otherCalls.set(own, Math.max(otherCalls.get(own) ?? 0, head.allocations[stack]));
    }
    const seen = new Set<number>();
    path.forEach((frame, index) => {
      if (!traits[frame].isConstructor || !frames[frame].isOwn || seen.has(frame)) return;
      seen.add(frame);
      add('built-anew', frame, index, stack);
    });
    if (tail[0]?.isFilling) add('container-filled-anew', own, depth, stack);
    if (tail.some(({ isCompiling }) => isCompiling)) add('pattern-compiled-anew', own, depth, stack);
    if (tail.some(({ isMakingString }) => isMakingString)) add('temporary-strings', own, depth, stack);
    if (isGrowth) add('growth-without-reserve', own, depth, stack);
    addCopies(stack);
  }
  return { findings: findings.values(), otherCalls };

  /** A copy is for whoever asked for it: a derived `clone` of the measured code asks others. */
  function addCopies(stack: number): void {
    const first = path.findIndex((frame) => traits[frame].isCloning);
    if (first < 0) return;
    const asking = path.slice(0, first).findLastIndex((frame) => frames[frame].isOwn);
    if (asking >= 0) add('thrown-away-copies', path[asking], asking, stack);
  }

  function add(smell: Smell, frame: number, depth: number, stack: number): void {
    const key = `${smell} ${frame}`;
    const finding = findings.get(key);
    if (finding === undefined) findings.set(key, { smell, frame, depth, stacks: [stack] });
    else finding.stacks.push(stack);
  }
}

interface Traits {
  readonly isConstructor: boolean;
  readonly isFilling: boolean;
  readonly isCompiling: boolean;
  readonly isGrowing: boolean;
  readonly isMakingString: boolean;
  readonly isCloning: boolean;
}

function traitsOf({ shortName, name }: DiffFrame): Traits {
  const parts = shortName.split('::');
  const last = parts[parts.length - 1];
  return {
    isConstructor: CONSTRUCTOR.test(last) || isNamedLikeItsType(parts),
    isFilling: FILLING.test(shortName),
    isCompiling: COMPILING_PATTERN.test(shortName),
    isGrowing: GROWING.test(shortName),
    isMakingString: MAKING_STRING.test(shortName),
    isCloning: CLONING.test(shortName) || isCopyConstructor(name, parts),
  };
}

/** C++: 'Parser::Parser'. */
function isNamedLikeItsType(parts: readonly string[]): boolean {
  return parts.length > 1 && parts[parts.length - 1] === parts[parts.length - 2];
}

/** C++: 'std::vector<int>::vector(std::vector<int> const&)'. */
function isCopyConstructor(name: string, parts: readonly string[]): boolean {
  if (!isNamedLikeItsType(parts) || !name.endsWith(' const&)')) return false;
  const type = name.slice(0, Math.max(0, name.indexOf(`::${parts[parts.length - 1]}(`)));
  return type !== '' && name.endsWith(`(${type} const&)`);
}

/** By rank of the smell; of one smell the largest first, and of two as large the outer one. */
function inOrder(diff: ProfileDiff, findings: Iterable<Finding>): readonly Finding[] {
  const bytesOf = new Map<Finding, number>();
  for (const finding of findings) bytesOf.set(finding, sumOf(diff, finding.stacks).bytes);
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
