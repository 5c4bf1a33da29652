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
const METRIC_IDS = METRICS.map((metric) => metric.id);
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
var GrowingInt32 = class extends GrowingColumn {
	constructor() {
		super((length) => new Int32Array(length));
	}
};
var GrowingFloat64 = class extends GrowingColumn {
	constructor() {
		super((length) => new Float64Array(length));
	}
};

// src/profile/totals.ts
/** Sums self costs into one number for each metric. Exact: all are integers below 2^53. */
function sumCosts(costs) {
	return forEachMetric((id) => sum(costs[id]));
}
function sum(column) {
	let total = 0;
	for (const cost of column) total += cost;
	return total;
}

// src/profile/profile-builder.ts
/** The only way to make a Profile: interns strings and frames, and keeps the rule that callers come first. */
var ProfileBuilder = class {
	#strings = [""];
	#stringIndex = /* @__PURE__ */ new Map([["", 0]]);
	#function = new GrowingInt32();
	#file = new GrowingInt32();
	#line = new GrowingInt32();
	#module = new GrowingInt32();
	#frameIndex = /* @__PURE__ */ new Map();
	#prefix = new GrowingInt32();
	#frame = new GrowingInt32();
	#stackIndex = /* @__PURE__ */ new Map();
	get stackCount() {
		return this.#prefix.length;
	}
	string(text) {
		let index = this.#stringIndex.get(text);
		if (index === void 0) {
			index = this.#strings.push(text) - 1;
			this.#stringIndex.set(text, index);
		}
		return index;
	}
	frame({ function: name, file, line, module }) {
		const key = `${name} ${file} ${line} ${module}`;
		let index = this.#frameIndex.get(key);
		if (index === void 0) {
			index = this.#function.push(name);
			this.#file.push(file);
			this.#line.push(line);
			this.#module.push(module);
			this.#frameIndex.set(key, index);
		}
		return index;
	}
	/** Adds a row even when the same frames are there already, as heaptrack does for two call sites of one line. */
	appendStack(prefix, frame) {
		if (prefix >= this.#prefix.length) throw new RangeError(`stack ${prefix} is not there yet`);
		this.#prefix.push(prefix);
		return this.#frame.push(frame);
	}
	/** The row with this prefix and frame, added when missing. */
	internStack(prefix, frame) {
		const key = (prefix + 1) * 2 ** 26 + frame;
		let index = this.#stackIndex.get(key);
		if (index === void 0) {
			index = this.appendStack(prefix, frame);
			this.#stackIndex.set(key, index);
		}
		return index;
	}
	/** @param costs a column for each metric that `facts.metrics` names, as long as `stackCount`; self costs. */
	build(facts, costs) {
		const stacks = {
			length: this.#prefix.length,
			prefix: this.#prefix.toArray(),
			frame: this.#frame.toArray()
		};
		const frames = {
			length: this.#function.length,
			function: this.#function.toArray(),
			file: this.#file.toArray(),
			line: this.#line.toArray(),
			module: this.#module.toArray()
		};
		return {
			facts,
			strings: this.#strings,
			frames,
			stacks,
			costs: forEachMetric((id) => costs[id] ?? new Float64Array(stacks.length))
		};
	}
};

// src/profile/folded.ts
/** Writes stacks as folded text, sorted by bytes so that the same stacks give the same text. */
function formatFolded(stacks) {
	const lines = [];
	for (const { frames, costs } of stacks) lines.push(`${frames.map(foldedFrame).join(";")} ${costs.join(" ")}`);
	lines.sort((a, b) => a < b ? -1 : a > b ? 1 : 0);
	return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}
/** A name must not hold what parts frames or lines. */
function foldedFrame(name) {
	return name === "" ? "??" : name.replaceAll(";", ":").replaceAll(/[\u0000-\u001f\u007f]+/g, " ");
}
/**
* Reads folded text of one metric. Empty lines and lines that start with '#' are passed over; equal stacks add up.
* @param onProblem is told of a line that is not `frame;frame… count`; throw there to stop.
*/
function parseFolded(text, metric, onProblem) {
	const builder = new ProfileBuilder();
	const costOf = /* @__PURE__ */ new Map();
	text.split("\n").forEach((line, index) => {
		const content = line.trimEnd();
		if (content === "" || content.startsWith("#")) return;
		const space = content.lastIndexOf(" ");
		const cost = Number(content.slice(space + 1));
		if (space < 1 || !/^\d+$/.test(content.slice(space + 1)) || !Number.isSafeInteger(cost)) onProblem({
			line: index + 1,
			text: content.slice(0, 120)
		});
		let stack = -1;
		for (const name of content.slice(0, space).split(";")) {
			if (name === "") continue;
			const frame = builder.frame({
				function: builder.string(name),
				file: 0,
				line: 0,
				module: 0
			});
			stack = builder.internStack(stack, frame);
		}
		if (stack >= 0) costOf.set(stack, (costOf.get(stack) ?? 0) + cost);
	});
	const column = new Float64Array(builder.stackCount);
	for (const [stack, cost] of costOf) column[stack] = cost;
	return builder.build({
		metrics: [metric],
		command: null,
		recordedBy: null,
		executable: null,
		events: 0,
		isThreaded: false
	}, { [metric]: column });
}

// src/profile/merge-profiles.ts
/**
* Several programs of one run as one profile. What adds up is added; the peak is that of the one program with the
* largest, since programs that ran one after the other were never live together.
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
	return builder.build({
		metrics: profiles[0].facts.metrics,
		command: profiles.map((profile) => profile.facts.command ?? "?").join("; "),
		recordedBy: profiles[0].facts.recordedBy,
		executable: profiles[0].facts.executable,
		events: profiles.reduce((sum, profile) => sum + profile.facts.events, 0),
		isThreaded: profiles.some((profile) => profile.facts.isThreaded)
	}, costs);
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

export { sumCosts as a, METRICS as c, metricById as d, ProfileBuilder as i, METRIC_IDS as l, formatFolded as n, GrowingFloat64 as o, parseFolded as r, GrowingInt32 as s, mergeProfiles as t, forEachMetric as u };