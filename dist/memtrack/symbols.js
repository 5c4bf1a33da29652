// src/symbols/modules.ts
/** Executables and libraries by the base name of their path. */
/**
* 'libstdc++.so' of '/lib/x86_64-linux-gnu/libstdc++.so.6.0.30' and 'libc.so' of 'libc-2.31.so': the version is not
* what a module is, nor is the hash that cargo appends ('parse-0123456789abcdef').
*/
function moduleName(path) {
	const file = path.endsWith(" (deleted)") ? path.slice(0, -10) : path;
	const name = file.slice(file.lastIndexOf("/") + 1);
	const versioned = name.indexOf(".so.");
	const library = versioned < 0 ? name : name.slice(0, versioned + 3);
	const extension = library.endsWith(".so") ? ".so" : "";
	const stem = extension === "" ? library : library.slice(0, -extension.length);
	const suffix = stem.slice(Math.max(1, stem.lastIndexOf("-")));
	const isHash = /^-[0-9a-f]{16}$/.test(suffix);
	const isVersion = extension !== "" && /^-\d+\.[\d.]+$/.test(suffix);
	return (isHash || isVersion ? stem.slice(0, -suffix.length) : stem) + extension;
}
/** The dynamic loader, which runs the initialisers of libraries: ld-linux-x86-64.so, ld-linux-aarch64.so, ld.so. */
function isLoaderModule(name) {
	return name === "ld.so" || /^ld-[a-z0-9_.-]{1,32}\.so$/.test(name);
}
const SYSTEM_MODULES = /* @__PURE__ */ new Set([
	"libc.so",
	"libm.so",
	"libdl.so",
	"libpthread.so",
	"librt.so",
	"linux-vdso.so"
]);
/** The loader and the C library: in every process, with or without a profiler. */
function isSystemModule(name) {
	return isLoaderModule(name) || SYSTEM_MODULES.has(name);
}
/** heaptrack's own libraries and what they are linked with. A program may be linked with them too. */
const PROFILER_MODULES = /* @__PURE__ */ new Set([
	"libheaptrack_preload.so",
	"libheaptrack_inject.so",
	"libstdc++.so",
	"libgcc_s.so",
	"libunwind.so",
	"libunwind-x86_64.so",
	"libunwind-aarch64.so",
	"libdw.so",
	"libelf.so",
	"libbz2.so",
	"liblzma.so",
	"libz.so",
	"libzstd.so"
]);
/** @param name as `moduleName` gives it */
function isProfilerModule(name) {
	return PROFILER_MODULES.has(name);
}

// src/symbols/start-up.ts
/** Of a stack: the loader began it, and every frame is the system's or the profiler's. */
const START_UP = 1;
/** Of a stack: `START_UP`, and the innermost frame is the profiler's. */
const FOOTPRINT = 2;
/** Of a module. */
const LOADER = 4;
/** @param path of an executable or library */
function moduleMarks(path) {
	const name = moduleName(path);
	let marks = 0;
	if (isLoaderModule(name)) marks |= LOADER;
	if (isSystemModule(name)) marks |= START_UP;
	if (isProfilerModule(name)) marks |= 3;
	return marks;
}
/** Of a stack without callers whose frame is in a module. */
function rootMarks(module) {
	return (module & LOADER) === 0 ? 0 : module & 3;
}
/** Of a stack by its caller's marks and the module of its frame. */
function calleeMarks(caller, module) {
	return (caller & START_UP) === 0 ? 0 : module & 3;
}
/** Whether the profiler, not the program, asked for what a stack allocated. */
function isFootprint(stack) {
	return (stack & FOOTPRINT) !== 0;
}

// src/symbols/foreign-code.ts
/** Namespaces of the languages' own libraries, whose templates and generics are compiled into the program. */
const LIBRARY_NAMESPACES = [
	"std::",
	"__gnu_cxx::",
	"core::",
	"alloc::",
	"hashbrown::",
	"boost::"
];
/** Where headers and library sources of the system and of toolchains lie. */
const LIBRARY_FOLDERS = [
	"/usr/",
	"/rustc/",
	"/build/",
	"/opt/"
];
/** Rust's own library, as it was compiled in the folder of its sources. */
const RUST_LIBRARY_FILE = /^library\/(?:core|alloc|std|test)\/src\/.+\.rs$/;
/**
* Whether code is the measured program's own as far as can be told without its repository: it is in the executable,
* and neither its name nor its source file is of a library.
*/
function isProgramCode({ identity, file, modulePath, isExecutable }) {
	if (!isExecutable && modulePath !== "") return false;
	if (LIBRARY_FOLDERS.some((folder) => file.startsWith(folder)) || file.includes("/.cargo/registry/")) return false;
	return !RUST_LIBRARY_FILE.test(file) && !isLibraryName(identity);
}
/** Whether a function bears the name of a language's own library. */
function isLibraryName(identity) {
	const name = identity.startsWith("<") ? identity.slice(1) : identity;
	return LIBRARY_NAMESPACES.some((namespace) => name.startsWith(namespace)) || identity.startsWith("operator new");
}

