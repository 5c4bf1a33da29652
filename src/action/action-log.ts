import * as core from '@actions/core';
import type { Log } from '../log.ts';
import { terminalLine } from '../render/escape.ts';

/** A Log whose notices, warnings and errors become annotations of the step. */
export function createActionLog(): Log {
  return {
    info: (message) => core.info(inertText(message)),
    notice: (message) => core.notice(plainText(message)),
    warning: (message) => core.warning(plainText(message)),
    error: (message) => core.error(plainText(message)),
    // The runner would drop it: megabytes of what builds print.
    debug(message) {
      if (core.isDebug()) core.debug(plainText(message));
    },
    async phase(title, work) {
      const started = performance.now();
      const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
      core.info(inertText(`${title} …`));
      try {
        const result = await work();
        core.info(inertText(`✓ ${title} ${seconds()}`));
        return result;
      } catch (error) {
        core.info(inertText(`✗ ${title} ${seconds()}`));
        throw error;
      }
    },
  };
}

/** Fails the step with an annotation. What the message repeats may be anybody's words, like those of a Log. */
export function failStep(message: string): void {
  core.setFailed(plainText(message));
}

function plainText(message: string): string {
  return message
    .split('\n')
    .map((line) => terminalLine(line, 2000))
    .join('\n');
}

/**
 * Text that the runner prints and never obeys: it takes `::name::` at the beginning of a line and `##[name]` anywhere
 * in one for commands. A word joiner (U+2060) inside breaks both, and shows as nothing.
 */
function inertText(message: string): string {
  return plainText(message).replaceAll('::', ':\u2060:').replaceAll('##[', '#\u2060#[');
}
