/** Who accepted what a pull request does to memory, by a label. */
import type { Log } from '../log.ts';
import { describeApiError, isApiError } from './api-error.ts';
import type { GitHubClient } from './client.ts';

export interface AcceptanceQuestion {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repository: string;
  /** Of the pull request. */
  readonly number: number;
  readonly label: string;
  /** Those that it has, where GitHub has just said so; left out: it is asked. */
  readonly labels?: readonly string[];
  readonly log: Log;
}

export interface Acceptance {
  /** Login of whoever added the label last; 'ghost' when that account is gone, 'somebody' when GitHub does not tell. */
  readonly by: string;
  /** As the pull request has it. */
  readonly label: string;
}

/** 5,000 events. */
const MAX_PAGES = 50;
/** What GitHub shows in the place of a deleted account. */
const DELETED_ACCOUNT = 'ghost';
const UNKNOWN = 'somebody';
const LONGEST_NAME = 100;

/**
 * Whether the pull request has the label now: what the event says of that is old when a job runs again. Null when not,
 * and when GitHub does not tell, which the log then explains. Only who may triage can add a label, so that it counts
 * also where GitHub does not tell who did.
 */
export async function findAcceptance(question: AcceptanceQuestion): Promise<Acceptance | null> {
  const { number, log } = question;
  const wanted = question.label.trim().toLowerCase();
  let label: string | undefined;
  try {
    const labels = question.labels ?? (await askLabels(question));
    label = labels.find((name) => name.toLowerCase() === wanted);
  } catch (error) {
    if (!isApiError(error)) throw error;
    const reason = describeApiError(error, 'pull-requests: read');
    log.notice(`whether #${number} has the label ${question.label} is not known: ${reason}`);
    return null;
  }
  if (wanted === '' || label === undefined) return null;
  try {
    return { by: (await whoAdded(question, wanted)) ?? UNKNOWN, label };
  } catch (error) {
    if (!isApiError(error)) throw error;
    const reason = describeApiError(error, 'issues: read');
    log.notice(`who added the label ${label} to #${number} is not known: ${reason}`);
    return { by: UNKNOWN, label };
  }
}

async function askLabels({ client, owner, repository, number }: AcceptanceQuestion): Promise<string[]> {
  const { data } = await client.rest.pulls.get({ owner, repo: repository, pull_number: number });
  return data.labels.map(({ name }) => name);
}

/** The fields we use of an issue's event. */
interface IssueEvent {
  readonly event: string;
  readonly actor?: { readonly login: string } | null;
  readonly label?: { readonly name?: string | null };
}

/** @param wanted the label in small letters, as which GitHub compares them */
async function whoAdded(question: AcceptanceQuestion, wanted: string): Promise<string | null> {
  const { client, owner, repository, number } = question;
  const parameters = { owner, repo: repository, issue_number: number, per_page: 100 };
  let by: string | null = null;
  let pages = 0;
  // Oldest first: the last one is what counts.
  for await (const page of client.paginate.iterator(client.rest.issues.listEvents, parameters)) {
    for (const { event, actor, label } of page.data as readonly IssueEvent[]) {
      if (event !== 'labeled' || label?.name?.toLowerCase() !== wanted) continue;
      by = (actor?.login ?? DELETED_ACCOUNT).slice(0, LONGEST_NAME);
    }
    pages += 1;
    if (pages === MAX_PAGES) break;
  }
  // Null: the label may have had another name when it was added.
  return by;
}
