import { c as throttling, l as retry, r as Octokit } from "../third-party/github.js";
import { A as safeUrl, D as cutMarkdown, _ as LONGEST_CHECK_TEXT, k as plainLine } from "./render.js";
import { s as UserError, t as CancelledError } from "./errors.js";
import { T as readHunks, w as lineChangesOf } from "./workspace.js";
import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";

// src/github/event.ts
/**
* What started the workflow, from the payload that GitHub wrote: only the fields we use, each one checked.
* https://docs.github.com/webhooks/webhook-events-and-payloads
*/
/** Events that give a workflow write access while somebody else's code is what it would run. */
const UNTRUSTED_EVENTS = /* @__PURE__ */ new Map([
	["pull_request_target", "it runs with secrets and a token that can write, even for forks"],
	["workflow_run", "it runs with secrets and a token that can write, whoever started the first workflow"],
	["issue_comment", "anybody can start it, and it runs with secrets and a token that can write"]
]);
const MAX_TEXT_LENGTH = 1024;
const MAX_LABELS$1 = 100;
/**
* Call before any command is run.
* @param isReporting nothing is run, but what another run measured is shown: `workflow_run` is there for that
* @throws UserError for an event on which building and running a commit would hand out the workflow's secrets
*/
function refuseUntrustedEvent(name, { isReporting }) {
	const reason = UNTRUSTED_EVENTS.get(name);
	if (reason === void 0 || isReporting && name === "workflow_run") return;
	const what = isReporting ? `There is nothing to report on \`${name}\`, because nothing is built or run there` : `Nothing is built or run on \`${name}\``;
	throw new UserError(`${what}: ${reason}. Measure on \`pull_request\`, and comment from a second workflow on \`workflow_run\` with \`mode: report\`. See https://docs.github.com/actions/reference/security/securely-using-pull_request_target`);
}
/**
* Reads the event.
* @throws UserError that names the field which is missing or odd
*/
function parseEvent(facts) {
	const { name, payload } = facts;
	const where = {
		...parseRepositoryName(facts.repository),
		...readRepository(payload)
	};
	const read = new PayloadReader(name, payload);
	if (name === "pull_request") return {
		...where,
		...parsePullRequest(read)
	};
	if (name === "push") return {
		...where,
		...parsePush(read)
	};
	if (name === "merge_group") return {
		...where,
		...parseMergeGroup(read)
	};
	if (name === "workflow_run") return {
		...where,
		...parseWorkflowRun(read)
	};
	const ref = [valueAt(payload, "ref"), facts.ref].find(isText);
	return {
		...where,
		kind: "other",
		name,
		ref: ref ?? null
	};
}
/** @throws UserError for what is not 'owner/name' */
function parseRepositoryName(name) {
	const [, owner, repository] = /^([\w.-]{1,100})\/([\w.-]{1,100})$/.exec(name) ?? [];
	if (owner === void 0) throw new UserError(`GITHUB_REPOSITORY is ${JSON.stringify(name)}: "owner/name" is expected.`);
	return {
		owner,
		repository
	};
}
function readRepository(payload) {
	const id = valueAt(payload, "repository.id");
	const isPrivate = valueAt(payload, "repository.private");
	const defaultBranch = valueAt(payload, "repository.default_branch");
	return {
		repositoryId: isPositiveInteger(id) ? id : null,
		isPrivate: typeof isPrivate === "boolean" ? isPrivate : null,
		defaultBranch: isText(defaultBranch) ? defaultBranch : null
	};
}
function parsePullRequest(read) {
	const action = read.text("action");
	const number = read.positiveInteger("pull_request.number");
	const common = {
		number,
		headSha: read.sha("pull_request.head.sha"),
		isFork: read.value("pull_request.head.repo.id") !== read.positiveInteger("pull_request.base.repo.id"),
		htmlUrl: read.webAddress("pull_request.html_url")
	};
	if (action === "closed") {
		const reason = `Pull request #${number} was closed: there is nothing to measure.`;
		return {
			kind: "pull_request_closed",
			...common,
			reason
		};
	}
	return {
		kind: "pull_request",
		action,
		...common,
		baseSha: read.sha("pull_request.base.sha"),
		baseRef: read.text("pull_request.base.ref"),
		headRef: read.text("pull_request.head.ref"),
		labels: read.names("pull_request.labels"),
		isDraft: read.value("pull_request.draft") === true
	};
}
function parsePush(read) {
	const before = read.sha("before");
	const after = read.sha("after");
	const ref = read.text("ref");
	if (isNoCommit(after)) return {
		kind: "nothing",
		name: "push",
		reason: `This push deleted ${ref}: there is nothing to measure.`
	};
	const tagged = ref.startsWith("refs/tags/") ? read.value("head_commit.id") : null;
	return {
		kind: "push",
		before: isNoCommit(before) ? null : before,
		after: isSha(tagged) ? tagged : after,
		ref
	};
}
function parseMergeGroup(read) {
	if (read.value("action") === "destroyed") return {
		kind: "nothing",
		name: "merge_group",
		reason: "This merge group was taken out of the queue: there is nothing to measure."
	};
	return {
		kind: "merge_group",
		baseSha: read.sha("merge_group.base_sha"),
		headSha: read.sha("merge_group.head_sha"),
		baseRef: read.text("merge_group.base_ref"),
		headRef: read.text("merge_group.head_ref")
	};
}
function parseWorkflowRun(read) {
	const repositoryId = read.positiveInteger("repository.id");
	const runRepositoryId = read.positiveInteger("workflow_run.repository.id");
	if (runRepositoryId !== repositoryId) throw new UserError(`This workflow_run event is about a run in another repository (${runRepositoryId}, this one is ${repositoryId}): nothing of it is reported.`);
	const isHeadRepositoryGone = read.value("workflow_run.head_repository") == null;
	return {
		kind: "workflow_run",
		repositoryId,
		action: read.text("action"),
		runId: read.positiveInteger("workflow_run.id"),
		runNumber: read.positiveInteger("workflow_run.run_number"),
		runAttempt: read.positiveInteger("workflow_run.run_attempt"),
		headSha: read.sha("workflow_run.head_sha"),
		headBranch: read.optionalText("workflow_run.head_branch"),
		headRepository: isHeadRepositoryGone ? null : {
			id: read.positiveInteger("workflow_run.head_repository.id"),
			owner: read.text("workflow_run.head_repository.owner.login")
		},
		event: read.text("workflow_run.event"),
		conclusion: read.optionalText("workflow_run.conclusion"),
		htmlUrl: read.webAddress("workflow_run.html_url"),
		path: read.optionalText("workflow_run.path")
	};
}
/**
* Why there is nothing to report of a run yet; null when it has ended. Runs that wait for a maintainer's approval, as
* those of first-time contributors do, are `completed` for GitHub, and run all the same once they are approved.
*/
function reasonToWait({ action, conclusion }) {
	if (conclusion === "action_required") return "The run that measures waits for the approval of a maintainer: it is reported when it has ended.";
	return action === "completed" ? null : "The run that measures has not ended yet: it is reported when it has.";
}
/** The number of the pull request that a merge queue asks about, directly or through the run of another workflow. */
function queuedPullRequest(event) {
	const isReported = event.kind === "workflow_run" && event.event === "merge_group";
	const branch = event.kind === "merge_group" ? event.headRef : isReported ? event.headBranch : null;
	const [, number] = /(?:^|\/)gh-readonly-queue\/.*\/pr-([1-9]\d{0,8})-[0-9a-f]{40,64}$/.exec(branch ?? "") ?? [];
	return number === void 0 ? null : Number(number);
}
/** Reads fields by their path, or says which one is odd. */
var PayloadReader = class {
	#event;
	#payload;
	constructor(event, payload) {
		this.#event = event;
		this.#payload = payload;
	}
	value(path) {
		return valueAt(this.#payload, path);
	}
	text(path) {
		return this.#check(path, isText, "a text");
	}
	/** Null when there is none. */
	optionalText(path) {
		return this.value(path) == null ? null : this.text(path);
	}
	sha(path) {
		return this.#check(path, isSha, "a commit id of 40 hexadecimal digits");
	}
	positiveInteger(path) {
		return this.#check(path, isPositiveInteger, "a positive number");
	}
	webAddress(path) {
		return this.#check(path, isWebAddress, "an address with https://");
	}
	/** The `name` of each entry of a list. */
	names(path) {
		const list = this.value(path);
		if (!Array.isArray(list)) return [];
		return list.slice(0, MAX_LABELS$1).map((entry) => valueAt(entry, "name")).filter(isText);
	}
	#check(path, isExpected, expected) {
		const value = this.value(path);
		if (isExpected(value)) return value;
		const found = value === void 0 ? "nothing" : (JSON.stringify(value) ?? typeof value).slice(0, 100);
		throw new UserError(`The payload of this ${this.#event} event is not as GitHub writes it: ${path} should be ${expected}, but is ${found}. It is read from the file that GITHUB_EVENT_PATH names.`);
	}
};
function valueAt(payload, path) {
	let value = payload;
	for (const key of path.split(".")) {
		if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return void 0;
		value = value[key];
	}
	return value;
}
function isText(value) {
	return typeof value === "string" && value !== "" && value.length <= MAX_TEXT_LENGTH && !/[\x00-\x1f\x7f]/.test(value);
}
/** Whether a value is a full object id. */
function isSha(value) {
	return typeof value === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
}
function isNoCommit(sha) {
	return /^0+$/.test(sha);
}
function isPositiveInteger(value) {
	return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}
