/**
 * Photographs everything that people see, for people to look at: every case as picture, report page, comment and
 * terminal text, in both themes and at the widths of phones and screens. Needs heaptrack, g++, cargo and Chromium, and
 * a build (`npm run build`) for the report page.
 *
 *   npm run gallery [FOLDER]        gallery/ by default; open its index.html
 */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium } from 'playwright-core';
import { readViewer } from '../src/assets.ts';
import { createConsoleLog } from '../src/cli/console-log.ts';
import { renderComment, renderSummary } from '../src/render/markdown.ts';
import { renderReport } from '../src/render/render-report.ts';
import { renderTerminal } from '../src/render/terminal.ts';
import { makeTemporaryDirectory } from '../src/workspace/temporary-directory.ts';
import { type GalleryCase, makeCases } from './gallery/cases.ts';
import { commentPage, imagePage, type Theme, terminalPage } from './gallery/pages.ts';

const THEMES: readonly Theme[] = ['light', 'dark'];
const WIDTHS = [343, 900, 1600];
/** What the report page shows besides the flame graph, which it opens with. */
const OTHER_VIEWS = ['functions', 'lines', 'timeline', 'sizes', 'summary'];
/** Answered from the files of the gallery: a comment's image needs an address. */
const IMAGE_HOST = 'https://images.example/';
const REPORT = 'https://github.com/owner/project/actions/runs/1/artifacts/2';

const folder = resolve(process.argv[2] ?? 'gallery');
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const log = createConsoleLog({ stream: process.stderr, color: false, isVerbose: false });
await using directory = await makeTemporaryDirectory();
const cases = await makeCases(directory.path, log);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
});
const viewer = await readViewer();
const sections: string[] = [];
for (const one of cases) sections.push(await log.phase(`Photographing ${one.name}`, () => photograph(one)));
await browser.close();
await writeFile(join(folder, 'index.html'), indexPage(sections));
log.info(join(folder, 'index.html'));

/** @returns the case's part of the index */
async function photograph({ name, about, report, sources }: GalleryCase): Promise<string> {
  const rendered = await renderReport(report, {
    links: { report: null },
    commentName: name,
    interactive: { viewer, sources },
  });
  const image = rendered.svg === null ? null : `${IMAGE_HOST}${name}.svg`;
  const comment = renderComment(report, { report: REPORT, image }, name);
  const files = {
    html: rendered.html,
    json: rendered.json,
    md: comment,
    'summary.md': renderSummary(report, { report: REPORT, image }),
    txt: renderTerminal(report, { columns: 80, color: false }),
    ...(rendered.svg !== null && { svg: rendered.svg }),
  };
  for (const [extension, text] of Object.entries(files)) {
    await writeFile(join(folder, `${name}.${extension}`), text);
  }

  const pictures: string[] = [];
  for (const theme of THEMES) {
    const context = await browser.newContext({ colorScheme: theme });
    await context.route(`${IMAGE_HOST}**`, (route) =>
      route.fulfill({ contentType: 'image/svg+xml', body: rendered.svg ?? '' }),
    );
    const take = async (kind: string, width: number, content: Content) => {
      pictures.push(await takePicture(context, `${name}-${kind}-${theme}-${width}.png`, width, content));
    };
    for (const width of WIDTHS) {
      if (image !== null) await take('svg', width, { html: imagePage(image, theme) });
      await take('html', width, { file: `${name}.html` });
    }
    for (const view of OTHER_VIEWS) {
      for (const width of [343, 900]) await take(view, width, { file: `${name}.html`, link: `v=${view}` });
    }
    for (const width of [343, 900]) await take('comment', width, { html: commentPage(comment, theme) });
    for (const columns of [80, 160]) {
      const text = renderTerminal(report, { columns, color: true });
      await take('terminal', columns, { html: terminalPage(text, columns, theme) });
    }
    await context.close();
  }
  const images = pictures.map(
    (picture) => `<a href="${picture}"><img src="${picture}" alt="${picture}"></a>`,
  );
  const links = Object.keys(files).map((extension) => `<a href="${name}.${extension}">${extension}</a>`);
  return `<h2>${name}</h2><p>${about} ${links.join(' · ')}</p>${images.join('\n')}`;
}

/** A page of its own, or one of the gallery's files, opened by a link into it. */
type Content = { readonly html: string } | { readonly file: string; readonly link?: string };

async function takePicture(
  context: BrowserContext,
  fileName: string,
  width: number,
  content: Content,
): Promise<string> {
  const page = await context.newPage();
  // Columns of a terminal are no pixels: its page is as wide as its text.
  await page.setViewportSize({ width: width < 200 ? width * 9 + 40 : width, height: 600 });
  if ('html' in content) await page.setContent(content.html, { waitUntil: 'load' });
  else await page.goto(`${pathToFileURL(join(folder, content.file)).href}#${content.link ?? ''}`);
  await page.waitForTimeout('html' in content ? 0 : 300);
  await page.screenshot({ path: join(folder, fileName), fullPage: true });
  await page.close();
  return fileName;
}

function indexPage(parts: readonly string[]): string {
  const style =
    'body{font:14px sans-serif;margin:24px;background:#888}img{max-width:46%;margin:8px;vertical-align:top}';
  return `<!doctype html><meta charset="utf-8"><title>memtrack gallery</title><style>${style}</style>${parts.join('\n')}\n`;
}
