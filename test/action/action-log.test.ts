import { expect, test, vi } from 'vitest';
import { createActionLog, failStep } from '../../src/action/action-log.ts';

test('T29, T06: what fails the step is shown as it is, whoever wrote it: one command, and nothing unseen', () => {
  const written: string[] = [];
  const write = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((chunk) => written.push(String(chunk)) > 0);
  const exitCode = process.exitCode;
  failStep('parse: head could not be built: \u001b[2Kok\u202e\n::add-mask::e\r##[error]x');
  write.mockRestore();
  expect(process.exitCode).toBe(1);
  process.exitCode = exitCode;
  expect(written.join('')).toBe(
    '::error::parse: head could not be built: \\u001B[2Kok\\u202E%0A::add-mask::e ##[error]x\n',
  );
});

test('the caret under a compiler error stays below what it points at', () => {
  const written: string[] = [];
  const write = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((chunk) => written.push(String(chunk)) > 0);
  const log = createActionLog();
  for (const line of ['    6 | puts("done";', '      |           ^', '  ::error::x']) log.info(line);
  write.mockRestore();
  expect(written).toEqual(['    6 | puts("done";\n', '      |           ^\n', '  :\u2060:error:\u2060:x\n']);
});
