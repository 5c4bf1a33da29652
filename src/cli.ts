#!/usr/bin/env node
import { runCommandLine } from './cli/main.ts';

const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second signal means now.
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  });
}
process.exitCode = await runCommandLine({
  argv: process.argv.slice(2),
  environment: process.env,
  directory: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  signal: controller.signal,
});
