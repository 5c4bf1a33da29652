import { SettingsError } from '../errors.ts';

/** Collects what is wrong with inputs or flags, so that one run shows all of it. */
export class Problems {
  readonly #messages: string[] = [];
  readonly #spell: (name: string) => string;

  /** @param spell how an input is written where the user wrote it: `fail-on` or `--fail-on` */
  constructor(spell: (name: string) => string) {
    this.#spell = spell;
  }

  /** @param accepted completes "accepted: …" */
  add(name: string, value: string, accepted: string): void {
    this.#messages.push(`${this.#spell(name)} is ${JSON.stringify(clip(value))}; accepted: ${accepted}`);
  }

  addMessage(message: string): void {
    this.#messages.push(message);
  }

  /** @throws SettingsError when there are any */
  throwIfAny(): void {
    if (this.#messages.length > 0) throw new SettingsError(this.#messages);
  }
}

function clip(value: string): string {
  return value.length > 120 ? `${value.slice(0, 119)}…` : value;
}
