import { type HeapSeries, MAX_SERIES_POINTS } from '../../profile/heap-facts.ts';

/**
 * A HeapSeries of any length in bounded memory. Points fall into buckets of one width, which doubles whenever all room
 * is taken; of a bucket the last place and the largest value stay.
 */
export class SeriesRecorder {
  readonly #at = new Float64Array(MAX_SERIES_POINTS);
  readonly #live = new Float64Array(MAX_SERIES_POINTS);
  #length = 0;
  #width = 1;

  /** The place of the last point; 0 without points. */
  get last(): number {
    return this.#length === 0 ? 0 : this.#at[this.#length - 1];
  }

  /** Where the bucket ends in which the next whole number is. */
  get endOfBucket(): number {
    return (Math.floor(this.last / this.#width) + 1) * this.#width;
  }

  /** @param at not before `last` */
  add(at: number, live: number): void {
    if (this.#isInLastBucket(at)) {
      const point = this.#length - 1;
      this.#at[point] = at;
      this.#live[point] = Math.max(this.#live[point], live);
      return;
    }
    while (this.#length === MAX_SERIES_POINTS) {
      this.#widen();
      if (this.#isInLastBucket(at)) {
        this.add(at, live);
        return;
      }
    }
    this.#at[this.#length] = at;
    this.#live[this.#length] = live;
    this.#length++;
  }

  finish(): HeapSeries {
    return { at: this.#at.slice(0, this.#length), live: this.#live.slice(0, this.#length) };
  }

  reset(): void {
    this.#length = 0;
    this.#width = 1;
  }

  #isInLastBucket(at: number): boolean {
    return this.#length > 0 && this.#bucket(at) === this.#bucket(this.#at[this.#length - 1]);
  }

  /** A bucket ends with its largest place. */
  #bucket(at: number): number {
    return Math.ceil(at / this.#width);
  }

  #widen(): void {
    this.#width *= 2;
    const length = this.#length;
    this.#length = 0;
    for (let point = 0; point < length; point++) this.add(this.#at[point], this.#live[point]);
  }
}
