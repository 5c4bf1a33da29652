import { createActionLog } from './action/action-log.ts';
import { endProcess } from './action/end-process.ts';
import { runPost } from './action/post.ts';

await runPost({
  environment: Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ),
  log: createActionLog(),
  signal: AbortSignal.timeout(60_000),
});
await endProcess();
