import { b as METRIC_IDS, c as totalCosts, o as sumColumn, x as forEachMetric } from "./profile.js";
import { o as hasWrappers, t as buildLineTable } from "./report.js";

// src/viewer-data/merge-small-stacks.ts
/** Of a metric's total, and of all that changed in it: smaller subtrees may be merged. */
const SMALL_SHARE = 1e-4;
/** The name of what was merged. */
const SMALLER_FRAMES = "smaller frames";
const SMALLER_FRAME = {
	name: SMALLER_FRAMES,
	shortName: SMALLER_FRAMES,
	module: "",
	file: null,
	isOwn: true
};
/**
* Merges small subtrees, each with its siblings under the same caller, until no more than `maximumRows` are left.
* Every metric's totals stay what they are on both sides; inside what was merged, what went and what came cancel out.
*/
function mergeSmallStacks(data, maximumRows) {
	if (data.stacks.length <= maximumRows) return data;
	const weights = largestShares(data);
	return mergeBelow(data, weights, limitFor(weights, maximumRows, data.stacks.prefix));
}
/** For each stack with all below it, the largest share that it has of any metric's total or change. */
function largestShares({ stacks, base, head }) {
	const shares = new Float64Array(stacks.length);
	for (const id of METRIC_IDS) {
		const change = changeOf(base[id], head[id]);
		const scale = Math.max(sumColumn(base[id]), sumColumn(head[id]));
		const changeScale = sumColumn(change);
		raise(shares, totalCosts(base[id], stacks.prefix), scale);
		raise(shares, totalCosts(head[id], stacks.prefix), scale);
		raise(shares, totalCosts(change, stacks.prefix), changeScale);
	}
	return shares;
}
function changeOf(base, head) {
	const change = new Float64Array(base.length);
	for (let stack = 0; stack < base.length; stack++) change[stack] = Math.abs(head[stack] - base[stack]);
	return change;
}
function raise(shares, costs, scale) {
	if (scale === 0) return;
	for (let stack = 0; stack < shares.length; stack++) {
		const share = costs[stack] / scale;
		if (share > shares[stack]) shares[stack] = share;
	}
}
/** The share up to which stacks are merged so that few enough rows are left. */
function limitFor(shares, maximumRows, prefix) {
	let limit = SMALL_SHARE;
	while (limit < 1 && rowsLeft(shares, limit, prefix) > maximumRows) limit *= 1.5;
	return limit;
}
function rowsLeft(shares, limit, prefix) {
	const hasMerged = new Uint8Array(shares.length + 1);
	let rows = 0;
	for (let stack = 0; stack < shares.length; stack++) if (shares[stack] > limit) rows++;
	else if (prefix[stack] < 0 || shares[prefix[stack]] > limit) hasMerged[prefix[stack] + 1] = 1;
	return rows + hasMerged.reduce((count, value) => count + value, 0);
}
function mergeBelow(data, shares, limit) {
	const frames = [...data.frames, SMALLER_FRAME];
	const { stacks, rowOf } = mergeRows(data, shares, limit, frames.length - 1);
	const base = sumRows(data.base, rowOf, stacks.length);
	const head = sumRows(data.head, rowOf, stacks.length);
	const moved = sumRows(data.moved, rowOf, stacks.length);
	for (const id of METRIC_IDS) moved[id].forEach((cost, row) => {
		moved[id][row] = Math.min(cost, Math.abs(head[id][row] - base[id][row]));
	});
	return {
		frames,
		stacks,
		base,
		head,
		moved
	};
}
/** The stacks that stay, and one row under each caller for those below it that do not; `rowOf` says where each went. */
function mergeRows({ stacks }, shares, limit, smallerFrame) {
	const prefix = [];
	const frame = [];
	const baseLine = [];
	const headLine = [];
	const merged = [];
	const rowOf = new Int32Array(stacks.length);
	const mergedRowUnder = /* @__PURE__ */ new Map();
	for (let stack = 0; stack < stacks.length; stack++) {
		const caller = stacks.prefix[stack];
		if (shares[stack] > limit) {
			rowOf[stack] = prefix.push(caller < 0 ? -1 : rowOf[caller]) - 1;
			frame.push(stacks.frame[stack]);
			baseLine.push(stacks.baseLine[stack]);
			headLine.push(stacks.headLine[stack]);
			merged.push(stacks.merged[stack]);
			continue;
		}
		const isBelowMerged = caller >= 0 && shares[caller] <= limit;
		const under = caller < 0 ? -1 : rowOf[caller];
		let row = isBelowMerged ? under : mergedRowUnder.get(under);
		if (row === void 0) {
			row = prefix.push(under) - 1;
			frame.push(smallerFrame);
			baseLine.push(0);
			headLine.push(0);
			merged.push(0);
			mergedRowUnder.set(under, row);
		}
		merged[row]++;
		rowOf[stack] = row;
	}
	return {
		stacks: {
			length: prefix.length,
			prefix: Int32Array.from(prefix),
			frame: Int32Array.from(frame),
			baseLine: Int32Array.from(baseLine),
			headLine: Int32Array.from(headLine),
			merged: Int32Array.from(merged)
		},
		rowOf
	};
}
function sumRows(costs, rowOf, rows) {
	return forEachMetric((id) => {
		const column = new Float64Array(rows);
		const self = costs[id];
		for (let stack = 0; stack < rowOf.length; stack++) if (self[stack] !== 0) column[rowOf[stack]] += self[stack];
		return column;
	});
}

