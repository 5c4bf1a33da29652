import { a as linkChildren, b as METRIC_IDS, c as totalCosts, f as GrowingInt32, s as sumCosts, u as PairIndex, x as forEachMetric, y as METRICS } from "./profile.js";
import { i as buildFlameGraph, n as baseTotal, r as headTotal } from "./flamegraph.js";

// src/report/does-fail.ts
/**
* Whether the check fails: head could not be measured to its end, or is over a budget, or grew over a `fail-on` limit
* and nobody accepted that. Everything that passes or fails, or says so, asks here.
*/
function doesFail({ benchmarks, accepted }) {
	return benchmarks.length === 0 || benchmarks.some((benchmark) => doesBenchmarkFail(benchmark, accepted));
}
/** Whether one benchmark alone makes the check fail: it was not measured, or is over a limit that nobody lifted. */
function doesBenchmarkFail(benchmark, accepted) {
	const { verdict, headFailure } = benchmark;
	if (headFailure !== null || verdict === "failed" || verdict === "cancelled") return true;
	const exceeded = exceededLimits(benchmark);
	return exceeded.some(isOverBudget) || exceeded.length > 0 && accepted === null;
}
/** The metrics that are over a limit, accepted or not. */
function exceededLimits({ metrics }) {
	return metrics.filter(({ verdict }) => verdict === "regressed");
}
/** Of a metric that is over a limit: whether over one that nobody can lift. */
function isOverBudget({ limit }) {
	return limit?.kind === "budget";
}

// src/report/source-lines.ts
/**
* The sites of each function, by its frame.
* @param isAsking of each frame 1 where what it allocates itself is its own; of others it is their callers'
*/
function sitesByFrame(diff, metric, lines, isAsking) {
	const byFrame = /* @__PURE__ */ new Map();
	for (const side of ["base", "head"]) {
		const sites = side === "base" ? diff.baseSites : diff.headSites;
		if (sites.path.every((path) => path === null)) continue;
		const self = sumByAskingSite(sites.costs[metric], askingSites(sites, diff, isAsking));
		const total = totalCosts(sites.costs[metric], sites.prefix);
		const isTouched = touchedSites(sites, side, lines);
		for (let site = 0; site < sites.length; site++) {
			const frame = diff.stacks.frame[sites.stack[site]];
			const caller = sites.prefix[site];
			const isRecursive = caller >= 0 && diff.stacks.frame[sites.stack[caller]] === frame;
			const found = {
				side,
				path: sites.path[site],
				line: sites.line[site],
				self: self[site],
				total: total[site],
				isTouched: isTouched[site] === 1,
				isCallTouched: caller >= 0 && !isRecursive && isTouched[caller] === 1
			};
			const list = byFrame.get(frame);
			if (list === void 0) byFrame.set(frame, [found]);
			else list.push(found);
		}
	}
	return byFrame;
}
/**
* Of each site the one that what it allocates counts for: itself, or for a wrapper of malloc the nearest caller's whose
* line is known.
* @param isAsking of each frame 1 where it is no wrapper
*/
function askingSites({ stack, prefix, path, line, length }, { stacks: { frame } }, isAsking) {
	const asking = Int32Array.from({ length }, (_, site) => site);
	for (let site = 0; site < length; site++) {
		if (isAsking[frame[stack[site]]] === 1 || prefix[site] < 0) continue;
		const caller = asking[prefix[site]];
		if (isAsking[frame[stack[caller]]] === 1 && path[caller] !== null && line[caller] > 0) asking[site] = caller;
	}
	return asking;
}
/** Costs of sites, each where it counts. */
function sumByAskingSite(costs, asking) {
	const sums = new Float64Array(costs.length);
	for (let site = 0; site < costs.length; site++) sums[asking[site]] += costs[site];
	return sums;
}
/** Whether the pull request touches a line of one side, or one that is no more than `distance` lines away. */
function isNearChange(path, line, distance, side, lines) {
	if (lines === null || line <= 0) return false;
	for (let near = Math.max(1, line - distance); near <= line + distance; near++) if (side === "head" ? lines.isChangedLine(path, near) : lines.headPosition(path, near) === null) return true;
	return false;
}
/** 1 for each site whose line the pull request touches: in head added or changed, in base changed or removed. */
function touchedSites(sites, side, lines) {
	return Uint8Array.from(sites.line, (_, site) => isTouchedLine(sites, site, side, lines) ? 1 : 0);
}
function isTouchedLine({ path, line }, site, side, lines) {
	const file = path[site];
	if (lines === null || file === null || line[site] <= 0) return false;
	return side === "head" ? lines.isChangedLine(file, line[site]) : lines.headPosition(file, line[site]) === null;
}
/**
* The line of a function at which most changed: a line of head, where base's lines are now, as long as head has the
* function; else one of base.
* @param costOf what counts: a site's own cost, or that of all it calls
* @param isGone whether head has nothing of the function
*/
function findPlace(sites, costOf, isGone, lines) {
	const places = /* @__PURE__ */ new Map();
	/** Of lines of base that were changed or removed. */
	let withoutPlace = 0;
	for (const site of sites) {
		if (site.path === null || site.line <= 0 || isGone && site.side === "head") continue;
		const here = {
			path: site.path,
			line: site.line
		};
		const position = site.side === "head" || isGone || lines === null ? here : lines.headPosition(site.path, site.line);
		if (position === null) {
			withoutPlace += costOf(site);
			continue;
		}
		const key = `${position.line} ${position.path}`;
		const place = places.get(key) ?? {
			...position,
			delta: 0,
			size: 0
		};
		place.delta += site.side === "head" ? costOf(site) : -costOf(site);
		place.size += costOf(site);
		places.set(key, place);
	}
	const touched = [...places.values()].filter((place) => !isGone && lines !== null && lines.isChangedLine(place.path, place.line));
	const touchedSize = touched.reduce((sum, { size }) => sum + size, 0);
	for (const place of touched) place.delta -= withoutPlace * (place.size / (touchedSize || 1));
	const direction = Math.sign(sites.reduce((sum, site) => sum + (site.side === "head" ? 1 : -1) * costOf(site), 0));
	const [place] = [...places.values()].sort((a, b) => direction * (b.delta - a.delta) || b.size - a.size || a.line - b.line);
	if (place === void 0) return null;
	return {
		file: place.path,
		line: place.line,
		isOnChangedLine: touched.includes(place)
	};
}

