import { SettingsError } from '../errors.ts';

/** Collects what is wrong with inputs or flags, so that one run shows all of it. */
export class Problems {
  readonly #messages: string[] = [];
  readonly #spell: (name: string) => string;
  readonly #place: string;

  /**
   * @param spell how an input is written where the user wrote it: `fail-on` or `--fail-on`
   * @param place begins every message, such as `FILE:LINE:COLUMN: `
   */
  constructor(spell: (name: string) => string, place = '') {
    this.#spell = spell;
    this.#place = place;
  }

  get messages(): readonly string[] {
    return this.#messages;
  }

  /** @param accepted completes "accepted: …" */
  add(name: string, value: string, accepted: string): void {
    this.addMessage(`${this.#spell(name)} is ${quoteValue(value)}; accepted: ${accepted}`);
  }

  addMessage(message: string): void {
    this.#messages.push(this.#place + message);
  }

  /** @throws SettingsError when there are any */
  throwIfAny(): void {
    if (this.#messages.length > 0) throw new SettingsError(this.#messages);
  }
}

/** What a user wrote, quoted, and cut when it is long. */
export function quoteValue(value: string): string {
  return JSON.stringify(value.length > 120 ? `${value.slice(0, 119)}…` : value);
}
