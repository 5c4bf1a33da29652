/** The thread in which the runner's services are asked: see runner-services/carry-out-order.ts. */

import { answerOrder } from './runner-services/carry-out-order.ts';

await answerOrder();
