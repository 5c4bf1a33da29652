import { describe, expect, test } from 'vitest';
import { checkRevisionName } from '../../src/workspace/commit-names.ts';

describe('T08: names of commits', () => {
  test.each(['main', 'feature/a-b', 'v1.2', 'HEAD', 'HEAD~2', 'main^', 'a'.repeat(40)])(
    'accepts %s',
    (name) => {
      expect(() => checkRevisionName(name)).not.toThrow();
    },
  );

  test.each([
    '--upload-pack=touch${IFS}x',
    '-c',
    '',
    '@',
    'a..b',
    'main:secret',
    'HEAD@{1}',
    ':/fix',
    'a b',
    'x\n',
    '.hidden',
    'a/.b',
    'x.lock',
    'a//b',
    '~1',
    'a'.repeat(300),
  ])('refuses %j', (name) => {
    expect(() => checkRevisionName(name)).toThrow(/is not the name of a commit/);
  });
});
