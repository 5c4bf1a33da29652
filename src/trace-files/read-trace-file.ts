import { createReadStream } from 'node:fs';
import type { HeaptrackTables } from '../formats/heaptrack/heaptrack-tables.ts';
import { readTrace } from '../formats/index.ts';
import type { MetricId } from '../profile/metric.ts';
import type { Profile } from '../profile/profile.ts';

export interface TraceFileOptions {
  /** The metric of a file that holds just one and does not say which. */
  readonly metric: MetricId;
  /** Whether a heaptrack trace's own tables are asked for, too. */
  readonly keepsTables: boolean;
}

export interface TraceFile {
  readonly profile: Profile;
  /** Null when not asked for, or when the file is not a trace of heaptrack. */
  readonly tables: HeaptrackTables | null;
}

/**
 * Reads a trace file of any known format.
 * @throws TraceFormatError when it is broken; the system's error when it cannot be read
 */
export async function readTraceFile(path: string, options: TraceFileOptions): Promise<TraceFile> {
  let tables = null as HeaptrackTables | null;
  const onTables = (given: HeaptrackTables) => {
    tables = given;
  };
  const bytes = createReadStream(path, { highWaterMark: 1 << 20 });
  const profile = await readTrace(bytes, {
    metric: options.metric,
    ...(options.keepsTables && { onTables }),
  });
  return { profile, tables };
}