// src/report/allocator-wrappers.ts
/** Of each frame 1 where it is measured code that asks for memory on its own account: all of it but wrappers. */
function askingFrames(diff, lines) {
	const known = knownAsking.get(diff);
	if (known !== void 0 && known.lines === lines) return known.isAsking;
	const isAsking = Uint8Array.from(diff.frames, ({ isOwn }) => isOwn ? 1 : 0);
	for (const frame of findWrappers(diff, lines)) isAsking[frame] = 0;
	knownAsking.set(diff, {
		lines,
		isAsking
	});
	return isAsking;
}
/** Whether any function of the measured code is a wrapper. */
function hasWrappers(diff, lines) {
	const isAsking = askingFrames(diff, lines);
	return diff.frames.some(({ isOwn }, frame) => isOwn && isAsking[frame] === 0);
}
/** Short names of the wrappers through which head asks for more or less than base, the largest change first. */
function changedWrappers(diff, lines) {
	const isAsking = askingFrames(diff, lines);
	const { frame, length } = diff.stacks;
	const [base, head] = [diff.base.allocated, diff.head.allocated];
	const changes = /* @__PURE__ */ new Map();
	for (let stack = 0; stack < length; stack++) {
		const { isOwn, shortName } = diff.frames[frame[stack]];
		if (!isOwn || isAsking[frame[stack]] === 1 || base[stack] === head[stack]) continue;
		changes.set(shortName, (changes.get(shortName) ?? 0) + Math.abs(head[stack] - base[stack]));
	}
	return [...changes].sort(([a, changeOfA], [b, changeOfB]) => changeOfB - changeOfA || (a < b ? -1 : 1)).map(([name]) => name);
}
/** Asked for once for each metric. */
const knownAsking = /* @__PURE__ */ new WeakMap();
/** Of a wrapper's bytes may come from elsewhere, such as an arena's list of its blocks. */
const MAY_COME_FROM_ELSEWHERE = .1;
const SEVERAL_CALLERS = 2;
/** Of the callers on both sides. */
const CALLERS_AS_BEFORE = .5;
/** Lines: what was touched so near to where a wrapper allocates may be its size, and so far its number of rounds. */
const NEAR = 2;
const AROUND = 10;
/** Wrappers call wrappers, but not for ever: a crafted trace has stacks of 200,000 frames. */
const LONGEST_CHAIN = 16;
const ALLOCATOR_NAME = /alloc|(?:str|mem)n?dup|asprintf|arena|pool/i;
/** The C library's functions that hand their caller memory to free. */
const DUPLICATING = /^_{0,2}(?:GI_)?_{0,3}(?:strn?dup|wcsdup|v?asprintf)(?:_internal|_chk)?$/;
function findWrappers(diff, lines) {
	if (!diff.metrics.includes("allocated") || !diff.metrics.includes("allocations")) return [];
	const roles = diff.frames.map(roleOf);
	const calls = collectCalls(diff, roles);
	const hasLines = [diff.baseSites, diff.headSites].some(({ path }) => path.some((file) => file !== null));
	const mayBe = (role) => role === "named" || role === "unnamed" && hasLines;
	const isCandidate = settle(calls, Uint8Array.from(roles, (role) => mayBe(role) ? 1 : 0));
	if (!isCandidate.includes(1)) return [];
	const groups = collectRequests(diff, roles, isCandidate);
	addLines(diff, isCandidate, groups, lines);
	const isCompared = isEither(diff.base.allocations) && isEither(diff.head.allocations);
	return [...settle(calls, Uint8Array.from(roles, (role, frame) => {
		const group = isCandidate[frame] === 1 ? groups.get(diff.frames[frame].shortName) : void 0;
		return group !== void 0 && handsOn(group, role === "named", isCompared) ? 1 : 0;
	})).entries()].flatMap(([frame, is]) => is === 1 ? [frame] : []);
}
function isEither(column) {
	return column.some((value) => value > 0);
}
function roleOf({ isOwn, shortName, name }) {
	if (isOwn) return ALLOCATOR_NAME.test(shortName) ? "named" : "unnamed";
	return DUPLICATING.test(name) ? "duplicating" : "foreign";
}
function collectCalls(diff, roles) {
	const { prefix, frame, length } = diff.stacks;
	const total = totalCosts(diff.base.allocated.map((bytes, stack) => bytes + diff.head.allocated[stack]), prefix);
	const bytes = new Float64Array(diff.frames.length);
	const elsewhere = new Float64Array(diff.frames.length);
	const callers = /* @__PURE__ */ new Map();
	for (let stack = 0; stack < length; stack++) {
		if (total[stack] === 0) continue;
		const callee = frame[stack];
		bytes[callee] += total[stack];
		if (prefix[stack] < 0) {
			elsewhere[callee] += total[stack];
			continue;
		}
		const caller = frame[prefix[stack]];
		const role = roles[callee];
		if (role === "duplicating") continue;
		if (roles[caller] !== "named" || role === "foreign" || caller === callee) {
			elsewhere[caller] += total[stack];
			continue;
		}
		const ofCallee = callers.get(callee) ?? /* @__PURE__ */ new Map();
		ofCallee.set(caller, (ofCallee.get(caller) ?? 0) + total[stack]);
		callers.set(callee, ofCallee);
	}
	return {
		bytes,
		elsewhere,
		callers
	};
}
/** Of the frames given those that pass nearly all on, to malloc or to one another. */
function settle({ bytes, elsewhere, callers }, given) {
	const isIn = given.slice();
	const others = elsewhere.slice();
	const isTooMuch = (frame) => bytes[frame] === 0 || others[frame] > MAY_COME_FROM_ELSEWHERE * bytes[frame];
	const pending = [];
	for (let frame = 0; frame < isIn.length; frame++) {
		if (isIn[frame] === 1 && isTooMuch(frame)) isIn[frame] = 0;
		if (isIn[frame] === 0) pending.push(frame);
	}
	for (let out = pending.pop(); out !== void 0; out = pending.pop()) for (const [caller, passed] of callers.get(out) ?? []) {
		others[caller] += passed;
		if (isIn[caller] === 0 || !isTooMuch(caller)) continue;
		isIn[caller] = 0;
		pending.push(caller);
	}
	return isIn;
}
function collectRequests({ frames, stacks: { prefix, frame, length }, base, head }, roles, isCandidate) {
	const groups = /* @__PURE__ */ new Map();
	for (let stack = 0; stack < length; stack++) {
		if (base.allocations[stack] === 0 && head.allocations[stack] === 0) continue;
		if (isCandidate[frame[stack]] === 0 && roles[frame[stack]] !== "duplicating") continue;
		const chain = /* @__PURE__ */ new Set();
		let at = stack;
		for (let steps = 0; at >= 0 && steps < LONGEST_CHAIN; steps++, at = prefix[at]) if (isCandidate[frame[at]] === 1) chain.add(frames[frame[at]].shortName);
		else if (roles[frame[at]] !== "duplicating") break;
		if (at < 0 || isCandidate[frame[at]] === 1) continue;
		for (const name of chain) {
			const group = groups.get(name) ?? newGroup();
			groups.set(name, group);
			const { requests } = group;
			const row = requests.rowOf.get(at) ?? addRow(requests, at, frame[at]);
			requests.baseBytes[row] += base.allocated[stack];
			requests.baseCalls[row] += base.allocations[stack];
			requests.headBytes[row] += head.allocated[stack];
			requests.headCalls[row] += head.allocations[stack];
		}
	}
	return groups;
}
function newGroup() {
	return {
		requests: {
			rowOf: /* @__PURE__ */ new Map(),
			caller: [],
			baseBytes: [],
			baseCalls: [],
			headBytes: [],
			headCalls: []
		},
		lines: {
			base: /* @__PURE__ */ new Set(),
			head: /* @__PURE__ */ new Set()
		},
		isTouchedNear: false,
		isTouchedAround: false
	};
}
function addRow(requests, stack, caller) {
	const row = requests.caller.push(caller) - 1;
	requests.rowOf.set(stack, row);
	for (const id of [
		"baseBytes",
		"baseCalls",
		"headBytes",
		"headCalls"
	]) requests[id][row] = 0;
	return row;
}
function addLines(diff, isCandidate, groups, lines) {
	for (const side of ["base", "head"]) {
		const { stack, path, line, length, costs } = side === "base" ? diff.baseSites : diff.headSites;
		const seen = /* @__PURE__ */ new Set();
		for (let site = 0; site < length; site++) {
			const frame = diff.stacks.frame[stack[site]];
			const { shortName } = diff.frames[frame];
			const group = isCandidate[frame] === 1 ? groups.get(shortName) : void 0;
			const file = path[site];
			if (group === void 0 || file === null) continue;
			const place = `${line[site]} ${file}`;
			if (costs.allocations[site] > 0) group.lines[side].add(place);
			if (seen.has(`${place} ${shortName}`)) continue;
			seen.add(`${place} ${shortName}`);
			group.isTouchedNear ||= isNearChange(file, line[site], NEAR, side, lines);
			group.isTouchedAround ||= isNearChange(file, line[site], AROUND, side, lines);
		}
	}
}
/** Whether callers tell what a group's functions allocate. */
function handsOn(group, isNamed, isCompared) {
	const { lines, isTouchedNear, isTouchedAround } = group;
	const callers = [...sumByCaller(group).values()];
	if (isTouchedNear || callers.length < SEVERAL_CALLERS) return false;
	const hasOneLine = lines.base.size <= 1 && lines.head.size <= 1 && lines.base.size + lines.head.size > 0;
	if (!isNamed && !(hasOneLine && haveDifferentSizes(callers))) return false;
	if (!isCompared) return true;
	const needed = CALLERS_AS_BEFORE * callers.filter(({ isOnBoth }) => isOnBoth).length;
	if (needed === 0) return false;
	if (callers.filter(({ hasSameCalls }) => hasSameCalls).length >= needed) return true;
	const isMereNumber = callers.filter(({ hasSameSizes }) => hasSameSizes).length >= needed;
	return isNamed && !isTouchedAround && isMereNumber;
}
function sumByCaller({ requests }) {
	const callers = /* @__PURE__ */ new Map();
	for (let row = 0; row < requests.caller.length; row++) {
		const [baseBytes, baseCalls] = [requests.baseBytes[row], requests.baseCalls[row]];
		const [headBytes, headCalls] = [requests.headBytes[row], requests.headCalls[row]];
		const caller = callers.get(requests.caller[row]) ?? {
			baseBytes: 0,
			baseCalls: 0,
			headBytes: 0,
			headCalls: 0,
			isOnBoth: false,
			hasSameSizes: false,
			hasSameCalls: false
		};
		callers.set(requests.caller[row], caller);
		caller.baseBytes += baseBytes;
		caller.baseCalls += baseCalls;
		caller.headBytes += headBytes;
		caller.headCalls += headCalls;
		if (baseCalls === 0 || headCalls === 0) continue;
		const hasSameSizes = baseBytes * headCalls === headBytes * baseCalls;
		caller.isOnBoth = true;
		caller.hasSameSizes ||= hasSameSizes;
		caller.hasSameCalls ||= hasSameSizes && baseCalls === headCalls;
	}
	return callers;
}
/** On one side or the other. */
function haveDifferentSizes(requests) {
	const [base, head] = [/* @__PURE__ */ new Set(), /* @__PURE__ */ new Set()];
	for (const { baseBytes, baseCalls, headBytes, headCalls } of requests) {
		if (baseCalls > 0) base.add(baseBytes / baseCalls);
		if (headCalls > 0) head.add(headBytes / headCalls);
	}
	return base.size > 1 || head.size > 1;
}

