import { a as TraceFormatError, r as MeasurementError } from "./errors.js";

// src/profile/metric.ts
/** In the order in which every table shows them. */
const METRICS = [
	{
		id: "allocated",
		label: "Bytes allocated",
		unit: "bytes",
		meaning: "Sum of the sizes of all allocations, whether freed again or not."
	},
	{
		id: "allocations",
		label: "Allocation calls",
		unit: "count",
		meaning: "Calls of malloc, realloc, operator new and their like."
	},
	{
		id: "temporary",
		label: "Temporary allocations",
		unit: "count",
		meaning: "Allocations freed again before the next one was made, as heaptrack counts them."
	},
	{
		id: "peak",
		label: "Peak heap",
		unit: "bytes",
		meaning: "Live bytes at the moment when most were live."
	},
	{
		id: "leaked",
		label: "Live at exit",
		unit: "bytes",
		meaning: "Bytes not freed when the program ended."
	}
];
/** In the order of METRICS. */
const METRIC_IDS = METRICS.map((metric) => metric.id);
/** What is known of a metric. */
function metricById(id) {
	return METRICS[METRIC_IDS.indexOf(id)];
}
/** A value for each metric, made by `make`. */
function forEachMetric(make) {
	return {
		allocated: make("allocated"),
		allocations: make("allocations"),
		temporary: make("temporary"),
		peak: make("peak"),
		leaked: make("leaked")
	};
}

// src/profile/heap-facts.ts
/** Points of one series. At most half of them are lost to merging, and a screen shows no more. */
const MAX_SERIES_POINTS = 1024;
/** The largest request of each bucket but the last, which has what is larger: those of heaptrack_gui. */
const SIZE_BUCKETS = [
	8,
	16,
	32,
	64,
	128,
	256,
	512,
	1024
];
const SIZE_BUCKET_COUNT = SIZE_BUCKETS.length + 1;
/** Row of a SizeHistogram that requests of so many bytes fall into. */
function bucketOfSize(size) {
	let bucket = 0;
	while (bucket < SIZE_BUCKETS.length && size > SIZE_BUCKETS[bucket]) bucket++;
	return bucket;
}

