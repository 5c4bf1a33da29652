import { createActionLog } from './action/action-log.ts';
import { endProcess } from './action/end-process.ts';
import { runAction } from './action/main.ts';
import { Outputs } from './action/outputs.ts';
import { withoutSecretsInProc } from './action/secrets.ts';

/** The runner takes the process down 7.5 seconds after it asked it to end. */
const CANCELLATION_LIMIT_MILLISECONDS = 5500;

const environment = withoutSecretsInProc(process.env);
const controller = new AbortController();
const outputs = new Outputs();

function endNow(): never {
  outputs.set('verdict', 'cancelled');
  outputs.write();
  process.exit(1);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (controller.signal.aborted) endNow();
    controller.abort();
    setTimeout(endNow, CANCELLATION_LIMIT_MILLISECONDS).unref();
  });
}
await runAction({ environment, log: createActionLog(), signal: controller.signal }, outputs);
await endProcess();
