import { a as TraceFormatError, s as UserError } from "./errors.js";
import { _ as SIZE_BUCKET_COUNT, b as METRIC_IDS, d as GrowingFloat64, f as GrowingInt32, g as MAX_SERIES_POINTS, i as ProfileBuilder, t as FoldedReader, v as bucketOfSize, x as forEachMetric } from "./profile.js";
import { d as moduleMarks, f as rootMarks, l as calleeMarks, u as isFootprint } from "./symbols.js";
import { Readable } from "node:stream";
import zlib from "node:zlib";

// src/formats/heaptrack/allocation-functions.ts
/**
* heaptrack takes these out of every stack: the allocation is their caller's. The forms with an alignment or with
* `nothrow` stay. (heaptrack 1.4, src/analyze/accumulatedtracedata.cpp)
*/
const ALLOCATION_FUNCTIONS = [
	"operator new(unsigned long)",
	"operator new[](unsigned long)",
	"operator new(unsigned int)",
	"operator new[](unsigned int)"
];

// src/formats/heaptrack/describe-program.ts
/**
* heaptrack records the innermost 62 frames (1.0 to 1.5). A stack of fewer rows is whole; a longer one may begin
* anywhere.
*/
const FRAMES_OF_A_CUT_STACK = 60;
/**
* The program's executable, and whether it ran threads, as its stacks tell.
* @param isEnd of each stack whether a recorded one ends there, and does not just pass through
*/
function describeProgram({ strings, frames, stacks }, isEnd) {
	let executable = null;
	let firstModule = null;
	let isThreaded = false;
	const { prefix, length } = stacks;
	const depth = new Int32Array(length);
	const isInLibrary = new Uint8Array(length);
	for (let stack = 0; stack < length; stack++) if (prefix[stack] >= 0) {
		depth[stack] = depth[prefix[stack]] + 1;
		isInLibrary[stack] = isInLibrary[prefix[stack]];
	} else {
		const frame = stacks.frame[stack];
		const module = strings[frames.module[frame]];
		if (strings[frames.function[frame]] === "_start") executable ??= module;
		if (/\/lib(c|pthread)[.-][^/]*$/.test(module)) isInLibrary[stack] = 1;
		else if (module !== "" && !/\/ld[.-][^/]*$/.test(module)) firstModule ??= module;
	}
	for (let stack = 1; stack < length && !isThreaded; stack++) isThreaded = isEnd[stack] === 1 && isInLibrary[stack] === 1 && depth[stack] < FRAMES_OF_A_CUT_STACK;
	return {
		executable: executable ?? firstModule,
		isThreaded
	};
}

