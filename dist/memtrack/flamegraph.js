import { a as linkChildren, b as METRIC_IDS, f as GrowingInt32, l as StackRows } from "./profile.js";

// src/flamegraph/cost-parts.ts
const COST_PARTS = [
	"kept",
	"movedAway",
	"gone",
	"movedHere",
	"added"
];
/** Each part as `columnOf` makes it. */
function forEachPart(columnOf) {
	return {
		kept: columnOf("kept"),
		movedAway: columnOf("movedAway"),
		gone: columnOf("gone"),
		movedHere: columnOf("movedHere"),
		added: columnOf("added")
	};
}
/** Nothing yet, for `length` nodes. */
function noParts(length) {
	return forEachPart(() => new Float64Array(length));
}
/** What a node costs on base. */
function baseOf(parts, node) {
	return parts.kept[node] + parts.movedAway[node] + parts.gone[node];
}
/** What a node costs on head. */
function headOf(parts, node) {
	return parts.kept[node] + parts.movedHere[node] + parts.added[node];
}
/** What of a node is not the same on both sides, moved or not, base's and head's added up. */
function changeOf(parts, node) {
	return parts.gone[node] + parts.added[node] + parts.movedAway[node] + parts.movedHere[node];
}

// src/flamegraph/frame-tree.ts
/** Stands for no frame: the node that everything belongs to. */
const ROOT = -1;
/** Stands for every stack without a frame of the measured code. */
const OUTSIDE = -2;
/** The measured code is the repository's, or without a repository the program's executable: see `DiffFrame.isOwn`. */
const OUTSIDE_NAME = "outside the program’s own code";
/** The tree of a diff's stacks, of all metrics at once. */
function buildFrameTree(diff, options) {
	const whole = options.form === "full" ? fullTree(diff) : focusTree(diff);
	const tree = options.isRecursionFolded ? foldRecursion(whole) : whole;
	return options.direction === "callees" ? tree : invertTree(diff, tree);
}
/** The table of stacks is this tree already, one root short. */
function fullTree({ stacks }) {
	const parent = new Int32Array(stacks.length + 1);
	const frame = new Int32Array(stacks.length + 1);
	const stackOfNode = new Int32Array(stacks.length + 1);
	parent[0] = -1;
	frame[0] = -1;
	stackOfNode[0] = -1;
	for (let stack = 0; stack < stacks.length; stack++) {
		parent[stack + 1] = stacks.prefix[stack] + 1;
		frame[stack + 1] = stacks.frame[stack];
		stackOfNode[stack + 1] = stack;
	}
	const nodeOfStack = Int32Array.from({ length: stacks.length }, (_, stack) => stack + 1);
	return {
		form: "full",
		length: parent.length,
		parent,
		frame,
		nodeOfStack,
		stackOfNode,
		isCut: false
	};
}
/** Callers come first, so each stack builds on its prefix. */
function focusTree({ frames, stacks }) {
	const tree = new TreeBuilder("focus");
	const nodeOfStack = new Int32Array(stacks.length);
	/** The innermost own node on the way to each stack. */
	const ownNodeOf = new Int32Array(stacks.length);
	for (let stack = 0; stack < stacks.length; stack++) {
		const caller = stacks.prefix[stack];
		const frame = stacks.frame[stack];
		const ownCaller = caller < 0 ? 0 : ownNodeOf[caller];
		if (frames[frame].isOwn) {
			nodeOfStack[stack] = tree.childOf(ownCaller, frame, stack);
			ownNodeOf[stack] = nodeOfStack[stack];
			continue;
		}
		ownNodeOf[stack] = ownCaller;
		if (ownCaller === 0) nodeOfStack[stack] = tree.childOf(0, -2, stack);
		else if (nodeOfStack[caller] !== ownCaller) nodeOfStack[stack] = nodeOfStack[caller];
		else nodeOfStack[stack] = tree.childOf(ownCaller, frame, stack);
	}
	return tree.build(nodeOfStack, false);
}
/**
* Direct and mutual recursion alike: what a repeated frame calls is what its first occurrence calls.
*
*   main;parse;list;parse;list;push 8     main;parse;list;push 8
*   main;parse;list;parse;word 5          main;parse;word 5
*/
function foldRecursion(whole) {
	const tree = new TreeBuilder(whole.form);
	const folded = new Int32Array(whole.length);
	for (let node = 1; node < whole.length; node++) {
		const frame = whole.frame[node];
		const caller = folded[whole.parent[node]];
		const first = tree.occurrenceAbove(caller, frame);
		folded[node] = first < 0 ? tree.childOf(caller, frame, whole.stackOfNode[node]) : first;
	}
	return tree.build(whole.nodeOfStack.map((node) => folded[node]), whole.isCut);
}
/** Nodes of a tree of callers: each stack adds its whole length, so 100,000 stacks could make millions. */
const MAXIMUM_INVERTED_NODES = 9e4;
/** What allocated, and who called it: of every stack, however many there are. */
const LEVELS_OF_ALL = 2;
/** From then on each level may fill this share of the room that is left, the largest stacks first: they get to main. */
const SHARE_OF_ROOM = 1 / 16;
/** Level by level from what allocates. */
function invertTree(diff, callees) {
	const tree = new TreeBuilder(callees.form);
	const inverted = new Int32Array(callees.length);
	const at = Int32Array.from({ length: callees.length }, (_, node) => node);
	const weights = ownWeights(diff, callees);
	let active = [];
	for (let node = 1; node < callees.length; node++) if (weights[node] > 0) active.push(node);
	let isCut = false;
	for (let level = 0; active.length > 0; level++) {
		const room = Math.max(0, MAXIMUM_INVERTED_NODES - tree.length);
		const most = Math.floor(room * SHARE_OF_ROOM);
		if (level >= LEVELS_OF_ALL && room < MAXIMUM_INVERTED_NODES / 2 && active.length > most) {
			active = heaviest(active, weights, most);
			isCut = true;
		}
		for (const node of active) {
			inverted[node] = tree.childOf(inverted[node], callees.frame[at[node]], callees.stackOfNode[at[node]]);
			at[node] = callees.parent[at[node]];
		}
		active = active.filter((node) => at[node] > 0);
	}
	return tree.build(callees.nodeOfStack.map((node) => inverted[node]), isCut);
}
/** For each node the largest share that its own cost, or change, has in any metric; 0 for those without a cost. */
function ownWeights({ base, head }, { length, nodeOfStack }) {
	const weights = new Float64Array(length);
	const cost = new Float64Array(length);
	const change = new Float64Array(length);
	for (const id of METRIC_IDS) {
		const [ofBase, ofHead] = [base[id], head[id]];
		cost.fill(0);
		change.fill(0);
		let wholeCost = 0;
		let wholeChange = 0;
		for (let stack = 0; stack < nodeOfStack.length; stack++) {
			const sum = ofBase[stack] + ofHead[stack];
			if (sum === 0) continue;
			const node = nodeOfStack[stack];
			const difference = Math.abs(ofBase[stack] - ofHead[stack]);
			cost[node] += sum;
			change[node] += difference;
			wholeCost += sum;
			wholeChange += difference;
		}
		for (let node = 1; node < length; node++) {
			if (cost[node] === 0) continue;
			let share = cost[node] / wholeCost;
			if (wholeChange > 0 && change[node] > share * wholeChange) share = change[node] / wholeChange;
			if (share > weights[node]) weights[node] = share;
		}
	}
	return weights;
}
/** At most `count` of the nodes, in their order. */
function heaviest(nodes, weights, count) {
	if (count === 0) return [];
	const sorted = Float64Array.from(nodes, (node) => weights[node]).sort();
	const limit = sorted[Math.max(0, sorted.length - count)];
	return nodes.filter((node) => weights[node] >= limit).slice(0, count);
}
/** Keeps one node for each frame under each parent. */
var TreeBuilder = class {
	#form;
	#nodes = new StackRows();
	#stack = new GrowingInt32();
	constructor(form) {
		this.#form = form;
		this.#nodes.append(-1, -1);
		this.#stack.push(-1);
	}
	get length() {
		return this.#nodes.length;
	}
	childOf(parent, frame, stack) {
		const child = this.#nodes.intern(parent, frame);
		if (child === this.#stack.length) this.#stack.push(stack);
		return child;
	}
	/** The node itself or the one above it that is this frame's, or -1. */
	occurrenceAbove(node, frame) {
		let at = node;
		while (at >= 0 && this.#nodes.frameOf(at) !== frame) at = this.#nodes.prefixOf(at);
		return at;
	}
	build(nodeOfStack, isCut) {
		const { length, prefix: parent, frame } = this.#nodes.toTable();
		return {
			form: this.#form,
			length,
			parent,
			frame,
			stackOfNode: this.#stack.toArray(),
			nodeOfStack,
			isCut
		};
	}
};

// src/flamegraph/weigh-frame-tree.ts
/** Gives each stack's costs to its node, and to all above it. */
function weighFrameTree(diff, tree, metric) {
	const self = noParts(tree.length);
	const costs = costsOfStacks(diff, metric);
	for (let stack = 0; stack < tree.nodeOfStack.length; stack++) addStack(self, tree.nodeOfStack[stack], costs, stack);
	const total = noParts(tree.length);
	for (const part of COST_PARTS) {
		const [own, column] = [self[part], total[part]];
		for (let node = tree.length - 1; node > 0; node--) {
			if (own[node] !== 0) column[node] += own[node];
			if (column[node] !== 0) column[tree.parent[node]] += column[node];
		}
		column[0] += own[0];
	}
	return {
		metric,
		self,
		total
	};
}
function costsOfStacks(diff, metric) {
	return {
		base: diff.base[metric],
		head: diff.head[metric],
		moved: diff.moved[metric]
	};
}
function addStack(to, row, costs, stack) {
	const base = costs.base[stack];
	const head = costs.head[stack];
	if (base === 0 && head === 0) return;
	const moved = costs.moved[stack];
	to.kept[row] += Math.min(base, head);
	if (base > head) {
		to.movedAway[row] += moved;
		to.gone[row] += base - head - moved;
	} else {
		to.movedHere[row] += moved;
		to.added[row] += head - base - moved;
	}
}

// src/flamegraph/build-flame-graph.ts
/** One metric of a diff as a tree of focus stacks, for a picture. */
function buildFlameGraph(diff, metric) {
	const tree = buildFrameTree(diff, {
		form: "focus",
		direction: "callees"
	});
	return orderFrameTree(diff, tree, weighFrameTree(diff, tree, metric)).graph;
}
/**
* Puts the nodes that cost anything in drawing order. Stacks outside the measured code are left out where nothing
* changed in them, unless there is nothing else.
*/
function orderFrameTree(diff, tree, costs) {
	const { self, total } = costs;
	const nodes = inDrawingOrder(diff, tree, total);
	const outside = nodes.find((node) => tree.frame[node] === -2 && tree.parent[node] === 0) ?? -1;
	const isOutsideDrawn = outside >= 0 && (nodes.length === 2 || changeOf(total, outside) > 0);
	const drawn = outside < 0 || isOutsideDrawn ? nodes : nodes.filter((node) => node !== outside);
	const indexOf = new Int32Array(tree.length).fill(-1);
	for (let index = 0; index < drawn.length; index++) indexOf[drawn[index]] = index;
	const columns = (parts) => forEachPart((part) => pick(parts[part], drawn));
	const totals = columns(total);
	if (outside >= 0 && !isOutsideDrawn) for (const part of COST_PARTS) totals[part][0] -= total[part][outside];
	const parent = new Int32Array(drawn.length).fill(-1);
	const depth = new Int32Array(drawn.length);
	const isRepository = new Uint8Array(drawn.length);
	for (let index = 1; index < drawn.length; index++) {
		parent[index] = indexOf[tree.parent[drawn[index]]];
		depth[index] = depth[parent[index]] + 1;
		if (isOwn(diff, tree.frame[drawn[index]])) isRepository[index] = 1;
	}
	return {
		graph: {
			metric: costs.metric,
			length: drawn.length,
			parent,
			depth,
			label: textsOf(drawn, (node) => labelOf(diff, tree.frame[node])),
			name: textsOf(drawn, (node) => nameOf(diff, tree.frame[node])),
			isRepository,
			...totals,
			self: columns(self),
			outside: outside < 0 || isOutsideDrawn ? {
				base: 0,
				head: 0
			} : {
				base: baseOf(total, outside),
				head: headOf(total, outside)
			}
		},
		treeNode: drawn
	};
}
/** Nodes that cost anything, callers before callees and each followed by all that is below it. */
function inDrawingOrder(diff, tree, total) {
	const firstChild = new Int32Array(tree.length).fill(-1);
	const nextSibling = new Int32Array(tree.length).fill(-1);
	/** What siblings are ordered by. */
	const change = new Float64Array(tree.length);
	const size = new Float64Array(tree.length);
	for (let node = tree.length - 1; node > 0; node--) {
		change[node] = total.gone[node] + total.added[node];
		size[node] = baseOf(total, node) + headOf(total, node);
		if (size[node] === 0) continue;
		nextSibling[node] = firstChild[tree.parent[node]];
		firstChild[tree.parent[node]] = node;
	}
	const compare = (a, b) => change[b] - change[a] || size[b] - size[a] || compareNames(diff, tree.frame[a], tree.frame[b]);
	const order = new Int32Array(tree.length);
	let length = 0;
	const pending = [0];
	const children = [];
	for (let node = pending.pop(); node !== void 0; node = pending.pop()) {
		order[length++] = node;
		children.length = 0;
		for (let child = firstChild[node]; child >= 0; child = nextSibling[child]) children.push(child);
		if (children.length > 1) children.sort(compare);
		for (let i = children.length - 1; i >= 0; i--) pending.push(children[i]);
	}
	return order.slice(0, length);
}
function compareNames(diff, a, b) {
	const [nameA, nameB] = [nameOf(diff, a), nameOf(diff, b)];
	return nameA < nameB ? -1 : nameA > nameB ? 1 : 0;
}
function pick(column, nodes) {
	const picked = new Float64Array(nodes.length);
	for (let index = 0; index < nodes.length; index++) if (column[nodes[index]] !== 0) picked[index] = column[nodes[index]];
	return picked;
}
function textsOf(nodes, textOf) {
	const texts = new Array(nodes.length);
	for (let index = 0; index < nodes.length; index++) texts[index] = textOf(nodes[index]);
	return texts;
}
function labelOf({ frames }, frame) {
	if (frame === -1) return "all";
	return frame === -2 ? OUTSIDE_NAME : frames[frame].shortName;
}
function nameOf({ frames }, frame) {
	if (frame === -1) return "all";
	return frame === -2 ? `stacks ${OUTSIDE_NAME}` : frames[frame].name;
}
function isOwn({ frames }, frame) {
	return frame >= 0 && frames[frame].isOwn;
}

// src/flamegraph/flame-graph.ts
/** What base has of a node and everything below it. */
function baseTotal(graph, node) {
	return baseOf(graph, node);
}
/** What head has of a node and everything below it. */
function headTotal(graph, node) {
	return headOf(graph, node);
}
/** What one side has of a node and everything below it. */
function totalOn(side, graph, node) {
	return side === "base" ? baseTotal(graph, node) : headTotal(graph, node);
}

// src/flamegraph/cut-unchanged.ts
/** Less than this share of the larger side has to have changed. */
const CUT_BELOW = .15;
/** A frame's own cost on both sides is cut from this many times the whole change on; less helps to judge the change. */
const DWARFS_THE_CHANGE = 3;
/** Pixels that a comment on GitHub gives to a picture: widths that are chosen in pixels are shares of it. */
const REFERENCE_WIDTH = 868;
/** Wide enough for '98.2 MB unchanged'; used while the blocks together do not take more than the next number. */
const WIDEST_BLOCK = 152 / 868;
const WIDE_BLOCKS_SHARE = .3;
/** Wide enough to see that the axis is broken; narrower only when the blocks would take half of the width. */
const NARROW_BLOCK = 24 / 868;
const NARROW_BLOCKS_SHARE = .5;
/** Null where too much changed, or nothing did, or what is unchanged is narrow anyway. */
function planCuts(graph) {
	if (graph.length === 0) return null;
	const scale = Math.max(baseTotal(graph, 0), headTotal(graph, 0));
	const changed = graph.gone[0] + graph.added[0];
	if (changeOf(graph, 0) === 0 || changed >= CUT_BELOW * scale) return null;
	const isUnchanged = new Uint8Array(graph.length);
	const isDwarfing = new Uint8Array(graph.length);
	for (let node = 0; node < graph.length; node++) {
		if (changeOf(graph, node) === 0) isUnchanged[node] = 1;
		if (graph.self.kept[node] >= DWARFS_THE_CHANGE * changed) isDwarfing[node] = 1;
	}
	const unchangedBelow = sumUnchanged(graph, isUnchanged, isDwarfing);
	const drawnCost = chooseBlock(unchangedBelow, scale);
	if (drawnCost === null) return null;
	const cutBelow = unchangedBelow.map((cost) => cost > drawnCost ? cost : 0);
	const isOwnCut = isDwarfing.map((dwarfing, node) => cutBelow[node] > 0 ? dwarfing : 0);
	const isCut = new Uint8Array(graph.length);
	let frames = 0;
	for (let node = 1; node < graph.length; node++) {
		if (isUnchanged[node] === 0) continue;
		const parent = graph.parent[node];
		isCut[node] = isUnchanged[parent] === 1 ? isCut[parent] : cutBelow[parent] > 0 ? 1 : 0;
		frames += isCut[node];
	}
	const savedBelow = cutBelow.map((cost) => cost > 0 ? cost - drawnCost : 0);
	for (let node = graph.length - 1; node > 0; node--) savedBelow[graph.parent[node]] += savedBelow[node];
	return {
		isUnchanged,
		isCut,
		isOwnCut,
		cutBelow,
		savedBelow,
		drawnCost,
		cutCost: cutBelow.reduce((sum, cost) => sum + cost, 0),
		saved: savedBelow[0],
		frames
	};
}
/** For each changed frame what is unchanged directly below it. */
function sumUnchanged(graph, isUnchanged, isDwarfing) {
	const sums = new Float64Array(graph.length);
	for (let node = 0; node < graph.length; node++) if (isUnchanged[node] === 0) sums[node] += isDwarfing[node] * graph.self.kept[node];
	else if (isUnchanged[graph.parent[node]] === 0) sums[graph.parent[node]] += graph.kept[node];
	return sums;
}
/**
* The cost that a block is drawn as: as many of the largest are cut as would otherwise be wider than a block. Null when
* that is none.
*/
function chooseBlock(unchangedBelow, scale) {
	const largestFirst = unchangedBelow.filter((cost) => cost > 0).sort((a, b) => b - a);
	let toScale = scale;
	for (let count = 0; count <= largestFirst.length; count++) {
		const block = blockWidth(count);
		const costOfBlock = block * toScale / (1 - count * block);
		if (count === largestFirst.length || largestFirst[count] <= costOfBlock) return count === 0 ? null : Math.max(1, Math.round(costOfBlock * 1024)) / 1024;
		toScale -= largestFirst[count];
	}
	return null;
}
function blockWidth(count) {
	const wide = Math.min(WIDEST_BLOCK, WIDE_BLOCKS_SHARE / Math.max(1, count));
	return Math.min(Math.max(NARROW_BLOCK, wide), NARROW_BLOCKS_SHARE / Math.max(1, count));
}

// src/flamegraph/place-frames.ts
/**
* Gives a box to every frame that costs `minimumCost`. A caller comes before its callees, so one pass forward will do.
*
* @param minimumCost in bytes or calls
*/
function placeFrames(graph, side, minimumCost, tree) {
	const placer = new FramePlacer(graph, side, minimumCost, tree.links, tree.plan);
	for (let node = 0; node < graph.length; node++) placer.place(node);
	return {
		drafts: placer.drafts,
		columns: placer.columns.sort((a, b) => a.start - b.start)
	};
}
/** A frame that has a place gives places to its children; what has none is not drawn. */
var FramePlacer = class {
	drafts = [];
	columns = [];
	#graph;
	#side;
	#minimumCost;
	#links;
	#plan;
	/** The parts of a node that this side has, beside `kept`. */
	#changed;
	#moved;
	/** Of each node; -1 when it is not drawn. */
	#start;
	#draftOf;
	constructor(graph, side, minimumCost, links, plan) {
		this.#graph = graph;
		this.#side = side;
		this.#minimumCost = minimumCost;
		this.#links = links;
		this.#plan = plan;
		this.#changed = side === "base" ? "gone" : "added";
		this.#moved = side === "base" ? "movedAway" : "movedHere";
		this.#start = new Float64Array(graph.length).fill(-1);
		this.#start[0] = 0;
		this.#draftOf = new Int32Array(graph.length).fill(-1);
	}
	place(node) {
		if (this.#start[node] < 0) return;
		this.#draft(node);
		const depth = this.drafts[this.#draftOf[node]].depth + 1;
		const { childrenEnd, remainder } = this.#placeChildren(node);
		const remainderEnd = this.#addColumns(childrenEnd, remainder);
		if (remainderEnd > childrenEnd) this.drafts.push({
			nodes: [],
			depth,
			start: childrenEnd,
			end: remainderEnd,
			cutCost: 0
		});
		const ownEnd = this.#addColumns(remainderEnd, this.#ownCosts(node));
		const cutCost = this.#plan?.cutBelow[node] ?? 0;
		if (cutCost > 0 && this.#plan !== null) {
			const end = this.#addColumns(ownEnd, {
				changed: 0,
				moved: 0,
				kept: this.#plan.drawnCost
			});
			this.drafts.push({
				nodes: [],
				depth,
				start: ownEnd,
				end,
				cutCost
			});
		}
	}
	#draft(node) {
		const parent = this.#graph.parent[node];
		if (parent !== -1 && isOnlyChild(this.#graph, node, parent)) {
			const draft = this.drafts[this.#draftOf[parent]];
			if (draft.nodes[0] === 0) draft.nodes.pop();
			draft.nodes.push(node);
			this.#draftOf[node] = this.#draftOf[parent];
			return;
		}
		this.#draftOf[node] = this.drafts.length;
		this.drafts.push({
			nodes: [node],
			depth: parent === -1 ? 0 : this.drafts[this.#draftOf[parent]].depth + 1,
			start: this.#start[node],
			end: this.#start[node] + this.#drawnCost(node),
			cutCost: 0
		});
	}
	/** Puts the children that are wide enough side by side, and adds up the others. */
	#placeChildren(node) {
		const { firstChild, nextSibling } = this.#links;
		const plan = this.#plan;
		const isCut = plan !== null && plan.cutBelow[node] > 0;
		const remainder = {
			changed: 0,
			moved: 0,
			kept: 0
		};
		let childrenEnd = this.#start[node];
		for (let child = firstChild[node]; child !== -1; child = nextSibling[child]) {
			if (isCut && plan.isUnchanged[child] === 1) continue;
			const cost = this.#drawnCost(child);
			if (cost >= this.#minimumCost && cost > 0) {
				this.#start[child] = childrenEnd;
				childrenEnd += cost;
			} else {
				remainder.changed += this.#graph[this.#changed][child];
				remainder.moved += this.#graph[this.#moved][child];
				remainder.kept += this.#graph.kept[child] - (plan?.savedBelow[child] ?? 0);
			}
		}
		return {
			childrenEnd,
			remainder
		};
	}
	#ownCosts(node) {
		const { self } = this.#graph;
		return {
			changed: self[this.#changed][node],
			moved: self[this.#moved][node],
			kept: this.#plan?.isOwnCut[node] === 1 ? 0 : self.kept[node]
		};
	}
	#drawnCost(node) {
		return totalOn(this.#side, this.#graph, node) - (this.#plan?.savedBelow[node] ?? 0);
	}
	/** @returns where they end */
	#addColumns(from, costs) {
		let end = from;
		const add = (status, cost) => {
			const start = end;
			end += cost;
			if (cost > 0) this.columns.push({
				status,
				start,
				end
			});
		};
		add(this.#changed, costs.changed);
		add("moved", costs.moved);
		add("kept", costs.kept);
		return end;
	}
};
/** Equal on both sides means that the parent has no cost of its own and no other child that costs anything. */
function isOnlyChild(graph, node, parent) {
	return baseTotal(graph, node) === baseTotal(graph, parent) && headTotal(graph, node) === headTotal(graph, parent);
}

// src/flamegraph/status-columns.ts
/**
* Those of some columns, in order, that lie between two places, neighbours of one status as one. Those narrower than
* `minimumCost` join others.
*/
function columnsBetween(columns, start, end, minimumCost) {
	const inside = [];
	for (let i = firstColumnFrom(columns, start); i < columns.length; i++) {
		if (columns[i].start >= end) break;
		appendColumn(inside, columns[i]);
	}
	return joinNarrowColumns(inside, minimumCost);
}
function firstColumnFrom(columns, start) {
	let low = 0;
	let high = columns.length;
	while (low < high) {
		const middle = low + high >>> 1;
		if (columns[middle].start < start) low = middle + 1;
		else high = middle;
	}
	return low;
}
function appendColumn(columns, column) {
	const last = columns.at(-1);
	if (last?.status === column.status) columns[columns.length - 1] = {
		...last,
		end: column.end
	};
	else columns.push(column);
}
/**
* Narrow columns in a row become one of their commonest status; should that still be narrow, it joins the wider of its
* neighbours.
*/
function joinNarrowColumns(columns, minimumCost) {
	const joined = [];
	let narrow = [];
	for (const column of columns) {
		if (column.end - column.start < minimumCost) {
			narrow.push(column);
			if (column.end - narrow[0].start >= minimumCost) {
				appendColumn(joined, commonest(narrow));
				narrow = [];
			}
			continue;
		}
		const left = joined.at(-1);
		if (narrow.length === 0) appendColumn(joined, column);
		else if (left !== void 0 && left.end - left.start > column.end - column.start) {
			joined[joined.length - 1] = {
				...left,
				end: column.start
			};
			appendColumn(joined, column);
		} else appendColumn(joined, {
			...column,
			start: narrow[0].start
		});
		narrow = [];
	}
	if (narrow.length > 0) {
		const left = joined.at(-1);
		if (left === void 0) joined.push(commonest(narrow));
		else joined[joined.length - 1] = {
			...left,
			end: narrow[narrow.length - 1].end
		};
	}
	return joined;
}
function commonest(columns) {
	const costs = /* @__PURE__ */ new Map();
	let status = columns[0].status;
	for (const column of columns) {
		costs.set(column.status, (costs.get(column.status) ?? 0) + column.end - column.start);
		if ((costs.get(column.status) ?? 0) > (costs.get(status) ?? 0)) status = column.status;
	}
	return {
		status,
		start: columns[0].start,
		end: columns[columns.length - 1].end
	};
}

// src/flamegraph/layout.ts
/** Lays the sides out on one scale. */
function layoutFlameGraph(graph, options = {}) {
	const sides = options.sides ?? ["base", "head"];
	const maximumBoxes = options.maximumBoxes ?? 250;
	let minimumWidth = options.minimumWidth ?? 3 / 868;
	const scale = Math.max(0, ...sides.map((side) => graph.length === 0 ? 0 : totalOn(side, graph, 0)));
	const plan = options.mayCutUnchanged === true && sides.length === 2 ? planCuts(graph) : null;
	const links = linkChildren(graph.parent);
	for (;;) {
		const limits = {
			scale: scale - (plan?.saved ?? 0),
			minimumWidth,
			minimumRowWidth: options.minimumRowWidth ?? 14 / 868,
			minimumRunWidth: options.minimumRunWidth ?? 1 / 868,
			maximumRows: options.maximumRows ?? 14,
			plan,
			links
		};
		const base = sides.includes("base") ? layoutPane(graph, "base", limits) : null;
		const head = sides.includes("head") ? layoutPane(graph, "head", limits) : null;
		if ((base?.boxes.length ?? 0) + (head?.boxes.length ?? 0) <= maximumBoxes || minimumWidth > 1) {
			const hiddenFrames = countHiddenFrames(graph, base, head, plan);
			return {
				scale,
				cut: cutOf(plan, scale),
				base,
				head,
				hiddenFrames,
				minimumWidth
			};
		}
		minimumWidth *= 1.5;
	}
}
function cutOf(plan, scale) {
	if (plan === null) return null;
	return {
		toScale: scale - plan.cutCost,
		cutCost: plan.cutCost,
		frames: plan.frames
	};
}
function layoutPane(graph, side, limits) {
	const total = graph.length === 0 ? 0 : totalOn(side, graph, 0);
	if (total <= 0 || limits.scale <= 0) return {
		side,
		total: 0,
		width: 0,
		boxes: [],
		rows: 0,
		deeperLevels: 0
	};
	const { drafts, columns } = placeFrames(graph, side, limits.minimumWidth * limits.scale, limits);
	const rows = countRowsWorthDrawing(drafts, limits.minimumRowWidth * limits.scale);
	const drawnRows = Math.min(rows, limits.maximumRows);
	const boxes = drafts.filter((draft) => draft.depth < drawnRows).sort((a, b) => a.depth - b.depth || a.start - b.start).map((draft) => ({
		nodes: draft.nodes,
		depth: draft.depth,
		x0: draft.start / limits.scale,
		x1: draft.end / limits.scale,
		runs: columnRuns(columns, draft, limits),
		cutCost: draft.cutCost
	}));
	return {
		side,
		total,
		width: (total - (limits.plan?.saved ?? 0)) / limits.scale,
		boxes,
		rows: drawnRows,
		deeperLevels: rows - drawnRows
	};
}
function countRowsWorthDrawing(drafts, minimumCost) {
	let rows = 1;
	for (const draft of drafts) if (draft.end - draft.start >= minimumCost) rows = Math.max(rows, draft.depth + 1);
	return rows;
}
/** The draft's columns as they are drawn. */
function columnRuns(columns, { start, end }, { scale, minimumRunWidth }) {
	return columnsBetween(columns, start, end, minimumRunWidth * scale).map((column) => ({
		status: column.status,
		x0: column.start / scale,
		x1: column.end / scale
	}));
}
function countHiddenFrames(graph, base, head, plan) {
	const isDrawn = new Uint8Array(graph.length);
	for (const pane of [base, head]) for (const box of pane?.boxes ?? []) for (const node of box.nodes) isDrawn[node] = 1;
	let hidden = 0;
	for (let node = 1; node < graph.length; node++) if ((base === null ? 0 : totalOn("base", graph, node)) + (head === null ? 0 : totalOn("head", graph, node)) > 0 && isDrawn[node] === 0 && plan?.isCut[node] !== 1) hidden++;
	return hidden;
}

export { OUTSIDE_NAME as a, buildFlameGraph as i, baseTotal as n, headTotal as r, layoutFlameGraph as t };