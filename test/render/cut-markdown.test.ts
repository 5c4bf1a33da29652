import { expect, it } from 'vitest';
import { cutMarkdown } from '../../src/render/cut-markdown.ts';

const NOTICE = 'The rest does not fit here. It is in the report.\n';

it('leaves what fits alone', () => {
  expect(cutMarkdown('a\n\nb\n', 5)).toBe('a\n\nb\n');
});

it('cuts between blocks and says so', () => {
  const block = 'x'.repeat(50);
  expect(cutMarkdown(`${block}\n\n${block}\n${block}\n\nend\n`, 140)).toBe(`${block}\n\n${NOTICE}`);
});

it('counts bytes, not characters', () => {
  const block = '😀'.repeat(20);
  const cut = cutMarkdown(`${block}\n\n${block}\n\n${block}\n\n`, 220);
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(220);
  expect(cut).toBe(`${block}\n\n${block}\n\n${NOTICE}`);
});

it('cuts no fence in two, also where a line in it looks like its end', () => {
  const markdown = `intro\n\n\`\`\`\`text\n\`\`\`\n\n${'line\n'.repeat(40)}\`\`\`\`\n\nend\n`;
  expect(cutMarkdown(markdown, 120)).toBe(`intro\n\n${NOTICE}`);
});

it('closes what is folded away', () => {
  const markdown = `<details><summary>a</summary>\n\n<details><summary>b</summary>\n\none\n\n${'two\n\n'.repeat(99)}</details>\n\n</details>\n`;
  const cut = cutMarkdown(markdown, 200);
  expect(cut).toMatch(/^<details>.*two\n\n<\/details>\n\n<\/details>\n\nThe rest/s);
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(200);
});

it('has but the notice when the first block is too long', () => {
  expect(cutMarkdown('x'.repeat(100_000), 1000)).toBe(`\n\n${NOTICE}`);
});
