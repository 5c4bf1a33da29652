/** What the stand-in for GitHub says to a request. */

export interface Answer {
  readonly status: number;
  /** Undefined for an empty answer. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Given when `body` is one page of a longer list. */
  readonly page?: Page;
}

export interface Page {
  readonly number: number;
  readonly count: number;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

const LARGEST_PAGE = 100;

/** One page of a list; more than a hundred a page are never given, whatever was asked for. */
export function paged(items: readonly unknown[], query: Readonly<Record<string, unknown>>): Answer {
  const size = Math.min(LARGEST_PAGE, Math.max(1, Number(query.per_page ?? 30)));
  const number = Math.max(1, Number(query.page ?? 1));
  const body = items.slice((number - 1) * size, number * size);
  return { status: 200, body, page: { number, count: Math.max(1, Math.ceil(items.length / size)) } };
}

/** An error as GitHub words it. */
export function refuse(status: number, message: string): Answer {
  const documentation_url = 'https://docs.github.com/rest';
  return { status, body: { message, documentation_url, status: String(status) } };
}

export function notFound(): Answer {
  return refuse(404, 'Not Found');
}