function isWebAddress(value) {
	return isText(value) && /^https?:\/\//.test(value) && URL.canParse(value);
}

// src/github/api-error.ts
/** Whether a request to GitHub failed, and not our own code. */
function isApiError(error) {
	return error instanceof Error && "status" in error && typeof error.status === "number";
}
/** Whether no answer came, so that what was asked for may have been done. */
function isAnswerLost(error) {
	return error.status >= 500;
}
const MAX_MESSAGE_LENGTH = 300;
/**
* @param permission what the request needs, as a workflow writes it: 'pull-requests: write'
*/
function describeApiError(error, permission) {
	if (!isApiError(error)) return `GitHub could not be asked: ${excerpt(error)}.`;
	const { status } = error;
	if (error.response === void 0) return `GitHub could not be reached: ${excerpt(error)}.`;
	if (isRateLimited(error)) return describeRateLimit(error);
	if (status === 401) return "GitHub does not accept the token (401). It may have expired: leave `github-token` out, or set it to `${{ github.token }}` or to a token that is valid.";
	if (status === 403 && /authenticate via a GitHub App/i.test(error.message)) return "GitHub lets only apps do this, which `${{ github.token }}` counts as (403). Leave `github-token` out, or set `status: commit-status`.";
	if (status === 403 && isMissingPermission(error)) {
		const needed = permission ?? acceptedPermission(error);
		const advice = needed === null ? "" : ` Add \`${needed}\` under \`permissions:\` of the job.`;
		const ofForks = needed?.endsWith(": read") ? "" : READ_ONLY_FOR_FORKS;
		return `The token may not do this (403: ${excerpt(error)}).${advice}${ofForks}`;
	}
	if (status === 404) return `GitHub finds no such thing (404: ${excerpt(error)}), or does not let this token see it.`;
	if (status === 422) return `GitHub refused what was sent (422: ${excerpt(error)}).`;
	if (status >= 500) return `GitHub failed (${status}: ${excerpt(error)}). Run the job again later.`;
	return `GitHub refused (${status}: ${excerpt(error)}).`;
}
const READ_ONLY_FOR_FORKS = " For pull requests from forks and from Dependabot the token is read-only, whatever the workflow says: there, report from a second workflow (`mode: report`).";
function isRateLimited(error) {
	if (error.status !== 403 && error.status !== 429) return false;
	const headers = error.response?.headers ?? {};
	return error.status === 429 || headers["retry-after"] !== void 0 || String(headers["x-ratelimit-remaining"]) === "0" || /\brate limit\b/i.test(error.message);
}
function describeRateLimit(error) {
	const seconds = Number(error.response?.headers["retry-after"]);
	const wait = Number.isFinite(seconds) ? `, and asks to wait ${seconds} s: all pauses together would be too long for a job` : "";
	return `GitHub's rate limit is reached (${error.status})${wait}. Run the job again later.`;
}
function isMissingPermission(error) {
	return /resource not accessible|must have|permission/i.test(error.message);
}
/** 'issues=write; pull_requests=write' lists what would have done; the first is as good as any. */
function acceptedPermission(error) {
	const header = String(error.response?.headers["x-accepted-github-permissions"] ?? "");
	const match = /^([a-z_]{1,40})=([a-z]{1,10})/.exec(header);
	return match === null ? null : `${match[1].replaceAll("_", "-")}: ${match[2]}`;
}
/** GitHub's own words on one line, without the link to its documentation. */
function excerpt(error) {
	const line = (error instanceof Error ? error.message : String(error)).slice(0, 4 * MAX_MESSAGE_LENGTH).replace(/[\x00-\x20\x7f]+/g, " ").replace(/ - https:\/\/\S*$/, "").trim().replace(/\.$/, "");
	return line.length > MAX_MESSAGE_LENGTH ? `${line.slice(0, MAX_MESSAGE_LENGTH)}…` : line;
}

// src/publish/publisher.ts
/** A publisher that had nowhere to post, or was not allowed to. */
function skipped(reason) {
	return {
		status: "skipped",
		url: null,
		reason
	};
}

