import type { MeasuredSide, Measurement } from './measurement.ts';

/** What stands in a secret's place, as in the runner's log. */
const MASK = '***';

/**
 * The same measurement without these texts: whatever is made of it can be shown.
 * @param secrets the longer ones first, where one may be part of another
 */
export function maskSecrets(measurement: Measurement, secrets: readonly string[]): Measurement {
  if (secrets.length === 0) return measurement;
  const mask = (text: string) => maskText(text, secrets);
  return {
    ...measurement,
    notes: measurement.notes.map(mask),
    base: measurement.base && maskSide(measurement.base, mask),
    head: maskSide(measurement.head, mask),
  };
}

/** The text without these secrets, the longer ones first. */
export function maskText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}

function maskSide(side: MeasuredSide, mask: (text: string) => string): MeasuredSide {
  const { outcome } = side;
  const notes = side.notes.map(mask);
  if (outcome.kind === 'failed') {
    const { message, lastLines } = outcome;
    return {
      ...side,
      notes,
      outcome: { ...outcome, message: mask(message), lastLines: lastLines.map(mask) },
    };
  }
  const { profile } = outcome;
  const { command, executable } = profile.facts;
  const facts = {
    ...profile.facts,
    command: command && mask(command),
    executable: executable && mask(executable),
  };
  return {
    ...side,
    notes,
    outcome: { ...outcome, profile: { ...profile, facts, strings: profile.strings.map(mask) } },
  };
}
