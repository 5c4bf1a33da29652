import { forEachMetric } from '../../../src/profile/metric.ts';
import { type Profile, UNKNOWN_FACTS } from '../../../src/profile/profile.ts';

/** Stands in for the reader of traces: a profile of one stack, whose allocations are the `+` lines of the trace. */
export async function countAllocations(bytes: AsyncIterable<Uint8Array>): Promise<Profile> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString('latin1').split('\n');
  const allocations = lines.filter((line) => line.startsWith('+ ')).length;
  const frees = lines.filter((line) => line.startsWith('- ')).length;
  const command = lines.find((line) => line.startsWith('X '))?.slice(2) ?? null;
  return oneStack(allocations, { command, events: allocations + frees });
}

/** Adds up, and keeps the command lines apart. */
export function addAllocations(profiles: readonly Profile[]): Profile {
  return oneStack(
    profiles.reduce((sum, profile) => sum + profile.costs.allocations[0], 0),
    {
      command: profiles.map((profile) => profile.facts.command).join(' & '),
      events: profiles.reduce((sum, profile) => sum + profile.facts.events, 0),
    },
  );
}

function oneStack(allocations: number, facts: Pick<Profile['facts'], 'command' | 'events'>): Profile {
  return {
    facts: { ...UNKNOWN_FACTS, ...facts, metrics: ['allocations'] },
    strings: ['', 'all'],
    frames: {
      length: 1,
      function: Int32Array.of(1),
      file: Int32Array.of(0),
      line: Int32Array.of(0),
      module: Int32Array.of(0),
    },
    stacks: { length: 1, prefix: Int32Array.of(-1), frame: Int32Array.of(0) },
    costs: forEachMetric((id) => Float64Array.of(id === 'allocations' ? allocations : 0)),
  };
}
