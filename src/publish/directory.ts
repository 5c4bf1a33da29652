import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FoldedDiff } from '../diff/diff-to-folded.ts';
import type { RenderedReport } from '../render/render-report.ts';

/** Absolute paths of the files that were written; null where there was nothing to write. */
export interface ReportFiles {
  readonly html: string;
  readonly svg: string | null;
  readonly comment: string;
  readonly json: string;
  readonly folded: { readonly base: string; readonly head: string; readonly diff: string } | null;
}

/**
 * Writes a report's files to a directory, which is made when missing. Files of an earlier report that this one does
 * not have are removed, so that what lies there belongs together.
 */
export async function writeReportFiles(
  directory: string,
  rendered: RenderedReport,
  folded: FoldedDiff | null,
): Promise<ReportFiles> {
  const folder = resolve(directory);
  await mkdir(folder, { recursive: true });
  const write = async (name: string, text: string | null) => {
    const path = join(folder, name);
    if (text === null) await rm(path, { force: true });
    else await writeFile(path, text);
    return path;
  };
  const html = await write('report.html', rendered.html);
  const svg = await write('flamegraph.svg', rendered.svg);
  const comment = await write('comment.md', rendered.commentMarkdown);
  const json = await write('report.json', rendered.json);
  const base = await write('base.folded', folded?.base ?? null);
  const head = await write('head.folded', folded?.head ?? null);
  const diff = await write('diff.folded', folded?.diff ?? null);
  return {
    html,
    comment,
    json,
    svg: rendered.svg === null ? null : svg,
    folded: folded === null ? null : { base, head, diff },
  };
}
