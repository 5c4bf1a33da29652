import { describe, expect, it } from 'vitest';
import { commentMarker, LONGEST_COMMENT, renderComment, renderSummary } from '../../src/render/markdown.ts';
import type { BenchmarkReport, Report } from '../../src/report/report.ts';
import { SecretMasker, StepReader } from '../github/workflow-commands.ts';
import {
  accepted,
  baseFailed,
  exampleBenchmark,
  exampleReport,
  foldedText,
  HINTS,
  HOSTILE_NAMES,
  headFailed,
  hostileNames,
  improvement,
  metricReports,
  newBenchmark,
  overBudget,
  regression,
  severalBenchmarks,
  severalRuns,
  unchanged,
} from './example-reports.ts';

const LINKS = { report: 'https://github.com/bspeice/dtparse/actions/runs/1/artifacts/2' };
const render = (report: Report) => renderComment(report, LINKS, 'default');

describe('the comment', () => {
  it.each([
    ['improvement', improvement()],
    ['regression', regression()],
    ['unchanged', unchanged()],
    ['new', newBenchmark()],
    ['base-failed', baseFailed()],
    ['head-failed', headFailed()],
    ['several', severalBenchmarks(3)],
    ['several-runs', severalRuns()],
    ['accepted', accepted()],
    ['folded-text', foldedText()],
  ])('reads well for %s', async (name, report) => {
    await expect(render(report)).toMatchFileSnapshot(`golden/comment-${name}.md`);
  });

  it('names the metric of a number that is not of the metric in the head of its column', () => {
    const before = { allocated: 4_100, allocations: 2, temporary: 0, peak: 4_100, leaked: 0 };
    const after = { ...before, allocated: 4_104, allocations: 3 };
    const limits = { allocations: { text: '0', kind: 'fail-on', isExceeded: true } } as const;
    const cli = exampleBenchmark({
      name: 'cli',
      verdict: 'regressed',
      metrics: metricReports(before, after, limits),
    });
    const rows = (...benchmarks: BenchmarkReport[]) =>
      render(exampleReport({ verdict: 'regressed', benchmarks }))
        .split('\n')
        .filter((line) => /^\| (benchmark|\[)/.test(line))
        .map((line) => line.replaceAll(/\[`(\w+)`\]\([^)]*\)|\u00a0/g, (_space, name) => name ?? ' '));
    const parse = exampleBenchmark();
    expect(rows(parse, cli).slice(0, 3)).toEqual([
      '| benchmark | bytes allocated base → head | change | allocations |  |',
      '| parse | 2 MB → 300 KB | −1.7 MB (−85 %) | −21,849 | ▼ less |',
      '| cli | allocation calls 2 → 3 | +1 (+50 %) | bytes allocated +4 B | ❌ over limit |',
    ]);
    expect(rows(cli, parse).slice(0, 3)).toEqual([
      '| benchmark | allocation calls base → head | change | bytes |  |',
      '| cli | 2 → 3 | +1 (+50 %) | +4 B | ❌ over limit |',
      '| parse | bytes allocated 2 MB → 300 KB | −1.7 MB (−85 %) | allocation calls −21,849 | ▼ less |',
    ]);
  });

  it('shows the picture when it has an address, and opens the report with it', () => {
    const image = 'https://raw.githubusercontent.com/o/r/memtrack/a.svg';
    const comment = renderComment(improvement(), { ...LINKS, image }, 'default');
    expect(comment).toContain(
      `<a href="${LINKS.report}"><img width="100%" alt="2 MB → 300 KB (−85 %)" src="${image}"></a>`,
    );
  });

  it('links nothing without addresses', () => {
    const report = exampleReport({ repositoryUrl: null });
    expect(renderComment(report, { report: null }, 'default')).not.toContain('](');
  });

  it('links a function that is gone to base, where it still exists', () => {
    const [change] = exampleBenchmark().changes;
    const report = exampleReport({
      benchmarks: [exampleBenchmark({ changes: [{ ...change, status: 'gone' }] })],
    });
    expect(render(report)).toContain('/blob/4d7c5dd0a8c1b6d6f3d26f8d1f0cbd0f1f6c8e11/src/lib.rs#L163');
  });

  it('T13: encodes paths, and links none that leave the repository', () => {
    const at = (file: string) => {
      const culprit = exampleBenchmark().culprit;
      return render(
        exampleReport({ benchmarks: [exampleBenchmark({ culprit: culprit && { ...culprit, file } })] }),
      );
    };
    expect(at('a dir/(x).rs')).toContain('/a%20dir/%28x%29.rs#L412');
    expect(at('../../evil/x.rs')).not.toContain('evil');
  });

  it('does not name the program when it is the only one and has no name', () => {
    const report = exampleReport({ benchmarks: [exampleBenchmark({ name: 'default' })] });
    expect(render(report)).toContain('## Memory: the program allocates 2 MB');
  });

  it('has two hints at most, with the remedy in the function’s language; the job summary has all', () => {
    const report = exampleReport({ benchmarks: [exampleBenchmark({ hints: HINTS })] });
    const hints = render(report).match(/^\*\*Hint.*$/gm);
    expect(hints).toHaveLength(2);
    expect(hints?.[0]).toBe(
      '**Hint**: [`Parser::default`](https://github.com/bspeice/dtparse/blob/ef3ea3849a7e5a9d3f2fd6f4a1ce1b40f05a7d22/src/lib.rs#L412) does the same work on every call (1.71 MB in 22,110 allocations). Make one and share it, for example in a `static` with `LazyLock`.',
    );
    expect(renderSummary(report, LINKS).match(/^\*\*Hint/gm)).toHaveLength(3);
  });

  it('has two hints at most of all benchmarks together, and says of which', () => {
    const benchmarks = ['a', 'b'].map((name) => exampleBenchmark({ name, hints: HINTS.slice(0, 2) }));
    const hints = render(exampleReport({ benchmarks })).match(/^\*\*Hint.*?:/gm);
    expect(hints).toEqual(['**Hint** in `a`:', '**Hint** in `a`:']);
  });

  it('says that a budget holds even where growth was accepted', () => {
    const [benchmark] = regression().benchmarks;
    const comment = render({ ...accepted(), benchmarks: [overBudget(benchmark)] });
    expect(comment).toContain('> [!CAUTION]');
    expect(comment).toContain('but a budget holds all the same. This check fails.');
  });

  it('says that head is over its budget where base could not be measured', () => {
    const [benchmark] = baseFailed().benchmarks;
    const comment = render(
      exampleReport({ verdict: 'regressed', benchmarks: [overBudget(benchmark, 'allocated')] }),
    );
    expect(comment).toContain('did not build, and head is over its budget');
    expect(comment).toContain('This check fails.');
  });

  it('says on which changed line the culprit changed most', () => {
    const culprit = exampleBenchmark().culprit;
    const touched = exampleBenchmark({ culprit: culprit && { ...culprit, isOnChangedLine: true } });
    expect(render(exampleReport({ benchmarks: [touched] }))).toContain(
      'It changed most on line 412, one of the changed lines.',
    );
  });

  it('has no picture and nothing to unfold but numbers where nothing changed', () => {
    const comment = renderComment(unchanged(), { ...LINKS, image: 'https://raw.example/a.svg' }, 'default');
    expect(comment).not.toContain('<img');
    expect(comment.match(/<summary>.*<\/summary>/g)).toEqual(['<summary>All metrics</summary>']);
  });

  it('never has more than five columns', () => {
    for (const report of [improvement(), regression(), newBenchmark(), severalBenchmarks()]) {
      for (const line of render(report).split('\n')) {
        if (/^\| :--/.test(line)) expect(line.split('|').length - 2).toBeLessThanOrEqual(5);
      }
    }
  });
});

