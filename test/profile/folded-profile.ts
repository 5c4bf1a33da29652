import { FoldedReader } from '../../src/profile/folded.ts';
import type { MetricId } from '../../src/profile/metric.ts';
import type { Profile } from '../../src/profile/profile.ts';

/** The profile of a folded text, which has to be sound: `main;parse 10`, a stack on each line. */
export function foldedProfile(text: string, metric: MetricId = 'allocated'): Profile {
  const reader = new FoldedReader(({ line, text: found }) => {
    throw new Error(`line ${line} is no folded stack: ${found}`);
  });
  for (const line of text.split('\n')) reader.readLine(line);
  return reader.finish(metric);
}
