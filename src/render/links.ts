import type { Report, Revision } from '../report/report.ts';
import { safeUrl } from './escape.ts';

/** Where else the result can be seen. */
export interface ReportLinks {
  /** Address of the interactive report, or null when it was not uploaded. */
  readonly report: string | null;
  /** Address of the SVG where an <img> can load it; left out or null: no image in the comment. */
  readonly image?: string | null;
}

/** The line of the repository that a function is shown at. */
export interface LinkTarget {
  readonly file: string | null;
  readonly line: number | null;
  /** Whether the function is in base only: head's file does not have it. */
  readonly isGone: boolean;
}

/** Address of the line at the commit that has it, or null when any part of it is unknown or unsound. */
export function sourceUrl(
  report: Pick<Report, 'base' | 'head' | 'repositoryUrl'>,
  place: LinkTarget,
): string | null {
  const revision = place.isGone ? report.base : report.head;
  const repository = safeUrl(report.repositoryUrl)?.replace(/\/+$/, '');
  const sha = fullSha(revision);
  if (repository === undefined || sha === null || place.file === null || !place.file.isWellFormed())
    return null;
  const segments = place.file.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) return null;
  const anchor =
    place.line !== null && Number.isSafeInteger(place.line) && place.line > 0 ? `#L${place.line}` : '';
  return safeUrl(`${repository}/blob/${sha}/${segments.map(encodeSegment).join('/')}${anchor}`);
}

/** '4d7c5dd', or null for a revision without one. */
export function shortSha(revision: Revision): string | null {
  return fullSha(revision)?.slice(0, 7) ?? null;
}

function fullSha(revision: Revision | null): string | null {
  return revision?.sha != null && /^[0-9a-f]{7,64}$/.test(revision.sha) ? revision.sha : null;
}

/** Also encodes what encodeURIComponent leaves alone but ends a link's address in markdown. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
