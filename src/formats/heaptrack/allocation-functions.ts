/**
 * heaptrack takes these out of every stack: the allocation is their caller's. The forms with an alignment or with
 * `nothrow` stay. (heaptrack 1.4, src/analyze/accumulatedtracedata.cpp)
 */
export const ALLOCATION_FUNCTIONS: readonly string[] = [
  'operator new(unsigned long)',
  'operator new[](unsigned long)',
  'operator new(unsigned int)',
  'operator new[](unsigned int)',
];
