import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** For one that hangs: on a busy machine the clock says nothing. Where time matters, `limitProcessorTime` does. */
const END_AFTER = { testTimeout: 900_000, hookTimeout: 900_000 };

export default defineConfig({
  test: {
    // One more than by default: much of the time goes into programs that the tests wait for.
    maxWorkers: availableParallelism(),
    // .ci/run asks for a summary that it can count from.
    reporters: process.env.TEST_SUMMARY
      ? ['default', ['json', { outputFile: process.env.TEST_SUMMARY }]]
      : ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/end-to-end/**'],
          globalSetup: ['test/install-tools.ts'],
          setupFiles: ['test/fixed-seed.ts'],
          sequence: { groupOrder: 0 },
          ...END_AFTER,
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: ['test/end-to-end/**/*.test.ts'],
          globalSetup: ['test/install-tools.ts'],
          sequence: { groupOrder: 1 },
          ...END_AFTER,
        },
      },
    ],
  },
});
