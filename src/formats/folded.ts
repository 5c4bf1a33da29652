import { TraceFormatError } from '../errors.ts';
import { FoldedReader } from '../profile/folded.ts';
import type { TraceFormat } from './trace-format.ts';

const NEWLINE = 0x0a;
/** A stack of 200,000 frames takes some 5 million. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** Folded text as stackcollapse scripts and `heaptrack_print -F` write it. Holds one metric. */
export const foldedFormat: TraceFormat = {
  name: 'folded text (frame;frame count)',
  matches: (firstBytes) => {
    const text = new TextDecoder('latin1').decode(firstBytes);
    const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
    return (
      lines.length > 0 &&
      !text.includes('\0') &&
      (lines.length > 1 ? / \d+\r?$/ : / \d+\r?$|;/).test(lines[0])
    );
  },
  async read(bytes, { metric }) {
    const reader = new FoldedReader(({ line, text }) => {
      throw new TraceFormatError(
        `line ${line} of the folded text is not "frame;frame… count": ${JSON.stringify(text)}`,
        null,
      );
    });
    const decoder = new TextDecoder();
    /** The beginning of a line whose end has not come yet. */
    let begin: Uint8Array[] = [];
    let beginSize = 0;
    for await (const chunk of bytes) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        const line = chunk.subarray(start, end);
        // Decoded line by line: a name that is kept keeps the text alive that it was cut out of.
        reader.readLine(decoder.decode(beginSize === 0 ? line : Buffer.concat([...begin, line])));
        begin = [];
        beginSize = 0;
        start = end + 1;
      }
      if (start === chunk.length) continue;
      begin.push(chunk.slice(start));
      beginSize += chunk.length - start;
      if (beginSize > MAX_LINE_BYTES)
        throw new TraceFormatError('a line of the folded text has more than 16 MiB', null);
    }
    reader.readLine(decoder.decode(Buffer.concat(begin)));
    return reader.finish(metric);
  },
};
