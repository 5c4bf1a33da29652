import { GrowingInt32 } from '../../profile/columns.ts';
import type { CostColumns } from '../../profile/profile.ts';

/**
 * A trace's own tables, for those who need what a Profile does not hold: addresses, and stacks as heaptrack numbers
 * them. Strings, ips and traces count from 1; row 0 stands for "none".
 */
export interface HeaptrackTables {
  /** As bytes, one for each character (latin1): names need not be UTF-8. */
  readonly strings: readonly string[];
  readonly ips: {
    /** Lower-case hex digits without prefix, as the trace has them. */
    readonly address: readonly string[];
    /** String number of the module's path. */
    readonly module: Int32Array;
    /** Row n's triples are [start[n], start[n + 1]) of `triples`, counted in numbers, three each. */
    readonly start: Int32Array;
    /** function, file (string numbers), line; the innermost inlined function first, the real function last. */
    readonly triples: Int32Array;
  };
  readonly traces: {
    readonly ip: Int32Array;
    /** The caller's trace; 0 at a root. */
    readonly parent: Int32Array;
  };
  /** A row for each trace that allocates, in the order in which the trace file names them first. */
  readonly records: {
    readonly trace: Int32Array;
    /** Self costs; `leaked` is what is left after suppression. */
    readonly costs: CostColumns;
  };
}

/** Takes the rows of a trace in the order in which the file has them. */
export class HeaptrackTablesBuilder {
  readonly #strings: string[] = [''];
  readonly #address: string[] = [''];
  readonly #module = new GrowingInt32();
  readonly #start = new GrowingInt32();
  readonly #triples = new GrowingInt32();
  readonly #ip = new GrowingInt32();
  readonly #parent = new GrowingInt32();

  constructor() {
    this.#module.push(0);
    this.#start.push(0);
    this.#start.push(0);
    this.addTrace(0, 0);
  }

  /** @param bytes of the name, as the trace has them */
  addString(bytes: Uint8Array): void {
    this.#strings.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'));
  }

  /** @param module and the names in `triples` are string numbers */
  addIp(address: string, module: number, triples: readonly number[]): void {
    this.#address.push(address);
    this.#module.push(module);
    for (const number of triples) this.#triples.push(number);
    this.#start.push(this.#triples.length);
  }

  addTrace(ip: number, parent: number): void {
    this.#ip.push(ip);
    this.#parent.push(parent);
  }

  build(records: HeaptrackTables['records']): HeaptrackTables {
    return {
      strings: this.#strings,
      records,
      ips: {
        address: this.#address,
        module: this.#module.toArray(),
        start: this.#start.toArray(),
        triples: this.#triples.toArray(),
      },
      traces: { ip: this.#ip.toArray(), parent: this.#parent.toArray() },
    };
  }
}
