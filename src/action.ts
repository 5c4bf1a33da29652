import { createActionLog } from './action/action-log.ts';
import { runAction } from './action/main.ts';
import { withoutSecretsInProc } from './action/secrets.ts';

const environment = withoutSecretsInProc(process.env);
const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort());
await runAction({ environment, log: createActionLog(), signal: controller.signal });
// Nothing that a library left open may keep the job waiting.
process.exit();