// src/symbols/name-tokens.ts
/** What is nested deeper stays one word, so that recursion over tokens is safe. Real names: about 15 levels. */
const MAX_DEPTH = 100;
const CLOSING$1 = /* @__PURE__ */ new Map([
	[">", "<"],
	[")", "("],
	["]", "["],
	["}", "{"]
]);
const OPENING = new Set(CLOSING$1.values());
const TWO_CHARACTER_MARKS = /* @__PURE__ */ new Set([
	"::",
	"&&",
	"||",
	"->"
]);
/** What each ASCII character is: a table, for names are long and traces have a hundred thousand of them. */
const PART_OF_WORD = 0;
const SPACE = 1;
const MARK = 2;
const CHARACTER_CLASS = /* @__PURE__ */ new Uint8Array(128);
for (const space of " 	\n\r\v\f") CHARACTER_CLASS[space.charCodeAt(0)] = SPACE;
for (const symbol of "<>()[]{},:*&=+;-|/^%") CHARACTER_CLASS[symbol.charCodeAt(0)] = MARK;
const QUOTE = "'".charCodeAt(0);
const COLON = ":".charCodeAt(0);
function classAt(name, position) {
	if (position >= name.length) return SPACE;
	const code = name.charCodeAt(position);
	return code < 128 ? CHARACTER_CLASS[code] : PART_OF_WORD;
}
const OPERATOR = "operator";
/** Followed by the suffix's name: 'operator""_km'. */
const LITERAL_SUFFIX = "\"\"";
/** Longest first. A conversion ('operator bool') has none of them. */
const OPERATOR_SYMBOLS = [
	...[
		"delete[]",
		"co_await",
		"delete",
		"new[]",
		"new"
	],
	...[
		"->*",
		"<=>",
		"<<=",
		">>=",
		LITERAL_SUFFIX
	],
	...[
		"()",
		"[]",
		"->",
		"<<",
		">>",
		"<=",
		">=",
		"==",
		"!=",
		"&&",
		"||",
		"++",
		"--"
	],
	...[
		"+=",
		"-=",
		"*=",
		"/=",
		"%=",
		"^=",
		"&=",
		"|="
	],
	...[
		"<",
		">",
		"+",
		"-",
		"*",
		"/",
		"%",
		"^",
		"&",
		"|",
		"~",
		"!",
		"=",
		","
	]
];
/** Cuts a name into tokens, in time linear in its length. */
function tokenise(name) {
	const pieces = splitPieces(name);
	return nest(pieces, matchBrackets(pieces));
}
function splitPieces(name) {
	const pieces = [];
	let position = skipSpaces(name, 0);
	while (position < name.length) {
		const wordEnd = findWordEnd(name, position);
		const isWord = wordEnd > position;
		const end = isWord ? wordEnd : position + markLength(name, position);
		const text = name.slice(position, end);
		pieces.push({
			text: isWord ? canonicalOperator(text) : text,
			isWord
		});
		position = skipSpaces(name, end);
	}
	return pieces;
}
function markLength(name, position) {
	if (classAt(name, position + 1) !== MARK) return 1;
	return TWO_CHARACTER_MARKS.has(name.slice(position, position + 2)) ? 2 : 1;
}
/** `start` itself when no word begins there. */
function findWordEnd(name, start) {
	const afterOperator = start + 8;
	const operatorEnd = name.startsWith(OPERATOR, start) ? findOperatorEnd(name, afterOperator) : 0;
	if (operatorEnd > afterOperator) return operatorEnd;
	let end = start;
	for (;;) if (name.charCodeAt(end) === QUOTE) end = findQuoteEnd(name, end);
	else if (classAt(name, end) === PART_OF_WORD) end += 1;
	else if (end > start && name.charCodeAt(end) === COLON && classAt(name, end + 1) === PART_OF_WORD) end += 1;
	else return end;
}
/** A quoted character may be a bracket: Rust's `split::<'<'>`. A lifetime has no second quote. */
function findQuoteEnd(name, quote) {
	if (name[quote + 1] === "\\") {
		const close = name.slice(quote + 3, quote + 13).indexOf("'");
		return close < 0 ? quote + 1 : quote + 4 + close;
	}
	return name[quote + 2] === "'" ? quote + 3 : quote + 1;
}
/** `end` itself, the end of the word 'operator', when no symbol follows. */
function findOperatorEnd(name, end) {
	const start = skipSpaces(name, end);
	const symbol = OPERATOR_SYMBOLS.find((candidate) => name.startsWith(candidate, start));
	if (symbol === void 0) return end;
	const symbolEnd = start + symbol.length;
	if (symbol === LITERAL_SUFFIX) return skipWord(name, skipSpaces(name, symbolEnd));
	return isLetter(symbol[0]) && (start === end || skipWord(name, symbolEnd) > symbolEnd) ? end : symbolEnd;
}
function isLetter(character) {
	return character >= "a" && character <= "z";
}
function skipSpaces(name, start) {
	let end = start;
	while (end < name.length && classAt(name, end) === SPACE) end += 1;
	return end;
}
function skipWord(name, start) {
	let end = start;
	while (classAt(name, end) === PART_OF_WORD) end += 1;
	return end;
}
/** 'operator <' is 'operator<'; 'operator new' keeps its space. */
function canonicalOperator(word) {
	if (!word.includes(" ")) return word;
	const symbol = word.slice(skipSpaces(word, 8));
	return isLetter(symbol[0]) ? `operator ${symbol}` : `operator${symbol.replaceAll(" ", "")}`;
}
/** For each piece the index of its closing partner, or -1. */
function matchBrackets(pieces) {
	const partners = new Int32Array(pieces.length).fill(-1);
	const open = [];
	pieces.forEach(({ text, isWord }, index) => {
		if (isWord) return;
		if (OPENING.has(text)) open.push(index);
		const bracket = CLOSING$1.get(text);
		if (bracket === void 0) return;
		while (bracket !== "<" && open.length > 0 && pieces[open[open.length - 1]].text === "<") open.pop();
		if (open.length > 0 && pieces[open[open.length - 1]].text === bracket) partners[open.pop()] = index;
	});
	return partners;
}
function nest(pieces, partners) {
	const root = [];
	const levels = [{
		tokens: root,
		end: pieces.length
	}];
	for (let index = 0; index < pieces.length; index++) {
		const { text, isWord } = pieces[index];
		const level = levels[levels.length - 1];
		if (index === level.end) levels.pop();
		else if (partners[index] < 0) level.tokens.push({
			kind: isWord ? "word" : "mark",
			text
		});
		else if (levels.length > MAX_DEPTH) {
			const inside = pieces.slice(index, partners[index] + 1);
			level.tokens.push({
				kind: "word",
				text: inside.map((piece) => piece.text).join("")
			});
			index = partners[index];
		} else {
			const tokens = [];
			level.tokens.push({
				kind: text,
				tokens
			});
			levels.push({
				tokens,
				end: partners[index]
			});
		}
	}
	return root;
}

