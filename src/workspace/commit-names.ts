/** Names of commits, checked before git sees them. */

import { UserError } from '../errors.ts';

const MAX_NAME_LENGTH = 250;

/** Whether this is a full object id, as events and commits write it. */
export function isFullSha(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/**
 * Checks what a user gave as a commit before git can take it for an option: an id, a branch or tag by the rules of
 * git-check-ref-format, or one of these followed by `~2` or `^`.
 * @throws UserError that says what is wrong
 */
export function checkRevisionName(name: string): void {
  const suffixStart = name.search(/[~^]/);
  const ref = suffixStart < 0 ? name : name.slice(0, suffixStart);
  const suffix = suffixStart < 0 ? '' : name.slice(suffixStart);
  const isSound =
    name.length <= MAX_NAME_LENGTH && /^(?:[~^][0-9]{0,6})*$/.test(suffix) && isSoundRefName(ref);
  if (!isSound) {
    throw new UserError(
      `${JSON.stringify(name.slice(0, MAX_NAME_LENGTH))} is not the name of a commit. Give a commit id, a branch or a tag, such as \`main\`, \`v1.2\` or \`HEAD~1\`.`,
    );
  }
}

function isSoundRefName(ref: string): boolean {
  if (ref === '' || ref === '@' || ref.startsWith('-') || ref.endsWith('.')) return false;
  if (/[\x00-\x20\x7f:?*[\\]/.test(ref) || ref.includes('..') || ref.includes('@{')) return false;
  return ref.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}

/** @throws UserError when it is no full object id */
export function requireSha(sha: string): string {
  if (!isFullSha(sha)) throw new UserError(`${JSON.stringify(sha.slice(0, 80))} is not a full commit id.`);
  return sha;
}
