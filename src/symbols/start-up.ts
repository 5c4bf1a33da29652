import { isLoaderModule, isProfilerModule, isSystemModule, moduleName } from './modules.ts';

/*
 * What the profiler itself asks for. heaptrack's library brings libstdc++ into every process, whose start-up code
 * allocates a pool for exceptions (72,704 bytes on Debian 12, 73,728 on 13). It is known by where it comes from, never
 * by its size: the dynamic loader runs the initialiser of a library that the profiler brings, and no frame belongs to
 * anything but the system.
 */

/** Bits: what the modules of a stack, or one module, say of it. */
export type StartUpMarks = number;
/** Of a stack: the loader began it, and every frame is the system's or the profiler's. */
const START_UP = 1;
/** Of a stack: `START_UP`, and the innermost frame is the profiler's. */
const FOOTPRINT = 2;
/** Of a module. */
const LOADER = 4;

/** @param path of an executable or library */
export function moduleMarks(path: string): StartUpMarks {
  const name = moduleName(path);
  let marks = 0;
  if (isLoaderModule(name)) marks |= LOADER;
  if (isSystemModule(name)) marks |= START_UP;
  if (isProfilerModule(name)) marks |= START_UP | FOOTPRINT;
  return marks;
}

/** Of a stack without callers whose frame is in a module. */
export function rootMarks(module: StartUpMarks): StartUpMarks {
  return (module & LOADER) === 0 ? 0 : module & (START_UP | FOOTPRINT);
}

/** Of a stack by its caller's marks and the module of its frame. */
export function calleeMarks(caller: StartUpMarks, module: StartUpMarks): StartUpMarks {
  return (caller & START_UP) === 0 ? 0 : module & (START_UP | FOOTPRINT);
}

/** Whether the profiler, not the program, asked for what a stack allocated. */
export function isFootprint(stack: StartUpMarks): boolean {
  return (stack & FOOTPRINT) !== 0;
}
