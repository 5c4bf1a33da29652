/**
 * Stands in for the two services that a runner offers to JavaScript actions, artifacts and caches, and for the blob
 * store behind them: real HTTP on 127.0.0.1, driven by the real clients (@actions/artifact, @actions/cache).
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StoredArtifact {
  readonly id: number;
  readonly runId: number;
  readonly name: string;
  /** As they were uploaded: a zip, or the one file of an artifact that is not zipped. */
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly isZipped: boolean;
  readonly isExpired: boolean;
  /** What the service says of it; the number of bytes unless a test says otherwise. */
  readonly size: number;
  /** ISO 8601 */
  readonly createdAt: string;
  /** What GitHub's API says in place of `runId`. */
  readonly saysItIsOfRun?: number;
}

export interface ArtifactSeed {
  readonly runId: number;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** application/zip by default. */
  readonly mimeType?: string;
  readonly isExpired?: boolean;
  readonly size?: number;
  readonly saysItIsOfRun?: number;
}

export interface StoredCache {
  readonly key: string;
  /** Hash of the paths and of the compression. */
  readonly version: string;
  readonly bytes: Uint8Array;
}

/** What goes wrong with a request whose method and path match. */
export interface ServiceFault {
  /** Tested against method and path, such as `POST /twirp/…CacheService/CreateCacheEntry` or `GET /blob/1`. */
  readonly match: RegExp;
  /** `hang` gives no answer at all. */
  readonly what: 'hang' | { readonly status: number; readonly message?: string };
  /** How many requests it strikes: all by default. */
  readonly times?: number;
}

export interface ServiceRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly authorization: string | null;
}

export interface ResultsService extends AsyncDisposable {
  /** What to set ACTIONS_RESULTS_URL to. */
  readonly url: string;
  /** In the order of arrival. */
  readonly requests: readonly ServiceRequest[];
  /** The finished ones, oldest first; those of all runs by default. */
  artifacts(runId?: number): readonly StoredArtifact[];
  /** As if a job of that run had uploaded it. */
  addArtifact(seed: ArtifactSeed): StoredArtifact;
  /** Where its bytes are, for whoever has the address. */
  blobUrl(artifact: StoredArtifact): string;
  caches(): readonly StoredCache[];
  /** Replaces the bytes of a cache: a poisoned one. */
  replaceCache(key: string, bytes: Uint8Array): void;
  /** Whether caches are refused to be written, as they are for runs that untrusted events started. */
  setCacheReadOnly(isReadOnly: boolean): void;
  injectFault(fault: ServiceFault): void;
}

