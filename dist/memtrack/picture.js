import { t as D3Node } from "../third-party/picture.js";
import { n as baseTotal, r as headTotal, t as layoutFlameGraph } from "./flamegraph.js";
import { S as metricById } from "./profile.js";
import { C as formatChange, E as formatQuantity, M as visibleText, O as legalXmlText, T as formatPercent, a as shownTitles, c as boxLabel, f as svgStyle, i as paneHeading, l as firstThatFits, n as descriptionWords, o as titleWords, r as footerLines, s as zoomWords, t as OUTLINED_FROM, w as formatCount } from "./render.js";

// src/render/svg.ts
const ROW = 20;
const BAR = 19;
const HEADER = 86;
const PANE_GAP = 34;
const PADDING = .016;
const FIXED_WIDTH = 900;
/**
* Widths of the drawing for which labels are made, each near the lower end of the widths where it is shown.
* The character widths are what DejaVu Sans takes on average, the widest of the common fallbacks.
*/
const LABEL_WIDTHS = [
	{
		className: "w",
		width: 800
	},
	{
		className: "m",
		width: 520
	},
	{
		className: "n",
		width: 318
	}
];
/** Room that a tear takes at the end of its block. */
const BREAK_COLUMNS = 2;
const CHARACTER_WIDTH = {
	normal: 6.9,
	strong: 7.7,
	small: 6.3,
	title: 9.6
};
/** A comment's image stays quick to load below this. More makes the narrowest frames go. */
const MAXIMUM_BYTES = 4e4;
/** Draws the picture, leaving out narrow frames until the file is small enough. Same input, same bytes. */
function renderSvg(picture, options = {}) {
	const { options: layoutOptions, layout: first } = firstLayout(picture);
	let layout = first;
	for (;;) {
		const svg = drawLayout(picture, layout, options);
		if (Buffer.byteLength(svg) <= MAXIMUM_BYTES || layout.minimumWidth > 1) return svg;
		layout = layoutFlameGraph(picture.graph, {
			...layoutOptions,
			minimumWidth: layout.minimumWidth * 1.5
		});
	}
}
/** A picture is drawn for the page and as a file of its own. */
const knownLayouts = /* @__PURE__ */ new WeakMap();
function firstLayout(picture) {
	let known = knownLayouts.get(picture);
	if (known === void 0) {
		const options = {
			sides: picture.hasBase ? ["base", "head"] : ["head"],
			mayCutUnchanged: true
		};
		known = {
			options,
			layout: layoutFlameGraph(picture.graph, options)
		};
		knownLayouts.set(picture, known);
	}
	return known;
}
/** One for all pictures: making the document takes longer than drawing in it. */
let sharedNode = null;
function drawLayout(picture, layout, options) {
	sharedNode ??= new D3Node();
	const root = sharedNode.createSVG();
	try {
		new Drawing(picture, layout, options.target ?? { kind: "image" }, root).draw(options.idPrefix ?? "");
		return new sharedNode.window.XMLSerializer().serializeToString(root.node() ?? {});
	} finally {
		root.remove();
	}
}
/** Keeps how far down the page the drawing has come, and which of the two geometries it is in. */
var Drawing = class {
	root;
	#picture;
	#layout;
	#target;
	#unit;
	#y = HEADER;
	constructor(picture, layout, target, root) {
		this.#picture = picture;
		this.#layout = layout;
		this.#target = target;
		this.#unit = metricById(picture.graph.metric).unit;
		this.root = root;
	}
	draw(idPrefix) {
		this.#describe(idPrefix);
		if (this.#target.kind !== "page") this.root.append("style").text(svgStyle(this.#target));
		const card = this.root.append("rect").attr("class", "card").attr("width", this.#outerLength(1)).attr("rx", 6);
		const content = this.root.append("svg").attr("x", this.#outerLength(PADDING)).attr("width", this.#outerLength(1 - 2 * PADDING)).attr("overflow", "visible");
		this.#drawTitle(content);
		const panes = [this.#layout.base, this.#layout.head].filter((pane) => pane !== null);
		for (const [i, pane] of panes.entries()) {
			if (i > 0) this.#y += PANE_GAP;
			this.#drawPane(content, pane);
		}
		this.#drawFooter(content);
		const height = this.#y;
		for (const element of [
			this.root,
			card,
			content
		]) element.attr("height", height);
		if (this.#target.kind === "fixed") this.root.attr("width", FIXED_WIDTH).attr("viewBox", `0 0 ${FIXED_WIDTH} ${height}`);
		else this.root.attr("width", "100%");
	}
	#describe(idPrefix) {
		this.root.attr("class", "flame").attr("role", "img").attr("aria-labelledby", `${idPrefix}title ${idPrefix}description`);
		const title = this.root.append("title").attr("id", `${idPrefix}title`);
		this.#text(title, titleWords(this.#picture));
		const description = this.root.append("desc").attr("id", `${idPrefix}description`);
		this.#text(description, descriptionWords(this.#picture, this.#layout));
	}
	#drawTitle(content) {
		const titles = shownTitles(this.#picture);
		this.#drawLabel(content, 24, 1, CHARACTER_WIDTH.title, "title text", (columns) => firstThatFits(titles, columns));
		if (!this.#picture.hasBase) {
			this.#y = 62;
			return;
		}
		this.#drawLegend(content, "w m", [
			[
				"gone",
				"gone: less memory",
				140
			],
			[
				"added",
				"new: more memory",
				140
			],
			[
				"moved",
				"moved",
				70
			],
			[
				"kept",
				"unchanged",
				0
			]
		]);
		if (this.#target.kind !== "fixed") this.#drawLegend(content, "n", [
			[
				"gone",
				"gone",
				54
			],
			[
				"added",
				"new",
				50
			],
			[
				"moved",
				"moved",
				64
			],
			[
				"kept",
				"unchanged",
				0
			]
		]);
		if (this.#layout.cut !== null) {
			const line = content.append("text").attr("class", "small text").attr("y", 68);
			this.#text(line, zoomWords(this.#picture, this.#layout));
			this.#y = 102;
		}
	}
	#drawLegend(content, className, entries) {
		const legend = content.append("g").attr("class", className);
		let x = 0;
		for (const [status, text, width] of entries) {
			legend.append("rect").attr("class", status).attr("x", x).attr("y", 38).attr("width", 12).attr("height", 12).attr("rx", 2);
			this.#text(legend.append("text").attr("class", "small muted").attr("x", x + 16).attr("y", 48), text);
			x += width;
		}
	}
	#drawPane(content, pane) {
		const missing = 1 - pane.width;
		this.#text(content.append("text").attr("class", "strong text").attr("y", this.#y - 8), paneHeading(this.#picture, this.#layout, pane));
		const top = this.#y;
		const rows = rowsOf(pane);
		for (const [i, row] of rows.entries()) this.#drawBars(content, row, top + i * ROW);
		for (const box of pane.boxes) if (box.cutCost > 0) this.#drawTear(content, box, top);
		for (const [i, row] of rows.entries()) this.#drawBoxLabels(content, pane, row, top + i * ROW);
		this.#y += rows.length * ROW;
		if (missing > .12) this.#drawMissingWidth(content, pane, 1 - missing, top);
		this.#y = Math.max(this.#y, top + ROW);
		if (pane.deeperLevels > 0) {
			this.#text(content.append("text").attr("class", "small muted").attr("y", this.#y + 13), `+${formatCount(pane.deeperLevels)} deeper ${pane.deeperLevels === 1 ? "level" : "levels"}`);
			this.#y += ROW;
		}
	}
	#drawBars(content, boxes, y) {
		const row = this.#row(content, y).attr("class", "row");
		for (const run of this.#mergedRuns(boxes)) {
			this.#drawRun(row, run.status, run.x0, run.x1, 0, BAR);
			if (run.status === "gone" || run.status === "added") this.#drawRun(row, `${run.status}-line`, run.x0, run.x1, 17, 2);
		}
		for (const box of boxes) {
			const x = this.#innerLength(box.x1);
			row.append("line").attr("class", "edge").attr("x1", x).attr("x2", x).attr("y2", BAR);
		}
	}
	/** After the tears, which run through rows of other boxes. */
	#drawBoxLabels(content, pane, boxes, y) {
		const row = this.#row(content, y);
		for (const box of boxes) if (box.cutCost > 0) this.#drawCutLabel(row, box);
		else if (box.nodes.length > 0) this.#drawBoxLabel(row, pane, box);
	}
	#row(content, y) {
		return content.append("svg").attr("y", y).attr("width", this.#innerLength(1)).attr("height", BAR);
	}
	/** Runs of a row across its boxes, which have their edges drawn over them. */
	#mergedRuns(boxes) {
		const merged = [];
		for (const run of boxes.flatMap((box) => box.runs)) {
			const status = this.#picture.hasBase ? run.status : "kept";
			const last = merged.at(-1);
			if (last?.status === status && last.x1 === run.x0) merged[merged.length - 1] = {
				...last,
				x1: run.x1
			};
			else merged.push({
				...run,
				status
			});
		}
		return merged;
	}
	#drawRun(row, className, x0, x1, y, height) {
		const rect = row.append("rect").attr("class", className).attr("x", this.#innerLength(x0));
		if (y > 0) rect.attr("y", y);
		rect.attr("width", this.#innerLength(x1, x0)).attr("height", height);
	}
	#drawBoxLabel(row, pane, box) {
		const { graph } = this.#picture;
		const names = box.nodes.map((node) => visibleText(graph.label[node], 80) || "(no name)");
		const total = pane.side === "base" ? baseTotal : headTotal;
		const value = formatQuantity(this.#unit, total(graph, box.nodes[0]));
		const tear = firstTear(pane, box);
		if (tear === null) this.#drawClippedLabels(row, box, (columns) => boxLabel(names, value, columns));
		else this.#drawClippedLabels(row, {
			...box,
			x1: tear
		}, (columns) => boxLabel(names, value, columns - BREAK_COLUMNS));
	}
	#drawCutLabel(row, box) {
		const cost = formatQuantity(this.#unit, box.cutCost);
		this.#drawClippedLabels(row, box, (columns) => firstThatFits([`${cost} unchanged`, cost], columns - BREAK_COLUMNS));
	}
	#drawClippedLabels(row, box, choose) {
		const labels = this.#labelsByWidth(box.x1 - box.x0, CHARACTER_WIDTH.normal, choose);
		if (labels.length === 0) return;
		const clip = row.append("svg").attr("x", this.#innerLength(box.x0)).attr("width", this.#innerLength(box.x1, box.x0)).attr("height", BAR);
		for (const label of labels) this.#text(clip.append("text").attr("class", withClass(label.className, "text")).attr("x", 4).attr("y", 14), label.text);
	}
	/** A tear through all rows above what is cut short, near its right end. */
	#drawTear(content, box, top) {
		const teeth = 2 * (box.depth + 1);
		const zigzag = (x) => `M${x} 0${Array.from({ length: teeth }, (_, i) => `l${i % 2 === 0 ? 3 : -3} ${ROW / 2}`).join("")}`;
		const back = Array.from({ length: teeth }, (_, i) => `l${i % 2 === 0 ? 3 : -3} -10`).join("");
		const tear = content.append("svg").attr("x", this.#innerLength(box.x1)).attr("y", top).attr("overflow", "visible");
		tear.append("path").attr("class", "card").attr("d", `${zigzag(-11)}h4${back}`);
		tear.append("path").attr("class", "tear").attr("d", `${zigzag(-11)}${zigzag(-7)}`);
	}
	#drawMissingWidth(content, pane, from, top) {
		const base = this.#layout.base?.total ?? 0;
		const head = this.#layout.head?.total ?? 0;
		const status = pane.side === "base" ? "added" : "gone";
		content.append("rect").attr("class", `${status}-outline`).attr("x", this.#innerLength(from)).attr("y", top + .5).attr("width", this.#innerLength(1, from)).attr("height", 18).attr("rx", 3).attr("stroke-dasharray", "4 3");
		const texts = [formatChange(this.#unit, base, head), formatPercent(base, head)];
		const clip = content.append("svg").attr("x", this.#innerLength(from)).attr("y", top).attr("width", this.#innerLength(1, from)).attr("height", BAR);
		for (const label of this.#labelsByWidth(1 - from, CHARACTER_WIDTH.strong, (columns) => firstThatFits(texts, columns))) this.#text(clip.append("text").attr("class", withClass(label.className, "strong text")).attr("x", this.#target.kind === "fixed" ? this.#pixels((1 - from) / 2) : "50%").attr("y", 14).attr("text-anchor", "middle"), label.text);
	}
	#drawFooter(content) {
		const lines = footerLines(this.#picture, this.#layout);
		this.#y += lines.length > 0 ? 24 : 12;
		for (const wordings of lines) {
			this.#drawLabel(content, this.#y, 1, CHARACTER_WIDTH.small, "small muted", (columns) => firstThatFits(wordings, columns));
			this.#y += 15;
		}
	}
	#drawLabel(parent, y, width, characterWidth, className, choose) {
		for (const label of this.#labelsByWidth(width, characterWidth, choose)) this.#text(parent.append("text").attr("class", withClass(label.className, className)).attr("y", y), label.text);
	}
	/** The distinct labels for a box of this share of the width, each with the classes that show it. */
	#labelsByWidth(width, characterWidth, choose) {
		const columnsAt = (pixels) => Math.floor((width * pixels - 8) / characterWidth);
		if (this.#target.kind === "fixed") {
			const text = choose(columnsAt(FIXED_WIDTH * (1 - 2 * PADDING)));
			return text === "" ? [] : [{
				className: "",
				text
			}];
		}
		const classes = /* @__PURE__ */ new Map();
		for (const { className, width: pixels } of LABEL_WIDTHS) {
			const text = choose(columnsAt(pixels));
			if (text !== "") classes.set(text, [...classes.get(text) ?? [], className]);
		}
		return [...classes].map(([text, names]) => ({
			className: names.length === LABEL_WIDTHS.length ? "" : names.join(" "),
			text
		}));
	}
	#text(element, content) {
		element.text(legalXmlText(content));
	}
	/** A length on the whole picture. */
	#outerLength(share) {
		return this.#target.kind === "fixed" ? round(share * FIXED_WIDTH, 2) : `${round(share * 100, 3)}%`;
	}
	/** A position in the drawing, or the width from `from` to it: of rounded positions, so that neighbours touch. */
	#innerLength(share, from = 0) {
		if (this.#target.kind === "fixed") return round(this.#pixels(share) - this.#pixels(from), 2);
		return `${round(round(share * 100, 3) - round(from * 100, 3), 3)}%`;
	}
	#pixels(share) {
		return round(share * FIXED_WIDTH * (1 - 2 * PADDING), 2);
	}
};
function rowsOf(pane) {
	const rows = Array.from({ length: pane.rows }, () => []);
	for (const box of pane.boxes) rows[box.depth].push(box);
	return rows;
}
/** Where the first of the tears through a box is, which its label ends before; null where none goes through it. */
function firstTear(pane, box) {
	const tears = pane.boxes.filter(({ cutCost, depth, x1 }) => cutCost > 0 && depth > box.depth && x1 > box.x0 && x1 <= box.x1 + 1e-9);
	return tears.length === 0 ? null : Math.min(...tears.map(({ x1 }) => x1));
}
function withClass(first, second) {
	return first === "" ? second : `${first} ${second}`;
}
function round(value, decimals) {
	const factor = 10 ** decimals;
	return Number.isFinite(value) ? Math.round(value * factor) / factor : 0;
}

export { renderSvg as t };