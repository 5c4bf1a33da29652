import { b as METRIC_IDS, f as GrowingInt32, l as StackRows, n as FoldedTree, u as PairIndex, x as forEachMetric } from "./profile.js";
import { c as isProgramCode, d as moduleMarks, f as rootMarks, i as frameRole, l as calleeMarks, p as moduleName, r as staticInitialiserOf, s as isLibraryName, u as isFootprint } from "./symbols.js";

// src/diff/call-sites.ts
/** Gives each stack's costs to the innermost line of the measured code in it. None where no file is known. */
function findCallSites({ stacks, frames }, { costs, rows, identities, unionFrames }, diffFrames) {
	if (identities.every(({ frame }) => frame.file === null)) return noCallSites();
	const prefixes = new GrowingInt32();
	const siteRows = new GrowingInt32();
	const lines = new GrowingInt32();
	const paths = [];
	const [callers, calledRows, calls] = [
		new GrowingInt32(),
		new GrowingInt32(),
		new GrowingInt32()
	];
	const callIndex = new PairIndex(callers, calledRows);
	const siteIndex = new PairIndex(calls, lines);
	const siteOf = new Int32Array(stacks.length).fill(-1);
	for (let stack = 0; stack < stacks.length; stack++) {
		if (rows[stack] < 0) continue;
		const frame = stacks.frame[stack];
		const prefix = stacks.prefix[stack];
		const caller = prefix < 0 || rows[prefix] < 0 || identities[frame].role === "entry" ? -1 : siteOf[prefix];
		siteOf[stack] = caller;
		if (!diffFrames[unionFrames[frame]].isOwn) continue;
		const path = identities[frame].frame.file;
		const line = path === null ? 0 : frames.line[frame];
		const site = siteIndex.intern(callIndex.intern(caller, rows[stack]), line);
		if (site === paths.length) {
			prefixes.push(caller);
			siteRows.push(rows[stack]);
			paths.push(path);
		}
		siteOf[stack] = site;
	}
	const sums = forEachMetric(() => new Float64Array(paths.length));
	for (const id of METRIC_IDS) {
		const [column, sum] = [costs[id], sums[id]];
		for (let stack = 0; stack < column.length; stack++) if (column[stack] !== 0 && siteOf[stack] >= 0) sum[siteOf[stack]] += column[stack];
	}
	return {
		length: paths.length,
		prefix: prefixes.toArray(),
		stack: siteRows.toArray(),
		path: paths,
		line: lines.toArray(),
		costs: sums
	};
}
function noCallSites() {
	const none = /* @__PURE__ */ new Int32Array(0);
	return {
		length: 0,
		prefix: none,
		stack: none,
		path: [],
		line: none,
		costs: forEachMetric(() => /* @__PURE__ */ new Float64Array(0))
	};
}

// src/diff/footprint.ts
/** Marks the stacks of memory that the profiler, not the program, asked for: see symbols/start-up.ts. */
function findFootprint({ strings, frames, stacks }) {
	const { prefix, frame, length } = stacks;
	const isMarked = new Uint8Array(length);
	const marks = new Uint8Array(length);
	const ofFrame = frameMarks(strings, frames);
	for (let stack = 0; stack < length; stack++) {
		const caller = prefix[stack];
		if (caller >= 0 && marks[caller] === 0) continue;
		const module = ofFrame[frame[stack]];
		marks[stack] = caller < 0 ? rootMarks(module) : calleeMarks(marks[caller], module);
		if (isFootprint(marks[stack])) isMarked[stack] = 1;
	}
	return isMarked;
}
/** The marks of each frame's module. */
function frameMarks(strings, frames) {
	const modules = /* @__PURE__ */ new Map();
	return Uint8Array.from(frames.module, (path) => {
		let marks = modules.get(path);
		if (marks === void 0) {
			marks = moduleMarks(strings[path]);
			modules.set(path, marks);
		}
		return marks;
	});
}
/** What the program itself allocated: a profile's totals without the profiler's footprint. */
function totalsWithoutFootprint(profile) {
	const isLeftOut = findFootprint(profile);
	return forEachMetric((id) => {
		const column = profile.costs[id];
		let sum = 0;
		for (let stack = 0; stack < column.length; stack++) if (isLeftOut[stack] === 0) sum += column[stack];
		return sum;
	});
}

