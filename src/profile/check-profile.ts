import { MeasurementError } from '../errors.ts';
import type { FramePaths } from './frame-paths.ts';
import {
  type HeapSeries,
  type HeapTimeline,
  MAX_SERIES_POINTS,
  SIZE_BUCKET_COUNT,
  type SizeHistogram,
} from './heap-facts.ts';
import { METRIC_IDS } from './metric.ts';
import type { Profile } from './profile.ts';

/*
 * A profile that this process did not build itself is a claim. What is proved here is all that the rest of the code
 * takes for granted: whoever gets a checked profile may index, sum and loop without asking again.
 */

/** The largest profile that is accepted from elsewhere. */
export const PROFILE_CAPS = {
  strings: 2_000_000,
  /** In UTF-16 units: as much of a name as is ever read. */
  stringLength: 32_768,
  frames: 2_000_000,
  stacks: 5_000_000,
  /** Frames from the root to a leaf. heaptrack unwinds 64; inlined ones come on top. */
  stackDepth: 10_000,
  /** Frames of all stacks that cost something, added up: what is walked when two profiles are compared. */
  walkedFrames: 200_000_000,
  /** Of one metric, over all stacks: beyond it sums are not exact. */
  total: Number.MAX_SAFE_INTEGER,
  programs: 1_000_000,
  paths: 1_000_000,
  pathLength: 4096,
} as const;

/**
 * Proves that a profile from elsewhere is sound.
 * @param where what to call it: 'head.profile'
 * @throws MeasurementError that names what is wrong and where; nothing of the profile's text is in the message
 */
export function checkProfile(profile: Profile, where = 'profile'): void {
  checkFacts(profile, `${where}.facts`);
  checkStrings(profile.strings, `${where}.strings`);
  checkFrames(profile, `${where}.frames`);
  const depth = checkStacks(profile, `${where}.stacks`);
  checkCosts(profile, depth, `${where}.costs`);
}

/** Proves that paths from elsewhere belong to the frames of a profile and lead nowhere but into a repository. */
export function checkFramePaths({ paths, ofFrame }: FramePaths, { frames }: Profile, where = 'paths'): void {
  checkCap(paths.length, PROFILE_CAPS.paths, where);
  paths.forEach((path, index) => {
    if (!isRepositoryPath(path)) fail(`${where}[${index}]`, 'is not a path inside a repository');
  });
  checkColumn(ofFrame, frames.length, -1, paths.length - 1, `${where}.ofFrame`);
}

function checkFacts({ facts }: Profile, where: string): void {
  const isKnown = facts.metrics.length > 0 && facts.metrics.every((id) => METRIC_IDS.includes(id));
  if (!isKnown || new Set(facts.metrics).size !== facts.metrics.length) {
    fail(`${where}.metrics`, `must be different ones of ${METRIC_IDS.join(', ')}`);
  }
  for (const name of ['command', 'recordedBy', 'executable'] as const) {
    const text = facts[name];
    if (text !== null && (typeof text !== 'string' || text.length > PROFILE_CAPS.stringLength)) {
      fail(`${where}.${name}`, `must be null or text of at most ${PROFILE_CAPS.stringLength} characters`);
    }
  }
  if (!isCount(facts.events)) fail(`${where}.events`, NOT_A_COUNT);
  if (typeof facts.isThreaded !== 'boolean') fail(`${where}.isThreaded`, 'must be true or false');
  if (facts.timeline !== null) checkTimeline(facts.timeline, `${where}.timeline`);
  if (facts.sizes !== null) checkSizes(facts.sizes, `${where}.sizes`);
}

function checkTimeline({ byEvents, byTime, programs }: HeapTimeline, where: string): void {
  checkSeries(byEvents, `${where}.byEvents`);
  checkSeries(byTime, `${where}.byTime`);
  if (!isCount(programs) || programs < 1 || programs > PROFILE_CAPS.programs) {
    fail(`${where}.programs`, `must be a whole number from 1 to ${PROFILE_CAPS.programs}`);
  }
}

function checkSeries({ at, live }: HeapSeries, where: string): void {
  checkCap(at.length, MAX_SERIES_POINTS, where);
  checkCounts(at, at.length, `${where}.at`);
  checkCounts(live, at.length, `${where}.live`);
  for (let point = 1; point < at.length; point++) {
    if (at[point] <= at[point - 1]) fail(`${where}.at[${point}]`, 'must come after the point before it');
  }
}

function checkSizes({ calls, bytes }: SizeHistogram, where: string): void {
  checkCounts(calls, SIZE_BUCKET_COUNT, `${where}.calls`);
  checkCounts(bytes, SIZE_BUCKET_COUNT, `${where}.bytes`);
  for (const column of [calls, bytes]) {
    if (column.reduce((sum, count) => sum + count, 0) > PROFILE_CAPS.total) {
      fail(where, 'adds up to more than 2^53');
    }
  }
}

