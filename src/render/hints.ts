import type { Hint, Smell } from '../report/report.ts';
import { formatBytes, formatCount } from './quantity.ts';

type Language = NonNullable<Hint['language']> | 'any';

interface Advice {
  /** What the function does; comes after its name, before the numbers. */
  readonly does: string;
  /** What to do instead, by language where that differs. */
  readonly remedy: Readonly<Partial<Record<Language, string>>> & { readonly any: string };
}

const ADVICE: Readonly<Record<Smell, Advice>> = {
  'built-anew': {
    does: 'does the same work on every call',
    remedy: {
      any: 'Make one and share it.',
      'c++': 'Make one and share it, for example as a `static const` variable.',
      rust: 'Make one and share it, for example in a `static` with `LazyLock`.',
    },
  },
  'container-filled-anew': {
    does: 'fills the same container on every call',
    remedy: {
      any: 'Fill it once and share it, or clear it and use it again.',
      'c++':
        'Fill it once and share it, for example as a `static const` variable, or clear it and use it again.',
      rust: 'Fill it once and share it, for example in a `static` with `LazyLock`, or clear it and use it again.',
    },
  },
  'pattern-compiled-anew': {
    does: 'compiles a regular expression on every call',
    remedy: {
      any: 'Compile it once and keep it.',
      'c++': 'Compile it once, for example as a `static const std::regex`.',
      rust: 'Compile it once, for example in a `static` with `LazyLock`.',
    },
  },
  'thrown-away-copies': {
    does: 'makes copies that are soon thrown away',
    remedy: {
      any: 'Use the original, or share it.',
      'c++': 'Take a `const&` or move, where nothing needs a copy of its own.',
      rust: 'Borrow instead of `clone`, or share with `Rc` or `Arc`.',
    },
  },
  'temporary-strings': {
    does: 'makes strings only to throw them away',
    remedy: {
      any: 'Use the original text, or write into one buffer that is kept.',
      'c++': 'Use a `std::string_view`, or append to one string that is kept.',
      rust: 'Use a `&str`, or write into one `String` that is kept.',
    },
  },
  'growth-without-reserve': {
    does: 'grows a vector step by step',
    remedy: {
      any: 'Reserve its final size first, where that is known.',
      'c++': 'Call `reserve` first, where the final size is known.',
      rust: 'Use `with_capacity`, where the final size is known.',
    },
  },
};

/**
 * One sentence with what was seen, one with what to do. Code stands between backticks.
 *
 * @param name safe for the output already
 * @param makeSafe makes our own words safe for it: some of them are of C++
 */
export function hintSentences(
  { smell, language, bytes, calls }: Hint,
  name: string,
  makeSafe = (words: string) => words,
): string {
  const { does, remedy } = ADVICE[smell];
  const allocations = calls === 1 ? '1 allocation' : `${formatCount(calls)} allocations`;
  return `${name} ${does} (${formatBytes(bytes)} in ${allocations}). ${makeSafe(remedy[language ?? 'any'] ?? remedy.any)}`;
}
