import type { DiffFrame, ProfileDiff } from '../diff/profile-diff.ts';
import type { Smell } from './report.ts';

/*
 * What the names of a stack's functions make one suspect. Whether it is so, the numbers have to show: hints.ts asks
 * them.
 */

/** What one function may do in one way, on head. */
export interface Suspicion {
  readonly smell: Smell;
  /** Of the measured code. */
  readonly frame: number;
  /** Frames outside it, on the first of the stacks. */
  readonly depth: number;
  readonly stacks: number[];
}

/** What the names say of all stacks together. */
export interface Suspicions {
  readonly suspicions: readonly Suspicion[];
  /** For each function of the measured code the most calls that a stack of its own has which grows nothing. */
  readonly otherCalls: ReadonlyMap<number, number>;
}

/** Of a stack, from its leaf: what lies further out is not why something is allocated here. */
const MAXIMUM_FRAMES = 256;

/**
 * Goes over all stacks that allocate on head.
 * @param isAsking 1 for each frame of measured code that asks for memory on its own account
 */
export function collectSuspicions(diff: ProfileDiff, isAsking: Uint8Array): Suspicions {
  const { stacks, head } = diff;
  const traits = diff.frames.map(traitsOf);
  const { isTelling, innermostAsking } = readFromRoot(diff, traits, isAsking);
  const suspicions = new Map<string, Suspicion>();
  const otherCalls = new Map<number, number>();
  for (let stack = 0; stack < stacks.length; stack++) {
    const calls = head.allocations[stack];
    if (calls === 0) continue;
    if (isTelling[stack] === 0) {
      if (innermostAsking[stack] >= 0) raise(otherCalls, innermostAsking[stack], calls);
      continue;
    }
    const path = pathTo(stack, diff);
    const asker = path.findLastIndex((frame) => isAsking[frame] === 1);
    if (asker < 0) continue;
    const found = suspect(path, asker, traits, isAsking);
    for (const { smell, depth } of found) addStack(suspicions, smell, path[depth], depth, stack);
    if (!found.some(({ smell }) => smell === 'growth-without-reserve')) {
      raise(otherCalls, path[asker], calls);
    }
  }
  return { suspicions: [...suspicions.values()], otherCalls };
}

/** For each stack whether any of its frames tells anything, and its innermost asking frame, or -1. */
function readFromRoot(
  { stacks }: ProfileDiff,
  traits: readonly Traits[],
  isAsking: Uint8Array,
): { readonly isTelling: Uint8Array; readonly innermostAsking: Int32Array } {
  const isTellingFrame = traits.map((trait) => Object.values(trait).includes(true));
  const isTelling = new Uint8Array(stacks.length);
  const innermostAsking = new Int32Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const caller = stacks.prefix[stack];
    const leaf = stacks.frame[stack];
    isTelling[stack] = isTellingFrame[leaf] || (caller >= 0 && isTelling[caller] === 1) ? 1 : 0;
    innermostAsking[stack] = isAsking[leaf] === 1 ? leaf : caller < 0 ? -1 : innermostAsking[caller];
  }
  return { isTelling, innermostAsking };
}

/** The frames of a stack, outermost first; no more than MAXIMUM_FRAMES from its leaf. */
function pathTo(stack: number, { stacks }: ProfileDiff): readonly number[] {
  const path: number[] = [];
  for (let at = stack; at >= 0 && path.length < MAXIMUM_FRAMES; at = stacks.prefix[at]) {
    path.push(stacks.frame[at]);
  }
  return path.reverse();
}

/**
 * What the names on one stack make one suspect, each with the depth in `path` of the function that does it.
 * @param asker depth of the innermost frame that asks for memory on its own account
 */
function suspect(
  path: readonly number[],
  asker: number,
  traits: readonly Traits[],
  isAsking: Uint8Array,
): readonly { readonly smell: Smell; readonly depth: number }[] {
  const below = path.slice(asker + 1).map((frame) => traits[frame]);
  const found: { readonly smell: Smell; readonly depth: number }[] = [];
  path.forEach((frame, depth) => {
    const isConstructor = traits[frame].isConstructor && isAsking[frame] === 1;
    if (isConstructor && path.indexOf(frame) === depth) found.push({ smell: 'built-anew', depth });
  });
  const has = (trait: keyof Traits) => below.some((traitsBelow) => traitsBelow[trait]);
  if (below[0]?.isFilling) found.push({ smell: 'container-filled-anew', depth: asker });
  if (has('isCompiling')) found.push({ smell: 'pattern-compiled-anew', depth: asker });
  if (has('isMakingString')) found.push({ smell: 'temporary-strings', depth: asker });
  if (has('isGrowing')) found.push({ smell: 'growth-without-reserve', depth: asker });
  // A copy is for whoever asked for it: a derived `clone` of the measured code asks others.
  const copy = path.findIndex((frame) => traits[frame].isCloning);
  const receiver = copy < 0 ? -1 : path.slice(0, copy).findLastIndex((frame) => isAsking[frame] === 1);
  if (receiver >= 0) found.push({ smell: 'thrown-away-copies', depth: receiver });
  return found;
}

function addStack(
  suspicions: Map<string, Suspicion>,
  smell: Smell,
  frame: number,
  depth: number,
  stack: number,
): void {
  const key = `${smell} ${frame}`;
  const suspicion = suspicions.get(key);
  if (suspicion === undefined) suspicions.set(key, { smell, frame, depth, stacks: [stack] });
  else suspicion.stacks.push(stack);
}

function raise(mostCalls: Map<number, number>, frame: number, calls: number): void {
  mostCalls.set(frame, Math.max(mostCalls.get(frame) ?? 0, calls));
}

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

/** What a function's name tells. */
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
