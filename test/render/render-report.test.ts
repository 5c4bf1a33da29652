import { createHash } from 'node:crypto';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/render/html.ts';
import { renderJson } from '../../src/render/json.ts';
import { renderReport } from '../../src/render/render-report.ts';
import type { Report } from '../../src/report/report.ts';
import {
  accepted,
  baseFailed,
  HOSTILE_NAMES,
  headFailed,
  hostileNames,
  improvement,
  newBenchmark,
  regression,
  severalBenchmarks,
  severalRuns,
  unchanged,
} from './example-reports.ts';

const OPTIONS = { links: { report: null }, commentName: 'default' };

const REPORTS: readonly (readonly [string, Report])[] = [
  ['improvement', improvement()],
  ['regression', regression()],
  ['unchanged', unchanged()],
  ['new', newBenchmark()],
  ['base failed', baseFailed()],
  ['head failed', headFailed()],
  ['several', severalBenchmarks()],
  ['several runs', severalRuns()],
];

it.each(REPORTS)('%s: every output has the headline, and is the same bytes every time', async (_, report) => {
  const rendered = await renderReport(report, OPTIONS);
  const { headline } = JSON.parse(rendered.json);
  const numbers = headline.replace(/ \(no base\)| \(no change\)|head /g, '');
  if (report.benchmarks[0].baseFailure === null) {
    expect(rendered.commentMarkdown).toContain(numbers);
    expect(rendered.summaryMarkdown).toContain(numbers);
  }
  expect(rendered.html).toContain(`<title>Memory: ${headline}</title>`);
  expect(rendered).toEqual(await renderReport(report, OPTIONS));
});

