import type { Problems } from './problems.ts';

/** Readers of single fields that inputs and flags share. Each says what is wrong and goes on with a stand-in. */

/** One of a few words. */
export function parseChoice<T extends string>(
  name: string,
  text: string,
  choices: readonly T[],
  problems: Problems,
): T {
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) problems.add(name, text, choices.join(', '));
  return choice ?? choices[0];
}

/** `true` or `false`, in any case. */
export function parseBoolean(name: string, text: string, problems: Problems): boolean {
  return parseChoice(name, text.toLowerCase(), ['true', 'false'], problems) === 'true';
}

/** Minutes, whole or with decimals, as seconds. */
export function parseMinutes(name: string, text: string, problems: Problems): number {
  const minutes = /^\d{1,5}(\.\d{1,6})?$/.test(text) ? Number(text) : 0;
  if (minutes <= 0 || minutes > 10_000) problems.add(name, text, 'minutes above 0, such as 15 or 0.5');
  return minutes * 60;
}

/** Every run's profile is in memory until the one to show is chosen. */
const MAX_RUNS = 20;

/** Runs of each side. */
export function parseRuns(name: string, text: string, problems: Problems): number {
  const runs = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (runs >= 1 && runs <= MAX_RUNS) return runs;
  problems.add(name, text, `a whole number from 1 to ${MAX_RUNS}`);
  return 1;
}

/** A benchmark's name: shown in headings, and part of the comment's marker. */
export function parseName(name: string, text: string, problems: Problems): string {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._/+-]{0,79}$/u.test(text)) {
    problems.add(name, text, 'up to 80 letters, digits, spaces and . _ / + -, a letter or digit first');
  }
  return text;
}

/** A path below the checkout: not absolute, not upwards. */
export function parseRelativePath(name: string, text: string, problems: Problems): string {
  const isInside = !text.startsWith('/') && !text.includes('\0') && !text.split('/').includes('..');
  if (!isInside) problems.add(name, text, 'a path inside the repository, relative to its root');
  return text === '' ? '.' : text;
}

/** A label of the repository; null for none. GitHub's own are shorter than this. */
export function parseLabel(name: string, text: string, problems: Problems): string | null {
  if (text.length > 100 || text.includes('\n')) problems.add(name, text, 'the name of one label, or nothing');
  return text || null;
}