// src/publish/image-branch.ts
/**
* Pictures on a branch that holds nothing else, for comments to show. Comments cannot bring pictures of their own, so
* they have to be somewhere; the repository itself is the one place whose readers are those of the comment.
*
* It takes a token that may write contents, which could write anywhere: so the branch's name is a constant, no path
* has a part that somebody else chose, and a branch that is not ours alone is left as it is.
*/
const IMAGE_BRANCH = "memtrack-images";
/** The file at the top of the branch that says whose it is. */
const MARKER = ".memtrack-images";
const MARKER_TEXT = "Pictures that comments of memtrack-action show. This branch is written by the action alone: a folder for each\nopen pull request, removed when that is closed. Without this file the action leaves the branch as it is.\n";
const PERMISSION$2 = "contents: write";
/** Far more than our pictures have; GitHub shows no larger ones in comments. */
const MAX_IMAGE_BYTES = 5e6;
const MAX_IMAGES_PER_PULL_REQUEST = 50;
/** Each of them four to six requests; jobs of a matrix end at about the same time. */
const MAX_ATTEMPTS = 5;
const PAUSE_MILLISECONDS = 300;
/**
* Puts a picture on the branch, which is created when it is missing. The result's url is one for `<img src>`: those
* who may read the repository see it, and it stays the same while the picture does.
*/
async function publishImage(options) {
	const { number, name, svg } = options;
	const bytes = Buffer.byteLength(svg);
	if (bytes > MAX_IMAGE_BYTES) return skipped(`No image of #${number}: it has ${bytes} bytes, and at most ${MAX_IMAGE_BYTES} are shown.`);
	const folder = folderOf(number);
	const benchmark = `${digest(name)}-`;
	const file = `${benchmark}${digest(svg)}.svg`;
	const path = `${folder}/${file}`;
	let isReplaced = false;
	return changeBranch(`No image of #${number}`, `Images of pull request ${number}`, options, {
		async plan(branch) {
			const image = {
				path,
				mode: "100644",
				type: "blob",
				content: svg
			};
			if (branch === null) return { entries: [markerEntry(), image] };
			const files = await listFolder(branch, folder, options);
			if (files.includes(file)) return "as it is";
			const old = files.filter((other) => other.startsWith(benchmark));
			isReplaced = old.length > 0;
			if (files.length - old.length >= MAX_IMAGES_PER_PULL_REQUEST) return { refusal: `the branch ${IMAGE_BRANCH} has ${files.length} images of it, and keeps no more.` };
			const removed = old.map((other) => removedEntry(`${folder}/${other}`));
			return {
				baseTree: branch.tree,
				entries: [image, ...removed]
			};
		},
		result: (commit, isChanged) => ({
			status: !isChanged ? "unchanged" : isReplaced ? "updated" : "created",
			url: imageUrl(commit, path, options)
		})
	});
}
/** Removes the pictures of a pull request that was closed. The result has no url: 'unchanged' when there are none. */
async function pruneImages(options) {
	const { number } = options;
	const folder = folderOf(number);
	return changeBranch(`The images of #${number} stay`, `Images of pull request ${number}, which is closed`, options, {
		async plan(branch) {
			const kept = branch?.entries.filter(({ path }) => path !== folder) ?? [];
			return kept.length === (branch?.entries.length ?? 0) ? "as it is" : { entries: kept };
		},
		result: (_commit, isChanged) => ({
			status: isChanged ? "updated" : "unchanged",
			url: null
		})
	});
}
function folderOf(number) {
	if (!Number.isSafeInteger(number) || number <= 0) throw new Error(`${number} is no pull request.`);
	return `pull-${number}`;
}
/** Names of benchmarks are anybody's, and file names ours: 16 hexadecimal digits. */
function digest(text) {
	return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
function imageUrl(commit, path, options) {
	const { serverUrl, owner, repository } = options;
	const address = [
		owner,
		repository,
		"blob",
		commit,
		...path.split("/")
	].map(encodeURIComponent).join("/");
	return `${serverUrl.replace(/\/+$/, "")}/${address}?raw=true`;
}
function markerEntry() {
	return {
		path: MARKER,
		mode: "100644",
		type: "blob",
		content: MARKER_TEXT
	};
}
function removedEntry(path) {
	return {
		path,
		mode: "100644",
		type: "blob",
		sha: null
	};
}
/** Commits a change on top of the branch; when another run was quicker, looks again and does it once more. */
async function changeBranch(failure, message, options, change) {
	try {
		for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
			if (attempt > 1) await setTimeout(PAUSE_MILLISECONDS * attempt);
			const branch = await readBranch(options);
			if (branch !== null && "refusal" in branch) return skipped(`${failure}: ${branch.refusal}`);
			const planned = await change.plan(branch);
			if (planned === "as it is") return change.result(branch?.commit ?? "", false);
			if ("refusal" in planned) return skipped(`${failure}: ${planned.refusal}`);
			const commit = await createCommit(branch, planned, message, options);
			if (await moveBranch(branch, commit, options)) return change.result(commit, true);
		}
		return skipped(`${failure}: other runs kept changing the branch ${IMAGE_BRANCH}. Run the job again.`);
	} catch (error) {
		if (!isApiError(error)) throw error;
		return skipped(`${failure}: ${describeApiError(error, PERMISSION$2)}`);
	}
}
/** Null when there is no such branch. */
async function readBranch(options) {
	const { client, owner, repository } = options;
	if (await askDefaultBranch(options) === "memtrack-images") return { refusal: `${IMAGE_BRANCH} is the default branch, which only people write to.` };
	const found = await client.rest.repos.getBranch({
		owner,
		repo: repository,
		branch: IMAGE_BRANCH
	}).catch(nullWhenMissing);
	if (found === null || found.data.name !== "memtrack-images") return null;
	if (found.data.protected) return { refusal: `the branch ${IMAGE_BRANCH} is protected. Take it out of the rules that protect branches.` };
	const { data } = await client.rest.git.getTree({
		owner,
		repo: repository,
		tree_sha: found.data.commit.commit.tree.sha
	});
	const entries = data.tree;
	if (!entries.some(({ path, type }) => path === MARKER && type === "blob")) return { refusal: `there is a branch ${IMAGE_BRANCH} that is not this action's: it has no file ${MARKER}. Rename that branch, or set \`images: none\`.` };
	if (data.truncated) return { refusal: `the branch ${IMAGE_BRANCH} is too large. Delete it to start anew.` };
	return {
		commit: found.data.commit.sha,
		tree: data.sha,
		entries
	};
}
async function askDefaultBranch(options) {
	const { client, owner, repository, defaultBranch } = options;
	return defaultBranch ?? (await client.rest.repos.get({
		owner,
		repo: repository
	})).data.default_branch;
}
function nullWhenMissing(error) {
	if (isApiError(error) && error.status === 404) return null;
	throw error;
}
/** Names of the files in a folder at the top. */
async function listFolder({ entries }, folder, { client, owner, repository }) {
	const entry = entries.find(({ path, type }) => path === folder && type === "tree");
	if (!entry?.sha) return [];
	const { data } = await client.rest.git.getTree({
		owner,
		repo: repository,
		tree_sha: entry.sha
	});
	return data.tree.map(({ path }) => path);
}
async function createCommit(branch, { baseTree, entries }, message, { client, owner, repository }) {
	const inRepository = {
		owner,
		repo: repository
	};
	const tree = await client.rest.git.createTree({
		...inRepository,
		...baseTree === void 0 ? {} : { base_tree: baseTree },
		tree: entries.map(({ path, mode, type, sha, content }) => ({
			path,
			mode,
			type,
			...content === void 0 ? { sha: sha ?? null } : { content }
		}))
	});
	return (await client.rest.git.createCommit({
		...inRepository,
		message,
		tree: tree.data.sha,
		parents: branch === null ? [] : [branch.commit]
	})).data.sha;
}
/** False when the branch is not where it was. */
async function moveBranch(branch, sha, { client, owner, repository }) {
	const inRepository = {
		owner,
		repo: repository,
		sha
	};
	try {
		if (branch === null) await client.rest.git.createRef({
			...inRepository,
			ref: `refs/heads/${IMAGE_BRANCH}`
		});
		else await client.rest.git.updateRef({
			...inRepository,
			ref: `heads/${IMAGE_BRANCH}`,
			force: false
		});
		return true;
	} catch (error) {
		if (isApiError(error) && isLostRace(error)) return false;
		throw error;
	}
}
function isLostRace({ status, message }) {
	if (status === 409) return true;
	return status === 422 && /not a fast.?forward|already exists|does not exist|cannot lock/i.test(message);
}

