/* How many frames of two stacks are looked at to pair them. */

/** A pairing that shares only the leaf would join any two callers of `strdup`. */
export const MIN_COMMON_FRAMES = 2;
/** Heaptrack records 64 frames and what is inlined in them; deeper stacks are recursion or made to hurt. */
export const MAX_COMPARED_FRAMES = 256;
