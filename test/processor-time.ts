import { afterEach, beforeEach, expect } from 'vitest';

/**
 * Fails each test of the describe, or else of the file, that keeps its own process busy for longer: unlike the clock,
 * processor time is much the same on a busy machine.
 */
export function limitProcessorTime(seconds: number): void {
  let before = process.cpuUsage();
  beforeEach(() => {
    before = process.cpuUsage();
  });
  afterEach(() => {
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6, 'seconds of processor time').toBeLessThan(seconds);
  });
}