function checkCounts(column: Float64Array, length: number, where: string): void {
  if (!(column instanceof Float64Array) || column.length !== length) {
    fail(where, `must be a column of ${length} numbers`);
  }
  column.forEach((count, row) => {
    if (!isCount(count)) fail(`${where}[${row}]`, NOT_A_COUNT);
  });
}

function checkStrings(strings: readonly string[], where: string): void {
  checkCap(strings.length, PROFILE_CAPS.strings, where);
  if (strings[0] !== '') fail(`${where}[0]`, 'must be empty');
  for (let index = 0; index < strings.length; index++) {
    const text: unknown = strings[index];
    if (typeof text !== 'string' || text.length > PROFILE_CAPS.stringLength) {
      fail(`${where}[${index}]`, `must be text of at most ${PROFILE_CAPS.stringLength} characters`);
    }
  }
}

function checkFrames({ frames, strings }: Profile, where: string): void {
  checkCap(frames.length, PROFILE_CAPS.frames, where);
  for (const name of ['function', 'file', 'module'] as const) {
    checkColumn(frames[name], frames.length, 0, strings.length - 1, `${where}.${name}`);
  }
  checkColumn(frames.line, frames.length, 0, 2 ** 31 - 1, `${where}.line`);
}

/** @returns how many frames each stack has */
function checkStacks({ stacks, frames }: Profile, where: string): Int32Array {
  checkCap(stacks.length, PROFILE_CAPS.stacks, where);
  checkColumn(stacks.frame, stacks.length, 0, frames.length - 1, `${where}.frame`);
  checkColumn(stacks.prefix, stacks.length, -1, stacks.length - 1, `${where}.prefix`);
  const depth = new Int32Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const prefix = stacks.prefix[stack];
    if (prefix >= stack) fail(`${where}.prefix[${stack}]`, 'must come before its stack');
    depth[stack] = prefix < 0 ? 1 : depth[prefix] + 1;
    if (depth[stack] > PROFILE_CAPS.stackDepth) {
      fail(`${where}[${stack}]`, `has more than ${PROFILE_CAPS.stackDepth} frames`);
    }
  }
  return depth;
}

function checkCosts({ costs, facts, stacks }: Profile, depth: Int32Array, where: string): void {
  const isWalked = new Uint8Array(stacks.length);
  for (const id of METRIC_IDS) {
    const column = costs[id];
    if (!(column instanceof Float64Array) || column.length !== stacks.length) {
      fail(`${where}.${id}`, `must be a column of ${stacks.length} numbers`);
    }
    const isMeasured = facts.metrics.includes(id);
    let total = 0;
    for (let stack = 0; stack < column.length; stack++) {
      const cost = column[stack];
      if (cost === 0) continue;
      if (!isMeasured) fail(`${where}.${id}[${stack}]`, 'must be 0: the metric was not measured');
      if (!isCount(cost)) fail(`${where}.${id}[${stack}]`, NOT_A_COUNT);
      total += cost;
      if (total > PROFILE_CAPS.total) fail(`${where}.${id}`, 'adds up to more than 2^53');
      isWalked[stack] = 1;
    }
  }
  let walkedFrames = 0;
  for (let stack = 0; stack < depth.length; stack++) if (isWalked[stack] === 1) walkedFrames += depth[stack];
  checkCap(walkedFrames, PROFILE_CAPS.walkedFrames, `${where}: frames of all stacks together`);
}

const NOT_A_COUNT = 'must be a whole number from 0 to 2^53';

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function checkCap(length: number, cap: number, where: string): void {
  if (!(length <= cap)) fail(where, `has ${length} entries; accepted are at most ${cap}`);
}

/** @param least and `most` are the smallest and largest value that may stand in it */
function checkColumn(column: Int32Array, length: number, least: number, most: number, where: string): void {
  if (!(column instanceof Int32Array) || column.length !== length)
    fail(where, `must be a column of ${length} numbers`);
  for (let row = 0; row < length; row++) {
    const value = column[row];
    if (value < least || value > most)
      fail(`${where}[${row}]`, `must be from ${least} to ${most}, not ${value}`);
  }
}

function isRepositoryPath(path: unknown): boolean {
  if (typeof path !== 'string' || path.length > PROFILE_CAPS.pathLength) return false;
  if (/[\u0000-\u001f]/.test(path)) return false;
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

function fail(where: string, problem: string): never {
  throw new MeasurementError(`the measurement cannot be used: ${where} ${problem}`);
}
