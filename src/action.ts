import { createActionLog } from './action/action-log.ts';
import { endProcess } from './action/end-process.ts';
import { failWith, runAction } from './action/main.ts';
import { Outputs } from './action/outputs.ts';
import { withoutSecretsInProc } from './action/secrets.ts';

/** The runner takes the process down 7.5 seconds after it asked it to end. */
const CANCELLATION_LIMIT_MILLISECONDS = 5500;

const controller = new AbortController();
const outputs = new Outputs();
const log = createActionLog();

// A bug of ours, wherever it was: the step's outputs are set on this path, too.
process.on('uncaughtException', (error) => {
  failWith(error, log);
  outputs.set('verdict', 'failed');
  outputs.write();
  void endProcess();
});
const environment = withoutSecretsInProc(process.env);

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
await runAction({ environment, log, signal: controller.signal }, outputs);
await endProcess();
