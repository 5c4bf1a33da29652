import { i as buildFlameGraph, n as baseTotal, r as headTotal } from "./flamegraph.js";
import { a as sumCosts, c as METRICS } from "./profile.js";

// src/report/call-tree.ts
/** What fits on a screen of a comment without scrolling. */
const MAX_ROWS = 16;
/** A frame below this share of the larger side is not worth a line. */
const MIN_SHARE = .01;
/** The tree of calls as text rows: callers before callees, largest change first, chains of only children in one row. */
function buildCallTree(graph) {
	const children = childLists(graph);
	const scale = Math.max(baseTotal(graph, 0), headTotal(graph, 0));
	const rows = [];
	let shown = 1;
	const pending = visibleChildren(graph, children[0], scale).map((node, index, all) => ({
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
			const only = children[node].length === 1 ? children[node][0] : -1;
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
		const below = visibleChildren(graph, children[node], scale);
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
function childLists({ length, parent }) {
	const lists = Array.from({ length }, () => []);
	for (let node = 1; node < length; node++) lists[parent[node]].push(node);
	return lists;
}
function visibleChildren(graph, children, scale) {
	return children.filter((node) => Math.max(baseTotal(graph, node), headTotal(graph, node)) >= MIN_SHARE * scale);
}

// src/report/function-changes.ts
/**
* What changed, function by function: each stack's own cost goes to the innermost function of the measured code in
* it, so that what `parse` makes a library allocate counts as `parse`. Largest change first.
*/
function functionChanges(diff, metric) {
	const sums = /* @__PURE__ */ new Map();
	const innermost = innermostOwnStacks(diff);
	for (let stack = 0; stack < diff.stacks.length; stack++) {
		const own = innermost[stack];
		addTo(sums, diff.stacks.frame[own], diff, metric, stack, own);
	}
	const changes = [];
	for (const [frame, sum] of sums) {
		if (sum.base === sum.head) continue;
		const { name, shortName, file } = diff.frames[frame];
		changes.push({
			metric,
			name,
			shortName,
			file,
			line: file === null ? null : lineOf(diff, sum, sum.head === 0),
			base: sum.base,
			head: sum.head,
			delta: sum.head - sum.base,
			baseCalls: sum.baseCalls,
			headCalls: sum.headCalls,
			status: statusOf(sum)
		});
	}
	return changes.sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta) || compareNames(a, b));
}
/** A function must explain this share of the change to be named as its cause; the second where no one reaches the first. */
const CULPRIT_SHARES = [.9, .5];
/**
* The one function that explains the change of the whole: among those whose total, with everything they called,
* changed by nearly as much, the smallest one, and of equals the outermost. Null when nothing changed or no single
* function explains it.
*/
function findCulprit(diff, metric) {
	const { sums, base, head } = inclusiveSums(diff, metric);
	const delta = head - base;
	if (delta === 0) return null;
	for (const share of CULPRIT_SHARES) {
		const candidates = [...sums].filter(([, sum]) => (sum.head - sum.base) / delta >= share);
		const inner = candidates.filter(([, sum]) => sum.minDepth > 0);
		const chosen = (inner.length > 0 ? inner : candidates).sort(([, a], [, b]) => {
			const [sizeA, sizeB] = [Math.max(a.base, a.head), Math.max(b.base, b.head)];
			if (Math.abs(sizeA - sizeB) > .01 * Math.max(sizeA, sizeB)) return sizeA - sizeB;
			return a.minDepth - b.minDepth;
		})[0];
		if (chosen === void 0) continue;
		const [frame, sum] = chosen;
		const { name, shortName, file } = diff.frames[frame];
		return {
			name,
			shortName,
			file,
			line: file === null ? null : lineOf(diff, sum, sum.head === 0),
			base: sum.base,
			head: sum.head,
			baseCalls: sum.baseCalls,
			headCalls: sum.headCalls,
			share: (sum.head - sum.base) / delta
		};
	}
	return null;
}
function addTo(sums, frame, diff, metric, stack, ownStack, depth = 0) {
	let sum = sums.get(frame);
	if (sum === void 0) {
		sum = {
			base: 0,
			head: 0,
			baseCalls: 0,
			headCalls: 0,
			moved: 0,
			minDepth: depth,
			largestStack: ownStack,
			largestChange: -1
		};
		sums.set(frame, sum);
	}
	const base = diff.base[metric][stack];
	const head = diff.head[metric][stack];
	sum.base += base;
	sum.head += head;
	sum.baseCalls += diff.base.allocations[stack];
	sum.headCalls += diff.head.allocations[stack];
	sum.moved += diff.moved[metric][stack];
	sum.minDepth = Math.min(sum.minDepth, depth);
	if (Math.abs(head - base) > sum.largestChange) {
		sum.largestChange = Math.abs(head - base);
		sum.largestStack = ownStack;
	}
}
/** For each stack the innermost stack on its way that is the measured code's own; itself where there is none. */
function innermostOwnStacks(diff) {
	const { prefix, frame, length } = diff.stacks;
	const own = new Int32Array(length).fill(-1);
	for (let stack = 0; stack < length; stack++) if (diff.frames[frame[stack]].isOwn) own[stack] = stack;
	else if (prefix[stack] >= 0) own[stack] = own[prefix[stack]];
	return own.map((ownStack, stack) => ownStack < 0 ? stack : ownStack);
}
/** Totals of each own function over all stacks that pass through it, recursion counted once. */
function inclusiveSums(diff, metric) {
	const { prefix, frame, length } = diff.stacks;
	const sums = /* @__PURE__ */ new Map();
	let base = 0;
	let head = 0;
	const seen = /* @__PURE__ */ new Set();
	const path = [];
	for (let stack = 0; stack < length; stack++) {
		base += diff.base[metric][stack];
		head += diff.head[metric][stack];
		if (diff.base.allocations[stack] + diff.head.allocations[stack] + diff.base[metric][stack] + diff.head[metric][stack] === 0) continue;
		seen.clear();
		path.length = 0;
		for (let at = stack; at >= 0; at = prefix[at]) if (diff.frames[frame[at]].isOwn) path.push(at);
		path.forEach((at, index) => {
			if (seen.has(frame[at])) return;
			seen.add(frame[at]);
			addTo(sums, frame[at], diff, metric, stack, at, path.length - 1 - index);
		});
	}
	return {
		sums,
		base,
		head
	};
}
function lineOf(diff, { largestStack }, isGone) {
	const { baseLine, headLine } = diff.stacks;
	return (isGone ? baseLine[largestStack] : headLine[largestStack]) || null;
}
function statusOf(sum) {
	const delta = Math.abs(sum.head - sum.base);
	if (sum.moved >= delta) return "moved";
	if (sum.base === 0) return "new";
	if (sum.head === 0) return "gone";
	return sum.head > sum.base ? "grew" : "shrank";
}
function compareNames(a, b) {
	return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

// src/report/threshold.ts
/**
* The verdict on one metric: first whether it changed at all, then whether the change is over a limit.
* @param base null when there is nothing to compare with: then only the budget can be exceeded
*/
function judgeMetric(metric, base, head, limits) {
	const delta = base === null ? null : head - base;
	const ratio = delta === null || base === null || base === 0 ? null : delta / base;
	const hasChanged = base !== null && isSignificant(metric, base, head, limits.ignoreBelow);
	const failOn = limits.failOn && {
		text: limits.failOn.text,
		kind: "fail-on",
		isExceeded: hasChanged && base !== null && growthExceeds(base, head, limits.failOn)
	};
	const budget = limits.budget && {
		text: limits.budget.text,
		kind: "budget",
		isExceeded: head > limits.budget.maximum
	};
	const limit = [failOn, budget].find((candidate) => candidate?.isExceeded) ?? failOn ?? budget;
	return {
		metric,
		base,
		head,
		delta,
		ratio,
		verdict: verdictOf(delta, hasChanged, limit),
		limit
	};
}
function verdictOf(delta, hasChanged, limit) {
	if (limit?.isExceeded) return "regressed";
	if (delta === null) return "new";
	if (!hasChanged) return "unchanged";
	return delta < 0 ? "improved" : "grew";
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

// src/report/build-report.ts
/** Computes everything that readers will see of one benchmark. */
function buildBenchmarkReport(findings) {
	const { name, primary, diff, hasBase, notes, baseFailure, headFailure } = findings;
	if (diff === null) return {
		name,
		primary,
		notes,
		baseFailure,
		headFailure,
		verdict: "failed",
		metrics: [],
		changes: [],
		culprit: null,
		callTree: null,
		flameGraph: null,
		excluded: null,
		matched: null
	};
	const base = sumCosts(diff.base);
	const head = sumCosts(diff.head);
	const metrics = METRICS.filter(({ id }) => diff.metrics.includes(id)).map((metric) => judgeMetric(metric, hasBase ? base[metric.id] : null, head[metric.id], findings.limits[metric.id]));
	const flameGraph = buildFlameGraph(diff, primary);
	const metricsByRank = [primary, ...diff.metrics.filter((id) => id !== primary)];
	return {
		name,
		primary,
		notes,
		baseFailure,
		headFailure,
		metrics,
		flameGraph,
		verdict: rollUp(primary, metrics),
		changes: hasBase ? metricsByRank.flatMap((id) => functionChanges(diff, id)) : [],
		culprit: hasBase ? findCulprit(diff, primary) : null,
		callTree: buildCallTree(flameGraph),
		excluded: {
			base: hasBase ? diff.excluded.base : null,
			head: diff.excluded.head
		},
		matched: hasBase ? diff.matched : null
	};
}
/** The benchmark's verdict: any limit first, then the headline metric, then the others. */
function rollUp(primary, metrics) {
	const verdicts = metrics.map(({ verdict }) => verdict);
	if (verdicts.includes("regressed")) return "regressed";
	const headline = metrics.find(({ metric }) => metric.id === primary)?.verdict;
	if (headline !== void 0 && headline !== "unchanged") return headline;
	if (verdicts.includes("grew")) return "grew";
	return verdicts.includes("improved") ? "improved" : "unchanged";
}
/** Worst first: the verdict on many benchmarks is the first of these that one of them has. */
const VERDICT_ORDER = [
	"cancelled",
	"failed",
	"regressed",
	"grew",
	"improved",
	"new",
	"unchanged"
];
function buildReport(facts, benchmarks) {
	const verdict = VERDICT_ORDER.find((candidate) => benchmarks.some((benchmark) => benchmark.verdict === candidate));
	return {
		...facts,
		benchmarks,
		verdict: verdict ?? "failed"
	};
}

export { buildReport as n, buildBenchmarkReport as t };