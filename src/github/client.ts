/** GitHub's REST API: patient with it for a while, never for an hour, and clear about what it refuses. */
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import { isApiError } from './api-error.ts';

const PatientOctokit = Octokit.plugin(retry, throttling);

export type GitHubClient = InstanceType<typeof PatientOctokit>;

export interface GitHubClientOptions {
  /** Null: anonymous, which public repositories allow for reading. */
  readonly token: string | null;
  /** 'https://api.github.com', or that of a GitHub Enterprise server. */
  readonly apiUrl: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** How long GitHub may keep us waiting. */
  readonly timeLimits?: TimeLimits;
}

export interface TimeLimits {
  /** For one answer. */
  readonly requestSeconds: number;
  /** For all answers together, so that a slow GitHub with many pages holds no job up. */
  readonly totalSeconds: number;
  /** All pauses together, those that GitHub asks for and our own: whatever asks for more is given up. */
  readonly pauseSeconds: number;
}

const MAX_RATE_LIMIT_RETRIES = 3;
/** For answers 5xx and broken connections: after the first one a second, after the second one four. */
const RETRIES = 2;
const RETRIES_SECONDS = 5;
const TIME_LIMITS: TimeLimits = { requestSeconds: 30, totalSeconds: 180, pauseSeconds: 90 };
/** Larger than any page of a list, and than any measurement we upload. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

let clientCount = 0;

/** @throws UserError for an address that a token must not go to */
export function createGitHubClient(options: GitHubClientOptions): GitHubClient {
  const { token, log, signal, timeLimits = TIME_LIMITS } = options;
  let waitedSeconds = 0;

  function mayWait(seconds: number, retryCount: number): boolean {
    const isPatient =
      retryCount < MAX_RATE_LIMIT_RETRIES && waitedSeconds + seconds <= timeLimits.pauseSeconds;
    if (isPatient) waitedSeconds += seconds;
    log.info(`GitHub's rate limit is reached: ${isPatient ? `waiting ${seconds} s` : 'giving up'}.`);
    return isPatient && !signal.aborted;
  }

  clientCount += 1;
  const client = new PatientOctokit({
    ...(token === null ? {} : { auth: token }),
    baseUrl: checkApiUrl(options.apiUrl),
    userAgent: 'memtrack-action',
    log: { debug: log.debug, info: log.debug, warn: log.debug, error: log.debug },
    request: { fetch: createFetch(signal, timeLimits) },
    retry: { retries: RETRIES, doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451] },
    throttle: {
      // Without an id of its own, a client waits for the requests of all others.
      id: `memtrack-${clientCount}`,
      onRateLimit: (seconds, _request, _octokit, retryCount) => mayWait(seconds, retryCount),
      onSecondaryRateLimit: (seconds, _request, _octokit, retryCount) => mayWait(seconds, retryCount),
    },
  });
  // Around the plugins: of a request with all its repetitions. Those after a rate limit count twice, which does no harm.
  client.hook.wrap('request', async (request, options) => {
    const isPatient = waitedSeconds + RETRIES_SECONDS <= timeLimits.pauseSeconds;
    if (!isPatient) options.request = { ...options.request, retries: 0 };
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
function failuresOf(request: object | undefined): number {
  return request !== undefined && 'retryCount' in request ? Number(request.retryCount) : 0;
}

function checkApiUrl(apiUrl: string): string {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : null;
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url === null || (url.protocol !== 'https:' && !isLocal)) {
    throw new UserError(
      `GITHUB_API_URL is ${JSON.stringify(apiUrl.slice(0, 200))}: an address with https:// is needed, such as https://api.github.com.`,
    );
  }
  return apiUrl.replace(/\/+$/, '');
}

/**
 * fetch with limits of time and size that hold for the body too. Redirects are followed as the Fetch standard says:
 * without the token as soon as they lead to another host.
 */
function createFetch(signal: AbortSignal, { requestSeconds, totalSeconds }: TimeLimits): typeof fetch {
  let usedSeconds = 0;
  return async (input, init) => {
    const leftSeconds = totalSeconds - usedSeconds;
    if (leftSeconds <= 0) throw endedRequest(`it took more than ${totalSeconds} s for its answers`);
    const limitSeconds = Math.min(requestSeconds, leftSeconds);
    const timeLimit = AbortSignal.timeout(Math.ceil(limitSeconds * 1000));
    const startedAt = performance.now();
    try {
      const response = await fetch(input, { ...init, signal: AbortSignal.any([signal, timeLimit]) });
      const isEmpty = response.body === null || [204, 205, 304].includes(response.status);
      const body = isEmpty ? null : await readBody(response.body!);
      const { status, statusText, headers, url } = response;
      return Object.defineProperty(new Response(body, { status, statusText, headers }), 'url', {
        value: url,
      });
    } catch (error) {
      if (signal.aborted) throw endedRequest('the run was cancelled');
      if (timeLimit.aborted) throw endedRequest(`no answer within ${Math.ceil(limitSeconds)} s`);
      throw error;
    } finally {
      usedSeconds += (performance.now() - startedAt) / 1000;
    }
  };
}

async function readBody(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_RESPONSE_BYTES) throw endedRequest(`an answer of more than ${MAX_RESPONSE_BYTES} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Octokit tries again after any other error. */
function endedRequest(message: string): Error {
  return Object.assign(new Error(message), { name: 'AbortError' });
}