// src/publish/check-run.ts
/** A check run: a page of text beside a commit, which branch protection can ask for. Only apps can make one. */
const PERMISSION$1 = "checks: write";
const ANNOTATIONS_PER_REQUEST = 50;
/** Ten requests; what a reader would look through is far below. */
const MOST_ANNOTATIONS = 500;
const LONGEST_TITLE = 255;
const LONGEST_ANNOTATION_TITLE = 255;
/** GitHub takes 64 KB. */
const LONGEST_MESSAGE = 16e3;
/** Starts it as `in_progress`: whoever calls this has to conclude it, whatever happens. */
async function startCheckRun(start) {
	const externalId = crypto.randomUUID();
	try {
		return {
			ok: true,
			id: await createOnce$1(start, externalId)
		};
	} catch (error) {
		if (!isApiError(error)) throw error;
		return {
			ok: false,
			reason: `No check run "${start.name}": ${describeApiError(error, PERMISSION$1)}`
		};
	}
}
/** A request whose answer got lost may have been carried out, and nobody would conclude what it made: so we look. */
async function createOnce$1(start, externalId) {
	const { client, owner, repository, name, headSha } = start;
	const detailsUrl = safeUrl(start.detailsUrl);
	const create = async () => {
		const { data } = await client.rest.checks.create({
			owner,
			repo: repository,
			name,
			head_sha: headSha,
			external_id: externalId,
			status: "in_progress",
			...detailsUrl === null ? {} : { details_url: detailsUrl },
			request: { retries: 0 }
		});
		return data.id;
	};
	try {
		return await create();
	} catch (error) {
		if (!isApiError(error) || !isAnswerLost(error)) throw error;
		const { data } = await client.rest.checks.listForRef({
			owner,
			repo: repository,
			ref: headSha,
			check_name: name,
			filter: "all",
			per_page: 100
		});
		return data.check_runs.find((run) => run.external_id === externalId)?.id ?? await create();
	}
}
/**
* Concludes it with the first annotations, and adds the others: whatever fails then, it is concluded. When GitHub does
* not take the texts, it is concluded with the title alone. What GitHub refuses altogether is a `skipped`.
*/
async function concludeCheckRun(conclusion) {
	const annotations = conclusion.annotations.slice(0, MOST_ANNOTATIONS);
	const [first = [], ...others] = inRequests(annotations);
	let concluded;
	try {
		concluded = await conclude(conclusion, first);
	} catch (error) {
		if (!isApiError(error)) throw error;
		return skipped(`The check run was not concluded: ${describeApiError(error, PERMISSION$1)}`);
	}
	if (concluded.reason !== void 0) return concluded;
	let sent = first.length;
	try {
		for (const some of others) {
			await update(conclusion, some, sent);
			sent += some.length;
		}
	} catch (error) {
		if (!isApiError(error)) throw error;
		const missing = `${annotations.length - sent} of ${annotations.length} annotations are missing`;
		return {
			...concluded,
			reason: `${missing}: ${describeApiError(error, PERMISSION$1)}`
		};
	}
	return concluded;
}
async function conclude(conclusion, first) {
	try {
		return {
			status: "updated",
			url: await update(conclusion, first, 0)
		};
	} catch (error) {
		if (!isApiError(error) || error.status !== 422) throw error;
		const { text: _text, ...bare } = conclusion;
		const summary = "GitHub did not take the text of this check. It is in the job summary.";
		return {
			status: "updated",
			url: await update({
				...bare,
				summary
			}, [], 0),
			reason: `The check run has no text: ${describeApiError(error)}`
		};
	}
}
/**
* Sends all texts, which replace those that are there, and some more annotations, which are added to them: so a
* request is not sent again before we know that it was not carried out.
* @param before annotations that were sent before these
* @returns the check run's address
*/
async function update(conclusion, annotations, before) {
	const { client, owner, repository, id, title, summary, text } = conclusion;
	const run = {
		owner,
		repo: repository,
		check_run_id: id
	};
	const send = async () => {
		const { data } = await client.rest.checks.update({
			...run,
			status: "completed",
			conclusion: conclusion.conclusion,
			output: {
				title: plainLine(title, LONGEST_TITLE),
				summary: cutMarkdown(summary, LONGEST_CHECK_TEXT),
				...text === void 0 ? {} : { text: cutMarkdown(text, LONGEST_CHECK_TEXT) },
				...annotations.length === 0 ? {} : { annotations: annotations.map(toRequest) }
			},
			...annotations.length === 0 ? {} : { request: { retries: 0 } }
		});
		return data.html_url;
	};
	try {
		return await send();
	} catch (error) {
		if (annotations.length === 0 || !isApiError(error) || !isAnswerLost(error)) throw error;
		const { data } = await client.rest.checks.get(run);
		return data.conclusion !== null && data.output.annotations_count >= before + annotations.length ? data.html_url : send();
	}
}
function inRequests(annotations) {
	return Array.from({ length: Math.ceil(annotations.length / ANNOTATIONS_PER_REQUEST) }, (_, i) => annotations.slice(i * ANNOTATIONS_PER_REQUEST, (i + 1) * ANNOTATIONS_PER_REQUEST));
}
function toRequest({ path, line, level, title, message }) {
	return {
		path,
		start_line: line,
		end_line: line,
		annotation_level: level,
		title: plainLine(title, LONGEST_ANNOTATION_TITLE),
		message: message.slice(0, LONGEST_MESSAGE).toWellFormed()
	};
}

// src/publish/commit-status.ts
/** A commit status: one line beside a commit, which branch protection can ask for. */
/** Sets the status. Doing it twice is harmless. What GitHub refuses is a `skipped` with the reason. */
async function publishCommitStatus(options) {
	const { client, owner, repository, sha, context, state } = options;
	const targetUrl = safeUrl(options.targetUrl);
	try {
		await client.rest.repos.createCommitStatus({
			owner,
			repo: repository,
			sha,
			context,
			state,
			description: plainLine(options.description, 140),
			...targetUrl === null ? {} : { target_url: targetUrl }
		});
		return {
			status: "created",
			url: targetUrl
		};
	} catch (error) {
		if (!isApiError(error)) throw error;
		const reason = describeApiError(error, "statuses: write");
		return skipped(`No status "${context}" on ${sha.slice(0, 12)}: ${reason}`);
	}
}

// src/github/find-pull-request.ts
/**
* Which pull request a finished run of a workflow is about. Only what GitHub itself says decides: the run's head
* commit and the repository it is in. What the run measured, a fork may have made up.
*/
const MAX_LABELS = 100;
/** One request at most; what GitHub refuses is an outcome. */
async function findPullRequest(options) {
	const { run, repositoryId } = options;
	if (run.event !== "pull_request" || run.repositoryId !== repositoryId) return none("no-pull-request", `The run was started by \`${run.event}\`, not by a pull request of this repository.`);
	const { headRepository, headBranch, headSha } = run;
	if (headRepository === null) return none("head-repository-gone", "The fork that the pull request came from was deleted.");
	const gone = `No open pull request has ${headSha.slice(0, 12)} as its head: it was closed, or its branch has moved on and a newer run will report.`;
	if (headBranch === null) return none("stale", gone);
	let candidates;
	try {
		candidates = await listCandidates(`${headRepository.owner}:${headBranch}`, options);
	} catch (error) {
		if (!isApiError(error)) throw error;
		return none("unknown", describeApiError(error, "pull-requests: read"));
	}
	const pulls = candidates.filter(({ head, base, state }) => state === "open" && head.sha === headSha && head.repo?.id === headRepository.id && base.repo.id === repositoryId).map((pull) => describePull(pull, repositoryId));
	return pulls.length === 0 ? none("stale", gone) : {
		outcome: "found",
		pulls,
		reason: null
	};
}
/** @param head 'owner:branch'; a branch may be called nearly anything */
async function listCandidates(head, options) {
	const { client, owner, repository } = options;
	const { data } = await client.rest.pulls.list({
		owner,
		repo: repository,
		state: "open",
		head,
		per_page: 100
	});
	return data;
}
function describePull(pull, repositoryId) {
	const { number, html_url, draft, labels, base, head } = pull;
	return {
		number,
		headSha: head.sha,
		baseSha: base.sha,
		baseRef: base.ref,
		headRef: head.ref,
		isFork: head.repo?.id !== repositoryId,
		isDraft: draft === true,
		labels: labels.slice(0, MAX_LABELS).flatMap(({ name }) => name === void 0 ? [] : [name]),
		htmlUrl: html_url
	};
}
function none(outcome, reason) {
	return {
		outcome,
		pulls: [],
		reason
	};
}

