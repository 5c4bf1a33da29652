import { i as __toESM } from "../rolldown-runtime.js";
import { r as MeasurementError } from "./errors.js";
import { h as isApiError, m as describeApiError } from "./github.js";
import { a as encodeMeasurement, i as decodeMeasurement, r as MEASUREMENT_CAPS } from "./measurement.js";
import { n as askRunnerServices } from "./runner-services.js";
import { L as makeTemporaryDirectory } from "./workspace.js";
import { t as _usingCtx } from "../usingCtx.js";
import { Readable } from "node:stream";
import { crc32, createGunzip, gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import { lstat, open, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";

// src/artifacts/archive.ts
/**
* Reads the one file of an artifact's zip, in memory: nothing is written to disk, and no name in the archive is used
* for anything but to be compared. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
*/
const STORED = 0;
const DEFLATED = 8;
/** Bits of the general purpose flag. */
const ENCRYPTED = 1;
const HAS_DATA_DESCRIPTOR = 8;
const DATA_DESCRIPTOR_SIGNATURE = 134695760;
const END_OF_TABLE_SIGNATURE = 101010256;
const END_OF_TABLE_BYTES = 22;
/** Of an entry in the table, without its name and what follows. */
const ENTRY_BYTES = 46;
/** Who made the archive, and so what its attributes mean. */
const UNIX = 3;
/** Of a file's type in the upper half of external attributes, when a Unix made the archive. */
const FILE_TYPE_MASK = 61440;
const PLAIN_FILE = 32768;
const DOS_DIRECTORY = 16;
/** Zip64: sizes of more than 4 GiB, or said so. */
const ZIP64_EXTRA_FIELD = 1;
const UNICODE_PATH_EXTRA_FIELD = 28789;
/**
* The content of a zip's only entry. Bytes that are gzip themselves, those of an artifact that was not zipped, are
* returned as they are.
* @param expectedName what the entry must be called, to the letter
* @param maxBytes of the content
* @throws MeasurementError for everything else that can be made of a zip
*/
async function readSingleFile(zip, expectedName, maxBytes) {
	if (zip[0] === 31 && zip[1] === 139) {
		if (zip.length > maxBytes) tooLarge(maxBytes);
		return zip;
	}
	try {
		return await readEntry(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), expectedName, maxBytes);
	} catch (cause) {
		if (cause instanceof MeasurementError) throw cause;
		throw new MeasurementError("the artifact is damaged: it is no zip that can be read", { cause });
	}
}
async function readEntry(zip, expectedName, maxBytes) {
	const table = readEndOfTable(zip);
	if (table.entries !== 1) refuse(`it holds ${table.entries} files, and not 1`);
	const { fromBufferPromise } = await import("../third-party/load/yauzl.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const archive = await fromBufferPromise(zip, { decodeStrings: false });
	const { value: entry } = await archive.eachEntry().next();
	const name = Buffer.from(expectedName);
	if (!name.equals(entry.fileNameRaw)) refuse(`its file is not called ${expectedName}`);
	checkEntry(entry);
	if (entry.uncompressedSize > maxBytes) tooLarge(maxBytes);
	const local = await archive.readLocalFileHeaderPromise(entry);
	const { crc32: sum, compressedSize, uncompressedSize, generalPurposeBitFlag: flags } = entry;
	const hasDescriptor = (flags & HAS_DATA_DESCRIPTOR) !== 0;
	const sizes = [
		sum,
		compressedSize,
		uncompressedSize
	];
	const localSizes = [
		local.crc32,
		local.compressedSize,
		local.uncompressedSize
	];
	const descriptor = zip.subarray(local.fileDataStart + compressedSize, table.start);
	if (!(entry.relativeOffsetOfLocalHeader === 0 && name.equals(local.fileName) && local.generalPurposeBitFlag === flags && local.compressionMethod === entry.compressionMethod && localSizes.every((size, i) => size === (hasDescriptor ? 0 : sizes[i])) && (hasDescriptor ? isDescriptor(descriptor, sizes) : descriptor.length === 0) && local.fileDataStart + compressedSize <= table.start && entryLength(entry) === table.length && table.start + table.length + END_OF_TABLE_BYTES === zip.length)) refuse("its two tables of contents do not agree, or do not cover it");
	const content = await readAll(await archive.openReadStreamPromise(entry), maxBytes);
	if (crc32(content) !== sum) refuse("its file is not what its checksum says");
	return content;
}
/** The last bytes of a zip without a comment, which no artifact has. */
function readEndOfTable(zip) {
	const end = zip.subarray(Math.max(0, zip.length - END_OF_TABLE_BYTES));
	if (end.length < END_OF_TABLE_BYTES || end.readUInt32LE(0) !== END_OF_TABLE_SIGNATURE) refuse("it is no zip, or one with a comment");
	return {
		entries: end.readUInt16LE(10),
		length: end.readUInt32LE(12),
		start: end.readUInt32LE(16)
	};
}
/** What the entry takes in the table. */
function entryLength({ fileNameLength, extraFieldLength, fileCommentLength }) {
	return ENTRY_BYTES + fileNameLength + extraFieldLength + fileCommentLength;
}
function checkEntry(entry) {
	const { generalPurposeBitFlag: flags, compressionMethod, versionMadeBy, externalFileAttributes } = entry;
	if ((flags & ENCRYPTED) !== 0) refuse("its file is encrypted");
	if ((flags & -2063) !== 0) refuse("its file has flags that are not known");
	if (compressionMethod !== STORED && compressionMethod !== DEFLATED) refuse("its file is compressed by an unknown method");
	if (entry.extraFields.some(({ id }) => id === ZIP64_EXTRA_FIELD || id === UNICODE_PATH_EXTRA_FIELD)) refuse("its file has a second name or size");
	const type = externalFileAttributes >>> 16 & FILE_TYPE_MASK;
	const isUnix = versionMadeBy >>> 8 === UNIX;
	if (!(type === 0 || isUnix && type === PLAIN_FILE) || (externalFileAttributes & DOS_DIRECTORY) !== 0) refuse("it holds something else than a plain file");
}
/** What follows the content when its sizes were not known before: with a signature or without. */
function isDescriptor(bytes, expected) {
	const numbers = bytes.length === 16 && bytes.readUInt32LE(0) === DATA_DESCRIPTOR_SIGNATURE ? bytes.subarray(4) : bytes;
	return numbers.length === 12 && expected.every((size, i) => numbers.readUInt32LE(4 * i) === size);
}
async function readAll(stream, maxBytes) {
	const chunks = [];
	let length = 0;
	for await (const chunk of stream) {
		length += chunk.length;
		if (length > maxBytes) tooLarge(maxBytes);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
function refuse(what) {
	throw new MeasurementError(`the artifact cannot be used: ${what}`);
}
function tooLarge(maxBytes) {
	throw new MeasurementError(`the artifact cannot be used: its file has more than ${maxBytes} bytes`);
}

// src/artifacts/measurement-artifact.ts
/**
* A measurement as an artifact of a run: its name, and the bytes that travel, which are encoded, then compressed.
*/
/** The one file in a measurement's artifact. */
const MEASUREMENT_FILE = "measurement.memtrack.gz";
const PACKED_CAPS = {
	/** As much as the client of GitHub's API reads. */
	packedBytes: 64 * 1024 ** 2,
	bytes: MEASUREMENT_CAPS.bytes,
	/** A measurement shrinks to a tenth; columns of zeros shrink to a thousandth, but no measurement is all zeros. */
	ratio: 200,
	/** What comes out before the ratio is looked at: small measurements may be mostly zeros. */
	bytesOfAnyRatio: 16 * 1024 ** 2
};
const CHUNK_BYTES = 1024 ** 2;
/** @throws MeasurementError for one that `unpackMeasurement` would refuse */
function packMeasurement(measurement) {
	const packed = gzipSync(encodeMeasurement(measurement), { chunkSize: CHUNK_BYTES });
	checkPackedSize(packed.length, PACKED_CAPS.packedBytes);
	return packed;
}
/**
* Reads a measurement from bytes that anybody may have made.
* @throws MeasurementError for all that is unsound
*/
async function unpackMeasurement(packed) {
	return decodeMeasurement(await decompressMeasurement(packed));
}
/**
* The first half of `unpackMeasurement`. zlib has no limit of its own for streams: what comes out is counted as it
* comes.
* @param lower for when several measurements share what one may take
*/
async function decompressMeasurement(packed, lower = {}) {
	const caps = {
		...PACKED_CAPS,
		...lower
	};
	checkPackedSize(packed.length, caps.packedBytes);
	const most = Math.min(caps.bytes, Math.max(caps.bytesOfAnyRatio, packed.length * caps.ratio));
	const chunks = [];
	let length = 0;
	try {
		const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
		for await (const chunk of Readable.from([packed]).pipe(gunzip)) {
			length += chunk.length;
			if (length > most) break;
			chunks.push(chunk);
		}
	} catch (cause) {
		throw new MeasurementError("the measurement is damaged: it cannot be decompressed", { cause });
	}
	if (length > most) throw new MeasurementError(`the measurement takes more than the ${most} bytes that it may, decompressed from ${packed.length}`);
	return Buffer.concat(chunks);
}
function checkPackedSize(length, most) {
	if (length <= most) return;
	throw new MeasurementError(`the measurement takes ${length} bytes compressed; the limit is ${most}`);
}
/** Longer keys are cut and get a hash: an artifact's name becomes a file's name, with the attempt and an ending. */
const MAX_KEY_LENGTH = 120;
const HASH_LENGTH = 16;
/** No such name can be told from Markdown, HTML or a workflow command, so that it can be shown anywhere. */
const MEASUREMENT_NAME = /^memtrack-([A-Za-z0-9._%~-]{1,120})-a([1-9][0-9]{0,5})$/;
/**
* What all artifacts of a benchmark, or of all that are reported together, begin with: `memtrack-<name>-a<attempt>`.
* A name can be used once in a run, and a re-run keeps what earlier attempts uploaded: the attempt tells them apart.
*/
function artifactBaseName(name, attempt) {
	return `memtrack-${benchmarkKey(name)}-a${attempt}`;
}
/** Nothing is appended: by that it is told from the others. */
function measurementArtifactName(benchmarkName, attempt) {
	return artifactBaseName(benchmarkName, attempt);
}
/**
* A benchmark's name in the characters that artifacts' names may have, others as `%` and two hexadecimal digits for
* each byte. Two names never have the same key.
*/
function benchmarkKey(name) {
	const bytes = new TextEncoder().encode(name.toWellFormed());
	const key = Array.from(bytes, encodeByte).join("");
	if (key.length <= MAX_KEY_LENGTH && key !== "") return key;
	const hash = createHash("sha256").update(bytes).digest("hex").slice(0, HASH_LENGTH);
	return `${key.slice(0, 103).replace(/%[0-9A-F]?$/, "")}~${hash}`;
}
function encodeByte(byte) {
	const character = String.fromCharCode(byte);
	return /[A-Za-z0-9._-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
/**
* The measurements among a run's artifacts, sorted by key: of each benchmark the newest attempt, and of two with the
* same name the one that came later.
* @param latestAttempt null: any attempt counts
*/
function chooseMeasurements(artifacts, latestAttempt) {
	const newest = /* @__PURE__ */ new Map();
	for (const artifact of artifacts) {
		const [, key, attemptText] = MEASUREMENT_NAME.exec(artifact.name) ?? [];
		if (key === void 0) continue;
		const attempt = Number(attemptText);
		if (latestAttempt !== null && attempt > latestAttempt) continue;
		const known = newest.get(key);
		if (known === void 0 || attempt > known.attempt || attempt === known.attempt && artifact.id > known.id) newest.set(key, {
			...artifact,
			key,
			attempt
		});
	}
	return [...newest.values()].sort((one, other) => one.key < other.key ? -1 : 1);
}

// src/artifacts/run-measurements.ts
/**
* The measurements that the jobs of a run uploaded. Anybody may have made them: they are taken from exactly that run,
* read in memory within limits, and nothing of what is refused is repeated.
*/
/** A workflow cannot have more jobs in a matrix. */
const MAX_MEASUREMENTS = 256;
const MAX_PAGES = 20;
/** What all measurements of a run may take together when they are decompressed. */
const MAX_TOTAL_BYTES = 1024 ** 3;
/** For each question to the runner's own service. */
const SERVICE_SECONDS = 60;
const PERMISSION = "actions: read";
/** Why a source could not be used; the message says what to do. */
var SourceError = class extends Error {};
/** @returns what could be read, and why the rest could not; throws for cancelling and for bugs only */
async function fetchRunMeasurements(options) {
	const problems = [];
	for (const source of sourcesOf(options)) try {
		return await readMeasurements(source, options);
	} catch (error) {
		if (!(error instanceof SourceError)) throw error;
		problems.push(error.message);
	}
	return {
		measurements: [],
		problems
	};
}
function sourcesOf(options) {
	const { client, runId } = options;
	const isOwnRun = (options.environment ?? process.env).GITHUB_RUN_ID === String(runId);
	const api = client === null ? [] : [apiSource(client, options)];
	return isOwnRun ? [...api, runnerSource(options)] : api;
}
async function readMeasurements(source, { attempt = null, log, runId }) {
	const artifacts = chooseMeasurements(await source.list(), attempt);
	const measurements = [];
	const problems = [];
	if (artifacts.length > MAX_MEASUREMENTS) problems.push(`Run ${runId} has ${artifacts.length} measurements; the first ${MAX_MEASUREMENTS} were read.`);
	let room = MAX_TOTAL_BYTES;
	for (const artifact of artifacts.slice(0, MAX_MEASUREMENTS)) try {
		const { measurement, bytes } = await readMeasurement(source, artifact, room);
		room -= bytes;
		measurements.push(measurement);
		log.info(`Read the measurement \`${artifact.name}\`.`);
	} catch (error) {
		if (!(error instanceof MeasurementError)) throw error;
		problems.push(`\`${artifact.name}\` is no measurement that can be reported: ${error.message}.`);
	}
	return {
		measurements,
		problems
	};
}
async function readMeasurement(source, artifact, room) {
	if (artifact.isExpired) throw new MeasurementError("the artifact has expired. Run the measuring workflow again");
	if (artifact.sizeBytes > PACKED_CAPS.packedBytes) {
		const most = PACKED_CAPS.packedBytes;
		throw new MeasurementError(`the artifact has ${artifact.sizeBytes} bytes; the limit is ${most}`);
	}
	const uploaded = await source.download(artifact);
	const packed = await readSingleFile(uploaded, MEASUREMENT_FILE, PACKED_CAPS.packedBytes);
	const bytes = await decompressMeasurement(packed, { bytes: Math.min(room, PACKED_CAPS.bytes) });
	const measurement = decodeMeasurement(bytes);
	if (benchmarkKey(measurement.name) !== artifact.key) throw new MeasurementError("it is named as the measurement of another benchmark");
	return {
		measurement,
		bytes: bytes.length
	};
}
/** Asks with the token: any run's artifacts, with the permission to read them. */
function apiSource(client, options) {
	const { owner, repository: repo, runId } = options;
	return {
		async list() {
			const parameters = {
				owner,
				repo,
				run_id: runId,
				per_page: 100
			};
			const found = [];
			let pages = 0;
			try {
				const iterator = client.paginate.iterator(client.rest.actions.listWorkflowRunArtifacts, parameters);
				for await (const { data } of iterator) {
					for (const { id, name, size_in_bytes: sizeBytes, expired: isExpired, workflow_run } of data) if (workflow_run?.id === runId) found.push({
						id,
						name,
						sizeBytes,
						isExpired
					});
					pages += 1;
					if (pages === MAX_PAGES) break;
				}
			} catch (error) {
				if (!isApiError(error)) throw error;
				throw new SourceError(`The artifacts of run ${runId} could not be listed: ${describeReadError(error)}`, { cause: error });
			}
			return found;
		},
		async download({ id }) {
			try {
				const { data } = await client.rest.actions.downloadArtifact({
					owner,
					repo,
					artifact_id: id,
					archive_format: "zip",
					request: { parseSuccessResponseBody: false }
				});
				return new Uint8Array(await new Response(data).arrayBuffer());
			} catch (error) {
				if (!isApiError(error)) throw error;
				if (error.status === 401 || error.status === 403) throw new SourceError(`The artifacts of run ${runId} could not be downloaded: ${describeReadError(error)}`, { cause: error });
				throw new MeasurementError(`it could not be downloaded: ${describeReadError(error)}`, { cause: error });
			}
		}
	};
}
function describeReadError(error) {
	const text = describeApiError(error, PERMISSION);
	return isApiError(error) && error.status === 404 ? `${text} It needs \`${PERMISSION}\`.` : text;
}
/** Asks the runner's own service, which knows the artifacts of our run and needs no permission. */
function runnerSource(options) {
	const { log, signal, environment } = options;
	const service = {
		log,
		timeLimitSeconds: SERVICE_SECONDS,
		...signal && { signal },
		...environment && { environment }
	};
	return {
		async list() {
			try {
				var _usingCtx$2 = _usingCtx();
				const directory = _usingCtx$2.a(await makeTemporaryDirectory());
				const answer = await askRunnerServices({ kind: "list" }, directory.path, service);
				if (!answer.isDone) throw new SourceError(`The runner's own service did not list the artifacts: ${answer.message}.`);
				return answer.result.map(({ id, name, size }) => ({
					id,
					name,
					sizeBytes: size,
					isExpired: false
				}));
			} catch (_) {
				_usingCtx$2.e = _;
			} finally {
				await _usingCtx$2.d();
			}
		},
		async download({ id, name }) {
			try {
				var _usingCtx3 = _usingCtx();
				const directory = _usingCtx3.a(await makeTemporaryDirectory());
				const order = {
					kind: "download",
					id,
					directory: directory.path
				};
				const answer = await askRunnerServices(order, directory.path, service);
				if (!answer.isDone) throw new SourceError(`The runner's own service did not hand out \`${name}\`: ${answer.message}. The others were not asked for.`);
				return readOnlyFile(directory.path);
			} catch (_) {
				_usingCtx3.e = _;
			} finally {
				await _usingCtx3.d();
			}
		}
	};
}
/** The client names the file as the service tells it to. */
async function readOnlyFile(directory) {
	const [name, ...others] = await readdir(directory);
	if (name === void 0 || others.length > 0) throw new MeasurementError("it was not downloaded whole");
	const file = await open(join(directory, name));
	try {
		const { size } = await file.stat();
		const most = PACKED_CAPS.packedBytes;
		if (size > most) throw new MeasurementError(`the artifact has ${size} bytes; the limit is ${most}`);
		return await file.readFile();
	} finally {
		await file.close();
	}
}

// src/artifacts/upload.ts
/** Artifacts of the run that we are a part of. What the service refuses is a reason and no error. */
const TIME_LIMIT_SECONDS = 120;
/**
* Uploads an artifact. A name can be used once in a run, whatever the attempt: see `artifactBaseName`.
* @returns with a reason that says what to do; never throws
*/
async function uploadFiles(options) {
	const files = options.files.map((path) => resolve(path));
	const name = options.name ?? basename(files[0] ?? "");
	try {
		try {
			var _usingCtx$1 = _usingCtx();
			for (const path of files) if (!(await lstat(path)).isFile()) return refused(name, `${path} is no plain file`);
			const directory = _usingCtx$1.a(await makeTemporaryDirectory());
			const answer = await askRunnerServices({
				kind: "upload",
				files,
				root: sharedFolder(files),
				artifactName: name,
				isZipped: options.name !== null,
				compressionLevel: files.every((path) => path.endsWith(".gz")) ? 0 : 6
			}, directory.path, {
				timeLimitSeconds: TIME_LIMIT_SECONDS,
				...options
			});
			if (!answer.isDone) return refused(name, describeRefusal(answer.message));
			return {
				ok: true,
				id: answer.result.id,
				name
			};
		} catch (_) {
			_usingCtx$1.e = _;
		} finally {
			await _usingCtx$1.d();
		}
	} catch (error) {
		return refused(name, error instanceof Error ? error.message : String(error));
	}
}
/** The deepest folder that all files are in. They are absolute. */
function sharedFolder(files) {
	let folder = dirname(files[0] ?? "");
	while (!files.every((path) => path.startsWith(join(folder, sep)))) folder = dirname(folder);
	return folder;
}
/** Uploads a measurement as the artifact in which `fetchRunMeasurements` finds it. Never throws. */
async function uploadMeasurement(measurement, options) {
	const artifactName = measurementArtifactName(measurement.name, options.attempt);
	try {
		try {
			var _usingCtx3 = _usingCtx();
			const directory = _usingCtx3.a(await makeTemporaryDirectory());
			const path = join(directory.path, MEASUREMENT_FILE);
			await writeFile(path, packMeasurement(measurement), { mode: 384 });
			return await uploadFiles({
				...options,
				files: [path],
				name: artifactName
			});
		} catch (_) {
			_usingCtx3.e = _;
		} finally {
			await _usingCtx3.d();
		}
	} catch (error) {
		if (!(error instanceof MeasurementError)) throw error;
		return refused(artifactName, error.message);
	}
}
function refused(name, why) {
	return {
		ok: false,
		reason: `The artifact \`${name}\` was not uploaded: ${why.replace(/\.$/, "")}.`
	};
}
const MAX_MESSAGE_LENGTH = 300;
/** The client's messages are for its own logs: the common ones in other words, with what to do. */
function describeRefusal(message) {
	if (/\bGHES\b/.test(message)) return "this GitHub Enterprise Server does not take artifacts of this kind. Upload the folder of the output `report-path` in a step of its own, with the version of actions/upload-artifact that the server supports";
	if (/\(409\)|already exists/.test(message)) return "the run has an artifact of this name already. Give each job and each step of the workflow that uses memtrack another `name`";
	if (/quota|insufficient usage/i.test(message)) return "the storage for artifacts is full. Delete old ones, or keep them for fewer days (`retention-days` in the settings of the repository)";
	if (/\(40[13]\)/.test(message)) return `the service does not accept this job's token (${excerpt(message)}). Run the job again`;
	return excerpt(message);
}
function excerpt(message) {
	const line = message.slice(0, 4 * MAX_MESSAGE_LENGTH).replace(/[\x00-\x20\x7f]+/g, " ").trim();
	return line.length > MAX_MESSAGE_LENGTH ? `${line.slice(0, MAX_MESSAGE_LENGTH)}…` : line;
}

export { artifactBaseName as a, PACKED_CAPS as i, uploadMeasurement as n, packMeasurement as o, fetchRunMeasurements as r, unpackMeasurement as s, uploadFiles as t };