// src/viewer-data/build-report-data.ts
/** Rows of the table of lines; the smallest changes are left out. */
const MAXIMUM_LINES = 1e3;
/** @param maximumStacks of all benchmarks together */
function buildReportData(report, sources, maximumStacks) {
	const stacksEach = Math.floor(maximumStacks / Math.max(1, sources.size));
	return {
		base: report.base,
		head: report.head,
		repositoryUrl: report.repositoryUrl,
		benchmarks: report.benchmarks.map((benchmark) => {
			const source = sources.get(benchmark.name);
			return source === void 0 ? null : benchmarkData(benchmark, source, stacksEach);
		})
	};
}
function benchmarkData(benchmark, { diff, lines }, maximumStacks) {
	const { name, verdict, primary, metrics } = benchmark;
	const lineTable = buildLineTable(diff, lines, primary);
	return {
		name,
		verdict,
		primary,
		metrics,
		hasBase: metrics.some((metric) => metric.base !== null),
		heap: diff.heap,
		...mergeSmallStacks(stackData(diff), maximumStacks),
		lines: lineTable.slice(0, MAXIMUM_LINES),
		hasWrappers: hasWrappers(diff, lines),
		hiddenLines: Math.max(0, lineTable.length - MAXIMUM_LINES)
	};
}
function stackData({ frames, stacks, base, head, moved, baseSites, headSites }) {
	const { length, prefix, frame } = stacks;
	return {
		frames,
		stacks: {
			length,
			prefix,
			frame,
			baseLine: linesOfStacks(length, baseSites),
			headLine: linesOfStacks(length, headSites),
			merged: new Int32Array(length)
		},
		base,
		head,
		moved
	};
}
function linesOfStacks(length, sites) {
	const lines = new Int32Array(length);
	const largest = new Float64Array(length).fill(-1);
	const totals = totalCosts(sites.costs.allocated, sites.prefix);
	for (let site = 0; site < sites.length; site++) {
		const stack = sites.stack[site];
		if (sites.path[site] === null || sites.line[site] <= 0 || totals[site] <= largest[stack]) continue;
		largest[stack] = totals[site];
		lines[stack] = sites.line[site];
	}
	return lines;
}