// src/github/acceptance.ts
/** 5,000 events. */
const MAX_PAGES$1 = 50;
/** What GitHub shows in the place of a deleted account. */
const DELETED_ACCOUNT = "ghost";
const UNKNOWN = "somebody";
const LONGEST_NAME = 100;
/**
* Whether the pull request has the label now: what the event says of that is old when a job runs again. Null when not,
* and when GitHub does not tell, which the log then explains. Only who may triage can add a label, so that it counts
* also where GitHub does not tell who did.
*/
async function findAcceptance(question) {
	const { number, log } = question;
	const wanted = question.label.trim().toLowerCase();
	let label;
	try {
		label = (question.labels ?? await askLabels(question)).find((name) => name.toLowerCase() === wanted);
	} catch (error) {
		if (!isApiError(error)) throw error;
		const reason = describeApiError(error, "pull-requests: read");
		log.notice(`whether #${number} has the label ${question.label} is not known: ${reason}`);
		return null;
	}
	if (wanted === "" || label === void 0) return null;
	try {
		return {
			by: await whoAdded(question, wanted) ?? UNKNOWN,
			label
		};
	} catch (error) {
		if (!isApiError(error)) throw error;
		const reason = describeApiError(error, "issues: read");
		log.notice(`who added the label ${label} to #${number} is not known: ${reason}`);
		return {
			by: UNKNOWN,
			label
		};
	}
}
async function askLabels({ client, owner, repository, number }) {
	const { data } = await client.rest.pulls.get({
		owner,
		repo: repository,
		pull_number: number
	});
	return data.labels.map(({ name }) => name);
}
/** @param wanted the label in small letters, as which GitHub compares them */
async function whoAdded(question, wanted) {
	const { client, owner, repository, number } = question;
	const parameters = {
		owner,
		repo: repository,
		issue_number: number,
		per_page: 100
	};
	let by = null;
	let pages = 0;
	for await (const page of client.paginate.iterator(client.rest.issues.listEvents, parameters)) {
		for (const { event, actor, label } of page.data) {
			if (event !== "labeled" || label?.name?.toLowerCase() !== wanted) continue;
			by = (actor?.login ?? DELETED_ACCOUNT).slice(0, LONGEST_NAME);
		}
		pages += 1;
		if (pages === MAX_PAGES$1) break;
	}
	return by;
}

