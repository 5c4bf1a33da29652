import * as core from '@actions/core';

/** Every output of action.yml; a test holds the two together. */
export const OUTPUT_NAMES = [
  'verdict',
  'headline',
  'totals',
  'report-path',
  'flamegraph-path',
  'json-path',
  'comment-url',
  'report-url',
] as const;

export type OutputName = (typeof OUTPUT_NAMES)[number];

/** The step's outputs: collected, then written once, so that each is set on every path. */
export class Outputs {
  readonly #values = new Map<OutputName, string>(OUTPUT_NAMES.map((name) => [name, '']));
  #isWritten = false;

  set(name: OutputName, value: string | null): void {
    this.#values.set(name, value ?? '');
  }

  write(): void {
    if (this.#isWritten) return;
    this.#isWritten = true;
    for (const [name, value] of this.#values) core.setOutput(name, value);
  }
}
