import { l as METRIC_IDS, n as formatFolded, s as GrowingInt32, u as forEachMetric } from "./profile.js";
import { c as isProfilerModule, l as isSystemModule, o as isOwnFile, r as frameRole, s as isLoaderModule, u as moduleName } from "./symbols.js";

// src/diff/footprint.ts
/**
* Marks the stacks of memory that the profiler, not the program, asked for. heaptrack's library brings libstdc++ into
* every process, whose start-up code allocates a pool for exceptions (72,704 bytes on Debian 12, 73,728 on 13). It is
* known by where it comes from, never by its size: the dynamic loader runs the initialiser of a library that the
* profiler brings, and no frame belongs to anything but the system.
*/
function findFootprint({ strings, frames, stacks }) {
	const isFootprint = new Uint8Array(stacks.length);
	const isStartUp = new Uint8Array(stacks.length);
	const modules = /* @__PURE__ */ new Map();
	for (let stack = 0; stack < stacks.length; stack++) {
		const moduleString = frames.module[stacks.frame[stack]];
		let module = modules.get(moduleString);
		if (module === void 0) {
			const name = moduleName(strings[moduleString]);
			module = {
				isLoader: isLoaderModule(name),
				isSystem: isSystemModule(name),
				isProfiler: isProfilerModule(name)
			};
			modules.set(moduleString, module);
		}
		const prefix = stacks.prefix[stack];
		if ((prefix < 0 ? module.isLoader : isStartUp[prefix] === 1) && (module.isSystem || module.isProfiler)) {
			isStartUp[stack] = 1;
			if (module.isProfiler) isFootprint[stack] = 1;
		}
	}
	return isFootprint;
}

// src/diff/frame-identity.ts
/** The identity of each row of the profile's frame table. */
function frameIdentities({ strings, frames, facts }, nameFunction, ownership) {
	const byLocation = /* @__PURE__ */ new Map();
	return Array.from({ length: frames.length }, (_, index) => {
		const location = `${frames.function[index]} ${frames.file[index]} ${frames.module[index]}`;
		let identity = byLocation.get(location);
		if (identity === void 0) {
			const modulePath = strings[frames.module[index]];
			identity = identify(strings[frames.function[index]], strings[frames.file[index]], modulePath, modulePath !== "" && modulePath === facts.executable, nameFunction, ownership);
			byLocation.set(location, identity);
		}
		return identity;
	});
}
function identify(rawName, file, modulePath, isExecutable, nameFunction, ownership) {
	const module = isExecutable ? "" : moduleName(modulePath);
	if (rawName === "") {
		const name = `${module === "" && modulePath !== "" ? moduleName(modulePath) : module || "unknown"}!??`;
		return {
			key: `${module}\n??`,
			frame: {
				name,
				shortName: name,
				module: moduleName(modulePath),
				file: null,
				isOwn: false
			},
			role: frameRole("", moduleName(modulePath)),
			isUnresolved: true
		};
	}
	const functionName = nameFunction(rawName);
	const { identity, name, shortName } = functionName;
	const path = file === "" ? null : ownership?.(file, functionName) ?? null;
	return {
		key: `${module}\n${identity}`,
		frame: {
			name,
			shortName,
			module: moduleName(modulePath),
			file: path,
			isOwn: ownership === null ? isOwnFile(identity, file, isExecutable, modulePath) : path !== null
		},
		role: frameRole(identity, moduleName(modulePath)),
		isUnresolved: false
	};
}