describe('report.html', () => {
  it('says who accepted growth over a limit', async () => {
    const { html } = await renderReport(accepted(), OPTIONS);
    const alert = new JSDOM(html).window.document.querySelector('.alert')?.textContent;
    expect(alert).toContain(
      'octocat accepted the growth with the label memory-accepted, so this check passes.',
    );
  });

  const textOf = async (report: Report) => {
    const { document } = new JSDOM((await renderReport(report, OPTIONS)).html).window;
    return (selector: string) =>
      document.querySelector(selector)?.textContent?.replaceAll('\u00A0', ' ') ?? '';
  };

  it.each([
    [regression(), 'allocates 300 KB → 2 MB (+566 %), over its limit'],
    [accepted(), 'allocates 300 KB → 2 MB (+566 %), over its limit, accepted'],
    [improvement(), 'allocates 2 MB → 300 KB (−85 %), but live at exit grew'],
  ])('has the heading of the comment, with what the numbers alone hide', async (report, heading) => {
    expect((await textOf(report))('h1')).toContain(heading);
    expect((await renderReport(report, OPTIONS)).commentMarkdown.split('\n')[1]).toContain(heading);
  });

  it.each(['c++', 'rust'] as const)(
    'shows the code in hints as code and not between backticks: %s',
    async (language) => {
      const report = regression();
      const hint = { name: 'copy', shortName: 'copy', file: null, line: null, language, bytes: 9, calls: 9 };
      const smells = ['thrown-away-copies', 'temporary-strings', 'growth-without-reserve'] as const;
      const hints = smells.map((smell) => ({ ...hint, smell }));
      const benchmarks = report.benchmarks.map((benchmark) => ({ ...benchmark, hints }));
      const { html } = await renderReport({ ...report, benchmarks }, OPTIONS);
      const { document } = new JSDOM(html).window;
      expect(document.querySelector('main')?.textContent).not.toContain('`');
      const codes = [...document.querySelectorAll('p code')].map(({ textContent }) => textContent);
      expect(codes).toEqual(
        expect.arrayContaining(language === 'c++' ? ['const&', 'std::string_view', 'reserve'] : ['&str']),
      );
    },
  );

  it('says what the comment says of how far its numbers can be trusted', async () => {
    const report = improvement();
    const benchmarks = report.benchmarks.map((benchmark) => ({ ...benchmark, isBaseFromCache: true }));
    const text = (await textOf({ ...report, benchmarks }))('main');
    expect(text).toContain('Base was measured by an earlier run.');
    expect(text).toContain('97 % of the bytes are in call stacks that both sides have, or only moved.');
  });

  it('says of a limit what the comment says', async () => {
    expect((await textOf(regression()))('.alert')).toBe(
      'Bytes allocated grew by 1.7 MB (+566 %); the limit is +10%.This check fails.',
    );
  });

  it('says why nothing changed, and why there is nothing to compare with', async () => {
    expect((await textOf(unchanged()))('main')).toContain('Every number is the same on both sides.');
    expect((await textOf(newBenchmark()))('main')).toContain('to compare with.');
    expect((await textOf(baseFailed()))('.alert')).toContain('limits on growth were not checked.');
  });

  it('calls nothing new in the call tree of head alone', async () => {
    const report = newBenchmark();
    const { callTree } = improvement().benchmarks[0];
    const benchmarks = report.benchmarks.map((benchmark) => ({ ...benchmark, callTree }));
    const tree = (await textOf({ ...report, benchmarks }))('pre');
    expect(tree).toMatch(/^ +head\n\S/);
    expect(tree).not.toMatch(/▲| 0 B/);
  });

  it('allows its one style sheet by hash and nothing else', async () => {
    const { html } = await renderReport(severalBenchmarks(), OPTIONS);
    const { document } = new JSDOM(html).window;
    const styles = document.querySelectorAll('style');
    expect(styles).toHaveLength(1);
    const hash = createHash('sha256')
      .update(styles[0].textContent ?? '')
      .digest('base64');
    const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content');
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(document.querySelectorAll('script, [style], [src], link')).toHaveLength(0);
  });

  it('has a picture for each benchmark that changed, with ids of its own', async () => {
    const { html } = await renderReport(severalBenchmarks(), OPTIONS);
    const { document } = new JSDOM(html).window;
    expect(document.querySelectorAll('svg.flame')).toHaveLength(2);
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  let harmless: string | undefined;
  it.each(HOSTILE_NAMES.map((name) => [name.slice(0, 40), name]))('%j adds no element', (_, name) => {
    const html = renderHtml(hostileNames(name), [null]);
    const tags = new Set([...html.matchAll(/<\/?([a-z0-9!]+)[\s/>]/gi)].map(([, tag]) => tag));
    harmless ??= renderHtml(hostileNames('src/lib.rs'), [null]);
    for (const tag of tags) expect(harmless).toContain(`<${tag}`);
    expect(html.replace(/"[^"]*"/g, '')).not.toMatch(/<[a-z][^<>]*\son\w+=/);
  });
});

describe('report.json', () => {
  it('is version 1, with exact numbers and raw names', async () => {
    const json = JSON.parse((await renderReport(regression(), OPTIONS)).json);
    expect(json.version).toBe(1);
    expect(json.verdict).toBe('regressed');
    expect(Object.keys(json.benchmarks[0].metrics)).toEqual([
      'allocated',
      'allocations',
      'temporary',
      'peak',
      'leaked',
    ]);
    expect(json.benchmarks[0].metrics.allocated).toEqual({
      base: 300_000,
      head: 1_997_960,
      delta: 1_697_960,
      ratio: 1_697_960 / 300_000,
      verdict: 'regressed',
      limit: { text: '10%', kind: 'fail-on', isExceeded: true },
      spread: null,
      advisory: false,
    });
    expect(json.benchmarks[0].changes[0]).toEqual({
      metric: 'allocated',
      function: 'dtparse::dtparse::parse_info',
      file: 'src/lib.rs',
      line: 163,
      onChangedLine: false,
      base: 8_110,
      head: 1_386_810,
      delta: 1_378_700,
      status: 'grew',
    });
  });

  it('says how many runs there were, and between what each number varied', () => {
    const [benchmark] = JSON.parse(renderJson(severalRuns())).benchmarks;
    expect(benchmark.runs).toBe(3);
    expect(benchmark.metrics.peak).toMatchObject({
      verdict: 'unchanged',
      spread: {
        base: { min: 6_140, median: 6_840, max: 7_540 },
        head: { min: 6_700, median: 7_300, max: 7_900 },
      },
      advisory: true,
    });
  });

  it('gives the reason of a failure as a note', async () => {
    const json = JSON.parse((await renderReport(headFailed(), OPTIONS)).json);
    expect(json.benchmarks[0].metrics).toEqual({});
    expect(json.benchmarks[0].notes[0]).toMatch(/^head, run: The program ended with exit code 134/);
  });

  it('keeps hostile names as they are', () => {
    for (const name of HOSTILE_NAMES.filter((one) => one.isWellFormed())) {
      const json = JSON.parse(renderJson(hostileNames(name)));
      expect(json.benchmarks[0].name).toBe(name);
    }
  });
});

it('draws nothing when nothing changed', async () => {
  expect((await renderReport(unchanged(), OPTIONS)).svg).toBeNull();
});