// src/formats/heaptrack/heaptrack-tables.ts
/** Takes the rows of a trace in the order in which the file has them. */
var HeaptrackTablesBuilder = class {
	#strings = [""];
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
	/** @param bytes of the name, as the trace has them */
	addString(bytes) {
		this.#strings.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1"));
	}
	/** @param module and the names in `triples` are string numbers */
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
	build(records) {
		return {
			strings: this.#strings,
			records,
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

// src/formats/heaptrack/series-recorder.ts
/**
* A HeapSeries of any length in bounded memory. Points fall into buckets of one width, which doubles whenever all room
* is taken; of a bucket the last place and the largest value stay.
*/
var SeriesRecorder = class {
	#at = new Float64Array(MAX_SERIES_POINTS);
	#live = new Float64Array(MAX_SERIES_POINTS);
	#length = 0;
	#width = 1;
	/** The place of the last point; 0 without points. */
	get last() {
		return this.#length === 0 ? 0 : this.#at[this.#length - 1];
	}
	/** Where the bucket ends in which the next whole number is. */
	get endOfBucket() {
		return (Math.floor(this.last / this.#width) + 1) * this.#width;
	}
	/** @param at not before `last` */
	add(at, live) {
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
	finish() {
		return {
			at: this.#at.slice(0, this.#length),
			live: this.#live.slice(0, this.#length)
		};
	}
	reset() {
		this.#length = 0;
		this.#width = 1;
	}
	#isInLastBucket(at) {
		return this.#length > 0 && this.#bucket(at) === this.#bucket(this.#at[this.#length - 1]);
	}
	/** A bucket ends with its largest place. */
	#bucket(at) {
		return Math.ceil(at / this.#width);
	}
	#widen() {
		this.#width *= 2;
		const length = this.#length;
		this.#length = 0;
		for (let point = 0; point < length; point++) this.add(this.#at[point], this.#live[point]);
	}
};

// src/formats/heaptrack/live-heap.ts
const ROW = 8;
const SIZE = 0;
/** Row of costs that the info's stack has. */
const RECORD = 1;
/** Calls so far. */
const ALLOCATIONS = 2;
const TEMPORARY = 3;
/** Blocks that are live, and what they were when the last maximum was set if `GENERATION` is the current one. */
const LIVE = 4;
const LIVE_AT_PEAK = 5;
const GENERATION = 6;
/** In `GENERATION`, of what the profiler, not the program, asked for: there are a few such events in a whole trace. */
const FOOTPRINT = -2;
/** What `GENERATION` is for all others. */
const FOOTPRINT_GENERATION = 7;
/** Of 64 bytes each. A trace with more would have more stacks than a profile takes, too. */
const MAX_INFOS = 2 ** 24;
/** All allocations so far. Infos and records are numbered from 0, in the order in which they are added. */
var LiveHeap = class {
	#rows = new GrowingFloat64();
	#infoCount = 0;
	/** For each record 1 where the profiler, not the program, asked. */
	#isFootprint = new GrowingInt32();
	#liveTotal = 0;
	#peakTotal = 0;
	#generation = 0;
	/** The info of the event before if that was an allocation, else 0: heaptrack does not tell 0 from none. */
	#lastInfo = 0;
	#events = 0;
	/** Of them those that `reset` made forget. */
	#forgottenEvents = 0;
	/** What of the live bytes is the profiler's. */
	#footprintLive = 0;
	/** The most that the program had live since the last point of each series; -1 without an event since. */
	#mostByEvents = -1;
	#mostByTime = -1;
	#byEvents = new SeriesRecorder();
	#byTime = new SeriesRecorder();
	get events() {
		return this.#events;
	}
	get infoCount() {
		return this.#infoCount;
	}
	/**
	* A new row of costs, for a stack that allocates.
	* @param isFootprint whether the profiler asked for it, not the program
	*/
	addRecord(isFootprint) {
		return this.#isFootprint.push(isFootprint ? 1 : 0);
	}
	/** @throws TraceFormatError when there are more than any sound trace has */
	addInfo(size, record) {
		if (this.#infoCount === MAX_INFOS) throw new TraceFormatError(`the trace has more than ${MAX_INFOS} distinct sizes and stacks`, null);
		this.#infoCount++;
		const start = this.#rows.extend(ROW);
		this.#rows.values[start + SIZE] = size;
		this.#rows.values[start + RECORD] = record;
		this.#rows.values[start + GENERATION] = this.#isFootprint.values[record] === 1 ? FOOTPRINT : -1;
		this.#rows.values[start + FOOTPRINT_GENERATION] = -1;
	}
	/**
	* Replays events in their order.
	* @param events of each the info, or `~info` when it was freed
	* @returns the index of the first event that frees what is not live, as no sound trace does; or -1
	*/
	replay(events, count) {
		for (let start = 0; start < count;) {
			const room = this.#byEvents.endOfBucket - (this.#events - this.#forgottenEvents);
			const end = Math.min(count, start + room);
			const unsound = this.#replayBucket(events, start, end);
			if (unsound >= 0) return unsound;
			if (end === start + room) this.#endBucket();
			start = end;
		}
		return -1;
	}
	#endBucket() {
		this.#byEvents.add(this.#events - this.#forgottenEvents, this.#mostByEvents);
		this.#mostByEvents = -1;
	}
	/** @returns as `replay` */
	#replayBucket(events, start, end) {
		for (let index = start; index < end;) {
			const stop = this.#replayRange(events, index, end);
			if (stop < 0) return ~stop;
			if (stop < end && !this.#replayFootprint(events[stop])) return stop;
			index = stop + 1;
		}
		return -1;
	}
	/**
	* One function of local variables, since it runs for each event of the trace: see `npm run bench`.
	* @returns the index of an event of the profiler's own, before which it stopped; `~index` of an unsound one; or `end`
	*/
	#replayRange(events, start, end) {
		const rows = this.#rows.values;
		let liveTotal = this.#liveTotal;
		let peakTotal = this.#peakTotal;
		let generation = this.#generation;
		let lastInfo = this.#lastInfo;
		let mostLive = events[start] < 0 ? liveTotal - rows[~events[start] * ROW + SIZE] : -1;
		let stop = end;
		for (let index = start; index < end; index++) {
			const event = events[index];
			const info = event < 0 ? ~event : event;
			const row = info * ROW;
			if (rows[row + GENERATION] !== generation) {
				if (rows[row + GENERATION] === FOOTPRINT) {
					if (index === start) mostLive = -1;
					stop = index;
					break;
				}
				rows[row + GENERATION] = generation;
				rows[row + LIVE_AT_PEAK] = rows[row + LIVE];
			}
			if (event >= 0) {
				rows[row + ALLOCATIONS]++;
				rows[row + LIVE]++;
				liveTotal += rows[row + SIZE];
				lastInfo = info;
				if (liveTotal > mostLive) {
					mostLive = liveTotal;
					if (liveTotal > peakTotal) {
						peakTotal = liveTotal;
						generation++;
					}
				}
			} else {
				if (lastInfo === info) rows[row + TEMPORARY]++;
				lastInfo = 0;
				liveTotal -= rows[row + SIZE];
				if (--rows[row + LIVE] < 0) {
					stop = ~index;
					break;
				}
			}
		}
		this.#liveTotal = liveTotal;
		this.#peakTotal = peakTotal;
		this.#generation = generation;
		this.#lastInfo = lastInfo;
		if (mostLive >= 0) this.#see(mostLive - this.#footprintLive);
		this.#events += (stop < 0 ? ~stop : stop) - start;
		return stop;
	}
	/** What is said of all events in `replayRange`, of one of the profiler's own. @returns whether it is sound */
	#replayFootprint(event) {
		const rows = this.#rows.values;
		const info = event < 0 ? ~event : event;
		const row = info * ROW;
		const size = rows[row + SIZE];
		if (rows[row + FOOTPRINT_GENERATION] !== this.#generation) {
			rows[row + FOOTPRINT_GENERATION] = this.#generation;
			rows[row + LIVE_AT_PEAK] = rows[row + LIVE];
		}
		if (event >= 0) {
			rows[row + ALLOCATIONS]++;
			rows[row + LIVE]++;
			this.#liveTotal += size;
			this.#footprintLive += size;
			this.#lastInfo = info;
			if (this.#liveTotal > this.#peakTotal) {
				this.#peakTotal = this.#liveTotal;
				this.#generation++;
			}
		} else {
			if (this.#lastInfo === info) rows[row + TEMPORARY]++;
			this.#lastInfo = 0;
			this.#liveTotal -= size;
			this.#footprintLive -= size;
			if (--rows[row + LIVE] < 0) return false;
		}
		this.#see(this.#liveTotal - this.#footprintLive);
		this.#events++;
		return true;
	}
	/** Takes note of what the program had live. */
	#see(live) {
		if (live > this.#mostByEvents) this.#mostByEvents = live;
		if (live > this.#mostByTime) this.#mostByTime = live;
	}
	/** The clock of the trace; what goes backward is passed over, as heaptrack does. */
	tick(milliseconds) {
		if (milliseconds < this.#byTime.last) return;
		this.#byTime.add(milliseconds, this.#mostByTime < 0 ? this.#liveTotal - this.#footprintLive : this.#mostByTime);
		this.#mostByTime = -1;
	}
	/** An allocation of its own, for traces that tell by address what is freed. */
	allocate(info) {
		this.replay(Int32Array.of(info), 1);
	}
	/**
	* @param isTemporary whether it frees the allocation just made
	* @returns whether it was live
	*/
	free(info, isTemporary) {
		this.#lastInfo = isTemporary ? info : -1;
		return this.replay(Int32Array.of(~info), 1) < 0;
	}
	/** Forgets all costs, as when heaptrack is attached to a running program. */
	reset() {
		const rows = this.#rows.values;
		for (let row = 0; row < this.#rows.length; row += ROW) {
			rows.fill(0, row + ALLOCATIONS, row + GENERATION);
			if (rows[row + GENERATION] !== FOOTPRINT) rows[row + GENERATION] = -1;
			rows[row + FOOTPRINT_GENERATION] = -1;
		}
		this.#liveTotal = 0;
		this.#peakTotal = 0;
		this.#generation = 0;
		this.#lastInfo = 0;
		this.#footprintLive = 0;
		this.#mostByEvents = -1;
		this.#mostByTime = -1;
		this.#byEvents.reset();
		this.#byTime.reset();
		this.#forgottenEvents = this.#events;
	}
	/** How much the program had live when. Call once, at the end. */
	timeline() {
		if (this.#mostByEvents >= 0) this.#endBucket();
		if (this.#mostByTime >= 0 && this.#byTime.last > 0) this.tick(Math.min(Number.MAX_SAFE_INTEGER, this.#byTime.last + 1));
		return {
			byEvents: this.#byEvents.finish(),
			byTime: this.#byTime.finish(),
			programs: 1
		};
	}
	/** The costs of every record, what is live now as leaked; and how large the program's own requests were. */
	finish() {
		const costs = forEachMetric(() => new Float64Array(this.#isFootprint.length));
		const sizes = {
			calls: new Float64Array(SIZE_BUCKET_COUNT),
			bytes: new Float64Array(SIZE_BUCKET_COUNT)
		};
		const rows = this.#rows.values;
		for (let row = 0; row < this.#rows.length; row += ROW) {
			const size = rows[row + SIZE];
			const record = rows[row + RECORD];
			const allocations = rows[row + ALLOCATIONS];
			const isFootprint = rows[row + GENERATION] === FOOTPRINT;
			const isTouched = rows[row + (isFootprint ? FOOTPRINT_GENERATION : GENERATION)] === this.#generation;
			costs.allocations[record] += allocations;
			costs.allocated[record] += allocations * size;
			costs.temporary[record] += rows[row + TEMPORARY];
			costs.leaked[record] += rows[row + LIVE] * size;
			if (this.#peakTotal > 0) costs.peak[record] += rows[row + (isTouched ? LIVE_AT_PEAK : LIVE)] * size;
			if (isFootprint) continue;
			const bucket = bucketOfSize(size);
			sizes.calls[bucket] += allocations;
			sizes.bytes[bucket] += allocations * size;
		}
		return {
			costs,
			sizes
		};
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
/** @param text a module, function or file */
function isSuppressed(text) {
	return SUPPRESSED_NAMES.some((name) => text.includes(name));
}

// src/formats/heaptrack/heaptrack-reader.ts
const NEWLINE$1 = 10;
const SPACE = 32;
const PLUS = 43;
const MINUS = 45;
const LETTER_A = 97;
const LETTER_T = 116;
/** Seven hex digits make a number that the processor holds as it is. */
const MAX_PLAIN_DIGITS = 7;
/** Events that are replayed together: 16 KiB of them, which stay in the processor's nearest cache. */
const EVENTS_AT_ONCE = 4096;
const MAX_LINE_BYTES$1 = 1 << 20;
const NEWEST_FORMAT = 3;
/** Of an ip or a trace: heaptrack takes what it holds out of `leaked`. Beside the bits of symbols/start-up.ts. */
const SUPPRESSED = 256;
/** Of a trace: a recorded stack ends in it. */
const ENDS_A_STACK = 512;
/** A Map holds no more than 2^24 entries. */
const MAX_MAP_ENTRIES = 2 ** 24 - 1;
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
	/** A name's first bytes are its own, even those of a byte order mark. */
	#decoder = new TextDecoder("utf-8", { ignoreBOM: true });
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
	/** What names and modules say of each ip and each trace: `SUPPRESSED`, and the bits of symbols/start-up.ts. */
	#marksOfIp = new GrowingInt32();
	#marksOfTrace = new GrowingInt32();
	#isRecordSuppressed = new GrowingInt32();
	#marksOfModule = /* @__PURE__ */ new Map();
	#suppressedStrings = /* @__PURE__ */ new Set();
	#allocationFunctions;
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
	/** Events of #bytes that were read but not yet replayed, the first at #eventsStart. See `LiveHeap.replay`. */
	#events = new Int32Array(EVENTS_AT_ONCE);
	#eventCount = 0;
	#eventsStart = 0;
	#bytes = /* @__PURE__ */ new Uint8Array(0);
	#position = 0;
	/** Where #bytes begins in the whole trace. */
	#offset = 0;
	/** The beginning of a line whose end has not come yet. */
	#carry = /* @__PURE__ */ new Uint8Array(0);
	/** @param options `keepsTables`: whether `tables()` will be asked for; costs memory for each distinct stack */
	constructor({ keepsTables = false } = {}) {
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
	push(chunk) {
		let start = 0;
		if (this.#carry.length > 0) {
			const end = chunk.indexOf(NEWLINE$1) + 1;
			if (end === 0) {
				this.#keep(Buffer.concat([this.#carry, chunk]));
				return;
			}
			const line = Buffer.concat([this.#carry, chunk.subarray(0, end)]);
			this.#carry = /* @__PURE__ */ new Uint8Array(0);
			this.#readLines(line);
			start = end;
		}
		const end = chunk.lastIndexOf(NEWLINE$1) + 1;
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
		const { costs, sizes } = this.#costsOfRecords();
		const facts = {
			metrics: METRIC_IDS,
			command: this.#command,
			recordedBy: this.#heaptrackVersion === null ? null : `heaptrack ${this.#heaptrackVersion}`,
			executable: null,
			events: this.#heap.events,
			isThreaded: false,
			timeline: this.#heap.timeline(),
			sizes
		};
		const profile = this.#builder.build(facts, this.#costsOfStacks(costs));
		const { executable, isThreaded } = describeProgram(profile, this.#endsOfStacks(profile.stacks.length));
		return {
			...profile,
			facts: {
				...facts,
				executable,
				isThreaded
			}
		};
	}
	/** Marks the stacks in which a recorded one ends. */
	#endsOfStacks(stackCount) {
		const isEnd = new Uint8Array(stackCount);
		const last = this.#stackOfTrace.length - 1;
		for (let trace = 1; trace <= last; trace++) if (trace === last || (this.#marksOfTrace.values[trace] & ENDS_A_STACK) !== 0) isEnd[this.#stackOfTrace.values[trace]] = 1;
		return isEnd;
	}
	/** The trace's own tables. Call after `finish`, on a reader made with `keepsTables`. */
	tables() {
		if (this.#tables === null) throw new Error("the reader was not told to keep its tables");
		return this.#tables.build({
			trace: this.#traceOfRecord.toArray(),
			costs: this.#costsOfRecords().costs
		});
	}
	#keep(beginOfLine) {
		if (beginOfLine.length > MAX_LINE_BYTES$1) this.#fail("a line of more than 1 MiB");
		this.#carry = beginOfLine;
	}
	#costsOfRecords() {
		const { costs, sizes } = this.#heap.finish();
		const isSuppressed = this.#isRecordSuppressed.values;
		const leaked = costs.leaked.map((cost, record) => isSuppressed[record] === 1 ? 0 : cost);
		return {
			costs: {
				...costs,
				leaked
			},
			sizes
		};
	}
	#costsOfStacks(ofRecords) {
		const stackOfRecord = this.#stackOfRecord.values;
		return forEachMetric((id) => {
			const ofStacks = new Float64Array(this.#builder.stackCount);
			const ofRecord = ofRecords[id];
			for (let record = 0; record < ofRecord.length; record++) if (ofRecord[record] !== 0) ofStacks[stackOfRecord[record]] += ofRecord[record];
			return ofStacks;
		});
	}
	/** Reads whole lines: `bytes` ends with a newline. */
	#readLines(bytes) {
		this.#bytes = bytes;
		this.#position = 0;
		this.#eventsStart = 0;
		for (;;) {
			if (this.#format > 0) this.#readPlainLines();
			if (this.#position >= bytes.length) break;
			const kind = bytes[this.#position];
			if (kind === NEWLINE$1) {
				this.#position++;
				this.#trailer = "blank";
				continue;
			}
			this.#position += 2;
			if (bytes[this.#position - 1] === NEWLINE$1) this.#position--;
			this.#readRecord(kind);
			if (bytes[this.#position] !== NEWLINE$1) this.#position = bytes.indexOf(NEWLINE$1, this.#position);
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
	#readPlainLines() {
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
			for (let digit = HEX_VALUE[bytes[at]]; digit >= 0; digit = HEX_VALUE[bytes[++at]]) first = first << 4 | digit;
			if (at - position > 9) break;
			if (kind === PLUS || kind === MINUS) {
				if (bytes[at] !== NEWLINE$1 || first >= infoCount) break;
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
			for (let digit = HEX_VALUE[bytes[at]]; digit >= 0; digit = HEX_VALUE[bytes[++at]]) second = second << 4 | digit;
			if (bytes[at] !== NEWLINE$1 || at - secondStart > MAX_PLAIN_DIGITS) break;
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
	#addEvent(event) {
		this.#events[this.#eventCount++] = event;
		if (this.#eventCount === EVENTS_AT_ONCE) this.#replayEvents();
	}
	#replayEvents() {
		const unsound = this.#heap.replay(this.#events, this.#eventCount);
		if (unsound >= 0) {
			this.#position = this.#positionOfEvent(unsound);
			this.#fail("more was freed than had been allocated");
		}
		this.#eventCount = 0;
		this.#eventsStart = this.#position;
	}
	/** Where the line begins of an event that is not yet replayed. */
	#positionOfEvent(index) {
		let position = this.#eventsStart;
		for (let events = 0;; position = this.#bytes.indexOf(NEWLINE$1, position) + 1) {
			const kind = this.#bytes[position];
			if ((kind === PLUS || kind === MINUS) && events++ === index) return position;
		}
	}
	#readRecord(kind) {
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
			case 99:
				this.#replayEvents();
				this.#heap.tick(this.#readHex());
				break;
			case 65:
				this.#replayEvents();
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
	#readOldAllocation() {
		const size = this.#readHex();
		const trace = this.#readHex();
		const pointer = this.#readField();
		const key = `${size} ${trace}`;
		if (Math.max(this.#infoOfPointer.size, this.#infoOfSizeAndTrace.size) >= MAX_MAP_ENTRIES) this.#fail(`more than ${MAX_MAP_ENTRIES} live pointers or allocation infos in a trace of format 0`);
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
		if (!this.#heap.free(info, this.#lastPointer === pointer)) this.#fail("more was freed than had been allocated");
		this.#lastPointer = "";
	}
	#readTraceNode() {
		const ip = this.#readHex();
		const parent = this.#readHex();
		if (ip >= this.#ipStart.length - 1) this.#fail(`instruction pointer ${ip} is not defined`);
		if (parent >= this.#stackOfTrace.length) this.#fail(`trace ${parent} is not defined`);
		this.#addTrace(ip, parent);
	}
	#addTrace(ip, parent) {
		let stack = this.#stackOfTrace.values[parent];
		const end = this.#ipStart.values[ip + 1];
		for (let row = this.#ipStart.values[ip]; row < end; row++) stack = this.#builder.internTracedStack(stack, this.#ipFrames.values[row]);
		const last = this.#stackOfTrace.length - 1;
		if (parent !== last) this.#marksOfTrace.values[last] |= ENDS_A_STACK;
		this.#stackOfTrace.push(stack < 0 ? this.#unknown() : stack);
		this.#recordOfTrace.push(-1);
		const ofIp = this.#marksOfIp.values[ip];
		const ofCaller = this.#marksOfTrace.values[parent];
		const startUp = parent === 0 ? rootMarks(ofIp) : calleeMarks(ofCaller, ofIp);
		this.#marksOfTrace.push((ofIp | ofCaller) & SUPPRESSED | startUp);
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
		const suppressed = this.#hasSuppressedName(module, triples) ? SUPPRESSED : 0;
		this.#marksOfIp.push(this.#moduleMarks(module) | suppressed);
	}
	#moduleMarks(module) {
		let marks = this.#marksOfModule.get(module);
		if (marks === void 0) {
			marks = moduleMarks(this.#builder.textOf(module));
			this.#marksOfModule.set(module, marks);
		}
		return marks;
	}
	#hasSuppressedName(module, triples) {
		if (this.#suppressedStrings.size === 0 || this.#allocationFunctions.has(triples[0])) return false;
		return this.#suppressedStrings.has(module) || triples.some((string, index) => index % 3 < 2 && this.#suppressedStrings.has(string));
	}
	#readString() {
		let start = this.#position;
		let end = this.#bytes.indexOf(NEWLINE$1, start);
		if (this.#format >= 3) {
			const length = this.#readHex();
			start = Math.min(this.#position, end);
			end = start + length <= end ? start + length : start;
		}
		const bytes = this.#bytes.subarray(start, end);
		const text = this.#decoder.decode(bytes);
		const index = this.#stringOf.push(this.#builder.string(text));
		if (isSuppressed(text)) this.#suppressedStrings.add(this.#stringOf.values[index]);
		this.#tables?.addString(bytes);
	}
	#readVersions() {
		const version = this.#readHex();
		this.#heaptrackVersion = `${version >> 16}.${version >> 8 & 255}.${version & 255}`;
		this.#format = this.#hasField() ? this.#readHex() : version === 66048 ? 1 : 0;
		if (this.#format > NEWEST_FORMAT) this.#fail(`heaptrack's file format ${this.#format} is newer than the newest known here, ${NEWEST_FORMAT}`);
	}
	#readCommand() {
		if (this.#command !== null) this.#fail("a second command line: an argument of the program held a newline, which corrupts the trace");
		this.#command = this.#decoder.decode(this.#bytes.subarray(this.#position, this.#bytes.indexOf(NEWLINE$1, this.#position)));
	}
	/** The interpreter that came to its end writes an empty line, `# strings: N` and `# ips: N`. */
	#readComment() {
		const end = this.#bytes.indexOf(NEWLINE$1, this.#position);
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
		return this.#bytes[this.#position] !== NEWLINE$1;
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
			else if (byte !== NEWLINE$1) {
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
			this.#unknownStack = this.#builder.internTracedStack(-1, frame);
		}
		return this.#unknownStack;
	}
	#fail(message) {
		throw new TraceFormatError(message, this.#offset + this.#position);
	}
};

// src/formats/heaptrack/heaptrack-format.ts
/** What `heaptrack_interpret` writes: formats 0 to 3. */
const heaptrackFormat = {
	name: "heaptrack (interpreted)",
	matches: (firstBytes) => {
		const text = new TextDecoder("latin1").decode(firstBytes);
		return /^v [0-9a-f]+( [0-9a-f]+)?\n/.test(text) || /^X [^\n]*\n[sit] /.test(text) || /^\n# strings: /.test(text);
	},
	async read(bytes, { onTables }) {
		const reader = new HeaptrackReader({ keepsTables: onTables !== void 0 });
		for await (const chunk of bytes) reader.push(chunk);
		const profile = reader.finish();
		onTables?.(reader.tables());
		return profile;
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
/**
* For somebody's own traces. Tight loops of malloc and free compress by more than 10,000 to 1, so no ratio is too
* large for an honest trace, and memory grows with distinct stacks, not with bytes.
*/
const NO_LIMITS = {};
/** Chunks of 1 MiB decompress 4.6 times as fast as Node's default of 16 KiB (zstd, 1 GB of heaptrack text). */
const CHUNK_SIZE = 1 << 20;
/** The decoder of zstd keeps at most 2^27 bytes to refer back to: what `zstd -d` allows, too, unless told otherwise. */
const ZSTD_WINDOW_LOG = 27;
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
* Undoes gzip or zstd as the first bytes tell; anything else passes through. Never holds more than a few chunks of
* 1 MiB and the window of zstd (at most 128 MiB), however large the result.
* @throws TraceFormatError on damaged or cut input, or beyond `limits`; UserError where this Node cannot read zstd
*/
async function* decompress(bytes, limits = NO_LIMITS) {
	let read = 0;
	async function* count() {
		for await (const chunk of bytes) {
			read += chunk.length;
			yield chunk;
		}
	}
	let made = 0;
	for await (const chunk of undo(count())) {
		made += chunk.length;
		checkLimits(limits, read, made);
		yield chunk;
	}
}
function checkLimits({ maxBytes, maxRatio }, read, made) {
	if (maxBytes !== void 0 && made > maxBytes) throw new TraceFormatError(`the trace has more than ${maxBytes} bytes when decompressed`, null);
	if (maxRatio !== void 0 && made > maxRatio * read) throw new TraceFormatError(`the trace grows more than ${maxRatio} times when decompressed, which no measurement does`, null);
}
async function* undo(bytes) {
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
	const source = Readable.from(bytes, {
		objectMode: true,
		highWaterMark: 1
	});
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
			const decoder = zlib.createZstdDecompress({
				chunkSize: CHUNK_SIZE,
				params: { [zlib.constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG }
			});
			const fed = feedOneStream(decoder, next.value, input);
			fed.catch((error) => decoder.destroy(error));
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
	if (cause.code === "ZSTD_error_frameParameter_windowTooLarge") return new TraceFormatError("the zstd stream needs more than 128 MiB to be decompressed: compress the trace again without --long", null, { cause });
	if (cause.code?.startsWith("Z_") || cause.code?.startsWith("ZSTD_")) return new TraceFormatError(`the ${kind} stream is damaged (${cause.message})`, null, { cause });
	return cause;
}

// src/formats/folded.ts
const NEWLINE = 10;
/** A stack of 200,000 frames takes some 5 million. */
const MAX_LINE_BYTES = 16777216;
/** Folded text as stackcollapse scripts and `heaptrack_print -F` write it. Holds one metric. */
const foldedFormat = {
	name: "folded text (frame;frame count)",
	matches: (firstBytes) => {
		const text = new TextDecoder("latin1").decode(firstBytes);
		const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
		return lines.length > 0 && !text.includes("\0") && (lines.length > 1 ? / \d+\r?$/ : / \d+\r?$|;/).test(lines[0]);
	},
	async read(bytes, { metric }) {
		const reader = new FoldedReader(({ line, text }) => {
			throw new TraceFormatError(`line ${line} of the folded text is not "frame;frame… count": ${JSON.stringify(text)}`, null);
		});
		const decoder = new TextDecoder();
		/** The beginning of a line whose end has not come yet. */
		let begin = [];
		let beginSize = 0;
		for await (const chunk of bytes) {
			let start = 0;
			for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
				const line = chunk.subarray(start, end);
				reader.readLine(decoder.decode(beginSize === 0 ? line : Buffer.concat([...begin, line])));
				begin = [];
				beginSize = 0;
				start = end + 1;
			}
			if (start === chunk.length) continue;
			begin.push(chunk.slice(start));
			beginSize += chunk.length - start;
			if (beginSize > MAX_LINE_BYTES) throw new TraceFormatError("a line of the folded text has more than 16 MiB", null);
		}
		reader.readLine(decoder.decode(Buffer.concat(begin)));
		return reader.finish(metric);
	}
};

// src/formats/index.ts
/** In order of precedence. A new format is one file and one entry here. */
const TRACE_FORMATS = [heaptrackFormat, foldedFormat];
/**
* Reads a trace of any known format: plain, gzip or zstd, told by its content, never by its name.
* @param limits of what it may grow to; by default none, for somebody's own traces
* @throws TraceFormatError when it is none of them, broken, or beyond the limits
*/
async function readTrace(bytes, options, limits) {
	const { first, all } = await peek(decompress(bytes, limits), 4096);
	const format = TRACE_FORMATS.find((candidate) => candidate.matches(first));
	if (format === void 0) throw new TraceFormatError(`${first.length === 0 ? "the trace is empty" : "not a trace that is known here"}; accepted: ${TRACE_FORMATS.map((f) => f.name).join(", ")}, each plain, gzip or zstd`, 0);
	return format.read(all, options);
}

// src/formats/heaptrack/heaptrack-folded.ts
/** A stack's outermost frame is the first of these from the inside out; the machine's way to them is left out. */
const OUTERMOST_FUNCTIONS = [
	"main",
	"__libc_start_main",
	"__static_initialization_and_destruction_0"
];
/** A write of its own for each line would take longer than to make it. */
const PIECE_CHARACTERS = 65536;
/**
* One metric as folded text, in bytes since names need not be UTF-8, and in pieces since the text of a large trace
* does not fit into one string. heaptrack_print has no `allocated`; that one is ours.
*/
function* heaptrackFolded(tables, metric) {
	let piece = "";
	for (const line of foldedLines(tables, metric)) {
		piece += line;
		if (piece.length < PIECE_CHARACTERS) continue;
		yield Buffer.from(piece, "latin1");
		piece = "";
	}
	yield Buffer.from(piece, "latin1");
}
function* foldedLines(tables, metric) {
	const textOfIp = ipTexts(tables);
	const isOutermost = ipsOf(OUTERMOST_FUNCTIONS, tables);
	const { ip, parent } = withoutAllocationFunctions(tables);
	const { trace: traceOfRecord, costs } = tables.records;
	for (let record = 0; record < traceOfRecord.length; record++) {
		const first = traceOfRecord[record];
		let stack = first === 0 ? "??" : "";
		for (let trace = first; ip[trace] !== 0; trace = parent[trace]) {
			stack = textOfIp[ip[trace]] + stack;
			if (isOutermost[ip[trace]] === 1) break;
		}
		yield `${stack} ${costs[metric][record]}\n`;
	}
}
/** Such as `parse (date.cpp);inner (table.hpp);`. Inlined functions come in the file's order: innermost first. */
function ipTexts({ strings, ips }) {
	const names = strings.map(shortenTemplates);
	return ips.address.map((address, ip) => {
		if (ip === 0) return "";
		const start = ips.start[ip];
		const [name, file] = [ips.triples[start], ips.triples[start + 1]];
		let text = name === 0 ? `0x${address}` : names[name];
		if (file !== 0) text += ` (${baseName(strings[file])})`;
		text += ";";
		for (let at = start + 3; at < ips.start[ip + 1]; at += 3) text += `${names[ips.triples[at]]} (${baseName(strings[ips.triples[at + 1]])});`;
		return text;
	});
}
/** 1 for each ip whose innermost function is one of these; of equal strings in the table, only the first counts. */
function ipsOf(functions, { strings, ips }) {
	const numbers = new Set(functions.map((name) => strings.indexOf(name)));
	return Uint8Array.from(ips.address, (_, ip) => ip > 0 && numbers.has(ips.triples[ips.start[ip]]) ? 1 : 0);
}
/** The traces, each that ends in an allocation function replaced by its caller. */
function withoutAllocationFunctions(tables) {
	const isAllocation = ipsOf(ALLOCATION_FUNCTIONS, tables);
	const ip = tables.traces.ip.slice();
	const parent = tables.traces.parent.slice();
	for (let trace = 1; trace < ip.length; trace++) {
		if (isAllocation[ip[trace]] === 0) continue;
		[ip[trace], parent[trace]] = [ip[parent[trace]], parent[parent[trace]]];
	}
	return {
		ip,
		parent
	};
}
function baseName(path) {
	return path.slice(path.lastIndexOf("/") + 1);
}
/**
* `std::vector<int>::at` → `std::vector<>::at`, as heaptrack does it: the brackets of operators are kept, but an arrow
* closes a bracket that was never open, and what follows is lost: `A::operator->()` → `A::operator-`.
*/
function shortenTemplates(name) {
	let short = "";
	let depth = 0;
	for (const character of name) {
		if ((character === "<" || character === ">") && isOperatorName(short, character)) {
			short += character;
			continue;
		}
		const depthBefore = depth;
		if (character === "<") depth++;
		if (character === ">") depth--;
		if (depth === 0 || character === "<" && depthBefore === 0) short += character;
	}
	return short;
}
/** Whether a bracket that follows this text belongs to `operator<`, `operator<<` and the like. */
function isOperatorName(text, bracket) {
	return text.endsWith(text.endsWith(bracket) ? `operator${bracket}` : "operator");
}

export { readTrace as n, heaptrackFormat as r, heaptrackFolded as t };