import { i as writeFoldedFiles, r as foldedFilesIn } from "./folded-files.js";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

// src/publish/directory.ts
/**
* Writes a report's files to a directory, which is made when missing. Files of an earlier report that this one does
* not have are removed, so that what lies there belongs together.
* @param folded text to write, or what is writing it to this directory
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
	const foldedFiles = foldedFilesIn(folder);
	if (folded === null) for (const path of Object.values(foldedFiles)) await rm(path, { force: true });
	else if ("finish" in folded) await folded.finish();
	else writeFoldedFiles(folder, folded);
	return {
		html,
		comment,
		json,
		svg: rendered.svg === null ? null : svg,
		folded: folded === null ? null : foldedFiles
	};
}

export { writeReportFiles as t };