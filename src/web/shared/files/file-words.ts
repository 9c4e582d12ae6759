import { type FileMark, ofMinors, openersTitles } from '#domain/file/marked-file.ts';

/** `3.2 MB`: three digits at most. */
export function formatSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `约 2 分钟`: how long the rest takes at this rate (bytes a second); null where nobody can say. */
export function restWords(missing: number, rate: number): string | null {
  if (rate <= 0 || missing <= 0) return null;
  const seconds = missing / rate;
  if (seconds < 60) return `约 ${Math.max(1, Math.round(seconds))} 秒`;
  if (seconds < 3600) return `约 ${Math.round(seconds / 60)} 分钟`;
  return `约 ${(seconds / 3600).toFixed(1)} 小时`;
}

/** `63%`, rounded down: 100% means that everything is there. */
export const shareWords = (received: number, size: number): string => `${Math.floor((100 * received) / size)}%`;

/** `涉及未成年人（用途：核实活动；保存到 2027-03-02；仅上传人和审核人员可以打开）`. */
export const markSaid = ({ purpose, keepUntil, openers }: FileMark): string =>
  `${ofMinors}（用途：${purpose}；保存到 ${keepUntil}；${openersTitles[openers]}可以打开）`;