// src/diff/moved-costs.ts
/** A pairing that shares only the leaf would join any two callers of `malloc`. */
const MIN_COMMON_FRAMES = 2;
/**
* The part of each stack's |base − head| that another stack took over or gave up.
* @param prefix and `frame` are the columns of the stack table; costs are self costs of one metric
*/
function findMovedCosts(frames, stacks, base, head) {
	const moved = new Float64Array(base.length);
	const trie = {
		parent: [-1],
		depth: [0],
		isAnchored: [false]
	};
	const child = /* @__PURE__ */ new Map();
	const gone = [];
	const added = [];
	for (let stack = 0; stack < base.length; stack++) {
		const delta = head[stack] - base[stack];
		if (delta === 0) continue;
		const node = insertSuffixes(trie, child, frames, stacks, stack);
		const lists = delta < 0 ? gone : added;
		lists[node] ??= [];
		lists[node].push(stack);
	}
	const rest = Float64Array.from(base, (cost, stack) => Math.abs(head[stack] - cost));
	for (let node = trie.parent.length - 1; node > 0; node--) {
		if (trie.depth[node] < MIN_COMMON_FRAMES) continue;
		if (trie.isAnchored[node]) pair(gone[node], added[node], rest, moved);
		handToParent(gone, node, trie.parent[node]);
		handToParent(added, node, trie.parent[node]);
	}
	return moved;
}
function insertSuffixes(trie, child, frames, { prefix, frame }, stack) {
	let node = 0;
	for (let at = stack; at >= 0; at = prefix[at]) {
		const key = node * 2 ** 26 + frame[at];
		let next = child.get(key);
		if (next === void 0) {
			next = trie.parent.push(node) - 1;
			trie.depth.push(trie.depth[node] + 1);
			trie.isAnchored.push(trie.isAnchored[node] || frames[frame[at]].isOwn);
			child.set(key, next);
		}
		node = next;
	}
	return node;
}
/** Consumes both lists from their ends, as much as the smaller side has. */
function pair(gone, added, rest, moved) {
	while (gone?.length && added?.length) {
		const from = gone[gone.length - 1];
		const to = added[added.length - 1];
		const amount = Math.min(rest[from], rest[to]);
		for (const stack of [from, to]) {
			rest[stack] -= amount;
			moved[stack] += amount;
		}
		if (rest[from] === 0) gone.pop();
		if (rest[to] === 0) added.pop();
	}
}
/** The shorter list is copied into the longer, so that no stack is copied more than log₂(stacks) times. */
function handToParent(lists, node, parent) {
	const own = lists[node];
	if (own === void 0) return;
	const theirs = lists[parent];
	if (theirs === void 0) lists[parent] = own;
	else if (theirs.length >= own.length) for (const stack of own) theirs.push(stack);
	else {
		for (const stack of theirs) own.push(stack);
		lists[parent] = own;
	}
	delete lists[node];
}

// src/diff/union-tree.ts
/** The stacks of both sides under one numbering: equal frames in equal order are one row. */
var UnionTree = class {
	frames = [];
	#frameIndex = /* @__PURE__ */ new Map();
	#prefix = new GrowingInt32();
	#frame = new GrowingInt32();
	#stackIndex = /* @__PURE__ */ new Map();
	get stackCount() {
		return this.#prefix.length;
	}
	/**
	* @param identity what must be equal on both sides for frames to be the same
	* @param describe called when the frame is new, or again with what is known of it so far
	*/
	internFrame(identity, describe) {
		let index = this.#frameIndex.get(identity);
		if (index === void 0) {
			index = this.frames.push(describe(null)) - 1;
			this.#frameIndex.set(identity, index);
		} else this.frames[index] = describe(this.frames[index]);
		return index;
	}
	internStack(prefix, frame) {
		const key = (prefix + 1) * 2 ** 26 + frame;
		let index = this.#stackIndex.get(key);
		if (index === void 0) {
			this.#prefix.push(prefix);
			index = this.#frame.push(frame);
			this.#stackIndex.set(key, index);
		}
		return index;
	}
	frameOf(stack) {
		return this.#frame.values[stack];
	}
	build(baseLine, headLine) {
		return {
			length: this.#prefix.length,
			prefix: this.#prefix.toArray(),
			frame: this.#frame.toArray(),
			baseLine,
			headLine
		};
	}
};