// src/report/call-tree.ts
/** What fits on a screen of a comment without scrolling. */
const MAX_ROWS = 16;
/** A frame below this share of the larger side is not worth a line. */
const MIN_SHARE = .01;
/** The tree of calls as text rows: callers before callees, largest change first, chains of only children in one row. */
function buildCallTree(graph) {
	const links = linkChildren(graph.parent);
	const scale = Math.max(baseTotal(graph, 0), headTotal(graph, 0));
	const rows = [];
	let shown = 1;
	const pending = visibleChildren(graph, links, 0, scale).map((node, index, all) => ({
		node,
		depth: 0,
		hasNextSibling: index < all.length - 1
	})).reverse();
	for (let next = pending.pop(); next !== void 0 && rows.length < MAX_ROWS; next = pending.pop()) {
		const names = [];
		let node = next.node;
		for (;;) {
			names.push(graph.label[node]);
			shown++;
			const only = onlyChildOf(links, node);
			if (only < 0 || baseTotal(graph, only) !== baseTotal(graph, node)) break;
			if (headTotal(graph, only) !== headTotal(graph, node)) break;
			node = only;
		}
		rows.push({
			depth: next.depth,
			hasNextSibling: next.hasNextSibling,
			names,
			base: baseTotal(graph, node),
			head: headTotal(graph, node),
			isMoved: graph.movedAway[node] + graph.movedHere[node] > 0 && graph.gone[node] + graph.added[node] === 0
		});
		const below = visibleChildren(graph, links, node, scale);
		for (let index = below.length - 1; index >= 0; index--) pending.push({
			node: below[index],
			depth: next.depth + 1,
			hasNextSibling: index < below.length - 1
		});
	}
	return {
		rows,
		hiddenFrames: graph.length - shown
	};
}
/** -1 when there are none or several. */
function onlyChildOf({ firstChild, nextSibling }, node) {
	const first = firstChild[node];
	return first >= 0 && nextSibling[first] < 0 ? first : -1;
}
function visibleChildren(graph, { firstChild, nextSibling }, node, scale) {
	const visible = [];
	for (let child = firstChild[node] ?? -1; child >= 0; child = nextSibling[child]) if (Math.max(baseTotal(graph, child), headTotal(graph, child)) >= MIN_SHARE * scale) visible.push(child);
	return visible;
}

// src/report/function-sums.ts
/**
* Each stack's own cost, given to the innermost function of the measured code in it. Keys are frames.
* @param isAsking of each frame 1 where it is the measured code and no wrapper of malloc; a wrapper that nobody of the
* measured code called keeps its costs
*/
function ownSums(diff, metric, isAsking) {
	const { frame } = diff.stacks;
	const sums = /* @__PURE__ */ new Map();
	const { stacks, innermost } = allocatingStacks(diff, isAsking);
	const [base, head] = [diff.base[metric], diff.head[metric]];
	const [baseCalls, headCalls] = [diff.base.allocations, diff.head.allocations];
	for (let index = 0; index < stacks.length; index++) {
		const stack = stacks[index];
		if (base[stack] === 0 && head[stack] === 0 && baseCalls[stack] === 0 && headCalls[stack] === 0) continue;
		addTo(sums, frame[innermost[index]], diff, metric, stack, 0);
	}
	return sums;
}
/** Asked for once for each metric. */
const knownAllocating = /* @__PURE__ */ new WeakMap();
function allocatingStacks(diff, isAsking) {
	const known = knownAllocating.get(diff);
	if (known !== void 0 && known.isAsking === isAsking) return known;
	const found = {
		...findAllocatingStacks(diff, isAsking),
		isAsking
	};
	knownAllocating.set(diff, found);
	return found;
}
function findAllocatingStacks({ frames, stacks: { prefix, frame, length }, base, head }, isAsking) {
	const hasCosts = new Uint8Array(length);
	for (const id of METRIC_IDS) {
		const [before, after] = [base[id], head[id]];
		for (let stack = 0; stack < length; stack++) if (before[stack] !== 0 || after[stack] !== 0) hasCosts[stack] = 1;
	}
	const isOwn = ownFrames(frames);
	const innermostOf = new Int32Array(length);
	const askingOf = new Int32Array(length);
	const stacks = new GrowingInt32();
	const innermost = new GrowingInt32();
	for (let stack = 0; stack < length; stack++) {
		const caller = prefix[stack];
		if (isOwn[frame[stack]] === 1) innermostOf[stack] = stack;
		else innermostOf[stack] = caller < 0 ? -1 : innermostOf[caller];
		if (isAsking[frame[stack]] === 1) askingOf[stack] = stack;
		else askingOf[stack] = caller < 0 ? -1 : askingOf[caller];
		if (hasCosts[stack] === 0) continue;
		stacks.push(stack);
		const found = askingOf[stack] < 0 ? innermostOf[stack] : askingOf[stack];
		innermost.push(found < 0 ? stack : found);
	}
	return {
		stacks: stacks.toArray(),
		innermost: innermost.toArray()
	};
}
/** Of each frame 1 where it is the measured code. */
function ownFrames(frames) {
	return Uint8Array.from(frames, ({ isOwn }) => isOwn ? 1 : 0);
}
/**
* Totals of each function of the measured code over all stacks that pass through it, recursion counted once. In time
* proportional to the stacks, not to their frames: a crafted trace has stacks of 200,000 frames.
*/
function inclusiveSums(diff, metric) {
	const { prefix, frame, length } = diff.stacks;
	const total = (self) => totalCosts(self, prefix);
	const base = total(diff.base[metric]);
	const head = total(diff.head[metric]);
	const baseCalls = total(diff.base.allocations);
	const headCalls = total(diff.head.allocations);
	const ownChange = new Float64Array(length);
	for (let stack = 0; stack < length; stack++) ownChange[stack] = changeOf$1(diff, metric, stack);
	const change = total(ownChange);
	const depth = outermostDepths(diff);
	const sums = /* @__PURE__ */ new Map();
	for (let stack = 0; stack < length; stack++) {
		if (depth[stack] < 0 || base[stack] + head[stack] + baseCalls[stack] + headCalls[stack] === 0) continue;
		const sum = sumOf$1(sums, frame[stack], depth[stack]);
		sum.base += base[stack];
		sum.head += head[stack];
		sum.baseCalls += baseCalls[stack];
		sum.headCalls += headCalls[stack];
		sum.change += change[stack];
	}
	return sums;
}
/**
* For each stack that ends in a frame of the measured code which is nowhere among its callers: the number of frames of
* the measured code among those. -1 for all others.
*/
function outermostDepths({ stacks: { prefix, frame, length }, frames }) {
	const { firstChild, nextSibling } = linkChildren(prefix);
	const pending = [];
	for (let stack = length - 1; stack >= 0; stack--) if (prefix[stack] < 0) pending.push(stack);
	const isOwn = ownFrames(frames);
	const depths = new Int32Array(length).fill(-1);
	/** How often each frame is on the way from the root to where the walk is. */
	const onTheWay = new Int32Array(frames.length);
	let depth = 0;
	for (let next = pending.pop(); next !== void 0; next = pending.pop()) {
		const isEntered = next >= 0;
		const stack = isEntered ? next : ~next;
		if (isOwn[frame[stack]] === 1) {
			if (isEntered && onTheWay[frame[stack]] === 0) depths[stack] = depth;
			onTheWay[frame[stack]] += isEntered ? 1 : -1;
			depth += isEntered ? 1 : -1;
		}
		if (!isEntered) continue;
		pending.push(~stack);
		for (let child = firstChild[stack]; child >= 0; child = nextSibling[child]) pending.push(child);
	}
	return depths;
}
function addTo(sums, frame, diff, metric, stack, depth) {
	const sum = sumOf$1(sums, frame, depth);
	sum.base += diff.base[metric][stack];
	sum.head += diff.head[metric][stack];
	sum.baseCalls += diff.base.allocations[stack];
	sum.headCalls += diff.head.allocations[stack];
	sum.change += changeOf$1(diff, metric, stack);
}
function sumOf$1(sums, frame, depth) {
	let sum = sums.get(frame);
	if (sum === void 0) {
		sum = {
			base: 0,
			head: 0,
			baseCalls: 0,
			headCalls: 0,
			change: 0,
			minDepth: depth
		};
		sums.set(frame, sum);
	}
	sum.minDepth = Math.min(sum.minDepth, depth);
	return sum;
}
/** head − base without what other stacks took over or gave up. */
function changeOf$1(diff, metric, stack) {
	const delta = diff.head[metric][stack] - diff.base[metric][stack];
	return delta - Math.sign(delta) * diff.moved[metric][stack];
}

