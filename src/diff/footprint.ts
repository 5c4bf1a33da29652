import { forEachMetric, type Totals } from '../profile/metric.ts';
import type { Profile } from '../profile/profile.ts';
import { calleeMarks, isFootprint, moduleMarks, rootMarks } from '../symbols/start-up.ts';

/** Marks the stacks of memory that the profiler, not the program, asked for: see symbols/start-up.ts. */
export function findFootprint({ strings, frames, stacks }: Profile): Uint8Array {
  const { prefix, frame, length } = stacks;
  const isMarked = new Uint8Array(length);
  const marks = new Uint8Array(length);
  const ofFrame = frameMarks(strings, frames);
  for (let stack = 0; stack < length; stack++) {
    const caller = prefix[stack];
    // Nearly all stacks are the program's own, and end here.
    if (caller >= 0 && marks[caller] === 0) continue;
    const module = ofFrame[frame[stack]];
    marks[stack] = caller < 0 ? rootMarks(module) : calleeMarks(marks[caller], module);
    if (isFootprint(marks[stack])) isMarked[stack] = 1;
  }
  return isMarked;
}

/** The marks of each frame's module. */
function frameMarks(strings: Profile['strings'], frames: Profile['frames']): Uint8Array {
  const modules = new Map<number, number>();
  return Uint8Array.from(frames.module, (path) => {
    let marks = modules.get(path);
    if (marks === undefined) {
      marks = moduleMarks(strings[path]);
      modules.set(path, marks);
    }
    return marks;
  });
}

/** What the program itself allocated: a profile's totals without the profiler's footprint. */
export function totalsWithoutFootprint(profile: Profile): Totals {
  const isLeftOut = findFootprint(profile);
  return forEachMetric((id) => {
    const column = profile.costs[id];
    let sum = 0;
    for (let stack = 0; stack < column.length; stack++) if (isLeftOut[stack] === 0) sum += column[stack];
    return sum;
  });
}