// src/diff/frame-identity.ts
/** The identity of each row of the profile's frame table. */
function frameIdentities({ strings, frames, facts }, nameFunction, ownership) {
	const byLocation = /* @__PURE__ */ new Map();
	const known = ownership !== null && (namesFiles({
		strings,
		frames,
		facts
	}, nameFunction) || ownsAny({
		strings,
		frames
	}, nameFunction, ownership)) ? ownership : null;
	return Array.from({ length: frames.length }, (_, index) => {
		const location = `${frames.function[index]} ${frames.file[index]} ${frames.module[index]}`;
		let identity = byLocation.get(location);
		if (identity === void 0) {
			const modulePath = strings[frames.module[index]];
			const source = {
				rawName: strings[frames.function[index]],
				file: strings[frames.file[index]],
				modulePath,
				isExecutable: modulePath !== "" && modulePath === facts.executable
			};
			identity = source.rawName === "" ? unnamed(source) : named(source, nameFunction, known);
			byLocation.set(location, identity);
		}
		return identity;
	});
}
/** Whether code of the program does: what Rust links in of its standard library has files in any case. */
function namesFiles({ strings, frames, facts }, nameFunction) {
	const { executable } = facts;
	if (executable === null) return true;
	return frames.module.some((module, frame) => {
		const [name, file] = [strings[frames.function[frame]], strings[frames.file[frame]]];
		if (file === "" || strings[module] !== executable) return false;
		const { identity } = nameFunction(name);
		return isProgramCode({
			identity,
			file,
			modulePath: executable,
			isExecutable: true
		});
	});
}
function ownsAny({ strings, frames }, nameFunction, ownership) {
	return frames.function.some((name, frame) => {
		const file = frames.file[frame];
		return strings[name] !== "" && file !== 0 && ownership(strings[file], nameFunction(strings[name])) !== null;
	});
}
function unnamed(source) {
	const module = moduleName(source.modulePath);
	const name = `${module || "unknown"}!??`;
	return {
		key: `${moduleIdentity(source)}\n??`,
		frame: {
			name,
			shortName: name,
			module,
			file: null,
			isOwn: false
		},
		role: frameRole("", module),
		isOneWithSameCaller: true
	};
}
function named(source, nameFunction, ownership) {
	const { rawName, file } = source;
	const module = moduleName(source.modulePath);
	const functionName = nameFunction(rawName);
	const path = file === "" ? null : ownership?.(file, functionName) ?? null;
	const isOwn = ownership === null ? isProgramCode({
		...source,
		identity: functionName.identity
	}) : path !== null;
	const isInitialiser = staticInitialiserOf(functionName.identity) !== null;
	const { identity, name, shortName } = isInitialiser ? nameInitialisers(file) : functionName;
	return {
		key: `${moduleIdentity(source)}\n${identity}`,
		frame: {
			name,
			shortName,
			module,
			file: path,
			isOwn
		},
		role: frameRole(identity, module),
		isOneWithSameCaller: isInitialiser
	};
}
/** The executable's own name may carry a hash or change with the commit; the role is what stays. */
function moduleIdentity({ modulePath, isExecutable }) {
	return isExecutable ? "" : moduleName(modulePath);
}
/** All that initialise what is static in one file are one: compilers name them after whatever comes first in it. */
function nameInitialisers(file) {
	const name = `static initialisers${file === "" ? "" : ` of ${file.slice(file.lastIndexOf("/") + 1)}`}`;
	return {
		identity: name,
		name,
		shortName: name
	};
}

// src/diff/moved-costs/content-hashes.ts
/** Odd, as all numbers of a hash modulo 2^32 must be to lose nothing. Two hashes make 64 bits. */
const HASH_BASES = [2654435761, 2246822507];
/** Hashes all frames, by name and module, and all stacks. */
function hashContents(frames, { length, prefix, frame }) {
	const ofFrame = {
		first: new Int32Array(frames.length),
		second: new Int32Array(frames.length)
	};
	for (let index = 0; index < frames.length; index++) {
		const { name, module } = frames[index];
		const text = `${module}\n${name}`;
		let [first, second] = HASH_BASES;
		for (let at = 0; at < text.length; at++) {
			first = Math.imul(first ^ text.charCodeAt(at), HASH_BASES[1]);
			second = Math.imul(second ^ text.charCodeAt(at), HASH_BASES[0]);
		}
		ofFrame.first[index] = first;
		ofFrame.second[index] = second;
	}
	const ofStack = {
		first: new Int32Array(length),
		second: new Int32Array(length)
	};
	for (let stack = 0; stack < length; stack++) {
		const callers = prefix[stack];
		const { first, second } = ofStack;
		first[stack] = Math.imul(callers < 0 ? 1 : first[callers], HASH_BASES[0]) + ofFrame.first[frame[stack]];
		second[stack] = Math.imul(callers < 0 ? 1 : second[callers], HASH_BASES[1]) + ofFrame.second[frame[stack]];
	}
	return {
		ofFrame,
		ofStack
	};
}
/** An order that does not depend on which side is base. */
function compareHashes({ first, second }, one, other) {
	return first[one] - first[other] || second[one] - second[other];
}
/** The stacks in the order of their hashes. Sixteen bits at a time from the lowest on, which is several times as fast as to compare. */
function sortByHash(stacks, { first, second }) {
	let from = stacks;
	let to = new Int32Array(stacks.length);
	for (const hash of [second, first]) for (const shift of [0, 16]) {
		const start = /* @__PURE__ */ new Int32Array(65537);
		for (const stack of from) start[(hash[stack] >>> shift & 65535) + 1]++;
		for (let digit = 0; digit < 65536; digit++) start[digit + 1] += start[digit];
		for (const stack of from) to[start[hash[stack] >>> shift & 65535]++] = stack;
		[from, to] = [to, from === stacks ? new Int32Array(stacks.length) : from];
	}
	return [...from];
}