// src/report/find-culprit.ts
/** A function must explain this share of the change to be named as its cause; the second where none reaches the first. */
const CULPRIT_SHARES = [.9, .5];
/** Within a percent two sizes are the same work seen from a caller and its callee. */
const SAME_SIZE = 1.01;
/** So much larger than the smallest candidate may be one that the pull request's lines point at. */
const POINTED_AT_SIZE = 1 / CULPRIT_SHARES[0];
/**
* The one function that explains the change of the whole, code that only moved left out of account: among those whose
* total, with everything they called, changed by nearly as much, the smallest one. Of several that are about as
* small, one that is called from a line that the pull request touches, or allocates on one, or calls from such lines
* several that share the change; else the outermost. Never a wrapper of malloc. Null when nothing changed or no single
* function explains it.
*/
function findCulprit(diff, metric, lines) {
	const isAsking = askingFrames(diff, lines);
	const sums = inclusiveSums(diff, metric);
	const delta = sum(diff.head[metric]) - sum(diff.base[metric]);
	if (delta === 0) return null;
	const sites = sitesByFrame(diff, metric, lines, isAsking);
	const explaining = (functions, share) => [...functions].filter(([frame, found]) => found.change / delta >= share && isAsking[frame] === 1).map(([frame]) => frame);
	for (const share of CULPRIT_SHARES) {
		const candidates = toCandidates(sums, explaining(sums, share)).filter((found) => found.sum.minDepth > 0);
		const honest = candidates.filter(({ sum: { base: before, head: after, change } }) => {
			return Math.abs(after - before - change) <= (1 - CULPRIT_SHARES[0]) * Math.abs(change);
		});
		const preferred = honest.length > 0 ? honest : candidates;
		if (preferred.length > 0) return describe(diff, choose(preferred, sites), sites, delta, lines);
	}
	const [only] = toCandidates(sums, explaining(ownSums(diff, metric, isAsking), CULPRIT_SHARES[1]));
	return only === void 0 ? null : describe(diff, only, sites, delta, lines);
}
function toCandidates(sums, frames) {
	return frames.flatMap((frame) => {
		const found = sums.get(frame);
		return found === void 0 ? [] : [{
			frame,
			sum: found
		}];
	});
}
function choose(candidates, sites) {
	const smallest = candidates.reduce((least, found) => Math.min(least, sizeOf(found)), Number.POSITIVE_INFINITY);
	const outermostFirst = [...candidates].sort((a, b) => a.sum.minDepth - b.sum.minDepth);
	const isMostly = (candidate, costOf) => {
		const signed = (site) => site.side === "head" ? costOf(site) : -costOf(site);
		return sum((sites.get(candidate.frame) ?? []).map(signed)) / (candidate.sum.head - candidate.sum.base) >= CULPRIT_SHARES[1];
	};
	const near = outermostFirst.filter((candidate) => sizeOf(candidate) <= smallest * POINTED_AT_SIZE);
	return near.find((candidate) => isMostly(candidate, (site) => site.isCallTouched ? site.total : 0)) ?? near.findLast((candidate) => isMostly(candidate, (site) => site.isTouched ? site.self : 0)) ?? near.findLast((candidate) => isMostly(candidate, (site) => site.isTouched ? site.total : 0)) ?? outermostFirst.find((candidate) => sizeOf(candidate) <= smallest * SAME_SIZE) ?? candidates[0];
}
function sizeOf({ sum: { base, head } }) {
	return Math.max(base, head);
}
function describe(diff, { frame, sum: found }, sites, delta, lines) {
	const { name, shortName, file } = diff.frames[frame];
	return {
		name,
		shortName,
		...findPlace(sites.get(frame) ?? [], ({ total }) => total, found.head === 0, lines) ?? {
			file,
			line: null,
			isOnChangedLine: false
		},
		base: found.base,
		head: found.head,
		baseCalls: found.baseCalls,
		headCalls: found.headCalls,
		share: (found.head - found.base) / delta
	};
}
function sum(values) {
	let total = 0;
	for (let index = 0; index < values.length; index++) total += values[index];
	return total;
}

