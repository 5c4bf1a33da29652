/** What each stack has lost or gained and no other stack accounts for yet. */
export class Leftovers {
  readonly moved: Float64Array;
  readonly #base: Float64Array;
  readonly #head: Float64Array;
  readonly #rest: Float64Array;
  readonly #differing: readonly number[];
  #gone: readonly number[];
  #added: readonly number[];

  /** @param differing in the order in which they are paired */
  constructor(base: Float64Array, head: Float64Array, differing: readonly number[]) {
    this.#differing = differing;
    this.moved = new Float64Array(base.length);
    this.#base = base;
    this.#head = head;
    this.#rest = new Float64Array(base.length);
    const gone: number[] = [];
    const added: number[] = [];
    for (const stack of differing) {
      if (head[stack] === base[stack]) continue;
      this.#rest[stack] = Math.abs(head[stack] - base[stack]);
      (head[stack] < base[stack] ? gone : added).push(stack);
    }
    this.#gone = gone;
    this.#added = added;
  }

  /** Stacks that lost; those that are accounted for are dropped. */
  gone(): readonly number[] {
    this.#gone = this.#gone.filter((stack) => this.#rest[stack] > 0);
    return this.#gone;
  }

  /** Stacks that gained. */
  added(): readonly number[] {
    this.#added = this.#added.filter((stack) => this.#rest[stack] > 0);
    return this.#added;
  }

  /** Both kinds together. */
  all(): readonly number[] {
    return this.#differing.filter((stack) => this.#rest[stack] > 0);
  }

  /** Whether one of them lost and the other gained. */
  areOfBothKinds(one: number, other: number): boolean {
    return this.#changeOf(one) * this.#changeOf(other) < 0;
  }

  #changeOf(stack: number): number {
    return Math.sign(this.#head[stack] - this.#base[stack]);
  }

  /** Whether there is still anything to pair. */
  hasBothKinds(): boolean {
    return this.gone().length > 0 && this.added().length > 0;
  }

  /** Pairs two stacks, as much of them as the smaller one has left. */
  move(one: number, other: number): void {
    const amount = Math.min(this.#rest[one], this.#rest[other]);
    for (const stack of [one, other]) {
      this.#rest[stack] -= amount;
      this.moved[stack] += amount;
    }
  }

  /** Consumes both lists from their ends, as much as the smaller side has. */
  moveAll(gone: number[] | undefined, added: number[] | undefined): void {
    while (gone?.length && added?.length) {
      const from = gone[gone.length - 1];
      const to = added[added.length - 1];
      this.move(from, to);
      if (this.#rest[from] === 0) gone.pop();
      if (this.#rest[to] === 0) added.pop();
    }
  }
}
