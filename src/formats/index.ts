import { TraceFormatError } from '../errors.ts';
import type { Profile } from '../profile/profile.ts';
import { type DecompressionLimits, decompress } from './decompress.ts';
import { foldedFormat } from './folded.ts';
import { heaptrackFormat } from './heaptrack/heaptrack-format.ts';
import { peek } from './peek.ts';
import type { ReadOptions, TraceFormat } from './trace-format.ts';

/** In order of precedence. A new format is one file and one entry here. */
const TRACE_FORMATS: readonly TraceFormat[] = [heaptrackFormat, foldedFormat];

/**
 * Reads a trace of any known format: plain, gzip or zstd, told by its content, never by its name.
 * @param limits of what it may grow to; by default none, for somebody's own traces
 * @throws TraceFormatError when it is none of them, broken, or beyond the limits
 */
export async function readTrace(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  limits?: DecompressionLimits,
): Promise<Profile> {
  const { first, all } = await peek(decompress(bytes, limits), 4096);
  const format = TRACE_FORMATS.find((candidate) => candidate.matches(first));
  if (format === undefined) {
    throw new TraceFormatError(
      `${first.length === 0 ? 'the trace is empty' : 'not a trace that is known here'}; accepted: ${TRACE_FORMATS.map((f) => f.name).join(', ')}, each plain, gzip or zstd`,
      0,
    );
  }
  return format.read(all, options);
}