// src/report/function-changes.ts
/**
* What changed, function by function: each stack's own cost goes to the innermost function of the measured code in
* it, so that what `parse` makes a library allocate counts as `parse`, and through a wrapper of malloc, too. Largest change first, what only moved last.
*/
function functionChanges(diff, metric, lines) {
	const isAsking = askingFrames(diff, lines);
	const sites = sitesByFrame(diff, metric, lines, isAsking);
	const changes = [];
	for (const [frame, sum] of ownSums(diff, metric, isAsking)) {
		if (sum.base === sum.head) continue;
		const { name, shortName, file } = diff.frames[frame];
		const status = statusOf(sum);
		const place = findPlace(sites.get(frame) ?? [], ({ self }) => self, status === "gone", lines);
		changes.push({
			metric,
			name,
			shortName,
			...place ?? {
				file,
				line: null,
				isOnChangedLine: false
			},
			base: sum.base,
			head: sum.head,
			delta: sum.head - sum.base,
			baseCalls: sum.baseCalls,
			headCalls: sum.headCalls,
			status
		});
	}
	return distinguish(changes.sort(changeOrder));
}
/** Instances of one template have one short name: there the full one has to tell them apart. */
function distinguish(changes) {
	const namesOf = /* @__PURE__ */ new Map();
	for (const { name, shortName } of changes) {
		const names = namesOf.get(shortName);
		if (names === void 0) namesOf.set(shortName, /* @__PURE__ */ new Set([name]));
		else names.add(name);
	}
	return changes.map((change) => {
		return (namesOf.get(change.shortName)?.size ?? 1) > 1 ? {
			...change,
			shortName: change.name
		} : change;
	});
}
function statusOf(sum) {
	if (sum.change === 0) return "moved";
	if (sum.base === 0) return "new";
	if (sum.head === 0) return "gone";
	return sum.head > sum.base ? "grew" : "shrank";
}
/** Largest change first, what only moved last. */
function changeOrder(a, b) {
	const byFate = Number(a.status === "moved") - Number(b.status === "moved");
	if (byFate !== 0) return byFate;
	const bySize = Math.abs(b.delta) - Math.abs(a.delta);
	if (bySize !== 0) return bySize;
	return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

// src/report/suspicions.ts
/** Of a stack, from its leaf: what lies further out is not why something is allocated here. */
const MAXIMUM_FRAMES = 256;
/**
* Goes over all stacks that allocate on head.
* @param isAsking 1 for each frame of measured code that asks for memory on its own account
*/
function collectSuspicions(diff, isAsking) {
	const { stacks, head } = diff;
	const traits = diff.frames.map(traitsOf);
	const { isTelling, innermostAsking } = readFromRoot(diff, traits, isAsking);
	const suspicions = /* @__PURE__ */ new Map();
	const otherCalls = /* @__PURE__ */ new Map();
	for (let stack = 0; stack < stacks.length; stack++) {
		const calls = head.allocations[stack];
		if (calls === 0) continue;
		if (isTelling[stack] === 0) {
			if (innermostAsking[stack] >= 0) raise(otherCalls, innermostAsking[stack], calls);
			continue;
		}
		const path = pathTo(stack, diff);
		const asker = path.findLastIndex((frame) => isAsking[frame] === 1);
		if (asker < 0) continue;
		const found = suspect(path, asker, traits, isAsking);
		for (const { smell, depth } of found) addStack(suspicions, smell, path[depth], depth, stack);
		if (!found.some(({ smell }) => smell === "growth-without-reserve")) raise(otherCalls, path[asker], calls);
	}
	return {
		suspicions: [...suspicions.values()],
		otherCalls
	};
}
/** For each stack whether any of its frames tells anything, and its innermost asking frame, or -1. */
function readFromRoot({ stacks }, traits, isAsking) {
	const isTellingFrame = traits.map((trait) => Object.values(trait).includes(true));
	const isTelling = new Uint8Array(stacks.length);
	const innermostAsking = new Int32Array(stacks.length);
	for (let stack = 0; stack < stacks.length; stack++) {
		const caller = stacks.prefix[stack];
		const leaf = stacks.frame[stack];
		isTelling[stack] = isTellingFrame[leaf] || caller >= 0 && isTelling[caller] === 1 ? 1 : 0;
		innermostAsking[stack] = isAsking[leaf] === 1 ? leaf : caller < 0 ? -1 : innermostAsking[caller];
	}
	return {
		isTelling,
		innermostAsking
	};
}
/** The frames of a stack, outermost first; no more than MAXIMUM_FRAMES from its leaf. */
function pathTo(stack, { stacks }) {
	const path = [];
	for (let at = stack; at >= 0 && path.length < MAXIMUM_FRAMES; at = stacks.prefix[at]) path.push(stacks.frame[at]);
	return path.reverse();
}
/**
* What the names on one stack make one suspect, each with the depth in `path` of the function that does it.
* @param asker depth of the innermost frame that asks for memory on its own account
*/
function suspect(path, asker, traits, isAsking) {
	const below = path.slice(asker + 1).map((frame) => traits[frame]);
	const found = [];
	path.forEach((frame, depth) => {
		if (traits[frame].isConstructor && isAsking[frame] === 1 && path.indexOf(frame) === depth) found.push({
			smell: "built-anew",
			depth
		});
	});
	const has = (trait) => below.some((traitsBelow) => traitsBelow[trait]);
	if (below[0]?.isFilling) found.push({
		smell: "container-filled-anew",
		depth: asker
	});
	if (has("isCompiling")) found.push({
		smell: "pattern-compiled-anew",
		depth: asker
	});
	if (has("isMakingString")) found.push({
		smell: "temporary-strings",
		depth: asker
	});
	if (has("isGrowing")) found.push({
		smell: "growth-without-reserve",
		depth: asker
	});
	const copy = path.findIndex((frame) => traits[frame].isCloning);
	const receiver = copy < 0 ? -1 : path.slice(0, copy).findLastIndex((frame) => isAsking[frame] === 1);
	if (receiver >= 0) found.push({
		smell: "thrown-away-copies",
		depth: receiver
	});
	return found;
}
function addStack(suspicions, smell, frame, depth, stack) {
	const key = `${smell} ${frame}`;
	const suspicion = suspicions.get(key);
	if (suspicion === void 0) suspicions.set(key, {
		smell,
		frame,
		depth,
		stacks: [stack]
	});
	else suspicion.stacks.push(stack);
}
function raise(mostCalls, frame, calls) {
	mostCalls.set(frame, Math.max(mostCalls.get(frame) ?? 0, calls));
}
const CONSTRUCTOR = /^(?:default|new|build|builder|create|make|init|initialize|setup|load|compile|with_[a-z_]+|make_[a-z_]+|make[A-Z]\w*|create[A-Z]\w*|build[A-Z]\w*)$/;
const FILLING = /(?:[Mm]ap|[Ss]et)::(?:insert|emplace|try_emplace|operator\[\]|extend|from_iter|from)$/;
const COMPILING_PATTERN = /^(?:basic_regex::(?:basic_regex|_M_compile)|_Compiler::_Compiler|Regex::new|RegexBuilder::build|RegexSet::new|regcomp|pcre2?_compile\w*|RE2::RE2)$/;
const GROWING = /(?:^|::)(?:_M_realloc_insert|_M_realloc_append|_M_default_append|grow_one|grow_amortized|finish_grow|reserve_for_push|do_reserve_and_handle)$/;
const MAKING_STRING = /^(?:String::from|str::to_owned|str::to_lowercase|str::to_uppercase|str::replace|string::string|string::substr|string::append|basic_string::basic_string|basic_string::substr|std::operator\+|operator\+|fmt::format|format::format_inner|ToString::to_string|to_string|\w+::to_string)$/;
const CLONING = /(?:^|::)(?:clone|to_vec|cloned)$/;
function traitsOf({ shortName, name }) {
	const parts = shortName.split("::");
	const last = parts[parts.length - 1];
	return {
		isConstructor: CONSTRUCTOR.test(last) || isNamedLikeItsType(parts),
		isFilling: FILLING.test(shortName),
		isCompiling: COMPILING_PATTERN.test(shortName),
		isGrowing: GROWING.test(shortName),
		isMakingString: MAKING_STRING.test(shortName),
		isCloning: CLONING.test(shortName) || isCopyConstructor(name, parts)
	};
}
/** C++: 'Parser::Parser'. */
function isNamedLikeItsType(parts) {
	return parts.length > 1 && parts[parts.length - 1] === parts[parts.length - 2];
}
/** C++: 'std::vector<int>::vector(std::vector<int> const&)'. */
function isCopyConstructor(name, parts) {
	if (!isNamedLikeItsType(parts) || !name.endsWith(" const&)")) return false;
	const type = name.slice(0, Math.max(0, name.indexOf(`::${parts[parts.length - 1]}(`)));
	return type !== "" && name.endsWith(`(${type} const&)`);
}

// src/report/hints.ts
const SMELLS = [
	"pattern-compiled-anew",
	"built-anew",
	"container-filled-anew",
	"thrown-away-copies",
	"temporary-strings",
	"growth-without-reserve"
];
/** More would be a lecture. */
const MAXIMUM_HINTS = 5;
/** Of head's bytes: less is not worth a change. */
const WORTH_A_HINT = .1;
/** Of head's bytes or allocations: copies are sometimes meant. */
const WORTH_A_HINT_OF_COPIES = .2;
/** Fewer allocations in each round are an ordinary object: what makes a hint worth while is a table, a grammar. */
const WORK_PER_ROUND = 20;
/** Some programs do everything a few times; a hundred stacks in step by chance are unheard of. */
const REPEATED_FROM = 10;
/** A stack or two are in step with anything. */
const STACKS_IN_STEP = 3;
/** Of what was allocated in total may be live at the peak, and at exit, when it is thrown away each time. */
const MAY_BE_LIVE = .1;
/** Fewer calls cost nothing. */
const MANY_CALLS = 100;
const MOSTLY_TEMPORARY = .8;
/** A vector that has grown three times has copied its first elements twice. */
const GROWTHS_PER_CALL = 3;
const GROWTHS_OF_ONE_VECTOR = {
	min: 8,
	max: 64
};
/** All buffers of a vector that doubles have twice the size of its last one, and at its peak one and a half are live. */
const ALLOCATED_PER_LIVE_OF_GROWTH = {
	min: 1.3,
	max: 4
};
/** The smells that head's numbers show, largest first. None without both bytes and calls. */
function findHints(diff, lines) {
	if (![
		"allocated",
		"allocations",
		"temporary",
		"peak",
		"leaked"
	].every((id) => diff.metrics.includes(id))) return [];
	const isAsking = askingFrames(diff, lines);
	const { suspicions, otherCalls } = collectSuspicions(diff, isAsking);
	const total = sumOf(diff, diff.stacks.frame.keys());
	const isExplained = new Uint8Array(diff.stacks.length);
	const shown = [];
	for (const suspicion of inOrder(diff, suspicions)) {
		const stacks = suspicion.stacks.filter((stack) => isExplained[stack] === 0);
		const sums = sumOf(diff, stacks);
		if (!isBorneOut(suspicion, sums, total, otherCalls.get(suspicion.frame) ?? 0)) continue;
		for (const stack of stacks) isExplained[stack] = 1;
		shown.push({
			suspicion,
			sums
		});
	}
	if (shown.length === 0) return [];
	const sites = sitesByFrame(diff, "allocated", lines, isAsking);
	return shown.sort((a, b) => b.sums.bytes - a.sums.bytes).slice(0, MAXIMUM_HINTS).map(({ suspicion: { smell, frame }, sums: { bytes, calls } }) => {
		const { name, shortName, file } = diff.frames[frame];
		const ofHead = (sites.get(frame) ?? []).filter(({ side }) => side === "head");
		const place = findPlace(ofHead, ({ total: cost }) => cost, false, lines);
		return {
			smell,
			name,
			shortName,
			file: place?.file ?? file,
			line: place?.line ?? null,
			language: languageOf(file),
			bytes,
			calls
		};
	});
}
/** Whether the numbers show the smell that the names suggest. */
function isBorneOut({ smell }, sums, total, otherCalls) {
	const share = sums.bytes / total.bytes;
	switch (smell) {
		case "pattern-compiled-anew":
		case "built-anew":
		case "container-filled-anew": return share >= WORTH_A_HINT && isRepeated(sums) && isThrownAway(sums);
		case "thrown-away-copies": return Math.max(share, sums.calls / total.calls) >= WORTH_A_HINT_OF_COPIES && sums.calls >= MANY_CALLS && isThrownAway(sums);
		case "temporary-strings": return sums.calls >= Math.max(MANY_CALLS, WORTH_A_HINT * total.calls) && sums.temporary >= MOSTLY_TEMPORARY * sums.calls;
		case "growth-without-reserve": {
			const perLive = sums.bytes / sums.peak;
			const isOneLargeVector = share >= WORTH_A_HINT_OF_COPIES && sums.calls >= GROWTHS_OF_ONE_VECTOR.min && sums.calls <= GROWTHS_OF_ONE_VECTOR.max && perLive >= ALLOCATED_PER_LIVE_OF_GROWTH.min && perLive <= ALLOCATED_PER_LIVE_OF_GROWTH.max;
			const isOftenInEachCall = share >= WORTH_A_HINT && sums.calls >= MANY_CALLS && otherCalls > 0 && sums.calls >= GROWTHS_PER_CALL * otherCalls;
			return isOneLargeVector || isOftenInEachCall;
		}
	}
}
function isRepeated({ step, stacks, calls }) {
	return step >= REPEATED_FROM && stacks >= STACKS_IN_STEP && calls >= WORK_PER_ROUND * step;
}
function isThrownAway({ bytes, peak, leaked }) {
	return Math.max(peak, leaked) <= MAY_BE_LIVE * bytes;
}
/** By rank of the smell; of one smell the largest first, and of two as large the outer one. */
function inOrder(diff, suspicions) {
	const bytesOf = /* @__PURE__ */ new Map();
	for (const suspicion of suspicions) bytesOf.set(suspicion, sumOf(diff, suspicion.stacks).bytes);
	return [...bytesOf.keys()].sort((a, b) => SMELLS.indexOf(a.smell) - SMELLS.indexOf(b.smell) || (bytesOf.get(b) ?? 0) - (bytesOf.get(a) ?? 0) || a.depth - b.depth || a.frame - b.frame);
}
function sumOf({ head }, stacks) {
	const sums = {
		bytes: 0,
		calls: 0,
		temporary: 0,
		peak: 0,
		leaked: 0,
		step: 0,
		stacks: 0
	};
	for (const stack of stacks) {
		const calls = head.allocations[stack];
		if (calls === 0) continue;
		sums.bytes += head.allocated[stack];
		sums.calls += calls;
		sums.temporary += head.temporary[stack];
		sums.peak += head.peak[stack];
		sums.leaked += head.leaked[stack];
		sums.step = greatestCommonDivisor(sums.step, calls);
		sums.stacks++;
	}
	return sums;
}
function greatestCommonDivisor(a, b) {
	let [larger, smaller] = [a, b];
	while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
	return larger;
}
function languageOf(file) {
	if (file === null) return null;
	if (/\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|ipp)$/i.test(file)) return "c++";
	return file.endsWith(".rs") ? "rust" : null;
}

