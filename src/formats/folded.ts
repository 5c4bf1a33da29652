import { TraceFormatError } from '../errors.ts';
import { parseFolded } from '../profile/folded.ts';
import type { TraceFormat } from './trace-format.ts';

const MAX_FOLDED_BYTES = 512 * 1024 * 1024;

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
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > MAX_FOLDED_BYTES)
        throw new TraceFormatError('folded text of more than 512 MiB', MAX_FOLDED_BYTES);
      chunks.push(chunk);
    }
    return parseFolded(new TextDecoder().decode(Buffer.concat(chunks)), metric, ({ line, text }) => {
      throw new TraceFormatError(
        `line ${line} of the folded text is not "frame;frame… count": ${JSON.stringify(text)}`,
        null,
      );
    });
  },
};
