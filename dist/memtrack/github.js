import { n as throttling, r as retry, t as Octokit } from "../third-party/github.js";
import { o as UserError } from "./errors.js";

// src/github/client.ts
/** GitHub's REST API: patient with it for a while, never for an hour, and clear about what it refuses. */
const PatientOctokit = Octokit.plugin(retry, throttling);
/** All pauses that GitHub asks for, together; whatever asks for more is given up. */
const MAX_WAIT_SECONDS = 90;
const MAX_RATE_LIMIT_RETRIES = 3;
/** With pauses of 1 and 4 seconds; for answers 5xx and broken connections. */
const RETRIES = 2;
const REQUEST_TIME_LIMIT_SECONDS = 30;
/** Larger than any page of a list, and than any measurement we upload. */
const MAX_RESPONSE_BYTES = 67108864;
let clientCount = 0;
/** @throws UserError for an address that a token must not go to */
function createGitHubClient(options) {
	const { token, log, signal } = options;
	let waitedSeconds = 0;
	function mayWait(seconds, retryCount) {
		const isPatient = retryCount < MAX_RATE_LIMIT_RETRIES && waitedSeconds + seconds <= MAX_WAIT_SECONDS;
		if (isPatient) waitedSeconds += seconds;
		log.info(`GitHub's rate limit is reached: ${isPatient ? `waiting ${seconds} s` : "giving up"}.`);
		return isPatient && !signal.aborted;
	}
	clientCount += 1;
	return new PatientOctokit({
		...token === null ? {} : { auth: token },
		baseUrl: checkApiUrl(options.apiUrl),
		userAgent: "memtrack-action",
		log: {
			debug: log.debug,
			info: log.debug,
			warn: log.debug,
			error: log.debug
		},
		request: { fetch: createFetch(signal) },
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
function createFetch(signal) {
	return async (input, init) => {
		const timeLimit = AbortSignal.timeout(REQUEST_TIME_LIMIT_SECONDS * 1e3);
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
			if (timeLimit.aborted) throw endedRequest(`no answer within ${REQUEST_TIME_LIMIT_SECONDS} s`);
			throw error;
		}
	};
}
async function readBody(body) {
	const chunks = [];
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.length;
		if (bytes > MAX_RESPONSE_BYTES) throw new Error(`an answer of more than ${MAX_RESPONSE_BYTES} bytes`);
		chunks.push(chunk);
	}
	return new Uint8Array(Buffer.concat(chunks));
}
/** Octokit tries again after any other error. */
function endedRequest(message) {
	return Object.assign(new Error(message), { name: "AbortError" });
}

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
const MAX_LABELS = 100;
/**
* Call before any command is run.
* @throws UserError for an event on which building and running a commit would hand out the workflow's secrets
*/
function refuseUntrustedEvent(name) {
	const reason = UNTRUSTED_EVENTS.get(name);
	if (reason === void 0) return;
	throw new UserError(`Nothing is built or run on \`${name}\`: ${reason}. Measure on \`pull_request\`, and comment from a second workflow on \`workflow_run\` with \`mode: report\`.`);
}
/**
* Reads the event.
* @throws UserError that names the field which is missing or odd
*/
function parseEvent(facts) {
	const { name, payload } = facts;
	const [, owner, repository] = /^([\w.-]{1,100})\/([\w.-]{1,100})$/.exec(facts.repository) ?? [];
	if (owner === void 0) throw new UserError(`GITHUB_REPOSITORY is ${JSON.stringify(facts.repository)}: "owner/name" is expected.`);
	const defaultBranch = valueAt(payload, "repository.default_branch");
	const inRepository = {
		owner,
		repository,
		defaultBranch: isText(defaultBranch) ? defaultBranch : null
	};
	const read = new PayloadReader(name, payload);
	if (name === "pull_request") return {
		...inRepository,
		...parsePullRequest(read)
	};
	if (name === "push") return {
		...inRepository,
		...parsePush(read)
	};
	if (name === "merge_group") return {
		...inRepository,
		kind: "merge_group",
		baseSha: read.sha("merge_group.base_sha"),
		headSha: read.sha("merge_group.head_sha"),
		baseRef: read.text("merge_group.base_ref")
	};
	const ref = valueAt(payload, "ref");
	return {
		...inRepository,
		kind: "other",
		name,
		ref: isText(ref) ? ref : null
	};
}
function parsePullRequest(read) {
	const headRepository = read.value("pull_request.head.repo.id");
	return {
		kind: "pull_request",
		number: read.positiveInteger("pull_request.number"),
		baseSha: read.sha("pull_request.base.sha"),
		headSha: read.sha("pull_request.head.sha"),
		baseRef: read.text("pull_request.base.ref"),
		headRef: read.text("pull_request.head.ref"),
		isFork: headRepository !== read.positiveInteger("pull_request.base.repo.id"),
		labels: read.names("pull_request.labels"),
		isDraft: read.value("pull_request.draft") === true,
		htmlUrl: read.webAddress("pull_request.html_url")
	};
}
function parsePush(read) {
	const before = read.sha("before");
	const after = read.sha("after");
	const ref = read.text("ref");
	if (isNoCommit(after)) throw new UserError(`This push deleted ${ref}: there is nothing to measure. Skip the job for such pushes.`);
	return {
		kind: "push",
		before: isNoCommit(before) ? null : before,
		after,
		ref
	};
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
		return list.slice(0, MAX_LABELS).map((entry) => valueAt(entry, "name")).filter(isText);
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
	if (status === 403 && isMissingPermission(error)) {
		const needed = permission ?? acceptedPermission(error);
		const advice = needed === null ? "" : ` Add \`${needed}\` under \`permissions:\` of the job.`;
		return `The token may not do this (403: ${excerpt(error)}).${advice} For pull requests from forks and from Dependabot the token is read-only, whatever the workflow says: there, report from a second workflow (\`mode: report\`).`;
	}
	if (status === 404) return `GitHub finds no such thing (404: ${excerpt(error)}), or does not let this token see it.`;
	if (status === 422) return `GitHub refused what was sent (422: ${excerpt(error)}).`;
	if (status >= 500) return `GitHub failed (${status}: ${excerpt(error)}). Run the job again later.`;
	return `GitHub refused (${status}: ${excerpt(error)}).`;
}
function isRateLimited(error) {
	if (error.status !== 403 && error.status !== 429) return false;
	const headers = error.response?.headers ?? {};
	return error.status === 429 || headers["retry-after"] !== void 0 || String(headers["x-ratelimit-remaining"]) === "0" || /\brate limit\b/i.test(error.message);
}
function describeRateLimit(error) {
	const seconds = Number(error.response?.headers["retry-after"]);
	const wait = Number.isFinite(seconds) ? `, and asks to wait ${seconds} s, which is too long for a job` : "";
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

// src/github/revisions.ts
/** Which two commits an event is about, and which one its results belong to. */
/** @throws UserError when the input `base` names nothing, or nothing is checked out */
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
			const { before } = event;
			const head = {
				sha: event.after,
				label: branchName(event.ref)
			};
			const findBase = async () => before === null ? findDefaultBranchBase(head, options) : {
				base: {
					sha: before,
					label: `${head.label} before`
				},
				notes: []
			};
			return {
				head,
				postSha: head.sha,
				notes: [],
				findBase
			};
		}
		case "other": {
			const label = event.ref === null ? "HEAD" : branchName(event.ref);
			const head = {
				sha: await history.headCommit(),
				label
			};
			return {
				head,
				postSha: head.sha,
				notes: [],
				findBase: () => findDefaultBranchBase(head, options)
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
	const mergeBase = await findMergeBase(baseSha, headSha, options);
	if (mergeBase !== null) return {
		base: {
			sha: mergeBase,
			label: baseRef
		},
		notes: []
	};
	const note = `Where this branch left ${baseRef} is not known, so it is compared with the tip of ${baseRef}: changes made there since show up too, the other way round.`;
	return {
		base: {
			sha: baseSha,
			label: baseRef
		},
		notes: [note]
	};
}
async function findDefaultBranchBase(head, options) {
	const { defaultBranch } = options.event;
	const mergeBase = defaultBranch === null || head.label === defaultBranch ? null : await findMergeBase(defaultBranch, head.sha, options);
	if (mergeBase !== null && mergeBase !== head.sha) return {
		base: {
			sha: mergeBase,
			label: defaultBranch ?? ""
		},
		notes: []
	};
	return {
		base: null,
		notes: [`Nothing is known that ${head.label} (${short(head.sha)}) could be compared with. The input \`base\` can name a commit.`]
	};
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
		if (isSha(data.merge_base_commit?.sha)) return data.merge_base_commit.sha;
	} catch (error) {
		if (!isApiError(error)) throw error;
		client.log.info(`No merge base from GitHub: ${describeApiError(error, "contents: read")}`);
	}
	const baseSha = isSha(base) ? base : await history.resolveCommit(`origin/${base}`);
	return baseSha === null ? null : history.mergeBase(baseSha, head);
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

// src/publish/publisher.ts
function skipped(reason) {
	return {
		status: "skipped",
		url: null,
		reason
	};
}

// src/publish/sticky-comment.ts
/** The one comment on a pull request that is ours, edited from run to run. */
/** Who writes with the token that every workflow has. */
const WORKFLOW_BOT = "github-actions[bot]";
const PERMISSION = "pull-requests: write";
/** 10,000 comments. */
const MAX_PAGES = 100;
/** Creates or updates the comment. What GitHub refuses is a `skipped` with the reason. */
async function publishStickyComment(options) {
	if (!options.body.startsWith(options.marker)) throw new Error("A sticky comment starts with its marker.");
	try {
		const existing = await findComment(options);
		if (existing !== null) return await bringUpToDate(existing, options);
		if (options.createWhenMissing) return await createComment(options);
		return skipped("There is no comment yet, and nothing to say that would ask for one.");
	} catch (error) {
		if (!isApiError(error)) throw error;
		return skipped(`No comment on #${options.number}: ${describeApiError(error, PERMISSION)}`);
	}
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
	if (isSameText(existing.body ?? "", options.body)) return {
		status: "unchanged",
		url: existing.html_url
	};
	const { client, owner, repository, body } = options;
	try {
		const { data } = await client.rest.issues.updateComment({
			owner,
			repo: repository,
			comment_id: existing.id,
			body
		});
		return {
			status: "updated",
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
	if (oldest === null || oldest.id >= created.id) return {
		status: "created",
		url: created.html_url
	};
	const { client, owner, repository } = options;
	await client.rest.issues.deleteComment({
		owner,
		repo: repository,
		comment_id: created.id
	});
	return bringUpToDate(oldest, options);
}
/** A request whose answer got lost may have been carried out: before asking again we look. */
async function createOnce(options) {
	try {
		return await postComment(options);
	} catch (error) {
		if (!isApiError(error) || !isAnswerLost(error)) throw error;
		return await findComment(options) ?? await postComment(options);
	}
}
async function postComment(options) {
	const { client, owner, repository, number, body } = options;
	const { data } = await client.rest.issues.createComment({
		owner,
		repo: repository,
		issue_number: number,
		body,
		request: { retries: 0 }
	});
	return data;
}
function isAnswerLost(error) {
	return error.status >= 500;
}
/** GitHub may hand back other ends of lines, or none at the end. */
function isSameText(one, other) {
	return one.replaceAll("\r\n", "\n").trimEnd() === other.replaceAll("\r\n", "\n").trimEnd();
}

export { createGitHubClient as a, refuseUntrustedEvent as i, chooseRevisions as n, parseEvent as r, publishStickyComment as t };