// src/profile/check-profile.ts
/** The largest profile that is accepted from elsewhere. */
const PROFILE_CAPS = {
	strings: 2e6,
	/** In UTF-16 units: as much of a name as is ever read. */
	stringLength: 32768,
	frames: 2e6,
	stacks: 5e6,
	/** Frames from the root to a leaf. heaptrack unwinds 64; inlined ones come on top. */
	stackDepth: 1e4,
	/** Frames of all stacks that cost something, added up: what is walked when two profiles are compared. */
	walkedFrames: 2e8,
	/** Of one metric, over all stacks: beyond it sums are not exact. */
	total: Number.MAX_SAFE_INTEGER,
	programs: 1e6,
	paths: 1e6,
	pathLength: 4096
};
/**
* Proves that a profile from elsewhere is sound.
* @param where what to call it: 'head.profile'
* @throws MeasurementError that names what is wrong and where; nothing of the profile's text is in the message
*/
function checkProfile(profile, where = "profile") {
	checkFacts(profile, `${where}.facts`);
	checkStrings(profile.strings, `${where}.strings`);
	checkFrames(profile, `${where}.frames`);
	checkCosts(profile, checkStacks(profile, `${where}.stacks`), `${where}.costs`);
}
/** Proves that paths from elsewhere belong to the frames of a profile and lead nowhere but into a repository. */
function checkFramePaths({ paths, ofFrame }, { frames }, where = "paths") {
	checkCap(paths.length, PROFILE_CAPS.paths, where);
	paths.forEach((path, index) => {
		if (!isRepositoryPath(path)) fail(`${where}[${index}]`, "is not a path inside a repository");
	});
	checkColumn(ofFrame, frames.length, -1, paths.length - 1, `${where}.ofFrame`);
}
function checkFacts({ facts }, where) {
	if (!(facts.metrics.length > 0 && facts.metrics.every((id) => METRIC_IDS.includes(id))) || new Set(facts.metrics).size !== facts.metrics.length) fail(`${where}.metrics`, `must be different ones of ${METRIC_IDS.join(", ")}`);
	for (const name of [
		"command",
		"recordedBy",
		"executable"
	]) {
		const text = facts[name];
		if (text !== null && (typeof text !== "string" || text.length > PROFILE_CAPS.stringLength)) fail(`${where}.${name}`, `must be null or text of at most ${PROFILE_CAPS.stringLength} characters`);
	}
	if (!isCount(facts.events)) fail(`${where}.events`, NOT_A_COUNT);
	if (typeof facts.isThreaded !== "boolean") fail(`${where}.isThreaded`, "must be true or false");
	if (facts.timeline !== null) checkTimeline(facts.timeline, `${where}.timeline`);
	if (facts.sizes !== null) checkSizes(facts.sizes, `${where}.sizes`);
}
function checkTimeline({ byEvents, byTime, programs }, where) {
	checkSeries(byEvents, `${where}.byEvents`);
	checkSeries(byTime, `${where}.byTime`);
	if (!isCount(programs) || programs < 1 || programs > PROFILE_CAPS.programs) fail(`${where}.programs`, `must be a whole number from 1 to ${PROFILE_CAPS.programs}`);
}
function checkSeries({ at, live }, where) {
	checkCap(at.length, MAX_SERIES_POINTS, where);
	checkCounts(at, at.length, `${where}.at`);
	checkCounts(live, at.length, `${where}.live`);
	for (let point = 1; point < at.length; point++) if (at[point] <= at[point - 1]) fail(`${where}.at[${point}]`, "must come after the point before it");
}
function checkSizes({ calls, bytes }, where) {
	checkCounts(calls, SIZE_BUCKET_COUNT, `${where}.calls`);
	checkCounts(bytes, SIZE_BUCKET_COUNT, `${where}.bytes`);
	for (const column of [calls, bytes]) if (column.reduce((sum, count) => sum + count, 0) > PROFILE_CAPS.total) fail(where, "adds up to more than 2^53");
}
function checkCounts(column, length, where) {
	if (!(column instanceof Float64Array) || column.length !== length) fail(where, `must be a column of ${length} numbers`);
	column.forEach((count, row) => {
		if (!isCount(count)) fail(`${where}[${row}]`, NOT_A_COUNT);
	});
}
function checkStrings(strings, where) {
	checkCap(strings.length, PROFILE_CAPS.strings, where);
	if (strings[0] !== "") fail(`${where}[0]`, "must be empty");
	for (let index = 0; index < strings.length; index++) {
		const text = strings[index];
		if (typeof text !== "string" || text.length > PROFILE_CAPS.stringLength) fail(`${where}[${index}]`, `must be text of at most ${PROFILE_CAPS.stringLength} characters`);
	}
}
function checkFrames({ frames, strings }, where) {
	checkCap(frames.length, PROFILE_CAPS.frames, where);
	for (const name of [
		"function",
		"file",
		"module"
	]) checkColumn(frames[name], frames.length, 0, strings.length - 1, `${where}.${name}`);
	checkColumn(frames.line, frames.length, 0, 2 ** 31 - 1, `${where}.line`);
}
/** @returns how many frames each stack has */
function checkStacks({ stacks, frames }, where) {
	checkCap(stacks.length, PROFILE_CAPS.stacks, where);
	checkColumn(stacks.frame, stacks.length, 0, frames.length - 1, `${where}.frame`);
	checkColumn(stacks.prefix, stacks.length, -1, stacks.length - 1, `${where}.prefix`);
	const depth = new Int32Array(stacks.length);
	for (let stack = 0; stack < stacks.length; stack++) {
		const prefix = stacks.prefix[stack];
		if (prefix >= stack) fail(`${where}.prefix[${stack}]`, "must come before its stack");
		depth[stack] = prefix < 0 ? 1 : depth[prefix] + 1;
		if (depth[stack] > PROFILE_CAPS.stackDepth) fail(`${where}[${stack}]`, `has more than ${PROFILE_CAPS.stackDepth} frames`);
	}
	return depth;
}
function checkCosts({ costs, facts, stacks }, depth, where) {
	const isWalked = new Uint8Array(stacks.length);
	for (const id of METRIC_IDS) {
		const column = costs[id];
		if (!(column instanceof Float64Array) || column.length !== stacks.length) fail(`${where}.${id}`, `must be a column of ${stacks.length} numbers`);
		const isMeasured = facts.metrics.includes(id);
		let total = 0;
		for (let stack = 0; stack < column.length; stack++) {
			const cost = column[stack];
			if (cost === 0) continue;
			if (!isMeasured) fail(`${where}.${id}[${stack}]`, "must be 0: the metric was not measured");
			if (!isCount(cost)) fail(`${where}.${id}[${stack}]`, NOT_A_COUNT);
			total += cost;
			if (total > PROFILE_CAPS.total) fail(`${where}.${id}`, "adds up to more than 2^53");
			isWalked[stack] = 1;
		}
	}
	let walkedFrames = 0;
	for (let stack = 0; stack < depth.length; stack++) if (isWalked[stack] === 1) walkedFrames += depth[stack];
	checkCap(walkedFrames, PROFILE_CAPS.walkedFrames, `${where}: frames of all stacks together`);
}
const NOT_A_COUNT = "must be a whole number from 0 to 2^53";
function isCount(value) {
	return Number.isSafeInteger(value) && value >= 0;
}
function checkCap(length, cap, where) {
	if (!(length <= cap)) fail(where, `has ${length} entries; accepted are at most ${cap}`);
}
/** @param least and `most` are the smallest and largest value that may stand in it */
function checkColumn(column, length, least, most, where) {
	if (!(column instanceof Int32Array) || column.length !== length) fail(where, `must be a column of ${length} numbers`);
	for (let row = 0; row < length; row++) {
		const value = column[row];
		if (value < least || value > most) fail(`${where}[${row}]`, `must be from ${least} to ${most}, not ${value}`);
	}
}
function isRepositoryPath(path) {
	if (typeof path !== "string" || path.length > PROFILE_CAPS.pathLength) return false;
	if (/[\u0000-\u001f]/.test(path)) return false;
	return path.split("/").every((segment) => segment !== "" && segment !== "." && segment !== "..");
}
function fail(where, problem) {
	throw new MeasurementError(`the measurement cannot be used: ${where} ${problem}`);
}

