import type { TraceFormat } from '../trace-format.ts';
import { HeaptrackReader } from './heaptrack-reader.ts';

/** What `heaptrack_interpret` writes: formats 0 to 3. */
export const heaptrackFormat: TraceFormat = {
  name: 'heaptrack (interpreted)',
  matches: (firstBytes) => {
    const text = new TextDecoder('latin1').decode(firstBytes);
    // A program that ended before heaptrack's first flush leaves the trailer alone.
    return (
      /^v [0-9a-f]+( [0-9a-f]+)?\n/.test(text) ||
      /^X [^\n]*\n[sit] /.test(text) ||
      /^\n# strings: /.test(text)
    );
  },
  async read(bytes, { onTables }) {
    const reader = new HeaptrackReader({ keepsTables: onTables !== undefined });
    for await (const chunk of bytes) reader.push(chunk);
    const profile = reader.finish();
    onTables?.(reader.tables());
    return profile;
  },
};