// src/viewer-data/bytes.ts
/** Whole numbers up to 2^53 in as few bytes as they need: seven bits a byte, the lowest first (LEB128). */
/** Grows as it is written to. */
var NumberWriter = class {
	#bytes = /* @__PURE__ */ new Uint8Array(4096);
	#length = 0;
	/** @param value not negative */
	write(value) {
		this.#makeRoom(8);
		let rest = value;
		while (rest >= 128) {
			this.#bytes[this.#length++] = rest % 128 + 128;
			rest = Math.floor(rest / 128);
		}
		this.#bytes[this.#length++] = rest;
	}
	writeSigned(value) {
		this.write(value < 0 ? -2 * value - 1 : 2 * value);
	}
	writeText(text) {
		const bytes = new TextEncoder().encode(text);
		this.write(bytes.length);
		this.#makeRoom(bytes.length);
		this.#bytes.set(bytes, this.#length);
		this.#length += bytes.length;
	}
	toBytes() {
		return this.#bytes.slice(0, this.#length);
	}
	#makeRoom(count) {
		if (this.#length + count <= this.#bytes.length) return;
		const larger = new Uint8Array(Math.max(this.#length + count, this.#bytes.length * 2));
		larger.set(this.#bytes);
		this.#bytes = larger;
	}
};

// src/viewer-data/codec.ts
/** C++ templates reach tens of thousands of characters; nobody reads that far, and the page has to carry them. */
const LONGEST_NAME = 2e3;
/** Names beyond 2000 characters are cut. */
function encodeReportData(data) {
	const writer = new NumberWriter();
	const header = {
		base: data.base,
		head: data.head,
		repositoryUrl: data.repositoryUrl,
		benchmarks: data.benchmarks.map((benchmark) => benchmark && benchmarkHeader(benchmark))
	};
	writer.writeText(JSON.stringify(header));
	for (const benchmark of data.benchmarks) if (benchmark !== null) writeColumns(writer, benchmark);
	return writer.toBytes();
}
function benchmarkHeader(data) {
	const strings = [];
	const indexOf = /* @__PURE__ */ new Map();
	const intern = (text) => {
		let index = indexOf.get(text);
		if (index === void 0) {
			index = strings.push(text) - 1;
			indexOf.set(text, index);
		}
		return index;
	};
	return {
		name: data.name,
		verdict: data.verdict,
		primary: data.primary,
		hasBase: data.hasBase,
		metrics: data.metrics.map((report) => ({
			...report,
			metric: report.metric.id
		})),
		stacks: data.stacks.length,
		frames: data.frames.map(({ name, shortName, module, file, isOwn }) => [
			name.slice(0, LONGEST_NAME),
			shortName.slice(0, LONGEST_NAME),
			intern(module),
			file === null ? -1 : intern(file),
			isOwn ? 1 : 0
		]),
		lines: data.lines.map(({ path, line, frame, side, isTouched, base, head }) => [
			intern(path),
			line,
			frame,
			side === "base" ? 0 : 1,
			isTouched ? 1 : 0,
			METRIC_IDS.map((id) => base[id]),
			METRIC_IDS.map((id) => head[id])
		]),
		strings,
		hasWrappers: data.hasWrappers,
		hiddenLines: data.hiddenLines
	};
}
function writeColumns(writer, { stacks, base, head, moved, heap }) {
	writeHeapFacts(writer, heap.base);
	writeHeapFacts(writer, heap.head);
	for (let stack = 0; stack < stacks.length; stack++) writer.write(stack - stacks.prefix[stack]);
	for (let stack = 0; stack < stacks.length; stack++) writer.write(stacks.frame[stack]);
	for (let stack = 0; stack < stacks.length; stack++) writer.write(stacks.headLine[stack]);
	for (let stack = 0; stack < stacks.length; stack++) writer.writeSigned(stacks.baseLine[stack] - stacks.headLine[stack]);
	for (let stack = 0; stack < stacks.length; stack++) writer.write(stacks.merged[stack]);
	for (const id of METRIC_IDS) {
		for (let stack = 0; stack < stacks.length; stack++) writer.write(base[id][stack]);
		for (let stack = 0; stack < stacks.length; stack++) writer.writeSigned(head[id][stack] - base[id][stack]);
		for (let stack = 0; stack < stacks.length; stack++) writer.write(moved[id][stack]);
	}
}
/** Each part follows a number that is 0 when there is none; a timeline's is that of its programs. */
function writeHeapFacts(writer, { timeline, sizes }) {
	writer.write(timeline?.programs ?? 0);
	if (timeline !== null) {
		writeSeries(writer, timeline.byEvents);
		writeSeries(writer, timeline.byTime);
	}
	writer.write(sizes === null ? 0 : 1);
	for (const count of sizes === null ? [] : [...sizes.calls, ...sizes.bytes]) writer.write(count);
}
function writeSeries(writer, { at, live }) {
	writer.write(at.length);
	for (let point = 0; point < at.length; point++) writer.write(at[point] - (at[point - 1] ?? 0));
	for (let point = 0; point < at.length; point++) writer.writeSigned(live[point] - (live[point - 1] ?? 0));
}

export { buildReportData as n, encodeReportData as t };