/** The format of numbers and dates on the screen. Rounding happens here and nowhere before. */

const plain = new Map<number, Intl.NumberFormat>();
const minus = '−';

function formatter(decimals: number): Intl.NumberFormat {
  let format = plain.get(decimals);
  if (!format) {
    format = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    plain.set(decimals, format);
  }
  return format;
}

/** `1,204` or `0.472`; a true minus sign. Missing values have no number: draw `<Missing>` for them. */
export function formatNumber(value: number, decimals = 0): string {
  return formatter(decimals).format(value).replace('-', minus);
}

/**
 * A share as `82%`; `decimals` counts digits of the percentage. Less than all is never `100%`, more than nothing is
 * `<1%`.
 */
export function formatPercent(share: number, decimals = 0): string {
  const step = 10 ** -decimals;
  const percent = share * 100;
  if (share > 0 && percent < step) return `<${formatNumber(step, decimals)}%`;
  return `${formatNumber(share < 1 ? Math.min(percent, 100 - step) : percent, decimals)}%`;
}

/** The change against an earlier value as `+0.5%`, `−12%`; null where there is nothing to compare with. */
export function formatChange(now: number, before: number): string | null {
  if (before === 0) return null;
  const change = (now - before) / Math.abs(before);
  const text = formatNumber(change * 100, Math.abs(change) < 0.1 ? 1 : 0);
  return `${change > 0 ? '+' : ''}${text}%`;
}

const shanghai = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function parts(moment: string | Date): Record<string, string> {
  const date = typeof moment === 'string' ? new Date(moment) : moment;
  return Object.fromEntries(shanghai.formatToParts(date).map(({ type, value }) => [type, value]));
}

/** `2026-11-23`, for a date or a moment (in China's time, wherever the reader sits). */
export function formatDate(date: string | Date): string {
  if (typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(date)) return date;
  const { year, month, day } = parts(date);
  return `${year}-${month}-${day}`;
}

/** `2026-11-23 10:42`. */
export function formatDateTime(moment: string | Date): string {
  const { year, month, day, hour, minute } = parts(moment);
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

/** `10:42`. */
export function formatTime(moment: string | Date): string {
  const { hour, minute } = parts(moment);
  return `${hour}:${minute}`;
}

/** Today as `YYYY-MM-DD` in China. */
export function today(): string {
  return formatDate(new Date());
}

export const schoolYearWord = '学年';
