import { TraceFormatError } from '../../errors.ts';
import { GrowingInt32 } from '../../profile/columns.ts';
import { forEachMetric, METRIC_IDS } from '../../profile/metric.ts';
import type { CostColumns, Profile } from '../../profile/profile.ts';
import { ProfileBuilder } from '../../profile/profile-builder.ts';
import { calleeMarks, isFootprint, moduleMarks, rootMarks } from '../../symbols/start-up.ts';
import { ALLOCATION_FUNCTIONS } from './allocation-functions.ts';
import { describeProgram } from './describe-program.ts';
import { type HeaptrackTables, HeaptrackTablesBuilder } from './heaptrack-tables.ts';
import { LiveHeap } from './live-heap.ts';
import { isSuppressed } from './suppressions.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const PLUS = 0x2b;
const MINUS = 0x2d;
const LETTER_A = 0x61;
const LETTER_T = 0x74;
/** Seven hex digits make a number that the processor holds as it is. */
const MAX_PLAIN_DIGITS = 7;
/** Events that are replayed together: 16 KiB of them, which stay in the processor's nearest cache. */
const EVENTS_AT_ONCE = 1 << 12;
const MAX_LINE_BYTES = 1 << 20;
const NEWEST_FORMAT = 3;
/** Of an ip or a trace: heaptrack takes what it holds out of `leaked`. Beside the bits of symbols/start-up.ts. */
const SUPPRESSED = 1 << 8;
/** Of a trace: a recorded stack ends in it. */
const ENDS_A_STACK = 1 << 9;
/** A Map holds no more than 2^24 entries. */
const MAX_MAP_ENTRIES = 2 ** 24 - 1;

/** Value of a lower-case hex digit, or -1. */
const HEX_VALUE = new Int8Array(256).fill(-1);
for (const [value, digit] of [...'0123456789abcdef'].entries()) HEX_VALUE[digit.charCodeAt(0)] = value;

/**
 * Reads an interpreted heaptrack trace from chunks of bytes in one pass, all five metrics at once. Memory grows with
 * the number of distinct stacks, not with the number of events. Each line is one record, told by its first letter:
 *
 *   v versions · X command line · s string · i instruction pointer · t trace node · a allocation info
 *   + allocation · - free · c time · R resident set · I system · S, A and # as below
 */
export class HeaptrackReader {
  readonly #builder = new ProfileBuilder();
  readonly #heap = new LiveHeap();
  /** A name's first bytes are its own, even those of a byte order mark. */
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** Numbers in a trace count from 1; row 0 stands for "none". */
  readonly #stringOf = new GrowingInt32();
  /** The frames of an ip are rows [ipStart, ipStart of the next) of #ipFrames, outermost first. */
  readonly #ipStart = new GrowingInt32();
  readonly #ipFrames = new GrowingInt32();
  /** Each trace node's stack: that of its innermost frame. */
  readonly #stackOfTrace = new GrowingInt32();
  readonly #recordOfTrace = new GrowingInt32();
  readonly #stackOfRecord = new GrowingInt32();
  readonly #traceOfRecord = new GrowingInt32();
  /** What names and modules say of each ip and each trace: `SUPPRESSED`, and the bits of symbols/start-up.ts. */
  readonly #marksOfIp = new GrowingInt32();
  readonly #marksOfTrace = new GrowingInt32();
  readonly #isRecordSuppressed = new GrowingInt32();
  readonly #marksOfModule = new Map<number, number>();
  readonly #suppressedStrings = new Set<number>();
  readonly #allocationFunctions: ReadonlySet<number>;
  /** Null unless asked for. */
  readonly #tables: HeaptrackTablesBuilder | null;

  /** Only in traces from before heaptrack 1.0: what is live at an address, and what each size and trace is. */
  readonly #infoOfPointer = new Map<string, number>();
  readonly #infoOfSizeAndTrace = new Map<string, number>();
  #lastPointer = '';

  #unknownStack = -1;
  #heaptrackVersion: string | null = null;
  #format = 0;
  #command: string | null = null;
  #trailer: 'missing' | 'blank' | 'strings' | 'complete' = 'missing';