describe('wrappers of malloc', () => {
  it.each([
    [[], 'libraries'],
    [['xmalloc'], 'libraries and `xmalloc`'],
    [['xmalloc', 'Arena::grow', 'pool_get'], 'libraries, `xmalloc`, `Arena::grow` and other wrappers'],
  ])('%j are named above the functions that they allocate for', (wrappers, words) => {
    const report = improvement();
    const benchmarks = report.benchmarks.map((benchmark) => ({ ...benchmark, wrappers }));
    expect(render({ ...report, benchmarks })).toContain(`each with what ${words} allocate for it`);
  });
});

describe('the marker', () => {
  it('is the first line', () => {
    expect(render(improvement()).split('\n')[0]).toBe('<!-- memtrack-action:default -->');
  });

  it('cannot be closed by the name in it', () => {
    expect(commentMarker('a--><b>')).toBe('<!-- memtrack-action:a%2D-%3E%3Cb%3E -->');
    expect(commentMarker('\uD800')).toBe('<!-- memtrack-action:%EF%BF%BD -->');
  });
});

describe('length', () => {
  const many = (count: number, change: Partial<BenchmarkReport> = {}) =>
    exampleReport({
      benchmarks: Array.from({ length: count }, (_, i) =>
        exampleBenchmark({ name: `benchmark_${i}`, ...change }),
      ),
    });

  it('stays in the budget with hundreds of benchmarks, and says how many rows are missing', () => {
    const comment = render(many(700));
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(LONGEST_COMMENT);
    expect(comment).toContain('… 650 more in [the report]');
  });

  it('drops call trees before tables of functions, and says so', () => {
    const { callTree } = exampleBenchmark();
    const rows = Array.from({ length: 100 }, () => callTree?.rows ?? []).flat();
    const comment = render(many(5, { callTree: { rows, hiddenFrames: 0 } }));
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(LONGEST_COMMENT);
    expect(comment).toMatch(/\d parts? left out here for length: see \[the report\]/);
    expect(comment.match(/Functions that changed most/g)).toHaveLength(5);
    expect(comment).toContain('<details><summary><code>benchmark&#95;0</code>');
  });

  it('drops what the words mean first of all', () => {
    const { callTree } = exampleBenchmark();
    const rows = Array.from({ length: 35 }, () => callTree?.rows ?? []).flat();
    const full = (benchmarks: number) => render(many(benchmarks, { callTree: { rows, hiddenFrames: 0 } }));
    expect(full(2)).toContain('What the words mean');
    const comment = full(5);
    expect(comment).not.toContain('What the words mean');
    expect(comment).toContain('left out here for length');
  });

  it('C22: stays in the budget whatever the names are', () => {
    const name = '@\u{E0041}|'.repeat(1000);
    const [hostile] = hostileNames(name).benchmarks;
    const report = exampleReport({ benchmarks: Array.from({ length: 200 }, () => hostile) });
    expect(Buffer.byteLength(render(report))).toBeLessThanOrEqual(LONGEST_COMMENT);
    expect(Buffer.byteLength(renderSummary(report, LINKS))).toBeLessThanOrEqual(900_000);
  });
});

