/** Reads one trace and ends: what the benchmark measures as reading. */

import { readTraceFile } from '../../src/trace-files/read-trace-file.ts';

const { profile } = await readTraceFile(process.argv[2], { metric: 'allocated', keepsTables: false });
console.log(profile.facts.events);
