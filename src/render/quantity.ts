import type { Metric } from '../profile/metric.ts';

/*
 * How numbers are written wherever people read them: decimal units, three significant digits, a real minus sign, and
 * never a rounding that says something false ('0 %' for a change, '−100 %' for what is still there).
 */

export type Unit = Metric['unit'];

const MINUS = '\u2212';
const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** '300 KB' or '29,621'. */
export function formatQuantity(unit: Unit, value: number): string {
  return unit === 'bytes' ? formatBytes(value) : formatCount(value);
}

/** '544 B', '72.7 KB', '300 KB', '1.71 MB'. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'n/a';
  const sign = Math.round(bytes) < 0 ? MINUS : '';
  let size = Math.abs(Math.round(bytes));
  let unit = 0;
  // Three digits at a power of ten that divides exactly: 1,005 / 10 is 100.5 and rounds up, 1.005 would not.
  let step = 1;
  while (size / step >= 1000) step *= 10;
  size = Math.round(size / step) * step;
  let divisor = 1;
  while (size / divisor >= 1000 && unit < BYTE_UNITS.length - 1) {
    divisor *= 1000;
    unit++;
  }
  return `${sign}${groupThousands(String(Number((size / divisor).toPrecision(15))))} ${BYTE_UNITS[unit]}`;
}

/** '29,621'. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return 'n/a';
  const rounded = Math.round(count);
  return (rounded < 0 ? MINUS : '') + groupThousands(Math.abs(rounded).toFixed(0));
}

/** '+4.61 KB', '−21,849', '0'. */
export function formatDelta(unit: Unit, delta: number): string {
  if (!Number.isFinite(delta)) return 'n/a';
  if (Math.round(delta) === 0) return '0';
  return delta > 0 ? `+${formatQuantity(unit, delta)}` : formatQuantity(unit, delta);
}

/** From this many times base on a percentage is harder to read than the factor. */
const FACTOR_FROM = 10;

/**
 * The change as a share of base: '−85 %', '+4.1 %', '<0.1 %', from ten times as much on '×228', 'new' where base is 0,
 * '0 %' only where nothing changed, '−100 %' only where nothing is left.
 */
export function formatPercent(base: number, head: number): string {
  if (!Number.isFinite(base) || !Number.isFinite(head)) return 'n/a';
  if (base === head) return `0 %`;
  if (base === 0) return 'new';
  const percent = ((head - base) / base) * 100;
  const size = Math.abs(percent);
  if (!Number.isFinite(size)) return 'n/a';
  if (size < 0.1) return `<0.1 %`;
  if (head / base >= FACTOR_FROM) return `×${threeDigits(head / base)}`;
  const sign = percent < 0 ? MINUS : '+';
  return `${sign}${roundedPercent(size, percent < 0 && head !== 0)} %`;
}

/** A share from 0 to 1 as '97 %'; '100 %' only when it is exactly that. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share * 100)) return 'n/a';
  if (share <= 0) return `0 %`;
  if (share < 0.001) return `<0.1 %`;
  return `${roundedPercent(share * 100, share < 1)} %`;
}

/** '2 MB → 300 KB'. */
export function formatBaseToHead(unit: Unit, base: number, head: number): string {
  return `${formatQuantity(unit, base)} → ${formatQuantity(unit, head)}`;
}

/** '−1.7 MB (−85 %)', '0' when nothing changed. */
export function formatChange(unit: Unit, base: number, head: number): string {
  return base === head ? '0' : `${formatDelta(unit, head - base)} (${formatPercent(base, head)})`;
}

/** Whole percents from 10 up, one decimal below; `mayNotReach100` keeps what is left of 100 visible. */
function roundedPercent(size: number, mayNotReach100: boolean): string {
  if (mayNotReach100 && size >= 99.5 && size <= 100)
    return Math.min(99.9, Math.floor(size * 10) / 10).toFixed(1);
  const tenths = Math.round(size * 10) / 10;
  return tenths < 10 ? tenths.toFixed(1) : groupThousands(BigInt(Math.round(size)).toString());
}

/** '12.5', '228', '17,000': three digits, whole above that. */
function threeDigits(size: number): string {
  return size < 99.95
    ? String(Math.round(size * 10) / 10)
    : groupThousands(BigInt(Math.round(size)).toString());
}

/** The same where lines break: numbers stay with their units, and head's with the arrow. */
export function unbroken(text: string): string {
  return text.replace(/ (?=[KMGTPE]?B\b|%)|(?<=→) /g, '\u00A0');
}

function groupThousands(digits: string): string {
  const [whole, fraction] = digits.split('.');
  let grouped = '';
  for (let i = 0; i < whole.length; i++) {
    if (i > 0 && (whole.length - i) % 3 === 0) grouped += ',';
    grouped += whole[i];
  }
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
