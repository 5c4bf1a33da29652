/*
 * The last resort for markdown that is too long for where it goes; renderers fit theirs before.
 */

const NOTICE = 'The rest does not fit here. It is in the report.';

/**
 * Markdown of at most so many bytes of UTF-8: cut between two blocks, never inside a fence, what is folded open closed
 * again, and with a line that says so. Text that fits stays as it is.
 */
export function cutMarkdown(markdown: string, longestBytes: number): string {
  if (Buffer.byteLength(markdown) <= longestBytes) return markdown;
  const kept: string[] = [];
  let bytes = 0;
  let fence: string | null = null;
  let openDetails = 0;
  let best = { lines: 0, openDetails: 0 };
  for (const line of markdown.split('\n')) {
    const isBetweenBlocks = fence === null && line.trim() === '';
    if (isBetweenBlocks && bytes + endingOf(openDetails).length <= longestBytes) {
      best = { lines: kept.length, openDetails };
    }
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > longestBytes) break;
    kept.push(line);
    fence = fenceAfter(line, fence);
    if (fence !== null) continue;
    if (line.startsWith('<details')) openDetails += 1;
    if (line.endsWith('</details>') && openDetails > 0) openDetails -= 1;
  }
  return kept.slice(0, best.lines).join('\n') + endingOf(best.openDetails);
}

function endingOf(openDetails: number): string {
  return `${'\n\n</details>'.repeat(openDetails)}\n\n${NOTICE}\n`;
}

/** The run of backticks that has to come before the text goes on as markdown, or null where it does. */
function fenceAfter(line: string, fence: string | null): string | null {
  const [, run] = /^ {0,3}(`{3,})[^`]*$/.exec(line) ?? [];
  if (run === undefined) return fence;
  if (fence === null) return run;
  return run.length >= fence.length && line.trim() === run ? null : fence;
}
