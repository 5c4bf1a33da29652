/** The thread that writes folded text while the report is made: see folded-files/write-in-thread.ts. */

import { carryOutOrder } from './folded-files/write-in-thread.ts';

carryOutOrder();