// src/profile/columns.ts
/** Typed arrays that grow: a column whose length is not known before the input has been read. */
var GrowingColumn = class {
	/** Rows beyond `length` are spare room. */
	values;
	length = 0;
	#make;
	constructor(make) {
		this.#make = make;
		this.values = make(1024);
	}
	push(value) {
		if (this.length === this.values.length) this.#grow();
		this.values[this.length] = value;
		return this.length++;
	}
	/** Adds `count` rows of 0 and returns the index of the first. */
	extend(count) {
		while (this.length + count > this.values.length) this.#grow();
		this.length += count;
		return this.length - count;
	}
	/** A copy without the spare room. */
	toArray() {
		const copy = this.#make(this.length);
		copy.set(this.values.subarray(0, this.length));
		return copy;
	}
	#grow() {
		const larger = this.#make(this.values.length * 2);
		larger.set(this.values);
		this.values = larger;
	}
};
/** Indexes and marks: whole numbers of 32 bits. */
var GrowingInt32 = class extends GrowingColumn {
	constructor() {
		super((length) => new Int32Array(length));
	}
};
/** Bytes and counts: whole numbers up to 2^53. */
var GrowingFloat64 = class extends GrowingColumn {
	constructor() {
		super((length) => new Float64Array(length));
	}
};

// src/profile/pair-index.ts
/**
* Slots that are looked at for one pair. At most half of the slots are taken, so pairs that nobody chose need a few;
* more are an input made to collide.
*/
const MAX_PROBES = 64;
/**
* Finds rows by the two numbers that they hold, such as a stack by its caller and its frame. A Map would need one key
* for both: a number beyond 2^31, which it boxes, or a string, which it has to hash; both take five times as long.
* The rows live in two columns of the caller's. Not every row of them need be in the index, but what is there stays
* as it is.
*/
var PairIndex = class {
	#first;
	#second;
	/**
	* Two numbers for each slot: the row plus 1, or 0 where it is free, and the pair's hash. With that most pairs are
	* told apart without a look at the columns, and a larger table is filled without one. Slots are a power of 2.
	*/
	#slots = /* @__PURE__ */ new Int32Array(4096);
	#size = 0;
	/** Rows that found no slot. Strings, which V8 hashes with a seed of its own: nobody can make those collide, too. */
	#crowded = /* @__PURE__ */ new Map();
	constructor(first, second) {
		this.#first = first;
		this.#second = second;
	}
	/** The row that holds the pair, or -1. */
	find(first, second) {
		const slot = this.#slotOf(first, second, hash(first, second));
		if (slot < 0) return this.#crowded.get(crowdedKey(first, second)) ?? -1;
		return this.#slots[slot] - 1;
	}
	/** The row that holds the pair; appended to both columns when there is none. */
	intern(first, second) {
		const hashed = hash(first, second);
		const slot = this.#slotOf(first, second, hashed);
		const known = slot < 0 ? this.#crowded.get(crowdedKey(first, second)) ?? -1 : this.#slots[slot] - 1;
		if (known >= 0) return known;
		this.#first.push(first);
		const row = this.#second.push(second);
		if (slot < 0) this.#crowded.set(crowdedKey(first, second), row);
		else this.#put(slot, row, hashed);
		if (++this.#size * 4 > this.#slots.length) this.#grow();
		return row;
	}
	/** Where the slot is that holds the pair, or should; -1 when all that it may have are taken by others. */
	#slotOf(first, second, hashed) {
		const slots = this.#slots;
		const mask = slots.length - 1;
		let slot = hashed << 1 & mask;
		for (let probes = 0; probes < MAX_PROBES; probes++) {
			const row = slots[slot] - 1;
			if (row < 0) return slot;
			if (slots[slot + 1] === hashed && this.#first.values[row] === first && this.#second.values[row] === second) return slot;
			slot = slot + 2 & mask;
		}
		return -1;
	}
	#put(slot, row, hashed) {
		this.#slots[slot] = row + 1;
		this.#slots[slot + 1] = hashed;
	}
	#grow() {
		const old = this.#slots;
		const crowded = [...this.#crowded.values()];
		this.#slots = new Int32Array(old.length * 2);
		this.#crowded.clear();
		for (let slot = 0; slot < old.length; slot += 2) if (old[slot] > 0) this.#putAgain(old[slot] - 1, old[slot + 1]);
		for (const row of crowded) this.#putAgain(row, hash(this.#first.values[row], this.#second.values[row]));
	}
	/** Puts a row into the first free slot: all rows are distinct. */
	#putAgain(row, hashed) {
		const slots = this.#slots;
		const mask = slots.length - 1;
		let slot = hashed << 1 & mask;
		for (let probes = 0; probes < MAX_PROBES; probes++) {
			if (slots[slot] === 0) {
				this.#put(slot, row, hashed);
				return;
			}
			slot = slot + 2 & mask;
		}
		this.#crowded.set(crowdedKey(this.#first.values[row], this.#second.values[row]), row);
	}
};
/** Multiplies by odd constants and mixes the upper bits, which differ most, into the lower ones, which choose the slot. */
function hash(first, second) {
	let mixed = Math.imul(first, 2654435761) ^ Math.imul(second, 2246822507);
	mixed = Math.imul(mixed ^ mixed >>> 15, 739982445);
	return mixed ^ mixed >>> 13;
}
function crowdedKey(first, second) {
	return `${first} ${second}`;
}