describe('hostile names', () => {
  const structure = (markdown: string) =>
    markdown.split('\n').filter((line) => /^(#|\||>|<details|<\/details|- |<sub)/.test(line)).length;
  const harmless = structure(render(hostileNames('harmless')));

  it.each(HOSTILE_NAMES.map((name) => [name.slice(0, 40), name]))(
    '%j changes nothing but itself',
    (_, name) => {
      const comment = render(hostileNames(name));
      expect(structure(comment)).toBe(harmless);
      const outsideCode = comment
        .replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
        .replace(/<code>.*?<\/code>/g, '')
        .replace(/`[^`\n]+`/g, '');
      expect(outsideCode).not.toMatch(/@|<img|<script|javascript:|www\.|evil\.example\/|\u202E/);
      for (const row of comment.split('\n').filter((line) => line.startsWith('| '))) {
        expect(row.split('|').length).toBeLessThanOrEqual(7);
      }
    },
  );
});

it('C24: a job summary that would have three megabytes is one that the runner takes, and says that it is cut', () => {
  const { callTree } = exampleBenchmark();
  const rows = Array.from({ length: 40 }, () => callTree?.rows ?? []).flat();
  const benchmarks = Array.from({ length: 400 }, (_, index) =>
    exampleBenchmark({ name: `\u{1F600} ${index}`, callTree: { rows, hiddenFrames: 0 } }),
  );
  const one = renderSummary(exampleReport({ benchmarks: benchmarks.slice(0, 2) }), LINKS);
  expect(200 * Buffer.byteLength(one)).toBeGreaterThan(3 * 1024 ** 2);
  const summary = renderSummary(exampleReport({ benchmarks }), LINKS);
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1024 ** 2);
  expect(summary).toMatch(/parts? left out here for length: see \[the report\]/);
  const runner = new StepReader(new SecretMasker(), false);
  runner.readFiles({ env: '', output: '', path: '', state: '', step_summary: summary });
  expect(runner.annotations).toEqual([]);
  expect(runner.summary).toBe(summary);
});

it('the job summary is the comment without marker and with its call tree open', () => {
  const summary = renderSummary(improvement(), LINKS);
  expect(summary).toMatch(/^## Memory: `parse` allocates 2 MB → 300 KB/);
  expect(summary).not.toContain('<details><summary>Call tree');
  expect(summary).toContain('└─ dtparse::parse');
});