// src/github/revisions.ts
/** Which two commits an event is about, and which one its results belong to. */
/**
* Every event ends in a base, or in none with a note that says why.
* @throws UserError when the input `base` names nothing, or nothing is checked out
*/
async function chooseRevisions(options) {
	const { head, postSha, notes, findBase } = await chooseHead(options);
	const found = options.base === null ? await findBase() : await resolveBase(options.base, options);
	return {
		base: found.base,
		head,
		postSha,
		notes: [...notes, ...found.notes]
	};
}
async function chooseHead(options) {
	const { event, history } = options;
	switch (event.kind) {
		case "pull_request": return chooseForPullRequest(event, options);
		case "merge_group": {
			const base = {
				sha: event.baseSha,
				label: branchName(event.baseRef)
			};
			const head = {
				sha: event.headSha,
				label: "merge queue"
			};
			return {
				head,
				postSha: head.sha,
				notes: [],
				findBase: async () => ({
					base,
					notes: []
				})
			};
		}
		case "push": {
			const head = {
				sha: event.after,
				label: branchName(event.ref)
			};
			return {
				head,
				postSha: head.sha,
				notes: [],
				findBase: () => findPushBase(event, head, options)
			};
		}
		case "other": {
			const { ref } = event;
			const head = {
				sha: await history.headCommit(),
				label: ref === null ? "HEAD" : branchName(ref)
			};
			return {
				head,
				postSha: head.sha,
				notes: [],
				findBase: () => findEarlierBase(head, ref, options)
			};
		}
	}
}
async function chooseForPullRequest(event, options) {
	const { history } = options;
	const { headSha, headRef, baseRef } = event;
	const checkedOut = await history.headCommit();
	const parents = checkedOut === headSha ? [] : await history.parentsOf(checkedOut);
	if (parents.length === 2 && parents[1] === headSha) {
		const base = {
			sha: parents[0],
			label: baseRef
		};
		return {
			head: {
				sha: checkedOut,
				label: headRef
			},
			postSha: headSha,
			notes: [],
			findBase: async () => ({
				base,
				notes: []
			})
		};
	}
	const notes = checkedOut === headSha ? [] : [`The workspace is at ${short(checkedOut)}, which is neither the head of this pull request nor its test merge: ${short(headSha)}, the head, was measured.`];
	return {
		head: {
			sha: headSha,
			label: headRef
		},
		postSha: headSha,
		notes,
		findBase: () => findPullRequestBase(event, options)
	};
}
async function findPullRequestBase(event, options) {
	const { baseSha, headSha, baseRef } = event;
	const { sha, isUnrelated } = await findMergeBase(baseSha, headSha, options);
	if (sha !== null) return {
		base: {
			sha,
			label: baseRef
		},
		notes: []
	};
	const note = isUnrelated ? `This branch and ${baseRef} have no commit in common, so it is compared with the tip of ${baseRef}.` : `Where this branch left ${baseRef} is not known, so it is compared with the tip of ${baseRef}: changes made there since show up too, the other way round.`;
	return {
		base: {
			sha: baseSha,
			label: baseRef
		},
		notes: [note]
	};
}
/** What the branch was before; where it came from, when it is new or when what it was is gone. */
async function findPushBase({ before, ref }, head, options) {
	if (before !== null && await isAvailable(before, options)) return {
		base: {
			sha: before,
			label: `${head.label} before`
		},
		notes: []
	};
	const found = await findEarlierBase(head, ref, options);
	if (before === null) return found;
	const instead = found.base === null ? "" : `: it is compared with ${found.base.label} instead`;
	const note = `${short(before)}, which ${head.label} was at before this push, cannot be had any more, as happens after a force push${instead}.`;
	return {
		base: found.base,
		notes: [note, ...found.notes]
	};
}
/**
* Where a branch left the default branch. What is on the default branch already has its own first parent as base.
* @param ref of head, in full; null when it is not known
*/
async function findEarlierBase(head, ref, options) {
	const { defaultBranch } = options.event;
	if (defaultBranch === null || ref === `refs/heads/${defaultBranch}`) return findParent(head, options);
	const { sha, isUnrelated } = await findMergeBase(defaultBranch, head.sha, options);
	if (sha === head.sha) return findParent(head, options);
	if (sha !== null) return {
		base: {
			sha,
			label: defaultBranch
		},
		notes: []
	};
	return noBase(isUnrelated ? `${head.label} and ${defaultBranch} have no commit in common` : `where ${head.label} left ${defaultBranch} is not known: GitHub did not say, and this clone lacks the history (\`fetch-depth: 0\` of actions/checkout brings it)`);
}
async function findParent(head, options) {
	const { history } = options;
	if (!await isAvailable(head.sha, options) || !await history.hasCommit(head.sha)) return noBase(`commit ${short(head.sha)} cannot be had`);
	const [parent] = await history.parentsOf(head.sha);
	if (parent === void 0) return noBase(`${short(head.sha)} is the first commit of ${head.label}`);
	return {
		base: {
			sha: parent,
			label: `${head.label}~1`
		},
		notes: []
	};
}
function noBase(reason) {
	return {
		base: null,
		notes: [`No comparison: ${reason}. The input \`base\` can name a commit to compare with.`]
	};
}
async function isAvailable(sha, { history, fetchCommit }) {
	if (fetchCommit === void 0 || await history.hasCommit(sha)) return true;
	try {
		await fetchCommit(sha);
		return true;
	} catch (error) {
		if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
		return false;
	}
}
/** GitHub knows the whole history; the clone often has one commit of it. */
async function findMergeBase(base, head, options) {
	const { event, history, client } = options;
	if (client !== null) try {
		const { data } = await client.rest.repos.compareCommitsWithBasehead({
			owner: event.owner,
			repo: event.repository,
			basehead: `${base}...${head}`,
			per_page: 1
		});
		if (isSha(data.merge_base_commit?.sha)) return {
			sha: data.merge_base_commit.sha,
			isUnrelated: false
		};
	} catch (error) {
		if (!isApiError(error)) throw error;
		if (error.status === 404 && /no common ancestor/i.test(error.message)) return {
			sha: null,
			isUnrelated: true
		};
		client.log.info(`No merge base from GitHub: ${describeApiError(error, "contents: read")}`);
	}
	const baseSha = isSha(base) ? base : await findRemoteBranch(base, history);
	if (baseSha === null) return {
		sha: null,
		isUnrelated: false
	};
	const sha = await history.mergeBase(baseSha, head);
	return {
		sha,
		isUnrelated: sha === null && await hasWholeHistory([baseSha, head], history)
	};
}
async function hasWholeHistory(shas, history) {
	for (const sha of shas) if (!await history.hasCommit(sha)) return false;
	return !await history.isShallow();
}
/** Null too for a name that git would not take, which a branch of a server may have. */
async function findRemoteBranch(branch, history) {
	try {
		return await history.resolveCommit(`origin/${branch}`);
	} catch (error) {
		if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
		return null;
	}
}
async function resolveBase(name, options) {
	if (name === "none") return {
		base: null,
		notes: []
	};
	if (isSha(name)) return {
		base: {
			sha: name,
			label: short(name)
		},
		notes: []
	};
	const sha = await resolveName(name, options).catch((cause) => {
		throw cause instanceof UserError ? new UserError(`base: ${cause.message}`, { cause }) : cause;
	});
	if (sha !== null) return {
		base: {
			sha,
			label: name
		},
		notes: []
	};
	throw new UserError(`base: ${JSON.stringify(name)} is no commit, branch or tag of this repository. Accepted are those, a full commit id, and \`none\`.`);
}
async function resolveName(name, options) {
	const { history } = options;
	return await history.resolveCommit(name) ?? await history.resolveCommit(`origin/${name}`) ?? await options.resolveRemoteName?.(name) ?? null;
}
function branchName(ref) {
	return ref.replace(/^refs\/(?:heads|tags)\//, "");
}
function short(sha) {
	return sha.slice(0, 12);
}

// src/publish/comment-state.ts
const STATE_LINE = /^<!-- memtrack-state:([A-Za-z0-9_-]{1,4000}) -->$/;
/** A line that is longer is not ours. */
const LONGEST_LINE = 4096;
/** The body as it is posted: the state goes in after the marker. */
function commentBody({ marker, body, run }) {
	const state = JSON.stringify({
		run: run.id,
		attempt: run.attempt
	});
	return `${marker}\n<!-- memtrack-state:${Buffer.from(state).toString("base64url")} -->\n${contentOf(body, marker)}`;
}
/** Whose result a comment shows; null when it does not say, or not in our words. */
function readState(body, marker) {
	const encoded = STATE_LINE.exec(stateLineOf(body, marker) ?? "")?.[1];
	if (encoded === void 0) return null;
	let state;
	try {
		state = JSON.parse(Buffer.from(encoded, "base64url").toString("utf8"));
	} catch {
		return null;
	}
	const [id, attempt] = [ownNumber(state, "run"), ownNumber(state, "attempt")];
	return id === null || attempt === null ? null : {
		id,
		attempt
	};
}
/** Whether the first run is newer than the second. */
function isNewerRun(one, other) {
	return one.id === other.id ? one.attempt > other.attempt : one.id > other.id;
}
/** What people see of a comment, for comparing: GitHub may hand back other ends of lines, or none at the end. */
function visibleBody(body, marker) {
	const state = stateLineOf(body, marker);
	const content = contentOf(body, marker);
	return (state?.startsWith("<!-- memtrack-state:") ? content.slice(content.indexOf("\n") + 1) : content).replaceAll("\r\n", "\n").trimEnd();
}
function contentOf(body, marker) {
	return body.slice(marker.length).replace(/^\r?\n/, "");
}
/** The line after the marker; null when it is too long for a state. */
function stateLineOf(body, marker) {
	const content = contentOf(body.slice(0, marker.length + LONGEST_LINE + 4), marker);
	const end = content.search(/\r?\n|$/);
	return end > LONGEST_LINE ? null : content.slice(0, end);
}
function ownNumber(value, key) {
	if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return null;
	const found = value[key];
	return typeof found === "number" && Number.isSafeInteger(found) && found > 0 ? found : null;
}

// src/publish/sticky-comment.ts
/** The one comment on a pull request that is ours, edited from run to run. */
/** Who writes with the token that every workflow has. */
const WORKFLOW_BOT = "github-actions[bot]";
const PERMISSION = "pull-requests: write";
/** 10,000 comments. */
const MAX_PAGES = 100;
/**
* Creates or updates the comment; `unchanged` when people see what they saw before. What GitHub refuses is a `skipped`
* with the reason, and so is the result of a run that is older than the one whose result is there.
*/
async function publishStickyComment(options) {
	if (!options.body.startsWith(options.marker)) throw new Error("A sticky comment starts with its marker.");
	try {
		const existing = await findComment(options);
		if (existing !== null) return await bringUpToDate(existing, options);
		if (options.createWhenMissing) return await createComment(options);
		return skipped("There is no comment yet, and nothing to say that would ask for one.");
	} catch (error) {
		if (!isApiError(error)) throw error;
		const reason = isLocked(error) ? "its conversation is locked, so GitHub takes no comment from a workflow. Unlock it, or read the result in the job summary." : describeApiError(error, PERMISSION);
		return skipped(`No comment on #${options.number}: ${reason}`);
	}
}
/** "Unable to create comment because issue is locked." */
function isLocked({ status, message }) {
	return (status === 403 || status === 422) && /\blocked\b/i.test(message.slice(0, 1e3));
}
/**
* The oldest comment that starts with the marker and is ours. Anybody can write the marker, so the author decides;
* who we are is asked only when it is not plain.
*/
async function findComment(options) {
	const { client, owner, repository, number, marker } = options;
	const parameters = {
		owner,
		repo: repository,
		issue_number: number,
		per_page: 100
	};
	const byOthers = [];
	let pages = 0;
	for await (const page of client.paginate.iterator(client.rest.issues.listComments, parameters)) {
		for (const comment of page.data) {
			if (!comment.body?.startsWith(marker) || !comment.user) continue;
			if (comment.user.type === "Bot" && comment.user.login === WORKFLOW_BOT) return comment;
			byOthers.push(comment);
		}
		pages += 1;
		if (pages === MAX_PAGES) break;
	}
	const user = byOthers.filter((comment) => comment.user?.type !== "Bot").length > 0 ? await askUserName(client) : null;
	const bot = byOthers.filter((comment) => comment.user?.type === "Bot").length > 0 && user === null ? await askBotName(client) : null;
	const isOurs = (comment) => comment.user?.type === "Bot" ? comment.user.login === bot : comment.user?.login === user;
	return byOthers.find(isOurs) ?? null;
}
/** Whose token this is, or null when it belongs to no person. */
async function askUserName(client) {
	try {
		return (await client.rest.users.getAuthenticated()).data.login;
	} catch (error) {
		if (!isApiError(error)) throw error;
		return null;
	}
}
/** The bot of the app that this token belongs to. The REST API does not tell apps who they are. */
async function askBotName(client) {
	try {
		const { viewer } = await client.graphql("{ viewer { login } }");
		return viewer.login.endsWith("[bot]") ? viewer.login : `${viewer.login}[bot]`;
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		return null;
	}
}
async function bringUpToDate(existing, options) {
	const { client, owner, repository, marker, run } = options;
	const found = existing.body ?? "";
	const state = readState(found, marker);
	if (state !== null && isNewerRun(state, run)) {
		const newer = `run ${state.id}, attempt ${state.attempt}`;
		return skipped(`The comment on #${options.number} has the result of a newer run (${newer}) already.`);
	}
	const isSame = visibleBody(found, marker) === visibleBody(options.body, marker);
	if (isSame && state !== null && !isNewerRun(run, state)) return {
		status: "unchanged",
		url: existing.html_url
	};
	try {
		const { data } = await client.rest.issues.updateComment({
			owner,
			repo: repository,
			comment_id: existing.id,
			body: commentBody(options)
		});
		return {
			status: isSame ? "unchanged" : "updated",
			url: data.html_url
		};
	} catch (error) {
		if (isApiError(error) && error.status === 404 && options.createWhenMissing) return createComment(options);
		throw error;
	}
}
async function createComment(options) {
	const created = await createOnce(options);
	const oldest = await findComment(options);
	const isOldest = oldest === null || oldest.id >= created.id;
	if (isOldest && isSameText(created.body ?? "", commentBody(options))) return {
		status: "created",
		url: created.html_url
	};
	try {
		const result = await bringUpToDate(oldest ?? created, {
			...options,
			createWhenMissing: false
		});
		if (!isOldest) await deleteComment(created, options);
		return result;
	} catch (error) {
		if (isApiError(error) && error.status === 404) return {
			status: "created",
			url: created.html_url
		};
		throw error;
	}
}
/** Two comments are a blemish: no reason to say that nothing was written. */
async function deleteComment({ id }, { client, owner, repository }) {
	try {
		await client.rest.issues.deleteComment({
			owner,
			repo: repository,
			comment_id: id
		});
	} catch (error) {
		if (!isApiError(error)) throw error;
		client.log.warn(`Comment ${id} could not be deleted: ${describeApiError(error, PERMISSION)}`);
	}
}
/**
* A request whose answer got lost may have been carried out: before asking again we look.
* @returns the new comment, or another one of ours that appeared meanwhile
*/
async function createOnce(options) {
	try {
		return await postComment(options);
	} catch (error) {
		if (!isApiError(error) || !isAnswerLost(error)) throw error;
		return await findComment(options) ?? await postComment(options);
	}
}
async function postComment(options) {
	const { client, owner, repository, number } = options;
	const { data } = await client.rest.issues.createComment({
		owner,
		repo: repository,
		issue_number: number,
		body: commentBody(options),
		request: { retries: 0 }
	});
	return data;
}
/** GitHub may hand back other ends of lines, or none at the end. */
function isSameText(one, other) {
	return one.replaceAll("\r\n", "\n").trimEnd() === other.replaceAll("\r\n", "\n").trimEnd();
}

// src/github/client.ts
/** GitHub's REST API: patient with it for a while, never for an hour, and clear about what it refuses. */
const PatientOctokit = Octokit.plugin(retry, throttling);
const MAX_RATE_LIMIT_RETRIES = 3;
/** For answers 5xx and broken connections: after the first one a second, after the second one four. */
const RETRIES = 2;
const RETRIES_SECONDS = 5;
const TIME_LIMITS = {
	requestSeconds: 30,
	totalSeconds: 180,
	pauseSeconds: 90
};
/** Larger than any page of a list, and than any measurement we upload. */
const MAX_RESPONSE_BYTES = 67108864;
let clientCount = 0;
/** @throws UserError for an address that a token must not go to */
function createGitHubClient(options) {
	const { token, log, signal, timeLimits = TIME_LIMITS } = options;
	let waitedSeconds = 0;
	function mayWait(seconds, retryCount) {
		const isPatient = retryCount < MAX_RATE_LIMIT_RETRIES && waitedSeconds + seconds <= timeLimits.pauseSeconds;
		if (isPatient) waitedSeconds += seconds;
		log.info(`GitHub's rate limit is reached: ${isPatient ? `waiting ${seconds} s` : "giving up"}.`);
		return isPatient && !signal.aborted;
	}
	clientCount += 1;
	const client = new PatientOctokit({
		...token === null ? {} : { auth: token },
		baseUrl: checkApiUrl(options.apiUrl),
		userAgent: "memtrack-action",
		log: {
			debug: log.debug,
			info: log.debug,
			warn: log.debug,
			error: log.debug
		},
		request: { fetch: createFetch(signal, timeLimits) },
		retry: {
			retries: RETRIES,
			doNotRetry: [
				400,
				401,
				403,
				404,
				409,
				410,
				422,
				429,
				451
			]
		},
		throttle: {
			id: `memtrack-${clientCount}`,
			onRateLimit: (seconds, _request, _octokit, retryCount) => mayWait(seconds, retryCount),
			onSecondaryRateLimit: (seconds, _request, _octokit, retryCount) => mayWait(seconds, retryCount)
		}
	});
	client.hook.wrap("request", async (request, options) => {
		if (!(waitedSeconds + RETRIES_SECONDS <= timeLimits.pauseSeconds)) options.request = {
			...options.request,
			retries: 0
		};
		let repetitions = 0;
		try {
			const response = await request(options);
			repetitions = failuresOf(options.request);
			return response;
		} catch (error) {
			if (isApiError(error) && error.status >= 500) repetitions = failuresOf(options.request) - 1;
			throw error;
		} finally {
			for (let i = 1; i <= repetitions; i++) waitedSeconds += i ** 2;
		}
	});
	return client;
}
/** How often a request failed, as the plugins count in its options. */
function failuresOf(request) {
	return request !== void 0 && "retryCount" in request ? Number(request.retryCount) : 0;
}
function checkApiUrl(apiUrl) {
	const url = URL.canParse(apiUrl) ? new URL(apiUrl) : null;
	const isLocal = url?.protocol === "http:" && [
		"127.0.0.1",
		"localhost",
		"[::1]"
	].includes(url.hostname);
	if (url === null || url.protocol !== "https:" && !isLocal) throw new UserError(`GITHUB_API_URL is ${JSON.stringify(apiUrl.slice(0, 200))}: an address with https:// is needed, such as https://api.github.com.`);
	return apiUrl.replace(/\/+$/, "");
}
/**
* fetch with limits of time and size that hold for the body too. Redirects are followed as the Fetch standard says:
* without the token as soon as they lead to another host.
*/
function createFetch(signal, { requestSeconds, totalSeconds }) {
	let usedSeconds = 0;
	return async (input, init) => {
		const leftSeconds = totalSeconds - usedSeconds;
		if (leftSeconds <= 0) throw endedRequest(`it took more than ${totalSeconds} s for its answers`);
		const limitSeconds = Math.min(requestSeconds, leftSeconds);
		const timeLimit = AbortSignal.timeout(Math.ceil(limitSeconds * 1e3));
		const startedAt = performance.now();
		try {
			const response = await fetch(input, {
				...init,
				signal: AbortSignal.any([signal, timeLimit])
			});
			const body = response.body === null || [
				204,
				205,
				304
			].includes(response.status) ? null : await readBody(response.body);
			const { status, statusText, headers, url } = response;
			return Object.defineProperty(new Response(body, {
				status,
				statusText,
				headers
			}), "url", { value: url });
		} catch (error) {
			if (signal.aborted) throw endedRequest("the run was cancelled");
			if (timeLimit.aborted) throw endedRequest(`no answer within ${Math.ceil(limitSeconds)} s`);
			throw error;
		} finally {
			usedSeconds += (performance.now() - startedAt) / 1e3;
		}
	};
}
async function readBody(body) {
	const chunks = [];
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.length;
		if (bytes > MAX_RESPONSE_BYTES) throw endedRequest(`an answer of more than ${MAX_RESPONSE_BYTES} bytes`);
		chunks.push(chunk);
	}
	return new Uint8Array(Buffer.concat(chunks));
}
/** Octokit tries again after any other error. */
function endedRequest(message) {
	return Object.assign(new Error(message), { name: "AbortError" });
}

