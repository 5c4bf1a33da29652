import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FoldedDiff } from '../diff/diff-to-folded.ts';
import { type FoldedFiles, foldedFilesIn, writeFoldedFiles } from '../folded-files/write-folded-files.ts';
import type { FoldedWriting } from '../folded-files/write-in-thread.ts';
import type { RenderedReport } from '../render/render-report.ts';

/** Absolute paths of the files that were written; null where there was nothing to write. */
export interface ReportFiles {
  readonly html: string;
  readonly svg: string | null;
  readonly comment: string;
  readonly json: string;
  readonly folded: FoldedFiles | null;
}

/**
 * Writes a report's files to a directory, which is made when missing. Files of an earlier report that this one does
 * not have are removed, so that what lies there belongs together.
 * @param folded text to write, or what is writing it to this directory
 */
export async function writeReportFiles(
  directory: string,
  rendered: RenderedReport,
  folded: FoldedDiff | FoldedWriting | null,
): Promise<ReportFiles> {
  const folder = resolve(directory);
  await mkdir(folder, { recursive: true });
  const write = async (name: string, content: string | null) => {
    const path = join(folder, name);
    if (content === null) await rm(path, { force: true });
    else await writeFile(path, content);
    return path;
  };
  const html = await write('report.html', rendered.html);
  const svg = await write('flamegraph.svg', rendered.svg);
  const comment = await write('comment.md', rendered.commentMarkdown);
  const json = await write('report.json', rendered.json);
  const foldedFiles = foldedFilesIn(folder);
  if (folded === null) {
    for (const path of Object.values(foldedFiles)) await rm(path, { force: true });
  } else if ('finish' in folded) await folded.finish();
  else writeFoldedFiles(folder, folded);
  return {
    html,
    comment,
    json,
    svg: rendered.svg === null ? null : svg,
    folded: folded === null ? null : foldedFiles,
  };
}
