import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

// src/publish/directory.ts
/**
* Writes a report's files to a directory, which is made when missing. Files of an earlier report that this one does
* not have are removed, so that what lies there belongs together.
*/
async function writeReportFiles(directory, rendered, folded) {
	const folder = resolve(directory);
	await mkdir(folder, { recursive: true });
	const write = async (name, content) => {
		const path = join(folder, name);
		if (content === null) await rm(path, { force: true });
		else await writeFile(path, content);
		return path;
	};
	const html = await write("report.html", rendered.html);
	const svg = await write("flamegraph.svg", rendered.svg);
	const comment = await write("comment.md", rendered.commentMarkdown);
	const json = await write("report.json", rendered.json);
	const base = await write("base.folded", folded?.base ?? null);
	const head = await write("head.folded", folded?.head ?? null);
	const diff = await write("diff.folded", folded?.diff ?? null);
	return {
		html,
		comment,
		json,
		svg: rendered.svg === null ? null : svg,
		folded: folded === null ? null : {
			base,
			head,
			diff
		}
	};
}

export { writeReportFiles as t };