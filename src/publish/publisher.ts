/**
 * What became of something that was to be shown on GitHub. Not being able to post never loses the report, so that is
 * a result and no error.
 */
export interface PublishResult {
  readonly status: 'created' | 'updated' | 'unchanged' | 'skipped';
  /** Where people find it; null when it was skipped. */
  readonly url: string | null;
  /** Why it was skipped, or what of it is missing, and what to do. */
  readonly reason?: string;
}

/** A publisher that had nowhere to post, or was not allowed to. */
export function skipped(reason: string): PublishResult {
  return { status: 'skipped', url: null, reason };
}
