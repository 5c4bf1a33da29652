import { MeasurementError } from '../errors.ts';

/** Numbers are little-endian, whatever the machine. */

/** Writes into an array of a length that is known before. */
export class ByteWriter {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #position = 0;

  /** @param length of all that will be written */
  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.#view = new DataView(this.bytes.buffer);
  }

  raw(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.#position);
    this.#position += bytes.length;
  }

  uint32(value: number): void {
    this.#view.setUint32(this.#position, value, true);
    this.#position += 4;
  }

  int32Column(column: Int32Array): void {
    for (let row = 0; row < column.length; row++) {
      this.#view.setInt32(this.#position, column[row], true);
      this.#position += 4;
    }
  }

  float64Column(column: Float64Array): void {
    for (let row = 0; row < column.length; row++) {
      this.#view.setFloat64(this.#position, column[row], true);
      this.#position += 8;
    }
  }
}

/** Reads what a ByteWriter wrote. Whoever calls knows that there are as many bytes as they ask for. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  raw(length: number): Uint8Array {
    this.#position += length;
    return this.#bytes.subarray(this.#position - length, this.#position);
  }

  uint32(): number {
    this.#position += 4;
    return this.#view.getUint32(this.#position - 4, true);
  }

  int32Column(length: number): Int32Array {
    const column = new Int32Array(length);
    for (let row = 0; row < length; row++) {
      column[row] = this.#view.getInt32(this.#position, true);
      this.#position += 4;
    }
    return column;
  }

  float64Column(length: number): Float64Array {
    const column = new Float64Array(length);
    for (let row = 0; row < length; row++) {
      // A negative zero becomes plain zero: it would be printed as one.
      column[row] = this.#view.getFloat64(this.#position, true) + 0;
      this.#position += 8;
    }
    return column;
  }
}

/** Texts as bytes: a column of their lengths, then all of them. */
export interface TextBlock {
  readonly lengths: Int32Array;
  readonly bytes: Uint8Array;
}

/** @throws MeasurementError beyond `maxBytes` */
export function encodeTexts(texts: readonly string[], maxBytes: number, where: string): TextBlock {
  const encoder = new TextEncoder();
  const parts = texts.map((text) => encoder.encode(text));
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  if (size > maxBytes) {
    throw new MeasurementError(`${where} of the measurement take ${size} bytes; the limit is ${maxBytes}`);
  }
  const bytes = new Uint8Array(size);
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return { lengths: Int32Array.from(parts, (part) => part.length), bytes };
}

/** @throws MeasurementError where the lengths do not add up to the bytes, or the bytes are no UTF-8 */
export function decodeTexts({ lengths, bytes }: TextBlock, where: string): string[] {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const texts: string[] = [];
  let position = 0;
  for (const length of lengths) {
    if (length < 0 || length > bytes.length - position) damaged(where);
    try {
      texts.push(decoder.decode(bytes.subarray(position, position + length)));
    } catch (cause) {
      damaged(where, cause);
    }
    position += length;
  }
  if (position !== bytes.length) damaged(where);
  return texts;
}

function damaged(where: string, cause?: unknown): never {
  throw new MeasurementError(`the measurement is damaged: ${where} are not what their lengths say`, {
    cause,
  });
}
