import type { BenchmarkReport, Report } from '../report/report.ts';
import type { BenchmarkSources } from '../viewer-data/build-report-data.ts';
import { headline } from './headline.ts';
import { renderHtml, type ViewerAssets } from './html.ts';
import { packReportData } from './html-data.ts';
import { renderJson } from './json.ts';
import type { ReportLinks } from './links.ts';
import { renderComment, renderSummary } from './markdown.ts';
import type { FlameGraphPicture } from './svg-words.ts';

/** Every text that is made of a report. */
export interface RenderedReport {
  readonly commentMarkdown: string;
  readonly summaryMarkdown: string;
  readonly html: string;
  /** Flame graph of the first benchmark that has one; null when nothing changed anywhere. */
  readonly svg: string | null;
  readonly json: string;
}

export interface RenderOptions {
  readonly links: ReportLinks;
  /** Tells comments of several workflows on one pull request apart. */
  readonly commentName: string;
  /** What makes report.html interactive; left out or null: it has no script. */
  readonly interactive?: InteractiveOptions | null;
}

export interface InteractiveOptions {
  readonly viewer: ViewerAssets;
  /** What each benchmark's numbers were made of. */
  readonly sources: BenchmarkSources;
}

/** Pictures in report.html; a picture takes about 40 KB. */
const MAXIMUM_PICTURES = 25;

/** Every output of a report. Same input, same bytes. */
export async function renderReport(report: Report, options: RenderOptions): Promise<RenderedReport> {
  const interactive = options.interactive ?? null;
  // Packed before anything is drawn: what it needs for a moment is free again when jsdom comes.
  const part = interactive && {
    viewer: interactive.viewer,
    data: packReportData(report, interactive.sources),
  };
  const { svg, inPage } = await drawPictures(report);
  return {
    commentMarkdown: renderComment(report, options.links, options.commentName),
    summaryMarkdown: renderSummary(report, options.links),
    html: renderHtml(report, inPage, part),
    svg,
    json: renderJson(report),
  };
}

async function drawPictures(report: Report): Promise<{ svg: string | null; inPage: (string | null)[] }> {
  const pictures = report.benchmarks.map(pictureOf);
  const first = pictures.find((picture) => picture !== null);
  if (first === undefined) return { svg: null, inPage: [] };

  // Loaded here and nowhere else: d3-node brings jsdom, which takes longer to start than all the rest.
  const { renderSvg } = await import('./svg.ts');
  let drawn = 0;
  const inPage = pictures.map((picture, i) => {
    if (picture === null || drawn === MAXIMUM_PICTURES) return null;
    drawn++;
    return renderSvg(picture, { target: { kind: 'page' }, idPrefix: `flame-${i + 1}-` });
  });
  return { svg: renderSvg(first), inPage };
}

/** What there is to draw of a benchmark, or null when nothing changed or nothing was measured. */
export function pictureOf(benchmark: BenchmarkReport): FlameGraphPicture | null {
  const graph = benchmark.flameGraph;
  if (graph === null || graph.length === 0) return null;
  const hasBase = benchmark.metrics.some(({ metric, base }) => metric.id === graph.metric && base !== null);
  const changed = graph.gone[0] + graph.movedAway[0] + graph.movedHere[0] + graph.added[0];
  const isWorthDrawing = hasBase ? changed > 0 : graph.kept[0] + changed > 0;
  if (!isWorthDrawing) return null;
  // The picture's own metric, should the benchmark's headline be about another.
  const metrics = benchmark.metrics.filter(({ metric }) => metric.id === graph.metric);
  return {
    name: benchmark.name,
    graph,
    hasBase,
    headline: headline({ ...benchmark, primary: graph.metric, metrics }),
  };
}
