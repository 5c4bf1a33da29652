import { n as answerOrder } from "./memtrack/trace-files.js";

// src/trace-worker.ts
/** The thread that reads a trace file beside the main one: see trace-files/read-in-thread.ts. */
await answerOrder();

export {  };