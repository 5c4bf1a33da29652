import type { SizeHistogram } from './heap-facts.ts';
import { forEachMetric, METRIC_IDS } from './metric.ts';
import type { Profile } from './profile.ts';
import { ProfileBuilder } from './profile-builder.ts';
import { sumCosts } from './totals.ts';

/**
 * Several programs of one run as one profile. What adds up is added; peak and timeline are those of the one program
 * with the largest peak, since programs that ran one after the other were never live together.
 */
export function mergeProfiles(profiles: readonly Profile[]): Profile {
  if (profiles.length === 1) return profiles[0];
  const builder = new ProfileBuilder();
  const rows = profiles.map((profile) => appendStacks(builder, profile));
  const costs = forEachMetric(() => new Float64Array(builder.stackCount));
  const peaks = profiles.map((profile) => sumCosts(profile.costs).peak);
  const largestPeak = peaks.indexOf(Math.max(...peaks));
  profiles.forEach((profile, index) => {
    for (const id of METRIC_IDS) {
      if (id === 'peak' && index !== largestPeak) continue;
      for (let stack = 0; stack < profile.stacks.length; stack++) {
        costs[id][rows[index][stack]] += profile.costs[id][stack];
      }
    }
  });
  const { timeline } = profiles[largestPeak].facts;
  return builder.build(
    {
      metrics: profiles[0].facts.metrics,
      command: profiles.map((profile) => profile.facts.command ?? '?').join('; '),
      recordedBy: profiles[0].facts.recordedBy,
      executable: profiles[0].facts.executable,
      events: profiles.reduce((sum, profile) => sum + profile.facts.events, 0),
      isThreaded: profiles.some((profile) => profile.facts.isThreaded),
      timeline: timeline && { ...timeline, programs: profiles.length },
      sizes: addSizes(profiles.map((profile) => profile.facts.sizes)),
    },
    costs,
  );
}

/** Null when any of them is not known. */
function addSizes(histograms: readonly (SizeHistogram | null)[]): SizeHistogram | null {
  const known = histograms.filter((histogram) => histogram !== null);
  if (known.length < histograms.length) return null;
  const sum = (column: keyof SizeHistogram) =>
    known[0][column].map((_, bucket) =>
      known.reduce((total, histogram) => total + histogram[column][bucket], 0),
    );
  return { calls: sum('calls'), bytes: sum('bytes') };
}

function appendStacks(builder: ProfileBuilder, { strings, frames, stacks }: Profile): Int32Array {
  const string = Int32Array.from(strings, (text) => builder.string(text));
  const frame = new Int32Array(frames.length);
  for (let index = 0; index < frames.length; index++) {
    frame[index] = builder.frame({
      function: string[frames.function[index]],
      file: string[frames.file[index]],
      line: frames.line[index],
      module: string[frames.module[index]],
    });
  }
  const rows = new Int32Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    const prefix = stacks.prefix[stack] < 0 ? -1 : rows[stacks.prefix[stack]];
    rows[stack] = builder.internStack(prefix, frame[stacks.frame[stack]]);
  }
  return rows;
}
