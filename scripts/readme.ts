/**
 * Writes what README.md repeats from elsewhere: the tables of inputs and outputs from action.yml, and the example
 * workflows, each between `<!-- file: PATH -->` or `<!-- file: PATH, last step -->` and `<!-- /file -->`.
 * test/readme.test.ts holds them together.
 *
 *   npm run docs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { withActionTables } from './inputs-table.ts';

const EMBEDDED = /^<!-- file: ([\w./-]+)(, last step)? -->\n[\s\S]*?^<!-- \/file -->$/gm;

/** @param read a file of the repository, by its path in there */
export function renewReadme(readme: string, read: (path: string) => string): string {
  return withActionTables(withFiles(readme, read), read('action.yml'));
}

function withFiles(readme: string, read: (path: string) => string): string {
  return readme.replaceAll(EMBEDDED, (_, path: string, part: string | undefined) => {
    const text = part === undefined ? read(path) : lastStep(read(path), path);
    return `<!-- file: ${path}${part ?? ''} -->\n\n\`\`\`yaml\n${text.trimEnd()}\n\`\`\`\n\n<!-- /file -->`;
  });
}

/** Of a workflow with one job: what differs from program to program. */
function lastStep(workflow: string, path: string): string {
  const lines = workflow.split('\n');
  const start = lines.findLastIndex((line) => /^ +- name:/.test(line));
  if (start < 0) throw new Error(`${path} has no step`);
  const indent = lines[start].indexOf('-');
  return lines
    .slice(start)
    .map((line) => line.slice(indent))
    .join('\n');
}

if (import.meta.main) {
  const read = (path: string) => readFileSync(path, 'utf8');
  writeFileSync('README.md', renewReadme(read('README.md'), read));
}
