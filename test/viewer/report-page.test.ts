import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_NAMES } from '../render/example-reports.ts';
import { findBrowser, startBrowser } from './browser.ts';
import {
  diffOf,
  largeDiff,
  type NamedSource,
  pageOf,
  profileOf,
  STORY,
  STORY_LINES,
} from './example-pages.ts';

const executable = findBrowser();
if (executable === null) {
  console.warn(
    'No chromium here: report.html is NOT tested in a browser. Install it: apt-get install chromium',
  );
}

const story: NamedSource = { name: 'parse', diff: diffOf(STORY.base, STORY.head), lines: STORY_LINES };

describe.skipIf(executable === null)('report.html in a browser', { retry: 2 }, () => {
  let browser: Browser;
  let folder: string;
  let storyFile: string;
  /** What the pages said and asked for that they should not. */
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await startBrowser(executable ?? '');
    folder = await mkdtemp(join(tmpdir(), 'memtrack-page-'));
    storyFile = await write('story', [story]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    expect(complaints.splice(0)).toEqual([]);
  });

  async function write(name: string, sources: readonly NamedSource[]): Promise<string> {
    const path = join(folder, `${name}.html`);
    await writeFile(path, await pageOf(sources));
    return path;
  }

  async function open(file: string, hash = '', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    const page = await context.newPage();
    const address = pathToFileURL(file).href;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== address) complaints.push(`request ${request.url()}`);
    });
    await page.goto(address + hash);
    await page.waitForSelector('html.interactive');
    return page;
  }

  const activeFrame = (page: Page) =>
    page.locator('[role="treeitem"][tabindex="0"]').getAttribute('aria-label');
  const headings = (page: Page) => page.locator('.pane h2').allTextContents();
  const focusFrames = (page: Page) => page.locator('[role="treeitem"][tabindex="0"]').focus();
  const chooseView = (page: Page, name: string) => page.getByRole('tab', { name }).click();

  it('opens from disk, offline, with both panes and without a complaint', async () => {
    const page = await open(storyFile, '', { offline: true });
    await expect.poll(() => headings(page)).toEqual(['Base 1.96 MB', 'Head 265 KB']);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('1.97 MB → 268 KB');
    expect(await page.locator('.replaced').first().isVisible()).toBe(false);
    const policy = await page.locator('meta[http-equiv]').getAttribute('content');
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-\S+'; style-src 'sha256-\S+' 'sha256-\S+'; img-src data:; base-uri 'none'; form-action 'none'$/,
    );
    await page.context().close();
  });

  it('is complete without scripts', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(storyFile).href);
    expect(await page.locator('svg.flame').isVisible()).toBe(true);
    expect(await page.getByRole('row', { name: /Bytes allocated/ }).isVisible()).toBe(true);
    await context.close();
  });

  it('draws what changed in its colours, at the left', async () => {
    const page = await open(storyFile);
    const colors = await page.evaluate<string[]>(`
      [...document.querySelectorAll('canvas')].map((canvas) =>
        [...canvas.getContext('2d').getImageData(3, 3, 1, 1).data].slice(0, 3).join(' '))`);
    expect(colors).toEqual(['158 203 255', '230 233 237']);
    await page.context().close();
  });

  it('zooms into a frame that is clicked twice, and comes back by the back button', async () => {
    const page = await open(storyFile);
    const base = page.locator('canvas').first();
    const row = { position: { x: 60, y: 3 * 24 + 10 } };
    await base.click(row);
    await expect.poll(() => activeFrame(page)).toBe('Parser::default, 1.71 MB to 0 B, gone');
    await expect.poll(() => headings(page)).toEqual(['Base 1.96 MB', 'Head 265 KB']);
    await base.click(row);
    await expect.poll(() => headings(page)).toEqual(['Base 1.71 MB', 'Head 0 B']);
    await expect.poll(() => page.url()).toMatch(/[#&]z=[0-9a-f]{10}/);
    await page.goBack();
    await expect.poll(() => headings(page)).toEqual(['Base 1.96 MB', 'Head 265 KB']);
    await page.goForward();
    await expect.poll(() => headings(page)).toEqual(['Base 1.71 MB', 'Head 0 B']);
    await page.context().close();
  });

  it('follows a link to a frame, in a file of another run, too', async () => {
    const page = await open(storyFile);
    await page
      .locator('canvas')
      .first()
      .click({ position: { x: 60, y: 4 * 24 + 10 } });
    await page.getByRole('button', { name: 'Copy link' }).click();
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(link).toMatch(/#v=flame&m=allocated&f=[0-9a-f]{10}$/);
    await page.context().close();

    const more = `${'dates::main@src/main.rs:9;dates::added@src/new.rs:3 5000000 10'}\n`;
    const other = { base: STORY.base, head: profileOf(more) };
    const file = await write('other-run', [{ ...story, diff: diffOf(other.base, other.head) }]);
    const again = await open(file, link.slice(link.indexOf('#')));
    expect(await activeFrame(again)).toMatch(/^dates::parse_info, 1.39 MB to 0 B/);
    await again.context().close();
  });

  it('finds frames, counting what is nested once, and goes from one to the next', async () => {
    const page = await open(storyFile);
    await page.keyboard.press('/');
    await page.keyboard.type('parser');
    const found = page.locator('#search-result');
    await expect.poll(() => found.textContent()).toBe('3 frames, 1.96 MB → 260 KB');
    await page.keyboard.press('Enter');
    await expect.poll(() => activeFrame(page)).toMatch(/^Parser::default, 1.71 MB/);
    await page.keyboard.press('Enter');
    await expect.poll(() => activeFrame(page)).toMatch(/^Parser::parse, 250 KB/);
    await page.keyboard.press('Shift+Enter');
    await expect.poll(() => activeFrame(page)).toMatch(/^Parser::default/);
    await page.locator('input[type="search"]').fill('/insert$|new_un/');
    await expect.poll(() => found.textContent()).toBe('4 frames, 1.66 MB → 9.71 KB');
    await page.locator('input[type="search"]').fill('/(/');
    await expect.poll(() => found.textContent()).toContain('Not an expression');
    await page.context().close();
  });

  it('shows each metric, by keys 1 to 5 and m', async () => {
    const page = await open(storyFile);
    await page.keyboard.press('2');
    await expect.poll(() => headings(page)).toEqual(['Base 27,903', 'Head 6,042']);
    await page.keyboard.press('5');
    await expect.poll(() => headings(page)).toEqual(['Base 544 B', 'Head 5.15 KB']);
    await page.keyboard.press('m');
    await expect.poll(() => headings(page)).toEqual(['Base 1.96 MB', 'Head 265 KB']);
    await page.getByRole('radio', { name: /Allocation calls/ }).check();
    await expect.poll(() => page.url()).toContain('m=allocations');
    await page.context().close();
  });

  it('does everything by keys alone', async () => {
    const page = await open(storyFile);
    let presses = 0;
    while (!(await page.evaluate<boolean>(`document.activeElement.getAttribute('role') === 'treeitem'`))) {
      await page.keyboard.press('Tab');
      if (++presses > 40) throw new Error('the tree of frames cannot be reached');
    }
    await expect.poll(() => activeFrame(page)).toMatch(/^all, /);
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    await expect.poll(() => activeFrame(page)).toMatch(/^Parser::default/);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => activeFrame(page)).toMatch(/^Parser::parse/);
    expect(await page.evaluate(`document.activeElement.getAttribute('aria-selected')`)).toBe('true');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await headings(page))[0]).toBe('Base 1.71 MB');
    await page.keyboard.press('Backspace');
    await expect.poll(() => headings(page)).toEqual(['Base 1.96 MB', 'Head 260 KB']);
    await page.keyboard.press('n');
    await expect.poll(() => activeFrame(page)).toMatch(/^HashMap::insert, 1.34 MB to 0 B, gone/);
    await page.keyboard.press('b');
    await expect.poll(() => headings(page)).toEqual(['Base and head together 1.96 MB → 260 KB']);
    await page.keyboard.press('f');
    await expect.poll(() => activeFrame(page)).toMatch(/^HashMap::insert/);
    await focusFrames(page);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => activeFrame(page)).toMatch(/^raw_vec::grow/);
    await page.keyboard.press('i');
    await expect.poll(() => page.url()).toContain('d=callers');
    await page.keyboard.press('?');
    await expect.poll(() => page.getByRole('dialog').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').isVisible()).toBe(false);
    await page.context().close();
  });

  it('has single keys that can be switched off', async () => {
    const page = await open(storyFile);
    await page.keyboard.press('?');
    await page.getByRole('checkbox', { name: /Single keys/ }).uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    await expect.poll(async () => (await headings(page))[0]).toBe('Base 1.96 MB');
    await page.context().close();
  });

  it('says everything of a frame, with a link to its line at the commit that has it', async () => {
    const page = await open(storyFile);
    await page
      .locator('canvas')
      .first()
      .click({ position: { x: 60, y: 4 * 24 + 10 } });
    const detail = page.getByRole('complementary', { name: 'Selected frame' });
    expect(await detail.getByRole('row').allInnerTexts()).toHaveLength(6);
    const link = detail.getByRole('link');
    expect(await link.getAttribute('href')).toMatch(/\/blob\/4d7c5dd[0-9a-f]{33}\/src\/lib\.rs#L63$/);
    await detail.getByRole('button', { name: 'Copy stack' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'dates::main\ndates::parse\ndates::Parser::default\ndates::parse_info',
    );
    await page.context().close();
  });

  it('lists functions, sorts them, and shows who calls them', async () => {
    const page = await open(storyFile, '#v=functions');
    const names = () => page.locator('table.sorted tbody th .frame-button').allTextContents();
    expect((await names()).slice(0, 2)).toEqual(['dates::parse_info', 'Parser::default']);
    await page.getByRole('button', { name: 'total head' }).click();
    expect((await names())[0]).toBe('dates::main');
    await page.getByRole('button', { name: 'Parser::default' }).first().click();
    const sandwich = page.getByRole('region', { name: 'Callers and callees of Parser::default' });
    expect(await sandwich.locator('li').allInnerTexts()).toEqual([
      expect.stringMatching(/dates::parse\s+1.71 MB → 0 B/),
      expect.stringMatching(/dates::TABLES\s+0 B → 9.99 KB/),
      expect.stringMatching(/dates::parse_info\s+1.39 MB → 8.11 KB/),
      expect.stringMatching(/Box::new_uninit\s+321 KB → 1.88 KB/),
    ]);
    await sandwich.getByRole('button', { name: 'Show in flame graph' }).click();
    await expect.poll(() => activeFrame(page)).toMatch(/^Parser::default, 1.71 MB/);
    await page.context().close();
  });

  it('lists lines where they are now, and marks those of the pull request', async () => {
    const page = await open(storyFile, '#v=lines');
    const rows = await page.locator('table.sorted tbody tr').allInnerTexts();
    expect(rows[0]).toMatch(/src\/lib\.rs:63\s+dates::parse_info\s+1.39 MB\s+8.11 KB/);
    expect(rows.find((row) => row.includes('dates::tokenize'))).toMatch(
      /src\/lib\.rs:121\s.*179 KB\s+179 KB\s+0\s/s,
    );
    const touched = rows.filter((row) => row.includes('touched by this pull request'));
    expect(touched).toEqual([
      expect.stringMatching(/src\/text\.rs:7 \(base\)\s+dates::to_lowercase\s+70.4 KB\s+0 B/),
      expect.stringMatching(/src\/text\.rs:7\s+dates::to_lowercase\s+0 B\s+70.4 KB/),
    ]);
    await page.context().close();
  });

  it('keeps metric and benchmark from view to view, and goes back from them', async () => {
    const file = await write('several', [
      story,
      { name: 'only head', diff: diffOf(null, STORY.head), lines: null, hasBase: false },
    ]);
    const page = await open(file, '#b=only+head&m=peak');
    await expect.poll(() => headings(page)).toEqual(['Head 7.8 KB']);
    expect(await page.locator('.legend').count()).toBe(0);
    await chooseView(page, 'Functions');
    await expect.poll(() => page.url()).toContain('b=only+head&v=functions&m=peak');
    await page.getByLabel('Benchmark').selectOption('parse');
    await chooseView(page, 'Summary');
    expect(await page.locator('#summary').isVisible()).toBe(true);
    await page.goBack();
    await page.goBack();
    await expect.poll(() => page.getByLabel('Benchmark').inputValue()).not.toBe('0');
    await page.context().close();
  });

  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  for (const colorScheme of ['light', 'dark'] as const) {
    it.each(['flame', 'functions', 'lines', 'summary'])(
      `has no violation that axe knows: %s, ${colorScheme}`,
      async (view) => {
        const page = await open(storyFile, `#v=${view}`, { colorScheme });
        if (view === 'flame') await page.keyboard.press('n');
        if (view === 'functions') await page.locator('.frame-button').first().click();
        await page.evaluate(await readFile(axe, 'utf8'));
        const violations = await page.evaluate(`
          axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
            .then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))`);
        expect(violations).toEqual([]);
        await page.context().close();
      },
    );
  }

  it('has the theme that the button says, whatever the system has', async () => {
    const page = await open(storyFile, '', { colorScheme: 'dark' });
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await background()).toBe('rgb(13, 17, 23)');
    await page.getByRole('button', { name: 'Theme: system' }).click();
    expect(await background()).toBe('rgb(255, 255, 255)');
    await page.getByRole('button', { name: 'Theme: light' }).click();
    expect(await background()).toBe('rgb(13, 17, 23)');
    await page.context().close();
  });

  it.each([343, 900, 1600])('needs no sideways scrolling at %d px', async (width) => {
    for (const view of ['flame', 'functions', 'lines', 'summary']) {
      const page = await open(storyFile, `#v=${view}`, { viewport: { width, height: 740 } });
      const [scroll, client] = await page.evaluate<[number, number]>(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      );
      expect(scroll, view).toBeLessThanOrEqual(client);
      await page.context().close();
    }
  });

  it('shows hostile names and obeys none', async () => {
    const names = [
      ...HOSTILE_NAMES,
      '</script><script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '__proto__',
      'constructor',
      'safe\u202Egnp.exe',
    ].filter((name) => !/[;@\n]/.test(name) && name.trim() !== '');
    const stacks = names.map((name, i) => `main@src/a.c:1;${name}@src/a.c:2 ${90_000 - i} 3`).join('\n');
    const hostile = diffOf(profileOf('main@src/a.c:1 100 1'), profileOf(stacks));
    const file = await write('hostile', [
      { name: '<img src=x onerror=alert(2)>', diff: hostile, lines: null },
    ]);
    const page = await open(file);
    for (const view of ['Functions', 'Lines', 'Summary', 'Flame']) await chooseView(page, view);
    await focusFrames(page);
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    await chooseView(page, 'Functions');
    const text = (await page.locator('table.sorted').innerText()).normalize();
    for (const shown of ['__proto__', 'constructor', 'safe\\u202Egnp.exe', '<img src=x onerror=alert(1)>']) {
      expect(text).toContain(shown);
    }
    expect(await page.evaluate('({}).polluted === undefined')).toBe(true);
    await page.context().close();
  });

  it('holds 100,000 frames', async () => {
    const file = await write('large', [{ name: 'large', diff: largeDiff(100_000), lines: null }]);
    const size = (await readFile(file)).length;
    expect(size).toBeLessThan(2_000_000);
    const page = await open(file, '#s=full&c=0', { viewport: { width: 1600, height: 900 } });
    const opened = await durations(page, 'memtrack:opened');
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('n');
      await focusFrames(page);
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
    }
    const zooms = (await durations(page, 'memtrack:zoomed')).sort((a, b) => a - b);
    expect(zooms).toHaveLength(16);
    const median = zooms[8].toFixed(0);
    console.log(
      `100,000 frames: ${(size / 1e6).toFixed(2)} MB, open in ${opened[0].toFixed(0)} ms, zoom in ${median} ms (median of ${zooms.length})`,
    );
    await page.context().close();
  }, 120_000);
});

function durations(page: Page, name: string): Promise<number[]> {
  return page.evaluate(`performance.getEntriesByName('${name}').map(({ duration }) => duration)`);
}