// src/symbols/name-items.ts
/** A demangled name in our spelling; any text gives items. */
function tidyName(name) {
	return tidy(tokenise(name));
}
/** The items written out with the usual spaces. */
function joinItems(items) {
	let text = "";
	items.forEach((item, index) => {
		text += (index > 0 && needsSpace(items, index) ? " " : "") + item.text;
	});
	return text;
}
function tidy(tokens) {
	const items = new ItemList();
	let index = 0;
	while (index < tokens.length) index += tidyNext(tokens, index, items);
	return items.items;
}
/** The items so far, and the path ('std::map<int>::insert') that the last of them belongs to. */
var ItemList = class {
	items = [];
	#pathStart = 0;
	#alias = null;
	get last() {
		return this.items[this.items.length - 1];
	}
	/** Whether the next item would be a part of a path, after '::' or as its first. */
	get isAtPart() {
		return this.last === void 0 || this.last.kind === "mark" || KEYWORDS.has(this.last.text);
	}
	get isInStandardLibrary() {
		return STANDARD_NAMESPACES.has(this.items[this.#pathStart].text);
	}
	push(item) {
		if ((item.kind === "word" || item.kind === "{" || item.kind === "<" && this.isAtPart) && this.last?.text !== "::") {
			this.#pathStart = this.items.length;
			this.#alias = null;
		}
		this.items.push(item);
	}
	pop() {
		this.items.pop();
	}
	/** 'string' of 'std::basic_string'. */
	shortenLast(short) {
		this.#alias = {
			name: this.items[this.items.length - 1].text,
			short
		};
		this.items[this.items.length - 1] = word(short);
	}
	/** A class's constructor and destructor follow its own change of name. */
	followAlias(name) {
		if (this.#alias === null || this.last?.text !== "::") return name;
		return name.replace(this.#alias.name, this.#alias.short);
	}
	/** Whether the last item is the second part of a path in std. */
	get isStandardName() {
		return this.#pathStart === this.items.length - 3 && this.items[this.#pathStart].text === "std";
	}
};
const STANDARD_NAMESPACES = /* @__PURE__ */ new Set(["std", "__gnu_cxx"]);
/** Versions of the library's binary interface: libstdc++'s, libc++'s. */
const INLINE_NAMESPACES = /* @__PURE__ */ new Set([
	"__cxx11",
	"__1",
	"__2",
	"__ndk1",
	"_V2"
]);
/** Words that are no part of a path, of Rust's and of C++'s types. */
const KEYWORDS = /* @__PURE__ */ new Set([
	"as",
	"const",
	"dyn",
	"extern",
	"for",
	"impl",
	"mut",
	"unsafe"
]);
const QUALIFIERS$1 = /* @__PURE__ */ new Set([
	"const",
	"volatile",
	"&",
	"&&"
]);
const INTEGER_WORDS = /* @__PURE__ */ new Set([
	"char",
	"int",
	"long",
	"short",
	"signed",
	"unsigned"
]);
/** Adds what the token at `index` says to `items` and gives the number of tokens that were used up. */
function tidyNext(tokens, index, items) {
	const token = tokens[index];
	switch (token.kind) {
		case "word": return tidyWord(token.text, tokens, index, items);
		case "mark": return tidyMark(token.text, tokens, index, items);
		case "<": return tidyAngles(token.tokens, tokens, index, items);
		case "(": return tidyParentheses(token.tokens, tokens, index, items);
		case "[":
			if (!isVersionTag(token.tokens, tokens[index + 1])) items.push(group("[", tidy(token.tokens)));
			return 1;
		case "{":
			tidyBraces(token.tokens, items);
			return 1;
	}
}
function tidyWord(text, tokens, index, items) {
	const isAfterScope = items.last?.text === "::";
	if (isAfterScope && INLINE_NAMESPACES.has(text) && textOf(tokens[index + 1]) === "::") {
		if (items.isInStandardLibrary) return 2;
	}
	if (INTEGER_WORDS.has(text) && !isAfterScope) {
		let end = index;
		const words = [];
		for (; INTEGER_WORDS.has(textOf(tokens[end])); end++) words.push(textOf(tokens[end]));
		items.push(word(integerType(words)));
		return end - index;
	}
	const lambda = readLambdaWord(text);
	if (lambda !== null) {
		const parameters = tokens[index + 1];
		const hasParameters = text.startsWith("'") && parameters?.kind === "(";
		items.push(lambdaItem(hasParameters ? parameters.tokens : null, lambda));
		return hasParameters ? 2 : 1;
	}
	items.push(word(items.followAlias(text.startsWith("auto:") ? "auto" : withoutLiteralSuffix(text))));
	return 1;
}
/** 'unsigned long' of 'long unsigned int', as debug information has it. */
function integerType(words) {
	const sign = words.includes("unsigned") ? "unsigned " : "";
	if (words.includes("char")) return `${sign || (words.includes("signed") ? "signed " : "")}char`;
	if (words.includes("short")) return `${sign}short`;
	const longs = words.filter((part) => part === "long").length;
	if (longs > 0) return `${sign}${longs > 1 ? "long long" : "long"}`;
	return `${sign}int`;
}
/** '2' of '2ul'. */
function withoutLiteralSuffix(text) {
	return text[0] <= "9" && /^\d+[uUlL]{1,3}$/.test(text) ? text.slice(0, text.search(/[uUlL]/)) : text;
}
/** The number of LLVM's "'lambda'" (the first), "'lambda0'" (the second) and clang's '$_7'; null of other words. */
function readLambdaWord(text) {
	if (text[0] !== "$" && text[0] !== "'") return null;
	if (/^\$_\d{1,9}$/.test(text)) return 1;
	const llvm = /^'lambda(\d{0,9})'$/.exec(text);
	if (llvm === null) return null;
	return llvm[1] === "" ? 1 : Number(llvm[1]) + 2;
}
function tidyMark(text, tokens, index, items) {
	const next = tokens[index + 1];
	if (text === "::" && next !== void 0 && !items.isAtPart) {
		if (next.kind === "<" && !isUnnamedThing(next.tokens) && textOf(next.tokens[0]) !== "impl") return 1;
		if (textOf(next) === "operator()" && items.last?.text.startsWith("{lambda")) return 2;
	}
	items.push(mark(text));
	return 1;
}
function tidyAngles(inside, tokens, index, items) {
	const isPart = items.isAtPart;
	if (isPart && isUnnamedThing(inside)) pushUnnamedThing(inside, items);
	else if (isPart && items.last?.text !== "::" && textOf(tokens[index + 1]) === "::" && isPlainPath(inside)) for (const item of tidy(inside)) items.push(item);
	else if (isPart) items.push(group("<", tidy(inside)));
	else pushTemplateArguments(tidy(inside), items);
	return 1;
}
const UNNAMED_WORDS = /* @__PURE__ */ new Set([
	"lambda",
	"anonymous",
	"unnamed"
]);
/** Whether what is between brackets stands for a lambda, or a namespace or type without a name. */
function isUnnamedThing(inside) {
	return UNNAMED_WORDS.has(textOf(inside[0]));
}
function pushUnnamedThing(inside, items) {
	if (textOf(inside[0]) !== "lambda") {
		items.push(group("{", [word("anonymous")]));
		return;
	}
	const parameters = inside[1]?.kind === "(" ? inside[1].tokens : null;
	const number = /^#(\d{1,9})$/.exec(textOf(inside[inside.length - 1]));
	items.push(lambdaItem(parameters, number === null ? 1 : Number(number[1])));
}
function lambdaItem(parameters, number) {
	return {
		kind: "{",
		text: `{lambda${parameters === null ? "" : group("(", tidy(parameters)).text}${number > 1 ? `#${number}` : ""}}`,
		items: []
	};
}
function isPlainPath(inside) {
	if (inside[0]?.kind !== "word" || KEYWORDS.has(inside[0].text)) return false;
	return inside.every((token, index) => {
		if (token.kind === "mark") return token.text === "::" && index + 1 < inside.length;
		if (token.kind === "word") return index === 0 || textOf(inside[index - 1]) === "::";
		return token.kind === "<" || token.kind === "[" && isVersionTag(token.tokens, inside[index + 1]);
	});
}
/** Leaves out what the C++ standard library fills in by itself. */
function pushTemplateArguments(inside, items) {
	const [first, ...rest] = splitAtCommas(inside).map(joinItems);
	if (items.isInStandardLibrary) while (rest.length > 0 && isDefaultArgument(rest[rest.length - 1], first)) rest.pop();
	const alias = rest.length === 0 && items.isStandardName ? characterAlias(items.last?.text ?? "", first) : null;
	if (alias !== null) items.shortenLast(alias);
	else items.push({
		kind: "<",
		text: `<${[first, ...rest].join(", ")}>`,
		items: inside
	});
}
function splitAtCommas(items) {
	const parts = [[]];
	for (const item of items) if (item.kind === "mark" && item.text === ",") parts.push([]);
	else parts[parts.length - 1].push(item);
	return parts;
}
const DEFAULTS_OF_FIRST = [
	"char_traits",
	"default_delete",
	"equal_to",
	"hash",
	"less"
];
function isDefaultArgument(argument, first) {
	if (argument.startsWith("std::allocator<") || argument === "(__gnu_cxx::_Lock_policy)2") return true;
	return DEFAULTS_OF_FIRST.find((name) => argument.length === `std::${name}<>`.length + first.length) !== void 0 && DEFAULTS_OF_FIRST.some((name) => argument === `std::${name}<${first}>`);
}
/** Class templates over a character type that have names of their own for char and wchar_t. */
const CHARACTER_TEMPLATES = new Set([
	"string",
	"string_view",
	"ios",
	"istream",
	"ostream",
	"iostream",
	"streambuf",
	"filebuf",
	"stringbuf"
].concat([
	"ifstream",
	"ofstream",
	"fstream",
	"istringstream",
	"ostringstream",
	"stringstream",
	"regex"
]).map((name) => `basic_${name}`));
/** 'string' of 'basic_string' and 'char'. */
function characterAlias(name, character) {
	if (!CHARACTER_TEMPLATES.has(name)) return null;
	if (character === "char") return name.slice(6);
	return character === "wchar_t" ? `w${name.slice(6)}` : null;
}
function tidyParentheses(inside, tokens, index, items) {
	if (items.isAtPart && isUnnamedThing(inside)) {
		pushUnnamedThing(inside, items);
		return 1;
	}
	if (isIntegerCast(inside, tokens[index + 1])) return 1;
	if (!items.isAtPart && items.last?.kind !== "(" && items.last?.text !== "decltype") {
		let next = index + 1;
		while (QUALIFIERS$1.has(textOf(tokens[next]))) next += 1;
		if (textOf(tokens[next]) === "::") return next - index;
	}
	items.push(group("(", tidy(inside)));
	return 1;
}
function isIntegerCast(inside, next) {
	return (textOf(next) === "-" || /^\d/.test(textOf(next))) && inside.length > 0 && inside.every((token) => INTEGER_WORDS.has(textOf(token)));
}
/** 'name[abi:cxx11]', and a crate's 'words[1a2b3c4d5e6f7081]::main'. */
function isVersionTag(inside, next) {
	if (inside.length !== 1) return false;
	const tag = textOf(inside[0]);
	return tag.startsWith("abi:") || textOf(next) === "::" && /^[0-9a-f]{1,16}$/.test(tag);
}
/** Marks of a function that the compiler makes to call another through a table. */
const SHIMS = /* @__PURE__ */ new Set([
	"vtable.shim",
	"shim:vtable",
	"shim:reify",
	"reify.shim"
]);
function tidyBraces(inside, items) {
	let content = inside;
	while (content.length === 1 && content[0].kind === "{") content = content[0].tokens;
	if (isUnnamedThing(content) && textOf(content[1]) !== "type") {
		pushUnnamedThing(content, items);
		return;
	}
	const only = content.length === 1 ? textOf(content[0]) : "";
	if (/^lambda#\d{1,9}$/.test(only)) {
		items.push(lambdaItem(null, Number(only.slice(7))));
		return;
	}
	const name = /#\d{1,9}$/.test(only) ? only.slice(0, only.lastIndexOf("#")) : only;
	if (SHIMS.has(name)) {
		if (items.last?.text === "::") items.pop();
	} else items.push(group("{", name === "" ? tidy(content) : [word(name)]));
}
function textOf(token) {
	return token?.kind === "word" || token?.kind === "mark" ? token.text : "";
}
function word(text) {
	return {
		kind: "word",
		text,
		items: []
	};
}
function mark(text) {
	return {
		kind: "mark",
		text,
		items: []
	};
}
const CLOSING = {
	"<": ">",
	"(": ")",
	"[": "]",
	"{": "}"
};
function group(kind, items) {
	return {
		kind,
		text: kind + joinItems(items) + CLOSING[kind],
		items
	};
}
const SPACED_MARKS = /* @__PURE__ */ new Set([
	"=",
	"+",
	"->"
]);
const POINTER_MARKS = /* @__PURE__ */ new Set([
	"*",
	"&",
	"&&"
]);
function needsSpace(items, index) {
	const before = items[index - 1];
	const item = items[index];
	if (before.kind === "mark") {
		if (before.text === "," || before.text === ";" || SPACED_MARKS.has(before.text)) return true;
		return POINTER_MARKS.has(before.text) && item.kind === "word" && isPostfix(items, index - 1);
	}
	if (item.kind === "mark") return SPACED_MARKS.has(item.text) || POINTER_MARKS.has(item.text) && isRustKeyword(before);
	if (item.kind === "word") return before.kind !== "(" || !/^\d/.test(item.text);
	if (item.kind === "<") return KEYWORDS.has(before.text) || before.text.endsWith("<");
	return KEYWORDS.has(before.text) && item.kind !== "{";
}
/** Whether a '*' or '&' belongs to the type before it, as in C++, or to the one behind it, as in Rust. */
function isPostfix(items, index) {
	let first = index;
	while (first > 0 && POINTER_MARKS.has(items[first].text)) first -= 1;
	return items[first].kind !== "mark" && !isRustKeyword(items[first]);
}
function isRustKeyword(item) {
	return item.text !== "const" && KEYWORDS.has(item.text);
}

// src/symbols/raw-names.ts
/** Last words of the names of clones: 'parse.constprop.0', 'parse.cold', '_RNv….llvm.123'. */
const CLONE_SUFFIXES = /* @__PURE__ */ new Set([...[
	"__part",
	"__uniq",
	"clone",
	"cold",
	"constprop",
	"content",
	"isra",
	"llvm",
	"localalias",
	"lto_priv"
], ...[
	"part",
	"resolver",
	"simdclone",
	"specialized",
	"split",
	"unlikely",
	"warm"
]]);
/** Takes off what marks a copy of a function, its version in a library, or a number that keeps names apart. */
function stripSuffixes(name) {
	let end = findVersionStart(name);
	for (;;) {
		const shorter = findSuffixStart(name, end);
		if (shorter === end) return name.slice(0, end);
		end = shorter;
	}
}
/** Of '@GLIBC_2.34', '@@GLIBCXX_3.4' and '@plt'. */
function findVersionStart(name) {
	const at = name.indexOf("@");
	if (at <= 0) return name.length;
	for (let index = at; index < name.length; index++) {
		const code = name.charCodeAt(index);
		if (!isWordCharacter(code) && code !== AT && code !== DOT) return name.length;
	}
	return at;
}
function findSuffixStart(name, end) {
	const last = name[end - 1];
	if (last === " ") return end - 1;
	if (last === "]" || last === ")") {
		const open = name.lastIndexOf(last === "]" ? "[" : "(", end - 1);
		const opening = last === "]" ? " [clone " : " (.";
		return open > 1 && name.startsWith(opening, open - 1) ? open - 1 : end;
	}
	let start = end;
	while (start > 0 && isWordCharacter(name.charCodeAt(start - 1))) start -= 1;
	const word = name.slice(start, end);
	return (isDecimal(word) || CLONE_SUFFIXES.has(word)) && start > 1 && name[start - 1] === "." && name[start - 2] !== "." ? start - 1 : end;
}
const AT = 64;
const DOT = 46;
function isWordCharacter(code) {
	return code >= 48 && code <= 57 || code >= 65 && code <= 90 || code >= 97 && code <= 122 || code === 95;
}
function isDecimal(text) {
	return text !== "" && [...text].every((digit) => digit >= "0" && digit <= "9");
}
/** Rust's legacy mangling spells punctuation so. https://github.com/rust-lang/rustc-demangle (legacy.rs) */
const RUST_ESCAPES = new Map([...[
	["SP", "@"],
	["BP", "*"],
	["RF", "&"],
	["LT", "<"],
	["GT", ">"],
	["LP", "("],
	["RP", ")"]
], ["C", ","]]);
const HASH_LENGTH = 19;
/**
* Finishes what heaptrack began: it hands Rust's legacy names to the C++ demangler, which leaves the escapes
* ('_$LT$words..Parser$u20$as$u20$Default$GT$::default') and the hash ('::h1b5d6b32d4e6b239').
*/
function undoRustEscapes(name) {
	const hasHash = endsInRustHash(name);
	const escaped = hasHash ? name.slice(0, -19) : name;
	let text = "";
	let done = 0;
	for (let dollar = escaped.indexOf("$"); dollar >= 0; dollar = escaped.indexOf("$", Math.max(done, dollar + 1))) {
		const found = readRustEscape(escaped, dollar);
		if (found === null) continue;
		const hasUnderscore = escaped[dollar - 1] === "_" && (dollar === 1 || escaped[dollar - 2] === ":");
		text += escaped.slice(done, hasUnderscore ? dollar - 1 : dollar) + found.text;
		done = found.end;
	}
	return done > 0 || hasHash ? (text + escaped.slice(done)).replaceAll("..", "::") : name;
}
function endsInRustHash(name) {
	const start = name.length - HASH_LENGTH;
	if (start <= 0 || !name.startsWith("::h", start)) return false;
	return [...name.slice(start + 3)].every((digit) => "0123456789abcdef".includes(digit));
}
function readRustEscape(name, dollar) {
	const close = name.slice(dollar + 1, dollar + 9).indexOf("$");
	if (close < 0) return null;
	const code = name.slice(dollar + 1, dollar + 1 + close);
	const text = RUST_ESCAPES.get(code) ?? readCodePoint(code);
	return text === null ? null : {
		text,
		end: dollar + close + 2
	};
}
/** '{' of 'u7b'. */
function readCodePoint(code) {
	if (!/^u[0-9a-f]{1,6}$/.test(code)) return null;
	const codePoint = Number.parseInt(code.slice(1), 16);
	return codePoint >= 32 && codePoint !== 127 && codePoint <= 1114111 ? String.fromCodePoint(codePoint) : null;
}

// src/symbols/short-name.ts
/** The last two parts of a path, without arguments: 'HashMap::insert', 'parse::{closure}'; '' when there is none. */
function shortenName(path) {
	const conversion = path.findIndex((item) => item.text === "operator");
	if (conversion >= 0 && conversion + 1 < path.length) return `${namedParts(path.slice(0, conversion)).slice(-1).map((part) => `${part.text}::`).join("")}operator ${shortType(path.slice(conversion + 1))}`;
	const parts = namedParts(path);
	const last = parts.length - 1;
	const isInMethod = last >= 2 && parts[last].isUnnamed && parts[last - 2].isType;
	const isOfClosure = last >= 2 && parts[last - 1].isUnnamed;
	return parts.slice(isInMethod || isOfClosure ? last - 2 : Math.max(0, last - 1)).map((part) => part.text).join("::");
}
function namedParts(path) {
	const parts = [];
	for (let index = 0; index < path.length; index++) {
		const item = path[index];
		const isFirst = index === 0 || path[index - 1].kind === "mark";
		const last = parts[parts.length - 1];
		if (item.kind === "word") {
			if (isFirst || last === void 0) parts.push({
				text: item.text,
				isType: startsUpperCase(item.text),
				isUnnamed: false
			});
			else parts[parts.length - 1] = {
				...last,
				text: `${last.text} ${item.text}`
			};
		} else if (item.kind === "<") {
			if (isFirst) parts.push({
				text: ownerOf(item.items),
				isType: true,
				isUnnamed: false
			});
			else if (last !== void 0) parts[parts.length - 1] = {
				...last,
				isType: true
			};
		} else if (item.kind === "{") addUnnamed(parts, item.text);
	}
	return parts;
}
function startsUpperCase(text) {
	return text !== "" && text[0] !== text[0].toLowerCase();
}
/** Adds '{closure}' or '{lambda#2}'; one in another is shown as one, and what has no name at all is left out. */
function addUnnamed(parts, text) {
	if (!(text.startsWith("{closure") || text.startsWith("{lambda") || text.startsWith("{async"))) return;
	if (parts[parts.length - 1]?.isUnnamed) parts.pop();
	const parameters = text.indexOf("(");
	const shortText = parameters < 0 ? text : text.slice(0, parameters) + text.slice(text.lastIndexOf(")") + 1);
	parts.push({
		text: shortText,
		isType: false,
		isUnnamed: true
	});
}
/** 'Parser' of Rust's 'words::Parser as core::default::Default', 'impl Display for words::Parser' and 'impl words::Parser'. */
function ownerOf(items) {
	const end = items.findIndex((item) => item.text === "as");
	const start = items.findLastIndex((item) => item.text === "for" || item.text === "impl");
	return end < 0 ? shortType(items.slice(start + 1)) : shortType(items.slice(0, end));
}
const BEFORE_TYPE = /* @__PURE__ */ new Set([
	"&",
	"&&",
	"*",
	"const",
	"dyn",
	"mut",
	"volatile"
]);
function shortType(items) {
	const start = items.findIndex((item) => !BEFORE_TYPE.has(item.text) && !item.text.startsWith("'"));
	if (start < 0) return joinItems(items);
	const first = items[start];
	if (first.kind === "[") return `[${shortType(first.items)}]`;
	if (first.kind === "(") return joinItems(items.slice(start));
	const end = items.findIndex((item, index) => index > start && item.kind === "mark" && item.text !== "::");
	const parts = namedParts(items.slice(start, end < 0 ? items.length : end));
	if (parts.length === 0) return joinItems(items);
	return parts.slice(parts[parts.length - 1].isUnnamed ? -2 : -1).map((part) => part.text).join("::");
}

// src/symbols/normalise-function.ts
/** Identity of a function whose name the trace does not know. */
const UNRESOLVED = "??";
/** More of a name than this is neither read nor compared. The longest real ones known to us have 28 KB. */
const MAX_READ_LENGTH = 32768;
/** Marks of different kinds on one name. */
const MAX_MARKS = 4;
const MAX_NAME_LENGTH = 300;
const MAX_SHORT_NAME_LENGTH = 100;
/** Makes a namer that remembers every name it has seen. */
function createFunctionNamer(demangle) {
	const known = /* @__PURE__ */ new Map();
	return (rawFunctionName) => {
		let functionName = known.get(rawFunctionName);
		if (functionName === void 0) {
			functionName = nameFunction(rawFunctionName, demangle);
			known.set(rawFunctionName, functionName);
		}
		return functionName;
	};
}
function nameFunction(rawFunctionName, demangle) {
	const items = tidyName(readRawName(rawFunctionName, demangle).slice(0, MAX_READ_LENGTH));
	const bare = withoutSignature(items);
	const identity = joinItems(bare);
	if (identity === "" || isAddress(identity)) return {
		identity: "??",
		name: "??",
		shortName: "??"
	};
	return {
		identity,
		name: cut(joinItems(items), MAX_NAME_LENGTH),
		shortName: cut(shortenName(bare) || identity, MAX_SHORT_NAME_LENGTH)
	};
}
const STATIC_INITIALISER = "_GLOBAL__sub_I_";
const THUNKS = [
	"non-virtual thunk to ",
	"virtual thunk to ",
	"covariant return thunk to "
];
function readRawName(rawFunctionName, demangle) {
	const mangled = stripSuffixes(rawFunctionName.trim());
	const demangled = mangled.startsWith(`${STATIC_INITIALISER}_Z`) ? STATIC_INITIALISER + demangle(mangled.slice(15)) : demangle(mangled);
	const thunk = THUNKS.find((prefix) => demangled.startsWith(prefix)) ?? "";
	return stripMarks(demangled.slice(thunk.length));
}
/** One mark may hide another: '…::h1b5d6b32d4e6b239.llvm.7019'. */
function stripMarks(name) {
	let stripped = name;
	for (let round = 0; round < MAX_MARKS; round++) {
		const shorter = undoRustEscapes(stripSuffixes(stripped)).trim();
		if (shorter === stripped) break;
		stripped = shorter;
	}
	return stripped;
}
/** Some traces give an address where there is no name. */
function isAddress(name) {
	return /^0x[0-9a-f]{1,16}$/.test(name);
}
const QUALIFIERS = /* @__PURE__ */ new Set([
	"const",
	"volatile",
	"noexcept",
	"&",
	"&&"
]);
/** 'std::vector<int>::size' of 'unsigned long std::vector<int>::size() const'. */
function withoutSignature(items) {
	let end = items.length;
	while (end > 1 && QUALIFIERS.has(items[end - 1].text)) end -= 1;
	if (!(end > 1 && items[end - 1].kind === "(" && isNamePart(items[end - 2]))) return items;
	const parameters = end - 1;
	const conversion = items.findIndex((item) => item.text === "operator");
	const start = findPathStart(items, conversion < 0 ? parameters : conversion + 1);
	return items.slice(start, parameters);
}
function isNamePart(item) {
	return item.kind !== "mark" && item.kind !== "(";
}
/** Where the path ('a::b<c>::d') begins that ends before `end`: at a part that no '::' joins to what is before. */
function findPathStart(items, end) {
	for (let index = end - 1; index > 0; index--) {
		const { kind, text } = items[index];
		const before = items[index - 1];
		if (kind === "mark" && text !== "::") return index + 1;
		const isArguments = kind === "<" && (before.kind === "word" || before.kind === "{");
		if ((kind === "word" || kind === "{" || kind === "<" && !isArguments) && before.text !== "::") return index;
	}
	return 0;
}
function cut(text, maxLength) {
	if (text.length <= maxLength) return text;
	const kept = text.slice(0, maxLength - 1);
	return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}…`;
}

// src/symbols/runtime-frames.ts
/**
* @param identity normalised function name; '' or UNRESOLVED when unknown
* @param module base name without version ('libc.so'); '' when unknown
*/
function frameRole(identity, module) {
	if (identity === "main") return "entry";
	if (isAllocationFunction(identity)) return "allocation";
	if (isRuntimeRoot(identity)) return "runtime-root";
	return isStartFrame(identity, module) ? "runtime" : "code";
}
/** Whether a frame, when nothing but such frames is outside it, lies outside main or a thread's function. */
function isStartFrame(identity, module) {
	if (isRuntimeRoot(identity) || isSystemModule(module)) return true;
	if (identity === "" || identity === "??") return module === "libstdc++.so";
	return START_FUNCTIONS.has(identity) || START_PREFIXES.some((prefix) => identity.startsWith(prefix)) || isCallOnce(identity);
}
/** Whether a function does nothing but hand a request for memory on: its caller is who asked. */
function isAllocationFunction(identity) {
	if (ALLOCATION_FUNCTIONS.has(identity)) return true;
	if (ALLOCATION_PREFIXES.some((prefix) => identity.startsWith(prefix))) return true;
	return identity.endsWith(">::allocate") && ALLOCATORS.some((prefix) => identity.startsWith(prefix));
}
const ROOT_FUNCTIONS = /* @__PURE__ */ new Set([...[
	"_start",
	"__libc_start_main",
	"__libc_start_main_impl",
	"__libc_start_call_main",
	"__libc_csu_init"
], ...["generic_start_main", "execute_native_thread_routine"]]);
function isRuntimeRoot(identity) {
	if (ROOT_FUNCTIONS.has(identity) || identity.startsWith("std::rt::lang_start")) return true;
	const argumentsStart = identity.indexOf("<", 1);
	const path = argumentsStart < 0 ? identity : identity.slice(0, argumentsStart);
	if (path.endsWith("__rust_begin_short_backtrace")) return true;
	if (path.startsWith("std::sys") && path.endsWith("::thread_start")) return true;
	return path === "_M_invoke" && isDigit(identity[argumentsStart + 1]);
}
function isDigit(character) {
	return character !== void 0 && character >= "0" && character <= "9";
}
const START_FUNCTIONS = /* @__PURE__ */ new Set([
	...[
		"clone",
		"clone3",
		"__clone",
		"__clone3",
		"start_thread",
		"call_init",
		"_dl_init",
		"_dl_start_user"
	],
	...[
		"_dl_start",
		"dl_main",
		"exit",
		"__run_exit_handlers",
		"__pthread_once_slow",
		"_init"
	],
	...[
		"_M_run",
		"_M_invoke",
		"__gthread_once",
		"QThreadPrivate::start",
		"g_thread_proxy",
		"gomp_thread_start"
	],
	...[
		"__rust_try",
		"catch_unwind",
		"do_call",
		"call_once"
	]
]);
const START_PREFIXES = [
	...[
		"std::thread::_Invoker<",
		"std::thread::_State_impl<",
		"std::__invoke",
		"__invoke<",
		"__invoke_impl<"
	],
	...[
		"__invoke_r<",
		"std::__future_base::",
		"std::call_once<",
		"std::once_flag::"
	],
	...["std::function<std::unique_ptr<std::__future_base::"],
	...["std::_Function_handler<std::unique_ptr<std::__future_base::"],
	...[
		"std::__thread_proxy<",
		"std::__thread_execute<",
		"std::__async_func<",
		"std::__async_assoc_state<"
	],
	...[
		"std::panic::catch_unwind",
		"std::panicking::catch_unwind",
		"std::panicking::try",
		"catch_unwind<"
	],
	...[
		"do_call<",
		"call_once<",
		"std::thread::Builder::spawn_unchecked",
		"std::thread::lifecycle::spawn_unchecked"
	]
];
/** Rust's FnOnce::call_once, of any type. */
function isCallOnce(identity) {
	if (identity.startsWith("core::ops::function::")) return identity.endsWith("::call_once");
	return identity.endsWith(">::call_once") && identity.includes(" as core::ops::function::FnOnce<");
}
const ALLOCATION_FUNCTIONS = /* @__PURE__ */ new Set([
	...[
		"malloc",
		"calloc",
		"realloc",
		"reallocarray",
		"aligned_alloc",
		"memalign",
		"posix_memalign",
		"valloc"
	],
	...[
		"pvalloc",
		"__libc_malloc",
		"__libc_calloc",
		"__libc_realloc",
		"__libc_memalign"
	],
	...[
		"__GI___libc_malloc",
		"__GI___libc_calloc",
		"__GI___libc_realloc"
	],
	...[
		"operator new",
		"operator new[]",
		"std::__libcpp_allocate",
		"std::__libcpp_operator_new"
	],
	...[
		"__rust_alloc",
		"__rust_alloc_zeroed",
		"__rust_realloc",
		"__rdl_alloc",
		"__rdl_alloc_zeroed",
		"__rdl_realloc"
	],
	...[
		"__rg_alloc",
		"__rg_alloc_zeroed",
		"__rg_realloc"
	],
	...[
		"alloc::alloc::alloc",
		"alloc::alloc::alloc_zeroed",
		"alloc::alloc::realloc",
		"alloc::alloc::exchange_malloc"
	],
	"alloc::boxed::box_new_uninit"
]);
const ALLOCATION_PREFIXES = [
	...[
		"std::__libcpp_allocate<",
		"std::__libcpp_operator_new<",
		"std::__allocate_at_least<"
	],
	...[
		"__rustc::__rust_alloc",
		"__rustc::__rust_realloc",
		"__rustc::__rdl_",
		"__rustc::__rg_"
	],
	...[
		"alloc::alloc::Global::",
		"<alloc::alloc::Global as ",
		"std::alloc::System::",
		"<std::alloc::System as "
	],
	...["std::alloc::__default_lib_allocator::", "std::sys::alloc::"]
];
const ALLOCATORS = [...[
	"std::allocator<",
	"std::allocator_traits<",
	"std::__new_allocator<",
	"__gnu_cxx::new_allocator<"
]];

// src/symbols/static-initialisers.ts
/** gcc's and clang's: https://gcc.gnu.org/onlinedocs/gccint/Initialization.html */
const PREFIXES = [
	"_GLOBAL__sub_I_",
	"_GLOBAL__sub_D_",
	"_GLOBAL__I_",
	"_GLOBAL__D_"
];
const NAMES = ["__static_initialization_and_destruction_0", "__cxx_global_var_init"];
/**
* The name that a made-up initialiser bears of something in its file ('parse' of '_GLOBAL__sub_I_parse'), '' when it
* bears none, null for all other functions. It is that of whatever comes first in the file, so it changes while the
* initialiser stays.
* @param identity normalised function name
*/
function staticInitialiserOf(identity) {
	if (NAMES.includes(identity)) return "";
	const prefix = PREFIXES.find((candidate) => identity.startsWith(candidate));
	if (prefix === void 0) return null;
	const named = identity.slice(prefix.length).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
	return identity.endsWith(`.${named.at(-1)}`) ? "" : named.at(-1) ?? "";
}

// src/symbols/demangle.ts
/** Longer names are handed back as they are. The longest real one known to us has 28 KB. */
const MAX_MANGLED_LENGTH = 65536;
/**
* A C++ name may refer to its own parts, so one of 250 characters can spell out gigabytes. 8 MB of memory stop that
* after about 0.1 s, and still hold a hundred times the longest real name.
*/
const MAX_MEMORY_PAGES = 128;
/** So many names that broke the demangler are an attack, not a program: the rest stays mangled. */
const MAX_BREAKDOWNS = 16;
/**
* Makes a demangler for Rust (v0 `_R…`, legacy `_ZN…17h…E`) and C++ (`_Z…`).
* @param wasmBytes index_bg.wasm of the npm package gecko-profiler-demangle
*/
function createDemangler(wasmBytes) {
	const module = new WebAssembly.Module(limitMemory(toBytes(wasmBytes), MAX_MEMORY_PAGES));
	let instance = instantiate(module);
	let breakdowns = 0;
	return (mangled) => {
		if (!looksMangled(mangled) || mangled.length > 65536 || breakdowns >= MAX_BREAKDOWNS) return mangled;
		try {
			const name = callDemangler(instance, mangled);
			return name === "" || name === mangled.slice(1) ? mangled : name;
		} catch {
			breakdowns += 1;
			instance = instantiate(module);
			return mangled;
		}
	};
}
function looksMangled(name) {
	return name.startsWith("_Z") || name.startsWith("_R") || name.startsWith("__Z") || name.startsWith("__R");
}
function instantiate(module) {
	return new WebAssembly.Instance(module, { "./index_bg.js": { __wbindgen_init_externref_table: () => {} } }).exports;
}
function callDemangler(instance, mangled) {
	const input = new TextEncoder().encode(mangled);
	const inputAddress = instance.__wbindgen_malloc(input.length, 1) >>> 0;
	new Uint8Array(instance.memory.buffer).set(input, inputAddress);
	const [outputAddress, outputLength] = instance.demangle_any(inputAddress, input.length);
	const output = new Uint8Array(instance.memory.buffer, outputAddress >>> 0, outputLength >>> 0);
	const name = new TextDecoder().decode(output);
	instance.__wbindgen_free(outputAddress, outputLength, 1);
	return name;
}
function toBytes(source) {
	return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
}
const MEMORY_SECTION = 5;
/**
* Gives a WebAssembly module whose own memory may not grow beyond `maxPages` of 64 KB: such a module says so in its
* memory section, and one that a compiler made says "no limit".
* https://webassembly.github.io/spec/core/binary/modules.html#memory-section
*/
function limitMemory(module, maxPages) {
	let offset = 8;
	while (offset < module.length) {
		const size = readUnsigned(module, offset + 1);
		const end = size.next + size.value;
		if (module[offset] === MEMORY_SECTION) {
			const minimum = readUnsigned(module, size.next + 2);
			const content = [
				1,
				1,
				...unsigned(minimum.value),
				...unsigned(Math.max(minimum.value, maxPages))
			];
			const section = [
				MEMORY_SECTION,
				...unsigned(content.length),
				...content
			];
			const limited = new Uint8Array(module.length - (end - offset) + section.length);
			limited.set(module.subarray(0, offset));
			limited.set(section, offset);
			limited.set(module.subarray(end), offset + section.length);
			return limited;
		}
		offset = end;
	}
	return new Uint8Array(module);
}
/** Reads a LEB128 number. */
function readUnsigned(bytes, offset) {
	let value = 0;
	let shift = 0;
	let next = offset;
	for (; next < bytes.length; shift += 7) {
		const byte = bytes[next];
		next += 1;
		value += (byte & 127) * 2 ** shift;
		if (byte < 128) break;
	}
	return {
		value,
		next
	};
}
/** Writes a LEB128 number. */
function unsigned(value) {
	return value < 128 ? [value] : [value & 127 | 128, ...unsigned(Math.floor(value / 128))];
}

export { UNRESOLVED as a, isProgramCode as c, moduleMarks as d, rootMarks as f, frameRole as i, calleeMarks as l, createDemangler as n, createFunctionNamer as o, moduleName as p, staticInitialiserOf as r, isLibraryName as s, MAX_MANGLED_LENGTH as t, isFootprint as u };