import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { diffToFolded } from '../../src/diff/diff-to-folded.ts';
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

const story = {
  name: 'parse',
  diff: diffOf(STORY.base, STORY.head),
  lines: STORY_LINES,
} satisfies NamedSource;

/** What comes with the next frame, on a machine that has other things to do. */
function soon<Value>(read: () => Value) {
  return expect.poll(read, { timeout: 60_000 });
}

describe.skipIf(executable === null)('report.html in a browser', () => {
  let browser: Browser;
  let folder: string;
  let storyFile: string;
  /** What the pages said and asked for that they should not. */
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await startBrowser(executable ?? '');
    folder = await mkdtemp(join(tmpdir(), 'memtrack-page-'));
    storyFile = await write('story', [story]);
  });
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

  /** @param script runs before those of the page */
  async function open(
    file: string,
    hash = '',
    options: BrowserContextOptions = {},
    script: string | null = null,
  ): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    if (script !== null) await page.addInitScript(script);
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
      // What the page makes itself, to be saved, is no request to anybody.
      const isOwn = request.url().split('#')[0] === address || request.url().startsWith('blob:');
      if (!isOwn) complaints.push(`request ${request.url()}`);
    });
    await page.goto(address + hash);
    await page.waitForSelector('html.interactive');
    return page;
  }

  const activeFrame = (page: Page) =>
    page.locator('[role="treeitem"][tabindex="0"]').getAttribute('aria-label');
  const headings = (page: Page) => page.locator('.pane h2').allTextContents();
  const clipboard = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()');
  const focusFrames = (page: Page) => page.locator('[role="treeitem"][tabindex="0"]').focus();
  const chooseView = (page: Page, name: string) => page.getByRole('tab', { name }).click();

  it('opens from disk, offline, with both panes and without a complaint', async () => {
    const page = await open(storyFile, '', { offline: true });
    await soon(() => headings(page)).toEqual(['Base 1.96 MB', 'Head 265 KB']);
    const heading = await page.getByRole('heading', { level: 1 }).textContent();
    expect(heading).toMatch(/1\.97\sMB → 268\sKB/);
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

  it.each([320, 760, 1000])('keeps the numbers of a metric inside its card, %i px wide', async (width) => {
    const stacks = 'main@src/a.c:1;fill@src/a.c:2';
    const diff = diffOf(
      profileOf(`${stacks} 123456789 12345678 1234567 113456789`),
      profileOf(`${stacks} 987654321 98765432 2345678 983456789`),
    );
    const file = await write('numbers', [{ name: 'numbers', diff, lines: null }]);
    const page = await open(file, '', { viewport: { width, height: 800 } });
    const overflows = await page.locator('.metric-card').evaluateAll(
      // The text runs in the page, whose types are not these.
      (cards) =>
        (cards as unknown as { scrollWidth: number; clientWidth: number }[]).map(
          ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
        ),
    );
    expect(overflows).toEqual([0, 0, 0, 0, 0]);
    await page.context().close();
  });

  it('says so where there is nothing to draw', async () => {
    const stacks = 'main@src/a.c:1;fill@src/a.c:2';
    const diff = diffOf(profileOf(`${stacks} 1000 10 0 500 500`), profileOf(`${stacks} 9000 90 0 500 500`));
    const page = await open(await write('empty', [{ name: 'empty', diff, lines: null }]), '#m=temporary');
    const text = () => page.locator('.flame-host').innerText();
    await soon(text).toBe('Temporary allocations: none on either side.');
    await page.getByRole('radio', { name: /Live at exit/ }).check();
    await soon(() => headings(page)).toEqual(['Base 500 B', 'Head 500 B']);
    await page.getByLabel('Changes only').check();
    await soon(text).toContain('Live at exit: nothing here changed.');
    await page.getByRole('radio', { name: /Bytes allocated/ }).check();
    await soon(() => headings(page)).toEqual([
      'Base 1 KB, of which nothing changed',
      'Head 9 KB, of which 8 KB changed',
    ]);
    await page.context().close();
  });

  it.each([343, 900, 1200])(
    'shows all columns of the functions that it has room for, %i px wide',
    async (width) => {
      const page = await open(storyFile, '#v=functions', { viewport: { width, height: 800 } });
      const hidden = await page
        .locator('section.wide')
        // The text runs in the page, whose types are not these.
        .evaluate((section) => {
          const { scrollWidth, clientWidth } = section as unknown as Record<string, number>;
          return scrollWidth - clientWidth;
        });
      expect(hidden).toBe(0);
      await page.context().close();
    },
  );

  it('prints the summary below the view', async () => {
    const page = await open(storyFile);
    expect(await page.locator('#summary').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#summary').isVisible()).toBe(true);
    await page.context().close();
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
    await soon(() => activeFrame(page)).toBe('Parser::default, 1.71 MB to 0 B, gone');
    await soon(() => headings(page)).toEqual(['Base 1.96 MB', 'Head 265 KB']);
    await base.click(row);
    await soon(() => headings(page)).toEqual(['Base 1.71 MB', 'Head 0 B']);
    await soon(() => page.url()).toMatch(/[#&]z=[0-9a-f]{10}/);
    await page.goBack();
    await soon(() => headings(page)).toEqual(['Base 1.96 MB', 'Head 265 KB']);
    await page.goForward();
    await soon(() => headings(page)).toEqual(['Base 1.71 MB', 'Head 0 B']);
    await page.context().close();
  });

  it('follows a link to a frame, in a file of another run, too', async () => {
    const page = await open(storyFile);
    await page
      .locator('canvas')
      .first()
      .click({ position: { x: 60, y: 4 * 24 + 10 } });
    await page.getByRole('button', { name: 'Copy link' }).click();
    await soon(() => clipboard(page)).toMatch(/#v=flame&m=allocated&f=[0-9a-f]{10}$/);
    const link = await clipboard(page);
    await page.context().close();

    const more = `${'dates::main@src/main.rs:9;dates::added@src/new.rs:3 5000000 10'}\n`;
    const other = { base: STORY.base, head: profileOf(more) };
    const file = await write('other-run', [{ ...story, diff: diffOf(other.base, other.head) }]);
    const again = await open(file, link.slice(link.indexOf('#')));
    expect(await activeFrame(again)).toMatch(/^dates::parse_info, 1.39 MB to 0 B/);
    await again.context().close();
  });

  it('says so where a link is to a frame or function that is not in the report', async () => {
    const status = 'What this link is about is not in this report.';
    for (const link of ['#v=flame&z=0123456789&f=0123456789', '#v=functions&fn=0123456789']) {
      const page = await open(storyFile, link);
      expect(await page.getByRole('status').allTextContents()).toContain(status);
      await chooseView(page, 'Lines');
      await soon(() => page.getByRole('status').allTextContents()).not.toContain(status);
      await page.context().close();
    }
  });

  it('shows what is around a zoomed frame that costs nothing by another metric', async () => {
    const page = await open(storyFile);
    await page.keyboard.press('n');
    await focusFrames(page);
    await page.keyboard.press('Enter');
    await soon(() => headings(page)).toEqual(['Base 1.34 MB', 'Head 0 B']);
    await page.keyboard.press('3');
    await soon(() => headings(page)).toEqual(['Base 3,757', 'Head 3,757']);
    expect(await page.getByRole('status').allTextContents()).toContain(
      'Temporary allocations: none in HashMap::insert, so what is around it is shown.',
    );
    expect(await activeFrame(page)).toBe('dates::parse, 3,757, no change');
    expect(await page.locator('.numbers').innerText()).toMatch(/no change$/);
    await page.keyboard.press('1');
    await soon(() => headings(page)).toEqual(['Base 1.34 MB', 'Head 0 B']);
    await page.context().close();
  });

  it('finds frames, counting what is nested once, and goes from one to the next', async () => {
    const page = await open(storyFile);
    await page.keyboard.press('/');
    await page.keyboard.type('parser');
    const found = page.locator('#search-result');
    await soon(() => found.textContent()).toBe('3 frames, 1.96 MB → 260 KB');
    await page.keyboard.press('Enter');
    await soon(() => activeFrame(page)).toMatch(/^Parser::default, 1.71 MB/);
    await page.keyboard.press('Enter');
    await soon(() => activeFrame(page)).toMatch(/^Parser::parse, 250 KB/);
    await page.keyboard.press('Shift+Enter');
    await soon(() => activeFrame(page)).toMatch(/^Parser::default/);
    await page.locator('input[type="search"]').fill('/insert$|new_un/');
    await soon(() => found.textContent()).toBe('4 frames, 1.66 MB → 9.71 KB');
    await page.locator('input[type="search"]').fill('Vec::push');
    await soon(() => found.textContent()).toBe('1 frame, 179 KB');
    await page.locator('input[type="search"]').fill('/(/');
    await soon(() => found.textContent()).toContain('Not a regular expression: Unterminated group');
    await page.context().close();
  });

  it('shows each metric, by keys 1 to 5 and m', async () => {
    const page = await open(storyFile);
    await page.keyboard.press('2');
    await soon(() => headings(page)).toEqual(['Base 27,903', 'Head 6,042']);
    await page.keyboard.press('5');
    await soon(() => headings(page)).toEqual(['Base 544 B', 'Head 5.15 KB']);
    await page.keyboard.press('m');
    await soon(() => headings(page)).toEqual(['Base 1.96 MB', 'Head 265 KB']);
    await page.getByRole('radio', { name: /Allocation calls/ }).check();
    await soon(() => page.url()).toContain('m=allocations');
    await page.context().close();
  });

  it('obeys a key that is pressed before the page is first painted', async () => {
    // Called when the page is there: before the next task, so before any painting.
    const press = `new MutationObserver((_, observer) => {
      observer.disconnect();
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '2', bubbles: true }));
    }).observe(document, { subtree: true, attributeFilter: ['class'] });`;
    const page = await open(storyFile, '', {}, press);
    await soon(() => page.url()).toContain('m=allocations');
    await page.context().close();
  });

  it('does everything by keys alone', async () => {
    const page = await open(storyFile);
    let presses = 0;
    while (!(await page.evaluate<boolean>(`document.activeElement.getAttribute('role') === 'treeitem'`))) {
      await page.keyboard.press('Tab');
      if (++presses > 40) throw new Error('the tree of frames cannot be reached');
    }
    await soon(() => activeFrame(page)).toMatch(/^all, /);
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    await soon(() => activeFrame(page)).toMatch(/^Parser::default/);
    await page.keyboard.press('ArrowRight');
    await soon(() => activeFrame(page)).toMatch(/^Parser::parse/);
    expect(await page.evaluate(`document.activeElement.getAttribute('aria-selected')`)).toBe('true');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await soon(async () => (await headings(page))[0]).toBe('Base 1.71 MB');
    await page.keyboard.press('Backspace');
    await soon(() => headings(page)).toEqual(['Base 1.96 MB', 'Head 260 KB']);
    await page.keyboard.press('n');
    await soon(() => activeFrame(page)).toMatch(/^HashMap::insert, 1.34 MB to 0 B, gone/);
    await page.keyboard.press('b');
    await soon(() => headings(page)).toEqual(['Base and head together 1.96 MB → 260 KB']);
    await page.keyboard.press('f');
    await soon(() => activeFrame(page)).toMatch(/^HashMap::insert/);
    await focusFrames(page);
    await page.keyboard.press('ArrowDown');
    await soon(() => activeFrame(page)).toMatch(/^raw_vec::grow/);
    await page.keyboard.press('i');
    await soon(() => page.url()).toContain('d=callers');
    await page.keyboard.press('?');
    await soon(() => page.getByRole('dialog').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await soon(() => page.getByRole('dialog').isVisible()).toBe(false);
    await page.context().close();
  });

  it('has single keys that can be switched off', async () => {
    const page = await open(storyFile);
    await page.keyboard.press('?');
    await page.getByRole('checkbox', { name: /^Keys work/ }).uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    await soon(async () => (await headings(page))[0]).toBe('Base 1.96 MB');
    await page.context().close();
  });

  it('says everything of a frame, with a link to its line at the commit that has it', async () => {
    const page = await open(storyFile);
    await page
      .locator('canvas')
      .first()
      .click({ position: { x: 60, y: 4 * 24 + 10 } });
    const detail = page.getByRole('complementary', { name: 'Selected frame' });
    await soon(() => detail.getByRole('row').allInnerTexts()).toHaveLength(6);
    const link = detail.getByRole('link');
    expect(await link.getAttribute('href')).toMatch(/\/blob\/4d7c5dd[0-9a-f]{33}\/src\/lib\.rs#L63$/);
    await detail.getByRole('button', { name: 'Copy stack' }).click();
    await soon(() => clipboard(page)).toBe(
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
    await soon(() => activeFrame(page)).toMatch(/^Parser::default, 1.71 MB/);
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
    await soon(() => headings(page)).toEqual(['Head 7.8 KB']);
    expect(await page.locator('.legend').count()).toBe(0);
    await chooseView(page, 'Functions');
    await soon(() => page.url()).toContain('b=only+head&v=functions&m=peak');
    await page.getByLabel('Benchmark').selectOption('parse');
    await chooseView(page, 'Summary');
    expect(await page.locator('#summary').isVisible()).toBe(true);
    await page.goBack();
    await page.goBack();
    await soon(() => page.getByLabel('Benchmark').inputValue()).not.toBe('0');
    await page.context().close();
  });

  it('says of each of several benchmarks what the summary says first of it', async () => {
    const swapped = { ...story, name: 'back', diff: diffOf(STORY.head, STORY.base) };
    const file = await write('leads', [story, swapped]);
    const page = await open(file, '#b=parse');
    const lead = () => page.locator('.benchmark-lead').innerText();
    await soon(lead).toMatch(/^Parser::default, with all that it calls, went from 1.71 MB to 9.99 KB/);
    await page.getByLabel('Benchmark').selectOption('back');
    await soon(lead).toMatch(/^Parser::default, with all that it calls, went from 9.99 KB to 1.71 MB/);
    await chooseView(page, 'Summary');
    await soon(() => page.locator('.benchmark-lead').count()).toBe(0);
    await page.context().close();
  });

  it('shows the summary of a benchmark that failed, where the comment links to it', async () => {
    const file = await write('one-failed', [story, { name: 'broken', diff: null, lines: null }]);
    const page = await open(file, '#benchmark-1', { viewport: { width: 900, height: 400 } });
    const failed = page.locator('#benchmark-1');
    expect(await failed.textContent()).toContain('broken: head did not run to its end');
    await soon(() => page.getByRole('tab', { selected: true }).textContent()).toBe('Summary');
    const top = `document.getElementById('benchmark-1').getBoundingClientRect().top`;
    const isInView = () => page.evaluate(`${top} < window.innerHeight`);
    await soon(isInView).toBe(true);
    await page.context().close();
  });

  it.each([1200, 1280, 1440])(
    'leaves the graph where it is when one zooms or searches, %i px wide',
    async (width) => {
      const page = await open(storyFile, '', { viewport: { width, height: 900 } });
      const top = async () => (await page.locator('canvas').first().boundingBox())?.y;
      const before = await top();
      await page.keyboard.press('n');
      await focusFrames(page);
      await page.keyboard.press('Enter');
      await soon(() => page.getByRole('button', { name: 'Show all' }).first().isVisible()).toBe(true);
      expect(await top()).toBe(before);
      await page.keyboard.press('/');
      await page.keyboard.type('parser');
      await soon(() => page.locator('#search-result').textContent()).toContain('frames');
      expect(await top()).toBe(before);
      await page.context().close();
    },
  );

  it('draws the live heap of both sides over one axis, each with its peak', async () => {
    const page = await open(storyFile, '#v=timeline');
    const chart = page.getByRole('img', { name: /^Live heap/ });
    expect(await chart.getAttribute('aria-label')).toBe(
      'Live heap: base peaks at 7.8 KB at 0.8 s of 0.9 s; head peaks at 6.1 KB at 0.3 s of 0.4 s',
    );
    await soon(() => coloursIn(page, '.timeline-chart canvas')).toEqual(
      expect.arrayContaining(['130 80 223', '89 99 110']),
    );
    const text = await page.locator('#panel-timeline').innerText();
    expect(text).toContain('Base ran for 0.9 s, head for 0.4 s');
    expect(text).toContain('at 0.8 s: base 7.8 KB, head has ended');
    await page.getByRole('radio', { name: 'Allocations and frees' }).check();
    await soon(() => page.url()).toContain('x=events');
    await soon(() => chart.getAttribute('aria-label')).toContain('of 54,000; head peaks');
    await page.context().close();
  });

  it('says what the timeline shows to those who do not see it, by keys alone', async () => {
    const page = await open(storyFile, '#v=timeline&x=time');
    const slider = page.getByRole('slider', { name: /Look at/ });
    await slider.focus();
    await page.keyboard.press('Home');
    await soon(() => slider.getAttribute('aria-valuetext')).toBe('at 0 s: base 0 B, head 0 B');
    await page.keyboard.press('PageUp');
    await soon(() => slider.getAttribute('aria-valuetext')).toMatch(/^at 0.09 s: base 5.55 KB, head/);
    const rows = page.getByRole('row');
    expect(await rows.count()).toBe(0);
    await page.getByText('The same as a table').click();
    await soon(() => rows.count()).toBe(17);
    const texts = await rows.allInnerTexts();
    expect(texts[0]).toMatch(/^until\s+base\s+head$/);
    expect(texts[16]).toMatch(/^0.9 s\s+\S+ KB\s+ended$/);
    expect(texts.some((text) => /7.8 KB\s+ended/.test(text))).toBe(true);
    await page.context().close();
  });

  it('has the sizes of both sides in a table that is a chart', async () => {
    const page = await open(storyFile, '#v=sizes');
    const calls = page.getByRole('table', { name: /^Allocation calls, by/ });
    expect((await calls.getByRole('row').allInnerTexts())[5]).toMatch(
      /^65 to 128\s+15,000\s+88\s+\u221214,912$/,
    );
    const bytes = page.getByRole('table', { name: /^Bytes allocated, by/ });
    expect(await bytes.getByRole('row').count()).toBe(11);
    const widths = await calls
      .locator('tbody tr')
      .nth(4)
      .locator('.bars span')
      .evaluateAll(
        // The text runs in the page, whose types are not these.
        (bars) => bars.map((bar) => (bar as unknown as { offsetWidth: number }).offsetWidth),
      );
    expect(widths[0]).toBeGreaterThan(50 * widths[1]);
    expect(widths[1]).toBeGreaterThanOrEqual(2);
    await page.context().close();
  });

  it('says so where a trace has neither times nor sizes', async () => {
    const folded = diffOf(profileOf('main@src/a.c:1 100 1'), profileOf('main@src/a.c:1 300 1'));
    const page = await open(
      await write('folded', [{ name: 'folded', diff: folded, lines: null }]),
      '#v=timeline',
    );
    expect(await page.locator('#panel-timeline').innerText()).toContain('There is no timeline');
    await chooseView(page, 'Sizes');
    await soon(() => page.locator('#panel-sizes').innerText()).toContain('There are no sizes');
    await page.context().close();
  });

  it('folds recursion at a switch, a key or a link', async () => {
    const stacks = 'main@src/a.c:1;walk@src/a.c:2;walk@src/a.c:3;walk@src/a.c:3;push@src/a.c:9';
    const diff = diffOf(profileOf(`${stacks} 100000 1`), profileOf(`${stacks} 300000 3`));
    const file = await write('recursion', [{ name: 'recursion', diff, lines: null }]);
    const page = await open(file, '#v=flame&c=0');
    const depth = () =>
      page
        .locator('.canvas-host')
        .first()
        .evaluate((host) => (host as unknown as { offsetHeight: number }).offsetHeight / 24);
    await soon(depth).toBe(6);
    await page.keyboard.press('r');
    await soon(depth).toBe(4);
    await soon(() => page.url()).toContain('r=1');
    await soon(() => headings(page)).toEqual(['Base 100 KB', 'Head 300 KB']);
    await page.reload();
    await soon(depth).toBe(4);
    await page.getByLabel('Fold recursion').uncheck();
    await soon(depth).toBe(6);
    await page.context().close();
  });

  it('saves folded stacks and the picture, from disk and offline', async () => {
    const page = await open(storyFile, '', { offline: true });
    const save = async (name: string) => {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe(name);
      return await readFile(await file.path(), 'utf8');
    };
    await page.getByRole('button', { name: 'Save' }).click();
    const expected = diffToFolded(story.diff, 'allocated');
    for (const side of ['base', 'head', 'diff'] as const) {
      expect(await save(`${side}.folded`)).toBe(Buffer.concat([...expected[side]]).toString());
    }
    const svg = await save('flamegraph.svg');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain('Base 1.96 MB');
    expect(svg).toContain('Parser::default 1.71 MB');
    expect(svg).not.toMatch(/<script|<style|foreignObject|href/);
    const picture = await browser.newPage();
    await picture.setContent(`<img alt="" src="data:image/svg+xml,${encodeURIComponent(svg)}">`);
    await soon(() => picture.evaluate<number>('document.querySelector("img").naturalWidth')).toBe(1232);
    await picture.close();
    await page.keyboard.press('Escape');
    await soon(() => page.getByRole('dialog').count()).toBe(0);
    await page.context().close();
  });

  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  for (const colorScheme of ['light', 'dark'] as const) {
    it.each(['flame', 'functions', 'lines', 'timeline', 'sizes', 'summary'])(
      `has no violation that axe knows: %s, ${colorScheme}`,
      async (view) => {
        const page = await open(storyFile, `#v=${view}`, { colorScheme });
        if (view === 'flame') await page.keyboard.press('n');
        if (view === 'functions') await page.locator('.frame-button').first().click();
        if (view === 'timeline') await page.getByText('The same as a table').click();
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
    for (const view of ['flame', 'functions', 'lines', 'timeline', 'sizes', 'summary']) {
      const page = await open(storyFile, `#v=${view}`, { viewport: { width, height: 740 } });
      const [scroll, client] = await page.evaluate<[number, number]>(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      );
      expect(scroll, view).toBeLessThanOrEqual(client);
      await page.context().close();
    }
  });

  it('C15, T25: shows hostile names and obeys none', async () => {
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
    for (const view of ['Functions', 'Lines', 'Timeline', 'Sizes', 'Summary', 'Flame'])
      await chooseView(page, view);
    await focusFrames(page);
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    // Nothing of the page comes before what says what it may do.
    const first = '[...document.head.children].slice(0, 2).map((element) => element.outerHTML)';
    expect(await page.evaluate<string[]>(first)).toEqual([
      '<meta charset="utf-8">',
      expect.stringMatching(/^<meta http-equiv="Content-Security-Policy" content="default-src 'none'; /),
    ]);
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
  });

  it('says that functions lack what was merged', async () => {
    const file = await write('merged', [{ name: 'merged', diff: largeDiff(150_000), lines: null }]);
    const page = await open(file, '#v=functions');
    const panel = () => page.locator('#panel-functions').innerText();
    await soon(panel).toContain('is in “smaller frames”, and not in the numbers of their functions.');
    await page.context().close();
  });
});

/** Colours, without those that smoothing makes. */
function coloursIn(page: Page, canvas: string): Promise<string[]> {
  return page.evaluate(`(() => {
    const canvas = document.querySelector('${canvas}');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const counts = new Map();
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] < 255) continue;
      const colour = data.slice(i, i + 3).join(' ');
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts].filter(([, count]) => count > 20).map(([colour]) => colour);
  })()`);
}

function durations(page: Page, name: string): Promise<number[]> {
  return page.evaluate(`performance.getEntriesByName('${name}').map(({ duration }) => duration)`);
}