// src/github/repository-file.ts
/** One file of the repository at a commit or branch, asked of GitHub: without a clone. */
/**
* The text of a file. A symbolic link to another file of the repository is followed by GitHub itself.
* @returns null when there is no such file
* @throws UserError for what is no file, larger than allowed or no UTF-8, and when GitHub refuses or has no such `ref`:
* whether there is a file is not known then
*/
async function readRepositoryFile(options) {
	const { path, ref, maxBytes } = options;
	const where = `${JSON.stringify(path)} at ${JSON.stringify(ref)}`;
	const found = await askForContent(options);
	if (found === null) return null;
	if (Array.isArray(found)) throw new UserError(`${where} is a directory: a file is needed.`);
	const content = found;
	if (content.type !== "file") throw new UserError(`${where} is a ${String(content.type).slice(0, 20)}: a file is needed.`);
	if (content.size > maxBytes) throw new UserError(`${where} has ${content.size} bytes: at most ${maxBytes} are accepted.`);
	if (content.encoding !== "base64" || typeof content.content !== "string") throw new UserError(`${where} has no content that GitHub would hand out: a file is needed.`);
	const bytes = Buffer.from(content.content, "base64");
	if (bytes.length > maxBytes) throw new UserError(`${where} has ${bytes.length} bytes: at most ${maxBytes} are accepted.`);
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch (error) {
		throw new UserError(`${where} is not text in UTF-8: save it as that.`, { cause: error });
	}
}
async function askForContent(options) {
	const { client, owner, repository, path, ref } = options;
	try {
		const { data } = await client.rest.repos.getContent({
			owner,
			repo: repository,
			path,
			ref
		});
		return data;
	} catch (error) {
		if (!isApiError(error)) throw error;
		if (error.status === 404 && /\bNo commit found for the ref\b/.test(error.message)) throw new UserError(`${JSON.stringify(path)} could not be read: GitHub does not know ${JSON.stringify(ref)} any more. Push again, or run the workflow on a newer commit.`, { cause: error });
		if (error.status === 404) return null;
		const reason = describeApiError(error, "contents: read");
		throw new UserError(`${JSON.stringify(path)} could not be read: ${reason}`, { cause: error });
	}
}

