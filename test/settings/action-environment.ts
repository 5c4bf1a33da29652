import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { variableOf } from '../../src/settings/action-inputs.ts';

export const action = parse(readFileSync('action.yml', 'utf8'));

/** The variables that the runner sets: the given inputs, and the defaults of action.yml for all others. */
export function actionEnvironment(inputs: Readonly<Record<string, string>> = {}): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, input] of Object.entries<{ default?: string }>(action.inputs)) {
    environment[variableOf(name)] = input.default ?? '';
  }
  for (const [name, text] of Object.entries(inputs)) environment[variableOf(name)] = text;
  return environment;
}
