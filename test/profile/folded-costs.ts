import { METRIC_IDS } from '../../src/profile/metric.ts';
import { type Profile, UNKNOWN_FACTS } from '../../src/profile/profile.ts';
import { ProfileBuilder } from '../../src/profile/profile-builder.ts';
import type { FunctionName } from '../../src/symbols/normalise-function.ts';

/**
 * Folded text with a number for each metric: `main;parse allocated allocations temporary peak leaked`; what is left out
 * is 0. A name may tell its line, which is one of program.c: `parse@12`.
 */
export function foldedCosts(text: string): Profile {
  const builder = new ProfileBuilder();
  const rows: { stack: number; costs: number[] }[] = [];
  for (const line of text.trim().split('\n')) {
    const [folded, ...costs] = line.trim().split(/ +(?=\d+\b)/);
    let stack = -1;
    for (const part of folded.split(';')) {
      const [name, at] = part.split('@');
      const file = at === undefined ? 0 : builder.string('program.c');
      const frame = builder.frame({ function: builder.string(name), file, line: Number(at ?? 0), module: 0 });
      stack = builder.internStack(stack, frame);
    }
    rows.push({ stack, costs: costs.map(Number) });
  }
  const columns = METRIC_IDS.map((id, i) => {
    const column = new Float64Array(builder.stackCount);
    for (const { stack, costs } of rows) column[stack] += costs[i] ?? 0;
    return [id, column] as const;
  });
  return builder.build({ ...UNKNOWN_FACTS, metrics: METRIC_IDS }, Object.fromEntries(columns));
}

/** Names as the namer shortens them, near enough: the last two parts. */
export function shortenName(name: string): FunctionName {
  const shortName = name.replace(/\(.*$|<[^<>]*>/g, '');
  return { identity: name, name, shortName: shortName.split('::').slice(-2).join('::') };
}
