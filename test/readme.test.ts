import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renewReadme } from '../scripts/readme.ts';
import { parseConfig } from '../src/settings/config-file.ts';

const readme = readFileSync('README.md', 'utf8');

describe('README.md', () => {
  it('says what action.yml and the example workflows say; npm run docs writes that anew', () => {
    expect(readme).toBe(renewReadme(readme, (path) => readFileSync(path, 'utf8')));
    expect(readme.match(/^<!-- file: /gm)?.length).toBeGreaterThan(5);
  });

  it('shows config files that are accepted', () => {
    const examples = [...readme.matchAll(/^```yaml\n([^`]*^benchmarks:[^`]*)^```/gm)].map(([, text]) => text);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(() => parseConfig(example, 'README.md')).not.toThrow();
  });

  it('quotes messages that the code really writes', () => {
    const table = readme.slice(readme.indexOf('\n## Troubleshooting'), readme.indexOf('\n## More'));
    const messages = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell]) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, message]) => message),
    );
    expect(messages.length).toBeGreaterThan(40);
    // A message may be put together from several texts on several lines.
    const code = globSync('src/**/*.ts')
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n')
      .replaceAll(/['`]\s*\+\s*['`]/g, '')
      .replaceAll('\\`', '`');
    for (const message of messages) {
      if (message.startsWith('.github/')) continue;
      const pieces = message.split(/…|\.\.\./).map((piece) => piece.trim());
      for (const piece of pieces.filter((one) => /\w{2}/.test(one))) {
        expect(code.includes(piece), `${message}: ${piece}`).toBe(true);
      }
    }
  });
});

describe('links in documents', () => {
  const documents = [
    'README.md',
    'SECURITY.md',
    'CHANGELOG.md',
    'src/README.md',
    ...globSync('docs/**/*.md'),
  ];

  it.each(documents)('of %s lead to files and headings that are there', (path) => {
    const text = readFileSync(path, 'utf8').replaceAll(/```[\s\S]*?```/g, '');
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(
      ([, link, image]) => link ?? image,
    );
    for (const target of targets.filter((one) => !/^https?:/.test(one))) {
      const [file, heading] = target.split('#');
      const linked = file === '' ? path : join(dirname(path), file);
      expect(existsSync(linked), target).toBe(true);
      if (heading !== undefined) expect(anchorsOf(readFileSync(linked, 'utf8')), target).toContain(heading);
    }
  });
});

/** As GitHub makes them of headings. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
}