// src/diff/diff-profiles.ts
/**
* Lays two profiles over each other. Every byte of both sides is in the result: in a stack's cost, or in `excluded`.
*/
function diffProfiles(base, head, options) {
	const tree = new UnionTree();
	const headSide = addSide(tree, head, options.nameFunction, options.headOwnership);
	const baseSide = addSide(tree, base, options.nameFunction, options.baseOwnership);
	const count = tree.stackCount;
	const baseCosts = costsOfRows(baseSide, count);
	const headCosts = costsOfRows(headSide, count);
	const frames = tree.frames;
	const stacks = tree.build(linesOfRows(baseSide, count), linesOfRows(headSide, count));
	const moved = forEachMetric((id) => findMovedCosts(frames, stacks, baseCosts[id], headCosts[id]));
	const metrics = METRIC_IDS.filter((id) => base.facts.metrics.includes(id) && head.facts.metrics.includes(id));
	return {
		metrics,
		frames,
		stacks,
		base: baseCosts,
		head: headCosts,
		moved,
		excluded: {
			base: baseSide.excluded,
			head: headSide.excluded
		},
		matched: matchedShare(baseCosts[metrics[0] ?? "allocated"], headCosts[metrics[0] ?? "allocated"], moved[metrics[0] ?? "allocated"])
	};
}
/** A diff with nothing on the base side: what a head without base shows. */
function onlyHead(head, options) {
	return diffProfiles({
		facts: head.facts,
		strings: [""],
		frames: {
			length: 0,
			function: /* @__PURE__ */ new Int32Array(0),
			file: /* @__PURE__ */ new Int32Array(0),
			line: /* @__PURE__ */ new Int32Array(0),
			module: /* @__PURE__ */ new Int32Array(0)
		},
		stacks: {
			length: 0,
			prefix: /* @__PURE__ */ new Int32Array(0),
			frame: /* @__PURE__ */ new Int32Array(0)
		},
		costs: forEachMetric(() => /* @__PURE__ */ new Float64Array(0))
	}, head, options);
}
function addSide(tree, profile, nameFunction, ownership) {
	const { stacks, frames } = profile;
	const identities = frameIdentities(profile, nameFunction, ownership);
	const unionFrame = identities.map((identity) => tree.internFrame(identity.key, (known) => mergeFrames(known, identity.frame)));
	const rows = new Int32Array(stacks.length);
	const lineOfRow = /* @__PURE__ */ new Map();
	for (let stack = 0; stack < stacks.length; stack++) {
		const frame = stacks.frame[stack];
		const { role, isUnresolved } = identities[frame];
		const prefix = stacks.prefix[stack] < 0 ? -1 : rows[stacks.prefix[stack]];
		if (role === "entry") rows[stack] = tree.internStack(-1, unionFrame[frame]);
		else if (role === "runtime-root") rows[stack] = -1;
		else if (role === "runtime" && prefix < 0) rows[stack] = -1;
		else if (role === "allocation") rows[stack] = prefix;
		else if (isUnresolved && prefix >= 0 && tree.frameOf(prefix) === unionFrame[frame]) rows[stack] = prefix;
		else rows[stack] = tree.internStack(prefix, unionFrame[frame]);
		const row = rows[stack];
		if (row >= 0 && tree.frameOf(row) === unionFrame[frame] && !lineOfRow.has(row) && frames.line[frame] > 0) lineOfRow.set(row, frames.line[frame]);
	}
	const isFootprint = findFootprint(profile);
	for (let stack = 0; stack < stacks.length; stack++) if (rows[stack] < 0 && isFootprint[stack] === 0 && METRIC_IDS.some((id) => profile.costs[id][stack] > 0)) {
		let asker = stack;
		while (identities[stacks.frame[asker]].role === "allocation" && stacks.prefix[asker] >= 0) asker = stacks.prefix[asker];
		rows[stack] = tree.internStack(-1, unionFrame[stacks.frame[asker]]);
	}
	const excluded = forEachMetric((id) => sumWhere(profile.costs[id], isFootprint));
	return {
		costs: forEachMetric((id) => profile.costs[id].map((cost, stack) => isFootprint[stack] ? 0 : cost)),
		excluded,
		rows,
		lineOfRow
	};
}
function mergeFrames(known, found) {
	if (known === null) return found;
	if ((known.file !== null || found.file === null) && (known.isOwn || !found.isOwn)) return known;
	return {
		...known,
		file: known.file ?? found.file,
		isOwn: known.isOwn || found.isOwn
	};
}
function costsOfRows(side, count) {
	return forEachMetric((id) => {
		const column = new Float64Array(count);
		side.costs[id].forEach((cost, stack) => {
			if (cost !== 0) column[side.rows[stack]] += cost;
		});
		return column;
	});
}
function linesOfRows(side, count) {
	const lines = new Int32Array(count);
	for (const [row, line] of side.lineOfRow) lines[row] = line;
	return lines;
}
function sumWhere(column, isIncluded) {
	return column.reduce((sum, cost, row) => isIncluded[row] ? sum + cost : sum, 0);
}
function matchedShare(base, head, moved) {
	let all = 0;
	let matched = 0;
	for (let stack = 0; stack < base.length; stack++) {
		const cost = base[stack] + head[stack];
		all += cost;
		matched += base[stack] > 0 && head[stack] > 0 ? cost : moved[stack];
	}
	return all === 0 ? 1 : matched / all;
}

