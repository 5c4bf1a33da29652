import type { Profile } from '../profile/profile.ts';
import { isLoaderModule, isProfilerModule, isSystemModule, moduleName } from '../symbols/modules.ts';

/**
 * Marks the stacks of memory that the profiler, not the program, asked for. heaptrack's library brings libstdc++ into
 * every process, whose start-up code allocates a pool for exceptions (72,704 bytes on Debian 12, 73,728 on 13). It is
 * known by where it comes from, never by its size: the dynamic loader runs the initialiser of a library that the
 * profiler brings, and no frame belongs to anything but the system.
 */
export function findFootprint({ strings, frames, stacks }: Profile): Uint8Array {
  const isFootprint = new Uint8Array(stacks.length);
  const isStartUp = new Uint8Array(stacks.length);
  const modules = new Map<number, { isLoader: boolean; isSystem: boolean; isProfiler: boolean }>();
  for (let stack = 0; stack < stacks.length; stack++) {
    const moduleString = frames.module[stacks.frame[stack]];
    let module = modules.get(moduleString);
    if (module === undefined) {
      const name = moduleName(strings[moduleString]);
      module = {
        isLoader: isLoaderModule(name),
        isSystem: isSystemModule(name),
        isProfiler: isProfilerModule(name),
      };
      modules.set(moduleString, module);
    }
    const prefix = stacks.prefix[stack];
    const isCalledAtStart = prefix < 0 ? module.isLoader : isStartUp[prefix] === 1;
    if (isCalledAtStart && (module.isSystem || module.isProfiler)) {
      isStartUp[stack] = 1;
      if (module.isProfiler) isFootprint[stack] = 1;
    }
  }
  return isFootprint;
}
