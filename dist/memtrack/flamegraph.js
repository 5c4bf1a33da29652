// src/flamegraph/build-flame-graph.ts
/** Stands for every stack without a frame of the measured code. */
const OUTSIDE = -1;
/**
* One metric of a diff as a tree of focus stacks: the frames of the measured code, and below the innermost of them
* the first foreign frame, by which one knows what it called. Library frames in between say how the library works
* inside, which is not what a reader of the pull request asks.
*
*   main;parse;std::map::operator[];_M_emplace;_M_get_node   →   main;parse;std::map::operator[]
*/
function buildFlameGraph(diff, metric) {
	const root = makeNode("all", "all", false);
	const outside = makeNode("outside the repository", "stacks without a frame of the repository", false);
	const focusNodes = focusNodesOfStacks(diff, root, outside);
	for (let stack = 0; stack < diff.stacks.length; stack++) {
		const self = focusNodes[stack].self;
		const base = diff.base[metric][stack];
		const head = diff.head[metric][stack];
		const moved = diff.moved[metric][stack];
		self.kept += Math.min(base, head);
		if (base > head) {
			self.movedAway += moved;
			self.gone += base - head - moved;
		} else {
			self.movedHere += moved;
			self.added += head - base - moved;
		}
	}
	const outsideBase = baseOf(outside.self);
	const outsideHead = headOf(outside.self);
	const isOutsideDrawn = root.children.size === 0 || changeOf(outside.self) > 0;
	if (isOutsideDrawn) root.children.set(OUTSIDE, outside);
	sumTotals(root);
	return flatten(root, metric, isOutsideDrawn ? {
		base: 0,
		head: 0
	} : {
		base: outsideBase,
		head: outsideHead
	});
}
/** The node that each stack's self cost belongs to. Callers come first, so each stack builds on its prefix. */
function focusNodesOfStacks(diff, root, outside) {
	const { prefix, frame, length } = diff.stacks;
	const nodes = [];
	/** The innermost own node on the way to each stack. */
	const ownNodes = [];
	for (let stack = 0; stack < length; stack++) {
		const caller = prefix[stack];
		const ownCaller = caller < 0 ? root : ownNodes[caller];
		const { isOwn, shortName, name } = diff.frames[frame[stack]];
		if (isOwn) {
			nodes[stack] = childOf(ownCaller, frame[stack], shortName, name, true);
			ownNodes[stack] = nodes[stack];
			continue;
		}
		ownNodes[stack] = ownCaller;
		if (ownCaller === root) nodes[stack] = outside;
		else if (caller >= 0 && nodes[caller] !== ownCaller) nodes[stack] = nodes[caller];
		else nodes[stack] = childOf(ownCaller, frame[stack], shortName, name, false);
	}
	return nodes;
}
function childOf(parent, key, label, name, isRepository) {
	let child = parent.children.get(key);
	if (child === void 0) {
		child = makeNode(label, name, isRepository);
		parent.children.set(key, child);
	}
	return child;
}
function makeNode(label, name, isRepository) {
	return {
		label,
		name,
		isRepository,
		children: /* @__PURE__ */ new Map(),
		self: noParts(),
		total: noParts()
	};
}
function noParts() {
	return {
		kept: 0,
		movedAway: 0,
		gone: 0,
		movedHere: 0,
		added: 0
	};
}
function baseOf(parts) {
	return parts.kept + parts.movedAway + parts.gone;
}
function headOf(parts) {
	return parts.kept + parts.movedHere + parts.added;
}
function changeOf(parts) {
	return parts.gone + parts.added + parts.movedAway + parts.movedHere;
}
/** Nodes with callers before callees, each node's children together. Loops, since stacks may be deep. */
function inOrder(root) {
	const nodes = [root];
	for (let at = 0; at < nodes.length; at++) for (const child of nodes[at].children.values()) nodes.push(child);
	return nodes;
}
function sumTotals(root) {
	const nodes = inOrder(root);
	for (let at = nodes.length - 1; at >= 0; at--) {
		const node = nodes[at];
		const total = { ...node.self };
		for (const { total: below } of node.children.values()) {
			total.kept += below.kept;
			total.movedAway += below.movedAway;
			total.gone += below.gone;
			total.movedHere += below.movedHere;
			total.added += below.added;
		}
		node.total = total;
	}
}
/** What changed most comes first, then what is largest, then by name: the same order in both panes. */
function drawingOrder(a, b) {
	const byChange = b.total.gone + b.total.added - (a.total.gone + a.total.added);
	if (byChange !== 0) return byChange;
	const bySize = baseOf(b.total) + headOf(b.total) - (baseOf(a.total) + headOf(a.total));
	if (bySize !== 0) return bySize;
	return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
function flatten(root, metric, outside) {
	const nodes = [];
	const parents = [];
	const depths = [];
	const stack = [{
		node: root,
		parent: -1,
		depth: 0
	}];
	for (let next = stack.pop(); next !== void 0; next = stack.pop()) {
		const { node, parent, depth } = next;
		const index = nodes.push(node) - 1;
		parents.push(parent);
		depths.push(depth);
		const children = [...node.children.values()].filter(({ total }) => baseOf(total) + headOf(total) > 0);
		children.sort(drawingOrder);
		for (const child of children.reverse()) stack.push({
			node: child,
			parent: index,
			depth: depth + 1
		});
	}
	const column = (value) => Float64Array.from(nodes, value);
	return {
		metric,
		length: nodes.length,
		parent: Int32Array.from(parents),
		depth: Int32Array.from(depths),
		label: nodes.map(({ label }) => label),
		name: nodes.map(({ name }) => name),
		isRepository: Uint8Array.from(nodes, ({ isRepository }) => isRepository ? 1 : 0),
		kept: column(({ total }) => total.kept),
		movedAway: column(({ total }) => total.movedAway),
		gone: column(({ total }) => total.gone),
		movedHere: column(({ total }) => total.movedHere),
		added: column(({ total }) => total.added),
		self: {
			kept: column(({ self }) => self.kept),
			movedAway: column(({ self }) => self.movedAway),
			gone: column(({ self }) => self.gone),
			movedHere: column(({ self }) => self.movedHere),
			added: column(({ self }) => self.added)
		},
		outside
	};
}

// src/flamegraph/flame-graph.ts
function baseTotal(graph, node) {
	return graph.kept[node] + graph.movedAway[node] + graph.gone[node];
}
function headTotal(graph, node) {
	return graph.kept[node] + graph.movedHere[node] + graph.added[node];
}

// src/flamegraph/layout.ts
const REFERENCE_WIDTH = 868;
function layoutFlameGraph(graph, options = {}) {
	const sides = options.sides ?? ["base", "head"];
	const maximumBoxes = options.maximumBoxes ?? 250;
	let minimumWidth = options.minimumWidth ?? 3 / REFERENCE_WIDTH;
	const scale = Math.max(0, ...sides.map((side) => graph.length === 0 ? 0 : totalOn(side, graph, 0)));
	for (;;) {
		const limits = {
			scale,
			minimumWidth,
			minimumRowWidth: options.minimumRowWidth ?? 14 / REFERENCE_WIDTH,
			minimumRunWidth: options.minimumRunWidth ?? 1 / REFERENCE_WIDTH,
			maximumRows: options.maximumRows ?? 14
		};
		const base = sides.includes("base") ? layoutPane(graph, "base", limits) : null;
		const head = sides.includes("head") ? layoutPane(graph, "head", limits) : null;
		if ((base?.boxes.length ?? 0) + (head?.boxes.length ?? 0) <= maximumBoxes || minimumWidth > 1) return {
			scale,
			base,
			head,
			hiddenFrames: countHiddenFrames(graph, base, head),
			minimumWidth
		};
		minimumWidth *= 1.5;
	}
}
function layoutPane(graph, side, limits) {
	const total = graph.length === 0 ? 0 : totalOn(side, graph, 0);
	if (total <= 0 || limits.scale <= 0) return {
		side,
		total: 0,
		boxes: [],
		rows: 0,
		deeperLevels: 0
	};
	const { drafts, columns } = placeFrames(graph, side, limits.minimumWidth * limits.scale);
	const rows = countRowsWorthDrawing(drafts, limits.minimumRowWidth * limits.scale);
	const drawnRows = Math.min(rows, limits.maximumRows);
	return {
		side,
		total,
		boxes: drafts.filter((draft) => draft.depth < drawnRows).sort((a, b) => a.depth - b.depth || a.start - b.start).map((draft) => ({
			nodes: draft.nodes,
			depth: draft.depth,
			x0: draft.start / limits.scale,
			x1: draft.end / limits.scale,
			runs: columnRuns(columns, draft, limits)
		})),
		rows: drawnRows,
		deeperLevels: rows - drawnRows
	};
}
/** Gives every frame that is wide enough its place. A caller comes before its callees, so one pass forward will do. */
function placeFrames(graph, side, minimumCost) {
	const { firstChild, nextSibling } = linkChildren(graph);
	const start = new Float64Array(graph.length).fill(-1);
	const draftOf = new Int32Array(graph.length).fill(-1);
	const drafts = [];
	const columns = [];
	start[0] = 0;
	for (let node = 0; node < graph.length; node++) {
		if (start[node] < 0) continue;
		addToDrafts(node);
		let cursor = start[node];
		const remainder = {
			changed: 0,
			moved: 0,
			kept: 0
		};
		for (let child = firstChild[node]; child !== -1; child = nextSibling[child]) {
			const cost = totalOn(side, graph, child);
			if (cost >= minimumCost && cost > 0) {
				start[child] = cursor;
				cursor += cost;
			} else {
				remainder.changed += (side === "base" ? graph.gone : graph.added)[child];
				remainder.moved += (side === "base" ? graph.movedAway : graph.movedHere)[child];
				remainder.kept += graph.kept[child];
			}
		}
		const remainderEnd = addColumns(cursor, remainder);
		if (remainderEnd > cursor) drafts.push({
			nodes: [],
			depth: drafts[draftOf[node]].depth + 1,
			start: cursor,
			end: remainderEnd
		});
		addColumns(remainderEnd, {
			changed: (side === "base" ? graph.self.gone : graph.self.added)[node],
			moved: (side === "base" ? graph.self.movedAway : graph.self.movedHere)[node],
			kept: graph.self.kept[node]
		});
	}
	columns.sort((a, b) => a.start - b.start);
	return {
		drafts,
		columns
	};
	function addToDrafts(node) {
		const parent = graph.parent[node];
		if (parent !== -1 && isOnlyChild(graph, node, parent)) {
			const draft = drafts[draftOf[parent]];
			if (draft.nodes[0] === 0) draft.nodes.pop();
			draft.nodes.push(node);
			draftOf[node] = draftOf[parent];
			return;
		}
		draftOf[node] = drafts.length;
		drafts.push({
			nodes: [node],
			depth: parent === -1 ? 0 : drafts[draftOf[parent]].depth + 1,
			start: start[node],
			end: start[node] + totalOn(side, graph, node)
		});
	}
	function addColumns(from, costs) {
		const changedEnd = from + costs.changed;
		const movedEnd = changedEnd + costs.moved;
		const keptEnd = movedEnd + costs.kept;
		const changed = side === "base" ? "gone" : "added";
		if (costs.changed > 0) columns.push({
			status: changed,
			start: from,
			end: changedEnd
		});
		if (costs.moved > 0) columns.push({
			status: "moved",
			start: changedEnd,
			end: movedEnd
		});
		if (costs.kept > 0) columns.push({
			status: "kept",
			start: movedEnd,
			end: keptEnd
		});
		return keptEnd;
	}
}
/** Equal on both sides means that the parent has no cost of its own and no other child that costs anything. */
function isOnlyChild(graph, node, parent) {
	return baseTotal(graph, node) === baseTotal(graph, parent) && headTotal(graph, node) === headTotal(graph, parent);
}
function linkChildren(graph) {
	const firstChild = new Int32Array(graph.length).fill(-1);
	const nextSibling = new Int32Array(graph.length).fill(-1);
	for (let node = graph.length - 1; node > 0; node--) {
		nextSibling[node] = firstChild[graph.parent[node]];
		firstChild[graph.parent[node]] = node;
	}
	return {
		firstChild,
		nextSibling
	};
}
function countRowsWorthDrawing(drafts, minimumCost) {
	let rows = 1;
	for (const draft of drafts) if (draft.end - draft.start >= minimumCost) rows = Math.max(rows, draft.depth + 1);
	return rows;
}
function columnRuns(columns, draft, limits) {
	const inside = [];
	for (let i = firstColumnFrom(columns, draft.start); i < columns.length; i++) {
		if (columns[i].start >= draft.end) break;
		appendColumn(inside, columns[i]);
	}
	return joinNarrowColumns(inside, limits.minimumRunWidth * limits.scale).map((column) => ({
		status: column.status,
		x0: column.start / limits.scale,
		x1: column.end / limits.scale
	}));
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
function countHiddenFrames(graph, base, head) {
	const isDrawn = new Uint8Array(graph.length);
	for (const pane of [base, head]) for (const box of pane?.boxes ?? []) for (const node of box.nodes) isDrawn[node] = 1;
	let hidden = 0;
	for (let node = 1; node < graph.length; node++) if ((base === null ? 0 : totalOn("base", graph, node)) + (head === null ? 0 : totalOn("head", graph, node)) > 0 && isDrawn[node] === 0) hidden++;
	return hidden;
}
function totalOn(side, graph, node) {
	return side === "base" ? baseTotal(graph, node) : headTotal(graph, node);
}

export { buildFlameGraph as i, baseTotal as n, headTotal as r, layoutFlameGraph as t };