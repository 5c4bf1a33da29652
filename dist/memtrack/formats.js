import { i as TraceFormatError, o as UserError } from "./errors.js";
import { i as ProfileBuilder, l as METRIC_IDS, o as GrowingFloat64, r as parseFolded, s as GrowingInt32, u as forEachMetric } from "./profile.js";
import { Readable } from "node:stream";
import zlib from "node:zlib";

// src/formats/heaptrack/live-heap.ts
var LiveHeap = class {
	/** Of each distinct pair of size and trace, in the order of the file's `a` lines. */
	#sizeOf = new GrowingFloat64();
	#recordOf = new GrowingInt32();
	#allocations = new GrowingFloat64();
	#allocated = new GrowingFloat64();
	#temporary = new GrowingFloat64();
	#live = new GrowingFloat64();
	#liveAtPeak = new GrowingFloat64();
	#generationOf = new GrowingInt32();
	#liveTotal = 0;
	#peakTotal = 0;
	#generation = 0;
	/** The info of the event before if that was an allocation, else 0: heaptrack does not tell 0 from none. */
	#lastInfo = 0;
	#events = 0;
	get events() {
		return this.#events;
	}
	get infoCount() {
		return this.#sizeOf.length;
	}
	get recordCount() {
		return this.#live.length;
	}
	/** A new row of costs, for a stack that allocates. */
	addRecord() {
		this.#allocations.push(0);
		this.#allocated.push(0);
		this.#temporary.push(0);
		this.#liveAtPeak.push(0);
		this.#generationOf.push(-1);
		return this.#live.push(0);
	}
	addInfo(size, record) {
		this.#sizeOf.push(size);
		this.#recordOf.push(record);
	}
	allocate(info) {
		const record = this.#recordOf.values[info];
		const size = this.#sizeOf.values[info];
		this.#touch(record);
		this.#events++;
		this.#allocations.values[record]++;
		this.#allocated.values[record] += size;
		this.#live.values[record] += size;
		this.#liveTotal += size;
		if (this.#liveTotal > this.#peakTotal) {
			this.#peakTotal = this.#liveTotal;
			this.#generation++;
		}
		this.#lastInfo = info;
	}
	/**
	* @param isTemporary whether it frees the allocation just made; when left out, told by heaptrack's rule
	* @returns false when the stack had less live than that, which no sound trace says
	*/
	free(info, isTemporary = this.#lastInfo === info) {
		const record = this.#recordOf.values[info];
		const size = this.#sizeOf.values[info];
		this.#touch(record);
		this.#events++;
		this.#live.values[record] -= size;
		this.#liveTotal -= size;
		if (isTemporary) this.#temporary.values[record]++;
		this.#lastInfo = 0;
		return this.#live.values[record] >= 0;
	}
	/** Forgets all costs, as when heaptrack is attached to a running program. */
	reset() {
		for (const column of [
			this.#allocations,
			this.#allocated,
			this.#temporary,
			this.#live,
			this.#liveAtPeak
		]) column.values.fill(0);
		this.#generationOf.values.fill(-1);
		this.#liveTotal = 0;
		this.#peakTotal = 0;
		this.#generation = 0;
		this.#lastInfo = 0;
	}
	/** The costs of every record: what is live now counts as leaked. */
	finish() {
		const peak = this.#live.toArray();
		for (let record = 0; record < peak.length; record++) if (this.#generationOf.values[record] === this.#generation) peak[record] = this.#liveAtPeak.values[record];
		if (this.#peakTotal === 0) peak.fill(0);
		return {
			allocated: this.#allocated.toArray(),
			allocations: this.#allocations.toArray(),
			temporary: this.#temporary.toArray(),
			leaked: this.#live.toArray(),
			peak
		};
	}
	#touch(record) {
		if (this.#generationOf.values[record] !== this.#generation) {
			this.#generationOf.values[record] = this.#generation;
			this.#liveAtPeak.values[record] = this.#live.values[record];
		}
	}
};

// src/formats/heaptrack/suppressions.ts
/**
* Functions of the system libraries that keep memory on purpose. heaptrack (since 1.3) takes what they hold out of
* `leaked`, and of nothing else; so do we, so that both say the same. A name counts wherever it occurs in a module,
* function or file of the stack. (heaptrack 1.4, src/analyze/suppressions.cpp)
*/
const SUPPRESSED_NAMES = [
	"__nss_module_allocate",
	"__gconv_read_conf",
	"__new_exitfn",
	"tzset_internal",
	"dl_open_worker",
	"g_main_context_new",
	"g_thread_self"
];
function isSuppressed(text) {
	return SUPPRESSED_NAMES.some((name) => text.includes(name));
}

// src/formats/heaptrack/heaptrack-reader.ts
const NEWLINE = 10;
const SPACE = 32;
const MAX_LINE_BYTES = 1 << 20;
const NEWEST_FORMAT = 3;
/** Value of a lower-case hex digit, or -1. */
const HEX_VALUE = (/* @__PURE__ */ new Int8Array(256)).fill(-1);
for (const [value, digit] of [..."0123456789abcdef"].entries()) HEX_VALUE[digit.charCodeAt(0)] = value;
/**
* Reads an interpreted heaptrack trace from chunks of bytes in one pass, all five metrics at once. Memory grows with
* the number of distinct stacks, not with the number of events. Each line is one record, told by its first letter:
*
*   v versions · X command line · s string · i instruction pointer · t trace node · a allocation info
*   + allocation · - free · c time · R resident set · I system · S, A and # as below
*/
var HeaptrackReader = class {
	#builder = new ProfileBuilder();
	#heap = new LiveHeap();
	#decoder = new TextDecoder();
	/** Numbers in a trace count from 1; row 0 stands for "none". */
	#stringOf = new GrowingInt32();
	/** The frames of an ip are rows [ipStart, ipStart of the next) of #ipFrames, outermost first. */
	#ipStart = new GrowingInt32();
	#ipFrames = new GrowingInt32();
	/** Each trace node's stack: that of its innermost frame. */
	#stackOfTrace = new GrowingInt32();
	#recordOfTrace = new GrowingInt32();
	#stackOfRecord = new GrowingInt32();
	#traceOfRecord = new GrowingInt32();
	/** Null unless asked for. */
	#tables;
	/** Only in traces from before heaptrack 1.0: what is live at an address, and what each size and trace is. */
	#infoOfPointer = /* @__PURE__ */ new Map();
	#infoOfSizeAndTrace = /* @__PURE__ */ new Map();
	#lastPointer = "";
	#unknownStack = -1;
	#heaptrackVersion = null;
	#format = 0;
	#command = null;
	#trailer = "missing";
	#bytes = /* @__PURE__ */ new Uint8Array(0);
	#position = 0;
	/** Where #bytes begins in the whole trace. */
	#offset = 0;
	/** The beginning of a line whose end has not come yet. */
	#carry = /* @__PURE__ */ new Uint8Array(0);
	/** @param options `keepsTables`: whether `tables()` will be asked for; costs memory for each distinct stack */
	constructor({ keepsTables = false } = {}) {
		this.#tables = keepsTables ? new KeptTables() : null;
		this.#stringOf.push(0);
		this.#ipStart.push(0);
		this.#ipStart.push(0);
		this.#stackOfTrace.push(-1);
		this.#recordOfTrace.push(-1);
	}
	/** Takes the next bytes of the decompressed trace, cut anywhere. */
	push(chunk) {
		let start = 0;
		if (this.#carry.length > 0) {
			const end = chunk.indexOf(NEWLINE) + 1;
			if (end === 0) {
				this.#keep(Buffer.concat([this.#carry, chunk]));
				return;
			}
			const line = Buffer.concat([this.#carry, chunk.subarray(0, end)]);
			this.#carry = /* @__PURE__ */ new Uint8Array(0);
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
	finish() {
		if (this.#carry.length > 0) this.#fail("the trace is cut off in the middle of a line");
		if (this.#trailer !== "complete") this.#fail("the trace is cut off: heaptrack_interpret did not get to its end");
		if (this.#heap.events === 0) this.#fail("the trace holds no allocation: heaptrack was not loaded, or the program ended before it wrote");
		const facts = {
			metrics: METRIC_IDS,
			command: this.#command,
			recordedBy: this.#heaptrackVersion === null ? null : `heaptrack ${this.#heaptrackVersion}`,
			executable: null,
			events: this.#heap.events,
			isThreaded: false
		};
		const profile = this.#builder.build(facts, this.#costsOfStacks());
		const { executable, isThreaded } = describeProgram(profile);
		return {
			...suppressLeaks(profile),
			facts: {
				...facts,
				executable,
				isThreaded
			}
		};
	}
	/** The trace's own tables. Call after `finish`, on a reader made with `keepsTables`. */
	tables({ strings, costs }) {
		if (this.#tables === null) throw new Error("the reader was not told to keep its tables");
		const stackOfRecord = this.#stackOfRecord.values;
		const ofRecord = this.#heap.finish();
		const leaked = ofRecord.leaked.map((cost, record) => costs.leaked[stackOfRecord[record]] === 0 ? 0 : cost);
		return this.#tables.finish({
			strings: Array.from(this.#stringOf.toArray(), (index) => strings[index]),
			records: {
				trace: this.#traceOfRecord.toArray(),
				costs: {
					...ofRecord,
					leaked
				}
			}
		});
	}
	#keep(beginOfLine) {
		if (beginOfLine.length > MAX_LINE_BYTES) this.#fail("a line of more than 1 MiB");
		this.#carry = beginOfLine;
	}
	#costsOfStacks() {
		const ofRecord = this.#heap.finish();
		return forEachMetric((id) => {
			const column = new Float64Array(this.#builder.stackCount);
			for (let record = 0; record < this.#stackOfRecord.length; record++) column[this.#stackOfRecord.values[record]] += ofRecord[id][record];
			return column;
		});
	}
	/** Reads whole lines: `bytes` ends with a newline. */
	#readLines(bytes) {
		this.#bytes = bytes;
		this.#position = 0;
		while (this.#position < bytes.length) {
			const kind = bytes[this.#position];
			if (kind === NEWLINE) {
				this.#position++;
				this.#trailer = "blank";
				continue;
			}
			this.#position += 2;
			if (bytes[this.#position - 1] === NEWLINE) this.#position--;
			this.#readRecord(kind);
			if (bytes[this.#position] !== NEWLINE) this.#position = bytes.indexOf(NEWLINE, this.#position);
			this.#position++;
		}
		this.#offset += bytes.length;
		this.#position = 0;
	}
	#readRecord(kind) {
		switch (kind) {
			case 43:
				if (this.#format === 0) this.#readOldAllocation();
				else this.#heap.allocate(this.#readInfo());
				break;
			case 45:
				if (this.#format === 0) this.#readOldFree();
				else this.#free(this.#readInfo());
				break;
			case 97:
				this.#readAllocationInfo();
				break;
			case 116:
				this.#readTraceNode();
				break;
			case 105:
				this.#readInstructionPointer();
				break;
			case 115:
				this.#readString();
				break;
			case 118:
				this.#readVersions();
				break;
			case 88:
				this.#readCommand();
				break;
			case 65:
				this.#heap.reset();
				break;
			case 35:
				this.#readComment();
				break;
			case 120:
			case 109: this.#fail("this is a raw trace: run it through heaptrack_interpret (or `heaptrack --interpret`) first");
		}
	}
	#readInfo() {
		const info = this.#readHex();
		if (info >= this.#heap.infoCount) this.#fail(`allocation info ${info} is not defined`);
		return info;
	}
	#readAllocationInfo() {
		const size = this.#readHex();
		this.#addInfo(size, this.#readHex());
	}
	#addInfo(size, trace) {
		if (trace >= this.#stackOfTrace.length) this.#fail(`trace ${trace} is not defined`);
		let record = this.#recordOfTrace.values[trace];
		if (record < 0) {
			record = this.#heap.addRecord();
			this.#recordOfTrace.values[trace] = record;
			this.#stackOfRecord.push(trace === 0 ? this.#unknown() : this.#stackOfTrace.values[trace]);
			this.#traceOfRecord.push(trace);
		}
		this.#heap.addInfo(size, record);
	}
	#free(info, isTemporary) {
		if (!this.#heap.free(info, isTemporary)) this.#fail("more was freed than had been allocated");
	}
	/** Format 0: `+ size trace pointer`. */
	#readOldAllocation() {
		const size = this.#readHex();
		const trace = this.#readHex();
		const pointer = this.#readField();
		const key = `${size} ${trace}`;
		let info = this.#infoOfSizeAndTrace.get(key);
		if (info === void 0) {
			info = this.#heap.infoCount;
			this.#addInfo(size, trace);
			this.#infoOfSizeAndTrace.set(key, info);
		}
		this.#heap.allocate(info);
		this.#infoOfPointer.set(pointer, info);
		this.#lastPointer = pointer;
	}
	/** Format 0: `- pointer`. What was allocated before heaptrack was attached is not known, and passed over. */
	#readOldFree() {
		const pointer = this.#readField();
		const info = this.#infoOfPointer.get(pointer);
		if (info === void 0) return;
		this.#infoOfPointer.delete(pointer);
		this.#free(info, this.#lastPointer === pointer);
		this.#lastPointer = "";
	}
	#readTraceNode() {
		const ip = this.#readHex();
		const parent = this.#readHex();
		if (ip >= this.#ipStart.length - 1) this.#fail(`instruction pointer ${ip} is not defined`);
		if (parent >= this.#stackOfTrace.length) this.#fail(`trace ${parent} is not defined`);
		let stack = this.#stackOfTrace.values[parent];
		const end = this.#ipStart.values[ip + 1];
		for (let row = this.#ipStart.values[ip]; row < end; row++) stack = this.#builder.appendStack(stack, this.#ipFrames.values[row]);
		this.#stackOfTrace.push(stack < 0 ? this.#unknown() : stack);
		this.#recordOfTrace.push(-1);
		this.#tables?.addTrace(ip, parent);
	}
	/**
	* `i address module [function [file line (function file line)*]]`: the first triple is the innermost inlined
	* function, each further one its caller, the last the real function of the address.
	*/
	#readInstructionPointer() {
		const address = this.#readField();
		const moduleNumber = this.#readHex();
		const module = this.#stringIndex(moduleNumber);
		const numbers = [];
		const triples = [];
		do {
			const [name, file, line] = [
				this.#readHex(),
				this.#readHex(),
				this.#readHex()
			];
			numbers.push(name, file, line);
			triples.push(this.#stringIndex(name), this.#stringIndex(file), line);
		} while (this.#hasField());
		this.#tables?.addIp(address, moduleNumber, numbers);
		for (let index = triples.length - 3; index >= 0; index -= 3) {
			const [name, file, line] = [
				triples[index],
				triples[index + 1],
				triples[index + 2]
			];
			this.#ipFrames.push(this.#builder.frame({
				function: name,
				file,
				line: Math.min(line, 2147483647),
				module
			}));
		}
		this.#ipStart.push(this.#ipFrames.length);
	}
	#readString() {
		let start = this.#position;
		let end = this.#bytes.indexOf(NEWLINE, start);
		if (this.#format >= 3) {
			const length = this.#readHex();
			start = Math.min(this.#position, end);
			end = start + length <= end ? start + length : start;
		}
		this.#stringOf.push(this.#builder.string(this.#decoder.decode(this.#bytes.subarray(start, end))));
	}
	#readVersions() {
		const version = this.#readHex();
		this.#heaptrackVersion = `${version >> 16}.${version >> 8 & 255}.${version & 255}`;
		this.#format = this.#hasField() ? this.#readHex() : version === 66048 ? 1 : 0;
		if (this.#format > NEWEST_FORMAT) this.#fail(`heaptrack's file format ${this.#format} is newer than the newest known here, ${NEWEST_FORMAT}`);
	}
	#readCommand() {
		if (this.#command !== null) this.#fail("a second command line: an argument of the program held a newline, which corrupts the trace");
		this.#command = this.#decoder.decode(this.#bytes.subarray(this.#position, this.#bytes.indexOf(NEWLINE, this.#position)));
	}
	/** The interpreter that came to its end writes an empty line, `# strings: N` and `# ips: N`. */
	#readComment() {
		const end = this.#bytes.indexOf(NEWLINE, this.#position);
		const comment = this.#decoder.decode(this.#bytes.subarray(this.#position, Math.min(end, this.#position + 64)));
		const strings = /^strings: (\d+)$/.exec(comment);
		if (strings && this.#trailer === "blank" && Number(strings[1]) === this.#stringOf.length - 1) this.#trailer = "strings";
		const ips = /^ips: (\d+)$/.exec(comment);
		if (ips && this.#trailer === "strings" && Number(ips[1]) === this.#ipStart.length - 2) this.#trailer = "complete";
	}
	#stringIndex(number) {
		if (number >= this.#stringOf.length) this.#fail(`string ${number} is not defined`);
		return this.#stringOf.values[number];
	}
	#hasField() {
		return this.#bytes[this.#position] !== NEWLINE;
	}
	/** The next field as text, for numbers of 64 bits. */
	#readField() {
		const start = this.#position;
		while (this.#hasField() && this.#bytes[this.#position] !== SPACE) this.#position++;
		const field = this.#decoder.decode(this.#bytes.subarray(start, this.#position));
		if (this.#hasField()) this.#position++;
		return field;
	}
	/** The next field as a number; 0 at the end of the line. Steps over one space behind it, never over the newline. */
	#readHex() {
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
			if (value > Number.MAX_SAFE_INTEGER) this.#fail("a number of more than 53 bits");
			return value;
		}
	}
	/** The stack of what heaptrack could not unwind. */
	#unknown() {
		if (this.#unknownStack < 0) {
			const frame = this.#builder.frame({
				function: 0,
				file: 0,
				line: 0,
				module: 0
			});
			this.#unknownStack = this.#builder.appendStack(-1, frame);
		}
		return this.#unknownStack;
	}
	#fail(message) {
		throw new TraceFormatError(message, this.#offset + this.#position);
	}
};
var KeptTables = class {
	#address = [""];
	#module = new GrowingInt32();
	#start = new GrowingInt32();
	#triples = new GrowingInt32();
	#ip = new GrowingInt32();
	#parent = new GrowingInt32();
	constructor() {
		this.#module.push(0);
		this.#start.push(0);
		this.#start.push(0);
		this.addTrace(0, 0);
	}
	addIp(address, module, triples) {
		this.#address.push(address);
		this.#module.push(module);
		for (const number of triples) this.#triples.push(number);
		this.#start.push(this.#triples.length);
	}
	addTrace(ip, parent) {
		this.#ip.push(ip);
		this.#parent.push(parent);
	}
	finish(rest) {
		return {
			...rest,
			ips: {
				address: this.#address,
				module: this.#module.toArray(),
				start: this.#start.toArray(),
				triples: this.#triples.toArray()
			},
			traces: {
				ip: this.#ip.toArray(),
				parent: this.#parent.toArray()
			}
		};
	}
};
/** The program's executable, and whether it ran threads, as its stacks tell. */
function describeProgram({ strings, frames, stacks }) {
	let executable = null;
	let isThreaded = false;
	for (let stack = 0; stack < stacks.length; stack++) {
		if (stacks.prefix[stack] >= 0) continue;
		const frame = stacks.frame[stack];
		const module = strings[frames.module[frame]];
		if (strings[frames.function[frame]] === "_start") executable ??= module;
		if (/\/lib(c|pthread)[.-][^/]*$/.test(module)) isThreaded = true;
	}
	return {
		executable,
		isThreaded
	};
}
function suppressLeaks(profile) {
	const { strings, frames, stacks, costs } = profile;
	const isNameSuppressed = strings.map(isSuppressed);
	const isStackSuppressed = new Uint8Array(stacks.length);
	for (let stack = 0; stack < stacks.length; stack++) {
		const frame = stacks.frame[stack];
		const isFrameSuppressed = isNameSuppressed[frames.function[frame]] || isNameSuppressed[frames.file[frame]] || isNameSuppressed[frames.module[frame]];
		const prefix = stacks.prefix[stack];
		if (isFrameSuppressed || prefix >= 0 && isStackSuppressed[prefix] === 1) isStackSuppressed[stack] = 1;
	}
	return {
		...profile,
		costs: {
			...costs,
			leaked: costs.leaked.map((cost, s) => isStackSuppressed[s] ? 0 : cost)
		}
	};
}

// src/formats/heaptrack/heaptrack-format.ts
/** What `heaptrack_interpret` writes: formats 0 to 3. */
const heaptrackFormat = {
	name: "heaptrack (interpreted)",
	matches: (firstBytes) => {
		const text = new TextDecoder("latin1").decode(firstBytes);
		return /^v [0-9a-f]+( [0-9a-f]+)?\n/.test(text) || /^X [^\n]*\n[sit] /.test(text) || /^\n# strings: /.test(text);
	},
	async read(bytes) {
		const reader = new HeaptrackReader();
		for await (const chunk of bytes) reader.push(chunk);
		return reader.finish();
	}
};

// src/formats/peek.ts
/** Looks at the first bytes of a stream without losing them. */
async function peek(bytes, length) {
	const iterator = bytes[Symbol.asyncIterator]();
	const chunks = [];
	let size = 0;
	while (size < length) {
		const next = await iterator.next();
		if (next.done) break;
		chunks.push(next.value);
		size += next.value.length;
	}
	return {
		first: Buffer.concat(chunks).subarray(0, length),
		all: resume(chunks, iterator)
	};
}
async function* resume(chunks, iterator) {
	try {
		yield* chunks;
		for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
	} finally {
		await iterator.return?.();
	}
}

// src/formats/decompress.ts
/** Chunks of 1 MiB decompress 4.6 times as fast as Node's default of 16 KiB (zstd, 1 GB of heaptrack text). */
const CHUNK_SIZE = 1 << 20;
const GZIP_MAGIC = [31, 139];
const ZSTD_MAGIC = [
	40,
	181,
	47,
	253
];
/** A zstd file may begin with a skippable frame: 0x184D2A50 to 0x184D2A5F, little-endian (RFC 8878 §3.1.2). */
const ZSTD_SKIPPABLE_TAIL = [
	42,
	77,
	24
];
/**
* Undoes gzip or zstd as the first bytes tell; anything else passes through.
* @throws TraceFormatError on damaged or cut input; UserError where this Node cannot read zstd
*/
async function* decompress(bytes) {
	const { first, all } = await peek(bytes, 4);
	if (startsWith(first, GZIP_MAGIC)) yield* gunzip(all);
	else if (startsWith(first, ZSTD_MAGIC) || isSkippableFrame(first)) yield* unzstd(all);
	else yield* all;
}
function startsWith(bytes, magic) {
	return magic.every((byte, index) => bytes[index] === byte);
}
function isSkippableFrame(bytes) {
	return (bytes[0] & 240) === 80 && startsWith(bytes.subarray(1), ZSTD_SKIPPABLE_TAIL);
}
async function* gunzip(bytes) {
	const decoder = zlib.createGunzip({ chunkSize: CHUNK_SIZE });
	const source = Readable.from(bytes, { objectMode: true });
	source.on("error", (error) => decoder.destroy(error));
	try {
		yield* source.pipe(decoder);
	} catch (error) {
		throw damaged("gzip", error);
	} finally {
		source.destroy();
		decoder.destroy();
	}
}
/**
* Node's zstd stream ends with the first frame and drops what follows in the same chunk, without a word. So it gets
* one chunk at a time, and what it did not eat goes to a decoder of its own.
*/
async function* unzstd(bytes) {
	if (zlib.createZstdDecompress === void 0) throw new UserError(`reading zstd needs Node 22.15 or newer, this is ${process.version}; or decompress the trace first: zstd -d FILE`);
	const input = bytes[Symbol.asyncIterator]();
	try {
		let next = await input.next();
		while (!next.done) {
			const decoder = zlib.createZstdDecompress({ chunkSize: CHUNK_SIZE });
			const fed = feedOneStream(decoder, next.value, input);
			fed.catch(() => {});
			try {
				yield* decoder;
			} catch (error) {
				throw damaged("zstd", error);
			}
			const leftover = await fed;
			next = leftover === null ? await input.next() : {
				done: false,
				value: leftover
			};
		}
	} finally {
		await input.return?.();
	}
}
/** Feeds until the decoder is at the end of its frames or there is no more input. Returns what it did not eat. */
async function feedOneStream(decoder, first, input) {
	let chunk = first;
	for (;;) {
		const eatenBefore = decoder.bytesWritten;
		await new Promise((resolve, reject) => {
			decoder.write(chunk, (error) => error ? reject(error) : resolve());
		});
		const eaten = decoder.bytesWritten - eatenBefore;
		if (eaten === 0 && chunk.length > 0) throw new TraceFormatError("the zstd stream is damaged: an empty frame", null);
		if (eaten < chunk.length) return chunk.subarray(eaten);
		const next = await input.next();
		if (next.done) {
			decoder.end();
			return null;
		}
		chunk = next.value;
	}
}
function damaged(kind, error) {
	if (error instanceof UserError) return error;
	const cause = error;
	if (cause.code === "Z_BUF_ERROR") return new TraceFormatError(`the ${kind} stream is cut off: the recording or a copy of it did not finish`, null, { cause });
	if (cause.code?.startsWith("Z_") || cause.code?.startsWith("ZSTD_")) return new TraceFormatError(`the ${kind} stream is damaged (${cause.message})`, null, { cause });
	return cause;
}

// src/formats/folded.ts
const MAX_FOLDED_BYTES = 536870912;
/** Folded text as stackcollapse scripts and `heaptrack_print -F` write it. Holds one metric. */
const foldedFormat = {
	name: "folded text (frame;frame count)",
	matches: (firstBytes) => {
		const text = new TextDecoder("latin1").decode(firstBytes);
		const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
		return lines.length > 0 && !text.includes("\0") && (lines.length > 1 ? / \d+\r?$/ : / \d+\r?$|;/).test(lines[0]);
	},
	async read(bytes, { metric }) {
		const chunks = [];
		let size = 0;
		for await (const chunk of bytes) {
			size += chunk.length;
			if (size > MAX_FOLDED_BYTES) throw new TraceFormatError("folded text of more than 512 MiB", MAX_FOLDED_BYTES);
			chunks.push(chunk);
		}
		return parseFolded(new TextDecoder().decode(Buffer.concat(chunks)), metric, ({ line, text }) => {
			throw new TraceFormatError(`line ${line} of the folded text is not "frame;frame… count": ${JSON.stringify(text)}`, null);
		});
	}
};

// src/formats/index.ts
/** In order of precedence. A new format is one file and one entry here. */
const TRACE_FORMATS = [heaptrackFormat, foldedFormat];
/**
* Reads a trace of any known format: plain, gzip or zstd, told by its content, never by its name.
* @throws TraceFormatError when it is none of them, or broken
*/
async function readTrace(bytes, options) {
	const { first, all } = await peek(decompress(bytes), 4096);
	const format = TRACE_FORMATS.find((candidate) => candidate.matches(first));
	if (format === void 0) throw new TraceFormatError(`${first.length === 0 ? "the trace is empty" : "not a trace that is known here"}; accepted: ${TRACE_FORMATS.map((f) => f.name).join(", ")}, each plain, gzip or zstd`, 0);
	return format.read(all, options);
}

export { heaptrackFormat as n, readTrace as t };