import { isOverBudget } from '../report/does-fail.ts';
import type { MetricReport, Report } from '../report/report.ts';
import { formatPercent, formatQuantity } from './quantity.ts';

/*
 * What every output says of limits, in the same words. What users wrote comes in already safe for the output.
 */

/**
 * 'Bytes allocated grew by 1.74 MB (+638 %); the limit is +5%.'
 *
 * @param label the metric's, perhaps emphasised
 * @param limit as the user wrote it
 */
export function exceededSentence(report: MetricReport, label: string, limit: string): string {
  const { unit } = report.metric;
  if (isOverBudget(report) || report.delta === null) {
    return `${label}: ${formatQuantity(unit, report.head)}; the budget is ${limit}.`;
  }
  const share =
    report.base === null || report.base === 0 ? '' : ` (${formatPercent(report.base, report.head)})`;
  return `${label} grew by ${formatQuantity(unit, report.delta)}${share}; the limit is +${limit}.`;
}

/** '+5%' of growth, 'budget 64 MB' of head; for a cell of a table. */
export function limitWords(report: MetricReport, limit: string): string {
  return isOverBudget(report) ? `budget ${limit}` : `+${limit}`;
}

/**
 * Said where base failed.
 *
 * @param emphasise makes a word stand out in the output; default: nothing does
 */
export function notCheckedSentence(emphasise = (word: string) => word): string {
  return `Head was measured, base was not: limits on growth were ${emphasise('not')} checked.`;
}

/**
 * What being over these limits means for the check, and who accepted it.
 *
 * @param isFailing whether the check fails, for whatever reason
 * @param showName makes a user's or label's name safe for the output
 */
export function consequenceSentence(
  { accepted }: Pick<Report, 'accepted'>,
  exceeded: readonly MetricReport[],
  isFailing: boolean,
  showName: (name: string) => string,
): string {
  const hasBudget = exceeded.some(isOverBudget);
  if (accepted === null || (isFailing && !hasBudget)) return 'This check fails.';
  const who = `${showName(accepted.by)} accepted the growth with the label ${showName(accepted.label)}`;
  return hasBudget
    ? `${who}, but a budget holds all the same. This check fails.`
    : `${who}, so this check passes.`;
}