/** Clients read the run and the job from it; nobody checks its signature here. */
export function runtimeTokenOf(
  runId: number | string,
  jobId = 'ca395085-040a-526b-2ce8-bdc85f692774',
): string {
  const claims = { scp: `Actions.Results:${runId}:${jobId}`, exp: 4102444800 };
  const parts = [{ alg: 'none', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return [...parts, 'c3RhbmQtaW4'].join('.');
}

/** The variables by which a runner tells an action of its services. */
export function servicesEnvironment(service: ResultsService, runId: number): Record<string, string> {
  return {
    ACTIONS_RUNTIME_TOKEN: runtimeTokenOf(runId),
    ACTIONS_RESULTS_URL: service.url,
    ACTIONS_CACHE_SERVICE_V2: 'True',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: String(runId),
  };
}

interface Blob {
  readonly id: number;
  readonly blocks: Map<string, Buffer>;
  bytes: Buffer | null;
  contentType: string;
}

interface PendingArtifact {
  readonly runId: number;
  readonly jobId: string;
  readonly name: string;
  readonly mimeType: string;
  readonly blob: Blob;
  finished: StoredArtifact | null;
}

interface PendingCache {
  readonly key: string;
  readonly version: string;
  readonly blob: Blob;
  isFinished: boolean;
}

/** A refusal as Twirp words it. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const LONGEST_CACHE_KEY = 512;
const MIME_OF_ZIP = 'application/zip';

/** Starts it on a free port. Dispose it to close the port. */
export async function startResultsService(): Promise<ResultsService> {
  const http = createServer();
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const requests: ServiceRequest[] = [];
  const faults: { fault: ServiceFault; left: number }[] = [];
  const blobs = new Map<number, Blob>();
  const artifacts: PendingArtifact[] = [];
  const caches: PendingCache[] = [];
  let lastId = 4700;
  let isCacheReadOnly = false;

  function newBlob(bytes: Buffer | null = null, contentType = 'application/octet-stream'): Blob {
    lastId += 1;
    const blob: Blob = { id: lastId, blocks: new Map(), bytes, contentType };
    blobs.set(blob.id, blob);
    return blob;
  }

  const signedUrl = (blob: Blob): string =>
    `${url}/blob/${blob.id}?sig=${createHash('sha256').update(String(blob.id)).digest('base64url')}`;

  const finishedArtifacts = (runId?: number): StoredArtifact[] =>
    artifacts
      .flatMap(({ finished }) => (finished === null ? [] : [finished]))
      .filter((artifact) => runId === undefined || artifact.runId === runId);

  const methods: Readonly<Record<string, (given: Fields, who: Caller) => object>> = {
    CreateArtifact(given, { runId, jobId }) {
      const name = text(given.name);
      if (name === '' || /["<>|*?:\r\n\\/]/.test(name)) throw new Refusal(400, 'invalid artifact name');
      if (artifacts.some((one) => one.runId === runId && one.name === name)) {
        throw new Refusal(409, 'Conflict: an artifact with this name already exists on the workflow run');
      }
      const blob = newBlob();
      const mimeType = text(given.mime_type) || MIME_OF_ZIP;
      artifacts.push({ runId, jobId, name, mimeType, blob, finished: null });
      return { ok: true, signed_upload_url: signedUrl(blob) };
    },
    FinalizeArtifact(given, { runId }) {
      const pending = artifacts.find((one) => one.runId === runId && one.name === given.name);
      const bytes = pending?.blob.bytes;
      if (!pending || !bytes) throw new Refusal(404, 'no such upload');
      const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      if (given.size !== String(bytes.length) || given.hash !== hash) {
        throw new Refusal(400, 'size or hash is not that of the upload');
      }
      const { name, mimeType } = pending;
      const id = pending.blob.id;
      const isZipped = mimeType === MIME_OF_ZIP;
      const size = bytes.length;
      pending.finished = {
        id,
        runId,
        name,
        bytes,
        mimeType,
        isZipped,
        isExpired: false,
        size,
        createdAt: now(),
      };
      return { ok: true, artifact_id: String(id) };
    },
    ListArtifacts(given, { runId, jobId }) {
      const found = finishedArtifacts(runId)
        .filter(({ name }) => given.name_filter === undefined || name === given.name_filter)
        .filter(({ id }) => given.id_filter === undefined || String(id) === given.id_filter);
      return {
        artifacts: found.map((artifact) => ({
          workflow_run_backend_id: String(runId),
          workflow_job_run_backend_id: jobId,
          database_id: String(artifact.id),
          name: artifact.name,
          size: String(artifact.size),
          created_at: artifact.createdAt,
          digest: digestOf(artifact.bytes),
        })),
      };
    },
    GetSignedArtifactURL(given, { runId }) {
      const artifact = finishedArtifacts(runId).find(({ name }) => name === given.name);
      const blob = artifact && blobs.get(artifact.id);
      if (!artifact || !blob) throw new Refusal(404, 'no such artifact');
      return { name: artifact.name, signed_url: signedUrl(blob) };
    },
    DeleteArtifact(given, { runId }) {
      const index = artifacts.findIndex((one) => one.runId === runId && one.name === given.name);
      const id = artifacts[index]?.finished?.id;
      if (id === undefined) throw new Refusal(404, 'no such artifact');
      artifacts.splice(index, 1);
      return { ok: true, artifact_id: String(id) };
    },
    CreateCacheEntry(given) {
      const { key, version } = cacheAddress(given);
      if (isCacheReadOnly) {
        return { ok: false, message: 'cache write denied: this run may read caches only' };
      }
      if (caches.some((one) => one.key === key && one.version === version)) {
        throw new Refusal(409, 'cache entry with the same key, version, and scope already exists');
      }
      const blob = newBlob();
      caches.push({ key, version, blob, isFinished: false });
      return { ok: true, signed_upload_url: signedUrl(blob) };
    },
    FinalizeCacheEntryUpload(given) {
      const { key, version } = cacheAddress(given);
      const pending = caches.find((one) => one.key === key && one.version === version);
      if (pending?.blob.bytes?.length !== Number(given.size_bytes)) throw new Refusal(400, 'no such upload');
      pending.isFinished = true;
      return { ok: true, entry_id: String(pending.blob.id) };
    },
    GetCacheEntryDownloadURL(given) {
      const { key, version } = cacheAddress(given);
      const ofVersion = caches.filter((one) => one.isFinished && one.version === version).reverse();
      const prefixes = Array.isArray(given.restore_keys) ? given.restore_keys.map(String) : [];
      const found =
        ofVersion.find((one) => one.key === key) ??
        prefixes
          .map((prefix) => ofVersion.find((one) => one.key.startsWith(prefix)))
          .find((one) => one !== undefined);
      if (!found) return { ok: false };
      return { ok: true, signed_download_url: signedUrl(found.blob), matched_key: found.key };
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const body = await readAll(request);
    requests.push({ method, path: pathname, authorization: request.headers.authorization ?? null });
    const struck = faults.find(({ fault, left }) => left > 0 && fault.match.test(`${method} ${pathname}`));
    if (struck) {
      struck.left -= 1;
      if (struck.fault.what === 'hang') return;
      const { status, message = 'injected fault' } = struck.fault.what;
      return sendJson(response, status, { code: 'internal', msg: message });
    }
    if (pathname.startsWith('/blob/')) {
      const blob = blobs.get(Number(pathname.slice('/blob/'.length)));
      if (!blob || new URL(signedUrl(blob)).searchParams.get('sig') !== searchParams.get('sig')) {
        return void response.writeHead(403).end();
      }
      return method === 'PUT'
        ? putBlob(blob, { searchParams, body, request, response })
        : getBlob(blob, request, response);
    }
    const called =
      /^\/twirp\/github\.actions\.results\.api\.v1\.(?:Artifact|Cache)Service\/([A-Za-z]+)$/.exec(pathname);
    const answer = called && methods[called[1] ?? ''];
    if (method !== 'POST' || !answer) return sendJson(response, 404, { code: 'bad_route', msg: pathname });
    try {
      const given = JSON.parse(body.toString('utf8')) as Fields;
      sendJson(response, 200, answer(given, callerOf(request, given)));
    } catch (error) {
      const status = error instanceof Refusal ? error.status : 500;
      sendJson(response, status, { code: 'refused', msg: (error as Error).message });
    }
  }

  http.on('request', (request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  return {
    url: `${url}/`,
    requests,
    artifacts: finishedArtifacts,
    addArtifact(seed) {
      const mimeType = seed.mimeType ?? MIME_OF_ZIP;
      const { runId, name, bytes } = seed;
      const blob = newBlob(Buffer.from(bytes), mimeType);
      const finished: StoredArtifact = {
        id: blob.id,
        runId,
        name,
        bytes,
        mimeType,
        isZipped: mimeType === MIME_OF_ZIP,
        isExpired: seed.isExpired ?? false,
        size: seed.size ?? bytes.length,
        createdAt: now(),
        ...(seed.saysItIsOfRun !== undefined && { saysItIsOfRun: seed.saysItIsOfRun }),
      };
      artifacts.push({ runId, jobId: 'seeded', name, mimeType, blob, finished });
      return finished;
    },
    blobUrl(artifact) {
      const blob = blobs.get(artifact.id);
      if (!blob) throw new Error(`There is no artifact ${artifact.id}.`);
      return signedUrl(blob);
    },
    caches: () =>
      caches
        .filter(({ isFinished }) => isFinished)
        .map(({ key, version, blob }) => ({ key, version, bytes: blob.bytes ?? Buffer.alloc(0) })),
    replaceCache(key, bytes) {
      const cache = caches.find((one) => one.key === key);
      if (!cache) throw new Error(`There is no cache ${key}.`);
      cache.blob.bytes = Buffer.from(bytes);
    },
    setCacheReadOnly(isReadOnly) {
      isCacheReadOnly = isReadOnly;
    },
    injectFault: (fault) => void faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    async [Symbol.asyncDispose]() {
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

interface Caller {
  readonly runId: number;
  readonly jobId: string;
}

/** The run and the job that a token is of; what the request says of them must agree. */
function callerOf(request: IncomingMessage, given: Fields): Caller {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new Refusal(401, 'no token');
  const { scp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  const [, runId, jobId] = /\bActions\.Results:(\d+):([\w-]+)/.exec(String(scp)) ?? [];
  if (runId === undefined || jobId === undefined) throw new Refusal(403, 'the token has no such scope');
  const { workflow_run_backend_id: givenRun = runId } = given;
  if (givenRun !== runId) throw new Refusal(403, 'the token is of another run');
  return { runId: Number(runId), jobId };
}

function cacheAddress(given: Fields): { readonly key: string; readonly version: string } {
  const key = text(given.key);
  if (key === '' || key.length > LONGEST_CACHE_KEY || key.includes(','))
    throw new Refusal(400, 'invalid key');
  return { key, version: text(given.version) };
}

interface Put {
  readonly searchParams: URLSearchParams;
  readonly body: Buffer;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** https://learn.microsoft.com/rest/api/storageservices/put-block and put-block-list */
function putBlob(blob: Blob, { searchParams, body, request, response }: Put): void {
  const kind = searchParams.get('comp');
  if (kind === 'block') blob.blocks.set(searchParams.get('blockid') ?? '', body);
  else if (kind === 'blocklist') {
    const ids = [...body.toString('utf8').matchAll(/<(?:Latest|Uncommitted)>([^<]+)</g)].map(
      ([, id]) => id ?? '',
    );
    blob.bytes = Buffer.concat(ids.map((id) => blob.blocks.get(id) ?? Buffer.alloc(0)));
  } else blob.bytes = body;
  blob.contentType = String(request.headers['x-ms-blob-content-type'] ?? blob.contentType);
  const now = new Date().toUTCString();
  response.writeHead(201, { etag: '"1"', 'last-modified': now, 'x-ms-request-id': '1' }).end();
}

function getBlob(blob: Blob, request: IncomingMessage, response: ServerResponse): void {
  if (blob.bytes === null) return void response.writeHead(404).end();
  const range = /^bytes=(\d+)-(\d*)$/.exec(
    String(request.headers['x-ms-range'] ?? request.headers.range ?? ''),
  );
  const start = Number(range?.[1] ?? 0);
  const end = range?.[2] ? Math.min(Number(range[2]) + 1, blob.bytes.length) : blob.bytes.length;
  response.writeHead(range ? 206 : 200, {
    'content-type': blob.contentType,
    'content-length': end - start,
    ...(range && { 'content-range': `bytes ${start}-${end - 1}/${blob.bytes.length}` }),
  });
  response.end(request.method === 'HEAD' ? undefined : blob.bytes.subarray(start, end));
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
