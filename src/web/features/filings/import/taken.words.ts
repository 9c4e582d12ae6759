import type { ActorLevel } from '#domain/access/actor.ts';
import { formatNumber } from '#web/shared/words/format.ts';

/** What was written, and what remains to do for the person who reads it. */
export function takenWords(taken: { readonly filings: number; readonly cells: number }, level: ActorLevel): string {
  const written = `已写入 ${formatNumber(taken.filings)} 所学校的 ${formatNumber(taken.cells)} 格。`;
  return `${written}${level === 'school' ? '请核对并处理疑点后提交。' : '请通知学校核对、处理疑点并提交。'}`;
}
