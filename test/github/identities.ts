/**
 * Who is who in the stand-in for GitHub: the API server and the event payloads agree on these. Ids are those that
 * GitHub's own bot and app have on github.com, and for the rest those of GitHub's documented examples.
 */

export interface Account {
  readonly login: string;
  readonly id: number;
  readonly type: 'Bot' | 'Organization' | 'User';
}

/** The author of what a workflow's `GITHUB_TOKEN` writes. */
export const ACTIONS_BOT: Account = { login: 'github-actions[bot]', id: 41898282, type: 'Bot' };

/** Somebody who may write to the repository. */
export const MAINTAINER: Account = { login: 'maintainer', id: 21031069, type: 'User' };

/** The app behind that token, seen in `performed_via_github_app` and in a check run's `app`. */
export const ACTIONS_APP = { id: 15368, slug: 'github-actions', name: 'GitHub Actions' } as const;

export const REPOSITORY_ID = 186853002;

/** The repository that a fork's branch is in. */
export const FORK_ID = 186853261;