// src/report/noise.ts
/**
* What differs from run to run of one and the same program, and what follows for the numbers: which run is shown, how
* far the runs are apart, and which metrics only advise.
*/
/** Metrics that depend on which thread allocates first. */
const TIMED_METRICS = /* @__PURE__ */ new Set(["peak", "temporary"]);
/** With two runs on each side even a change by more than the spread is chance too often: about one time in seven. */
const ENOUGH_RUNS = 3;
/**
* The run whose numbers and stacks are shown: the median one by the headline metric, of two middle ones the smaller.
* Where that metric is alike in several runs peak decides between them, then the others, then which ran first.
* @returns its index
*/
function representativeRun(runs, primary) {
	const ranks = [
		primary,
		"peak",
		...METRIC_IDS
	];
	const order = runs.map((_, run) => run);
	order.sort((a, b) => {
		const decisive = ranks.find((id) => runs[a][id] !== runs[b][id]);
		return decisive === void 0 ? a - b : runs[a][decisive] - runs[b][decisive];
	});
	const median = runs[order[order.length - 1 >> 1]];
	return runs.findIndex((totals) => METRIC_IDS.every((id) => totals[id] === median[id]));
}
/** @returns null when each side ran once: nothing is known of its spread */
function measureSpread(runs, metric) {
	if (runs.head.length < 2) return null;
	const head = rangeOf(runs.head.map((totals) => totals[metric]));
	const base = runs.base.length === 0 ? null : rangeOf(runs.base.map((totals) => totals[metric]));
	const wider = base !== null && widthOf(base) > widthOf(head) ? base : head;
	const width = widthOf(wider);
	return {
		base,
		head,
		width,
		share: wider.median === 0 ? null : width / wider.median
	};
}
function rangeOf(values) {
	const sorted = values.toSorted((a, b) => a - b);
	return {
		min: sorted[0],
		median: sorted[sorted.length - 1 >> 1],
		max: sorted[sorted.length - 1]
	};
}
function widthOf({ min, max }) {
	return max - min;
}
/**
* Whether a metric is shown, but decides nothing. Those that depend on timing do that in a program with threads, until
* somebody asks for one, by a limit or as the headline, and there are enough runs to tell a change from chance.
*/
function isAdvisory(metric, facts) {
	return facts.isThreaded && TIMED_METRICS.has(metric) && !(facts.isAskedFor && facts.runs >= ENOUGH_RUNS);
}
/** Sentences on what the noise does to the verdict. */
function noiseNotes(metrics, limits, facts) {
	const notes = [];
	const timed = metrics.filter(({ metric }) => TIMED_METRICS.has(metric.id));
	if (facts.isThreaded && timed.length > 0) notes.push("The program runs threads: its peak and its temporary allocations depend on their timing and vary from run to run.");
	for (const { metric, isAdvisory: isOnlyAdvice } of timed) {
		if (!isOnlyAdvice || limits[metric.id].failOn === null) continue;
		notes.push(`\`${metric.id}\` is advisory because the program runs threads: \`fail-on\` does not count for it. Set \`runs: ${ENOUGH_RUNS}\` or more to gate on it.`);
	}
	for (const { metric, spread } of metrics) {
		const { budget } = limits[metric.id];
		if (budget === null || spread === null) continue;
		if (spread.head.min > budget.maximum || spread.head.max <= budget.maximum) continue;
		notes.push(`\`${metric.id}\` was over its budget of ${budget.text} in some of the ${facts.runs} runs, but not in all: it fails when every run is over it.`);
	}
	return notes;
}

