/**
 * Cuts the part of GitHub's OpenAPI description that the tests' stand-in for GitHub judges requests by.
 *
 * The full description is too large to keep: 13 MB. To make the subset anew, outside of this repository:
 *
 *     npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-*.tgz package/generated/api.github.com.json
 *     node scripts/openapi-subset.ts package/generated/api.github.com.json
 *
 * It writes test/github/openapi-subset.generated.json: the operations below with all that they refer to, without
 * prose and without examples but those that the stand-in starts its answers from.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const REPOSITORY = '/repos/{owner}/{repo}';

const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  '/user': ['get'],
  [REPOSITORY]: ['get'],
  [`${REPOSITORY}/issues/{issue_number}/comments`]: ['get', 'post'],
  [`${REPOSITORY}/issues/comments/{comment_id}`]: ['get', 'patch', 'delete'],
  [`${REPOSITORY}/issues/{issue_number}/labels`]: ['get', 'post', 'put', 'delete'],
  [`${REPOSITORY}/issues/{issue_number}/events`]: ['get'],
  [`${REPOSITORY}/issues/{issue_number}/timeline`]: ['get'],
  [`${REPOSITORY}/pulls`]: ['get'],
  [`${REPOSITORY}/pulls/{pull_number}`]: ['get'],
  [`${REPOSITORY}/pulls/{pull_number}/files`]: ['get'],
  [`${REPOSITORY}/commits/{commit_sha}/pulls`]: ['get'],
  [`${REPOSITORY}/commits/{ref}/status`]: ['get'],
  [`${REPOSITORY}/commits/{ref}/statuses`]: ['get'],
  [`${REPOSITORY}/commits/{ref}/check-runs`]: ['get'],
  [`${REPOSITORY}/compare/{basehead}`]: ['get'],
  [`${REPOSITORY}/statuses/{sha}`]: ['post'],
  [`${REPOSITORY}/check-runs`]: ['post'],
  [`${REPOSITORY}/check-runs/{check_run_id}`]: ['get', 'patch'],
  [`${REPOSITORY}/actions/runs/{run_id}`]: ['get'],
  [`${REPOSITORY}/actions/runs/{run_id}/artifacts`]: ['get'],
  [`${REPOSITORY}/actions/artifacts/{artifact_id}`]: ['get'],
  [`${REPOSITORY}/actions/artifacts/{artifact_id}/{archive_format}`]: ['get'],
  [`${REPOSITORY}/branches/{branch}`]: ['get'],
  [`${REPOSITORY}/git/blobs`]: ['post'],
  [`${REPOSITORY}/git/blobs/{file_sha}`]: ['get'],
  [`${REPOSITORY}/git/trees`]: ['post'],
  [`${REPOSITORY}/git/trees/{tree_sha}`]: ['get'],
  [`${REPOSITORY}/git/commits`]: ['post'],
  [`${REPOSITORY}/git/commits/{commit_sha}`]: ['get'],
  [`${REPOSITORY}/git/ref/{ref}`]: ['get'],
  [`${REPOSITORY}/git/refs`]: ['post'],
  [`${REPOSITORY}/git/refs/{ref}`]: ['patch', 'delete'],
  [`${REPOSITORY}/contents/{path}`]: ['get', 'put'],
};

/** Examples that the stand-in fills its own values into. */
const EXAMPLES = [
  'check-run',
  'commit-comparison',
  'full-repository',
  'issue-comment',
  'pull-request',
  'status',
];

/** Keywords that say nothing about what is valid. */
const PROSE = new Set(['description', 'summary', 'title', 'externalDocs', 'example', 'examples', 'tags']);

/** Keywords whose keys are names that somebody chose: a property may well be called `description`. */
const NAME_MAPS = new Set(['properties', 'schemas', 'responses', 'parameters', 'content']);

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

const full: JsonObject = JSON.parse(readFileSync(descriptionArgument(), 'utf8'));
const fullComponents = objectAt(full, 'components');
const paths = new Map<string, JsonObject>();
for (const [path, methods] of Object.entries(OPERATIONS)) paths.set(path, cutPath(path, methods));
const components = collectComponents([...paths.values()]);
for (const name of EXAMPLES) components.set(`examples/${name}`, objectAt(fullComponents, 'examples', name));

