import { forEachMetric, type Totals } from '../profile/metric.ts';
import type { Profile } from '../profile/profile.ts';
import { isLoaderModule, isProfilerModule, isSystemModule, moduleName } from '../symbols/modules.ts';

/**
 * Marks the stacks of memory that the profiler, not the program, asked for. heaptrack's library brings libstdc++ into
 * every process, whose start-up code allocates a pool for exceptions (72,704 bytes on Debian 12, 73,728 on 13). It is
 * known by where it comes from, never by its size: the dynamic loader runs the initialiser of a library that the
 * profiler brings, and no frame belongs to anything but the system.
 */
export function findFootprint({ strings, frames, stacks }: Profile): Uint8Array {
  const { prefix, frame, length } = stacks;
  const isFootprint = new Uint8Array(length);
  const isStartUp = new Uint8Array(length);
  const moduleOf = frameModules(strings, frames);
  for (let stack = 0; stack < length; stack++) {
    const caller = prefix[stack];
    // Nearly all stacks are the program's own, and end here.
    if (caller >= 0 && isStartUp[caller] === 0) continue;
    const module = moduleOf[frame[stack]];
    if (caller < 0 && !module.isLoader) continue;
    if (module.isSystem || module.isProfiler) {
      isStartUp[stack] = 1;
      if (module.isProfiler) isFootprint[stack] = 1;
    }
  }
  return isFootprint;
}

interface ModuleKind {
  readonly isLoader: boolean;
  readonly isSystem: boolean;
  readonly isProfiler: boolean;
}

/** The module of each frame. */
function frameModules(strings: Profile['strings'], frames: Profile['frames']): readonly ModuleKind[] {
  const modules = new Map<number, ModuleKind>();
  return Array.from(frames.module, (path) => {
    let module = modules.get(path);
    if (module === undefined) {
      const name = moduleName(strings[path]);
      module = {
        isLoader: isLoaderModule(name),
        isSystem: isSystemModule(name),
        isProfiler: isProfilerModule(name),
      };
      modules.set(path, module);
    }
    return module;
  });
}

/** What the program itself allocated: a profile's totals without the profiler's footprint. */
export function totalsWithoutFootprint(profile: Profile): Totals {
  const isFootprint = findFootprint(profile);
  return forEachMetric((id) => {
    const column = profile.costs[id];
    let sum = 0;
    for (let stack = 0; stack < column.length; stack++) if (isFootprint[stack] === 0) sum += column[stack];
    return sum;
  });
}