// src/report/threshold.ts
const STEADY = {
	spread: null,
	isAdvisory: false
};
/**
* The verdict on one metric: first whether it changed at all, by more than it differs from run to run and by more than
* is ignored, then whether the change is over a limit.
* @param base null when there is nothing to compare with: then only the budget can be exceeded
*/
function judgeMetric(metric, base, head, limits, { spread, isAdvisory } = STEADY) {
	const delta = base === null ? null : head - base;
	const ratio = delta === null || base === null || base === 0 ? null : delta / base;
	const hasChanged = base !== null && exceedsSpread(spread) && isSignificant(metric, base, head, limits.ignoreBelow);
	const failOn = limits.failOn && {
		text: limits.failOn.text,
		kind: "fail-on",
		isExceeded: !isAdvisory && hasChanged && base !== null && growthExceeds(base, head, limits.failOn)
	};
	const budget = limits.budget && {
		text: limits.budget.text,
		kind: "budget",
		isExceeded: (spread?.head.min ?? head) > limits.budget.maximum
	};
	const inForce = base === null ? budget ?? failOn : failOn ?? budget;
	const limit = [budget, failOn].find((candidate) => candidate?.isExceeded) ?? inForce;
	return {
		metric,
		base,
		head,
		delta,
		ratio,
		verdict: verdictOf(delta, hasChanged, limit),
		limit,
		spread,
		isAdvisory
	};
}
function verdictOf(delta, hasChanged, limit) {
	if (limit?.isExceeded) return "regressed";
	if (delta === null) return "new";
	if (!hasChanged) return "unchanged";
	return delta < 0 ? "improved" : "grew";
}
/**
* The medians must differ by more than both sides do in themselves, together. That the runs of both sides do not
* overlap is not enough: by chance that happens to one unchanged commit in ten, of three runs each.
*/
function exceedsSpread(spread) {
	if (spread === null || spread.base === null) return true;
	const { base, head } = spread;
	return Math.abs(head.median - base.median) > base.max - base.min + (head.max - head.min);
}
/** A size in bytes says nothing of a number of calls, so only the ratio counts for those. */
function isSignificant({ unit }, base, head, ignoreBelow) {
	const change = Math.abs(head - base);
	const absolute = unit === "bytes" ? ignoreBelow.absolute ?? 0 : 0;
	return change > 0 && change >= absolute && change >= (ignoreBelow.ratio ?? 0) * base;
}
/** From nothing to something is more than any ratio. */
function growthExceeds(base, head, { ratio, absolute }) {
	const growth = head - base;
	return growth > 0 && (ratio === null || growth > ratio * base) && (absolute === null || growth > absolute);
}

// src/report/touched-functions.ts
/**
* What an author can be told about the lines in front of them: each cost goes to the innermost line on its stack that
* the pull request touches, be it the one that allocates or the nearest caller. Summed by function, since lines of base
* that were changed have no counterpart one by one; the line of an entry is that with most in head. What merely moved
* is on both sides of the sum. Largest change first.
*/
function touchedFunctions(diff, metric, lines) {
	if (lines === null) return [];
	const nearest = {
		base: nearestTouched(diff.baseSites, "base", lines),
		head: nearestTouched(diff.headSites, "head", lines)
	};
	if (nearest.head.every((site) => site < 0)) return [];
	const sums = sumByTouchedFunction(diff, metric, nearest);
	const calls = metric === "allocations" ? sums : sumByTouchedFunction(diff, "allocations", nearest);
	const places = placesOf(diff, metric, nearest.head);
	const changes = [];
	for (const [frame, { base, head }] of sums) {
		const place = places.get(frame);
		if (base === head || place === void 0) continue;
		const { name, shortName } = diff.frames[frame];
		const called = calls.get(frame);
		changes.push({
			metric,
			name,
			shortName,
			file: place.path,
			line: place.line,
			isOnChangedLine: true,
			base,
			head,
			delta: head - base,
			baseCalls: called?.base ?? 0,
			headCalls: called?.head ?? 0,
			status: base === 0 ? "new" : head > base ? "grew" : "shrank"
		});
	}
	return changes.sort(changeOrder);
}
/** For each site the innermost one on a touched line, among itself and its callers; -1 where there is none. */
function nearestTouched(sites, side, lines) {
	const isTouched = touchedSites(sites, side, lines);
	const nearest = new Int32Array(sites.length);
	for (let site = 0; site < sites.length; site++) {
		const caller = sites.prefix[site];
		nearest[site] = isTouched[site] === 1 ? site : caller < 0 ? -1 : nearest[caller];
	}
	return nearest;
}
/** Keys are frames. */
function sumByTouchedFunction(diff, metric, nearest) {
	const sums = /* @__PURE__ */ new Map();
	const moves = movesByStack(diff, metric);
	for (const [stack, parts] of partsByStack(diff, metric, nearest)) {
		settleMoves(parts, moves.here[stack], moves.away[stack]);
		for (const { frame, base, head } of parts) {
			if (frame < 0) continue;
			const sum = sums.get(frame) ?? {
				base: 0,
				head: 0
			};
			sum.base += base;
			sum.head += head;
			sums.set(frame, sum);
		}
	}
	return sums;
}
function partsByStack(diff, metric, nearest) {
	const [stacks, frames] = [new GrowingInt32(), new GrowingInt32()];
	const index = new PairIndex(stacks, frames);
	const parts = [];
	const byStack = /* @__PURE__ */ new Map();
	for (const side of ["base", "head"]) {
		const sites = side === "base" ? diff.baseSites : diff.headSites;
		const costs = sites.costs[metric];
		for (let site = 0; site < sites.length; site++) {
			if (costs[site] === 0) continue;
			const touched = nearest[side][site];
			const frame = touched < 0 ? -1 : diff.stacks.frame[sites.stack[touched]];
			const stack = sites.stack[site];
			const row = index.intern(stack, frame);
			if (row === parts.length) {
				const part = {
					frame,
					base: 0,
					head: 0
				};
				parts.push(part);
				const ofStack = byStack.get(stack);
				if (ofStack === void 0) byStack.set(stack, [part]);
				else ofStack.push(part);
			}
			parts[row][side] += costs[site];
		}
	}
	return byStack;
}
/** What moved here from other stacks and away to others, summed for each stack that ends in the measured code. */
function movesByStack(diff, metric) {
	const { prefix, frame, length } = diff.stacks;
	const here = new Float64Array(length);
	const away = new Float64Array(length);
	const innermost = new Int32Array(length).fill(-1);
	for (let stack = 0; stack < length; stack++) {
		if (diff.frames[frame[stack]].isOwn) innermost[stack] = stack;
		else if (prefix[stack] >= 0) innermost[stack] = innermost[prefix[stack]];
		const moved = diff.moved[metric][stack];
		if (moved === 0 || innermost[stack] < 0) continue;
		const sums = diff.head[metric][stack] > diff.base[metric][stack] ? here : away;
		sums[innermost[stack]] += moved;
	}
	return {
		here,
		away
	};
}
/**
* Takes out of each part's change what is none of the stack's: what only went from one part to another, and what
* moved here or away. Touched lines come first, so that in doubt they are not blamed.
*/
function settleMoves(parts, movedHere, movedAway) {
	let grown = 0;
	let shrunk = 0;
	for (const { base, head } of parts) if (head > base) grown += head - base;
	else shrunk += base - head;
	const inside = Math.min(grown, shrunk);
	let fromElsewhere = inside + movedHere;
	let toElsewhere = inside + movedAway;
	for (const part of [...parts].sort((a, b) => Number(a.frame < 0) - Number(b.frame < 0))) {
		const delta = part.head - part.base;
		const settled = delta > 0 ? Math.min(delta, fromElsewhere) : -Math.min(-delta, toElsewhere);
		if (delta > 0) fromElsewhere -= settled;
		else toElsewhere += settled;
		part.base += settled;
	}
}
/** The line of head, of those that count for a function, through which most passes. */
function placesOf({ headSites: sites, stacks }, metric, nearest) {
	const costs = sites.costs[metric];
	const byFrame = /* @__PURE__ */ new Map();
	for (let site = 0; site < sites.length; site++) {
		const touched = nearest[site];
		const path = touched < 0 ? null : sites.path[touched];
		if (path === null || costs[site] === 0) continue;
		const frame = stacks.frame[sites.stack[touched]];
		const places = byFrame.get(frame) ?? /* @__PURE__ */ new Map();
		const key = `${sites.line[touched]} ${path}`;
		const place = places.get(key) ?? {
			path,
			line: sites.line[touched],
			cost: 0
		};
		place.cost += costs[site];
		places.set(key, place);
		byFrame.set(frame, places);
	}
	return new Map([...byFrame].map(([frame, places]) => {
		const [most] = [...places.values()].sort((a, b) => b.cost - a.cost || a.line - b.line);
		return [frame, most];
	}));
}

