import type { MetricId } from '../profile/metric.ts';
import type { Profile } from '../profile/profile.ts';
import type { HeaptrackTables } from './heaptrack/heaptrack-tables.ts';

/** How a kind of trace file is known and read. One file or folder each, listed in index.ts. */
export interface TraceFormat {
  readonly name: string;
  /** Whether a decompressed trace that begins with these bytes (up to 4 KiB) is of this format. */
  matches(firstBytes: Uint8Array): boolean;
  /**
   * Reads a whole decompressed trace.
   * @throws TraceFormatError when it is of this format, but broken, cut, or of a version that is not supported
   */
  read(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): Promise<Profile>;
}

/** What a reader cannot know from the trace. */
export interface ReadOptions {
  /** The metric of an input that holds just one and does not say which. */
  readonly metric: MetricId;
  /** Is given a heaptrack trace's own tables, which take memory of their own; not called for other formats. */
  readonly onTables?: (tables: HeaptrackTables) => void;
}
