import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RenderedReport } from '../render/render-report.ts';

/** Folded text of both sides and of their difference, in pieces: it can be longer than a string. */
export interface FoldedFiles {
  readonly base: Iterable<Uint8Array>;
  readonly head: Iterable<Uint8Array>;
  readonly diff: Iterable<Uint8Array>;
}

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
  folded: FoldedFiles | null,
): Promise<ReportFiles> {
  const folder = resolve(directory);
  await mkdir(folder, { recursive: true });
  const write = async (name: string, content: string | Iterable<Uint8Array> | null) => {
    const path = join(folder, name);
    if (content === null) await rm(path, { force: true });
    else await writeFile(path, content);
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
