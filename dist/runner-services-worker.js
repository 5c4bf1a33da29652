import { t as answerOrder } from "./memtrack/runner-services.js";

// src/runner-services-worker.ts
/** The thread in which the runner's services are asked: see runner-services/carry-out-order.ts. */
await answerOrder();

export {  };