import { describe, expect, test } from 'vitest';
import { createConsoleLog } from '../../src/cli/console-log.ts';

function logToText() {
  let text = '';
  const stream = { write: (part: string) => (text += part) };
  return { log: createConsoleLog({ stream, color: false, isVerbose: true }), text: () => text };
}

describe('what is said at a terminal', () => {
  test('an error is shown to its last character', () => {
    const { log, text } = logToText();
    log.error('"comapre" is not a command; accepted: diff, compare, demo, help, version');
    expect(text()).toBe('error: "comapre" is not a command; accepted: diff, compare, demo, help, version\n');
  });

  test('each line of a bug report is shown', () => {
    const { log, text } = logToText();
    log.error('this is a bug of memtrack\nTypeError: x is not a function\nat somewhere:1:2');
    expect(text()).toBe(
      'error: this is a bug of memtrack\nTypeError: x is not a function\nat somewhere:1:2\n',
    );
  });

  test('what to do, at the end of a long message, is shown at every level', () => {
    const message = `${'a cause that takes many words, '.repeat(10)}and at last what to do`;
    const { log, text } = logToText();
    log.error(message);
    log.warning(message);
    log.notice(message);
    log.info(message);
    log.debug(message);
    expect(text().match(/and at last what to do$/gm)).toHaveLength(5);
  });

  test('a message without end is cut, and escape sequences are shown', () => {
    const { log, text } = logToText();
    log.warning(`\u001b[31m${'x'.repeat(100_000)}`);
    expect(text()).toHaveLength('warning: '.length + 2000 + '\\u001B'.length);
    expect(text()).toContain('\\u001B[31mx');
  });

  test('the caret under a compiler error stays below what it points at', () => {
    const { log, text } = logToText();
    for (const line of ['    6 | puts("done";', '      |           ^']) log.info(line);
    expect(text()).toBe('      6 | puts("done";\n        |           ^\n');
  });
});