// src/diff/ownership.ts
/** Names that compilers make up: no source text bears them. */
const GENERATED_NAMES = /^(_GLOBAL__sub_I_|__static_initialization_and_destruction_0)/;
/** Words of a short name that are not the function's own. */
const UNNAMED_PARTS = /* @__PURE__ */ new Set([
	"closure",
	"lambda",
	"operator",
	"new",
	"delete",
	"anonymous"
]);
/**
* A frame is the repository's own when its path leads to a tracked file and that file's text bears the function's own
* name. The path alone does not tell: debug information names a dependency's `src/lib.rs` as it names ours.
* @param trackedPath a file of the debug information as a path in the repository, or null
* @param texts of the tracked files, by path
*/
function ownershipByText(trackedPath, texts) {
	const wordsOfPath = /* @__PURE__ */ new Map();
	return (file, functionName) => {
		const path = trackedPath(file);
		const text = path === null ? void 0 : texts.get(path);
		if (path === null || text === void 0) return null;
		if (GENERATED_NAMES.test(functionName.identity)) return path;
		let words = wordsOfPath.get(path);
		if (words === void 0) {
			words = new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
			wordsOfPath.set(path, words);
		}
		const word = ownWord(functionName.shortName);
		return word !== null && words.has(word) ? path : null;
	};
}
/** 'readClock' of 'Parser::readClock'; 'parse' of 'parse::{closure}'. */
function ownWord(shortName) {
	return (shortName.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []).findLast((word) => !UNNAMED_PARTS.has(word)) ?? null;
}

// src/diff/diff-to-folded.ts
/** One metric of a diff as folded text, with the full names under which stacks of both sides were matched. */
function diffToFolded(diff, metric) {
	const both = [];
	for (let stack = 0; stack < diff.stacks.length; stack++) {
		const costs = [diff.base[metric][stack], diff.head[metric][stack]];
		if (costs[0] + costs[1] > 0) both.push({
			frames: framesOf(diff, stack),
			costs
		});
	}
	return {
		base: formatFolded(oneSide(both, 0)),
		head: formatFolded(oneSide(both, 1)),
		diff: formatFolded(both)
	};
}
function framesOf({ frames, stacks }, stack) {
	const names = [];
	for (let at = stack; at >= 0; at = stacks.prefix[at]) names.push(frames[stacks.frame[at]].name);
	return names.reverse();
}
function oneSide(stacks, column) {
	return stacks.filter(({ costs }) => costs[column] > 0).map(({ frames, costs }) => ({
		frames,
		costs: [costs[column]]
	}));
}

export { onlyHead as i, ownershipByText as n, diffProfiles as r, diffToFolded as t };