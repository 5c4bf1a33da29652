/**
 * The second line of our comment, which nobody sees: whose result it shows. Anybody who may edit the comment may edit
 * it too, so it is a hint that decides which of two runs writes, and nothing else.
 *
 *   <!-- memtrack-action:default -->
 *   <!-- memtrack-state:eyJydW4iOjEyMywiYXR0ZW1wdCI6MX0 -->
 *   ## Memory: …
 */

/** A workflow run as GitHub numbers them: ids rise, and running one again keeps its id and raises the attempt. */
export interface RunNumber {
  /** GITHUB_RUN_ID */
  readonly id: number;
  /** GITHUB_RUN_ATTEMPT */
  readonly attempt: number;
}

const STATE_LINE = /^<!-- memtrack-state:([A-Za-z0-9_-]{1,4000}) -->$/;
/** A line that is longer is not ours. */
const LONGEST_LINE = 4096;

/** The body as it is posted: the state goes in after the marker. */
export function commentBody({
  marker,
  body,
  run,
}: {
  readonly marker: string;
  readonly body: string;
  readonly run: RunNumber;
}): string {
  const state = JSON.stringify({ run: run.id, attempt: run.attempt });
  const encoded = Buffer.from(state).toString('base64url');
  return `${marker}\n<!-- memtrack-state:${encoded} -->\n${contentOf(body, marker)}`;
}

/** Whose result a comment shows; null when it does not say, or not in our words. */
export function readState(body: string, marker: string): RunNumber | null {
  const encoded = STATE_LINE.exec(stateLineOf(body, marker) ?? '')?.[1];
  if (encoded === undefined) return null;
  let state: unknown;
  try {
    state = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  const [id, attempt] = [ownNumber(state, 'run'), ownNumber(state, 'attempt')];
  return id === null || attempt === null ? null : { id, attempt };
}

/** Whether the first run is newer than the second. */
export function isNewerRun(one: RunNumber, other: RunNumber): boolean {
  return one.id === other.id ? one.attempt > other.attempt : one.id > other.id;
}

/** What people see of a comment, for comparing: GitHub may hand back other ends of lines, or none at the end. */
export function visibleBody(body: string, marker: string): string {
  const state = stateLineOf(body, marker);
  const content = contentOf(body, marker);
  const seen = state?.startsWith('<!-- memtrack-state:') ? content.slice(content.indexOf('\n') + 1) : content;
  return seen.replaceAll('\r\n', '\n').trimEnd();
}

function contentOf(body: string, marker: string): string {
  return body.slice(marker.length).replace(/^\r?\n/, '');
}

/** The line after the marker; null when it is too long for a state. */
function stateLineOf(body: string, marker: string): string | null {
  const content = contentOf(body.slice(0, marker.length + LONGEST_LINE + 4), marker);
  const end = content.search(/\r?\n|$/);
  return end > LONGEST_LINE ? null : content.slice(0, end);
}

function ownNumber(value: unknown, key: string): number | null {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
  const found = (value as Record<string, unknown>)[key];
  return typeof found === 'number' && Number.isSafeInteger(found) && found > 0 ? found : null;
}