const target = fileURLToPath(new URL('../test/github/openapi-subset.generated.json', import.meta.url));
const text = writeDescription();
writeFileSync(target, text);
console.log(`${target}: ${paths.size} paths, ${components.size} components, ${text.length} bytes`);

function descriptionArgument(): string {
  const argument = process.argv[2];
  if (argument !== undefined) return argument;
  console.error(
    'usage: node scripts/openapi-subset.ts path/to/api.github.com.json (see the top of this script)',
  );
  process.exit(2);
}

function objectAt(from: JsonObject, ...keys: readonly string[]): JsonObject {
  let at = from;
  for (const key of keys) {
    const next = at[key];
    if (!isObject(next)) throw new Error(`The description has no ${keys.join(' › ')}: GitHub renamed it?`);
    at = next;
  }
  return at;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cutPath(path: string, methods: readonly string[]): JsonObject {
  const operations = objectAt(full, 'paths', path);
  return Object.fromEntries(methods.map((method) => [method, strip(objectAt(operations, method), false)]));
}

/** Leaves out prose, extensions, headers and everything in a media type that is not JSON. */
function strip(value: Json, keysAreNames: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => strip(item, false));
  if (!isObject(value)) return value;
  const kept: [string, Json][] = [];
  for (const [key, inner] of Object.entries(value)) {
    if (!keysAreNames) {
      if (PROSE.has(key) || key === 'headers' || (key.startsWith('x-') && key !== 'x-multi-segment'))
        continue;
    }
    if (key.startsWith('application/') && key !== 'application/json') continue;
    if (key.startsWith('text/')) continue;
    const isData = !keysAreNames && (key === 'enum' || key === 'default' || key === 'required');
    kept.push([key, isData ? inner : strip(inner, !keysAreNames && NAME_MAPS.has(key))]);
  }
  return Object.fromEntries(kept);
}

function collectComponents(roots: readonly Json[]): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const waiting: Json[] = [...roots];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (Array.isArray(value)) waiting.push(...value);
    if (!isObject(value)) continue;
    waiting.push(...Object.values(value));
    if (typeof value.$ref !== 'string') continue;
    const [kind = '', name = ''] = value.$ref.replace('#/components/', '').split('/');
    if (found.has(`${kind}/${name}`)) continue;
    const component = strip(objectAt(fullComponents, kind, name), false) as JsonObject;
    found.set(`${kind}/${name}`, component);
    waiting.push(component);
  }
  return found;
}

/** One operation path or component a line, sorted: a new version of the description gives a readable diff. */
function writeDescription(): string {
  const kinds = [...new Set([...components.keys()].map((key) => key.slice(0, key.indexOf('/'))))].sort();
  const componentLines = kinds.map((kind) => {
    const entries = [...components]
      .filter(([key]) => key.startsWith(`${kind}/`))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `${JSON.stringify(kind)}: ${block(entries.map(([key, value]) => [key.slice(kind.length + 1), value]))}`;
  });
  const { version, license } = objectAt(full, 'info');
  const info = {
    title: "Part of GitHub's OpenAPI description",
    version: version ?? null,
    license: license ?? null,
  };
  const source = {
    package: '@octokit/openapi',
    file: 'generated/api.github.com.json',
    license: 'MIT, Copyright (c) 2020 Octokit contributors',
    madeBy: 'scripts/openapi-subset.ts',
  };
  return [
    '{',
    `"openapi": ${JSON.stringify(full.openapi)},`,
    `"info": ${JSON.stringify(info)},`,
    `"x-source": ${JSON.stringify(source)},`,
    `"paths": ${block([...paths])},`,
    `"components": {\n${componentLines.join(',\n')}\n}`,
    '}\n',
  ].join('\n');
}

function block(entries: readonly (readonly [string, Json])[]): string {
  return `{\n${entries.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',\n')}\n}`;
}
