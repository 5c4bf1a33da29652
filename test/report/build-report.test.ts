import { describe, expect, it } from 'vitest';
import { forEachMetric } from '../../src/profile/metric.ts';
import { type BenchmarkFindings, buildBenchmarkReport, buildReport } from '../../src/report/build-report.ts';
import { foldedDiff } from '../diff/folded-diff.ts';

function report(base: string, head: string, more: Partial<BenchmarkFindings> = {}) {
  return buildBenchmarkReport({
    name: 'parse',
    primary: 'allocated',
    limits: forEachMetric(() => ({
      ignoreBelow: { ratio: null, absolute: 0, text: '0' },
      failOn: null,
      budget: null,
    })),
    diff: foldedDiff(base, head),
    hasBase: true,
    lines: null,
    runs: { base: [], head: [] },
    isThreaded: false,
    notes: [],
    baseFailure: null,
    headFailure: null,
    ...more,
  });
}

const CASE_STUDY = {
  base: 'main;parse;Parser;std::map::insert 1330\nmain;parse;Parser;std::string 370\nmain;parse;read 290\nmain;print 10',
  head: 'main;parse;Parser;std::map::insert 8\nmain;parse;Parser;std::string 2\nmain;parse;read 290\nmain;print 10',
};

describe('buildBenchmarkReport', () => {
  it('names the function that explains the change, not its callers and not its library', () => {
    expect(report(CASE_STUDY.base, CASE_STUDY.head).culprit).toMatchObject({
      name: 'Parser',
      base: 1700,
      head: 10,
    });
  });

  it('names no culprit where nothing changed', () => {
    expect(report(CASE_STUDY.base, CASE_STUDY.base).culprit).toBeNull();
  });

  it('counts what a function makes its libraries allocate as its own', () => {
    expect(report(CASE_STUDY.base, CASE_STUDY.head).changes).toEqual([
      expect.objectContaining({ name: 'Parser', base: 1700, head: 10, delta: -1690, status: 'shrank' }),
    ]);
  });

  it('counts recursion once', () => {
    expect(report('main;walk;walk;walk 30', 'main;walk;walk;walk 10').culprit).toMatchObject({
      base: 30,
      head: 10,
    });
  });

  it('shows the tree of calls with chains in one row, largest change first', () => {
    const rows = report(CASE_STUDY.base, CASE_STUDY.head).callTree?.rows;
    expect(
      rows?.map(({ depth, names, base, head }) => `${depth} ${names.join(' › ')} ${base} ${head}`),
    ).toEqual([
      '0 main 2000 310',
      '1 parse 1990 300',
      '2 Parser 1700 10',
      '3 std::map::insert 1330 8',
      '3 std::string 370 2',
      '2 read 290 290',
    ]);
  });

  it.each([
    ['main 10', 'main 5', 'improved'],
    ['main 5', 'main 10', 'grew'],
    ['main 5', 'main 5', 'unchanged'],
  ] as const)('judges %s → %s as %s', (base, head, verdict) => {
    expect(report(base, head).verdict).toBe(verdict);
  });

  it('lets mere advice decide nothing, but the headline still says what it found', () => {
    const diff = foldedDiff('main 100', 'main 150', 'peak');
    const advised = report('main 1', 'main 1', { diff, isThreaded: true });
    expect(advised.metrics).toMatchObject([{ metric: { id: 'peak' }, verdict: 'grew', isAdvisory: true }]);
    expect(advised.verdict).toBe('unchanged');
    expect(report('main 1', 'main 1', { diff, isThreaded: true, primary: 'peak' }).verdict).toBe('grew');
    expect(report('main 1', 'main 1', { diff, isThreaded: false }).verdict).toBe('grew');
  });

  it('blames no function for what varies anyway', () => {
    const runs = [90, 100, 110].map((allocated) => ({ ...forEachMetric(() => 0), allocated }));
    const noisy = report('main;parse 100', 'main;parse 109', { runs: { base: runs, head: runs } });
    expect(noisy).toMatchObject({ verdict: 'unchanged', runs: 3, culprit: null });
  });

  it('splits every node of the flame graph into what became of it', () => {
    const graph = report(CASE_STUDY.base, CASE_STUDY.head).flameGraph;
    if (graph === null) throw new Error('no flame graph');
    for (let node = 0; node < graph.length; node++) {
      const children = Array.from(graph.parent.keys()).filter((child) => graph.parent[child] === node);
      for (const part of ['kept', 'gone', 'added', 'movedAway', 'movedHere'] as const) {
        const below = children.reduce((sum, child) => sum + graph[part][child], 0);
        expect(graph[part][node]).toBe(below + graph.self[part][node]);
      }
    }
    expect(graph.kept[0] + graph.movedAway[0] + graph.gone[0]).toBe(2000);
    expect(graph.kept[0] + graph.movedHere[0] + graph.added[0]).toBe(310);
  });
});

describe('buildReport', () => {
  const facts = {
    base: null,
    head: { sha: null, label: 'head' },
    tracker: null,
    repositoryUrl: null,
  };

  it('puts the worst benchmark first, and of one verdict the one that changed most', () => {
    const benchmarks = [
      { ...report('main;a 5', 'main;a 5'), name: 'same' },
      { ...report('main;a 500', 'main;a 5'), name: 'better' },
      { ...report('main;a 5', 'main;a 50'), name: 'a little worse' },
      { ...report('main;a 5', 'main;a 500'), name: 'worse' },
    ];
    const built = buildReport(facts, benchmarks);
    expect(built.benchmarks.map(({ name }) => name)).toEqual(['worse', 'a little worse', 'better', 'same']);
    expect(built.verdict).toBe('grew');
  });

  it('is accepted by nobody unless told', () => {
    expect(buildReport(facts, []).accepted).toBeNull();
    const accepted = { by: 'octocat', label: 'memory-accepted' };
    expect(buildReport({ ...facts, accepted }, []).accepted).toEqual(accepted);
  });
});
