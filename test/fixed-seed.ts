/**
 * Properties try the same values in every run, so that a red test always means the change at hand.
 * `FAST_CHECK_SEED=4711 npm test` tries others.
 */
import fc from 'fast-check';

const SEED = 20_261_123;

const { FAST_CHECK_SEED: wanted } = process.env;
const seed = wanted ? Number(wanted) : SEED;
if (!Number.isSafeInteger(seed)) throw new Error(`FAST_CHECK_SEED=${wanted}; accepted: a whole number`);
fc.configureGlobal({ seed });
