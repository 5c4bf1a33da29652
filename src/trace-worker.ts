/** The thread that reads a trace file beside the main one: see trace-files/read-in-thread.ts. */

import { answerOrder } from './trace-files/read-in-thread.ts';

await answerOrder();