// src/github/changed-lines.ts
/** Which lines of the repository two commits differ in, as GitHub's comparison says: without a clone. */
/** As many files as GitHub lists in a comparison. */
const MAX_FILES = 300;
const MAX_PATH_LENGTH = 4096;
/**
* Asks once when base is an ancestor of head, else twice: GitHub compares head with what both have in common, so
* files that base changed since then count as unchanged, as do files whose patch GitHub leaves out (large and binary
* ones) and those after the 300th. What is left is true of head merged into base, too.
* @returns null, with a line in the log, when GitHub does not say
*/
async function readChangedLines(options) {
	const { client, baseSha, headSha } = options;
	const giveUp = (reason) => {
		client.log.info(`Lines of base are not followed to head: ${reason}`);
		return null;
	};
	try {
		const { mergeBase, files } = await compare(baseSha, headSha, options);
		if (!isSha(mergeBase)) return giveUp("base and head have no commit in common.");
		const changedByBase = mergeBase === baseSha ? [] : (await compare(mergeBase, baseSha, options)).files;
		if (changedByBase.length >= MAX_FILES) return giveUp(`base has changed ${MAX_FILES} files and more since head left it.`);
		if (files.length >= MAX_FILES) client.log.info(`GitHub lists ${MAX_FILES} changed files at most: lines of others count as unchanged.`);
		const unknown = new Set(changedByBase.flatMap(pathsOf));
		const isKnown = (file) => !pathsOf(file).some((path) => unknown.has(path));
		return lineChangesOf(files.slice(0, MAX_FILES).filter(hasSoundPaths).filter(isKnown).map(fileChange));
	} catch (error) {
		if (!isApiError(error)) throw error;
		return giveUp(describeApiError(error, "contents: read"));
	}
}
/** What head changed since it left base. */
async function compare(baseSha, headSha, { client, owner, repository }) {
	const { data } = await client.rest.repos.compareCommitsWithBasehead({
		owner,
		repo: repository,
		basehead: `${baseSha}...${headSha}`,
		per_page: 1
	});
	return {
		mergeBase: data.merge_base_commit?.sha,
		files: data.files ?? []
	};
}
function pathsOf({ filename, previous_filename }) {
	return previous_filename === void 0 ? [filename] : [filename, previous_filename];
}
function hasSoundPaths(file) {
	return pathsOf(file).every((path) => typeof path === "string" && path.length <= MAX_PATH_LENGTH);
}
function fileChange({ filename, previous_filename, status, patch }) {
	return {
		basePath: status === "added" || status === "copied" ? null : previous_filename ?? filename,
		headPath: status === "removed" ? null : filename,
		hunks: typeof patch === "string" ? readHunks(patch) : []
	};
}

export { parseEvent as _, chooseRevisions as a, reasonToWait as b, publishCommitStatus as c, pruneImages as d, publishImage as f, isSha as g, isApiError as h, publishStickyComment as i, concludeCheckRun as l, describeApiError as m, readRepositoryFile as n, findAcceptance as o, skipped as p, createGitHubClient as r, findPullRequest as s, readChangedLines as t, startCheckRun as u, parseRepositoryName as v, refuseUntrustedEvent as x, queuedPullRequest as y };