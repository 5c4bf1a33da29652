/**
 * Functions of the system libraries that keep memory on purpose. heaptrack (since 1.3) takes what they hold out of
 * `leaked`, and of nothing else; so do we, so that both say the same. A name counts wherever it occurs in a module,
 * function or file of the stack. (heaptrack 1.4, src/analyze/suppressions.cpp)
 */
const SUPPRESSED_NAMES: readonly string[] = [
  '__nss_module_allocate',
  '__gconv_read_conf',
  '__new_exitfn',
  'tzset_internal',
  'dl_open_worker',
  'g_main_context_new',
  'g_thread_self',
];

/** @param text a module, function or file */
export function isSuppressed(text: string): boolean {
  return SUPPRESSED_NAMES.some((name) => text.includes(name));
}