// src/report/build-report.ts
/** Computes everything that readers will see of one benchmark. */
function buildBenchmarkReport(findings) {
	const { name, primary, diff, hasBase, lines, notes, baseFailure, headFailure } = findings;
	if (diff === null) return {
		name,
		primary,
		notes,
		baseFailure,
		headFailure,
		runs: 0,
		isBaseFromCache: false,
		verdict: "failed",
		metrics: [],
		changes: [],
		touched: [],
		culprit: null,
		wrappers: [],
		callTree: null,
		flameGraph: null,
		hints: [],
		excluded: null,
		matched: null
	};
	const base = sumCosts(diff.base);
	const head = sumCosts(diff.head);
	const noise = {
		isThreaded: findings.isThreaded,
		runs: findings.runs.head.length
	};
	const metrics = METRICS.filter(({ id }) => diff.metrics.includes(id)).map((metric) => {
		const limits = findings.limits[metric.id];
		const isAskedFor = metric.id === primary || limits.failOn !== null;
		return judgeMetric(metric, hasBase ? base[metric.id] : null, head[metric.id], limits, {
			spread: measureSpread(findings.runs, metric.id),
			isAdvisory: isAdvisory(metric.id, {
				...noise,
				isAskedFor
			})
		});
	});
	const flameGraph = buildFlameGraph(diff, primary);
	const verdict = rollUp(primary, metrics);
	const metricsByRank = [primary, ...diff.metrics.filter((id) => id !== primary)];
	return {
		name,
		primary,
		baseFailure,
		headFailure,
		metrics,
		flameGraph,
		runs: noise.runs,
		isBaseFromCache: findings.isBaseFromCache === true,
		notes: [...notes, ...noiseNotes(metrics, findings.limits, noise)],
		verdict,
		changes: hasBase ? metricsByRank.flatMap((id) => functionChanges(diff, id, lines)) : [],
		touched: hasBase ? touchedFunctions(diff, primary, lines) : [],
		culprit: hasBase && hasChanged(metrics, primary) ? findCulprit(diff, primary, lines) : null,
		wrappers: hasBase ? changedWrappers(diff, lines) : [],
		callTree: buildCallTree(flameGraph),
		hints: verdict === "unchanged" ? [] : findHints(diff, lines),
		excluded: {
			base: hasBase ? diff.excluded.base : null,
			head: diff.excluded.head
		},
		matched: hasBase ? diff.matched : null
	};
}
/** Where the change of the whole is noise, no function explains it. */
function hasChanged(metrics, primary) {
	return metrics.some(({ metric, verdict }) => metric.id === primary && verdict !== "unchanged");
}
/** The benchmark's verdict: any limit first, then the headline metric, then the others but for mere advice. */
function rollUp(primary, metrics) {
	if (metrics.some(({ verdict }) => verdict === "regressed")) return "regressed";
	const headline = metrics.find(({ metric }) => metric.id === primary)?.verdict;
	if (headline !== void 0 && headline !== "unchanged") return headline;
	const others = metrics.filter((metric) => !metric.isAdvisory).map(({ verdict }) => verdict);
	if (others.includes("grew")) return "grew";
	return others.includes("improved") ? "improved" : "unchanged";
}
/** Worst first, for the order of benchmarks too: the verdict on many is the first of these that one of them has. */
const VERDICT_ORDER = [
	"cancelled",
	"failed",
	"regressed",
	"grew",
	"improved",
	"new",
	"unchanged"
];
/** Benchmarks come worst first, and of one verdict those that changed most. What was accepted is not `regressed`. */
function buildReport(facts, benchmarks) {
	const sorted = [...benchmarks].sort((a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict) || changeOf(b) - changeOf(a));
	return acceptGrowth({
		...facts,
		benchmarks: sorted,
		verdict: "failed"
	}, facts.accepted ?? null);
}
/**
* The report when somebody accepted growth over a limit, or nobody: as a whole it then merely grew, unless it fails for
* another reason. Each benchmark still says that it is over its limit.
*/
function acceptGrowth(report, accepted) {
	const worst = report.benchmarks[0]?.verdict ?? "failed";
	const isAccepted = worst === "regressed" && !doesFail({
		...report,
		accepted
	});
	return {
		...report,
		accepted,
		verdict: isAccepted ? "grew" : worst
	};
}
function changeOf({ metrics, primary }) {
	return Math.abs(metrics.find(({ metric }) => metric.id === primary)?.delta ?? 0);
}

// src/report/line-table.ts
/**
* Costs by the innermost line of the measured code, wrappers of malloc left aside, base's lines where the change put
* them. Largest change first, by the given metric.
*/
function buildLineTable(diff, lines, primary) {
	const rows = /* @__PURE__ */ new Map();
	addSites(rows, diff, diff.baseSites, "base", lines);
	addSites(rows, diff, diff.headSites, "head", lines);
	const changeOf = (row) => Math.abs(row.head[primary] - row.base[primary]);
	const sizeOf = (row) => row.head[primary] + row.base[primary];
	return [...rows.values()].sort((a, b) => changeOf(b) - changeOf(a) || sizeOf(b) - sizeOf(a) || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
}
function addSites(rows, diff, sites, side, lines) {
	const asking = askingSites(sites, diff, askingFrames(diff, lines));
	const costs = forEachMetric((id) => sumByAskingSite(sites.costs[id], asking));
	for (let site = 0; site < sites.length; site++) {
		const path = sites.path[site];
		const line = sites.line[site];
		if (path === null || line <= 0 || METRIC_IDS.every((id) => costs[id][site] === 0)) continue;
		const position = side === "head" || lines === null ? {
			path,
			line
		} : lines.headPosition(path, line);
		const at = position ?? {
			path,
			line
		};
		const frame = diff.stacks.frame[sites.stack[site]];
		const rowSide = position === null ? "base" : "head";
		const key = `${rowSide} ${frame} ${at.line} ${at.path}`;
		let row = rows.get(key);
		if (row === void 0) {
			row = {
				path: at.path,
				line: at.line,
				frame,
				side: rowSide,
				isTouched: position === null || (lines?.isChangedLine(at.path, at.line) ?? false),
				base: forEachMetric(() => 0),
				head: forEachMetric(() => 0)
			};
			rows.set(key, row);
		}
		for (const id of METRIC_IDS) row[side][id] += costs[id][site];
	}
}

export { representativeRun as a, doesFail as c, buildReport as i, exceededLimits as l, acceptGrowth as n, hasWrappers as o, buildBenchmarkReport as r, doesBenchmarkFail as s, buildLineTable as t, isOverBudget as u };