/* The functions that compilers make up to initialise what is static in a file, before main or on first use. */

/** gcc's and clang's: https://gcc.gnu.org/onlinedocs/gccint/Initialization.html */
const PREFIXES: readonly string[] = ['_GLOBAL__sub_I_', '_GLOBAL__sub_D_', '_GLOBAL__I_', '_GLOBAL__D_'];
const NAMES: readonly string[] = ['__static_initialization_and_destruction_0', '__cxx_global_var_init'];

/**
 * The name that a made-up initialiser bears of something in its file ('parse' of '_GLOBAL__sub_I_parse'), '' when it
 * bears none, null for all other functions. It is that of whatever comes first in the file, so it changes while the
 * initialiser stays.
 * @param identity normalised function name
 */
export function staticInitialiserOf(identity: string): string | null {
  if (NAMES.includes(identity)) return '';
  const prefix = PREFIXES.find((candidate) => identity.startsWith(candidate));
  if (prefix === undefined) return null;
  const named = identity.slice(prefix.length).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
  // clang puts the file's name there: '_GLOBAL__sub_I_parse.cpp'.
  return identity.endsWith(`.${named.at(-1)}`) ? '' : (named.at(-1) ?? '');
}
