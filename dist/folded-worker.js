import { t as carryOutOrder } from "./memtrack/folded-files.js";

// src/folded-worker.ts
/** The thread that writes folded text while the report is made: see folded-files/write-in-thread.ts. */
carryOutOrder();

export {  };