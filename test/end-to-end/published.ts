import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { GitHubApiServer } from '../github/github-api-server.ts';
import type { ResultsService } from '../github/results-service.ts';
import type { ActionRun } from '../github/runner.ts';
import type { PullRequest } from './pull-request.ts';

/** Texts by what they were found in. */
export type Published = ReadonlyMap<string, string>;

/**
 * All that a run showed or left for others to see, readable: archives are unpacked, and the data of pages, too. Of the
 * log it is what the runner was given, before it masked anything.
 */
export function publishedBy(
  run: ActionRun,
  pull: PullRequest,
  { github, results }: { readonly github: GitHubApiServer; readonly results: ResultsService },
): Published {
  const texts = new Map<string, string>();
  const add = (where: string, bytes: Uint8Array | string) =>
    texts.set(where, readable(Buffer.from(bytes)).join('\n'));
  add('comments', JSON.stringify(github.comments(pull.number)));
  add(
    'requests to GitHub',
    JSON.stringify(github.requests.map(({ path, query, body }) => [path, query, body])),
  );
  add('summary', run.summary);
  add('outputs', JSON.stringify(run.outputs));
  add('annotations', JSON.stringify(run.annotations));
  add('log', run.rawLog.replace(/^::add-mask::.*$/gm, ''));
  const reports = join(pull.temp, 'memtrack-report');
  for (const entry of !existsSync(reports)
    ? []
    : readdirSync(reports, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) add(`file ${entry.name}`, readFileSync(join(entry.parentPath, entry.name)));
  }
  for (const { name, bytes } of results.artifacts()) add(`artifact ${name}`, bytes);
  for (const { key, bytes } of results.caches()) add(`cache ${key}`, bytes);
  return texts;
}

/** Where a text was published. */
export function placesOf(text: string, published: Published): string[] {
  return [...published].flatMap(([where, content]) => (content.includes(text) ? [where] : []));
}

/** The bytes as text, and whatever is packed in them, however often. */
function readable(bytes: Buffer): string[] {
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return unzip(bytes).flatMap(readable);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return readable(gunzipSync(bytes));
  const text = bytes.toString('utf8');
  const packed = text.match(/\bH4sI[A-Za-z0-9+/]{40,}={0,2}/g) ?? [];
  return [text, ...packed.flatMap((base64) => readable(Buffer.from(base64, 'base64')))];
}

/** Python is needed elsewhere, too; `unzip` would be one more program to install. */
const UNZIP = `
import base64, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
print(json.dumps([base64.b64encode(archive.read(name)).decode() for name in archive.namelist()]))
`;

function unzip(bytes: Uint8Array): Buffer[] {
  const directory = mkdtempSync(join(tmpdir(), 'unzip-'));
  try {
    const file = join(directory, 'archive.zip');
    writeFileSync(file, bytes);
    const contents: string[] = JSON.parse(
      execFileSync('python3', ['-c', UNZIP, file], { encoding: 'utf8', maxBuffer: 2 ** 28 }),
    );
    return contents.map((base64) => Buffer.from(base64, 'base64'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
