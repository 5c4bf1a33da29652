import { S as metricById } from "./profile.js";
import { c as doesFail, l as exceededLimits, s as doesBenchmarkFail, u as isOverBudget } from "./report.js";
import { a as OUTSIDE_NAME } from "./flamegraph.js";
import { n as buildReportData, t as encodeReportData } from "./viewer-data.js";
import { gzipSync } from "node:zlib";
import { createHash } from "node:crypto";

// src/render/escape.ts
/** Long enough for any name that a person would read; C++ templates reach tens of thousands. */
const LONGEST_NAME = 160;
/** Controls, format characters (bidi, zero-width, tags), lone surrogates, and what fonts draw as nothing. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu;
/**
* One line of what can be seen: line breaks and tabs become a space, other invisible characters their `\uXXXX`.
* Longer text ends in '…'. Not yet safe in any markup.
*/
function visibleText(text, longest = LONGEST_NAME) {
	return showInvisible(cutText(text, longest)).trim();
}
function showInvisible(text) {
	return text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ").replace(INVISIBLE, escapeCodePoint);
}
function escapeCodePoint(character) {
	const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
	return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
}
function cutText(text, longest) {
	if (text.length <= longest) return text;
	const isSurrogatePair = /[\uD800-\uDBFF]/.test(text[longest - 2] ?? "");
	return `${text.slice(0, longest - (isSurrogatePair ? 2 : 1))}…`;
}
/**
* A name as inline code of GitHub's markdown, for paragraphs, headings, links and table cells. Inside code nothing is
* a mention, a reference or a link.
*/
function markdownCode(name, longest) {
	const visible = nameText(name, longest);
	return /^[^`|\\]+$/.test(visible) ? `\`${visible}\`` : htmlCode(name, longest);
}
/** A name as `<code>`: for HTML blocks in markdown, such as `<summary>`, where code spans are not read. */
function htmlCode(name, longest) {
	return `<code>${nameText(name, longest).replace(/[^\p{L}\p{N} …]/gu, numericEntity).replaceAll("&#64;", "<!-- -->&#64;")}</code>`;
}
/**
* Prose that is not ours, in markdown: `between backticks` becomes code, and no other mark-up, link, mention or
* reference can come out of it.
*/
function markdownText(text, longest = 2e3) {
	const parts = visibleText(text, longest).split("`");
	if (parts.length % 2 === 0) return escapeProse(parts.join("`"));
	return parts.map((part, i) => {
		if (i % 2 === 0) return escapeProse(part);
		return part.trim() === "" ? escapeProse(`\`${part}\``) : markdownCode(part, longest);
	}).join("");
}
/** Mentions, references to issues (`#1`, `GH-1`) and commits, addresses, lists, and all that markdown knows. */
const PROSE_MARKUP = /[@#]|\bGH(?=-\d)|\b[0-9a-f]{40,64}\b|www\.|^[-+=]|^\d+[.)]|[&<>`|*_~[\]!\\${}:]/gi;
function escapeProse(text) {
	return text.replace(PROSE_MARKUP, (found) => {
		if (/^(?:[@#]|GH|[0-9a-f]{40,})$/i.test(found)) return `<code>${found}</code>`;
		return found.slice(0, -1) + numericEntity(found.slice(-1));
	});
}
/**
* Lines as a fenced block that they cannot close. `language` is a word of ours.
*/
function markdownFence(lines, language = "text") {
	let longestRun = 2;
	for (const run of lines.join("\n").matchAll(/`+/g)) longestRun = Math.max(longestRun, run[0].length);
	const fence = "`".repeat(longestRun + 1);
	return [
		fence + language,
		...lines,
		fence
	].join("\n");
}
/** Text for HTML, as content or between quotes of an attribute. */
function escapeHtml(text) {
	return text.replace(/[&<>"']/g, numericEntity);
}
/** Text without what XML 1.0 forbids even as an entity. A DOM or `escapeHtml` still has to encode mark-up. */
function legalXmlText(text) {
	return text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "");
}
/** A name as one line for a terminal: escape sequences are shown, not obeyed. */
function terminalText(text, longest) {
	return visibleText(text, longest);
}
/** A line of output, indented as it was: compilers point at a place in the line above. */
function terminalLine(line, longest) {
	return showInvisible(cutText(line, longest)).trimEnd();
}
/**
* Text as one line for what shows plain text and counts its length: `longest` UTF-16 units at most, what cannot be seen
* as `\uXXXX`, and never half a character.
*/
function plainLine(text, longest) {
	return cutText(visibleText(text, longest), longest);
}
/** The last lines of a command's output that say something, without colours and cursor movements, safe for a fence or a terminal. */
function outputLines(lines, maximumLines = 10) {
	return lines.map((line) => {
		const shown = stripEscapeSequences(line.slice(-4e3)).replace(/[\r\n]+$/, "");
		return showInvisible(cutText(shown.slice(shown.lastIndexOf("\r") + 1), 300)).trimEnd();
	}).filter((line) => line !== "").slice(-maximumLines);
}
/** Removes CSI and OSC sequences, and other two-character ones. */
function stripEscapeSequences(text) {
	return text.replace(/(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|\u001B\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|\u001B[ -/]*[0-Z\\^-~]/g, "");
}
/** An address for a link, or null when it is not plain https. */
function safeUrl(url) {
	return url != null && /^https:\/\/[\w.~:/?#@!$&+,;=%-]{1,2000}$/.test(url) ? url : null;
}
function nameText(name, longest) {
	return visibleText(name, longest) || "(no name)";
}
function numericEntity(character) {
	return `&#${character.codePointAt(0)};`;
}

// src/render/cut-markdown.ts
const NOTICE = "The rest does not fit here. It is in the report.";
/**
* Markdown of at most so many bytes of UTF-8: cut between two blocks, never inside a fence, what is folded open closed
* again, and with a line that says so. Text that fits stays as it is.
*/
function cutMarkdown(markdown, longestBytes) {
	if (Buffer.byteLength(markdown) <= longestBytes) return markdown;
	const kept = [];
	let bytes = 0;
	let fence = null;
	let openDetails = 0;
	let best = {
		lines: 0,
		openDetails: 0
	};
	for (const line of markdown.split("\n")) {
		if (fence === null && line.trim() === "" && bytes + endingOf(openDetails).length <= longestBytes) best = {
			lines: kept.length,
			openDetails
		};
		bytes += Buffer.byteLength(line) + 1;
		if (bytes > longestBytes) break;
		kept.push(line);
		fence = fenceAfter(line, fence);
		if (fence !== null) continue;
		if (line.startsWith("<details")) openDetails += 1;
		if (line.endsWith("</details>") && openDetails > 0) openDetails -= 1;
	}
	return kept.slice(0, best.lines).join("\n") + endingOf(best.openDetails);
}
function endingOf(openDetails) {
	return `${"\n\n</details>".repeat(openDetails)}\n\n${NOTICE}\n`;
}
/** The run of backticks that has to come before the text goes on as markdown, or null where it does. */
function fenceAfter(line, fence) {
	const [, run] = /^ {0,3}(`{3,})[^`]*$/.exec(line) ?? [];
	if (run === void 0) return fence;
	if (fence === null) return run;
	return run.length >= fence.length && line.trim() === run ? null : fence;
}

// src/render/quantity.ts
const MINUS = "−";
const BYTE_UNITS = [
	"B",
	"KB",
	"MB",
	"GB",
	"TB",
	"PB",
	"EB"
];
/** '300 KB' or '29,621'. */
function formatQuantity(unit, value) {
	return unit === "bytes" ? formatBytes(value) : formatCount(value);
}
/** '544 B', '72.7 KB', '300 KB', '1.71 MB'. */
function formatBytes(bytes) {
	if (!Number.isFinite(bytes)) return "n/a";
	const sign = Math.round(bytes) < 0 ? MINUS : "";
	let size = Math.abs(Math.round(bytes));
	let unit = 0;
	let step = 1;
	while (size / step >= 1e3) step *= 10;
	size = Math.round(size / step) * step;
	let divisor = 1;
	while (size / divisor >= 1e3 && unit < BYTE_UNITS.length - 1) {
		divisor *= 1e3;
		unit++;
	}
	return `${sign}${groupThousands(String(Number((size / divisor).toPrecision(15))))} ${BYTE_UNITS[unit]}`;
}
/** '29,621'. */
function formatCount(count) {
	if (!Number.isFinite(count)) return "n/a";
	const rounded = Math.round(count);
	return (rounded < 0 ? MINUS : "") + groupThousands(Math.abs(rounded).toFixed(0));
}
/** '+4.61 KB', '−21,849', '0'. */
function formatDelta(unit, delta) {
	if (!Number.isFinite(delta)) return "n/a";
	if (Math.round(delta) === 0) return "0";
	return delta > 0 ? `+${formatQuantity(unit, delta)}` : formatQuantity(unit, delta);
}
/** From this many times base on a percentage is harder to read than the factor. */
const FACTOR_FROM = 10;
/**
* The change as a share of base: '−85 %', '+4.1 %', '<0.1 %', from ten times as much on '×228', 'new' where base is 0,
* '0 %' only where nothing changed, '−100 %' only where nothing is left.
*/
function formatPercent(base, head) {
	if (!Number.isFinite(base) || !Number.isFinite(head)) return "n/a";
	if (base === head) return `0 %`;
	if (base === 0) return "new";
	const percent = (head - base) / base * 100;
	const size = Math.abs(percent);
	if (!Number.isFinite(size)) return "n/a";
	if (size < .1) return `<0.1 %`;
	if (head / base >= FACTOR_FROM) return `×${threeDigits(head / base)}`;
	return `${percent < 0 ? MINUS : "+"}${roundedPercent(size, percent < 0 && head !== 0)} %`;
}
/** A share from 0 to 1 as '97 %'; '100 %' only when it is exactly that. */
function formatShare(share) {
	if (!Number.isFinite(share * 100)) return "n/a";
	if (share <= 0) return `0 %`;
	if (share < .001) return `<0.1 %`;
	return `${roundedPercent(share * 100, share < 1)} %`;
}
/** '2 MB → 300 KB'. */
function formatBaseToHead(unit, base, head) {
	return `${formatQuantity(unit, base)} → ${formatQuantity(unit, head)}`;
}
/** '−1.7 MB (−85 %)', '0' when nothing changed. */
function formatChange(unit, base, head) {
	return base === head ? "0" : `${formatDelta(unit, head - base)} (${formatPercent(base, head)})`;
}
/** Whole percents from 10 up, one decimal below; `mayNotReach100` keeps what is left of 100 visible. */
function roundedPercent(size, mayNotReach100) {
	if (mayNotReach100 && size >= 99.5 && size <= 100) return Math.min(99.9, Math.floor(size * 10) / 10).toFixed(1);
	const tenths = Math.round(size * 10) / 10;
	return tenths < 10 ? tenths.toFixed(1) : groupThousands(BigInt(Math.round(size)).toString());
}
/** '12.5', '228', '17,000': three digits, whole above that. */
function threeDigits(size) {
	return size < 99.95 ? String(Math.round(size * 10) / 10) : groupThousands(BigInt(Math.round(size)).toString());
}
/** The same where lines break: numbers stay with their units, and head's with the arrow. */
function unbroken(text) {
	return text.replace(/ (?=[KMGTPE]?B\b|%)|(?<=→) /g, "\xA0");
}
function groupThousands(digits) {
	const [whole, fraction] = digits.split(".");
	let grouped = "";
	for (let i = 0; i < whole.length; i++) {
		if (i > 0 && (whole.length - i) % 3 === 0) grouped += ",";
		grouped += whole[i];
	}
	return fraction === void 0 ? grouped : `${grouped}.${fraction}`;
}

// src/render/text-width.ts
/** Columns that a text takes in a fixed-width font: 2 for East Asian wide characters and emoji, 0 for marks. */
function textWidth(text) {
	let width = 0;
	for (const character of text) width += characterWidth(character);
	return width;
}
/** Cuts a text to `columns`, with '…' as its last character when something is missing. */
function fitText(text, columns) {
	if (textWidth(text) <= columns) return text;
	if (columns < 1) return "";
	let fitted = "";
	let width = 1;
	for (const character of text) {
		width += characterWidth(character);
		if (width > columns) break;
		fitted += character;
	}
	return `${fitted.trimEnd()}…`;
}
/** As `String.padEnd`, in columns of a terminal. */
function padEnd(text, columns) {
	return text + " ".repeat(Math.max(0, columns - textWidth(text)));
}
/** As `String.padStart`, in columns of a terminal. */
function padStart(text, columns) {
	return " ".repeat(Math.max(0, columns - textWidth(text))) + text;
}
function characterWidth(character) {
	if (/\p{M}/u.test(character)) return 0;
	const code = character.codePointAt(0) ?? 0;
	return code >= 4352 && code <= 4447 || code >= 11904 && code <= 42191 || code >= 44032 && code <= 55203 || code >= 63744 && code <= 64255 || code >= 65072 && code <= 65135 || code >= 65280 && code <= 65376 || code >= 127744 && code <= 129791 || code >= 131072 ? 2 : 1;
}

// src/render/call-tree.ts
/** Deeper rows are drawn at this depth: a tree must not push its own numbers off the screen. */
const DEEPEST = 12;
/**
* The call tree in aligned columns: names with box characters, base, head, change. Names are visible text, one line
* each, but not escaped for any markup.
*
* @param columns of the whole table; names are cut to fit
* @param hasBase false: head alone
*/
function callTreeLines(tree, unit, columns, hasBase = true) {
	const rows = tree.rows.map((row) => ({
		base: hasBase ? formatQuantity(unit, row.base) : "",
		head: formatQuantity(unit, row.head),
		change: hasBase ? changeWords(row.base, row.head, row.isMoved) : "",
		direction: row.head < row.base ? "less" : row.head > row.base ? "more" : "same"
	}));
	const titles = hasBase ? [
		"base",
		"head",
		"change"
	] : [
		"",
		"head",
		""
	];
	const baseWidth = widest([titles[0], ...rows.map((row) => row.base)]);
	const headWidth = widest([titles[1], ...rows.map((row) => row.head)]);
	const changeWidth = widest([titles[2], ...rows.map((row) => row.change)]);
	const room = Math.max(16, columns - baseWidth - headWidth - changeWidth - 6);
	const branches = treeBranches(tree);
	const labels = tree.rows.map((row, i) => nameInTree(branches[i], row.names, room));
	const nameWidth = Math.min(room, widest(labels));
	const line = (name, base, head, change) => [
		padEnd(name, nameWidth),
		...hasBase ? [padStart(base, baseWidth)] : [],
		padStart(head, headWidth),
		change
	].join("  ").trimEnd();
	const lines = [{
		text: line("", titles[0], titles[1], titles[2]),
		direction: "same"
	}];
	for (const [i, row] of rows.entries()) lines.push({
		text: line(labels[i], row.base, row.head, row.change),
		direction: row.direction
	});
	return lines;
}
/** The '│  ├─ ' in front of each row. */
function treeBranches(tree) {
	const hasNextSibling = [];
	return tree.rows.map((row) => {
		const depth = Math.min(row.depth, DEEPEST);
		hasNextSibling[depth] = row.hasNextSibling;
		if (depth === 0) return "";
		return `${hasNextSibling.slice(1, depth).map((hasNext) => hasNext ? "│  " : "   ").join("")}${row.hasNextSibling ? "├─ " : "└─ "}`;
	});
}
function nameInTree(branch, names, room) {
	const visible = names.map((name) => visibleText(name, 100) || "(no name)");
	const full = visible.join(" › ");
	const columns = Math.max(8, room - textWidth(branch));
	if (textWidth(full) <= columns || visible.length === 1) return branch + fitText(full, columns);
	return branch + fitText(`… › ${visible[visible.length - 1]}`, columns);
}
function changeWords(base, head, isMoved) {
	if (base === head) return isMoved ? "=  moved" : "=";
	return `${head < base ? "▼" : "▲"} ${formatPercent(base, head)}${isMoved ? "  moved" : ""}`;
}
function widest(texts) {
	return Math.max(0, ...texts.map(textWidth));
}

// src/render/headline.ts
/**
* The result in one line, the same words in every output: '2 MB → 300 KB (−85 %)'. Holds no names, so it needs no
* escaping.
*/
function headline(subject) {
	if (!("benchmarks" in subject)) return benchmarkHeadline(subject);
	return subject.benchmarks.length === 1 ? benchmarkHeadline(subject.benchmarks[0]) : countVerdicts(subject);
}
/** The metric that the headline is about: the primary one, unless that is unchanged and another is surely not. */
function leadingMetric(benchmark) {
	const primary = benchmark.metrics.find(({ metric }) => metric.id === benchmark.primary) ?? null;
	if (primary === null || primary.verdict !== "unchanged") return primary;
	for (const verdict of [
		"regressed",
		"grew",
		"improved"
	]) {
		const changed = benchmark.metrics.find((metric) => metric.verdict === verdict && (verdict === "regressed" || !metric.isAdvisory));
		if (changed !== void 0) return changed;
	}
	return primary;
}
/**
* What the headline would hide, in table order: other metrics that surely got worse. When the headline itself is bad
* news, only those that are over a limit.
*/
function alsoWorse(benchmark) {
	const leading = leadingMetric(benchmark);
	const isBadNews = leading?.verdict === "grew" || leading?.verdict === "regressed";
	return benchmark.metrics.filter((metric) => metric !== leading && (metric.verdict === "regressed" || metric.verdict === "grew" && !metric.isAdvisory && !isBadNews));
}
/** What the headline leaves out, to stand behind it: 'over its limit', 'but peak heap over the budget'. Holds no names. */
function headlineSuffixes(benchmark) {
	if (benchmark.verdict === "cancelled" || benchmark.verdict === "failed") return [];
	const leading = leadingMetric(benchmark);
	const suffixes = leading?.verdict === "regressed" ? [`over its ${limitWord(leading)}`] : [];
	const worse = alsoWorse(benchmark);
	const over = worse.filter(({ verdict }) => verdict === "regressed");
	const worseWords = [...["budget", "limit"].map((word) => ({
		metrics: over.filter((metric) => limitWord(metric) === word),
		words: `over the ${word}`
	})), {
		metrics: worse.filter(({ verdict }) => verdict === "grew"),
		words: "grew"
	}].filter(({ metrics }) => metrics.length > 0).map(({ metrics, words }) => `${joinWords(metrics.map(({ metric }) => metric.label.toLowerCase()))} ${words}`);
	if (worseWords.length > 0) suffixes.push(`${leading?.verdict === "improved" ? "but" : "and"} ${joinWords(worseWords)}`);
	return suffixes;
}
/** The suffixes of a heading, which also says that somebody accepted the growth. */
function titleSuffixes({ accepted }, benchmark) {
	const isAccepted = exceededLimits(benchmark).length > 0 && !doesBenchmarkFail(benchmark, accepted);
	return [...headlineSuffixes(benchmark), ...isAccepted ? ["accepted"] : []];
}
function limitWord(metric) {
	return isOverBudget(metric) ? "budget" : "limit";
}
function joinWords(words) {
	return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}
/** What the program does with the headline's quantity, to stand after its name: 'allocates 2 MB → 300 KB (−85 %)'. */
function headlinePhrase(benchmark) {
	const leading = leadingMetric(benchmark);
	if (leading === null) return headline(benchmark);
	return PHRASES[leading.metric.id].replace("#", metricChange(leading, benchmark.baseFailure));
}
const PHRASES = {
	allocated: "allocates #",
	allocations: "makes # allocations",
	temporary: "makes # temporary allocations",
	peak: "has a peak heap of #",
	leaked: "leaves live at exit #"
};
function benchmarkHeadline(benchmark) {
	if (benchmark.verdict === "cancelled") return "cancelled";
	const leading = leadingMetric(benchmark);
	if (benchmark.verdict === "failed" || leading === null) return `head ${failureWords(benchmark.headFailure)}`;
	const change = metricChange(leading, benchmark.baseFailure);
	return leading.metric.id === benchmark.primary ? change : `${leading.metric.label.toLowerCase()} ${change}`;
}
function metricChange(report, baseFailure) {
	const { base, head, delta } = report;
	const { unit } = report.metric;
	if (base === null || delta === null) {
		const reason = baseFailure === null ? "no base" : `base ${failureWords(baseFailure)}`;
		return `${formatQuantity(unit, head)} (${reason})`;
	}
	if (report.verdict === "unchanged" || delta === 0) return `${formatQuantity(unit, head)} (no change)`;
	return `${formatQuantity(unit, base) === formatQuantity(unit, head) ? `${formatQuantity(unit, base)} ${formatDelta(unit, delta)}` : formatBaseToHead(unit, base, head)} (${formatPercent(base, head)})`;
}
/** 'did not build', to stand after 'base' or 'head'. */
function failureWords(failure) {
	switch (failure?.phase) {
		case "checkout": return "could not be checked out";
		case "build": return "did not build";
		case "run": return "did not run to its end";
		case "handover": return "has no measurement";
		default: return "could not be measured";
	}
}
const COUNTED = [
	["regressed", (count) => count === 1 ? "over its limit" : "over their limits"],
	["failed", () => "failed"],
	["cancelled", () => "cancelled"],
	["grew", () => "grew"],
	["improved", () => "improved"],
	["new", () => "new"]
];
function countVerdicts(report) {
	const total = report.benchmarks.length;
	if (total === 0) return "nothing was measured";
	const parts = [];
	for (const [verdict, words] of COUNTED) {
		const count = report.benchmarks.filter((benchmark) => benchmark.verdict === verdict).length;
		if (count === 0) continue;
		const of = parts.length === 0 ? ` of ${formatCount(total)} benchmarks` : "";
		parts.push(`${formatCount(count)}${of} ${words(count)}`);
	}
	return parts.length === 0 ? `no change in ${formatCount(total)} benchmarks` : parts.join(", ");
}

// src/render/culprit.ts
/**
* One sentence on the function that explains most of the headline's change; null when there is none.
*
* @param showName makes the function's name safe for the output, perhaps a link
*/
function culpritSentence(benchmark, showName) {
	const { culprit } = benchmark;
	const metric = leadingMetric(benchmark);
	if (culprit === null || metric?.metric.id !== benchmark.primary) return null;
	return sentenceOf(culprit, metric, showName(culprit));
}
function sentenceOf(culprit, metric, name) {
	const { unit } = metric.metric;
	const base = formatQuantity(unit, culprit.base);
	const head = formatQuantity(unit, culprit.head);
	const sentence = [`${name}, with all that it calls, ${movement(culprit, base, head)}`];
	if (base === head) sentence.push(` (${formatDelta(unit, culprit.head - culprit.base)})`);
	if (metric.metric.id !== "allocations") sentence.push(callWords$2(culprit));
	return `${sentence.join("")}: ${shareWords(culprit.share)}.${touchedWords(culprit)}`;
}
/** The line is the one at which the function's total changed most. */
function touchedWords({ isOnChangedLine, line }) {
	return isOnChangedLine && line !== null ? ` It changed most on line ${line}, one of the changed lines.` : "";
}
/** More names would hide what the sentence says. */
const MOST_WRAPPERS = 2;
/**
* Who allocates for the functions in the list of those that changed: 'libraries and `xmalloc`'.
*
* @param showName makes a function's name safe for the output
*/
function agentWords({ wrappers }, showName) {
	const names = wrappers.slice(0, MOST_WRAPPERS).map(showName);
	const more = wrappers.length > MOST_WRAPPERS ? ["other wrappers"] : [];
	const agents = [
		"libraries",
		...names,
		...more
	];
	return agents.length === 1 ? agents[0] : `${agents.slice(0, -1).join(", ")} and ${agents[agents.length - 1]}`;
}
/** Why a benchmark counts as unchanged. */
function unchangedSentence({ metrics, runs }) {
	if (metrics.length === 0) return "";
	if (metrics.every(({ delta }) => delta === 0)) return "Every number is the same on both sides.";
	return `What differs is below \`ignore-below\`${runs > 1 ? ", or within what the runs of one side differ by" : ""}.`;
}
/** Why head stands alone; empty where it does not, and where base failed, which has a message of its own. */
function missingBaseSentence({ base }, { verdict, baseFailure }, showRevision) {
	if (verdict !== "new" || baseFailure !== null) return "";
	return base === null ? "Only head was measured, so there is nothing to compare with." : `There is no result on base ${showRevision(base)} to compare with. Limits on growth do not apply yet.`;
}
/** A sentence for each metric that grew behind a better headline. What is over a limit has a sentence of its own. */
function alsoWorseSentences(benchmark) {
	return alsoWorse(benchmark).flatMap(({ metric: { label, unit }, base, head, verdict }) => base === null || verdict === "regressed" ? [] : [`${label} grew by ${formatQuantity(unit, head - base)} (${formatBaseToHead(unit, base, head)}).`]);
}
/** Empty where calls were not measured, or are the same. */
function callWords$2({ baseCalls, headCalls }) {
	if (baseCalls === headCalls) return "";
	if (baseCalls === 0) return `, in ${countAllocations(headCalls)}`;
	if (headCalls === 0) return `, in ${countAllocations(baseCalls)}`;
	return `, in ${formatCount(headCalls)} instead of ${countAllocations(baseCalls)}`;
}
function countAllocations(count) {
	return count === 1 ? "1 allocation" : `${formatCount(count)} allocations`;
}
function movement(culprit, base, head) {
	if (culprit.base === 0) return `is new with ${head}`;
	if (culprit.head === 0) return `is gone with its ${base}`;
	return `went from ${base} to ${head}`;
}
function shareWords(share) {
	if (share > 1.005) return "more than the whole change, other functions went the other way";
	if (share >= .9995) return "all of the change";
	return `${formatShare(share)} of the change`;
}

// src/render/hints.ts
const ADVICE = {
	"built-anew": {
		does: "does the same work on every call",
		remedy: {
			any: "Make one and share it.",
			"c++": "Make one and share it, for example as a `static const` variable.",
			rust: "Make one and share it, for example in a `static` with `LazyLock`."
		}
	},
	"container-filled-anew": {
		does: "fills the same container on every call",
		remedy: {
			any: "Fill it once and share it, or clear it and use it again.",
			"c++": "Fill it once and share it, for example as a `static const` variable, or clear it and use it again.",
			rust: "Fill it once and share it, for example in a `static` with `LazyLock`, or clear it and use it again."
		}
	},
	"pattern-compiled-anew": {
		does: "compiles a regular expression on every call",
		remedy: {
			any: "Compile it once and keep it.",
			"c++": "Compile it once, for example as a `static const std::regex`.",
			rust: "Compile it once, for example in a `static` with `LazyLock`."
		}
	},
	"thrown-away-copies": {
		does: "makes copies that are soon thrown away",
		remedy: {
			any: "Use the original, or share it.",
			"c++": "Take a `const&` or move, where nothing needs a copy of its own.",
			rust: "Borrow instead of `clone`, or share with `Rc` or `Arc`."
		}
	},
	"temporary-strings": {
		does: "makes strings only to throw them away",
		remedy: {
			any: "Use the original text, or write into one buffer that is kept.",
			"c++": "Use a `std::string_view`, or append to one string that is kept.",
			rust: "Use a `&str`, or write into one `String` that is kept."
		}
	},
	"growth-without-reserve": {
		does: "grows a vector step by step",
		remedy: {
			any: "Reserve its final size first, where that is known.",
			"c++": "Call `reserve` first, where the final size is known.",
			rust: "Use `with_capacity`, where the final size is known."
		}
	}
};
/**
* One sentence with what was seen, one with what to do. Code stands between backticks.
*
* @param name safe for the output already
* @param makeSafe makes our own words safe for it: some of them are of C++
*/
function hintSentences({ smell, language, bytes, calls }, name, makeSafe = (words) => words) {
	const { does, remedy } = ADVICE[smell];
	const allocations = calls === 1 ? "1 allocation" : `${formatCount(calls)} allocations`;
	return `${name} ${does} (${formatBytes(bytes)} in ${allocations}). ${makeSafe(remedy[language ?? "any"] ?? remedy.any)}`;
}

// src/render/limits.ts
/**
* 'Bytes allocated grew by 1.74 MB (+638 %); the limit is +5%.'
*
* @param label the metric's, perhaps emphasised
* @param limit as the user wrote it
*/
function exceededSentence(report, label, limit) {
	const { unit } = report.metric;
	if (isOverBudget(report) || report.delta === null) return `${label}: ${formatQuantity(unit, report.head)}; the budget is ${limit}.`;
	const share = report.base === null || report.base === 0 ? "" : ` (${formatPercent(report.base, report.head)})`;
	return `${label} grew by ${formatQuantity(unit, report.delta)}${share}; the limit is +${limit}.`;
}
/** '+5%' of growth, 'budget 64 MB' of head; for a cell of a table. */
function limitWords(report, limit) {
	return isOverBudget(report) ? `budget ${limit}` : `+${limit}`;
}
/**
* Said where base failed.
*
* @param emphasise makes a word stand out in the output; default: nothing does
*/
function notCheckedSentence(emphasise = (word) => word) {
	return `Head was measured, base was not: limits on growth were ${emphasise("not")} checked.`;
}
/**
* What being over these limits means for the check, and who accepted it.
*
* @param isFailing whether the check fails, for whatever reason
* @param showName makes a user's or label's name safe for the output
*/
function consequenceSentence({ accepted }, exceeded, isFailing, showName) {
	const hasBudget = exceeded.some(isOverBudget);
	if (accepted === null || isFailing && !hasBudget) return "This check fails.";
	const who = `${showName(accepted.by)} accepted the growth with the label ${showName(accepted.label)}`;
	return hasBudget ? `${who}, but a budget holds all the same. This check fails.` : `${who}, so this check passes.`;
}

// src/render/links.ts
/** Address of the line at the commit that has it, or null when any part of it is unknown or unsound. */
function sourceUrl(report, place) {
	const revision = place.isGone ? report.base : report.head;
	const repository = safeUrl(report.repositoryUrl)?.replace(/\/+$/, "");
	const sha = fullSha(revision);
	if (repository === void 0 || sha === null || place.file === null || !place.file.isWellFormed()) return null;
	const segments = place.file.split("/");
	if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) return null;
	const anchor = place.line !== null && Number.isSafeInteger(place.line) && place.line > 0 ? `#L${place.line}` : "";
	return safeUrl(`${repository}/blob/${sha}/${segments.map(encodeSegment).join("/")}${anchor}`);
}
/** '4d7c5dd', or null for a revision without one. */
function shortSha(revision) {
	return fullSha(revision)?.slice(0, 7) ?? null;
}
function fullSha(revision) {
	return revision?.sha != null && /^[0-9a-f]{7,64}$/.test(revision.sha) ? revision.sha : null;
}
/** Also encodes what encodeURIComponent leaves alone but ends a link's address in markdown. */
function encodeSegment(segment) {
	return encodeURIComponent(segment).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

// src/render/runs.ts
/** What several runs of each side say of the numbers: '3 runs; peak heap varied by 21 %'; null where there was one. */
function runsWords({ runs, metrics }) {
	if (runs < 2) return null;
	const varied = metrics.flatMap(({ metric, spread }) => {
		if (spread === null || spread.width === 0) return [];
		const size = spread.share === null ? formatQuantity(metric.unit, spread.width) : formatShare(spread.share);
		return `${metric.label.toLowerCase()} varied by ${size}`;
	});
	return `${formatCount(runs)} runs${varied.length === 0 ? ", all alike" : `; ${varied.join(", ")}`}`;
}

// src/render/trust.ts
/** What one has to know to trust the numbers of a benchmark: runs and spread, what was left out, what was matched. */
function trustWords(benchmark) {
	const words = [];
	const runs = runsWords(benchmark);
	if (runs !== null) words.push(runs);
	if (benchmark.isBaseFromCache) words.push("base was measured by an earlier run");
	const excluded = benchmark.excluded?.head?.allocated ?? 0;
	if (excluded > 0) words.push(`${formatBytes(excluded)} that the profiler itself allocates are left out`);
	if (benchmark.matched !== null && benchmark.matched < 1) words.push(`${formatShare(benchmark.matched)} of the bytes are in call stacks that both sides have, or only moved`);
	return words;
}

// src/render/markdown-sentences.ts
/** The heading's words when there is one benchmark. */
function titleOfOne(report, benchmark) {
	if (benchmark.verdict === "cancelled") return "cancelled";
	if (benchmark.verdict === "failed") return `head ${revisionCode(report.head)} ${failureWords(benchmark.headFailure)}`;
	if (benchmark.baseFailure !== null && report.base !== null) {
		const failed = `base ${revisionCode(report.base)} ${failureWords(benchmark.baseFailure)}`;
		const suffixes = headlineSuffixes(benchmark).map((words) => words.replace(/^over/, "and head is over"));
		return [`no comparison, ${failed}`, ...suffixes].join(", ");
	}
	const sentence = `${subject(benchmark)} ${headlinePhrase(benchmark)}`;
	if (benchmark.verdict === "unchanged") return `no change, ${sentence.replace(" (no change)", "")}`;
	if (benchmark.verdict === "new") return `first result, ${sentence.replace(" (no base)", "")}`;
	return [sentence, ...titleSuffixes(report, benchmark)].join(", ");
}
function subject(benchmark) {
	return benchmark.name === "default" ? "the program" : markdownCode(benchmark.name);
}
/** Why the check fails, or why there is no comparison; empty when neither is so. */
function alerts(report, benchmark) {
	if (benchmark.headFailure !== null) return alert$1("CAUTION", [`${markdownText(benchmark.headFailure.message)}`, "This check fails."]);
	if (benchmark.verdict === "failed") return alert$1("CAUTION", ["Head could not be measured. This check fails."]);
	const exceeded = exceededLimits(benchmark);
	const kind = doesBenchmarkFail(benchmark, report.accepted) ? "CAUTION" : "NOTE";
	const limits = exceeded.map(limitSentence$2);
	if (exceeded.length > 0) limits.push(consequence(report, exceeded));
	if (benchmark.baseFailure !== null) return alert$1(kind === "CAUTION" ? "CAUTION" : "WARNING", [
		markdownText(benchmark.baseFailure.message),
		notCheckedSentence((word) => `**${word}**`),
		...limits
	]);
	if (exceeded.length > 0) return alert$1(kind, limits);
	return missingBaseSentence(report, benchmark, revisionCode);
}
/** @param shown those that have a line each; the consequence is that of all */
function alertsOfMany(report, shown) {
	const lines = shown.flatMap((benchmark) => {
		const name = markdownCode(benchmark.name);
		if (benchmark.verdict === "failed") {
			const why = benchmark.headFailure === null ? "" : ` ${markdownText(benchmark.headFailure.message)}`;
			return [`${name}: head ${failureWords(benchmark.headFailure)}.${why}`];
		}
		return exceededLimits(benchmark).map((metric) => `${name}: ${limitSentence$2(metric)}`);
	});
	if (lines.length === 0) return "";
	const exceeded = report.benchmarks.flatMap(exceededLimits);
	return alert$1(doesFail(report) ? "CAUTION" : "NOTE", [
		...lines.map((line) => `- ${line}`),
		"",
		consequence(report, exceeded)
	]);
}
/** What being over a limit leads to: a label accepts growth, never a budget. */
function consequence(report, exceeded) {
	return consequenceSentence(report, exceeded, doesFail(report), (name) => markdownCode(name, 60));
}
function alert$1(kind, lines) {
	return [`> [!${kind}]`, ...lines.map((line) => `> ${line}`.trimEnd())].join("\n");
}
function limitSentence$2(report) {
	return exceededSentence(report, `**${report.metric.label}**`, markdownText(report.limit?.text ?? ""));
}
/** What a reader wants to know next: which function, and what else got worse. */
function explanation$2(report, benchmark) {
	if (benchmark.verdict === "unchanged") return unchangedSentence(benchmark);
	const sentences = [];
	const culprit = culpritSentence(benchmark, (found) => `**${linkedCulprit(report, found)}**`);
	if (culprit !== null) sentences.push(culprit);
	sentences.push(...alsoWorseSentences(benchmark));
	return sentences.join("\n");
}
/** Each as a paragraph; of several benchmarks with the name. */
function hintParagraphs(report, benchmarks) {
	return benchmarks.flatMap((benchmark) => benchmark.hints.map((hint) => {
		const about = benchmarks.length > 1 ? ` in ${markdownCode(benchmark.name)}` : "";
		const name = linkedName(report, hint.shortName, {
			...hint,
			isGone: false
		});
		return `**Hint**${about}: ${hintSentences(hint, name)}`;
	}));
}
/** The words of the tables, each explained once. */
function meaningList(benchmarks) {
	if (benchmarks.every(({ verdict }) => verdict === "unchanged")) return "";
	const lines = [...new Map(benchmarks.flatMap((benchmark) => benchmark.metrics.map(({ metric }) => [metric.id, metric]))).values()].map(({ label, meaning }) => `- **${label}**: ${meaning}`);
	if (lines.length === 0) return "";
	if (benchmarks.some(({ changes, callTree }) => changes.some(({ status }) => status === "moved") || callTree?.rows.some(({ isMoved }) => isMoved))) lines.push("- **moved**: the same functions allocate it on both sides, but they are called from elsewhere.");
	if (benchmarks.some((benchmark) => benchmark.metrics.some(({ isAdvisory }) => isAdvisory))) lines.push("- **advisory**: depends on the timing of threads, so it is shown but decides nothing.");
	return lines.join("\n");
}
function linkedCulprit(report, culprit) {
	return linkedName(report, culprit.shortName, {
		...culprit,
		isGone: culprit.head === 0
	});
}
/** A name as code, linked to its line where that is known. */
function linkedName(report, name, place) {
	const url = sourceUrl(report, place);
	return url === null ? markdownCode(name) : `[${markdownCode(name)}](${url})`;
}
/** The picture at its address, leading to the report; empty where it has no address. */
function image(benchmark, links) {
	const source = safeUrl(links.image);
	if (source === null) return "";
	const tag = `<img width="100%" alt="${escapeHtml(headline(benchmark))}" src="${escapeHtml(source)}">`;
	const target = safeUrl(links.report);
	return target === null ? tag : `<a href="${escapeHtml(target)}">${tag}</a>`;
}
/** Which commits, which profiler, and what the numbers leave out. */
function trustLine$1(report, links) {
	return `<sub>${[
		reportLink(links, "Interactive report"),
		report.base === null ? null : `base ${revisionCode(report.base)}`,
		`head ${revisionCode(report.head)}`,
		report.tracker === null ? null : markdownText(`${report.tracker.name} ${report.tracker.version}`, 60),
		...report.benchmarks.length === 1 ? trustWords(report.benchmarks[0]) : []
	].filter((part) => part !== null).join(" · ")}</sub>`;
}
/** Null where the report has no address. */
function reportLink(links, words) {
	const url = safeUrl(links.report);
	return url === null ? null : `[${words}](${url})`;
}
function revisionCode(revision) {
	return markdownCode(shortSha(revision) ?? revision.label, 60);
}

// src/render/verdict.ts
/** The verdict on a metric as a word beside a sign, never a sign or a colour alone: '▼ less'. */
function metricVerdictWords(report) {
	switch (report.verdict) {
		case "improved": return `▼ less${report.isAdvisory ? " (advisory)" : ""}`;
		case "grew": return `▲ more${report.isAdvisory ? " (advisory)" : ""}`;
		case "regressed": return report.limit?.kind === "budget" ? "❌ over budget" : "❌ over limit";
		case "new":
			if (report.limit === null) return "new";
			return report.limit.kind === "budget" ? "within budget" : "not checked";
		case "unchanged": return report.delta === 0 ? "=" : "≈ same";
	}
}
/** The same in signs that every font has. */
function plainVerdictWords(report) {
	return metricVerdictWords(report).replace("❌", "▲");
}
/** The verdict on a whole benchmark, for a row in a table of many. */
function benchmarkVerdictWords(benchmark) {
	switch (benchmark.verdict) {
		case "improved": return "▼ less";
		case "grew": return "▲ more";
		case "regressed": return "❌ over limit";
		case "new": return "new";
		case "failed": return "❌ failed";
		case "cancelled": return "cancelled";
		case "unchanged": return "=";
	}
}

// src/render/markdown-tables.ts
/** The five metrics of one benchmark; empty when there are none. */
function metricTable$2(benchmark) {
	if (benchmark.metrics.length === 0) return "";
	const title = benchmark.name === "default" ? " " : ` ${markdownCode(benchmark.name)} `;
	const hasBase = benchmark.metrics.some((metric) => metric.base !== null);
	const hasLimit = benchmark.metrics.some((metric) => metric.limit !== null);
	const columns = [...hasBase ? ["base → head", "change"] : ["head"], ...hasLimit ? ["limit"] : []];
	const hasVerdict = hasBase || hasLimit;
	const leading = leadingMetric(benchmark);
	return [
		`|${title}| ${columns.join(" | ")} |${hasVerdict ? "  |" : ""}`,
		`| :-- |${columns.map(() => " --: |").join("")}${hasVerdict ? " :-- |" : ""}`,
		...benchmark.metrics.map((metric) => {
			const emphasis = metric === leading ? "**" : "";
			const cells = metricCells(metric, hasBase).map((cell) => emphasis + cell + emphasis);
			if (hasLimit) cells.push(metric.limit === null ? "none" : limitWords(metric, markdownText(metric.limit.text, 60)));
			if (hasVerdict) cells.push(metricVerdictWords(metric));
			return `| ${emphasis}${metric.metric.label}${emphasis} | ${cells.join(" | ")} |`;
		})
	].join("\n");
}
function metricCells({ metric, base, head }, hasBase) {
	if (!hasBase) return [formatQuantity(metric.unit, head)];
	if (base === null) return [formatQuantity(metric.unit, head), "new"];
	return [formatBaseToHead(metric.unit, base, head), formatChange(metric.unit, base, head)].map(unbroken);
}
/** Empty when nothing changed, or no function did. */
function functionTable$2(report, benchmark, maximumRows) {
	const leading = leadingMetric(benchmark);
	const changes = benchmark.changes.filter((change) => change.metric === leading?.metric.id);
	if (leading === null || leading.verdict === "unchanged" || changes.length === 0) return "";
	const { unit } = leading.metric;
	const hasCalls = leading.metric.id !== "allocations" && benchmark.metrics.some(({ metric }) => metric.id === "allocations");
	const rows = changes.slice(0, maximumRows).map((change) => {
		const cells = [
			linkedName(report, change.shortName, {
				...change,
				isGone: change.status === "gone"
			}),
			unbroken(formatBaseToHead(unit, change.base, change.head)),
			unbroken(functionChangeWords(change, unit))
		];
		if (hasCalls) cells.push(callWords$1(change));
		return `| ${cells.join(" | ")} |`;
	});
	return [
		`**Functions that changed most**, each with what ${agentWords(benchmark, (name) => markdownCode(name))} allocate for it`,
		"",
		`| function | base → head | change |${hasCalls ? " allocations |" : ""}`,
		`| :-- | --: | --: |${hasCalls ? " --: |" : ""}`,
		...rows
	].join("\n");
}
function functionChangeWords(change, unit) {
	if (change.status === "moved" && change.delta === 0) return "moved";
	const delta = formatDelta(unit, change.delta);
	return change.status === "grew" || change.status === "shrank" ? delta : `${delta}, ${change.status}`;
}
function callWords$1({ baseCalls, headCalls }) {
	return baseCalls === headCalls ? formatCount(headCalls) : formatBaseToHead("count", baseCalls, headCalls);
}
/** A row for each benchmark that changed. */
function benchmarkTable(rows, links, maximumRows) {
	const first = rows.map(({ benchmark }) => benchmark).find((benchmark) => leadingMetric(benchmark) !== null);
	if (rows.length === 0) return "";
	const columns = {
		leading: first && leadingMetric(first)?.metric.id,
		side: first && sideIdOf(first)
	};
	const label = first && leadingMetric(first)?.metric.label.toLowerCase();
	const side = columns.side === "allocated" ? "bytes" : "allocations";
	const hasSide = rows.some(({ benchmark }) => sideMetric(benchmark)?.delta != null);
	const lines = [
		`| benchmark | ${label ?? ""} base → head | change |${hasSide ? ` ${side} |` : ""}  |`,
		`| :-- | --: | --: |${hasSide ? " --: |" : ""} :-- |`,
		...rows.slice(0, maximumRows).map((row) => benchmarkRow(row, links, hasSide, columns))
	];
	if (rows.length > maximumRows) lines.push("", `… ${formatCount(rows.length - maximumRows)} more in ${reportLink(links, "the report") ?? "the report"}`);
	return lines.join("\n");
}
/** The other metric of a row: how many calls beside bytes, and the other way round. */
function sideMetric(benchmark) {
	const sideId = sideIdOf(benchmark);
	return benchmark.metrics.find(({ metric }) => metric.id === sideId);
}
function sideIdOf(benchmark) {
	return leadingMetric(benchmark)?.metric.id === "allocations" ? "allocated" : "allocations";
}
function benchmarkRow({ benchmark, index }, links, hasSide, columns) {
	const leading = leadingMetric(benchmark);
	const name = linkedBenchmark(benchmark, index, links);
	const verdict = benchmarkVerdictWords(benchmark);
	if (leading === null) return `| ${name} |  |  |${hasSide ? "  |" : ""} ${verdict} |`;
	const cells = metricCells(leading, true);
	cells[0] = labelled(leading, columns.leading, cells[0]);
	const side = sideMetric(benchmark);
	const sideWords = side?.delta == null ? "" : formatDelta(side.metric.unit, side.delta);
	if (hasSide) cells.push(side === void 0 || sideWords === "" ? "" : labelled(side, columns.side, sideWords));
	return `| ${[
		name,
		...cells,
		verdict
	].join(" | ")} |`;
}
function labelled({ metric }, column, words) {
	return metric.id === column ? words : `${metric.label.toLowerCase()} ${words}`;
}
/** Benchmarks in which nothing changed, with one number each. */
function unchangedTable(rows, links, maximumRows) {
	const column = leadingMetric(rows[0].benchmark)?.metric;
	const lines = rows.slice(0, maximumRows).map(({ benchmark, index }) => {
		const primary = leadingMetric(benchmark);
		const value = primary === null ? "" : labelled(primary, column?.id, formatQuantity(primary.metric.unit, primary.head));
		return `| ${linkedBenchmark(benchmark, index, links)} | ${value} |`;
	});
	if (rows.length > maximumRows) lines.push(`| … ${formatCount(rows.length - maximumRows)} more |  |`);
	return [
		`| benchmark | ${column?.label.toLowerCase() ?? ""} |`,
		"| :-- | --: |",
		...lines
	].join("\n");
}
function linkedBenchmark(benchmark, index, links) {
	const url = safeUrl(links.report);
	const name = markdownCode(benchmark.name, 80);
	return url === null || url.includes("#") ? name : `[${name}](${url}#benchmark-${index + 1})`;
}

// src/render/markdown.ts
/** GitHub takes 65,535 characters for each text of a check run; counted in bytes, no text is longer. */
const LONGEST_CHECK_TEXT = 65535;
/** GitHub takes 1 MiB for the summary of a step. */
const LONGEST_SUMMARY = 9e5;
/** The first line of a comment, by which it is found again. Two hyphens in a row would end it. */
function commentMarker(commentName) {
	return `<!-- memtrack-action:${encodeURIComponent(commentName.toWellFormed().slice(0, 100).toWellFormed()).replace(/-(?=-)/g, "%2D")} -->`;
}
function renderComment(report, links, commentName) {
	const marker = commentMarker(commentName);
	return `${marker}\n${fitBlocks(report, links, 59800 - marker.length - 1, COMMENT_EXTENT)}`;
}
/** What a check run shows below its title: the job summary, as much of it as there is room for. */
function renderCheckSummary(report, links) {
	return fitBlocks(report, links, LONGEST_CHECK_TEXT, SUMMARY_EXTENT);
}
function renderSummary(report, links) {
	return fitBlocks(report, links, LONGEST_SUMMARY, SUMMARY_EXTENT);
}
const DROPPED_FIRST = [
	"meanings",
	"callTree",
	"functions",
	"unchanged",
	"hints",
	"notes",
	"output"
];
const COMMENT_EXTENT = {
	benchmarkRows: 50,
	benchmarksInDetail: 5,
	functionRows: 5,
	hints: 2,
	isCallTreeOpen: false
};
const SUMMARY_EXTENT = {
	benchmarkRows: 500,
	benchmarksInDetail: 50,
	functionRows: 20,
	hints: 10,
	isCallTreeOpen: true
};
function fitBlocks(report, links, budget, extent) {
	let blocks = composeBlocks(report, links, extent);
	let excess = Buffer.byteLength(joinBlocks(blocks, 0, links)) - budget;
	let dropped = 0;
	while (excess > 0) {
		const next = nextToDrop(blocks);
		if (next === -1) break;
		excess -= Buffer.byteLength(blocks[next].text);
		if (dropped === 0) excess += NOTICE_BYTES;
		blocks = blocks.toSpliced(next, 1);
		dropped++;
	}
	if (excess <= 0) return joinBlocks(blocks, dropped, links);
	if (extent.benchmarkRows > 1) {
		const benchmarkRows = Math.floor(extent.benchmarkRows / 2);
		const benchmarksInDetail = Math.min(extent.benchmarksInDetail, 1);
		return fitBlocks(report, links, budget, {
			...extent,
			benchmarkRows,
			benchmarksInDetail
		});
	}
	return `## Memory: ${headline(report)}\n\nThe rest does not fit here. It is in the report.\n`;
}
/** More than the line about dropped parts takes, with the longest address. */
const NOTICE_BYTES = 2200;
function nextToDrop(blocks) {
	for (const kind of DROPPED_FIRST) {
		const last = blocks.findLastIndex((block) => block.kind === kind);
		if (last !== -1) return last;
	}
	return -1;
}
function joinBlocks(blocks, dropped, links) {
	const texts = [];
	for (const [i, { text, foldedUnder }] of blocks.entries()) {
		if (text === "") continue;
		const isFirst = blocks[i - 1]?.foldedUnder !== foldedUnder;
		const isLast = blocks[i + 1]?.foldedUnder !== foldedUnder;
		if (foldedUnder !== void 0 && isFirst) texts.push(`<details><summary>${foldedUnder}</summary>`);
		texts.push(text);
		if (foldedUnder !== void 0 && isLast) texts.push("</details>");
	}
	if (dropped > 0) {
		const where = reportLink(links, "the report") ?? "the report";
		const parts = dropped === 1 ? "1 part" : `${formatCount(dropped)} parts`;
		texts.splice(-1, 0, `${parts} left out here for length: see ${where}.`);
	}
	return `${texts.join("\n\n")}\n`;
}
function composeBlocks(report, links, extent) {
	return [...report.benchmarks.length === 1 ? composeOne(report, report.benchmarks[0], links, extent) : composeMany(report, links, extent), kept(trustLine$1(report, links))];
}
function composeOne(report, benchmark, links, extent) {
	return [
		kept(`## Memory: ${titleOfOne(report, benchmark)}`),
		kept(alerts(report, benchmark)),
		failureOutput(benchmark),
		kept(explanation$2(report, benchmark)),
		kept(benchmark.verdict === "unchanged" ? "" : image(benchmark, links)),
		benchmark.verdict === "unchanged" && !extent.isCallTreeOpen ? {
			text: metricTable$2(benchmark),
			kind: "kept",
			foldedUnder: "All metrics"
		} : kept(metricTable$2(benchmark)),
		...hints(report, [benchmark], extent),
		{
			text: functionTable$2(report, benchmark, extent.functionRows),
			kind: "functions"
		},
		foldedCallTree(benchmark, extent),
		notes$1([benchmark]),
		meanings([benchmark])
	];
}
function composeMany(report, links, extent) {
	const indexed = report.benchmarks.map((benchmark, index) => ({
		benchmark,
		index
	}));
	const changed = indexed.filter(({ benchmark }) => benchmark.verdict !== "unchanged");
	const unchanged = indexed.filter(({ benchmark }) => benchmark.verdict === "unchanged");
	const inDetail = changed.slice(0, extent.benchmarksInDetail).map(({ benchmark }) => benchmark);
	const pictured = changed.find(({ benchmark }) => benchmark.flameGraph !== null)?.benchmark;
	return [
		kept(`## Memory: ${headline(report)}`),
		kept(alertsOfMany(report, inDetail)),
		kept(benchmarkTable(changed, links, extent.benchmarkRows)),
		...inDetail.flatMap((benchmark) => [...detail(report, benchmark, extent), kept(benchmark === pictured ? image(benchmark, links) : "")]),
		...hints(report, inDetail, extent),
		unchangedBenchmarks(unchanged, links, extent),
		notes$1(report.benchmarks),
		meanings(report.benchmarks)
	];
}
/** A block each, so that the first stay when there is no room for all. */
function hints(report, benchmarks, extent) {
	return hintParagraphs(report, benchmarks).slice(0, extent.hints).map((text) => ({
		text,
		kind: "hints"
	}));
}
function meanings(benchmarks) {
	return {
		text: meaningList(benchmarks),
		kind: "meanings",
		foldedUnder: "What the words mean"
	};
}
function kept(text) {
	return {
		text,
		kind: "kept"
	};
}
/** What there is to say of one benchmark among several: a sentence, and the rest folded away. */
function detail(report, benchmark, extent) {
	const sentences = explanation$2(report, benchmark);
	const foldedUnder = `${htmlCode(benchmark.name)} ${escapeHtml(headline(benchmark))}`;
	return [
		kept(sentences === "" ? "" : `${markdownCode(benchmark.name)}: ${sentences}`),
		{
			...failureOutput(benchmark),
			foldedUnder
		},
		{
			text: functionTable$2(report, benchmark, extent.functionRows),
			kind: "functions",
			foldedUnder
		},
		{
			text: callTree$1(benchmark),
			kind: "callTree",
			foldedUnder
		}
	].filter((block) => block.text !== "");
}
function foldedCallTree(benchmark, extent) {
	const text = callTree$1(benchmark);
	if (text === "" || extent.isCallTreeOpen) return {
		text,
		kind: "callTree"
	};
	return {
		text,
		kind: "callTree",
		foldedUnder: "Call tree"
	};
}
/** In characters. */
const CALL_TREE_COLUMNS = 90;
function callTree$1({ callTree: tree, metrics, primary, verdict }) {
	const metric = metrics.find((report) => report.metric.id === primary)?.metric;
	if (tree === null || tree.rows.length === 0 || metric === void 0 || verdict === "unchanged") return "";
	const hasBase = metrics.some(({ base }) => base !== null);
	const lines = callTreeLines(tree, metric.unit, CALL_TREE_COLUMNS, hasBase).map((line) => line.text);
	if (tree.hiddenFrames > 0) lines.push(`… ${formatCount(tree.hiddenFrames)} ${tree.hiddenFrames === 1 ? "frame" : "frames"} not shown`);
	return `${metric.label}, with all that each function calls:\n\n${markdownFence(lines)}`;
}
function failureOutput({ baseFailure, headFailure }) {
	const lines = outputLines((headFailure ?? baseFailure)?.lastLines ?? []);
	return {
		text: lines.length === 0 ? "" : markdownFence(lines),
		kind: "output"
	};
}
function unchangedBenchmarks(rows, links, extent) {
	if (rows.length === 0) return {
		text: "",
		kind: "unchanged"
	};
	return {
		text: unchangedTable(rows, links, extent.benchmarkRows),
		kind: "unchanged",
		foldedUnder: `${rows.length === 1 ? "1 benchmark" : `${formatCount(rows.length)} benchmarks`} without change`
	};
}
const MOST_NOTES = 20;
const MOST_NOTES_OF_ONE_BENCHMARK = 10;
function notes$1(benchmarks) {
	return {
		text: benchmarks.flatMap((benchmark) => benchmark.notes.slice(0, MOST_NOTES_OF_ONE_BENCHMARK).map((note) => {
			return `- ${benchmarks.length > 1 ? `${markdownCode(benchmark.name)}: ` : ""}${markdownText(note, 500)}`;
		})).slice(0, MOST_NOTES).join("\n"),
		kind: "notes"
	};
}

// src/render/check-texts.ts
/** GitHub takes no longer description of a commit status. */
const LONGEST_TITLE = 140;
/** Of all benchmarks together; one that was cancelled is an error only when nothing else was measured. */
function checkOutcome(report) {
	const { benchmarks } = report;
	const title = titleOf(report);
	if (doesFail(report)) return {
		state: benchmarks.some(({ verdict }) => verdict !== "cancelled") ? "failure" : "error",
		conclusion: "failure",
		title
	};
	return {
		state: "success",
		conclusion: benchmarks.some(({ verdict }) => verdict !== "new") ? "success" : "neutral",
		title
	};
}
function titleOf(report) {
	const { benchmarks, accepted } = report;
	const suffixes = benchmarks.length === 1 ? headlineSuffixes(benchmarks[0]) : [];
	const hasExceeded = benchmarks.some((benchmark) => exceededLimits(benchmark).length > 0);
	const end = (accepted !== null && hasExceeded && !doesFail(report) ? [`accepted by ${plainLine(accepted.by, 50)}`] : []).map((words) => `, ${words}`).join("");
	return plainLine([headline(report), ...suffixes].join(", "), 140 - end.length) + end;
}

// src/render/terminal.ts
/** The same facts as the comment's, for a person at a terminal. Ends with a line break. */
function renderTerminal(report, options) {
	const paint = options.color ? paintAnsi : paintNothing;
	const sections = [];
	if (report.benchmarks.length !== 1) sections.push(paint("bold", `Memory: ${headline(report)}`));
	const isListed = (benchmark) => report.benchmarks.length > 1 && benchmark.verdict === "unchanged";
	for (const benchmark of report.benchmarks) if (!isListed(benchmark)) sections.push(...benchmarkSections(report, benchmark, options.columns, paint));
	sections.push(report.benchmarks.filter(isListed).map((benchmark) => title$1(report, benchmark)).join("\n"));
	sections.push(paint("dim", trustLine(report)));
	return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}
const MAXIMUM_HINTS = 2;
/** From this width on there is room for bars beside the call tree. */
const BARS_FROM = 110;
/** As long as their legend. */
const SHORTEST_BAR = 28;
const LONGEST_BAR = 40;
/**
* Blue and orange as in the pictures: red and green would say good and bad, and not to everybody. Of the 256 colours
* those that can be read on black and on white.
*/
const ANSI = {
	bold: ["\x1B[1m", "\x1B[22m"],
	dim: ["\x1B[2m", "\x1B[22m"],
	less: ["\x1B[38;5;33m", "\x1B[39m"],
	more: ["\x1B[38;5;166m", "\x1B[39m"]
};
function paintAnsi(style, text) {
	return text === "" ? "" : ANSI[style][0] + text + ANSI[style][1];
}
function paintNothing(_style, text) {
	return text;
}
function benchmarkSections(report, benchmark, columns, paint) {
	const measure = Math.min(columns, 100);
	const hints = benchmark.hints.slice(0, MAXIMUM_HINTS).map((hint) => {
		return wrap(`hint: ${hintSentences(hint, terminalText(hint.shortName) || "(no name)").replaceAll("`", "")}`, measure);
	});
	const notes = benchmark.notes.map((note) => wrap(`note: ${terminalText(note, 1e3)}`, measure));
	return [
		paint("bold", wrap(title$1(report, benchmark), measure)),
		failure(benchmark, measure),
		wrap(explanation$1(report, benchmark), measure),
		metricTable$1(benchmark, paint),
		hints.join("\n"),
		functionTable$1(benchmark, columns),
		tree(benchmark, columns, paint),
		notes.join("\n"),
		paint("dim", wrap(trustWords(benchmark).join(" · "), measure))
	];
}
function title$1(report, benchmark) {
	const name = benchmark.name === "default" ? "The program" : terminalText(benchmark.name) || "(no name)";
	return [benchmark.metrics.length > 0 ? `${name} ${headlinePhrase(benchmark)}` : `${name}: ${headline(benchmark)}`, ...titleSuffixes(report, benchmark)].join(", ");
}
function failure(benchmark, columns) {
	const failed = benchmark.headFailure ?? benchmark.baseFailure;
	if (failed === null) return "";
	const lines = outputLines(failed.lastLines).map((line) => `  ${line}`);
	return [wrap(terminalText(failed.message, 1e3), columns), ...lines].join("\n");
}
function explanation$1(report, benchmark) {
	if (benchmark.verdict === "unchanged") return unchangedSentence(benchmark).replaceAll("`", "");
	const missing = missingBaseSentence(report, benchmark, revisionText);
	const sentences = missing === "" ? [] : [missing];
	if (benchmark.baseFailure !== null && benchmark.metrics.length > 0) sentences.push(notCheckedSentence());
	const exceeded = benchmark.metrics.filter(({ verdict }) => verdict === "regressed");
	sentences.push(...exceeded.map(limitSentence$1));
	if (report.accepted !== null && exceeded.length > 0) {
		const [by, label] = [report.accepted.by, report.accepted.label].map((name) => terminalText(name, 60));
		sentences.push(`${by} accepted the growth with the label ${label}.`);
	}
	const culprit = culpritSentence(benchmark, ({ shortName }) => terminalText(shortName) || "(no name)");
	if (culprit !== null) sentences.push(culprit);
	return [...sentences, ...alsoWorseSentences(benchmark)].join(" ");
}
/** One metric and the limit that it is over, as plain text. */
function limitSentence$1(report) {
	return exceededSentence(report, report.metric.label, terminalText(report.limit?.text ?? "", 60));
}
function metricTable$1(benchmark, paint) {
	if (benchmark.metrics.length === 0) return "";
	const rows = benchmark.metrics.map(({ metric, base, head }) => base === null ? [
		metric.label,
		"",
		formatQuantity(metric.unit, head),
		""
	] : [
		metric.label,
		formatQuantity(metric.unit, base),
		formatQuantity(metric.unit, head),
		formatChange(metric.unit, base, head)
	]);
	const hasBase = benchmark.metrics.some((metric) => metric.base !== null);
	return alignColumns([[
		"",
		hasBase ? "base" : "",
		"head",
		hasBase ? "change" : ""
	], ...rows]).map((line, i) => {
		if (i === 0) return line.trimEnd();
		const report = benchmark.metrics[i - 1];
		const text = `${line}  ${hasBase || report.limit !== null ? plainVerdictWords(report) : ""}`.trimEnd();
		if (report.isAdvisory && report.verdict !== "regressed") return text;
		if (report.verdict === "improved") return paint("less", text);
		return report.verdict === "grew" || report.verdict === "regressed" ? paint("more", text) : text;
	}).join("\n");
}
function functionTable$1(benchmark, columns) {
	const leading = leadingMetric(benchmark);
	const changes = benchmark.changes.filter((change) => change.metric === leading?.metric.id).slice(0, 5);
	if (leading === null || leading.verdict === "unchanged" || changes.length === 0) return "";
	const { unit } = leading.metric;
	return alignColumns([[
		"functions that changed most",
		"base",
		"head",
		"change"
	], ...changes.map((change) => [
		fitText(terminalText(change.shortName) || "(no name)", Math.max(20, columns - 46)),
		formatQuantity(unit, change.base),
		formatQuantity(unit, change.head),
		change.status === "moved" && change.delta === 0 ? "moved" : formatChange(unit, change.base, change.head)
	])]).map((line) => line.trimEnd()).join("\n");
}
function tree(benchmark, columns, paint) {
	const primary = benchmark.metrics.find(({ metric }) => metric.id === benchmark.primary)?.metric;
	if (benchmark.callTree === null || primary === void 0 || benchmark.verdict === "unchanged") return "";
	if (benchmark.callTree.rows.length === 0) return "";
	const hasBase = benchmark.metrics.some(({ base }) => base !== null);
	const barColumns = columns >= BARS_FROM ? Math.min(LONGEST_BAR, SHORTEST_BAR + columns - BARS_FROM) : 0;
	const rows = benchmark.callTree.rows;
	const scale = Math.max(...rows.map((row) => Math.max(row.base, row.head)));
	const table = callTreeLines(benchmark.callTree, primary.unit, barColumns === 0 ? columns : columns - barColumns - 2, hasBase);
	const width = Math.max(...table.map(({ text }) => textWidth(text)));
	const lines = table.map(({ text, direction }, i) => {
		const painted = direction === "same" || !hasBase ? text : paint(direction, text);
		if (barColumns === 0) return painted;
		const gap = " ".repeat(width - textWidth(text) + 2);
		if (i === 0) return `${text}${gap}${paint("dim", hasBase ? "█ both sides  ░ gone  ▓ new" : "")}`.trimEnd();
		return `${painted}${gap}${bar(rows[i - 1], scale, barColumns, hasBase, paint)}`.trimEnd();
	});
	const hidden = benchmark.callTree.hiddenFrames;
	if (hidden > 0) lines.push(paint("dim", `… ${formatCount(hidden)} ${hidden === 1 ? "frame" : "frames"} not shown`));
	return lines.join("\n");
}
/** The flame graph's gist: what both sides have, then what went or came, on the scale of the outermost frame. */
function bar(row, scale, columns, hasBase, paint) {
	const length = (cost) => Math.round(cost / scale * columns);
	if (!hasBase) return "█".repeat(length(row.head));
	const both = length(Math.min(row.base, row.head));
	const change = length(Math.max(row.base, row.head)) - both;
	const [style, sign] = row.head < row.base ? ["less", "░"] : ["more", "▓"];
	return "█".repeat(both) + (change === 0 ? "" : paint(style, sign.repeat(change)));
}
function trustLine(report) {
	const parts = [`head ${revisionText(report.head)}`];
	if (report.base !== null) parts.unshift(`base ${revisionText(report.base)}`);
	if (report.tracker !== null) parts.push(terminalText(`${report.tracker.name} ${report.tracker.version}`, 60));
	return parts.join(" · ");
}
function revisionText(revision) {
	return shortSha(revision) ?? terminalText(revision.label, 60);
}
/** The first column to the left, the others to the right. */
function alignColumns(rows) {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => textWidth(row[column]))));
	return rows.map((row) => row.map((cell, column) => column === 0 ? padEnd(cell, widths[0]) : padStart(cell, widths[column])).filter((_, column) => widths[column] > 0).join("  "));
}
/** A number stays with its unit. */
function wrap(text, columns) {
	const lines = [];
	let line = "";
	for (const word of text.split(/ (?![KMGTPE]?B\b|%)/)) if (line !== "" && textWidth(line) + 1 + textWidth(word) > columns) {
		lines.push(line);
		line = word;
	} else line = line === "" ? word : `${line} ${word}`;
	return [...lines, line].join("\n");
}

// src/render/annotations.ts
/** A runner shows ten annotations of a kind for each step. */
const DEFAULT_LIMIT = 10;
/** Of the largest growth in a benchmark: what is smaller is no news. */
const SMALLEST_SHARE = .01;
const LONGEST_PATH = 1e3;
const LARGEST_LINE = 2 ** 31 - 1;
/**
* Where more is allocated than before, on lines that the pull request touches: the largest growth first, what fails the
* check before all else, one annotation for each line. The last one says how many there are beyond the limit.
*/
function renderAnnotations(report, { limit = DEFAULT_LIMIT } = {}) {
	const growths = onePerLine(report.benchmarks.flatMap((benchmark) => growthsOf(report, benchmark)));
	const shown = growths.slice(0, Math.max(0, limit)).map(render);
	const hidden = growths.length - shown.length;
	const last = shown.at(-1);
	if (last === void 0 || hidden === 0) return shown;
	const more = `${formatCount(hidden)} more changed ${hidden === 1 ? "line allocates" : "lines allocate"} more than before: the report has them.`;
	return [...shown.slice(0, -1), {
		...last,
		message: `${last.message}\n${more}`
	}];
}
/** Empty where the headline metric did not grow. */
function growthsOf(report, benchmark) {
	const metric = benchmark.metrics.find((one) => one.metric.id === benchmark.primary);
	if (metric?.verdict !== "grew" && metric?.verdict !== "regressed") return [];
	const level = doesBenchmarkFail(benchmark, report.accepted) ? "warning" : "notice";
	const growths = placesOf(benchmark).flatMap(({ shortName, file, line, ...numbers }) => isSoundPath(file) && isSoundLine(line) && numbers.head > numbers.base && numbers.isOnChangedLine ? [{
		...numbers,
		benchmark,
		metric,
		level,
		path: file,
		line,
		name: shortName
	}] : []);
	const largest = growths.reduce((most, growth) => Math.max(most, sizeOf(growth)), 0);
	return growths.filter((growth) => sizeOf(growth) >= largest * SMALLEST_SHARE);
}
/** The touched lines; where none explains the growth, the functions that do and changed most on one. */
function placesOf({ touched, changes, culprit, primary }) {
	const lines = touched.filter(({ delta }) => delta > 0).map((one) => ({
		...one,
		scope: "line"
	}));
	if (lines.length > 0) return lines;
	const functions = changes.filter(({ metric, status, delta }) => metric === primary && status !== "moved" && delta > 0).filter(({ isOnChangedLine }) => isOnChangedLine).map((one) => ({
		...one,
		scope: "function"
	}));
	if (functions.length > 0) return functions;
	return culprit === null ? [] : [{
		...culprit,
		scope: "function with calls"
	}];
}
function sizeOf({ base, head }) {
	return head - base;
}
/** The largest first; of several at one line, such as of several benchmarks, the largest alone. */
function onePerLine(growths) {
	const places = /* @__PURE__ */ new Set();
	return [...growths].sort(growthOrder).filter(({ path, line }) => {
		const place = `${line} ${path}`;
		if (places.has(place)) return false;
		places.add(place);
		return true;
	});
}
function growthOrder(a, b) {
	return Number(b.level === "warning") - Number(a.level === "warning") || sizeOf(b) - sizeOf(a) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) || a.line - b.line;
}
function render(growth) {
	const { benchmark, metric, path, line, level, base, head } = growth;
	const { label, unit } = metric.metric;
	const about = benchmark.name === "default" ? "" : `${terminalText(benchmark.name, 60)}: `;
	const share = base === 0 ? "" : ` (${formatPercent(base, head)})`;
	return {
		path,
		line,
		level,
		title: `${about}${label} ${formatDelta(unit, head - base)}${share}`,
		message: `${label} ${SCOPE_WORDS[growth.scope]} ${terminalText(growth.name) || "(no name)"}: ${formatBaseToHead(unit, base, head)}${callWords(growth, metric.metric.id)}.`
	};
}
const SCOPE_WORDS = {
	line: "through the changed lines of",
	function: "by",
	"function with calls": "by all that is called from"
};
/** Empty where calls were not measured, or are the same. */
function callWords({ baseCalls, headCalls }, metric) {
	if (baseCalls === headCalls || metric === "allocations") return "";
	return `, in ${formatBaseToHead("count", baseCalls, headCalls)} allocations`;
}
/** Whether it is a plain path inside a repository: relative, normalised, on one line. */
function isSoundPath(path) {
	if (path === null || path.length > LONGEST_PATH || !path.isWellFormed()) return false;
	if (/[\x00-\x1f\x7f\\]/.test(path) || /^[A-Za-z]:/.test(path)) return false;
	return path.split("/").every((segment) => segment !== "" && segment !== "." && segment !== "..");
}
function isSoundLine(line) {
	return line !== null && Number.isSafeInteger(line) && line >= 1 && line <= LARGEST_LINE;
}

// src/render/svg-style.ts
const FILLS = {
	card: {
		light: "#ffffff",
		dark: "#0d1117"
	},
	text: {
		light: "#1f2328",
		dark: "#f0f6fc"
	},
	muted: {
		light: "#59636e",
		dark: "#9198a1"
	},
	kept: {
		light: "#e6e9ed",
		dark: "#2a313c"
	},
	moved: {
		light: "#bfc6ce",
		dark: "#505a66"
	},
	gone: {
		light: "#9ecbff",
		dark: "#1b4b91"
	},
	"gone-line": {
		light: "#0969da",
		dark: "#58a6ff"
	},
	added: {
		light: "#ffb77c",
		dark: "#8a3b0c"
	},
	"added-line": {
		light: "#bc4c00",
		dark: "#ff9e5c"
	}
};
/** Classes that draw an outline instead of a fill. */
const STROKES = {
	edge: "card",
	"gone-outline": "gone-line",
	"added-outline": "added-line",
	tear: "muted"
};
const FONT = "ui-sans-serif,-apple-system,BlinkMacSystemFont,\"Segoe UI\",\"Noto Sans\",\"DejaVu Sans\",Helvetica,Arial,sans-serif";
/** The colours as custom properties: `--gone`, `--gone-line`, … */
function flameColors(theme) {
	return Object.entries(FILLS).map(([name, fill]) => `--${name}: ${fill[theme]};`).join(" ");
}
/** Widths of the image at which the label length changes. */
const MEDIUM_FROM = 481;
const WIDE_FROM = 761;
/** The style sheet of a flame graph, for both colour schemes; of a `fixed` one for its own alone. */
function svgStyle(target) {
	const font = [
		`.flame text{font-family:${FONT};font-size:12px}`,
		".flame .title{font-size:15px;font-weight:600}",
		".flame .strong{font-weight:600}",
		".flame .small{font-size:11px}",
		".flame .row rect{shape-rendering:crispEdges}"
	].join("");
	if (target.kind === "fixed") return font + colors(target.theme);
	return `${font}${colors("light")}@media(prefers-color-scheme:dark){${colors("dark")}}${labelLengths(target.kind)}`;
}
function colors(theme) {
	const fills = Object.entries(FILLS).map(([name, fill]) => `.flame .${name}{fill:${fill[theme]}}`);
	const strokes = Object.entries(STROKES).map(([name, fill]) => `.flame .${name}{fill:none;stroke:${FILLS[fill][theme]}}`);
	return [...fills, ...strokes].join("");
}
/** Each label is there once for every length that differs: classes w, m and n; only the one that fits is shown. */
function labelLengths(kind) {
	const at = kind === "image" ? "@media" : "@container";
	const show = (name) => `.flame .${name}{display:inline}`;
	return [
		".flame .w,.flame .m,.flame .n{display:none}",
		`${at}(min-width:${WIDE_FROM}px){${show("w")}}`,
		`${at}(min-width:${MEDIUM_FROM}px) and (max-width:760px){${show("m")}}`,
		`${at}(max-width:480px){${show("n")}}`
	].join("");
}

// src/render/html-style.ts
const LIGHT = "--line: #d1d9e0; --band: #f6f8fa; --less: #0a4fa8; --more: #a03f00; --link: #0969da; --focus: #8250df;";
const DARK = "--line: #3d444d; --band: #151b23; --less: #79b8ff; --more: #ff9e5c; --link: #58a6ff; --focus: #d2a8ff;";
/** The system's theme, unless the reader chose one by the button that the script adds. */
function themes() {
	const light = `color-scheme: light; ${LIGHT} ${flameColors("light")}`;
	const dark = `color-scheme: dark; ${DARK} ${flameColors("dark")}`;
	return `:root { ${light} }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${dark} } }
:root[data-theme="dark"] { ${dark} }`;
}
/** The style sheet of report.html. Its hash is in the page's content security policy. */
const HTML_STYLE = `
${themes()}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--card); color: var(--text);
  font: 15px/1.5 ui-sans-serif, -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif;
}
main { max-width: 1000px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 19px; line-height: 1.3; margin: 48px 0 8px; overflow-wrap: anywhere; }
h3 { font-size: 15px; margin: 28px 0 6px; }
p, ul, pre { margin: 8px 0; }
code, pre { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { overflow-wrap: anywhere; unicode-bidi: isolate; }
h1 code, h2 code { font-size: 0.92em; }
pre { background: var(--band); border: 1px solid var(--line); border-radius: 6px; padding: 12px; overflow-x: auto; }
a { color: var(--link); }
.visually-hidden {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.muted { color: var(--muted); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--muted); padding: 4px 0; }
th, td { padding: 6px 10px; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th { font-weight: 400; }
.leading th, .leading td { font-weight: 600; }
thead th { color: var(--muted); font-size: 13px; font-weight: 600; white-space: nowrap; }
summary { font-size: 17px; margin: 24px 0 8px; cursor: pointer; overflow-wrap: anywhere; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
td { font-variant-numeric: tabular-nums; white-space: nowrap; }
td.change { white-space: normal; }
td span { white-space: nowrap; }
td.name { white-space: normal; min-width: 8em; }
th.words, td.words { text-align: left; }
.less { color: var(--less); }
.more { color: var(--more); }
.alert { border-left: 4px solid var(--more); background: var(--band); padding: 8px 12px; margin: 12px 0; }
.alert p { margin: 0; }
.flame-frame { container-type: inline-size; margin: 16px 0; }
.flame { display: block; border: 1px solid var(--line); border-radius: 6px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 8px 0; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 600px) {
  main { padding: 16px 12px 48px; }
  h1 { font-size: 20px; }
  th, td, thead th { padding: 6px 3px; font-size: 12px; }
  td.name { min-width: 7em; }
  td.words { white-space: normal; }
  td code { font-size: 11px; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 8px; }
}
${svgStyle({ kind: "page" })}
`;

// src/render/html.ts
/** Functions listed for each benchmark; report.json has them all. */
const FUNCTION_ROWS = 100;
/**
* `report.html`: one file that opens from disk, without the network. Without scripts it is complete, too: the program
* puts its views in the place of the picture and the table of functions.
*
* @param svgs a picture for each benchmark, drawn for a page, in the report's order; null where there is none
*/
function renderHtml(report, svgs, interactive = null) {
	const isSingle = report.benchmarks.length === 1;
	const sections = report.benchmarks.map((benchmark, i) => {
		const details = benchmarkDetails(report, benchmark, svgs[i] ?? null);
		return `<section id="benchmark-${i + 1}">\n${isSingle ? `<h2 class="visually-hidden">The numbers</h2>\n${details}` : section(report, benchmark, details)}\n</section>`;
	});
	const styles = [HTML_STYLE, ...interactive === null ? [] : [interactive.viewer.style]];
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(styles, interactive)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Memory: ${escapeHtml(headline(report))}</title>
${styles.map((style) => `<style>${style}</style>`).join("\n")}
</head>
<body>
<main>
${isSingle ? `<h1>${title(report, report.benchmarks[0])}</h1>\n${lead(report, report.benchmarks[0])}` : `<h1>Memory: ${escapeHtml(headline(report))}</h1>`}
${interactive === null ? "" : "<div id=\"viewer\" hidden></div>\n"}<div id="summary">
${sections.join("\n")}
${howItWasMeasured(report)}
</div>
</main>
${interactive === null ? "" : program(interactive)}</body>
</html>
`;
}
/** Nothing is loaded from anywhere, and of what is in the page only that which has one of these hashes counts. */
function contentPolicy(styles, interactive) {
	const hashes = (texts) => texts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`).join(" ");
	return `default-src 'none';${interactive === null ? "" : ` script-src ${hashes([interactive.viewer.script])};`} style-src ${hashes(styles)}; img-src data:; base-uri 'none'; form-action 'none'`;
}
function program({ viewer, data }) {
	return `<script id="report-data" type="application/octet-stream">${data}<\/script>\n<script>${viewer.script}<\/script>\n`;
}
/** Among several, a benchmark that did not change is folded away. */
function section(report, benchmark, details) {
	const content = `<div class="lead">${lead(report, benchmark)}</div>\n${details}`;
	if (benchmark.verdict !== "unchanged") return `<h2>${title(report, benchmark)}</h2>\n${content}`;
	return `<details><summary>${title(report, benchmark)}</summary>\n${content}\n</details>`;
}
/** What is said before any table. */
function lead(report, benchmark) {
	return [alert(report, benchmark), ...explanation(report, benchmark).map((sentence) => `<p>${sentence}</p>`)].filter((part) => part !== "").join("\n");
}
/** What the program has views of is marked, and goes when it starts. */
function benchmarkDetails(report, benchmark, svg) {
	const functions = functionTable(report, benchmark);
	return [
		metricTable(benchmark),
		svg === null ? "" : `<div class="flame-frame replaced">${svg}</div>`,
		functions === "" ? "" : `<div class="replaced">${functions}</div>`,
		callTree(benchmark),
		notes(benchmark)
	].filter((part) => part !== "").join("\n");
}
function title(report, benchmark) {
	const name = benchmark.name === "default" ? "The program" : code(benchmark.name);
	const words = [benchmark.metrics.length > 0 ? ` ${headlinePhrase(benchmark)}` : `: ${headline(benchmark)}`, ...titleSuffixes(report, benchmark)].join(", ");
	return name + escapeHtml(words).replace(/(?<=\d) (?=[KMGTPE]?B\b|%)/g, "\xA0");
}
function code(name) {
	return `<code>${escapeHtml(visibleText(name) || "(no name)")}</code>`;
}
function alert(report, benchmark) {
	const lines = [];
	const failures = [{
		side: "Head",
		failure: benchmark.headFailure
	}, {
		side: "Base",
		failure: benchmark.baseFailure
	}];
	let output = "";
	for (const { side, failure } of failures) {
		if (failure === null) continue;
		lines.push(`${side} ${failureWords(failure)}. ${withCode(escapeHtml(visibleText(failure.message, 2e3)))}`);
		const shown = outputLines(failure.lastLines);
		if (shown.length > 0) output += `\n<pre>${shown.map(escapeHtml).join("\n")}</pre>`;
	}
	if (benchmark.baseFailure !== null && benchmark.metrics.length > 0) lines.push(notCheckedSentence());
	const exceeded = exceededLimits(benchmark);
	lines.push(...exceeded.map(limitSentence));
	if (exceeded.length > 0) lines.push(consequenceSentence(report, exceeded, doesFail(report), code));
	if (benchmark.headFailure !== null) lines.push("This check fails.");
	if (lines.length === 0) return "";
	return `<div class="alert">${lines.map((line) => `<p>${line}</p>`).join("")}</div>${output}`;
}
/** What our own sentences have between backticks. */
function withCode(html) {
	return html.replaceAll(/`([^`<>]+)`/g, "<code>$1</code>");
}
function limitSentence(report) {
	return exceededSentence(report, report.metric.label, limitText(report));
}
function limitText({ limit }) {
	return escapeHtml(visibleText(limit?.text ?? "", 60));
}
function explanation(report, benchmark) {
	const missing = missingBaseSentence(report, benchmark, (base) => code(shortSha(base) ?? base.label));
	const sentences = missing === "" ? [] : [missing];
	if (benchmark.verdict === "unchanged") sentences.push(withCode(unchangedSentence(benchmark)));
	const culprit = culpritSentence(benchmark, (found) => culpritName(report, found));
	if (culprit !== null) sentences.push(culprit);
	sentences.push(...alsoWorseSentences(benchmark));
	for (const hint of benchmark.hints) {
		const name = link(sourceUrl(report, {
			...hint,
			isGone: false
		}), code(hint.shortName));
		sentences.push(`Hint: ${withCode(hintSentences(hint, name, escapeHtml))}`);
	}
	return sentences;
}
function culpritName(report, culprit) {
	return `<strong>${link(sourceUrl(report, {
		...culprit,
		isGone: culprit.head === 0
	}), code(culprit.shortName))}</strong>`;
}
function link(url, content) {
	return url === null ? content : `<a href="${escapeHtml(url)}" rel="noopener noreferrer">${content}</a>`;
}
function metricTable(benchmark) {
	if (benchmark.metrics.length === 0) return "";
	const hasBase = benchmark.metrics.some((metric) => metric.base !== null);
	const hasLimit = benchmark.metrics.some((metric) => metric.limit !== null);
	const hasVerdict = hasBase || hasLimit;
	const leading = leadingMetric(benchmark);
	const headings = [
		"metric",
		...hasBase ? [
			"base",
			"head",
			"change"
		] : ["head"],
		...hasLimit ? ["limit"] : []
	].map((text) => `<th scope="col">${text}</th>`);
	const rows = benchmark.metrics.map((report) => {
		const { metric, base, head, limit } = report;
		const cells = [
			...hasBase ? [base === null ? "" : formatQuantity(metric.unit, base)] : [],
			formatQuantity(metric.unit, head),
			...hasBase ? [base === null ? "new" : changeCell(metric.unit, base, head)] : [],
			...hasLimit ? [limit === null ? "none" : limitWords(report, limitText(report))] : []
		];
		return [
			`<tr${report === leading ? " class=\"leading\"" : ""}>`,
			`<th scope="row" title="${escapeHtml(metric.meaning)}">${metric.label}</th>`,
			...cells.map((cell) => cell.includes("<span>") ? `<td class="change">${cell}</td>` : `<td>${cell}</td>`),
			hasVerdict ? `<td class="words ${direction(report)}">${plainVerdictWords(report)}</td>` : "",
			"</tr>"
		].join("");
	});
	return table([...headings, hasVerdict ? "<td></td>" : ""].join(""), rows);
}
/** The two halves may stand under each other, but neither breaks. */
function changeCell(unit, base, head) {
	return formatChange(unit, base, head).replace(/^(.+) (\(.+\))$/, "<span>$1</span> <span>$2</span>");
}
function direction(report) {
	if (report.isAdvisory && report.verdict !== "regressed") return "";
	if (report.verdict === "improved") return "less";
	return report.verdict === "grew" || report.verdict === "regressed" ? "more" : "";
}
function table(headings, rows, caption = "") {
	return `<div class="wide" tabindex="0"><table>${caption}<thead><tr>${headings}</tr></thead>\n<tbody>\n${rows.join("\n")}\n</tbody></table></div>`;
}
function functionTable(report, benchmark) {
	const leading = leadingMetric(benchmark);
	const changes = benchmark.changes.filter((change) => change.metric === leading?.metric.id);
	if (leading === null || changes.length === 0) return "";
	const { unit } = leading.metric;
	const hasCalls = benchmark.metrics.some(({ metric }) => metric.id === "allocations");
	const rows = changes.slice(0, FUNCTION_ROWS).map((change) => {
		const url = sourceUrl(report, {
			...change,
			isGone: change.status === "gone"
		});
		const less = change.delta < 0 ? "less" : change.delta > 0 ? "more" : "";
		return `<tr>${[
			`<td class="name" title="${escapeHtml(visibleText(change.name, 1e3))}">${link(url, code(change.shortName))}</td>`,
			`<td>${formatQuantity(unit, change.base)}</td>`,
			`<td>${formatQuantity(unit, change.head)}</td>`,
			`<td class="${less}">${formatDelta(unit, change.delta)}</td>`,
			...hasCalls ? [`<td>${formatBaseToHead("count", change.baseCalls, change.headCalls)}</td>`] : [],
			`<td class="words">${change.status}</td>`
		].join("")}</tr>`;
	});
	const hidden = changes.length - rows.length;
	const caption = `<caption>${leading.metric.label} by each, with what ${agentWords(benchmark, code)} allocate for it${hidden > 0 ? `; ${formatCount(hidden)} more are in report.json` : ""}</caption>`;
	return `<h3>Functions that changed most</h3>\n${table([
		"function",
		"base",
		"head",
		"change",
		...hasCalls ? ["allocations"] : [],
		"status"
	].map((text) => `<th scope="col"${text === "status" ? " class=\"words\"" : ""}>${text}</th>`).join(""), rows, caption)}`;
}
function callTree(benchmark) {
	const primary = benchmark.metrics.find(({ metric }) => metric.id === benchmark.primary)?.metric;
	if (benchmark.callTree === null || benchmark.callTree.rows.length === 0 || primary === void 0) return "";
	const hasBase = benchmark.metrics.some(({ base }) => base !== null);
	const lines = callTreeLines(benchmark.callTree, primary.unit, 110, hasBase).map((line) => line.direction === "same" || !hasBase ? escapeHtml(line.text) : `<span class="${line.direction}">${escapeHtml(line.text)}</span>`);
	const hidden = benchmark.callTree.hiddenFrames;
	if (hidden > 0) lines.push(`… ${formatCount(hidden)} ${hidden === 1 ? "frame" : "frames"} not shown`);
	return `<h3>Call tree, ${primary.label.toLowerCase()}</h3>\n<pre tabindex="0">${lines.join("\n")}</pre>`;
}
function notes(benchmark) {
	const items = benchmark.notes.map((note) => `<li>${escapeHtml(visibleText(note, 2e3))}</li>`);
	for (const words of trustWords(benchmark)) items.push(`<li>${words[0].toUpperCase()}${words.slice(1)}.</li>`);
	return items.length === 0 ? "" : `<h3>Notes</h3>\n<ul>${items.join("")}</ul>`;
}
function howItWasMeasured(report) {
	const facts = [];
	if (report.base !== null) facts.push(["Base", revision$1(report.base)]);
	facts.push(["Head", revision$1(report.head)]);
	if (report.tracker !== null) facts.push(["Recorded by", escapeHtml(visibleText(`${report.tracker.name} ${report.tracker.version}`))]);
	for (const { label, meaning } of report.benchmarks[0]?.metrics.map(({ metric }) => metric) ?? []) facts.push([label, escapeHtml(meaning)]);
	return `<section>\n<h2>How it was measured</h2>\n<dl>${facts.map(([term, description]) => `<dt>${term}</dt><dd>${description}</dd>`).join("")}</dl>\n</section>`;
}
function revision$1({ sha, label }) {
	const name = escapeHtml(visibleText(label));
	return sha === null ? name : `${code(sha)} ${name}`;
}

// src/render/html-data.ts
/** Stacks in one page; what is more is merged, the smallest first. */
const MAXIMUM_STACKS = 1e5;
/** Of the data in base64. With program and pictures the file stays below 2 MB. */
const MAXIMUM_LENGTH = 16e5;
/** What the program of report.html reads: gzip in base64, which holds nothing that HTML could take for markup. */
function packReportData(report, sources) {
	let maximumStacks = MAXIMUM_STACKS;
	for (;;) {
		const { data, stacks } = pack(report, sources, maximumStacks);
		if (data.length <= MAXIMUM_LENGTH || stacks < 1e3) return data;
		maximumStacks = Math.floor(Math.min(stacks, maximumStacks) * Math.min(.8, .9 * MAXIMUM_LENGTH / data.length));
	}
}
function pack(report, sources, maximumStacks) {
	const content = buildReportData(report, sources, maximumStacks);
	return {
		data: gzipSync(encodeReportData(content)).toString("base64"),
		stacks: content.benchmarks.reduce((sum, benchmark) => sum + (benchmark?.stacks.length ?? 0), 0)
	};
}

// src/render/json.ts
/** Of all benchmarks and metrics together: a string cannot hold those of a trace of a million functions. */
const MAXIMUM_CHANGES = 1e5;
/**
* `report.json`, version 1: the report for programs, as docs/report.schema.json describes it. Numbers are exact integers of bytes or calls. Names are raw:
* whoever shows them escapes them.
*
* `accepted` names who let growth over a `fail-on` limit pass, and by which label: then the verdict is `grew`, and the
* benchmarks' own remain `regressed`.
*
* A benchmark's `runs` is how often each side was run. From two on every metric has a `spread`, of `base` (null without
* base) and of `head`: the `min`, `median` and `max` of the runs. What is `advisory` varies with the timing of threads
* and decided nothing, unless it is the headline metric.
*/
function renderJson(report) {
	const lists = report.benchmarks.reduce((sum, { metrics }) => sum + metrics.length, 0);
	const mostOfEach = Math.floor(MAXIMUM_CHANGES / Math.max(1, lists));
	const document = {
		version: 1,
		verdict: report.verdict,
		accepted: report.accepted === null ? null : {
			by: report.accepted.by,
			label: report.accepted.label
		},
		headline: headline(report),
		base: report.base === null ? null : revision(report.base),
		head: revision(report.head),
		tracker: report.tracker === null ? null : {
			name: report.tracker.name,
			version: report.tracker.version
		},
		benchmarks: report.benchmarks.map((benchmark) => benchmarkDocument(benchmark, mostOfEach))
	};
	return `${JSON.stringify(document, null, 2)}\n`;
}
function revision({ sha, label }) {
	return {
		sha,
		label
	};
}
/** @param mostOfEach how many changes of each metric are listed, the largest of them */
function benchmarkDocument(benchmark, mostOfEach) {
	const changes = largestOfEachMetric(benchmark.changes, mostOfEach);
	const leftOut = benchmark.changes.length - changes.length;
	return {
		name: benchmark.name,
		verdict: benchmark.verdict,
		headline: headline(benchmark),
		runs: benchmark.runs,
		metrics: metricsDocument(benchmark.metrics),
		changes: changes.map((change) => ({
			metric: change.metric,
			function: change.name,
			file: change.file,
			line: change.line,
			onChangedLine: change.isOnChangedLine,
			base: change.base,
			head: change.head,
			delta: change.delta,
			status: change.status
		})),
		excluded: benchmark.excluded === null ? null : {
			base: benchmark.excluded.base,
			head: benchmark.excluded.head,
			reason: "allocated by the profiler itself, not by the program"
		},
		matched: benchmark.matched,
		notes: [
			...benchmark.notes,
			...failureNotes(benchmark),
			...leftOut === 0 ? [] : [`${leftOut} smaller changes are left out of this file.`]
		]
	};
}
/** The changes of a metric come largest first. */
function largestOfEachMetric(changes, most) {
	const listed = /* @__PURE__ */ new Map();
	return changes.filter(({ metric }) => {
		const before = listed.get(metric) ?? 0;
		listed.set(metric, before + 1);
		return before < most;
	});
}
function metricsDocument(metrics) {
	const documents = {};
	for (const { metric, base, head, delta, ratio, verdict, limit, spread, isAdvisory } of metrics) documents[metric.id] = {
		base,
		head,
		delta,
		ratio,
		verdict,
		limit: limit === null ? null : {
			text: limit.text,
			kind: limit.kind,
			isExceeded: limit.isExceeded
		},
		spread: spread === null ? null : {
			base: spread.base,
			head: spread.head
		},
		advisory: isAdvisory
	};
	return documents;
}
function failureNotes({ baseFailure, headFailure }) {
	return [{
		side: "base",
		failure: baseFailure
	}, {
		side: "head",
		failure: headFailure
	}].flatMap(({ side, failure }) => failure === null ? [] : [`${side}, ${failure.phase}: ${failure.message}`]);
}

// src/render/render-report.ts
/** Pictures in report.html; a picture takes about 40 KB. */
const MAXIMUM_PICTURES = 25;
/** Every output of a report. Same input, same bytes. */
async function renderReport(report, options) {
	const interactive = options.interactive ?? null;
	const part = interactive && {
		viewer: interactive.viewer,
		data: packReportData(report, interactive.sources)
	};
	const { svg, inPage } = await drawPictures(report);
	return {
		commentMarkdown: renderComment(report, options.links, options.commentName),
		summaryMarkdown: renderSummary(report, options.links),
		html: renderHtml(report, inPage, part),
		svg,
		json: renderJson(report)
	};
}
async function drawPictures(report) {
	const pictures = report.benchmarks.map(pictureOf);
	const first = pictures.find((picture) => picture !== null);
	if (first === void 0) return {
		svg: null,
		inPage: []
	};
	const { renderSvg } = await import("./load/svg.js");
	let drawn = 0;
	const inPage = pictures.map((picture, i) => {
		if (picture === null || drawn === MAXIMUM_PICTURES) return null;
		drawn++;
		return renderSvg(picture, {
			target: { kind: "page" },
			idPrefix: `flame-${i + 1}-`
		});
	});
	return {
		svg: renderSvg(first),
		inPage
	};
}
/** What there is to draw of a benchmark, or null when nothing changed or nothing was measured. */
function pictureOf(benchmark) {
	const graph = benchmark.flameGraph;
	if (graph === null || graph.length === 0) return null;
	const hasBase = benchmark.metrics.some(({ metric, base }) => metric.id === graph.metric && base !== null);
	const changed = graph.gone[0] + graph.movedAway[0] + graph.movedHere[0] + graph.added[0];
	if (!(hasBase ? changed > 0 : graph.kept[0] + changed > 0)) return null;
	const metrics = benchmark.metrics.filter(({ metric }) => metric.id === graph.metric);
	return {
		name: benchmark.name,
		graph,
		hasBase,
		headline: headline({
			...benchmark,
			primary: graph.metric,
			metrics
		})
	};
}

// src/render/svg-label.ts
/** Last parts of a name that say nothing without the type before them. */
const GENERIC_METHODS = new Set("alloc as_ref build call call_once clone create default drop exec extend fmt from get init insert into iter main new next open parse poll push read resize run with_capacity write".split(" "));
/** Hebrew, Arabic and their neighbours: a number after them is shown before them, but for a mark between the two. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
const LEFT_TO_RIGHT_MARK = "‎";
/** Shorter cuts of a name tell nothing. */
const SHORTEST_CUT = 4;
/**
* The most telling label that fits: every name of a chain and the value, then less and less; '' when nothing fits.
*
* @param names short names, outermost first
* @param columns how many characters there is room for
*/
function boxLabel(names, value, columns) {
	const last = names.at(-1) ?? "";
	const chain = names.length <= 6 ? names.join(" › ") : `${names[0]} › … › ${last}`;
	const method = last.slice(last.lastIndexOf("::") + (last.includes("::") ? 2 : 0));
	const candidates = [
		`${chain}${RIGHT_TO_LEFT.test(last) ? LEFT_TO_RIGHT_MARK : ""} ${value}`,
		chain,
		`… › ${last}`,
		last,
		GENERIC_METHODS.has(method) || method.length < SHORTEST_CUT ? "" : method
	];
	return (names.length > 1 ? candidates : candidates.filter((_, i) => i !== 2)).find((text) => text !== "" && textWidth(text) <= columns) ?? cutName(last, columns);
}
/** The first of the texts that fits, or ''. */
function firstThatFits(texts, columns) {
	return texts.find((text) => textWidth(text) <= columns) ?? "";
}
function cutName(name, columns) {
	let cut = "";
	let width = 1;
	for (const character of name) {
		width += textWidth(character);
		if (width > columns) break;
		cut += character;
	}
	cut = cut.replace(/[:\s]+$/, "");
	return cut.length < SHORTEST_CUT ? "" : `${cut}…`;
}

// src/render/svg-words.ts
/** The missing width gets its outline from this share of the scale on; below it there is no room for a label. */
const OUTLINED_FROM = .12;
/** 'Bytes allocated of parse: 2 MB → 300 KB (−85 %)', for those who do not see it. */
function titleWords(picture) {
	const name = benchmarkName(picture);
	return `${metricOf(picture).label}${name === "" ? "" : ` of ${name}`}: ${picture.headline}`;
}
/** How the picture is read, for those who do not see it. */
function descriptionWords(picture, layout) {
	return [
		picture.hasBase ? "Two icicle graphs on one scale, base above head. Blue is found in base only, orange in head only." : "An icicle graph of head.",
		zoomWords(picture, layout),
		"The tables of the report hold the same numbers."
	].filter((words) => words !== "").join(" ");
}
/** Wordings of the title. */
function shownTitles(picture) {
	const { label } = metricOf(picture);
	const name = benchmarkName(picture, 80);
	return name === "" ? [label] : [
		`${label} · ${name}`,
		name,
		label
	];
}
/** Empty where everything is to scale. */
function zoomWords(picture, { cut, scale }) {
	if (cut === null) return "";
	const [shown, all] = [cut.toScale, scale].map((cost) => formatQuantity(metricOf(picture).unit, cost));
	return `Zoomed: ${shown} of ${all} shown to scale.`;
}
/** 'Base 2 MB', 'Head 1.9 MB, −100 KB (−5 %)': the change is said here unless it has an outline that says it. */
function paneHeading(picture, layout, pane) {
	const { unit } = metricOf(picture);
	const total = formatQuantity(unit, pane.total);
	if (pane.side === "base") return `Base ${total}`;
	if (!picture.hasBase) return `Head ${total} (no base)`;
	const base = layout.base?.total ?? 0;
	if (Math.abs(pane.width - (layout.base?.width ?? 0)) > .12) return `Head ${total}`;
	return `Head ${total}, ${base === pane.total ? "as much as base" : formatChange(unit, base, pane.total)}`;
}
/** Wordings of each line below the panes: what is not drawn, or not to scale. */
function footerLines(picture, { hiddenFrames, cut }) {
	const lines = [outsideLine(picture)];
	if (cut !== null) {
		const cost = formatQuantity(metricOf(picture).unit, cut.cutCost);
		const frames = cut.frames === 0 ? "" : `, ${countFrames(cut.frames)}`;
		lines.push([`Cut short where the bars are torn: ${cost}${frames}, unchanged.`, `Torn bars are cut short: ${cost} unchanged.`]);
	}
	if (hiddenFrames > 0) {
		const are = hiddenFrames === 1 ? "is" : "are";
		lines.push([`${countFrames(hiddenFrames)} ${are} too small or too deep to draw; the report has all.`, `${countFrames(hiddenFrames)} ${are} not drawn; the report has all.`]);
	}
	return lines.filter((wordings) => wordings.length > 0);
}
function outsideLine({ graph: { metric, outside }, hasBase }) {
	const { unit } = metricById(metric);
	if (hasBase && outside.base !== outside.head) {
		const change = formatBaseToHead(unit, outside.base, outside.head);
		return [`Not drawn: ${change} ${OUTSIDE_NAME}.`, `Not drawn: ${change} of other code.`];
	}
	if (outside.head === 0) return [];
	const cost = formatQuantity(unit, outside.head);
	return [
		`Not drawn: ${cost} ${OUTSIDE_NAME}${hasBase ? " (unchanged)" : ""}.`,
		`Not drawn: ${cost} ${OUTSIDE_NAME}.`,
		`Not drawn: ${cost} of other code.`
	];
}
function metricOf({ graph }) {
	return metricById(graph.metric);
}
/** Empty where the benchmark was not given one. */
function benchmarkName({ name }, longest) {
	return name === "default" ? "" : visibleText(name, longest);
}
function countFrames(count) {
	return count === 1 ? "1 frame" : `${formatCount(count)} frames`;
}

export { safeUrl as A, formatChange as C, cutMarkdown as D, formatQuantity as E, visibleText as M, legalXmlText as O, headline as S, formatPercent as T, LONGEST_CHECK_TEXT as _, shownTitles as a, renderComment as b, boxLabel as c, renderReport as d, svgStyle as f, checkOutcome as g, renderTerminal as h, paneHeading as i, terminalLine as j, plainLine as k, firstThatFits as l, limitSentence$1 as m, descriptionWords as n, titleWords as o, renderAnnotations as p, footerLines as r, zoomWords as s, OUTLINED_FROM as t, pictureOf as u, commentMarker as v, formatCount as w, renderSummary as x, renderCheckSummary as y };