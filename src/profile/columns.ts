/** Typed arrays that grow: a column whose length is not known before the input has been read. */

class GrowingColumn<T extends Int32Array | Float64Array> {
  /** Rows beyond `length` are spare room. */
  values: T;
  length = 0;
  readonly #make: (length: number) => T;

  constructor(make: (length: number) => T) {
    this.#make = make;
    this.values = make(1024);
  }

  push(value: number): number {
    if (this.length === this.values.length) this.#grow();
    this.values[this.length] = value;
    return this.length++;
  }

  /** Adds `count` rows of 0 and returns the index of the first. */
  extend(count: number): number {
    while (this.length + count > this.values.length) this.#grow();
    this.length += count;
    return this.length - count;
  }

  /** A copy without the spare room. */
  toArray(): T {
    const copy = this.#make(this.length);
    copy.set(this.values.subarray(0, this.length));
    return copy;
  }

  #grow(): void {
    const larger = this.#make(this.values.length * 2);
    larger.set(this.values);
    this.values = larger;
  }
}

/** Indexes and marks: whole numbers of 32 bits. */
export class GrowingInt32 extends GrowingColumn<Int32Array> {
  constructor() {
    super((length) => new Int32Array(length));
  }
}

/** Bytes and counts: whole numbers up to 2^53. */
export class GrowingFloat64 extends GrowingColumn<Float64Array> {
  constructor() {
    super((length) => new Float64Array(length));
  }
}