// src/diff/moved-costs/leftovers.ts
/** What each stack has lost or gained and no other stack accounts for yet. */
var Leftovers = class {
	moved;
	#base;
	#head;
	#rest;
	#differing;
	#gone;
	#added;
	/** @param differing in the order in which they are paired */
	constructor(base, head, differing) {
		this.#differing = differing;
		this.moved = new Float64Array(base.length);
		this.#base = base;
		this.#head = head;
		this.#rest = new Float64Array(base.length);
		const gone = [];
		const added = [];
		for (const stack of differing) {
			if (head[stack] === base[stack]) continue;
			this.#rest[stack] = Math.abs(head[stack] - base[stack]);
			(head[stack] < base[stack] ? gone : added).push(stack);
		}
		this.#gone = gone;
		this.#added = added;
	}
	/** Stacks that lost; those that are accounted for are dropped. */
	gone() {
		this.#gone = this.#gone.filter((stack) => this.#rest[stack] > 0);
		return this.#gone;
	}
	/** Stacks that gained. */
	added() {
		this.#added = this.#added.filter((stack) => this.#rest[stack] > 0);
		return this.#added;
	}
	/** Both kinds together. */
	all() {
		return this.#differing.filter((stack) => this.#rest[stack] > 0);
	}
	/** Whether one of them lost and the other gained. */
	areOfBothKinds(one, other) {
		return this.#changeOf(one) * this.#changeOf(other) < 0;
	}
	#changeOf(stack) {
		return Math.sign(this.#head[stack] - this.#base[stack]);
	}
	/** Whether there is still anything to pair. */
	hasBothKinds() {
		return this.gone().length > 0 && this.added().length > 0;
	}
	/** Pairs two stacks, as much of them as the smaller one has left. */
	move(one, other) {
		const amount = Math.min(this.#rest[one], this.#rest[other]);
		for (const stack of [one, other]) {
			this.#rest[stack] -= amount;
			this.moved[stack] += amount;
		}
	}
	/** Consumes both lists from their ends, as much as the smaller side has. */
	moveAll(gone, added) {
		while (gone?.length && added?.length) {
			const from = gone[gone.length - 1];
			const to = added[added.length - 1];
			this.move(from, to);
			if (this.#rest[from] === 0) gone.pop();
			if (this.#rest[to] === 0) added.pop();
		}
	}
};

// src/diff/moved-costs/pair-by-common-functions.ts
/** Sequences of frames, told apart by a number; 0 is the empty one. */
var Paths = class {
	#parent = new GrowingInt32();
	#frame = new GrowingInt32();
	#depth = new GrowingInt32();
	#child = new PairIndex(this.#parent, this.#frame);
	constructor() {
		this.#parent.push(-1);
		this.#frame.push(-1);
		this.#depth.push(0);
	}
	depthOf(path) {
		return this.#depth.values[path];
	}
	append(path, frame) {
		const next = this.#child.intern(path, frame);
		if (next === this.#depth.length) this.#depth.push(this.#depth.values[path] + 1);
		return next;
	}
};
/** @param asked the stacks that will be paired */
function findCommonPaths(frames, { prefix, frame }, presence, asked) {
	const isCommon = frames.map((_, index) => presence.base[index] === 1 && presence.head[index] === 1);
	const isNeeded = new Uint8Array(prefix.length);
	for (const stack of asked) for (let at = stack; at >= 0 && isNeeded[at] === 0; at = prefix[at]) isNeeded[at] = 1;
	const paths = new Paths();
	const pathTo = new Int32Array(prefix.length);
	for (let stack = 0; stack < prefix.length; stack++) {
		if (isNeeded[stack] === 0) continue;
		const callers = prefix[stack] < 0 ? 0 : pathTo[prefix[stack]];
		pathTo[stack] = isCommon[frame[stack]] ? paths.append(callers, frame[stack]) : callers;
	}
	return {
		isCommon,
		paths,
		pathTo
	};
}
/**
* Pairs stacks that are equal but for functions that only one side has. A library's function may be missing in the
* middle, where a compiler inlined it, but not at the leaf: another container is another way to use memory.
*/
function pairByCommonFunctions(frames, { frame }, { isCommon, paths, pathTo }, leftovers) {
	const byPath = (candidates) => {
		return groupBy(candidates.filter((stack) => {
			return (isCommon[frame[stack]] || frames[frame[stack]].isOwn) && paths.depthOf(pathTo[stack]) >= 2;
		}), (stack) => pathTo[stack]);
	};
	const added = byPath(leftovers.added());
	for (const [path, gone] of byPath(leftovers.gone())) leftovers.moveAll(gone, added.get(path));
}
function groupBy(stacks, keyOf) {
	const groups = /* @__PURE__ */ new Map();
	for (const stack of stacks) {
		const key = keyOf(stack);
		const group = groups.get(key);
		if (group === void 0) groups.set(key, [stack]);
		else group.push(stack);
	}
	return groups;
}

// src/diff/moved-costs/pair-by-one-frame.ts
/**
* Pairs stacks of which one has a frame of the measured code more than the other. Each stack is looked up among those of
* the other kind as what it would be without one of its frames, for each of them in turn. It is known by a hash; what a
* hash finds is compared.
*/
function pairByOneFrame(similar, leftovers) {
	for (const longer of leftovers.all()) for (const shorter of similar.withoutOneFrame(longer)) if (leftovers.areOfBothKinds(longer, shorter)) leftovers.move(longer, shorter);
}
const NONE = [];
/** Finds, among some stacks, those that are like another but for one frame. */
var SimilarStacks = class {
	#frames;
	#stacks;
	#hashes;
	#known = /* @__PURE__ */ new Map();
	#first = new GrowingInt32();
	#second = new GrowingInt32();
	#index = new PairIndex(this.#first, this.#second);
	#stack = [];
	#way = new Int32Array(256);
	constructor(frames, stacks, hashes, members) {
		this.#frames = frames;
		this.#stacks = stacks;
		this.#hashes = hashes;
		const { first, second } = hashes.ofStack;
		for (const stack of members) {
			if (stacks.prefix[stack] < 0 || this.#depthOf(stack) < 0) continue;
			this.#stack[this.#index.intern(first[stack], second[stack])] = stack;
		}
	}
	/** The members that are this stack without one frame of the measured code: without the innermost first. */
	withoutOneFrame(stack) {
		let found = this.#known.get(stack);
		if (found === void 0) {
			found = this.#findWithoutOneFrame(stack);
			this.#known.set(stack, found);
		}
		return found;
	}
	#findWithoutOneFrame(stack) {
		const found = [];
		const frames = this.#frames;
		const { prefix, frame } = this.#stacks;
		const { ofStack, ofFrame } = this.#hashes;
		const depth = this.#depthOf(stack);
		let [suffixFirst, suffixSecond, powerFirst, powerSecond] = [
			0,
			0,
			1,
			1
		];
		for (let index = 0; index < depth; index++) {
			const at = this.#way[index];
			const callers = prefix[at];
			if (callers >= 0 && frames[frame[at]].isOwn) {
				const row = this.#index.find(Math.imul(ofStack.first[callers], powerFirst) + suffixFirst | 0, Math.imul(ofStack.second[callers], powerSecond) + suffixSecond | 0);
				if (row >= 0 && this.#isWithout(stack, at, this.#stack[row])) found.push(this.#stack[row]);
			}
			suffixFirst = suffixFirst + Math.imul(ofFrame.first[frame[at]], powerFirst) | 0;
			suffixSecond = suffixSecond + Math.imul(ofFrame.second[frame[at]], powerSecond) | 0;
			powerFirst = Math.imul(powerFirst, HASH_BASES[0]);
			powerSecond = Math.imul(powerSecond, HASH_BASES[1]);
		}
		return found.length === 0 ? NONE : found;
	}
	/** Puts the way to the root into #way. Returns the number of frames; -1 where there are too many. */
	#depthOf(stack) {
		let depth = 0;
		for (let at = stack; at >= 0; at = this.#stacks.prefix[at]) {
			if (depth === 256) return -1;
			this.#way[depth++] = at;
		}
		return depth;
	}
	/** Whether `member` is `stack` without the frame in which the stack `left` ends. */
	#isWithout(stack, left, member) {
		const { prefix, frame } = this.#stacks;
		let other = member;
		for (let at = stack; at !== left; at = prefix[at]) {
			if (other < 0 || frame[other] !== frame[at]) return false;
			other = prefix[other];
		}
		return other === prefix[left];
	}
};

// src/diff/moved-costs/pair-by-suffix.ts
/**
* Pairs stacks that end in the same frames, one of them the measured code's, the longest such suffix first. Stacks are
* parted by their frames from the leaf on, as long as there are both kinds of them; what is parted is paired before
* what it was parted from.
*/
function pairBySuffix(frames, stacks, { ofFrame }, leftovers) {
	const suffixes = new Suffixes(frames, stacks, ofFrame);
	const pending = [{
		parent: null,
		depth: 0,
		isAnchored: false,
		gone: [...leftovers.gone()],
		added: [...leftovers.added()],
		isParted: false
	}];
	for (let group = pending.at(-1); group !== void 0; group = pending.at(-1)) {
		const hasBothKinds = group.gone.length > 0 && group.added.length > 0;
		if (!group.isParted && hasBothKinds && group.depth < 256) {
			group.isParted = true;
			for (const smaller of suffixes.part(group)) pending.push(smaller);
			continue;
		}
		pending.pop();
		if (group.isAnchored && group.depth >= 2) leftovers.moveAll(group.gone, group.added);
		if (group.parent === null || group.parent.depth < 2) continue;
		group.parent.gone = joined(group.parent.gone, group.gone);
		group.parent.added = joined(group.parent.added, group.added);
	}
}
/** Reads stacks from the leaf on, a frame at a time, and parts them where their frames differ. */
var Suffixes = class {
	#frames;
	#stacks;
	#ofFrame;
	/** How far up each stack has been read. */
	#cursor;
	/** Used while a group is parted. */
	#partOfFrame;
	constructor(frames, stacks, ofFrame) {
		this.#frames = frames;
		this.#stacks = stacks;
		this.#ofFrame = ofFrame;
		this.#cursor = new Int32Array(stacks.length);
		this.#partOfFrame = new Int32Array(frames.length).fill(-1);
	}
	/** Takes from a group its stacks that have another frame further out, grouped by that. What has none stays. */
	part(group) {
		const shared = this.#sharedNext(group);
		return shared < 0 ? this.#partByFrame(group) : [this.#passOn(group, shared)];
	}
	/** The frame that comes next in all stacks of a group, or -1: most groups need no parting for many frames. */
	#sharedNext({ gone, added, depth }) {
		const { frame } = this.#stacks;
		const first = this.#nextOf(gone[0], depth);
		if (first < 0) return -1;
		for (const stacks of [gone, added]) for (const stack of stacks) {
			const next = this.#nextOf(stack, depth);
			if (next < 0 || frame[next] !== frame[first]) return -1;
		}
		return frame[first];
	}
	#passOn(group, shared) {
		const { gone, added, depth } = group;
		for (const stacks of [gone, added]) for (const stack of stacks) this.#cursor[stack] = this.#nextOf(stack, depth);
		group.gone = [];
		group.added = [];
		const isAnchored = group.isAnchored || this.#frames[shared].isOwn;
		return {
			parent: group,
			depth: depth + 1,
			isAnchored,
			gone,
			added,
			isParted: false
		};
	}
	#partByFrame(group) {
		const parts = [];
		const frameOfPart = [];
		for (const kind of ["gone", "added"]) {
			const staying = [];
			for (const stack of group[kind]) {
				const next = this.#nextOf(stack, group.depth);
				if (next < 0) {
					staying.push(stack);
					continue;
				}
				this.#cursor[stack] = next;
				const frame = this.#stacks.frame[next];
				if (this.#partOfFrame[frame] < 0) {
					const isAnchored = group.isAnchored || this.#frames[frame].isOwn;
					const depth = group.depth + 1;
					this.#partOfFrame[frame] = parts.length;
					frameOfPart.push(frame);
					parts.push({
						parent: group,
						depth,
						isAnchored,
						gone: [],
						added: [],
						isParted: false
					});
				}
				parts[this.#partOfFrame[frame]][kind].push(stack);
			}
			group[kind] = staying;
		}
		for (const frame of frameOfPart) this.#partOfFrame[frame] = -1;
		if (parts.length < 2) return parts;
		const order = parts.map((_, index) => index);
		order.sort((one, other) => compareHashes(this.#ofFrame, frameOfPart[one], frameOfPart[other]));
		return order.map((index) => parts[index]);
	}
	/** The stack that ends in the frame after the `depth` that were read, or -1. */
	#nextOf(stack, depth) {
		return depth === 0 ? stack : this.#stacks.prefix[this.#cursor[stack]];
	}
};
/** The shorter list is copied into the longer, so that no stack is copied more than log₂(stacks) times. */
function joined(one, other) {
	const [longer, shorter] = one.length < other.length ? [other, one] : [one, other];
	for (const stack of shorter) longer.push(stack);
	return longer;
}

// src/diff/moved-costs/find-moved-costs.ts
/**
* The part of each stack's |base − head| that another stack took over or gave up, for each metric by itself.
* @param base and `head` are self costs
*/
function findMovedCosts(frames, stacks, presence, base, head) {
	const unordered = findDiffering(base, head);
	let differing = null;
	let hashes = null;
	let common = null;
	let similar = null;
	return forEachMetric((id) => {
		if (!hasBothKinds(base[id], head[id], unordered)) return new Float64Array(stacks.length);
		hashes ??= hashContents(frames, stacks);
		differing ??= sortByHash(unordered, hashes.ofStack);
		const leftovers = new Leftovers(base[id], head[id], differing);
		common ??= findCommonPaths(frames, stacks, presence, differing);
		pairByCommonFunctions(frames, stacks, common, leftovers);
		if (leftovers.hasBothKinds()) {
			similar ??= new SimilarStacks(frames, stacks, hashes, differing);
			pairByOneFrame(similar, leftovers);
		}
		if (leftovers.hasBothKinds()) pairBySuffix(frames, stacks, hashes, leftovers);
		return leftovers.moved;
	});
}
/** The stacks whose costs differ in any metric. */
function findDiffering(base, head) {
	const isDiffering = new Uint8Array(base.allocated.length);
	let count = 0;
	for (const id of METRIC_IDS) {
		const [before, after] = [base[id], head[id]];
		for (let stack = 0; stack < before.length; stack++) {
			if (before[stack] === after[stack] || isDiffering[stack] === 1) continue;
			isDiffering[stack] = 1;
			count++;
		}
	}
	const differing = new Int32Array(count);
	for (let stack = 0, at = 0; at < count; stack++) if (isDiffering[stack] === 1) differing[at++] = stack;
	return differing;
}
/** Whether some stacks lost and others gained. */
function hasBothKinds(base, head, differing) {
	let [hasGone, hasAdded] = [false, false];
	for (const stack of differing) {
		if (head[stack] < base[stack]) hasGone = true;
		else if (head[stack] > base[stack]) hasAdded = true;
		if (hasGone && hasAdded) return true;
	}
	return false;
}

// src/diff/union-tree.ts
/** The stacks of both sides under one numbering: equal frames in equal order are one row. */
var UnionTree = class {
	frames = [];
	#frameIndex = /* @__PURE__ */ new Map();
	#stacks = new StackRows();
	get stackCount() {
		return this.#stacks.length;
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
		return this.#stacks.intern(prefix, frame);
	}
	frameOf(stack) {
		return this.#stacks.frameOf(stack);
	}
	build() {
		return this.#stacks.toTable();
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
	const stacks = tree.build();
	const presence = {
		base: framesWithCosts(frames.length, stacks, baseCosts),
		head: framesWithCosts(frames.length, stacks, headCosts)
	};
	const moved = findMovedCosts(frames, stacks, presence, baseCosts, headCosts);
	const metrics = METRIC_IDS.filter((id) => base.facts.metrics.includes(id) && head.facts.metrics.includes(id));
	const first = metrics[0] ?? "allocated";
	return {
		metrics,
		frames,
		stacks,
		base: baseCosts,
		head: headCosts,
		moved,
		baseSites: findCallSites(base, baseSide, frames),
		headSites: findCallSites(head, headSide, frames),
		excluded: {
			base: baseSide.excluded,
			head: headSide.excluded
		},
		heap: {
			base: heapFacts(base),
			head: heapFacts(head)
		},
		matched: matchedShare(baseCosts[first], headCosts[first], moved[first])
	};
}
/** A diff with nothing on the base side: what a head without base shows. */
function onlyHead(head, options) {
	return diffProfiles({
		facts: {
			...head.facts,
			timeline: null,
			sizes: null
		},
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
function heapFacts({ facts: { timeline, sizes } }) {
	return {
		timeline,
		sizes
	};
}
function addSide(tree, profile, nameFunction, ownership) {
	const { stacks } = profile;
	const identities = frameIdentities(profile, nameFunction, ownership);
	const unionFrames = identities.map((identity) => tree.internFrame(identity.key, (known) => mergeFrames(known, identity.frame)));
	const { prefix: callerOf, frame: frameOf, length } = stacks;
	const isPlain = Uint8Array.from(identities, ({ role, isOneWithSameCaller }) => role === "code" && !isOneWithSameCaller ? 1 : 0);
	const rows = new Int32Array(length);
	for (let stack = 0; stack < length; stack++) {
		const frame = frameOf[stack];
		const prefix = callerOf[stack] < 0 ? -1 : rows[callerOf[stack]];
		if (isPlain[frame] === 1) {
			rows[stack] = tree.internStack(prefix, unionFrames[frame]);
			continue;
		}
		const { role, isOneWithSameCaller } = identities[frame];
		if (role === "entry") rows[stack] = tree.internStack(-1, unionFrames[frame]);
		else if (role === "runtime-root") rows[stack] = -1;
		else if (role === "runtime" && prefix < 0) rows[stack] = -1;
		else if (role === "allocation") rows[stack] = prefix;
		else if (isOneWithSameCaller && prefix >= 0 && tree.frameOf(prefix) === unionFrames[frame]) rows[stack] = prefix;
		else rows[stack] = tree.internStack(prefix, unionFrames[frame]);
	}
	const isFootprint = findFootprint(profile);
	for (let stack = 0; stack < stacks.length; stack++) {
		if (rows[stack] >= 0 || isFootprint[stack] === 1) continue;
		if (METRIC_IDS.some((id) => profile.costs[id][stack] > 0)) {
			let asker = stack;
			while (identities[stacks.frame[asker]].role === "allocation" && stacks.prefix[asker] >= 0) asker = stacks.prefix[asker];
			rows[stack] = tree.internStack(-1, unionFrames[stacks.frame[asker]]);
		}
	}
	const excluded = forEachMetric((id) => sumWhere(profile.costs[id], isFootprint));
	for (let stack = 0; stack < length; stack++) if (isFootprint[stack] === 1) rows[stack] = -1;
	return {
		costs: profile.costs,
		excluded,
		rows,
		identities,
		unionFrames
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
		const { costs, rows } = side;
		const ofProfile = costs[id];
		for (let stack = 0; stack < ofProfile.length; stack++) if (ofProfile[stack] !== 0 && rows[stack] >= 0) column[rows[stack]] += ofProfile[stack];
		return column;
	});
}
/** Marks the frames that stacks with costs pass through. */
function framesWithCosts(frameCount, { prefix, frame, length }, costs) {
	const hasCosts = new Uint8Array(length);
	for (const column of Object.values(costs)) for (let stack = 0; stack < length; stack++) if (column[stack] > 0) hasCosts[stack] = 1;
	const isThere = new Uint8Array(frameCount);
	for (let stack = length - 1; stack >= 0; stack--) {
		if (hasCosts[stack] === 0) continue;
		isThere[frame[stack]] = 1;
		if (prefix[stack] >= 0) hasCosts[prefix[stack]] = 1;
	}
	return isThere;
}
function sumWhere(column, isIncluded) {
	let sum = 0;
	for (let row = 0; row < column.length; row++) if (isIncluded[row] === 1) sum += column[row];
	return sum;
}
/** Share (0 to 1) of both sides' costs in stacks that the other side has too, or that moved. */
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

// src/diff/missing-lines.ts
/** Programs that nobody built for this measurement, such as Python. */
const SYSTEM_FOLDERS = [
	"/usr/",
	"/bin/",
	"/opt/"
];
/** What the innermost frame of the program's own code tells about a stack. */
const OUTSIDE = 0;
const WITH_FILE = 1;
const WITHOUT_FILE = 2;
const WITHOUT_NAME = 3;
/**
* Whether a program was built without debug information, as far as its trace tells: its own functions have names, but
* nearly none has a file. Libraries need none, the Rust standard library has some in any case, and where any file of
* the repository was found there are lines to show.
*
* @param ownPaths the repository's frames; null where no repository is known: then there are no lines anyway
*/
function isMissingLines({ facts, strings, frames, stacks, costs }, ownPaths, nameFunction) {
	const { executable } = facts;
	if (executable === null || SYSTEM_FOLDERS.some((folder) => executable.startsWith(folder))) return false;
	if (ownPaths === null || ownPaths.ofFrame.some((path) => path >= 0)) return false;
	const kindOf = Uint8Array.from({ length: frames.length }, (_, frame) => {
		const [name, file] = [strings[frames.function[frame]], strings[frames.file[frame]]];
		if (strings[frames.module[frame]] !== executable) return OUTSIDE;
		if (name === "") return WITHOUT_NAME;
		const { identity } = nameFunction(name);
		if (!isProgramCode({
			identity,
			file,
			modulePath: executable,
			isExecutable: true
		})) return OUTSIDE;
		return file === "" ? WITHOUT_FILE : WITH_FILE;
	});
	const kind = new Uint8Array(stacks.length);
	const bytes = [
		0,
		0,
		0,
		0
	];
	for (let stack = 0; stack < stacks.length; stack++) {
		const prefix = stacks.prefix[stack];
		const found = kindOf[stacks.frame[stack]];
		kind[stack] = found === OUTSIDE && prefix >= 0 ? kind[prefix] : found;
		bytes[kind[stack]] += costs.allocated[stack];
	}
	return bytes[WITHOUT_FILE] > bytes[WITH_FILE] && bytes[WITHOUT_FILE] >= bytes[WITHOUT_NAME];
}

// src/diff/own-paths.ts
/** The answers for all frames of a profile. */
function listOwnPaths({ strings, frames }, ownership, nameFunction) {
	const paths = [];
	const indexOfPath = /* @__PURE__ */ new Map();
	const ofFrame = new Int32Array(frames.length).fill(-1);
	for (let frame = 0; frame < frames.length; frame++) {
		const name = strings[frames.function[frame]];
		const file = strings[frames.file[frame]];
		const path = name === "" || file === "" ? null : ownership(file, nameFunction(name));
		if (path === null) continue;
		let index = indexOfPath.get(path);
		if (index === void 0) {
			index = paths.push(path) - 1;
			indexOfPath.set(path, index);
		}
		ofFrame[frame] = index;
	}
	return {
		paths,
		ofFrame
	};
}
/** Answers from what was listed; all that was not is foreign. */
function ownershipByPaths({ strings, frames }, { paths, ofFrame }, nameFunction) {
	const pathOf = /* @__PURE__ */ new Map();
	for (let frame = 0; frame < frames.length; frame++) {
		if (ofFrame[frame] < 0) continue;
		const { identity } = nameFunction(strings[frames.function[frame]]);
		pathOf.set(`${strings[frames.file[frame]]}\n${identity}`, paths[ofFrame[frame]]);
	}
	return (file, { identity }) => pathOf.get(`${file}\n${identity}`) ?? null;
}

// src/diff/source-text.ts
/** More mentions of one name are not looked at. */
const MAX_MENTIONS = 1e3;
const MAX_PARAMETERS_LENGTH = 2e3;
const MAX_QUALIFIERS = 20;
/** Whether a word stands in a text by itself. */
function bearsWord(text, word) {
	return !mentions(text, word).next().done;
}
/** Whether a text holds a C++ lambda. */
function holdsLambda(text) {
	return /\][ \t\n]{0,8}[({]/.test(text);
}
/**
* Whether a text defines the function, or the type that bears its name: `parse(int n) const {`, `fn parse<T>(`,
* `struct Parser {`. A call or a declaration does not count.
*/
function definesFunction(text, word) {
	for (const start of mentions(text, word)) {
		if (/\bfn\s{1,8}$/.test(text.slice(Math.max(0, start - 12), start))) return true;
		const end = start + word.length;
		if (isTypeDefinition(text, start, end) || isFunctionDefinition(text, end)) return true;
	}
	return false;
}
function* mentions(text, word) {
	if (word === "") return;
	let count = 0;
	for (let at = text.indexOf(word); at >= 0 && count < MAX_MENTIONS; at = text.indexOf(word, at + 1)) {
		count += 1;
		if (!isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + word.length])) yield at;
	}
}
function isWordCharacter(character) {
	return character !== void 0 && /[\p{L}\p{N}_]/u.test(character);
}
function isTypeDefinition(text, start, end) {
	if (!/\b(?:struct|class|union|enum)\s{1,8}$/.test(text.slice(Math.max(0, start - 16), start))) return false;
	const next = text[skipSpace(text, end)];
	return next === "{" || next === ":" || text.startsWith("final", skipSpace(text, end));
}
/** C and C++: parameters in parentheses, qualifiers, and then a body. */
function isFunctionDefinition(text, nameEnd) {
	let at = skipSpace(text, nameEnd);
	if (text[at] === "<") at = skipSpace(text, closingOf(text, at, "<", ">"));
	if (text[at] !== "(") return false;
	at = closingOf(text, at, "(", ")");
	for (let count = 0; count < MAX_QUALIFIERS && at > 0; count++) {
		at = skipSpace(text, at);
		const next = text[at];
		if (next === "{") return true;
		if (next === ":") return text[at + 1] !== ":";
		if (next === "=") return /^= *(?:default|delete)\b/.test(text.slice(at, at + 20));
		if (next === "-") return /^->[^;{}]{1,200}\{/.test(text.slice(at, at + 210));
		if (next === "&") at += 1;
		else if (next === "(") at = closingOf(text, at, "(", ")");
		else if (next === "[") at = closingOf(text, at, "[", "]");
		else {
			const word = /^[A-Za-z_][A-Za-z_0-9]{0,63}/.exec(text.slice(at, at + 64))?.[0];
			if (word === void 0 || !isQualifier(word)) return false;
			at += word.length;
		}
	}
	return false;
}
const QUALIFIERS = /* @__PURE__ */ new Set([...[
	"const",
	"volatile",
	"noexcept",
	"override",
	"final",
	"try",
	"throw",
	"mutable"
]]);
/** Names in capitals are macros. */
function isQualifier(word) {
	return QUALIFIERS.has(word) || word.startsWith("__") || /^[A-Z_0-9]+$/.test(word);
}
/** The place after the bracket that closes the one at `open`, or −1. */
function closingOf(text, open, opening, closing) {
	let depth = 0;
	const limit = Math.min(text.length, open + MAX_PARAMETERS_LENGTH);
	for (let at = open; at < limit; at++) {
		if (text[at] === opening) depth += 1;
		else if (text[at] === closing) depth -= 1;
		if (depth === 0) return at + 1;
	}
	return -1;
}
/** Over white space and comments. */
function skipSpace(text, start) {
	if (start < 0) return start;
	let at = start;
	for (;;) {
		while (at < text.length && " 	\r\n\\".includes(text[at])) at += 1;
		const isLineComment = text.startsWith("//", at);
		if (!isLineComment && !text.startsWith("/*", at)) return at;
		const end = text.indexOf(isLineComment ? "\n" : "*/", at + 2);
		if (end < 0) return text.length;
		at = end + (isLineComment ? 1 : 2);
	}
}

// src/diff/ownership.ts
/** Decides by path and by the function's own name. */
function ownershipBySources(sources) {
	const known = /* @__PURE__ */ new Map();
	return (file, functionName) => {
		const key = `${file}\n${functionName.identity}`;
		let path = known.get(key);
		if (path === void 0) {
			path = findOwnPath(file, functionName, sources);
			known.set(key, path);
		}
		return path;
	};
}
function findOwnPath(file, functionName, sources) {
	const { paths, isCertain } = sources.candidatesOf(file);
	if (isCertain) return isLibraryName(functionName.identity) && !isTold(paths[0], functionName, sources) ? null : paths[0];
	const crates = file.endsWith(".rs") && sources.crates.size > 0 ? cratesOf(functionName.identity) : [];
	if (crates.length > 0) return findInCrates(file, crates, paths, sources);
	const own = paths.filter((path) => isTold(path, functionName, sources, paths.length));
	return own.length === 1 ? own[0] : null;
}
/** 'words' of 'words::parse', and both of '<words::Parser as core::default::Default>::default'. */
function cratesOf(identity) {
	return [/^[<&*[( ]*(?:(?:mut|dyn|const|impl) )*([A-Za-z_][A-Za-z_0-9]{0,63})::/.exec(identity), identity.startsWith("<") ? / as ([A-Za-z_][A-Za-z_0-9]{0,63})::/.exec(identity) : null].flatMap((match) => match?.[1] ?? []);
}
function findInCrates(file, crates, paths, { crates: foldersOf, isTracked }) {
	const folders = crates.flatMap((crate) => foldersOf.get(crate) ?? []);
	const inFolders = folders.map((folder) => folder === "" ? file : `${folder}/${file}`).filter(isTracked);
	const below = paths.filter((path) => folders.some((folder) => folder === "" || path.startsWith(`${folder}/`)));
	const found = new Set(inFolders.length > 0 ? inFolders : below);
	return found.size === 1 ? [...found][0] : null;
}
const C_FILE = /\.(?:c|cc|cp|cpp|cxx|c\+\+|cu|cuh|h|hh|hpp|hxx|h\+\+|inc|inl|ipp|m|mm|tcc|tpp|txx)$/i;
/** Whether a file's text says that the function is in it. */
function isTold(path, { identity, shortName }, { texts }, candidateCount = 1) {
	const text = texts.get(path);
	if (text === void 0) return false;
	const initialised = staticInitialiserOf(identity);
	if (initialised !== null) return initialised === "" ? candidateCount === 1 : bearsWord(text, initialised);
	const word = ownWord(shortName);
	if (word === null) return candidateCount === 1 && C_FILE.test(path) && holdsLambda(text);
	return C_FILE.test(path) || path.endsWith(".rs") ? definesFunction(text, word) : bearsWord(text, word);
}
/** Words of a short name that are not the function's own. */
const UNNAMED_PARTS = /* @__PURE__ */ new Set([
	"closure",
	"lambda",
	"operator",
	"new",
	"delete",
	"anonymous"
]);
/** 'readClock' of 'Parser::readClock'; 'parse' of 'parse::{closure}'. */
function ownWord(shortName) {
	return (shortName.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []).findLast((word) => !UNNAMED_PARTS.has(word)) ?? null;
}

// src/diff/rust-crates.ts
const MAX_CRATES = 1e4;
/**
* The crates of a repository with the folders of their packages; '' is the repository's top.
* @param manifests texts of its Cargo.toml files by path
* @param paths of all its files
*/
function findRustCrates(manifests, paths) {
	const crates = /* @__PURE__ */ new Map();
	const add = (name, folder) => {
		const crate = name.replaceAll("-", "_");
		const folders = crates.get(crate);
		if (folders !== void 0) folders.push(folder);
		else if (crates.size < MAX_CRATES) crates.set(crate, [folder]);
	};
	for (const [path, text] of manifests) {
		const folder = folderOf(path);
		for (const [, name] of text.matchAll(/^[ \t]*name[ \t]*=[ \t]*["']([A-Za-z_][A-Za-z_0-9-]{0,63})["']/gm)) add(name, folder);
	}
	for (const path of paths) {
		const target = /^(.*?)\/?(?:src\/bin|examples|tests|benches)\/([A-Za-z_][A-Za-z_0-9-]{0,63})(?:\.rs|\/main\.rs)$/.exec(path);
		if (target !== null && manifests.has(target[1] === "" ? "Cargo.toml" : `${target[1]}/Cargo.toml`)) add(target[2], target[1]);
	}
	return crates;
}
function folderOf(path) {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

// src/diff/diff-to-folded.ts
/** What one metric's folded text is made of. */
function foldedColumns({ frames, stacks, base, head }, metric) {
	return {
		prefix: stacks.prefix,
		frame: stacks.frame,
		names: frames.map(({ name }) => name),
		base: base[metric],
		head: head[metric]
	};
}
/** The text itself, of both sides and of their difference. */
function columnsToFolded({ prefix, frame, names, base, head }) {
	const tree = new FoldedTree(prefix, frame, names, [base, head]);
	return {
		base: tree.text([base]),
		head: tree.text([head]),
		diff: tree.text([base, head])
	};
}
/** One metric of a diff as folded text. */
function diffToFolded(diff, metric) {
	return columnsToFolded(foldedColumns(diff, metric));
}

export { ownershipBySources as a, isMissingLines as c, totalsWithoutFootprint as d, findRustCrates as i, diffProfiles as l, diffToFolded as n, listOwnPaths as o, foldedColumns as r, ownershipByPaths as s, columnsToFolded as t, onlyHead as u };