import { SettingsError } from '../errors.ts';
import { Problems } from './problems.ts';

/** A damaged file can be wrong in every character. */
const MAX_PROBLEMS_SHOWN = 20;

/** Collects what is wrong with a file, each problem with its line and column. */
export class PlacedProblems {
  readonly #placeOf: (offset: number) => string;
  readonly #found: { readonly offset: number; readonly problems: Problems }[] = [];

  /** @param placeOf an offset in the file as `FILE:LINE:COLUMN` */
  constructor(placeOf: (offset: number) => string) {
    this.#placeOf = placeOf;
  }

  /** Problems of what begins at an offset. */
  at(offset: number): Problems {
    const problems = new Problems((name) => `\`${name}\``, `${this.#placeOf(offset)}: `);
    this.#found.push({ offset, problems });
    return problems;
  }

  add(offset: number, message: string): void {
    this.at(offset).addMessage(message);
  }

  /** Where something was found to be wrong. */
  offsets(): ReadonlySet<number> {
    return new Set(
      this.#found.filter(({ problems }) => problems.messages.length > 0).map(({ offset }) => offset),
    );
  }

  /** @throws SettingsError that lists them in the file's order, when there are any */
  throwIfAny(): void {
    const messages = this.#found
      .toSorted((a, b) => a.offset - b.offset)
      .flatMap(({ problems }) => problems.messages);
    if (messages.length === 0) return;
    const unseen = messages.length - MAX_PROBLEMS_SHOWN;
    throw new SettingsError([
      ...messages.slice(0, MAX_PROBLEMS_SHOWN),
      ...(unseen > 0 ? [`and ${unseen} more`] : []),
    ]);
  }
}
