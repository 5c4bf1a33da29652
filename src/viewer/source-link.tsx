import { visibleText } from '../render/escape.ts';
import { sourceUrl } from '../render/links.ts';
import type { ReportData } from '../viewer-data/report-data.ts';

/** A place in the repository, with a link to it at the commit that has it. */
export function SourceLink(props: {
  readonly report: ReportData;
  readonly file: string;
  /** 0 when it is not known. */
  readonly line: number;
  readonly isGone: boolean;
}) {
  const line = props.line > 0 ? props.line : null;
  const text = `${visibleText(props.file, 2000) || '(no name)'}${line === null ? '' : `:${line}`}`;
  const url = sourceUrl(props.report, { file: props.file, line, isGone: props.isGone });
  const where = props.isGone ? ' (base)' : '';
  if (url === null) {
    return (
      <span class="muted">
        {text}
        {where}
      </span>
    );
  }
  return (
    <a href={url} rel="noopener noreferrer" target="_blank">
      {text}
      {where}
    </a>
  );
}