  /** Events of #bytes that were read but not yet replayed, the first at #eventsStart. See `LiveHeap.replay`. */
  readonly #events = new Int32Array(EVENTS_AT_ONCE);
  #eventCount = 0;
  #eventsStart = 0;

  #bytes: Uint8Array = new Uint8Array(0);
  #position = 0;
  /** Where #bytes begins in the whole trace. */
  #offset = 0;
  /** The beginning of a line whose end has not come yet. */
  #carry: Uint8Array = new Uint8Array(0);

  /** @param options `keepsTables`: whether `tables()` will be asked for; costs memory for each distinct stack */
  constructor({ keepsTables = false }: { readonly keepsTables?: boolean } = {}) {
    this.#tables = keepsTables ? new HeaptrackTablesBuilder() : null;
    this.#stringOf.push(0);
    this.#ipStart.push(0);
    this.#ipStart.push(0);
    this.#stackOfTrace.push(-1);
    this.#recordOfTrace.push(-1);
    this.#marksOfIp.push(0);
    this.#marksOfTrace.push(0);
    this.#allocationFunctions = new Set(ALLOCATION_FUNCTIONS.map((name) => this.#builder.string(name)));
  }

  /** Takes the next bytes of the decompressed trace, cut anywhere. */
  push(chunk: Uint8Array): void {
    let start = 0;
    if (this.#carry.length > 0) {
      const end = chunk.indexOf(NEWLINE) + 1;
      if (end === 0) {
        this.#keep(Buffer.concat([this.#carry, chunk]));
        return;
      }
      const line = Buffer.concat([this.#carry, chunk.subarray(0, end)]);
      this.#carry = new Uint8Array(0);
      this.#readLines(line);
      start = end;
    }
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > start) this.#readLines(chunk.subarray(start, end));
    if (Math.max(end, start) < chunk.length) this.#keep(chunk.slice(Math.max(end, start)));
  }

  /**
   * The profile, once all bytes were pushed.
   * @throws TraceFormatError when the trace does not end as heaptrack_interpret ends it
   */
  finish(): Profile {
    if (this.#carry.length > 0) this.#fail('the trace is cut off in the middle of a line');
    if (this.#trailer !== 'complete') {
      this.#fail('the trace is cut off: heaptrack_interpret did not get to its end');
    }
    if (this.#heap.events === 0) {
      this.#fail(
        'the trace holds no allocation: heaptrack was not loaded, or the program ended before it wrote',
      );
    }
    const { costs, sizes } = this.#costsOfRecords();
    const facts = {
      metrics: METRIC_IDS,
      command: this.#command,
      recordedBy: this.#heaptrackVersion === null ? null : `heaptrack ${this.#heaptrackVersion}`,
      executable: null,
      events: this.#heap.events,
      isThreaded: false,
      timeline: this.#heap.timeline(),
      sizes,
    };
    const profile = this.#builder.build(facts, this.#costsOfStacks(costs));
    const { executable, isThreaded } = describeProgram(profile, this.#endsOfStacks(profile.stacks.length));
    return { ...profile, facts: { ...facts, executable, isThreaded } };
  }

  /** Marks the stacks in which a recorded one ends. */
  #endsOfStacks(stackCount: number): Uint8Array {
    const isEnd = new Uint8Array(stackCount);
    const last = this.#stackOfTrace.length - 1;
    for (let trace = 1; trace <= last; trace++) {
      const isMarked = trace === last || (this.#marksOfTrace.values[trace] & ENDS_A_STACK) !== 0;
      if (isMarked) isEnd[this.#stackOfTrace.values[trace]] = 1;
    }
    return isEnd;
  }

  /** The trace's own tables. Call after `finish`, on a reader made with `keepsTables`. */
  tables(): HeaptrackTables {
    if (this.#tables === null) throw new Error('the reader was not told to keep its tables');
    return this.#tables.build({ trace: this.#traceOfRecord.toArray(), costs: this.#costsOfRecords().costs });
  }

  #keep(beginOfLine: Uint8Array): void {
    if (beginOfLine.length > MAX_LINE_BYTES) this.#fail('a line of more than 1 MiB');
    this.#carry = beginOfLine;
  }

  #costsOfRecords(): ReturnType<LiveHeap['finish']> {
    const { costs, sizes } = this.#heap.finish();
    const isSuppressed = this.#isRecordSuppressed.values;
    const leaked = costs.leaked.map((cost, record) => (isSuppressed[record] === 1 ? 0 : cost));
    return { costs: { ...costs, leaked }, sizes };
  }

  #costsOfStacks(ofRecords: CostColumns): CostColumns {
    const stackOfRecord = this.#stackOfRecord.values;
    return forEachMetric((id) => {
      const ofStacks = new Float64Array(this.#builder.stackCount);
      const ofRecord = ofRecords[id];
      for (let record = 0; record < ofRecord.length; record++) {
        // What is never written takes no memory.
        if (ofRecord[record] !== 0) ofStacks[stackOfRecord[record]] += ofRecord[record];
      }
      return ofStacks;
    });
  }

  /** Reads whole lines: `bytes` ends with a newline. */
  #readLines(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#position = 0;
    this.#eventsStart = 0;
    for (;;) {
      if (this.#format > 0) this.#readPlainLines();
      if (this.#position >= bytes.length) break;
      const kind = bytes[this.#position];
      if (kind === NEWLINE) {
        this.#position++;
        this.#trailer = 'blank';
        continue;
      }
      this.#position += 2;
      // A line of one letter has no fields: its newline may be the byte just stepped over.
      if (bytes[this.#position - 1] === NEWLINE) this.#position--;
      this.#readRecord(kind);
      // Nearly every line was read to its end: searching for it would halve the speed.
      if (bytes[this.#position] !== NEWLINE) this.#position = bytes.indexOf(NEWLINE, this.#position);
      this.#position++;
    }
    this.#replayEvents();
    this.#offset += bytes.length;
    this.#position = 0;
  }

  /**
   * Reads on as long as lines are plain: `+ 2f`, `- 2f`, `a 18 4c`, `t 3 4b`, with no more than seven digits in a
   * number and nothing wrong. Nearly all lines are, and this reads them in one function of local variables (see
   * `npm run bench`). The line at which it stops is read with care, and what is wrong with it told.
   */
  #readPlainLines(): void {
    const bytes = this.#bytes;
    const events = this.#events;
    let infoCount = this.#heap.infoCount;
    let eventCount = this.#eventCount;
    let position = this.#position;
    while (position < bytes.length) {
      const kind = bytes[position];
      if (kind !== PLUS && kind !== MINUS && kind !== LETTER_T && kind !== LETTER_A) break;
      if (bytes[position + 1] !== SPACE) break;
      let at = position + 2;
      let first = 0;
      for (let digit = HEX_VALUE[bytes[at]]; digit >= 0; digit = HEX_VALUE[bytes[++at]]) {
        first = (first << 4) | digit;
      }
      if (at - position > 2 + MAX_PLAIN_DIGITS) break;
      if (kind === PLUS || kind === MINUS) {
        if (bytes[at] !== NEWLINE || first >= infoCount) break;
        events[eventCount++] = kind === PLUS ? first : ~first;
        position = at + 1;
        if (eventCount === EVENTS_AT_ONCE) {
          this.#eventCount = eventCount;
          this.#position = position;
          this.#replayEvents();
          eventCount = 0;
        }
        continue;
      }
      if (bytes[at] !== SPACE) break;
      const secondStart = ++at;
      let second = 0;
      for (let digit = HEX_VALUE[bytes[at]]; digit >= 0; digit = HEX_VALUE[bytes[++at]]) {
        second = (second << 4) | digit;
      }
      if (bytes[at] !== NEWLINE || at - secondStart > MAX_PLAIN_DIGITS) break;
      if (second >= this.#stackOfTrace.length) break;
      if (kind === LETTER_A) {
        this.#addInfo(first, second);
        infoCount++;
      } else {
        if (first >= this.#ipStart.length - 1) break;
        this.#addTrace(first, second);
      }
      position = at + 1;
    }
    this.#eventCount = eventCount;
    this.#position = position;
  }

  #addEvent(event: number): void {
    this.#events[this.#eventCount++] = event;
    if (this.#eventCount === EVENTS_AT_ONCE) this.#replayEvents();
  }

  #replayEvents(): void {
    const unsound = this.#heap.replay(this.#events, this.#eventCount);
    if (unsound >= 0) {
      this.#position = this.#positionOfEvent(unsound);
      this.#fail('more was freed than had been allocated');
    }
    this.#eventCount = 0;
    this.#eventsStart = this.#position;
  }

  /** Where the line begins of an event that is not yet replayed. */
  #positionOfEvent(index: number): number {
    let position = this.#eventsStart;
    for (let events = 0; ; position = this.#bytes.indexOf(NEWLINE, position) + 1) {
      const kind = this.#bytes[position];
      if ((kind === PLUS || kind === MINUS) && events++ === index) return position;
    }
  }

  #readRecord(kind: number): void {
    switch (kind) {
      case PLUS:
        if (this.#format === 0) this.#readOldAllocation();
        else this.#addEvent(this.#readInfo());
        break;
      case MINUS:
        if (this.#format === 0) this.#readOldFree();
        else this.#addEvent(~this.#readInfo());
        break;
      case LETTER_A:
        this.#readAllocationInfo();
        break;
      case LETTER_T:
        this.#readTraceNode();
        break;
      case 0x69: // i
        this.#readInstructionPointer();
        break;
      case 0x73: // s
        this.#readString();
        break;
      case 0x76: // v
        this.#readVersions();
        break;
      case 0x58: // X
        this.#readCommand();
        break;
      case 0x63: // c
        this.#replayEvents();
        this.#heap.tick(this.#readHex());
        break;
      case 0x41: // A: heaptrack was attached here; what came before is not part of the measurement
        this.#replayEvents();
        this.#heap.reset();
        break;
      case 0x23: // #
        this.#readComment();
        break;
      case 0x78: // x
      case 0x6d: // m
        this.#fail(
          'this is a raw trace: run it through heaptrack_interpret (or `heaptrack --interpret`) first',
        );
    }
    // R, I, S and kinds that a later version may add hold nothing that is asked for here.
  }

  #readInfo(): number {
    const info = this.#readHex();
    if (info >= this.#heap.infoCount) this.#fail(`allocation info ${info} is not defined`);
    return info;
  }

  #readAllocationInfo(): void {
    const size = this.#readHex();
    this.#addInfo(size, this.#readHex());
  }

  #addInfo(size: number, trace: number): void {
    if (trace >= this.#stackOfTrace.length) this.#fail(`trace ${trace} is not defined`);
    let record = this.#recordOfTrace.values[trace];
    if (record < 0) {
      const marks = this.#marksOfTrace.values[trace];
      record = this.#heap.addRecord(isFootprint(marks));
      this.#recordOfTrace.values[trace] = record;
      this.#stackOfRecord.push(trace === 0 ? this.#unknown() : this.#stackOfTrace.values[trace]);
      this.#traceOfRecord.push(trace);
      this.#isRecordSuppressed.push((marks & SUPPRESSED) === 0 ? 0 : 1);
    }
    this.#heap.addInfo(size, record);
  }

  /** Format 0: `+ size trace pointer`. */
  #readOldAllocation(): void {
    const size = this.#readHex();
    const trace = this.#readHex();
    const pointer = this.#readField();
    const key = `${size} ${trace}`;
    if (Math.max(this.#infoOfPointer.size, this.#infoOfSizeAndTrace.size) >= MAX_MAP_ENTRIES) {
      this.#fail(`more than ${MAX_MAP_ENTRIES} live pointers or allocation infos in a trace of format 0`);
    }
    let info = this.#infoOfSizeAndTrace.get(key);
    if (info === undefined) {
      info = this.#heap.infoCount;
      this.#addInfo(size, trace);
      this.#infoOfSizeAndTrace.set(key, info);
    }
    this.#heap.allocate(info);
    this.#infoOfPointer.set(pointer, info);
    this.#lastPointer = pointer;
  }

  /** Format 0: `- pointer`. What was allocated before heaptrack was attached is not known, and passed over. */
  #readOldFree(): void {
    const pointer = this.#readField();
    const info = this.#infoOfPointer.get(pointer);
    if (info === undefined) return;
    this.#infoOfPointer.delete(pointer);
    if (!this.#heap.free(info, this.#lastPointer === pointer)) {
      this.#fail('more was freed than had been allocated');
    }
    this.#lastPointer = '';
  }

  #readTraceNode(): void {
    const ip = this.#readHex();
    const parent = this.#readHex();
    if (ip >= this.#ipStart.length - 1) this.#fail(`instruction pointer ${ip} is not defined`);
    if (parent >= this.#stackOfTrace.length) this.#fail(`trace ${parent} is not defined`);
    this.#addTrace(ip, parent);
  }

  #addTrace(ip: number, parent: number): void {
    let stack = this.#stackOfTrace.values[parent];
    const end = this.#ipStart.values[ip + 1];
    for (let row = this.#ipStart.values[ip]; row < end; row++) {
      stack = this.#builder.internTracedStack(stack, this.#ipFrames.values[row]);
    }
    // A trace is followed by what it calls, unless it calls nothing that is not known yet.
    const last = this.#stackOfTrace.length - 1;
    if (parent !== last) this.#marksOfTrace.values[last] |= ENDS_A_STACK;
    this.#stackOfTrace.push(stack < 0 ? this.#unknown() : stack);
    this.#recordOfTrace.push(-1);
    const ofIp = this.#marksOfIp.values[ip];
    const ofCaller = this.#marksOfTrace.values[parent];
    const startUp = parent === 0 ? rootMarks(ofIp) : calleeMarks(ofCaller, ofIp);
    this.#marksOfTrace.push(((ofIp | ofCaller) & SUPPRESSED) | startUp);
    this.#tables?.addTrace(ip, parent);
  }

  /**
   * `i address module [function [file line (function file line)*]]`: the first triple is the innermost inlined
   * function, each further one its caller, the last the real function of the address.
   */
  #readInstructionPointer(): void {
    const address = this.#readField();
    const moduleNumber = this.#readHex();
    const module = this.#stringIndex(moduleNumber);
    const numbers: number[] = [];
    const triples: number[] = [];
    do {
      const [name, file, line] = [this.#readHex(), this.#readHex(), this.#readHex()];
      numbers.push(name, file, line);
      triples.push(this.#stringIndex(name), this.#stringIndex(file), line);
    } while (this.#hasField());
    this.#tables?.addIp(address, moduleNumber, numbers);
    for (let index = triples.length - 3; index >= 0; index -= 3) {
      const [name, file, line] = [triples[index], triples[index + 1], triples[index + 2]];
      this.#ipFrames.push(
        this.#builder.frame({ function: name, file, line: Math.min(line, 0x7fffffff), module }),
      );
    }
    this.#ipStart.push(this.#ipFrames.length);
    const suppressed = this.#hasSuppressedName(module, triples) ? SUPPRESSED : 0;
    this.#marksOfIp.push(this.#moduleMarks(module) | suppressed);
  }

  #moduleMarks(module: number): number {
    let marks = this.#marksOfModule.get(module);
    if (marks === undefined) {
      marks = moduleMarks(this.#builder.textOf(module));
      this.#marksOfModule.set(module, marks);
    }
    return marks;
  }

  #hasSuppressedName(module: number, triples: readonly number[]): boolean {
    // heaptrack has cut calls of operator new off before it looks at names.
    if (this.#suppressedStrings.size === 0 || this.#allocationFunctions.has(triples[0])) return false;
    return (
      this.#suppressedStrings.has(module) ||
      triples.some((string, index) => index % 3 < 2 && this.#suppressedStrings.has(string))
    );
  }

  #readString(): void {
    let start = this.#position;
    let end = this.#bytes.indexOf(NEWLINE, start);
    if (this.#format >= 3) {
      const length = this.#readHex();
      start = Math.min(this.#position, end);
      // A name that claims more than its line holds is kept empty, as heaptrack does.
      end = start + length <= end ? start + length : start;
    }
    const bytes = this.#bytes.subarray(start, end);
    const text = this.#decoder.decode(bytes);
    const index = this.#stringOf.push(this.#builder.string(text));
    if (isSuppressed(text)) this.#suppressedStrings.add(this.#stringOf.values[index]);
    this.#tables?.addString(bytes);
  }

  #readVersions(): void {
    const version = this.#readHex();
    this.#heaptrackVersion = `${version >> 16}.${(version >> 8) & 0xff}.${version & 0xff}`;
    // heaptrack 1.2 before its release wrote format 1 without saying so.
    this.#format = this.#hasField() ? this.#readHex() : version === 0x10200 ? 1 : 0;
    if (this.#format > NEWEST_FORMAT) {
      this.#fail(
        `heaptrack's file format ${this.#format} is newer than the newest known here, ${NEWEST_FORMAT}`,
      );
    }
  }

  #readCommand(): void {
    if (this.#command !== null) {
      this.#fail(
        'a second command line: an argument of the program held a newline, which corrupts the trace',
      );
    }
    this.#command = this.#decoder.decode(
      this.#bytes.subarray(this.#position, this.#bytes.indexOf(NEWLINE, this.#position)),
    );
  }

  /** The interpreter that came to its end writes an empty line, `# strings: N` and `# ips: N`. */
  #readComment(): void {
    const end = this.#bytes.indexOf(NEWLINE, this.#position);
    const comment = this.#decoder.decode(
      this.#bytes.subarray(this.#position, Math.min(end, this.#position + 64)),
    );
    const strings = /^strings: (\d+)$/.exec(comment);
    if (strings && this.#trailer === 'blank' && Number(strings[1]) === this.#stringOf.length - 1) {
      this.#trailer = 'strings';
    }
    const ips = /^ips: (\d+)$/.exec(comment);
    if (ips && this.#trailer === 'strings' && Number(ips[1]) === this.#ipStart.length - 2)
      this.#trailer = 'complete';
  }

  #stringIndex(number: number): number {
    if (number >= this.#stringOf.length) this.#fail(`string ${number} is not defined`);
    return this.#stringOf.values[number];
  }

  #hasField(): boolean {
    return this.#bytes[this.#position] !== NEWLINE;
  }