// src/profile/stack-rows.ts
/**
* Callees of one caller that are looked through one by one: nearly all callers have fewer, and the last one found is
* nearly always the one that comes next. Rows beyond are found by a hash, which is slower, for it is all over memory.
*/
const LISTED_CALLEES = 8;
/** A table of stacks that grows; equal frames in equal order can be one row. */
var StackRows = class {
	#prefix = new GrowingInt32();
	#frame = new GrowingInt32();
	/** The callees of each row, and of none at place 0, as a list of rows: the first, and of each row the next. */
	#firstCallee = new GrowingInt32();
	#nextCallee = new GrowingInt32();
	#unlisted = new UnlistedRows();
	constructor() {
		this.#firstCallee.push(-1);
	}
	get length() {
		return this.#prefix.length;
	}
	frameOf(stack) {
		return this.#frame.values[stack];
	}
	prefixOf(stack) {
		return this.#prefix.values[stack];
	}
	/** The row with this prefix, which is there, and this frame; added when missing. */
	intern(prefix, frame) {
		let listed = 0;
		const first = this.#firstCallee.values[prefix + 1];
		for (let row = first; row >= 0; row = this.#nextCallee.values[row]) {
			if (this.#frame.values[row] === frame) return row;
			listed++;
		}
		if (listed < LISTED_CALLEES) {
			const row = this.#push(prefix, frame, first);
			this.#firstCallee.values[prefix + 1] = row;
			return row;
		}
		const known = this.#unlisted.rowOf(prefix, frame, this.length);
		if (known === this.length) this.#push(prefix, frame, -1);
		return known;
	}
	/** Adds a row that `intern` will not find. */
	append(prefix, frame) {
		return this.#push(prefix, frame, -1);
	}
	toTable() {
		return {
			length: this.length,
			prefix: this.#prefix.toArray(),
			frame: this.#frame.toArray()
		};
	}
	#push(prefix, frame, nextCallee) {
		this.#prefix.push(prefix);
		this.#firstCallee.push(-1);
		this.#nextCallee.push(nextCallee);
		return this.#frame.push(frame);
	}
};
var UnlistedRows = class {
	#prefix = new GrowingInt32();
	#frame = new GrowingInt32();
	#row = new GrowingInt32();
	#index = new PairIndex(this.#prefix, this.#frame);
	/** @param newRow the row that it is to be, should it not be known */
	rowOf(prefix, frame, newRow) {
		const index = this.#index.intern(prefix, frame);
		if (index === this.#row.length) this.#row.push(newRow);
		return this.#row.values[index];
	}
};

// src/profile/totals.ts
/** Sums self costs into one number for each metric. Exact: all are integers below 2^53. */
function sumCosts(costs) {
	return forEachMetric((id) => sumColumn(costs[id]));
}
/**
* Self costs → total costs (a stack and everything called from it), in one pass backward: a caller comes before
* what it calls, so when a row is reached its own total is complete.
*/
function totalCosts(self, prefix) {
	const total = self.slice();
	for (let stack = total.length - 1; stack >= 0; stack--) if (prefix[stack] >= 0) total[prefix[stack]] += total[stack];
	return total;
}
/** Exact as long as the sum is below 2^53. */
function sumColumn(column) {
	let total = 0;
	for (let row = 0; row < column.length; row++) total += column[row];
	return total;
}

// src/profile/child-links.ts
/** @param parent of each node a smaller one, or -1 at a root */
function linkChildren(parent) {
	const firstChild = new Int32Array(parent.length).fill(-1);
	const nextSibling = new Int32Array(parent.length).fill(-1);
	for (let node = parent.length - 1; node >= 0; node--) {
		if (parent[node] < 0) continue;
		nextSibling[node] = firstChild[parent[node]];
		firstChild[parent[node]] = node;
	}
	return {
		firstChild,
		nextSibling
	};
}

// src/profile/profile-builder.ts
/**
* Rows of each table of a profile. A Map holds 2^24 entries, and two profiles that are laid over each other go into one.
*/
const MAX_ROWS = 2 ** 23;
/**
* The only way to make a Profile from a trace: interns strings and frames, and keeps the rule that callers come first.
* @throws TraceFormatError from any method for a trace of more than 8 million rows
*/
var ProfileBuilder = class {
	#strings = [""];
	#stringIndex = /* @__PURE__ */ new Map([["", 0]]);
	#function = new GrowingInt32();
	#file = new GrowingInt32();
	#line = new GrowingInt32();
	#module = new GrowingInt32();
	#frameIndex = /* @__PURE__ */ new Map();
	#stacks = new StackRows();
	#tracedStacks = 0;
	get stackCount() {
		return this.#stacks.length;
	}
	string(text) {
		let index = this.#stringIndex.get(text);
		if (index === void 0) {
			checkRoom(this.#strings.length, "strings");
			index = this.#strings.push(text) - 1;
			this.#stringIndex.set(text, index);
		}
		return index;
	}
	/** What `string` gave this index for. */
	textOf(index) {
		return this.#strings[index];
	}
	frame({ function: name, file, line, module }) {
		const key = `${name} ${file} ${line} ${module}`;
		let index = this.#frameIndex.get(key);
		if (index === void 0) {
			checkRoom(this.#function.length, "frames");
			index = this.#function.push(name);
			this.#file.push(file);
			this.#line.push(line);
			this.#module.push(module);
			this.#frameIndex.set(key, index);
		}
		return index;
	}
	/** Adds a row even when the same frames are there already. */
	appendStack(prefix, frame) {
		if (prefix >= this.#stacks.length) throw new RangeError(`stack ${prefix} is not there yet`);
		checkRoom(this.#stacks.length, "stacks");
		return this.#stacks.append(prefix, frame);
	}
	/** The row with this prefix and frame, added when missing. */
	internStack(prefix, frame) {
		if (prefix >= this.#stacks.length) throw new RangeError(`stack ${prefix} is not there yet`);
		const stack = this.#stacks.intern(prefix, frame);
		checkRoom(stack, "stacks");
		return stack;
	}
	/**
	* As `internStack`, but every call counts as a row, even of stacks that are there: a few lines of a forged trace can
	* stand for a billion of them.
	*/
	internTracedStack(prefix, frame) {
		checkRoom(this.#tracedStacks++, "stacks");
		return this.internStack(prefix, frame);
	}
	/**
	* @param costs a column for each metric that `facts.metrics` names, as long as `stackCount`; self costs
	* @throws TraceFormatError when a metric adds up to more than can be counted exactly
	*/
	build(facts, costs) {
		const stacks = this.#stacks.toTable();
		const frames = {
			length: this.#function.length,
			function: this.#function.toArray(),
			file: this.#file.toArray(),
			line: this.#line.toArray(),
			module: this.#module.toArray()
		};
		const columns = forEachMetric((id) => costs[id] ?? new Float64Array(stacks.length));
		const totals = sumCosts(columns);
		for (const id of facts.metrics) if (totals[id] > Number.MAX_SAFE_INTEGER) throw new TraceFormatError(`the trace's ${id} add up to more than 2^53: it is damaged`, null);
		return {
			facts,
			strings: this.#strings,
			frames,
			stacks,
			costs: columns
		};
	}
};
function checkRoom(rows, table) {
	if (rows >= MAX_ROWS) throw new TraceFormatError(`the trace has more than ${MAX_ROWS} distinct ${table}`, null);
}

// src/profile/merge-profiles.ts
/**
* Several programs of one run as one profile. What adds up is added; peak and timeline are those of the one program
* with the largest peak, since programs that ran one after the other were never live together.
*/
function mergeProfiles(profiles) {
	if (profiles.length === 1) return profiles[0];
	const builder = new ProfileBuilder();
	const rows = profiles.map((profile) => appendStacks(builder, profile));
	const costs = forEachMetric(() => new Float64Array(builder.stackCount));
	const peaks = profiles.map((profile) => sumCosts(profile.costs).peak);
	const largestPeak = peaks.indexOf(Math.max(...peaks));
	profiles.forEach((profile, index) => {
		for (const id of METRIC_IDS) {
			if (id === "peak" && index !== largestPeak) continue;
			for (let stack = 0; stack < profile.stacks.length; stack++) costs[id][rows[index][stack]] += profile.costs[id][stack];
		}
	});
	const { timeline } = profiles[largestPeak].facts;
	return builder.build({
		metrics: profiles[0].facts.metrics,
		command: profiles.map((profile) => profile.facts.command ?? "?").join("; "),
		recordedBy: profiles[0].facts.recordedBy,
		executable: profiles[0].facts.executable,
		events: profiles.reduce((sum, profile) => sum + profile.facts.events, 0),
		isThreaded: profiles.some((profile) => profile.facts.isThreaded),
		timeline: timeline && {
			...timeline,
			programs: profiles.length
		},
		sizes: addSizes(profiles.map((profile) => profile.facts.sizes))
	}, costs);
}
/** Null when any of them is not known. */
function addSizes(histograms) {
	const known = histograms.filter((histogram) => histogram !== null);
	if (known.length < histograms.length) return null;
	const sum = (column) => known[0][column].map((_, bucket) => known.reduce((total, histogram) => total + histogram[column][bucket], 0));
	return {
		calls: sum("calls"),
		bytes: sum("bytes")
	};
}
function appendStacks(builder, { strings, frames, stacks }) {
	const string = Int32Array.from(strings, (text) => builder.string(text));
	const frame = new Int32Array(frames.length);
	for (let index = 0; index < frames.length; index++) frame[index] = builder.frame({
		function: string[frames.function[index]],
		file: string[frames.file[index]],
		line: frames.line[index],
		module: string[frames.module[index]]
	});
	const rows = new Int32Array(stacks.length);
	for (let stack = 0; stack < stacks.length; stack++) {
		const prefix = stacks.prefix[stack] < 0 ? -1 : rows[stacks.prefix[stack]];
		rows[stack] = builder.internStack(prefix, frame[stacks.frame[stack]]);
	}
	return rows;
}

// src/profile/folded-text.ts
/** Pieces of this size are written as fast as larger ones. */
const PIECE_BYTES = 1 << 20;
const ENCODER = new TextEncoder();
/**
* Writes stacks as folded text (see folded.ts): `main;parse;operator new 4096`. Lines are sorted, so that the same
* stacks give the same text. In pieces, since the text of a large profile, where each line repeats its callers' names,
* does not fit into one string.
*
* Nor are there lines to be sorted: the tree of stacks is walked in the order in which their lines come. Below one
* caller, with callees `f`, `f(int)` and `g`, that is the order of what follows the caller's text:
*
*   `f 5` · `f(int) 3` · `f(int);…` · `f;…` · `g 1`
*/
var FoldedTree = class {
	#texts = [];
	#bytes = [];
	/** Nodes are callers and a frame's text: frames of equal text are one. */
	#parent = new GrowingInt32();
	#text = new GrowingInt32();
	#firstChild;
	#nextSibling;
	/** The stacks of each node that may have a line. */
	#firstStack;
	#nextStack;
	/**
	* @param prefix and `frame` are the columns of a StackTable in which no stack is twice
	* @param names of the frames
	* @param costs all columns of which one may be asked for
	*/
	constructor(prefix, frame, names, costs) {
		const textOf = this.#internTexts(names);
		const hasLine = stacksWithCosts(prefix.length, costs);
		const isNeeded = withCallers(hasLine, prefix);
		const nodes = new PairIndex(this.#parent, this.#text);
		const nodeOf = new Int32Array(prefix.length);
		const isShared = sharedTexts(textOf);
		/** For each stack whether another one may have the same text. */
		const mayBeTwin = new Uint8Array(prefix.length);
		for (let stack = 0; stack < prefix.length; stack++) {
			if (isNeeded[stack] === 0) continue;
			const caller = prefix[stack];
			const parent = caller < 0 ? -1 : nodeOf[caller];
			const text = textOf[frame[stack]];
			if (isShared[text] === 1 || caller >= 0 && mayBeTwin[caller] === 1) {
				mayBeTwin[stack] = 1;
				nodeOf[stack] = nodes.intern(parent, text);
			} else {
				nodeOf[stack] = this.#parent.push(parent);
				this.#text.push(text);
			}
		}
		const count = this.#parent.length;
		this.#nextStack = new Int32Array(prefix.length).fill(-1);
		this.#firstStack = new Int32Array(count).fill(-1);
		for (let stack = prefix.length - 1; stack >= 0; stack--) {
			if (hasLine[stack] === 0) continue;
			this.#nextStack[stack] = this.#firstStack[nodeOf[stack]];
			this.#firstStack[nodeOf[stack]] = stack;
		}
		this.#firstChild = new Int32Array(count + 1).fill(-1);
		this.#nextSibling = new Int32Array(count).fill(-1);
		for (let node = count - 1; node >= 0; node--) {
			const parent = this.#parent.values[node] < 0 ? count : this.#parent.values[node];
			this.#nextSibling[node] = this.#firstChild[parent];
			this.#firstChild[parent] = node;
		}
	}
	/** A line for each stack that costs something, with a number for each of `costs`. */
	*text(costs) {
		const writer = new LineWriter();
		const pending = this.#branchesBelow(-1, 0, costs).reverse();
		for (let branch = pending.pop(); branch !== void 0; branch = pending.pop()) {
			const name = this.#bytesOf(branch.node);
			if (branch.stack >= 0) {
				const full = writer.line(branch.pathLength, name, costsOf(costs, branch.stack));
				if (full !== null) yield full;
				continue;
			}
			let pathLength = writer.enter(branch.pathLength, name);
			let node = branch.node;
			for (let only = this.#onlyCalleeOf(node); only >= 0; only = this.#onlyCalleeOf(node)) {
				node = only;
				pathLength = writer.enter(pathLength, this.#bytesOf(node));
			}
			const below = this.#branchesBelow(node, pathLength, costs);
			for (let index = below.length - 1; index >= 0; index--) pending.push(below[index]);
		}
		yield writer.rest();
	}
	#internTexts(names) {
		const idOf = /* @__PURE__ */ new Map();
		return Int32Array.from(names, (name) => {
			const text = foldedFrame(name);
			const id = idOf.get(text) ?? this.#texts.push(text) - 1;
			idOf.set(text, id);
			return id;
		});
	}
	#bytesOf(node) {
		const text = this.#text.values[node];
		this.#bytes[text] ??= ENCODER.encode(this.#texts[text]);
		return this.#bytes[text];
	}
	/** The only node below one, if that has no line of its own but is itself a caller; else -1. */
	#onlyCalleeOf(node) {
		const callee = this.#firstChild[node];
		if (callee < 0 || this.#nextSibling[callee] >= 0 || this.#firstStack[callee] >= 0) return -1;
		return this.#firstChild[callee] < 0 ? -1 : callee;
	}
	/** In the order of their lines. @param parent -1 for the roots */
	#branchesBelow(parent, pathLength, costs) {
		const branches = [];
		const first = this.#firstChild[parent < 0 ? this.#firstChild.length - 1 : parent];
		for (let node = first; node >= 0; node = this.#nextSibling[node]) {
			for (let stack = this.#firstStack[node]; stack >= 0; stack = this.#nextStack[stack]) if (costs.some((column) => column[stack] > 0)) branches.push({
				node,
				stack,
				pathLength
			});
			if (this.#firstChild[node] >= 0) branches.push({
				node,
				stack: -1,
				pathLength
			});
		}
		const isOneFrame = branches.length === 2 && branches[0].node === branches[1].node && branches[1].stack < 0;
		return branches.length < 2 || isOneFrame ? branches : this.#sort(branches, costs);
	}
	#sort(branches, costs) {
		const keyed = branches.map((branch) => {
			const name = this.#texts[this.#text.values[branch.node]];
			return {
				branch,
				key: branch.stack < 0 ? `${name};` : `${name} ${costsOf(costs, branch.stack)}`
			};
		});
		keyed.sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
		return keyed.map(({ branch }) => branch);
	}
};
/** Puts lines together: a path that callers share is written once and copied for each line. */
var LineWriter = class {
	#path = /* @__PURE__ */ new Uint8Array(4096);
	#piece = new Uint8Array(PIECE_BYTES);
	#length = 0;
	/** Makes the path longer by a frame. Returns its length. */
	enter(pathLength, name) {
		const length = pathLength + name.length + 1;
		if (length > this.#path.length) {
			const longer = new Uint8Array(length * 2);
			longer.set(this.#path.subarray(0, pathLength));
			this.#path = longer;
		}
		this.#path.set(name, pathLength);
		this.#path[length - 1] = 59;
		return length;
	}
	/** Adds a line. Returns the piece that was full before it, or null. */
	line(pathLength, name, costs) {
		const length = pathLength + name.length + costs.length + 2;
		let full = null;
		if (this.#length + length > this.#piece.length) {
			full = this.rest();
			this.#piece = new Uint8Array(Math.max(PIECE_BYTES, length));
			this.#length = 0;
		}
		this.#piece.set(this.#path.subarray(0, pathLength), this.#length);
		this.#piece.set(name, this.#length + pathLength);
		let at = this.#length + pathLength + name.length;
		this.#piece[at++] = 32;
		for (let i = 0; i < costs.length; i++) this.#piece[at++] = costs.charCodeAt(i);
		this.#piece[at] = 10;
		this.#length += length;
		return full;
	}
	rest() {
		return this.#piece.subarray(0, this.#length);
	}
};
/** A name must not hold what parts frames or lines. */
function foldedFrame(name) {
	return name === "" ? "??" : name.replaceAll(";", ":").replaceAll(/[\u0000-\u001f\u007f]+/g, " ");
}
function costsOf(costs, stack) {
	return costs.length === 1 ? `${costs[0][stack]}` : costs.map((column) => column[stack]).join(" ");
}
/** Of each text whether more than one frame has it. */
function sharedTexts(textOf) {
	const isKnown = new Uint8Array(textOf.length);
	const isShared = new Uint8Array(textOf.length);
	for (const text of textOf) {
		if (isKnown[text] === 1) isShared[text] = 1;
		isKnown[text] = 1;
	}
	return isShared;
}
function stacksWithCosts(length, costs) {
	const hasCosts = new Uint8Array(length);
	for (const column of costs) for (let stack = 0; stack < column.length; stack++) if (column[stack] > 0) hasCosts[stack] = 1;
	return hasCosts;
}
function withCallers(isMarked, prefix) {
	const isNeeded = isMarked.slice();
	for (let stack = prefix.length - 1; stack >= 0; stack--) if (isNeeded[stack] === 1 && prefix[stack] >= 0) isNeeded[prefix[stack]] = 1;
	return isNeeded;
}

// src/profile/profile.ts
/** Of an input that tells nothing but stacks and costs. */
const UNKNOWN_FACTS = {
	metrics: [],
	command: null,
	recordedBy: null,
	executable: null,
	events: 0,
	isThreaded: false,
	timeline: null,
	sizes: null
};

// src/profile/folded.ts
/**
* Reads folded text of one metric, line by line. Empty lines and lines that start with '#' are passed over; equal
* stacks add up.
*/
var FoldedReader = class {
	#builder = new ProfileBuilder();
	#costOf = /* @__PURE__ */ new Map();
	#onProblem;
	#line = 0;
	/** @param onProblem is told of a line that is not `frame;frame… count`; throw there to stop */
	constructor(onProblem) {
		this.#onProblem = onProblem;
	}
	/** @param line without its newline */
	readLine(line) {
		this.#line++;
		const content = line.trimEnd();
		if (content === "" || content.startsWith("#")) return;
		const space = content.lastIndexOf(" ");
		const cost = Number(content.slice(space + 1));
		const isCount = /^\d+$/.test(content.slice(space + 1)) && Number.isSafeInteger(cost);
		let stack = -1;
		for (const name of isCount && space > 0 ? content.slice(0, space).split(";") : []) if (name !== "") stack = this.#intern(stack, name);
		if (stack < 0) this.#onProblem({
			line: this.#line,
			text: content.slice(0, 120)
		});
		this.#costOf.set(stack, (this.#costOf.get(stack) ?? 0) + cost);
	}
	/** @throws TraceFormatError when the costs add up to more than 2^53 */
	finish(metric) {
		const column = new Float64Array(this.#builder.stackCount);
		for (const [stack, cost] of this.#costOf) column[stack] = cost;
		return this.#builder.build({
			...UNKNOWN_FACTS,
			metrics: [metric]
		}, { [metric]: column });
	}
	#intern(prefix, name) {
		const builder = this.#builder;
		const frame = builder.frame({
			function: builder.string(name),
			file: 0,
			line: 0,
			module: 0
		});
		return builder.internStack(prefix, frame);
	}
};

export { metricById as S, SIZE_BUCKET_COUNT as _, linkChildren as a, METRIC_IDS as b, totalCosts as c, GrowingFloat64 as d, GrowingInt32 as f, MAX_SERIES_POINTS as g, checkProfile as h, ProfileBuilder as i, StackRows as l, checkFramePaths as m, FoldedTree as n, sumColumn as o, PROFILE_CAPS as p, mergeProfiles as r, sumCosts as s, FoldedReader as t, PairIndex as u, bucketOfSize as v, forEachMetric as x, METRICS as y };