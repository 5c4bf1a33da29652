import type { BenchmarkReport } from '../report/report.ts';
import { formatCount, formatQuantity, formatShare } from './quantity.ts';

/** What several runs of each side say of the numbers: '3 runs; peak heap varied by 21 %'; null where there was one. */
export function runsWords({ runs, metrics }: BenchmarkReport): string | null {
  if (runs < 2) return null;
  const varied = metrics.flatMap(({ metric, spread }) => {
    if (spread === null || spread.width === 0) return [];
    const size =
      spread.share === null ? formatQuantity(metric.unit, spread.width) : formatShare(spread.share);
    return `${metric.label.toLowerCase()} varied by ${size}`;
  });
  return `${formatCount(runs)} runs${varied.length === 0 ? ', all alike' : `; ${varied.join(', ')}`}`;
}