  /** The next field as text, for numbers of 64 bits. */
  #readField(): string {
    const start = this.#position;
    while (this.#hasField() && this.#bytes[this.#position] !== SPACE) this.#position++;
    const field = this.#decoder.decode(this.#bytes.subarray(start, this.#position));
    if (this.#hasField()) this.#position++;
    return field;
  }

  /** The next field as a number; 0 at the end of the line. Steps over one space behind it, never over the newline. */
  #readHex(): number {
    const bytes = this.#bytes;
    let position = this.#position;
    let value = 0;
    for (;;) {
      const byte = bytes[position];
      const digit = HEX_VALUE[byte];
      if (digit >= 0) {
        value = value * 16 + digit;
        position++;
        continue;
      }
      if (byte === SPACE) position++;
      else if (byte !== NEWLINE) {
        this.#position = position;
        this.#fail(`a hexadecimal number was expected, not ${JSON.stringify(String.fromCharCode(byte))}`);
      }
      this.#position = position;
      if (value > Number.MAX_SAFE_INTEGER) this.#fail('a number of more than 53 bits');
      return value;
    }
  }

  /** The stack of what heaptrack could not unwind. */
  #unknown(): number {
    if (this.#unknownStack < 0) {
      const frame = this.#builder.frame({ function: 0, file: 0, line: 0, module: 0 });
      this.#unknownStack = this.#builder.internTracedStack(-1, frame);
    }
    return this.#unknownStack;
  }

  #fail(message: string): never {
    throw new TraceFormatError(message, this.#offset + this.#position);
  }
}
